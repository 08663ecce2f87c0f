/** What was found, compared with the books of the day (R84, R85): rows, pieces, and what has to change. */
import type { CountedSerial, CountRow } from '../../model/cases.ts';
import type { LotRecord, SerialRecord } from '../../model/records.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey } from '../../ports/keys.ts';
import { gather, type View } from '../../ports/view.ts';
import { type BookPage, bookOf, lotsThere, pieceAt, piecesThere } from '../../reading/books.ts';
import { scopeOf } from '../../reading/codes.ts';
import { foundAt } from '../../rules/counts.ts';
import type { Listed, Part } from './lines.ts';

/** A quantity of a lot, or of stock without lots, that was too few or too many in the books; of pieces none. */
export interface Difference {
  readonly lot: LotRecord | null;
  /** Counted less book. */
  readonly steps: number;
  readonly path: string;
}

/** A piece that comes back into the books, or leaves them. */
export interface PieceChange {
  readonly serial: SerialRecord;
  readonly arrives: boolean;
  readonly path: string;
}

/** What one part of a count came to. */
export interface Compared {
  readonly part: Part;
  readonly rows: readonly CountRow[];
  readonly serials: readonly CountedSerial[];
  readonly differences: readonly Difference[];
  readonly pieces: readonly PieceChange[];
}

/** One part of a count while it is compared. */
class Comparison {
  readonly view: View;
  readonly part: Part;
  readonly page: BookPage;
  readonly rows: CountRow[] = [];
  readonly serials: CountedSerial[] = [];
  readonly differences: Difference[] = [];
  readonly pieces: PieceChange[] = [];

  constructor(view: View, part: Part, page: BookPage) {
    this.view = view;
    this.part = part;
    this.page = page;
  }

  addRow(lot: LotRecord | null, book: number, counted: number): void {
    const { line, location } = this.part;
    const { item, variant, decimals } = line;
    const [id, lotCode] = [lot?.id ?? null, lot?.code ?? null];
    this.rows.push({ item: item.code, variant, decimals, location, lot: id, lotCode, book, counted });
  }

  addPiece(
    code: string,
    serial: SerialRecord | null,
    outcome: CountedSerial['outcome'],
    bookPlace: CountedSerial['bookPlace'] = null,
  ): void {
    const { line, location } = this.part;
    this.serials.push({
      code: serial?.code ?? code,
      serial: serial?.id ?? null,
      item: line.item.code,
      location,
      outcome,
      bookPlace,
    });
  }

  /** A quantity against the book's. */
  compare(lot: LotRecord | null, counted: number, path: string): void {
    const book = bookOf(this.view, this.page, lot?.id ?? null);
    this.addRow(lot, book, counted);
    if (counted !== book) this.differences.push({ lot, steps: counted - book, path });
  }
}

/** Lots and stock without lots of an item that is not in single pieces. */
function compareQuantities(comparison: Comparison): void {
  const { view, part, page } = comparison;
  const { bare, complete, line } = part;
  gather([...part.lots.values()], ({ lot, steps, path }) => comparison.compare(lot, steps ?? 0, path));
  if (bare) comparison.compare(null, bare.steps ?? 0, bare.path);
  if (!complete) return;
  for (const { lot } of line.item.lots ? lotsThere(view, page) : [])
    if (!part.lots.has(lot.id)) comparison.compare(lot, 0, `${line.path}.lots`);
  if (!bare && bookOf(view, page, null) !== 0) comparison.compare(null, 0, `${line.path}.counted`);
}

function serialOf({ view, part }: Comparison, { code, path }: Listed): SerialRecord | undefined {
  const { item, variant } = part.line;
  const serial = view.lookup('serials', 'code', [scopeOf(view, item.code, variant), codeKey(code)]);
  if (!serial || (serial.itemKey === item.id && serial.variant === variant)) return serial;
  throw new LedgerError('serial.wrongItem', { path, details: { code: serial.code, item: serial.item } });
}

