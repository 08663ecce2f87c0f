/**
 * Answers aggregates from records held in memory: groups with their number and exact sums. Mostly that is one
 * pass over the records; where an index begins with what they are grouped by, its groups are counted by
 * stepping from one to the next. An answer is kept until a record changes, for its pages ask for it again.
 */
import { LedgerError } from '../ports/errors.ts';
import type { AggregateOptions, Group, GroupPage, Scalar, StoredRecord } from '../ports/store.ts';
import { textOf } from './answers.ts';
import { named, narrowest, recordsIn } from './candidates.ts';
import type { Reader } from './conditions.ts';
import type { OrderedIndex } from './ordered-index.ts';
import { wholePrefixOf } from './question-order.ts';
import type { RecordTable } from './record-table.ts';
import { ABOVE, encodeKey } from './sort-key.ts';

/** Stepping from group to group is given up where groups are, on the average, smaller than this. */
const WORTH_A_STEP = 64;
/** Records read through an index cost so much more than the same number in a pass over all. */
const INDEX_COST = 4;

/** A group while it is being counted. */
interface Bucket {
  readonly key: readonly Scalar[];
  count: number;
  readonly sums: Sum[];
}

/** One page of groups; see {@link AggregateOptions}. */
export function aggregateIn(table: RecordTable, options: AggregateOptions): GroupPage {
  const { where = [], search, groupBy, sums = [], after, limit = Number.POSITIVE_INFINITY } = options;
  if (after !== undefined && after.length !== groupBy.length) throw new LedgerError('cursor.invalid');
  const question = textOf([where, search, groupBy, sums]);
  const all = table.answers.groups(question, () => groupsOf(table, options));
  const start = after === undefined ? 0 : placeBehind(all, encodeKey(after, 'high'));
  const end = start + Math.max(limit, 0);
  const groups = all.slice(start, end);
  const last = groups.at(-1);
  return end < all.length && last !== undefined ? { groups, next: last.key } : { groups };
}

/** The place of the first group behind a key. */
function placeBehind(groups: readonly Group[], key: string): number {
  let low = 0;
  let high = groups.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (encodeKey((groups[middle] as Group).key, 'high') <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function groupsOf(table: RecordTable, options: AggregateOptions): readonly Group[] {
  const stepped = steppedGroups(table, options);
  if (stepped !== undefined) return stepped;
  const { groupBy, sums = [] } = options;
  const readers = groupBy.map((field) => table.reader(field));
  const summed = sums.map((field) => table.reader(field));
  const test = table.test(options);
  const found = new Buckets(readers, sums.length);
  for (const record of candidates(table, options)) {
    if (test !== undefined && !test(record)) continue;
    const bucket = found.of(record);
    bucket.count++;
    for (let i = 0; i < summed.length; i++) {
      const value = (summed[i] as Reader)(record);
      if (Number.isSafeInteger(value)) (bucket.sums[i] as Sum).add(value as number);
    }
  }
  return found.sorted();
}

/** The records that may be meant: those of the narrowest index at hand, or all. */
function candidates(table: RecordTable, { where = [] }: AggregateOptions): Iterable<StoredRecord> {
  const byId = named(table, where);
  if (byId !== undefined) return byId;
  const best = narrowest(table, where, (name, spec) => spec.where === undefined && table.isBuilt(name));
  if (best === undefined || best.width * INDEX_COST > table.records.size) return table.records.values();
  return recordsIn(table, best);
}

/** A sum without end: a plain number as long as it is exact, and what went beyond. */
class Sum {
  #near = 0;
  #far: bigint | undefined;

  /** @param value a safe integer */
  add(value: number): void {
    const sum = this.#near + value;
    if (Number.isSafeInteger(sum)) {
      this.#near = sum;
      return;
    }
    this.#far = (this.#far ?? 0n) + BigInt(this.#near);
    this.#near = value;
  }

  toString(): string {
    return this.#far === undefined ? String(this.#near) : String(this.#far + BigInt(this.#near));
  }
}

/** Groups by the values of their keys, level by level: no key has to be written as a text for a record. */
class Buckets {
  readonly #readers: readonly Reader[];
  readonly #sums: number;
  readonly #root = new Map<Scalar, unknown>();
  readonly #all: Bucket[] = [];

  constructor(readers: readonly Reader[], sums: number) {
    this.#readers = readers;
    this.#sums = sums;
  }

  of(record: StoredRecord): Bucket {
    const last = this.#readers.length - 1;
    if (last < 0) return this.#all[0] ?? this.#made([]);
    let level = this.#root;
    for (let i = 0; i < last; i++) {
      const value = (this.#readers[i] as Reader)(record);
      let next = level.get(value) as Map<Scalar, unknown> | undefined;
      if (next === undefined) level.set(value, (next = new Map()));
      level = next;
    }
    const value = (this.#readers[last] as Reader)(record);
    let bucket = level.get(value) as Bucket | undefined;
    if (bucket === undefined) {
      bucket = this.#made(this.#readers.map((read) => read(record)));
      level.set(value, bucket);
    }
    return bucket;
  }

  sorted(): Group[] {
    const rows = this.#all.map((bucket) => ({ bucket, key: encodeKey(bucket.key, 'high') }));
    rows.sort((a, b) => (a.key < b.key ? -1 : 1));
    return rows.map(({ bucket: { key, count, sums } }) => ({ key, count, sums: sums.map(String) }));
  }

  #made(key: readonly Scalar[]): Bucket {
    const bucket = { key, count: 0, sums: Array.from({ length: this.#sums }, () => new Sum()) };
    this.#all.push(bucket);
    return bucket;
  }
}

/** Groups counted by stepping along an index that begins with their key, behind equalities that are all asked. */
function steppedGroups(table: RecordTable, options: AggregateOptions): Group[] | undefined {
  const { where = [], search, groupBy, sums = [] } = options;
  if (search !== undefined || sums.length > 0 || groupBy.length === 0) return undefined;
  for (const [name, spec] of Object.entries(table.table.indexes ?? {})) {
    if (spec.where !== undefined || !table.isBuilt(name)) continue;
    const led = spec.parts.slice(0, where.length);
    const prefix = wholePrefixOf(where, led);
    const keyed = spec.parts.slice(where.length, where.length + groupBy.length);
    if (prefix === undefined || keyed.length !== groupBy.length) continue;
    if (!keyed.every((part, i) => part.name === groupBy[i])) continue;
    const readers = groupBy.map((field) => table.reader(field));
    const keyOf = (id: string) => {
      const record = table.records.get(id) as StoredRecord;
      return readers.map((read) => read(record));
    };
    return step(table.index(name).index, encodeKey(prefix, 'high'), keyOf);
  }
  return undefined;
}

function step(
  index: OrderedIndex,
  start: string,
  keyOf: (id: string) => readonly Scalar[],
): Group[] | undefined {
  const groups: Group[] = [];
  const end = index.rank(start + ABOVE);
  const first = index.rank(start);
  let rank = first;
  while (rank < end) {
    if (groups.length * WORTH_A_STEP > end - first + WORTH_A_STEP) return undefined;
    let key: readonly Scalar[] = [];
    index.walkRanks(rank, rank + 1, false, (id) => {
      key = keyOf(id);
      return false;
    });
    const behind = index.rank(start + encodeKey(key, 'high') + ABOVE);
    groups.push({ key, count: behind - rank, sums: [] });
    rank = behind;
  }
  return groups;
}
