/** Chance that can be had again: the sample is the same at every start, only its dates move with today. */

export interface Random {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** True once in `n` times on the average. */
  once(n: number): boolean;
}

/** A generator of 32 bits, stirred by multiplication (the well-known "mulberry" recipe). */
export function randomFrom(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let stirred = Math.imul(state ^ (state >>> 15), 1 | state);
    stirred = (stirred + Math.imul(stirred ^ (stirred >>> 7), 61 | stirred)) ^ stirred;
    return ((stirred ^ (stirred >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    pick: (list) => list[between(0, list.length - 1)] as (typeof list)[number],
    once: (n) => between(1, n) === 1,
  };
}