/** A piece that was read here. */
function comparePiece(comparison: Comparison, listed: Listed): void {
  const { view, part, page, pieces } = comparison;
  const serial = serialOf(comparison, listed);
  const piece = serial && pieceAt(view, serial, page.date);
  const seen = foundAt(piece, page.place);
  // a piece that is in another comes back into stock by being taken out of it
  const outcome = seen === 'restored' && serial?.parent ? 'wrongPlace' : seen;
  comparison.addPiece(
    listed.code,
    serial ?? null,
    outcome,
    outcome === 'wrongPlace' ? (piece?.place ?? null) : null,
  );
  if (!serial || outcome !== 'restored') return;
  // a count of some lots changes only those
  if (serial.lot !== null && part.lots.size > 0 && !part.complete && !part.lots.has(serial.lot)) {
    const lot = view.get('lots', serial.lot)?.code ?? null;
    throw new LedgerError('serial.wrongLot', { path: listed.path, details: { code: serial.code, lot } });
  }
  pieces.push({ serial, arrives: true, path: listed.path });
}

/** A piece that was looked for and is not here. */
function missPiece(comparison: Comparison, listed: Listed): void {
  const { view, page, pieces } = comparison;
  const serial = serialOf(comparison, listed);
  const piece = serial && pieceAt(view, serial, page.date);
  const outcome = foundAt(piece, page.place);
  if (!serial || outcome === 'unknown') comparison.addPiece(listed.code, null, 'unknown');
  else if (outcome === 'wrongPlace') comparison.addPiece(listed.code, serial, outcome, piece?.place ?? null);
  else {
    comparison.addPiece(listed.code, serial, 'missing');
    if (outcome === 'found') pieces.push({ serial, arrives: false, path: listed.path });
  }
}

/** Pieces of the lots that were counted, or of the whole place, that nobody read. */
function missOthers(comparison: Comparison): void {
  const { view, part, page, pieces } = comparison;
  if (!part.complete && part.lots.size === 0) return;
  const named = new Set([...part.found, ...part.missing].map(({ code }) => codeKey(code)));
  for (const serial of piecesThere(view, page)) {
    const meant = part.complete || (serial.lot !== null && part.lots.has(serial.lot));
    if (!meant || named.has(serial.codeKey)) continue;
    comparison.addPiece(serial.code, serial, 'missing');
    pieces.push({ serial, arrives: false, path: `${part.line.path}.serials` });
  }
}

/** Lots of an item in single pieces: as many as their pieces. */
function compareLotsOfPieces(comparison: Comparison): void {
  const { view, part, page, pieces } = comparison;
  const one = 10 ** part.line.decimals;
  const changes = new Map([...part.lots.keys()].map((id): [string, number] => [id, 0]));
  for (const { serial, arrives } of pieces) {
    if (serial.lot !== null) changes.set(serial.lot, (changes.get(serial.lot) ?? 0) + (arrives ? one : -one));
  }
  gather([...changes], ([id, change]) => {
    const lot = view.get('lots', id);
    if (!lot) return;
    const book = bookOf(view, page, id);
    const counted = book + change;
    const said = part.lots.get(id);
    if (said && said.steps !== null && said.steps !== counted) {
      const details = { expected: said.steps / one, given: counted / one, lot: lot.code };
      throw new LedgerError('serial.countMismatch', { path: said.path, details });
    }
    comparison.addRow(lot, book, counted);
  });
}

/** Compares one part of a count with the books. */
export function compare(view: View, part: Part, page: BookPage): Compared {
  const comparison = new Comparison(view, part, page);
  if (part.line.item.serials) {
    gather(part.found, (listed) => comparePiece(comparison, listed));
    gather(part.missing, (listed) => missPiece(comparison, listed));
    missOthers(comparison);
    compareLotsOfPieces(comparison);
  } else compareQuantities(comparison);
  const { rows, serials, differences, pieces } = comparison;
  return { part, rows, serials, differences, pieces };
}
