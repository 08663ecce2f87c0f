/** Reservations: quantity a host's document has committed and not yet moved (R28, R45, R47, R71, R82, R87, R99, R138). */
import { expect, test } from 'vitest';
import { by, named, order, reserve, standing } from './reserving.ts';
import { row } from './taking.ts';
import { dairy, electronics, lotOf, pharma, refused, type World } from './world.ts';

/** MILK without a shelf life, 12 of L1 and 7 of L2, which expires first. */
async function shop(): Promise<World> {
  const world = await dairy({ today: '2026-11-22' });
  await lotOf(world, 'MILK', 'L1', '12', { expiryDate: '2027-03-01' });
  await lotOf(world, 'MILK', 'L2', '7', { expiryDate: '2026-12-05' });
  return world;
}

/** MAIN with 9 of A1 at A-01 and 4 of it at B-01. */
async function twoPlaces(): Promise<World> {
  const world = await dairy();
  const lots = (location: string, quantity: string) => [{ code: 'A1', quantity, location }];
  await world.post('MAIN/LOA', { item: 'MILK', quantity: '9', lots: lots('A-01', '9') });
  await world.post('MAIN/TOP', { item: 'MILK', quantity: '4', lots: lots('B-01', '4') });
  return world;
}

const at = (code: string, quantity: string, location: string) => ({
  item: 'MILK',
  quantity,
  location,
  lots: [{ code, quantity }],
});

test('R71 what is reserved is taken off what is available, in lots, items and lists', async () => {
  const world = await shop();
  const [kept] = await reserve(world, 'SO-1', named('l1', '5', { note: 'by noon' }));
  expect(kept).toMatchObject({
    document: { type: 'salesOrder', number: 'SO-1' },
    lot: 'L1',
    warehouse: 'SHOP',
    location: null,
    quantity: '5',
    open: '5',
    state: 'open',
    intent: 'sale',
    needDate: '2026-11-22',
    note: 'by noon',
    unit: 'PCE',
  });
  expect(await standing(world, 'L1')).toEqual({
    onHand: '12',
    reserved: '5',
    available: '7',
    places: ['- 12 5 7'],
  });
  const rows = await world.ledger.items.stock('MILK');
  expect(rows.map((each) => [each.lot, each.reserved, each.available])).toEqual([
    ['L1', '5', '7'],
    ['L2', '0', '7'],
  ]);
  const page = await world.ledger.lots.list({ filter: { item: 'MILK' } });
  expect(page.items.map((lot) => lot.available)).toEqual(['7', '7']);
  expect((await world.ledger.verify()).ok).toBe(true);
});

test('R71 nothing is reserved twice: the second document is told what is left and what is held', async () => {
  const world = await shop();
  await reserve(world, 'SO-1', named('L1', '8'));
  await refused(world, () => reserve(world, 'SO-2', named('L1', '5')), {
    code: 'lot.insufficient',
    path: 'lines[0].lots[0].code',
    details: { code: 'L1', available: '4', shortage: '1', reserved: '8' },
  });
  // two lines of one command see each other
  await refused(world, () => reserve(world, 'SO-2', [named('L1', '3'), named('L1', '2')]), {
    code: 'lot.insufficient',
    path: 'lines[1].lots[0].code',
    details: { available: '1' },
  });
  await reserve(world, 'SO-2', [named('L1', '3'), named('L1', '1')]);
  expect((await standing(world, 'L1')).available).toBe('0');
});

