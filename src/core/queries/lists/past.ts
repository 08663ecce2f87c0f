/**
 * A list of another day. The filters and sorts on offer are those that the past does not change; the state is
 * asked of each record as it was. Everything else is refused, not faked.
 */
import type { Collections } from '../../model/records.ts';
import type { FilterValue } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { Sort } from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';
import { PastView } from '../past/past-view.ts';
import type { When } from '../past/when.ts';
import type { Found } from './scan.ts';

/** What a list of the past offers, and how one record of it is read; undefined = not there then. */
export interface PastSpec<C extends 'lots' | 'serials'> {
  readonly sorts: readonly string[];
  readonly filters: readonly string[];
  readonly at: (
    past: PastView,
    record: Collections[C],
    when: When,
  ) => { readonly state: 'open' | 'closed' } | undefined;
}

interface PastQuestion {
  readonly sorts: readonly Sort[];
  readonly filter?: Readonly<Record<string, unknown>> | undefined;
  readonly search?: string | null | undefined;
  readonly total?: boolean | number | undefined;
}

const refuse = (what: string, path: string, offered: readonly string[] = []): never => {
  throw new LedgerError('query.unsupported', { path, details: { what: `${what} of another day`, offered } });
};

/** Refuses what a list cannot say of another day. */
export function checkPast(
  spec: { readonly sorts: readonly string[]; readonly filters: readonly string[] } | undefined,
  asked: PastQuestion,
): void {
  const { sorts, filters } = spec ?? refuse('this list', 'asOf');
  asked.sorts.forEach(({ order }, i) => {
    if (!sorts.includes(order)) refuse(`sort by ${order}`, `sort[${i}]`, sorts);
  });
  for (const name of Object.keys(asked.filter ?? {})) {
    if (!filters.includes(name)) refuse(`filter ${name}`, `filter.${name}`, filters);
  }
  if (asked.search?.trim()) refuse('a search', 'search');
  if (asked.total) refuse('a total', 'total');
}

/** The records that were there, as they were, in the state asked for. */
export function* asTheyWere<C extends 'lots' | 'serials'>(
  view: QueryView,
  found: Iterable<Found<Collections[C]>>,
  when: When,
  state: FilterValue | undefined,
  spec: PastSpec<C>,
): Generator<Found<unknown>> {
  const past = new PastView(view, when);
  for (const { record, position } of found) {
    const then = spec.at(past, record, when);
    if (then && (state === undefined || state === 'all' || state === then.state)) {
      yield { record: then, position };
    }
  }
}
