/**
 * The values of a custom attribute and how many of the lots or serials meant have each: counted in the index
 * of values; those that have none are what is left of all that are meant.
 */
import type { Condition, Scalar } from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';
import type { AttributeOwner } from '../../rules/attributes.ts';
import { compareKeys } from '../index-keys.ts';
import { attributeKey } from './attributes.ts';
import { type Facet, plainFacet } from './facets.ts';
import { fineGroups } from './groups.ts';
import { walk } from './scan.ts';
import type { Scope } from './spec.ts';

/** Values of the index of values, in its order: of one type together. */
export const attributeFacet: Facet = { ...plainFacet('value'), same: ['sort', 'value'] };

/** What has no such attribute stands last. */
const NONE: readonly Scalar[] = [null, null];

export interface CountedValue {
  readonly same: readonly Scalar[];
  readonly value: Scalar;
  readonly count: number;
}

/** Those of the index of values that belong to what is meant; how many are meant. */
function meant(
  view: QueryView,
  collection: 'lots' | 'serials',
  scope: Scope,
): { readonly of: readonly Condition[]; readonly all: number } {
  if ((scope.where ?? []).length === 0 && !scope.search) return { of: [], all: view.count(collection) };
  const ids = [...walk(view, collection, { ...scope, order: 'code' })].map(({ record }) => record.id);
  return { of: [{ field: 'of', op: 'in', values: ids }], all: ids.length };
}

/**
 * Values in their order, `null` last.
 * @param behind after which they begin
 */
export function* attributeValues(
  view: QueryView,
  collection: 'lots' | 'serials',
  { scope, name, owner }: { readonly scope: Scope; readonly name: string; readonly owner: AttributeOwner },
  behind: readonly Scalar[] | undefined,
): Generator<CountedValue> {
  const { of, all } = meant(view, collection, scope);
  const where: Condition[] = [
    { field: 'owner', op: 'eq', value: owner },
    { field: 'key', op: 'eq', value: attributeKey(name) },
    ...of,
  ];
  let none = all;
  for (const { values, count } of fineGroups(view, 'attributes', { where }, { facets: [attributeFacet] })) {
    none -= count;
    const [{ same, written } = { same: NONE, written: null }] = values;
    if (!behind || compareKeys(same, behind) > 0) yield { same, value: written, count };
  }
  if (none > 0 && !(behind && compareKeys(NONE, behind) <= 0)) yield { same: NONE, value: null, count: none };
}
