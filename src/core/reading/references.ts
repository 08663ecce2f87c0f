/** Looking up what a command names: it must exist, and is from then on written as its owner writes it. */
import { defaultSettings } from '../model/inputs.ts';
import type { Collections, ItemRecord, SettingsRecord, WarehouseRecord } from '../model/records.ts';
import type { ErrorCode } from '../ports/catalogue.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import type { View } from '../ports/view.ts';
import { placeOf } from '../rules/places.ts';

/** A unit an item may be entered in, besides its own. */
export type AlternativeUnit = NonNullable<ItemRecord['alternativeUnits']>[number];

const notFound = {
  codeTypes: 'codeType.notFound',
  items: 'item.notFound',
  warehouses: 'warehouse.notFound',
  lotStatuses: 'lotStatus.notFound',
  lotTypes: 'lotType.notFound',
  grades: 'grade.notFound',
  transitions: 'transition.notFound',
} as const satisfies Record<string, ErrorCode>;

export type Coded = keyof typeof notFound;

/** The record a field names by code. Throws `<word>.notFound` with the field's path. */
export function named<C extends Coded>(
  view: View,
  collection: C,
  code: string,
  path: string,
): Collections[C] {
  const record = view.get(collection, codeKey(code));
  if (!record) throw new LedgerError(notFound[collection], { path, details: { code } });
  return record;
}

/** The code of the record a field names, as its owner writes it; null and undefined pass. */
export function codeOf<T extends string | null | undefined>(
  view: View,
  collection: Coded,
  code: T,
  path: string,
): T | string {
  return typeof code === 'string' ? named(view, collection, code, path).code : code;
}

const fresh: SettingsRecord = { id: 'settings', version: 0, edition: 0, hasCodes: false, ...defaultSettings };

/** The settings of the ledger; the defaults before anybody saved any. */
export function settingsOf(view: View): SettingsRecord {
  return view.get('settings', 'settings') ?? fresh;
}

/** The variant of an item a command names, as the item writes it. */
export function variantOf(item: ItemRecord, variant: string | null | undefined, path: string): string | null {
  const variants = item.variants ?? [];
  if (variant === null || variant === undefined) {
    if (variants.length > 0) throw new LedgerError('item.variantRequired', { path });
    return null;
  }
  const key = codeKey(variant);
  const found = variants.find((each) => codeKey(each.code) === key);
  if (!found) throw new LedgerError('item.variantNotFound', { path, details: { item: item.code, variant } });
  return found.code;
}

/** A unit of an item a command names: how it converts; null for the base unit, and where none is named. */
export function unitOf(
  item: ItemRecord,
  unit: string | null | undefined,
  path: string,
): AlternativeUnit | null {
  if (unit === undefined || unit === null) return null;
  const key = codeKey(unit);
  if (key === codeKey(item.unit.code)) return null;
  const found = item.alternativeUnits?.find((each) => codeKey(each.code) === key);
  if (found) return found;
  throw new LedgerError('item.unitNotFound', { path, details: { item: item.code, unit } });
}

/** The location a command names, as its warehouse writes it. */
export function locationIn(
  warehouse: Pick<WarehouseRecord, 'code' | 'locations'>,
  location: string,
  path: string,
): string {
  const found = placeOf(warehouse, location);
  if (found) return found.code;
  throw new LedgerError('location.notFound', { path, details: { warehouse: warehouse.code, location } });
}

/** Refuses a version the caller sent that is not the record's. */
export function checkVersion(record: { readonly edition: number }, version: number | undefined): void {
  if (version !== undefined && version !== record.edition) {
    throw new LedgerError('concurrency.stale', { details: { version: record.edition } });
  }
}

/** Refuses codes that stand twice in a list. */
export function checkRepeated(
  codes: readonly string[],
  path: (index: number) => string,
  code: ErrorCode = 'field.repeated',
  details: (value: string) => Record<string, unknown> = (value) => ({ value }),
): void {
  const seen = new Set<string>();
  codes.forEach((each, index) => {
    const key = codeKey(each);
    if (seen.has(key)) throw new LedgerError(code, { path: path(index), details: details(each) });
    seen.add(key);
  });
}
