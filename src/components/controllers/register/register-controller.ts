/**
 * What a register knows and does, without a DOM: the question being asked, its rows, what is ticked, values,
 * totals, saved views. It re-reads when the ledger changes and keeps the old rows until the new ones are there.
 * One class for lots, serials and postings.
 */
import { everyPage, type ReadAll } from './every-row.ts';
import { FootTotals } from './foot-totals.ts';
import type { RegisterOptions } from './options.ts';
import type { Changed } from './register-question.ts';
import { RegisterRows } from './register-rows.ts';
import { SavedViews } from './saved-views.ts';
import { Selection } from './selection.ts';
import { same, stateFrom, viewState } from './state.ts';
import { Ticks } from './ticks.ts';
import type { RegisterState } from './types.ts';
import { hasUrlState, readUrlState, urlPrefix, writeUrlState } from './url-state.ts';
import { ValueLists } from './value-lists.ts';
import { findVanished } from './vanished.ts';

export type { Phase, Preset, RegisterField, RegisterOptions } from './options.ts';
export { SKELETON_AFTER } from './register-rows.ts';

const CHANGES_PAUSE = 250;
const CHANGES_AT_LEAST = 1000;
const SEEN_PAUSE = 300;

/**
 * @example
 * const register = new RegisterController<Lot>({
 *   list: (query) => ledger.lots.list(query),
 *   presets: () => [{ id: 'open', filter: { state: 'open' } }], preset: 'open',
 *   sort: 'expiryDate', limit: 25, changed: () => draw(),
 * });
 * register.connect(true);
 */
export class RegisterController<R extends { readonly id: string }> extends RegisterRows<R> {
  /** Ids of the opened rows. */
  readonly expanded = new Set<string>();
  readonly selection: Selection;
  readonly totals: FootTotals;
  readonly valueLists: ValueLists;
  readonly views: SavedViews;
  readonly #ticks: Ticks<R>;
  #changedSince: number | undefined;
  #ledger: object | undefined;

