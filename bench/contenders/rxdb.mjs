/**
 * RxDB over Dexie with strict durability. It has no transaction over several documents, so a posting is
 * that many writes one after the other, and may stop half way.
 */
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { items, withCallers } from '../workload.mjs';
import { IMPORT_INDEXES, importRow, keysOf, rowsOf, STORES } from './idb-rows.mjs';

const text = { type: 'string', maxLength: 60 };
const number = { type: 'number' };
const fields = {
  items: { unit: text },
  receipts: { at: text },
  postings: { warehouse: text, date: text, number, type: text, lines: number },
  movements: { posting: text, lot: text, warehouse: text, date: text, quantity: number },
  lots: { item: text, code: text, expiry: text, onHand: number },
  balances: { lot: text, warehouse: text, onHand: number },
  numbers: { last: number },
};
const schemaOf = (properties, indexes = []) => ({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: text, ...properties },
  required: ['id', ...new Set(indexes.flat())],
  indexes,
});

async function openDatabase(name) {
  const storage = getRxStorageDexie({ chromeTransactionDurability: 'strict' });
  const database = await createRxDatabase({ name, storage, multiInstance: false });
  const imported = Object.fromEntries(Object.keys(importRow({}, 0)).map((field) => [field, text]));
  await database.addCollections({
    ...Object.fromEntries(STORES.map((store) => [store, { schema: schemaOf(fields[store]) }])),
    imported: { schema: schemaOf({ ...imported, onHand: number }, IMPORT_INDEXES) },
  });
  const { collections } = database;
  if ((await collections.items.count().exec()) === 0) {
    await collections.items.bulkInsert(items.map((id) => ({ id, unit: 'PCE' })));
  }
  return database;
}

export async function open(name) {
  const database = await openDatabase(name);
  const { collections } = database;
  const find = async (of, key) => (await collections[of].findOne(key).exec())?.toMutableJSON();
  const post = async (posting) => {
    const keys = keysOf(posting);
    const [receipt, item, lot, balance, running] = await Promise.all(
      ['receipts', 'items', 'lots', 'balances', 'numbers'].map((of) => find(of, keys[of])),
    );
    if (receipt || !item) throw new Error('a posting twice, or of nothing');
    const rows = Object.entries(rowsOf(posting, { lot, balance, number: running }));
    await Promise.all(rows.map(([of, row]) => collections[of].incrementalUpsert(row)));
  };
  return {
    post: (postings, callers) => withCallers(postings, callers, post),
    async importLots(loads) {
      const { error } = await collections.imported.bulkInsert(loads.map(importRow));
      if (error.length > 0) throw new Error('not all of the import was written');
    },
    count: async () => ({
      postings: await collections.postings.count().exec(),
      lots: await collections.imported.count().exec(),
    }),
    page: () =>
      collections.imported
        .find({ selector: {}, sort: [{ expiry: 'asc' }, { code: 'asc' }], limit: 50 })
        .exec(),
    close: () => database.close(),
  };
}