test('R71 others leave it alone, its own document takes it, in part and then whole', async () => {
  const world = await shop();
  const [kept] = await reserve(world, 'SO-1', named('L2', '5'));
  await refused(world, () => world.post('UNL', row('L2', '3')), {
    code: 'lot.reserved',
    path: 'lines[0].lots[0].quantity',
    details: { code: 'L2', available: '2', reserved: '5' },
  });
  await refused(world, () => world.post('TRA', row('L2', '3')), 'lot.reserved');
  await world.post('UNL', row('L2', '2'));
  const first = await world.post('UNL', row('L2', '2'), by('SO-1'));
  expect(first.fulfilled).toMatchObject([{ reservation: kept?.id, quantity: '2' }]);
  expect(await world.ledger.reservations.get(kept?.id ?? '')).toMatchObject({
    fulfilled: '2',
    open: '3',
    state: 'open',
  });
  await world.post('UNL', row('L2', '3'), { fulfils: order('so-1') });
  expect(await world.ledger.reservations.get(kept?.id ?? '')).toMatchObject({ open: '0', state: 'closed' });
  expect((await standing(world, 'L2')).reserved).toBe('0');
});

test('R71 a reversal gives back what its posting fulfilled, line by line', async () => {
  const world = await shop();
  const [one, two] = await reserve(world, 'SO-1', [named('L1', '4'), named('L2', '3')]);
  const posting = await world.post('UNL', [row('L1', '4'), row('L2', '2')], by('SO-1'));
  await world.ledger.postings.reverse(posting.id, {
    date: '2026-11-22',
    reason: 'one pallet stayed',
    lines: [posting.lines[0]?.id ?? ''],
  });
  const open = async (id: string | undefined) => (await world.ledger.reservations.get(id ?? '')).open;
  expect([await open(one?.id), await open(two?.id)]).toEqual(['4', '1']);
  expect(await standing(world, 'L1')).toMatchObject({ onHand: '12', reserved: '4', available: '8' });
  await refused(world, () => world.post('UNL', row('L1', '9')), 'lot.reserved');
  expect((await world.ledger.verify()).ok).toBe(true);
});

test('R71 a load that others have reserved since cannot be taken back', async () => {
  const world = await dairy();
  const posting = await world.post('LOA', row('L9', '6'));
  await reserve(world, 'SO-1', named('L9', '6'));
  const again = { date: '2026-11-22', reason: 'entered twice' };
  await refused(world, () => world.ledger.postings.reverse(posting.id, again), 'lot.reserved');
});

test('R28 the need date decides: a lot is reserved up to its last good day, not beyond', async () => {
  const world = await shop();
  const needed = (needDate: string) => () => reserve(world, 'SO-1', named('L2', '1', { needDate }));
  expect(await needed('2026-12-05')()).toMatchObject([{ needDate: '2026-12-05' }]);
  await refused(world, needed('2026-12-06'), { code: 'lot.expired', path: 'lines[0].lots[0].code' });
  const [kept] = await reserve(world, 'SO-2', named('L2', '1'));
  const { reservations } = world.ledger;
  await refused(world, () => reservations.alter(kept?.id ?? '', { needDate: '2027-01-10' }), 'lot.expired');
  expect(await reservations.alter(kept?.id ?? '', { needDate: '2026-12-04' })).toMatchObject({
    needDate: '2026-12-04',
    version: 2,
  });
});

test('R28 what was good for its need date stays reserved when the day has passed', async () => {
  const world = await shop();
  await reserve(world, 'SO-1', named('L1', '2', { needDate: '2026-11-24' }));
  world.clock.day('2026-11-30');
  expect((await standing(world, 'L1')).reserved).toBe('2');
  await refused(world, () => world.post('UNL', row('L1', '11')), 'lot.reserved');
});

test('R45 a lot with open reservations cannot be closed; one that is closed cannot be reserved', async () => {
  const world = await shop();
  const [kept] = await reserve(world, 'SO-1', named('L1', '1'));
  const lot = await world.ledger.lots.get({ item: 'MILK', code: 'L1' });
  await refused(world, () => world.ledger.lots.update(lot.id, { closed: true }), 'lot.hasReservations');
  await world.ledger.reservations.release({ id: kept?.id ?? '' });
  await world.ledger.lots.update(lot.id, { closed: true });
  await refused(world, () => reserve(world, 'SO-2', named('L1', '1')), 'lot.closed');
});

