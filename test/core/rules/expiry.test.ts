/** Expiry from shelf life, and whether a day is past it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysLeft, expiryFrom, isExpired } from '../../../src/core/rules/expiry.ts';
import { refusal } from './errors.ts';
import { holds, someDate } from './random.ts';

describe('expiry dates', () => {
  it.each([
    ['2026-01-31', 30, 'exact', '2026-03-02'],
    ['2026-01-31', 30, 'lastDayOfMonth', '2026-03-31'],
    ['2026-01-31', 30, 'firstDayOfMonth', '2026-03-01'],
    ['2028-01-30', 30, 'exact', '2028-02-29'],
    ['2028-01-15', 30, 'lastDayOfMonth', '2028-02-29'],
    ['2026-11-21', 0, 'exact', '2026-11-21'],
    ['2026-11-01', 0, 'firstDayOfMonth', '2026-11-01'],
    ['2026-12-31', 365, 'lastDayOfMonth', '2027-12-31'],
  ] as const)('R27 %s and %i days, %s, is %s', (start, days, rounding, expected) => {
    expect(expiryFrom(start, days, rounding)).toBe(expected);
  });

  it('R27 a first of the month before the start is refused, never clamped', () => {
    expect(refusal(() => expiryFrom('2026-03-20', 5, 'firstDayOfMonth'))).toMatchObject({
      code: 'lot.expiryBeforeStart',
      details: { expiryDate: '2026-03-01', startDate: '2026-03-20' },
    });
    expect(refusal(() => expiryFrom('2028-02-02', 27, 'firstDayOfMonth')).code).toBe('lot.expiryBeforeStart');
  });

  it('R28 the expiry is the last good day, R30 without one nothing ever expires', () => {
    expect(isExpired('2026-05-10', '2026-05-10')).toBe(false);
    expect(isExpired('2026-05-10', '2026-05-11')).toBe(true);
    expect(isExpired('2026-12-31', '2027-01-01')).toBe(true);
    expect(isExpired(null, '9999-12-31')).toBe(false);
    expect(daysLeft(null, '2026-05-10')).toBeNull();
    expect(daysLeft('2026-05-10', '2026-05-10')).toBe(0);
    expect(daysLeft('2026-05-10', '2026-05-12')).toBe(-2);
  });

  it('R28 something is expired exactly when no day is left', () => {
    holds(
      fc.property(someDate(), someDate(), (expiry, day) => {
        expect(isExpired(expiry, day)).toBe((daysLeft(expiry, day) ?? 0) < 0);
      }),
    );
  });
});
