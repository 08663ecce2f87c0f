/** What the sample knows of its own stock, so that it asks for nothing that is not there. */
import type { Posting } from './book.ts';

type PostedLine = Posting['lines'][number];

/** What lies of one lot at one location. */
export interface ShelfLot {
  readonly id: string;
  readonly code: string;
  readonly location: string;
  readonly expiryDate: string | null;
  /** Whole steps of the unit: grams of kilograms, pieces of pieces. */
  left: number;
  /** Nobody may sell it. */
  held: boolean;
}

/** A quantity in whole steps as the ledger writes it. */
export const quantityOf = (steps: number, decimals: number): string =>
  decimals === 0 ? String(steps) : (steps / 10 ** decimals).toFixed(decimals);

const LONG_AWAY = '9999-12-31';

/** The lots of one item; people pick at one location only. */
export class Shelf {
  readonly lots: ShelfLot[] = [];
  readonly item: string;
  readonly pick: string;
  readonly decimals: number;
  /** Asked for in the current round and not taken yet. */
  promised = 0;

  constructor(item: string, pick: string, decimals: number) {
    this.item = item;
    this.pick = pick;
    this.decimals = decimals;
  }

  /** Puts what a load brought on the shelf. */
  add(line: PostedLine, held = false): void {
    for (const { id, code, expiryDate, quantity, location } of line.lots) {
      const left = this.#steps(quantity);
      this.lots.push({ id, code, expiryDate, location: location ?? '', left, held });
    }
  }

  /** Takes what an unload took. */
  take(line: PostedLine): void {
    this.promised = 0;
    for (const { id, quantity, location } of line.lots) {
      const lot = this.lots.find((row) => row.id === id && row.location === location);
      if (lot) lot.left -= this.#steps(quantity);
    }
  }

  /** Lots that can be picked and are good beyond a day, the first to expire first. */
  usable(date: string): ShelfLot[] {
    return this.lots
      .filter(({ left, held, location }) => left > 0 && !held && location === this.pick)
      .filter(({ expiryDate }) => (expiryDate ?? LONG_AWAY) > date)
      .sort((a, b) => (a.expiryDate ?? LONG_AWAY).localeCompare(b.expiryDate ?? LONG_AWAY));
  }

  /** Steps that can still be promised. */
  free(date: string): number {
    return this.usable(date).reduce((sum, { left }) => sum + left, 0) - this.promised;
  }

  /** Stock that expired before a day, wherever it stands. */
  expiredBefore(date: string): ShelfLot[] {
    return this.lots.filter(({ left, expiryDate }) => left > 0 && (expiryDate ?? LONG_AWAY) < date);
  }

  #steps(quantity: string): number {
    return Math.round(Number(quantity) * 10 ** this.decimals);
  }
}
