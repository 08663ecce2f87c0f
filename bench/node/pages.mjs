/**
 * Pages of 50 of very many lots, in every order that the register offers, up and down: Lotledger and SQLite
 * over the same lots in one process, in turns, each page from a random place.
 *
 *   node --expose-gc --max-old-space-size=12000 bench/node/pages.mjs 1000000 60
 *
 * prints as JSON: per order the median microseconds of a page of records and of a page of the register with
 * its stock by place, and what an index costs to build; then the questions of `questions.mjs`.
 */
import { offeredSorts } from '../../.cache/bench/lotledger/core/tables.js';
import { median } from '../lib/measure.mjs';
import { cursorOf, openOver, positionOf, RecordSet, tables } from '../lotledger.mjs';
import { manyLots } from './lots.mjs';
import { measureQuestions } from './questions.mjs';

const [count, pages] = [Number(process.argv[2]), Number(process.argv[3])];
const LIMIT = 50;
/** Pages asked in a row before the other contender's turn. */
const TURN = 10;

const heap = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

const sorts = offeredSorts.lots.flatMap((name) => [name, `-${name}`]);
const { records } = await manyLots(count);
const set = new RecordSet(Object.values(tables), { seq: 0, link: '0'.repeat(64) });
const loading = performance.now();
for (const [collection, all] of Object.entries(records)) set.load(collection, all);
const loadSeconds = (performance.now() - loading) / 1e3;
const recordHeap = heap();
const ledger = await openOver(set);
const sqlite = await import('./pages-sqlite.mjs')
  .then(({ openPages }) => openPages(records, tables.lots.indexes, offeredSorts.lots))
  .catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'ERR_DLOPEN_FAILED') throw error;
    return undefined;
  });

const anyLot = () => records.lots[Math.floor(Math.random() * count)];
const microseconds = async (work) => {
  const begun = performance.now();
  const found = await work();
  return { time: (performance.now() - begun) * 1e3, found };
};

/** How each contender answers one page from after a lot on. */
function contendersFor(sort) {
  const reverse = sort.startsWith('-');
  const order = reverse ? sort.slice(1) : sort;
  const { parts } = tables.lots.indexes[order];
  const question = JSON.stringify(['lots.list', {}, null, [[order, reverse]]]);
  const ours = {
    records: (lot) =>
      set.find('lots', { order, reverse, limit: LIMIT, after: positionOf(parts, lot) }).records,
    register: async (lot) => {
      const cursor = cursorOf(question, positionOf(parts, lot));
      return (await ledger.lots.list({ sort: [sort], limit: LIMIT, cursor })).items;
    },
  };
  return sqlite ? { ours, sqlite: sqlite.pagesOf(order, reverse) } : { ours };
}

async function measure(sort) {
  const asked = contendersFor(sort);
  const times = {};
  for (const lot of [anyLot(), anyLot()]) {
    const answers = [];
    for (const [who, kinds] of Object.entries(asked)) {
      for (const [kind, page] of Object.entries(kinds)) {
        times[`${who}.${kind}`] = [];
        const ids = (await page(lot)).map((row) => row.id);
        answers.push(ids.join());
      }
    }
    if (new Set(answers).size > 1) throw new Error(`the contenders disagree on the order by ${sort}`);
  }
  for (let turn = 0; turn < pages; turn += TURN) {
    for (const [who, kinds] of Object.entries(asked)) {
      for (const [kind, page] of Object.entries(kinds)) {
        for (let i = 0; i < TURN; i++) {
          const lot = anyLot();
          times[`${who}.${kind}`].push((await microseconds(() => page(lot))).time);
        }
      }
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

const rows = [];
for (const sort of sorts) {
  const { time } = await microseconds(() => contendersFor(sort).ours.records(anyLot()));
  const bySort = await measure(sort);
  rows.push({ sort, buildSeconds: time / 1e6, ...bySort });
}
const indexHeap = heap() - recordHeap;
const asked = measureQuestions(set, records.lots, tables.lots.indexes, sqlite?.questions(), pages);
console.log(
  JSON.stringify({
    count,
    rows,
    asked,
    loadSeconds,
    bytesPerLot: recordHeap / count,
    indexBytesPerLot: indexHeap / count,
    sqlite: sqlite?.facts,
  }),
);
await ledger.close();
