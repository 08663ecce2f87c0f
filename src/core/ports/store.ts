/**
 * The Store port: what a host that has a *database* implements. It knows nothing of lots: versioned JSON
 * records in declared collections, and a journal of exact texts. Everything the ledger needs to be right
 * under concurrency is in `commit`: expected versions, unique indexes, gapless sequence numbers and the
 * chain link, all decided by the store inside one transaction.
 */

/** A JSON scalar an index or a question can compare. */
export type Scalar = string | number | boolean | null;

/**
 * One stored record. `id` is unique in its collection; `version` is the `seq` of the entry that wrote it
 * last (see {@link PENDING_SEQ}), so a version is never used twice, not even after a delete.
 */
export interface StoredRecord {
  readonly id: string;
  readonly version: number;
}

/**
 * Sequence numbers are given by the store during the commit, but records carry them before. A number at or
 * above this mark means "the n-th entry of this commit": `PENDING_SEQ + n` (n from 0) becomes
 * `firstSeq + n`. It is larger than every real sequence, so it also sorts last, where it belongs.
 * In a commit without entries `PENDING_SEQ` becomes the head's seq + 1.
 * Only the fields a table names in `seqFields` (and `version`, always) are resolved; a number that is real
 * already stays as it is, so that records can be built anew under the versions they had.
 */
export const PENDING_SEQ = 2 ** 52;

/** How a collection is kept: declared once, in `tables.ts`, and given to the store when it is opened. */
export interface Table {
  readonly name: string;
  /** Top-level record fields that hold a sequence number to resolve, besides `version`. */
  readonly seqFields?: readonly string[];
  /** Unique indexes: the store refuses a second record with the same key (a `null` part exempts a record). */
  readonly unique?: Readonly<Record<string, readonly IndexPart[]>>;
  /** Ordered indexes. The record's id is always the last, implicit part. */
  readonly indexes?: Readonly<Record<string, IndexSpec>>;
  /** What a quick search looks through. Texts are folded with `fold` of rules/text.ts. */
  readonly search?: readonly IndexPart[];
  /** Further values that questions may compare, group by and add up; no index holds them. */
  readonly fields?: readonly IndexPart[];
}

/** One part of a key: the name of the value and how it is read from a record. Pure. */
export interface IndexPart {
  readonly name: string;
  readonly of: (record: never) => Scalar;
}

/** An ordered index: the parts of its key, and which records it holds. */
export interface IndexSpec {
  readonly parts: readonly IndexPart[];
  /** Records for which this answers false are not in the index. */
  readonly where?: (record: never) => boolean;
  /** Mostly asked for by its first part alone: a store in memory may keep its records together by that. */
  readonly grouped?: boolean;
}

/** Ordered access to one index. `null` sorts last in both directions; strings by code points. */
export interface RangeOptions {
  /** Equal leading parts. */
  readonly prefix?: readonly Scalar[];
  /** Lower bound of the part after the prefix, inclusive. */
  readonly from?: Scalar;
  /** Upper bound of the part after the prefix, inclusive. */
  readonly to?: Scalar;
  /** Start after this position: a whole key (all parts, then the id), as an earlier answer gave it. */
  readonly after?: readonly Scalar[];
  readonly limit?: number;
  readonly reverse?: boolean;
}

/** A comparison of a question. Fields are names of index parts or top-level fields of the record. */
export type Condition =
  | { readonly field: string; readonly op: 'eq' | 'ne'; readonly value: Scalar }
  | { readonly field: string; readonly op: 'in'; readonly values: readonly Scalar[] }
  | { readonly field: string; readonly op: 'from' | 'to'; readonly value: Exclude<Scalar, null> }
  /** `%` any run, `_` one character, `\` escapes; folded like the search. */
  | { readonly field: string; readonly op: 'like'; readonly pattern: string }
  | { readonly field: string; readonly op: 'null'; readonly value: boolean };

/** A question to one collection: conjunctive conditions, one declared order, one page. */
export interface FindOptions {
  readonly where?: readonly Condition[];
  /** Name of an index of the table; its parts give the order, the id breaks ties. */
  readonly order: string;
  readonly reverse?: boolean;
  /**
   * Further orders in turn, each the first part of an index; then only the first part of `order` counts
   * too, and the id, upwards whichever way the orders run, breaks what ties remain. `null` is last in every
   * one of them. A `where` of the index counts for `order` alone. An empty list is the same as none.
   */
  readonly then?: readonly Sort[];
  /** After this position: the whole key of `order`, or with `then` one value per order; then the id. */
  readonly after?: readonly Scalar[];
  /**
   * Leaves out so many from the start, a whole number from 0; beyond the end the page is empty. Together with
   * `after` it is refused (`query.unsupported`).
   */
  readonly skip?: number;
  readonly limit: number;
  /** Quick search: the folded text occurs in a search part, or one of the `or` conditions holds. */
  readonly search?: { readonly text: string; readonly or?: readonly Condition[] };
  /**
   * Ask for the number of all records that match: exact, or counted up to a whole number and no further; up to
   * 0 is to ask whether there are any.
   */
  readonly total?: boolean | number;
}

/** One order among several. */
export interface Sort {
  /** Name of an index of the table; its first part counts. */
  readonly order: string;
  readonly reverse?: boolean;
}

/** One page of a question's answer. */
export interface FindPage<R = StoredRecord> {
  readonly records: readonly R[];
  /** The position of the last record; absent when nothing follows. */
  readonly next?: readonly Scalar[];
  readonly total?: number;
  /** There are more than `total`: the count was to stop there. */
  readonly capped?: true;
}

