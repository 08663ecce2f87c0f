/**
 * What the clerks sent and what they were told, and what that comes to in plain sums: a second opinion that
 * shares nothing with the engine but the order of the journal.
 */
import type { Command, Receipt } from '../../src/core/index.ts';
import { DAYS, LOTS } from './words.ts';

/** What a command does to a lot, if it is accepted. */
export type Effect =
  | { readonly kind: 'move'; readonly lot: string; readonly day: string; readonly by: number }
  | { readonly kind: 'reserve'; readonly lot: string; readonly by: number }
  /** Takes out what the order reserved, or part of it. */
  | { readonly kind: 'pick'; readonly order: string; readonly day: string; readonly by: number }
  | { readonly kind: 'release'; readonly order: string }
  /** Takes back what a command has moved. */
  | { readonly kind: 'reverse'; readonly of: string; readonly day: string };

/** A command as it was sent, and what its clerk was told in the end. */
export interface Sent {
  readonly clerk: string;
  readonly command: Command;
  readonly effect: Effect;
  told?: Receipt;
}

/** An entry as the database has it. */
export interface Entry {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly actor: string;
}

/** What a lot comes to. */
export interface Sum {
  /** Moved on each of the days, in and out. */
  readonly moved: number[];
  reserved: number;
}

/** What is there at the end of each day. */
export function standing({ moved }: Sum): number[] {
  let all = 0;
  return moved.map((by) => {
    all += by;
    return all;
  });
}

export class Book {
  readonly sent = new Map<string, Sent>();
  /** What must not be, as somebody found it. */
  readonly violations: string[] = [];

  note(clerk: string, command: Command, effect: Effect): void {
    this.sent.set(command.id, { clerk, command, effect });
  }

  /** A clerk is told what became of a command; told again, it must be the same. */
  tell(receipt: Receipt): void {
    const sent = this.sent.get(receipt.id);
    if (sent === undefined) {
      this.violations.push(`an answer to ${receipt.id}, which nobody sent`);
      return;
    }
    const { told } = sent;
    sent.told ??= receipt;
    if (told !== undefined && sayingOf(told) !== sayingOf(receipt))
      this.violations.push(`${receipt.id} was ${sayingOf(told)}, and later ${sayingOf(receipt)}`);
  }

  /** Holds the entries against what was told; answers what the lots come to. */
  compare(entries: readonly Entry[]): Map<string, Sum> {
    this.#once(entries);
    this.#asTold(entries);
    return this.#fold(entries);
  }

  /** Numbers without a gap, no id twice. */
  #once(entries: readonly Entry[]): void {
    const ids = new Set<string>();
    entries.forEach(({ seq, id }, i) => {
      if (seq !== i + 1) this.violations.push(`entry ${i + 1} of the journal has the number ${seq}`);
      if (ids.has(id)) this.violations.push(`${id} is in the journal twice`);
      ids.add(id);
    });
  }

  #asTold(entries: readonly Entry[]): void {
    const written = new Map(entries.map((entry) => [entry.id, entry]));
    for (const [id, { clerk, command, told }] of this.sent) {
      const entry = written.get(id);
      if (told === undefined) this.violations.push(`${id} was never answered`);
      else if (told.outcome === 'refused' && entry !== undefined)
        this.violations.push(`${id} was ${sayingOf(told)} and is in the journal at ${entry.seq}`);
      else if (told.outcome === 'accepted' && entry === undefined)
        this.violations.push(`${id} was accepted at ${told.seq} and is not in the journal`);
      else if (told.outcome === 'accepted' && entry?.seq !== told.seq)
        this.violations.push(`${id} was accepted at ${told.seq} and is in the journal at ${entry?.seq}`);
      if (entry !== undefined && (entry.name !== command.name || entry.actor !== clerk))
        this.violations.push(`${id} is in the journal as ${entry.name} of ${entry.actor}`);
    }
  }

  #fold(entries: readonly Entry[]): Map<string, Sum> {
    const sums = new Map(LOTS.map((lot): [string, Sum] => [lot, { moved: DAYS.map(() => 0), reserved: 0 }]));
    const orders = new Map<string, { readonly sum: Sum; open: number }>();
    for (const { id, seq } of entries) {
      const effect = this.sent.get(id)?.effect;
      // what furnished the ledger before anybody came
      if (effect === undefined) continue;
      const touched = this.#apply(id, effect, sums, orders);
      if (touched === undefined) this.violations.push(`${id} is about something that is not in the journal`);
      else if (standing(touched).some((all) => all < 0))
        this.violations.push(`entry ${seq}, ${id}, leaves ${standing(touched).join(', ')} of a lot`);
      else if (touched.reserved < 0) this.violations.push(`${id} frees more than was reserved`);
    }
    return sums;
  }

  #apply(
    id: string,
    effect: Effect,
    sums: ReadonlyMap<string, Sum>,
    orders: Map<string, { readonly sum: Sum; open: number }>,
  ): Sum | undefined {
    if (effect.kind === 'move') return moved(sums.get(effect.lot), effect.day, effect.by);
    if (effect.kind === 'reserve') {
      const sum = sums.get(effect.lot) as Sum;
      orders.set(id, { sum, open: effect.by });
      sum.reserved += effect.by;
      return sum;
    }
    if (effect.kind === 'reverse') {
      const original = this.sent.get(effect.of)?.effect;
      return original?.kind === 'move' ? moved(sums.get(original.lot), effect.day, -original.by) : undefined;
    }
    const order = orders.get(effect.order);
    if (order === undefined) return undefined;
    // what a pick takes beyond what is reserved comes from what is free
    const by = effect.kind === 'pick' ? Math.min(effect.by, order.open) : order.open;
    order.open -= by;
    order.sum.reserved -= by;
    return effect.kind === 'pick' ? moved(order.sum, effect.day, -effect.by) : order.sum;
  }
}

function moved(sum: Sum | undefined, day: string, by: number): Sum | undefined {
  const i = (DAYS as readonly string[]).indexOf(day);
  if (sum !== undefined) sum.moved[i] = (sum.moved[i] as number) + by;
  return sum;
}

const sayingOf = (receipt: Receipt): string =>
  receipt.outcome === 'accepted' ? `accepted at ${receipt.seq}` : `refused (${receipt.problem.code})`;
