/** Section 7 of the rules: a lot of one item becomes a lot of another. */
import { expect, test } from 'vitest';
import { lot, main, shop, sound, transforming } from './transforming.ts';
import { dairy, lotOf, pharma, refused, type World } from './world.ts';

async function shops(make: typeof dairy = dairy): Promise<World> {
  const world = await transforming(await make());
  const { ledger } = world;
  const lots = { withdrawal: 'fifo' } as const;
  await ledger.items.create({
    code: 'BUTTER',
    unit: { code: 'PCE', decimals: 0 },
    alternativeUnits: [{ code: 'KG', num: 4, den: 1 }],
    lots,
  });
  await ledger.items.create({
    code: 'SIXPACK',
    unit: { code: 'BOX', decimals: 0 },
    lots: { ...lots, shelfLifeDays: 20 },
  });
  await ledger.items.create({
    code: 'CURD',
    unit: { code: 'LB', decimals: 2 },
    alternativeUnits: [{ code: 'OZ', num: 1, den: 16 }],
    lots,
  });
  return world;
}
const cheese = { item: 'CHEESE', code: 'C1' };
const dated = { expiryDate: '2027-03-01', startDate: '2026-11-20', supplierLot: 'X-9' };

test('R91 how much it becomes may be typed; units stand on both sides', async () => {
  const world = await shops();
  const { ledger } = world;
  await lotOf(world, 'MILK', 'L1', '100', {
    expiryDate: '2026-12-01',
    startDate: '2026-11-18',
    supplierLot: 'X-9',
  });
  const converted = await ledger.lots.convert({
    ...shop,
    lot: { item: 'MILK', code: 'L1' },
    quantity: '25',
    toItem: 'sixpack',
    toQuantity: 4,
    into: { code: 'P1', description: 'one bottle broke' },
  });
  expect(converted).toMatchObject({ operation: 'convert', made: [{ code: 'P1', quantity: '4' }] });
  const load = await ledger.postings.get(converted.counterpart ?? '');
  expect([converted.lines[0], load.lines[0]]).toMatchObject([
    { item: 'MILK', quantity: '25', unit: 'PCE' },
    { item: 'SIXPACK', quantity: '4', unit: 'BOX' },
  ]);
  expect(await lot(world, 'SIXPACK', 'P1')).toMatchObject({
    item: 'SIXPACK',
    supplierLot: 'X-9',
    startDate: '2026-11-18',
    expiryDate: '2026-12-01',
    initialQuantity: '4',
    description: 'one bottle broke',
  });
  const from = await lot(world, 'MILK', 'L1');
  expect(from.onHand).toBe('75');
  expect((await ledger.lots.trace(from.id)).edges).toMatchObject([
    { kind: 'convert', fromQuantity: '25', fromUnit: 'PCE', toQuantity: '4', toUnit: 'BOX' },
  ]);
  await sound(world);
});

test('R64 R91 else the units of both items convert it exactly, rounded once', async () => {
  const world = await shops();
  const { ledger } = world;
  await lotOf(world, 'CHEESE', 'C1', '100', dated);
  const convert = (quantity: string, more: object) =>
    ledger.lots.convert({
      ...shop,
      lot: cheese,
      quantity,
      toItem: 'BUTTER',
      into: { code: 'auto' },
      ...more,
    });
  // a KG is 4 pieces of butter
  const butter = await convert('2.375', { into: { code: 'B1' } });
  expect(butter.made).toMatchObject([{ quantity: '10' }]);
  // CHEESE knows pounds, and CURD counts in them: 1.361 kg are 3.0004… LB
  const curd = await convert('1.361', { toItem: 'CURD', into: { code: 'K1' } });
  expect(curd.made).toMatchObject([{ quantity: '3' }]);
  const ounces = await convert('3', {
    unit: 'LB',
    toItem: 'CURD',
    toQuantity: '40',
    toUnit: 'OZ',
    into: { code: 'K2' },
  });
  const load = await ledger.postings.get(ounces.counterpart ?? '');
  expect([ounces.lines[0], load.lines[0]]).toMatchObject([
    { quantity: '1.361', entered: { quantity: '3', unit: 'LB' } },
    { quantity: '2.5', entered: { quantity: '40', unit: 'OZ' } },
  ]);
  await refused(world, () => convert('1', { toItem: 'SIXPACK', into: { code: 'P1' } }), {
    code: 'field.required',
    path: 'toQuantity',
  });
  await refused(world, () => convert('0.1', {}), { code: 'quantity.zero', path: 'toQuantity' });
  await sound(world);
});

