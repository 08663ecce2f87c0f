/**
 * What the books have at one place at the end of a day: to be compared with what a count finds there, and to
 * be printed on its sheet (R84).
 */
import type { IsoDate, ItemRecord, LotRecord, SerialRecord } from '../model/records.ts';
import { codeKey, optionalKey } from '../ports/keys.ts';
import { gather, type View } from '../ports/view.ts';
import { type BookedPiece, type BookPlace, pieceOn, samePlace } from '../rules/counts.ts';
import { balanceId, holderKey, stockGuard } from '../rules/stock-keys.ts';
import { dayEnds } from './stock.ts';

/** One item at one place on one day. */
export interface BookPage {
  readonly item: ItemRecord;
  readonly variant: string | null;
  readonly place: BookPlace;
  readonly date: IsoDate;
  /** Something may be dated later: what has gone since has to be looked for, too. */
  readonly past: boolean;
}

/** Steps of a lot, or without one of the item's stock without lots. */
export function bookOf(view: View, page: Omit<BookPage, 'past'>, lot: string | null): number {
  const id = balanceId(holderKey(lot, page.item.code, page.variant), page.place);
  const balance = view.get('balances', id);
  return balance ? (dayEnds(view, balance, page.date)[0]?.steps ?? 0) : 0;
}

/** The lots that may have been there: those that are, or of a day gone by all of the item. */
function lotsOf(view: View, page: BookPage): LotRecord[] {
  const guard = stockGuard(page.item.code);
  const ofItem = [page.item.id, optionalKey(page.variant)];
  if (page.past) return [...view.range('lots', 'byItem', { prefix: ofItem }, guard)];
  const { warehouse, location } = page.place;
  const prefix = [...ofItem, codeKey(warehouse), optionalKey(location)];
  const balances = view.range('balances', 'inStock', { prefix }, guard);
  const lots = gather(balances, ({ lot }) => (lot === null ? undefined : view.get('lots', lot)));
  return lots.filter((lot) => lot !== undefined);
}

/** Every lot that was there at the end of the day, with its steps. */
export function lotsThere(view: View, page: BookPage): { lot: LotRecord; steps: number }[] {
  const lots = lotsOf(view, page);
  return gather(lots, (lot) => ({ lot, steps: bookOf(view, page, lot.id) })).filter(
    ({ steps }) => steps !== 0,
  );
}

/** What the books know of a piece at the end of a day. */
export function pieceAt(view: View, serial: SerialRecord, date: IsoDate): BookedPiece {
  const { warehouse, location, lastDate, missing } = serial;
  if (lastDate === null || date >= lastDate)
    return { place: warehouse === null ? null : { warehouse, location }, missing };
  // every writer of a serial's movements also writes the serial, which is expected
  return pieceOn(view.range('movements', 'bySerial', { prefix: [serial.id] }, null), date);
}

/** Every piece that was there at the end of the day. */
export function piecesThere(view: View, page: BookPage): SerialRecord[] {
  const guard = stockGuard(page.item.code);
  const ofItem = [page.item.id, optionalKey(page.variant)];
  const { warehouse, location } = page.place;
  const here = [...ofItem, codeKey(warehouse), optionalKey(location)];
  const serials = page.past
    ? view.range('serials', 'byItem', { prefix: ofItem }, guard)
    : view.range('serials', 'inStock', { prefix: here }, guard);
  const pieces = gather(serials, (serial) => ({ serial, place: pieceAt(view, serial, page.date).place }));
  return pieces.filter(({ place }) => place && samePlace(place, page.place)).map(({ serial }) => serial);
}
