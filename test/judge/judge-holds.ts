/**
 * What reservations allow (R71, R138): what is free of a lot, what promises of an item leave, whether a
 * posting would take what others hold; and what becomes of a commitment or a release.
 */
import { Claims, type Hold, placeOf } from './holds.ts';
import type { Register } from './register.ts';
import { Lot, type Move, type Pile, Serial } from './things.ts';
import type { ItemPlan, TemplatePlan } from './world.ts';

/** What promises are made for: the judge reserves for sales only, for today. */
export const SALE: Pick<TemplatePlan, 'intent' | 'allowUnavailable'> = { intent: 'sale' };

const warehouseOf = (place: string): string => place.slice(0, place.indexOf('|'));
const one = (item: ItemPlan): bigint => 10n ** BigInt(item.unit.decimals);

/** Something of an item that lies at a place. */
export interface Cell {
  readonly pile: Pile;
  readonly place: string;
  readonly steps: bigint;
}

/** What promises leave of part of an item's stock. */
export interface Limit {
  readonly room: bigint;
  readonly place: string | null;
  covers(cell: Pick<Cell, 'pile' | 'place'>): boolean;
}

/** Everything of an item in a warehouse, as it lies there now. */
export function cellsOf(model: Register, item: ItemPlan, variant: string | null, warehouse: string): Cell[] {
  const piles: Pile[] = item.lots
    ? model.inStock(item, variant).filter((each) => each instanceof Lot)
    : item.serials
      ? model.inStock(item, variant).filter((each) => each instanceof Serial && !each.hold)
      : [model.pile(item, variant)];
  return piles.flatMap((pile) =>
    pile
      .places()
      .filter((place) => place.startsWith(`${warehouse}|`) && pile.at(place) !== 0n)
      .map((place) => ({ pile, place, steps: pile.at(place) * (pile instanceof Serial ? one(item) : 1n) })),
  );
}

/** Whether stock can keep a promise today. */
function keeps(model: Register, { pile, place }: Cell): boolean {
  if (model.placeDenies(place, SALE)) return false;
  // what is in neither lot nor piece is judged by its place alone
  if (!(pile instanceof Lot || pile instanceof Serial)) return true;
  return (
    (pile instanceof Lot ? model.refusal(pile, SALE, model.today) : model.refusalOf(pile, SALE, [])) === null
  );
}

/** What promises leave; nothing is limited where nothing is promised, but for the place that is `asked`. */
export function limitsOf(
  model: Register,
  of: { item: ItemPlan; variant: string | null; warehouse: string },
  cells: readonly Cell[],
  claims: Claims,
  asked?: { readonly location: string | null },
): Limit[] {
  const { item, variant, warehouse } = of;
  const promises = claims.promises(item, variant, warehouse);
  if (promises.length === 0 && !asked) return [];
  const named = [...promises.map((hold) => hold.location), asked?.location ?? null];
  const locations = new Set(named.filter((location) => location !== null));
  const usable = cells.filter((cell) => keeps(model, cell));
  return [null, ...locations].map((location): Limit => {
    const place = location === null ? null : `${warehouse}|${location}`;
    const here = usable.filter((cell) => place === null || cell.place === place);
    const there = here.reduce((sum, cell) => sum + cell.steps, 0n);
    const lots = new Map<Lot, bigint>();
    for (const { pile, steps } of here)
      if (pile instanceof Lot) lots.set(pile, (lots.get(pile) ?? 0n) + steps);
    let held = 0n;
    for (const [lot, steps] of lots) {
      const byName = place === null ? claims.within(lot, warehouse) : claims.at(lot, place);
      held += byName < steps ? byName : steps;
    }
    for (const hold of promises)
      if (location === null || hold.location === location) held += claims.open(hold);
    const covered = new Set(here.map((cell) => `${keyOfPile(cell.pile)}|${cell.place}`));
    return {
      room: there - held,
      place,
      covers: (cell) => covered.has(`${keyOfPile(cell.pile)}|${cell.place}`),
    };
  });
}

