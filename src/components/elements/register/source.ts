/** Where a register's rows, values and sums come from: the ledger's list of its kind. */
import type { RegisterSource } from '../../controllers/register/options.ts';
import type {
  FieldValue,
  Ledger,
  ListQuery,
  Page,
  QueryCapabilities,
  Summary,
  SummaryQuery,
  ValuesQuery,
} from '../../core.ts';
import type { Words } from './kind.ts';

/** What all three lists have in common. */
interface Listed<R> {
  list(query: ListQuery, options?: { readonly signal?: AbortSignal }): Promise<Page<R>>;
  values?(
    field: string,
    query: ValuesQuery,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Page<FieldValue>>;
  summary?(query: SummaryQuery, options?: { readonly signal?: AbortSignal }): Promise<Summary>;
  get?(id: string): Promise<R>;
}

/** What the ledger says of a list. */
export function capabilitiesOf(ledger: Ledger | undefined, words: Words): QueryCapabilities | undefined {
  const said = ledger?.capabilities?.queries?.[`${words}.list`];
  return typeof said === 'object' ? said : undefined;
}

/** Whether a list has a filter; without a word from the ledger it knows what is open and what is closed. */
export const hasFilter = (said: QueryCapabilities | undefined, filter: string): boolean =>
  said?.filters.includes(filter) ?? filter === 'state';

/** The source of a register; it asks whichever ledger is there when it is asked. */
export function registerSource<R>(ledger: () => Ledger | undefined, words: Words): RegisterSource<R> {
  const list = (): Listed<R> => {
    const found = ledger()?.[words];
    if (found === undefined) throw new Error('no ledger');
    return found as unknown as Listed<R>;
  };
  return {
    list: (query, signal) => list().list(query, { signal }),
    values: async (field, query, signal) => {
      const asked = await list().values?.(field, query, { signal });
      if (asked === undefined) throw new Error('no values');
      return asked;
    },
    summary: async (query, signal) => {
      const asked = await list().summary?.(query, { signal });
      if (asked === undefined) throw new Error('no summary');
      return asked;
    },
    get: async (id) => {
      const found = await list().get?.(id);
      if (found === undefined) throw new Error('no such record');
      return found;
    },
  };
}
