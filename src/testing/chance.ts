/** Chance that can be had again: the same seed gives the same numbers, so that a failing test fails again. */

/** A seeded generator of numbers. */
export interface Chance {
  readonly seed: number;
  /** The next number, from 0 to below 1. */
  next(): number;
  /** A number between two others. */
  between(from: number, to: number): number;
}

/**
 * Numbers from a seed (mulberry32).
 * @example const wait = chance(7).between(5, 80); // the same on every run
 */
export function chance(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next, between: (from, to) => from + (to - from) * next() };
}
