/** Taking from candidates one after the other, as far as each has, and as far as what they share goes. */
import { naturalKey } from '../ports/keys.ts';
import type { Candidate, Limit, Wish } from './allocation.ts';

/** What has been taken so far, of each candidate and of what candidates share. */
export class Taking<C extends Candidate> {
  readonly steps = new Map<C, number>();
  missing: number;
  readonly #left = new Map<Limit, number>();

  constructor(quantity: number) {
    this.missing = quantity;
  }

  /** Steps a candidate may still give. */
  left(candidate: C): number {
    let left = candidate.free - (this.steps.get(candidate) ?? 0);
    for (const limit of candidate.limits ?? []) left = Math.min(left, this.#left.get(limit) ?? limit.room);
    return Math.max(0, left);
  }

  /** Takes as much as there is of what is wanted. */
  take(candidate: C, wanted: number): number {
    const steps = Math.min(wanted, this.missing, this.left(candidate));
    if (steps <= 0) return 0;
    this.steps.set(candidate, (this.steps.get(candidate) ?? 0) + steps);
    for (const limit of candidate.limits ?? []) {
      this.#left.set(limit, (this.#left.get(limit) ?? limit.room) - steps);
    }
    this.missing -= steps;
    return steps;
  }
}

/** The first lot, in order, that has enough by itself over all its places; null when none has. */
export function sufficientLot(usable: readonly Candidate[], quantity: number): string | null {
  const byLot = new Map<string, Taking<Candidate>>();
  for (const candidate of usable) {
    const taking = byLot.get(candidate.lot) ?? new Taking(quantity);
    byLot.set(candidate.lot, taking);
    taking.take(candidate, quantity);
  }
  for (const [lot, taking] of byLot) if (taking.missing === 0) return lot;
  return null;
}

/** What goes first: each wish from its lot's candidates, in their order. */
export function takeWishes<C extends Candidate>(
  taking: Taking<C>,
  usable: readonly C[],
  wishes: readonly Wish[],
): void {
  for (const { lot, location, quantity } of wishes) {
    let wanted = quantity ?? taking.missing;
    for (const candidate of usable) {
      if (candidate.lot !== lot) continue;
      if (location != null && naturalKey(candidate.location ?? '') !== naturalKey(location)) continue;
      wanted -= taking.take(candidate, wanted);
    }
  }
}
