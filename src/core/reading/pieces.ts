/**
 * Single pieces an allocation may take (R103): the lot by strategy first, then the oldest piece, then codes
 * in natural order; none that others hold, by itself, by its lot or by a promise of the item (R47, R138).
 */
import type { IsoDate, LotRecord, SerialRecord } from '../model/records.ts';
import { codeKey, US } from '../ports/keys.ts';
import { gather, type View } from '../ports/view.ts';
import {
  type Candidate,
  isTooOld,
  type Limit,
  orderLots,
  orderSerials,
  type SkipReason,
  type Strategy,
} from '../rules/allocation.ts';
import { stockGuard } from '../rules/stock-keys.ts';
import { Taking } from '../rules/taking.ts';
import { usability } from '../rules/usability.ts';
import { type CandidateRequest, candidatesFor, isHeld, stockPrefix } from './candidates.ts';
import { type Cell, type ItemLimit, itemLimits, type LimitRequest, roomForPromise } from './limits.ts';
import { placeOf } from './places.ts';
import { Claims } from './reservations.ts';
import { lotSubject, serialSubject } from './stock.ts';

/** Which pieces are asked for. */
export interface PieceRequest extends CandidateRequest {
  /** Pieces that were taken already, or are about to be reserved: ids. */
  readonly except?: ReadonlySet<string>;
  /** Why a piece, or its lot, is out of the question besides: a filter by attributes. */
  readonly unfit?: (serial: SerialRecord, lot: LotRecord | null) => SkipReason | null;
}

export interface PiecesWanted {
  readonly count: number;
  readonly strategy: Strategy;
  readonly prefer?: 'closest' | null | undefined;
  readonly distance?: ((location: string | null) => number) | undefined;
  readonly singleLot?: boolean;
  readonly minShelfLifeDays?: number | null | undefined;
  readonly needDate: IsoDate;
  /** Ids of pieces that go before any other (R99). */
  readonly first?: readonly string[];
  /** Ids of lots whose pieces go before others (R99). */
  readonly lots?: readonly string[];
  /** A person chooses the rest (R100). */
  readonly manual?: boolean;
}

/** One piece in stock, and why it may not be taken. */
export interface Piece extends Candidate {
  readonly serial: SerialRecord;
  readonly record: LotRecord | null;
  readonly rank: number;
}

export interface PieceAllocation {
  readonly taken: readonly Piece[];
  readonly skipped: readonly (Piece & { readonly reason: SkipReason })[];
  /** Pieces that could not be found. */
  readonly shortage: number;
}

/** Pieces in no lot as stock that promises are kept from: those that nobody holds by themselves. */
export function pieceCells(view: View, request: Omit<PieceRequest, 'use' | 'day'>): Cell[] {
  const { item, variant, warehouse, except } = request;
  const prefix = stockPrefix(item, variant, warehouse);
  return view
    .range('serials', 'inStock', { prefix }, stockGuard(item.code))
    .filter((serial) => !serial.reserved && !except?.has(serial.id))
    .map((serial) => ({
      key: serial.id,
      lot: null,
      subject: serialSubject(serial, view),
      location: serial.location,
      steps: 10 ** item.unit.decimals,
    }));
}

/** What promises leave of pieces in no lot. */
function promiseLimits(view: View, request: PieceRequest, claims: Claims): ItemLimit[] {
  const { item, variant, warehouse, use } = request;
  if (item.lots) return [];
  const { today, sellableBlocks } = use;
  const cells = pieceCells(view, request);
  const asked: LimitRequest = { item, variant, warehouse, claims, cells, today, sellableBlocks };
  return itemLimits(asked);
}

const earlier = (a: IsoDate | null, b: IsoDate | null): IsoDate | null =>
  a === null || (b !== null && b < a) ? b : a;

/** Where a lot lies in a warehouse, as a key. */
export const spot = (lot: string | null, location: string | null): string =>
  `${lot}${US}${codeKey(location ?? '')}`;