test('R45 a reserved serial cannot be closed', async () => {
  const world = await electronics();
  await world.post('LOA', { item: 'RADIO', quantity: '1', serials: [{ code: 'R7' }] });
  await reserve(world, 'SO-1', { item: 'RADIO', serials: ['R7'] });
  const close = () => world.ledger.serials.update({ item: 'RADIO', code: 'R7' }, { closed: true });
  await refused(world, close, { code: 'serial.reserved', path: 'closed' });
});

test('R47 a reserved serial is taken by its own document only', async () => {
  const world = await electronics();
  const line = (...codes: string[]) => ({
    item: 'RADIO',
    quantity: String(codes.length),
    serials: codes.map((code) => ({ code })),
  });
  await world.post('LOA', line('R1', 'R2', 'R3'));
  const [kept] = await reserve(world, 'SO-1', { item: 'RADIO', serials: ['r2'] });
  expect(kept).toMatchObject({ serial: 'R2', lot: null, quantity: '1' });
  expect(await world.ledger.serials.get({ item: 'RADIO', code: 'R2' })).toMatchObject({
    reserved: true,
    available: '0',
    onHand: '1',
  });
  await refused(world, () => world.post('UNL', line('R2')), 'serial.reserved');
  await refused(world, () => reserve(world, 'SO-2', { item: 'RADIO', serials: ['R2'] }), 'serial.reserved');
  const other = await world.post('UNL', { item: 'RADIO', quantity: '1', serials: 'auto' }, by('SO-2'));
  expect(other.lines[0]?.serials.map((each) => each.code)).toEqual(['R1']);
  const mark = () => world.ledger.serials.update({ item: 'RADIO', code: 'R2' }, { reserved: false });
  await refused(world, mark, { code: 'serial.reserved', path: 'reserved' });
  const own = await world.post('UNL', { item: 'RADIO', quantity: '1', serials: 'auto' }, by('SO-1'));
  expect(own.lines[0]?.serials.map((each) => each.code)).toEqual(['R2']);
  expect(await world.ledger.reservations.get(kept?.id ?? '')).toMatchObject({
    state: 'closed',
    fulfilled: '1',
  });
});

test('R47 a serial marked by hand has a reservation of its own, without a document', async () => {
  const world = await electronics();
  const { serials, reservations } = world.ledger;
  const ref = { item: 'PHONE', code: 'P1' };
  await world.post('LOA', { item: 'PHONE', quantity: '1', serials: [{ code: 'P1' }] });
  await serials.update(ref, { reserved: true, notes: 'for the trade fair' });
  const [held] = (await reservations.list({ filter: { serial: 'p1', state: 'open' } })).items;
  expect(held).toMatchObject({ document: null, serial: 'P1', quantity: '1', warehouse: 'SHOP' });
  expect((await serials.history(ref)).items.map(({ field, from, to }) => [field, from, to])).toEqual(
    expect.arrayContaining([['reserved', false, true]]),
  );
  await serials.update(ref, { reserved: false });
  expect((await reservations.get(held?.id ?? '')).state).toBe('closed');
  expect((await serials.get(ref)).reserved).toBe(false);
  expect((await world.ledger.verify()).ok).toBe(true);
});

test('R47 pieces in lots: the piece and the quantity of its lot are held together', async () => {
  const world = await pharma();
  const serials = ['V1', 'V2', 'V3'].map((code) => ({ code }));
  await world.post('LOA', { item: 'VACCINE', quantity: '3', lots: [{ code: 'B', quantity: '3' }], serials });
  await reserve(world, 'SO-1', { item: 'VACCINE', quantity: '2', lots: [{ code: 'B', quantity: '2' }] });
  await reserve(world, 'SO-2', { item: 'VACCINE', serials: ['V2'] });
  expect(await standing(world, 'B', 'VACCINE')).toMatchObject({ reserved: '3', available: '0' });
  const third = () => reserve(world, 'SO-3', { item: 'VACCINE', serials: ['V1'] });
  await refused(world, third, 'lot.insufficient');
  const mark = () => world.ledger.serials.update({ item: 'VACCINE', code: 'V3' }, { reserved: true });
  await refused(world, mark, { code: 'serial.reserved', path: 'reserved' });
  const take = (code: string) => ({ item: 'VACCINE', quantity: '1', serials: [{ code }] });
  await refused(world, () => world.post('UNL', take('V1'), by('SO-2')), 'lot.reserved');
  await refused(world, () => world.post('UNL', take('V2'), by('SO-1')), 'serial.reserved');
  await world.post('UNL', take('V3'), by('SO-1'));
  await world.post('UNL', take('V2'), by('SO-2'));
  expect(await standing(world, 'B', 'VACCINE')).toMatchObject({ onHand: '1', reserved: '1' });
});

