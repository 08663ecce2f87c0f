/** `reservations.get` and `reservations.list`: what the host's documents have committed and not yet moved. */
import type { ReservationRecord } from '../model/cases.ts';
import { byId, read } from '../model/schema.ts';
import type { FilterValue } from '../model/views.ts';
import type { Reservation } from '../model/views-reservations.ts';
import { LedgerError } from '../ports/errors.ts';
import type { Condition } from '../ports/store.ts';
import type { QueryDefinition, QueryView, View } from '../ports/view.ts';
import { formatSteps } from '../rules/quantities.ts';
import { openOf } from '../rules/reservations.ts';
import { offeredSorts } from '../tables.ts';
import { describedBy, lotFacet, wordFacet } from './lists/facets.ts';
import { codeField, codesIn, dateField, instantField, shownAs, textField } from './lists/filters.ts';
import { byItem } from './lists/found.ts';
import type { ListSpec } from './lists/spec.ts';
import { own } from './views/own.ts';
import { nameOf, UNGUARDED } from './views/stock.ts';

/** A reservation as hosts read it. */
export function reservationView(view: View, record: ReservationRecord): Reservation {
  const { item, variant, warehouse, location, lot, serial, decimals, party } = record;
  const text = (steps: number): string => formatSteps(steps, decimals);
  return {
    id: record.id,
    version: record.edition,
    document: own(record.document),
    item,
    variant,
    warehouse: warehouse === '' ? null : warehouse,
    location,
    lot: lot === null ? null : (view.get('lots', lot)?.code ?? null),
    lotId: lot,
    serial: serial === null ? null : (view.get('serials', serial)?.code ?? null),
    serialId: serial,
    unit: view.get('items', record.itemKey)?.unit.code ?? '',
    quantity: text(record.quantity),
    fulfilled: text(record.fulfilled),
    released: text(record.released),
    open: text(openOf(record)),
    state: record.open ? 'open' : 'closed',
    intent: record.intent,
    needDate: record.needDate,
    party: party ? { ...party, name: nameOf(view, party) } : null,
    note: record.note,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    actor: record.actor,
  };
}

export const getReservation: QueryDefinition<{ id: string }, Reservation> = {
  name: 'reservations.get',
  schema: byId,
  parse: (args) => read(byId, args),
  run(view, { id }) {
    const record = view.get('reservations', id);
    if (!record) throw new LedgerError('reservation.notFound', { details: { id } });
    return reservationView(view, record);
  },
};

/** `open`, `closed` (fulfilled, released or broken) or `all`. */
function byState(state: FilterValue | undefined): Condition[] {
  if (state === undefined || state === 'all') return [];
  if (state === 'open' || state === 'closed') return [{ field: 'open', op: 'eq', value: state === 'open' }];
  const details = { expected: "'open', 'closed' or 'all'" };
  throw new LedgerError('field.type', { path: 'filter.state', details });
}

/** Those that name a lot, or a piece, of these codes, of whatever item; null are those that name none. */
function byCode(
  view: QueryView,
  collection: 'lots' | 'serials',
  field: 'lot' | 'serial',
  value: FilterValue | undefined,
): Condition[] {
  if (value === undefined) return [];
  const codes = codesIn(field, value);
  const ids = codes.flatMap((code): (string | null)[] =>
    code === null
      ? [null]
      : view.range(collection, 'byCode', { prefix: [code] }, UNGUARDED).map(({ id }) => id),
  );
  return [{ field, op: 'in', values: ids }];
}

export const reservationList: ListSpec<'reservations', Reservation> = {
  name: 'reservations.list',
  collection: 'reservations',
  sorts: offeredSorts.reservations,
  defaultSort: 'createdAt',
  fields: {
    /** The number of the document. */
    document: textField('documentText'),
    item: shownAs(codeField('itemKey', 'item', 'itemText'), (facet) => describedBy(facet, 'items')),
    variant: codeField('variantKey', undefined, 'variant'),
    warehouse: codeField('warehouseKey'),
    location: codeField('locationKey'),
    lotId: textField('lot'),
    serialId: textField('serial'),
    intent: textField('intent'),
    needDate: dateField('needDate'),
    createdAt: instantField('createdAt'),
    party: codeField('partyKey'),
    note: textField('noteText'),
    actor: textField('actor'),
  },
  special: {
    filters: {
      state: {
        comparisons: [],
        takes: ['open', 'closed', 'all'],
        facet: wordFacet('open', 'open', 'closed'),
      },
      lot: { comparisons: ['in', 'isNull'], facet: lotFacet('lot') },
      serial: { comparisons: ['in', 'isNull'] },
    },
    conditions: ({ state, lot, serial }, view) => [
      ...byState(state),
      ...byCode(view, 'lots', 'lot', lot),
      ...byCode(view, 'serials', 'serial', serial),
    ],
  },
  alsoFound: (search, view) => byItem(view, search, 'itemKey'),
  render: (record, view) => reservationView(view, record),
};
