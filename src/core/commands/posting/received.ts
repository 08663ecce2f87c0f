/**
 * A lot that comes in for the first time: what waited for it takes hold (R51, R52), and the item's settings
 * give it the dates it does not have yet.
 */
import type { LotFact } from '../../model/facts.ts';
import { receiptPolicies } from '../../reading/receipts.ts';
import { watchedDates } from '../../rules/expiry.ts';
import type { Draft } from './draft.ts';
import type { DraftLot } from './moves.ts';
import type { LineWorld } from './world.ts';

/** Sets one field of a lot. */
type Set = (field: string, to: unknown, from?: unknown) => void;

/** A new lot with the status of the block rule that takes it in, in the recall it belongs to. */
export function received(draft: Draft, lot: LotFact): LotFact {
  const { id, code, itemKey, supplier, supplierLot } = lot;
  const arriving = { id, code, itemKey, supplier, supplierLot, date: draft.date };
  const { status, blockRule, recall, facts } = receiptPolicies(draft.view, arriving);
  for (const fact of facts) draft.operation.add(fact);
  if (blockRule === null && recall === null) return lot;
  return { ...lot, status: status ?? lot.status, blockRule, recall };
}

/**
 * The same for a lot that was made by hand before its first load. A rule that had it already when it was made
 * is not asked again: somebody may have released it since.
 * @param filled the lot as the load's row leaves it
 */
export function firstReceived(
  draft: Draft,
  line: LineWorld,
  lot: DraftLot,
  filled: Pick<LotFact, 'startDate' | 'supplier' | 'supplierLot'>,
  set: Set,
): void {
  const { startDate, supplier, supplierLot } = filled;
  if (lot.startDate === null) {
    for (const [field, date] of Object.entries(watchedDates(startDate, line.item.lots))) {
      if (date !== null && lot[field as 'bestBefore'] === null) set(field, date);
    }
  }
  const { id, code, itemKey } = lot;
  const arriving = { id, code, itemKey, supplier, supplierLot, date: draft.date };
  const { status, blockRule, facts } = receiptPolicies(draft.view, arriving);
  if (blockRule !== null && lot.blockRule === null) {
    set('blockRule', blockRule);
    if (status !== lot.status) set('status', status, lot.status);
  }
  if (lot.recall === null) for (const fact of facts) draft.operation.add(fact);
}
