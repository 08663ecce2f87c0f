/** Section 5 of the rules, continued: serials, units, zero, dates, pasted rows. */
import { expect, test } from 'vitest';
import { rowsFromText } from '../../src/core/index.ts';
import { codes, phones } from './loading.ts';
import { dairy, electronics, pharma, refused } from './world.ts';

test('R60 a serial in stock anywhere is refused, wherever it is loaded', async () => {
  const world = await electronics();
  await world.post('MAIN/LOA', { ...phones('P1'), location: 'B-01' });
  const place = { warehouse: 'MAIN', location: 'B-01' };
  for (const load of [
    () => world.post('LOA', phones('P0', 'p1')),
    () => world.post('MAIN/TOP', { ...phones('P1'), location: 'A-01' }),
  ]) {
    await refused(world, load, { code: 'serial.alreadyInStock', details: { place } });
  }
});

test('R60 the scope decides: another item may have the same serial', async () => {
  const world = await electronics();
  await world.post('LOA', phones('P1'));
  await world.post('LOA', { item: 'RADIO', quantity: '1', serials: codes('P1') });
  const whole = await electronics({ settings: { codeScope: 'ledger' } });
  await whole.post('LOA', phones('P1'));
  await refused(
    whole,
    () => whole.post('LOA', { item: 'RADIO', quantity: '1', serials: codes('P1') }),
    'serial.wrongItem',
  );
});

test('R61 a serial that was shipped does not come back by a plain load', async () => {
  const world = await electronics();
  await world.post('LOA', phones('P1'));
  await world.post('UNL', phones('P1'));
  await refused(world, () => world.post('LOA', phones('P1')), 'serial.shippedBefore');
  await world.ledger.settings.update({ allowExistingSerial: true });
  await world.post('LOA', phones('P1'));
  expect(await world.ledger.serials.get({ item: 'PHONE', code: 'P1' })).toMatchObject({ warehouse: 'SHOP' });
});

test('R61 a serial whose only load was reversed loads as new', async () => {
  const world = await electronics();
  const load = await world.post('LOA', phones('P1', 'P2'));
  await world.ledger.postings.reverse(load.id, { date: '2026-11-22', reason: 'wrong' });
  await world.post('LOA', phones('P1', 'P3'));
  await world.post('LOA', phones('P2'));
});

test('R62 the same serial twice in one document is refused', async () => {
  const world = await electronics();
  await refused(world, () => world.post('LOA', phones('P1', 'p1')), {
    code: 'serial.repeated',
    path: 'lines[0].serials[1]',
  });
  await refused(world, () => world.post('LOA', [phones('P1'), phones('P2', 'P1')]), {
    code: 'serial.repeated',
    path: 'lines[1].serials[1]',
  });
  await world.post('LOA', phones('P1'));
  await refused(world, () => world.post('UNL', phones('P1', 'P1')), 'serial.repeated');
});

test.each([
  ['2', 20],
  ['2.5', 25],
  ['0.1', 1],
])('R63 %s boxes of ten are %i serials', async (quantity, count) => {
  const world = await electronics();
  const posting = await world.post('LOA', { item: 'PHONE', quantity, unit: 'BOX', serials: 'auto' });
  expect(posting.lines[0]?.serials).toHaveLength(count);
  expect(posting.lines[0]).toMatchObject({ quantity: String(count) });
});

test('R63 boxes that do not come to whole pieces are refused', async () => {
  const world = await electronics();
  for (const quantity of ['2.55', '0.01', '1.0000001']) {
    await refused(world, () => world.post('LOA', { item: 'PHONE', quantity, unit: 'BOX', serials: 'auto' }), {
      code: 'serial.fractional',
      path: 'lines[0].quantity',
    });
  }
});

test('R63 boxes of an item without serials are their base quantity', async () => {
  const world = await dairy();
  const posting = await world.post('LOA', { item: 'SALT', quantity: '2', unit: 'bag' });
  expect(posting.lines[0]).toMatchObject({
    quantity: '50',
    unit: 'KG',
    entered: { quantity: '2', unit: 'BAG' },
  });
});

test.each([
  ['3', ['1', '1', '1'], '1.361', ['0.454', '0.454', '0.453']],
  ['2', ['1', '1'], '0.907', ['0.454', '0.453']],
  ['10', ['2.5', '7.5'], '4.536', ['1.134', '3.402']],
])('R64 %s LB in rows %j are %s kg, the residue on the last', async (quantity, rows, total, steps) => {
  const world = await dairy();
  const lots = rows.map((each, i) => ({ code: `C${i}`, quantity: each, expiryDate: '2027-01-01' }));
  const posting = await world.post('LOA', { item: 'CHEESE', quantity, unit: 'LB', lots });
  expect(posting.lines[0]).toMatchObject({ quantity: total, entered: { quantity, unit: 'LB' } });
  expect(posting.lines[0]?.lots.map((each) => each.quantity)).toEqual(steps);
});

