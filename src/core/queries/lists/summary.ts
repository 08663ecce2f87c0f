/**
 * Groups of records with their number and sums, nested up to three deep, and the totals of all that match.
 * A group's rows are what the list answers when the group's value is added to the filter.
 */
import * as z from 'zod/mini';
import type { CollectionName } from '../../model/records.ts';
import { read, text, whole } from '../../model/schema.ts';
import type { FieldValue, Summary, SummaryGroup, Totals } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { Scalar } from '../../ports/store.ts';
import { gather, type QueryDefinition, type QueryView } from '../../ports/view.ts';
import { isPast, whenArgs } from '../past/when.ts';
import { itemOf } from '../views/stock.ts';
import { cursorOf, positionOf } from './cursor.ts';
import type { Facet } from './facets.ts';
import { type FineGroup, fineGroups, type Grouping } from './groups.ts';
import { askedOf, checkFilter, closed, type Filter, filterArg } from './question.ts';
import { facetOf, type ListSpec, type Scope } from './spec.ts';
import { UnitSums } from './sums.ts';
import { resourceOf, shownLabel, shownValue } from './values.ts';

/** Levels of groups. */
export const GROUP_DEPTH = 3;
/** Groups of all levels in one answer: a page of the first level ends early rather than to go beyond. */
const MOST = 5_000;

/** How the question is sent, its names aside. */
export const summaryArgs = z.strictObject({
  filter: filterArg,
  search: z.optional(z.nullable(text())),
  groupBy: z.optional(z.array(z.string())),
  sums: z.optional(z.array(z.string())),
  limit: z.optional(whole(1, 500)),
  cursor: z.optional(z.nullable(z.string())),
  ...whenArgs,
});
type SummaryAsked = z.infer<typeof summaryArgs>;

const unsupported = (what: string, path: string, offered: readonly string[]): never => {
  throw new LedgerError('query.unsupported', { path, details: { what, offered } });
};

/** Refuses names that are not on offer, or stand twice. */
function checkNames(path: 'groupBy' | 'sums', names: readonly string[], offered: readonly string[]): void {
  names.forEach((name, i) => {
    const at = `${path}[${i}]`;
    if (!offered.includes(name))
      unsupported(path === 'sums' ? `sum of ${name}` : `groups by ${name}`, at, offered);
    if (names.indexOf(name) !== i)
      throw new LedgerError('field.repeated', { path: at, details: { value: name } });
  });
}

/** A field that means nothing without another one is grouped by within that, or with a filter of it. */
function checkNeeds<C extends CollectionName, V>(
  { special }: ListSpec<C, V>,
  groupBy: readonly string[],
  filter: Filter,
): void {
  groupBy.forEach((name, i) => {
    const needs = special?.filters[name]?.needs;
    if (needs === undefined || filter?.[needs] !== undefined || groupBy.slice(0, i).includes(needs)) return;
    unsupported(`groups by ${name} without ${needs} before it`, `groupBy[${i}]`, [needs]);
  });
}

function readArgs<C extends CollectionName, V>(spec: ListSpec<C, V>, args: unknown): SummaryAsked {
  const asked = read(summaryArgs, args ?? {});
  const { groupBy = [], sums = [] } = asked;
  if (isPast(asked)) unsupported('a summary of another day', 'asOf', []);
  checkNames('groupBy', groupBy, spec.groups ?? []);
  if (groupBy.length > GROUP_DEPTH)
    unsupported(`more than ${GROUP_DEPTH} levels`, `groupBy[${GROUP_DEPTH}]`, []);
  checkNames('sums', sums, Object.keys(spec.sums ?? {}));
  checkFilter(spec, asked.filter);
  checkNeeds(spec, groupBy, asked.filter);
  return asked;
}

/** Number and sums, while they are added up. */
class Tally {
  count = 0;
  readonly #names: readonly string[];
  readonly #sums: readonly UnitSums[];

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#sums = names.map(() => new UnitSums());
  }

  /** Adds a group; `also` is the key of the item whose unit its sums are in. */
  add(view: QueryView, { count, sums, also }: Pick<FineGroup, 'count' | 'sums' | 'also'>): void {
    this.count += count;
    if (this.#sums.length === 0) return;
    const { unit } = itemOf(view, String(also));
    this.#sums.forEach((sum, i) => {
      sum.add(unit, sums[i] ?? '0');
    });
  }

  get totals(): Totals {
    return {
      count: this.count,
      sums: Object.fromEntries(this.#names.map((name, i) => [name, this.#sums[i]?.all ?? []])),
    };
  }
}

