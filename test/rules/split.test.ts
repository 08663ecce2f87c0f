/** Section 7 of the rules: a part of a lot becomes a lot of its own. */

import { expect, test } from 'vitest';
import type { AttributeField } from '../../src/core/index.ts';
import { lot, main, shop, sound, transforming } from './transforming.ts';
import { dairy, lotOf, pharma, refused, type World } from './world.ts';

const shops = async (make: typeof dairy = dairy): Promise<World> => transforming(await make());

test('R89 a part of a lot becomes a lot with what the lot says of the goods', async () => {
  const world = await shops();
  const { ledger } = world;
  await ledger.lotStatuses.create({ code: 'CHECKED', intents: { sale: 'warn' } });
  await ledger.grades.create({ code: 'A' });
  const facts = {
    expiryDate: '2027-03-04',
    supplierLot: 'X-9',
    manufacturer: 'Dairy',
    startDate: '2026-11-02',
  };
  const party = { kind: 'supplier', code: 'S1' } as const;
  const origin = await lotOf(world, 'CHEESE', 'C1', '12.5', facts, { party });
  await ledger.lots.update(origin.id, {
    status: 'CHECKED',
    grade: 'A',
    notes: 'smoked',
    attributes: { farm: 7 },
  });
  const split = await ledger.lots.split({
    ...shop,
    lot: { item: 'cheese', code: 'c1' },
    into: [{ code: 'C1-A', quantity: '4.25' }],
    reason: 'cut for the counter',
  });
  expect(split).toMatchObject({
    type: 'unload',
    operation: 'split',
    main: true,
    reason: 'cut for the counter',
  });
  expect(split.made).toMatchObject([{ code: 'C1-A', quantity: '4.25' }]);
  const made = await ledger.lots.get(split.made[0]?.id ?? '');
  expect(made).toMatchObject({
    ...facts,
    code: 'C1-A',
    status: 'CHECKED',
    grade: 'A',
    supplier: 'S1',
    notes: 'smoked',
    attributes: { farm: 7 },
    initialQuantity: '4.25',
    onHand: '4.25',
    codeLocked: false,
  });
  expect(await lot(world, 'CHEESE', 'C1')).toMatchObject({ initialQuantity: '12.5', onHand: '8.25' });
  const { edges } = await ledger.lots.trace(origin.id, { direction: 'forward' });
  expect(edges).toMatchObject([{ kind: 'split', from: origin.id, to: made.id, fromQuantity: '4.25' }]);
  await sound(world);
});

test('R89 its code may be made, and what concerns only the new lot may be typed', async () => {
  const world = await shops();
  const { ledger } = world;
  await ledger.grades.create({ code: 'B' });
  await lotOf(world, 'MILK', 'L1', '100');
  const into = [{ code: 'auto', quantity: 30, grade: 'b', description: 'for the school', packageCount: 3 }];
  const preview = await ledger.lots.previewSplit({ ...shop, lot: { item: 'MILK', code: 'L1' }, into });
  const { made } = await ledger.lots.split({ ...shop, lot: { item: 'MILK', code: 'L1' }, into });
  expect([preview.made[0]?.code, made[0]?.code]).toEqual(['202611001', '202611001']);
  expect(await lot(world, 'MILK', '202611001')).toMatchObject({
    grade: 'B',
    description: 'for the school',
    packageCount: 3,
    expiryDate: '2026-12-22',
  });
  await sound(world);
});

test('R89 one split may make several lots, at places of their own', async () => {
  const world = await shops();
  await world.post('MAIN/LOA', {
    item: 'MILK',
    quantity: '50',
    location: 'A-01',
    lots: [{ code: 'L1', quantity: '50' }],
  });
  const ref = { item: 'MILK', code: 'L1' };
  const into = [
    { code: 'L1-A', quantity: '12' },
    { code: 'L1-B', quantity: '8', location: 'b-01' },
  ];
  await refused(world, () => world.ledger.lots.split({ ...main, lot: ref, quantity: '21', into }), {
    code: 'lot.sumMismatch',
    path: 'into',
    details: { difference: '1' },
  });
  const split = await world.ledger.lots.split({ ...main, lot: ref, quantity: '20', into });
  expect(split.lines[0]?.lots).toMatchObject([{ code: 'L1', quantity: '20', location: 'A-01' }]);
  expect(split.made.map((row) => [row.code, row.quantity, row.location])).toEqual([
    ['L1-A', '12', 'A-01'],
    ['L1-B', '8', 'B-01'],
  ]);
  await sound(world);
});