test('R64 a typed base quantity is never rounded', async () => {
  const world = await dairy();
  const line = { item: 'SALT', quantity: '1.0001' };
  await refused(world, () => world.post('LOA', line), {
    code: 'quantity.precision',
    path: 'lines[0].quantity',
    details: { decimals: 3 },
  });
  await refused(
    world,
    () => world.post('LOA', { item: 'MILK', quantity: '1.5', lots: 'auto' }),
    'quantity.precision',
  );
  await world.post('LOA', { item: 'SALT', quantity: '1.00100' });
});

test('R64 a unit the item does not have is refused', async () => {
  const world = await dairy();
  await refused(world, () => world.post('LOA', { item: 'SALT', quantity: '1', unit: 'LB' }), {
    code: 'item.unitNotFound',
    path: 'lines[0].unit',
  });
});

test('R65 serials are made where item and template make them', async () => {
  const world = await electronics();
  const line = { item: 'PHONE', quantity: '3', serials: 'auto' } as const;
  const posting = await world.post('LOA', line);
  expect(posting.lines[0]?.serials.map((each) => each.code)).toEqual(['SN00001', 'SN00002', 'SN00003']);
  await refused(world, () => world.post('TOP', line), { code: 'serial.required', path: 'lines[0].serials' });
  await refused(world, () => world.post('LOA', { ...line, item: 'RADIO' }), 'serial.required');
  await refused(world, () => world.post('LOA', { item: 'PHONE', quantity: '3' }), 'serial.required');
});

test('R65 with lots and serials automatic, one lot holds all the serials', async () => {
  const world = await pharma();
  const posting = await world.post('LOA', { item: 'VACCINE', quantity: '4', lots: 'auto', serials: 'auto' });
  expect(posting.lines[0]?.lots).toMatchObject([{ code: '0000', quantity: '4' }]);
  expect(posting.lines[0]?.serials.map((each) => each.code)).toEqual([
    'SN00001',
    'SN00002',
    'SN00003',
    'SN00004',
  ]);
});

test('R66 zero is refused unless the template allows it, and then has no lots', async () => {
  const world = await dairy();
  await world.ledger.templates.create({
    warehouse: 'SHOP',
    code: 'ZER',
    type: 'load',
    intent: 'other',
    tracksLots: true,
    allowZero: true,
  });
  for (const quantity of ['0', '0.000', '00']) {
    await refused(world, () => world.post('LOA', { item: 'SALT', quantity }), {
      code: 'quantity.zero',
      path: 'lines[0].quantity',
    });
  }
  await world.post('ZER', { item: 'SALT', quantity: '0' });
  const posting = await world.post('ZER', { item: 'MILK', quantity: '0' });
  expect(posting.lines[0]).toMatchObject({ quantity: '0', lots: [] });
  expect((await world.ledger.lots.list({ filter: { state: 'all' } })).items).toEqual([]);
});

test('R66 a zero lot row moves nothing and is refused', async () => {
  const world = await dairy();
  const lots = [
    { code: 'L1', quantity: '5' },
    { code: 'L2', quantity: '0' },
  ];
  await refused(world, () => world.post('LOA', { item: 'MILK', quantity: '5', lots }), {
    code: 'quantity.zero',
    path: 'lines[0].lots[1].quantity',
  });
});

test('R67 dates outside the open period, or after today, are refused', async () => {
  const world = await dairy({ settings: { openFrom: '2026-11-01', openTo: '2026-11-30' } });
  const on = (date: string) => world.post('LOA', { item: 'SALT', quantity: '1' }, { date });
  await refused(world, () => on('2026-10-31'), { code: 'period.closed', path: 'date' });
  await refused(world, () => on('2026-11-23'), {
    code: 'posting.futureDate',
    path: 'date',
    details: { today: '2026-11-22' },
  });
  await on('2026-11-01');
  await on('2026-11-22');
  world.clock.day('2026-12-01');
  await refused(world, () => on('2026-12-01'), 'period.closed');
  await world.ledger.settings.update({ openTo: null, allowFutureDates: true });
  await on('2026-12-24');
});

test('R67 which day today is, is the ledger zone to say', async () => {
  const world = await dairy({ timeZone: 'Pacific/Auckland' });
  world.clock.time = '2026-11-22T12:30:00Z';
  await world.post('LOA', { item: 'SALT', quantity: '1' }, { date: '2026-11-23' });
  const west = await dairy({ timeZone: 'Pacific/Honolulu' });
  west.clock.time = '2026-11-22T09:30:00Z';
  await refused(
    west,
    () => west.post('LOA', { item: 'SALT', quantity: '1' }, { date: '2026-11-22' }),
    'posting.futureDate',
  );
});

test('R68 what cannot be read flags its row and is not swallowed into the code', () => {
  const rows = rowsFromText(
    'L1;22;2027-02-01\nL2\t12\n\nL3;abc;2027-02-01\nL4;5;2027-02-30\nL5;5;2027-02-01;what',
  );
  expect(rows.map((row) => row.code)).toEqual(['L1', 'L2', 'L3', 'L4', 'L5']);
  const flagged = rows.map(
    (row) =>
      JSON.stringify(row).includes('problem') && (row as { problems?: unknown[] }).problems?.length !== 0,
  );
  expect(flagged.slice(2)).toEqual([true, true, true]);
});
