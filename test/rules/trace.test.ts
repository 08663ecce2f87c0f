/** Where something came from and went to: directions, parties, days, cycles, what is hidden unless asked for. */
import { expect, test } from 'vitest';
import type { Trace } from '../../src/core/index.ts';
import { type Plant, plant } from './plant.ts';
import { caught } from './world.ts';

const codes = (trace: Trace): string[] =>
  trace.nodes.map((node) => `${node.code ?? node.item}@${node.depth}`);
const got = (trace: Trace): string[] =>
  trace.parties.map(({ party, way, direct, code, quantity }) =>
    [party?.code ?? '?', way, direct ? 'direct' : 'indirect', code, quantity].join(' '),
  );

/** R1 of the farm into F1 and directly to C2; F1 to C1. */
async function simple(): Promise<Plant> {
  const world = await plant();
  await world.receive('MILK', 'R1', '100', {}, { supplierLot: 'FARM-7' });
  await world.make({ R1: '60' }, { F1: ['CURD', '20'] });
  await world.ship('F1', '15', 'C1');
  await world.ship('R1', '5', 'C2');
  return world;
}

test('R104 forward: who got it itself, and who got what was made of it', async () => {
  const world = await simple();
  const trace = await world.ledger.lots.trace(await world.id('R1'));
  expect(codes(trace)).toEqual(['R1@0', 'F1@1']);
  expect(got(trace).sort()).toEqual(['C1 sent indirect F1 15', 'C2 sent direct R1 5']);
  expect(trace.edges).toMatchObject([
    {
      kind: 'consume',
      fromQuantity: '60',
      fromUnit: 'PCE',
      toQuantity: '20',
      reversed: false,
      repeated: false,
    },
  ]);
  expect(trace.edges[0]?.unload?.numberText).toMatch(/^2026\/11\/22-/);
  expect(trace.parties[0]?.posting?.document?.number).toBe('S-C2');
  expect(trace.nodes[1]).toMatchObject({ onHand: '5', stock: [{ warehouse: 'SHOP', onHand: '5' }] });
});

test('R105 backward: what it was made of, its supplier, its receipt, the supplier’s lot', async () => {
  const world = await simple();
  const trace = await world.ledger.lots.trace(await world.id('F1'), { direction: 'backward' });
  expect(codes(trace)).toEqual(['F1@0', 'R1@1']);
  expect(trace.parties).toMatchObject([
    {
      party: { kind: 'supplier', code: 'FARM' },
      way: 'received',
      direct: false,
      code: 'R1',
      quantity: '100',
      supplierLot: 'FARM-7',
      posting: { document: { number: 'DN-R1' } },
    },
  ]);
});

test('R105 components in neither lot nor serial are shown when they are asked for', async () => {
  const world = await plant();
  const { ledger } = world;
  await world.receive('MILK', 'R1', '10');
  await world.post('LOA', { item: 'SALT', quantity: '5' });
  await ledger.postings.post({
    warehouse: 'SHOP',
    template: 'MAK',
    date: '2026-11-22',
    lines: [
      { item: 'MILK', quantity: '10', lots: [{ code: 'R1', quantity: '10' }] },
      { item: 'SALT', quantity: '0.25' },
    ],
    counterpart: { lines: [{ item: 'CURD', quantity: '4', lots: [{ code: 'F1', quantity: '4' }] }] },
  });
  const back = async (components: 'none' | 'tracked' | 'all') =>
    codes(await ledger.lots.trace(await world.id('F1'), { direction: 'backward', components }));
  expect(await back('none')).toEqual(['F1@0']);
  expect(await back('tracked')).toEqual(['F1@0', 'R1@1']);
  expect((await back('all')).sort()).toEqual(['F1@0', 'R1@1', 'SALT@1']);
});

test('R106 rework in a circle ends, and what was shown is marked', async () => {
  const world = await plant();
  await world.receive('MILK', 'R1', '100');
  await world.make({ R1: '50' }, { F1: ['CURD', '20'] });
  await world.make({ F1: '10' }, { R1: ['MILK', '25'] });
  const trace = await world.ledger.lots.trace(await world.id('R1'), { direction: 'both' });
  expect(codes(trace)).toEqual(['R1@0', 'F1@1', 'F1@1']);
  expect(trace.nodes[0]?.repeated).toBe(true);
  expect(trace.edges.map((edge) => edge.repeated)).toEqual([false, true, false, true]);
  expect(trace.next).toBeUndefined();
});

