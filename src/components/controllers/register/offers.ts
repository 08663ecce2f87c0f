/** What a list offers, asked by name: whoever uses it need not know what a ledger leaves unsaid. */
import type { QueryCapabilities } from '../../core.ts';

export type Comparison = 'in' | 'like' | 'from' | 'to' | 'isNull';

const everyComparison: readonly Comparison[] = ['in', 'like', 'from', 'to', 'isNull'];

/** What the name of a custom attribute's filter and sort begins with; it has every comparison. */
const ATTRIBUTE = 'attributes.';

export class Offers {
  /** It has a quick search. */
  readonly search: boolean;
  /** It counts what matches. */
  readonly total: boolean;
  /** It can start in the middle. */
  readonly skip: boolean;
  /** Patterns of any kind; else only a text that occurs somewhere. */
  readonly patterns: boolean;
  /** Sorts in one question. */
  readonly sortDepth: number;
  readonly #said: QueryCapabilities | undefined;

  /** Without a word from the ledger: a search, any one sort, no filters. */
  constructor(said: QueryCapabilities | undefined) {
    this.#said = said;
    this.search = said?.search ?? true;
    this.total = said?.total ?? true;
    this.skip = said?.skip ?? false;
    this.patterns = said?.patterns !== false;
    this.sortDepth = Math.max(1, said?.sortDepth ?? 1);
  }

  /** It sorts by that, up or down. */
  sort(name: string | undefined): boolean {
    if (name === undefined) return false;
    return this.#said === undefined || this.#said.sorts.includes(name) || this.#attribute(name);
  }

  /** The sort to begin with: the one wished for where it is offered, else the first there is. */
  usual(wished: string): readonly string[] {
    if (this.sort(wished.replace(/^-/, ''))) return [wished];
    return this.#said?.sorts.slice(0, 1) ?? [];
  }

  filter(name: string | undefined): boolean {
    if (name === undefined) return false;
    return (this.#said?.filters.includes(name) ?? false) || this.#attribute(name);
  }

  /** What a filter can compare beside a plain value. */
  comparisons(name: string): readonly Comparison[] {
    const said = this.#said?.comparisons ?? {};
    if (Object.hasOwn(said, name)) return said[name] ?? [];
    return this.#attribute(name) ? everyComparison : [];
  }

  /** A state may ask that: it is offered, or the ledger says nothing about that filter. */
  compares(name: string, comparison: string): boolean {
    const said = this.#said?.comparisons;
    if (said === undefined || !Object.hasOwn(said, name)) return this.filter(name);
    return this.comparisons(name).some((one) => one === comparison);
  }

  /** It lists the values of that field. */
  values(field: string | undefined): boolean {
    return field !== undefined && (this.#said?.values?.includes(field) ?? false);
  }

  /** It groups by that field. */
  group(field: string | undefined): boolean {
    return field !== undefined && (this.#said?.groups?.includes(field) ?? false);
  }

  /** It adds that field up. */
  sum(field: string | undefined): boolean {
    return field !== undefined && (this.#said?.sums?.includes(field) ?? false);
  }

  #attribute(name: string): boolean {
    return this.#said?.attributes === true && name.startsWith(ATTRIBUTE);
  }
}
