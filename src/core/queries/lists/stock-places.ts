/**
 * The places of lots as values of a filter. A lot may lie in several places, so none of its own parts tells
 * them: they are counted from the balances.
 */
import type { FilterValue } from '../../model/views.ts';
import { compareText, naturalKey } from '../../ports/keys.ts';
import type { Condition } from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';
import { walk } from './scan.ts';
import type { Counted, Scope, Values } from './spec.ts';
import { type Key, lying, warehousesOf } from './stock-filters.ts';

const STOCK: readonly Condition[] = [
  { field: 'lot', op: 'null', value: false },
  { field: 'onHand', op: 'from', value: 1 },
];

/** Counts those of some lots that are meant. */
function counter(view: QueryView, scope: Scope): (lots: ReadonlySet<string>) => number {
  const { where = [], search } = scope;
  // a balance is of a lot that is there
  if (where.length === 0 && !search) return (lots) => lots.size;
  const meant = [...walk(view, 'lots', { ...scope, order: 'code' })].map(({ record }) => record.id);
  return (lots) => meant.reduce((count, id) => (lots.has(id) ? count + 1 : count), 0);
}

const inOrder = (values: Counted[]): Counted[] =>
  values.sort((a, b) => compareText(naturalKey(a.value ?? ''), naturalKey(b.value ?? '')));

/** Warehouses with lots in them, and how many of the lots meant lie there; last those that lie nowhere. */
export function warehousesOfLots(scope: Scope, _values: Values, view: QueryView): Counted[] {
  const { groups } = view.aggregate('balances', { where: STOCK, groupBy: ['warehouseKey'] });
  const count = counter(view, scope);
  const there = groups.map(({ key: [key = null] }): Counted => {
    const warehouse = view.get('warehouses', String(key));
    return {
      value: warehouse?.code ?? String(key),
      label: warehouse?.description ?? null,
      count: count(lying(view, [[key as Key]])),
    };
  });
  const where: Condition[] = [...(scope.where ?? []), { field: 'lies', op: 'eq', value: false }];
  const nowhere = view.aggregate('lots', { ...scope, where, groupBy: [] }).groups[0]?.count ?? 0;
  return [...inOrder(there), { value: null, label: null, count: nowhere }].filter((each) => each.count > 0);
}

/** The same for the locations of the warehouses asked for; null is a warehouse as a whole. */
export function locationsOfLots(scope: Scope, { warehouse }: Values, view: QueryView): Counted[] {
  const keys = warehousesOf(warehouse as FilterValue, view);
  const where: Condition[] = [...STOCK, { field: 'warehouseKey', op: 'in', values: [...keys] }];
  const { groups } = view.aggregate('balances', { where, groupBy: ['locationKey', 'location'] });
  const written = new Map(groups.map(({ key: [key = null, text = null] }) => [key, text]));
  const only = keys.length === 1 ? view.get('warehouses', String(keys[0])) : undefined;
  const count = counter(view, scope);
  const all = [...written].map(([key, text]): Counted => {
    const at = keys.map((each) => [each, key as Key]);
    return {
      value: text as Key,
      label: only?.locations?.find(({ code }) => code === text)?.description ?? null,
      count: count(lying(view, at)),
    };
  });
  const none = all.filter(({ value }) => value === null);
  return [...inOrder(all.filter(({ value }) => value !== null)), ...none].filter((each) => each.count > 0);
}
