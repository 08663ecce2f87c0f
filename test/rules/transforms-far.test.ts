/** Section 7 over a far store: what is not at hand is fetched, and of two that want the same lot one gets it. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { farStore } from '../core/engine/far-store.ts';
import { outcomes } from './racing.ts';
import { slow } from './stores.ts';
import { lot, shop, sound, transforming } from './transforming.ts';
import { dairy, lotOf } from './world.ts';

test('R89 R92 R91 R21 far away they come to the same as at hand', async () => {
  const results: unknown[] = [];
  for (const store of [memory(), farStore(memory())]) {
    const world = await transforming(await dairy({ store }));
    const { ledger } = world;
    const dates = { startDate: '2026-11-20', expiryDate: '2027-01-01' };
    const { id } = await lotOf(world, 'MILK', 'L1', '20', dates);
    await lotOf(world, 'MILK', 'L2', '5', { ...dates, expiryDate: '2026-12-31' });
    await world.post('LOA', { item: 'SALT', quantity: '3' });
    const into = [
      { code: 'auto', quantity: '4' },
      { code: 'L3', quantity: '2' },
    ];
    const split = await ledger.lots.split({ ...shop, lot: id, into });
    const from = [{ lot: { item: 'MILK', code: 'L2' } }, { lot: { item: 'MILK', code: 'L3' } }];
    const merged = await ledger.lots.merge({ ...shop, from, into: { code: 'auto' } });
    const converted = await ledger.lots.convert({
      ...shop,
      lot: id,
      quantity: '6',
      toItem: 'CHEESE',
      toQuantity: '0.5',
      into: { code: 'C1' },
    });
    const stock = [{ warehouse: 'SHOP', template: 'LFL', lots: [{ code: 'S1', quantity: '3' }] }];
    await ledger.items.openLots({ item: 'SALT', date: '2026-11-22', lots: {}, stock });
    await ledger.postings
      .reverse(split.id, { date: '2026-11-22', reason: 'try' })
      .catch((error) => error.code);
    const made = [split, merged, converted].flatMap((each) =>
      each.made.map((row) => [row.code, row.quantity]),
    );
    const lots = (await ledger.lots.list({ filter: { state: 'all' }, sort: ['code'] })).items;
    results.push({ made, lots: lots.map(({ code, onHand, expiryDate }) => [code, onHand, expiryDate]) });
    await sound(world);
  }
  expect(results[1]).toEqual(results[0]);
});

test('R72 R92 of two merges that want the same lot one gets it, and the other hears why', async () => {
  const world = await transforming(await dairy({ store: slow(farStore(memory())) }));
  await lotOf(world, 'MILK', 'L1', '8');
  const others = await Promise.all([world.again(), world.again(), world.again()]);
  const merge = (ledger: typeof world.ledger, n: number) =>
    ledger.lots.merge({ ...shop, from: [{ lot: { item: 'MILK', code: 'L1' } }], into: { code: `MIX-${n}` } });
  const ends = await outcomes(others.map(merge));
  expect(ends.sort()).toEqual(['lot.insufficient', 'lot.insufficient', 'ok']);
  expect((await lot(world, 'MILK', 'L1')).onHand).toBe('0');
  await sound(world);
});

test('R89 the same split sent twice is one', async () => {
  const world = await transforming(await dairy());
  const { id } = await lotOf(world, 'MILK', 'L1', '8');
  const split = () =>
    world.ledger.lots.split({
      ...shop,
      commandId: 'split-7',
      lot: id,
      into: [{ code: 'L2', quantity: '3' }],
    });
  expect(await split()).toEqual(await split());
  expect((await lot(world, 'MILK', 'L1')).onHand).toBe('5');
});
