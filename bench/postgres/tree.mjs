/** A genealogy of very many lots in a tenant of its own: records as the engine leaves them, written in side commits. */

import { sql } from '../../.cache/bench/lotledger/adapters/stores/sql/index.js';
import { SCHEMA_VERSION, tables } from '../../.cache/bench/lotledger/core/adapter-kit.js';
import { edgeOf, item, linksOf, lotOf, nameOf } from '../node/tree.mjs';

const SLICE = 2_000;

/**
 * @param {object} driver
 * @param {string} tenant
 * @param {number} count lots
 */
export async function writeTree(driver, tenant, count) {
  const store = await sql(driver, { tenant }).open(Object.values(tables), SCHEMA_VERSION);
  const links = linksOf(count);
  const all = [
    { collection: 'items', record: item },
    ...Array.from({ length: count }, (_, n) => ({ collection: 'lots', record: lotOf(nameOf(n)) })),
    ...links.map((link, n) => ({ collection: 'edges', record: edgeOf(link, n) })),
  ];
  for (let from = 0; from < all.length; from += SLICE) {
    const puts = all.slice(from, from + SLICE);
    const outcome = await store.commit({ expects: [], puts, deletes: [], entries: [], digest: '' });
    if (!outcome.done) throw new Error('a side commit was refused');
  }
  await store.close();
  return { root: nameOf(0), leaf: nameOf(count - 1) };
}
