/** Section 5 of the rules: what a load asks for, makes and refuses. */
import { expect, test } from 'vitest';
import { bare, phones, row } from './loading.ts';
import { dairy, electronics, lotOf, refused } from './world.ts';

test('R54 a lot-tracked item needs lots, and a template that tracks them', async () => {
  const world = await dairy();
  await bare(world);
  for (const line of [
    { item: 'MILK', quantity: '5' },
    { item: 'MILK', quantity: '5', lots: [] },
  ]) {
    await refused(world, () => world.post('LOA', line), { code: 'lot.required', path: 'lines[0].lots' });
    await refused(world, () => world.post('BAR', line), 'lot.required');
  }
  await refused(world, () => world.post('BAR', row('MILK', 'L1', '5')), 'lot.required');
});

test('R54 with lotsRequired off it goes to a bucket without lot, never below zero', async () => {
  const world = await dairy({ settings: { lotsRequired: false } });
  await bare(world);
  await world.post('BAR', { item: 'MILK', quantity: '5' });
  await refused(world, () => world.post('OUT', { item: 'MILK', quantity: '6' }), {
    code: 'stock.insufficient',
    details: { available: '5' },
  });
  await world.post('OUT', { item: 'MILK', quantity: '5' });
  await refused(world, () => world.post('OUT', { item: 'MILK', quantity: '1' }), 'stock.insufficient');
  expect((await world.ledger.lots.list({ filter: { state: 'all' } })).items).toEqual([]);
});

test('R54 the bucket without lot is apart from the lots', async () => {
  const world = await dairy({ settings: { lotsRequired: false } });
  await bare(world);
  await world.post('LOA', row('MILK', 'L1', '5'));
  await refused(world, () => world.post('OUT', { item: 'MILK', quantity: '1' }), 'stock.insufficient');
});

test.each([
  ['100', ['60', '30'], '10'],
  ['100', ['60', '50'], '-10'],
  ['0.3', ['0.1', '0.1'], '0.1'],
  ['1', ['0.999'], '0.001'],
])('R55 %s against rows %j: difference %s', async (quantity, rows, difference) => {
  const world = await dairy();
  const lots = rows.map((each, i) => ({ code: `C${i}`, quantity: each, expiryDate: '2027-01-01' }));
  await refused(world, () => world.post('LOA', { item: 'CHEESE', quantity, lots }), {
    code: 'lot.sumMismatch',
    path: 'lines[0].lots',
    details: { difference },
  });
});

test('R55 rows that add up are saved', async () => {
  const world = await dairy();
  const lots = ['0.1', '0.2'].map((quantity, i) => ({ code: `C${i}`, quantity, expiryDate: '2027-01-01' }));
  const posting = await world.post('LOA', { item: 'CHEESE', quantity: '0.3', lots });
  expect(posting.lines[0]?.lots.map((each) => each.quantity)).toEqual(['0.1', '0.2']);
});

test.each([
  ['3', ['a', 'b']],
  ['2', ['a', 'b', 'c']],
  ['1', ['a', 'b']],
])('R56 quantity %s with serials %j', async (quantity, serials) => {
  const world = await electronics();
  await refused(world, () => world.post('LOA', { ...phones(...serials), quantity }), {
    code: 'serial.countMismatch',
    path: 'lines[0].serials',
    details: { expected: Number(quantity), given: serials.length },
  });
});

test('R56 half a piece is refused', async () => {
  const world = await electronics();
  for (const quantity of ['2.5', '0.5', '1.000001']) {
    await refused(world, () => world.post('LOA', { ...phones('a', 'b'), quantity }), {
      code: 'serial.fractional',
      path: 'lines[0].quantity',
    });
  }
});

test('R56 a range of serials stands for all of its codes', async () => {
  const world = await electronics();
  const line = (quantity: string) => ({
    item: 'PHONE',
    quantity,
    serials: [{ from: 'P-098', to: 'P-101' }, { code: 'Q1' }],
  });
  await refused(world, () => world.post('LOA', line('4')), {
    code: 'serial.countMismatch',
    details: { expected: 4, given: 5 },
  });
  const posting = await world.post('LOA', line('5'));
  expect(posting.lines[0]?.serials.map((each) => each.code)).toEqual([
    'P-098',
    'P-099',
    'P-100',
    'P-101',
    'Q1',
  ]);
});

