/**
 * What postings use: an item's unit is frozen once it has moved, and templates, warehouses, locations and
 * items that appear on a posting can no longer be removed. Written once per record, then only read.
 */
import type { Entry, PostingFact } from '../model/facts.ts';
import { codeKey, templateKey } from '../ports/keys.ts';
import type { Projection, Writer } from '../ports/view.ts';

/** Locations of a posting that were not used before; mostly none. */
function newLocations(posting: PostingFact, used: readonly string[]): string[] {
  const found: string[] = [];
  const see = (location: string | null): void => {
    if (location === null) return;
    const key = codeKey(location);
    if (!used.includes(key) && !found.includes(key)) found.push(key);
  };
  for (const line of posting.lines) {
    if (line.lots.length === 0 && line.serials.length === 0) see(line.location);
    for (const row of line.lots) see(row.location);
    for (const row of line.serials) see(row.location);
  }
  return found;
}

function markWarehouse(posting: PostingFact, writer: Writer): void {
  const warehouse = writer.get('warehouses', codeKey(posting.warehouse));
  if (!warehouse) return;
  const places = newLocations(posting, warehouse.usedLocations);
  if (warehouse.used && places.length === 0) return;
  writer.put('warehouses', {
    ...warehouse,
    used: true,
    usedLocations: [...warehouse.usedLocations, ...places],
  });
}

function mark(posting: PostingFact, writer: Writer): void {
  const template = writer.get('templates', templateKey(posting.warehouse, posting.template));
  if (template && !template.used) writer.put('templates', { ...template, used: true });
  markWarehouse(posting, writer);
  for (const line of posting.lines) {
    const item = writer.get('items', codeKey(line.item));
    if (item && !(item.used && item.moved)) writer.put('items', { ...item, used: true, moved: true });
  }
}

export const usage: Projection = {
  name: 'usage',
  version: 1,
  collections: ['items', 'warehouses', 'templates'],
  apply(entry: Entry, writer: Writer) {
    for (const fact of entry.facts) if (fact.kind === 'posted') mark(fact.posting, writer);
  },
};
