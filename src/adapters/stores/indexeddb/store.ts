/**
 * The Store over IndexedDB: reads come from a mirror in memory, commits go to disk first and to the mirror
 * after. Everything that changes the mirror runs one after the other on one line.
 */
import { nanoid } from 'nanoid';
import {
  type CommitBatch,
  type CommitOutcome,
  type Head,
  type JournalGroup,
  LedgerError,
  type Snapshot,
  type Store,
  type StoreCapabilities,
  type SyncSnapshot,
} from '../../../core/adapter-kit.ts';
import { catchUp } from './catch-up.ts';
import { Checkpoints } from './checkpoint.ts';
import type { Connection } from './connection.ts';
import { failure, isLost } from './failures.ts';
import { stampHead } from './head.ts';
import { type Hints, joinHints, noHints } from './hints.ts';
import { changesText } from './layout.ts';
import type { Mirror } from './mirror.ts';
import { readTail } from './tail.ts';
import { type Attempt, attempt, Failed, type Fate, fateOf, type Intent, type Prepared } from './write.ts';

/** How often a commit starts again because other tabs dropped what it needed to follow them. */
const TRIES = 20;

/** Reading and writing may take this many times as long as opening. */
const PATIENCE = 4;

/** A store over IndexedDB; `checkpoint` may be called, and otherwise happens by itself. */
export interface IndexedDbStore extends Store {
  readonly sync: SyncSnapshot;
  refresh(): Promise<void>;
  /**
   * Writes what changed since the last checkpoint into chunks and drops the redo rows it replaces. Answers
   * whether it did: false when nothing had changed, or another tab was at it.
   */
  checkpoint(): Promise<boolean>;
}

export class MirroredStore implements IndexedDbStore {
  readonly capabilities: StoreCapabilities = { durability: 'strict', writers: 'many', persistent: true };
  readonly sync: SyncSnapshot;
  readonly #connection: Connection;
  readonly #mirror: Mirror;
  readonly #schema: number;
  readonly #hints: Hints;
  readonly #checkpoints: Checkpoints;
  readonly #listeners = new Set<(head: Head) => void>();
  readonly #tab = nanoid();
  #commits = 0;
  #line: Promise<unknown> = Promise.resolve();
  #refreshing: Promise<void> | undefined;
  #closed = false;