test('R89 no more can be split off than is there, on any day since', async () => {
  const world = await shops();
  const { ledger, clock } = world;
  const { id } = await lotOf(world, 'MILK', 'L1', '10');
  clock.day('2026-11-25');
  await world.post('UNL', { item: 'MILK', quantity: '7', lots: [{ code: 'L1', quantity: '7' }] });
  const split = (quantity: string, date: string) =>
    ledger.lots.split({ ...shop, date, lot: id, into: [{ code: 'L2', quantity }] });
  await refused(world, () => split('4', '2026-11-23'), {
    code: 'lot.insufficient',
    path: 'into[0].quantity',
    details: { date: '2026-11-25', available: '3', shortage: '1' },
  });
  await split('3', '2026-11-23');
  expect(await lot(world, 'MILK', 'L1')).toMatchObject({ onHand: '0', exhausted: true });
  await sound(world);
});

test('R89 a later expiry than the source has needs a reason, an earlier one does not', async () => {
  const world = await shops();
  const { id } = await lotOf(world, 'MILK', 'L1', '10', { expiryDate: '2027-01-10' });
  const split = (code: string, expiryDate: string | null, reason?: string) =>
    world.ledger.lots.split({
      ...shop,
      lot: id,
      into: [{ code, quantity: '1', expiryDate }],
      ...(reason ? { reason } : {}),
    });
  await split('EARLY', '2026-12-01');
  for (const later of ['2027-01-11', null]) {
    await refused(world, () => split('LATE', later), { code: 'reason.required', path: 'into[0].expiryDate' });
  }
  await split('LATE', '2027-02-01', 'frozen');
  expect((await lot(world, 'MILK', 'LATE')).expiryDate).toBe('2027-02-01');
  await refused(world, () => split('PAST', '2026-11-01'), 'lot.expiryBeforeStart');
});

test('R57 R89 more may be split into a lot that says the same, not into another', async () => {
  const world = await shops();
  const { ledger } = world;
  const dates = { expiryDate: '2027-01-10', startDate: '2026-11-20' };
  const { id } = await lotOf(world, 'MILK', 'L1', '10', dates);
  await lotOf(world, 'MILK', 'OTHER', '10', { ...dates, expiryDate: '2027-01-11' });
  const split = (code: string) => ledger.lots.split({ ...shop, lot: id, into: [{ code, quantity: '2' }] });
  await split('PART');
  await split('part');
  expect(await lot(world, 'MILK', 'PART')).toMatchObject({ onHand: '4', initialQuantity: '2' });
  await refused(world, () => split('OTHER'), { code: 'lot.expiryConflict', path: 'into[0].code' });
  await refused(world, () => split('L1'), { code: 'lot.onBothSides', path: 'into[0].code' });
  await ledger.lots.update({ item: 'MILK', code: 'PART' }, { sellable: false });
  await refused(world, () => split('PART'), { code: 'lot.fieldConflict', details: { field: 'sellable' } });
  await ledger.lots.update({ item: 'MILK', code: 'PART' }, { sellable: true, closed: true });
  await refused(world, () => split('PART'), 'lot.closed');
});

