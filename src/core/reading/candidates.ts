/**
 * The lots an allocation may take from, place by place: what is free of each after what others have
 * reserved, what they share, and why one is held back (R71, R74, R102, R138).
 */
import type { Intent } from '../model/inputs.ts';
import type { BalanceRecord, IsoDate, ItemRecord, LotRecord, WarehouseRecord } from '../model/records.ts';
import { codeKey, optionalKey, US } from '../ports/keys.ts';
import type { Scalar } from '../ports/store.ts';
import { gather, type View } from '../ports/view.ts';
import type { Candidate, Limit, SkipReason } from '../rules/allocation.ts';
import { isPlaceAvailable } from '../rules/places.ts';
import { stockGuard } from '../rules/stock-keys.ts';
import { type Use, usability } from '../rules/usability.ts';
import { type Cell, type ItemLimit, itemLimits, type LimitRequest, roomForPromise } from './limits.ts';
import { placeOf } from './places.ts';
import { Claims } from './reservations.ts';
import { freeFrom, lotSubject, serialSubject } from './stock.ts';

export interface CandidateRequest {
  readonly item: ItemRecord;
  readonly variant: string | null;
  readonly warehouse: WarehouseRecord;
  /** Only from here; others of the warehouse are candidates with the reason `location`. */
  readonly location: string | null;
  /** Day the stock is taken; usability is asked for `use.day`. */
  readonly day: IsoDate;
  readonly use: Use & { readonly intent: Intent };
  /** What reservations hold, for this asker; those of everybody unless said. */
  readonly claims?: Claims;
  /** Steps that were taken of a balance already, and are not in the store yet: earlier lines, drafts. */
  readonly taken?: (balance: string) => number;
}

export type LotCandidate = Candidate & { readonly record: LotRecord; readonly held: number };

/** Key of an item's stock in a warehouse, in the indexes of what is in stock. */
export const stockPrefix = (
  item: ItemRecord,
  variant: string | null,
  warehouse: WarehouseRecord,
): Scalar[] => [codeKey(item.code), optionalKey(variant), codeKey(warehouse.code)];

/** A balance with its lot, and what may leave it on the day. */
interface Place {
  readonly balance: BalanceRecord;
  readonly lot: LotRecord | null;
  readonly steps: number;
}

function placesIn(view: View, request: CandidateRequest): Place[] {
  const { item, variant, warehouse, day, taken } = request;
  const prefix = stockPrefix(item, variant, warehouse);
  const balances = view.range('balances', 'inStock', { prefix }, stockGuard(item.code));
  return gather(balances, (balance): Place => {
    const lot = balance.lot === null ? null : (view.get('lots', balance.lot) ?? null);
    const steps = Math.max(0, freeFrom(view, balance, day) - (taken?.(balance.id) ?? 0));
    return { balance, lot, steps };
  });
}

const cellOf = (view: View, item: ItemRecord, { balance, lot, steps }: Place): Cell => ({
  key: balance.id,
  lot,
  subject: lot === null ? null : lotSubject(lot, item, view),
  location: balance.location,
  steps,
});

/** What promises of the item leave, and which balances each limit covers. */
function limitsOf(
  view: View,
  request: CandidateRequest,
  places: readonly Place[],
  claims: Claims,
  also?: LimitRequest['also'],
): ItemLimit[] {
  const { item, variant, warehouse, use } = request;
  const { today, sellableBlocks } = use;
  if (!also && claims.promises({ item: item.code, variant }, warehouse.code).length === 0) return [];
  const cells = places.map((place) => cellOf(view, item, place));
  const asked: LimitRequest = { item, variant, warehouse, claims, cells, today, sellableBlocks };
  return itemLimits(also ? { ...asked, also } : asked);
}

/** Steps that may still be promised of an item in a warehouse, of whichever lot, and what is promised. */
export function promiseRoom(
  view: View,
  request: CandidateRequest,
  asked: NonNullable<LimitRequest['also']>,
): { readonly room: number; readonly held: number } {
  const claims = request.claims ?? new Claims(view);
  const limits = limitsOf(view, request, placesIn(view, request), claims, asked);
  return roomForPromise(limits, asked, request.use.today);
}

/** What reservations by name leave of one lot in the warehouse, and of it at each place. */
interface LotRoom {
  readonly limits: readonly Limit[];
  readonly held: number;
  /** Steps others hold at a balance. */
  at(balance: BalanceRecord): number;
}

const NOTHING_HELD: LotRoom = { limits: [], held: 0, at: () => 0 };

/** Whether what lies at a place can keep what is promised of a lot without place. */
const isOpen = ({ warehouse }: CandidateRequest, location: string | null): boolean =>
  isPlaceAvailable(placeOf(warehouse, location));

/**
 * A lot's room: free in the warehouse is what is free at its places, less what is promised of it without
 * place (R138).
 */
