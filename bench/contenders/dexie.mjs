/** Dexie with strict durability: one transaction for each posting, `bulkAdd` for the import. */
import { Dexie } from 'dexie';
import { items, withCallers } from '../workload.mjs';
import { IMPORT_INDEXES, importRow, keysOf, rowsOf, STORES } from './idb-rows.mjs';

async function openDatabase(name) {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' });
  database.version(1).stores({
    ...Object.fromEntries(STORES.map((store) => [store, 'id'])),
    imported: ['id', ...IMPORT_INDEXES.map((fields) => `[${fields.join('+')}]`)].join(', '),
  });
  await database.open();
  if ((await database.table('items').count()) === 0) {
    await database.table('items').bulkPut(items.map((id) => ({ id, unit: 'PCE' })));
  }
  return database;
}

export async function open(name) {
  const database = await openDatabase(name);
  const tables = STORES.map((store) => database.table(store));
  const post = (posting) =>
    database.transaction('rw', tables, async () => {
      const keys = keysOf(posting);
      const [receipt, item, lot, balance, number] = await Promise.all(
        ['receipts', 'items', 'lots', 'balances', 'numbers'].map((of) => database.table(of).get(keys[of])),
      );
      if (receipt || !item) throw new Error('a posting twice, or of nothing');
      const rows = Object.entries(rowsOf(posting, { lot, balance, number }));
      await Promise.all(rows.map(([of, row]) => database.table(of).put(row)));
    });
  return {
    post: (postings, callers) => withCallers(postings, callers, post),
    importLots: (loads) => database.table('imported').bulkAdd(loads.map(importRow)),
    count: async () => ({
      postings: await database.table('postings').count(),
      lots: await database.table('imported').count(),
    }),
    page: () => database.table('imported').orderBy('[expiry+code]').limit(50).toArray(),
    close: async () => database.close(),
  };
}
