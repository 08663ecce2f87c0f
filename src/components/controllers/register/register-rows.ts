/**
 * The rows of a register: read in pages, in one window or in groups, kept while they are read again, dropped
 * with the question they answered. The newest request wins.
 */
import { type ListQuery, type Page, type Problem, problemOf } from '../../core.ts';
import { Requests } from '../requests.ts';
import { Groups } from './groups.ts';
import type { Phase, RegisterOptions } from './options.ts';
import { PageCache } from './page-cache.ts';
import { Pages } from './pages.ts';
import { PresetCounts } from './preset-counts.ts';
import { asQuery } from './question.ts';
import { type Changed, isAnew, RegisterQuestion } from './register-question.ts';
import { same } from './state.ts';
import type { Line } from './types.ts';

/** Milliseconds: nothing is drawn for a read that is faster than this. */
export const SKELETON_AFTER = 150;
const COUNTS_PAUSE = 1500;

export abstract class RegisterRows<R extends { readonly id: string }> extends RegisterQuestion<R> {
  readonly requests: Requests;
  readonly groups: Groups<R>;
  /**
   * Of a window: goes up whenever rows of another question come to stand there; the window then starts anew, at
   * the page of the state.
   */
  turn = 0;
  phase: Phase = 'waiting';
  /** A read is under way; the rows on the screen may be about to change. */
  busy = false;
  /** The read has taken long enough to say so. */
  slow = false;
  problem: Problem | null = null;
  asOf: { readonly seq: number; readonly date: string } | undefined;
  readAt: Date | undefined;
  /** The list page by page. */
  protected readonly paged: Pages<R>;
  readonly #counts: PresetCounts;
  readonly #cache: PageCache<R>;
  #limit: number;
  #drawn: readonly [number, number] = [0, 0];
  /** The question that is being read, and the one whose rows stand there. */
  #reading = '';
  #asked = '';
  /** Nobody is looking: nothing is read until it is connected again. */
  #away = false;

  constructor(options: RegisterOptions<R>) {
    super(options);
    this.#limit = options.limit;
    this.requests = options.requests ?? new Requests();
    const { requests } = this;
    const changed = (): void => options.changed();
    const failed = (error: unknown): void => this.#fail(error);
    this.groups = new Groups({
      requests,
      changed,
      failed,
      fields: () => this.fields,
      offers: () => this.offers,
      asked: () => this.asked,
      summary: () => options.summary,
      keys: () => this.state.group,
      list: (filter, page, signal) => this.list({ ...this.question, filter, ...page }, signal),
    });
    this.paged = new Pages({
      requests,
      jumps: () => this.jumps,
      limit: () => this.limit,
      page: () => this.page,
      correct: (page) => this.correct({ page: page + 1 }),
      list: (start, signal) =>
        this.list({ ...this.question, ...start, limit: this.limit, ...this.#count() }, signal),
    });
    this.#cache = new PageCache({
      requests,
      changed,
      failed,
      skips: () => this.jumps,
      replaced: () => {
        this.turn++;
      },
      read: (start, limit, total, signal) =>
        this.list({ ...this.question, ...start, limit, ...(total ? this.#count() : {}) }, signal),
      arrived: (page) => this.#arrived(page),
    });
    this.#counts = new PresetCounts({
      requests,
      changed,
      presets: () => options.presets(),
      count: (filter, signal) => this.#countOf(filter, signal),
    });
  }

  /** The rows have been read anew; those that stood there before. */
  protected abstract renewed(before: readonly R[]): void;

  get mode(): 'pages' | 'window' {
    return this.o.mode?.() ?? 'pages';
  }

  /** The rows stand in groups. */
  get grouped(): boolean {
    return this.groups.fields.length > 0;
  }

  protected get way(): 'pages' | 'window' | 'groups' {
    return this.grouped ? 'groups' : this.mode;
  }

  /** What stands there, in pages or in a window. */
  get #held(): Pages<R> | PageCache<R> {
    return this.way === 'window' ? this.#cache : this.paged;
  }

