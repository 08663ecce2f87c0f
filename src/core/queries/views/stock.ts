/**
 * Lots and serials as hosts read them. What depends on the clock or on a policy is computed here, when it
 * is read, and never stored (R124): available, expired, the state.
 */

import type { BalanceRecord, ItemRecord, LotRecord, PartyRef, SerialRecord } from '../../model/records.ts';
import type { Lot, LotStock, Serial } from '../../model/views.ts';
import { gather, type View } from '../../ports/view.ts';
import { partyId } from '../../reading/parties.ts';
import { isAvailableAt } from '../../reading/places.ts';
import { isPlannable, lotSubject, serialSubject, statusOf } from '../../reading/stock.ts';
import { daysLeft, isExpired } from '../../rules/expiry.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { countsAsAvailable } from '../../rules/usability.ts';
import { leftOver } from './held.ts';
import { own } from './own.ts';

/** Questions write nothing: no guard has to hold for them. */
export const UNGUARDED = 'query';

/** The name of a party, where it is known. */
export const nameOf = (view: View, party: PartyRef): string | null =>
  view.get('parties', partyId(party))?.name ?? null;

/** The item of a lot or serial, by its key: it exists as long as they do. */
export const itemOf = (view: View, key: string): ItemRecord => view.get('items', key) as ItemRecord;

/**
 * What counts of a balance: nothing of a lot closed by hand (R45); on the way, and where a place holds its
 * stock back, nothing is available (R129, R130).
 */
export function counted(
  view: View,
  balance: BalanceRecord,
  { closed, usable }: { readonly closed: boolean; readonly usable: boolean },
): { here: number; available: number } {
  const here = closed ? 0 : balance.onHand;
  const available = usable && isAvailableAt(view, balance.warehouseKey, balance.location);
  return { here, available: available ? here : 0 };
}

interface Sums {
  readonly stock: LotStock[];
  onHand: number;
  available: number;
}

const balancesOf = (view: View, lot: LotRecord): readonly BalanceRecord[] =>
  lot.moved ? view.range('balances', 'byLot', { prefix: [lot.id] }, UNGUARDED) : [];

const supplierOf = (view: View, { supplier }: LotRecord): string | null =>
  supplier === null ? null : nameOf(view, { kind: 'supplier', code: supplier });

/** What the view of every lot needs, whatever it says: a far store is asked for all of it in one round. */
const needs: readonly ((view: View, lot: LotRecord) => unknown)[] = [
  (view, lot) => itemOf(view, lot.itemKey),
  (view, lot) => statusOf(view, lot.status),
  balancesOf,
  supplierOf,
];

function stockOf(view: View, lot: LotRecord, usable: boolean): Sums {
  const text = (steps: number): string => formatSteps(steps, lot.decimals);
  const balances = balancesOf(view, lot);
  const places = balances.map((balance) => ({
    ...counted(view, balance, { closed: lot.closed, usable }),
    warehouse: balance.warehouse,
    location: balance.location,
  }));
  const held = { item: lot.item, variant: lot.variant, lot: lot.id };
  const left = leftOver(view, held, places, lot.reserved > 0);
  const sums: Sums = { stock: [], onHand: 0, available: left.available };
  for (const [i, balance] of balances.entries()) {
    const here = places[i]?.here ?? 0;
    const { reserved, available } = left.places[i] ?? { reserved: 0, available: 0 };
    sums.onHand += here;
    sums.stock.push({
      warehouse: balance.warehouse,
      location: balance.location,
      loaded: text(balance.loaded),
      onHand: text(here),
      reserved: text(reserved),
      available: text(available),
      ...(lot.closed ? { closedQuantity: text(balance.onHand) } : {}),
    });
  }
  return sums;
}

/** The code of the recall that holds something. */
const recallOf = (view: View, id: string | null): string | null =>
  id === null ? null : (view.get('recalls', id)?.code ?? null);

/** A lot as hosts read it, on a day. */
export function lotView(view: View, lot: LotRecord, today: string): Lot {
  gather(needs, (need) => need(view, lot));
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
    supplierName: supplierOf(view, lot),
    manufacturer: lot.manufacturer,
    supplierLot: lot.supplierLot,
    startDate: lot.startDate,
    expiryDate: lot.expiryDate,
    manufactureDate: lot.manufactureDate,
    bestBefore: lot.bestBefore,
    retestDate: lot.retestDate,
    removalDate: lot.removalDate,
    initialQuantity: lot.initialQuantity === null ? null : text(lot.initialQuantity),
    packageCount: lot.packageCount,
    notes: lot.notes,
    labelType: lot.labelType,
    recall: recallOf(view, lot.recall),
    sellable: lot.sellable,
    planning: isPlannable(view, lot.status),
    blockRule: lot.blockRule === null ? null : (view.get('blockRules', lot.blockRule)?.code ?? lot.blockRule),
    inspection: lot.inspected && { ...lot.inspected, newest: { ...lot.inspected.newest } },
    closed: lot.closed,
    exhausted,
    state: lot.closed || exhausted ? 'closed' : 'open',
    expired: isExpired(lot.expiryDate, today),
    daysLeft: daysLeft(lot.expiryDate, today),
    attributes: own(lot.attributes),
    unit: own(item.unit),
    onHand: text(sums.onHand),
    closedQuantity: text(lot.closed ? lot.onHand : 0),
    reserved: text(lot.reserved),
    available: text(sums.available),
    stock: sums.stock,
    codeLocked: lot.left,
    referenced: lot.moved || lot.claimed,
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
  if (serial.warehouseKey === null || serial.reserved) return false;
  if (!isAvailableAt(view, serial.warehouseKey, serial.location)) return false;
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
    recall: recallOf(view, serial.recall),
    parent: serial.parent,
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
    referenced: serial.moved || serial.claimed,
    createdAt: serial.createdAt,
    updatedAt: serial.updatedAt,
  };
}