function lotRoom(
  lot: LotRecord,
  places: readonly Place[],
  request: CandidateRequest,
  claims: Claims,
): LotRoom {
  if (lot.reserved === 0 && !claims.isAdjusted) return NOTHING_HELD;
  const { item, variant, warehouse } = request;
  const held = { item: item.code, variant, lot: lot.id };
  // what lies in a warehouse without locations is held without place
  const at = ({ location }: BalanceRecord): number =>
    location === null ? 0 : claims.at(held, warehouse.code, location);
  const anywhere = claims.at(held, warehouse.code, null);
  const free = places
    .filter((place) => place.lot?.id === lot.id && isOpen(request, place.balance.location))
    .reduce((sum, { balance, steps }) => sum + Math.max(0, steps - at(balance)), 0);
  const limits = anywhere > 0 ? [{ room: Math.max(0, free - anywhere) }] : [];
  return { limits, held: anywhere, at };
}

/** Every lot of an item with stock in a warehouse, place by place. */
export function candidatesFor(view: View, request: CandidateRequest): LotCandidate[] {
  const { item, warehouse, location, use } = request;
  const claims = request.claims ?? new Claims(view);
  const places = placesIn(view, request);
  const shared = limitsOf(view, request, places, claims);
  const rooms = new Map<string, LotRoom>();
  const candidates = gather(places, (place): LotCandidate | undefined => {
    const { balance, lot, steps } = place;
    if (lot === null) return undefined;
    const room = rooms.get(lot.id) ?? lotRoom(lot, places, request, claims);
    rooms.set(lot.id, room);
    const policy = placeOf(warehouse, balance.location);
    const verdict = usability(lotSubject(lot, item, view), policy ? { ...use, place: policy } : use);
    const elsewhere = location !== null && balance.locationKey !== codeKey(location);
    const blocked: SkipReason | null = elsewhere ? 'location' : (verdict.reasons[0]?.why ?? null);
    const here = room.at(balance);
    const open = isOpen(request, balance.location) ? room.limits : [];
    const limits = [...open, ...shared.filter((limit) => limit.covers(balance.id))];
    return {
      record: lot,
      lot: lot.id,
      code: lot.code,
      balanceKey: balance.id,
      warehouse: warehouse.code,
      location: balance.location,
      free: Math.max(0, steps - here),
      held: here + room.held,
      limits,
      expiryDate: lot.expiryDate,
      startDate: lot.startDate,
      firstLoadDate: lot.firstLoadDate,
      firstLoadSeq: lot.firstLoadSeq,
      blocked,
    };
  });
  return candidates.filter((candidate) => candidate !== undefined);
}

/** Where a piece of a lot is. */
const pieceKey = (lot: string, location: string | null): string =>
  lot + US + (location === null ? '' : codeKey(location));

interface Pieces {
  usable: number;
  /** Why the first piece that may not be used may not. */
  held: SkipReason | null;
}

/** Whether a piece is reserved for somebody else than the asker. */
export function isHeld(
  view: View,
  serial: { reserved?: boolean; reservation?: string | null },
  claims: Claims,
): boolean {
  if (!serial.reserved || !serial.reservation) return Boolean(serial.reserved);
  const reservation = view.get('reservations', serial.reservation);
  return !reservation || !claims.isOwn(reservation);
}

/** Pieces of an item in single pieces that are in a warehouse, by lot and place. */
function piecesIn(view: View, request: CandidateRequest): Map<string, Pieces> {
  const { item, variant, warehouse, use } = request;
  const claims = request.claims ?? new Claims(view);
  const prefix = stockPrefix(item, variant, warehouse);
  const found = new Map<string, Pieces>();
  const serials = view.range('serials', 'inStock', { prefix }, stockGuard(item.code));
  const verdicts = gather(serials, (serial) => {
    const subject = { ...serialSubject(serial, view), reserved: isHeld(view, serial, claims) };
    return usability(subject, use);
  });
  serials.forEach((serial, i) => {
    if (serial.lot === null) return;
    const key = pieceKey(serial.lot, serial.location);
    const pieces = found.get(key) ?? { usable: 0, held: null };
    found.set(key, pieces);
    if (verdicts[i]?.allowed) pieces.usable++;
    else pieces.held ??= verdicts[i]?.reasons[0]?.why ?? null;
  });
  return found;
}

/**
 * Candidates of an item in lots and single pieces: of each no more is free than pieces that may be used are
 * there (R47). Where none may, the first piece says why.
 */
export function inPieces(
  view: View,
  request: CandidateRequest,
  candidates: readonly LotCandidate[],
): LotCandidate[] {
  const found = piecesIn(view, request);
  const piece = 10 ** request.item.unit.decimals;
  return candidates.map((candidate) => {
    const { usable, held } = found.get(pieceKey(candidate.lot, candidate.location)) ?? {
      usable: 0,
      held: null,
    };
    const free = Math.min(candidate.free, usable * piece);
    return { ...candidate, free, blocked: candidate.blocked ?? (usable === 0 ? held : null) };
  });
}
