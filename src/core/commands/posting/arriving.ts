/**
 * The rows of a transfer's arriving side: those that left, at the places that were asked for. What is asked
 * may spread a lot over several places and name each piece's; all else it says must be what left (R77).
 */

import type { LotRowInput, SerialRowInput } from '../../model/posting.ts';
import type {
  LotRecord,
  PostingLine,
  PostingLotRow,
  PostingSerialRow,
  SerialRecord,
} from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, US } from '../../ports/keys.ts';
import { formatSteps } from '../../rules/quantities.ts';
import { sameText } from '../../rules/same.ts';
import type { Draft } from './draft.ts';
import type { Rows } from './line-rows.ts';
import { placeFor } from './load.ts';
import { lineSteps, rowSteps } from './quantities.ts';
import { type NamedSerial, spellOut } from './serials.ts';
import { isZero, type LineWorld } from './world.ts';

/** Rows with a place that is known. */
export type ArrivingRows = Rows & { readonly location: string | null };

/** What the counterpart says otherwise than its posting. */
export function mismatch(path: string, expected: unknown, given: unknown): LedgerError {
  return new LedgerError('counterpart.mismatch', { path, details: { expected, given } });
}

/** Everything that left, at one place. */
export const rowsAt = (left: PostingLine, location: string | null): ArrivingRows => ({
  lots: left.lots.map((row) => ({ ...row, location })),
  serials: left.serials.map((row) => ({ ...row, location })),
  location,
});

/** What a row types of its lot or serial must be what that says of itself. */
function checkSaid(
  row: object,
  own: LotRecord | SerialRecord | undefined,
  fields: readonly string[],
  path: string,
): void {
  for (const field of fields) {
    const typed = (row as Record<string, unknown>)[field] ?? null;
    const known = (own as unknown as Record<string, unknown> | undefined)?.[field] ?? null;
    if (typed !== null && !sameText(typed, known)) throw mismatch(`${path}.${field}`, known, typed);
  }
}

const LOT_FIELDS = [
  'startDate',
  'expiryDate',
  'manufactureDate',
  'supplierLot',
  'manufacturer',
  'lotType',
  'packageCount',
  'sellable',
];
const SERIAL_FIELDS = ['startDate', 'expiryDate', 'customerSerial', 'supplierSerial'];

/** Lot rows as asked: of the lots that left, as much of each. */
function lotsAsked(
  into: Draft,
  left: PostingLine,
  target: LineWorld,
  asked: readonly LotRowInput[],
): PostingLotRow[] {
  const steps = rowSteps(target, asked, left.quantity);
  const rest = new Map<string, number>();
  for (const row of left.lots) rest.set(row.lot, (rest.get(row.lot) ?? 0) + row.quantity);
  const rows = new Map<string, PostingLotRow>();
  asked.forEach((row, i) => {
    const path = `${target.path}.lots[${i}]`;
    const source = left.lots.find((each) => codeKey(each.code) === codeKey(row.code ?? ''));
    if (!source)
      throw mismatch(
        `${path}.code`,
        left.lots.map((each) => each.code),
        row.code ?? null,
      );
    checkSaid(row, into.view.get('lots', source.lot), LOT_FIELDS, path);
    const known = rest.get(source.lot) ?? 0;
    const quantity = steps[i] as number;
    if (quantity > known) {
      const show = (amount: number): string => formatSteps(amount, left.decimals);
      throw mismatch(`${path}.quantity`, show(known), show(quantity));
    }
    rest.set(source.lot, known - quantity);
    const at = row.location ? `${path}.location` : `${target.path}.location`;
    const location = placeFor(into, target, row.location, at);
    const key = source.lot + US + (location ?? '');
    const before = rows.get(key);
    const note = before?.note ?? row.note ?? source.note;
    rows.set(key, { ...source, location, note, quantity: (before?.quantity ?? 0) + quantity });
  });
  return [...rows.values()];
}

/** Serials as asked, by the key of their codes: the same pieces, each once. */
function serialsAsked(
  into: Draft,
  left: PostingLine,
  target: LineWorld,
  asked: readonly SerialRowInput[],
): Map<string, NamedSerial> {
  const there = new Map(left.serials.map((row) => [codeKey(row.code), row]));
  const named = new Map<string, NamedSerial>();
  for (const each of spellOut(into, target, asked)) {
    const source = there.get(codeKey(each.code));
    if (!source || named.has(codeKey(each.code))) {
      throw mismatch(
        each.path,
        left.serials.map((row) => row.code),
        each.code,
      );
    }
    checkSaid(each.row, into.view.get('serials', source.serial), SERIAL_FIELDS, each.path);
    const { lot } = each.row;
    if (lot && codeKey(lot) !== codeKey(source.lotCode ?? '')) {
      throw mismatch(`${each.path}.lot`, source.lotCode, lot);
    }
    named.set(codeKey(each.code), each);
  }
  if (named.size !== left.serials.length)
    throw mismatch(`${target.path}.serials`, left.serials.length, named.size);
  return named;
}

