/** Section 6 of the rules, continued: reversals, corrected codes, deletion. */
import { expect, test } from 'vitest';
import { on, phones, row, wrong } from './taking.ts';
import { dairy, electronics, lotOf, pharma, refused, type World } from './world.ts';

test('R79 a load partly consumed cannot be taken back', async () => {
  const world = await dairy();
  const { postings } = world.ledger;
  const load = await world.post('LOA', row('L1', '10'));
  const unload = await world.post('UNL', row('L1', '4'));
  await refused(world, () => postings.reverse(load.id, wrong('2026-11-22')), {
    code: 'lot.insufficient',
    details: { available: '6' },
  });
  await postings.reverse(unload.id, wrong('2026-11-22'));
  await postings.reverse(load.id, wrong('2026-11-22'));
  expect(await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    onHand: '0',
    initialQuantity: null,
  });
});

test('R79 the remainder must cover it on every day since', async () => {
  const world = await dairy({ today: '2026-11-20' });
  const { postings } = world.ledger;
  const load = await world.post('LOA', row('L1', '10'), on('2026-11-01'));
  await world.post('UNL', row('L1', '4'), on('2026-11-05'));
  await world.post('TOP', row('L1', '9'), on('2026-11-10'));
  for (const date of ['2026-11-01', '2026-11-04', '2026-11-08']) {
    await refused(world, () => postings.reverse(load.id, wrong(date)), 'lot.insufficient');
  }
  await postings.reverse(load.id, wrong('2026-11-10'));
  expect(await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    onHand: '5',
    initialQuantity: '9',
  });
});

test('R79 usability does not matter to a reversal, its date does', async () => {
  const world = await dairy({ today: '2026-11-20', settings: { openFrom: '2026-11-01' } });
  const { ledger } = world;
  const load = await world.post('LOA', row('L1', '10'), on('2026-11-10'));
  const unload = await world.post('UNL', row('L1', '4'), on('2026-11-12'));
  await ledger.lotStatuses.create({ code: 'Q', available: false });
  const lot = await ledger.lots.get({ item: 'MILK', code: 'L1' });
  await ledger.lots.update(lot.id, { status: 'Q', sellable: false });
  world.clock.day('2027-02-01');
  await refused(world, () => ledger.postings.reverse(unload.id, wrong('2026-11-11')), {
    code: 'posting.reversalBeforeOriginal',
    path: 'date',
  });
  await refused(world, () => ledger.postings.reverse(unload.id, wrong('2027-02-02')), 'posting.futureDate');
  await ledger.postings.reverse(unload.id, wrong('2027-01-31'));
  await ledger.postings.reverse(load.id, wrong('2027-02-01'));
  await ledger.settings.update({ openFrom: '2027-01-01' });
  const next = await world.post('LOA', row('L2', '1'), on('2027-01-15'));
  await ledger.settings.update({ openFrom: '2027-02-01' });
  await refused(world, () => ledger.postings.reverse(next.id, wrong('2027-01-20')), 'period.closed');
});

test('R79 a posting is taken back once, and a reversal never', async () => {
  const world = await dairy();
  const { postings } = world.ledger;
  const load = await world.post('LOA', row('L1', '10'));
  await refused(world, () => postings.reverse(load.id, { date: '2026-11-22', reason: '  ' }), {
    code: 'reason.required',
  });
  const reversal = await postings.reverse(load.id, wrong('2026-11-22'));
  await refused(world, () => postings.reverse(load.id, wrong('2026-11-22')), 'posting.alreadyReversed');
  await refused(world, () => postings.reverse(reversal.id, wrong('2026-11-22')), 'posting.isReversal');
  await refused(world, () => postings.reverse('no-such', wrong('2026-11-22')), {
    code: 'posting.notFound',
    kind: 'missing',
  });
});

test('R79 by whole lines', async () => {
  const world = await dairy();
  const { postings, lots } = world.ledger;
  const load = await world.post('LOA', [row('L1', '10'), row('L2', '5'), { item: 'SALT', quantity: '2.5' }]);
  const line = (index: number) => load.lines[index]?.id ?? '';
  const reversal = await postings.reverse(load.id, { ...wrong('2026-11-22'), lines: [line(1)] });
  expect(reversal.lines).toHaveLength(1);
  expect(
    (await lots.list({ sort: ['code'], filter: { state: 'all' } })).items.map((lot) => lot.onHand),
  ).toEqual(['10', '0']);
  await refused(
    world,
    () => postings.reverse(load.id, { ...wrong('2026-11-22'), lines: [line(1)] }),
    'posting.alreadyReversed',
  );
  await refused(
    world,
    () => postings.reverse(load.id, { ...wrong('2026-11-22'), lines: ['x'] }),
    'posting.lineNotFound',
  );
  await postings.reverse(load.id, { ...wrong('2026-11-22'), lines: [line(0), line(2)] });
  expect((await postings.get(load.id)).reversed).toBe(true);
  await refused(world, () => world.post('UNL', { item: 'SALT', quantity: '0.001' }), 'stock.insufficient');
});