test('R90 only a template made for it is accepted', async () => {
  const world = await shops();
  const { ledger } = world;
  const { id } = await lotOf(world, 'MILK', 'L1', '10');
  const into = [{ code: 'L2', quantity: '1' }];
  const by = (template: string) => () => ledger.lots.split({ ...shop, template, lot: id, into });
  for (const [template, why] of [
    ['LOA', 'type'],
    ['UNL', 'createsLotFromLot'],
    ['ONE', 'createsLotFromLot'],
  ] as const) {
    await refused(world, by(template), {
      code: 'template.notConvertible',
      path: 'template',
      details: { why },
    });
  }
  await refused(world, by('NONE'), 'template.notFound');
  const counterpart = { warehouse: 'SHOP', template: 'LFI' };
  const plain = { warehouse: 'SHOP', type: 'unload', intent: 'other', createsLotFromLot: true } as const;
  await refused(world, () => ledger.templates.create({ ...plain, code: 'T1', counterpart }), {
    code: 'template.notConvertible',
    details: { why: 'tracksLots' },
  });
  await refused(world, () => ledger.templates.create({ ...plain, code: 'T2', tracksLots: true }), {
    code: 'template.notConvertible',
    details: { why: 'counterpart' },
  });
  await ledger.templates.update({ warehouse: 'SHOP', code: 'LFI' }, { tracksLots: false });
  await refused(world, by('LFL'), { code: 'template.notConvertible', details: { why: 'counterpart' } });
});

test('R43 R89 an unavailable lot is split only where the template allows it, and stays unavailable', async () => {
  const world = await shops(pharma);
  const { id } = await lotOf(world, 'DRUG', 'D1', '10');
  const split = (template: string) =>
    world.ledger.lots.split({ ...shop, template, lot: id, into: [{ code: 'D2', quantity: '4' }] });
  await refused(world, () => split('LFL'), { code: 'lot.unavailable', path: 'lot' });
  await split('LFA');
  expect(await lot(world, 'DRUG', 'D2')).toMatchObject({ status: 'QUARANTINE', onHand: '4', available: '0' });
  await sound(world);
});

test('R49 R89 what inspections say of a lot goes along with a part of it', async () => {
  const world = await shops();
  const { ledger } = world;
  const lots = { withdrawal: 'fefo', inspection: { policy: 'newest', intents: { sale: 'passed' } } } as const;
  await ledger.items.create({ code: 'FISH', unit: { code: 'KG', decimals: 1 }, lots });
  const { id } = await lotOf(world, 'FISH', 'F1', '10');
  await ledger.inspections.open({ lot: id, openedAt: '2026-11-22' });
  await ledger.lots.split({ ...shop, lot: id, into: [{ code: 'F2', quantity: '2.5' }] });
  const sale = (code: string) =>
    world.post('UNL', { item: 'FISH', quantity: '1', lots: [{ code, quantity: '1' }] });
  const whole = await refused(world, () => sale('F1'), 'lot.notInspected');
  const part = await refused(world, () => sale('F2'), 'lot.notInspected');
  expect(part.details.reasons).toEqual(whole.details.reasons);
  // a part that had passed does not pass with goods that have not
  const inherited = (await ledger.inspections.list()).items.find((each) => each.lot === 'F2');
  await ledger.inspections.finish(inherited?.id ?? '', { finishedAt: '2026-11-22', result: 'pass' });
  await sale('F2');
  await ledger.lots.split({ ...shop, lot: id, into: [{ code: 'F2', quantity: '1' }] });
  await refused(world, () => sale('F2'), 'lot.notInspected');
  await sound(world);
});

test('R52 R89 a recalled lot is split only to put it right, and the part is recalled with it', async () => {
  const world = await shops();
  const { ledger } = world;
  const count = { warehouse: 'SHOP', intent: 'count', tracksLots: true } as const;
  await ledger.templates.create({ ...count, code: 'CIN', type: 'load' });
  const counterpart = { warehouse: 'SHOP', template: 'CIN' };
  await ledger.templates.create({
    ...count,
    code: 'COU',
    type: 'unload',
    createsLotFromLot: true,
    counterpart,
  });
  const { id } = await lotOf(world, 'MILK', 'L1', '10');
  const recalls = await Promise.all(
    ['A', 'B'].map((code) => ledger.recalls.open({ code, reason: 'glass', lots: [id] })),
  );
  const split = (template: string) =>
    ledger.lots.split({ ...shop, template, lot: id, into: [{ code: 'L2', quantity: '4' }] });
  await refused(world, () => split('LFL'), { code: 'lot.recalled', path: 'lot' });
  await refused(world, () => split('LFA'), { code: 'lot.recalled', path: 'lot' });
  await split('COU');
  const part = await lot(world, 'MILK', 'L2');
  for (const recall of recalls) {
    const { scope } = await ledger.recalls.get(recall.id);
    expect(scope.find((row) => row.id === part.id)).toMatchObject({ late: true, blocked: true, onHand: '4' });
  }
  const sale = { item: 'MILK', quantity: '1', lots: [{ code: 'L2', quantity: '1' }] };
  await refused(world, () => world.post('UNL', sale), 'lot.recalled');
  await sound(world);
});

