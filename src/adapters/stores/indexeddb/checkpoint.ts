/**
 * Checkpoints: what changed since the last one is written into chunks, in slices while the tab is idle,
 * under keys that nobody reads yet. Then one transaction makes them the ones in force and drops the old
 * chunks and the redo rows they replace. A tab that dies in the middle leaves only chunks that nobody
 * speaks of; the next checkpoint sweeps them up. One tab does it at a time: by a lock where the browser has
 * locks, and in any case because the last step asks whether the checkpoint before is still in force.
 */
import { nanoid } from 'nanoid';
import type { StoredRecord } from '../../../core/adapter-kit.ts';
import { chunkText } from './chunk-text.ts';
import type { Connection } from './connection.ts';
import { failure } from './failures.ts';
import type { CheckpointRow, Database, DirectoryRow, HeadRow } from './layout.ts';
import type { Mirror } from './mirror.ts';

/** A checkpoint is due when more than this has piled up since the last one. */
const COMMITS = 2_000;
const CHARACTERS = 4_000_000;
/** Once it is due so many times over, it no longer waits for the commits to pause. */
const OVERDUE = 8;
/** A pause of this length (ms) counts as idle. */
const PAUSE = 300;
/** Text written in one slice, so that no slice holds the tab up for long. */
const SLICE = 1_000_000;

/** One chunk to be written: its new key, and the records that stood there when the checkpoint began. */
interface Page {
  readonly key: string;
  readonly records: readonly (StoredRecord | undefined)[];
}

/** All that a checkpoint will write. Records never change, so it stays true while commits go on. */
interface Plan {
  readonly origin: string;
  readonly pages: readonly Page[];
  readonly directory: DirectoryRow;
}

interface Surroundings {
  /** Follows other tabs first. */
  refresh(): Promise<void>;
  /** Tells other tabs afterwards. */
  done(): void;
}

export class Checkpoints {
  readonly #connection: Connection;
  readonly #mirror: Mirror;
  readonly #around: Surroundings;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;
  #stopped = false;

  constructor(connection: Connection, mirror: Mirror, around: Surroundings) {
    this.#connection = connection;
    this.#mirror = mirror;
    this.#around = around;
  }

  /** Called after each commit: plans a checkpoint when one is due. */
  consider(): void {
    if (this.#stopped || this.#running) return;
    const { commits, characters } = this.#mirror.pile;
    const due = Math.max(commits / COMMITS, characters / CHARACTERS);
    if (due <= 1 || (this.#timer !== undefined && due > OVERDUE)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // what prevents it, a full disk say, will be told by a commit; the redo rows stay and nothing is lost
      this.run(idle).catch(() => {});
    }, PAUSE);
  }

  /** Makes a checkpoint now; with `wait` between the slices. Answers whether it is in force. */
  run(wait: () => Promise<void> = async () => {}): Promise<boolean> {
    this.#running ??= withLock(`${this.#connection.name}:checkpoint`, () => this.#make(wait))
      .catch((error: unknown) => {
        throw failure(error);
      })
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** Gives up what is being made. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running?.catch(() => {});
  }

  async #make(wait: () => Promise<void>): Promise<boolean> {
    await this.#around.refresh();
    const mirror = this.#mirror;
    if (mirror.pile.commits === 0) return false;
    const plan = planOf(mirror);
    let next = 0;
    while (next < plan.pages.length) {
      if (this.#stopped) return false;
      next = await this.#connection.reading((database) => writeSlice(database, plan.pages, next));
      await wait();
    }
    const database = await this.#connection.database();
    const swapped = await swap(database, plan);
    if (!swapped) return false;
    mirror.settle(plan.directory);
    this.#around.done();
    return true;
  }
}

/** Decides what to write, from the mirror as it is at this moment. */
function planOf(mirror: Mirror): Plan {
  const { commit, origin } = mirror;
  const mark = nanoid();
  const pages: Page[] = [];
  const collections = mirror.collections.map(([collection, slots]) => {
    const keys = new Map<number, string | null>();
    for (const chunk of slots.touched()) {
      const records = slots
        .ids(chunk)
        .map((id) => (id === undefined ? undefined : mirror.records.get(collection, id)));
      const empty = records.every((record) => record === undefined);
      const key = empty ? null : `${mark}.${pages.length}`;
      if (key !== null) pages.push({ key, records });
      keys.set(chunk, key);
    }
    return [collection, slots.list(keys)] as const;
  });
  return { origin, pages, directory: { generation: mirror.generation + 1, commit, collections } };
}

/** Writes pages from `start` on until the slice is full; answers the next page. */
async function writeSlice(database: Database, pages: readonly Page[], start: number): Promise<number> {
  const tx = database.transaction('chunks', 'readwrite', { durability: 'relaxed' });
  let next = start;
  for (let written = 0; next < pages.length && written < SLICE; next++) {
    const { key, records } = pages[next] as Page;
    const text = chunkText(records);
    written += text.length;
    tx.store.put(text, key).catch(() => {});
  }
  await tx.done;
  return next;
}

/**
 * Puts the new chunks in force, if the checkpoint before still is. Strict, unlike the slices: what it drops
 * is gone, and making it durable makes durable what was written before.
 */
async function swap(database: Database, { origin, directory }: Plan): Promise<boolean> {
  const tx = database.transaction(['meta', 'redo', 'chunks'], 'readwrite', { durability: 'strict' });
  tx.done.catch(() => {});
  const meta = tx.objectStore('meta');
  const chunks = tx.objectStore('chunks');
  const [head, present, keys] = await Promise.all([
    meta.get('head') as Promise<HeadRow | undefined>,
    meta.get('checkpoint') as Promise<CheckpointRow | undefined>,
    chunks.getAllKeys(),
  ]);
  const { generation, commit } = directory;
  const kept = new Set(directory.collections.flatMap(([, list]) => list.keys));
  const there = new Set(keys);
  const complete = [...kept].every((key) => key === null || there.has(key));
  if (head?.origin !== origin || (present?.generation ?? 0) !== generation - 1 || !complete) {
    tx.abort();
    return false;
  }
  const row: CheckpointRow = { generation, commit };
  const writes: Promise<unknown>[] = [
    meta.put(row, 'checkpoint'),
    meta.put(directory, 'directory'),
    tx.objectStore('redo').delete(IDBKeyRange.upperBound(commit)),
    ...keys.filter((key) => !kept.has(key)).map((key) => chunks.delete(key)),
  ];
  for (const write of writes) write.catch(() => {});
  await tx.done;
  return true;
}

/** Runs `work` unless another tab holds the lock; without locks it just runs. */
async function withLock(name: string, work: () => Promise<boolean>): Promise<boolean> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return work();
  return locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? false : work()));
}

/** Resolves when the tab has nothing better to do, or soon at any rate. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 200 });
    else setTimeout(resolve, 10);
  });
}