  /** The rows at hand: those of the page, those in sight of a window, those of opened groups. */
  get rows(): readonly R[] {
    const way = this.way;
    if (way === 'groups') return this.groups.rows;
    return way === 'window' ? this.#cache.between(...this.#drawn) : this.paged.rows;
  }

  /** How many match; undefined where not known. */
  get total(): number | undefined {
    return this.grouped ? this.groups.totals?.count : this.#held.total;
  }

  /** There are more than `total`: counting was to stop there. */
  get capped(): boolean {
    return !this.grouped && this.#held.capped;
  }

  /** How many match each chip, without a search; absent where not known. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts.known;
  }

  /** Lines to draw: rows of the page, all rows of a window, groups and what is in the open ones. */
  get lineCount(): number {
    const way = this.way;
    if (way === 'groups') return this.groups.lines.length;
    return way === 'window' ? this.#cache.count : this.paged.rows.length;
  }

  /** A line by its place, from 0; a blank one where there is none yet. */
  line(index: number): Line<R> {
    const way = this.way;
    if (way === 'groups') return this.groups.lines[index] ?? { kind: 'blank', index, level: 0 };
    const row = way === 'window' ? this.#cache.row(index) : this.paged.rows[index];
    const place = way === 'window' ? index : index + this.paged.from;
    return row === undefined
      ? { kind: 'blank', index: place, level: 0 }
      : { kind: 'row', index: place, row, level: 0 };
  }

  /** Of a window: the lines from one to another, without it, are drawn. Reads what is missing of them. */
  show(first: number, last: number): void {
    this.#drawn = [first, last];
    const reads = this.phase !== 'waiting' && this.phase !== 'stopped';
    if (this.way === 'window' && reads) this.#cache.show(first, last);
  }

  /** Reads rows of a window that are not on the screen, for ticking them. */
  protected need(first: number, last: number, take: (row: R) => void): Promise<void> {
    return this.#cache.need(first, last, take);
  }

  /** Rows of a page: the reader's own number, else the host's. */
  get limit(): number {
    return this.state.rows ?? this.#limit;
  }

  /** By the host. */
  setLimit(limit: number): void {
    if (limit === this.#limit) return;
    this.#limit = limit;
    if (this.state.rows === undefined) this.restart();
  }

  /** The page on the screen, from 0. */
  get page(): number {
    return this.state.page - 1;
  }

  /** Number of the first row on the screen, from 1. */
  get first(): number {
    return this.way === 'pages' ? this.paged.from + 1 : 1;
  }

  /** Any page can be gone to: the list can start in the middle. */
  get jumps(): boolean {
    return this.offers.skip;
  }

  /** Starts over with a ledger, or stops. */
  connect(on: boolean): void {
    this.disconnect();
    this.#away = false;
    if (on) this.tidy();
    this.#empty();
    this.#counts.reset();
    this.problem = null;
    this.phase = on ? 'loading' : 'waiting';
    if (on) void this.read();
  }

  /** Drops what is under way; nothing more will happen. */
  disconnect(): void {
    this.#away = true;
    this.timers.clear();
    this.filterRow.stop();
    this.#giveUp();
  }

  /** Gives up on what is being read. */
  stop(): void {
    this.#giveUp();
    if (this.phase === 'loading') this.phase = 'stopped';
    this.o.changed();
  }

  #giveUp(): void {
    this.#cache.abort();
    this.groups.abort();
    this.requests.abort();
    this.#done();
  }

  protected override applied(changed: Changed): void {
    if (isAnew(changed)) this.restart();
    else if (changed.has('page') && this.way === 'pages') void this.read();
    else this.o.changed();
  }

  /** Another question, from the page the state names. The old rows stay until the new ones are there. */
  protected restart(): void {
    this.paged.restart();
    this.#cache.restart(this.page * this.limit);
    this.groups.restart();
    void this.read();
  }

