/** What a clerk may do next: a command, and what it comes to in plain sums where it is accepted. */
import type { Command, Receipt } from '../../src/core/index.ts';
import type { Chance } from '../judge/chance.ts';
import type { Effect } from './book.ts';
import { DAYS, ITEM, LOTS, WAREHOUSE } from './words.ts';

/** A command with what it does. */
export interface Act {
  readonly command: Command;
  readonly effect: Effect;
}

/** An order of a clerk that has something reserved. */
interface Order {
  readonly id: string;
  readonly lot: string;
  open: number;
}

const posting = (template: string, day: string, lot: string, quantity: number, order?: string) => ({
  warehouse: WAREHOUSE,
  template,
  date: day,
  ...(order === undefined ? {} : { document: { type: 'salesOrder', number: order } }),
  lines: [{ item: ITEM, quantity: String(quantity), lots: [{ code: lot, quantity: String(quantity) }] }],
});

/** One clerk's choices; they remember what of their own can be picked, released or taken back. */
export class Acts {
  readonly #name: string;
  readonly #chance: Chance;
  #count = 0;
  #orders: Order[] = [];
  /** Postings that may be taken back: the command, the posting and its day. */
  #moves: { readonly of: string; readonly posting: string; readonly day: string }[] = [];

  constructor(name: string, chance: Chance) {
    this.#name = name;
    this.#chance = chance;
  }

  next(): Act {
    const kind = this.#chance.weighted([
      [30, 'load'],
      [32, 'unload'],
      [14, 'reserve'],
      [8, 'pick'],
      [6, 'release'],
      [10, 'reverse'],
    ] as const);
    const order = this.#chance.maybe(this.#orders);
    if (kind === 'reserve') return this.#reserve();
    if (kind === 'pick' && order !== undefined) return this.#pick(order);
    if (kind === 'release' && order !== undefined) return this.#release(order);
    if (kind === 'reverse' && this.#moves.length > 0) return this.#reverse();
    return this.#move(kind === 'load' ? 1 : -1);
  }

  /**
   * Two that stand or fall together: what is taken out of a lot is brought into another; or some is taken out
   * twice, where the second may fail for nothing but the first.
   */
  pair(): readonly Act[] {
    const out = this.#move(-1);
    const { lot, by, day } = out.effect as Effect & { kind: 'move' };
    if (this.#chance.oneIn(2)) return [out, this.#move(1, -by, day)];
    return [out, this.#move(-1, this.#quantity(), day, lot)];
  }

  /** Learns what became of an act. */
  learn({ command, effect }: Act, receipt: Receipt): void {
    if (effect.kind === 'reserve' && receipt.outcome === 'accepted')
      this.#orders.push({ id: command.id, lot: effect.lot, open: effect.by });
    if (effect.kind === 'move' && receipt.outcome === 'accepted') {
      const { posting: made } = receipt.result as { posting: { id: string } };
      this.#moves.push({ of: command.id, posting: made.id, day: effect.day });
    }
    const order = 'order' in effect ? this.#orders.find(({ id }) => id === effect.order) : undefined;
    if (order !== undefined && receipt.outcome === 'accepted') {
      order.open -= effect.kind === 'pick' ? Math.min(effect.by, order.open) : order.open;
      if (order.open === 0) this.#orders = this.#orders.filter((each) => each !== order);
    }
    // what is old is mostly used up
    this.#moves = this.#moves.slice(-20);
  }

  #id(): string {
    this.#count += 1;
    return `${this.#name}-${this.#count}`;
  }

  #quantity(): number {
    return this.#chance.between(1, 9);
  }

  #move(
    sign: 1 | -1,
    quantity = this.#quantity(),
    day: string = this.#chance.pick(DAYS),
    lot = this.#chance.pick(LOTS),
  ): Act {
    const args = posting(sign === 1 ? 'IN' : 'OUT', day, lot, quantity);
    return {
      command: { name: 'posting.post@1', id: this.#id(), args },
      effect: { kind: 'move', lot, day, by: sign * quantity },
    };
  }

  #reserve(): Act {
    const [id, lot, by] = [this.#id(), this.#chance.pick(LOTS), this.#quantity()];
    const lots = [{ code: lot, quantity: String(by) }];
    const line = { item: ITEM, warehouse: WAREHOUSE, quantity: String(by), lots };
    const args = { document: { type: 'salesOrder', number: id }, lines: [line] };
    return { command: { name: 'reservations.commit@1', id, args }, effect: { kind: 'reserve', lot, by } };
  }

  #pick({ id: order, lot, open }: Order): Act {
    const by = this.#chance.between(1, open);
    const day = DAYS.at(-1) as string;
    const args = posting('OUT', day, lot, by, order);
    return {
      command: { name: 'posting.post@1', id: this.#id(), args },
      effect: { kind: 'pick', order, day, by },
    };
  }

  #release({ id: order }: Order): Act {
    const args = { document: { type: 'salesOrder', number: order } };
    return {
      command: { name: 'reservations.release@1', id: this.#id(), args },
      effect: { kind: 'release', order },
    };
  }

  #reverse(): Act {
    const { of, posting: id, day: from } = this.#chance.pick(this.#moves);
    const day = this.#chance.pick(DAYS.filter((each) => each >= from));
    const args = { id, date: day, reason: 'a mistake' };
    return {
      command: { name: 'posting.reverse@1', id: this.#id(), args },
      effect: { kind: 'reverse', of, day },
    };
  }
}
