/** Section 7 of the rules: several lots become one. */
import { expect, test } from 'vitest';
import type { LotStatusInput } from '../../src/core/index.ts';
import { lot, main, shop, sound, transforming } from './transforming.ts';
import { dairy, lotOf, pharma, refused, type World } from './world.ts';

const shops = async (make: typeof dairy = dairy, how: Parameters<typeof dairy>[0] = {}): Promise<World> =>
  transforming(await make(how));
const milk = (code: string) => ({ lot: { item: 'MILK', code } });

test('R92 the mixture expires with the first of its lots', async () => {
  const world = await shops();
  await lotOf(world, 'MILK', 'L1', '10', { expiryDate: '2027-02-01', startDate: '2026-11-20' });
  await lotOf(world, 'MILK', 'L2', '7', { expiryDate: '2026-12-24', startDate: '2026-11-21' });
  await world.ledger.lots.update({ item: 'MILK', code: 'L2' }, { bestBefore: '2026-12-20', sellable: false });
  const from = [milk('L1'), { ...milk('L2'), quantity: '4' }];
  const merged = await world.ledger.lots.merge({
    ...shop,
    from,
    into: { code: 'MIX', description: 'blend' },
  });
  expect(merged).toMatchObject({ operation: 'merge', made: [{ code: 'MIX', quantity: '14' }] });
  expect(merged.lines[0]?.lots.map((row) => [row.code, row.quantity])).toEqual([
    ['L1', '10'],
    ['L2', '4'],
  ]);
  expect(await lot(world, 'MILK', 'MIX')).toMatchObject({
    expiryDate: '2026-12-24',
    startDate: '2026-11-20',
    bestBefore: '2026-12-20',
    sellable: false,
    description: 'blend',
    initialQuantity: '14',
    onHand: '14',
  });
  expect((await lot(world, 'MILK', 'L2')).onHand).toBe('3');
  await sound(world);
});

test('R92 a lot that takes others in expires with the first of them, and its history says why', async () => {
  const world = await shops();
  const { ledger } = world;
  const keep = await lotOf(world, 'MILK', 'KEEP', '10', { expiryDate: '2027-02-01' });
  await lotOf(world, 'MILK', 'SHORT', '5', { expiryDate: '2026-12-01' });
  await lotOf(world, 'MILK', 'LONG', '5', { expiryDate: '2027-05-01' });
  const into = { code: 'keep' };
  await ledger.lots.merge({ ...shop, from: [milk('LONG')], into });
  expect(await lot(world, 'MILK', 'KEEP')).toMatchObject({ expiryDate: '2027-02-01', onHand: '15' });
  await ledger.lots.merge({ ...shop, from: [milk('SHORT')], into, reason: 'one tank' });
  expect(await lot(world, 'MILK', 'KEEP')).toMatchObject({
    expiryDate: '2026-12-01',
    onHand: '20',
    initialQuantity: '10',
  });
  const { items } = await ledger.lots.history(keep.id);
  expect(items[0]).toMatchObject({
    field: 'expiryDate',
    from: '2027-02-01',
    to: '2026-12-01',
    reason: 'one tank',
  });
  await sound(world);
});

test('R92 a later expiry needs the permission and a reason; an earlier one neither', async () => {
  const world = await shops(dairy, { permissions: ['merge.laterExpiry'] });
  await lotOf(world, 'MILK', 'L1', '10', { expiryDate: '2026-12-24' });
  await lotOf(world, 'MILK', 'L2', '10', { expiryDate: '2026-12-20' });
  const from = [
    { ...milk('L1'), quantity: '1' },
    { ...milk('L2'), quantity: '1' },
  ];
  const merge = (ledger: World['ledger'], code: string, expiryDate: string | null, reason?: string) =>
    ledger.lots.merge({ ...shop, from, into: { code }, expiryDate }, reason ? { force: { reason } } : {});
  const plain = await world.again();
  await merge(plain, 'EARLY', '2026-12-12');
  const late = {
    code: 'lot.expiryLater',
    path: 'expiryDate',
    details: { expiryDate: '2026-12-20' },
  } as const;
  await refused(world, () => merge(plain, 'LATE', '2026-12-21', 'pasteurised'), late);
  await refused(world, () => merge(world.ledger, 'LATE', '2026-12-21'), late);
  await refused(world, () => merge(world.ledger, 'LATE', null), late);
  await merge(world.ledger, 'LATE', '2026-12-21', 'pasteurised');
  expect((await lot(world, 'MILK', 'LATE')).expiryDate).toBe('2026-12-21');
  await sound(world);
});

