/** Section 8 of the rules, continued: allocation that says why, for a day to come, for a document, near a place. */
import { expect, test } from 'vitest';
import { named, order, reserve } from './reserving.ts';
import { caught, dairy, electronics, lotOf, pharma, type World } from './world.ts';

/** Three lots by expiry: NEAR 5 until 11-28, MID 6 until 12-20, FAR 9 without. */
async function shelves(): Promise<World> {
  const world = await dairy();
  await lotOf(world, 'MILK', 'FAR', '9', { expiryDate: '2028-01-01' });
  await lotOf(world, 'MILK', 'MID', '6', { expiryDate: '2026-12-20' });
  await lotOf(world, 'MILK', 'NEAR', '5', { expiryDate: '2026-11-28' });
  return world;
}

const ask = (world: World, more: object = {}) =>
  world.ledger.lots.allocate({ item: 'MILK', warehouse: 'SHOP', quantity: '8', ...more });
const took = async (world: World, more: object = {}) =>
  (await ask(world, more)).taken.map((each) => `${each.code} ${each.quantity}`);
const passed = async (world: World, more: object = {}) =>
  (await ask(world, more)).skipped.map(
    (each) => `${each.code} ${each.reason} ${each.available}/${each.reserved}`,
  );

test('R102 every candidate is answered: what is taken, what others hold, its rank, or why it is passed over', async () => {
  const world = await shelves();
  await reserve(world, 'SO-1', [named('NEAR', '5'), named('MID', '2')]);
  const made = await ask(world, { quantity: '4' });
  expect(made.taken).toMatchObject([{ code: 'MID', quantity: '4', reserved: '2', rank: 2 }]);
  expect(made.skipped).toMatchObject([
    { code: 'NEAR', reason: 'reserved', available: '0', reserved: '5', rank: 1 },
    { code: 'FAR', reason: 'notNeeded', available: '9', reserved: '0', rank: 3 },
  ]);
  expect(await ask(world, { quantity: '4' })).toEqual(made);
  expect((await ask(world, { quantity: '20' })).shortage).toBe('7');
});

test('R99 the document that asks counts its own as free, and takes it first', async () => {
  const world = await shelves();
  await reserve(world, 'SO-1', named('FAR', '3'));
  expect(await took(world)).toEqual(['NEAR 5', 'MID 3']);
  expect(await took(world, { document: order('so-1') })).toEqual(['FAR 3', 'NEAR 5']);
});

test('R99 lots named in the question go first, as much of them as is said', async () => {
  const world = await shelves();
  expect(await took(world, { lots: [{ code: 'far', quantity: '2' }] })).toEqual(['FAR 2', 'NEAR 5', 'MID 1']);
  expect(await took(world, { lots: [{ code: 'MID' }] })).toEqual(['MID 6', 'NEAR 2']);
  const wrong = await caught(() => ask(world, { lots: [{ code: 'NONE' }] }));
  expect(wrong).toMatchObject({ code: 'lot.notFound', path: 'lots[0].code' });
});

test('R71 what the asker’s own unsaved lines take is not offered again', async () => {
  const world = await shelves();
  const taken = [
    { lot: 'NEAR', quantity: '5' },
    { lot: 'MID', quantity: '4' },
  ];
  expect(await took(world, { taken })).toEqual(['MID 2', 'FAR 6']);
});

test('R28 for a day to come: what is good then, and what is promised of it', async () => {
  const world = await shelves();
  expect(await passed(world, { needDate: '2026-12-01' })).toEqual(['NEAR expired 5/0']);
  // 12 are promised for the 10th: of MID and FAR together only 3 are free, NEAR keeps none of them
  await reserve(world, 'SO-1', { quantity: '12', needDate: '2026-12-10' });
  expect(await took(world, { quantity: '20' })).toEqual(['NEAR 5', 'MID 3']);
  expect(await passed(world, { quantity: '20' })).toEqual(['FAR reserved 3/0']);
  expect(await took(world, { quantity: '20', needDate: '2026-12-01' })).toEqual(['MID 3']);
  expect(await took(world, { quantity: '20', document: order('SO-1') })).toEqual([
    'NEAR 5',
    'MID 6',
    'FAR 9',
  ]);
});

test('R39 R98 enough life left, and all from one lot', async () => {
  const world = await shelves();
  expect(await took(world, { minShelfLifeDays: 28 })).toEqual(['MID 6', 'FAR 2']);
  expect(await took(world, { minShelfLifeDays: 29, quantity: '3' })).toEqual(['FAR 3']);
  expect(await took(world, { singleLot: true, quantity: '7' })).toEqual(['FAR 7']);
  await reserve(world, 'SO-1', named('FAR', '3'));
  expect((await ask(world, { singleLot: true, quantity: '7' })).shortage).toBe('7');
});

