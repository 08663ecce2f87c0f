/** Section 8 of the rules: which lots and serials an unload takes by itself. */
import { expect, test } from 'vitest';
import { caught, dairy, emptyWorld, lotOf, refused, type World, type WorldOptions } from './world.ts';

type Withdrawal = 'fifo' | 'lifo' | 'fefo' | 'manual';

/** MILK with a withdrawal of its own and no shelf life. */
async function withdrawing(
  withdrawal: Withdrawal,
  more: object = {},
  options: WorldOptions = {},
): Promise<World> {
  const world = await dairy({ today: '2026-11-22', ...options });
  const item = await world.ledger.items.get('MILK');
  await world.ledger.items.update(item.id, { lots: { withdrawal, shelfLifeDays: null, ...more } });
  return world;
}

const auto = (quantity: string, more: object = {}) => ({
  item: 'MILK',
  quantity,
  lots: 'auto' as const,
  ...more,
});

async function taken(world: World, quantity: string, more: object = {}): Promise<string[]> {
  const posting = await world.post('UNL', auto(quantity, more));
  return (posting.lines[0]?.lots ?? []).map((row) => `${row.code} ${row.quantity}`);
}

const ask = (more: object = {}) =>
  ({
    item: 'MILK',
    warehouse: 'SHOP',
    quantity: '10',
    intent: 'sale',
    needDate: '2026-11-22',
    ...more,
  }) as const;

test('R96 first expired first: expiry, null last, then start date, then code in natural order', async () => {
  const world = await withdrawing('fefo');
  const soon = { expiryDate: '2026-12-05' };
  await lotOf(world, 'MILK', 'N1', '1');
  await lotOf(world, 'MILK', 'B10', '1', { expiryDate: '2026-12-09', startDate: '2026-11-20' });
  await lotOf(world, 'MILK', 'B9', '1', { expiryDate: '2026-12-09', startDate: '2026-11-20' });
  await lotOf(world, 'MILK', 'A1', '1', { expiryDate: '2026-12-09', startDate: '2026-11-21' });
  await lotOf(world, 'MILK', 'Z1', '1', soon);
  expect(await taken(world, '5')).toEqual(['Z1 1', 'B9 1', 'B10 1', 'A1 1', 'N1 1']);
});

test('R97 first in first out: date of the first load, then its sequence', async () => {
  const world = await withdrawing('fifo');
  await lotOf(world, 'MILK', 'C', '2', {}, { date: '2026-11-20' });
  await lotOf(world, 'MILK', 'A', '2', {}, { date: '2026-11-20' });
  await lotOf(world, 'MILK', 'B', '2', {}, { date: '2026-11-18' });
  expect(await taken(world, '5')).toEqual(['B 2', 'C 2', 'A 1']);
});

test('R97 lots of one load go by code in natural order; a top-up does not make a lot younger', async () => {
  const world = await withdrawing('fifo');
  const lots = ['L10', 'L9', 'L1'].map((code) => ({ code, quantity: '1' }));
  await world.post('LOA', { item: 'MILK', quantity: '3', lots }, { date: '2026-11-19' });
  await lotOf(world, 'MILK', 'K', '1', {}, { date: '2026-11-20' });
  await world.post('TOP', { item: 'MILK', quantity: '1', lots: [{ code: 'L10', quantity: '1' }] });
  expect(await taken(world, '5')).toEqual(['L1 1', 'L9 1', 'L10 2', 'K 1']);
});

test('R97 last in first out is the other way round', async () => {
  const world = await withdrawing('lifo');
  await lotOf(world, 'MILK', 'A', '2', {}, { date: '2026-11-20' });
  await lotOf(world, 'MILK', 'C', '2', {}, { date: '2026-11-18' });
  await lotOf(world, 'MILK', 'B', '2', {}, { date: '2026-11-20' });
  expect(await taken(world, '5')).toEqual(['B 2', 'A 2', 'C 1']);
});

test('R97 when the first load is taken back, the next one counts', async () => {
  const world = await withdrawing('fifo');
  const first = await world.post(
    'LOA',
    { item: 'MILK', quantity: '1', lots: [{ code: 'A', quantity: '1' }] },
    { date: '2026-11-10' },
  );
  await lotOf(world, 'MILK', 'B', '1', {}, { date: '2026-11-15' });
  await world.post(
    'TOP',
    { item: 'MILK', quantity: '1', lots: [{ code: 'A', quantity: '1' }] },
    { date: '2026-11-20' },
  );
  await world.ledger.postings.reverse(first.id, { date: '2026-11-22', reason: 'wrong' });
  expect(await taken(world, '2')).toEqual(['B 1', 'A 1']);
});

