/**
 * An ordered set of record ids that can be read from any key, and that knows how many keys lie before one:
 * sorted ids in chunks, with a fence key and the number of ids before each. Keys are not kept, they are read from the
 * records when needed; so a million rows cost a pointer each, and updating a record whose key stays the
 * same costs nothing at all. Chunks that are searched again and again remember their keys for a while.
 */

/** At most this many ids stand in a chunk; a fuller one is split. */
const CHUNK = 384;
/** A chunk searched this often remembers its keys, as long as no more than so many are remembered. */
const BUSY = 12;
const REMEMBERED = 65_536;

interface Chunk {
  /** A lower bound of every key in the chunk: its first key when it was made. */
  readonly fence: string;
  readonly ids: string[];
  /** The keys of `ids`, in step, while they are remembered. */
  keys: string[] | undefined;
  searched: number;
}

const chunkOf = (fence: string, ids: string[]): Chunk => ({ fence, ids, keys: undefined, searched: 0 });

/** One change to bring in: where an id stood and where it stands now; undefined is nowhere. */
export interface KeyChange {
  readonly id: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Keys compared as plain texts; see `sort-key.ts`. */
export class OrderedIndex {
  #chunks: Chunk[] = [chunkOf('', [])];
  /** Number of ids before each chunk; made again when read after a change. */
  #offsets: number[] | undefined;
  #size = 0;
  #remembered = 0;
  #searches = 0;
  readonly #keyOf: (id: string) => string;

  /** @param keyOf the present key of an id; asked only for ids without an unmerged change */
  constructor(keyOf: (id: string) => string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#size;
  }

  /** Fills the index anew. */
  build(rows: { readonly id: string; readonly key: string }[]): void {
    rows.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.#chunks = [];
    // half-full chunks leave room for what is inserted later
    const step = CHUNK >> 1;
    for (let start = 0; start < rows.length; start += step) {
      const part = rows.slice(start, start + step);
      const fence = start === 0 ? '' : (part[0]?.key ?? '');
      this.#chunks.push(
        chunkOf(
          fence,
          part.map((row) => row.id),
        ),
      );
    }
    if (this.#chunks.length === 0) this.#chunks.push(chunkOf('', []));
    this.#size = rows.length;
    this.#remembered = 0;
    this.#offsets = undefined;
  }

  /**
   * Brings in changes. First every id leaves its old place, found by the fences alone, because a record's
   * present key already is the new one; then each enters at its new place.
   */
  merge(changes: readonly KeyChange[]): void {
    if (changes.length === 0) return;
    for (const change of changes) if (change.before !== undefined) this.#remove(change.id, change.before);
    for (const change of changes) if (change.after !== undefined) this.#insert(change.id, change.after);
    this.#offsets = undefined;
  }

  /** How many keys lie before this one. */
  rank(bound: string): number {
    const at = this.#chunkOf(bound);
    return (this.#counts()[at] as number) + this.#position(this.#chunks[at] as Chunk, bound);
  }

  /**
   * Visits the ids whose keys lie from `low` to before `high`, downwards if asked, until `visit` answers
   * false. Costs the way to the first one; the rest are neighbours.
   */
  walk(low: string, high: string, reverse: boolean, visit: (id: string) => boolean): void {
    if (low >= high) return;
    const first = this.#chunkOf(low);
    const last = this.#chunkOf(high);
    const start = this.#position(this.#chunks[first] as Chunk, low);
    const end = this.#position(this.#chunks[last] as Chunk, high);
    this.#visit(first, start, last, end, reverse, visit);
  }

  /**
   * Visits the ids from one place in the order to before another, downwards if asked, until `visit` answers
   * false. Costs the way to the first one, however far in it is.
   */
  walkRanks(from: number, to: number, reverse: boolean, visit: (id: string) => boolean): void {
    if (from >= to) return;
    const counts = this.#counts();
    const first = this.#chunkAt(from);
    const last = this.#chunkAt(to - 1);
    const start = from - (counts[first] as number);
    const end = to - (counts[last] as number);
    this.#visit(first, start, last, end, reverse, visit);
  }

  /** Visits from a place in the first chunk to before one in the last. */
  #visit(
    first: number,
    start: number,
    last: number,
    end: number,
    reverse: boolean,
    visit: (id: string) => boolean,
  ): void {
    for (let step = 0; step <= last - first; step++) {
      const at = reverse ? last - step : first + step;
      const { ids } = this.#chunks[at] as Chunk;
      const from = at === first ? start : 0;
      const to = at === last ? end : ids.length;
      if (reverse) {
        for (let i = to - 1; i >= from; i--) if (!visit(ids[i] as string)) return;
      } else {
        for (let i = from; i < to; i++) if (!visit(ids[i] as string)) return;
      }
    }
  }