test('R91 the stricter of the source’s status and the item’s first one', async () => {
  const world = await shops();
  const { ledger } = world;
  await ledger.lotStatuses.create({ code: 'NEW', intents: { sale: 'warn' } });
  await ledger.lotStatuses.create({ code: 'WORSE', intents: { sale: 'deny' } });
  await ledger.lotStatuses.create({ code: 'ASIDE', intents: { production: 'deny' } });
  await ledger.items.update('BUTTER', { lots: { initialStatus: 'NEW' } });
  await lotOf(world, 'CHEESE', 'C1', '10', dated);
  const convert = (code: string) =>
    ledger.lots.convert({ ...shop, lot: cheese, quantity: '1', toItem: 'BUTTER', into: { code } });
  const found: (string | null)[] = [];
  for (const status of [null, 'WORSE', 'NEW']) {
    await ledger.lots.update(cheese, { status });
    await convert(`B-${status}`);
    found.push((await lot(world, 'BUTTER', `B-${status}`)).status);
  }
  expect(found).toEqual(['NEW', 'WORSE', 'NEW']);
  await ledger.lots.update(cheese, { status: 'ASIDE' });
  await refused(world, () => convert('B'), {
    code: 'lot.statusConflict',
    details: { statuses: ['ASIDE', 'NEW'], comparable: false },
  });
});

test('R91 it lives no longer than its source without a reason', async () => {
  const world = await shops();
  const { ledger } = world;
  await lotOf(world, 'MILK', 'L1', '100', { startDate: '2026-11-01', expiryDate: '2026-12-24' });
  await lotOf(world, 'MILK', 'L2', '100', { startDate: '2026-11-10', expiryDate: '2026-11-25' });
  const convert = (from: string, code: string, row: object = {}, reason?: string) =>
    ledger.lots.convert({
      ...shop,
      lot: { item: 'MILK', code: from },
      quantity: '6',
      toItem: 'SIXPACK',
      toQuantity: '1',
      into: { code, ...row },
      ...(reason ? { reason } : {}),
    });
  const expiry = async (code: string) => (await lot(world, 'SIXPACK', code)).expiryDate;
  // twenty days from the source's start, unless the source expires before
  await convert('L1', 'P1');
  await convert('L2', 'P2');
  expect([await expiry('P1'), await expiry('P2')]).toEqual(['2026-11-21', '2026-11-25']);
  await refused(world, () => convert('L2', 'P3', { expiryDate: '2026-11-26' }), {
    code: 'reason.required',
    path: 'into.expiryDate',
    details: { expiryDate: '2026-11-25' },
  });
  await convert('L2', 'P3', { expiryDate: '2026-11-26' }, 'sterilised');
  await convert('L2', 'P4', { expiryDate: '2026-11-23' });
  expect([await expiry('P3'), await expiry('P4')]).toEqual(['2026-11-26', '2026-11-23']);
  await ledger.items.update('BUTTER', { lots: { expiryRequired: true } });
  const butter = { ...shop, toItem: 'BUTTER', toQuantity: '1', quantity: '1', into: { code: 'B1' } };
  await ledger.items.create({ code: 'OIL', unit: { code: 'L', decimals: 0 }, lots: {} });
  const { id } = await lotOf(world, 'OIL', 'O1', '5');
  await refused(world, () => ledger.lots.convert({ ...butter, lot: id }), 'lot.expiryRequired');
});

