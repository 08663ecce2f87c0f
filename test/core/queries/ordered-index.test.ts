/** The ordered index, held against a sorted array through random merges, ranks and walks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyChange, OrderedIndex } from '../../../src/core/queries/ordered-index.ts';

/** Keys are unique, as an index's are: the id is their last part. */
const keyOf = (rank: number, id: string): string => `${String(rank).padStart(6, '0')}/${id}`;

class Sorted {
  readonly ranks = new Map<string, number>();
  readonly index = new OrderedIndex((id) => this.key(id));

  key(id: string): string {
    return keyOf(this.ranks.get(id) ?? -1, id);
  }

  build(ranks: Iterable<[string, number]>): void {
    for (const [id, rank] of ranks) this.ranks.set(id, rank);
    this.index.build([...this.ranks.keys()].map((id) => ({ id, key: this.key(id) })));
  }

  /** Sets or removes ids (rank undefined) in one merge. */
  merge(changes: ReadonlyMap<string, number | undefined>): void {
    const merged: KeyChange[] = [];
    for (const [id, rank] of changes) {
      const before = this.ranks.has(id) ? this.key(id) : undefined;
      if (rank === undefined) this.ranks.delete(id);
      else this.ranks.set(id, rank);
      const after = rank === undefined ? undefined : this.key(id);
      if (before !== after) merged.push({ id, before, after });
    }
    this.index.merge(merged);
  }

  keys(): string[] {
    return [...this.ranks.keys()].map((id) => this.key(id)).sort();
  }

  walked(low: string, high: string, reverse: boolean, limit: number): string[] {
    const found: string[] = [];
    if (limit === 0) return found;
    this.index.walk(low, high, reverse, (id) => found.push(this.key(id)) < limit);
    return found;
  }

  between(from: number, to: number, reverse: boolean, limit: number): string[] {
    const found: string[] = [];
    if (limit === 0) return found;
    this.index.walkRanks(from, to, reverse, (id) => found.push(this.key(id)) < limit);
    return found;
  }

  check(low: string, high: string, limit: number): void {
    const keys = this.keys();
    expect(this.index.size).toBe(keys.length);
    const inside = keys.filter((key) => key >= low && key < high);
    expect(this.walked(low, high, false, limit)).toEqual(inside.slice(0, limit));
    expect(this.walked(low, high, true, limit)).toEqual([...inside].reverse().slice(0, limit));
    const [first, last] = [keys.length >> 2, keys.length - (keys.length >> 3)];
    const places = keys.slice(first, last);
    expect(this.between(first, last, false, limit)).toEqual(places.slice(0, limit));
    expect(this.between(first, last, true, limit)).toEqual([...places].reverse().slice(0, limit));
    expect(this.between(last, first - 1, false, 9)).toEqual([]);
    for (const bound of [low, high, '', '~']) {
      expect(this.index.rank(bound)).toBe(keys.filter((key) => key < bound).length);
    }
  }
}

describe('ordered index', () => {
  it('is a sorted array, whatever is merged', () => {
    const id = fc.integer({ min: 0, max: 60 }).map((n) => `id${n}`);
    const rank = fc.integer({ min: 0, max: 20 });
    const change = fc.tuple(id, fc.option(rank, { nil: undefined }));
    const step = fc.tuple(fc.array(change, { maxLength: 30 }), rank, rank, fc.nat({ max: 40 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(id, rank)), fc.array(step, { maxLength: 8 }), (first, steps) => {
        const sorted = new Sorted();
        sorted.build(new Map(first));
        for (const [changes, a, b, limit] of steps) {
          sorted.merge(new Map(changes));
          sorted.check(keyOf(a, ''), keyOf(b, ''), limit);
        }
        sorted.check('', '~', 1000);
      }),
      { numRuns: 300 },
    );
  });

  it('splits and empties chunks: thousands of keys, in order, backwards and at random', () => {
    const random = (n: number) => (n * 48271) % 65537;
    const orders: ((n: number) => number)[] = [(n) => n, (n) => 9000 - n, random];
    for (const order of orders) {
      const sorted = new Sorted();
      for (let part = 0; part < 6; part++) {
        const changes = new Map<string, number | undefined>();
        for (let n = part * 1000; n < part * 1000 + 1000; n++) changes.set(`id${n}`, order(n));
        sorted.merge(changes);
        sorted.check(keyOf(part * 500, ''), keyOf(part * 900 + 700, ''), 2500);
      }
      for (let part = 0; part < 6; part++) {
        const gone = new Map<string, number | undefined>();
        for (let n = part; n < 6000; n += 6) gone.set(`id${n}`, undefined);
        sorted.merge(gone);
        sorted.check('', '~', 10_000);
      }
      expect(sorted.index.size).toBe(0);
      sorted.merge(new Map([['again', 1]]));
      sorted.check('', '~', 10);
    }
  });

  it('remembers the keys of busy chunks, and still follows every change', () => {
    const sorted = new Sorted();
    sorted.build(Array.from({ length: 3000 }, (_, n): [string, number] => [`id${n}`, n * 3]));
    for (let round = 0; round < 60; round++) {
      const changes = new Map<string, number | undefined>();
      for (let n = 0; n < 50; n++) {
        const id = (round * 31 + n * 17) % 3000;
        changes.set(`id${id}`, n % 11 === 0 ? undefined : (id * 7 + round) % 9000);
      }
      sorted.merge(changes);
      sorted.check(keyOf(round * 100, ''), keyOf(round * 150 + 40, ''), 200);
    }
  });

  it('of nothing answers nothing', () => {
    const sorted = new Sorted();
    sorted.build([]);
    sorted.check('', '~', 5);
    sorted.index.merge([]);
    sorted.check('b', 'a', 5);
  });
});
