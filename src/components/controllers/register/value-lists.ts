/**
 * The list of values of one field, to be ticked: those among the records that match all other filters, read
 * and searched as somebody types. What is ticked is a draft until it is applied.
 */
import {
  type FieldValue,
  type FilterValue,
  type Page,
  type Problem,
  problemOf,
  type ValuesQuery,
} from '../../core.ts';
import type { Requests } from '../requests.ts';
import { Timers } from '../timers.ts';
import type { Asked } from './question.ts';

const PAUSE = 200;
const LIMIT = 100;

type Value = FieldValue['value'];

/** What value lists need of their register. */
export interface ValuesHost {
  readonly requests: Requests;
  /** The question without one filter. */
  readonly askedBut: (filter: string) => Asked;
  readonly values: () =>
    | ((field: string, query: ValuesQuery, signal: AbortSignal) => Promise<Page<FieldValue>>)
    | undefined;
  readonly filter: (name: string) => FilterValue | undefined;
  readonly setFilter: (name: string, value: FilterValue | undefined) => void;
  readonly failed: (error: unknown) => void;
  readonly changed: () => void;
}

/** Values a filter has ticked: one, or those of a list; none of any other comparison. */
export function checkedOf(filter: FilterValue | undefined): ReadonlySet<Value> {
  if (filter === undefined) return new Set();
  if (filter === null || typeof filter !== 'object') return new Set([filter]);
  const { in: values, isNull, ...rest } = filter;
  if (Object.values(rest).some((part) => part !== undefined)) return new Set();
  if (values !== undefined) return new Set(values);
  return isNull === true ? new Set([null]) : new Set();
}

/** The filter of ticked values; none where nothing is ticked. */
export function filterOfChecked(checked: ReadonlySet<Value>): FilterValue | undefined {
  const values = [...checked];
  return values.length === 0 ? undefined : values.length === 1 ? values[0] : { in: values };
}

export class ValueLists {
  /** The list that is open: name of the filter, and of the field whose values it lists. */
  open: { readonly filter: string; readonly field: string } | undefined;
  items: readonly FieldValue[] = [];
  busy = false;
  problem: Problem | null = null;
  searched = '';
  /** Ticked in the draft. */
  checked: ReadonlySet<Value> = new Set();
  readonly #host: ValuesHost;
  readonly #timers = new Timers();
  #next: string | undefined;

  constructor(host: ValuesHost) {
    this.#host = host;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Opens the list of a filter; the values are those of the field of the same name unless said. */
  show(filter: string, field = filter): void {
    this.hide();
    this.open = { filter, field };
    this.checked = checkedOf(this.#host.filter(filter));
    void this.#read();
  }

  /** Closes it; the draft is forgotten. */
  hide(): void {
    this.#timers.clear();
    this.#host.requests.abort('values');
    this.open = undefined;
    this.items = [];
    this.searched = '';
    this.busy = false;
    this.problem = null;
    this.#next = undefined;
    this.checked = new Set();
    this.#host.changed();
  }

  /** Searches after a pause in typing, or at once. */
  search(text: string, now = false): void {
    this.#timers.clear();
    const searched = text.trim();
    if (searched === this.searched) return;
    const apply = (): void => {
      this.searched = searched;
      void this.#read();
    };
    if (now) apply();
    else this.#timers.set('search', PAUSE, apply);
  }

  more(): void {
    if (this.#next !== undefined && !this.busy) void this.#read(this.#next);
  }

  /** Reads the values again, as after a failure. */
  retry(): void {
    if (this.open !== undefined) void this.#read();
  }

  /** Ticks or unticks a value. */
  check(value: Value, on = !this.checked.has(value)): void {
    const checked = new Set(this.checked);
    if (on) checked.add(value);
    else checked.delete(value);
    this.checked = checked;
    this.#host.changed();
  }

  /** Ticks or unticks all that are listed. */
  checkAll(on: boolean): void {
    const checked = new Set(this.checked);
    for (const { value } of this.items) {
      if (on) checked.add(value);
      else checked.delete(value);
    }
    this.checked = checked;
    this.#host.changed();
  }

  /** Makes the ticked values the filter, and closes. */
  apply(): void {
    if (this.open === undefined) return;
    const { filter } = this.open;
    const value = filterOfChecked(this.checked);
    this.hide();
    this.#host.setFilter(filter, value);
  }

  async #read(cursor?: string): Promise<void> {
    const ask = this.#host.values();
    const { open } = this;
    if (ask === undefined || open === undefined) return;
    const { filter } = this.#host.askedBut(open.filter);
    const query = {
      ...(Object.keys(filter).length > 0 ? { filter } : {}),
      ...(this.searched === '' ? {} : { search: this.searched }),
      ...(cursor === undefined ? {} : { cursor }),
      limit: LIMIT,
    };
    this.busy = true;
    this.#host.changed();
    try {
      const outcome = await this.#host.requests.run('values', (signal) => ask(open.field, query, signal));
      if (outcome.stale) return;
      const { items, next } = outcome.value;
      this.items = cursor === undefined ? items : [...this.items, ...items];
      this.#next = next;
      this.problem = null;
    } catch (error) {
      this.problem = problemOf(error);
      this.#host.failed(error);
    }
    this.busy = false;
    this.#host.changed();
  }
}
