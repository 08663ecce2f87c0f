/**
 * A small durable store for testing the kit itself: its disk is an object that outlives its programs. It
 * can be opened with one flaw, and the kit has to notice it.
 */
import {
  type CommitBatch,
  type CommitOutcome,
  chainLink,
  GENESIS,
  type Head,
  type JournalGroup,
  LedgerError,
  RecordSet,
  type Snapshot,
  type Store,
  type StoreCapabilities,
  type StoredRecord,
  type SyncSnapshot,
  type Table,
  withSeqs,
} from '../../src/core/adapter-kit.ts';
import { instead, spoilt } from './paper-answers.ts';
import type { Flaw } from './paper-harness.ts';

interface Commit {
  readonly group: JournalGroup;
  readonly changes: string;
}

/** What outlives a program. */
export class Paper {
  schema = 0;
  commits: Commit[] = [];
  /** Records as of so many commits, and how many of the commits before were thrown away. */
  checkpoint: { at: number; records: string } | undefined;
  redoFrom = 0;
  held = false;
  full = false;
  readonly handles = new Set<PaperStore>();
}

/** What a dead program answers. */
export const never = new Promise<never>(() => {});
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

export class PaperStore implements Store {
  readonly capabilities: StoreCapabilities = { durability: 'strict', writers: 'many', persistent: true };
  readonly sync: SyncSnapshot;
  readonly #paper: Paper;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #schema: number;
  readonly #flaw: Flaw | undefined;
  readonly #set: RecordSet;
  readonly #listeners = new Set<(head: Head) => void>();
  #followed = 0;
  #closed = false;
  #dead = false;
  /** What happens to the next commit. */
  next: 'lost before' | 'lost after' | 'dropped' | undefined;
  point: { readonly name: string; readonly strike: () => void } | undefined;

