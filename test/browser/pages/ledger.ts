/** A whole ledger over IndexedDB: loads, unloads and imports, for races and kills. */
import { isLedgerError, type Ledger, openLedger } from 'lotledger';
import { type IndexedDbStore, indexedDb } from 'lotledger/adapters/indexeddb';

/** Postings in flight during an import. */
const IN_FLIGHT = 16;

const ledgers = new Map<string, Ledger>();
const stores = new Map<string, IndexedDbStore>();

function ledger(key: string): Ledger {
  const found = ledgers.get(key);
  if (!found) throw new Error(`no ledger ${key}`);
  return found;
}

const posting = (template: string, code: string, quantity: string, key?: string) => ({
  ...(key === undefined ? {} : { key }),
  warehouse: 'MAIN',
  template,
  date: '2026-11-20',
  lines: [{ item: 'SALT', quantity, lots: [{ code, quantity }] }],
});

async function told<T>(work: () => Promise<T>): Promise<T | { error: string }> {
  try {
    return await work();
  } catch (error) {
    if (isLedgerError(error)) return { error: error.code };
    throw error;
  }
}

const tests = {
  open: (key: string, name: string, hints = true) =>
    told(async () => {
      const adapter = indexedDb(name, { hints });
      const watched: typeof adapter = {
        ...adapter,
        async open(...args) {
          const store = await adapter.open(...args);
          stores.set(key, store);
          return store;
        },
      };
      const opened = await openLedger(watched, {
        actor: 'tester',
        timeZone: 'UTC',
        now: () => new Date('2026-11-22T09:00:00Z'),
      });
      ledgers.set(key, opened);
      return opened.status().seq;
    }),
  close: (key: string) => ledger(key).close(),

  /** One item in lots, one warehouse, a load and an unload. */
  async setUp(key: string): Promise<void> {
    const { codeTypes, items, warehouses, templates } = ledger(key);
    await codeTypes.create({
      code: 'N',
      kind: 'lot',
      description: 'Number',
      parts: [{ source: 'number', length: 6, fill: '0' }],
      root: [],
    });
    await items.create({
      code: 'SALT',
      description: 'Sea salt',
      unit: { code: 'KGM', decimals: 3 },
      lots: { codeType: 'N', withdrawal: 'fifo' },
    });
    await warehouses.create({ code: 'MAIN', description: 'Main' });
    const base = { warehouse: 'MAIN', tracksLots: true };
    await templates.create({ ...base, code: 'IN', description: 'In', type: 'load', intent: 'purchase' });
    await templates.create({ ...base, code: 'OUT', description: 'Out', type: 'unload', intent: 'sale' });
  },

  load: (key: string, code: string, quantity: string) =>
    told(async () => void (await ledger(key).postings.post(posting('IN', code, quantity)))),
  unload: (key: string, code: string, quantity: string) =>
    told(async () => void (await ledger(key).postings.post(posting('OUT', code, quantity)))),
  onHand: async (key: string, code: string) => (await ledger(key).lots.get({ item: 'SALT', code })).onHand,

  /**
   * Loads one lot per posting, several at once, telling each number when its posting is acknowledged.
   * @param checkpoints makes one checkpoint after the other meanwhile
   */
  async importLoads(key: string, from: number, count: number, checkpoints: boolean): Promise<void> {
    const tell = (window as unknown as { acknowledge(n: number): Promise<void> }).acknowledge;
    let next = from;
    const worker = async () => {
      while (next < from + count) {
        const n = next++;
        await ledger(key).postings.post(posting('IN', `K${n}`, '1.5', `key-${n}`));
        void tell(n);
        if (checkpoints) void stores.get(key)?.checkpoint();
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  },

  /** Which of these lots are not there with all they were loaded with. */
  async missing(key: string, numbers: readonly number[]): Promise<number[]> {
    const missing: number[] = [];
    for (const n of numbers) {
      const lot = await ledger(key)
        .lots.get({ item: 'SALT', code: `K${n}` })
        .catch(() => null);
      if (lot?.onHand !== '1.5') missing.push(n);
    }
    return missing;
  },

  verify: (key: string) => ledger(key).verify(),
};

Object.assign(window, { tests });
