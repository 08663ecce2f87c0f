/** Seeded chance: the same seed gives the same commands on every machine (sfc32 over 32-bit integers). */

export class Chance {
  private state: [number, number, number, number];

  constructor(seed: number) {
    this.state = [seed >>> 0, 0x9e3779b9, 0x243f6a88, 0xb7e15162];
    for (let i = 0; i < 16; i++) this.next();
  }

  private next(): number {
    const [a, b, c, d] = this.state;
    const sum = (((a + b) | 0) + d) | 0;
    this.state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (d + 1) | 0];
    return sum >>> 0;
  }

  /** A whole number from 0 to `below` - 1. */
  below(below: number): number {
    return Math.floor((this.next() / 4_294_967_296) * below);
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True once in `n` times on average. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(from: readonly T[]): T {
    const chosen = from[this.below(from.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  }

  maybe<T>(from: readonly T[]): T | undefined {
    return from.length > 0 ? this.pick(from) : undefined;
  }

  /** One of the choices, as often as their weights say. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let left = this.below(choices.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    throw new Error('nothing to choose from');
  }
}
