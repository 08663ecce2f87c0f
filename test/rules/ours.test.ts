/** Section 11 of the rules: initial quantities, numbers, intents, statuses of serials, limits, persons. */
import { expect, test } from 'vitest';
import { dairy, electronics, lotOf, type Post, pharma, refused } from './world.ts';

const row = (code: string, quantity: string, more: object = {}) => ({
  item: 'MILK',
  quantity,
  lots: [{ code, quantity }],
  ...more,
});

test('R121 every change of status, expiry, code, closed and supplier lot keeps who, when, old, new and why', async () => {
  const world = await pharma();
  const { ledger } = world;
  const lot = await lotOf(world, 'DRUG', 'D1', '5');
  world.clock.time = '2026-11-22T15:30:00Z';
  const change = (patch: object, reason: string) =>
    ledger.lots.update(lot.id, patch, { reason, source: 'ui', actor: 'anna' });
  await change({ status: 'RELEASED' }, 'passed');
  await change({ expiryDate: '2027-05-05' }, 'new data');
  await change({ code: 'D-1' }, 'typo');
  await change({ closed: true, supplierLot: 'V9' }, 'done');
  const { items } = await ledger.lots.history(lot.id);
  const told = items.map((each) => [each.field, each.from, each.to, each.reason]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['status', 'QUARANTINE', 'RELEASED', 'passed'],
      ['expiryDate', null, '2027-05-05', 'new data'],
      ['code', 'D1', 'D-1', 'typo'],
      ['closed', false, true, 'done'],
      ['supplierLot', null, 'V9', 'done'],
    ]),
  );
  for (const each of items)
    expect(each).toMatchObject({ actor: 'anna', source: 'ui', at: '2026-11-22T15:30:00.000Z' });
});

test('R121 serials keep their changes too, and an edit that changes nothing keeps none', async () => {
  const world = await electronics();
  const { serials } = world.ledger;
  await world.post('LOA', { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] });
  const serial = await serials.get({ item: 'RADIO', code: 'R1' });
  await serials.update(serial.id, { closed: false, description: null });
  await serials.update(serial.id, { closed: true }, { source: 'scan' });
  const { items } = await serials.history(serial.id);
  expect(items.map((each) => [each.field, each.from, each.to, each.source])).toEqual([
    ['closed', false, true, 'scan'],
  ]);
});

test('R122 the initial quantity is the whole of the first load, untouched by what follows', async () => {
  const world = await dairy();
  const { ledger } = world;
  const lines = [row('L1', '10', { location: 'A-01' }), row('L1', '5', { location: 'B-01' })];
  const load = await world.post('MAIN/LOA', lines);
  await world.post('TOP', row('L1', '20'));
  await world.post('MAIN/UNL', row('L1', '3', { location: 'A-01' }));
  const initial = async () => (await ledger.lots.get({ item: 'MILK', code: 'L1' })).initialQuantity;
  expect(await initial()).toBe('15');
  const how = { date: '2026-11-22', reason: 'wrong' };
  await ledger.postings.reverse(load.id, { ...how, lines: [load.lines[1]?.id ?? ''] });
  expect(await initial()).toBe('10');
});

test('R122 none while never loaded; the next load counts when the first is taken back', async () => {
  const world = await dairy();
  const { ledger } = world;
  const lot = await ledger.lots.create({ item: 'MILK', code: 'L1' });
  expect(lot.initialQuantity).toBeNull();
  const first = await world.post('LOA', row('L1', '4'));
  const second = await world.post('TOP', row('L1', '6'), { date: '2026-11-20' });
  const how = { date: '2026-11-22', reason: 'wrong' };
  await ledger.postings.reverse(first.id, how);
  expect((await ledger.lots.get(lot.id)).initialQuantity).toBe('6');
  await ledger.postings.reverse(second.id, how);
  expect((await ledger.lots.get(lot.id)).initialQuantity).toBeNull();
});