  constructor(connection: Connection, mirror: Mirror, schema: number, hints: boolean) {
    this.#connection = connection;
    this.#mirror = mirror;
    this.#schema = schema;
    this.sync = mirror.records;
    this.#hints = hints ? joinHints(connection.name, (commit) => this.#hear(commit)) : noHints;
    this.#checkpoints = new Checkpoints(connection, mirror, {
      refresh: () => this.refresh(),
      done: () => this.#hints.tell(mirror.commit),
    });
    if (!this.#newer) this.#checkpoints.consider();
  }

  async read<T>(fn: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    await this.refresh();
    return this.#mirror.records.read(fn);
  }

  /** Follows what other tabs have committed before this call. */
  refresh(): Promise<void> {
    if (this.#closed) return Promise.reject(new LedgerError('store.closed'));
    // one that waits its turn will see all that is there now; one that runs may have looked already
    this.#refreshing ??= this.#inLine(async () => {
      this.#refreshing = undefined;
      await this.#catchUp();
    });
    return this.#refreshing;
  }

  commit(batch: CommitBatch): Promise<CommitOutcome> {
    if (this.#closed) return Promise.reject(new LedgerError('store.closed'));
    return this.#inLine(() => this.#commit(batch));
  }

  async tail(after: number, limit: number): Promise<JournalGroup[]> {
    // nobody shall hear of an entry whose records the mirror does not show yet
    await this.refresh();
    const { seq } = this.#mirror.records.head;
    return this.#connection.reading((database) => readTail(database, after, limit, seq), this.#patience);
  }

  watch(listener: (head: Head) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  checkpoint(): Promise<boolean> {
    if (this.#closed) return Promise.reject(new LedgerError('store.closed'));
    if (this.#newer) return Promise.reject(new LedgerError('store.newer'));
    return this.#checkpoints.run();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#hints.close();
    this.#listeners.clear();
    await this.#line;
    await this.#checkpoints.stop();
    this.#connection.close();
  }

  /** Milliseconds that reading or writing may take. */
  get #patience(): number {
    return this.#connection.limit * PATIENCE;
  }

  get #newer(): boolean {
    return this.#connection.newer || this.#mirror.schema > this.#schema;
  }

  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#line.then(work);
    this.#line = turn.catch(() => {});
    return turn;
  }

  #hear(commit: number): void {
    // also a checkpoint is told, with a commit that is known already
    if (commit >= this.#mirror.commit && !this.#closed) this.refresh().catch(() => {});
  }

  async #catchUp(): Promise<void> {
    const changed = await this.#connection.reading(async (database) => {
      const moved = await catchUp(database, this.#mirror, false);
      if (this.#mirror.origin === '') await stampHead(database, this.#mirror, this.#schema);
      return moved;
    }, this.#patience);
    if (changed) this.#publish();
  }

  #publish(): void {
    const { head } = this.#mirror.records;
    for (const listener of [...this.#listeners]) {
      try {
        listener(head);
      } catch (error) {
        // a listener's own fault must not make a commit that is written look as if it were not
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  async #commit(batch: CommitBatch): Promise<CommitOutcome> {
    const before = this.#mirror.commit;
    try {
      return await this.#tryToCommit(batch);
    } finally {
      // also a commit that was refused may have followed other tabs
      if (this.#mirror.commit !== before) this.#publish();
    }
  }

  async #tryToCommit(batch: CommitBatch): Promise<CommitOutcome> {
    if (this.#newer) throw new LedgerError('store.newer');
    const by = `${this.#tab}.${++this.#commits}`;
    const intent: Intent = { batch, text: changesText(batch), by, schema: this.#schema };
    // what stands against it may have gone meanwhile: then it is looked at again with the head in hand
    let bold = this.#mirror.records.conflicts(batch).length === 0;
    for (let tries = 0; tries < TRIES; tries++) {
      const written = await this.#write(intent, bold);
      if (written.end === 'done') return this.#written(batch, written.prepared);
      if (written.end === 'conflict') return { done: false, conflict: written.conflict };
      if (written.end === 'unknown') return { done: false, unknown: true, cause: written.cause };
      // behind even with the head in hand: the redo it needs was dropped, or the database is another one
      if (!bold) await this.#catchUp();
      bold = false;
    }
    throw new LedgerError('store.busy', { details: { tries: TRIES } });
  }

  #written(batch: CommitBatch, { firstSeq, head, redo }: Prepared): CommitOutcome {
    this.#mirror.follow(batch, firstSeq, head, redo.text.length);
    this.#hints.tell(this.#mirror.commit);
    this.#checkpoints.consider();
    return { done: true, firstSeq, head };
  }

  /**
   * Writes; where the connection dies, looks up what became of it, and tries once more.
   * @throws LedgerError when nothing was written
   */
  async #write(intent: Intent, bold: boolean): Promise<Attempt | { end: 'unknown'; cause: unknown }> {
    for (let round = 1; ; round++) {
      // opening has its own way to fail, and then nothing was sent
      const database = await this.#connection.database();
      if (this.#connection.newer) throw new LedgerError('store.newer');
      try {
        return await attempt(database, this.#mirror, intent, bold, this.#patience);
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        const { prepared, cause } = error;
        if (!isLost(cause)) throw failure(cause);
        this.#connection.drop();
        const fate = prepared ? await this.#fateOf(prepared) : 'absent';
        if (fate === 'written' && prepared) return { end: 'done', prepared };
        if (fate !== 'absent') return { end: 'unknown', cause };
        if (round > 1) throw failure(cause);
      }
    }
  }

  #fateOf(prepared: Prepared): Promise<Fate> {
    return this.#connection
      .reading((database) => fateOf(database, prepared), this.#patience)
      .catch(() => 'unknown');
  }
}
