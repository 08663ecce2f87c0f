/**
 * Which lots, and which serials, an automatic unload takes (R39, R96–R98, R102, R103). Deterministic: the same
 * candidates give the same answer in whatever order they come, and every candidate is answered, with the
 * quantity taken or the reason it was passed over.
 */
import type { IsoDate } from '../model/records.ts';
import { compareText, naturalKey } from '../ports/keys.ts';
import { addDays } from './calendar.ts';
import type { Why } from './usability.ts';

/** Why a candidate was passed over. */
export type SkipReason = Why | 'location' | 'shelfLife' | 'insufficient' | 'notNeeded';

/** How lots follow each other: first in, last in, or first to expire goes first. */
export type Strategy = 'fifo' | 'lifo' | 'fefo';

/** What the order of lots depends on. */
export interface Sortable {
  /** Id of the lot. */
  readonly lot: string;
  readonly code: string;
  readonly location: string | null;
  readonly expiryDate: IsoDate | null;
  readonly startDate: IsoDate | null;
  readonly firstLoadDate: IsoDate | null;
  readonly firstLoadSeq: number | null;
}

/** One lot at one place. */
export interface Candidate extends Sortable {
  /** Id of its balance there. */
  readonly balanceKey: string;
  readonly warehouse: string;
  /** Steps that may be taken. */
  readonly free: number;
  /** Why it may not be used at all, from `usability` or the place; null when it may. */
  readonly blocked: SkipReason | null;
}

export interface AllocationRequest {
  readonly strategy: Strategy;
  /** Steps. */
  readonly quantity: number;
  readonly needDate: IsoDate;
  /** All from one lot, or nothing (R98). */
  readonly singleLot?: boolean;
  /** Days of shelf life the lot must still have on the need date; exactly so many are enough (R39). */
  readonly minShelfLifeDays?: number | null | undefined;
  /** `closest`: the first location in natural order is emptied before the next, lots by strategy in each. */
  readonly prefer?: 'closest' | null | undefined;
}

export interface Allocation<C extends Candidate = Candidate> {
  /** In the order in which they are taken. */
  readonly taken: readonly (C & { readonly quantity: number })[];
  readonly skipped: readonly (C & { readonly reason: SkipReason })[];
  /** Steps that could not be found. */
  readonly shortage: number;
}

type Key = string | number | null;

/** Compares keys part by part; null is last, whichever way the rest runs. */
function compareKeys(a: readonly Key[], b: readonly Key[], sign: 1 | -1): number {
  for (let i = 0; i < a.length; i++) {
    const [x = null, y = null] = [a[i], b[i]];
    if (x === y) continue;
    if (x === null) return 1;
    if (y === null) return -1;
    return (
      sign * (typeof x === 'number' && typeof y === 'number' ? x - y : compareText(String(x), String(y)))
    );
  }
  return 0;
}

function lotKey(candidate: Sortable, strategy: Strategy): Key[] {
  const code = naturalKey(candidate.code);
  return strategy === 'fefo'
    ? [candidate.expiryDate, candidate.startDate, code, candidate.lot]
    : [candidate.firstLoadDate, candidate.firstLoadSeq, code, candidate.lot];
}

/**
 * Lots in the order in which a strategy takes them (R96, R97), for pickers too (R100). FEFO: expiry, then
 * start date, both with null last, then code in natural order. FIFO: date and sequence of the first load, then
 * code; LIFO the other way round. The places of one lot follow each other, in natural order of the location.
 */
export function orderLots<C extends Sortable>(
  candidates: readonly C[],
  strategy: Strategy,
  prefer?: 'closest' | null,
): C[] {
  const keyed = candidates.map((candidate) => ({
    candidate,
    lot: lotKey(candidate, strategy),
    place: [candidate.location === null ? '' : naturalKey(candidate.location), candidate.location ?? ''],
  }));
  const sign = strategy === 'lifo' ? -1 : 1;
  keyed.sort((a, b) => {
    const byPlace = compareKeys(a.place, b.place, 1);
    const byLot = compareKeys(a.lot, b.lot, sign);
    return prefer === 'closest' ? byPlace || byLot : byLot || byPlace;
  });
  return keyed.map(({ candidate }) => candidate);
}

