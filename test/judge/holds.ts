/**
 * Reservations as the judge keeps them (R47, R71, R138): what each holds, found by lot, by item and warehouse,
 * and by document; and what is held for one asker, whose own documents are no obstacle to it.
 */
import type { Lot, Serial } from './things.ts';
import type { ItemPlan } from './world.ts';

/** One reservation. Without lot and serial it is a promise of the item; without location, of the warehouse. */
export interface Hold {
  id: string;
  readonly item: ItemPlan;
  readonly variant: string | null;
  readonly warehouse: string;
  readonly location: string | null;
  readonly lot: Lot | null;
  readonly serial: Serial | null;
  /** `type|number`; null by hand. */
  readonly document: string | null;
  /** Day it was made, and how many were made before it. */
  readonly made: string;
  open: bigint;
}

const promiseKey = (item: ItemPlan, variant: string | null, warehouse: string): string =>
  `${item.code}|${variant ?? ''}|${warehouse}`;

export const placeOf = (hold: Hold): string => `${hold.warehouse}|${hold.location ?? ''}`;

export class Holds {
  readonly all: Hold[] = [];
  private readonly ids = new Map<string, Hold>();
  private readonly byLot = new Map<Lot, Set<Hold>>();
  private readonly promises = new Map<string, Set<Hold>>();
  private readonly byDocument = new Map<string, Set<Hold>>();

  add(hold: Hold): void {
    this.all.push(hold);
    this.ids.set(hold.id, hold);
    this.index(hold);
  }

  /** Counts it while something is decided; the answer takes it out again. */
  tryOut(hold: Hold): () => void {
    const { open } = hold;
    this.index(hold);
    return () => {
      hold.open = 0n;
      this.index(hold);
      hold.open = open;
    };
  }

  /** Holds more, or less, from now on. */
  change(hold: Hold, by: bigint): void {
    hold.open += by;
    this.index(hold);
  }

  private index(hold: Hold): void {
    const set = <K>(map: Map<K, Set<Hold>>, key: K): void => {
      const known = map.get(key) ?? new Set();
      if (hold.open > 0n) map.set(key, known.add(hold));
      else if (known.delete(hold) && known.size === 0) map.delete(key);
    };
    if (hold.serial) hold.serial.hold = hold.open > 0n ? hold : null;
    if (hold.lot) set(this.byLot, hold.lot);
    else if (!hold.serial) set(this.promises, promiseKey(hold.item, hold.variant, hold.warehouse));
    if (hold.document !== null) set(this.byDocument, hold.document);
  }

  /** All that are open. */
  open(): Hold[] {
    return this.all.filter((hold) => hold.open > 0n);
  }

  byId(id: string): Hold | undefined {
    return this.ids.get(id);
  }

  ofLot(lot: Lot): readonly Hold[] {
    return [...(this.byLot.get(lot) ?? [])];
  }

  ofDocument(document: string): readonly Hold[] {
    return [...(this.byDocument.get(document) ?? [])];
  }

  ofItem(item: ItemPlan, variant: string | null, warehouse: string): readonly Hold[] {
    return [...(this.promises.get(promiseKey(item, variant, warehouse)) ?? [])];
  }

  /** Documents with something open. */
  documents(): string[] {
    return [...this.byDocument.keys()];
  }
}

/** What is held for one asker, with what it is about to change. */
export class Claims {
  private readonly holds: Holds;
  private readonly own: readonly string[];
  /** Steps by which a hold is larger or smaller than it stands. */
  readonly changed = new Map<Hold, bigint>();

  constructor(holds: Holds, own: readonly string[] = []) {
    this.holds = holds;
    this.own = own;
  }

  isOwn({ document }: Hold): boolean {
    return document !== null && this.own.includes(document);
  }

  change(hold: Hold, by: bigint): void {
    this.changed.set(hold, (this.changed.get(hold) ?? 0n) + by);
  }

  open(hold: Hold): bigint {
    return hold.open + (this.changed.get(hold) ?? 0n);
  }

  /** Others' holds of a lot. */
  ofLot(lot: Lot): Hold[] {
    const again = [...this.changed.keys()].filter((hold) => hold.lot === lot);
    const all = new Set([...this.holds.ofLot(lot), ...again]);
    return [...all].filter((hold) => !this.isOwn(hold) && this.open(hold) > 0n);
  }

  /** Others' promises of an item in a warehouse. */
  promises(item: ItemPlan, variant: string | null, warehouse: string): Hold[] {
    const again = [...this.changed.keys()].filter(
      (hold) =>
        !hold.lot &&
        !hold.serial &&
        hold.item === item &&
        hold.variant === variant &&
        hold.warehouse === warehouse,
    );
    const all = new Set([...this.holds.ofItem(item, variant, warehouse), ...again]);
    return [...all].filter((hold) => !this.isOwn(hold) && this.open(hold) > 0n);
  }

  private sum(holds: readonly Hold[]): bigint {
    return holds.reduce((sum, hold) => sum + this.open(hold), 0n);
  }

  /** Held of a lot at one place by name; what lies in a warehouse without locations is held without place. */
  at(lot: Lot, place: string): bigint {
    if (place.endsWith('|')) return 0n;
    return this.sum(this.ofLot(lot).filter((hold) => placeOf(hold) === place));
  }

  /** Held of a lot in a warehouse without place. */
  anywhere(lot: Lot, warehouse: string): bigint {
    return this.sum(this.ofLot(lot).filter((hold) => hold.warehouse === warehouse && hold.location === null));
  }

  /** Held of a lot in a warehouse altogether. */
  within(lot: Lot, warehouse: string): bigint {
    return this.sum(this.ofLot(lot).filter((hold) => hold.warehouse === warehouse));
  }
}