test('R98 ten of 4, 4, 4 is 4 and 4 and 2', async () => {
  const world = await withdrawing('fefo');
  for (const [index, code] of ['X', 'Y', 'Z'].entries()) {
    await lotOf(world, 'MILK', code, '4', { expiryDate: `2026-12-0${index + 1}` });
  }
  const answer = await world.ledger.lots.allocate(ask());
  expect(answer.taken).toMatchObject([
    { code: 'X', quantity: '4' },
    { code: 'Y', quantity: '4' },
    { code: 'Z', quantity: '2' },
  ]);
  expect(answer.shortage).toBe('0');
  expect((await world.ledger.lots.allocate(ask({ quantity: '15' }))).shortage).toBe('3');
  expect(await taken(world, '10')).toEqual(['X 4', 'Y 4', 'Z 2']);
});

test('R98 from a single lot: the first that has enough, or a shortage', async () => {
  const world = await withdrawing('fefo');
  await lotOf(world, 'MILK', 'X', '4', { expiryDate: '2026-12-01' });
  await lotOf(world, 'MILK', 'Y', '12', { expiryDate: '2026-12-02' });
  await lotOf(world, 'MILK', 'Z', '50', { expiryDate: '2026-12-03' });
  const single = async (quantity: string) =>
    await world.ledger.lots.allocate(ask({ quantity, singleLot: true }));
  expect(await single('10')).toMatchObject({ taken: [{ code: 'Y', quantity: '10' }], shortage: '0' });
  expect(await single('4')).toMatchObject({ taken: [{ code: 'X', quantity: '4' }] });
  expect(await single('51')).toMatchObject({ taken: [], shortage: '51' });
});

test('R98 too little everywhere refuses an automatic unload, and takes nothing', async () => {
  const world = await withdrawing('fefo');
  await lotOf(world, 'MILK', 'X', '4');
  await refused(world, () => world.post('UNL', auto('5')), {
    code: 'lot.insufficient',
    path: 'lines[0].lots',
    details: { available: '4', shortage: '1' },
  });
  await refused(world, () => world.post('UNL', [auto('3'), auto('2')]), 'lot.insufficient');
  expect(
    (await world.post('UNL', [auto('3'), auto('1')])).lines.map((line) => line.lots[0]?.quantity),
  ).toEqual(['3', '1']);
});

test('R98 without a location it takes from all of the warehouse, with one only from there', async () => {
  const world = await withdrawing('fefo');
  const load = (location: string, code: string, expiryDate: string) =>
    world.post('MAIN/TOP', {
      item: 'MILK',
      quantity: '3',
      location,
      lots: [{ code, quantity: '3', expiryDate }],
    });
  await load('B-01', 'X', '2026-12-01');
  await load('A-01', 'Y', '2026-12-02');
  await load('A-01', 'X', '2026-12-01');
  const posting = await world.post('MAIN/UNL', auto('7'));
  const rows = posting.lines[0]?.lots.map((row) => `${row.code} ${row.location} ${row.quantity}`);
  expect(rows).toEqual(['X A-01 3', 'X B-01 3', 'Y A-01 1']);
  await refused(world, () => world.post('MAIN/UNL', auto('1', { location: 'B-01' })), 'lot.insufficient');
});

test('R100 a manual item gets no suggestion, and its lots are shown first expired first', async () => {
  const world = await withdrawing('manual');
  await lotOf(world, 'MILK', 'LATE', '5', { expiryDate: '2027-01-01' });
  await lotOf(world, 'MILK', 'SOON', '5', { expiryDate: '2026-12-01' });
  await refused(world, () => world.post('UNL', auto('1')), { code: 'lot.required', path: 'lines[0].lots' });
  const answer = await world.ledger.lots.allocate(ask({ quantity: '3' }));
  expect(answer.taken).toEqual([]);
  expect(answer.skipped.map((each) => each.code)).toEqual(['SOON', 'LATE']);
});

test('R101 an unknown strategy is refused when the item is configured', async () => {
  const world = await emptyWorld();
  const { ledger } = world;
  const item = { code: 'X', unit: { code: 'PCE', decimals: 0 } };
  await refused(world, () => ledger.items.create({ ...item, lots: { withdrawal: 'random' } } as never), {
    code: 'field.type',
    path: 'lots.withdrawal',
    kind: 'invalid',
  });
  await refused(world, () => ledger.items.create({ ...item, lots: { codeType: 'NONE' } }), {
    code: 'codeType.notFound',
    path: 'lots.codeType',
  });
  await refused(world, () => ledger.items.create({ ...item, lots: { initialStatus: 'NONE' } }), {
    code: 'lotStatus.notFound',
    path: 'lots.initialStatus',
  });
  await ledger.codeTypes.create({ code: 'S', kind: 'serial', parts: [{ source: 'text', value: 'S' }] });
  await refused(world, () => ledger.items.create({ ...item, lots: { codeType: 'S' } }), 'codeType.wrongKind');
  await refused(
    world,
    () => ledger.items.create({ ...item, serials: { codeType: 'S', generation: 'automatic' } }),
    'codeType.counter',
  );
});

