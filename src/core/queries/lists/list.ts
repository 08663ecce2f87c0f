/** One list: its sorts and filters, a question read and asked, a page rendered. */
import * as z from 'zod/mini';
import type { CollectionName, Collections } from '../../model/records.ts';
import { limits, read, text, whole } from '../../model/schema.ts';
import type { FilterValue, Page } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { QueryCapabilities } from '../../ports/ledger.ts';
import type { Condition, FindOptions, FindPage, Scalar } from '../../ports/store.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../../ports/view.ts';
import type { AttributeOwner } from '../../rules/attributes.ts';
import { canonicalText } from '../../rules/fingerprint.ts';
import { isPast, When, whenArgs } from '../past/when.ts';
import {
  type AttributeFilter,
  attributeFilter,
  attributeKey,
  attributeOf,
  idsFor,
  isAttribute,
} from './attributes.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { conditionsOf, type Fields, unknownField } from './filters.ts';
import { asTheyWere, checkPast, type PastSpec } from './past.ts';
import { type Found, inAttributeOrder, pageOf, walk } from './scan.ts';

/** What a question needs besides the conditions of plain fields. */
export type Special = (
  values: Readonly<Record<string, FilterValue>>,
  view: QueryView,
  context: QueryContext,
) => Condition[];

/** What makes a list. */
export interface ListSpec<C extends CollectionName, View> {
  readonly name: string;
  readonly collection: C;
  readonly sorts: readonly string[];
  /** Name of an offered sort, `-` descends. */
  readonly defaultSort: string;
  readonly fields: Fields;
  /** Filters that are no comparison of one field, together. */
  readonly special?: { readonly names: readonly string[]; readonly conditions: Special };
  /** What else a quick search finds, by other records that hold the text. */
  readonly alsoFound?: (search: string, view: QueryView) => Condition[];
  readonly render: (record: Collections[C], view: QueryView, context: QueryContext) => View;
  /** Custom attributes, and days past: lots and serials have both. */
  readonly stock?: C extends 'lots' | 'serials'
    ? { readonly owner: AttributeOwner; readonly past: PastSpec<C> }
    : never;
}

const listArgs = z.strictObject({
  filter: z.optional(z.record(z.string(), z.unknown())),
  sort: z.optional(z.array(z.string())),
  search: z.optional(z.nullable(text())),
  limit: z.optional(whole(1, 500)),
  cursor: z.optional(z.nullable(z.string())),
  total: z.optional(z.boolean()),
  ...whenArgs,
});
type ListArgs = z.infer<typeof listArgs>;

interface Asked extends ListArgs {
  /** Name of the order's index, and its direction. */
  readonly order: string;
  readonly reverse: boolean;
}

function orderOf(
  sort: string,
  sorts: readonly string[],
  attributes: boolean,
): Pick<Asked, 'order' | 'reverse'> {
  const reverse = sort.startsWith('-');
  const order = reverse ? sort.slice(1) : sort;
  if (sorts.includes(order) || (attributes && isAttribute(order))) return { order, reverse };
  const details = { what: `sort by ${order}`, offered: sorts };
  throw new LedgerError('query.unsupported', { path: 'sort[0]', details });
}

/** The names of every filter a list offers. */
const filtersOf = <C extends CollectionName, V>({ fields, special }: ListSpec<C, V>): string[] => [
  ...Object.keys(fields),
  ...(special?.names ?? []),
];

function readArgs<C extends CollectionName, V>(spec: ListSpec<C, V>, args: unknown): Asked {
  const asked = read(listArgs, args ?? {});
  const sort = asked.sort ?? [];
  if (sort.length > 1) {
    throw new LedgerError('query.unsupported', { path: 'sort[1]', details: { what: 'a second sort' } });
  }
  // a filter is plain data, since the cursor of the next page keeps it as text
  canonicalText({ filter: asked.filter }, limits);
  const filters = filtersOf(spec);
  for (const name of Object.keys(asked.filter ?? {})) {
    if (!filters.includes(name) && !(spec.stock && isAttribute(name))) unknownField(name, filters);
  }
  const order = orderOf(sort[0] ?? spec.defaultSort, spec.sorts, spec.stock !== undefined);
  if (isPast(asked)) checkPast(spec.stock?.past, { ...asked, ...order });
  return { ...asked, ...order };
}

function where<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  asked: Asked,
  view: QueryView,
  context: QueryContext,
): Condition[] {
  const conditions: Condition[] = [];
  const special: Record<string, FilterValue> = {};
  for (const [name, value] of Object.entries(asked.filter ?? {})) {
    if (value === undefined || isAttribute(name)) continue;
    const field = Object.hasOwn(spec.fields, name) ? spec.fields[name] : undefined;
    if (field) conditions.push(...conditionsOf(name, field, value as FilterValue));
    else special[name] = value as FilterValue;
  }
  return [...conditions, ...(spec.special?.conditions(special, view, context) ?? [])];
}

function searchOf<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  asked: Asked,
  view: QueryView,
): Pick<FindOptions, 'search'> {
  const search = asked.search?.trim();
  if (!search) return {};
  return { search: { text: search, or: spec.alsoFound?.(search, view) ?? [] } };
}