test('R93 a lot that is closed, unavailable, expired, reserved or recalled is not mixed', async () => {
  const world = await shops();
  const { ledger } = world;
  await ledger.lotStatuses.create({ code: 'HOLD', available: false });
  await lotOf(world, 'MILK', 'GOOD', '10');
  await lotOf(world, 'MILK', 'SHUT', '10');
  await lotOf(world, 'MILK', 'HELD', '10');
  await lotOf(world, 'MILK', 'OLD', '10', { startDate: '2026-10-01', expiryDate: '2026-11-21' });
  await ledger.lots.update({ item: 'MILK', code: 'SHUT' }, { closed: true });
  await ledger.lots.update({ item: 'MILK', code: 'HELD' }, { status: 'HOLD' });
  const merge = (bad: string, template = 'LFA') =>
    ledger.lots.merge({
      ...shop,
      template,
      from: [milk('GOOD'), milk(bad)],
      into: { code: 'MIX' },
      acceptStatus: true,
    });
  await refused(world, () => merge('SHUT'), { code: 'lot.closed', path: 'from[1].lot' });
  await refused(world, () => merge('HELD'), { code: 'lot.unavailable', path: 'from[1].lot' });
  await refused(world, () => merge('OLD'), { code: 'lot.expired', path: 'from[1].lot' });
  const into = (code: string) => () =>
    ledger.lots.merge({ ...shop, from: [milk('GOOD')], into: { code }, acceptStatus: true });
  await refused(world, into('SHUT'), { code: 'lot.closed', path: 'into.code' });
  await refused(world, into('HELD'), { code: 'lot.unavailable', path: 'into.code' });
  await refused(world, into('GOOD'), { code: 'lot.onBothSides', path: 'into.code' });
});

test('R93 nor is a lot that somebody was promised, where it goes or where it stays', async () => {
  const world = await shops();
  const { ledger } = world;
  await lotOf(world, 'MILK', 'L1', '10');
  await lotOf(world, 'MILK', 'L2', '10');
  const lots = [{ code: 'L2', quantity: '1' }];
  const made = await ledger.reservations.commit({
    lines: [{ item: 'MILK', warehouse: 'SHOP', quantity: '1', lots }],
  });
  const merge = (from: string, code: string) =>
    ledger.lots.merge({ ...shop, from: [{ ...milk(from), quantity: '2' }], into: { code } });
  const path = { code: 'lot.hasReservations' } as const;
  await refused(world, () => merge('L2', 'MIX'), { ...path, path: 'from[0].lot' });
  await refused(world, () => merge('L1', 'L2'), { ...path, path: 'into.code' });
  await ledger.reservations.release({ id: made[0]?.id ?? '' });
  await merge('L2', 'MIX');
  const { id } = await lot(world, 'MILK', 'L1');
  await ledger.recalls.open({ reason: 'glass', lots: [id] });
  await refused(world, () => merge('L1', 'MIX'), { code: 'lot.recalled', path: 'from[0].lot' });
  await sound(world);
});

test('R93 different statuses need consent, and the stricter one is the mixture’s', async () => {
  const world = await shops();
  const { ledger } = world;
  const rules: Record<string, LotStatusInput['intents']> = {
    WATCH: { sale: 'warn' },
    STRICT: { sale: 'deny', transfer: 'warn' },
    ELSE: { production: 'deny' },
  };
  for (const [code, intents] of Object.entries(rules)) await ledger.lotStatuses.create({ code, intents });
  for (const [code, status] of [
    ['L0', null],
    ['L1', 'WATCH'],
    ['L2', 'STRICT'],
    ['L3', 'ELSE'],
  ] as const) {
    await lotOf(world, 'MILK', code, '10');
    if (status) await ledger.lots.update({ item: 'MILK', code }, { status });
  }
  const merge = (codes: readonly string[], code: string, acceptStatus?: boolean) =>
    ledger.lots.merge({
      ...shop,
      from: codes.map((each) => ({ ...milk(each), quantity: '2' })),
      into: { code },
      ...(acceptStatus === undefined ? {} : { acceptStatus }),
    });
  await refused(world, () => merge(['L1', 'L2'], 'MIX'), {
    code: 'lot.statusConflict',
    path: 'acceptStatus',
    details: { statuses: ['WATCH', 'STRICT'], comparable: true, status: 'STRICT' },
  });
  await refused(world, () => merge(['L0', 'L3', 'L2'], 'MIX', true), {
    code: 'lot.statusConflict',
    details: { comparable: false, status: null },
  });
  await merge(['L0', 'L2', 'L1'], 'MIX', true);
  expect((await lot(world, 'MILK', 'MIX')).status).toBe('STRICT');
  await merge(['L2'], 'L0', true);
  expect(await lot(world, 'MILK', 'L0')).toMatchObject({ status: 'STRICT', onHand: '10' });
  await merge(['L3', 'L3'], 'SAME');
  expect(await lot(world, 'MILK', 'SAME')).toMatchObject({ status: 'ELSE', onHand: '4' });
  await sound(world);
});

