/**
 * The memory store: the reference every other store is held against. The shared part keeps the records
 * and the journal; a handle is what one ledger opened, with its own watchers and its own end.
 */
import {
  type CommitBatch,
  type CommitOutcome,
  chainLink,
  GENESIS,
  type Head,
  Journal,
  type JournalGroup,
  LedgerError,
  RecordSet,
  type Snapshot,
  type Store,
  type StoreCapabilities,
  type SyncSnapshot,
  type Table,
} from '../../../core/adapter-kit.ts';

/** What all handles of one `memory()` share. */
export class MemoryData {
  readonly records: RecordSet;
  readonly journal = new Journal();
  readonly #listeners = new Set<(head: Head) => void>();
  /** The newest schema this data was opened with; an older handle must not write any more. */
  schema: number;
  #telling = false;

  constructor(tables: readonly Table[], schema: number) {
    this.records = new RecordSet(tables, { seq: 0, link: GENESIS });
    this.schema = schema;
  }

  commit(batch: CommitBatch): CommitOutcome {
    const { records } = this;
    const conflict = records.conflicts(batch);
    if (conflict.length > 0) return { done: false, conflict };
    const firstSeq = records.head.seq + 1;
    let head = records.head;
    if (batch.entries.length > 0) {
      const link = chainLink(head.link, batch.digest);
      head = { seq: head.seq + batch.entries.length, link };
      this.journal.append({ firstSeq, texts: batch.entries, digest: batch.digest, link });
    }
    records.apply(batch, firstSeq, head);
    this.#tell();
    return { done: true, firstSeq, head };
  }

  watch(listener: (head: Head) => void): () => void {
    // a wrapper of its own, so that one function may be watched with twice
    const own = (head: Head) => listener(head);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Tells watchers once per turn, after the commit is over: a listener may commit again. */
  #tell(): void {
    if (this.#telling || this.#listeners.size === 0) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      for (const listener of [...this.#listeners]) {
        // a listener's own failure is its host's, and keeps nobody else from hearing
        queueMicrotask(() => this.#listeners.has(listener) && listener(this.records.head));
      }
    });
  }
}

/** One opened handle. */
export class MemoryStore implements Store {
  readonly capabilities: StoreCapabilities = { durability: 'none', writers: 'many', persistent: false };
  readonly sync: SyncSnapshot;
  readonly #data: MemoryData;
  readonly #schema: number;
  readonly #ends = new Set<() => void>();
  #closed = false;

  constructor(data: MemoryData, schema: number) {
    this.#data = data;
    this.#schema = schema;
    this.sync = data.records;
  }

  async read<T>(fn: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    this.#mustBeOpen();
    return this.#data.records.read(fn);
  }

  async commit(batch: CommitBatch): Promise<CommitOutcome> {
    this.#mustBeOpen();
    if (this.#schema < this.#data.schema) throw new LedgerError('store.newer');
    return this.#data.commit(batch);
  }

  async tail(after: number, limit: number): Promise<JournalGroup[]> {
    this.#mustBeOpen();
    return this.#data.journal.tail(after, limit);
  }

  watch(listener: (head: Head) => void): () => void {
    this.#mustBeOpen();
    const end = this.#data.watch(listener);
    this.#ends.add(end);
    return () => {
      this.#ends.delete(end);
      end();
    };
  }

  /** Ends this handle; the records stay for other handles of the same adapter. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const end of this.#ends) end();
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new LedgerError('store.closed');
  }
}
