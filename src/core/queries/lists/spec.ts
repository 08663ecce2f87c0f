/** What makes a list: its sorts and filters, its values, groups and sums; and what the ledger says it offers. */
import type { CollectionName, Collections } from '../../model/records.ts';
import type { FilterValue } from '../../model/views.ts';
import type { QueryCapabilities } from '../../ports/ledger.ts';
import type { Condition, FindOptions } from '../../ports/store.ts';
import type { QueryContext, QueryView } from '../../ports/view.ts';
import type { AttributeOwner } from '../../rules/attributes.ts';
import type { Facet } from './facets.ts';
import { type Comparison, comparisonsOf, type Fields, reads } from './filters.ts';
import type { PastSpec } from './past.ts';

/** The values of a filter, by name. */
export type Values = Readonly<Record<string, FilterValue>>;

/** What a question needs besides the conditions of plain fields; it is given the whole filter. */
export type Special = (values: Values, view: QueryView, context: QueryContext) => Condition[];

/** Which records a question is about. */
export type Scope = Pick<FindOptions, 'where' | 'search'>;

/** One value and how many records have it, before it has a label. */
export interface Counted {
  readonly value: string | null;
  readonly label: string | null;
  readonly count: number;
}

/** A filter that is no comparison of one field. */
export interface SpecialFilter {
  readonly comparisons: readonly Comparison[];
  /** Where it has no comparison: yes or no, a number of days, or one of these words. */
  readonly takes?: 'flag' | 'days' | readonly string[];
  /** A filter without which this one means nothing. */
  readonly needs?: string;
  /** Its values, where a part of the record holds them. */
  readonly facet?: Facet;
  /** Its values, where other records tell them: all of them, in order. */
  readonly listed?: (scope: Scope, values: Values, view: QueryView) => readonly Counted[];
}

/** Filters that are no comparison of one field, and what they mean together. */
export interface SpecialFilters {
  readonly filters: Readonly<Record<string, SpecialFilter>>;
  readonly conditions: Special;
}

/** What makes a list. */
export interface ListSpec<C extends CollectionName, View> {
  readonly name: string;
  readonly collection: C;
  readonly sorts: readonly string[];
  /** Name of an offered sort, `-` descends. */
  readonly defaultSort: string;
  readonly fields: Fields;
  readonly special?: SpecialFilters;
  /** What else a quick search finds, by other records that hold the text. */
  readonly alsoFound?: (search: string, view: QueryView) => Condition[];
  readonly render: (record: Collections[C], view: QueryView, context: QueryContext) => View;
  /** Fields it groups by; each of them has values. */
  readonly groups?: readonly string[];
  /** Fields it adds up: parts that hold steps of the item's unit. */
  readonly sums?: Readonly<Record<string, string>>;
  /** Custom attributes, and days past: lots and serials have both. */
  readonly stock?: C extends 'lots' | 'serials'
    ? { readonly owner: AttributeOwner; readonly past: PastSpec<C> }
    : never;
}

/** Sorts in one question. */
export const SORT_DEPTH = 3;

/** The names of every filter a list offers. */
export const filtersOf = <C extends CollectionName, V>({ fields, special }: ListSpec<C, V>): string[] => [
  ...Object.keys(fields),
  ...Object.keys(special?.filters ?? {}),
];

/** How the values of a field are told apart, where it has any. */
export function facetOf<C extends CollectionName, V>(
  { fields, special }: ListSpec<C, V>,
  name: string,
): Facet | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]?.facet;
  return special && Object.hasOwn(special.filters, name) ? special.filters[name]?.facet : undefined;
}

/** Names of the fields whose values can be listed. */
export const valuedOf = <C extends CollectionName, V>(spec: ListSpec<C, V>): string[] =>
  filtersOf(spec).filter((name) => facetOf(spec, name) || spec.special?.filters[name]?.listed);

const allComparisons = <C extends CollectionName, V>({ fields, special }: ListSpec<C, V>) =>
  Object.fromEntries<readonly Comparison[]>([
    ...Object.entries(fields).map(([name, field]): [string, Comparison[]] => [name, comparisonsOf(field)]),
    ...Object.entries(special?.filters ?? {}).map(([name, filter]): [string, readonly Comparison[]] => [
      name,
      filter.comparisons,
    ]),
  ]);

type FilterType = 'flag' | 'number';

/** What filters take that take no text. */
const typesOf = <C extends CollectionName, V>({ fields, special }: ListSpec<C, V>) =>
  Object.fromEntries<FilterType>([
    ...Object.entries(fields).flatMap(([name, { equal }]): [string, FilterType][] => {
      if (equal?.of === reads.flag) return [[name, 'flag']];
      return equal?.of === reads.number ? [[name, 'number']] : [];
    }),
    ...Object.entries(special?.filters ?? {}).flatMap(([name, { takes }]): [string, FilterType][] => {
      if (takes === 'flag') return [[name, 'flag']];
      return takes === 'days' ? [[name, 'number']] : [];
    }),
  ]);

/** What a list offers, for the ledger's capabilities. */
export const offered = <C extends CollectionName, V>(spec: ListSpec<C, V>): QueryCapabilities => ({
  sorts: spec.sorts,
  filters: filtersOf(spec),
  search: true,
  total: true,
  comparisons: allComparisons(spec),
  types: typesOf(spec),
  sortDepth: SORT_DEPTH,
  skip: true,
  values: valuedOf(spec),
  ...(spec.groups ? { groups: spec.groups, sums: Object.keys(spec.sums ?? {}) } : {}),
  ...(spec.stock
    ? { attributes: true, asOf: { sorts: spec.stock.past.sorts, filters: spec.stock.past.filters } }
    : {}),
});