test('R57 a load into a lot with movements needs a template that tops up', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '10');
  await refused(world, () => world.post('LOA', row('MILK', 'l1', '5')), {
    code: 'lot.alreadyExists',
    path: 'lines[0].lots[0].code',
  });
  await world.post('TOP', row('MILK', 'l1', '5'));
  const lot = await world.ledger.lots.get({ item: 'MILK', code: 'L1' });
  expect(lot).toMatchObject({ onHand: '15', initialQuantity: '10' });
});

test('R57 the first load of a lot made by hand is allowed, and so is one after all were reversed', async () => {
  const world = await dairy();
  const { ledger } = world;
  const lot = await ledger.lots.create({ item: 'MILK', code: 'H1', expiryDate: '2026-12-24' });
  const load = await world.post('LOA', row('MILK', 'H1', '5'));
  expect(await ledger.lots.get(lot.id)).toMatchObject({
    onHand: '5',
    expiryDate: '2026-12-24',
    initialQuantity: '5',
  });
  await refused(world, () => world.post('LOA', row('MILK', 'H1', '5')), 'lot.alreadyExists');
  await ledger.postings.reverse(load.id, { date: '2026-11-22', reason: 'wrong' });
  await world.post('LOA', row('MILK', 'H1', '7'));
  expect(await ledger.lots.get(lot.id)).toMatchObject({ onHand: '7', initialQuantity: '7' });
});

test('R57 a second row of the same posting is no top-up', async () => {
  const world = await dairy();
  const { ledger } = world;
  await world.post('MAIN/LOA', [
    { ...row('MILK', 'L1', '5'), location: 'A-01' },
    { ...row('MILK', 'L1', '3'), location: 'B-01' },
  ]);
  expect(await ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    onHand: '8',
    initialQuantity: '8',
  });
});

test('R58 the same lot twice in one line is merged', async () => {
  const world = await dairy();
  const lots = [
    { code: 'L1', quantity: '2' },
    { code: ' l1', quantity: '3' },
  ];
  await world.post('LOA', { item: 'MILK', quantity: '5', lots });
  const { items } = await world.ledger.lots.list({});
  expect(items.map((lot) => [lot.code, lot.onHand])).toEqual([['L1', '5']]);
});

test('R58 or refused, by setting', async () => {
  const world = await dairy({ settings: { duplicateRows: 'refuse' } });
  const lots = [
    { code: 'L1', quantity: '2' },
    { code: 'l1', quantity: '3' },
  ];
  await refused(world, () => world.post('LOA', { item: 'MILK', quantity: '5', lots }), {
    code: 'lot.repeatedRow',
    path: 'lines[0].lots[1].code',
  });
});

test('R59 two lines naming one new lot create it once, two automatic lines make two', async () => {
  const world = await dairy();
  await world.post('LOA', [row('MILK', 'L1', '2'), row('MILK', 'l1', '3')]);
  expect((await world.ledger.lots.list({})).items.map((lot) => lot.onHand)).toEqual(['5']);
  const auto = { item: 'MILK', quantity: '1', lots: 'auto' } as const;
  const posting = await world.post('LOA', [auto, auto, auto]);
  expect(posting.lines.map((line) => line.lots[0]?.code)).toEqual(['202611001', '202611002', '202611003']);
});

test('R59 the second line of a new lot must agree with the first', async () => {
  const world = await dairy();
  const lines = [
    row('MILK', 'L1', '2', { expiryDate: '2026-12-24' }),
    row('MILK', 'L1', '3', { expiryDate: '2026-12-25' }),
  ];
  await refused(world, () => world.post('LOA', lines), {
    code: 'lot.expiryConflict',
    path: 'lines[1].lots[0].expiryDate',
  });
});
