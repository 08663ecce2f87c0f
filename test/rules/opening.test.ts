/** Section 2 of the rules: stock that had no lots gets them. */
import { expect, test } from 'vitest';
import { bare } from './loading.ts';
import { lot, sound, transforming } from './transforming.ts';
import { dairy, electronics, refused, type World } from './world.ts';

const shops = async (make: typeof dairy = dairy, settings = {}): Promise<World> => {
  const world = await transforming(await make({ settings }));
  await bare(world);
  return world;
};
const date = '2026-11-22';
const inShop = { warehouse: 'SHOP', template: 'LFL' };
const inMain = { warehouse: 'MAIN', template: 'LFL' };

test('R21 opening lots hold exactly what lies at each place, and lot management goes on with them', async () => {
  const world = await shops();
  const { ledger } = world;
  await world.post('LOA', { item: 'SALT', quantity: '5.25' });
  await world.post('MAIN/LOA', { item: 'SALT', quantity: '3', location: 'A-01' });
  await world.post('MAIN/LOA', { item: 'SALT', quantity: '2', location: 'B-01' });
  const lots = { codeType: 'ym', withdrawal: 'fefo', shelfLifeDays: 100 } as const;
  const opening = (onB: string) =>
    ledger.items.openLots({
      item: 'salt',
      date,
      lots,
      stock: [
        {
          ...inShop,
          lots: [
            { code: 'S1', quantity: '5' },
            { code: 'auto', quantity: '0.25', supplierLot: 'X-1' },
          ],
        },
        { ...inMain, location: 'A-01', lots: [{ code: 'S1', quantity: 3 }] },
        { ...inMain, location: 'B-01', lots: [{ code: 'S2', quantity: onB, expiryDate: '2027-01-01' }] },
      ],
      reason: 'lots from now on',
    });
  await refused(world, () => opening('1.999'), {
    code: 'item.openingMismatch',
    path: 'stock',
    details: { warehouse: 'MAIN', location: 'B-01', onHand: '2', given: '1.999' },
  });
  await refused(world, () => ledger.items.update('SALT', { lots }), 'item.openingRequired');
  const item = await opening('2');
  expect(item.lots).toMatchObject({ codeType: 'YM', withdrawal: 'fefo' });
  expect(await lot(world, 'SALT', 'S1')).toMatchObject({
    onHand: '8',
    initialQuantity: '5',
    expiryDate: '2027-03-02',
    stock: [
      { location: 'A-01', onHand: '3' },
      { warehouse: 'SHOP', onHand: '5' },
    ],
  });
  expect(await lot(world, 'SALT', 'S2')).toMatchObject({ onHand: '2', expiryDate: '2027-01-01' });
  expect(await lot(world, 'SALT', '202611001')).toMatchObject({ onHand: '0.25', supplierLot: 'X-1' });
  expect((await ledger.items.stock('SALT')).filter((row) => row.lot === null)).toEqual([]);
  await refused(world, () => world.post('UNL', { item: 'SALT', quantity: '1' }), 'lot.required');
  await world.post('UNL', { item: 'SALT', quantity: '1', lots: 'auto' });
  await sound(world);
});

test('R21 nothing may be left over, nor more be named than there is', async () => {
  const world = await shops();
  const { ledger } = world;
  await world.post('LOA', { item: 'SALT', quantity: '5' });
  await world.post('MAIN/LOA', { item: 'SALT', quantity: '1', location: 'A-01' });
  const lots = {};
  const row = { ...inShop, lots: [{ code: 'S1', quantity: '5' }] };
  const elsewhere = { ...inMain, location: 'B-01', lots: [{ code: 'S1', quantity: '1' }] };
  const open = (stock: object[], more: object = { lots }) =>
    ledger.items.openLots({ item: 'SALT', date, stock, ...more } as Parameters<
      typeof ledger.items.openLots
    >[0]);
  await refused(world, () => open([row]), {
    code: 'item.openingMismatch',
    details: { warehouse: 'MAIN', location: 'A-01', given: '0' },
  });
  await refused(world, () => open([row, elsewhere]), 'item.openingMismatch');
  await refused(world, () => open([row], {}), { code: 'field.required', path: 'lots' });
  await refused(world, () => open([{ ...row, template: 'UNL' }]), {
    code: 'template.notConvertible',
    path: 'stock[0].template',
  });
  await refused(world, () => open([{ ...inMain, lots: row.lots }]), {
    code: 'location.required',
    path: 'stock[0].location',
  });
  await refused(world, () => open([row], { lots: { codeType: 'NONE' } }), {
    code: 'codeType.notFound',
    path: 'lots.codeType',
  });
  expect((await ledger.items.get('SALT')).lots).toBeNull();
});

test('R21 opening lots of an earlier day may not take what was used since', async () => {
  const world = await shops();
  const { ledger, clock } = world;
  await world.post('LOA', { item: 'SALT', quantity: '5' }, { date: '2026-11-10' });
  await world.post('LOA', { item: 'SALT', quantity: '4' }, { date: '2026-11-15' });
  clock.day('2026-11-30');
  const open = (day: string) =>
    ledger.items.openLots({
      item: 'SALT',
      date: day,
      lots: {},
      stock: [{ ...inShop, lots: [{ code: 'S1', quantity: '9' }] }],
    });
  await refused(world, () => open('2026-11-12'), {
    code: 'stock.insufficient',
    path: 'stock[0].lots[0].quantity',
    details: { available: '5', date: '2026-11-12' },
  });
  await open('2026-11-15');
  await sound(world);
});

