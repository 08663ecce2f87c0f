/** How much one caller does: requests by a bucket that fills again, open feeds by their number. */

interface Bucket {
  left: number;
  at: number;
}

/** Callers whose buckets are kept; beyond, the one that asked longest ago is forgotten, and starts full. */
const MOST = 10_000;

/** A bucket of requests for each caller. */
export class Rates {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Takes one request; seconds to wait where there is none left. */
  take(key: string): number | undefined {
    if (this.#perMinute === Number.POSITIVE_INFINITY) return undefined;
    const now = this.#now();
    const filled = this.#filled(key, now);
    // whoever asked last stands last
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: filled < 1 ? filled : filled - 1, at: now });
    if (this.#buckets.size > MOST) this.#buckets.delete(this.#buckets.keys().next().value as string);
    return this.#seconds(filled);
  }

  /** Seconds to wait where there is none left; nothing is taken. */
  wait(key: string): number | undefined {
    if (this.#perMinute === Number.POSITIVE_INFINITY) return undefined;
    return this.#seconds(this.#filled(key, this.#now()));
  }

  #filled(key: string, now: number): number {
    const { left, at } = this.#buckets.get(key) ?? { left: this.#perMinute, at: now };
    return Math.min(this.#perMinute, left + (Math.max(0, now - at) * this.#perMinute) / 60_000);
  }

  #seconds(filled: number): number | undefined {
    return filled < 1 ? Math.ceil(((1 - filled) * 60) / this.#perMinute) : undefined;
  }
}

/** How many of something are open, for each caller. */
export class Open {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The way to close it again; undefined where as many as may be are open. */
  take(key: string): (() => void) | undefined {
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.#most) return undefined;
    this.#counts.set(key, count + 1);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }
}
