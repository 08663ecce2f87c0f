/** Section 2 of the rules: how an item is tracked, and when that may change. */
import { expect, test } from 'vitest';
import { dairy, electronics, lotOf, pharma, refused } from './world.ts';

test('R20 an item that is not lot-managed refuses lots, and never demands one', async () => {
  const world = await dairy();
  const lots = [{ code: 'L1', quantity: '5' }];
  await refused(world, () => world.post('LOA', { item: 'SALT', quantity: '5', lots }), {
    code: 'item.notLotManaged',
    path: 'lines[0].lots',
  });
  await refused(
    world,
    () => world.post('LOA', { item: 'SALT', quantity: '5', lots: 'auto' }),
    'item.notLotManaged',
  );
  await world.post('LOA', { item: 'SALT', quantity: '5' });
  await world.post('UNL', { item: 'SALT', quantity: '2.5' });
  await refused(world, () => world.ledger.lots.create({ item: 'SALT', code: 'L1' }), 'item.notLotManaged');
});

test('R20 an item without serials refuses them too, on a load and on an unload', async () => {
  const world = await dairy();
  const serials = [{ code: 'S1' }];
  await refused(world, () => world.post('LOA', { item: 'SALT', quantity: '1', serials }), {
    code: 'item.notSerialManaged',
    path: 'lines[0].serials',
  });
  await world.post('LOA', { item: 'SALT', quantity: '1' });
  await refused(
    world,
    () => world.post('UNL', { item: 'SALT', quantity: '1', serials }),
    'item.notSerialManaged',
  );
});

test('R22 lot management goes off only when no lot has stock, and history stays', async () => {
  const world = await dairy();
  const { ledger } = world;
  await lotOf(world, 'MILK', 'L1', '4');
  const item = await ledger.items.get('MILK');
  await refused(world, () => ledger.items.update(item.id, { lots: null }), {
    code: 'item.hasStock',
    path: 'lots',
  });
  await world.post('UNL', { item: 'MILK', quantity: '4', lots: [{ code: 'L1', quantity: '4' }] });
  await ledger.items.update(item.id, { lots: null });
  const lot = await ledger.lots.get({ item: 'MILK', code: 'L1' });
  expect((await ledger.lots.movements(lot.id, {})).items).toHaveLength(2);
  await world.post('LOA', { item: 'MILK', quantity: '3' });
});

test('R22 turning lots on while untagged stock lies there is refused', async () => {
  const world = await dairy();
  const { ledger } = world;
  await world.post('LOA', { item: 'SALT', quantity: '5' });
  const item = await ledger.items.get('SALT');
  await refused(
    world,
    () => ledger.items.update(item.id, { lots: { codeType: 'YM' } }),
    'item.openingRequired',
  );
  await world.post('UNL', { item: 'SALT', quantity: '5' });
  await ledger.items.update(item.id, { lots: { codeType: 'YM' } });
  await refused(world, () => world.post('LOA', { item: 'SALT', quantity: '5' }), 'lot.required');
});

test('R23 serials cannot be given up while some are in stock', async () => {
  const world = await pharma();
  const { ledger } = world;
  await world.post('LOA', { item: 'PHONE', quantity: '2', serials: [{ code: 'P1' }, { code: 'P2' }] });
  const item = await ledger.items.get('PHONE');
  await refused(
    world,
    () => ledger.items.update(item.id, { serials: null, lots: { codeType: 'LN' } }),
    'item.openingRequired',
  );
  await refused(world, () => ledger.items.update(item.id, { serials: null }), {
    code: 'item.hasStock',
    path: 'serials',
  });
  await refused(
    world,
    () => ledger.items.update(item.id, { lots: { codeType: 'LN' } }),
    'item.openingRequired',
  );
  await world.post('UNL', { item: 'PHONE', quantity: '2', serials: [{ code: 'P1' }, { code: 'P2' }] });
  await ledger.items.update(item.id, { serials: null, lots: { codeType: 'LN' } });
});

test('R24 another code type is used from the next load on, old lots stay as they are', async () => {
  const world = await dairy();
  const { ledger } = world;
  const before = await world.post('LOA', { item: 'MILK', quantity: '1', lots: 'auto' });
  await ledger.codeTypes.create({
    code: 'M',
    kind: 'lot',
    parts: [
      { source: 'text', value: 'M-' },
      { source: 'number', length: 2 },
    ],
  });
  const item = await ledger.items.get('MILK');
  await ledger.items.update(item.id, { lots: { codeType: 'M' } });
  const after = await world.post('LOA', { item: 'MILK', quantity: '1', lots: 'auto' });
  expect([before, after].map((each) => each.lines[0]?.lots[0]?.code)).toEqual(['202611001', 'M-0']);
  const codes = (await ledger.lots.list({ sort: ['code'] })).items.map((lot) => lot.code);
  expect(codes).toEqual(['202611001', 'M-0']);
});

