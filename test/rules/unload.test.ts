/** Section 6 of the rules: unloads, places, days, reversals. */
import { expect, test } from 'vitest';
import { on, phones, row } from './taking.ts';
import { dairy, electronics, lotOf, refused } from './world.ts';

test('R69 more than a lot has is refused, with what is available', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '8');
  await refused(world, () => world.post('UNL', row('L1', '10')), {
    code: 'lot.insufficient',
    path: 'lines[0].lots[0].quantity',
    details: { available: '8', code: 'L1' },
  });
  await world.post('UNL', row('L1', '8'));
  await refused(world, () => world.post('UNL', row('L1', '1')), {
    code: 'lot.insufficient',
    details: { available: '0' },
  });
});

test('R69 the rows of all lines count together', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '8');
  await refused(world, () => world.post('UNL', [row('L1', '5'), row('l1', '4')]), {
    code: 'lot.insufficient',
    details: { available: '8', shortage: '1' },
  });
  await world.post('UNL', [row('L1', '5'), row('l1', '3')]);
});

test('R70 stock is per warehouse', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '8');
  await world.post('MAIN/TOP', { ...row('L1', '5'), location: 'A-01' });
  await refused(world, () => world.post('UNL', row('L1', '10')), {
    code: 'lot.insufficient',
    details: { available: '8', warehouse: 'SHOP' },
  });
});

test('R70 and per location where the warehouse has locations; each row may name its own', async () => {
  const world = await dairy();
  await world.post('MAIN/LOA', { ...row('L1', '5'), location: 'A-01' });
  await world.post('MAIN/TOP', { ...row('L1', '5'), location: 'B-01' });
  await refused(world, () => world.post('MAIN/UNL', { ...row('L1', '6'), location: 'A-01' }), {
    code: 'lot.insufficient',
    details: { available: '5', location: 'A-01' },
  });
  await refused(world, () => world.post('MAIN/UNL', row('L1', '6')), {
    code: 'location.required',
    path: 'lines[0].location',
  });
  const lots = [
    { code: 'L1', quantity: '4', location: 'A-01' },
    { code: 'L1', quantity: '3', location: 'b-01' },
  ];
  await world.post('MAIN/UNL', { item: 'MILK', quantity: '7', lots });
  const lot = await world.ledger.lots.get({ item: 'MILK', code: 'L1' });
  expect(lot.stock.map((place) => [place.location, place.onHand])).toEqual([
    ['A-01', '1'],
    ['B-01', '2'],
  ]);
});

test('R70 a location the warehouse does not have is refused', async () => {
  const world = await dairy();
  await refused(world, () => world.post('LOA', { ...row('L1', '1'), location: 'A-01' }), {
    code: 'location.notFound',
    path: 'lines[0].location',
  });
  await refused(
    world,
    () => world.post('MAIN/LOA', { ...row('L1', '1'), location: 'C-01' }),
    'location.notFound',
  );
});

test('R73 a backdated unload may not take what is used later', async () => {
  const world = await dairy({ today: '2026-11-10' });
  await world.post('LOA', row('L1', '8'), on('2026-11-01'));
  await world.post('UNL', row('L1', '2'), on('2026-11-07'));
  await refused(world, () => world.post('UNL', row('L1', '8'), on('2026-11-05')), {
    code: 'lot.insufficient',
    details: { date: '2026-11-07', shortage: '2', warehouse: 'SHOP', location: null },
  });
  await world.post('UNL', row('L1', '6'), on('2026-11-05'));
});

test('R73 the first short day is named, also among several', async () => {
  const world = await dairy({ today: '2026-11-30' });
  await world.post('LOA', row('L1', '10'), on('2026-11-01'));
  await world.post('UNL', row('L1', '7'), on('2026-11-08'));
  await world.post('TOP', row('L1', '20'), on('2026-11-12'));
  await world.post('UNL', row('L1', '19'), on('2026-11-20'));
  await refused(world, () => world.post('UNL', row('L1', '5'), on('2026-11-03')), {
    code: 'lot.insufficient',
    details: { date: '2026-11-08', shortage: '2' },
  });
  await refused(world, () => world.post('UNL', row('L1', '5'), on('2026-11-15')), {
    code: 'lot.insufficient',
    details: { date: '2026-11-20', shortage: '1' },
  });
  await world.post('UNL', row('L1', '3'), on('2026-11-03'));
});

test('R73 before the load there is nothing to take; within the day the order does not matter', async () => {
  const world = await dairy({ today: '2026-11-30' });
  await world.post('LOA', row('L1', '10'), on('2026-11-05'));
  await refused(world, () => world.post('UNL', row('L1', '1'), on('2026-11-04')), {
    code: 'lot.insufficient',
    details: { date: '2026-11-04', available: '0' },
  });
  await world.post('UNL', row('L1', '10'), on('2026-11-05'));
  await world.post('TOP', row('L1', '1'), on('2026-11-01'));
  await world.post('UNL', row('L1', '1'), on('2026-11-04'));
});

