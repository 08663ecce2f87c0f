/**
 * The rows behind a window: read in pages as they come into sight, kept as long as there is room, given up when
 * they are scrolled past before they came. A list that can start in the middle is read anywhere; another one
 * grows page by page. Old rows stay until the new ones are there.
 */
import type { Page } from '../../core.ts';
import type { PageStart } from '../pager.ts';
import type { Requests } from '../requests.ts';
import { Timers } from '../timers.ts';

/** Rows read at once. */
export const CACHE_PAGE = 100;
/** Pages kept: the heap stays bounded however far somebody scrolls. */
const KEPT = 40;
/** Milliseconds between two reads while a thumb is dragged. */
const PAUSE = 80;

export interface PageCacheHost<R> {
  readonly requests: Requests;
  /** The list can start in the middle. */
  readonly skips: () => boolean;
  readonly read: (start: PageStart, limit: number, total: boolean, signal: AbortSignal) => Promise<Page<R>>;
  /** The rows of another question stand there now. */
  readonly replaced: () => void;
  /** A page has come. */
  readonly arrived: (page: Page<R>) => void;
  readonly failed: (error: unknown) => void;
  readonly changed: () => void;
}

interface Held<R> {
  readonly rows: readonly R[];
  readonly fresh: boolean;
}

export class PageCache<R> {
  total: number | undefined;
  capped = false;
  readonly #host: PageCacheHost<R>;
  readonly #size: number;
  readonly #kept: number;
  readonly #timers = new Timers();
  /** By number, the longest unused first. */
  #pages = new Map<number, Held<R>>();
  #cursors = new Map<number, string>();
  #reading = new Set<number>();
  #failed = new Set<number>();
  /** Rows up to here are known to exist, and whether there are more. */
  #known = 0;
  #more = true;
  #wanted: readonly [number, number] = [0, 0];
  #lastRead = 0;
  #counting = true;
  /** What is held answers the question before. */
  #old = false;

  constructor(host: PageCacheHost<R>, options: { readonly size?: number; readonly kept?: number } = {}) {
    this.#host = host;
    this.#size = options.size ?? CACHE_PAGE;
    this.#kept = options.kept ?? KEPT;
  }

