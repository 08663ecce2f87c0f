/**
 * What a register knows and does, without a DOM: the question being asked, the page on the screen, where
 * the next one starts, which rows are open, what failed. It re-reads when the ledger changes and keeps the
 * old rows until the new ones are there. One class for lots, serials and postings.
 */
import { type FilterValue, type ListQuery, type Page, type Problem, problemOf } from '../core.ts';
import { Pager } from './pager.ts';
import type { Phase, RegisterOptions } from './register-options.ts';
import { Requests } from './requests.ts';
import { Timers } from './timers.ts';

export type { Phase, Preset, RegisterOptions } from './register-options.ts';

/** Milliseconds: nothing is drawn for a read that is faster than this. */
export const SKELETON_AFTER = 150;
const SEARCH_PAUSE = 200;
const CHANGES_PAUSE = 250;
const CHANGES_AT_LEAST = 1000;
const COUNTS_PAUSE = 1500;

export class RegisterController<R extends { readonly id: string }> {
  readonly requests: Requests;
  readonly expanded = new Set<string>();
  rows: readonly R[] = [];
  phase: Phase = 'waiting';
  /** A read is under way; the rows on the screen may be about to change. */
  busy = false;
  /** The read has taken long enough to say so. */
  slow = false;
  problem: Problem | null = null;
  total: number | undefined;
  asOf: { readonly seq: number; readonly date: string } | undefined;
  readAt: Date | undefined;
  search = '';
  preset: string;
  sort: string;
  /** How many match each preset, without a search; absent where not known. */
  counts: ReadonlyMap<string, number> = new Map();
  readonly #pager = new Pager();
  readonly #timers = new Timers();
  #o: RegisterOptions<R>;
  #limit: number;
  #changedSince: number | undefined;
  #asked = '';

  constructor(options: RegisterOptions<R>) {
    this.#o = options;
    this.preset = options.preset;
    this.sort = options.sort;
    this.#limit = options.limit;
    this.requests = options.requests ?? new Requests();
  }

  get limit(): number {
    return this.#limit;
  }

  /** The page on the screen, from 0. */
  get page(): number {
    return this.#pager.page;
  }

  get hasNext(): boolean {
    return this.#pager.hasNext;
  }

  get hasPrevious(): boolean {
    return this.#pager.hasPrevious;
  }

  /** Number of the first row on the screen, from 1. */
  get first(): number {
    return this.page * this.#limit + 1;
  }