  #empty(): void {
    this.paged.empty();
    this.#cache.empty();
    this.#cache.restart(this.page * this.limit);
    this.groups.empty();
  }

  /** The question without its page. */
  protected get question(): ListQuery {
    return { ...asQuery(this.asked), sort: this.sorts };
  }

  #count(): Pick<ListQuery, 'total'> {
    const count = this.o.count ?? true;
    return this.offers.total && count !== false ? { total: count } : {};
  }

  #countOf(filter: ListQuery['filter'], signal: AbortSignal): Promise<Page<R>> | undefined {
    const { total } = this.#count();
    if (total === undefined || filter === undefined) return undefined;
    return this.o.list({ filter, sort: [this.o.sort], limit: 1, total }, signal);
  }

  /** Asks the list, and prepares what it gave for the screen. */
  protected async list(query: ListQuery, signal: AbortSignal): Promise<Page<R>> {
    const page = await this.o.list(query, signal);
    await this.o.prepare?.(page.items, signal);
    return page;
  }

  /** Reads what is on the screen, or about to be. */
  async read(): Promise<void> {
    if (this.#away || this.phase === 'waiting') return;
    const before = this.rows;
    const asked = JSON.stringify([this.question, this.state.group]);
    this.#reading = asked;
    this.#begin();
    try {
      const arrived = await this.#readAll();
      if (!arrived) return;
      this.#asked = asked;
      this.renewed(before);
    } catch (error) {
      this.#fail(error, asked);
    }
  }

  /** Whether what was asked for has come: another reading may have taken its place. */
  async #readAll(): Promise<boolean> {
    const way = this.way;
    if (way === 'window') {
      await this.#cache.refresh();
      if (this.#cache.reading === 0) this.#done();
      return !this.busy && this.problem === null;
    }
    if (way === 'groups') {
      const summary = await this.groups.refresh();
      if (summary !== undefined) this.#arrived({ asOf: summary.asOf, total: summary.count });
      return summary !== undefined;
    }
    const page = await this.paged.read();
    if (page !== undefined) this.#arrived(page);
    return page !== undefined;
  }

  #begin(): void {
    this.busy = true;
    if (this.lineCount === 0) this.phase = 'loading';
    this.timers.set('slow', SKELETON_AFTER, () => {
      this.slow = true;
      this.o.changed();
    });
    this.o.changed();
  }

  #arrived(read: Pick<Page<R>, 'asOf' | 'total' | 'capped'>): void {
    this.#done();
    this.asOf = read.asOf;
    this.readAt = (this.o.now ?? (() => new Date()))();
    this.problem = null;
    this.phase = 'ready';
    const { total, capped } = read;
    const counted = this.#isPlain && total !== undefined && !capped ? this.preset : undefined;
    if (counted !== undefined && total !== undefined) this.#counts.set(counted, total);
    this.o.changed();
    // Pages of a window come without a total, but for the first of a reading.
    if (total === undefined) return;
    const pause = this.counts.size > 1 ? COUNTS_PAUSE : 0;
    this.timers.set('counts', pause, () => void this.#counts.read(counted));
  }

  /** The question is that of the chip, and nothing else. */
  get #isPlain(): boolean {
    const { filter, search } = this.asked;
    const preset = this.o.presets().find(({ id }) => id === this.preset);
    return search === '' && same(filter, preset?.filter ?? {});
  }

  #fail(error: unknown, asked = this.#reading): void {
    this.#done();
    this.problem = problemOf(error);
    // A list that changed under a cursor starts over once.
    if (this.problem.code === 'cursor.invalid' && this.page > 0) {
      this.correct({ page: 1 });
      this.restart();
      return;
    }
    // Rows of the same question stay readable; another question has none to show.
    if (asked !== this.#asked) this.#empty();
    this.phase = this.lineCount > 0 ? 'ready' : 'failed';
    this.o.failed?.(error);
    this.o.changed();
  }

  #done(): void {
    this.timers.clear('slow');
    this.busy = this.slow = false;
  }
}
