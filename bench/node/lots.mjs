/** A million lots, made of one that the engine made: the same shape, other values. */
import { createMasters, inputOf, memory, open, tables } from '../lotledger.mjs';
import { day, items, loadOf, warehouses } from '../workload.mjs';

/** One lot and its balance as the engine leaves them behind. */
async function pattern() {
  let store;
  const adapter = memory();
  const ledger = await open({ ...adapter, open: async (...args) => (store = await adapter.open(...args)) });
  await createMasters(ledger);
  await ledger.postings.post(inputOf(loadOf(0)));
  const [lot] = store.sync.all('lots');
  const [balance] = store.sync.all('balances');
  const masters = Object.keys(tables).filter((name) => ['items', 'warehouses', 'settings'].includes(name));
  const records = Object.fromEntries(masters.map((name) => [name, [...store.sync.all(name)]]));
  await ledger.close();
  return { lot, balance, records };
}

/** A number that follows from `n` and looks like chance. */
const shuffled = (n, below) => (Math.imul(n + 1, 0x9e3779b1) >>> 0) % below;
const oneOf = (values, n) => values[n % values.length];
const suppliers = Array.from({ length: 500 }, (_, i) => `S-${i}`);
const statuses = [null, null, null, 'QUARANTINE', 'BLOCKED'];
const days = Array.from({ length: 3_000 }, (_, i) => day(i));

/**
 * Lots, their balances and the master data they name.
 * @param {number} count
 */
export async function manyLots(count) {
  const { lot, balance, records } = await pattern();
  const lots = [];
  const balances = [];
  for (let n = 0; n < count; n++) {
    const mixed = shuffled(n, count);
    const code = `LOT-${String(mixed).padStart(7, '0')}-${n % 7}`;
    const item = oneOf(items, shuffled(n, 10_007));
    const start = shuffled(n, 2_000);
    const id = `c${n.toString(36).padStart(8, '0')}XyZ_-aBcDeF01.1`;
    const warehouse = oneOf(warehouses, n);
    const onHand = shuffled(n, 5_000);
    lots.push({
      ...lot,
      id,
      item,
      itemKey: item.toLowerCase(),
      code,
      codeKey: code.toLowerCase(),
      scope: item.toLowerCase(),
      status: oneOf(statuses, mixed),
      supplier: oneOf(suppliers, mixed),
      supplierLot: mixed % 3 === 0 ? null : `V${mixed}`,
      startDate: days[start],
      expiryDate: mixed % 20 === 0 ? null : days[start + 300 + (n % 600)],
      createdAt: `${days[start]}T09:30:00.${String(n % 1_000).padStart(3, '0')}Z`,
      updatedAt: `${days[start + (n % 100)]}T11:00:00.${String(n % 1_000).padStart(3, '0')}Z`,
      onHand,
      version: n + 1,
    });
    balances.push({
      ...balance,
      id: balance.id.replace(lot.id, id),
      lot: id,
      item,
      itemKey: item.toLowerCase(),
      warehouse,
      warehouseKey: warehouse.toLowerCase(),
      onHand,
      loaded: onHand + 10,
      version: n + 1,
    });
  }
  return { records: { ...records, lots, balances } };
}