/** A lot row with the pieces it still has room for. */
interface Slot {
  readonly row: PostingLotRow;
  room: number;
}

/** Where each piece goes: where it says, else into a row of its lot with room, else where the line is. */
function placePieces(
  into: Draft,
  left: PostingLine,
  target: LineWorld,
  lots: readonly PostingLotRow[] | null,
  named: ReadonlyMap<string, NamedSerial>,
): PostingSerialRow[] {
  const one = 10 ** left.decimals;
  const slots = lots?.map((row): Slot => ({ row, room: row.quantity / one })) ?? null;
  const said = (row: PostingSerialRow): NamedSerial | undefined => {
    const found = named.get(codeKey(row.code));
    return found?.row.location ? found : undefined;
  };
  const places = new Map<string, string | null>();
  const place = (row: PostingSerialRow): void => {
    const own = said(row);
    const location = own
      ? placeFor(into, target, own.row.location, `${own.path}.location`)
      : slots
        ? undefined
        : placeFor(into, target, null, `${target.path}.location`);
    if (!slots) {
      places.set(row.serial, location ?? null);
      return;
    }
    const slot = slots.find(
      (each) => each.row.lot === row.lot && each.room > 0 && (!own || each.row.location === location),
    );
    if (!slot) {
      const path = own ? `${own.path}.location` : `${target.path}.serials`;
      throw mismatch(
        path,
        lots?.map((each) => each.location),
        location ?? null,
      );
    }
    slot.room--;
    places.set(row.serial, slot.row.location);
  };
  // those that say where they go first, so that nobody else takes their room
  for (const row of left.serials) if (said(row)) place(row);
  for (const row of left.serials) if (!said(row)) place(row);
  return left.serials.map((row) => ({ ...row, location: places.get(row.serial) ?? null }));
}

/** Lot rows counted from where their pieces go. */
function lotsOfPieces(left: PostingLine, serials: readonly PostingSerialRow[]): PostingLotRow[] {
  const one = 10 ** left.decimals;
  const rows = new Map<string, PostingLotRow>();
  for (const { lot, location } of serials) {
    const source = left.lots.find((row) => row.lot === lot);
    if (!source) continue;
    const key = source.lot + US + (location ?? '');
    rows.set(key, { ...source, location, quantity: (rows.get(key)?.quantity ?? 0) + one });
  }
  return [...rows.values()];
}

const given = <T>(rows: 'auto' | readonly T[] | null | undefined): readonly T[] | null =>
  Array.isArray(rows) && rows.length > 0 ? rows : null;

/**
 * What left, as a line of the other side asks for it.
 * @throws LedgerError counterpart.mismatch with the path of what differs
 */
export function rowsAsked(into: Draft, left: PostingLine, target: LineWorld): ArrivingRows {
  const total = isZero(target.input.quantity) ? 0 : lineSteps(target, into.world, false);
  if (total !== left.quantity) {
    const show = (steps: number): string => formatSteps(steps, left.decimals);
    throw mismatch(`${target.path}.quantity`, show(left.quantity), show(total));
  }
  const lots = given(target.input.lots);
  const serials = given(target.input.serials);
  if (lots && left.lots.length === 0) throw mismatch(`${target.path}.lots`, 0, lots.length);
  if (serials && left.serials.length === 0) throw mismatch(`${target.path}.serials`, 0, serials.length);
  const lotRows = lots ? lotsAsked(into, left, target, lots) : null;
  if (left.serials.length > 0) {
    const named = serials ? serialsAsked(into, left, target, serials) : new Map<string, NamedSerial>();
    const rows = placePieces(into, left, target, lotRows, named);
    return { lots: lotRows ?? lotsOfPieces(left, rows), serials: rows, location: target.location };
  }
  if (lotRows) return { lots: lotRows, serials: [], location: target.location };
  if (total === 0) return { lots: [], serials: [], location: target.location };
  return rowsAt(left, placeFor(into, target, null, `${target.path}.location`));
}
