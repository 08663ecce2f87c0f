/**
 * Custom attributes of lots and serials, one record per value, so that registers filter and sort by them
 * through an index. Folded before lots and serials: what is removed is still there to be read.
 */

import type { AttributeRecord } from '../model/cases.ts';
import type { Change, Entry } from '../model/facts.ts';
import { codeKey, US } from '../ports/keys.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { attributeSort } from '../rules/attributes.ts';

type Owner = AttributeRecord['owner'];
type Values = Readonly<Record<string, unknown>>;

const isScalar = (value: unknown): value is AttributeRecord['value'] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** The scalar values by the key of their name; of two names that differ in case only, the last. */
function byKey(values: Values): Map<string, AttributeRecord['value']> {
  const scalars = new Map<string, AttributeRecord['value']>();
  for (const [name, value] of Object.entries(values)) {
    if (isScalar(value)) scalars.set(codeKey(name), value);
  }
  return scalars;
}

function follow(of: string, owner: Owner, before: Values, after: Values, writer: Writer): void {
  const [was, is] = [byKey(before), byKey(after)];
  for (const key of was.keys()) if (!is.has(key)) writer.remove('attributes', of + US + key);
  for (const [key, value] of is) {
    if (was.get(key) === value) continue;
    writer.put('attributes', { id: of + US + key, of, owner, key, sort: attributeSort(value), value });
  }
}

function change(of: string, owner: Owner, changes: readonly Change[], writer: Writer): void {
  for (const { field, from, to } of changes) {
    if (field === 'attributes') follow(of, owner, (from ?? {}) as Values, (to ?? {}) as Values, writer);
  }
}

export const attributes: Projection = {
  name: 'attributes',
  version: 1,
  collections: ['attributes'],
  apply(entry: Entry, writer: Writer) {
    for (const fact of entry.facts) {
      if (fact.kind === 'lotCreated') follow(fact.lot.id, 'lot', {}, fact.lot.attributes, writer);
      else if (fact.kind === 'serialCreated')
        follow(fact.serial.id, 'serial', {}, fact.serial.attributes, writer);
      else if (fact.kind === 'lotChanged') change(fact.id, 'lot', fact.changes, writer);
      else if (fact.kind === 'serialChanged') change(fact.id, 'serial', fact.changes, writer);
      else if (fact.kind === 'lotRemoved')
        follow(fact.id, 'lot', writer.get('lots', fact.id)?.attributes ?? {}, {}, writer);
      else if (fact.kind === 'serialRemoved')
        follow(fact.id, 'serial', writer.get('serials', fact.id)?.attributes ?? {}, {}, writer);
    }
  },
};
