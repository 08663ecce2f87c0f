/**
 * Which records a question is about: its filter and its search as conditions, the same for the page of a
 * list, the values of a field and the groups of a summary, so that they cannot disagree.
 */
import * as z from 'zod/mini';
import type { CollectionName, Collections } from '../../model/records.ts';
import { limits } from '../../model/schema.ts';
import type { FilterValue } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { Condition, FindOptions } from '../../ports/store.ts';
import type { QueryContext, QueryView } from '../../ports/view.ts';
import { canonicalText } from '../../rules/fingerprint.ts';
import { type AttributeFilter, attributeFilter, idsFor, isAttribute } from './attributes.ts';
import { conditionsOf, unknownField } from './filters.ts';
import { type Found, walk } from './scan.ts';
import { filtersOf, type ListSpec, type Scope, type Values } from './spec.ts';

/** Refuses the one name that a record is read without: a filter of it alone would find everything. */
const named = z.unknown().check(
  z.check(({ value, issues }) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '__proto__')) return;
    const name = '__proto__';
    issues.push({ code: 'custom', input: value, params: { code: 'field.unknown', name }, path: [name] });
  }),
);

/** How a filter is sent. */
export const filterArg = z.optional(z.pipe(named, z.record(z.string(), z.unknown())));

/** A filter as it was sent: every name is on offer. */
export type Filter = Readonly<Record<string, unknown>> | undefined;

/** Refuses a filter that is no plain data, or names a field that is not on offer. */
export function checkFilter<C extends CollectionName, V>(spec: ListSpec<C, V>, filter: Filter): void {
  // plain data, since the cursor of the next page keeps it as text
  canonicalText({ filter }, limits);
  const filters = filtersOf(spec);
  if (Object.keys(filter ?? {}).length > limits.filters)
    throw new LedgerError('limit.lines', { path: 'filter', details: { max: limits.filters } });
  for (const name of Object.keys(filter ?? {})) {
    if (!filters.includes(name) && !(spec.stock && isAttribute(name))) unknownField(name, filters);
  }
}

function where<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  filter: Filter,
  view: QueryView,
  context: QueryContext,
): Condition[] {
  const conditions: Condition[] = [];
  for (const [name, value] of Object.entries(filter ?? {})) {
    const field = Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;
    if (field && value !== undefined) conditions.push(...conditionsOf(name, field, value as FilterValue));
  }
  return [...conditions, ...(spec.special?.conditions((filter ?? {}) as Values, view, context) ?? [])];
}

function searchOf<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  said: string | null | undefined,
  view: QueryView,
): Pick<FindOptions, 'search'> {
  const search = said?.trim();
  if (!search) return {};
  return { search: { text: search, or: spec.alsoFound?.(search, view) ?? [] } };
}

/** What is asked of custom attributes. */
const attributesAsked = (filter: Filter): AttributeFilter[] =>
  Object.entries(filter ?? {})
    .filter(([name, value]) => isAttribute(name) && value !== undefined)
    .map(([name, value]) => attributeFilter(name, value as FilterValue));

/** A question's records: conditions, and what has to be asked of each record besides. */
export interface Asked {
  readonly scope: Scope;
  /** Filters that also fit what has no value: no index can tell. */
  readonly open: readonly AttributeFilter[];
}

/** What a filter and a search ask for. */
export function askedOf<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  { filter, search }: { readonly filter: Filter; readonly search?: string | null | undefined },
  view: QueryView,
  context: QueryContext,
): Asked {
  const conditions = where(spec, filter, view, context);
  const filters = attributesAsked(filter);
  const { owner } = spec.stock ?? {};
  const ids = owner ? filters.filter((each) => !each.fitsNone).map((each) => idsFor(view, owner, each)) : [];
  return {
    scope: { where: [...conditions, ...ids], ...searchOf(spec, search, view) },
    open: filters.filter((each) => each.fitsNone),
  };
}

type Attributed = { readonly attributes: Readonly<Record<string, unknown>> };

/** Those of the found that the remaining filters fit. */
export function* passing<R extends Attributed>(
  found: Iterable<Found<R>>,
  filters: readonly AttributeFilter[],
): Generator<Found<R>> {
  for (const each of found) if (filters.every((filter) => filter.test(each.record))) yield each;
}

/** The same records by conditions alone: what has to be asked of each record becomes a list of ids. */
export function closed<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  { scope, open }: Asked,
  view: QueryView,
): Scope {
  if (open.length === 0) return scope;
  const found = walk(view, spec.collection as 'lots' | 'serials', { ...scope, order: 'code' });
  const values = [...passing(found as Iterable<Found<Collections['lots']>>, open)].map(
    ({ record }) => record.id,
  );
  return { ...scope, where: [...(scope.where ?? []), { field: 'id', op: 'in', values }] };
}
