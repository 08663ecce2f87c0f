/** What lies of one item, place by place: in lots, in none, in single pieces. */

import { expect, test } from 'vitest';
import type { ItemRef } from '../../../src/core/index.ts';
import { load, refused, sell, trial } from '../commands/trial.ts';

const bring = (line: object) => ({
  warehouse: 'CAVE',
  template: 'IN',
  date: '2026-03-18',
  lines: [{ quantity: '1', location: 'S1', ...line }] as never,
});

test('R54 stock of an item without lots is read place by place', async () => {
  const ledger = await trial();
  await ledger.postings.post(bring({ item: 'NAILS', quantity: '5', location: 'S2' }));
  await ledger.postings.post(bring({ item: 'NAILS', quantity: '3' }));
  await ledger.postings.post({ ...bring({ item: 'NAILS', location: null }), warehouse: 'SHOP' });
  const row = { variant: null, lot: null, lotId: null, reserved: '0' };
  expect(await ledger.items.stock('nails')).toEqual([
    { ...row, warehouse: 'CAVE', location: 'S1', onHand: '3', available: '3' },
    { ...row, warehouse: 'CAVE', location: 'S2', onHand: '5', available: '5' },
    { ...row, warehouse: 'SHOP', location: null, onHand: '1', available: '1' },
  ]);
  expect(await ledger.items.stock('GOUDA')).toEqual([]);
  expect(await refused(ledger.items.stock('NONE'))).toBe('item.notFound');
});

test('R54 what came in without a lot stands beside the lots, as no lot', async () => {
  const ledger = await trial();
  await ledger.settings.update({ lotsRequired: false });
  await ledger.templates.create({ warehouse: 'CAVE', code: 'RAW', type: 'load' });
  await load(ledger, 'GOUDA', 'A', '8');
  await load(ledger, 'GOUDA', 'B', '2.5', { expiryDate: '2026-03-17' });
  await load(ledger, 'GOUDA', 'C', '4');
  await sell(ledger, 'GOUDA', 'A', '8');
  const shut = await ledger.lots.get('C');
  await ledger.lots.update(shut.id, { closed: true });
  await ledger.postings.post({ ...bring({ item: 'GOUDA', quantity: '1.25' }), template: 'RAW' });
  const rows = await ledger.items.stock({ item: 'GOUDA' });
  expect(rows.map((row) => [row.lot, row.onHand, row.available, row.closedQuantity])).toEqual([
    [null, '1.25', '1.25', undefined],
    ['B', '2.5', '0', undefined],
    ['C', '0', '0', '4'],
  ]);
  expect(rows[2]?.lotId).toBe(shut.id);
});

test('variants are told apart, and one can be asked for', async () => {
  const ledger = await trial();
  const variants = [{ code: 'Red' }, { code: 'Blue' }];
  await ledger.items.create({ code: 'PAINT', unit: { code: 'L', decimals: 1 }, variants });
  await ledger.postings.post(bring({ item: 'PAINT', variant: 'red', quantity: '0.5' }));
  await ledger.postings.post(bring({ item: 'PAINT', variant: 'BLUE', quantity: '2' }));
  const rows = async (ref: ItemRef) =>
    (await ledger.items.stock(ref)).map((row) => [row.variant, row.onHand]);
  expect(await rows('PAINT')).toEqual([
    ['Blue', '2'],
    ['Red', '0.5'],
  ]);
  expect(await rows({ item: 'paint', variant: 'RED' })).toEqual([['Red', '0.5']]);
  expect(await rows({ item: 'PAINT', variant: null })).toEqual([]);
  expect(await refused(ledger.items.stock({ item: 'PAINT', variant: 'Pink' }))).toBe(
    'item.variantNotFound at variant',
  );
});

test('single pieces count where they are, and are available unless held', async () => {
  const ledger = await trial();
  const serials = [{ code: 'T1' }, { code: 'T2' }, { code: 'T3' }];
  await ledger.postings.post(bring({ item: 'DRILL', quantity: '3', serials }));
  await ledger.postings.post(bring({ item: 'DRILL', location: 'S2', serials: [{ code: 'T4' }] }));
  await ledger.serials.update({ item: 'DRILL', code: 'T1' }, { reserved: true });
  await ledger.serials.update({ item: 'DRILL', code: 'T2' }, { closed: true });
  expect(await ledger.items.stock('DRILL')).toMatchObject([
    { location: 'S1', lot: null, onHand: '2', available: '1', closedQuantity: '1' },
    { location: 'S2', lot: null, onHand: '1', available: '1' },
  ]);
});

test('pieces in lots are counted with their lots, not twice', async () => {
  const ledger = await trial();
  await ledger.items.create({ code: 'BOTH', unit: { code: 'PCE', decimals: 0 }, lots: {}, serials: {} });
  const serials = [{ code: 'B1' }, { code: 'B2' }];
  await ledger.postings.post(
    bring({ item: 'BOTH', quantity: '2', lots: [{ code: 'L', quantity: '2' }], serials }),
  );
  expect(await ledger.items.stock('BOTH')).toMatchObject([{ lot: 'L', onHand: '2', available: '2' }]);
});

test('R129 what is on the way is on hand, and not available', async () => {
  const ledger = await trial();
  await ledger.warehouses.create({ code: 'VAN', kind: 'transit' });
  await ledger.templates.create({ warehouse: 'VAN', code: 'IN', type: 'load', tracksLots: true });
  await ledger.postings.post({ ...bring({ item: 'NAILS', location: null }), warehouse: 'VAN' });
  expect(await ledger.items.stock('NAILS')).toMatchObject([
    { warehouse: 'VAN', onHand: '1', available: '0' },
  ]);
});