test('R79 serials go back where they came from', async () => {
  const world = await electronics();
  const { ledger } = world;
  const load = await world.post('MAIN/LOA', { ...phones('P1', 'P2'), location: 'B-01' });
  const unload = await world.post('MAIN/UNL', { ...phones('P2'), location: 'B-01' });
  await refused(world, () => ledger.postings.reverse(load.id, wrong('2026-11-22')), 'serial.notHere');
  await ledger.postings.reverse(unload.id, wrong('2026-11-22'));
  expect(await ledger.serials.get({ item: 'PHONE', code: 'P2' })).toMatchObject({
    warehouse: 'MAIN',
    location: 'B-01',
    holder: null,
  });
  await ledger.postings.reverse(load.id, wrong('2026-11-22'));
  expect(await ledger.serials.get({ item: 'PHONE', code: 'P2' })).toMatchObject({
    warehouse: null,
    location: null,
  });
});

test('R79 an unload cannot be taken back once its serial came in again', async () => {
  const world = await electronics({ settings: { allowExistingSerial: true } });
  await world.post('LOA', phones('P1'));
  const unload = await world.post('UNL', phones('P1'));
  await world.post('LOA', phones('P1'));
  await refused(
    world,
    () => world.ledger.postings.reverse(unload.id, wrong('2026-11-22')),
    'serial.alreadyInStock',
  );
});

test('R80 a reversal adds opposite movements linked to the original, and deletes nothing', async () => {
  const world = await pharma();
  const { ledger } = world;
  const load = await world.post('LOA', row('D1', '7', 'DRUG'), { note: 'as delivered' });
  const reversal = await ledger.postings.reverse(load.id, wrong('2026-11-22'));
  expect(reversal).toMatchObject({ reverses: load.id, type: 'unload', template: 'LOA' });
  expect(await ledger.postings.get(load.id)).toMatchObject({ reversed: true, note: 'as delivered' });
  const lot = await ledger.lots.get({ item: 'DRUG', code: 'D1' });
  const { items } = await ledger.lots.movements(lot.id, {});
  expect(items.map((movement) => movement.quantity).sort()).toEqual(['-7', '7']);
  expect(items.map((movement) => movement.posting).sort()).toEqual([load.id, reversal.id].sort());
  expect((await ledger.verify()).ok).toBe(true);
});

async function corrected(world: World, code: string) {
  const lot = await world.ledger.lots.get({ item: 'MILK', code });
  return (next: string, reason?: string) =>
    world.ledger.lots.update(lot.id, { code: next }, reason ? { reason } : {});
}

test('R86 a code is corrected with a reason, and everything follows', async () => {
  const world = await dairy();
  const load = await world.post('LOA', row('L-l', '10'));
  const rename = await corrected(world, 'L-l');
  await refused(world, () => rename('L-1'), { code: 'reason.required' });
  await rename('L-1', 'one, not ell');
  const lot = await world.ledger.lots.get({ item: 'MILK', code: 'l-1' });
  expect(lot).toMatchObject({ code: 'L-1', onHand: '10' });
  expect((await world.ledger.lots.movements(lot.id, {})).items).toMatchObject([{ posting: load.id }]);
  await refused(world, () => world.ledger.lots.get({ item: 'MILK', code: 'L-l' }), {
    code: 'lot.notFound',
    kind: 'missing',
  });
});

test('R86 not to a code that is taken, now or once', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '1');
  await lotOf(world, 'MILK', 'L2', '1');
  const rename = await corrected(world, 'L1');
  await refused(world, () => rename('l2', 'typo'), { code: 'lot.duplicate', path: 'code' });
  await rename('L3', 'typo');
  await refused(world, () => world.post('LOA', row('L1', '1')), 'lot.duplicate');
  const other = await corrected(world, 'L2');
  await refused(world, () => other('L1', 'typo'), 'lot.duplicate');
  await rename('L1', 'it was right');
});

test('R86 once it has left the house its code is fixed', async () => {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '10');
  await world.post('UNL', row('L1', '1'), { party: { kind: 'customer', code: 'C1' } });
  const rename = await corrected(world, 'L1');
  await refused(world, () => rename('L9', 'typo'), { code: 'lot.codeLocked', path: 'code' });
  await lotOf(world, 'MILK', 'L2', '10');
  await world.post('SCR', row('L2', '1'));
  await (await corrected(world, 'L2'))('L8', 'typo');
});

test('R87 a lot or serial on any movement cannot be deleted, others can', async () => {
  const world = await pharma();
  const { ledger } = world;
  const load = await world.post('LOA', {
    item: 'VACCINE',
    quantity: '1',
    lots: [{ code: 'L1', quantity: '1' }],
    serials: [{ code: 'V1' }],
  });
  await ledger.postings.reverse(load.id, wrong('2026-11-22'));
  const lot = await ledger.lots.get({ item: 'VACCINE', code: 'L1' });
  const serial = await ledger.serials.get({ item: 'VACCINE', code: 'V1' });
  await refused(world, () => ledger.lots.remove(lot.id), 'lot.referenced');
  await refused(world, () => ledger.serials.remove(serial.id), 'serial.referenced');
  const free = await ledger.lots.create({ item: 'VACCINE', code: 'L2' });
  await ledger.lots.remove(free.id);
  await refused(world, () => ledger.lots.get(free.id), { code: 'lot.notFound', kind: 'missing' });
  await ledger.lots.create({ item: 'VACCINE', code: 'L2' });
});

test('R87 a lot with a serial in it cannot be deleted either', async () => {
  const world = await pharma();
  const { ledger } = world;
  const lot = await ledger.lots.create({ item: 'VACCINE', code: 'L1' });
  const serial = await ledger.serials.create({ item: 'VACCINE', code: 'V1', lot: 'L1' });
  await refused(world, () => ledger.lots.remove(lot.id), 'lot.referenced');
  await ledger.serials.remove(serial.id);
  await ledger.lots.remove(lot.id);
});