test('R82 a reservation goes from one lot to another, with a reason that both keep', async () => {
  const world = await shop();
  const { reservations, lots } = world.ledger;
  const [kept] = await reserve(world, 'SO-1', named('L1', '6'));
  const swap = (options = {}) => reservations.substitute(kept?.id ?? '', { lot: 'L2' }, options);
  await refused(world, swap, 'reason.required');
  expect(await swap({ reason: 'L1 has torn labels' })).toMatchObject([
    { id: kept?.id, lot: 'L2', open: '6' },
  ]);
  expect([await standing(world, 'L1'), await standing(world, 'L2')]).toMatchObject([
    { reserved: '0', available: '12' },
    { reserved: '6', available: '1' },
  ]);
  const [entry] = (await reservations.history(kept?.id ?? '')).items;
  expect(entry).toMatchObject({
    field: 'lot',
    from: 'L1',
    to: 'L2',
    reason: 'L1 has torn labels',
    actor: 'maria',
  });
  for (const code of ['L1', 'L2']) {
    const [line] = (await lots.history({ item: 'MILK', code })).items;
    expect(line).toMatchObject({ field: 'reservation', reason: 'L1 has torn labels' });
  }
});

test('R82 a part goes to the other lot as a reservation of its own; not more than it has free', async () => {
  const world = await shop();
  const { reservations } = world.ledger;
  const [kept] = await reserve(world, 'SO-1', named('L1', '10'));
  const part = (quantity: string) =>
    reservations.substitute(kept?.id ?? '', { lot: 'L2', quantity }, { reason: 'fresher wanted' });
  await refused(world, () => part('8'), { code: 'lot.insufficient', details: { available: '7' } });
  const made = await part('7');
  expect(made.map((each) => [each.lot, each.open])).toEqual([
    ['L1', '3'],
    ['L2', '7'],
  ]);
  expect(made[1]?.document).toEqual(order('SO-1'));
  await world.ledger.lots.create({ item: 'CHEESE', code: 'C1', expiryDate: '2027-01-01' });
  const wrong = () => reservations.substitute(kept?.id ?? '', { lot: 'C1' }, { reason: 'no' });
  await refused(world, wrong, 'lot.notFound');
});

test('R82 another piece takes the place of a reserved one', async () => {
  const world = await electronics();
  await world.post('LOA', { item: 'RADIO', quantity: '2', serials: [{ code: 'R1' }, { code: 'R2' }] });
  const [kept] = await reserve(world, 'SO-1', { item: 'RADIO', serials: 'auto' });
  expect(kept?.serial).toBe('R1');
  await world.ledger.reservations.substitute(kept?.id ?? '', { serial: 'R2' }, { reason: 'scratched' });
  const reserved = async (code: string) => (await world.ledger.serials.get({ item: 'RADIO', code })).reserved;
  expect([await reserved('R1'), await reserved('R2')]).toEqual([false, true]);
});

test('R87 a lot or serial that a reservation has named is not deleted, not even after its release', async () => {
  const world = await electronics();
  const serial = await world.ledger.serials.create({ item: 'PHONE', code: 'P5' });
  await world.ledger.serials.update(serial.id, { reserved: true });
  await world.ledger.serials.update(serial.id, { reserved: false });
  await refused(world, () => world.ledger.serials.remove(serial.id), 'serial.referenced');
  expect((await world.ledger.serials.get(serial.id)).referenced).toBe(true);
});

