/**
 * Master data as it was saved last. A record counts its editions, keeps the date it was made, and is
 * marked `used` for good by the first record that refers to it, so that nothing is left pointing at
 * nothing.
 */
import type { ItemInput, TemplateInput } from '../model/inputs.ts';
import type { Collections, MasterName, WarehouseRecord } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { letterTablesGuard, templatesGuard } from '../rules/guards.ts';
import { markUsed } from './marks.ts';

type Master = Collections[MasterName];
type Saved = Omit<Master, 'version'>;

interface Moving {
  readonly moved?: boolean;
  readonly usedLocations?: readonly string[];
}

/** What the record has besides what was saved, by table. */
function kept(table: MasterName, before: (Master & Moving) | undefined): Moving {
  if (table === 'items') return { moved: before?.moved ?? false };
  if (table === 'warehouses') return { usedLocations: before?.usedLocations ?? [] };
  return {};
}

function save(table: MasterName, id: string, record: object, at: string, writer: Writer): void {
  const before = writer.get(table, id);
  const saved = {
    ...record,
    ...kept(table, before),
    id,
    edition: (before?.edition ?? 0) + 1,
    used: before?.used ?? false,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  writer.put(table, saved as unknown as Saved);
}

function markItem(item: ItemInput, writer: Writer): void {
  markUsed(writer, 'codeTypes', item.lots?.codeType);
  markUsed(writer, 'codeTypes', item.serials?.codeType);
  markUsed(writer, 'lotStatuses', item.lots?.initialStatus);
  for (const component of item.components ?? []) {
    markUsed(writer, 'items', component.item);
    for (const alternative of component.alternatives ?? []) markUsed(writer, 'items', alternative);
  }
}

/** A location that is some template's default stays as if it had movements. */
function markTemplate(template: TemplateInput, writer: Writer): void {
  writer.put('guards', { id: templatesGuard(template.warehouse) });
  if (!template.defaultLocation) return;
  const warehouse: WarehouseRecord | undefined = writer.get('warehouses', codeKey(template.warehouse));
  const location = codeKey(template.defaultLocation);
  if (!warehouse || warehouse.usedLocations.includes(location)) return;
  writer.put('warehouses', { ...warehouse, usedLocations: [...warehouse.usedLocations, location] });
}

function follow(table: MasterName, record: object, writer: Writer): void {
  if (table === 'items') markItem(record as ItemInput, writer);
  else if (table === 'templates') markTemplate(record as TemplateInput, writer);
  else if (table === 'letterTables') writer.put('guards', { id: letterTablesGuard });
}

export const masters: Projection = {
  name: 'masters',
  version: 1,
  collections: [
    'codeTypes',
    'letterTables',
    'items',
    'warehouses',
    'templates',
    'lotStatuses',
    'lotTypes',
    'grades',
    'blockRules',
    'transitions',
    'guards',
  ],
  apply(entry, writer) {
    for (const fact of entry.facts) {
      if (fact.kind === 'saved') {
        save(fact.table, fact.id, fact.record, entry.at, writer);
        follow(fact.table, fact.record, writer);
      } else if (fact.kind === 'removed') {
        writer.remove(fact.table, fact.id);
        if (fact.table === 'letterTables') writer.put('guards', { id: letterTablesGuard });
      }
    }
  },
};
