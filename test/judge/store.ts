/** Taking of an item's lots in a warehouse, one after the other, as far as reservations leave something. */
import { Claims } from './holds.ts';
import { cellsOf, freeOf, keyOfPile, type Limit, limitsOf } from './judge-holds.ts';
import type { Register } from './register.ts';
import type { Lot } from './things.ts';
import type { ItemPlan } from './world.ts';

/** Of what, where, on which day, and for which documents. */
interface Asked {
  readonly item: ItemPlan;
  readonly variant: string | null;
  readonly warehouse: string;
  readonly date: string;
  readonly own: readonly string[];
}

/** What may be taken of an item's lots in a warehouse, after what others hold. */
export class Store {
  private readonly free = new Map<string, bigint>();
  private readonly rooms = new Map<Lot, bigint | null>();
  private readonly limits: { readonly limit: Limit; left: bigint }[];
  private readonly model: Register;
  private readonly asked: Asked;
  private readonly claims: Claims;

  constructor(model: Register, asked: Asked) {
    this.model = model;
    this.asked = asked;
    const { item, variant, warehouse, date, own } = asked;
    this.claims = new Claims(model.holds, own);
    const cells = cellsOf(model, item, variant, warehouse).map((cell) => ({
      ...cell,
      steps: cell.pile.least(cell.place, date) > 0n ? cell.pile.least(cell.place, date) : 0n,
    }));
    const found = item.lots ? limitsOf(model, { item, variant, warehouse }, cells, this.claims) : [];
    this.limits = found.map((limit) => ({ limit, left: limit.room > 0n ? limit.room : 0n }));
  }

  /** Takes as much as there is, at most what is wanted. */
  take(lot: Lot, place: string, wanted: bigint): bigint {
    const key = `${keyOfPile(lot)}|${place}`;
    const { at, room } = freeOf(this.model, lot, this.asked.warehouse, this.asked.date, this.claims);
    const free = this.free.get(key) ?? at(place);
    const whole = this.rooms.has(lot) ? (this.rooms.get(lot) ?? null) : room;
    const counts = this.model.placeCounts(place);
    const shared = this.limits.filter(({ limit }) => limit.covers({ pile: lot, place }));
    const rooms = [
      wanted,
      free,
      ...(whole !== null && counts ? [whole] : []),
      ...shared.map(({ left }) => left),
    ];
    const taken = rooms.reduce((least, each) => (each < least ? each : least));
    if (taken <= 0n) return 0n;
    this.free.set(key, free - taken);
    if (whole !== null && counts) this.rooms.set(lot, whole - taken);
    for (const each of shared) each.left -= taken;
    return taken;
  }

  /** Whether a piece may be taken from where its lot lies; then it is. */
  takeOne(lot: Lot, place: string, one: bigint): boolean {
    const before = {
      free: new Map(this.free),
      rooms: new Map(this.rooms),
      left: this.limits.map(({ left }) => left),
    };
    if (this.take(lot, place, one) === one) return true;
    this.free.clear();
    for (const [key, steps] of before.free) this.free.set(key, steps);
    this.rooms.clear();
    for (const [key, steps] of before.rooms) this.rooms.set(key, steps);
    for (const [i, each] of this.limits.entries()) each.left = before.left[i] ?? 0n;
    return false;
  }
}
