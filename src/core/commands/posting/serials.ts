/**
 * Serial rows of a line: spelled out (ranges become codes), counted, and resolved: on a load new ones or
 * ones that come back, on an unload ones that are here (R26, R56, R60–R62, R75, R76).
 */

import type { Change, SerialFact } from '../../model/facts.ts';
import type { SerialRowInput } from '../../model/posting.ts';
import type { CodeOrigin } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { isCodeTaken, makeCodes, scopeOf } from '../../reading/codes.ts';
import { locationIn } from '../../reading/references.ts';
import { newAttributes } from '../../rules/attributes.ts';
import { expiryFrom } from '../../rules/expiry.ts';
import { codesBetween } from '../../rules/patterns.ts';
import type { Draft } from './draft.ts';
import { codeRequest, inPath } from './load-lots.ts';
import type { DraftLot, DraftSerial } from './moves.ts';
import { rowAttributes } from './row-attributes.ts';
import type { LineWorld } from './world.ts';

/** One serial as a row names it. */
export interface NamedSerial {
  readonly code: string;
  readonly row: Omit<SerialRowInput, 'code' | 'from' | 'to'>;
  readonly origin: CodeOrigin | null;
  readonly path: string;
}

/** Spells out the rows of a line: ranges become their codes. */
export function spellOut(draft: Draft, line: LineWorld, rows: readonly SerialRowInput[]): NamedSerial[] {
  const named: NamedSerial[] = [];
  rows.forEach((row, i) => {
    const path = `${line.path}.serials[${i}]`;
    if (row.code !== undefined && row.code !== null) {
      draft.operation.countRows(1, path);
      named.push({ code: row.code, row, origin: null, path });
    } else if (row.from && row.to) {
      const codes = inPath(path, () => codesBetween(row.from as string, row.to as string));
      draft.operation.countRows(codes.length, path);
      for (const code of codes) named.push({ code, row, origin: null, path });
    } else throw new LedgerError('field.required', { path: `${path}.code` });
  });
  return named;
}

/** @throws LedgerError serial.countMismatch unless the rows are as many as the line's pieces */
export function checkCount(line: LineWorld, given: number, expected: number): void {
  if (given === expected) return;
  throw new LedgerError('serial.countMismatch', {
    path: `${line.path}.serials`,
    details: { expected, given },
  });
}

/** Codes the item's serial code type gives, where item and template generate serials (R65). */
export function generateSerials(draft: Draft, line: LineWorld, count: number): NamedSerial[] {
  const { item, variant } = line;
  const path = `${line.path}.serials`;
  const settings = item.serials;
  if (!settings?.codeType || settings.generation !== 'automatic' || !draft.world.template.generatesSerials) {
    throw new LedgerError('serial.required', { path, details: { item: item.code } });
  }
  draft.operation.countRows(count, path);
  const codeType = settings.codeType;
  const scope = scopeOf(draft.view, item.code, variant);
  const expiryDate = serialExpiry(line, draft.date, null);
  const made = inPath(path, () =>
    makeCodes(
      draft.view,
      codeRequest(draft, line, codeType, { expiryDate }),
      count,
      draft.operation.pending('serial', scope),
    ),
  );
  return made.codes.map(({ code, origin }) => ({ code, row: {}, origin, path }));
}

function serialExpiry(line: LineWorld, startDate: string, typed: string | null | undefined): string | null {
  const days = line.item.serials?.shelfLifeDays;
  return typed ?? (days === undefined || days === null ? null : expiryFrom(startDate, days, 'exact'));
}

function newSerial(draft: Draft, line: LineWorld, named: NamedSerial, lot: DraftLot | null): SerialFact {
  const { item, variant } = line;
  const { row, path } = named;
  const startDate = row.startDate ?? draft.date;
  const expiryDate = serialExpiry(line, startDate, row.expiryDate);
  if (expiryDate !== null && expiryDate < startDate) {
    throw new LedgerError('lot.expiryBeforeStart', {
      path: `${path}.expiryDate`,
      details: { expiryDate, startDate },
    });
  }
  return {
    id: draft.context.newId(),
    item: item.code,
    itemKey: codeKey(item.code),
    variant,
    code: named.code,
    codeKey: codeKey(named.code),
    scope: scopeOf(draft.view, item.code, variant),
    origin: named.origin,
    lot: lot?.id ?? null,
    reference: null,
    description: null,
    notes: null,
    status: lot === null ? (item.lots?.initialStatus ?? null) : null,
    customerSerial: row.customerSerial ?? null,
    supplierSerial: row.supplierSerial ?? null,
    supplier: draft.header.party?.kind === 'supplier' ? draft.header.party.code : null,
    startDate,
    expiryDate,
    cancelled: false,
    closed: false,
    missing: false,
    attributes: newAttributes(item, 'serial', row.attributes, `${path}.attributes`),
  };
}