  #remove(id: string, key: string): void {
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at] as Chunk;
    const i = chunk.ids.indexOf(id);
    if (i < 0) return;
    chunk.ids.splice(i, 1);
    if (chunk.keys !== undefined) {
      chunk.keys.splice(i, 1);
      this.#remembered--;
    }
    this.#size--;
    if (chunk.ids.length === 0 && at > 0) this.#chunks.splice(at, 1);
  }

  #insert(id: string, key: string): void {
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at] as Chunk;
    const { ids, keys } = chunk;
    const end = ids.length;
    // most keys grow (sequence numbers, dates, codes of counters): look at the end first
    const grows = end === 0 || (keys?.[end - 1] ?? this.#keyOf(ids[end - 1] as string)) < key;
    const i = grows ? end : this.#position(chunk, key);
    ids.splice(i, 0, id);
    if (chunk.keys !== undefined) {
      chunk.keys.splice(i, 0, key);
      this.#remembered++;
    }
    this.#size++;
    if (ids.length > CHUNK) this.#split(at, chunk);
  }

  #split(at: number, chunk: Chunk): void {
    // the last chunk keeps almost all: where keys grow, its rest would never fill up
    const cut = at === this.#chunks.length - 1 ? CHUNK - 32 : CHUNK >> 1;
    const ids = chunk.ids.splice(cut);
    const rest = chunkOf(this.#keyOf(ids[0] as string), ids);
    rest.keys = chunk.keys?.splice(cut);
    this.#chunks.splice(at + 1, 0, rest);
  }

  /** The chunk a key belongs to: the last one whose fence is not above it. */
  #chunkOf(key: string): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle] as Chunk).fence <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The chunk that holds the id at a place in the order. */
  #chunkAt(rank: number): number {
    const counts = this.#counts();
    let low = 0;
    let high = counts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((counts[middle] as number) <= rank) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** How many ids of a chunk lie before a key. */
  #position(chunk: Chunk, key: string): number {
    const { ids } = chunk;
    const keys = chunk.keys ?? this.#remember(chunk);
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys?.[middle] ?? this.#keyOf(ids[middle] as string)) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Remembers the keys of a busy chunk. When no room is left, all are forgotten once in a long while. */
  #remember(chunk: Chunk): string[] | undefined {
    this.#searches++;
    if (++chunk.searched < BUSY) return undefined;
    if (this.#remembered + chunk.ids.length > REMEMBERED) {
      if (this.#searches < 8 * REMEMBERED) return undefined;
      for (const one of this.#chunks) {
        one.keys = undefined;
        one.searched = 0;
      }
      this.#remembered = 0;
      this.#searches = 0;
    }
    chunk.keys = chunk.ids.map(this.#keyOf);
    this.#remembered += chunk.keys.length;
    return chunk.keys;
  }

  #counts(): number[] {
    if (this.#offsets !== undefined) return this.#offsets;
    const offsets: number[] = [];
    let count = 0;
    for (const chunk of this.#chunks) {
      offsets.push(count);
      count += chunk.ids.length;
    }
    this.#offsets = offsets;
    return offsets;
  }
}
