/** Returns from customers and to suppliers, linked to what they bring back (section 6). */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { farStore } from '../core/engine/far-store.ts';
import { ledgers, outcomes } from './racing.ts';
import { back, customer, of, returning, supplier } from './returning.ts';
import { slow } from './stores.ts';
import { on, phones, row, wrong } from './taking.ts';
import { dairy, electronics, lotOf, type Post, pharma, refused } from './world.ts';

const verified = async (world: { ledger: { verify(): Promise<unknown> } }): Promise<void> =>
  expect(await world.ledger.verify()).toMatchObject({ ok: true });

test('R81 no more comes back of a lot than was delivered on that line and not returned since', async () => {
  const world = await returning(await dairy());
  const expiryDate = '2027-03-01';
  await lotOf(world, 'CHEESE', 'C1', '4.250', { expiryDate });
  await lotOf(world, 'CHEESE', 'C2', '2', { expiryDate });
  const delivery = await world.post('UNL', row('C1', '2.125', 'CHEESE'), customer('K1'));
  await world.post('UNL', row('C1', '1', 'CHEESE'), customer('K1'));
  await world.post('RET', back(delivery, 'CHEESE', 'C1', '0.5'), customer('K1'));
  await refused(world, () => world.post('RET', back(delivery, 'CHEESE', 'c1', '1.626'), customer('K1')), {
    code: 'return.tooMuch',
    path: 'lines[0].lots[0].quantity',
    details: { delivered: '2.125', returned: '0.5', left: '1.625' },
  });
  const last = await world.post('RET', back(delivery, 'CHEESE', 'C1', '1.625'), customer('K1'));
  expect(last).toMatchObject({ unverified: false, lines: [of(delivery)] });
  expect((await world.ledger.postings.get(delivery.id)).lines[0]?.returned).toMatchObject([
    { serialId: null, quantity: '2.125' },
  ]);
  expect((await world.ledger.lots.get({ item: 'CHEESE', code: 'C1' })).onHand).toBe('3.25');
  await verified(world);
});

test('R81 two lines of one return share what is left; what is taken back counts again', async () => {
  const world = await returning(await dairy());
  await lotOf(world, 'MILK', 'L1', '50');
  const delivery = await world.post('UNL', row('L1', '10'), customer('K1'));
  const twice = ['6', '5'].map((quantity) => back(delivery, 'MILK', 'L1', quantity));
  await refused(world, () => world.post('RET', twice), {
    code: 'return.tooMuch',
    path: 'lines[1].lots[0].quantity',
    details: { returned: '6', left: '4' },
  });
  const first = await world.post('RET', [
    back(delivery, 'MILK', 'L1', '6'),
    back(delivery, 'MILK', 'L1', '4'),
  ]);
  await refused(world, () => world.post('RET', back(delivery, 'MILK', 'L1', '1')), 'return.tooMuch');
  const line = first.lines[1]?.id ?? '';
  await world.ledger.postings.reverse(first.id, { ...wrong('2026-11-22'), lines: [line] });
  await world.post('RET', back(delivery, 'MILK', 'L1', '3'));
  await refused(world, () => world.post('RET', back(delivery, 'MILK', 'L1', '2')), {
    code: 'return.tooMuch',
    details: { returned: '9', left: '1' },
  });
  await verified(world);
});

