/** Random numbers that can be had again: from a seed, `LOTLEDGER_SEED` or a new one. */

export interface Seeded {
  readonly seed: number;
  /** The next number, from 0 to below 1. */
  next(): number;
}

/** A generator (mulberry32); small, and good enough to choose moments and orders. */
export function random(
  seed = Number(process.env.LOTLEDGER_SEED ?? Math.floor(Math.random() * 2 ** 31)),
): Seeded {
  let state = seed;
  return {
    seed,
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}
