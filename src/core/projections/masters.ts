/**
 * Master data as it was saved last. A record counts its editions, keeps the date it was made, and is
 * marked `used` for good by the first record that refers to it, so that nothing is left pointing at
 * nothing.
 */
import type { Change, Entry } from '../model/facts.ts';
import type { BlockRuleInput, ItemInput, TemplateInput, TransitionInput } from '../model/inputs.ts';
import { type Collections, type MasterName, masterNames, type WarehouseRecord } from '../model/records.ts';
import { codeKey, templateKey } from '../ports/keys.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { blockRulesGuard, letterTablesGuard, templatesGuard } from '../rules/guards.ts';
import { changesBetween, historyOf } from '../rules/history.ts';
import { keepChange } from './history.ts';
import { markUsed } from './marks.ts';

type Master = Collections[MasterName];
type Saved = Omit<Master, 'version'>;

interface Coded {
  readonly code: string;
}

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

/** What saving changed; of a new record, that it was made. */
function changesOf(before: Master | undefined, record: object): Change[] {
  if (before) return changesBetween(before, record);
  return [{ field: 'created', from: null, to: (record as Coded).code }];
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
  const { counterpart } = template;
  if (counterpart) {
    // who changes the counterpart has to see who names it
    writer.put('guards', { id: templatesGuard(counterpart.warehouse) });
    markUsed(writer, 'templates', templateKey(counterpart.warehouse, counterpart.template));
  }
  if (!template.defaultLocation) return;
  const warehouse: WarehouseRecord | undefined = writer.get('warehouses', codeKey(template.warehouse));
  const location = codeKey(template.defaultLocation);
  if (!warehouse || warehouse.usedLocations.includes(location)) return;
  writer.put('warehouses', { ...warehouse, usedLocations: [...warehouse.usedLocations, location] });
}

function markTransition({ from, to }: TransitionInput, writer: Writer): void {
  for (const status of [...(from ?? []), to]) markUsed(writer, 'lotStatuses', status);
}

function markBlockRule({ item, status }: BlockRuleInput, writer: Writer): void {
  markUsed(writer, 'lotStatuses', status);
  markUsed(writer, 'items', item);
}

/** Master data of which all of a kind are read at once: whoever does expects its guard. */
const guards: { readonly [T in MasterName]?: string } = {
  letterTables: letterTablesGuard,
  blockRules: blockRulesGuard,
};

function follow(table: MasterName, record: object, writer: Writer): void {
  const guard = guards[table];
  if (guard) writer.put('guards', { id: guard });
  if (table === 'items') markItem(record as ItemInput, writer);
  else if (table === 'templates') markTemplate(record as TemplateInput, writer);
  else if (table === 'transitions') markTransition(record as TransitionInput, writer);
  else if (table === 'blockRules') markBlockRule(record as BlockRuleInput, writer);
}

export const masters: Projection = {
  name: 'masters',
  version: 2,
  collections: [...masterNames, 'guards', 'history'],
  apply(entry: Entry, writer: Writer) {
    let n = 0;
    const keep = (table: MasterName, id: string, changes: readonly Change[]): void => {
      for (const change of changes) keepChange(entry, writer, `m${n++}`, historyOf(table, id), change);
    };
    for (const fact of entry.facts) {
      if (fact.kind === 'saved') {
        keep(fact.table, fact.id, changesOf(writer.get(fact.table, fact.id), fact.record));
        save(fact.table, fact.id, fact.record, entry.at, writer);
        follow(fact.table, fact.record, writer);
      } else if (fact.kind === 'removed') {
        const before = writer.get(fact.table, fact.id) as Coded | undefined;
        if (before) keep(fact.table, fact.id, [{ field: 'removed', from: before.code, to: null }]);
        writer.remove(fact.table, fact.id);
        const guard = guards[fact.table];
        if (guard) writer.put('guards', { id: guard });
      }
    }
  },
};
