/**
 * `lots.update@1 {id, patch, version?}`: an edit of a lot by hand. Stock is not touched; closing takes a
 * lot out of use without moving anything (R45).
 */
import * as z from 'zod/mini';
import type { Change, Fact } from '../../model/facts.ts';
import type { ItemRecord, LotRecord } from '../../model/records.ts';
import { code } from '../../model/schema.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, View } from '../../ports/view.ts';
import { reach } from '../../reading/genealogy.ts';
import { recallsFor } from '../../reading/recalls.ts';
import { checkVersion, codeOf } from '../../reading/references.ts';
import { releaseAllOf } from '../../reading/reservations.ts';
import { EVERYTHING } from '../../rules/genealogy.ts';
import {
  changeOf,
  changesOf,
  checkCode,
  checkDates,
  checkExpiry,
  checkWorkflow,
  mustBeAllowed,
  resolvedAttributes,
} from '../shared/attended.ts';
import { readUpdate, updateSchema } from '../shared/master.ts';
import { lotFields } from './create.ts';

export const lotPatch = z.strictObject({
  code: z.optional(code()),
  ...lotFields,
  closed: z.optional(z.boolean()),
});
type LotPatch = z.infer<typeof lotPatch>;

/** The lot of an id. */
export function lotOf(view: View, id: string): LotRecord {
  const lot = view.get('lots', id);
  if (!lot) throw new LedgerError('lot.notFound', { details: { id } });
  return lot;
}

/** The item a lot or serial is of; it cannot be removed while they exist. */
export function itemOf(view: View, itemKey: string): ItemRecord {
  const item = view.get('items', itemKey);
  if (!item) throw new LedgerError('item.notFound', { details: { code: itemKey } });
  return item;
}

/** The patch with references written as their owners write them. */
function resolved(lot: LotRecord, patch: LotPatch, view: View): LotPatch {
  return {
    ...patch,
    ...resolvedAttributes(lot, 'lot', patch, view),
    status: codeOf(view, 'lotStatuses', patch.status, 'status'),
    grade: codeOf(view, 'grades', patch.grade, 'grade'),
    lotType: codeOf(view, 'lotTypes', patch.lotType, 'lotType'),
  };
}

function checkActs(changes: readonly Change[], view: View, context: DecideContext): void {
  checkWorkflow(view, changes, ['status', 'sellable', 'closed']);
  if (changeOf(changes, 'status')) mustBeAllowed(context, 'status.change', 'status');
  if (changeOf(changes, 'closed')?.to === false) mustBeAllowed(context, 'lot.reopen', 'closed');
}

/** Refuses to close a lot that open reservations hold by name (R45). */
export function checkClosing(lot: LotRecord, changes: readonly Change[]): void {
  if (changeOf(changes, 'closed')?.to !== true || lot.reserved === 0) return;
  throw new LedgerError('lot.hasReservations', { path: 'closed', details: { code: lot.code } });
}

function checkLotDates(lot: LotRecord, changes: readonly Change[], context: DecideContext, view: View): void {
  const start = changeOf(changes, 'startDate');
  const expiry = changeOf(changes, 'expiryDate');
  if (!start && !expiry) return;
  const item = itemOf(view, lot.itemKey);
  checkExpiry(lot, item, expiry, context);
  const startDate = (start ? start.to : lot.startDate) as string | null;
  const expiryDate = (expiry ? expiry.to : lot.expiryDate) as string | null;
  checkDates(startDate, expiryDate);
  if (expiry && expiryDate === null && item.lots?.expiryRequired) {
    throw new LedgerError('lot.expiryRequired', { path: 'expiryDate' });
  }
}

/**
 * A lot that turns out to be of a supplier's lot under recall joins the case as if it arrived just now, with
 * everything made of it; what was reserved of them is released (R52).
 */
function joinRecalls(lot: LotRecord, changes: readonly Change[], view: View): Fact[] {
  const changed = (field: 'supplier' | 'supplierLot'): string | null => {
    const change = changeOf(changes, field);
    return change ? (change.to as string | null) : lot[field];
  };
  if (!changeOf(changes, 'supplier') && !changeOf(changes, 'supplierLot')) return [];
  const { id, item, itemKey } = lot;
  const named = { itemKey, supplier: changed('supplier'), supplierLot: changed('supplierLot') };
  const recalls = recallsFor(view, named);
  if (recalls.length === 0) return [];
  const reached = reach(view, [{ id, kind: 'lot', item, depth: 0 }], 'forward', EVERYTHING, 'decider');
  const made = reached.filter(({ kind }) => kind === 'lot').map((node) => node.id);
  const joined = recalls.flatMap((recall) =>
    made.map(
      (each): Fact => ({ kind: 'recallChanged', id: recall.id, change: { what: 'joined', lot: each } }),
    ),
  );
  return [...joined, ...releaseAllOf(view, made, [])];
}

export const updateLot: CommandDefinition<ReturnType<typeof readUpdate>> = {
  name: 'lots.update@1',
  schema: updateSchema(lotPatch),
  parse: (args) => readUpdate(lotPatch, args),
  decide(args, view, context) {
    const lot = lotOf(view, args.id);
    checkVersion(lot, args.version);
    const changes = changesOf(lot, resolved(lot, args.patch as LotPatch, view));
    if (changes.length === 0) return { facts: [] };
    checkActs(changes, view, context);
    checkClosing(lot, changes);
    checkLotDates(lot, changes, context, view);
    const also = checkCode('lot', lot, changeOf(changes, 'code'), view, context);
    const facts: Fact[] = [{ kind: 'lotChanged', id: lot.id, changes }, ...also];
    facts.push(...joinRecalls(lot, changes, view));
    return { facts };
  },
};
