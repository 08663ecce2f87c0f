/**
 * Brings a mirror to where the database is, whatever was done by other tabs: by their redo rows, or, where
 * a checkpoint has dropped those, by the chunks that changed. When reading fails the mirror stays as it was.
 */
import { LedgerError } from '../../../core/adapter-kit.ts';
import { readChunk } from './chunk-text.ts';
import {
  type Database,
  type DirectoryRow,
  type HeadRow,
  type MetaRows,
  type RedoRow,
  readChanges,
} from './layout.ts';
import type { Mirror } from './mirror.ts';

type Reading = ReturnType<typeof begin>;

function begin(database: Database) {
  const tx = database.transaction(['meta', 'redo', 'chunks'], 'readonly');
  // the requests tell what went wrong; nobody waits for the end of a transaction that only reads
  tx.done.catch(() => {});
  return tx;
}

async function meta<K extends keyof MetaRows>(tx: Reading, key: K): Promise<MetaRows[K] | undefined> {
  return (await tx.objectStore('meta').get(key)) as MetaRows[K] | undefined;
}

const corrupt = (what: string): LedgerError => new LedgerError('store.corrupt', { details: { what } });

/**
 * Catches up; answers whether anything changed. `fresh`: nobody reads the mirror yet, so chunks are taken
 * over one by one as they arrive; otherwise all is read first, then taken over at once.
 */
export async function catchUp(database: Database, mirror: Mirror, fresh: boolean): Promise<boolean> {
  const tx = begin(database);
  const [head, checkpoint] = await Promise.all([meta(tx, 'head'), meta(tx, 'checkpoint')]);
  if (head === undefined) {
    // a database just made: the caller writes its first head
    const emptied = mirror.commit > 0;
    mirror.clear('');
    return emptied;
  }
  const { commit, origin } = mirror;
  const other = head.origin !== origin || head.commit < commit;
  const generation = other ? 0 : mirror.generation;
  if (!other && head.commit === commit && (checkpoint?.generation ?? 0) === generation) {
    mirror.schema = head.schema;
    return false;
  }
  const from = other ? 0 : commit;
  const moved = checkpoint !== undefined && checkpoint.generation !== generation;
  const directory = moved ? await meta(tx, 'directory') : undefined;
  if (moved && directory?.generation !== checkpoint.generation) throw corrupt('directory');
  const steps = new Steps(fresh);
  if (other) steps.add(() => mirror.clear(head.origin));
  let reached = from;
  if (directory !== undefined) {
    if (directory.commit > from) {
      await readChunks(tx, mirror, directory, other, steps);
      reached = directory.commit;
    } else {
      steps.add(() => mirror.settle(directory));
    }
  }
  const rows = head.commit > reached ? await tx.objectStore('redo').getAll(above(reached)) : [];
  if (rows.length < head.commit - reached) throw corrupt('redo');
  steps.add(() => follow(mirror, rows.slice(0, head.commit - reached), head));
  // whoever had waited for this may have given up, and others have gone on
  if (!fresh && (mirror.commit !== commit || mirror.origin !== origin)) return false;
  steps.run();
  return other || head.commit !== from;
}

/** Redo rows after a commit. */
export const above = (commit: number): IDBKeyRange => IDBKeyRange.lowerBound(commit, true);

/** What is to be done to the mirror: at once, or together at the end. */
class Steps {
  readonly atOnce: boolean;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: boolean) {
    this.atOnce = atOnce;
  }

  add(step: () => void): void {
    if (this.atOnce) step();
    else this.#waiting.push(step);
  }

  run(): void {
    for (const step of this.#waiting) step();
  }
}

/** Reads the chunks that differ; where the database is another one, all of them. */
async function readChunks(
  tx: Reading,
  mirror: Mirror,
  directory: DirectoryRow,
  all: boolean,
  steps: Steps,
): Promise<void> {
  const wanted = all
    ? directory.collections.flatMap(([collection, list]) =>
        list.keys.map((key, chunk) => ({ collection, chunk, key })),
      )
    : mirror.changedChunks(directory);
  steps.add(() => mirror.prepare(directory));
  const chunks = tx.objectStore('chunks');
  await Promise.all(
    wanted.map(async ({ collection, chunk, key }) => {
      const text = key === null ? undefined : await chunks.get(key);
      if (key !== null && text === undefined) throw corrupt('chunk');
      const records = text === undefined ? [] : readChunk(text);
      steps.add(() => mirror.takeChunk(collection, chunk, records, steps.atOnce));
    }),
  );
  steps.add(() => mirror.settle(directory));
}

/** Follows commits by their redo rows, which lead to `head`. */
export function follow(mirror: Mirror, rows: readonly RedoRow[], head: HeadRow): void {
  for (const row of rows) {
    mirror.follow(readChanges(row.text), row.firstSeq, mirror.records.head, row.text.length);
  }
  mirror.records.head = { seq: head.seq, link: head.link };
  mirror.schema = head.schema;
}
