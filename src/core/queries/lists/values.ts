/**
 * The values of a field and how many records have each, among those that the filters of the other fields
 * leave: what a checklist in a column's head shows.
 */
import * as z from 'zod/mini';
import type { CollectionName } from '../../model/records.ts';
import { read, text, whole } from '../../model/schema.ts';
import type { FieldValue, FilterValue, Page } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { Scalar } from '../../ports/store.ts';
import { gather, type QueryDefinition, type QueryView } from '../../ports/view.ts';
import { compareKeys } from '../index-keys.ts';
import { isPast, whenArgs } from '../past/when.ts';
import { attributeFacet, attributeValues } from './attribute-values.ts';
import { attributeKey, isAttribute } from './attributes.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { type Facet, holds } from './facets.ts';
import { fineGroups, groupsAlong } from './groups.ts';
import { askedOf, checkFilter, closed, type Filter, filterArg } from './question.ts';
import { facetOf, type ListSpec, type Scope, type Values, valuedOf } from './spec.ts';

/** How the question is sent, its names aside. */
export const valuesArgs = z.strictObject({
  field: z.string(),
  filter: filterArg,
  search: z.optional(z.nullable(text())),
  limit: z.optional(whole(1, 500)),
  cursor: z.optional(z.nullable(z.string())),
  ...whenArgs,
});
type ValuesAsked = z.infer<typeof valuesArgs>;

/** The name of a list's resource. */
export const resourceOf = ({ name }: { readonly name: string }): string => name.slice(0, name.indexOf('.'));

const unsupported = (what: string, path: string, offered: readonly string[]): never => {
  throw new LedgerError('query.unsupported', { path, details: { what, offered } });
};

function readArgs<C extends CollectionName, V>(spec: ListSpec<C, V>, args: unknown): ValuesAsked {
  const asked = read(valuesArgs, args);
  const { field, filter } = asked;
  const offered = valuedOf(spec);
  if (!offered.includes(field) && !(spec.stock && isAttribute(field)))
    unsupported(`values of ${field}`, 'field', offered);
  if (isPast(asked)) unsupported('values of another day', 'asOf', []);
  checkFilter(spec, filter);
  const needs = spec.special?.filters[field]?.needs;
  if (needs !== undefined && filter?.[needs] === undefined) {
    unsupported(`values of ${field} without a filter of ${needs}`, `filter.${needs}`, [needs]);
  }
  return asked;
}

/** A value, and where it stands among the others. */
interface Placed extends Omit<FieldValue, 'label'> {
  readonly same: readonly Scalar[];
}

/** Values in their order; fine groups of one value are put together. */
function* valuesOf(
  view: QueryView,
  collection: CollectionName,
  scope: Scope,
  facet: Facet,
  behind: readonly Scalar[] | undefined,
): Generator<Placed> {
  let last: Placed | undefined;
  const { order } = facet;
  const groups =
    order === undefined
      ? fineGroups(view, collection, scope, { facets: [facet] }, behind)
      : groupsAlong(view, collection, scope, { ...facet, order }, behind);
  for (const { values, count } of groups) {
    const [{ same, written } = { same: [], written: null }] = values;
    if (last && compareKeys(last.same, same) === 0) {
      last = { ...last, count: last.count + count };
      continue;
    }
    if (last) yield last;
    last = { same, value: shownValue(facet, same, written, view), count };
  }
  if (last) yield last;
}

/** A value as a filter takes it. */
export function shownValue(
  facet: Facet,
  same: readonly Scalar[],
  written: Scalar,
  view: QueryView,
): FieldValue['value'] {
  const key = same.at(-1) ?? null;
  return key === null ? null : facet.show(key, written, view);
}

/** What a value stands for. */
export function shownLabel(
  facet: Facet,
  same: readonly Scalar[],
  value: FieldValue['value'],
  view: QueryView,
): string | null {
  return value === null ? null : (facet.label?.(same.at(-1) ?? null, value, view) ?? null);
}

/**
 * The filters of the other fields, and of none that means nothing without this one; the key of an attribute
 * may be written in several ways.
 */
function withoutOwn<C extends CollectionName, V>(
  { special }: ListSpec<C, V>,
  filter: Filter,
  field: string,
): Record<string, unknown> {
  const own = isAttribute(field) ? attributeKey(field) : undefined;
  const others = Object.entries(filter ?? {}).filter(([name]) =>
    own === undefined
      ? name !== field && special?.filters[name]?.needs !== field
      : !(isAttribute(name) && attributeKey(name) === own),
  );
  return Object.fromEntries(others);
}

const CHUNK = 200;

/** A page of values with their labels, those that hold the text. */
function pageOf(
  view: QueryView,
  found: Iterable<Placed>,
  facet: Facet,
  search: string | undefined,
  limit: number,
): { readonly items: FieldValue[]; readonly next?: readonly Scalar[] } {
  const items: FieldValue[] = [];
  let last: readonly Scalar[] = [];
  // labels are read for many values at once: over a far store each reading is a round trip
  for (const chunk of chunks(found, search === undefined ? limit + 1 : CHUNK)) {
    const labels = gather(chunk, ({ same, value }) => shownLabel(facet, same, value, view));
    for (const [i, { same, value, count }] of chunk.entries()) {
      const label = labels[i] ?? null;
      if (search !== undefined && !holds({ value, label }, search)) continue;
      if (items.length === limit) return { items, next: last };
      items.push({ value, label, count });
      last = same;
    }
  }
  return { items };
}

function* chunks<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = [];
  for (const each of all) {
    chunk.push(each);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** The values of a field of a list. */
export function valuesQuery<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
): QueryDefinition<ValuesAsked, Page<FieldValue>> {
  const name = `${resourceOf(spec)}.values`;
  return {
    name,
    schema: valuesArgs,
    parse: (args) => readArgs(spec, args),
    run(view, asked, context) {
      const { field, limit = 50, cursor } = asked;
      const search = asked.search?.trim() || undefined;
      // its own filter is what the values are chosen for
      const filter = withoutOwn(spec, asked.filter, field);
      const question = JSON.stringify([name, field, filter, search ?? null]);
      const behind = cursor ? positionOf(question, cursor) : undefined;
      const scope = closed(spec, askedOf(spec, { filter }, view, context), view);
      const asOf = { seq: view.head.seq, date: context.today };
      const listed = spec.special?.filters[field]?.listed;
      if (listed) {
        const all = listed(scope, filter as Values & Record<string, FilterValue>, view);
        const found = search === undefined ? all : all.filter((each) => holds(each, search));
        const start = behind ? Number(behind[0]) : 0;
        const next = start + limit < found.length ? { next: cursorOf(question, [start + limit]) } : {};
        return { items: found.slice(start, start + limit), ...next, asOf };
      }
      const owner = isAttribute(field) ? spec.stock?.owner : undefined;
      const facet = owner ? attributeFacet : (facetOf(spec, field) as Facet);
      const narrowed = search === undefined ? undefined : facet.narrow?.(search, view);
      const among = narrowed ? { ...scope, where: [...(scope.where ?? []), narrowed] } : scope;
      const found = owner
        ? attributeValues(view, spec.collection as 'lots', { scope, name: field, owner }, behind)
        : valuesOf(view, spec.collection, among, facet, behind);
      const page = pageOf(view, found, facet, search, limit);
      return {
        items: page.items,
        ...(page.next ? { next: cursorOf(question, page.next) } : {}),
        asOf,
      };
    },
  };
}
