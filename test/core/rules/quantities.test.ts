/** Exact quantities: steps, conversion between units, apportioning, sums. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, convert, formatSteps, sumDecimals, toSteps } from '../../../src/core/rules/quantities.ts';
import { holds } from './random.ts';

const pound = { num: 45_359_237, den: 100_000_000 };
const box = { num: 10, den: 1 };

describe('steps', () => {
  it.each([
    ['12.50', 2, 1250],
    ['12.5000000', 1, 125],
    ['0', 0, 0],
    ['007', 0, 7],
    ['3', 6, 3_000_000],
    ['0.000001', 6, 1],
    ['1.0', 0, 1],
    ['1.05', 1, 'quantity.precision'],
    ['0.0000001', 6, 'quantity.precision'],
    ['1000000000000000', 0, 1e15],
    ['1000000000000001', 0, 'quantity.tooLarge'],
    ['1000000000', 6, 1e15],
    ['1000000000.000001', 6, 'quantity.tooLarge'],
    ['9007199254740993', 0, 'quantity.tooLarge'],
    ['99999999999999999999999999', 0, 'quantity.tooLarge'],
    ['00000000000000000000000012', 2, 1200],
    ['00000000000000000000000000', 6, 0],
  ])('%s with %i decimals is %s', (value, decimals, expected) => {
    expect(toSteps(value, decimals)).toBe(expected);
  });

  it.each([
    [1250, 2, '12.5'],
    [454, 3, '0.454'],
    [-5, 1, '-0.5'],
    [-1200, 2, '-12'],
    [0, 6, '0'],
    [1, 6, '0.000001'],
    [-0, 2, '0'],
    [12_345_678_901_234_567_890n, 4, '1234567890123456.789'],
  ])('%s steps of %i decimals read %s', (steps, decimals, expected) => {
    expect(formatSteps(steps, decimals)).toBe(expected);
  });

  it('reads back what it wrote, for any steps and decimals', () => {
    holds(
      fc.property(fc.integer({ min: 0, max: 1e15 }), fc.integer({ min: 0, max: 6 }), (steps, decimals) => {
        expect(toSteps(formatSteps(steps, decimals), decimals)).toBe(steps);
        expect(formatSteps(-steps, decimals)).toBe(steps === 0 ? '0' : `-${formatSteps(steps, decimals)}`);
      }),
    );
  });
});

describe('alternative units', () => {
  it('R63 two boxes of ten are 20 pieces, 2.5 are 25, and 2.55 are no whole pieces', () => {
    expect(convert('2', box, 0)).toEqual({ steps: 20, exact: true });
    expect(convert('2.5', box, 0)).toEqual({ steps: 25, exact: true });
    expect(convert('2.55', box, 0)).toEqual({ steps: 26, exact: false });
    expect(convert('0.7', { num: 12, den: 1 }, 0)).toMatchObject({ exact: false });
  });

  it('R64 a converted quantity is rounded once, half up', () => {
    expect(convert('3', pound, 3)).toEqual({ steps: 1361, exact: false });
    expect(convert('1', { num: 1, den: 2 }, 0)).toEqual({ steps: 1, exact: false });
    expect(convert('0.5', { num: 1, den: 3 }, 2)).toEqual({ steps: 17, exact: false });
    expect(convert('3', { num: 1, den: 3 }, 6)).toEqual({ steps: 1_000_000, exact: true });
    // 0.1 + 0.2 in floating point would miss the half here
    expect(convert('1.005', { num: 1, den: 1 }, 2)).toEqual({ steps: 101, exact: false });
    expect(convert('1000000000000', { num: 1_000_000, den: 1 }, 6)).toBe('quantity.tooLarge');
  });

  it('R64 rows are apportioned, the residue on the last', () => {
    expect(apportion(['1', '1', '1'], pound, 3, 1361)).toEqual([454, 454, 453]);
    expect(apportion(['1', '1', '1', '1'], { num: 1, den: 3 }, 0, 1)).toEqual([0, 0, 0, 1]);
    expect(apportion(['2.5', '7.5'], box, 0, 100)).toEqual([25, 75]);
    expect(apportion([], box, 0, 0)).toEqual([]);
  });

  it('R64 no row becomes negative: what the last cannot bear is taken from those before', () => {
    expect(apportion(['0.5', '0.5', '0.5', '0.1'], { num: 1, den: 1 }, 0, 2)).toEqual([1, 1, 0, 0]);
    expect(apportion(['1', '1', '1', '0'], { num: 1, den: 2 }, 0, 2)).toEqual([1, 1, 0, 0]);
  });

  it('R64 the rows of any converted line sum to the line and are never negative', () => {
    const value = fc.integer({ min: 0, max: 10_000_000 }).map((steps) => formatSteps(steps, 3));
    const factor = fc.record({
      num: fc.integer({ min: 1, max: 1e6 }),
      den: fc.integer({ min: 1, max: 1e6 }),
    });
    holds(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 40 }),
        factor,
        fc.integer({ min: 0, max: 4 }),
        (values, unit, decimals) => {
          const line = convert(sumDecimals(values), unit, decimals);
          if (typeof line === 'string') return;
          const rows = apportion(values, unit, decimals, line.steps);
          expect(rows.reduce((sum, row) => sum + row, 0)).toBe(line.steps);
          expect(Math.min(...rows)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('sums of decimals', () => {
  it.each([
    [['0.1', '0.2'], '0.3'],
    [['60', '30'], '90'],
    [['0.454', '0.454', '0.453'], '1.361'],
    [['1.50', '1.5'], '3'],
    [[], '0'],
    [['99999999999999999999', '0.000000000001'], '99999999999999999999.000000000001'],
  ])('%j is %s', (values, expected) => {
    expect(sumDecimals(values)).toBe(expected);
  });
});
