/**
 * Which lots, and which serials, an automatic unload takes (R39, R96–R98, R102, R103). Deterministic: the same
 * candidates give the same answer in whatever order they come, and every candidate is answered, with the
 * quantity taken or the reason it was passed over.
 */
import type { IsoDate } from '../model/records.ts';
import { compareText, naturalKey } from '../ports/keys.ts';
import { addDays } from './calendar.ts';
import { ranked } from './ranking.ts';
import { sufficientLot, Taking, takeWishes } from './taking.ts';
import type { Why } from './usability.ts';

/** Why a candidate was passed over. */
export type SkipReason =
  | Why
  | 'location'
  | 'attributes'
  | 'shelfLife'
  | 'insufficient'
  | 'notNeeded'
  | 'manual';

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

/** Steps that several candidates may give together, beyond what each has: what others' reservations leave. */
export interface Limit {
  readonly room: number;
}

/** One lot at one place. */
export interface Candidate extends Sortable {
  /** Id of its balance there. */
  readonly balanceKey: string;
  readonly warehouse: string;
  /** Steps that may be taken. */
  readonly free: number;
  /** Steps of the lot that reservations of others hold here, or without place; taken off already. */
  readonly held?: number;
  /** What it shares with others. */
  readonly limits?: readonly Limit[];
  /** Why it may not be used at all, from `usability` or the place; null when it may. */
  readonly blocked: SkipReason | null;
}

/** A lot that goes first, whatever the strategy: named on the order, or reserved for the document (R99). */
export interface Wish {
  /** Id of the lot. */
  readonly lot: string;
  /** Only from here; from its places in their order unless said. */
  readonly location?: string | null;
  /** Steps; as much as is needed unless said. */
  readonly quantity?: number | null;
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
  /** `closest`: the first location is emptied before the next, lots by strategy in each. */
  readonly prefer?: 'closest' | null | undefined;
  /** How far a location is, for `closest`; unless said, locations follow each other in natural order. */
  readonly distance?: ((location: string | null) => number) | undefined;
  /** Taken before anything else, in this order. */
  readonly first?: readonly Wish[];
  /** Ids of lots in the host's own order, before all others (`rankCandidates`); it only orders. */
  readonly order?: readonly string[] | undefined;
  /** A person chooses the rest (R100): nothing is taken but what goes first. */
  readonly manual?: boolean;
}

export interface Allocation<C extends Candidate = Candidate> {
  /** In the order in which they are taken. `rank` counts all candidates in the order of the strategy, from 1. */
  readonly taken: readonly (C & { readonly quantity: number; readonly rank: number })[];
  readonly skipped: readonly (C & { readonly reason: SkipReason; readonly rank: number })[];
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
  distance: (location: string | null) => number = () => 0,
): C[] {
  const keyed = candidates.map((candidate) => ({
    candidate,
    lot: lotKey(candidate, strategy),
    place: placeKey(candidate.location, distance),
  }));
  const sign = strategy === 'lifo' ? -1 : 1;
  keyed.sort((a, b) => {
    const byPlace = compareKeys(a.place, b.place, 1);
    const byLot = compareKeys(a.lot, b.lot, sign);
    return prefer === 'closest' ? byPlace || byLot : byLot || byPlace;
  });
  return keyed.map(({ candidate }) => candidate);
}

const placeKey = (location: string | null, distance: (location: string | null) => number): Key[] => [
  distance(location),
  location === null ? '' : naturalKey(location),
  location ?? '',
];

/**
 * How far the locations of a warehouse are from one of them: by how many others lie between them in natural
 * order, as along one aisle.
 * @example distanceFrom('A-02', ['A-01', 'A-02', 'A-10'])('A-10') // 1
 */
export function distanceFrom(
  near: string,
  locations: readonly string[],
): (location: string | null) => number {
  const sorted = locations.map(naturalKey).sort(compareText);
  const ranks = new Map(sorted.map((key, i) => [key, i]));
  const from = ranks.get(naturalKey(near)) ?? 0;
  return (location) =>
    Math.abs((location === null ? 0 : (ranks.get(naturalKey(location)) ?? sorted.length)) - from);
}

/** Whether less life is left on a day than is asked for; exactly so much is enough (R39). */
export const isTooOld = (
  expiryDate: IsoDate | null,
  needDate: IsoDate,
  minShelfLifeDays: number | null | undefined,
): boolean =>
  minShelfLifeDays != null && expiryDate !== null && expiryDate < addDays(needDate, minShelfLifeDays);

/** Why a candidate is out of the question, whatever the quantity. */
function unfit(candidate: Candidate, { needDate, minShelfLifeDays }: AllocationRequest): SkipReason | null {
  if (candidate.blocked) return candidate.blocked;
  if (isTooOld(candidate.expiryDate, needDate, minShelfLifeDays)) return 'shelfLife';
  if (candidate.free > 0) {
    return (candidate.limits ?? []).every((limit) => limit.room > 0) ? null : 'reserved';
  }
  return (candidate.held ?? 0) > 0 ? 'reserved' : 'insufficient';
}

/** Why a fit candidate gave nothing: too small for a single lot, left to others by reservations, not needed. */
function passedOver<C extends Candidate>(
  taking: Taking<C>,
  { manual }: AllocationRequest,
  tooSmall: boolean,
): SkipReason {
  if (manual) return 'manual';
  if (tooSmall) return 'insufficient';
  return taking.missing === 0 ? 'notNeeded' : 'reserved';
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
  const { first = [], manual = false, singleLot = false, quantity } = request;
  const byStrategy = orderLots(candidates, request.strategy, request.prefer, request.distance);
  const ordered = ranked(byStrategy, request.order, ({ lot }) => lot);
  const usable = ordered.filter((candidate) => unfit(candidate, request) === null);
  // a single lot in demand: one that goes first, if it has enough by itself
  const wished = first.flatMap(({ lot }) => usable.filter((candidate) => candidate.lot === lot));
  const only = singleLot ? sufficientLot([...new Set([...wished, ...usable])], quantity) : undefined;
  const taking = new Taking<C>(quantity);
  const open = only === undefined ? usable : usable.filter(({ lot }) => lot === only);
  takeWishes(taking, open, first);
  if (!manual) for (const candidate of open) taking.take(candidate, quantity);
  const ranks = new Map(ordered.map((candidate, i) => [candidate, i + 1]));
  const rankOf = (candidate: C): number => ranks.get(candidate) ?? 0;
  const skipped: (C & { reason: SkipReason; rank: number })[] = [];
  let passed = only !== undefined && only !== null;
  for (const candidate of ordered) {
    if (candidate.lot === only) passed = false;
    if (taking.steps.has(candidate)) continue;
    // with a single lot in demand, the lots before it were too small and those after it are not needed
    const reason = unfit(candidate, request) ?? passedOver(taking, request, only === null || passed);
    skipped.push({ ...candidate, reason, rank: rankOf(candidate) });
  }
  const taken = [...taking.steps].map(([candidate, steps]) => ({
    ...candidate,
    quantity: steps,
    rank: rankOf(candidate),
  }));
  return { taken, skipped, shortage: taking.missing };
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
