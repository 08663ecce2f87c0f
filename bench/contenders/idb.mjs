/** Plain IndexedDB through `idb`: one strict transaction for each posting, one for the whole import. */
import { openDB } from 'idb';
import { items, withCallers } from '../workload.mjs';
import { IMPORT_INDEXES, importRow, keysOf, rowsOf, STORES } from './idb-rows.mjs';

const strict = { durability: 'strict' };

async function openDatabase(name) {
  const database = await openDB(name, 1, {
    upgrade(fresh) {
      for (const store of STORES) fresh.createObjectStore(store, { keyPath: 'id' });
      const imported = fresh.createObjectStore('imported', { keyPath: 'id' });
      for (const fields of IMPORT_INDEXES) imported.createIndex(fields[0], fields);
    },
  });
  if ((await database.count('items')) === 0) {
    const filling = database.transaction('items', 'readwrite');
    for (const id of items) filling.store.put({ id, unit: 'PCE' });
    await filling.done;
  }
  return database;
}

export async function open(name) {
  const database = await openDatabase(name);
  const post = async (posting) => {
    const transaction = database.transaction(STORES, 'readwrite', strict);
    const store = (of) => transaction.objectStore(of);
    const keys = keysOf(posting);
    const [receipt, item, lot, balance, number] = await Promise.all(
      ['receipts', 'items', 'lots', 'balances', 'numbers'].map((of) => store(of).get(keys[of])),
    );
    if (receipt || !item) throw new Error('a posting twice, or of nothing');
    for (const [of, row] of Object.entries(rowsOf(posting, { lot, balance, number }))) store(of).put(row);
    await transaction.done;
  };
  return {
    post: (postings, callers) => withCallers(postings, callers, post),
    async importLots(loads) {
      const transaction = database.transaction('imported', 'readwrite', strict);
      for (const [n, load] of loads.entries()) transaction.store.put(importRow(load, n));
      await transaction.done;
    },
    count: async () => ({
      postings: await database.count('postings'),
      lots: await database.count('imported'),
    }),
    page: () => database.getAllFromIndex('imported', 'expiry', undefined, 50),
    close: async () => database.close(),
  };
}
