/** The registers of lots and serials: filters by state, expiry and place besides those of their fields. */
import type { FilterValue } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { Condition } from '../../ports/store.ts';
import type { QueryContext, QueryView } from '../../ports/view.ts';
import { addDays } from '../../rules/calendar.ts';
import { offeredSorts } from '../../tables.ts';
import { lotAt, serialAt } from '../past/at.ts';
import { lotView, serialView, UNGUARDED } from '../views/stock.ts';
import {
  codeField,
  codesIn,
  dateField,
  flagField,
  instantField,
  plainValue,
  quantityField,
  textField,
} from './filters.ts';
import { byItem, byParty } from './found.ts';
import type { ListSpec } from './list.ts';

type Values = Readonly<Record<string, FilterValue>>;

/** `open`, `closed` (by hand or exhausted) or `all` (R46). */
function byState(state: FilterValue | undefined): Condition[] {
  if (state === undefined || state === 'all') return [];
  if (state === 'open' || state === 'closed') return [{ field: 'open', op: 'eq', value: state === 'open' }];
  throw new LedgerError('field.type', {
    path: 'filter.state',
    details: { expected: "'open', 'closed' or 'all'" },
  });
}

/** Expiry is the last good day: the day before today is the newest that is over (R28). */
function byExpiry({ expired, expiresWithin }: Values, today: string): Condition[] {
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

type Key = string | null;

interface Places {
  readonly warehouses: readonly Key[] | undefined;
  /** Null is what lies in a warehouse as a whole. */
  readonly locations: readonly Key[] | undefined;
}

/** A location means nothing without its warehouse: several may have one of this code. */
function placesOf({ warehouse, location }: Values): Places {
  if (location !== undefined && warehouse === undefined) {
    throw new LedgerError('query.unsupported', {
      path: 'filter.location',
      details: { what: 'a location without its warehouse', offered: ['warehouse'] },
    });
  }
  return {
    warehouses: warehouse === undefined ? undefined : codesIn('warehouse', warehouse),
    locations: location === undefined ? undefined : codesIn('location', location),
  };
}

/** Lots with stock at a place now. */
function lotsAt(view: QueryView, values: Values): Condition[] {
  const { warehouses, locations } = placesOf(values);
  if (warehouses === undefined) return [];
  const places = warehouses.flatMap((warehouse) =>
    locations === undefined ? [[warehouse]] : locations.map((location) => [warehouse, location]),
  );
  const balances = places.flatMap((prefix) => view.range('balances', 'byPlace', { prefix }, UNGUARDED));
  return [{ field: 'id', op: 'in', values: [...new Set(balances.map((balance) => balance.lot))] }];
}

function serialsAt(values: Values): Condition[] {
  const { warehouses, locations } = placesOf(values);
  if (warehouses === undefined) return [];
  const at = oneOf('warehouseKey', warehouses);
  return locations === undefined ? [at] : [at, oneOf('locationKey', locations)];
}

const oneOf = (field: string, values: readonly Key[]): Condition =>
  values.length === 1
    ? { field, op: 'eq', value: values[0] as Key }
    : { field, op: 'in', values: [...values] };

/** Serials of lots of a code, of whatever item; null are those without a lot. */
function serialsOfLots(view: QueryView, { lot }: Values): Condition[] {
  if (lot === undefined) return [];
  const codes = codesIn('lot', lot);
  if (codes.includes(null)) {
    if (codes.length === 1) return [{ field: 'lot', op: 'null', value: true }];
    throw new LedgerError('query.unsupported', {
      path: 'filter.lot',
      details: { what: 'serials with and without a lot at once', offered: ['in'] },
    });
  }
  const lots = codes.flatMap((code) => view.range('lots', 'byCode', { prefix: [code] }, UNGUARDED));
  const serials = lots.flatMap(({ id }) => view.range('serials', 'byLot', { prefix: [id] }, UNGUARDED));
  return [{ field: 'id', op: 'in', values: serials.map((serial) => serial.id) }];
}

/** Lots in a status that planning sees, or does not; those without one it sees. */
function byPlanning(view: QueryView, { planning }: Values): Condition[] {
  if (planning === undefined) return [];
  if (typeof planning === 'object') {
    const [comparison = 'isNull'] = Object.keys(planning ?? {});
    const details = { what: `${comparison} of planning`, offered: [] };
    throw new LedgerError('query.unsupported', { path: 'filter.planning', details });
  }
  const seen = plainValue('planning', planning, 'boolean') as boolean;
  const statuses = view.range('lotStatuses', 'code', {}, UNGUARDED);
  const keys = statuses.filter((status) => (status.planning !== false) === seen).map(({ id }) => id);
  return [{ field: 'statusKey', op: 'in', values: seen ? [null, ...keys] : keys }];
}

const special = ['state', 'expired', 'expiresWithin', 'warehouse', 'location'];

const shared = {
  code: codeField('codeKey', 'code', 'codeText'),
  item: codeField('itemKey', 'item', 'itemText'),
  variant: codeField('variantKey', undefined, 'variant'),
  status: codeField('statusKey', 'status'),
  description: textField('descriptionText'),
  reference: textField('referenceText'),
  startDate: dateField('startDate'),
  expiryDate: dateField('expiryDate'),
  createdAt: instantField('createdAt'),
  updatedAt: instantField('updatedAt'),
  closed: flagField('closed'),
};

/** What the past does not change; a code is sorted as it is written by now. */
const ofThePast = { sorts: ['code', 'item', 'createdAt'], filters: ['item', 'variant', 'state'] };

export const lotList: ListSpec<'lots', unknown> = {
  name: 'lots.list',
  collection: 'lots',
  sorts: offeredSorts.lots,
  defaultSort: 'code',
  fields: {
    ...shared,
    supplier: codeField('supplierKey', 'supplier', 'supplierText'),
    supplierLot: textField('supplierLotText', 'supplierLot'),
    grade: codeField('gradeKey', undefined, 'grade'),
    lotType: codeField('lotTypeKey', undefined, 'lotType'),
    manufacturer: textField('manufacturer'),
    sellable: flagField('sellable'),
    onHand: quantityField('onHand'),
    bestBefore: dateField('bestBefore'),
    retestDate: dateField('retestDate'),
    removalDate: dateField('removalDate'),
    /** Id of the rule that took it in. */
    blockRule: codeField('blockRule'),
  },
  special: {
    names: [...special, 'planning'],
    conditions: (values, view, context) => [
      ...byState(values.state),
      ...byExpiry(values, context.today),
      ...lotsAt(view, values),
      ...byPlanning(view, values),
    ],
  },
  alsoFound: (search, view) => [
    ...byItem(view, search, 'itemKey'),
    ...byParty(view, search, 'supplierKey', 'supplier'),
  ],
  render: (lot, view, context: QueryContext) => lotView(view, lot, context.today),
  stock: {
    owner: 'lot',
    past: { ...ofThePast, at: (past, lot, when) => (past.had(lot) ? lotAt(past, lot, when) : undefined) },
  },
};

export const serialList: ListSpec<'serials', unknown> = {
  name: 'serials.list',
  collection: 'serials',
  sorts: offeredSorts.serials,
  defaultSort: 'code',
  fields: {
    ...shared,
    /** Id of a lot. */
    lotId: textField('lot'),
    supplier: codeField('supplierKey', undefined, 'supplier'),
    customerSerial: textField('customerText'),
    supplierSerial: textField('supplierText'),
    /** Code of the party that has it. */
    holder: codeField('holderKey'),
    cancelled: flagField('cancelled'),
    reserved: flagField('reserved'),
    missing: flagField('missing'),
  },
  special: {
    names: [...special, 'lot'],
    conditions: (values, view, context) => [
      ...byState(values.state),
      ...byExpiry(values, context.today),
      ...serialsAt(values),
      ...serialsOfLots(view, values),
    ],
  },
  alsoFound: (search, view) => byItem(view, search, 'itemKey'),
  render: (serial, view, context: QueryContext) => serialView(view, serial, context.today),
  stock: {
    owner: 'serial',
    past: {
      ...ofThePast,
      at: (past, serial, when) => (past.hadSerial(serial) ? serialAt(past, serial.id, when) : undefined),
    },
  },
};