test('R107 what a template keeps out of traces is hidden unless asked for', async () => {
  const world = await plant();
  const { ledger } = world;
  const quiet = { warehouse: 'SHOP', tracksLots: true, traced: false } as const;
  await ledger.templates.create({ ...quiet, code: 'QIN', type: 'load', intent: 'production' });
  const counterpart = { warehouse: 'SHOP', template: 'QIN' };
  await ledger.templates.create({ ...quiet, code: 'QUI', type: 'unload', intent: 'production', counterpart });
  await ledger.templates.create({ ...quiet, code: 'QSA', type: 'unload', intent: 'sale' });
  await world.receive('MILK', 'R1', '100');
  await world.make({ R1: '9' }, { F1: ['CURD', '3'] }, { template: 'QUI' });
  await world.ship('R1', '4', 'C9', { template: 'QSA' });
  const id = await world.id('R1');
  const plain = await ledger.lots.trace(id);
  expect([codes(plain), got(plain)]).toEqual([['R1@0'], []]);
  const all = await ledger.lots.trace(id, { untraced: true });
  expect([codes(all), got(all)]).toEqual([['R1@0', 'F1@1'], ['C9 sent direct R1 4']]);
  const recall = await ledger.recalls.open({ reason: 'Test', lots: [id] });
  expect(recall.scope.map((row) => row.code)).toEqual(['R1', 'F1']);
  expect(recall.parties.map(({ party }) => party.code)).toEqual(['C9']);
});

test('R108 moving between own places is no level', async () => {
  const world = await plant();
  const { ledger } = world;
  const tracks = { tracksLots: true, intent: 'transfer' } as const;
  await ledger.templates.create({ ...tracks, warehouse: 'MAIN', code: 'TIN', type: 'load' });
  const counterpart = { warehouse: 'MAIN', template: 'TIN' };
  await ledger.templates.create({ ...tracks, warehouse: 'SHOP', code: 'MOV', type: 'unload', counterpart });
  await world.receive('MILK', 'R1', '100');
  await ledger.postings.post({
    warehouse: 'SHOP',
    template: 'MOV',
    date: '2026-11-22',
    lines: [{ item: 'MILK', quantity: '40', lots: [{ code: 'R1', quantity: '40' }] }],
    counterpart: { location: 'A-01' },
  });
  await world.make({ R1: '10' }, { F1: ['CURD', '3'] });
  const trace = await ledger.lots.trace(await world.id('R1'), { direction: 'both' });
  expect(codes(trace)).toEqual(['R1@0', 'F1@1']);
  expect(trace.nodes[0]?.stock.map(({ warehouse, onHand }) => `${warehouse} ${onHand}`).sort()).toEqual([
    'MAIN 40',
    'SHOP 50',
  ]);
});

test('R109 R80 as of a day: later movements are not known, a later reversal hides nothing', async () => {
  const world = await plant({ today: '2026-11-10' });
  const { ledger, clock } = world;
  await world.receive('MILK', 'R1', '100');
  const made = await world.make({ R1: '60' }, { F1: ['CURD', '20'] });
  const sold = await world.ship('R1', '7', 'C1');
  clock.day('2026-11-15');
  await ledger.postings.reverse(made.id, { date: '2026-11-15', reason: 'Wrong batch' });
  await ledger.postings.reverse(sold.id, { date: '2026-11-15', reason: 'Never left' });
  const id = await world.id('R1');
  const now = await ledger.lots.trace(id);
  expect([codes(now), got(now)]).toEqual([['R1@0'], []]);
  expect(now.nodes[0]?.onHand).toBe('100');
  const shown = await ledger.lots.trace(id, { reversed: true });
  expect([codes(shown), got(shown)]).toEqual([['R1@0', 'F1@1'], ['C1 sent direct R1 7']]);
  expect([shown.edges[0]?.reversed, shown.edges[0]?.endDate, shown.parties[0]?.reversed]).toEqual([
    true,
    '2026-11-15',
    true,
  ]);
  const then = await ledger.lots.trace(id, { asOf: '2026-11-14' });
  expect([codes(then), got(then), then.edges[0]?.reversed]).toEqual([
    ['R1@0', 'F1@1'],
    ['C1 sent direct R1 7'],
    false,
  ]);
  expect(then.nodes.map((node) => node.onHand)).toEqual(['33', '20']);
  expect(then.asOf.date).toBe('2026-11-14');
  const before = await ledger.lots.trace(id, { asOf: '2026-11-09' });
  expect([codes(before), got(before), before.nodes[0]?.onHand]).toEqual([['R1@0'], [], '0']);
});

