/**
 * The boxes of the filter row. What can be read becomes a filter; what cannot stays in its box, flagged, and is
 * not asked (convention 55). A filter that was set elsewhere is written into its box.
 */
import type { FilterValue } from '../../core.ts';
import { Timers } from '../timers.ts';
import type { FilterContext, FilterField, FilterProblem } from './filter-field.ts';
import { filterText, filterWords, parseFilter } from './filter-text.ts';
import { same } from './state.ts';

const PAUSE = 400;

/** What the filter row needs of its register. */
export interface FilterRowHost {
  readonly filter: (name: string) => FilterValue | undefined;
  readonly setFilter: (name: string, value: FilterValue | undefined) => void;
  readonly changed: () => void;
}

interface Box {
  readonly text: string;
  readonly problem?: FilterProblem;
  /** The filter it was when it was typed. */
  readonly value: FilterValue | undefined;
}

const UNKNOWN: FilterField = { type: 'text', comparisons: [] };

export class FilterRow {
  readonly #host: FilterRowHost;
  readonly #timers = new Timers();
  #fields: ReadonlyMap<string, FilterField> = new Map();
  #context: FilterContext = { locale: 'en', today: '' };
  /** What was typed, by the filter's name. */
  #boxes = new Map<string, Box>();

  constructor(host: FilterRowHost) {
    this.#host = host;
  }

  /** What the boxes are for, by the names of their filters, and who types; to be said before they are drawn. */
  describe(fields: ReadonlyMap<string, FilterField>, context: FilterContext): void {
    // A filter means the same in another language, a text does not.
    if (context.locale !== this.#context.locale) this.#forgetRead();
    this.#fields = fields;
    this.#context = context;
  }

  /** What stands in a box; null where the filter is none a box can say. */
  text(name: string): string | null {
    const box = this.#box(name);
    return box ? box.text : filterText(this.#host.filter(name), this.#field(name), this.#context);
  }

  /** Why what was typed cannot be read. */
  problem(name: string): FilterProblem | undefined {
    return this.#box(name)?.problem;
  }

  /** A filter in words, for its chip. */
  words(name: string, value: FilterValue): string {
    return filterWords(value, this.#field(name), this.#context);
  }

  /** Takes what is typed, after a pause or, on Enter and on leaving the box, at once. */
  type(name: string, text: string, now = false): void {
    this.#timers.clear(name);
    if (now) this.#take(name, text);
    else this.#timers.set(name, PAUSE, () => this.#take(name, text));
  }

  /** Empties a box, and takes its filter away. */
  clear(name: string): void {
    this.#timers.clear(name);
    this.#boxes.delete(name);
    this.#host.setFilter(name, undefined);
    this.#host.changed();
  }

  /** Empties the boxes that hold nothing but what could not be read. */
  clearUnread(): void {
    this.#timers.clear();
    this.#boxes.clear();
  }

  stop(): void {
    this.#timers.clear();
  }

  #take(name: string, text: string): void {
    const parsed = parseFilter(text, this.#field(name), this.#context);
    const value = parsed.ok ? parsed.value : undefined;
    this.#boxes.set(name, parsed.ok ? { text, value } : { text, value, problem: parsed.problem });
    this.#host.setFilter(name, value);
    this.#host.changed();
  }

  #field(name: string): FilterField {
    return this.#fields.get(name) ?? UNKNOWN;
  }

  /** What was typed, as long as the filter is still the one it became. */
  #box(name: string): Box | undefined {
    const box = this.#boxes.get(name);
    return box && same(box.value, this.#host.filter(name)) ? box : undefined;
  }

  #forgetRead(): void {
    for (const [name, { problem }] of this.#boxes) if (problem === undefined) this.#boxes.delete(name);
  }
}
