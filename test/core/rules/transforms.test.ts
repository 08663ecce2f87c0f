/** What lots made of lots may be: strictness of statuses, earliest dates, exact conversion. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Intent, intents, type LotStatusInput } from '../../../src/core/model/inputs.ts';
import { earliest, inUnitsOf, isLater, ratioBetween, strictest } from '../../../src/core/rules/transforms.ts';
import { statusVerdict } from '../../../src/core/rules/usability.ts';
import { holds, someDate } from './random.ts';

const words = ['allow', 'warn', 'deny'] as const;
const level = (status: LotStatusInput | null, intent: Intent): number =>
  words.indexOf(statusVerdict(status, intent));

const status: fc.Arbitrary<LotStatusInput | null> = fc.option(
  fc.record({
    code: fc.constantFrom('A', 'B', 'C'),
    available: fc.boolean(),
    intents: fc.dictionary(fc.constantFrom(...intents), fc.constantFrom(...words), { maxKeys: 3 }),
  }),
);

test('R93 the strictest status is nowhere milder than either, and there is none where each is stricter somewhere', () => {
  holds(
    fc.property(status, status, (a, b) => {
      const both = strictest(a, b);
      const stricter = (x: typeof a, y: typeof a): boolean =>
        intents.some((intent) => level(x, intent) > level(y, intent)) ||
        (x?.available === false && y?.available !== false);
      expect(both === undefined).toBe(stricter(a, b) && stricter(b, a));
      if (both !== undefined) expect(stricter(a, both) || stricter(b, both)).toBe(false);
    }),
    1000,
  );
});

test('R92 the earliest day is none of the later ones, and never is the latest', () => {
  holds(
    fc.property(fc.array(fc.option(someDate()), { minLength: 1 }), (dates) => {
      const first = earliest(dates);
      expect(dates).toContain(first);
      for (const date of dates) expect(isLater(first, date)).toBe(false);
    }),
  );
  expect([isLater(null, '2026-01-01'), isLater('2026-01-01', null), isLater(null, null)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('R91 units convert through one both items know, exactly', () => {
  const kilo = { unit: { code: 'KG', decimals: 3 }, alternativeUnits: [{ code: 'BAG', num: 25, den: 1 }] };
  const pound = {
    unit: { code: 'lb', decimals: 2 },
    alternativeUnits: [{ code: 'kg', num: 100_000_000, den: 45_359_237 }],
  };
  const sack = { unit: { code: 'SACK', decimals: 0 }, alternativeUnits: [{ code: 'bag', num: 1, den: 2 }] };
  expect(ratioBetween(kilo, kilo)).toEqual({ num: 1n, den: 1n });
  expect(ratioBetween(kilo, pound)).toEqual({ num: 100_000_000n, den: 45_359_237n });
  expect(ratioBetween(kilo, sack)).toEqual({ num: 1n, den: 50n });
  expect(ratioBetween(pound, sack)).toBeUndefined();
});

test('R64 R91 a conversion is rounded once, half up, and neither to nothing nor beyond what counts exactly', () => {
  const one = { num: 1n, den: 1n };
  expect([
    inUnitsOf(1499, 3, one, 0),
    inUnitsOf(1500, 3, one, 0),
    inUnitsOf(7, 0, { num: 1n, den: 3n }, 2),
  ]).toEqual([1, 2, 233]);
  expect(inUnitsOf(4, 1, one, 0)).toBe('quantity.zero');
  expect(inUnitsOf(10 ** 15, 0, one, 1)).toBe('quantity.tooLarge');
  holds(
    fc.property(
      fc.integer({ min: 1, max: 10 ** 9 }),
      fc.bigInt(1n, 10n ** 12n),
      fc.bigInt(1n, 10n ** 12n),
      (steps, num, den) => {
        const there = inUnitsOf(steps, 2, { num, den }, 6);
        if (typeof there !== 'number') return;
        // what it was is within half a step of what it became
        const exact = BigInt(steps) * num * 10_000n;
        const off = 2n * (BigInt(there) * den - exact);
        expect(off <= den && off > -den).toBe(true);
      },
    ),
  );
});
