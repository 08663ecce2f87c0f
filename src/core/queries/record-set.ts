/**
 * All collections of one ledger held in memory, with the journal's head: what the memory store is, and
 * what a store with a disk keeps as its mirror. It checks a commit against expectations and unique keys,
 * applies it, and answers reads; it knows nothing of waiting, of disks or of other writers.
 */
import { LedgerError } from '../ports/errors.ts';
import {
  type AggregateOptions,
  type CommitBatch,
  type FindOptions,
  type FindPage,
  type GroupPage,
  type Head,
  PENDING_SEQ,
  type RangeOptions,
  type RecordRef,
  type Scalar,
  type Snapshot,
  type StoredRecord,
  type SyncSnapshot,
  type Table,
} from '../ports/store.ts';
import { FrozenView } from './frozen-view.ts';
import { aggregateIn } from './memory-aggregate.ts';
import { findIn, rangeIn } from './memory-find.ts';
import { RecordTable } from './record-table.ts';
import { uniqueKeyOf } from './sort-key.ts';

/** A record while its numbers are being resolved. */
type Writable = { -readonly [K in keyof StoredRecord]: StoredRecord[K] } & Record<string, unknown>;

/**
 * Replaces provisional numbers by real ones, in place: `version`, and the fields the table names in
 * `seqFields`. The record must belong to the caller: a store owns the records of a batch it has accepted.
 * @param firstSeq the number the commit's first entry was given
 */
export function resolveSeqs(table: Table, record: StoredRecord, firstSeq: number): void {
  const own = record as Writable;
  if (own.version >= PENDING_SEQ) own.version = firstSeq + (own.version - PENDING_SEQ);
  if (table.seqFields === undefined) return;
  for (const field of table.seqFields) {
    const value = own[field];
    if (typeof value === 'number' && value >= PENDING_SEQ) own[field] = firstSeq + (value - PENDING_SEQ);
  }
}

/** A copy of a record with its numbers resolved, for a store that may still have to give the commit up. */
export function withSeqs<R extends StoredRecord>(table: Table, record: R, firstSeq: number): R {
  const copy = { ...record };
  resolveSeqs(table, copy, firstSeq);
  return copy;
}

/**
 * Records of all collections, in memory. Its reading half is the port's {@link SyncSnapshot}.
 *
 * @example
 * const set = new RecordSet(Object.values(tables));
 * set.load('lots', recordsFromDisk);
 * set.head = { seq: 17, link };
 * const conflict = set.conflicts(batch);
 * if (conflict.length === 0) set.apply(batch, set.head.seq + 1, newHead);
 */
export class RecordSet implements SyncSnapshot {
  /** Where the journal ends; `apply` moves it on, and a mirror sets it after loading. */
  head: Head;
  readonly #tables = new Map<string, RecordTable>();
  readonly #views = new Set<FrozenView>();

  constructor(tables: readonly Table[], head: Head) {
    this.head = head;
    for (const table of tables) this.#tables.set(table.name, new RecordTable(table));
  }

