/** `ledger.counts`: what is really there, against what the books have. */
import type { CountInput } from '../model/count.ts';
import type { ListQuery, Page } from '../model/views.ts';
import type { Count, CountSheet } from '../model/views-counts.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type ChangeOptions, send, type Valued, valued } from './resource.ts';

/** A count as a host writes it: numbers are welcome as quantities where they are exact. */
type Loose<T> = T extends readonly (infer E)[]
  ? readonly Loose<E>[]
  : T extends object
    ? { readonly [K in keyof T]: K extends 'counted' ? string | number | null | undefined : Loose<T[K]> }
    : T;

/** What `post` and `preview` take. */
export type CountDraft = Loose<CountInput>;

/** What a sheet is asked for: a warehouse, narrower if wanted, on a day; today unless said. */
export interface SheetQuery {
  readonly warehouse: string;
  readonly item?: string | null;
  readonly location?: string | null;
  readonly date?: string | null;
}

export interface Counts extends Valued {
  /**
   * Compares what was found with the books at the end of the count's day, and posts the differences as losses
   * and gains in one step. Only the lots, places and pieces that are named change; a `complete` line stands
   * for everything of its item at its place.
   * @throws LedgerError template.notCounting; lot.insufficient, naming a later day that would be short
   * @example
   * await ledger.counts.post({ warehouse: 'MAIN', template: 'CNT', date: '2026-11-22',
   *   lines: [{ item: 'MILK', location: 'A-01', lots: [{ code: 'L1', counted: '7' }] }] });
   */
  post(count: CountDraft, options?: ChangeOptions): Promise<Count>;
  /** What the count would come to; nothing is written. */
  preview(count: CountDraft): Promise<Count>;
  /** @throws LedgerError `count.notFound` */
  get(id: string): Promise<Count>;
  list(query?: ListQuery): Promise<Page<Count>>;
  /** What the books have, to print and to fill in; its lines are those of a count. */
  sheet(query: SheetQuery): Promise<CountSheet>;
}

/** A count with differences answers with its posting, one without with itself. */
type Posted = { readonly posting: { readonly count: string } } | { readonly id: string };

export const counts = (port: LedgerPort): Counts => {
  const get = (id: string): Promise<Count> => ask(port, 'counts.get', { id });
  return {
    async post(count, options) {
      const made = await send<Posted>(port, 'count.post@1', count, options);
      return get('posting' in made ? made.posting.count : made.id);
    },
    preview: (count) => ask(port, 'counts.preview', { count }),
    get,
    list: (query = {}) => ask(port, 'counts.list', query),
    ...valued(port, 'counts'),
    sheet: (query) => ask(port, 'counts.sheet', query),
  };
};
