/** Pieces within pieces: where one is on which day, what cannot be, and what stock does (R112). */
import { expect, test } from 'vitest';
import type { AsBuilt } from '../../src/core/index.ts';
import { type Post, pharma, refused, type World } from './world.ts';

/** Assemblies A1 and A2 and cells S1 and S2 of lot K1, all in SHOP; templates to take pieces out and back. */
async function workshop(today = '2026-11-20'): Promise<World & { id(code: string): Promise<string> }> {
  const world = await pharma({ today });
  const { ledger } = world;
  const tracks = { warehouse: 'SHOP', intent: 'production', tracksLots: true, tracksSerials: true } as const;
  await ledger.templates.create({ ...tracks, code: 'BACK', type: 'load' });
  await ledger.items.create({ code: 'CELL', unit: { code: 'PCE', decimals: 0 }, lots: {}, serials: {} });
  const pieces = (...codes: string[]) => codes.map((code) => ({ code }));
  await world.post('LOA', { item: 'RADIO', quantity: '3', serials: pieces('A1', 'A2', 'B1') });
  const cells = {
    item: 'CELL',
    quantity: '2',
    lots: [{ code: 'K1', quantity: '2' }],
    serials: pieces('S1', 'S2'),
  };
  await world.post('LOA', cells, { party: { kind: 'supplier', code: 'CELLCO' } });
  return { ...world, id: async (code) => (await ledger.serials.get(code)).id };
}

const tree = ({ code, children }: AsBuilt): unknown =>
  children.length ? { [code ?? '']: children.map(tree) } : code;
const sale = (code: string): Partial<Post> & { lines: Post['lines'] } => ({
  lines: [{ item: 'RADIO', quantity: '1', serials: [{ code }] }],
});

test('R112 installed in A1, removed, installed in A2: history has both, each day its parent', async () => {
  const world = await workshop();
  const { ledger, clock } = world;
  const [s1, a1, a2] = await Promise.all(['S1', 'A1', 'A2'].map((code) => world.id(code)));
  if (!s1 || !a1 || !a2) throw new Error('no pieces');
  await ledger.serials.install(s1, a1, { date: '2026-11-20', template: 'PRD' });
  clock.day('2026-11-23');
  await ledger.serials.uninstall(s1, { date: '2026-11-23' }, { reason: 'Weak' });
  await ledger.serials.install(s1, a2, { date: '2026-11-23' });
  const built = async (id: string, asOf?: string) =>
    tree(await ledger.serials.asBuilt(id, asOf ? { asOf } : {}));
  expect(await built(a1, '2026-11-19')).toEqual('A1');
  expect(await built(a1, '2026-11-20')).toEqual({ A1: ['S1'] });
  expect(await built(a1, '2026-11-22')).toEqual({ A1: ['S1'] });
  expect([await built(a1, '2026-11-23'), await built(a2, '2026-11-23')]).toEqual(['A1', { A2: ['S1'] }]);
  expect(await built(a2)).toEqual({ A2: ['S1'] });
  expect(
    (await ledger.serials.installs(s1)).map(({ intoCode, from, until }) => [intoCode, from, until]),
  ).toEqual([
    ['A1', '2026-11-20', '2026-11-23'],
    ['A2', '2026-11-23', null],
  ]);
  const parent = async (asOf: string) =>
    (await ledger.serials.trace(s1, { asOf })).nodes.slice(1).map((node) => node.code);
  expect([await parent('2026-11-21'), await parent('2026-11-24')]).toEqual([['A1'], ['A2']]);
  expect((await ledger.verify()).ok).toBe(true);
});

test('R112 a piece leaves stock when it is installed, and comes back where it is taken out to', async () => {
  const world = await workshop();
  const { ledger } = world;
  const [s1, a1] = [await world.id('S1'), await world.id('A1')];
  const lot = async () => ledger.lots.get({ item: 'CELL', code: 'K1' });
  await refused(world, () => ledger.serials.install(s1, a1, { date: '2026-11-20' }), {
    code: 'field.required',
    path: 'template',
  });
  const stay = await ledger.serials.install(s1, a1, { date: '2026-11-20', template: 'PRD' });
  expect(stay).toMatchObject({ into: a1, intoCode: 'A1', intoItem: 'RADIO', until: null });
  expect((await ledger.serials.get(s1)).warehouse).toBeNull();
  expect([(await lot()).onHand, (await ledger.lots.balance((await lot()).id)).consumed]).toEqual(['1', '1']);
  const cell = (code: string) => ({
    item: 'CELL',
    quantity: '1',
    lots: [{ code: 'K1', quantity: '1' }],
    serials: [{ code }],
  });
  await refused(world, () => world.post('UNL', cell('S1')), {
    code: 'serial.installed',
    details: { code: 'S1' },
  });
  await refused(world, () => world.post('TOP', cell('S1')), 'serial.installed');
  const home = { date: '2026-11-20', warehouse: 'SHOP', template: 'BACK' };
  await ledger.serials.uninstall(s1, home);
  expect((await ledger.serials.get(s1)).warehouse).toBe('SHOP');
  expect(await ledger.lots.balance((await lot()).id)).toMatchObject({ onHand: '2', difference: '0' });
  await refused(world, () => ledger.serials.uninstall(s1, home), 'serial.notInstalled');
  expect((await ledger.verify()).ok).toBe(true);
});