  constructor(paper: Paper, tables: readonly Table[], schema: number, flaw: Flaw | undefined) {
    this.#paper = paper;
    this.#tables = new Map(tables.map((table) => [table.name, table]));
    this.#schema = schema;
    this.#flaw = flaw;
    this.#set = new RecordSet(tables, { seq: 0, link: GENESIS });
    this.sync = spoilt(this.#set, flaw);
    if (paper.checkpoint !== undefined) {
      const records = JSON.parse(paper.checkpoint.records) as Record<string, StoredRecord[]>;
      for (const [name, list] of Object.entries(records))
        if (this.#tables.has(name)) this.#set.load(name, list);
      this.#followed = paper.checkpoint.at;
      this.#set.head = headAt(paper, this.#followed);
    }
    this.#follow();
    paper.handles.add(this);
  }

  async refresh(): Promise<void> {
    if (!this.#dead) this.#follow();
  }

  async read<T>(fn: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    this.#mustBeOpen();
    return this.#set.read(async (snapshot) => {
      if (this.sync === this.#set) return fn(snapshot);
      const find: Snapshot['find'] = async (...args) => this.sync.find(...args);
      const aggregate: Snapshot['aggregate'] = async (...args) => this.sync.aggregate(...args);
      return fn(instead(snapshot, { find, aggregate }));
    });
  }

  async commit(batch: CommitBatch): Promise<CommitOutcome> {
    this.#mustBeOpen();
    const { next } = this;
    this.next = undefined;
    if (this.#flaw !== 'checks versions against memory only') this.#follow();
    if (this.#schema < this.#paper.schema && this.#flaw !== 'writes under a newer schema') {
      throw new LedgerError('store.newer');
    }
    const conflict = this.#conflicts(batch);
    if (conflict.length > 0) {
      if (this.#flaw === 'keeps what it refused')
        this.#set.apply({ puts: batch.puts.slice(0, 1), deletes: [] }, 0, this.#set.head);
      if (this.#flaw === 'resolves numbers in refused records') this.#prepared(batch, true);
      return { done: false, conflict };
    }
    await turn();
    if (this.#dead) return never;
    this.#follow();
    // others may have written during the turn
    const late = this.#flaw === 'checks versions against memory only' ? [] : this.#conflicts(batch);
    if (late.length > 0) return { done: false, conflict: late };
    if (next === 'dropped') throw new LedgerError('store.unavailable');
    if (next === 'lost before') return this.#unknown();
    this.#mustHaveRoom(batch);
    const outcome = this.#write(batch);
    if (next === 'lost after') return this.#unknown();
    return outcome;
  }

  async tail(after: number, limit: number): Promise<JournalGroup[]> {
    this.#mustBeOpen();
    const groups = this.#paper.commits
      .slice(0, this.#followed)
      .map((commit) => commit.group)
      .filter((group) => group.texts.length > 0 && group.firstSeq + group.texts.length - 1 > after);
    if (this.#flaw === 'leaves a gap in the feed' && groups.length > 2) groups.splice(1, 1);
    if (this.#flaw !== 'cuts groups') return groups.slice(0, limit);
    return groups.slice(0, limit).map((group) => {
      const cut = Math.max(0, after - group.firstSeq + 1);
      return { ...group, firstSeq: group.firstSeq + cut, texts: group.texts.slice(cut) };
    });
  }

  watch(listener: (head: Head) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async checkpoint(): Promise<void> {
    this.#follow();
    const paper = this.#paper;
    let at = this.#followed;
    const records = JSON.stringify(
      Object.fromEntries(this.#set.collections.map((name) => [name, [...this.#set.all(name)]])),
    );
    if (this.#flaw === 'drops redo before the checkpoint stands') paper.redoFrom = at;
    if (this.#reached('before the pointer')) return never;
    await turn();
    if (this.#flaw === 'loses commits during a checkpoint') at = paper.commits.length;
    if ((paper.checkpoint?.at ?? 0) <= at) paper.checkpoint = { at, records };
    if (this.#reached('after the pointer')) return never;
    paper.redoFrom = Math.max(paper.redoFrom, paper.checkpoint?.at ?? 0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    this.#paper.handles.delete(this);
  }

  tell(): void {
    this.#follow();
    const { head } = this.#set;
    if (this.#flaw !== 'gives no hints') for (const listener of [...this.#listeners]) listener(head);
  }

  #write(batch: CommitBatch): CommitOutcome {
    const before = headAt(this.#paper, this.#paper.commits.length);
    const firstSeq = before.seq + 1;
    const commit = this.#commitOf(batch, before);
    const head = { seq: before.seq + batch.entries.length, link: commit.group.link };
    const done: CommitOutcome = { done: true, firstSeq, head };
    if (this.#reached('before writing')) {
      if (this.#flaw === 'acknowledges before it writes') return done;
      return never as never;
    }
    if (this.#flaw === 'writes in two steps') {
      const { puts, deletes } = JSON.parse(commit.changes);
      this.#paper.commits.push({
        ...commit,
        changes: JSON.stringify({ puts: puts.slice(0, 1), deletes: [] }),
      });
      if (this.#reached('while writing')) return never as never;
      this.#paper.commits.pop();
      this.#paper.commits.push({ ...commit, changes: JSON.stringify({ puts, deletes }) });
    } else {
      if (this.#reached('while writing')) return never as never;
      this.#paper.commits.push(commit);
    }
    if (this.#reached('after writing')) return never as never;
    this.#follow();
    for (const handle of this.#paper.handles) queueMicrotask(() => handle.tell());
    return done;
  }

  #commitOf(batch: CommitBatch, before: Head): Commit {
    const firstSeq = before.seq + 1;
    const link = batch.entries.length > 0 ? chainLink(before.link, batch.digest) : before.link;
    const deletes = this.#flaw === 'forgets deletes' ? [] : batch.deletes;
    const changes = JSON.stringify({ puts: this.#prepared(batch, false), deletes });
    return { group: { firstSeq, texts: batch.entries, digest: batch.digest, link }, changes };
  }

  #prepared(batch: CommitBatch, inPlace: boolean) {
    const firstSeq = headAt(this.#paper, this.#paper.commits.length).seq + 1;
    return batch.puts.map(({ collection, record }) => {
      const resolved = withSeqs(this.#tables.get(collection) ?? { name: collection }, record, firstSeq);
      return { collection, record: inPlace ? Object.assign(record, resolved) : resolved };
    });
  }

  #conflicts(batch: CommitBatch) {
    const found = this.#set.conflicts(batch);
    if (this.#flaw !== 'does not check unique keys') return found;
    return found.filter((ref) => batch.expects.some((one) => one.id === ref.id));
  }

  #follow(): void {
    const { commits, redoFrom } = this.#paper;
    for (; this.#followed < commits.length; this.#followed++) {
      const { group, changes } = commits[this.#followed] as Commit;
      const redo = this.#followed < redoFrom ? { puts: [], deletes: [] } : JSON.parse(changes);
      this.#set.apply(redo, group.firstSeq, headAt(this.#paper, this.#followed + 1));
    }
  }

  #unknown(): CommitOutcome {
    if (this.#flaw !== 'says done though the line died') return { done: false, unknown: true };
    return { done: true, firstSeq: this.#set.head.seq + 1, head: this.#set.head };
  }

  #mustHaveRoom(batch: CommitBatch): void {
    if (!this.#paper.full) return;
    if (this.#flaw === 'shows what had no room')
      this.#set.apply(batch, this.#set.head.seq + 1, this.#set.head);
    throw new LedgerError('store.quota');
  }

  #reached(point: string): boolean {
    if (this.point?.name !== point) return false;
    this.point.strike();
    this.#dead = true;
    return true;
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new LedgerError('store.closed');
  }
}

function headAt(paper: Paper, commits: number): Head {
  const last = paper.commits[commits - 1]?.group;
  return last === undefined
    ? { seq: 0, link: GENESIS }
    : { seq: last.firstSeq + last.texts.length - 1, link: last.link };
}
