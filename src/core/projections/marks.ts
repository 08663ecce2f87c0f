/** The mark on master data that something refers to: written once per record, then only read. */
import type { Collections, MasterName } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';
import type { Writer } from '../ports/view.ts';

/** Marks the record of a code as used, if there is one. */
export function markUsed(writer: Writer, table: MasterName, code: string | null | undefined): void {
  if (!code) return;
  const record = writer.get(table, codeKey(code));
  if (record && !record.used) writer.put(table, { ...record, used: true } as Collections[MasterName]);
}

/** Freezes the unit of an item: from its first lot, serial or movement on. */
export function markItemMoved(writer: Writer, itemKey: string): void {
  const item = writer.get('items', itemKey);
  if (item && !item.moved) writer.put('items', { ...item, moved: true });
}