test('R93 only lots of one item and variant are mixed', async () => {
  const world = await shops();
  const { ledger } = world;
  const lots = { withdrawal: 'fifo' } as const;
  await ledger.items.create({
    code: 'TEA',
    unit: { code: 'KG', decimals: 2 },
    lots,
    variants: [{ code: 'G' }, { code: 'B' }],
  });
  for (const variant of ['G', 'B'])
    await world.post('LOA', {
      item: 'TEA',
      variant,
      quantity: '3',
      lots: [{ code: `T${variant}`, quantity: '3' }],
    });
  await lotOf(world, 'MILK', 'L1', '3');
  const tea = (variant: string) => ({ lot: { item: 'TEA', variant, code: `T${variant}` } });
  for (const other of [milk('L1'), tea('B')])
    await refused(
      world,
      () => ledger.lots.merge({ ...shop, from: [tea('G'), other], into: { code: 'MIX' } }),
      {
        code: 'lot.wrongItem',
        path: 'from[1].lot',
      },
    );
});

test('R25 R93 where a lot is of one supplier, so is a mixture', async () => {
  const world = await shops();
  const { ledger } = world;
  await ledger.items.update('MILK', { lots: { singleSupplier: true } });
  const party = (code: string) => ({ party: { kind: 'supplier', code } as const });
  await lotOf(world, 'MILK', 'L1', '3', {}, party('S1'));
  await lotOf(world, 'MILK', 'L2', '3', {}, party('S2'));
  await lotOf(world, 'MILK', 'L3', '3', {}, party('s1'));
  const merge = (codes: string[]) =>
    ledger.lots.merge({ ...shop, from: codes.map(milk), into: { code: 'MIX' } });
  await refused(world, () => merge(['L1', 'L2']), { code: 'lot.supplierMismatch', path: 'from[1].lot' });
  await merge(['L1', 'L3']);
});

test('R94 purchases stay reachable from the mixture', async () => {
  const world = await shops();
  const { ledger } = world;
  const party = (code: string) => ({ party: { kind: 'supplier', code } as const });
  const document = { type: 'purchaseDeliveryNote', number: 'DN-8' } as const;
  const one = await lotOf(world, 'MILK', 'L1', '10', { supplierLot: 'A1' }, { ...party('S1'), document });
  const two = await lotOf(world, 'MILK', 'L2', '10', { supplierLot: 'B2' }, party('S2'));
  const merged = await ledger.lots.merge({ ...shop, from: [milk('L1'), milk('L2')], into: { code: 'MIX' } });
  const mix = await ledger.lots.get(merged.made[0]?.id ?? '');
  expect(mix).toMatchObject({ supplier: null, supplierLot: null });
  // from the mixture to its unload, to the lots, to what brought them
  const [came] = (await ledger.lots.movements(mix.id, { direction: 'load' })).items;
  const load = await ledger.postings.get(came?.posting ?? '');
  const unload = await ledger.postings.get(load.counterpart ?? '');
  expect(unload.lines[0]?.lots.map((row) => row.id)).toEqual([one.id, two.id]);
  const bought = (await ledger.lots.movements(one.id, { direction: 'load' })).items[0];
  expect(bought).toMatchObject({ party: { code: 'S1' }, document: { number: 'DN-8' } });
  const trace = await ledger.lots.trace(mix.id, { direction: 'backward' });
  expect(trace.edges.map(({ kind, from, to, fromQuantity }) => [kind, from, to, fromQuantity])).toEqual(
    expect.arrayContaining([
      ['merge', one.id, mix.id, '10'],
      ['merge', two.id, mix.id, '10'],
    ]),
  );
  const bringers = trace.parties.map(({ party, code, supplierLot }) => [party?.code, code, supplierLot]);
  expect(bringers.sort()).toEqual([
    ['S1', 'L1', 'A1'],
    ['S2', 'L2', 'B2'],
  ]);
  await sound(world);
});