test('R21 opening lots can only be taken back while stock without lots is welcome', async () => {
  const world = await shops();
  const { ledger } = world;
  await world.post('LOA', { item: 'SALT', quantity: '5' });
  const stock = [{ ...inShop, lots: [{ code: 'S1', quantity: '5' }] }];
  await ledger.items.openLots({ item: 'SALT', date, lots: {}, stock });
  const [opened] = (await ledger.postings.list({ sort: ['-seq'] })).items.filter(
    (posting) => posting.operation === 'opening' && posting.main,
  );
  const back = () => ledger.postings.reverse(opened?.id ?? '', { date, reason: 'counted again' });
  await refused(world, back, 'lot.required');
  await ledger.settings.update({ lotsRequired: false });
  await back();
  expect(await ledger.items.stock('SALT')).toMatchObject([{ lot: null, onHand: '5' }]);
  expect((await ledger.lots.trace((await lot(world, 'SALT', 'S1')).id)).edges).toEqual([]);
  await sound(world);
});

test('R21 variants have their opening lots apart', async () => {
  const world = await shops();
  const { ledger } = world;
  const variants = [{ code: 'FINE' }, { code: 'ROCK' }];
  await ledger.items.create({ code: 'SUGAR', unit: { code: 'KG', decimals: 0 }, variants });
  for (const variant of ['FINE', 'ROCK']) await world.post('LOA', { item: 'SUGAR', variant, quantity: '4' });
  const open = (fine: string, rock: string) =>
    ledger.items.openLots({
      item: 'SUGAR',
      date,
      lots: {},
      stock: [
        { ...inShop, variant: 'fine', lots: [{ code: 'L1', quantity: fine }] },
        { ...inShop, variant: 'rock', lots: [{ code: 'L1', quantity: rock }] },
      ],
    });
  await refused(world, () => open('5', '3'), { code: 'item.openingMismatch', details: { variant: 'FINE' } });
  await open('4', '4');
  expect((await ledger.lots.get({ item: 'SUGAR', variant: 'ROCK', code: 'L1' })).onHand).toBe('4');
  await sound(world);
});

test('R21 R54 stock that came in without a lot is put into lots, in parts too', async () => {
  const world = await shops(dairy, { lotsRequired: false });
  const { ledger } = world;
  await world.post('BAR', { item: 'MILK', quantity: '10' });
  const open = (code: string, quantity: string, more: object = {}) =>
    ledger.items.openLots({
      item: 'MILK',
      date,
      stock: [{ ...inShop, lots: [{ code, quantity }] }],
      ...more,
    });
  await refused(world, () => open('L1', '11'), { code: 'stock.insufficient', details: { available: '10' } });
  await refused(world, () => open('L1', '1', { lots: { withdrawal: 'lifo' } }), {
    code: 'command.unsupported',
    path: 'lots',
    kind: 'unsupported',
  });
  await open('L1', '6');
  expect((await ledger.items.stock('MILK')).map((row) => [row.lot, row.onHand])).toEqual(
    expect.arrayContaining([
      [null, '4'],
      ['L1', '6'],
    ]),
  );
  await open('auto', '4');
  expect(await lot(world, 'MILK', '202611001')).toMatchObject({ onHand: '4', expiryDate: '2026-12-22' });
  await refused(world, () => world.post('OUT', { item: 'MILK', quantity: '1' }), 'stock.insufficient');
  await sound(world);
});

test('R21 R23 pieces without lots are named, every one, and keep who they are', async () => {
  const world = await shops(electronics as typeof dairy);
  const { ledger } = world;
  const phones = ['P1', 'P2', 'P3'];
  const serials = phones.map((code) => ({ code }));
  await world.post('MAIN/LOA', { item: 'PHONE', quantity: '3', location: 'A-01', serials });
  const open = (...rows: string[][]) =>
    ledger.items.openLots({
      item: 'PHONE',
      date,
      lots: {},
      stock: [
        { ...inMain, location: 'A-01', lots: rows.map((codes, i) => ({ code: `L${i}`, serials: codes })) },
      ],
    });
  await refused(world, () => open(['P1'], ['P2']), {
    code: 'item.openingMismatch',
    details: { onHand: '3', given: '2' },
  });
  await refused(world, () => open(['P1'], ['P2', 'P1']), 'serial.repeated');
  await refused(world, () => open(['P1'], ['P2', 'P9']), {
    code: 'serial.notFound',
    path: 'stock[0].lots[1].serials[1]',
  });
  await open(['P1'], ['P3', 'P2']);
  expect(await ledger.serials.get({ item: 'PHONE', code: 'P2' })).toMatchObject({
    lot: 'L1',
    location: 'A-01',
  });
  expect(await lot(world, 'PHONE', 'L1')).toMatchObject({ onHand: '2', initialQuantity: '2' });
  await refused(world, () => ledger.items.update('PHONE', { serials: null }), 'item.hasStock');
  await sound(world);
});
