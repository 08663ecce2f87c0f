/** One list: its sorts and filters, a question read and asked, a page rendered. */
import * as z from 'zod/mini';
import type { CollectionName, Collections } from '../../model/records.ts';
import { read, text, whole } from '../../model/schema.ts';
import type { FilterValue, Page } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { QueryCapabilities } from '../../ports/ledger.ts';
import type { Condition, FindOptions } from '../../ports/store.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../../ports/view.ts';
import { cursorOf, positionOf } from './cursor.ts';
import { conditionsOf, type Fields, unknownField } from './filters.ts';

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
}

const listArgs = z.strictObject({
  filter: z.optional(z.record(z.string(), z.unknown())),
  sort: z.optional(z.array(z.string())),
  search: z.optional(z.nullable(text())),
  limit: z.optional(whole(1, 500)),
  cursor: z.optional(z.nullable(z.string())),
  total: z.optional(z.boolean()),
});
type ListArgs = z.infer<typeof listArgs>;

interface Asked extends ListArgs {
  /** Name of the order's index, and its direction. */
  readonly order: string;
  readonly reverse: boolean;
}

function orderOf(sort: string, sorts: readonly string[]): Pick<Asked, 'order' | 'reverse'> {
  const reverse = sort.startsWith('-');
  const order = reverse ? sort.slice(1) : sort;
  if (sorts.includes(order)) return { order, reverse };
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
  const filters = filtersOf(spec);
  for (const name of Object.keys(asked.filter ?? {})) {
    if (!filters.includes(name)) unknownField(name, filters);
  }
  return { ...asked, ...orderOf(sort[0] ?? spec.defaultSort, spec.sorts) };
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
    if (value === undefined) continue;
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

/** The question and the page a list answers. */
export function listQuery<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
): QueryDefinition<Asked, Page<V>> {
  return {
    name: spec.name,
    parse: (args) => readArgs(spec, args),
    run(view, asked, context) {
      const { filter, search, order, reverse } = asked;
      const question = JSON.stringify([spec.name, filter ?? {}, search?.trim() || null, order, reverse]);
      const page = view.find(spec.collection, {
        where: where(spec, asked, view, context),
        ...searchOf(spec, asked, view),
        order,
        reverse,
        limit: asked.limit ?? 50,
        ...(asked.cursor ? { after: positionOf(question, asked.cursor) } : {}),
        ...(asked.total ? { total: true } : {}),
      });
      return {
        items: gather(page.records, (record) => spec.render(record, view, context)),
        ...(page.next ? { next: cursorOf(question, page.next) } : {}),
        ...(page.total === undefined ? {} : { total: page.total }),
        asOf: { seq: view.head.seq, date: context.today },
      };
    },
  };
}

/** What a list offers, for the ledger's capabilities. */
export const offered = <C extends CollectionName, V>(spec: ListSpec<C, V>): QueryCapabilities => ({
  sorts: spec.sorts,
  filters: filtersOf(spec),
  search: true,
  total: true,
});