test('R99 named lots first, the rest by the item’s withdrawal', async () => {
  const world = await shop();
  const line = { quantity: '9', lots: [{ code: 'L1', quantity: '4' }] };
  await refused(world, () => reserve(world, 'SO-1', line), {
    code: 'lot.sumMismatch',
    details: { difference: '5' },
  });
  const made = await reserve(world, 'SO-1', { ...line, rest: 'auto' });
  expect(made.map((each) => [each.lot, each.quantity])).toEqual([
    ['L1', '4'],
    ['L2', '5'],
  ]);
});

test('R99 an automatic unload takes what its document has reserved before anything else', async () => {
  const world = await shop();
  await reserve(world, 'SO-1', named('L1', '5'));
  const auto = { item: 'MILK', quantity: '8', lots: 'auto' as const };
  const posting = await world.post('UNL', auto, by('SO-1'));
  // by expiry L2 would have gone first
  expect(posting.lines[0]?.lots.map((each) => [each.code, each.quantity])).toEqual([
    ['L1', '5'],
    ['L2', '3'],
  ]);
});

test('R138 a promise of the warehouse: available at a place is the smaller of there and of the warehouse', async () => {
  const world = await twoPlaces();
  const line = { warehouse: 'MAIN', quantity: '6', lots: [{ code: 'A1', quantity: '6' }] };
  await reserve(world, 'SO-1', line);
  // 13 in all, 6 promised: at A-01 lie 9, but 7 are free in the warehouse; at B-01 all 4
  expect(await standing(world, 'A1')).toEqual({
    onHand: '13',
    reserved: '6',
    available: '7',
    places: ['A-01 9 0 7', 'B-01 4 0 4'],
  });
  await refused(world, () => world.post('MAIN/UNL', at('A1', '8', 'A-01')), {
    code: 'lot.reserved',
    details: { available: '7', reserved: '6', location: null },
  });
  await world.post('MAIN/UNL', at('A1', '3', 'B-01'));
  expect((await standing(world, 'A1')).places).toEqual(['A-01 9 0 4', 'B-01 1 0 1']);
});

test('R138 a reservation at a place holds that place, and leaves the others alone', async () => {
  const world = await twoPlaces();
  const line = { warehouse: 'MAIN', location: 'B-01', quantity: '3', lots: [{ code: 'A1', quantity: '3' }] };
  const [kept] = await reserve(world, 'SO-1', line);
  expect(kept?.location).toBe('B-01');
  expect((await standing(world, 'A1')).places).toEqual(['A-01 9 0 9', 'B-01 4 3 1']);
  await refused(world, () => world.post('MAIN/UNL', at('A1', '2', 'B-01')), {
    code: 'lot.reserved',
    details: { location: 'B-01', available: '1', reserved: '3' },
  });
  await world.post('MAIN/UNL', at('A1', '9', 'A-01'));
  await world.ledger.reservations.release({ id: kept?.id ?? '', quantity: '2' });
  await world.post('MAIN/UNL', at('A1', '3', 'B-01'));
  expect((await standing(world, 'A1')).places).toEqual(['A-01 0 0 0', 'B-01 1 1 0']);
});

test('R138 a promise of an item names no lot: some lot that is good on its day has to be left', async () => {
  const world = await shop();
  await reserve(world, 'SO-1', { quantity: '10', needDate: '2026-12-20' });
  // only L1 is good on the 20th: 2 of it are free, L2 altogether
  await refused(world, () => world.post('UNL', row('L1', '3')), {
    code: 'stock.reserved',
    details: { item: 'MILK', available: '2', reserved: '10' },
  });
  await world.post('UNL', [row('L1', '2'), row('L2', '7')]);
  const more = () => reserve(world, 'SO-2', { quantity: '1', needDate: '2026-12-24' });
  await refused(world, more, { code: 'stock.insufficient', details: { available: '0', reserved: '10' } });
  const posting = await world.post('UNL', row('L1', '6'), by('SO-1'));
  expect(posting.fulfilled).toMatchObject([{ quantity: '6' }]);
});