/** Groups of records with their number and sums: value lists, group rows, totals. */
export interface AggregateOptions {
  readonly where?: readonly Condition[];
  readonly search?: FindOptions['search'];
  /** Names of index parts or fields, as in a condition; none makes one group of all. */
  readonly groupBy: readonly string[];
  /** Fields that hold whole numbers; what is none, or lies beyond ±(2^53 − 1), counts as 0. */
  readonly sums?: readonly string[];
  /** Groups after this key, whether there is such a group or not. */
  readonly after?: readonly Scalar[];
  readonly limit?: number;
}

/** One group: its key, one value per `groupBy`, how many records, and the exact sums as decimal integers. */
export interface Group {
  readonly key: readonly Scalar[];
  readonly count: number;
  readonly sums: readonly string[];
}

/** Groups in the order of their keys: booleans, numbers, texts, `null` last; none of them is empty. */
export interface GroupPage {
  readonly groups: readonly Group[];
  /** The key of the last group; absent when nothing follows. */
  readonly next?: readonly Scalar[];
}

/** Reads within one consistent view. Asynchronous: a store over a wire or a disk. */
export interface Snapshot {
  readonly head: Head;
  get(collection: string, ids: readonly string[]): Promise<(StoredRecord | undefined)[]>;
  lookup(collection: string, unique: string, key: readonly Scalar[]): Promise<StoredRecord | undefined>;
  range(collection: string, index: string, options: RangeOptions): Promise<StoredRecord[]>;
  find(collection: string, options: FindOptions): Promise<FindPage>;
  aggregate(collection: string, options: AggregateOptions): Promise<GroupPage>;
  count(collection: string): Promise<number>;
}

/** The same without waiting, for stores that hold their records in memory. */
export interface SyncSnapshot {
  readonly head: Head;
  get(collection: string, id: string): StoredRecord | undefined;
  lookup(collection: string, unique: string, key: readonly Scalar[]): StoredRecord | undefined;
  range(collection: string, index: string, options: RangeOptions): StoredRecord[];
  find(collection: string, options: FindOptions): FindPage;
  aggregate(collection: string, options: AggregateOptions): GroupPage;
  count(collection: string): number;
  /** Every record of a collection, in no promised order; verify compares with it. */
  all(collection: string): Iterable<StoredRecord>;
}

/** Where the journal ends: the last sequence number and the chain's last link (hex; zeros at the start). */
export interface Head {
  readonly seq: number;
  readonly link: string;
}

/** A record to write whole, new or in place of the one with its id. */
export interface Put {
  readonly collection: string;
  readonly record: StoredRecord;
}

/** A record by collection and id. */
export interface RecordRef {
  readonly collection: string;
  readonly id: string;
}

/** One atomic commit. All or nothing. */
export interface CommitBatch {
  /** Versions the decision was made on; an absent record has version 0. */
  readonly expects: readonly (RecordRef & { readonly version: number })[];
  readonly puts: readonly Put[];
  readonly deletes: readonly RecordRef[];
  /** Exact texts of the journal entries, one per accepted command. May be empty (only side records). */
  readonly entries: readonly string[];
  /** `textsDigest(entries)`; the store makes `link = chainLink(head.link, digest)`. Empty without entries. */
  readonly digest: string;
}

/** What became of a commit: written, refused because something had changed, or not known. */
export type CommitOutcome =
  | { readonly done: true; readonly firstSeq: number; readonly head: Head }
  /** Nothing was written; these records (or unique keys' holders) are not as expected. */
  | { readonly done: false; readonly conflict: readonly RecordRef[] }
  /** The line died after sending: it may or may not be written. */
  | { readonly done: false; readonly unknown: true; readonly cause?: unknown };

/** One commit's entries as the journal keeps them. */
export interface JournalGroup {
  readonly firstSeq: number;
  readonly texts: readonly string[];
  readonly digest: string;
  readonly link: string;
}

/** What a store promises: how durable a commit is, and whether others write too. */
export interface StoreCapabilities {
  readonly durability: 'none' | 'relaxed' | 'strict';
  /** Other writers may commit to the same store. */
  readonly writers: 'one' | 'many';
  readonly persistent: boolean;
}

/** An open store: reads in one consistent view, commits all or nothing, keeps the journal for good. */
export interface Store {
  readonly capabilities: StoreCapabilities;
  /** Present where records are in memory: the engine then never waits for a read. Always the latest view. */
  readonly sync?: SyncSnapshot;
  /** Brings a mirror up to date with other writers, where there are any. */
  refresh?(): Promise<void>;
  read<T>(fn: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  commit(batch: CommitBatch): Promise<CommitOutcome>;
  /** Groups holding entries after `after`, oldest first, at most `limit` groups. */
  tail(after: number, limit: number): Promise<JournalGroup[]>;
  /**
   * Present where something is kept besides the records and written when they are: columns, search texts, what is
   * known of a collection. Compares all of it with what the records say, within one view and without holding
   * them all in memory.
   * @returns the first record for which it differs; undefined where nothing does
   */
  check?(): Promise<{ readonly collection: string; readonly key: string } | undefined>;
  /** Hints that somebody (this store object or another writer) committed; never the only way to know. */
  watch(listener: (head: Head) => void): () => void;
  close(): Promise<void>;
}

/** What `memory()`, `indexedDb(name)` … return: how to open a store with the ledger's tables. */
export interface StoreAdapter {
  readonly kind: 'store';
  readonly name: string;
  open(tables: readonly Table[], schema: number): Promise<Store>;
}
