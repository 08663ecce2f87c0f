/** What an inner provider takes over from the one around it: everything that is not about its own ledger. */
import type { AnyExtension } from '../extensions/types.ts';
import type { Labels, Provided } from './types.ts';

/** What a provider says for itself. */
export interface Own extends Omit<Provided, 'contract' | 'version' | 'labels'> {
  readonly labels?: Labels | undefined;
}

const merged = <T extends object>(outer: T | undefined, own: T | undefined): T | undefined =>
  outer === undefined ? own : { ...outer, ...own };

/** Its own words over those of the provider around it. */
export function inherited(own: Own, outer: Provided | undefined): Omit<Provided, 'contract' | 'version'> {
  const { labels, ...rest } = own;
  const layers = [...(outer?.labels ?? []), ...(labels === undefined ? [] : [labels])];
  const mine: unknown = own.extensions ?? [];
  // what is no array goes on as it is: the elements say so, once
  const extensions = (
    Array.isArray(mine) && mine.length === 0
      ? outer?.extensions
      : Array.isArray(mine) && Array.isArray(outer?.extensions ?? [])
        ? [...(outer?.extensions ?? []), ...mine]
        : mine
  ) as readonly AnyExtension[] | undefined;
  const taken = {
    locale: own.locale ?? outer?.locale,
    density: own.density ?? outer?.density,
    lookups: merged(outer?.lookups, own.lookups),
    links: merged(outer?.links, own.links),
    can: own.can ?? outer?.can,
    userStore: own.userStore ?? outer?.userStore,
    labels: layers.length > 0 ? layers : undefined,
    extensions,
  };
  const said = Object.entries({ ...rest, ...taken }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as unknown as Omit<Provided, 'contract' | 'version'>;
}
