/** Section 3 of the rules: how expiry is computed, what counts as expired, when it may be typed or edited. */
import { expect, test } from 'vitest';
import { milk, row } from './milk.ts';
import { dairy, lotOf, refused } from './world.ts';

test.each([
  ['2026-01-31', 30, 'exact', '2026-03-02'],
  ['2026-01-31', 30, 'lastDayOfMonth', '2026-03-31'],
  ['2026-01-31', 30, 'firstDayOfMonth', '2026-03-01'],
  ['2024-01-31', 29, 'exact', '2024-02-29'],
  ['2024-02-01', 20, 'lastDayOfMonth', '2024-02-29'],
  ['2026-12-31', 1, 'exact', '2027-01-01'],
  ['2026-03-29', 1, 'exact', '2026-03-30'],
  ['2026-10-25', 1, 'exact', '2026-10-26'],
  ['2026-05-01', 0, 'firstDayOfMonth', '2026-05-01'],
  ['2026-05-07', 0, 'exact', '2026-05-07'],
] as const)('R27 from %s, %i days, %s: %s', async (date, shelfLifeDays, expiryRounding, expiry) => {
  const world = await milk({ shelfLifeDays, expiryRounding }, { today: '2027-01-31' });
  await world.post('LOA', { item: 'MILK', quantity: '1', lots: 'auto' }, { date });
  const { items } = await world.ledger.lots.list({ filter: { state: 'all' } });
  expect(items[0]).toMatchObject({ startDate: date, expiryDate: expiry });
});

test('R27 a first of the month before the start is refused, never clamped', async () => {
  const world = await milk({ shelfLifeDays: 5, expiryRounding: 'firstDayOfMonth' });
  for (const line of [row('L1'), { item: 'MILK', quantity: '1', lots: 'auto' as const }]) {
    await refused(world, () => world.post('LOA', line, { date: '2026-03-20' }), {
      code: 'lot.expiryBeforeStart',
      details: { expiryDate: '2026-03-01', startDate: '2026-03-20' },
    });
  }
  await world.post('LOA', row('L1'), { date: '2026-03-28' });
});

test('R28 the expiry is the last good day, in lists, pickers and postings alike', async () => {
  const world = await milk({ shelfLifeDays: 5 });
  const { ledger, clock } = world;
  await lotOf(world, 'MILK', 'L1', '10');
  clock.day('2026-11-27');
  expect((await ledger.lots.get({ item: 'MILK', code: 'L1' })).available).toBe('10');
  const ask = { item: 'MILK', warehouse: 'SHOP', quantity: '1', intent: 'sale' } as const;
  expect((await ledger.lots.allocate({ ...ask, needDate: '2026-11-27' })).shortage).toBe('0');
  await world.post('UNL', row('L1'));
  clock.day('2026-11-28');
  expect((await ledger.lots.get({ item: 'MILK', code: 'L1' })).available).toBe('0');
  const none = await ledger.lots.allocate({ ...ask, needDate: '2026-11-28' });
  expect(none).toMatchObject({ taken: [], shortage: '1', skipped: [{ reason: 'expired' }] });
  await refused(world, () => world.post('UNL', row('L1')), {
    code: 'lot.expired',
    path: 'lines[0].lots[0].code',
  });
});

test('R28 a backdated unload of a lot that expired since is allowed with a warning', async () => {
  const world = await milk({ shelfLifeDays: 5 });
  await lotOf(world, 'MILK', 'L1', '10');
  world.clock.day('2026-12-20');
  const posting = await world.post('UNL', row('L1'), { date: '2026-11-27' });
  expect(posting.warnings.map((warning) => warning.code)).toEqual(['lot.expiredSince']);
  const preview = await world.ledger.postings.preview({
    warehouse: 'SHOP',
    template: 'UNL',
    date: '2026-11-26',
    lines: [row('L1')],
  });
  expect(preview.warnings.map((warning) => warning.code)).toEqual(['lot.expiredSince']);
});

test.each([
  ['2026-05-10T21:30:00Z', 'Europe/Rome', '10'],
  ['2026-05-10T22:30:00Z', 'Europe/Rome', '0'],
  ['2026-05-11T03:30:00Z', 'America/New_York', '10'],
  ['2026-05-11T04:30:00Z', 'America/New_York', '0'],
  ['2026-05-10T14:30:00Z', 'Asia/Tokyo', '10'],
  ['2026-05-10T15:30:00Z', 'Asia/Tokyo', '0'],
])('R29 at %s in %s a lot of 2026-05-10 has %s available', async (time, timeZone, available) => {
  const world = await dairy({ today: '2026-05-01', timeZone });
  await lotOf(world, 'MILK', 'L1', '10', { expiryDate: '2026-05-10' });
  world.clock.time = time;
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).available).toBe(available);
});

test('R30 without an expiry a lot never expires and sorts last', async () => {
  const world = await milk({ shelfLifeDays: null } as never);
  const { ledger, clock } = world;
  await lotOf(world, 'MILK', 'NONE', '5');
  await lotOf(world, 'MILK', 'LATE', '5', { expiryDate: '2031-01-01' });
  await lotOf(world, 'MILK', 'SOON', '5', { expiryDate: '2027-01-01' });
  const codes = async (sort: string) =>
    (await ledger.lots.list({ sort: [sort] })).items.map((lot) => lot.code);
  expect(await codes('expiryDate')).toEqual(['SOON', 'LATE', 'NONE']);
  expect(await codes('-expiryDate')).toEqual(['LATE', 'SOON', 'NONE']);
  const posting = await world.post('UNL', { item: 'MILK', quantity: '12', lots: 'auto' });
  expect(posting.lines[0]?.lots.map((each) => [each.code, each.quantity])).toEqual([
    ['SOON', '5'],
    ['LATE', '5'],
    ['NONE', '2'],
  ]);
  clock.day('2099-12-31');
  expect(await ledger.lots.get({ item: 'MILK', code: 'NONE' })).toMatchObject({
    expiryDate: null,
    available: '3',
  });
});