  constructor(options: RegisterOptions<R>) {
    super(options);
    const host = {
      requests: this.requests,
      fields: () => this.fields,
      offers: () => this.offers,
      asked: () => this.asked,
      failed: (error: unknown) => options.failed?.(error),
      changed: () => options.changed(),
    };
    this.totals = new FootTotals({ ...host, summary: () => options.summary });
    this.valueLists = new ValueLists({
      ...host,
      askedBut: (name) => this.askedBut(name),
      values: () => options.values,
      filter: (name) => this.state.filters[name],
      setFilter: (name, value) => this.setFilter(name, value),
    });
    this.selection = new Selection({
      ...host,
      total: () => (this.capped ? undefined : this.total),
      may: (next) => options.maySelect?.(next) !== false,
    });
    this.#ticks = new Ticks(this.selection, {
      lineCount: () => this.lineCount,
      line: (index) => this.line(index),
      need: (first, last, take) => this.need(first, last, take),
    });
    this.views = new SavedViews({ ...options.views, ...host });
  }

  get hasNext(): boolean {
    return this.paged.hasNext;
  }

  get hasPrevious(): boolean {
    return this.page > 0;
  }

  /** Pages in all, where the total is known. */
  get pages(): number | undefined {
    return this.paged.count(this.capped ? undefined : this.total);
  }

  next(): void {
    if (!this.busy && this.hasNext) this.goTo(this.page + 1);
  }

  previous(): void {
    this.goTo(this.page - 1);
  }

  /** Goes to a page, from 0, as far as it can be reached. */
  goTo(page: number): void {
    const to = Math.min(page, (this.pages ?? Number.MAX_SAFE_INTEGER) - 1);
    if (to >= 0 && this.paged.reaches(to)) this.change({ page: to + 1 });
  }

  toggle(id: string, open = !this.expanded.has(id)): void {
    if (open) this.expanded.add(id);
    else this.expanded.delete(id);
    this.o.changed();
  }

  /** Of a window: the first line that is visible; it tells the page in the state, once the window rests. */
  seen(first: number): void {
    if (this.way !== 'window') return;
    const page = Math.floor(first / this.limit) + 1;
    this.timers.set('seen', SEEN_PAUSE, () => this.change({ page }));
  }

  /** The ledger changed: read again soon, but not with every posting of an import. */
  touched(): void {
    const now = Date.now();
    this.#changedSince ??= now;
    const wait = Math.max(0, Math.min(CHANGES_PAUSE, this.#changedSince + CHANGES_AT_LEAST - now));
    this.timers.set('changes', wait, () => {
      this.#changedSince = undefined;
      void this.read();
    });
  }

  /** Ticks or unticks a line, or turns its tick round. */
  tick(line: number, on?: boolean): void {
    this.#ticks.tick(line, on);
  }

  /** Shift: ticks from the line ticked last to this one; reads what lies between where it is not at hand. */
  async tickTo(line: number): Promise<void> {
    try {
      await this.#ticks.tickTo(line);
    } catch (error) {
      this.o.failed?.(error);
    }
  }

  /** Ticks all rows at hand, or unticks them where all are ticked. */
  tickPage(): void {
    const ids = this.rows.map(({ id }) => id);
    this.selection.set(ids, this.selection.of(ids) !== 'all');
  }

  /** Ticks all that match, also those that are not on the screen. */
  tickAll(): void {
    this.selection.setAll();
  }

  /**
   * Every page of the question, one after the other, prepared as for the screen: for files and print.
   * @throws what reading throws; an `AbortError` where the signal says so
   */
  everyRow(how: ReadAll = {}): AsyncGenerator<readonly R[]> {
    const { question } = this;
    return everyPage((page, signal) => this.list({ ...question, ...page }, signal), how, this.offers.total);
  }

  /**
   * By the host, whenever it has a ledger, before `connect`: of another one than before nothing is kept that
   * names its records. The question stays.
   */
  useLedger(ledger: object): void {
    const before = this.#ledger;
    this.#ledger = ledger;
    if (before !== undefined && before !== ledger) this.forget();
  }

  /** Forgets rows, what is ticked, opened and added up, and the values that were listed; the host is told. */
  forget(): void {
    this.connect(false);
    this.expanded.clear();
    this.selection.forget();
    this.asOf = undefined;
    this.readAt = undefined;
  }

  /** Shows a saved view; undefined = the register as it comes. */
  useView(id: string | undefined): void {
    this.change(this.#viewed(id));
  }

  /** The state a view stands for; without one, the register as it comes. */
  #viewed(id: string | undefined): Partial<RegisterState> {
    const { density, rows } = this.defaults;
    const view = this.views.find(id);
    return { ...this.defaults, density, rows, ...view?.state, view: view?.id, page: 1 };
  }

  /** The state is no longer what its view, or without one the register as it comes, says. */
  get viewDirty(): boolean {
    const own = (state: Partial<RegisterState>): unknown =>
      viewState({ ...this.defaults, ...state }, this.defaults);
    return !same(own(this.state), own(this.#viewed(this.state.view)));
  }

  /** Keeps the state as a view of its own, which is then the one in use. */
  async saveViewAs(name: string): Promise<void> {
    const view = await this.views.saveAs(name, viewState(this.state, this.defaults));
    if (view !== undefined) this.change({ view: view.id });
  }

  /** Keeps the state in the view in use. */
  async saveView(): Promise<void> {
    const { view } = this.state;
    if (view !== undefined) await this.views.save(view, viewState(this.state, this.defaults));
  }

  /** Removes a view; the state it was stays on the screen. */
  async removeView(id: string): Promise<void> {
    await this.views.remove(id);
    if (this.state.view === id && this.views.find(id) === undefined) this.change({ view: undefined });
  }

  /**
   * To be waited for before `connect`: reads the saved views and takes the state an address says, else that of
   * the view that is taken at the start.
   *
   * @example await register.open(new URLSearchParams(location.search), 'lots');
   */
  async open(params?: URLSearchParams, prefix = ''): Promise<void> {
    await this.views.load();
    const said = params !== undefined && hasUrlState(params, prefix);
    if (!said && this.views.standard === undefined) return;
    const named = said ? params.get(`${urlPrefix(prefix)}view`) : null;
    const base = this.#viewed(named ?? this.views.standard?.id);
    this.setState(said ? { ...base, ...readUrlState(params, prefix, base), view: base.view } : base);
  }

  /** Writes into an address what differs from the view in use, and which one that is; other parameters stay. */
  toUrl(params: URLSearchParams, prefix: string): void {
    const { view } = this.state;
    const base = stateFrom(this.#viewed(view), this.defaults);
    const standard = this.views.standard?.id;
    writeUrlState(params, prefix, this.state, stateFrom({ ...base, view: standard }, base));
  }

  protected override applied(changed: Changed): void {
    if (changed.has('filters') || changed.has('search') || changed.has('preset')) {
      this.selection.questionChanged();
      this.totals.reset();
    }
    super.applied(changed);
  }

  override disconnect(): void {
    super.disconnect();
    this.#changedSince = undefined;
    this.totals.reset();
    this.valueLists.hide();
  }

  protected override renewed(before: readonly R[]): void {
    void this.totals.read();
    void this.#lookFor(before);
  }

  /** Ticked rows that are no longer where they were: those that are gone are told, and no longer ticked. */
  async #lookFor(before: readonly R[]): Promise<void> {
    const now = new Set(this.rows.map(({ id }) => id));
    const missing = before.flatMap(({ id }) => (this.selection.ids?.has(id) && !now.has(id) ? [id] : []));
    const { get } = this.o;
    if (missing.length === 0 || get === undefined) return;
    const outcome = await this.requests.run('vanished', (signal) => findVanished(missing, get, signal));
    if (!outcome.stale) this.selection.drop(outcome.value);
  }
}