test('R102 lots are picked by their attributes', async () => {
  const world = await shelves();
  const set = (code: string, attributes: object) =>
    world.ledger.lots.update({ item: 'MILK', code }, { attributes: attributes as Record<string, string> });
  await set('MID', { farm: 'Alm', fat: 3.5 });
  await set('FAR', { farm: 'Alm' });
  expect(await took(world, { attributes: { farm: 'Alm' } })).toEqual(['MID 6', 'FAR 2']);
  expect(await passed(world, { attributes: { farm: 'Alm', fat: 3.5 } })).toEqual([
    'NEAR attributes 5/0',
    'FAR attributes 9/0',
  ]);
});

test('R102 the closest to a place: by how many locations lie between, in natural order', async () => {
  const world = await dairy();
  const locations = ['A-1', 'A-2', 'A-10', 'A-11', 'B-1'].map((code) => ({ code }));
  await world.ledger.warehouses.create({ code: 'HALL', locations });
  await world.ledger.templates.create({
    warehouse: 'HALL',
    code: 'IN',
    type: 'load',
    tracksLots: true,
    allowTopUp: true,
  });
  for (const { code: location } of locations) {
    await world.post('HALL/IN', {
      item: 'MILK',
      quantity: '2',
      location,
      lots: [{ code: 'X', quantity: '2' }],
    });
  }
  const places = async (more: object) =>
    (await ask(world, { warehouse: 'HALL', ...more })).taken.map((each) => each.location);
  expect(await places({ near: 'a-10' })).toEqual(['A-10', 'A-2', 'A-11', 'A-1']);
  expect(await places({ prefer: 'closest' })).toEqual(['A-1', 'A-2', 'A-10', 'A-11']);
  const wrong = await caught(() => ask(world, { warehouse: 'HALL', near: 'Z' }));
  expect(wrong).toMatchObject({ code: 'location.notFound', path: 'near' });
});

test('R100 a person chooses: nothing but what is named or reserved is suggested', async () => {
  const world = await shelves();
  const item = await world.ledger.items.get('MILK');
  await world.ledger.items.update(item.id, { lots: { withdrawal: 'manual' } });
  expect(await passed(world)).toEqual(['NEAR manual 5/0', 'MID manual 6/0', 'FAR manual 9/0']);
  await reserve(world, 'SO-1', named('MID', '2'));
  const made = await ask(world, { document: order('SO-1') });
  expect(made.taken).toMatchObject([{ code: 'MID', quantity: '2' }]);
  expect(made.shortage).toBe('6');
});

test('R103 pieces: the lot by strategy, then the oldest, and why not the others', async () => {
  const world = await pharma();
  const load = (lot: string, expiryDate: string, ...codes: string[]) =>
    world.post('LOA', {
      item: 'VACCINE',
      quantity: String(codes.length),
      lots: [{ code: lot, quantity: String(codes.length), expiryDate }],
      serials: codes.map((code) => ({ code })),
    });
  await load('LATE', '2027-06-01', 'V1', 'V2');
  await load('SOON', '2027-01-15', 'V9', 'V10', 'V3');
  await reserve(world, 'SO-1', { item: 'VACCINE', serials: ['V3'] });
  const choose = (more: object = {}) =>
    world.ledger.serials.allocate({ item: 'VACCINE', warehouse: 'SHOP', quantity: 2, ...more });
  const codes = async (more: object = {}) => (await choose(more)).taken.map((each) => each.code);
  expect(await choose()).toMatchObject({
    taken: [
      { code: 'V9', lot: 'SOON', expiryDate: '2027-01-15' },
      { code: 'V10', lot: 'SOON' },
    ],
    skipped: [
      { code: 'V3', reason: 'reserved' },
      { code: 'V1', reason: 'notNeeded' },
      { code: 'V2', reason: 'notNeeded' },
    ],
    shortage: '0',
  });
  expect(await codes({ document: order('SO-1') })).toEqual(['V3', 'V9']);
  expect(await codes({ serials: ['v2'] })).toEqual(['V2', 'V9']);
  expect(await codes({ lots: ['LATE'] })).toEqual(['V1', 'V2']);
  expect(await codes({ taken: ['V9'] })).toEqual(['V10', 'V1']);
  expect(await codes({ needDate: '2027-02-01' })).toEqual(['V1', 'V2']);
  expect(await codes({ singleLot: true, quantity: 3 })).toEqual([]);
  expect(await codes({ singleLot: true, quantity: 3, document: order('SO-1') })).toEqual(['V3', 'V9', 'V10']);
});

test('R103 pieces in no lot: as many as promises leave', async () => {
  const world = await electronics();
  const serials = ['R1', 'R2', 'R3'].map((code) => ({ code }));
  await world.post('LOA', { item: 'RADIO', quantity: '3', serials });
  await reserve(world, 'SO-1', { item: 'RADIO', quantity: '2' });
  const made = await world.ledger.serials.allocate({ item: 'RADIO', warehouse: 'SHOP', quantity: 2 });
  expect(made).toMatchObject({ taken: [{ code: 'R1' }], shortage: '1' });
  expect(made.skipped.map((each) => each.reason)).toEqual(['reserved', 'reserved']);
  const wrong = await caught(() =>
    world.ledger.serials.allocate({ item: 'RADIO', warehouse: 'SHOP', quantity: '1.5' }),
  );
  expect(wrong.code).toBe('quantity.precision');
});
