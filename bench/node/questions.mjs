/**
 * What a register asks besides pages in one order: pages of two orders in turn, pages from a place in the
 * middle, all lots or those of a filter, and groups with their sums. Lotledger and SQLite in turns; both must
 * give the same answer.
 */
import { median } from '../lib/measure.mjs';

const LIMIT = 50;
const two = { order: 'status', then: [{ order: 'expiryDate', reverse: true }] };
const part = '%1%';
/** What lots are grouped by: a part of the table, and the column that holds the same. */
const groups = {
  'by status': { statusKey: 'status' },
  'by item and status': { itemKey: 'itemKey', statusKey: 'status' },
};

const timed = (work) => {
  const begun = performance.now();
  const answer = work();
  return { ms: performance.now() - begun, answer };
};

/** Asks both in turns, each round from another place; answers the medians in milliseconds. */
function inTurns(rounds, placeOf, asked) {
  const times = {};
  for (let round = 0; round < rounds; round++) {
    const place = placeOf();
    const answers = [];
    for (const [who, ask] of Object.entries(asked)) {
      const { ms, answer } = timed(() => ask(place));
      (times[who] ??= []).push(ms);
      answers.push(JSON.stringify(answer));
    }
    if (new Set(answers).size > 1) throw new Error(`the contenders disagree: ${answers.join('\n')}`);
  }
  return Object.fromEntries(Object.entries(times).map(([who, all]) => [who, median(all)]));
}

const idsOf = (rows) => rows.map(({ id }) => id);

/**
 * @param {object} set the record set that holds the lots
 * @param {object[]} lots
 * @param {object} indexes of the lots' table
 * @param {object | undefined} sqlite what `questionsOf` of `questions-sqlite.mjs` answers
 * @param {number} rounds
 */
export function measureQuestions(set, lots, indexes, sqlite, rounds) {
  const anywhere = (count) => () => Math.floor(Math.random() * count);
  const find = (options) => set.find('lots', { limit: LIMIT, ...options });
  // the same lot written again: every answer that was kept is forgotten
  const change = () => {
    const puts = [{ collection: 'lots', record: { ...lots[0] } }];
    set.apply({ puts, deletes: [] }, set.head.seq + 1, set.head);
  };
  const rows = [];
  const measure = (what, first, ours, theirs, placeOf, count = rounds) => {
    const asked = { ours, ...(sqlite ? { sqlite: theirs } : {}) };
    rows.push({ what, first: first && timed(first).ms, ...inTurns(count, placeOf, asked) });
  };
  const partsOf = (order) => indexes[order].parts[0];
  const position = (lot) => [...[two, ...two.then].map((one) => partsOf(one.order).of(lot) ?? null), lot.id];
  measure(
    'a page of two orders, the second falling',
    () => find(two),
    (place) => idsOf(find({ ...two, after: position(lots[place]) }).records),
    (place) => idsOf(sqlite.twoOrders(lots[place])),
    anywhere(lots.length),
  );
  measure(
    'a page from a place in the middle, by code',
    undefined,
    (place) => idsOf(find({ order: 'code', skip: place }).records),
    (place) => idsOf(sqlite.middle(place)),
    anywhere(lots.length),
  );
  const where = [{ field: 'codeText', op: 'like', pattern: part }];
  change();
  const { total } = find({ order: 'code', where, total: true });
  change();
  measure(
    'a page from a place in the middle of a filter, by code',
    () => find({ order: 'code', where, skip: total - 1 }),
    (place) => idsOf(find({ order: 'code', where, skip: place }).records),
    (place) => idsOf(sqlite.middle(place, part)),
    anywhere(total),
    Math.min(rounds, 20),
  );
  for (const [name, by] of Object.entries(groups)) {
    measure(
      `all lots ${name}, with their number and sum`,
      undefined,
      () => {
        change();
        const page = set.aggregate('lots', { groupBy: Object.keys(by), sums: ['countedSteps'] });
        return page.groups.map(({ count, sums }) => [count, sums[0]]);
      },
      () => sqlite.groups(Object.values(by)).map(({ count, sum }) => [count, String(sum)]),
      () => 0,
      Math.min(rounds, 10),
    );
  }
  return rows;
}