test('R31 with expiry not editable an edit needs the permission and then a reason', async () => {
  const world = await milk({ expiryEditable: false });
  const lot = await lotOf(world, 'MILK', 'L1', '5');
  const edit = { expiryDate: '2027-02-02' };
  await refused(world, () => world.ledger.lots.update(lot.id, edit), {
    code: 'lot.expiryFixed',
    path: 'expiryDate',
  });
  await refused(
    world,
    () => world.ledger.lots.update(lot.id, edit, { reason: 'new test' }),
    'lot.expiryFixed',
  );
  const chief = await world.again({ permissions: ['expiry.edit'] });
  await refused(world, () => chief.lots.update(lot.id, edit), { code: 'reason.required' });
  await chief.lots.update(lot.id, edit, { reason: 'new test' });
  expect((await world.ledger.lots.get(lot.id)).expiryDate).toBe('2027-02-02');
});

test('R31 the date typed on the first load is no edit', async () => {
  const world = await milk({ expiryEditable: false });
  const lot = await lotOf(world, 'MILK', 'L1', '5', { expiryDate: '2026-12-03' });
  expect(lot.expiryDate).toBe('2026-12-03');
  const free = await milk({});
  const other = await lotOf(free, 'MILK', 'L1', '5');
  await free.ledger.lots.update(other.id, { expiryDate: '2027-01-05' });
});

test('R33 an expiry before the start is refused, on a load, by hand and in an edit', async () => {
  const world = await dairy();
  const { lots } = world.ledger;
  const line = {
    item: 'MILK',
    quantity: '1',
    lots: [{ code: 'L1', quantity: '1', expiryDate: '2026-11-21' }],
  };
  await refused(world, () => world.post('LOA', line), {
    code: 'lot.expiryBeforeStart',
    path: 'lines[0].lots[0].expiryDate',
  });
  await refused(
    world,
    () => lots.create({ item: 'MILK', code: 'L1', startDate: '2026-11-22', expiryDate: '2026-11-21' }),
    { code: 'lot.expiryBeforeStart', path: 'expiryDate' },
  );
  const lot = await lotOf(world, 'MILK', 'L1', '1', { expiryDate: '2026-11-22' });
  await refused(world, () => lots.update(lot.id, { expiryDate: '2026-11-21' }), 'lot.expiryBeforeStart');
  await refused(world, () => lots.update(lot.id, { startDate: '2026-11-23' }), 'lot.expiryBeforeStart');
});

test('R33 an expiry without a code belongs to nothing', async () => {
  const world = await dairy();
  const line = { item: 'MILK', quantity: '1', lots: [{ quantity: '1', expiryDate: '2027-01-01' }] };
  await refused(world, () => world.post('LOA', line), {
    code: 'lot.expiryWithoutCode',
    path: 'lines[0].lots[0].expiryDate',
  });
});

test('R34 an item that requires expiry takes no load without one', async () => {
  const world = await dairy();
  const line = (more: object) => ({
    item: 'CHEESE',
    quantity: '1.5',
    lots: [{ code: 'C1', quantity: '1.5', ...more }],
  });
  await refused(world, () => world.post('LOA', line({})), {
    code: 'lot.expiryRequired',
    path: 'lines[0].lots[0].expiryDate',
  });
  await refused(
    world,
    () => world.post('LOA', { item: 'CHEESE', quantity: '1', lots: 'auto' }),
    'lot.expiryRequired',
  );
  await world.post('LOA', line({ expiryDate: '2026-12-24' }));
});

test('R35 a load into an existing lot takes its expiry, or agrees with it', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '1', { expiryDate: '2026-12-30' });
  const top = (more: object) =>
    world.post('TOP', { item: 'MILK', quantity: '1', lots: [{ code: 'l1', quantity: '1', ...more }] });
  await top({});
  await top({ expiryDate: '2026-12-30' });
  await refused(world, () => top({ expiryDate: '2026-12-31' }), {
    code: 'lot.expiryConflict',
    path: 'lines[0].lots[0].expiryDate',
    details: { expiryDate: '2026-12-30', typed: '2026-12-31' },
  });
  expect(await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    expiryDate: '2026-12-30',
    onHand: '3',
  });
});

test.each([
  ['startDate', '2026-11-22', '2026-11-20', 'lot.startDateConflict'],
  ['supplierLot', 'V-7', 'V-8', 'lot.supplierLotConflict'],
  ['manufacturer', 'Works One', 'Works Two', 'lot.manufacturerConflict'],
] as const)('R35 the same holds for %s', async (field, own, other, code) => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '1', { [field]: own });
  const top = (value: string) =>
    world.post('TOP', { item: 'MILK', quantity: '1', lots: [{ code: 'L1', quantity: '1', [field]: value }] });
  await top(own);
  await refused(world, () => top(other), { code, path: `lines[0].lots[0].${field}` });
});

test('R35 a top-up cannot give an expiry to stock that had none', async () => {
  const world = await milk({ shelfLifeDays: null } as never);
  await lotOf(world, 'MILK', 'L1', '1');
  const line = {
    item: 'MILK',
    quantity: '1',
    lots: [{ code: 'L1', quantity: '1', expiryDate: '2027-01-01' }],
  };
  await refused(world, () => world.post('TOP', line), 'lot.expiryConflict');
});
