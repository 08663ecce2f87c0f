/** Corrections: other lots or serials on a posted line, on its own day (R132). */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { farStore } from '../core/engine/far-store.ts';
import { back, customer, of, returning, supplier } from './returning.ts';
import { slow } from './stores.ts';
import { on, phones, row, wrong } from './taking.ts';
import { dairy, electronics, lotOf, type Post, pharma, refused, type World } from './world.ts';

const verified = async (world: World): Promise<void> =>
  expect(await world.ledger.verify()).toMatchObject({ ok: true });
const onHand = async (world: World, item: string, ...codes: string[]): Promise<string[]> =>
  Promise.all(codes.map(async (code) => (await world.ledger.lots.get({ item, code })).onHand));
const reason = 'the label was read wrong';

test('R132 another lot on a delivery, on its day, with all that it was known by', async () => {
  const world = await dairy({ today: '2026-11-25' });
  const { postings } = world.ledger;
  await lotOf(world, 'CHEESE', 'C1', '5', { expiryDate: '2027-01-01' }, on('2026-11-20'));
  await lotOf(world, 'CHEESE', 'C2', '5', { expiryDate: '2027-01-01' }, on('2026-11-20'));
  const pounds = { ...row('C1', '3', 'CHEESE'), unit: 'LB', note: 'cut' };
  const delivery = await world.post('UNL', [pounds, row('C2', '0.5', 'CHEESE')], {
    ...customer('K1'),
    ...on('2026-11-22'),
    key: 'INV-1',
    document: { type: 'salesDeliveryNote', number: 'DDT-7' },
    note: 'urgent',
  });
  const [line, other] = delivery.lines.map((each) => each.id);
  const lots = [
    { code: 'C2', quantity: '1.161' },
    { code: 'C1', quantity: '0.2' },
  ];
  const made = await postings.correct(delivery.id, { line: line ?? '', lots, reason });
  expect(made).toMatchObject({
    corrects: delivery.id,
    operation: 'correction',
    date: '2026-11-22',
    type: 'unload',
    template: 'UNL',
    party: { kind: 'customer', code: 'K1' },
    document: { number: 'DDT-7' },
    note: 'urgent',
    key: null,
    reason,
    lines: [{ quantity: '1.361', entered: { quantity: '3', unit: 'LB' }, note: 'cut' }],
  });
  expect(await onHand(world, 'CHEESE', 'C1', 'C2')).toEqual(['4.8', '3.339']);
  const before = await postings.get(delivery.id);
  expect(before.lines.map((each) => each.reversedBy !== null)).toEqual([true, false]);
  const reversal = await postings.get(before.lines[0]?.reversedBy ?? '');
  expect(reversal).toMatchObject({ date: '2026-11-22', main: false, reverses: delivery.id, type: 'load' });
  await postings.correct(delivery.id, {
    line: other ?? '',
    lots: [{ code: 'C1', quantity: '0.5' }],
    reason,
  });
  // nothing of the first posting is left: its key goes on
  expect((await postings.get(delivery.id)).reversed).toBe(true);
  await refused(
    world,
    () => world.post('UNL', row('C1', '1', 'CHEESE'), { key: 'INV-1' }),
    'posting.duplicateKey',
  );
  const again = await postings.correct(made.id, {
    line: made.lines[0]?.id ?? '',
    lots: [{ code: 'C1', quantity: '1.361' }],
    reason,
  });
  await postings.reverse(again.id, wrong('2026-11-25'));
  expect(await onHand(world, 'CHEESE', 'C1', 'C2')).toEqual(['4.5', '5']);
  await verified(world);
});