test('R89 a part may carry attributes of its own, of those its item knows', async () => {
  const world = await shops();
  const { ledger } = world;
  const attributeSchema: AttributeField[] = [
    { key: 'Farm', type: 'text', required: true },
    { key: 'fat', type: 'number' },
  ];
  const { id } = await lotOf(world, 'MILK', 'L1', '10');
  await ledger.lots.update(id, { attributes: { farm: 'north', tank: 3 } });
  await ledger.items.update('MILK', { attributeSchema });
  const split = (code: string, attributes: Record<string, string | number>) =>
    ledger.lots.split({ ...shop, lot: id, into: [{ code, quantity: '1', attributes }] });
  await split('L2', { FAT: 3.5 });
  expect((await lot(world, 'MILK', 'L2')).attributes).toEqual({ Farm: 'north', fat: 3.5 });
  await refused(world, () => split('L3', { tank: 4 }), {
    code: 'attribute.unknown',
    path: 'into[0].attributes.tank',
  });
});

test('R71 R89 what others have reserved stays in the lot, and a split fulfils nothing', async () => {
  const world = await shops();
  const { ledger } = world;
  const { id } = await lotOf(world, 'MILK', 'L1', '10');
  const document = { type: 'salesOrder', number: 'SO-4' } as const;
  const lots = [{ code: 'L1', quantity: '7' }];
  await ledger.reservations.commit({
    document,
    lines: [{ item: 'MILK', warehouse: 'SHOP', quantity: '7', lots }],
  });
  const split = (quantity: string) =>
    ledger.lots.split({ ...shop, lot: id, document, into: [{ code: 'L2', quantity }] });
  await refused(world, () => split('4'), {
    code: 'lot.reserved',
    path: 'into[0].quantity',
    details: { available: '3', reserved: '7' },
  });
  await split('3');
  expect((await lot(world, 'MILK', 'L1')).onHand).toBe('7');
  expect((await ledger.reservations.list()).items).toMatchObject([{ open: '7', fulfilled: '0' }]);
  await sound(world);
});

test('R89 R136 where one lot may lie at a time, a part has to go elsewhere', async () => {
  const world = await shops();
  const { ledger } = world;
  await ledger.warehouses.update('MAIN', {
    locations: [{ code: 'A-01', singleLot: true }, { code: 'B-01' }],
  });
  await world.post('MAIN/LOA', {
    item: 'MILK',
    quantity: '9',
    location: 'A-01',
    lots: [{ code: 'L1', quantity: '9' }],
  });
  const split = (quantity: string, location: string, code = 'L2') =>
    ledger.lots.split({ ...main, lot: { item: 'MILK', code: 'L1' }, into: [{ code, quantity, location }] });
  await refused(world, () => split('4', 'A-01'), 'location.singleLot');
  await split('4', 'B-01');
  await split('5', 'A-01', 'L3');
  expect((await lot(world, 'MILK', 'L3')).stock).toMatchObject([{ location: 'A-01', onHand: '5' }]);
  await sound(world);
});

