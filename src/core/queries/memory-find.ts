/**
 * Answers ranges and questions from records held in memory. A question is answered on one of two ways:
 * along its order, looking at records until the page is full; or from the few records that an equality
 * can mean, which are then sorted. The second is taken when an index says that they are few.
 */
import { LedgerError } from '../ports/errors.ts';
import type { FindOptions, FindPage, IndexPart, RangeOptions, Scalar, StoredRecord } from '../ports/store.ts';
import { textOf } from './answers.ts';
import { fewCandidates, widthOf } from './candidates.ts';
import type { Test } from './conditions.ts';
import { Followed } from './followed.ts';
import { beyond, orderOf, type QuestionOrder, spanOf, wholePrefixOf } from './question-order.ts';
import type { RecordTable } from './record-table.ts';
import { ABOVE_DIRECTED, positionOf } from './sort-key.ts';

/**
 * Records of one index in order; see {@link RangeOptions}. A bound leaves out `null`s; a bound that is
 * `null` itself is none.
 */
export function rangeIn(table: RecordTable, name: string, options: RangeOptions): StoredRecord[] {
  const spec = table.spec(name);
  const together = spec.grouped === true ? groupOf(options) : undefined;
  const group = together === undefined ? undefined : table.group(name, together);
  // a copy: what a store answers is the caller's
  if (group !== undefined) return group.slice(0, options.limit ?? group.length);
  const { prefix = [], from = null, to = null, after, reverse = false } = options;
  const { index, nulls } = table.index(name, reverse);
  const { low, high } = beyond(spanOf(nulls, { prefix, from, to }), spec.parts, after, reverse);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const records: StoredRecord[] = [];
  if (limit <= 0) return records;
  index.walk(low, high, reverse, (id) => {
    records.push(table.records.get(id) as StoredRecord);
    return records.length < limit;
  });
  return records;
}

/** The value of the first part, where it is all that is asked for, upwards and from the start. */
function groupOf({ prefix, from, to, after, reverse, limit }: RangeOptions): Scalar | undefined {
  if (prefix?.length !== 1 || (from ?? null) !== null || (to ?? null) !== null) return undefined;
  if (after !== undefined || reverse === true || (limit !== undefined && limit < 0)) return undefined;
  return prefix[0];
}