function checkItem(line: LineWorld, serial: DraftSerial, path: string): void {
  if (serial.itemKey === codeKey(line.item.code) && serial.variant === line.variant) return;
  throw new LedgerError('serial.wrongItem', { path, details: { code: serial.code, item: serial.item } });
}

function checkReturn(draft: Draft, serial: DraftSerial, path: string): void {
  const details = { code: serial.code };
  const { settings } = draft.operation;
  const place = draft.operation.placeOf(serial);
  // it comes back into stock by being taken out of the other (R112)
  if (serial.parent) throw new LedgerError('serial.installed', { path, details });
  if (place) throw new LedgerError('serial.alreadyInStock', { path, details: { ...details, place } });
  const { intent } = draft.world;
  const again = draft.replaces?.serials.some((row) => row.serial === serial.id) ?? false;
  if ((serial.live ?? 0) > 0 && intent !== 'customerReturn' && !again && !settings.allowExistingSerial) {
    throw new LedgerError('serial.shippedBefore', { path, details });
  }
}

/** The serial a load row names: new, or one that comes back. */
export function serialForLoad(
  draft: Draft,
  line: LineWorld,
  named: NamedSerial,
  lot: DraftLot | null,
): DraftSerial {
  const scope = scopeOf(draft.view, line.item.code, line.variant);
  const { path } = named;
  const known = draft.operation.serial(scope, codeKey(named.code));
  if (!known) {
    if (isCodeTaken(draft.view, 'serial', scope, named.code)) {
      throw new LedgerError('serial.duplicate', { path, details: { code: named.code, retired: true } });
    }
    return draft.operation.addSerial(newSerial(draft, line, named, lot), path);
  }
  checkItem(line, known, path);
  draft.checkOnce(known, path);
  checkReturn(draft, known, path);
  const kept = (known.live ?? 0) > 0;
  if (kept && known.lot !== null && lot !== null && known.lot !== lot.id) {
    throw new LedgerError('serial.wrongLot', { path, details: { code: known.code, lot: known.lot } });
  }
  fillSerial(draft, line, known, named);
  return known;
}

/** A piece that loads as new takes what its row types; one that comes back must agree with it (R35, R61). */
function fillSerial(draft: Draft, line: LineWorld, serial: DraftSerial, named: NamedSerial): void {
  const { row, path } = named;
  const changes: Change[] = [];
  for (const field of ['expiryDate', 'startDate', 'customerSerial', 'supplierSerial'] as const) {
    const typed = row[field] ?? null;
    const own = serial[field];
    if (typed === null || typed === own) continue;
    if ((serial.live ?? 0) > 0) {
      const details = { code: serial.code, field, own, typed };
      throw new LedgerError('serial.fieldConflict', { path: `${path}.${field}`, details });
    }
    changes.push({ field, from: own, to: typed });
  }
  const fresh = (serial.live ?? 0) === 0;
  const typed = row.attributes;
  changes.push(...rowAttributes(line, { owner: 'serial', record: serial, typed, fresh, path }));
  if (changes.length > 0) draft.operation.change('serialChanged', serial.id, changes);
}

/** The serial an unload row names; it must be here. */
export function serialForUnload(draft: Draft, line: LineWorld, named: NamedSerial): DraftSerial {
  const { path, code } = named;
  const scope = scopeOf(draft.view, line.item.code, line.variant);
  const serial = draft.operation.serial(scope, codeKey(code)) ?? elsewhere(draft, code);
  if (!serial) throw new LedgerError('serial.notFound', { path, details: { code } });
  checkItem(line, serial, path);
  draft.checkOnce(serial, path);
  const place = draft.operation.placeOf(serial);
  const { warehouse } = draft.world;
  const wanted = named.row.location ?? line.input.location ?? null;
  const location = wanted === null ? null : locationIn(warehouse, wanted, `${path}.location`);
  const here =
    place !== null &&
    codeKey(place.warehouse) === codeKey(warehouse.code) &&
    (location === null || (place.location !== null && codeKey(place.location) === codeKey(location)));
  if (place === null && serial.parent)
    throw new LedgerError('serial.installed', { path, details: { code: serial.code } });
  if (!here) throw new LedgerError('serial.notHere', { path, details: { code: serial.code, place } });
  return serial;
}

/** A serial of this code under another item or variant: worth a better refusal than "not found" (R76). */
function elsewhere(draft: Draft, code: string): DraftSerial | undefined {
  // only the refusal depends on it
  return draft.view.range('serials', 'byCode', { prefix: [codeKey(code)], limit: 1 }, null)[0];
}
