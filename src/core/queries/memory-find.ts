/**
 * Answers ranges and questions from records held in memory. A question is answered on one of two ways:
 * along its order, looking at records until the page is full; or from the few records that an equality
 * can mean, which are then sorted. The second is taken when an index says that they are few.
 */
import { LedgerError } from '../ports/errors.ts';
import type {
  Condition,
  FindOptions,
  FindPage,
  IndexPart,
  IndexSpec,
  RangeOptions,
  Scalar,
  StoredRecord,
} from '../ports/store.ts';
import { searchTest, type Test, testOf } from './conditions.ts';
import type { ReadyIndex, RecordTable } from './record-table.ts';
import {
  ABOVE,
  AFTER_VALUES,
  encodeKey,
  encodeRecord,
  encodeScalar,
  FIRST_VALUE,
  type Nulls,
  positionOf,
} from './sort-key.ts';

/** Keys from `low` to before `high`. */
interface Span {
  readonly low: string;
  readonly high: string;
}

/** So few candidates are gathered and sorted whatever else there is. */
const FEW = 1_000;

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
  const reverse = options.reverse === true;
  const ready = table.index(name, reverse);
  const bounds = spanOf(ready.nulls, options.prefix ?? [], options.from ?? null, options.to ?? null);
  const { low, high } = beyond(bounds, spec, options.after, reverse);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const records: StoredRecord[] = [];
  if (limit <= 0) return records;
  ready.index.walk(low, high, reverse, (id) => {
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
  const spec = table.spec(options.order);
  const test = testOfQuestion(table, options);
  const few = fewCandidates(table, options, spec);
  if (few !== undefined) return pageOfCandidates(few, spec, options, test);
  const page = pageAlongOrder(table, spec, options, test);
  return options.total === true ? { ...page, total: countMatches(table, options, spec, test) } : page;
}

function spanOf(nulls: Nulls, prefix: readonly Scalar[], from: Scalar, to: Scalar): Span {
  const start = encodeKey(prefix, nulls);
  if (from === null && to === null) return { low: start, high: start + ABOVE };
  const low = from === null ? FIRST_VALUE : encodeScalar(from, nulls);
  const high = to === null ? (nulls === 'high' ? AFTER_VALUES : ABOVE) : encodeScalar(to, nulls) + ABOVE;
  return { low: start + low, high: start + high };
}

/** What of a span follows a position, in the direction of reading. */
function beyond(span: Span, spec: IndexSpec, after: readonly Scalar[] | undefined, reverse: boolean): Span {
  if (after === undefined) return span;
  if (after.length !== spec.parts.length + 1) throw new LedgerError('cursor.invalid');
  // downwards, nulls stand lowest; an index shared by both directions holds none, but a position may
  const key = encodeKey(after, reverse ? 'low' : 'high');
  if (reverse) return key < span.high ? { low: span.low, high: key } : span;
  // no key lies between a whole key and the same with one character more
  const next = `${key}\u0000`;
  return next > span.low ? { low: next, high: span.high } : span;
}

function testOfQuestion(table: RecordTable, options: FindOptions): Test | undefined {
  const reader = (field: string) => table.reader(field);
  const tests = (options.where ?? []).map((condition) => testOf(condition, reader(condition.field)));
  if (options.search !== undefined) tests.push(searchTest(table.table, options.search, reader));
  if (tests.length < 2) return tests[0];
  return (record) => {
    for (const test of tests) if (!test(record)) return false;
    return true;
  };
}

const equalTo = (where: readonly Condition[], part: IndexPart): Scalar | undefined => {
  for (const condition of where) {
    if (condition.field !== part.name) continue;
    if (condition.op === 'eq') return condition.value;
    if (condition.op === 'null' && condition.value) return null;
  }
  return undefined;
};

/** The equalities a question states of the first parts of an index, as a prefix. */
function prefixOf(where: readonly Condition[], parts: readonly IndexPart[]): Scalar[] {
  const prefix: Scalar[] = [];
  for (const part of parts) {
    const value = equalTo(where, part);
    if (value === undefined) break;
    prefix.push(value);
  }
  return prefix;
}

/** The span of an index that the conditions on its leading parts leave. */
function narrowed(where: readonly Condition[], parts: readonly IndexPart[], nulls: Nulls): Span {
  const prefix = prefixOf(where, parts);
  const next = parts[prefix.length];
  let from: Scalar = null;
  let to: Scalar = null;
  for (const condition of where) {
    if (next === undefined || condition.field !== next.name) continue;
    if (condition.op === 'from') from = condition.value;
    else if (condition.op === 'to') to = condition.value;
  }
  return spanOf(nulls, prefix, from, to);
}

const widthOf = ({ index }: ReadyIndex, { low, high }: Span): number =>
  low < high ? index.rank(high) - index.rank(low) : 0;

/** The records an equality can mean, when they are few beside those the order would be walked along. */
function fewCandidates(
  table: RecordTable,
  options: FindOptions,
  order: IndexSpec,
): StoredRecord[] | undefined {
  const where = options.where ?? [];
  if (where.length === 0) return undefined;
  const size = table.records.size;
  // as many as it is worth to sort rather than to walk: far fewer than a walk would look at
  const worth = Math.max(FEW, Math.sqrt(size * Math.max(options.limit, 1)));
  const byId = where.find((one) => one.field === 'id' && (one.op === 'eq' || one.op === 'in'));
  if (byId !== undefined) {
    const ids = byId.op === 'in' ? new Set(byId.values) : byId.op === 'eq' ? [byId.value] : [];
    return [...ids].flatMap((id) => table.records.get(id as string) ?? []);
  }
  if (size <= FEW) return undefined;
  let best: { ready: ReadyIndex; span: Span; width: number } | undefined;
  for (const [name, spec] of Object.entries(table.table.indexes ?? {})) {
    if (spec.where !== undefined && spec.where !== order.where) continue;
    if (prefixOf(where, spec.parts).length === 0) continue;
    const ready = table.index(name);
    const span = narrowed(where, spec.parts, ready.nulls);
    const width = widthOf(ready, span);
    if (width <= worth && width < (best?.width ?? Number.POSITIVE_INFINITY)) best = { ready, span, width };
  }
  if (best === undefined) return undefined;
  const found: StoredRecord[] = [];
  best.ready.index.walk(best.span.low, best.span.high, false, (id) => {
    found.push(table.records.get(id) as StoredRecord);
    return true;
  });
  return found;
}

/** Filters, sorts and pages records at hand. */
function pageOfCandidates(
  candidates: readonly StoredRecord[],
  spec: IndexSpec,
  options: FindOptions,
  test: Test | undefined,
): FindPage {
  const reverse = options.reverse === true;
  const nulls: Nulls = reverse ? 'low' : 'high';
  const rows: { key: string; record: StoredRecord }[] = [];
  for (const record of candidates) {
    if (spec.where !== undefined && !spec.where(record as never)) continue;
    if (test !== undefined && !test(record)) continue;
    rows.push({ key: encodeRecord(spec.parts, record, nulls), record });
  }
  rows.sort((a, b) => (a.key < b.key !== reverse ? -1 : 1));
  const all = { low: '', high: ABOVE };
  const { low, high } = beyond(all, spec, options.after, reverse);
  const start = reverse ? rows.findIndex((row) => row.key < high) : rows.findIndex((row) => row.key >= low);
  const rest = start < 0 ? [] : rows.slice(start);
  const page = pageOf(
    rest.slice(0, Math.max(options.limit, 0)).map((row) => row.record),
    rest.length > options.limit,
    spec,
  );
  return options.total === true ? { ...page, total: rows.length } : page;
}

/** Walks along the order from the position on, until the page is full and one more is seen. */
function pageAlongOrder(
  table: RecordTable,
  spec: IndexSpec,
  options: FindOptions,
  test: Test | undefined,
): FindPage {
  const reverse = options.reverse === true;
  const ready = table.index(options.order, reverse);
  const span = narrowed(options.where ?? [], spec.parts, ready.nulls);
  const { low, high } = beyond(span, spec, options.after, reverse);
  const records: StoredRecord[] = [];
  let more = false;
  ready.index.walk(low, high, reverse, (id) => {
    const record = table.records.get(id) as StoredRecord;
    if (test !== undefined && !test(record)) return true;
    if (records.length >= options.limit) more = true;
    else records.push(record);
    return !more;
  });
  return pageOf(records, more, spec);
}

function pageOf(records: StoredRecord[], more: boolean, spec: IndexSpec): FindPage {
  const last = records.at(-1);
  return more && last !== undefined ? { records, next: positionOf(spec.parts, last) } : { records };
}

/**
 * The exact number of matches: read off an index where that can be, else counted by looking at every record
 * the order leaves; once, as long as nothing changes, because every page of a list asks again.
 */
function countMatches(
  table: RecordTable,
  options: FindOptions,
  spec: IndexSpec,
  test: Test | undefined,
): number {
  const counted = countable(table, options, spec);
  if (counted !== undefined) return counted;
  const { where = [], search } = options;
  const partial = spec.where === undefined ? '' : options.order;
  return table.counted(JSON.stringify([partial, where, search]), () => {
    const ready = table.index(options.order);
    const span = narrowed(where, spec.parts, ready.nulls);
    let count = 0;
    ready.index.walk(span.low, span.high, false, (id) => {
      if (test === undefined || test(table.records.get(id) as StoredRecord)) count++;
      return true;
    });
    return count;
  });
}

/** The number of matches where an index alone can tell it: every condition is an equality it begins with. */
function countable(table: RecordTable, options: FindOptions, order: IndexSpec): number | undefined {
  const where = options.where ?? [];
  if (options.search !== undefined) return undefined;
  if (where.length === 0 && order.where === undefined) return table.records.size;
  for (const [name, spec] of Object.entries(table.table.indexes ?? {})) {
    if (spec.where !== order.where) continue;
    const prefix = prefixOf(where, spec.parts);
    // one condition per part, or two on one field would be counted as one
    if (prefix.length !== where.length) continue;
    if (new Set(where.map((condition) => condition.field)).size !== where.length) continue;
    const ready = table.index(name);
    return widthOf(ready, spanOf(ready.nulls, prefix, null, null));
  }
  return undefined;
}