/** One page of a question, with its total if asked. */
export function findIn(table: RecordTable, options: FindOptions): FindPage {
  mustBeAnswerable(options);
  const order = orderOf(table, options);
  const few = fewCandidates(table, options, order.spec);
  if (few !== undefined) return pageOfCandidates(few, order, options, table.test(options));
  const isWhole = options.search === undefined && wholePrefixOf(options.where ?? [], order.spec.parts);
  const test = isWhole ? undefined : table.test(options);
  const total = totalAlongOrder(table, order, options, test);
  // what was counted to the end and is little need not be looked for again
  const all = test && table.answers.following(alongOrder(order, options))?.all;
  if (all) return pageOfCandidates(all, order, options, undefined);
  return { ...pageAlongOrder(table, order, options, test), ...total };
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function mustBeAnswerable({ skip, after, total }: FindOptions): void {
  const refuse = (what: string): never => {
    throw new LedgerError('query.unsupported', { details: { what } });
  };
  if (skip !== undefined && after !== undefined) refuse('skip together with after');
  if (skip !== undefined && !isCount(skip)) refuse(`skip ${skip}`);
  if (typeof total === 'number' && !isCount(total)) refuse(`total ${total}`);
}

/** Filters, sorts and pages records at hand. */
function pageOfCandidates(
  candidates: readonly StoredRecord[],
  order: QuestionOrder,
  options: FindOptions,
  test: Test | undefined,
): FindPage {
  const { spec, downwards } = order;
  const rows: { key: string; record: StoredRecord }[] = [];
  for (const record of candidates) {
    if (spec.where !== undefined && !spec.where(record as never)) continue;
    if (test !== undefined && !test(record)) continue;
    rows.push({ key: order.keyOf(record), record });
  }
  rows.sort((a, b) => (a.key < b.key !== downwards ? -1 : 1));
  const { low, high } = order.beyond({ low: '', high: ABOVE_DIRECTED }, options.after);
  const begin = downwards ? rows.findIndex((row) => row.key < high) : rows.findIndex((row) => row.key >= low);
  const start = (begin < 0 ? rows.length : begin) + (options.skip ?? 0);
  const end = start + Math.max(options.limit, 0);
  const records = rows.slice(start, end).map((row) => row.record);
  return { ...pageOf(records, rows.length > end, spec.parts), ...totalOf(options, rows.length) };
}

/** Walks along the order from the position on, until the page is full and one more is seen. */
function pageAlongOrder(
  table: RecordTable,
  order: QuestionOrder,
  options: FindOptions,
  test: Test | undefined,
): FindPage {
  const { where = [], after, skip = 0, limit } = options;
  const records: StoredRecord[] = [];
  let more = false;
  const take = (record: StoredRecord): boolean => {
    if (records.length >= limit) more = true;
    else records.push(record);
    return !more;
  };
  if (skip > 0 && test === undefined) walkFrom(table, order, options)(skip, take);
  else if (skip > 0) followed(table, order, options, test).from(skip, take);
  else {
    const index = order.index();
    const { low, high } = order.beyond(order.narrowed(where), after);
    index.walk(low, high, order.downwards, (id) => {
      const record = table.records.get(id) as StoredRecord;
      return test !== undefined && !test(record) ? true : take(record);
    });
  }
  return pageOf(records, more, order.spec.parts);
}

/** Shows the records the order leaves, from a place among them on. */
function walkFrom(table: RecordTable, order: QuestionOrder, { where = [] }: FindOptions) {
  const index = order.index();
  const { low, high } = order.narrowed(where);
  const first = index.rank(low);
  const last = low < high ? index.rank(high) : first;
  return (place: number, visit: (record: StoredRecord) => boolean): void => {
    const [from, to] = order.downwards ? [first, last - place] : [first + place, last];
    index.walkRanks(from, to, order.downwards, (id) => visit(table.records.get(id) as StoredRecord));
  };
}

/** Tells the matches of a question in their order from those of every other. */
const alongOrder = ({ name }: QuestionOrder, { where = [], search }: FindOptions): string =>
  textOf([name, where, search]);

const followed = (
  table: RecordTable,
  order: QuestionOrder,
  options: FindOptions,
  test: Test | undefined,
): Followed =>
  table.answers.followed(
    alongOrder(order, options),
    () => new Followed(walkFrom(table, order, options), test),
  );

function pageOf(records: StoredRecord[], more: boolean, parts: readonly IndexPart[]): FindPage {
  const last = records.at(-1);
  return more && last !== undefined ? { records, next: positionOf(parts, last) } : { records };
}

/** What a question is told of a number of matches: exact, or no more than it wants to know. */
function totalOf({ total }: FindOptions, count: number): Pick<FindPage, 'total' | 'capped'> {
  if (total === true) return { total: count };
  if (typeof total !== 'number') return {};
  return count > total ? { total, capped: true } : { total: count };
}

/**
 * The number of matches: read off an index where that can be, else counted by looking at the records the
 * order leaves; once, as long as nothing changes, because every page of a list asks again.
 */
function totalAlongOrder(
  table: RecordTable,
  order: QuestionOrder,
  options: FindOptions,
  test: Test | undefined,
): Pick<FindPage, 'total' | 'capped'> {
  const { where = [], search, total } = options;
  if (total === undefined || total === false) return {};
  const partial = order.spec.where === undefined ? '' : options.order;
  const question = textOf([partial, where, search]);
  const known = countable(table, options, order) ?? table.answers.count(question);
  if (known !== undefined) return totalOf(options, known);
  const along = followed(table, order, options, test);
  const count = along.count(total === true ? Number.POSITIVE_INFINITY : total);
  if (along.atEnd) table.answers.counted(question, count);
  return totalOf(options, count);
}

/** The number of matches where an index alone can tell it: every condition is an equality it begins with. */
function countable(table: RecordTable, options: FindOptions, order: QuestionOrder): number | undefined {
  const { where = [], search } = options;
  if (search !== undefined) return undefined;
  if (where.length === 0 && order.spec.where === undefined) return table.records.size;
  for (const [name, spec] of Object.entries(table.table.indexes ?? {})) {
    const prefix = spec.where === order.spec.where ? wholePrefixOf(where, spec.parts) : undefined;
    if (prefix === undefined) continue;
    const { index, nulls } = table.index(name);
    return widthOf(index, spanOf(nulls, { prefix, from: null, to: null }));
  }
  return undefined;
}