const numbers = new WeakMap<Pile, number>();
let count = 0;
/** A number for each pile, to tell them apart in keys. */
export function keyOfPile(pile: Pile): number {
  const known = numbers.get(pile) ?? ++count;
  numbers.set(pile, known);
  return known;
}

/** What signed moves come to, per pile and place. */
function net(moves: readonly Move[]): Cell[] {
  const sums = new Map<string, { pile: Pile; place: string; steps: bigint }>();
  for (const { pile, place, steps } of moves) {
    const key = `${keyOfPile(pile)}|${place}`;
    const sum = sums.get(key) ?? { pile, place, steps: 0n };
    sum.steps += steps;
    sums.set(key, sum);
  }
  return [...sums.values()].filter((sum) => sum.steps !== 0n);
}

/** The newest first, pieces last: a quantity can be made smaller, a piece cannot. */
const newestFirst = (holds: readonly Hold[]): Hold[] =>
  [...holds].sort((a, b) => {
    if (Boolean(a.serial) !== Boolean(b.serial)) return a.serial ? 1 : -1;
    if (a.made !== b.made) return a.made < b.made ? 1 : -1;
    return a.id < b.id ? 1 : -1;
  });

/** Who takes: its documents, and whether it may break what others hold. */
export interface Taker {
  readonly own: readonly string[];
  readonly breaking: boolean;
  /** What the same command gives back. */
  readonly again?: ReadonlyMap<Hold, bigint>;
}

/** What signed moves would take of what others hold: codes, or what is broken of which reservation. */
export function against(
  model: Register,
  moves: readonly Move[],
  { own, breaking, again = new Map() }: Taker,
): { codes: Set<string>; broken: Map<Hold, bigint> } {
  const claims = new Claims(model.holds, own);
  for (const [hold, steps] of again) if (!claims.isOwn(hold)) claims.change(hold, steps);
  const codes = new Set<string>();
  const broken = new Map<Hold, bigint>();
  const take = (hold: Hold, steps: bigint): void => {
    broken.set(hold, (broken.get(hold) ?? 0n) + steps);
    claims.change(hold, -steps);
  };
  const short = (code: string, missing: bigint, holds: readonly Hold[]): void => {
    if (!breaking) codes.add(code);
    let left = missing;
    for (const hold of breaking ? newestFirst(holds) : []) {
      const open = claims.open(hold);
      const steps = open < left ? open : left;
      if (steps > 0n) take(hold, steps);
      left -= steps > 0n ? steps : 0n;
    }
  };
  const changes = net(moves);
  for (const { pile, steps } of changes) {
    if (!(pile instanceof Serial) || steps > 0n || !pile.hold || claims.isOwn(pile.hold)) continue;
    if (breaking) take(pile.hold, claims.open(pile.hold));
    else codes.add('serial.reserved');
  }
  const lots = new Set(changes.flatMap(({ pile }) => (pile instanceof Lot ? [pile] : [])));
  for (const lot of lots) {
    const own = changes.filter((each) => each.pile === lot);
    for (const { place, steps } of own) {
      const held = claims.at(lot, place);
      const missing = held - (lot.at(place) + steps);
      if (steps < 0n && held > 0n && missing > 0n)
        short(
          'lot.reserved',
          missing,
          claims.ofLot(lot).filter((hold) => placeOf(hold) === place && hold.location !== null),
        );
    }
    for (const warehouse of new Set(own.map(({ place }) => warehouseOf(place)))) {
      const open = (place: string): boolean => warehouseOf(place) === warehouse && model.placeCounts(place);
      const taken = -own.filter(({ place }) => open(place)).reduce((sum, { steps }) => sum + steps, 0n);
      const places = lot.places().filter(open);
      const there = places.reduce((sum, place) => sum + lot.at(place), 0n);
      const byPlace = places.reduce((sum, place) => sum + claims.at(lot, place), 0n);
      const held = byPlace + claims.anywhere(lot, warehouse);
      const missing = held - (there - taken);
      if (taken > 0n && claims.within(lot, warehouse) > 0n && held > 0n && missing > 0n)
        short(
          'lot.reserved',
          missing,
          claims.ofLot(lot).filter((hold) => hold.warehouse === warehouse),
        );
    }
  }
  for (const touched of touchedBy(changes, model)) promised(model, touched, changes, claims, short);
  return { codes, broken };
}