/** Why a candidate is out of the question, whatever the quantity. */
function unfit(candidate: Candidate, { needDate, minShelfLifeDays }: AllocationRequest): SkipReason | null {
  if (candidate.blocked) return candidate.blocked;
  if (minShelfLifeDays != null && candidate.expiryDate !== null) {
    if (candidate.expiryDate < addDays(needDate, minShelfLifeDays)) return 'shelfLife';
  }
  return candidate.free > 0 ? null : 'insufficient';
}

/** The first lot, in order, that has enough by itself over all its places; null when none has. */
function sufficientLot(usable: readonly Candidate[], quantity: number): string | null {
  const free = new Map<string, number>();
  for (const { lot, free: here } of usable) free.set(lot, (free.get(lot) ?? 0) + here);
  for (const [lot, sum] of free) if (sum >= quantity) return lot;
  return null;
}

/**
 * Takes a quantity from candidates.
 * @example
 * allocate(lots, { strategy: 'fefo', quantity: 10, needDate: '2026-11-22' })
 * // { taken: [{ …, quantity: 4 }, { …, quantity: 4 }, { …, quantity: 2 }], skipped: [], shortage: 0 }
 */
export function allocate<C extends Candidate>(
  candidates: readonly C[],
  request: AllocationRequest,
): Allocation<C> {
  const ordered = orderLots(candidates, request.strategy, request.prefer);
  const usable = ordered.filter((candidate) => unfit(candidate, request) === null);
  const only = request.singleLot ? sufficientLot(usable, request.quantity) : undefined;
  const taken: (C & { quantity: number })[] = [];
  const skipped: (C & { reason: SkipReason })[] = [];
  let missing = request.quantity;
  let passed = only !== undefined && only !== null;
  for (const candidate of ordered) {
    if (candidate.lot === only) passed = false;
    const reason = unfit(candidate, request);
    if (reason) skipped.push({ ...candidate, reason });
    else if (missing > 0 && (only === undefined || candidate.lot === only)) {
      const quantity = Math.min(candidate.free, missing);
      taken.push({ ...candidate, quantity });
      missing -= quantity;
    } else {
      // with a single lot in demand, the lots before it were too small and those after it are not needed
      const tooSmall = only === null || passed;
      skipped.push({ ...candidate, reason: tooSmall ? 'insufficient' : 'notNeeded' });
    }
  }
  return { taken, skipped, shortage: missing };
}

/** One serial in stock. */
export interface SerialCandidate {
  readonly code: string;
  /** Id of its lot. */
  readonly lot: string | null;
  readonly firstLoadDate: IsoDate | null;
  readonly firstLoadSeq: number | null;
}

/**
 * Serials in the order in which they are taken (R103): their lots as the strategy has them, in each the oldest
 * first, then codes in natural order.
 * @param lotOrder ids of lots, from `orderLots`; serials of other lots, or of none, come last
 */
export function orderSerials<S extends SerialCandidate>(
  candidates: readonly S[],
  lotOrder: readonly string[],
): S[] {
  const ranks = new Map<string, number>();
  for (const lot of lotOrder) if (!ranks.has(lot)) ranks.set(lot, ranks.size);
  const keyed = candidates.map((candidate) => ({
    candidate,
    key: [
      candidate.lot === null ? null : (ranks.get(candidate.lot) ?? null),
      candidate.firstLoadDate,
      candidate.firstLoadSeq,
      naturalKey(candidate.code),
      candidate.code,
    ],
  }));
  keyed.sort((a, b) => compareKeys(a.key, b.key, 1));
  return keyed.map(({ candidate }) => candidate);
}
