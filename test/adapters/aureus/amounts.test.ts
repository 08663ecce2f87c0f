/** Quantities out of JSON: exact, shortest, added without a float between. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalsOf, negated, sumOf } from '../../../src/adapters/ledgers/aureus/amounts.ts';
import { htmlOfText, isFormatted, textOfHtml } from '../../../src/adapters/ledgers/aureus/texts.ts';

test('sums are exact', () => {
  expect(sumOf([0.1, 0.2])).toBe('0.3');
  expect(sumOf([1e21, 1, '-0.50'])).toBe('1000000000000000000000.5');
  expect(sumOf([1e-7, null, undefined])).toBe('0.0000001');
  expect(sumOf([])).toBe('0');
  expect(sumOf([-0.1, 0.1])).toBe('0');
  expect(negated('12.50')).toBe('-12.5');
  expect(() => sumOf(['ten'])).toThrow('did not answer');
});

test('a sum of hundredths is what whole numbers say', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 })), (hundredths) => {
      const sum = hundredths.reduce((all, each) => all + each, 0);
      expect(Math.round(Number(sumOf(hundredths.map((each) => each / 100))) * 100)).toBe(sum + 0);
    }),
  );
});

test('decimals of a unit by its rounding', () => {
  expect([1, '0.01', 0.001, '1e-9', null].map(decimalsOf)).toEqual([0, 2, 3, 6, 2]);
});

test('a text comes back from HTML as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      const text = typed.trim().replace(/\r\n?/g, '\n');
      expect(textOfHtml(htmlOfText(text)) ?? '').toBe(text);
      expect(isFormatted(htmlOfText(text))).toBe(false);
    }),
  );
});
