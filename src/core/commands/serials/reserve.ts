/**
 * A piece reserved by hand (R47): a reservation of its own, without a document. Taking the mark back
 * releases it; what a document holds is released through its reservation only.
 */
import type { Change, Fact, ReservationFact } from '../../model/facts.ts';
import type { SerialRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { DecideContext, View } from '../../ports/view.ts';
import { Claims } from '../../reading/reservations.ts';
import { openOf } from '../../rules/reservations.ts';
import { stockGuard } from '../../rules/stock-keys.ts';

/** Refuses a mark on a piece of a lot of which everything is reserved already. */
function checkRoom(serial: SerialRecord, piece: number, view: View): void {
  const { lot, item, variant, warehouse, warehouseKey, itemKey } = serial;
  if (lot === null || warehouse === null || warehouseKey === null) return;
  const held = new Claims(view).in({ item, variant, lot }, warehouse);
  if (held === 0) return;
  const prefix = [lot, warehouseKey];
  const balances = view.range('balances', 'byLot', { prefix }, stockGuard(itemKey));
  const there = balances.reduce((sum, balance) => sum + balance.onHand, 0);
  if (there - held >= piece) return;
  throw new LedgerError('serial.reserved', { path: 'reserved', details: { code: serial.code } });
}

function byHand(serial: SerialRecord, view: View, context: DecideContext): ReservationFact {
  const { decimals } = view.get('items', serial.itemKey)?.unit ?? { decimals: 0 };
  checkRoom(serial, 10 ** decimals, view);
  return {
    id: context.newId(),
    document: null,
    documentKey: null,
    item: serial.item,
    itemKey: serial.itemKey,
    variant: serial.variant,
    decimals,
    // a piece that is not in stock is held wherever it comes to
    warehouse: serial.warehouse ?? '',
    warehouseKey: serial.warehouseKey ?? '',
    location: serial.location,
    locationKey: serial.locationKey,
    lot: serial.lot,
    serial: serial.id,
    quantity: 10 ** decimals,
    intent: 'other',
    needDate: context.today,
    party: null,
    note: null,
  };
}

/**
 * What a changed mark comes to; nothing where it was not changed.
 * @throws LedgerError `serial.reserved` where a document holds the piece, or all that is there of its lot
 */
export function reservedByHand(
  serial: SerialRecord,
  change: Change | undefined,
  view: View,
  context: DecideContext,
): Fact[] {
  if (!change) return [];
  if (change.to === true) return [{ kind: 'reserved', reservation: byHand(serial, view, context) }];
  const held = serial.reservation ? view.get('reservations', serial.reservation) : undefined;
  // marked by version 0.1, when a mark was an edit and no reservation stood behind it
  if (!held) return [{ kind: 'serialChanged', id: serial.id, changes: [change] }];
  if (held.document !== null) {
    throw new LedgerError('serial.reserved', { path: 'reserved', details: { code: serial.code } });
  }
  return [{ kind: 'reservationChanged', id: held.id, change: { why: 'released', released: openOf(held) } }];
}