test('R123 loaded is per place, net of reversals', async () => {
  const world = await dairy();
  const { ledger } = world;
  const a = { location: 'A-01' };
  await world.post('MAIN/LOA', row('L1', '10', a));
  const top = await world.post('MAIN/TOP', row('L1', '7', a));
  await world.post('TOP', row('L1', '2'));
  const unload = await world.post('MAIN/UNL', row('L1', '4', a));
  const stock = async () =>
    (await ledger.lots.get({ item: 'MILK', code: 'L1' })).stock.map((each) => [
      each.location,
      each.loaded,
      each.onHand,
    ]);
  expect(await stock()).toEqual([
    ['A-01', '17', '13'],
    [null, '2', '2'],
  ]);
  const how = { date: '2026-11-22', reason: 'wrong' };
  await ledger.postings.reverse(top.id, how);
  expect(await stock()).toEqual([
    ['A-01', '10', '6'],
    [null, '2', '2'],
  ]);
  await ledger.postings.reverse(unload.id, how);
  expect(await stock()).toEqual([
    ['A-01', '10', '10'],
    [null, '2', '2'],
  ]);
});

test('R124 midnight changes availability everywhere, with no entry in the journal', async () => {
  const world = await dairy();
  const { ledger, clock } = world;
  await lotOf(world, 'MILK', 'L1', '10', { expiryDate: '2026-11-22' });
  const seq = ledger.status().seq;
  const head = await ledger.head();
  const seen = async () => {
    const [lot] = (await ledger.lots.list({ filter: { item: 'MILK' } })).items;
    return [lot?.available, lot?.stock[0]?.available, lot?.onHand];
  };
  expect(await seen()).toEqual(['10', '10', '10']);
  clock.day('2026-11-23');
  expect(await seen()).toEqual(['0', '0', '10']);
  expect([ledger.status().seq, await ledger.head()]).toEqual([seq, head]);
  expect((await ledger.verify()).ok).toBe(true);
});

test('R124 a status policy that changes touches no lot', async () => {
  const world = await pharma();
  const { ledger } = world;
  const before = await lotOf(world, 'DRUG', 'D1', '5');
  const status = await ledger.lotStatuses.get('QUARANTINE');
  await ledger.lotStatuses.update(status.id, { available: true, intents: { sale: 'allow' } });
  const after = await ledger.lots.get(before.id);
  expect(after).toMatchObject({ available: '5', version: before.version, updatedAt: before.updatedAt });
  await world.post('UNL', { item: 'DRUG', quantity: '1', lots: [{ code: 'D1', quantity: '1' }] });
});

test('R125 numbers are progressive per warehouse and day', async () => {
  const world = await dairy();
  const salt = (template: string, more: Partial<Post> = {}) =>
    world.post(
      template,
      { item: 'SALT', quantity: '1', ...(template.startsWith('MAIN') ? { location: 'A-01' } : {}) },
      more,
    );
  const posted = [
    await salt('LOA'),
    await salt('UNL'),
    await salt('MAIN/LOA'),
    await salt('LOA', { date: '2026-11-21' }),
    await salt('LOA'),
  ];
  expect(posted.map((each) => each.number)).toEqual([1, 2, 1, 1, 3]);
  expect(posted.map((each) => each.numberText)).toEqual([
    '2026/11/22-001',
    '2026/11/22-002',
    '2026/11/22-001',
    '2026/11/21-001',
    '2026/11/22-003',
  ]);
});

test('R125 a number may be set by hand while it is free; the progressive steps over it', async () => {
  const world = await dairy();
  const salt = (more: Partial<Post> = {}) => world.post('LOA', { item: 'SALT', quantity: '1' }, more);
  expect((await salt({ number: 2 })).number).toBe(2);
  expect([(await salt()).number, (await salt()).number]).toEqual([1, 3]);
  await refused(world, () => salt({ number: 3 }), { code: 'posting.duplicateNumber', path: 'number' });
  expect((await salt({ number: 900 })).number).toBe(900);
  expect((await salt()).number).toBe(4);
  await salt({ number: 3, date: '2026-11-21' });
});

test('R125 a reversal has a number of its own day, and a refusal takes none', async () => {
  const world = await dairy();
  const load = await world.post('LOA', { item: 'SALT', quantity: '1' }, { date: '2026-11-20' });
  await refused(world, () => world.post('UNL', { item: 'SALT', quantity: '9' }), 'stock.insufficient');
  const reversal = await world.ledger.postings.reverse(load.id, { date: '2026-11-22', reason: 'x' });
  expect(reversal.number).toBe(1);
});

