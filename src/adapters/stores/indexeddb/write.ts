/**
 * One commit in one transaction. It is first tried all at once: every request is sent together, the head's
 * first, and when the head is not where this tab has followed to, the transaction is taken back before
 * anything of it can stay. The second time it catches up inside the transaction, where no other tab can come
 * between, so that nobody starves. That check of the head inside the transaction keeps several tabs right.
 */
import {
  type CommitBatch,
  chainLink,
  type Head,
  type JournalGroup,
  LedgerError,
  type RecordRef,
} from '../../../core/adapter-kit.ts';
import { above, follow } from './catch-up.ts';
import { nameOf } from './failures.ts';
import type { Database, HeadRow, RedoRow } from './layout.ts';
import type { Mirror } from './mirror.ts';

/** What is to be written, wherever the journal will stand. */
export interface Intent {
  readonly batch: CommitBatch;
  /** The changes as text; they do not depend on the position. */
  readonly text: string;
  readonly by: string;
  readonly schema: number;
}

/** A commit worked out for one position of the journal. */
export interface Prepared {
  readonly row: HeadRow;
  readonly redo: RedoRow;
  readonly group: JournalGroup | undefined;
  readonly firstSeq: number;
  readonly head: Head;
}

/** Works a commit out for where the mirror stands. */
function prepare(mirror: Mirror, { batch, text, by, schema }: Intent): Prepared {
  const before = mirror.records.head;
  const firstSeq = before.seq + 1;
  const { entries: texts, digest } = batch;
  const link = texts.length > 0 ? chainLink(before.link, digest) : before.link;
  const head = { seq: before.seq + texts.length, link };
  return {
    row: { ...head, commit: mirror.commit + 1, schema, origin: mirror.origin },
    redo: { by, firstSeq, text },
    group: texts.length > 0 ? { firstSeq, texts, digest, link } : undefined,
    firstSeq,
    head,
  };
}

/**
 * How an attempt ended. `behind`: other tabs have committed, or the database is another one, and nothing
 * was written.
 */
export type Attempt =
  | { readonly end: 'done'; readonly prepared: Prepared }
  | { readonly end: 'behind' }
  | { readonly end: 'conflict'; readonly conflict: readonly RecordRef[] };

/** An attempt that failed: what was sent, and whether its end is to be trusted. */
export class Failed extends Error {
  /** Undefined where nothing was sent. */
  readonly prepared: Prepared | undefined;
  constructor(cause: unknown, prepared: Prepared | undefined) {
    super('the transaction failed', { cause });
    this.prepared = prepared;
  }
}

type Writing = ReturnType<typeof begin>;

const begin = (database: Database) =>
  database.transaction(['meta', 'entries', 'redo'], 'readwrite', { durability: 'strict' });

/**
 * Tries to write a commit.
 * @param bold send everything at once, trusting that the mirror is up to date
 * @param limit milliseconds after which a transaction that does not end is taken back
 * @throws LedgerError store.newer; {@link Failed} with the database's own exception
 */
export async function attempt(
  database: Database,
  mirror: Mirror,
  intent: Intent,
  bold: boolean,
  limit: number,
): Promise<Attempt> {
  let prepared: Prepared | undefined;
  let verdict: Attempt | LedgerError | undefined;
  let cause: unknown;
  const blame = (error: unknown) => {
    // a transaction that is taken back fails every request; the first other reason is the true one
    if (cause === undefined || nameOf(cause) === 'AbortError') cause = error;
  };
  const send = (tx: Writing) => {
    prepared = prepare(mirror, intent);
    for (const request of requestsOf(tx, prepared)) request.catch(blame);
  };
  const steps = async (tx: Writing) => {
    // asked for before anything is written, so that it is the head of those who came before
    const reading = head(tx);
    if (bold) send(tx);
    const row = (await reading) as HeadRow | undefined;
    if (row && row.schema > intent.schema) verdict = new LedgerError('store.newer');
    else if (bold) verdict = mirror.isAt(row) ? undefined : { end: 'behind' };
    else verdict = (await followInside(tx, mirror, row)) ? against(mirror, intent) : { end: 'behind' };
    if (verdict) return takeBack(tx);
    if (!bold) send(tx);
    tx.commit();
  };
  try {
    const tx = begin(database);
    const ended = endOf(tx, limit, blame);
    steps(tx).catch((error: unknown) => {
      blame(error);
      takeBack(tx);
    });
    if ((await ended) === 'complete' && prepared) return { end: 'done', prepared };
  } catch (error) {
    blame(error);
  }
  if (verdict instanceof LedgerError) throw verdict;
  if (verdict) return verdict;
  throw new Failed(cause ?? new DOMException('taken back without a reason', 'AbortError'), prepared);
}