test('R102 every candidate is answered, with what is taken or why it is skipped', async () => {
  const world = await withdrawing('fefo', { blockDays: 3 });
  const { ledger } = world;
  await ledger.lotStatuses.create({ code: 'Q', available: false });
  await lotOf(world, 'MILK', 'EXPIRED', '5', { expiryDate: '2026-11-22' });
  await lotOf(world, 'MILK', 'WINDOW', '5', { expiryDate: '2026-11-25' });
  await lotOf(world, 'MILK', 'YOUNG', '5', { expiryDate: '2026-12-20' });
  const closed = await lotOf(world, 'MILK', 'CLOSED', '5', { expiryDate: '2027-02-01' });
  const blocked = await lotOf(world, 'MILK', 'BLOCKED', '5', { expiryDate: '2027-02-02' });
  await lotOf(world, 'MILK', 'GOOD', '5', { expiryDate: '2027-02-03' });
  await lotOf(world, 'MILK', 'SPARE', '5', { expiryDate: '2027-02-04' });
  await ledger.lots.update(closed.id, { closed: true });
  await ledger.lots.update(blocked.id, { status: 'Q' });
  const request = ask({ quantity: '4', needDate: '2026-11-23', minShelfLifeDays: 60 });
  const answer = await ledger.lots.allocate(request);
  const skipped = answer.skipped.map((each) => `${each.code} ${each.reason}`);
  expect(answer.taken).toMatchObject([{ code: 'GOOD', quantity: '4' }]);
  expect(skipped).toEqual([
    'EXPIRED expired',
    'WINDOW blockWindow',
    'YOUNG shelfLife',
    'CLOSED closed',
    'BLOCKED status',
    'SPARE notNeeded',
  ]);
  expect(await ledger.lots.allocate(request)).toEqual(answer);
});

test('R102 another location is a reason too', async () => {
  const world = await withdrawing('fefo');
  await world.post('MAIN/LOA', {
    item: 'MILK',
    quantity: '3',
    location: 'A-01',
    lots: [{ code: 'X', quantity: '3' }],
  });
  const answer = await world.ledger.lots.allocate(
    ask({ warehouse: 'MAIN', location: 'B-01', quantity: '1' }),
  );
  expect(answer).toMatchObject({ taken: [], skipped: [{ code: 'X', reason: 'location' }], shortage: '1' });
});

test('R96 where no withdrawal was said, both take what expires first', async () => {
  const { ledger, post } = await emptyWorld();
  await ledger.items.create({ code: 'P', unit: { code: 'PCE', decimals: 0 }, lots: {} });
  for (const [code, expiryDate] of [
    ['LATE', '2028-01-01'],
    ['SOON', '2027-01-01'],
    ['NEVER', null],
  ] as const) {
    await post('LOA', { item: 'P', quantity: '1', lots: [{ code, quantity: '1', expiryDate }] });
  }
  const asked = await ledger.lots.allocate({ item: 'P', warehouse: 'SHOP', quantity: '2' });
  const out = await post('UNL', { item: 'P', quantity: '2', lots: 'auto' });
  expect(asked.taken.map((each) => each.code)).toEqual(['SOON', 'LATE']);
  expect(out.lines[0]?.lots.map((row) => row.code)).toEqual(['SOON', 'LATE']);
});

test('R47 of a lot of single pieces no more is free than pieces that may be used', async () => {
  const { ledger, post } = await emptyWorld();
  await ledger.items.create({ code: 'B', unit: { code: 'PCE', decimals: 0 }, lots: {}, serials: {} });
  const bring = (place: string, lot: string, codes: string[]) =>
    post(`MAIN/${place}`, {
      item: 'B',
      quantity: String(codes.length),
      location: 'A-01',
      lots: [{ code: lot, quantity: String(codes.length) }],
      serials: codes.map((code) => ({ code })),
    });
  await bring('LOA', 'L', ['S1', 'S2', 'S3', 'S4']);
  await bring('LOA', 'M', ['S5']);
  const change = (code: string, patch: object) => ledger.serials.update({ item: 'B', code }, patch);
  await change('S1', { reserved: true });
  await change('S2', { cancelled: true });
  await change('S3', { closed: true });
  await change('S5', { reserved: true });
  const asked = await ledger.lots.allocate({ item: 'B', warehouse: 'MAIN', quantity: '3' });
  expect(asked.taken).toMatchObject([{ code: 'L', quantity: '1' }]);
  expect(asked.skipped).toMatchObject([{ code: 'M', available: '0', reason: 'reserved' }]);
  expect(asked.shortage).toBe('2');
  const error = await caught(() =>
    post('MAIN/UNL', { item: 'B', quantity: '3', lots: 'auto', serials: 'auto' }),
  );
  expect(error.details.shortage).toBe('2');
});
