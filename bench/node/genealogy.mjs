/**
 * A whole genealogy of very many lots, from its root to every descendant: Lotledger, a plain breadth-first
 * search over maps, and recursive SQL in SQLite, over the same links in one process, in turns. Besides, a
 * first page of a trace in that genealogy, and of a lot with as many movements.
 *
 *   node --expose-gc bench/node/genealogy.mjs 100000 15
 *
 * prints as JSON the median milliseconds of each.
 */
import { median } from '../lib/measure.mjs';
import { openOver, RecordSet, tables } from '../lotledger.mjs';
import { AT, DAY, edgeOf, item, linksOf, lotOf, nameOf } from './tree.mjs';

const [count, rounds] = [Number(process.argv[2]), Number(process.argv[3])];
const movementOf = (_, n) => ({
  id: `m${String(n).padStart(7, '0')}`,
  version: 1,
  seq: 1,
  date: DAY,
  at: AT,
  lot: 'busy',
  serial: null,
  item: 'MILK',
  itemKey: 'milk',
  variant: null,
  warehouse: 'MAIN',
  location: null,
  quantity: -1,
  posting: `p${n}`,
  line: `p${n}.1`,
  intent: 'sale',
  flow: 'shipped',
  traced: true,
  party: { kind: 'customer', code: `C${n % 500}` },
  reverses: null,
  reversedBy: null,
});

const links = linksOf(count);
const set = new RecordSet(Object.values(tables), { seq: 0, link: '0'.repeat(64) });
set.load('items', [item]);
set.load('lots', [...Array.from({ length: count }, (_, n) => lotOf(nameOf(n))), lotOf('busy')]);
set.load('edges', links.map(edgeOf));
set.load('movements', Array.from({ length: count }, movementOf));
const ledger = await openOver(set);
const root = nameOf(0);

/** The plainest search: links by their source in a map, built before. */
function plainSearch() {
  const next = new Map();
  for (const [from, to] of links) {
    const name = nameOf(from);
    const known = next.get(name);
    if (known) known.push(nameOf(to));
    else next.set(name, [nameOf(to)]);
  }
  return () => {
    const seen = new Set([root]);
    const queue = [root];
    for (let i = 0; i < queue.length; i++) {
      for (const to of next.get(queue[i]) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        queue.push(to);
      }
    }
    return queue.length - 1;
  };
}

/** The same answer: what stands and is not kept out of traces, nearest first, with how far each is. */
const RECURSIVE = `
  WITH RECURSIVE reached(lot, depth) AS (
    SELECT ?, 0
    UNION
    SELECT edges.target, reached.depth + 1 FROM reached JOIN edges ON edges.source = reached.lot
    WHERE edges.traced = 1 AND edges.ended IS NULL
  )
  SELECT lot, MIN(depth) AS depth FROM reached GROUP BY lot ORDER BY depth`;

async function recursiveSql() {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(':memory:');
  database.exec('CREATE TABLE edges (source TEXT, target TEXT, traced INTEGER, ended TEXT)');
  const insert = database.prepare('INSERT INTO edges VALUES (?, ?, 1, NULL)');
  database.transaction(() => {
    for (const [from, to] of links) insert.run(nameOf(from), nameOf(to));
  })();
  database.exec('CREATE INDEX by_source ON edges (source, target, traced, ended)');
  const find = database.prepare(RECURSIVE);
  return () => find.all(root).length - 1;
}

const sql = await recursiveSql().catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'ERR_DLOPEN_FAILED') throw error;
  return undefined;
});

const contenders = {
  ours: async () => (await ledger.lots.lineage(root)).nodes.length,
  plain: plainSearch(),
  ...(sql ? { sql } : {}),
  page: async () => (await ledger.lots.trace(root)).nodes.length,
  busy: async () => (await ledger.lots.trace('busy')).parties.length,
};

const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
const found = {};
const first = performance.now();
await contenders.ours();
const firstMs = performance.now() - first;
for (let round = 0; round < rounds; round++) {
  for (const [name, work] of Object.entries(contenders)) {
    const begun = performance.now();
    found[name] = await work();
    times[name].push(performance.now() - begun);
  }
}
for (const name of ['ours', 'plain', 'sql']) {
  if (found[name] !== undefined && found[name] !== count - 1) throw new Error(`${name} found ${found[name]}`);
}
const medians = Object.entries(times).map(([name, all]) => [name, median(all)]);
console.log(JSON.stringify({ count, firstMs, ...Object.fromEntries(medians) }));
