/**
 * Groups of records by the values of fields, read from a store in slices. A group is as fine as the parts of
 * its fields are; what has the same value is put together by whoever reads them.
 */
import type { CollectionName } from '../../model/records.ts';
import type { Condition, Scalar } from '../../ports/store.ts';
import { gather, type QueryView } from '../../ports/view.ts';
import { tables } from '../../tables.ts';
import { readerOf } from '../conditions.ts';
import { compareKeys } from '../index-keys.ts';
import { type Facet, widthOf } from './facets.ts';
import { walk } from './scan.ts';
import type { Scope } from './spec.ts';

/** Fine groups in one slice. */
const SLICE = 2_000;

/** What groups are made of. */
export interface Grouping {
  readonly facets: readonly Facet[];
  /** A part that is no field of the question: groups are told apart by it, after the facets. */
  readonly also?: string;
  /** Parts that are added up. */
  readonly sums?: readonly string[];
}

/** Records that agree in everything they are grouped by. */
export interface FineGroup {
  /** Of each facet, in their order. */
  readonly values: readonly {
    /** What makes values the same, in their order. */
    readonly same: readonly Scalar[];
    readonly written: Scalar;
  }[];
  readonly also: Scalar;
  readonly count: number;
  readonly sums: readonly string[];
}

/** What stands before what makes values the same does not count: the parts of all facets, one after the other. */
const sameOf = ({ values }: FineGroup): Scalar[] => values.flatMap(({ same }) => same);

function partsOf({ facets, also }: Grouping): string[] {
  return [
    ...facets.flatMap(({ same }) => same),
    ...(also === undefined ? [] : [also]),
    ...facets.flatMap(({ written }) => written ?? []),
  ];
}

/** A group's key, taken apart. */
function readKey({ facets, also }: Grouping, key: readonly Scalar[]): Pick<FineGroup, 'values' | 'also'> {
  let at = 0;
  const take = (): Scalar => key[at++] ?? null;
  const sames = facets.map(({ same }) => same.map(take));
  const other = also === undefined ? null : take();
  const values = facets.map(({ written }, i) => {
    const same = sames[i] as Scalar[];
    return { same, written: written === undefined ? (same.at(-1) ?? null) : take() };
  });
  return { values, also: other };
}

function* sliced(
  view: QueryView,
  collection: CollectionName,
  scope: Scope,
  grouping: Grouping,
  behind: readonly Scalar[] | undefined,
): Generator<FineGroup> {
  const { sums = [] } = grouping;
  const groupBy = partsOf(grouping);
  // null is last, so this stands behind everything that begins so
  let after = behind && [...behind, ...groupBy.slice(behind.length).map(() => null)];
  do {
    const page = view.aggregate(collection, {
      ...scope,
      groupBy,
      sums,
      limit: SLICE,
      ...(after ? { after } : {}),
    });
    for (const group of page.groups) yield { ...group, ...readKey(grouping, group.key) };
    after = page.next as Scalar[] | undefined;
  } while (after);
}

/**
 * Fine groups of a facet that mostly has one record to a value, read along its order until nobody wants more.
 * @param behind the value after which they begin
 */
export function* groupsAlong(
  view: QueryView,
  collection: CollectionName,
  scope: Scope,
  { order, same, written }: Facet & { readonly order: string },
  behind?: readonly Scalar[],
): Generator<FineGroup> {
  const parts = [...same, ...(written === undefined ? [] : [written])];
  const readers = parts.map((part) => readerOf(tables[collection], part));
  const [first = null] = behind ?? [];
  const from: Condition[] = first === null ? [] : [{ field: parts[0] as string, op: 'from', value: first }];
  // records of one first part stand together, but those of one value need not
  let run: FineGroup[] = [];
  const sorted = (): FineGroup[] =>
    run
      .filter((group) => !behind || compareKeys(sameOf(group), behind) > 0)
      .sort((a, b) => compareKeys(sameOf(a), sameOf(b)));
  for (const { record } of walk(view, collection, {
    ...scope,
    where: [...(scope.where ?? []), ...from],
    order,
  })) {
    const key = readers.map((read) => read(record));
    const value = { same: key.slice(0, same.length), written: key.at(-1) ?? null };
    if (run[0]?.values[0]?.same[0] !== value.same[0]) {
      yield* sorted();
      run = [];
    }
    run.push({ values: [value], also: null, count: 1, sums: [] });
  }
  yield* sorted();
}

/** The parts of values that only another record tells. */
function resolved(view: QueryView, facets: readonly Facet[], group: FineGroup): FineGroup {
  const values = facets.map(({ resolve }, i) => {
    const value = group.values[i] as FineGroup['values'][number];
    return resolve ? resolve(value.same[0] ?? null, view) : value;
  });
  return { ...group, values };
}

/**
 * Fine groups in the order of their values.
 * @param behind the value of the first facet after which they begin
 */
export function* fineGroups(
  view: QueryView,
  collection: CollectionName,
  scope: Scope,
  grouping: Grouping,
  behind?: readonly Scalar[],
): Generator<FineGroup> {
  const { facets } = grouping;
  if (!facets.some(({ resolve }) => resolve)) {
    yield* sliced(view, collection, scope, grouping, behind);
    return;
  }
  // their order is not the store's: they are put in order here, all of them
  const all = [...sliced(view, collection, scope, grouping, undefined)];
  const groups = gather(all, (group) => resolved(view, facets, group));
  groups.sort((a, b) => compareKeys(sameOf(a), sameOf(b)));
  const [first] = facets;
  const width = first ? widthOf(first) : 0;
  for (const group of groups) {
    if (behind && compareKeys(sameOf(group).slice(0, width), behind) <= 0) continue;
    yield group;
  }
}
