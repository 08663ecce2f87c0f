/** Calendar arithmetic on plain dates, and which day today is in a zone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateParts,
  daysBetween,
  firstDayOfMonth,
  lastDayOfMonth,
  todayIn,
} from '../../../src/core/rules/calendar.ts';
import { refusal } from './errors.ts';
import { holds, someDate } from './random.ts';

describe('calendar arithmetic', () => {
  it.each([
    ['2026-01-31', 30, '2026-03-02'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2000-12-31', 1, '2001-01-01'],
    ['2001-03-01', -1, '2001-02-28'],
    ['1999-12-31', 36_500, '2099-12-06'],
    ['0001-01-01', 0, '0001-01-01'],
    ['9999-12-30', 1, '9999-12-31'],
  ])('%s and %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });

  it('agrees with the UTC calendar of the platform on any date', () => {
    holds(
      fc.property(someDate(100, 9800), fc.integer({ min: -36_000, max: 36_000 }), (date, days) => {
        const expected = new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000);
        expect(addDays(date, days)).toBe(expected.toISOString().slice(0, 10));
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
      1000,
    );
  });

  it('knows every month end of four centuries', () => {
    for (let year = 1800; year < 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        const first = `${year}-${String(month).padStart(2, '0')}-01`;
        const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
        expect(addDays(lastDayOfMonth(first), 1)).toBe(next);
        expect(firstDayOfMonth(lastDayOfMonth(first))).toBe(first);
      }
    }
  });

  it('takes a date apart', () => {
    expect(dateParts('0987-10-05')).toEqual({ year: 987, month: 10, day: 5 });
  });

  it('refuses to leave the years a date can have', () => {
    expect(refusal(() => addDays('9999-12-31', 1)).code).toBe('date.invalid');
    expect(refusal(() => addDays('0001-01-01', -1)).code).toBe('date.invalid');
  });
});

describe('today', () => {
  it.each([
    ['Europe/Rome', '2026-05-10T21:30:00Z', '2026-05-10'],
    ['Europe/Rome', '2026-05-10T22:00:00Z', '2026-05-11'],
    ['Europe/Rome', '2026-12-10T22:59:59Z', '2026-12-10'],
    ['Europe/Rome', '2026-12-10T23:00:00Z', '2026-12-11'],
    ['America/Los_Angeles', '2026-05-11T06:30:00Z', '2026-05-10'],
    ['Pacific/Kiritimati', '2026-05-10T10:00:00Z', '2026-05-11'],
    ['Asia/Kolkata', '2026-05-10T18:29:00Z', '2026-05-10'],
    ['Asia/Kolkata', '2026-05-10T18:30:00Z', '2026-05-11'],
    ['UTC', '2026-05-10T23:59:59.999Z', '2026-05-10'],
  ])('R29 in %s at %s it is %s', (zone, instant, expected) => {
    expect(todayIn(zone, new Date(instant))).toBe(expected);
  });

  it('R29 the day a clock change makes 23 or 25 hours long begins and ends at local midnight', () => {
    const instants = [
      '2026-03-28T22:59:00Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T21:59:00Z',
      '2026-03-29T22:00:00Z',
    ];
    expect(instants.map((at) => todayIn('Europe/Rome', new Date(at)))).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-29',
      '2026-03-30',
    ]);
    expect(todayIn('Europe/Rome', new Date('2026-10-25T22:59:00Z'))).toBe('2026-10-25');
    expect(todayIn('Europe/Rome', new Date('2026-10-25T23:00:00Z'))).toBe('2026-10-26');
  });

  it('R29 a remembered minute is never another zone’s or another minute’s', () => {
    const zones = ['Europe/Rome', 'Asia/Tokyo', 'America/New_York', 'Pacific/Auckland'];
    holds(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        (timeZone, now) => {
          const expected = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
          expect(todayIn(timeZone, now)).toBe(expected);
        },
      ),
    );
  });

  it('uses the zone of the machine when none is given, and refuses one that does not exist', () => {
    const now = new Date(2026, 4, 9, 23, 59);
    expect(todayIn(undefined, now)).toBe('2026-05-09');
    expect(refusal(() => todayIn('Europe/Atlantis', now))).toMatchObject({
      code: 'field.type',
      path: 'timeZone',
    });
  });
});
