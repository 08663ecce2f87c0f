/**
 * What lies in the database. Two object stores are the truth: `entries`, the journal, kept for good, and
 * `redo`, what each commit put and deleted, kept until a checkpoint. `chunks` holds the records as they
 * stood at the last checkpoint, and `meta` three small rows: the head, which checkpoint is the present one,
 * and where its chunks are.
 *
 * Records are written as JSON text, many in one row (`chunk-text.ts`): a row of an object store costs far
 * more than what is in it. A record gets an ordinal number when it is first put, by the order of the commits alone, so every
 * tab knows the same record under the same number, and a chunk is a run of ordinals.
 */
import type { DBSchema, IDBPDatabase } from 'idb';
import type { CommitBatch, JournalGroup, StoredRecord } from '../../../core/adapter-kit.ts';

/** Version of this layout, in tens: a repair has room between two layouts. */
export const LAYOUT = 10;

/** Records in one chunk. */
export const CHUNK = 512;

/** Where the journal ends and which database this is. Rewritten by every commit. */
export interface HeadRow {
  /** Gapless number of the last commit. */
  readonly commit: number;
  readonly seq: number;
  readonly link: string;
  /** Schema of the newest program that opened the database; an older one then only reads. */
  readonly schema: number;
  /** Made once: tells a database from another that was made under its name after it was deleted. */
  readonly origin: string;
}

/** Which checkpoint is in force. */
export interface CheckpointRow {
  /** Counts checkpoints. */
  readonly generation: number;
  /** Everything up to this commit is in the chunks; later commits are in `redo`. */
  readonly commit: number;
}

/** The chunks of one collection: next free ordinal, and the key of each chunk (null: an empty one). */
export interface ChunkList {
  readonly next: number;
  readonly keys: readonly (string | null)[];
}

/** Where everything is. Names of collections are data here, hence pairs. */
export interface DirectoryRow extends CheckpointRow {
  readonly collections: readonly (readonly [string, ChunkList])[];
}

export interface MetaRows {
  readonly head: HeadRow;
  readonly checkpoint: CheckpointRow;
  readonly directory: DirectoryRow;
}

export interface LedgerDatabase extends DBSchema {
  entries: { key: number; value: JournalGroup };
  redo: { key: number; value: RedoRow };
  chunks: { key: string; value: string };
  meta: { key: keyof MetaRows; value: MetaRows[keyof MetaRows] };
}

export type Database = IDBPDatabase<LedgerDatabase>;

export const objectStores = ['entries', 'redo', 'chunks', 'meta'] as const;

/** The name of the database behind `indexedDb(name)`. */
export const databaseName = (name: string): string => `lotledger:${name}`;

/** What one commit did, to be done again. Provisional numbers stay as they are until it is. */
export interface RedoRow {
  /** Unlike any other commit's: tells whether a row that is there is the one that was sent. */
  readonly by: string;
  /** What provisional numbers count from. */
  readonly firstSeq: number;
  /** JSON of a {@link Change}. */
  readonly text: string;
}

/** Records put and deleted, grouped by collection; the order within a collection is the commit's. */
interface Change {
  readonly puts: readonly (readonly [string, readonly StoredRecord[]])[];
  readonly deletes: readonly (readonly [string, readonly string[]])[];
}

/** What a commit changes, ready to be written or applied. */
export type Changes = Pick<CommitBatch, 'puts' | 'deletes'>;

function grouped<T, R>(rows: readonly T[], keyOf: (row: T) => string, of: (row: T) => R): [string, R[]][] {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(of(row));
    else groups.set(keyOf(row), [of(row)]);
  }
  return [...groups];
}

export function changesText({ puts, deletes }: Changes): string {
  const change: Change = {
    puts: grouped(
      puts,
      (put) => put.collection,
      (put) => put.record,
    ),
    deletes: grouped(
      deletes,
      (ref) => ref.collection,
      (ref) => ref.id,
    ),
  };
  return JSON.stringify(change);
}

export function readChanges(text: string): Changes {
  const change = JSON.parse(text) as Change;
  return {
    puts: change.puts.flatMap(([collection, records]) => records.map((record) => ({ collection, record }))),
    deletes: change.deletes.flatMap(([collection, ids]) => ids.map((id) => ({ collection, id }))),
  };
}
