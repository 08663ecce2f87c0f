/** Filters of lots and serials that are no comparison of one field: state, expiry, place, what holds them. */
import type { FilterValue } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { Condition, Scalar } from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';
import { addDays } from '../../rules/calendar.ts';
import { statusVerdict } from '../../rules/usability.ts';
import { HELD } from '../../tables.ts';
import { UNGUARDED } from '../views/stock.ts';
import { asksForNone, codesIn, partsOf, plainValue } from './filters.ts';
import type { Values } from './spec.ts';

const unsupported = (path: string, what: string, offered: readonly string[] = []): never => {
  throw new LedgerError('query.unsupported', { path, details: { what, offered } });
};

/** `open`, `closed` (by hand or exhausted) or `all` (R46). */
export function byState(state: FilterValue | undefined): Condition[] {
  if (state === undefined || state === 'all') return [];
  if (state === 'open' || state === 'closed') return [{ field: 'open', op: 'eq', value: state === 'open' }];
  throw new LedgerError('field.type', {
    path: 'filter.state',
    details: { expected: "'open', 'closed' or 'all'" },
  });
}

/** Expiry is the last good day: the day before today is the newest that is over (R28). */
export function byExpiry({ expired, expiresWithin }: Values, today: string): Condition[] {
  const conditions: Condition[] = [];
  if (expired !== undefined) {
    if (plainValue('expired', expired, 'boolean'))
      conditions.push({ field: 'expiryDate', op: 'to', value: addDays(today, -1) });
    else conditions.push({ field: 'goodUntil', op: 'from', value: today });
  }
  if (expiresWithin !== undefined) {
    const days = plainValue('expiresWithin', expiresWithin, 'number') as number;
    if (!Number.isInteger(days) || days < 0 || days > 36_500) {
      throw new LedgerError('field.range', {
        path: 'filter.expiresWithin',
        details: { min: 0, max: 36_500 },
      });
    }
    conditions.push({ field: 'expiryDate', op: 'from', value: today });
    conditions.push({ field: 'expiryDate', op: 'to', value: addDays(today, days) });
  }
  return conditions;
}

/** Key of a place; null is none. */
export type Key = string | null;

/** A location means nothing without its warehouse: several may have one of this code. */
function locationsOf({ warehouse, location }: Values): readonly Key[] | undefined {
  if (location === undefined) return undefined;
  if (warehouse === undefined)
    unsupported('filter.location', 'a location without its warehouse', ['warehouse']);
  return codesIn('location', location);
}

/** The warehouses a filter means: by their codes, or by what those look like. */
export function warehousesOf(value: FilterValue, view: QueryView): readonly Key[] {
  const { like, ...others } = partsOf(value, 'filter.warehouse');
  if (like === undefined) return codesIn('warehouse', value);
  if (Object.values(others).some((asked) => asked !== undefined))
    unsupported('filter.warehouse', 'like and other comparisons of warehouse', ['in', 'like', 'isNull']);
  const pattern = plainValue('warehouse.like', like as FilterValue, 'string') as string;
  const where: Condition[] = [{ field: 'codeText', op: 'like', pattern }];
  const keys: Key[] = [];
  let after: readonly Scalar[] | undefined;
  do {
    const page = view.find('warehouses', { where, order: 'code', limit: 500, ...(after ? { after } : {}) });
    keys.push(...page.records.map(({ id }) => id));
    after = page.next;
  } while (after);
  return keys;
}

/** Ids of the lots with stock at these places. */
export function lying(view: QueryView, places: readonly (readonly Key[])[]): Set<string> {
  const lots = new Set<string>();
  for (const prefix of places) {
    for (const { lot } of view.range('balances', 'byPlace', { prefix }, UNGUARDED)) lots.add(lot as string);
  }
  return lots;
}

/** Lots with stock at a place now; null are those that lie nowhere. */
export function lotsAt(view: QueryView, values: Values): Condition[] {
  const locations = locationsOf(values);
  const { warehouse } = values;
  if (warehouse === undefined) return [];
  const none = asksForNone('warehouse', warehouse);
  if (none !== undefined && locations === undefined) return [{ field: 'lies', op: 'eq', value: !none }];
  const warehouses = warehousesOf(warehouse, view);
  if (warehouses.includes(null))
    unsupported('filter.warehouse', 'lots that lie somewhere and nowhere at once', ['in', 'like']);
  const places = warehouses.flatMap((key) =>
    locations === undefined ? [[key]] : locations.map((location) => [key, location]),
  );
  return [{ field: 'id', op: 'in', values: [...lying(view, places)] }];
}

const oneOf = (field: string, values: readonly Key[]): Condition =>
  values.length === 1
    ? { field, op: 'eq', value: values[0] as Key }
    : { field, op: 'in', values: [...values] };

/** Pieces at a location of the warehouses that the filter names besides. */
export function serialsAt(values: Values): Condition[] {
  const locations = locationsOf(values);
  return locations === undefined ? [] : [oneOf('locationKey', locations)];
}

/** Serials of lots of a code, of whatever item; null are those without a lot. */
export function serialsOfLots(view: QueryView, { lot }: Values): Condition[] {
  if (lot === undefined) return [];
  const none = asksForNone('lot', lot);
  if (none !== undefined) return [{ field: 'lot', op: 'null', value: none }];
  const codes = codesIn('lot', lot);
  if (codes.includes(null) && codes.length > 1)
    unsupported('filter.lot', 'serials with and without a lot at once', ['in']);
  if (codes[0] === null) return [{ field: 'lot', op: 'null', value: true }];
  const lots = codes.flatMap((code) => view.range('lots', 'byCode', { prefix: [code] }, UNGUARDED));
  const serials = lots.flatMap(({ id }) => view.range('serials', 'byLot', { prefix: [id] }, UNGUARDED));
  return [{ field: 'id', op: 'in', values: serials.map((serial) => serial.id) }];
}

/** Yes or no; anything else of such a filter is not on offer. */
function flagOf(name: string, value: FilterValue): boolean {
  if (typeof value === 'object') {
    const [comparison = 'isNull'] = Object.keys(value ?? {});
    unsupported(`filter.${name}`, `${comparison} of ${name}`);
  }
  return plainValue(name, value, 'boolean') as boolean;
}

/** Lots in a status that planning sees, or does not; those without one it sees. */
export function byPlanning(view: QueryView, { planning }: Values): Condition[] {
  if (planning === undefined) return [];
  const seen = flagOf('planning', planning);
  const statuses = view.range('lotStatuses', 'code', {}, UNGUARDED);
  const keys = statuses.filter((status) => (status.planning !== false) === seen).map(({ id }) => id);
  return [{ field: 'statusKey', op: 'in', values: seen ? [null, ...keys] : keys }];
}

/**
 * Lots that may not be sold whatever the day: recalled, not sellable, or in a status that denies a sale. What
 * the calendar and inspections say is asked by filters of their own.
 */
export function byBlocked(view: QueryView, { blocked }: Values): Condition[] {
  if (blocked === undefined) return [];
  const wanted = flagOf('blocked', blocked);
  const statuses = view.range('lotStatuses', 'code', {}, UNGUARDED);
  const keys = statuses
    .filter((status) => (statusVerdict(status, 'sale') === 'deny') === wanted)
    .map(({ id }) => id);
  return [{ field: 'heldBy', op: 'in', values: wanted ? [HELD, ...keys] : [null, ...keys] }];
}
