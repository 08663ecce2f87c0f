/** One list: a question read and asked, a page rendered. */
import * as z from 'zod/mini';
import type { CollectionName, Collections } from '../../model/records.ts';
import { read, text, whole } from '../../model/schema.ts';
import type { FilterValue, Page } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { FindOptions, FindPage, Scalar, Sort } from '../../ports/store.ts';
import { gather, type QueryDefinition, type QueryView } from '../../ports/view.ts';
import { isPast, When, whenArgs } from '../past/when.ts';
import { attributeKey, attributeOf, isAttribute } from './attributes.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { asTheyWere, checkPast, type PastSpec } from './past.ts';
import { type Asked, askedOf, checkFilter, filterArg, passing } from './question.ts';
import { type Found, inAttributeOrder, pageOf, walk } from './scan.ts';
import { orderOf, sortsOf } from './sorts.ts';
import type { ListSpec } from './spec.ts';

/** The furthest a page may start, and a count may go, without walking. */
const FAR = 1_000_000_000;

/** How the question is sent, its names aside. */
export const listArgs = z.strictObject({
  filter: filterArg,
  sort: z.optional(z.array(z.string())),
  search: z.optional(z.nullable(text())),
  limit: z.optional(whole(1, 500)),
  cursor: z.optional(z.nullable(z.string())),
  skip: z.optional(whole(0, FAR)),
  total: z.optional(z.union([z.boolean(), whole(1, FAR)])),
  ...whenArgs,
});

interface ListAsked extends z.infer<typeof listArgs> {
  readonly sorts: readonly Sort[];
}

function readArgs<C extends CollectionName, V>(spec: ListSpec<C, V>, args: unknown): ListAsked {
  const asked = read(listArgs, args ?? {});
  if (asked.skip !== undefined && asked.cursor) {
    const details = { what: 'skip together with a cursor', offered: [] };
    throw new LedgerError('query.unsupported', { path: 'skip', details });
  }
  checkFilter(spec, asked.filter);
  const sort = asked.sort && asked.sort.length > 0 ? asked.sort : [spec.defaultSort];
  const sorts = sortsOf(sort, spec.sorts, spec.stock !== undefined);
  if (isPast(asked)) checkPast(spec.stock?.past, { ...asked, sorts });
  return { ...asked, sorts };
}

type Question = Omit<FindOptions, 'limit' | 'total' | 'skip'>;

/** What is asked of the page: where it begins, how long it is, whether all are counted. */
interface PageOf {
  readonly limit: number;
  readonly skip: number;
  readonly total: boolean | number;
}

/** A page as a store gives it. */
const found = <C extends CollectionName>(
  view: QueryView,
  collection: C,
  question: Question,
  { limit, skip, total }: PageOf,
): FindPage<Collections[C]> =>
  view.find(collection, {
    ...question,
    limit,
    ...(skip > 0 ? { skip } : {}),
    ...(total === false ? {} : { total }),
  });

/** A page of lots or serials of which more is asked than a store can answer, by their custom attributes. */
function walked<C extends 'lots' | 'serials'>(
  spec: ListSpec<C, unknown>,
  question: Question,
  { open }: Asked,
  view: QueryView,
  page: PageOf,
): FindPage<Collections[C]> {
  const { collection } = spec;
  const { order, reverse = false, then: _then, ...unordered } = question;
  const key = attributeKey(order);
  const owner = (spec.stock as { readonly owner: 'lot' | 'serial' }).owner;
  const records = isAttribute(order)
    ? inAttributeOrder(
        view,
        collection,
        { owner, key, reverse },
        unordered,
        (record) => attributeOf(record, key) === null,
      )
    : walk(view, collection, question);
  const answer = pageOf(passing(records, open), page.limit, page.skip);
  return page.total === false
    ? answer
    : { ...answer, ...totalOf(view, collection, question, open, page.total) };
}

function totalOf(
  view: QueryView,
  collection: 'lots' | 'serials',
  { where, search }: Question,
  filters: Asked['open'],
  most: true | number,
): Pick<FindPage, 'total' | 'capped'> {
  const all = { ...(where ? { where } : {}), ...(search ? { search } : {}), order: 'code' };
  if (filters.length === 0) {
    const { total = 0, capped } = view.find(collection, { ...all, limit: 1, total: most });
    return { total, ...(capped ? { capped } : {}) };
  }
  let total = 0;
  for (const _each of passing(walk(view, collection, all), filters)) {
    if (total === most) return { total, capped: true };
    total++;
  }
  return { total };
}

/** A page of another day: each record as it was, in the state it was in. */
function ofThePast<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
  question: Question,
  state: FilterValue | undefined,
  view: QueryView,
  when: When,
  { limit, skip }: PageOf,
): AnyPage {
  const past = spec.stock?.past as PastSpec<'lots'>;
  const records = walk(view, spec.collection as 'lots', question);
  return pageOf(
    asTheyWere(view, records as Iterable<Found<Collections['lots']>>, when, state, past),
    limit,
    skip,
  );
}

interface AnyPage {
  readonly records: readonly unknown[];
  readonly next?: readonly Scalar[];
  readonly total?: number;
  readonly capped?: true;
}

/** The question and the page a list answers. */
export function listQuery<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
): QueryDefinition<ListAsked, Page<V>> {
  return {
    name: spec.name,
    schema: listArgs,
    parse: (args) => readArgs(spec, args),
    run(view, asked, context) {
      const { filter, search, sorts, limit = 50, skip = 0, total = false } = asked;
      const past = isPast(asked);
      const when = new When(past ? asked : {}, view.head.seq, context);
      const moment = past ? [when.date, asked.seq ?? null] : [];
      const order = sorts.map((sort) => [sort.order, sort.reverse]);
      const name = JSON.stringify([spec.name, filter ?? {}, search?.trim() || null, order, ...moment]);
      const after = asked.cursor ? { after: positionOf(name, asked.cursor) } : {};
      // the state of another day is asked of each record
      const now = past ? { ...filter, state: undefined } : filter;
      const records = askedOf(spec, { filter: now, search }, view, context);
      const question: Question = { ...records.scope, ...orderOf(sorts), ...after };
      const part = { limit, skip, total };
      const walks = records.open.length > 0 || isAttribute(question.order);
      const page: AnyPage = past
        ? ofThePast(spec, question, filter?.state as FilterValue | undefined, view, when, part)
        : walks
          ? walked(spec as unknown as ListSpec<'lots', unknown>, question, records, view, part)
          : found(view, spec.collection, question, part);
      const render = (record: unknown): V =>
        past ? (record as V) : spec.render(record as Collections[C], view, context);
      return {
        items: gather(page.records, render),
        ...(page.next ? { next: cursorOf(name, page.next) } : {}),
        ...(page.total === undefined ? {} : { total: page.total }),
        ...(page.capped ? { capped: page.capped } : {}),
        asOf: when.asOf,
      };
    },
  };
}
