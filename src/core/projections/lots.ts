/**
 * Lots as they were created and edited; what postings do to them is folded by `stock`. A corrected code of
 * a lot that has moved is retired: nothing else gets it.
 */
import type { Change, Entry, LotFact } from '../model/facts.ts';
import type { LotRecord } from '../model/records.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { stockGuard } from '../rules/stock-keys.ts';
import { changeCode } from './codes.ts';
import { markItemMoved, markUsed } from './marks.ts';

function markReferences(lot: Partial<LotRecord>, writer: Writer): void {
  markUsed(writer, 'lotStatuses', lot.status);
  markUsed(writer, 'lotTypes', lot.lotType);
  markUsed(writer, 'grades', lot.grade);
  markUsed(writer, 'blockRules', lot.blockRule);
}

/**
 * A new lot's record. Every field is spelled out: engines build such an object many times faster than one
 * that is spread and then grows, and a ledger makes millions of them.
 */
function newLot(lot: LotFact, at: string): Omit<LotRecord, 'version'> {
  return {
    id: lot.id,
    edition: 1,
    item: lot.item,
    itemKey: lot.itemKey,
    variant: lot.variant,
    code: lot.code,
    codeKey: lot.codeKey,
    scope: lot.scope,
    origin: lot.origin,
    reference: lot.reference,
    description: lot.description,
    status: lot.status,
    grade: lot.grade,
    lotType: lot.lotType,
    supplier: lot.supplier,
    manufacturer: lot.manufacturer,
    supplierLot: lot.supplierLot,
    startDate: lot.startDate,
    expiryDate: lot.expiryDate,
    manufactureDate: lot.manufactureDate,
    bestBefore: lot.bestBefore,
    retestDate: lot.retestDate,
    removalDate: lot.removalDate,
    initialQuantity: null,
    packageCount: lot.packageCount,
    notes: lot.notes,
    labelType: lot.labelType,
    sellable: lot.sellable,
    closed: lot.closed,
    attributes: lot.attributes,
    createdAt: at,
    updatedAt: at,
    decimals: lot.decimals,
    onHand: 0,
    moved: false,
    live: 0,
    left: false,
    firstLoadDate: null,
    firstLoadSeq: null,
    firstLoadPosting: null,
    reserved: 0,
    claimed: false,
    recall: lot.recall,
    blockRule: lot.blockRule,
    inspected: null,
    printed: false,
  };
}

function create(lot: LotFact, at: string, writer: Writer): void {
  writer.put('lots', newLot(lot, at));
  markReferences(lot, writer);
}

function change(before: LotRecord, changes: readonly Change[], at: string, writer: Writer): void {
  const fields = Object.fromEntries(changes.map(({ field, to }) => [field, to])) as Partial<LotRecord>;
  const code = fields.code === undefined ? {} : changeCode('lot', before, fields.code, writer);
  writer.put('lots', { ...before, ...fields, ...code, edition: before.edition + 1, updatedAt: at });
  markReferences(fields, writer);
}

function apply(entry: Entry, writer: Writer): void {
  let marked: string | undefined;
  for (const fact of entry.facts) {
    if (fact.kind === 'lotCreated') {
      create(fact.lot, entry.at, writer);
      // thousands of lots in one entry are mostly of one item
      if (fact.lot.itemKey === marked) continue;
      marked = fact.lot.itemKey;
      markItemMoved(writer, fact.lot.itemKey);
      writer.put('guards', { id: stockGuard(fact.lot.itemKey) });
    } else if (fact.kind === 'lotChanged') {
      const before = writer.get('lots', fact.id);
      if (before) change(before, fact.changes, entry.at, writer);
      markUsed(writer, 'transitions', fact.transition);
    } else if (fact.kind === 'lotPrinted') {
      const before = writer.get('lots', fact.id);
      if (before) writer.put('lots', { ...before, printed: true, left: true });
    } else if (fact.kind === 'lotRemoved') writer.remove('lots', fact.id);
  }
}

export const lots: Projection = {
  name: 'lots',
  version: 2,
  collections: [
    'lots',
    'retiredCodes',
    'items',
    'lotStatuses',
    'lotTypes',
    'grades',
    'blockRules',
    'transitions',
    'guards',
  ],
  apply,
};