test('R91 another variant is another thing; the same one, and what has no lots, are refused', async () => {
  const world = await shops();
  const { ledger } = world;
  const variants = [{ code: 'PLAIN' }, { code: 'LABELLED' }];
  await ledger.items.create({ code: 'JAR', unit: { code: 'PCE', decimals: 0 }, lots: {}, variants });
  await world.post('MAIN/LOA', {
    item: 'JAR',
    variant: 'PLAIN',
    quantity: '9',
    location: 'B-01',
    lots: [{ code: 'J1', quantity: '9' }],
  });
  const convert = (toItem: string, toVariant?: string) =>
    ledger.lots.convert({
      ...main,
      lot: { item: 'JAR', variant: 'plain', code: 'J1' },
      quantity: '5',
      toItem,
      into: { code: 'J1' },
      ...(toVariant ? { toVariant } : {}),
    });
  await refused(world, () => convert('JAR', 'PLAIN'), { code: 'field.repeated', path: 'toItem' });
  await refused(world, () => convert('SALT'), { code: 'item.notLotManaged', path: 'toItem' });
  await refused(world, () => convert('JAR'), { code: 'item.variantRequired', path: 'toVariant' });
  const { made } = await convert('JAR', 'LABELLED');
  expect(made).toMatchObject([{ code: 'J1', quantity: '5', location: 'B-01' }]);
  expect(await ledger.lots.get({ item: 'JAR', variant: 'LABELLED', code: 'J1' })).toMatchObject({
    onHand: '5',
  });
  await refused(world, () => convert('JAR', 'LABELLED'), {
    code: 'lot.insufficient',
    path: 'quantity',
    details: { available: '4' },
  });
  await sound(world);
});

test('R91 R95 of single pieces the named ones become new ones', async () => {
  const world = await shops(pharma as typeof dairy);
  const { ledger } = world;
  await ledger.items.create({ code: 'KIT', unit: { code: 'PCE', decimals: 0 }, lots: {}, serials: {} });
  await world.post('LOA', {
    item: 'VACCINE',
    quantity: '3',
    lots: [{ code: 'L1', quantity: '3' }],
    serials: [{ code: 'V1' }, { code: 'V2' }, { code: 'V3' }],
  });
  const convert = (serials: string[], into: object) =>
    ledger.lots.convert({
      ...shop,
      lot: { item: 'VACCINE', code: 'L1' },
      serials,
      toItem: 'KIT',
      into: { code: 'K1', ...into },
    });
  await refused(world, () => convert(['V1'], {}), { code: 'serial.required', path: 'into.serials' });
  await refused(
    world,
    () => convert(['V1'], { serials: [{ code: 'K1' }, { code: 'K2' }] }),
    'serial.countMismatch',
  );
  await convert(['V1', 'V3'], { serials: [{ from: 'K1', to: 'K2' }] });
  expect(await ledger.serials.get({ item: 'KIT', code: 'K2' })).toMatchObject({
    lot: 'K1',
    warehouse: 'SHOP',
  });
  expect(await ledger.serials.get({ item: 'VACCINE', code: 'V3' })).toMatchObject({ warehouse: null });
  expect((await lot(world, 'VACCINE', 'L1')).onHand).toBe('1');
  await sound(world);
});

test('R79 R91 a conversion is taken back whole, and not when its lot was used', async () => {
  const world = await shops();
  const { ledger } = world;
  await lotOf(world, 'CHEESE', 'C1', '10', dated);
  const convert = () =>
    ledger.lots.convert({ ...shop, lot: cheese, quantity: '2', toItem: 'BUTTER', into: { code: 'B1' } });
  const first = await convert();
  const back = { date: '2026-11-22', reason: 'wrong item' };
  await ledger.postings.reverse(first.id, back);
  expect((await lot(world, 'CHEESE', 'C1')).onHand).toBe('10');
  const second = await convert();
  await world.post('UNL', { item: 'BUTTER', quantity: '8', lots: [{ code: 'B1', quantity: '8' }] });
  await refused(world, () => ledger.postings.reverse(second.id, back), 'lot.insufficient');
  await sound(world);
});