const head = (tx: Writing) => tx.objectStore('meta').get('head');

function requestsOf(tx: Writing, { row, redo, group, firstSeq }: Prepared): Promise<unknown>[] {
  const requests: Promise<unknown>[] = [
    tx.objectStore('meta').put(row, 'head'),
    tx.objectStore('redo').add(redo, row.commit),
  ];
  if (group) requests.push(tx.objectStore('entries').add(group, firstSeq));
  return requests;
}

/** Follows what other tabs have committed, in the transaction; false where their redo is not all there. */
async function followInside(tx: Writing, mirror: Mirror, row: HeadRow | undefined): Promise<boolean> {
  if (row === undefined || row.origin !== mirror.origin || row.commit < mirror.commit) return false;
  const rows = row.commit > mirror.commit ? await tx.objectStore('redo').getAll(above(mirror.commit)) : [];
  if (rows.length !== row.commit - mirror.commit) return false;
  // they are on disk for good, whatever becomes of this transaction
  follow(mirror, rows, row);
  return true;
}

function against(mirror: Mirror, { batch }: Intent): Attempt | undefined {
  const conflict = mirror.records.conflicts(batch);
  return conflict.length > 0 ? { end: 'conflict', conflict } : undefined;
}

/** How a transaction ends; one that does not is taken back, and if that does not help either, given up. */
function endOf(tx: Writing, limit: number, blame: (error: unknown) => void): Promise<'complete' | 'abort'> {
  return new Promise((resolve, reject) => {
    let timer = setTimeout(() => {
      takeBack(tx);
      timer = setTimeout(() => reject(new DOMException('no answer', 'UnknownError')), limit);
    }, limit);
    const settle = (end: 'complete' | 'abort') => {
      clearTimeout(timer);
      resolve(end);
    };
    tx.done.catch(() => {});
    tx.addEventListener('complete', () => settle('complete'));
    tx.addEventListener('abort', () => {
      if (tx.error) blame(tx.error);
      settle('abort');
    });
  });
}

function takeBack(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // it has ended, or is about to
  }
}

/** What became of a commit whose transaction gave no answer, or an answer that is not to be trusted. */
export type Fate = 'written' | 'absent' | 'unknown';

/** Looks up whether a prepared commit is in the database. */
export async function fateOf(database: Database, { row, redo, group, firstSeq }: Prepared): Promise<Fate> {
  const tx = database.transaction(['meta', 'entries', 'redo'], 'readonly');
  tx.done.catch(() => {});
  const [present, sameCommit, sameSeq] = await Promise.all([
    tx.objectStore('meta').get('head') as Promise<HeadRow | undefined>,
    tx.objectStore('redo').get(row.commit),
    tx.objectStore('entries').get(firstSeq),
  ]);
  if (sameCommit !== undefined) return sameCommit.by === redo.by ? 'written' : 'absent';
  if (present === undefined || present.origin !== row.origin || present.commit < row.commit) return 'absent';
  // a checkpoint has dropped the row already; the journal is for good
  if (group === undefined) return 'unknown';
  return sameSeq?.link === group.link ? 'written' : 'absent';
}
