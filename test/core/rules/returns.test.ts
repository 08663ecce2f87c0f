/** What of a delivery may still come back: counted against a plain sum. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addReturned, type Moved, returnable, tradedBy } from '../../../src/core/rules/returns.ts';
import { holds } from './random.ts';

const row = (lot: string, quantity: number): Moved['lots'][number] => ({
  lot,
  code: lot,
  quantity,
  location: null,
  startDate: null,
  expiryDate: null,
  supplierLot: null,
  note: null,
});
const piece = (serial: string, lot: string | null): Moved['serials'][number] => ({
  serial,
  code: serial,
  lot,
  lotCode: lot,
  location: null,
});
const line = (lots: Moved['lots'], serials: Moved['serials'] = [], quantity = 0): Moved => ({
  lots,
  serials,
  quantity,
  decimals: 0,
});

test('R81 rows of one lot at several places are one, pieces are counted by themselves', () => {
  const moved = line([row('l1', 2), row('l2', 1), row('l1', 1)], [piece('s1', 'l1'), piece('s2', 'l2')]);
  expect(tradedBy(moved)).toEqual([
    { lot: 'l1', serial: null, quantity: 3 },
    { lot: 'l2', serial: null, quantity: 1 },
    { lot: 'l1', serial: 's1', quantity: 1 },
    { lot: 'l2', serial: 's2', quantity: 1 },
  ]);
  expect(tradedBy(line([], [], 7))).toEqual([{ lot: null, serial: null, quantity: 7 }]);
  expect(tradedBy(line([]))).toEqual([]);
});

test('R81 what came back and was taken back again leaves no trace', () => {
  const moved = line([row('l1', 2)]);
  const once = addReturned([], moved);
  expect(addReturned(once, moved, -1)).toEqual([]);
  expect(returnable(line([row('l1', 5)]), once)({ lot: 'l1', serial: null })).toEqual({
    delivered: 5,
    returned: 2,
    left: 3,
  });
  expect(returnable(moved, once)({ lot: 'l9', serial: null })).toEqual({
    delivered: 0,
    returned: 0,
    left: 0,
  });
});

test('R81 returns and their reversals in any order leave what a plain sum leaves', () => {
  const lots = ['a', 'b', 'c'];
  const change = fc.record({
    lot: fc.constantFrom(...lots),
    steps: fc.integer({ min: 1, max: 4 }),
    back: fc.boolean(),
  });
  holds(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const sums = new Map(lots.map((lot) => [lot, 0]));
      let returned: ReturnType<typeof addReturned> = [];
      for (const { lot, steps, back } of changes) {
        const sum = sums.get(lot) ?? 0;
        const sign = back && sum >= steps ? -1 : 1;
        sums.set(lot, sum + sign * steps);
        returned = addReturned(returned, line([row(lot, steps)]), sign);
      }
      const rest = returnable(line(lots.map((lot) => row(lot, 200))), returned);
      for (const [lot, sum] of sums) expect(rest({ lot, serial: null }).left).toBe(200 - sum);
      expect(returned.every(({ quantity }) => quantity !== 0)).toBe(true);
    }),
  );
});
