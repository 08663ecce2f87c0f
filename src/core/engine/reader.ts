/**
 * Where the engine reads from. Over a store in memory every answer is at hand. Over a far store a reader
 * keeps what it has fetched for one group of commands or one question and throws a `Miss` for the rest;
 * the engine then fetches all misses at once and runs the same pure code again.
 */
import { US } from '../ports/keys.ts';
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
} from '../ports/store.ts';
import { Miss } from '../ports/view.ts';

/** Synchronous reading, complete or with misses. */
export interface Reader {
  readonly head: Head;
  get(collection: string, id: string): StoredRecord | undefined;
  lookup(collection: string, unique: string, key: readonly Scalar[]): StoredRecord | undefined;
  range(collection: string, index: string, options: RangeOptions): readonly StoredRecord[];
  find(collection: string, options: FindOptions): FindPage;
  aggregate(collection: string, options: AggregateOptions): GroupPage;
  count(collection: string): number;
}

/** Reads a store that holds its records in memory; nothing ever misses. */
export const syncReader = (snapshot: SyncSnapshot): Reader => snapshot;

type Fetch = (snapshot: Snapshot) => Promise<unknown>;

/** Reads a far store through a cache that `load` fills. */
export class LoadingReader implements Reader {
  head: Head = { seq: 0, link: '' };
  readonly #known = new Map<string, unknown>();
  readonly #missed = new Map<string, Fetch>();

  get(collection: string, id: string): StoredRecord | undefined {
    const what = `get${US}${collection}${US}${id}`;
    return this.#take(what, async (snapshot) => (await snapshot.get(collection, [id]))[0]);
  }

  lookup(collection: string, unique: string, key: readonly Scalar[]): StoredRecord | undefined {
    const what = `lookup${US}${collection}${US}${unique}${US}${JSON.stringify(key)}`;
    return this.#take(what, (snapshot) => snapshot.lookup(collection, unique, key));
  }

  range(collection: string, index: string, options: RangeOptions): readonly StoredRecord[] {
    const what = `range${US}${collection}${US}${index}${US}${JSON.stringify(options)}`;
    return this.#take(what, (snapshot) => snapshot.range(collection, index, options));
  }

  find(collection: string, options: FindOptions): FindPage {
    const what = `find${US}${collection}${US}${JSON.stringify(options)}`;
    return this.#take(what, (snapshot) => snapshot.find(collection, options));
  }

  aggregate(collection: string, options: AggregateOptions): GroupPage {
    const what = `aggregate${US}${collection}${US}${JSON.stringify(options)}`;
    return this.#take(what, (snapshot) => snapshot.aggregate(collection, options));
  }

  count(collection: string): number {
    return this.#take(`count${US}${collection}`, (snapshot) => snapshot.count(collection));
  }

  /** Whether anything was missed since the last load. */
  get missing(): boolean {
    return this.#missed.size > 0;
  }

  /** Fetches everything that was missed. */
  async load(snapshot: Snapshot): Promise<void> {
    this.head = snapshot.head;
    const wanted = [...this.#missed];
    this.#missed.clear();
    await Promise.all(
      wanted.map(async ([what, fetch]) => {
        this.#known.set(what, await fetch(snapshot));
      }),
    );
  }

  #take<T>(what: string, fetch: (snapshot: Snapshot) => Promise<T>): T {
    if (this.#known.has(what)) return this.#known.get(what) as T;
    this.#missed.set(what, fetch);
    throw new Miss(what);
  }
}

/**
 * Runs pure, synchronous code over a far store's snapshot until it misses nothing; each round trip fetches
 * all that was missed at once.
 */
export async function runLoaded<T>(
  snapshot: Snapshot,
  reader: LoadingReader,
  run: (reader: Reader) => T,
): Promise<T> {
  reader.head = snapshot.head;
  for (;;) {
    try {
      return run(reader);
    } catch (thrown) {
      // every load brings something new, so this ends
      if (!(thrown instanceof Miss) || !reader.missing) throw thrown;
      await reader.load(snapshot);
    }
  }
}
