/**
 * A view of a record set as it was when reading began. It reads from the set itself, until a commit is
 * about to change a collection: then the view keeps that collection's records as they are. Commits never
 * wait for readers, and readers never for commits.
 */
import type {
  AggregateOptions,
  FindOptions,
  FindPage,
  GroupPage,
  Head,
  RangeOptions,
  Scalar,
  Snapshot,
  StoredRecord,
  SyncSnapshot,
  Table,
} from '../ports/store.ts';
import { aggregateIn } from './memory-aggregate.ts';
import { findIn, rangeIn } from './memory-find.ts';
import { RecordTable } from './record-table.ts';

export class FrozenView implements Snapshot {
  readonly head: Head;
  readonly #live: SyncSnapshot;
  readonly #kept = new Map<string, RecordTable>();

  constructor(live: SyncSnapshot, head: Head) {
    this.#live = live;
    this.head = head;
  }

  /** Called before a collection changes for the first time since this view began. */
  keep(table: Table, records: ReadonlyMap<string, StoredRecord>): void {
    if (this.#kept.has(table.name)) return;
    const kept = new RecordTable(table);
    kept.load(records.values());
    this.#kept.set(table.name, kept);
  }

  async get(collection: string, ids: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    const kept = this.#kept.get(collection);
    return ids.map((id) => (kept === undefined ? this.#live.get(collection, id) : kept.records.get(id)));
  }

  async lookup(
    collection: string,
    unique: string,
    key: readonly Scalar[],
  ): Promise<StoredRecord | undefined> {
    const kept = this.#kept.get(collection);
    return kept === undefined ? this.#live.lookup(collection, unique, key) : kept.lookup(unique, key);
  }

  async range(collection: string, index: string, options: RangeOptions): Promise<StoredRecord[]> {
    const kept = this.#kept.get(collection);
    return kept === undefined ? this.#live.range(collection, index, options) : rangeIn(kept, index, options);
  }

  async find(collection: string, options: FindOptions): Promise<FindPage> {
    const kept = this.#kept.get(collection);
    return kept === undefined ? this.#live.find(collection, options) : findIn(kept, options);
  }

  async aggregate(collection: string, options: AggregateOptions): Promise<GroupPage> {
    const kept = this.#kept.get(collection);
    return kept === undefined ? this.#live.aggregate(collection, options) : aggregateIn(kept, options);
  }

  async count(collection: string): Promise<number> {
    return this.#kept.get(collection)?.records.size ?? this.#live.count(collection);
  }
}