/** Every piece of an item in a warehouse, with what it shares with others. */
function piecesFor(view: View, request: PieceRequest): Omit<Piece, 'rank'>[] {
  const { item, variant, warehouse, location, use } = request;
  const claims = request.claims ?? new Claims(view);
  const one = 10 ** item.unit.decimals;
  const promised = promiseLimits(view, request, claims);
  const lots = item.lots ? candidatesFor(view, request) : [];
  const bySpot = new Map(
    lots.map((lot) => [
      spot(lot.lot, lot.location),
      { lot, limits: [{ room: lot.free }, ...(lot.limits ?? [])] },
    ]),
  );
  const prefix = stockPrefix(item, variant, warehouse);
  const serials = view
    .range('serials', 'inStock', { prefix }, stockGuard(item.code))
    .filter((serial) => !request.except?.has(serial.id));
  return gather(serials, (serial): Omit<Piece, 'rank'> => {
    const here = serial.lot === null ? undefined : bySpot.get(spot(serial.lot, serial.location));
    const record = serial.lot === null ? null : (view.get('lots', serial.lot) ?? null);
    const place = placeOf(warehouse, serial.location) ?? null;
    const held = isHeld(view, serial, claims);
    const verdicts = [
      ...(record ? [usability(lotSubject(record, item, view), { ...use, place })] : []),
      usability({ ...serialSubject(serial, view), reserved: held }, { ...use, place }),
    ];
    const elsewhere = location !== null && codeKey(serial.location ?? '') !== codeKey(location);
    const why = verdicts.flatMap(({ reasons }) => reasons)[0]?.why ?? request.unfit?.(serial, record) ?? null;
    const limits: readonly Limit[] = here
      ? here.limits
      : promised.filter((limit) => serial.reserved === false && limit.covers(serial.id));
    return {
      serial,
      record,
      lot: serial.lot ?? '',
      code: serial.code,
      balanceKey: serial.id,
      warehouse: warehouse.code,
      location: serial.location,
      free: one,
      held: held ? one : (here?.lot.held ?? 0),
      limits,
      expiryDate: earlier(serial.expiryDate, record?.expiryDate ?? null),
      startDate: serial.startDate,
      firstLoadDate: serial.firstLoadDate,
      firstLoadSeq: serial.firstLoadSeq,
      blocked: elsewhere ? 'location' : why,
    };
  });
}

/** Pieces in the order in which they are taken. */
function inOrder(view: View, request: PieceRequest, wanted: PiecesWanted): Piece[] {
  const pieces = piecesFor(view, request);
  const lots = request.item.lots ? candidatesFor(view, request) : [];
  const ordered = orderLots(lots, wanted.strategy, wanted.prefer, wanted.distance).map(({ lot }) => lot);
  const byId = new Map(pieces.map((piece) => [piece.serial.id, piece]));
  const serials = pieces.map(({ serial }) => serial);
  const sorted = orderSerials(serials, [...(wanted.lots ?? []), ...ordered]);
  const first = new Map((wanted.first ?? []).map((id, i) => [id, i]));
  const rankOf = (serial: SerialRecord): number => first.get(serial.id) ?? first.size;
  return sorted
    .map((serial, i) => ({ serial, i }))
    .sort((a, b) => rankOf(a.serial) - rankOf(b.serial) || a.i - b.i)
    .flatMap(({ serial }, i) => {
      const piece = byId.get(serial.id);
      return piece ? [{ ...piece, rank: i + 1 }] : [];
    });
}

function unfit(piece: Piece, { needDate, minShelfLifeDays }: PiecesWanted): SkipReason | null {
  if (piece.blocked) return piece.blocked;
  return isTooOld(piece.expiryDate, needDate, minShelfLifeDays) ? 'shelfLife' : null;
}

/** Takes pieces one after the other, as far as what they share goes. */
function takeSome(pieces: readonly Piece[], count: number): Piece[] {
  const one = pieces[0]?.free ?? 1;
  const taking = new Taking<Piece>(count * one);
  return pieces.filter((piece) => taking.left(piece) >= one && taking.take(piece, one) === one);
}

/**
 * Chooses pieces, and says of every other why it was passed over (R102, R103).
 * @returns `taken` in the order in which they go; `shortage` in pieces
 */
export function choosePieces(view: View, request: PieceRequest, wanted: PiecesWanted): PieceAllocation {
  const ordered = inOrder(view, request, wanted);
  const named = new Set(wanted.first ?? []);
  const usable = ordered.filter(
    (piece) => unfit(piece, wanted) === null && (!wanted.manual || named.has(piece.serial.id)),
  );
  let taken: Piece[] = [];
  if (wanted.singleLot) {
    for (const lot of new Set(usable.map((piece) => piece.lot))) {
      const some = takeSome(
        usable.filter((piece) => piece.lot === lot),
        wanted.count,
      );
      if (some.length < wanted.count) continue;
      taken = some;
      break;
    }
  } else taken = takeSome(usable, wanted.count);
  const gone = new Set(taken.map((piece) => piece.serial.id));
  const enough = taken.length === wanted.count;
  const skipped = ordered
    .filter((piece) => !gone.has(piece.serial.id))
    .map((piece) => ({ ...piece, reason: unfit(piece, wanted) ?? passedOver(wanted, enough) }));
  return { taken, skipped, shortage: wanted.count - taken.length };
}

function passedOver({ manual, singleLot }: PiecesWanted, enough: boolean): SkipReason {
  if (manual) return 'manual';
  if (enough) return 'notNeeded';
  return singleLot ? 'insufficient' : 'reserved';
}

/** Steps that may still be promised of pieces in no lot, and what is promised: as `promiseRoom` for lots. */
export function promisedPieces(
  view: View,
  request: PieceRequest,
  also: NonNullable<LimitRequest['also']>,
): { readonly room: number; readonly held: number } {
  const { item, variant, warehouse, use } = request;
  const { today, sellableBlocks } = use;
  const claims = request.claims ?? new Claims(view);
  const cells = pieceCells(view, request);
  const limits = itemLimits({ item, variant, warehouse, claims, cells, today, sellableBlocks, also });
  return roomForPromise(limits, also, today);
}
