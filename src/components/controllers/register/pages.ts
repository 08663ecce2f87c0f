/** A list page by page: the rows of the page on the screen, and how to come to another one. */
import type { Page } from '../../core.ts';
import { Pager, type PageStart } from '../pager.ts';
import type { Requests } from '../requests.ts';

/** What pages need of their register. */
export interface PagesHost<R> {
  readonly requests: Requests;
  /** The list can start in the middle. */
  readonly jumps: () => boolean;
  /** Rows of a page. */
  readonly limit: () => number;
  /** The page of the state, from 0, and the way to put it right where it cannot be. */
  readonly page: () => number;
  readonly correct: (page: number) => void;
  readonly list: (start: PageStart, signal: AbortSignal) => Promise<Page<R>>;
}

export class Pages<R> {
  rows: readonly R[] = [];
  total: number | undefined;
  capped = false;
  /** Number of the first of the rows, from 0: while another page is read, or could not be, not that of the state. */
  from = 0;
  readonly #host: PagesHost<R>;
  readonly #pager = new Pager();

  constructor(host: PagesHost<R>) {
    this.#host = host;
  }

  get hasNext(): boolean {
    return this.#pager.hasNext;
  }

  /** Pages in all; undefined where not known. */
  count(total: number | undefined): number | undefined {
    return total === undefined ? undefined : Math.max(1, Math.ceil(total / this.#host.limit()));
  }

  /** Whether a page can be read at all. */
  reaches(page: number): boolean {
    return this.#host.jumps() || this.#pager.knows(page);
  }

  /** Another question: the way through the old list leads nowhere. */
  restart(): void {
    this.#pager.reset();
  }

  /** Nothing is left of the old list. */
  empty(): void {
    this.restart();
    this.rows = [];
    this.from = 0;
    this.total = undefined;
    this.capped = false;
  }

  /** Reads the page of the state; undefined where a newer reading took its place. */
  async read(): Promise<Page<R> | undefined> {
    const { requests, page, correct, limit, list } = this.#host;
    if (!this.reaches(page())) correct(0);
    this.#pager.turnTo(page());
    const start = this.#pager.start(limit());
    const outcome = await requests.run('page', (signal) => list(start, signal));
    if (outcome.stale) return undefined;
    const read = outcome.value;
    // What was the last page may be gone: show the one before it, or the last there is.
    if (read.items.length === 0 && page() > 0) {
      const last = (this.count(read.total) ?? page()) - 1;
      correct(this.#host.jumps() ? Math.min(last, page() - 1) : page() - 1);
      return this.read();
    }
    this.rows = read.items;
    this.from = page() * limit();
    this.total = read.total;
    this.capped = read.capped === true;
    this.#pager.arrived(read.next);
    return read;
  }
}