interface Touched {
  readonly item: ItemPlan;
  readonly variant: string | null;
  readonly warehouse: string;
}

/** Items and warehouses that something is taken from or brought to. */
function touchedBy(changes: readonly Cell[], model: Register): Touched[] {
  const found = new Map<string, Touched>();
  for (const { pile, place } of changes) {
    const { item, variant } = pile instanceof Lot || pile instanceof Serial ? pile : model.ownerOf(pile);
    const warehouse = warehouseOf(place);
    found.set(`${item.code}|${variant ?? ''}|${warehouse}`, { item, variant, warehouse });
  }
  return [...found.values()];
}

/** R138: of the stock that could keep them, enough has to be left for the promises. */
function promised(
  model: Register,
  touched: Touched,
  changes: readonly Cell[],
  claims: Claims,
  short: (code: string, missing: bigint, holds: readonly Hold[]) => void,
): void {
  const { item, variant, warehouse } = touched;
  if (claims.promises(item, variant, warehouse).length === 0) return;
  const scale = item.serials && !item.lots ? one(item) : 1n;
  const cells = new Map<string, Cell>();
  const put = (cell: Cell): void => {
    const key = `${keyOfPile(cell.pile)}|${cell.place}`;
    const known = cells.get(key)?.steps ?? 0n;
    cells.set(key, { ...cell, steps: known + cell.steps });
  };
  for (const cell of cellsOf(model, item, variant, warehouse)) put(cell);
  const own = changes.filter(({ pile, place }) => {
    if (warehouseOf(place) !== warehouse) return false;
    if (pile instanceof Lot) return item.lots && pile.item === item && pile.variant === variant;
    if (pile instanceof Serial) return !item.lots && pile.item === item && !pile.hold;
    return pile === model.pile(item, variant);
  });
  // what promises lacked already, because a lot was closed or has expired since, is not this posting's doing
  const before = limitsOf(model, touched, [...cells.values()], new Claims(model.holds, []));
  for (const cell of own) put({ ...cell, steps: cell.steps * scale });
  for (let i = 0; ; i++) {
    const limit = limitsOf(model, touched, [...cells.values()], claims)[i];
    if (!limit) return;
    const taken = -own
      .filter((cell) => limit.covers(cell))
      .reduce((sum, { steps }) => sum + steps * scale, 0n);
    const lacked = before.find((each) => each.place === limit.place)?.room ?? 0n;
    const more = -limit.room + (lacked < 0n ? lacked : 0n);
    const missing = more < taken ? more : taken;
    if (missing <= 0n) continue;
    const holds = claims
      .promises(item, variant, warehouse)
      .filter((hold) => limit.place === null || placeOf(hold) === limit.place);
    short('stock.reserved', missing, holds);
  }
}

/** What is free of a lot at a place on a day, and what it shares with its other places. */
export function freeOf(
  model: Register,
  lot: Lot,
  warehouse: string,
  date: string,
  claims: Claims,
): { at: (place: string) => bigint; room: bigint | null } {
  const least = (place: string): bigint => {
    const steps = lot.least(place, date);
    return steps > 0n ? steps : 0n;
  };
  const at = (place: string): bigint => {
    const free = least(place) - claims.at(lot, place);
    return free > 0n ? free : 0n;
  };
  const anywhere = claims.anywhere(lot, warehouse);
  if (anywhere === 0n) return { at, room: null };
  const free = lot
    .places()
    .filter((place) => warehouseOf(place) === warehouse && model.placeCounts(place))
    .reduce((sum, place) => sum + at(place), 0n);
  return { at, room: free > anywhere ? free - anywhere : 0n };
}