test('R127 an unload without an intent is a sale, the strictest; a load without one is other', async () => {
  const world = await dairy();
  const { templates } = world.ledger;
  await templates.create({
    warehouse: 'SHOP',
    code: 'OUT',
    type: 'unload',
    tracksLots: true,
    allowUnavailable: true,
  });
  await templates.create({ warehouse: 'SHOP', code: 'IN', type: 'load', tracksLots: true });
  const load = await world.post('IN', row('L1', '5'));
  expect(load.intent).toBe('other');
  expect((await world.post('OUT', row('L1', '1'))).intent).toBe('sale');
  const lot = await world.ledger.lots.get({ item: 'MILK', code: 'L1' });
  await world.ledger.lots.update(lot.id, { sellable: false });
  await refused(world, () => world.post('OUT', row('L1', '1')), 'lot.notSellable');
});

test('R128 the start date is the posting date, or the document date where the item says so', async () => {
  const world = await dairy();
  const { ledger } = world;
  const document = { type: 'purchaseDeliveryNote', number: 'D1', date: '2026-11-10' } as const;
  const more = { date: '2026-11-20', document };
  expect(await lotOf(world, 'MILK', 'L1', '1', {}, more)).toMatchObject({
    startDate: '2026-11-20',
    expiryDate: '2026-12-20',
  });
  const item = await ledger.items.get('MILK');
  await ledger.items.update(item.id, { lots: { startDateFrom: 'document' } });
  expect(await lotOf(world, 'MILK', 'L2', '1', {}, more)).toMatchObject({
    startDate: '2026-11-10',
    expiryDate: '2026-12-10',
  });
  expect(await lotOf(world, 'MILK', 'L3', '1', {}, { date: '2026-11-20' })).toMatchObject({
    startDate: '2026-11-20',
  });
  const typed = await lotOf(world, 'MILK', 'L4', '1', { startDate: '2026-11-15' }, more);
  expect(typed).toMatchObject({ startDate: '2026-11-15', expiryDate: '2026-12-15' });
});

test('R128 dates in codes are those of the posting, not of the clock or the document', async () => {
  const world = await dairy();
  const document = { type: 'purchaseDeliveryNote', number: 'D1', date: '2026-08-10' } as const;
  const posting = await world.post(
    'LOA',
    { item: 'MILK', quantity: '1', lots: 'auto' },
    { date: '2026-10-31', document },
  );
  expect(posting.lines[0]?.lots[0]?.code).toBe('202610001');
});

test('R131 a serial without a lot has a status of its own', async () => {
  const world = await electronics();
  const { ledger } = world;
  await ledger.lotStatuses.create({ code: 'HOLD', available: false, intents: { sale: 'deny' } });
  const line = { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] };
  await world.post('LOA', line);
  const serial = await ledger.serials.get({ item: 'RADIO', code: 'R1' });
  await ledger.serials.update(serial.id, { status: 'HOLD' });
  await refused(world, () => world.post('UNL', line), { code: 'lot.unavailable' });
  await world.post('SCR', line);
});

test.each([
  ['HOLD', 'GOOD'],
  ['GOOD', 'HOLD'],
  [null, 'HOLD'],
  ['HOLD', null],
] as const)('R131 of a lot %s and a serial %s the stricter counts', async (ofLot, ofSerial) => {
  const world = await pharma();
  const { ledger } = world;
  await ledger.lotStatuses.create({ code: 'HOLD', available: false, intents: { sale: 'deny' } });
  await ledger.lotStatuses.create({ code: 'GOOD', available: true });
  const line = { item: 'VACCINE', quantity: '1', serials: [{ code: 'V1' }] };
  await world.post('LOA', { ...line, lots: [{ code: 'L1', quantity: '1' }] });
  const lot = await ledger.lots.get({ item: 'VACCINE', code: 'L1' });
  const serial = await ledger.serials.get({ item: 'VACCINE', code: 'V1' });
  await ledger.lots.update(lot.id, { status: ofLot });
  await ledger.serials.update(serial.id, { status: ofSerial });
  await refused(world, () => world.post('UNL', line), 'lot.unavailable');
  await refused(
    world,
    () => world.post('UNL', { item: 'VACCINE', quantity: '1', lots: 'auto', serials: 'auto' }),
    'lot.insufficient',
  ).catch(() =>
    refused(
      world,
      () => world.post('UNL', { item: 'VACCINE', quantity: '1', lots: 'auto', serials: 'auto' }),
      'stock.insufficient',
    ),
  );
  await ledger.lots.update(lot.id, { status: 'GOOD' });
  await ledger.serials.update(serial.id, { status: null });
  await world.post('UNL', line);
});