test('R73 untracked stock keeps its days too', async () => {
  const world = await dairy({ today: '2026-11-30' });
  const salt = (quantity: string) => ({ item: 'SALT', quantity });
  await world.post('LOA', salt('5.5'), on('2026-11-05'));
  await world.post('UNL', salt('5'), on('2026-11-10'));
  await refused(world, () => world.post('UNL', salt('1'), on('2026-11-07')), {
    code: 'stock.insufficient',
    details: { date: '2026-11-10', shortage: '0.5' },
  });
});

test('R74 a backdated automatic unload chooses among the lots of that day', async () => {
  const world = await dairy({ today: '2026-11-20' });
  await world.post(
    'LOA',
    { item: 'MILK', quantity: '5', lots: [{ code: 'OLD', quantity: '5', expiryDate: '2026-12-20' }] },
    on('2026-11-01'),
  );
  await world.post(
    'LOA',
    { item: 'MILK', quantity: '5', lots: [{ code: 'NEW', quantity: '5', expiryDate: '2026-12-01' }] },
    on('2026-11-15'),
  );
  const auto = (quantity: string) => ({ item: 'MILK', quantity, lots: 'auto' as const });
  const posting = await world.post('UNL', auto('2'), on('2026-11-10'));
  expect(posting.lines[0]?.lots).toMatchObject([{ code: 'OLD', quantity: '2' }]);
  await refused(world, () => world.post('UNL', auto('4'), on('2026-11-10')), 'lot.insufficient');
  expect((await world.post('UNL', auto('2'))).lines[0]?.lots).toMatchObject([{ code: 'NEW', quantity: '2' }]);
});

test('R74 and leaves what was used since', async () => {
  const world = await dairy({ today: '2026-11-20' });
  await world.post('LOA', row('L1', '8'), on('2026-11-01'));
  await world.post('UNL', row('L1', '6'), on('2026-11-15'));
  const auto = (quantity: string) => ({ item: 'MILK', quantity, lots: 'auto' as const });
  await refused(world, () => world.post('UNL', auto('3'), on('2026-11-10')), 'lot.insufficient');
  await world.post('UNL', auto('2'), on('2026-11-10'));
});

test('R75 a serial elsewhere, or out of the house, is not here', async () => {
  const world = await electronics();
  await world.post('MAIN/LOA', { ...phones('P1', 'P2'), location: 'A-01' });
  const place = { warehouse: 'MAIN', location: 'A-01' };
  await refused(world, () => world.post('UNL', phones('P1')), {
    code: 'serial.notHere',
    path: 'lines[0].serials[0]',
    details: { place },
  });
  await refused(world, () => world.post('MAIN/UNL', { ...phones('P1'), location: 'B-01' }), {
    code: 'serial.notHere',
    details: { place },
  });
  await world.post('MAIN/UNL', { ...phones('P1'), location: 'A-01' });
  await refused(world, () => world.post('MAIN/UNL', { ...phones('P2', 'P1'), location: 'A-01' }), {
    code: 'serial.notHere',
    path: 'lines[0].serials[1]',
    details: { place: null },
  });
  await refused(world, () => world.post('UNL', phones('P9')), {
    code: 'serial.notFound',
    path: 'lines[0].serials[0]',
  });
});

test('R75 a serial is not here before it came', async () => {
  const world = await electronics({ today: '2026-11-20' });
  await world.post('LOA', phones('P1'), on('2026-11-10'));
  await refused(world, () => world.post('UNL', phones('P1'), on('2026-11-09')), 'serial.notHere');
  await world.post('UNL', phones('P1'), on('2026-11-10'));
});

test('R76 a serial of another item or variant is the wrong item', async () => {
  const world = await electronics();
  await world.ledger.items.create({
    code: 'TV',
    unit: { code: 'PCE', decimals: 0 },
    variants: [{ code: '50' }, { code: '60' }],
    serials: {},
  });
  await world.post('LOA', phones('P1'));
  await world.post('LOA', { item: 'TV', variant: '50', quantity: '1', serials: [{ code: 'T1' }] });
  const serials = (code: string) => ({ quantity: '1', serials: [{ code }] });
  await refused(world, () => world.post('UNL', { item: 'RADIO', ...serials('P1') }), {
    code: 'serial.wrongItem',
    details: { item: 'PHONE' },
  });
  await refused(
    world,
    () => world.post('UNL', { item: 'TV', variant: '60', ...serials('T1') }),
    'serial.wrongItem',
  );
  await world.post('UNL', { item: 'TV', variant: '50', ...serials('T1') });
});