test('R138 a promise is not made out of what expires before, nor out of what is named by others', async () => {
  const world = await shop();
  await reserve(world, 'SO-1', named('L1', '4'));
  const promise = (quantity: string, needDate: string) => () =>
    reserve(world, 'SO-2', { quantity, needDate });
  await refused(world, promise('9', '2026-12-06'), {
    code: 'stock.insufficient',
    details: { available: '8' },
  });
  await promise('15', '2026-12-05')();
  await refused(world, promise('1', '2026-11-23'), 'stock.insufficient');
});

test('R138 stock without lots is promised at a place, or in the warehouse', async () => {
  const world = await dairy();
  const salt = (quantity: string, location: string) => ({ item: 'SALT', quantity, location });
  await world.post('MAIN/LOA', [salt('2.5', 'A-01'), salt('1', 'B-01')]);
  const line = { item: 'SALT', warehouse: 'MAIN', quantity: '2' };
  await reserve(world, 'SO-1', [line, { ...line, quantity: '0.75', location: 'B-01' }]);
  const rows = await world.ledger.items.stock('SALT');
  expect(rows.map((each) => [each.location, each.onHand, each.reserved, each.available])).toEqual([
    ['A-01', '2.5', '0', '0.75'],
    ['B-01', '1', '0.75', '0.25'],
  ]);
  await refused(world, () => world.post('MAIN/UNL', salt('0.5', 'B-01')), {
    code: 'stock.reserved',
    details: { location: 'B-01', available: '0.25', reserved: '0.75' },
  });
  await refused(world, () => world.post('MAIN/UNL', salt('1', 'A-01')), 'stock.reserved');
  await world.post('MAIN/UNL', salt('0.75', 'A-01'));
});

test('R138 scrap breaks a reservation and says so; the newest is made smaller', async () => {
  const world = await shop();
  const [old] = await reserve(world, 'SO-1', named('L2', '3'));
  world.clock.time = '2026-11-22T10:00:00Z';
  const [young] = await reserve(world, 'SO-2', named('L2', '4'));
  const posting = await world.post('SCR', row('L2', '5'));
  expect(posting.warnings).toMatchObject([
    { code: 'reservation.broken', details: { reservation: young?.id, quantity: '4' } },
    { code: 'reservation.broken', details: { reservation: old?.id, quantity: '1' } },
  ]);
  expect(await world.ledger.reservations.get(old?.id ?? '')).toMatchObject({ open: '2', released: '1' });
  expect(await standing(world, 'L2')).toMatchObject({ onHand: '2', reserved: '2', available: '0' });
  expect((await world.ledger.verify()).ok).toBe(true);
});

test('R138 scrap breaks promises of an item, and reservations of pieces', async () => {
  const world = await electronics();
  const line = (code: string) => ({ item: 'RADIO', quantity: '1', serials: [{ code }] });
  await world.post('LOA', [line('R1'), line('R2'), line('R3')]);
  const [promised] = await reserve(world, 'SO-1', { item: 'RADIO', quantity: '2' });
  const [piece] = await reserve(world, 'SO-2', { item: 'RADIO', serials: ['R3'] });
  await refused(world, () => world.post('UNL', line('R1')), 'stock.reserved');
  const broken = async (code: string) =>
    (await world.post('SCR', line(code))).warnings.map((each) => [each.code, each.details.reservation]);
  expect(await broken('R3')).toEqual([['reservation.broken', piece?.id]]);
  expect(await broken('R1')).toEqual([['reservation.broken', promised?.id]]);
  expect(await world.ledger.reservations.get(promised?.id ?? '')).toMatchObject({ open: '1' });
});
