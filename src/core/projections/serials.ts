/** Serials as they were created and edited; where they are is folded by `stock`. */
import type { Change, Entry, SerialFact } from '../model/facts.ts';
import type { SerialRecord } from '../model/records.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { stockGuard } from '../rules/stock-keys.ts';
import { changeCode } from './codes.ts';
import { markItemMoved, markUsed } from './marks.ts';

/** A new serial's record, spelled out field by field: see `newLot` of lots.ts. */
function newSerial(serial: SerialFact, at: string): Omit<SerialRecord, 'version'> {
  return {
    id: serial.id,
    edition: 1,
    item: serial.item,
    itemKey: serial.itemKey,
    variant: serial.variant,
    code: serial.code,
    codeKey: serial.codeKey,
    scope: serial.scope,
    origin: serial.origin,
    lot: serial.lot,
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
    reserved: false,
    reservation: null,
    claimed: false,
    recall: null,
    parent: null,
    printed: false,
    missing: serial.missing,
    attributes: serial.attributes,
    createdAt: at,
    updatedAt: at,
    warehouse: null,
    warehouseKey: null,
    location: null,
    locationKey: null,
    holder: null,
    moved: false,
    live: 0,
    left: false,
    firstLoadDate: null,
    firstLoadSeq: null,
    lastDate: null,
  };
}

function create(serial: SerialFact, at: string, writer: Writer): void {
  writer.put('serials', newSerial(serial, at));
  markUsed(writer, 'lotStatuses', serial.status);
}

function change(before: SerialRecord, changes: readonly Change[], at: string, writer: Writer): void {
  const fields = Object.fromEntries(changes.map(({ field, to }) => [field, to])) as Partial<SerialRecord>;
  const code = fields.code === undefined ? {} : changeCode('serial', before, fields.code, writer);
  writer.put('serials', { ...before, ...fields, ...code, edition: before.edition + 1, updatedAt: at });
  markUsed(writer, 'lotStatuses', fields.status);
  if (fields.lot) writer.put('guards', { id: stockGuard(before.itemKey) });
}

function apply(entry: Entry, writer: Writer): void {
  let marked: string | undefined;
  for (const fact of entry.facts) {
    if (fact.kind === 'serialCreated') {
      create(fact.serial, entry.at, writer);
      if (fact.serial.itemKey === marked) continue;
      marked = fact.serial.itemKey;
      markItemMoved(writer, fact.serial.itemKey);
      writer.put('guards', { id: stockGuard(fact.serial.itemKey) });
    } else if (fact.kind === 'serialChanged') {
      const before = writer.get('serials', fact.id);
      if (before) change(before, fact.changes, entry.at, writer);
      markUsed(writer, 'transitions', fact.transition);
    } else if (fact.kind === 'serialPrinted') {
      const before = writer.get('serials', fact.id);
      if (before) writer.put('serials', { ...before, printed: true, left: true });
    } else if (fact.kind === 'serialMissing') {
      const before = writer.get('serials', fact.id);
      if (before) writer.put('serials', { ...before, missing: fact.missing });
    } else if (fact.kind === 'serialRemoved') writer.remove('serials', fact.id);
  }
}

export const serials: Projection = {
  name: 'serials',
  version: 2,
  collections: ['serials', 'retiredCodes', 'items', 'lotStatuses', 'transitions', 'guards'],
  apply,
};
