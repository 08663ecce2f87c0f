/** Recalls as deciders and questions read them: which cases hold a lot, and which wait for a supplier's lot. */
import type { RecallRecord } from '../model/cases.ts';
import type { LotRecord } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';
import type { View } from '../ports/view.ts';
import { supplierLotGuard } from '../rules/guards.ts';

/** What of a lot an open recall of a supplier's lot looks at. */
export type Received = Pick<LotRecord, 'supplierLot' | 'supplier' | 'itemKey'>;

const same = (named: string | null, own: string | null): boolean =>
  named === null || (own !== null && codeKey(named) === codeKey(own));

/** Whether a recall of a supplier's lot means this lot. */
export function meansLot(origin: RecallRecord['origin']['supplierLot'], lot: Received): boolean {
  if (!origin) return false;
  return (
    lot.supplierLot !== null &&
    same(origin.supplierLot, lot.supplierLot) &&
    same(origin.supplier, lot.supplier) &&
    same(origin.item, lot.itemKey)
  );
}

/** The open recalls of a supplier's lot that a lot being received belongs to, the oldest first. */
export function recallsFor(view: View, lot: Received): RecallRecord[] {
  if (lot.supplierLot === null) return [];
  const prefix = [codeKey(lot.supplierLot)];
  const open = view.range('recalls', 'bySupplierLot', { prefix }, supplierLotGuard(lot.supplierLot));
  return open.filter((recall) => recall.state === 'open' && meansLot(recall.origin.supplierLot, lot));
}
