/** Section 3 of the rules, continued: windows, expired lots, shelf life on the need date. */
import { expect, test } from 'vitest';
import { milk, row } from './milk.ts';
import { dairy, lotOf, refused } from './world.ts';

test.each([
  ['2026-12-11', [], null],
  ['2026-12-12', ['lot.expiresSoon'], null],
  ['2026-12-18', ['lot.expiresSoon'], null],
  ['2026-12-19', [], 'lot.unavailable'],
  ['2026-12-22', [], 'lot.unavailable'],
  ['2026-12-23', [], 'lot.expired'],
] as const)('R36 warn 10 and block 3 days before 2026-12-22, on %s', async (day, warnings, refusal) => {
  const world = await milk({ warnDays: 10, blockDays: 3 });
  await lotOf(world, 'MILK', 'L1', '9', { expiryDate: '2026-12-22' });
  world.clock.day(day);
  if (refusal) await refused(world, () => world.post('UNL', row('L1')), refusal);
  else expect((await world.post('UNL', row('L1'))).warnings.map((each) => each.code)).toEqual(warnings);
});

test('R36 zero or absent windows are off: the last good day stays usable', async () => {
  const world = await milk({ warnDays: 0, blockDays: 0 });
  await lotOf(world, 'MILK', 'L1', '9', { expiryDate: '2026-12-22' });
  world.clock.day('2026-12-22');
  expect((await world.post('UNL', row('L1'))).warnings).toEqual([]);
});

test('R37 an expired lot: sale refused, production and transfer by template or force', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '9', { expiryDate: '2026-11-23' });
  world.clock.day('2026-11-24');
  for (const template of ['UNL', 'PRD', 'TRA']) {
    await refused(world, () => world.post(template, row('L1')), 'lot.expired');
  }
  const posting = await world.post('ANY', row('L1'));
  expect(posting.warnings.map((each) => each.code)).toEqual(['lot.expired']);
});

test('R37 the flag of the template does not let an expired lot be sold', async () => {
  const world = await dairy();
  const { templates } = world.ledger;
  await templates.create({
    warehouse: 'SHOP',
    code: 'SAL',
    type: 'unload',
    intent: 'sale',
    tracksLots: true,
    allowUnavailable: true,
  });
  await lotOf(world, 'MILK', 'L1', '9', { expiryDate: '2026-11-23' });
  world.clock.day('2026-11-24');
  await refused(world, () => world.post('SAL', row('L1')), 'lot.expired');
});

test('R37 who may force an expired lot must do so, with a reason', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '9', { expiryDate: '2026-11-23' });
  world.clock.day('2026-11-24');
  const chief = await world.again({ permissions: ['expired.force'] });
  const input = { warehouse: 'SHOP', template: 'UNL', date: '2026-11-24', lines: [row('L1')] };
  await refused(world, () => chief.postings.post(input), 'lot.expired');
  const force = { force: { reason: 'given to a food bank' } };
  await refused(world, () => world.ledger.postings.post(input, force), 'lot.expired');
  const posting = await chief.postings.post(input, force);
  expect(posting.warnings.map((each) => each.code)).toEqual(['lot.expired']);
});

test('R38 scrap of an expired, blocked or quarantined lot needs no flag', async () => {
  const world = await milk({ blockDays: 30 });
  const { ledger } = world;
  await ledger.lotStatuses.create({ code: 'Q', available: false });
  for (const [index, intent] of (['count', 'supplierReturn', 'inspection'] as const).entries()) {
    await ledger.templates.create({
      warehouse: 'SHOP',
      code: `X${index}`,
      type: 'unload',
      intent,
      tracksLots: true,
    });
  }
  const lot = await lotOf(world, 'MILK', 'L1', '9', { expiryDate: '2026-12-01' });
  await ledger.lots.update(lot.id, { status: 'Q' });
  for (const day of ['2026-11-30', '2026-12-05']) {
    world.clock.day(day);
    for (const template of ['SCR', 'X0', 'X1', 'X2']) await world.post(template, row('L1'));
  }
  expect((await ledger.lots.get(lot.id)).onHand).toBe('1');
});

test.each([
  ['2026-12-31', 30, 'shelfLife'],
  ['2027-01-01', 30, null],
  ['2026-12-02', 0, null],
  ['2026-12-01', 0, 'expired'],
] as const)(
  'R39 a lot of %s for 2026-12-02 with %i more days',
  async (expiryDate, minShelfLifeDays, reason) => {
    const world = await dairy();
    await lotOf(world, 'MILK', 'L1', '9', { expiryDate });
    const answer = await world.ledger.lots.allocate({
      item: 'MILK',
      warehouse: 'SHOP',
      quantity: '2',
      intent: 'sale',
      needDate: '2026-12-02',
      minShelfLifeDays,
    });
    if (reason) expect(answer).toMatchObject({ taken: [], shortage: '2', skipped: [{ reason }] });
    else expect(answer).toMatchObject({ taken: [{ code: 'L1', quantity: '2' }], shortage: '0' });
  },
);