test('R81 only lots of that line, of that item, from an unreversed delivery to that party', async () => {
  const world = await returning(await dairy({ today: '2026-11-25' }));
  await lotOf(world, 'MILK', 'L1', '50', {}, on('2026-11-20'));
  await lotOf(world, 'MILK', 'L2', '50', {}, on('2026-11-20'));
  await lotOf(world, 'CHEESE', 'C1', '5', { expiryDate: '2027-01-01' }, on('2026-11-20'));
  const receipt = await world.post('LOA', row('L9', '5'), on('2026-11-20'));
  const nobody = await world.post('UNL', row('L1', '1'), on('2026-11-22'));
  const delivery = await world.post('UNL', [row('L1', '10'), row('L2', '7')], {
    ...customer('K1'),
    ...on('2026-11-22'),
  });
  const cases: readonly [object, Partial<Post>, string, string][] = [
    [back(delivery, 'MILK', 'L2', '1'), {}, 'return.lotNotDelivered', 'lines[0].lots[0].code'],
    [back(delivery, 'MILK', 'NEW', '1'), {}, 'return.lotNotDelivered', 'lines[0].lots[0].code'],
    [back(delivery, 'CHEESE', 'C1', '1'), {}, 'return.wrongItem', 'lines[0].returns.line'],
    [back(delivery, 'MILK', 'L1', '1'), customer('K2'), 'return.wrongParty', 'party.code'],
    [back(delivery, 'MILK', 'L1', '1'), supplier('K1'), 'return.wrongParty', 'party.code'],
    [back(delivery, 'MILK', 'L1', '1'), on('2026-11-21'), 'return.beforeDelivery', 'date'],
    [back(nobody, 'MILK', 'L1', '1'), {}, 'return.notDelivery', 'lines[0].returns.posting'],
    [back(receipt, 'MILK', 'L9', '1'), {}, 'return.notDelivery', 'lines[0].returns.posting'],
    [
      { ...row('L1', '1'), returns: { posting: 'none', line: 'x' } },
      {},
      'posting.notFound',
      'lines[0].returns.posting',
    ],
    [
      { ...row('L1', '1'), returns: { posting: delivery.id, line: 'x' } },
      {},
      'posting.lineNotFound',
      'lines[0].returns.line',
    ],
  ];
  for (const [line, more, code, path] of cases)
    await refused(world, () => world.post('RET', line as never, more), { code: code as never, path });
  await refused(world, () => world.post('LOA', back(delivery, 'MILK', 'L1', '1')), {
    code: 'return.wrongTemplate',
    path: 'lines[0].returns',
  });
  const reversal = await world.ledger.postings.reverse(delivery.id, {
    ...wrong('2026-11-22'),
    lines: [delivery.lines[0]?.id ?? ''],
  });
  await refused(world, () => world.post('RET', back(delivery, 'MILK', 'L1', '1')), 'posting.alreadyReversed');
  await refused(world, () => world.post('RET', back(reversal, 'MILK', 'L1', '1')), 'return.notDelivery');
  await verified(world);
});

