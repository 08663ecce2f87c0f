/**
 * What promises of an item leave of its stock in a warehouse (R138). A promise names no lot, and every lot that
 * is good on its need date can keep it. So of the lots good on a day, all promises for that day or later have to
 * be left over, after what is reserved of those lots by name; a lot that expires before keeps none of them.
 */
import type { Intent } from '../model/inputs.ts';
import type { IsoDate, ItemRecord, LotRecord, WarehouseRecord } from '../model/records.ts';
import { codeKey, optionalKey } from '../ports/keys.ts';
import type { Limit } from '../rules/allocation.ts';
import { type UsabilitySubject, type Use, untrackedSubject, usability } from '../rules/usability.ts';
import { placeOf } from './places.ts';
import type { Claim, Claims } from './reservations.ts';

/** Stock that lies together: of one lot, of none, or one piece. */
export interface Cell {
  /** Id of its balance, or of the piece. */
  readonly key: string;
  readonly lot: Pick<LotRecord, 'id' | 'reserved'> | null;
  /** What decides whether it may be used; null where nothing does. */
  readonly subject: UsabilitySubject | null;
  readonly location: string | null;
  readonly steps: number;
}

/** What an item's promises leave of some of its stock. */
export interface ItemLimit extends Limit {
  /** May be negative: less is there than is promised. */
  readonly room: number;
  /** Steps that the promises it stands for hold. */
  readonly held: number;
  /** The location they name; null: the warehouse. */
  readonly location: string | null;
  /** It stands for promises for this day or later, for these intents. */
  readonly day: IsoDate;
  readonly intents: readonly string[];
  covers(key: string): boolean;
}

export interface LimitRequest {
  readonly item: ItemRecord;
  readonly variant: string | null;
  readonly warehouse: WarehouseRecord;
  readonly claims: Claims;
  readonly cells: readonly Cell[];
  readonly today: IsoDate;
  readonly sellableBlocks: Use['sellableBlocks'];
  /** A promise that is asked for: its limits are worked out though nothing is promised yet. */
  readonly also?: { readonly intent: string; readonly needDate: IsoDate; readonly location: string | null };
}

/** Promises that are counted together: of a warehouse, or of one location. */
interface Scope {
  readonly location: string | null;
  readonly promises: readonly Claim[];
}

const dayOf = (needDate: IsoDate, today: IsoDate): IsoDate => (needDate < today ? today : needDate);

function scopesOf(promises: readonly Claim[], also: LimitRequest['also']): Scope[] {
  const keys = new Set(promises.flatMap(({ locationKey }) => (locationKey === null ? [] : [locationKey])));
  if (also?.location) keys.add(codeKey(also.location));
  const places = [...keys].map(
    (key): Scope => ({ location: key, promises: promises.filter((each) => each.locationKey === key) }),
  );
  return [{ location: null, promises }, ...places];
}

const inScope = (cell: Cell, { location }: Scope): boolean =>
  location === null || (cell.location !== null && codeKey(cell.location) === location);

/** Every intent by itself, and all of them together. */
function groupsOf(intents: ReadonlySet<string>): string[][] {
  const each = [...intents].sort();
  return each.length > 1 ? [...each.map((intent) => [intent]), each] : [each];
}

/** Whether a cell can keep a promise for an intent and a day; asked once. */
function keeper(request: LimitRequest): (cell: Cell, intent: string, day: IsoDate) => boolean {
  const known = new Map<string, boolean>();
  const { warehouse, today, sellableBlocks } = request;
  return (cell, intent, day) => {
    const asked = `${intent} ${day} ${cell.key}`;
    let answer = known.get(asked);
    if (answer === undefined) {
      const use: Use = {
        intent: intent as Intent,
        day,
        today,
        allowUnavailable: false,
        forceExpired: false,
        sellableBlocks,
        direction: 'unload',
        place: placeOf(warehouse, cell.location) ?? null,
      };
      answer = usability(cell.subject ?? untrackedSubject(request.item.code), use).allowed;
      known.set(asked, answer);
    }
    return answer;
  };
}

/** What is reserved by name of the lots that lie in some cells. */
function namedOf(cells: readonly Cell[], scope: Scope, request: LimitRequest): number {
  const { item, variant, warehouse, claims } = request;
  const there = new Map<string, number>();
  for (const { lot, steps } of cells) {
    if (lot && (lot.reserved > 0 || claims.isAdjusted)) there.set(lot.id, (there.get(lot.id) ?? 0) + steps);
  }
  let sum = 0;
  for (const [lot, steps] of there) {
    const held = { item: item.code, variant, lot };
    const named =
      scope.location === null
        ? claims.in(held, warehouse.code)
        : claims.at(held, warehouse.code, scope.location);
    sum += Math.min(named, steps);
  }
  return sum;
}

/** What promises leave of an item's stock in a warehouse; nothing is limited where nothing is promised. */
export function itemLimits(request: LimitRequest): ItemLimit[] {
  const { item, variant, warehouse, claims, cells, today, also } = request;
  const promises = claims.promises({ item: item.code, variant }, warehouse.code);
  if (promises.length === 0 && !also) return [];
  const keeps = keeper(request);
  const limits: ItemLimit[] = [];
  for (const scope of scopesOf(promises, also)) {
    const asked = also && (scope.location === null || codeKey(also.location ?? '') === scope.location);
    const demands = [...scope.promises, ...(asked ? [{ ...also, open: 0 }] : [])];
    const days = [...new Set(demands.map(({ needDate }) => dayOf(needDate, today)))].sort();
    for (const intents of groupsOf(new Set(demands.map(({ intent }) => intent)))) {
      for (const day of days) {
        const own = demands.filter((d) => intents.includes(d.intent) && dayOf(d.needDate, today) >= day);
        if (own.length === 0) continue;
        const held = own.reduce((sum, { open }) => sum + open, 0);
        const usable = cells.filter(
          (cell) => inScope(cell, scope) && intents.some((intent) => keeps(cell, intent, day)),
        );
        const keys = new Set(usable.map(({ key }) => key));
        const there = usable.reduce((sum, { steps }) => sum + steps, 0);
        const room = there - namedOf(usable, scope, request) - held;
        limits.push({ room, held, location: scope.location, day, intents, covers: (key) => keys.has(key) });
      }
    }
  }
  return limits;
}

/**
 * The least that the limits a promise has to respect leave, those of its day or earlier, for its intent; and
 * what is promised there.
 */
export function roomForPromise(
  limits: readonly ItemLimit[],
  asked: NonNullable<LimitRequest['also']>,
  today: IsoDate,
): { readonly room: number; readonly held: number } {
  const day = dayOf(asked.needDate, today);
  const key = optionalKey(asked.location);
  const [least] = limits
    .filter((limit) => limit.location === null || limit.location === key)
    .filter((limit) => limit.day <= day && limit.intents.includes(asked.intent))
    .sort((a, b) => a.room - b.room);
  return { room: Math.max(0, least?.room ?? 0), held: least?.held ?? 0 };
}