  /** Adds the collections that are not there yet: a later program may open the same store. */
  addTables(tables: readonly Table[]): void {
    for (const table of tables) {
      if (!this.#tables.has(table.name)) this.#tables.set(table.name, new RecordTable(table));
    }
  }

  get(collection: string, id: string): StoredRecord | undefined {
    return this.#table(collection).records.get(id);
  }

  lookup(collection: string, unique: string, key: readonly Scalar[]): StoredRecord | undefined {
    return this.#table(collection).lookup(unique, key);
  }

  range(collection: string, index: string, options: RangeOptions): StoredRecord[] {
    return rangeIn(this.#table(collection), index, options);
  }

  find(collection: string, options: FindOptions): FindPage {
    return findIn(this.#table(collection), options);
  }

  aggregate(collection: string, options: AggregateOptions): GroupPage {
    return aggregateIn(this.#table(collection), options);
  }

  count(collection: string): number {
    return this.#table(collection).records.size;
  }

  /** Every record of a collection, in no promised order. */
  all(collection: string): Iterable<StoredRecord> {
    return this.#table(collection).records.values();
  }

  /** The declaration of a collection. */
  table(collection: string): Table {
    return this.#table(collection).table;
  }

  /** The names of all collections. */
  get collections(): string[] {
    return [...this.#tables.keys()];
  }

  /** Takes over records read from elsewhere, their numbers already real. Much faster than commits. */
  load(collection: string, records: Iterable<StoredRecord>): void {
    this.#table(collection).load(records);
  }

  /** Forgets every record of every collection, so that a mirror can be filled anew. */
  clear(): void {
    for (const [name, { table }] of this.#tables) this.#tables.set(name, new RecordTable(table));
  }

  /**
   * What stands against a commit: records whose version is not the expected one, and the holders of
   * unique keys that would be taken twice. Empty when it may be applied. Changes nothing.
   * A record stands at most once among a batch's puts and deletes.
   */
  conflicts(batch: CommitBatch): RecordRef[] {
    const found: RecordRef[] = [];
    for (const expected of batch.expects) {
      const version = this.#table(expected.collection).records.get(expected.id)?.version ?? 0;
      if (version !== expected.version) found.push({ collection: expected.collection, id: expected.id });
    }
    this.#uniqueConflicts(batch, found);
    for (const { collection } of batch.deletes) this.#table(collection);
    return found;
  }

  /**
   * Applies a commit that has no conflicts, and moves the head. The records are resolved in place and
   * belong to the set from here on. Cannot fail half way.
   * @param firstSeq number of the first entry, `head.seq + 1`
   */
  apply(batch: Pick<CommitBatch, 'puts' | 'deletes'>, firstSeq: number, head: Head): void {
    if (this.#views.size > 0) this.#keepForViews(batch);
    for (let i = 0; i < batch.puts.length; i++) {
      const { collection, record } = batch.puts[i] as CommitBatch['puts'][number];
      const table = this.#table(collection);
      resolveSeqs(table.table, record, firstSeq);
      table.put(record);
    }
    for (const { collection, id } of batch.deletes) this.#table(collection).remove(id);
    this.head = head;
  }

  /**
   * One consistent view for as long as `fn` runs, whatever is committed meanwhile. Nothing is copied
   * unless a collection changes while the view is open.
   */
  async read<T>(fn: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const view = new FrozenView(this, this.head);
    this.#views.add(view);
    try {
      return await fn(view);
    } finally {
      this.#views.delete(view);
    }
  }

  /** Adds the holders of unique keys that this commit would take from them, or twice. */
  #uniqueConflicts(batch: CommitBatch, found: RecordRef[]): void {
    const claims = new Map<object, Map<string, string>>();
    for (const { collection, record } of batch.puts) {
      const table = this.#table(collection);
      if (!table.hasUniques) continue;
      for (const unique of table.uniques) {
        const { parts, holders } = unique;
        const key = uniqueKeyOf(parts, record);
        const holder = key === undefined ? undefined : holders.get(key);
        if (key === undefined || holder === record.id) continue;
        let claimed = claims.get(unique);
        if (claimed === undefined) claims.set(unique, (claimed = new Map()));
        const other = claimed.get(key);
        if (other !== undefined) found.push({ collection, id: other });
        claimed.set(key, record.id);
        if (holder !== undefined && !leaves(batch, collection, holder, key, parts)) {
          found.push({ collection, id: holder });
        }
      }
    }
  }

  #keepForViews(batch: Pick<CommitBatch, 'puts' | 'deletes'>): void {
    const changed = new Set<string>();
    for (const { collection } of batch.puts) changed.add(collection);
    for (const { collection } of batch.deletes) changed.add(collection);
    for (const collection of changed) {
      const { table, records } = this.#table(collection);
      for (const view of this.#views) view.keep(table, records);
    }
  }

  #table(collection: string): RecordTable {
    const table = this.#tables.get(collection);
    if (table === undefined) {
      throw new LedgerError('query.unsupported', { details: { what: `collection ${collection}` } });
    }
    return table;
  }
}

/** Whether the holder of a unique key gives it up in the same commit. */
function leaves(
  batch: CommitBatch,
  collection: string,
  holder: string,
  key: string,
  parts: Parameters<typeof uniqueKeyOf>[0],
): boolean {
  for (const gone of batch.deletes) if (gone.collection === collection && gone.id === holder) return true;
  for (const put of batch.puts) {
    if (put.collection === collection && put.record.id === holder) {
      return uniqueKeyOf(parts, put.record) !== key;
    }
  }
  return false;
}