/** A group of one level, and those inside it in their order. */
class Branch extends Tally {
  readonly same: readonly Scalar[];
  readonly written: Scalar;
  readonly inner = new Map<string, Branch>();

  constructor(names: readonly string[], { same, written }: FineGroup['values'][number]) {
    super(names);
    this.same = same;
    this.written = written;
  }
}

interface Levels {
  readonly nodes: readonly Branch[];
  /** The value after which more groups of the first level follow. */
  readonly next?: readonly Scalar[];
}

/** Groups of the first level with all inside them, from a value on. */
function levelsOf(
  view: QueryView,
  groups: Iterable<FineGroup>,
  names: readonly string[],
  limit: number,
): Levels {
  const nodes: Branch[] = [];
  let size = 0;
  let key = '';
  for (const group of groups) {
    const first = JSON.stringify(group.values[0]?.same);
    const last = nodes.at(-1);
    if (last && first !== key && (nodes.length === limit || size >= MOST)) return { nodes, next: last.same };
    let inside: Map<string, Branch> | undefined;
    for (const [level, value] of group.values.entries()) {
      const at = JSON.stringify(value.same);
      let node: Branch | undefined = level === 0 ? (at === key ? last : undefined) : inside?.get(at);
      if (!node) {
        node = new Branch(names, value);
        size++;
        if (level === 0) nodes.push(node);
        else inside?.set(at, node);
      }
      node.add(view, group);
      inside = node.inner;
    }
    key = first;
  }
  return { nodes };
}

/** Groups as they are answered. */
function shown(
  view: QueryView,
  nodes: Iterable<Branch>,
  fields: readonly { readonly name: string; readonly facet: Facet }[],
): SummaryGroup[] {
  const [field, ...inner] = fields;
  if (!field) return [];
  const { name, facet } = field;
  return gather([...nodes], (node): SummaryGroup => {
    const value: FieldValue['value'] = shownValue(facet, node.same, node.written, view);
    return {
      field: name,
      value,
      label: shownLabel(facet, node.same, value, view),
      ...node.totals,
      ...(inner.length > 0 ? { groups: shown(view, node.inner.values(), inner) } : {}),
    };
  });
}

/** Totals of everything that matches, whatever page of groups is asked for. */
function totalsOf(
  view: QueryView,
  collection: CollectionName,
  scope: Scope,
  grouping: Grouping,
  names: readonly string[],
): Totals {
  const tally = new Tally(names);
  const groups = [...fineGroups(view, collection, scope, grouping)];
  gather(groups, ({ also }) => also !== null && itemOf(view, String(also)));
  for (const group of groups) tally.add(view, group);
  return tally.totals;
}

/** Groups, their numbers and sums, of a list. */
export function summaryQuery<C extends CollectionName, V>(
  spec: ListSpec<C, V>,
): QueryDefinition<SummaryAsked, Summary> {
  const name = `${resourceOf(spec)}.summary`;
  return {
    name,
    schema: summaryArgs,
    parse: (args) => readArgs(spec, args),
    run(view, asked, context) {
      const { filter, groupBy = [], sums = [], limit = 100, cursor } = asked;
      const search = asked.search?.trim() || null;
      const question = JSON.stringify([name, filter ?? {}, search, groupBy, sums]);
      const behind = cursor ? positionOf(question, cursor) : undefined;
      const scope = closed(spec, askedOf(spec, { filter, search }, view, context), view);
      const parts = sums.map((sum) => spec.sums?.[sum] as string);
      const summed = parts.length > 0 ? { also: 'itemKey', sums: parts } : {};
      const fields = groupBy.map((field) => ({ name: field, facet: facetOf(spec, field) as Facet }));
      const facets = fields.map(({ facet }) => facet);
      const totals = totalsOf(view, spec.collection, scope, { facets: [], ...summed }, sums);
      const groups = fineGroups(view, spec.collection, scope, { facets, ...summed }, behind);
      const { nodes, next }: Levels =
        fields.length === 0 ? { nodes: [] } : levelsOf(view, groups, sums, limit);
      return {
        ...totals,
        groups: shown(view, nodes, fields),
        ...(next ? { next: cursorOf(question, next) } : {}),
        asOf: { seq: view.head.seq, date: context.today },
      };
    },
  };
}