test('R81 without the delivery it takes the permission and a reason, and is marked', async () => {
  const world = await returning(await dairy());
  await lotOf(world, 'MILK', 'L1', '9');
  const chief = await world.again({ permissions: ['return.unverified'] });
  const posting: Post = { warehouse: 'SHOP', template: 'RET', date: '2026-11-22', lines: [row('L1', '1')] };
  const force = { force: { reason: 'the note was lost' } };
  await refused(world, () => world.ledger.postings.post(posting, force), {
    code: 'return.unverified',
    path: 'lines[0].returns',
  });
  await refused(world, () => chief.postings.post(posting), 'return.unverified');
  expect((await chief.postings.preview(posting, force)).unverified).toBe(true);
  const made = await chief.postings.post(posting, force);
  expect(made).toMatchObject({ unverified: true, reason: 'the note was lost' });
  expect((await chief.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('10');
  await verified(world);
});

test('R81 in another unit, of a variant, and of stock without lots', async () => {
  const world = await returning(await dairy());
  const { ledger } = world;
  await ledger.items.create({
    code: 'TEE',
    unit: { code: 'PCE', decimals: 0 },
    alternativeUnits: [{ code: 'PACK', num: 6, den: 1 }],
    variants: [{ code: 'RED' }, { code: 'BLUE' }],
    lots: {},
  });
  await world.post('LOA', { ...row('T1', '4', 'TEE'), unit: 'PACK', variant: 'RED' });
  const delivery = await world.post('UNL', { ...row('T1', '13', 'TEE'), variant: 'RED' }, customer('K1'));
  const tee = (quantity: string, more: object) => ({ ...back(delivery, 'TEE', 'T1', quantity), ...more });
  await refused(world, () => world.post('RET', tee('1', { variant: 'BLUE' })), 'return.wrongItem');
  await world.post('RET', tee('2', { unit: 'PACK', variant: 'RED' }));
  await refused(world, () => world.post('RET', tee('1', { unit: 'PACK', variant: 'RED' })), {
    code: 'return.tooMuch',
    details: { left: '1' },
  });
  await world.post('LOA', { item: 'SALT', quantity: '2', unit: 'BAG' });
  const salt = await world.post('UNL', { item: 'SALT', quantity: '30.5' }, customer('K1'));
  await world.post('RET', { item: 'SALT', quantity: '1', unit: 'BAG', ...of(salt) });
  await refused(world, () => world.post('RET', { item: 'SALT', quantity: '5.501', ...of(salt) }), {
    code: 'return.tooMuch',
    path: 'lines[0].quantity',
    details: { delivered: '30.5', returned: '25', left: '5.5' },
  });
  await verified(world);
});

test('R81 "auto" brings back what is left of the line', async () => {
  const world = await returning(await dairy());
  await lotOf(world, 'MILK', 'L1', '10', { expiryDate: '2026-12-01' });
  await lotOf(world, 'MILK', 'L2', '10', { expiryDate: '2026-12-02' });
  const delivery = await world.post('UNL', { item: 'MILK', quantity: '14', lots: 'auto' }, customer('K1'));
  await world.post('RET', back(delivery, 'MILK', 'L2', '3'));
  const auto = (quantity: string) => ({ item: 'MILK', quantity, lots: 'auto' as const, ...of(delivery) });
  await refused(world, () => world.post('RET', auto('10')), { code: 'lot.required', path: 'lines[0].lots' });
  await refused(world, () => world.post('RET', auto('12')), {
    code: 'return.tooMuch',
    path: 'lines[0].quantity',
    details: { delivered: '14', returned: '3', left: '11' },
  });
  const all = await world.post('RET', auto('11'));
  expect(all.lines[0]?.lots.map(({ code, quantity }) => [code, quantity])).toEqual([
    ['L1', '10'],
    ['L2', '1'],
  ]);
  await verified(world);
});

test('R61 a serial comes back by a linked return, and nobody holds it any more', async () => {
  const world = await returning(await electronics());
  const { ledger } = world;
  await world.post('LOA', phones('P1', 'P2', 'P3'));
  const first = await world.post('UNL', phones('P1', 'P2'), customer('K1'));
  await world.post('UNL', phones('P3'), customer('K2'));
  await refused(world, () => world.post('LOA', phones('P1')), 'serial.shippedBefore');
  await refused(world, () => world.post('RET', { ...phones('P2', 'P3'), ...of(first) }), {
    code: 'return.lotNotDelivered',
    path: 'lines[0].serials[1]',
    details: { code: 'P3' },
  });
  const home = await world.post('RET', { ...phones('P1'), ...of(first) }, customer('K1'));
  expect(await ledger.serials.get({ item: 'PHONE', code: 'P1' })).toMatchObject({
    warehouse: 'SHOP',
    holder: null,
  });
  await ledger.postings.reverse(home.id, wrong('2026-11-22'));
  expect(await ledger.serials.get({ item: 'PHONE', code: 'P1' })).toMatchObject({
    warehouse: null,
    holder: { kind: 'customer', code: 'K1' },
  });
  await world.post('RET', { ...phones('P1'), ...of(first) });
  await world.post('UNL', phones('P1'), customer('K3'));
  await refused(world, () => world.post('RET', { ...phones('P1'), ...of(first) }), {
    code: 'return.tooMuch',
    details: { delivered: '1', returned: '1', left: '0' },
  });
  await verified(world);
});

test('R61 pieces in lots come back into the lots they were delivered with', async () => {
  const world = await returning(await pharma());
  const vaccine = (lot: string, ...codes: string[]) => ({
    item: 'VACCINE',
    quantity: String(codes.length),
    lots: [{ code: lot, quantity: String(codes.length) }],
    serials: codes.map((code) => ({ code, lot })),
  });
  await world.post('LOA', [vaccine('L1', 'V1', 'V2'), vaccine('L2', 'V3')]);
  const line = { item: 'VACCINE', quantity: '3', serials: [{ code: 'V1' }, { code: 'V2' }, { code: 'V3' }] };
  const delivery = await world.post('UNL', line, customer('K1'));
  await world.post('RET', {
    item: 'VACCINE',
    quantity: '1',
    lots: 'auto',
    serials: [{ code: 'V3' }],
    ...of(delivery),
  });
  const auto = { item: 'VACCINE', lots: 'auto', serials: 'auto', ...of(delivery) } as const;
  await refused(world, () => world.post('RET', { ...auto, quantity: '1' }), 'serial.required');
  await world.post('RET', { ...auto, quantity: '2' });
  const lots = await world.ledger.lots.list({ sort: ['code'], filter: { item: 'VACCINE' } });
  expect(lots.items.map(({ code, onHand }) => [code, onHand])).toEqual([
    ['L1', '2'],
    ['L2', '1'],
  ]);
  await verified(world);
});

test('R46 a return opens an exhausted lot again, and R122 leaves its initial quantity alone', async () => {
  const world = await returning(await dairy());
  const lot = await lotOf(world, 'MILK', 'L1', '8');
  const delivery = await world.post('UNL', row('L1', '8'), customer('K1'));
  expect(await world.ledger.lots.get(lot.id)).toMatchObject({ exhausted: true });
  const state = (state: string) => world.ledger.lots.list({ filter: { item: 'MILK', state } });
  expect((await state('open')).items).toEqual([]);
  await world.post('RET', back(delivery, 'MILK', 'L1', '3'));
  expect((await state('open')).items).toMatchObject([
    { code: 'L1', exhausted: false, onHand: '3', initialQuantity: '8' },
  ]);
  await verified(world);
});

test('R45 nothing comes back into a closed lot until it is open again', async () => {
  const world = await returning(await dairy());
  const lot = await lotOf(world, 'MILK', 'L1', '8');
  const delivery = await world.post('UNL', row('L1', '8'), customer('K1'));
  await world.ledger.lots.update(lot.id, { closed: true });
  await refused(world, () => world.post('RET', back(delivery, 'MILK', 'L1', '3')), 'lot.closed');
  await world.ledger.lots.update(lot.id, { closed: false });
  await world.post('RET', back(delivery, 'MILK', 'L1', '3'));
});

test('R57 a linked return needs no consent to add to a lot', async () => {
  const world = await returning(await dairy());
  await lotOf(world, 'MILK', 'L1', '8');
  const delivery = await world.post('UNL', row('L1', '2'), customer('K1'));
  await refused(world, () => world.post('LOA', row('L1', '2')), 'lot.alreadyExists');
  await world.post('RET', back(delivery, 'MILK', 'L1', '2'));
});

test('R79 a delivery is not taken back while returns of it stand, line by line', async () => {
  const world = await returning(await dairy());
  const { postings } = world.ledger;
  await lotOf(world, 'MILK', 'L1', '20');
  await lotOf(world, 'MILK', 'L2', '20');
  const delivery = await world.post('UNL', [row('L1', '5'), row('L2', '6')], customer('K1'));
  const home = await world.post('RET', back(delivery, 'MILK', 'L1', '1'));
  await refused(world, () => postings.reverse(delivery.id, wrong('2026-11-22')), {
    code: 'posting.hasReturns',
    path: 'lines[0]',
  });
  await postings.reverse(delivery.id, { ...wrong('2026-11-22'), lines: [delivery.lines[1]?.id ?? ''] });
  await postings.reverse(home.id, wrong('2026-11-22'));
  await postings.reverse(delivery.id, wrong('2026-11-22'));
  expect((await postings.get(delivery.id)).reversed).toBe(true);
  await verified(world);
});

test('R81 a return that names nobody is from whom its delivery went to', async () => {
  const world = await returning(await dairy());
  await lotOf(world, 'MILK', 'L1', '20');
  const first = await world.post('UNL', row('L1', '5'), customer('K1'));
  const second = await world.post('UNL', row('L1', '5'), customer('K2'));
  const home = await world.post('RET', back(first, 'MILK', 'L1', '1'));
  expect(home.party).toMatchObject({ kind: 'customer', code: 'K1' });
  const both = [back(first, 'MILK', 'L1', '1'), back(second, 'MILK', 'L1', '1')];
  await refused(world, () => world.post('RET', both), {
    code: 'return.wrongParty',
    details: { party: 'K2' },
  });
});

test('R57 a count needs no consent to add to a lot either', async () => {
  const world = await dairy();
  const { ledger } = world;
  await lotOf(world, 'MILK', 'L1', '8');
  const common = { warehouse: 'SHOP', intent: 'count', counting: true, tracksLots: true } as const;
  await ledger.templates.create({ ...common, code: 'LESS', type: 'unload' });
  const counterpart = { warehouse: 'SHOP', template: 'LESS' };
  await ledger.templates.create({ ...common, code: 'MORE', type: 'load', counterpart });
  const lines = [{ item: 'MILK', lots: [{ code: 'L1', counted: '11' }] }];
  await ledger.counts.post({ warehouse: 'SHOP', template: 'MORE', date: '2026-11-22', lines });
  expect(await ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    onHand: '11',
    initialQuantity: '8',
  });
});

test('R81 of many that bring back the last unit at once, one does', async () => {
  const world = await returning(await dairy({ store: slow(farStore(memory())) }));
  await lotOf(world, 'MILK', 'L1', '9');
  const delivery = await world.post('UNL', row('L1', '5'), customer('K1'));
  const all = await ledgers(world, 4);
  const posting: Post = {
    warehouse: 'SHOP',
    template: 'RET',
    date: '2026-11-22',
    lines: [back(delivery, 'MILK', 'L1', '3')],
  };
  const ends = await outcomes(all.map((ledger) => ledger.postings.post(posting)));
  expect(ends.sort()).toEqual(['ok', 'return.tooMuch', 'return.tooMuch', 'return.tooMuch']);
  expect((await world.ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('7');
  await verified(world);
});

test('R81 a return to the supplier may name its receipt, and then sends back no more than came', async () => {
  const world = await returning(await dairy());
  const receipt = await world.post('LOA', row('L1', '6'), supplier('S1'));
  await world.post('TOP', row('L1', '4'));
  await refused(world, () => world.post('SUR', back(receipt, 'MILK', 'L1', '7'), supplier('S1')), {
    code: 'return.tooMuch',
    details: { delivered: '6', returned: '0', left: '6' },
  });
  await refused(
    world,
    () => world.post('SUR', back(receipt, 'MILK', 'L1', '1'), supplier('S2')),
    'return.wrongParty',
  );
  const sent = await world.post('SUR', back(receipt, 'MILK', 'L1', '6'), supplier('S1'));
  await world.post('SUR', row('L1', '1'), supplier('S1'));
  await refused(
    world,
    () => world.post('SUR', back(sent, 'MILK', 'L1', '1'), supplier('S1')),
    'return.notDelivery',
  );
  await refused(
    world,
    () => world.ledger.postings.reverse(receipt.id, wrong('2026-11-22')),
    'posting.hasReturns',
  );
  await verified(world);
});
