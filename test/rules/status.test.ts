/** Section 4 of the rules: statuses, closing, sellable, cancelled and reserved serials. */
import { expect, test } from 'vitest';
import { dairy, electronics, lotOf, pharma, refused, type World } from './world.ts';

const row = (item: string, code: string, quantity = '1') => ({ item, quantity, lots: [{ code, quantity }] });

async function withStatus(world: World, code: string, status: string | null): Promise<void> {
  const lot = await world.ledger.lots.get({ item: 'DRUG', code });
  await world.ledger.lots.update(lot.id, { status });
}

test('R41 a new lot takes the initial status: on hand rises, available does not', async () => {
  const world = await pharma();
  const lot = await lotOf(world, 'DRUG', 'D1', '100');
  expect(lot).toMatchObject({ status: 'QUARANTINE', onHand: '100', available: '0' });
  expect(lot.stock).toMatchObject([{ onHand: '100', available: '0', reserved: '0' }]);
  const byHand = await world.ledger.lots.create({ item: 'DRUG', code: 'D2' });
  expect(byHand.status).toBe('QUARANTINE');
});

test('R41 releasing makes all of it available, at once and everywhere', async () => {
  const world = await pharma();
  await world.post('MAIN/LOA', { ...row('DRUG', 'D1', '3'), location: 'A-01' });
  await world.post('TOP', row('DRUG', 'D1', '4'));
  await withStatus(world, 'D1', 'RELEASED');
  const lot = await world.ledger.lots.get({ item: 'DRUG', code: 'D1' });
  expect(lot).toMatchObject({ available: '7', onHand: '7' });
  expect(lot.stock.map((place) => place.available)).toEqual(['3', '4']);
});

test('R42 an unavailable status is left out of suggestions and availability, not of stock', async () => {
  const world = await pharma();
  const { ledger } = world;
  await lotOf(world, 'DRUG', 'D1', '5');
  await lotOf(world, 'DRUG', 'D2', '5');
  await withStatus(world, 'D2', 'RELEASED');
  const ask = {
    item: 'DRUG',
    warehouse: 'SHOP',
    quantity: '6',
    intent: 'sale',
    needDate: '2026-11-22',
  } as const;
  expect(await ledger.lots.allocate(ask)).toMatchObject({
    taken: [{ code: 'D2', quantity: '5' }],
    skipped: [{ code: 'D1', reason: 'status' }],
    shortage: '1',
  });
  expect((await ledger.lots.list({ sort: ['code'] })).items.map((lot) => lot.available)).toEqual(['0', '5']);
});

test('R43 an unavailable lot is refused unless the template takes unavailable lots', async () => {
  const world = await pharma();
  await lotOf(world, 'DRUG', 'D1', '5');
  for (const template of ['UNL', 'PRD', 'TRA']) {
    await refused(world, () => world.post(template, row('DRUG', 'D1')), {
      code: 'lot.unavailable',
      path: 'lines[0].lots[0].code',
    });
  }
  await world.post('ANY', row('DRUG', 'D1'));
});

test('R43 a status may deny one intent and only warn of another', async () => {
  const world = await pharma();
  await world.ledger.lotStatuses.create({
    code: 'HOLD',
    available: true,
    intents: { sale: 'deny', production: 'warn' },
  });
  await lotOf(world, 'DRUG', 'D1', '5');
  await withStatus(world, 'D1', 'HOLD');
  await refused(world, () => world.post('UNL', row('DRUG', 'D1')), 'lot.unavailable');
  expect((await world.post('PRD', row('DRUG', 'D1'))).warnings.map((each) => each.code)).toEqual([
    'lot.statusWarning',
  ]);
  expect((await world.post('TRA', row('DRUG', 'D1'))).warnings).toEqual([]);
});

test('R43 all reasons are given, in their order', async () => {
  const world = await pharma();
  const lot = await lotOf(world, 'DRUG', 'D1', '5', { expiryDate: '2026-11-25' });
  world.clock.day('2026-12-01');
  await world.ledger.lots.update(lot.id, { sellable: false, closed: true });
  await refused(world, () => world.post('UNL', row('DRUG', 'D1')), {
    code: 'lot.closed',
    details: { reasons: ['closed', 'expired', 'status', 'sellable'] },
  });
  await world.ledger.lots.update(lot.id, { closed: false });
  await refused(world, () => world.post('UNL', row('DRUG', 'D1')), {
    code: 'lot.expired',
    details: { reasons: ['expired', 'status', 'sellable'] },
  });
});

