/**
 * Stock as deciders and questions read it: balances over the days, and the candidates an allocation may
 * take from, each with what is free of it and why it is held back.
 */
import type { Intent, LotStatusInput } from '../model/inputs.ts';
import type {
  BalanceRecord,
  IsoDate,
  ItemRecord,
  LotRecord,
  SerialRecord,
  WarehouseRecord,
} from '../model/records.ts';
import { codeKey, US } from '../ports/keys.ts';
import type { Scalar } from '../ports/store.ts';
import { gather, type View } from '../ports/view.ts';
import type { Candidate, SkipReason } from '../rules/allocation.ts';
import { stockGuard } from '../rules/stock-keys.ts';
import { type UsabilitySubject, type Use, usability } from '../rules/usability.ts';

/** A balance at the end of one day. */
export interface DayEnd {
  readonly date: IsoDate;
  readonly steps: number;
}

/**
 * End-of-day balances from a day on, ascending: the day itself, then every later day with a movement.
 * Days are expected through the balance, which every one of their writers also writes.
 */
export function dayEnds(view: View, balance: BalanceRecord, from: IsoDate): DayEnd[] {
  if (from >= balance.lastDate) return [{ date: from, steps: balance.onHand }];
  const days = view.range('days', 'byBalance', { prefix: [balance.id], from }, null);
  const ends: DayEnd[] = [];
  let steps = balance.onHand;
  for (let i = days.length - 1; i >= 0; i--) {
    const day = days[i] as (typeof days)[number];
    ends.push({ date: day.date, steps });
    steps -= day.delta;
  }
  if (days[0]?.date !== from) ends.push({ date: from, steps });
  return ends.reverse();
}

/** What may leave a balance on a day without any later day going below zero (R73, R74). */
export function freeFrom(view: View, balance: BalanceRecord, day: IsoDate): number {
  if (day >= balance.lastDate) return balance.onHand;
  return Math.max(0, Math.min(...dayEnds(view, balance, day).map((end) => end.steps)));
}

/** The policy of a status code. */
const statusOf = (view: View, status: string | null): LotStatusInput | null =>
  status === null ? null : (view.get('lotStatuses', codeKey(status)) ?? null);

/** A lot as the one rule of usability asks for it. */
export function lotSubject(
  lot: Pick<LotRecord, 'code' | 'closed' | 'expiryDate' | 'sellable' | 'status'>,
  item: ItemRecord,
  view: View,
): UsabilitySubject {
  return {
    kind: 'lot',
    code: lot.code,
    closed: lot.closed,
    expiryDate: lot.expiryDate,
    sellable: lot.sellable,
    status: statusOf(view, lot.status),
    warnDays: item.lots?.warnDays,
    blockDays: item.lots?.blockDays,
  };
}

/** A serial as the one rule of usability asks for it: what it says itself, its lot aside. */
export function serialSubject(
  serial: Pick<SerialRecord, 'code' | 'closed' | 'cancelled' | 'expiryDate' | 'status'> &
    Partial<Pick<SerialRecord, 'reserved'>>,
  view: View,
): UsabilitySubject {
  return {
    kind: 'serial',
    code: serial.code,
    closed: serial.closed,
    cancelled: serial.cancelled,
    reserved: serial.reserved ?? false,
    expiryDate: serial.expiryDate,
    sellable: true,
    status: statusOf(view, serial.status),
    warnDays: null,
    blockDays: null,
  };
}

export interface CandidateRequest {
  readonly item: ItemRecord;
  readonly variant: string | null;
  readonly warehouse: WarehouseRecord;
  /** Only from here; others of the warehouse are candidates with the reason `location`. */
  readonly location: string | null;
  /** Day the stock is taken; usability is asked for `use.day`. */
  readonly day: IsoDate;
  readonly use: Use & { readonly intent: Intent };
}

export type LotCandidate = Candidate & { readonly record: LotRecord };

/** Every lot of an item with stock in a warehouse, place by place. */
export function candidatesFor(view: View, request: CandidateRequest): LotCandidate[] {
  const { item, variant, warehouse, location, day, use } = request;
  const prefix: Scalar[] = [
    codeKey(item.code),
    variant === null ? null : codeKey(variant),
    codeKey(warehouse.code),
  ];
  const balances = view.range('balances', 'inStock', { prefix }, stockGuard(item.code));
  const candidates = gather(balances, (balance): LotCandidate | undefined => {
    const record = balance.lot === null ? undefined : view.get('lots', balance.lot);
    if (!record) return undefined;
    const verdict = usability(lotSubject(record, item, view), use);
    const elsewhere = location !== null && balance.locationKey !== codeKey(location);
    const blocked: SkipReason | null = elsewhere ? 'location' : (verdict.reasons[0]?.why ?? null);
    return {
      record,
      lot: record.id,
      code: record.code,
      balanceKey: balance.id,
      warehouse: warehouse.code,
      location: balance.location,
      free: freeFrom(view, balance, day),
      expiryDate: record.expiryDate,
      startDate: record.startDate,
      firstLoadDate: record.firstLoadDate,
      firstLoadSeq: record.firstLoadSeq,
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

/** Pieces of an item in single pieces that are in a warehouse, by lot and place. */
function piecesIn(view: View, { item, variant, warehouse, use }: CandidateRequest): Map<string, Pieces> {
  const prefix: Scalar[] = [item.id, variant === null ? null : codeKey(variant), codeKey(warehouse.code)];
  const found = new Map<string, Pieces>();
  const serials = view.range('serials', 'inStock', { prefix }, stockGuard(item.code));
  const verdicts = gather(serials, (serial) => usability(serialSubject(serial, view), use));
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
