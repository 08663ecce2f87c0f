/** The sample data: there on any day, once, and whole also when its making was cut off. */
import { type Ledger, openLedger, type StoreAdapter } from 'lotledger';
import { memory } from 'lotledger/adapters/memory';
import { expect, test } from 'vitest';
import { fillSample } from '../../demo/sample/index.ts';

async function withLedger<T>(adapter: StoreAdapter, use: (ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = await openLedger(adapter, { actor: 'test' });
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
}

/** How much there is of everything, and what it looks like. */
const look = (adapter: StoreAdapter) =>
  withLedger(adapter, async (ledger) => {
    const lots = (await ledger.lots.list({ limit: 500 })).items;
    const serials = await ledger.serials.list({ limit: 1, total: true });
    const inStock = await ledger.serials.list({ limit: 1, total: true, filter: { state: 'open' } });
    const postings = await ledger.postings.list({ limit: 1, total: true });
    return {
      entries: ledger.status().seq,
      lots: lots.map(({ item, code, onHand, status }) => `${item} ${code} ${onHand} ${status}`).sort(),
      open: lots.filter(({ state }) => state === 'open').length,
      expired: lots.filter(({ expired, state }) => expired && state === 'open').length,
      closedByHand: lots.filter(({ closed }) => closed).length,
      statuses: new Set(lots.map(({ status }) => status)),
      places: Math.max(...lots.map(({ stock }) => stock.length)),
      serials: serials.total ?? 0,
      shipped: (serials.total ?? 0) - (inStock.total ?? 0),
      postings: postings.total ?? 0,
      verified: (await ledger.verify()).ok,
    };
  });

test('an empty ledger gets three trades, a filled one nothing more', async () => {
  const adapter = memory();
  expect(await fillSample(adapter)).toBe(true);
  const found = await look(adapter);
  expect(found.lots.length).toBeGreaterThan(150);
  expect(found.open).toBeGreaterThan(50);
  expect(found.expired).toBeGreaterThan(0);
  expect(found.closedByHand).toBeGreaterThan(0);
  expect(found.statuses).toEqual(new Set([null, 'QUARANTINE', 'BLOCKED', 'RESTRICTED', 'RELEASED']));
  expect(found.places).toBeGreaterThan(1);
  expect(found.serials).toBeGreaterThan(500);
  expect(found.shipped).toBeGreaterThan(100);
  expect(found.postings).toBeGreaterThan(350);
  expect(found.verified).toBe(true);
  expect(await fillSample(adapter)).toBe(false);
  expect((await look(adapter)).entries).toBe(found.entries);
});

test('it tells of a product from the farm to the customer, of what is held and of what is called back', async () => {
  const adapter = memory();
  await fillSample(adapter);
  await withLedger(adapter, async (ledger) => {
    const [dessert] = (await ledger.lots.list({ filter: { item: 'DESSERT' } })).items;
    if (dessert === undefined) throw new Error('no dessert was made');
    const { onHand, reserved, available, stock } = dessert;
    expect({ onHand, reserved, available }).toEqual({ onHand: '1800', reserved: '300', available: '1380' });
    expect(stock.map((row) => [row.warehouse, row.location, row.available])).toEqual([
      ['COLD', 'F-08', '800'],
      ['MAIN', 'B-01', '580'],
      ['MAIN', 'Q-01', '0'],
    ]);
    const made = await ledger.lots.trace(dessert.id, { direction: 'both' });
    expect(made.nodes.map(({ item, direction }) => [item, direction])).toContainEqual([
      'MILK-RAW',
      'backward',
    ]);
    expect(made.parties.map(({ party, way }) => [party?.code, way])).toContainEqual(['C3', 'sent']);
    const [recall] = (await ledger.recalls.list()).items;
    expect(recall).toMatchObject({ state: 'open', lots: 1 });
    const held = (await ledger.lots.list({ limit: 500 })).items.filter((lot) => lot.recall === recall?.code);
    expect(held.map(({ item, available: free }) => [item, free])).toEqual([['AMOX-500', '0']]);
  });
});

// ends of months and years, a leap day, the nights the clocks change in Europe, several weekdays
test.each(['2025-12-31', '2024-02-29', '2026-05-01', '2026-03-29', '2025-10-26', '2025-06-16', '2025-01-08'])(
  'it can be made on %s',
  async (today) => {
    const adapter = memory();
    await fillSample(adapter, { today });
    const { verified, lots } = await look(adapter);
    expect(verified).toBe(true);
    expect(lots.length).toBeGreaterThan(150);
    const told = await withLedger(adapter, async (ledger) => [
      (await ledger.recalls.list()).items.length,
      (await ledger.reservations.list()).items.length,
    ]);
    expect(told).toEqual([1, 1]);
  },
);

test('one that was cut off is finished the next time, and is the same', async () => {
  const [cut, whole] = [memory(), memory()];
  const stop = (share: number): void => {
    if (share > 0.4) throw new Error('the tab was closed');
  };
  await expect(fillSample(cut, { progress: stop })).rejects.toThrow('the tab was closed');
  expect(await fillSample(cut)).toBe(true);
  await fillSample(whole);
  const [a, b] = [await look(cut), await look(whole)];
  expect(a).toEqual(b);
});

test('a ledger that somebody began is left alone', async () => {
  const adapter = memory();
  await withLedger(adapter, (ledger) =>
    ledger.items.create({ code: 'MILK', unit: { code: 'PCE', decimals: 0 } }),
  );
  expect(await fillSample(adapter)).toBe(false);
  expect((await look(adapter)).entries).toBe(1);
});