test('R44 not sellable: refused for sale, allowed for production and transfer, still available', async () => {
  const world = await dairy();
  const lot = await lotOf(world, 'MILK', 'L1', '9');
  await world.ledger.lots.update(lot.id, { sellable: false });
  await refused(world, () => world.post('UNL', row('MILK', 'L1')), 'lot.notSellable');
  await world.post('PRD', row('MILK', 'L1'));
  await world.post('TRA', row('MILK', 'L1'));
  expect((await world.ledger.lots.get(lot.id)).available).toBe('7');
  const ask = { item: 'MILK', warehouse: 'SHOP', quantity: '1', needDate: '2026-11-22' } as const;
  expect(await world.ledger.lots.allocate({ ...ask, intent: 'sale' })).toMatchObject({
    taken: [],
    skipped: [{ reason: 'sellable' }],
  });
  expect(await world.ledger.lots.allocate({ ...ask, intent: 'production' })).toMatchObject({ shortage: '0' });
});

test('R44 sellableBlocks all refuses every use but scrap and its like', async () => {
  const world = await dairy({ settings: { sellableBlocks: 'all' } });
  const lot = await lotOf(world, 'MILK', 'L1', '9', { sellable: false });
  expect(lot.sellable).toBe(false);
  for (const template of ['UNL', 'PRD', 'TRA']) {
    await refused(world, () => world.post(template, row('MILK', 'L1')), 'lot.notSellable');
  }
  await world.post('SCR', row('MILK', 'L1'));
});

test('R45 a closed lot shows nothing on hand, and what is physically there besides', async () => {
  const world = await dairy();
  const { ledger } = world;
  await world.post('MAIN/LOA', { ...row('MILK', 'L1', '6'), location: 'B-01' });
  const lot = await ledger.lots.get({ item: 'MILK', code: 'L1' });
  await ledger.lots.update(lot.id, { closed: true });
  expect(await ledger.lots.get(lot.id)).toMatchObject({
    closed: true,
    onHand: '0',
    available: '0',
    closedQuantity: '6',
    exhausted: false,
  });
  expect((await ledger.lots.movements(lot.id, {})).items).toHaveLength(1);
  await ledger.lots.update(lot.id, { closed: false });
  expect(await ledger.lots.get(lot.id)).toMatchObject({ onHand: '6', available: '6', closedQuantity: '0' });
});

test('R45 every posting of a closed lot is refused, its reversal too, until it is reopened', async () => {
  const world = await dairy();
  const { ledger } = world;
  const load = await world.post('LOA', row('MILK', 'L1', '6'));
  const unload = await world.post('UNL', row('MILK', 'L1', '2'));
  const lot = await ledger.lots.get({ item: 'MILK', code: 'L1' });
  await ledger.lots.update(lot.id, { closed: true });
  for (const template of ['TOP', 'UNL', 'ANY', 'SCR']) {
    await refused(world, () => world.post(template, row('MILK', 'L1')), 'lot.closed');
  }
  const how = { date: '2026-11-22', reason: 'wrong' };
  await refused(world, () => ledger.postings.reverse(unload.id, how), 'lot.closed');
  await ledger.lots.update(lot.id, { closed: false });
  await ledger.postings.reverse(unload.id, how);
  await ledger.postings.reverse(load.id, how);
});

test('R45 a closed serial is refused likewise', async () => {
  const world = await electronics();
  const { ledger } = world;
  const line = { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] };
  const load = await world.post('LOA', line);
  const serial = await ledger.serials.get({ item: 'RADIO', code: 'R1' });
  await ledger.serials.update(serial.id, { closed: true });
  await refused(world, () => world.post('UNL', line), { code: 'serial.closed' });
  await refused(world, () => world.post('SCR', line), 'serial.closed');
  await refused(
    world,
    () => ledger.postings.reverse(load.id, { date: '2026-11-22', reason: 'x' }),
    'serial.closed',
  );
  await ledger.serials.update(serial.id, { closed: false });
  await world.post('UNL', line);
});