test('R132 the forward check is on both lots, and names the day', async () => {
  const world = await dairy({ today: '2026-11-25' });
  const { postings } = world.ledger;
  await lotOf(world, 'MILK', 'L1', '10', {}, on('2026-11-10'));
  await lotOf(world, 'MILK', 'L2', '10', {}, on('2026-11-20'));
  await lotOf(world, 'MILK', 'L3', '10', {}, on('2026-11-10'));
  const delivery = await world.post('UNL', row('L1', '4'), on('2026-11-15'));
  await world.post('UNL', row('L3', '7'), on('2026-11-24'));
  const line = delivery.lines[0]?.id ?? '';
  const swap = (code: string) =>
    postings.correct(delivery.id, { line, lots: [{ code, quantity: '4' }], reason });
  await refused(world, () => swap('L2'), {
    code: 'lot.insufficient',
    path: 'lots[0].quantity',
    details: { code: 'L2', date: '2026-11-15', shortage: '4' },
  });
  await refused(world, () => swap('L3'), {
    code: 'lot.insufficient',
    details: { code: 'L3', date: '2026-11-24', shortage: '1' },
  });
  const load = await world.post('LOA', row('N1', '6'), on('2026-11-12'));
  await world.post('UNL', row('N1', '2'), on('2026-11-23'));
  await refused(
    world,
    () =>
      postings.correct(load.id, {
        line: load.lines[0]?.id ?? '',
        lots: [
          { code: 'N1', quantity: '1' },
          { code: 'L2', quantity: '5' },
        ],
        reason,
      }),
    { code: 'lot.insufficient', details: { code: 'N1', date: '2026-11-23', shortage: '1' } },
  );
  await verified(world);
});

test('R132 whether the new lots may be used is asked on the original day', async () => {
  const world = await dairy({ today: '2026-11-25' });
  const { postings } = world.ledger;
  await lotOf(world, 'MILK', 'L1', '10', {}, on('2026-11-10'));
  await lotOf(world, 'MILK', 'OLD', '10', { expiryDate: '2026-11-14' }, on('2026-11-10'));
  await lotOf(world, 'MILK', 'MID', '10', { expiryDate: '2026-11-20' }, on('2026-11-10'));
  const delivery = await world.post('UNL', row('L1', '4'), on('2026-11-15'));
  const line = delivery.lines[0]?.id ?? '';
  const swap = (code: string) =>
    postings.correct(delivery.id, { line, lots: [{ code, quantity: '4' }], reason });
  await refused(world, () => swap('OLD'), { code: 'lot.expired', path: 'lots[0].code' });
  expect((await swap('MID')).warnings.map((each) => each.code)).toEqual(['lot.expiredSince']);
  await verified(world);
});

