/**
 * Lots and serials as hosts read them. What depends on the clock or on a policy is computed here, when it
 * is read, and never stored (R124): available, expired, the state.
 */

import type { BalanceRecord, ItemRecord, LotRecord, PartyRef, SerialRecord } from '../../model/records.ts';
import type { Lot, LotStock, Serial } from '../../model/views.ts';
import type { View } from '../../ports/view.ts';
import { partyId } from '../../reading/parties.ts';
import { lotSubject, serialSubject } from '../../reading/stock.ts';
import { daysLeft, isExpired } from '../../rules/expiry.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { countsAsAvailable } from '../../rules/usability.ts';
import { own } from './own.ts';

/** Questions write nothing: no guard has to hold for them. */
export const UNGUARDED = 'query';

/** The name of a party, where it is known. */
export const nameOf = (view: View, party: PartyRef): string | null =>
  view.get('parties', partyId(party))?.name ?? null;

const itemOf = (view: View, key: string): ItemRecord => view.get('items', key) as ItemRecord;

/** On the way between warehouses: on hand, but not available (R129). */
const isTransit = (view: View, warehouseKey: string): boolean =>
  view.get('warehouses', warehouseKey)?.kind === 'transit';

/** What counts of a balance: nothing of a lot closed by hand (R45), on the way nothing is available (R129). */
export function counted(
  view: View,
  balance: BalanceRecord,
  { closed, usable }: { readonly closed: boolean; readonly usable: boolean },
): { here: number; available: number } {
  const here = closed ? 0 : balance.onHand;
  return { here, available: usable && !isTransit(view, balance.warehouseKey) ? here : 0 };
}

interface Sums {
  readonly stock: LotStock[];
  onHand: number;
  available: number;
}

function stockOf(view: View, lot: LotRecord, usable: boolean): Sums {
  const text = (steps: number): string => formatSteps(steps, lot.decimals);
  const balances: readonly BalanceRecord[] = lot.moved
    ? view.range('balances', 'byLot', { prefix: [lot.id] }, UNGUARDED)
    : [];
  const sums: Sums = { stock: [], onHand: 0, available: 0 };
  for (const balance of balances) {
    const { here, available } = counted(view, balance, { closed: lot.closed, usable });
    sums.onHand += here;
    sums.available += available;
    sums.stock.push({
      warehouse: balance.warehouse,
      location: balance.location,
      loaded: text(balance.loaded),
      onHand: text(here),
      reserved: '0',
      available: text(available),
      ...(lot.closed ? { closedQuantity: text(balance.onHand) } : {}),
    });
  }
  return sums;
}

/** A lot as hosts read it, on a day. */
export function lotView(view: View, lot: LotRecord, today: string): Lot {
  const item = itemOf(view, lot.itemKey);
  const sums = stockOf(view, lot, countsAsAvailable(lotSubject(lot, item, view), today));
  const exhausted = lot.moved && lot.onHand === 0;
  const text = (steps: number): string => formatSteps(steps, lot.decimals);
  return {
    id: lot.id,
    version: lot.edition,
    item: lot.item,
    itemDescription: item.description ?? null,
    variant: lot.variant,
    code: lot.code,
    reference: lot.reference,
    description: lot.description,
    status: lot.status,
    grade: lot.grade,
    lotType: lot.lotType,
    supplier: lot.supplier,
    supplierName: lot.supplier === null ? null : nameOf(view, { kind: 'supplier', code: lot.supplier }),
    manufacturer: lot.manufacturer,
    supplierLot: lot.supplierLot,
    startDate: lot.startDate,
    expiryDate: lot.expiryDate,
    manufactureDate: lot.manufactureDate,
    bestBefore: lot.bestBefore,
    initialQuantity: lot.initialQuantity === null ? null : text(lot.initialQuantity),
    packageCount: lot.packageCount,
    notes: lot.notes,
    labelType: lot.labelType,
    sellable: lot.sellable,
    closed: lot.closed,
    exhausted,
    state: lot.closed || exhausted ? 'closed' : 'open',
    expired: isExpired(lot.expiryDate, today),
    daysLeft: daysLeft(lot.expiryDate, today),
    attributes: own(lot.attributes),
    unit: own(item.unit),
    onHand: text(sums.onHand),
    closedQuantity: text(lot.closed ? lot.onHand : 0),
    reserved: '0',
    available: text(sums.available),
    stock: sums.stock,
    codeLocked: lot.left,
    referenced: lot.moved,
    createdAt: lot.createdAt,
    updatedAt: lot.updatedAt,
  };
}

/** Whether a piece counts as available where it is. */
export function isSerialAvailable(
  view: View,
  serial: SerialRecord,
  lot: LotRecord | undefined,
  today: string,
): boolean {
  if (serial.warehouseKey === null || serial.reserved || isTransit(view, serial.warehouseKey)) return false;
  if (!countsAsAvailable(serialSubject(serial, view), today)) return false;
  // with a lot, the stricter of both counts (R131)
  return !lot || countsAsAvailable(lotSubject(lot, itemOf(view, lot.itemKey), view), today);
}

/** A serial as hosts read it, on a day. */
export function serialView(view: View, serial: SerialRecord, today: string): Serial {
  const item = itemOf(view, serial.itemKey);
  const lot = serial.lot === null ? undefined : view.get('lots', serial.lot);
  const exhausted = serial.moved && serial.warehouseKey === null;
  const here = serial.warehouseKey !== null && !serial.closed;
  return {
    id: serial.id,
    version: serial.edition,
    item: serial.item,
    itemDescription: item.description ?? null,
    variant: serial.variant,
    code: serial.code,
    lot: lot?.code ?? null,
    lotId: serial.lot,
    reference: serial.reference,
    description: serial.description,
    notes: serial.notes,
    status: serial.status,
    customerSerial: serial.customerSerial,
    supplierSerial: serial.supplierSerial,
    supplier: serial.supplier,
    startDate: serial.startDate,
    expiryDate: serial.expiryDate,
    cancelled: serial.cancelled,
    closed: serial.closed,
    reserved: serial.reserved,
    missing: serial.missing,
    exhausted,
    state: serial.closed || serial.cancelled || exhausted ? 'closed' : 'open',
    expired: isExpired(serial.expiryDate, today),
    daysLeft: daysLeft(serial.expiryDate, today),
    attributes: own(serial.attributes),
    warehouse: serial.warehouse,
    location: serial.location,
    holder: serial.holder ? { ...serial.holder, name: nameOf(view, serial.holder) } : null,
    onHand: here ? '1' : '0',
    available: here && isSerialAvailable(view, serial, lot, today) ? '1' : '0',
    codeLocked: serial.left,
    referenced: serial.moved,
    createdAt: serial.createdAt,
    updatedAt: serial.updatedAt,
  };
}
