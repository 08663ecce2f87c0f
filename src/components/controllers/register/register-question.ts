/**
 * The state of a register and every act that changes it. An act of a user is put to the host before it happens
 * (convention 19); what the host sets itself is not.
 */
import type { FilterValue } from '../../core.ts';
import { Timers } from '../timers.ts';
import { Columns } from './columns.ts';
import { FilterRow } from './filter-row.ts';
import { Offers } from './offers.ts';
import type { RegisterField, RegisterOptions } from './options.ts';
import { type Asked, askedOf, pressedSort, sortsOf } from './question.ts';
import { soundState } from './sound.ts';
import { bare, differing, firstState, same, searchOf, stateFrom } from './state.ts';
import type { RegisterState } from './types.ts';

const SEARCH_PAUSE = 200;

/** A filter in force beside the chip's. */
export interface ActiveFilter {
  readonly name: string;
  readonly value: FilterValue;
  /** The field it filters by, where one of the register's does. */
  readonly field: RegisterField | undefined;
}

/** What a state has that another has not: which parts an act has changed. */
export type Changed = ReadonlySet<keyof RegisterState>;

const asksAnew: readonly (keyof RegisterState)[] = ['search', 'preset', 'filters', 'sort', 'group', 'rows'];

export abstract class RegisterQuestion<R extends { readonly id: string }> {
  /** Order, widths and pins of the columns. */
  readonly columns: Columns;
  /** What is typed in the filter row. */
  readonly filterRow: FilterRow;
  protected readonly o: RegisterOptions<R>;
  protected readonly timers = new Timers();
  #defaults: RegisterState;
  #state: RegisterState;
  #offers: { readonly said: unknown; readonly offers: Offers } | undefined;

  constructor(options: RegisterOptions<R>) {
    this.o = options;
    this.#defaults = firstState(options.preset, options.sort);
    this.#state = this.#defaults;
    this.columns = new Columns({
      fields: () => this.fields,
      columns: () => this.#state.columns,
      change: (columns) => void this.change({ columns }),
    });
    this.filterRow = new FilterRow({
      filter: (name) => this.#state.filters[name],
      setFilter: (name, value) => this.setFilter(name, value),
      changed: () => this.o.changed(),
    });
  }

  /** The state has changed in these parts. */
  protected abstract applied(changed: Changed): void;

  /** Everything that makes the register look the way it does. */
  get state(): RegisterState {
    return this.#state;
  }

  /** The state nobody has touched: the kind's own with what the host set. */
  get defaults(): RegisterState {
    return this.#defaults;
  }