test('R132 a load: the split among lots, and another lot that was there', async () => {
  const world = await dairy();
  const { postings, lots } = world.ledger;
  await lotOf(world, 'MILK', 'OTHER', '3');
  const load = await world.post(
    'LOA',
    {
      item: 'MILK',
      quantity: '10',
      lots: [
        { code: 'L1', quantity: '6' },
        { code: 'L2', quantity: '4' },
      ],
    },
    supplier('S1'),
  );
  const line = load.lines[0]?.id ?? '';
  const rows = (...all: [string, string][]) => all.map(([code, quantity]) => ({ code, quantity }));
  await refused(world, () => postings.correct(load.id, { line, lots: rows(['L1', '9']), reason }), {
    code: 'lot.sumMismatch',
    path: 'lots',
    details: { difference: '1' },
  });
  await refused(
    world,
    () => postings.correct(load.id, { line, lots: rows(['L1', '9'], ['NEW', '1']), reason }),
    { code: 'lot.notFound', path: 'lots[1].code' },
  );
  const made = await postings.correct(load.id, { line, lots: rows(['L1', '5'], ['OTHER', '5']), reason });
  expect(await onHand(world, 'MILK', 'L1', 'L2', 'OTHER')).toEqual(['5', '0', '8']);
  expect(await lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({ initialQuantity: '5' });
  expect(await lots.get({ item: 'MILK', code: 'L2' })).toMatchObject({ initialQuantity: null });
  expect(await lots.get({ item: 'MILK', code: 'OTHER' })).toMatchObject({ initialQuantity: '3' });
  expect(made.party).toMatchObject({ code: 'S1' });
  await verified(world);
});

test('R132 R122 R97 what is corrected stays the first load of its lot', async () => {
  const world = await dairy({ today: '2026-11-25' });
  const { lots, postings } = world.ledger;
  const load = await world.post('LOA', row('L1', '10'), on('2026-11-10'));
  await world.post('TOP', row('L1', '7'), on('2026-11-12'));
  await lotOf(world, 'MILK', 'L2', '4', {}, on('2026-11-11'));
  const split = (l1: string, l2: string) => [
    { code: 'L1', quantity: l1 },
    { code: 'L2', quantity: l2 },
  ];
  const line = load.lines[0]?.id ?? '';
  const made = await postings.correct(load.id, { line, lots: split('8', '2'), reason });
  const first = async (code: string) => (await lots.get({ item: 'MILK', code })).initialQuantity;
  expect([await first('L1'), await first('L2')]).toEqual(['8', '2']);
  const again = { line: made.lines[0]?.id ?? '', lots: [{ code: 'L1', quantity: '10' }], reason };
  await postings.correct(made.id, again);
  expect([await first('L1'), await first('L2')]).toEqual(['10', '4']);
  await verified(world);
});

test('R132 serials, in places and in lots', async () => {
  const world = await pharma({ settings: { allowExistingSerial: false } });
  const { postings, serials } = world.ledger;
  const at = { location: 'B-01' };
  await world.post('MAIN/LOA', { ...phones('P1', 'P2', 'P3'), ...at });
  const delivery = await world.post('MAIN/UNL', { ...phones('P1', 'P2'), ...at }, customer('K1'));
  const line = delivery.lines[0]?.id ?? '';
  await refused(world, () => postings.correct(delivery.id, { line, serials: [{ code: 'P3' }], reason }), {
    code: 'serial.countMismatch',
    path: 'serials',
  });
  await postings.correct(delivery.id, { line, serials: [{ code: 'P2' }, { code: 'P3' }], reason });
  const where = async (code: string) => {
    const { warehouse, location, holder } = await serials.get({ item: 'PHONE', code });
    return [warehouse, location, holder?.code ?? null];
  };
  expect(await Promise.all(['P1', 'P2', 'P3'].map(where))).toEqual([
    ['MAIN', 'B-01', null],
    [null, null, 'K1'],
    [null, null, 'K1'],
  ]);
  const load = await world.post('LOA', {
    item: 'VACCINE',
    quantity: '2',
    lots: [{ code: 'L1', quantity: '2' }],
    serials: [{ code: 'V1' }, { code: 'V2' }],
  });
  await world.ledger.lots.create({ item: 'VACCINE', code: 'L2' });
  await postings.correct(load.id, {
    line: load.lines[0]?.id ?? '',
    serials: [
      { code: 'V1', lot: 'L2' },
      { code: 'V2', lot: 'L1' },
    ],
    reason,
  });
  expect(await onHand(world, 'VACCINE', 'L1', 'L2')).toEqual(['1', '1']);
  const v1 = await serials.get({ item: 'VACCINE', code: 'V1' });
  expect(v1).toMatchObject({ warehouse: 'SHOP' });
  await world.post('UNL', {
    item: 'VACCINE',
    quantity: '1',
    lots: [{ code: 'L2', quantity: '1' }],
    serials: [{ code: 'V1' }],
  });
  await verified(world);
});

test('R132 what the posting took of a reservation stays taken', async () => {
  const world = await dairy();
  const { ledger } = world;
  await lotOf(world, 'MILK', 'L1', '10');
  await lotOf(world, 'MILK', 'L2', '10');
  const document = { type: 'salesOrder', number: 'SO-1' } as const;
  await ledger.reservations.commit({
    document,
    lines: [{ item: 'MILK', warehouse: 'SHOP', quantity: '8', lots: [{ code: 'L1', quantity: '8' }] }],
  });
  const delivery = await world.post('UNL', row('L1', '5'), { ...customer('K1'), fulfils: document });
  const open = async () =>
    (await ledger.reservations.list({ filter: { state: 'open' } })).items.map((r) => r.open);
  expect(await open()).toEqual(['3']);
  const made = await ledger.postings.correct(delivery.id, {
    line: delivery.lines[0]?.id ?? '',
    lots: [{ code: 'L2', quantity: '5' }],
    reason,
  });
  expect(await open()).toEqual(['3']);
  expect(await onHand(world, 'MILK', 'L1', 'L2')).toEqual(['10', '5']);
  await ledger.postings.reverse(made.id, wrong('2026-11-22'));
  expect(await open()).toEqual(['8']);
  await verified(world);
});

test('R132 only in the open period, with the permission and a reason, of a line that stands', async () => {
  const world = await returning(await dairy({ today: '2026-12-05' }));
  const { ledger } = world;
  await lotOf(world, 'MILK', 'L1', '20', {}, on('2026-11-10'));
  await lotOf(world, 'MILK', 'L2', '20', {}, on('2026-11-10'));
  const delivery = await world.post('UNL', row('L1', '4'), { ...customer('K1'), ...on('2026-11-30') });
  const line = delivery.lines[0]?.id ?? '';
  const lots = [{ code: 'L2', quantity: '4' }];
  const { postings } = await world.again({ permissions: ['posting.reverse', 'posting.backdate'] });
  await refused(world, () => postings.correct(delivery.id, { line, lots, reason }), {
    code: 'permission.denied',
    kind: 'forbidden',
  });
  const correct = (more: object = {}) =>
    ledger.postings.correct(delivery.id, { line, lots, reason, ...more });
  await refused(world, () => correct({ reason: ' ' }), { code: 'reason.required', path: 'reason' });
  await refused(world, () => correct({ line: 'x' }), { code: 'posting.lineNotFound', path: 'line' });
  await refused(world, () => correct({ lots: undefined }), { code: 'field.required', path: 'lots' });
  await ledger.settings.update({ openFrom: '2026-12-01' });
  await refused(world, () => correct(), 'period.closed');
  await ledger.settings.update({ openFrom: null });
  const home = await world.post('RET', back(delivery, 'MILK', 'L1', '1'), on('2026-12-01'));
  await refused(world, () => correct(), 'posting.hasReturns');
  await ledger.postings.reverse(home.id, wrong('2026-12-02'));
  const made = await correct();
  await refused(world, () => correct(), { code: 'posting.alreadyReversed', path: 'line' });
  const gone = await ledger.postings.get(delivery.id);
  const reversal = gone.lines[0]?.reversedBy ?? '';
  await refused(world, () => ledger.postings.correct(reversal, { line, lots, reason }), 'posting.isReversal');
  await refused(world, () => world.post('RET', back(delivery, 'MILK', 'L1', '1')), 'posting.alreadyReversed');
  await world.post('RET', back(made, 'MILK', 'L2', '4'));
  await verified(world);
});

test('R132 a return is corrected within what was delivered', async () => {
  const world = await returning(await dairy());
  const { postings } = world.ledger;
  await lotOf(world, 'MILK', 'L1', '20');
  await lotOf(world, 'MILK', 'L2', '20');
  const two = (a: string, b: string) => [
    { code: 'L1', quantity: a },
    { code: 'L2', quantity: b },
  ];
  const delivery = await world.post(
    'UNL',
    { item: 'MILK', quantity: '6', lots: two('4', '2') },
    customer('K1'),
  );
  const home = await world.post('RET', { item: 'MILK', quantity: '4', lots: two('2', '2'), ...of(delivery) });
  const line = home.lines[0]?.id ?? '';
  await refused(world, () => postings.correct(home.id, { line, lots: two('1', '3'), reason }), {
    code: 'return.tooMuch',
    path: 'lots[1].quantity',
    details: { delivered: '2', returned: '0', left: '2' },
  });
  await postings.correct(home.id, { line, lots: two('3', '1'), reason });
  await refused(
    world,
    () => world.post('RET', { item: 'MILK', quantity: '3', lots: two('2', '1'), ...of(delivery) }),
    'return.tooMuch',
  );
  expect(await onHand(world, 'MILK', 'L1', 'L2')).toEqual(['19', '19']);
  await verified(world);
});

test('R132 one command: another that takes the same lots meanwhile sees all of it or nothing', async () => {
  const world = await electronics({ store: slow(farStore(memory())) });
  await world.post('LOA', phones('P1', 'P2'));
  const delivery = await world.post('UNL', phones('P1'), customer('K1'));
  const line = delivery.lines[0]?.id ?? '';
  const other = await world.again();
  const unload: Post = {
    warehouse: 'SHOP',
    template: 'UNL',
    date: '2026-11-22',
    lines: [phones('P2')],
  };
  const ends = await Promise.allSettled([
    world.ledger.postings.correct(delivery.id, { line, serials: [{ code: 'P2' }], reason }),
    other.postings.post(unload),
  ]);
  expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
  const homes = (await world.ledger.serials.list({ filter: { state: 'open' } })).items.map(
    (each) => each.code,
  );
  expect(homes).toHaveLength(ends[0]?.status === 'fulfilled' ? 1 : 0);
  await verified(world);
});

/** Templates of a production in SHOP, and of a transfer from MAIN to SHOP. */
async function sides(world: World): Promise<void> {
  const { templates } = world.ledger;
  const common = { tracksLots: true, tracksSerials: true } as const;
  const production = { ...common, warehouse: 'SHOP', intent: 'production' } as const;
  await templates.create({ ...production, code: 'USE', type: 'unload' });
  const counterpart = { warehouse: 'SHOP', template: 'USE' };
  await templates.create({ ...production, code: 'MAKE', type: 'load', counterpart });
  await templates.create({ ...common, warehouse: 'SHOP', code: 'IN', type: 'load', intent: 'transfer' });
  await templates.create({
    ...common,
    warehouse: 'MAIN',
    code: 'SEND',
    type: 'unload',
    intent: 'transfer',
    counterpart: { warehouse: 'SHOP', template: 'IN' },
  });
}

test('R132 R126 what a production used: both sides are posted again, and the genealogy follows', async () => {
  const world = await dairy({ today: '2026-11-25' });
  const { ledger } = world;
  await sides(world);
  for (const code of ['M1', 'M2']) await lotOf(world, 'MILK', code, '20', {}, on('2026-11-10'));
  const expiryDate = '2027-01-01';
  const made = await world.post('MAKE', cheese(expiryDate), {
    ...on('2026-11-15'),
    key: 'JOB-1',
    counterpart: { lines: [row('M1', '12')] },
  });
  await world.post('UNL', row('C1', '1', 'CHEESE'), { ...customer('K1'), ...on('2026-11-20') });
  const used = await ledger.postings.get(made.counterpart ?? '');
  const line = used.lines[0]?.id ?? '';
  await refused(
    world,
    () => ledger.postings.correct(used.id, { line, lots: [{ code: 'M2', quantity: '11' }], reason }),
    { code: 'lot.sumMismatch', path: 'lots' },
  );
  const again = await ledger.postings.correct(used.id, {
    line,
    lots: [
      { code: 'M1', quantity: '2' },
      { code: 'M2', quantity: '10' },
    ],
    reason,
  });
  expect(again).toMatchObject({ corrects: used.id, operation: 'production', main: true });
  expect(await onHand(world, 'MILK', 'M1', 'M2')).toEqual(['18', '10']);
  expect(await onHand(world, 'CHEESE', 'C1')).toEqual(['0.5']);
  const other = await ledger.postings.get(again.counterpart ?? '');
  expect(other).toMatchObject({ corrects: made.id, counterpart: again.id, key: 'JOB-1', lines: [{}] });
  expect((await ledger.postings.get(made.id)).reversed).toBe(true);
  const c1 = await ledger.lots.get({ item: 'CHEESE', code: 'C1' });
  expect(c1).toMatchObject({ initialQuantity: '1.5' });
  const trace = await ledger.lots.trace(c1.id, { direction: 'backward' });
  expect(JSON.stringify(trace)).toContain('M2');
  const mine = { line: other.lines[0]?.id ?? '', reason };
  await refused(
    world,
    () =>
      ledger.postings.correct(again.id, {
        line: again.lines[0]?.id ?? '',
        lots: [{ code: 'C1', quantity: '12' }],
        reason,
      }),
    { code: 'lot.notFound', path: 'lots[0].code' },
  );
  await lotOf(world, 'CHEESE', 'C2', '1', { expiryDate }, on('2026-11-14'));
  await refused(
    world,
    () => ledger.postings.correct(other.id, { ...mine, lots: [{ code: 'C2', quantity: '1.5' }] }),
    { code: 'lot.insufficient', details: { code: 'C1', date: '2026-11-20' } },
  );
  const split = [
    { code: 'C1', quantity: '1' },
    { code: 'C2', quantity: '0.5' },
  ];
  await ledger.postings.correct(other.id, { ...mine, lots: split });
  expect(await onHand(world, 'CHEESE', 'C1', 'C2')).toEqual(['0', '1.5']);
  const blend = await world.post('MAKE', row('M9', '3'), { counterpart: { lines: [row('M2', '3')] } });
  const source = await ledger.postings.get(blend.counterpart ?? '');
  const itself = { line: source.lines[0]?.id ?? '', lots: [{ code: 'M9', quantity: '3' }], reason };
  await refused(world, () => ledger.postings.correct(source.id, itself), {
    code: 'production.sameLot',
    path: 'lots',
    details: { code: 'M9' },
  });
  await verified(world);
});

const cheese = (expiryDate: string) => ({
  item: 'CHEESE',
  quantity: '1.5',
  lots: [{ code: 'C1', quantity: '1.5', expiryDate }],
});

test('R132 R77 of a transfer what arrives stays what left', async () => {
  const world = await electronics();
  const { ledger } = world;
  await sides(world);
  await ledger.items.create({ code: 'CABLE', unit: { code: 'M', decimals: 1 }, lots: {} });
  const at = { location: 'A-01' };
  const cable = (code: string, quantity: string) => ({ ...row(code, quantity, 'CABLE'), ...at });
  await world.post('MAIN/LOA', [cable('K1', '10'), cable('K2', '10'), { ...phones('P1', 'P2'), ...at }]);
  const sent = await world.post('MAIN/SEND', [cable('K1', '2.5'), { ...phones('P1'), ...at }]);
  const received = await ledger.postings.get(sent.counterpart ?? '');
  const first = await ledger.postings.correct(sent.id, {
    line: sent.lines[0]?.id ?? '',
    lots: [{ code: 'K2', quantity: '2.5' }],
    reason,
  });
  expect(await onHand(world, 'CABLE', 'K1', 'K2')).toEqual(['10', '10']);
  const arrived = await ledger.postings.get(first.counterpart ?? '');
  expect(arrived.corrects).toBe(received.id);
  expect(arrived.lines.map((each) => [...each.lots, ...each.serials].map(({ code }) => code))).toEqual([
    ['K2'],
    ['P1'],
  ]);
  // named on the side where it arrived, it is the same line
  const second = await ledger.postings.correct(arrived.id, {
    line: arrived.lines[1]?.id ?? '',
    serials: [{ code: 'P2' }],
    reason,
  });
  expect(second).toMatchObject({ type: 'load', lines: [{}, { serials: [{ code: 'P2' }] }] });
  const where = async (code: string) => (await ledger.serials.get({ item: 'PHONE', code })).warehouse;
  expect([await where('P1'), await where('P2')]).toEqual(['MAIN', 'SHOP']);
  await ledger.postings.reverse(second.id, wrong('2026-11-22'));
  expect([await where('P1'), await where('P2')]).toEqual(['MAIN', 'MAIN']);
  await verified(world);
});