test('R112 no piece is in two others, in itself, or in one of its own parts', async () => {
  const world = await workshop();
  const { ledger } = world;
  const [s1, s2, a1, a2, b1] = await Promise.all(
    ['S1', 'S2', 'A1', 'A2', 'B1'].map((code) => world.id(code)),
  );
  if (!s1 || !s2 || !a1 || !a2 || !b1) throw new Error('no pieces');
  const into =
    (piece: string, target: string, date = '2026-11-20') =>
    () =>
      ledger.serials.install(piece, target, { date, template: 'PRD' });
  await into(s1, a1)();
  await into(a1, a2)();
  await refused(world, into(s1, b1), { code: 'serial.installed', details: { code: 'S1', into: 'A1' } });
  await refused(world, into(a2, a2), { code: 'serial.cycle', path: 'into' });
  await refused(world, into(a2, s1), { code: 'serial.cycle', details: { code: 'A2', into: 'S1' } });
  await refused(world, into(b1, a2, '2026-11-21'), { code: 'posting.futureDate', path: 'date' });
  expect(tree(await ledger.serials.asBuilt(a2))).toEqual({ A2: [{ A1: ['S1'] }] });
  await refused(world, () => ledger.serials.uninstall(s1, { date: '2026-11-19' }), {
    code: 'serial.notInstalled',
    path: 'date',
  });
});

test('R112 an install dated back must not meet a stay that lasted longer', async () => {
  const world = await workshop('2026-11-20');
  const { ledger, clock } = world;
  const [s1, a1, a2] = await Promise.all(['S1', 'A1', 'A2'].map((code) => world.id(code)));
  if (!s1 || !a1 || !a2) throw new Error('no pieces');
  await ledger.serials.install(s1, a1, { date: '2026-11-20', template: 'PRD' });
  clock.day('2026-11-25');
  await ledger.serials.uninstall(s1, { date: '2026-11-24' });
  await refused(world, () => ledger.serials.install(s1, a2, { date: '2026-11-22' }), {
    code: 'serial.installed',
    details: { into: 'A1', until: '2026-11-24' },
  });
  await ledger.serials.install(s1, a2, { date: '2026-11-24' });
});

test('R112 taking its posting back takes the stay back too', async () => {
  const world = await workshop();
  const { ledger } = world;
  const [s1, a1] = [await world.id('S1'), await world.id('A1')];
  const { posting } = await ledger.serials.install(s1, a1, { date: '2026-11-20', template: 'PRD' });
  await ledger.postings.reverse(posting ?? '', { date: '2026-11-20', reason: 'Wrong radio' });
  expect(tree(await ledger.serials.asBuilt(a1))).toEqual('A1');
  expect(await ledger.serials.installs(s1)).toMatchObject([{ reversed: true, until: '2026-11-20' }]);
  expect((await ledger.serials.get(s1)).warehouse).toBe('SHOP');
  await ledger.serials.install(s1, a1, { date: '2026-11-20', template: 'PRD' });
  expect((await ledger.verify()).ok).toBe(true);
});

test('R104 R112 a recalled lot finds the machines its pieces are in, and who has them', async () => {
  const world = await workshop();
  const { ledger } = world;
  const [s1, a1, a2] = await Promise.all(['S1', 'A1', 'A2'].map((code) => world.id(code)));
  if (!s1 || !a1 || !a2) throw new Error('no pieces');
  await ledger.serials.install(s1, a1, { date: '2026-11-20', template: 'PRD' });
  await world.post('UNL', sale('A1').lines, { party: { kind: 'customer', code: 'C7' } });
  const back = await ledger.serials.trace(a1, { direction: 'backward' });
  expect(back.nodes.map((node) => node.code)).toEqual(['A1', 'S1', 'K1']);
  expect(back.parties.some(({ party, way }) => party?.code === 'CELLCO' && way === 'received')).toBe(true);
  const recall = await ledger.recalls.open({ reason: 'Fire', lots: [{ item: 'CELL', code: 'K1' }] });
  expect(recall.scope.map((row) => row.code)).toEqual(['K1', 'A1']);
  expect(recall.parties.map(({ party, indirect }) => [party.code, indirect])).toEqual([['C7', true]]);
  const s2 = await world.id('S2');
  const put = () => ledger.serials.install(s2, a2, { date: '2026-11-20', template: 'PRD' });
  await refused(world, put, 'lot.recalled');
  // a good piece may replace the bad one
  await ledger.serials.uninstall(s1, { date: '2026-11-20' });
  await ledger.serials.install(a2, a1, { date: '2026-11-20', template: 'PRD' });
});