  /** By the host, before the register is connected: what its state is when nobody has touched it. */
  setDefaults(next: Partial<RegisterState>): void {
    const untouched = same(this.#state, this.#defaults);
    this.#defaults = stateFrom(next, this.#defaults);
    if (untouched) this.setState(this.#defaults);
  }

  /** By the host: not put to it. Parts that make no sense are left out. */
  setState(next: Partial<RegisterState>): void {
    this.#put(this.#sound(this.#next(next)));
  }

  /** Drops of the state what the list cannot be asked. */
  protected tidy(): void {
    this.#state = this.#sound(this.#state);
  }

  /** Without a word from the ledger nothing is known to be wrong. */
  #sound(state: RegisterState): RegisterState {
    if (this.o.capabilities?.() === undefined) return state;
    return soundState(state, this.offers, this.fields, this.#defaults);
  }

  get fields(): readonly RegisterField[] {
    return this.o.fields?.() ?? [];
  }

  /** What the list offers. */
  get offers(): Offers {
    const said = this.o.capabilities?.();
    if (this.#offers === undefined || this.#offers.said !== said) {
      this.#offers = { said, offers: new Offers(said) };
    }
    return this.#offers.offers;
  }

  get search(): string {
    return this.#state.search;
  }

  get preset(): string {
    return this.#state.preset;
  }

  /** The first sort, `-expiryDate`. */
  get sort(): string {
    return this.sorts[0] ?? this.o.sort;
  }

  /** The sorts that are asked. */
  get sorts(): readonly string[] {
    return sortsOf(this.#state, this.offers, this.o.sort);
  }

  /** Direction and place of a sort by its name; place 0 where it is the only one. Undefined = not sorted by. */
  sortOf(name: string): { readonly down: boolean; readonly ordinal: number } | undefined {
    const { sorts } = this;
    const at = sorts.findIndex((sort) => bare(sort) === name);
    if (at < 0) return undefined;
    return { down: sorts[at]?.startsWith('-') ?? false, ordinal: sorts.length === 1 ? 0 : at + 1 };
  }

  /** Filter and search as they are asked, the chip's filter among them. */
  get asked(): Asked {
    return askedOf(this.#state, this.o.presets(), this.offers);
  }

  /** The question as it is asked without one of its filters. */
  protected askedBut(name: string): Asked {
    const { [name]: _, ...filters } = this.#state.filters;
    return askedOf({ ...this.#state, filters }, this.o.presets(), this.offers);
  }

  /** Filters in force beside the chip's, in the order of the fields. */
  get active(): readonly ActiveFilter[] {
    const { fields } = this;
    const at = (name: string): number => fields.findIndex(({ filter }) => filter === name);
    return Object.entries(this.#state.filters)
      .filter(([name]) => this.offers.filter(name))
      .map(([name, value]) => ({ name, value, field: fields[at(name)] }))
      .sort((a, b) => at(a.name) - at(b.name));
  }

  /** A search or a filter other than the widest is on. */
  get filtered(): boolean {
    const { filter, search } = this.asked;
    return search !== '' || Object.keys(filter).length > 0;
  }

  /** Searches after a pause in typing, or at once. */
  setSearch(text: string, now = false): void {
    this.timers.clear('search');
    const apply = (): void => void this.change({ search: searchOf(text) });
    if (now) apply();
    else this.timers.set('search', SEARCH_PAUSE, apply);
  }

  setPreset(id: string): void {
    this.change({ preset: id });
  }

  /**
   * A press on a header: by this field, or turned round. With Shift (`add`) beside the others: added, turned
   * round, taken away.
   */
  sortBy(name: string, add = false): void {
    if (this.offers.sort(name))
      this.change({ sort: pressedSort(this.sorts, name, add, this.offers.sortDepth) });
  }

  /** Sets the sorts as they stand in a question, `-expiryDate`. */
  setSort(...sorts: readonly string[]): void {
    this.change({ sort: sorts });
  }

  /** Sets one filter; undefined takes it away. */
  setFilter(name: string, value: FilterValue | undefined): void {
    const { [name]: _, ...rest } = this.#state.filters;
    this.change({ filters: value === undefined ? rest : { ...this.#state.filters, [name]: value } });
  }

  /** Groups by fields, by their keys, the outermost first; none = no groups. */
  setGroup(keys: readonly string[]): void {
    this.change({ group: keys });
  }

  setDensity(density: RegisterState['density']): void {
    this.change({ density });
  }

  /** The reader's own number of rows of a page. */
  setRows(rows: number): void {
    this.change({ rows });
  }

  /** Takes away the search, the filters beside the chip, or all there is. */
  clear(what: 'search' | 'filters' | 'all'): void {
    this.timers.clear('search');
    this.filterRow.clearUnread();
    if (what === 'search') this.change({ search: '' });
    else if (what === 'filters') this.change({ filters: {} });
    else {
      const widest = this.o.presets().find((preset) => Object.keys(preset.filter).length === 0);
      this.change({ search: '', filters: {}, preset: widest?.id ?? this.o.preset });
    }
  }

  /** A user's change: put to the host, then done. False where the host would not have it. */
  protected change(part: Partial<RegisterState>): boolean {
    const next = this.#next(part);
    if (same(next, this.#state)) return true;
    if (this.o.mayChange?.(next) === false) {
      // What a control shows may be ahead of the state.
      this.o.changed();
      return false;
    }
    this.#put(next);
    return true;
  }

  /** What nobody asked for, as a page that is gone: told, but not to be refused. */
  protected correct(part: Partial<RegisterState>): void {
    const next = stateFrom(part, this.#state);
    if (same(next, this.#state)) return;
    this.o.mayChange?.(next);
    this.#state = next;
  }

  /** The state with some parts changed; another question starts at its first page. */
  #next(part: Partial<RegisterState>): RegisterState {
    const next = stateFrom(part, this.#state);
    if (part.page !== undefined || next.page === 1) return next;
    return differing(next, this.#state).some((name) => asksAnew.includes(name)) ? { ...next, page: 1 } : next;
  }

  #put(next: RegisterState): void {
    const changed = new Set(differing(next, this.#state));
    if (changed.size === 0) return;
    this.#state = next;
    this.applied(changed);
  }
}

/** Whether parts that have changed ask for other rows, or in another order. */
export const isAnew = (changed: Changed): boolean => asksAnew.some((name) => changed.has(name));