test('R25 a single-supplier lot takes no load of another supplier', async () => {
  const world = await dairy();
  const { ledger } = world;
  const item = await ledger.items.get('MILK');
  await ledger.items.update(item.id, { lots: { singleSupplier: true } });
  const party = (code: string) => ({ party: { kind: 'supplier', code } as const });
  await lotOf(world, 'MILK', 'L1', '4', {}, party('S1'));
  const line = { item: 'MILK', quantity: '1', lots: [{ code: 'L1', quantity: '1' }] };
  await refused(world, () => world.post('TOP', line, party('S2')), { code: 'lot.supplierMismatch' });
  await world.post('TOP', line, party('s1'));
  await world.post('TOP', line);
  await ledger.items.update(item.id, { lots: { singleSupplier: false } });
  await world.post('TOP', line, party('S2'));
  expect((await ledger.lots.get({ item: 'MILK', code: 'L1' })).supplier).toBe('S1');
});

test('R26 of an item with both, each lot row has as many as its serials', async () => {
  const world = await pharma();
  const lots = [
    { code: 'L1', quantity: '2' },
    { code: 'L2', quantity: '1' },
  ];
  const serial = (code: string, lot?: string) => (lot ? { code, lot } : { code });
  const line = { item: 'VACCINE', quantity: '3', lots };
  const wrong = [serial('V1', 'L1'), serial('V2', 'L2'), serial('V3', 'L2')];
  await refused(world, () => world.post('LOA', { ...line, serials: wrong }), 'serial.countMismatch');
  const unnamed = [serial('V1', 'L1'), serial('V2', 'L1'), serial('V3')];
  await refused(world, () => world.post('LOA', { ...line, serials: unnamed }), 'serial.lotRequired');
  const right = [serial('V1', 'L1'), serial('V2', 'L1'), serial('V3', 'L2')];
  await world.post('LOA', { ...line, serials: right });
  const { ledger } = world;
  const onHand = (await ledger.lots.list({ sort: ['code'] })).items.map((lot) => [lot.code, lot.onHand]);
  expect(onHand).toEqual([
    ['L1', '2'],
    ['L2', '1'],
  ]);
});

test('R26 serials unloaded without naming lots take their own', async () => {
  const world = await pharma();
  const { ledger } = world;
  await world.post('LOA', {
    item: 'VACCINE',
    quantity: '2',
    lots: [{ code: 'L1', quantity: '2' }],
    serials: [{ code: 'V1' }, { code: 'V2' }],
  });
  await world.post('LOA', {
    item: 'VACCINE',
    quantity: '1',
    lots: [{ code: 'L2', quantity: '1' }],
    serials: [{ code: 'V3' }],
  });
  const posting = await world.post('UNL', {
    item: 'VACCINE',
    quantity: '2',
    serials: [{ code: 'V3' }, { code: 'V1' }],
  });
  const rows = posting.lines[0]?.lots.map((row) => `${row.code} ${row.quantity}`).sort();
  expect(rows).toEqual(['L1 1', 'L2 1']);
  const onHand = (await ledger.lots.list({ filter: { state: 'all' }, sort: ['code'] })).items.map(
    (lot) => lot.onHand,
  );
  expect(onHand).toEqual(['1', '0']);
});

test('R26 a serial goes by its own lot, not by the one a row says', async () => {
  const world = await pharma();
  await world.post('LOA', {
    item: 'VACCINE',
    quantity: '1',
    lots: [{ code: 'L1', quantity: '1' }],
    serials: [{ code: 'V1' }],
  });
  await world.post('LOA', {
    item: 'VACCINE',
    quantity: '1',
    lots: [{ code: 'L2', quantity: '1' }],
    serials: [{ code: 'V2' }],
  });
  const line = {
    item: 'VACCINE',
    quantity: '1',
    lots: [{ code: 'L2', quantity: '1' }],
    serials: [{ code: 'V1', lot: 'L2' }],
  };
  await refused(world, () => world.post('UNL', line), 'serial.wrongLot');
});

test('R23 an item keeps its unit once it has moved', async () => {
  const world = await electronics();
  const { ledger } = world;
  const item = await ledger.items.get('RADIO');
  await ledger.items.update(item.id, { unit: { code: 'EA', decimals: 0 } });
  await world.post('LOA', { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] });
  await refused(
    world,
    () => ledger.items.update(item.id, { unit: { code: 'EA', decimals: 2 } }),
    'item.unitFixed',
  );
});