test('R120 without leave to see documents the nodes show, not who or by which paper', async () => {
  const world = await simple();
  const limited = await world.again({ permissions: [] });
  const trace = await limited.lots.trace(await world.id('R1'));
  expect(trace.restricted).toBe(true);
  expect(codes(trace)).toEqual(['R1@0', 'F1@1']);
  expect(trace.parties.map(({ party, posting, quantity }) => [party, posting, quantity])).toEqual([
    [null, null, '5'],
    [null, null, '15'],
  ]);
  expect([trace.edges[0]?.unload, trace.edges[0]?.load]).toEqual([null, null]);
  const named = await world.again({ permissions: ['document.view'] });
  expect((await named.lots.trace(await world.id('R1'))).restricted).toBe(false);
});

test('R110 pages meet end to end, a node is gone on with from where it was cut', async () => {
  const world = await plant();
  await world.receive('MILK', 'R1', '900');
  for (let i = 0; i < 7; i++) {
    await world.make({ R1: '9' }, { [`F${i}`]: ['CURD', '9'] });
    await world.make({ [`F${i}`]: '3' }, { [`G${i}`]: ['BLEND', '3'], [`H${i}`]: ['BLEND', '3'] });
  }
  const id = await world.id('R1');
  const whole = await world.ledger.lots.trace(id, { limit: 500 });
  expect(whole.nodes).toHaveLength(22);
  expect(whole.next).toBeUndefined();
  for (const limit of [1, 2, 3, 5, 21, 22]) {
    const nodes: string[] = [];
    const edges: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.ledger.lots.trace(id, { limit, ...(cursor ? { cursor } : {}) });
      expect(page.nodes.length).toBeLessThanOrEqual(limit);
      nodes.push(...page.nodes.map((node) => node.id));
      edges.push(...page.edges.map((edge) => edge.id));
      cursor = page.next;
    } while (cursor);
    expect(nodes).toEqual(whole.nodes.map((node) => node.id));
    expect(edges).toEqual(whole.edges.map((edge) => edge.id));
  }
  const shallow = await world.ledger.lots.trace(id, { depth: 1 });
  expect(shallow.nodes).toHaveLength(8);
  const [node] = shallow.nodes.slice(1);
  const beyond = await world.ledger.lots.trace(id, { depth: 1, cursor: node?.more ?? '' });
  expect(codes(beyond)).toEqual(['G0@2', 'H0@2']);
  expect(beyond.nodes.every((each) => each.more === null)).toBe(true);
  const other = await caught(() => world.ledger.lots.trace(id, { cursor: node?.more ?? '' }));
  expect(other.code).toBe('cursor.invalid');
});

test('R110 a page of a busy node goes on with its further parties', async () => {
  const world = await plant();
  await world.receive('MILK', 'R1', '900');
  for (let i = 0; i < 9; i++) await world.ship('R1', '1', `C${i}`);
  const id = await world.id('R1');
  const page = await world.ledger.lots.trace(id, { limit: 4 });
  expect(page.next).toBeUndefined();
  const parties = [...page.parties];
  let cursor = page.nodes[0]?.moreParties ?? undefined;
  while (cursor) {
    const more = await world.ledger.lots.trace(id, { limit: 4, cursor });
    parties.push(...more.parties);
    cursor = more.next;
  }
  expect(parties.map(({ party }) => party?.code)).toEqual(Array.from({ length: 9 }, (_, i) => `C${i}`));
});

test('R111 a lot’s balance closes, whatever happened to it', async () => {
  const world = await plant();
  const { ledger } = world;
  await world.receive('MILK', 'R1', '1000');
  await world.make({ R1: '600' }, { F1: ['CURD', '200'] });
  await world.ship('R1', '250', 'C1');
  const wrong = await world.ship('R1', '11', 'C2');
  await ledger.postings.reverse(wrong.id, { date: '2026-11-22', reason: 'Wrong customer' });
  await world.post('SCR', { item: 'MILK', quantity: '20', lots: [{ code: 'R1', quantity: '20' }] });
  expect(await ledger.lots.balance(await world.id('R1'))).toMatchObject({
    received: '1000',
    in: '1000',
    consumed: '600',
    shipped: '250',
    scrapped: '20',
    onHand: '130',
    accounted: '1000',
    difference: '0',
    percent: 100,
    unit: 'PCE',
  });
});