test('R95 of a lot of single pieces the named ones move and keep who they are', async () => {
  const world = await shops(pharma);
  const { ledger } = world;
  const names = ['V1', 'V2', 'V3', 'V4'];
  await world.post('LOA', {
    item: 'VACCINE',
    quantity: '4',
    lots: [{ code: 'L1', quantity: '4' }],
    serials: names.map((code) => ({ code })),
  });
  const { id } = await lot(world, 'VACCINE', 'L1');
  const split = (more: object, row: object = {}) =>
    ledger.lots.split({ ...shop, lot: id, into: [{ code: 'L2', ...row }], ...more });
  await refused(world, () => split({ quantity: '2' }), { code: 'serial.required', path: 'into[0].serials' });
  await refused(world, () => split({ quantity: '3', serials: ['V1', 'V2'] }), {
    code: 'serial.countMismatch',
    path: 'serials',
    details: { expected: 3, given: 2 },
  });
  await refused(world, () => split({}, { serials: ['V9'] }), {
    code: 'serial.notFound',
    path: 'into[0].serials[0]',
  });
  await refused(world, () => split({}, { serials: ['V1', 'v1'] }), 'serial.repeated');
  const twice = [
    { code: 'L2', serials: ['V1'] },
    { code: 'L3', serials: ['v1'] },
  ];
  await refused(world, () => split({ into: twice }), { code: 'serial.repeated', path: 'into[1].serials[0]' });
  await split({ serials: ['V3', 'v2'] });
  const where = async (code: string) => (await ledger.serials.get({ item: 'VACCINE', code })).lot;
  expect(await Promise.all(names.map(where))).toEqual(['L1', 'L2', 'L2', 'L1']);
  expect([await lot(world, 'VACCINE', 'L1'), await lot(world, 'VACCINE', 'L2')]).toMatchObject([
    { onHand: '2' },
    { onHand: '2', initialQuantity: '2' },
  ]);
  await refused(world, () => split({ serials: ['V2'] }), { code: 'serial.wrongLot', details: { lot: 'L2' } });
  await world.post('UNL', { item: 'VACCINE', quantity: '1', serials: [{ code: 'V1' }] });
  await refused(world, () => split({ serials: ['V1'] }), 'serial.notHere');
  await sound(world);
});

test('R79 R89 a split is taken back whole, pieces and all', async () => {
  const world = await shops(pharma);
  const { ledger } = world;
  await world.post('LOA', {
    item: 'VACCINE',
    quantity: '2',
    lots: [{ code: 'L1', quantity: '2' }],
    serials: [{ code: 'V1' }, { code: 'V2' }],
  });
  const { id } = await lot(world, 'VACCINE', 'L1');
  const into = [{ code: 'L2', serials: ['V2'] }];
  const split = await ledger.lots.split({ ...shop, lot: id, into });
  await ledger.postings.reverse(split.id, { date: '2026-11-22', reason: 'wrong piece' });
  expect(await ledger.serials.get({ item: 'VACCINE', code: 'V2' })).toMatchObject({
    lot: 'L1',
    warehouse: 'SHOP',
  });
  expect(await lot(world, 'VACCINE', 'L2')).toMatchObject({ onHand: '0', initialQuantity: null });
  expect((await lot(world, 'VACCINE', 'L1')).onHand).toBe('2');
  expect((await ledger.lots.trace(id)).edges).toEqual([]);
  await ledger.lots.split({ ...shop, lot: id, into: [{ code: 'L2', serials: ['V1'] }] });
  expect(await lot(world, 'VACCINE', 'L2')).toMatchObject({ onHand: '1', initialQuantity: '1' });
  await sound(world);
});

test('R79 R89 a split whose new lot was used cannot be taken back', async () => {
  const world = await shops();
  const { id } = await lotOf(world, 'MILK', 'L1', '10');
  const split = await world.ledger.lots.split({ ...shop, lot: id, into: [{ code: 'L2', quantity: '6' }] });
  await world.post('UNL', { item: 'MILK', quantity: '1', lots: [{ code: 'L2', quantity: '1' }] });
  const back = () => world.ledger.postings.reverse(split.id, { date: '2026-11-22', reason: 'no' });
  await refused(world, back, { code: 'lot.insufficient', details: { shortage: '1' } });
});