/** What is asked of custom attributes. */
const attributesAsked = (filter: Asked['filter']): AttributeFilter[] =>
  Object.entries(filter ?? {})
    .filter(([name, value]) => isAttribute(name) && value !== undefined)
    .map(([name, value]) => attributeFilter(name, value as FilterValue));

type Question = Omit<FindOptions, 'limit' | 'total'>;

/** A page of lots or serials by custom attributes; undefined where none is asked for. */
function byAttributes<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  asked: Asked,
  question: Question,
  view: QueryView,
): FindPage<Collections[C]> | undefined {
  const filters = attributesAsked(asked.filter);
  const sorted = isAttribute(asked.order);
  if (!spec.stock || (filters.length === 0 && !sorted)) return undefined;
  const collection = spec.collection as 'lots' | 'serials';
  const { owner } = spec.stock;
  const ids = filters.filter((each) => !each.fitsNone).map((each) => idsFor(view, owner, each));
  const narrowed = { ...question, where: [...(question.where ?? []), ...ids] };
  const open = filters.filter((each) => each.fitsNone);
  const limit = asked.limit ?? 50;
  // without a test or an order of its own it is a question like any other
  if (!sorted && open.length === 0) {
    const total = asked.total ? { total: true } : {};
    return view.find(spec.collection, { ...narrowed, limit, ...total });
  }
  const key = attributeKey(asked.order);
  const { order: _order, reverse: _reverse, ...unordered } = narrowed;
  const found = sorted
    ? inAttributeOrder(
        view,
        collection,
        { owner, key, reverse: asked.reverse },
        unordered,
        (record) => attributeOf(record, key) === null,
      )
    : walk(view, collection, narrowed);
  const page = pageOf(passing(found, open), limit);
  const total = asked.total ? totalOf(view, collection, narrowed, open) : undefined;
  return { ...page, ...(total === undefined ? {} : { total }) } as unknown as FindPage<Collections[C]>;
}

function* passing<R extends { readonly attributes: Readonly<Record<string, unknown>> }>(
  found: Iterable<Found<R>>,
  filters: readonly AttributeFilter[],
): Generator<Found<R>> {
  for (const each of found) if (filters.every((filter) => filter.test(each.record))) yield each;
}

function totalOf(
  view: QueryView,
  collection: 'lots' | 'serials',
  question: Question,
  filters: readonly AttributeFilter[],
): number {
  const { after: _after, ...all } = { ...question, order: 'code', reverse: false };
  if (filters.length === 0) return view.find(collection, { ...all, limit: 1, total: true }).total ?? 0;
  let total = 0;
  for (const _each of passing(walk(view, collection, all), filters)) total++;
  return total;
}

/** A page of another day: each record as it was, in the state it was in. */
function ofThePast<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  asked: Asked,
  question: Question,
  view: QueryView,
  when: When,
): { readonly records: unknown[]; readonly next?: readonly Scalar[] } {
  const past = spec.stock?.past as PastSpec<'lots'>;
  const found = walk(view, spec.collection as 'lots', question);
  const state = asked.filter?.state as FilterValue | undefined;
  return pageOf(asTheyWere(view, found, when, state, past), asked.limit ?? 50);
}

/** The question and the page a list answers. */
export function listQuery<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
): QueryDefinition<Asked, Page<V>> {
  return {
    name: spec.name,
    parse: (args) => readArgs(spec, args),
    run(view, asked, context) {
      const { filter, search, order, reverse } = asked;
      const past = isPast(asked);
      const when = new When(past ? asked : {}, view.head.seq, context);
      const moment = past ? [when.date, asked.seq ?? null] : [];
      const text = search?.trim() || null;
      const name = JSON.stringify([spec.name, filter ?? {}, text, order, reverse, ...moment]);
      const after = asked.cursor ? { after: positionOf(name, asked.cursor) } : {};
      // the state of another day is asked of each record
      const now = past ? { ...asked, filter: { ...filter, state: undefined } } : asked;
      const where_ = where(spec, now, view, context);
      const question: Question = { where: where_, ...searchOf(spec, asked, view), order, reverse, ...after };
      const limit = asked.limit ?? 50;
      const page: { records: readonly unknown[]; next?: readonly Scalar[]; total?: number } = past
        ? ofThePast(spec, asked, question, view, when)
        : (byAttributes(spec, asked, question, view) ??
          view.find(spec.collection, { ...question, limit, ...(asked.total ? { total: true } : {}) }));
      const render = (record: unknown): V =>
        past ? (record as V) : spec.render(record as Collections[C], view, context);
      return {
        items: gather(page.records, render),
        ...(page.next ? { next: cursorOf(name, page.next) } : {}),
        ...(page.total === undefined ? {} : { total: page.total }),
        asOf: when.asOf,
      };
    },
  };
}

const offeredOfThePast = ({ sorts, filters }: { sorts: readonly string[]; filters: readonly string[] }) => ({
  sorts,
  filters,
});

/** What a list offers, for the ledger's capabilities. */
export const offered = <C extends CollectionName, V>(spec: ListSpec<C, V>): QueryCapabilities => ({
  sorts: spec.sorts,
  filters: filtersOf(spec),
  search: true,
  total: true,
  ...(spec.stock ? { attributes: true, asOf: offeredOfThePast(spec.stock.past) } : {}),
});
