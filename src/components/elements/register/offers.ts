/** What a ledger's list offers, of what a register would show: chips and sorts. */
import type { Ledger } from '../../core.ts';
import type { ChipDefinition, RegisterKind } from './kind.ts';

export interface Offers {
  readonly chips: readonly ChipDefinition[];
  readonly sorts: ReadonlySet<string>;
}

/** Without a word from the ledger, all sorts and only the plain chips. */
export function offersOf<R extends { readonly id: string }>(
  kind: RegisterKind<R>,
  ledger: Ledger | undefined,
): Offers {
  const said = ledger?.capabilities.queries[`${kind.words}.list`];
  const offered = typeof said === 'object' ? said : undefined;
  const own = kind.columns.flatMap(({ sort }) => (sort === undefined ? [] : [sort]));
  return {
    chips: kind.chips((filter) => offered?.filters.includes(filter) ?? false),
    sorts: new Set(offered?.sorts ?? own),
  };
}