  /** Rows there is room for: all of them, or those that can be reached from what was read so far. */
  get count(): number {
    const reached = this.#known + (this.#more ? this.#size : 0);
    if (this.total === undefined) return this.#pages.size === 0 ? 0 : reached;
    if (!this.#host.skips()) return this.capped ? reached : Math.min(this.total, reached);
    return this.capped ? Math.max(this.total, reached) : this.total;
  }

  /** Pages being read. */
  get reading(): number {
    return this.#reading.size;
  }

  /** The row, where it is at hand. */
  row(index: number): R | undefined {
    return this.#pages.get(Math.floor(index / this.#size))?.rows[index % this.#size];
  }

  /** The rows at hand from one number up to another, without it. */
  between(first: number, last: number): readonly R[] {
    const rows: R[] = [];
    for (let index = Math.max(0, first); index < last; index++) {
      const row = this.row(index);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** Rows that are on the screen: reads what is missing, gives up what is no longer wanted. */
  show(first: number, last: number): void {
    if (this.#old) return;
    const ahead = Math.floor(this.#size / 4);
    this.#wanted = [Math.max(0, first - ahead), Math.min(last + ahead, Math.max(last, this.count))];
    for (const page of this.#reading) if (!this.#isWanted(page)) this.#giveUp(page);
    for (const page of this.#wantedPages()) this.#touch(page);
    if (this.#missing().length === 0) return;
    const wait = this.#lastRead + PAUSE - Date.now();
    if (wait <= 0) this.#readMissing();
    else this.#timers.set('rows', wait, () => this.#readMissing());
  }

  /** Reads anew what is on the screen, and the rest when it comes to be. The rows stay meanwhile. */
  async refresh(): Promise<void> {
    this.abort();
    for (const [page, held] of this.#pages) this.#pages.set(page, { ...held, fresh: false });
    this.#failed.clear();
    this.#counting = true;
    await this.#readMissing();
  }

  /** Another question, from a row of its own. The old rows stay until the first new ones are there. */
  restart(row: number): void {
    this.abort();
    this.#cursors.clear();
    this.#failed.clear();
    this.#old = true;
    this.#wanted = this.#host.skips() ? [row, row + 1] : [0, 1];
    this.#counting = true;
    this.#lastRead = 0;
  }

  /** Nothing is left of the old list. */
  empty(): void {
    this.restart(0);
    this.#clear();
  }

  #clear(): void {
    this.#old = false;
    this.#pages.clear();
    this.total = undefined;
    this.capped = false;
    this.#known = 0;
    this.#more = true;
  }

  /** Gives up all that is being read. */
  abort(): void {
    this.#timers.clear();
    for (const page of [...this.#reading]) this.#giveUp(page);
  }

  /** Makes sure that rows are at hand, as far as they can be reached. Throws what reading throws. */
  async need(first: number, last: number, take: (row: R) => void): Promise<void> {
    for (let index = first; index < Math.min(last, this.count); ) {
      const page = Math.floor(index / this.#size);
      const held = this.#pages.get(page) ?? (await this.#readApart(page));
      if (held === undefined) return;
      const end = Math.min(last, (page + 1) * this.#size);
      for (const row of held.rows.slice(index % this.#size, end - page * this.#size)) take(row);
      index = end;
    }
  }

  /** A page that need not be on the screen, and is not given up when it is not. */
  async #readApart(page: number): Promise<Held<R> | undefined> {
    const start = this.#startOf(page);
    if (start === undefined) return undefined;
    const outcome = await this.#host.requests.run('rows:apart', (signal) =>
      this.#host.read(start, this.#size, false, signal),
    );
    if (outcome.stale) return undefined;
    this.#keep(page, outcome.value);
    return { rows: outcome.value.items, fresh: true };
  }

  #wantedPages(): readonly number[] {
    const [first, last] = this.#wanted;
    const from = Math.max(0, Math.floor(first / this.#size));
    const to = Math.max(from, Math.floor((Math.max(last, 1) - 1) / this.#size));
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  }

  #isWanted(page: number): boolean {
    return this.#wantedPages().includes(page);
  }

  /** Wanted pages that are neither at hand nor on their way, and can be reached. */
  #missing(): readonly number[] {
    return this.#wantedPages().filter((page) => {
      if (this.#reading.has(page) || this.#failed.has(page)) return false;
      const ends = !this.#old && this.#pages.size > 0 && page > 0 && page * this.#size >= this.count;
      return !ends && (this.#old || !this.#pages.get(page)?.fresh) && this.#startOf(page) !== undefined;
    });
  }

  #startOf(page: number): PageStart | undefined {
    if (page === 0) return {};
    if (this.#host.skips()) return { skip: page * this.#size };
    const cursor = this.#cursors.get(page);
    return cursor === undefined ? undefined : { cursor };
  }

  async #readMissing(): Promise<void> {
    this.#lastRead = Date.now();
    await Promise.all(
      this.#missing().map((page) =>
        this.#read(page).catch((error: unknown) => {
          this.#failed.add(page);
          this.#host.failed(error);
        }),
      ),
    );
  }

  async #read(page: number): Promise<void> {
    const start = this.#startOf(page);
    if (start === undefined) return;
    const total = this.#counting;
    this.#counting = false;
    this.#reading.add(page);
    this.#host.changed();
    try {
      const outcome = await this.#host.requests.run(`rows:${page}`, (signal) =>
        this.#host.read(start, this.#size, total, signal),
      );
      if (outcome.stale) {
        if (total) this.#counting = true;
        return;
      }
      this.#reading.delete(page);
      this.#keep(page, outcome.value);
    } catch (error) {
      this.#reading.delete(page);
      if (total) this.#counting = true;
      throw error;
    }
  }

  #keep(page: number, read: Page<R>): void {
    if (this.#old) {
      this.#clear();
      this.#host.replaced();
    }
    this.#pages.delete(page);
    this.#pages.set(page, { rows: read.items, fresh: true });
    this.#continue(page, read.next);
    const end = page * this.#size + read.items.length;
    if (read.total !== undefined) {
      this.total = read.total;
      this.capped = read.capped === true;
    }
    if (read.next === undefined) this.#endAt(page, end);
    else if ((page + 1) * this.#size >= this.#known) {
      this.#known = (page + 1) * this.#size;
      this.#more = true;
    }
    this.#forget();
    this.#host.arrived(read);
    this.#host.changed();
    if (this.#missing().length > 0) void this.#readMissing();
  }

  /** Where the next page starts. If it starts elsewhere than before, what follows is read again. */
  #continue(page: number, next: string | undefined): void {
    const before = this.#cursors.get(page + 1);
    if (next === undefined || next === before) return;
    this.#cursors.set(page + 1, next);
    if (before === undefined || this.#host.skips()) return;
    for (const [later, held] of this.#pages)
      if (later > page) this.#pages.set(later, { ...held, fresh: false });
    if (this.#reading.has(page + 1)) this.#giveUp(page + 1);
  }

  /** The list ends here: what was held beyond is gone. */
  #endAt(page: number, end: number): void {
    // An empty page only says that the end is not behind it.
    const empty = end === page * this.#size && this.#known > 0;
    this.#known = empty ? Math.min(this.#known, end) : end;
    this.#more = false;
    if (this.total !== undefined && (this.total > end || this.capped)) {
      this.total = end;
      this.capped = false;
    }
    for (const beyond of [...this.#pages.keys()]) if (beyond > page) this.#pages.delete(beyond);
    for (const beyond of [...this.#cursors.keys()]) if (beyond > page) this.#cursors.delete(beyond);
  }

  /** The longest unused pages make room, but none that is wanted. */
  #forget(): void {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= this.#kept) return;
      if (!this.#isWanted(page)) this.#pages.delete(page);
    }
  }

  #touch(page: number): void {
    const held = this.#pages.get(page);
    if (held === undefined) return;
    this.#pages.delete(page);
    this.#pages.set(page, held);
  }

  #giveUp(page: number): void {
    this.#reading.delete(page);
    this.#host.requests.abort(`rows:${page}`);
  }
}
