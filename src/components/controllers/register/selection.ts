/**
 * What is ticked: some rows by their ids, or all that match but some. It survives paging, sorting and reading
 * again; "all that match" ends with the question it was said of.
 */
import type { SelectionTarget } from '../../extensions/types.ts';
import type { Asked } from './question.ts';
import type { SelectionChange } from './types.ts';

/** What a selection needs of its register. */
export interface SelectionHost {
  readonly asked: () => Asked;
  /** How many match; undefined where not known exactly. */
  readonly total: () => number | undefined;
  /** A user is about to change it; false leaves it as it is. */
  readonly may: (next: SelectionChange) => boolean;
  readonly changed: () => void;
}

interface Ticked {
  readonly all: boolean;
  /** The ticked ones, or the exceptions. */
  readonly ids: ReadonlySet<string>;
}

const NONE: Ticked = { all: false, ids: new Set() };

export class Selection {
  /** Ids that were ticked and turned out to be gone, until the selection is changed again: to be told. */
  vanished: readonly string[] = [];
  readonly #host: SelectionHost;
  #ticked = NONE;

  constructor(host: SelectionHost) {
    this.#host = host;
  }

  /** All that match are ticked, but those that were unticked since. */
  get all(): boolean {
    return this.#ticked.all;
  }

  /** How many; undefined where not known. */
  get count(): number | undefined {
    return this.#countOf(this.#ticked);
  }

  get empty(): boolean {
    return !this.#ticked.all && this.#ticked.ids.size === 0;
  }

  /** The ticked ids, where they are known one by one. */
  get ids(): ReadonlySet<string> | undefined {
    return this.#ticked.all ? undefined : this.#ticked.ids;
  }

  has(id: string): boolean {
    return this.#ticked.ids.has(id) !== this.#ticked.all;
  }

  /** Whether all, some or none of these rows are ticked. */
  of(ids: readonly string[]): 'all' | 'some' | 'none' {
    const ticked = ids.filter((id) => this.has(id)).length;
    return ticked === 0 ? 'none' : ticked === ids.length ? 'all' : 'some';
  }

  /** What it means, as jobs and actions take it. */
  target(): SelectionTarget {
    return this.#targetOf(this.#ticked);
  }

  /** Ticks or unticks rows. False where the host would not have it. */
  set(ids: readonly string[], on: boolean): boolean {
    const next = new Set(this.#ticked.ids);
    for (const id of ids) {
      if (on === this.#ticked.all) next.delete(id);
      else next.add(id);
    }
    return this.#change({ all: this.#ticked.all, ids: next });
  }

  /** Ticks all that match, also those that were never on the screen. */
  setAll(): boolean {
    return this.#change({ all: true, ids: new Set() });
  }

  clear(): boolean {
    return this.#change(NONE);
  }

  /** Another ledger, whose records are none of these: told to the host, but not to be refused. */
  forget(): void {
    if (this.empty) return;
    this.#host.may({ count: 0, target: this.#targetOf(NONE) });
    this.#put(NONE);
  }

  /** Another filter or search: "all that match" would be other rows now. */
  questionChanged(): void {
    if (this.#ticked.all) this.#put(NONE);
  }

  /** Records that were found to be gone are no longer ticked. */
  drop(ids: readonly string[]): void {
    const gone = ids.filter((id) => this.#ticked.ids.has(id));
    if (gone.length === 0) return;
    const left = new Set(this.#ticked.ids);
    for (const id of gone) left.delete(id);
    const told = this.#ticked.all ? [] : [...this.vanished, ...gone];
    this.#put({ all: this.#ticked.all, ids: left });
    this.vanished = told;
  }

  #change(next: Ticked): boolean {
    const { all, ids } = this.#ticked;
    if (next.all === all && next.ids.size === ids.size && [...next.ids].every((id) => ids.has(id)))
      return true;
    const allowed = this.#host.may({ count: this.#countOf(next), target: this.#targetOf(next) });
    if (allowed) this.#put(next);
    else this.#host.changed();
    return allowed;
  }

  #put(next: Ticked): void {
    this.#ticked = next;
    this.vanished = [];
    this.#host.changed();
  }

  #countOf({ all, ids }: Ticked): number | undefined {
    if (!all) return ids.size;
    const total = this.#host.total();
    return total === undefined ? undefined : Math.max(0, total - ids.size);
  }

  #targetOf({ all, ids }: Ticked): SelectionTarget {
    if (!all) return { ids: [...ids] };
    const { filter, search } = this.#host.asked();
    return { filter, ...(search === '' ? {} : { search }), except: [...ids] };
  }
}