  /** Pages in all, where the total is known. */
  get pages(): number | undefined {
    return this.total === undefined ? undefined : Math.max(1, Math.ceil(this.total / this.#limit));
  }

  /** A search or a filter other than the widest is on. */
  get filtered(): boolean {
    return this.search !== '' || Object.keys(this.#filter()).length > 0;
  }

  /** Starts over with a ledger, or stops. */
  connect(on: boolean): void {
    this.disconnect();
    this.rows = [];
    this.total = undefined;
    this.counts = new Map();
    this.problem = null;
    this.phase = on ? 'loading' : 'waiting';
    this.#pager.reset();
    if (on) void this.read();
  }

  /** Drops what is under way; nothing more will happen. */
  disconnect(): void {
    this.#timers.clear();
    this.requests.abort();
    this.#changedSince = undefined;
    this.busy = this.slow = false;
  }

  setLimit(limit: number): void {
    if (limit === this.#limit) return;
    this.#limit = limit;
    this.#ask();
  }

  /** Searches after a pause in typing, or at once. */
  setSearch(text: string, now = false): void {
    const search = text.trim();
    this.#timers.clear('search');
    if (now) this.#applySearch(search);
    else this.#timers.set('search', SEARCH_PAUSE, () => this.#applySearch(search));
  }

  #applySearch(search: string): void {
    if (search === this.search) return;
    this.search = search;
    this.#ask();
  }

  setPreset(id: string): void {
    if (id === this.preset) return;
    this.preset = id;
    this.#ask();
  }

  /** Sorts by a field; the same field again turns the order round. */
  sortBy(field: string): void {
    this.sort = this.sort === field ? `-${field}` : field;
    this.#ask();
  }

  /** Sets the sort as it stands in a question, `-expiryDate`. */
  setSort(sort: string): void {
    if (sort === this.sort) return;
    this.sort = sort;
    this.#ask();
  }

  clear(what: 'search' | 'all'): void {
    this.#timers.clear('search');
    this.search = '';
    if (what === 'all') {
      const widest = this.#o.presets().find((preset) => Object.keys(preset.filter).length === 0);
      this.preset = widest?.id ?? this.#o.preset;
    }
    this.#ask();
  }

  next(): void {
    if (!this.busy && this.#pager.turn(1)) void this.read();
  }

  previous(): void {
    if (this.#pager.turn(-1)) void this.read();
  }

  toggle(id: string, open = !this.expanded.has(id)): void {
    if (open) this.expanded.add(id);
    else this.expanded.delete(id);
    this.#o.changed();
  }

  /** The ledger changed: read again soon, but not with every posting of an import. */
  touched(): void {
    const now = Date.now();
    this.#changedSince ??= now;
    const wait = Math.max(0, Math.min(CHANGES_PAUSE, this.#changedSince + CHANGES_AT_LEAST - now));
    this.#timers.set('changes', wait, () => {
      this.#changedSince = undefined;
      void this.read();
    });
  }

  /** Gives up on what is being read. */
  stop(): void {
    this.requests.abort();
    this.#timers.clear('slow');
    this.busy = this.slow = false;
    if (this.phase === 'loading') this.phase = 'stopped';
    this.#o.changed();
  }

  /** Another question: from the first page. */
  #ask(): void {
    this.#pager.reset();
    void this.read();
  }

  #filter(): Readonly<Record<string, FilterValue>> {
    return this.#o.presets().find((preset) => preset.id === this.preset)?.filter ?? {};
  }

  #query(): ListQuery {
    const filter = this.#filter();
    const { cursor } = this.#pager;
    return {
      ...(Object.keys(filter).length > 0 ? { filter } : {}),
      ...(this.search === '' ? {} : { search: this.search }),
      ...(cursor === undefined ? {} : { cursor }),
      sort: [this.sort],
      limit: this.#limit,
      total: true,
    };
  }

  /** Reads the page that is asked for; the newest request wins. */
  async read(): Promise<void> {
    if (this.phase === 'waiting') return;
    const query = this.#query();
    const asked = JSON.stringify(query);
    this.busy = true;
    if (this.rows.length === 0) this.phase = 'loading';
    this.#timers.set('slow', SKELETON_AFTER, () => {
      this.slow = true;
      this.#o.changed();
    });
    this.#o.changed();
    try {
      const outcome = await this.requests.run('page', async (signal) => {
        const page = await this.#o.list(query, signal);
        await this.#o.prepare?.(page.items, signal);
        return page;
      });
      if (outcome.stale) return;
      this.#asked = asked;
      this.#show(outcome.value);
    } catch (error) {
      this.#fail(error, asked);
    }
  }

  #show(page: Page<R>): void {
    this.#done();
    // What was the last page may be gone: show the one before it.
    if (page.items.length === 0 && this.page > 0) {
      this.previous();
      return;
    }
    this.rows = page.items;
    this.#pager.arrived(page.next);
    this.total = page.total;
    this.asOf = page.asOf;
    this.readAt = (this.#o.now ?? (() => new Date()))();
    this.problem = null;
    this.phase = 'ready';
    if (this.search === '' && page.total !== undefined) this.#count(this.preset, page.total);
    this.#o.changed();
    this.#timers.set('counts', this.counts.size > 1 ? COUNTS_PAUSE : 0, () => void this.#readCounts());
  }

  #fail(error: unknown, asked: string): void {
    this.#done();
    this.problem = problemOf(error);
    // A list that changed under a cursor starts over once.
    if (this.problem.code === 'cursor.invalid' && this.page > 0) {
      this.#ask();
      return;
    }
    // Rows of the same question stay readable; another question has none to show.
    if (asked !== this.#asked) this.rows = [];
    this.phase = this.rows.length > 0 ? 'ready' : 'failed';
    this.#o.failed?.(error);
    this.#o.changed();
  }

  #done(): void {
    this.#timers.clear('slow');
    this.busy = this.slow = false;
  }

  #count(id: string, total: number): void {
    this.counts = new Map(this.counts).set(id, total);
  }

  /** The counts of the other chips, one after the other, after the page is there; a failure hides them. */
  async #readCounts(): Promise<void> {
    for (const { id, filter } of this.#o.presets()) {
      if (id === this.preset && this.search === '') continue;
      try {
        const outcome = await this.requests.run(`count:${id}`, (signal) =>
          this.#o.list({ filter, sort: [this.sort], limit: 1, total: true }, signal),
        );
        if (outcome.stale) return;
        if (outcome.value.total !== undefined) this.#count(id, outcome.value.total);
      } catch {
        return;
      }
    }
    this.#o.changed();
  }
}
