/** Keys as texts: their plain order is the order of the port, and different keys never look the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scalar } from '../../../src/core/ports/store.ts';
import { compareKeys, compareScalars } from '../../../src/core/queries/index-keys.ts';
import { encodeKey, uniqueKey } from '../../../src/core/queries/sort-key.ts';

const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    '\u0000',
    '\u0001',
    '\u0002',
    '\u0007',
    'é',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '😀',
  ),
});
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  text,
  fc.double({ noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
  fc.constant(null),
);
/** Parts of one type each, as an index has them, and nulls anywhere. */
const orNull = (value: fc.Arbitrary<Scalar>) => fc.option(value, { nil: null, freq: 4 });
const number = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }));
const key = fc.tuple(orNull(text), orNull(number), orNull(fc.boolean()), orNull(text));
const sign = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

describe('keys as texts', () => {
  it('order as the port orders, nulls last', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        return sign(encodeKey(a, 'high'), encodeKey(b, 'high')) === Math.sign(compareKeys(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  it('read downwards, order as the port orders downwards, nulls still last', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        return -sign(encodeKey(a, 'low'), encodeKey(b, 'low')) + 0 === Math.sign(compareKeys(a, b, true));
      }),
      { numRuns: 2000 },
    );
  });

  it('no key is the beginning of another of the same length', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        const [x, y] = [encodeKey(a, 'high'), encodeKey(b, 'high')];
        return x === y || !y.startsWith(x);
      }),
    );
  });

  it('values of different types stand apart: booleans, numbers, texts, null', () => {
    const sorted: Scalar[] = [false, true, -1e9, 7, '', '7', null];
    const keys = sorted.map((value) => encodeKey([value], 'high'));
    expect([...keys].sort()).toEqual(keys);
  });

  it('a shorter key stands before those that begin with it', () => {
    fc.assert(
      fc.property(key, (a) => {
        const whole = encodeKey(a, 'high');
        return whole.startsWith(encodeKey(a.slice(0, 2), 'high'));
      }),
    );
  });

  it('zero is one number', () => {
    expect(encodeKey([-0], 'high')).toBe(encodeKey([0], 'high'));
    expect(compareScalars(-0, 0)).toBe(0);
  });
});

describe('unique keys', () => {
  it('differ where any part differs', () => {
    const plain = scalar.filter((value) => value !== null);
    fc.assert(
      fc.property(fc.tuple(plain, plain), fc.tuple(plain, plain), (a, b) => {
        const same = a.every((value, i) => value === b[i]);
        return (uniqueKey(a) === uniqueKey(b)) === same;
      }),
      { numRuns: 2000 },
    );
    expect(uniqueKey(['1', '2'])).not.toBe(uniqueKey(['12', '']));
    expect(uniqueKey([1, 2])).not.toBe(uniqueKey(['1', '2']));
    expect(uniqueKey(['true'])).not.toBe(uniqueKey([true]));
  });

  it('are none where a part is null', () => {
    expect(uniqueKey(['a', null])).toBeUndefined();
  });
});