test('R45 reopening needs its permission where permissions are listed', async () => {
  const world = await dairy();
  const lot = await lotOf(world, 'MILK', 'L1', '1');
  await world.ledger.lots.update(lot.id, { closed: true });
  const clerk = await world.again({ permissions: ['status.change'] });
  await refused(world, () => clerk.lots.update(lot.id, { closed: false }), {
    code: 'permission.denied',
    kind: 'forbidden',
  });
});

test('R46 open, exhausted and closed: three words for lots', async () => {
  const world = await dairy();
  const { ledger } = world;
  await ledger.lots.create({ item: 'MILK', code: 'NEW' });
  await lotOf(world, 'MILK', 'FULL', '5', { expiryDate: '2026-11-22' });
  const shut = await lotOf(world, 'MILK', 'SHUT', '5');
  await ledger.lots.update(shut.id, { closed: true });
  await lotOf(world, 'MILK', 'GONE', '5');
  const unload = await world.post('UNL', row('MILK', 'GONE', '5'));
  world.clock.day('2026-11-23');
  const codes = async (state: 'open' | 'closed' | 'all') =>
    (await ledger.lots.list({ filter: { state }, sort: ['code'] })).items.map((lot) => lot.code);
  expect(await codes('open')).toEqual(['FULL', 'NEW']);
  expect(await codes('closed')).toEqual(['GONE', 'SHUT']);
  expect(await codes('all')).toEqual(['FULL', 'GONE', 'NEW', 'SHUT']);
  expect(await ledger.lots.get({ item: 'MILK', code: 'GONE' })).toMatchObject({
    exhausted: true,
    closed: false,
  });
  await ledger.postings.reverse(unload.id, { date: '2026-11-23', reason: 'came back' });
  expect(await codes('open')).toEqual(['FULL', 'GONE', 'NEW']);
});

test('R46 a lot is exhausted only when it is zero everywhere', async () => {
  const world = await dairy();
  await world.post('MAIN/LOA', { ...row('MILK', 'L1', '1'), location: 'A-01' });
  await world.post('TOP', row('MILK', 'L1', '1'));
  await world.post('UNL', row('MILK', 'L1'));
  expect(await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    exhausted: false,
    onHand: '1',
  });
  await world.post('MAIN/UNL', { ...row('MILK', 'L1'), location: 'A-01' });
  expect(await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    exhausted: true,
    onHand: '0',
  });
});

test('R47 a cancelled serial moves no more, but its posting can be taken back', async () => {
  const world = await electronics();
  const { ledger } = world;
  const line = { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] };
  const load = await world.post('LOA', line);
  const serial = await ledger.serials.get({ item: 'RADIO', code: 'R1' });
  await ledger.serials.update(serial.id, { cancelled: true });
  for (const template of ['UNL', 'SCR', 'ANY']) {
    await refused(world, () => world.post(template, line), {
      code: 'serial.cancelled',
      path: 'lines[0].serials[0]',
    });
  }
  await ledger.postings.reverse(load.id, { date: '2026-11-22', reason: 'never came' });
  await refused(world, () => world.post('LOA', line), 'serial.cancelled');
});

test('R47 a serial reserved by hand is taken by nobody', async () => {
  const world = await electronics();
  const { ledger } = world;
  await world.post('LOA', { item: 'RADIO', quantity: '2', serials: [{ code: 'R1' }, { code: 'R2' }] });
  const serial = await ledger.serials.get({ item: 'RADIO', code: 'R1' });
  await ledger.serials.update(serial.id, { reserved: true });
  const line = { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] };
  await refused(world, () => world.post('UNL', line), 'serial.reserved');
  const posting = await world.post('UNL', { item: 'RADIO', quantity: '1', serials: 'auto' });
  expect(posting.lines[0]?.serials.map((each) => each.code)).toEqual(['R2']);
  await ledger.serials.update(serial.id, { reserved: false });
  await world.post('UNL', line);
});