test('R92 everything of a lot in a warehouse goes, from each place to the same place', async () => {
  const world = await shops();
  const { ledger } = world;
  const place = (location: string, quantity: string) => ({ code: 'L1', quantity, location });
  const rows = [place('A-01', '3'), place('B-01', '4')];
  await world.post('MAIN/LOA', { item: 'MILK', quantity: '7', lots: rows });
  await world.post('TOP', { item: 'MILK', quantity: '2', lots: [{ code: 'L1', quantity: '2' }] });
  const merged = await ledger.lots.merge({ ...main, from: [milk('L1')], into: { code: 'MIX' } });
  expect(merged.made.map((row) => [row.location, row.quantity])).toEqual([
    ['A-01', '3'],
    ['B-01', '4'],
  ]);
  expect((await lot(world, 'MILK', 'L1')).onHand).toBe('2');
  const again = () => ledger.lots.merge({ ...main, from: [milk('L1')], into: { code: 'MIX' } });
  await refused(world, again, {
    code: 'lot.insufficient',
    path: 'from[0].quantity',
    details: { available: '0' },
  });
  await ledger.lots.merge({
    ...main,
    from: [{ ...milk('MIX'), location: 'A-01' }],
    into: { code: 'M2', location: 'B-01' },
  });
  expect((await lot(world, 'MILK', 'M2')).stock).toMatchObject([{ location: 'B-01', onHand: '3' }]);
  await sound(world);
});

test('R93 R95 the pieces of merged lots go along, unless one is promised', async () => {
  const world = await shops(pharma);
  const { ledger } = world;
  const load = (code: string, ...serials: string[]) =>
    world.post('LOA', {
      item: 'VACCINE',
      quantity: String(serials.length),
      lots: [{ code, quantity: String(serials.length) }],
      serials: serials.map((each) => ({ code: each })),
    });
  await load('L1', 'V1', 'V2');
  await load('L2', 'V3', 'V4');
  const vaccine = (code: string) => ({ lot: { item: 'VACCINE', code } });
  const from = [vaccine('L1'), { ...vaccine('L2'), serials: ['V4'] }];
  const held = await ledger.reservations.commit({
    lines: [{ item: 'VACCINE', warehouse: 'SHOP', quantity: '1', serials: ['V3'] }],
  });
  await refused(world, () => ledger.lots.merge({ ...shop, from, into: { code: 'MIX' } }), {
    code: 'lot.hasReservations',
    path: 'from[1].lot',
  });
  await ledger.reservations.release({ id: held[0]?.id ?? '' });
  await ledger.serials.update({ item: 'VACCINE', code: 'V3' }, { closed: true });
  const { made } = await ledger.lots.merge({ ...shop, from, into: { code: 'MIX' } });
  expect(made).toMatchObject([{ quantity: '3' }]);
  const lots = await Promise.all(
    ['V1', 'V2', 'V3', 'V4'].map(async (code) => (await ledger.serials.get({ item: 'VACCINE', code })).lot),
  );
  expect(lots).toEqual(['MIX', 'MIX', 'L2', 'MIX']);
  await sound(world);
});

test('R79 R92 a merge is taken back whole', async () => {
  const world = await shops();
  const { ledger } = world;
  await lotOf(world, 'MILK', 'L1', '10');
  await lotOf(world, 'MILK', 'L2', '5');
  const merged = await ledger.lots.merge({ ...shop, from: [milk('L1'), milk('L2')], into: { code: 'auto' } });
  await ledger.postings.reverse(merged.id, { date: '2026-11-22', reason: 'not these' });
  expect([await lot(world, 'MILK', 'L1'), await lot(world, 'MILK', 'L2')]).toMatchObject([
    { onHand: '10' },
    { onHand: '5' },
  ]);
  expect(await ledger.lots.get(merged.made[0]?.id ?? '')).toMatchObject({
    onHand: '0',
    initialQuantity: null,
  });
  await sound(world);
});
