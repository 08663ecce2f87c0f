/**
 * Custom attributes that a load row types of a lot or serial that exists: the first load fills in what is
 * missing, later ones must agree with it, as for every other field of a row (R35).
 */
import type { Change } from '../../model/facts.ts';
import { LedgerError } from '../../ports/errors.ts';
import { type AttributeOwner, type AttributeValues, typedAttributes } from '../../rules/attributes.ts';
import { same } from '../shared/patch.ts';
import type { LineWorld } from './world.ts';

/** What a row says of whom, and whether it may still fill in. */
export interface TypedRow {
  readonly owner: AttributeOwner;
  readonly record: { readonly code: string; readonly attributes: AttributeValues };
  readonly typed: AttributeValues | undefined;
  readonly fresh: boolean;
  readonly path: string;
}

/**
 * The change a row's attributes make.
 * @throws LedgerError `lot.fieldConflict` or `serial.fieldConflict`, and what the item's schema refuses
 */
export function rowAttributes(line: LineWorld, row: TypedRow): Change[] {
  const { owner, record, typed, fresh } = row;
  if (!typed) return [];
  const path = `${row.path}.attributes`;
  const from = record.attributes;
  const to: Record<string, unknown> = { ...from };
  for (const [key, value] of Object.entries(typedAttributes(line.item, owner, typed, path))) {
    const own = from[key] ?? null;
    if (value === null || same(own, value)) continue;
    if (!fresh) {
      const details = { code: record.code, field: `attributes.${key}`, own, typed: value };
      throw new LedgerError(`${owner}.fieldConflict`, { path: `${path}.${key}`, details });
    }
    to[key] = value;
  }
  return same(from, to) ? [] : [{ field: 'attributes', from, to }];
}
