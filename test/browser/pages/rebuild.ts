/** A ledger that an older program left in IndexedDB, opened by this one: rebuilt, or killed meanwhile. */
import { isLedgerError, type Ledger, openLedger, type RebuildProgress, type StoreAdapter } from 'lotledger';
import { indexedDb } from 'lotledger/adapters/indexeddb';
import type { JournalGroup, StoredRecord } from '../../../src/core/adapter-kit.ts';
import { tables } from '../../../src/core/tables.ts';

const OLD_SCHEMA = 1;
const ledgers = new Map<string, Ledger>();

async function told<T>(work: () => Promise<T>): Promise<T | { error: string }> {
  try {
    return await work();
  } catch (error) {
    if (isLedgerError(error)) return { error: error.code };
    throw error;
  }
}

let dead = (): void => undefined;
const death = new Promise<void>((resolve) => {
  dead = resolve;
});

const open = (name: string) => indexedDb(name).open(Object.values(tables), OLD_SCHEMA);

const tests = {
  /** Writes a database as the older program did; answers the link it comes to. */
  async plant(
    name: string,
    groups: JournalGroup[],
    records: Record<string, StoredRecord[]>,
  ): Promise<string> {
    const store = await open(name);
    for (const [i, { texts, digest }] of groups.entries()) {
      const all = i === groups.length - 1 ? Object.entries(records) : [];
      const puts = all.flatMap(([collection, each]) => each.map((record) => ({ collection, record })));
      await store.commit({ expects: [], puts, deletes: [], entries: texts, digest });
    }
    await store.checkpoint();
    const { link } = await store.read(async (snapshot) => snapshot.head);
    await store.close();
    return link;
  },

  /** Opens it with this program; the n-th commit never comes, as in a tab that dies there. */
  open: (name: string, diesAt = Number.POSITIVE_INFINITY) =>
    told(async () => {
      const adapter = indexedDb(name);
      const heard: RebuildProgress[] = [];
      let commits = 0;
      const ledger = await openLedger(
        {
          ...adapter,
          async open(...args: Parameters<StoreAdapter['open']>) {
            const store = await adapter.open(...args);
            const commit = store.commit.bind(store);
            store.commit = (batch) => {
              if (++commits < diesAt) return commit(batch);
              dead();
              return new Promise(() => undefined);
            };
            return store;
          },
        },
        {
          actor: 'maria',
          timeZone: 'Europe/Rome',
          now: () => new Date('2026-03-12T09:00:00Z'),
          onProgress: (progress) => heard.push(progress),
        },
      );
      ledgers.set(name, ledger);
      return { heard, commits };
    }),

  /** Waits until that commit was due. */
  died: () => death,

  /** What the older program hears when it goes on writing. */
  writeOlder: (name: string) =>
    told(async () => {
      const store = await open(name);
      const puts = [{ collection: 'guards', record: { id: 'older', version: 1 } }];
      const outcome = await store.commit({ expects: [], puts, deletes: [], entries: [], digest: '' });
      return { done: outcome.done };
    }),

  verify: (name: string) => ledgers.get(name)?.verify(),
  lots: async (name: string) =>
    (await ledgers.get(name)?.lots.list({ filter: { state: 'all' }, limit: 500, sort: ['code'] }))?.items,
  unload: (name: string) =>
    told(async () => {
      const lines = [{ item: 'MILK', quantity: '7', location: 'A-01', lots: 'auto' as const }];
      const posting = { warehouse: 'MAIN', template: 'UNL', date: '2026-03-12', lines };
      return (await (ledgers.get(name) as Ledger).postings.post(posting)).lines[0]?.lots[0]?.quantity;
    }),
};

Object.assign(globalThis, { tests });
