/**
 * Local calendar dates as `YYYY-MM-DD` texts, which compare and sort as they stand. Counting days is integer
 * arithmetic on the Gregorian calendar: no `Date`, so no time zone and no daylight saving can shift a day
 * (R29). Only {@link todayIn} looks at an instant, and it is given one.
 */
import type { IsoDate } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';

/** A date in numbers: month 1–12, day 1–31. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/**
 * The numbers of a date. The date is taken to be a real one (see `isIsoDate`).
 * @example dateParts('2026-11-22') // { year: 2026, month: 11, day: 22 }
 */
export function dateParts(date: IsoDate): DateParts {
  return {
    year: digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3),
    month: digit(date, 5) * 10 + digit(date, 6),
    day: digit(date, 8) * 10 + digit(date, 9),
  };
}

// The year is counted from March, so that a leap day is the last day of its year; 146,097 days make 400
// years, and 153 days make any five months from March on.
function dayNumber({ year, month, day }: DateParts): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return y * 365 + leaps + Math.floor((153 * m + 2) / 5) + day;
}

function fromDayNumber(number: number): IsoDate {
  const n = number - 1;
  const era = Math.floor(n / 146_097);
  const inEra = n - era * 146_097;
  const years = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const m = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  return written(era * 400 + years + (month <= 2 ? 1 : 0), month, day);
}

function written(year: number, month: number, day: number): IsoDate {
  if (year < 1 || year > 9999) throw new LedgerError('date.invalid', { details: { year } });
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/**
 * The date `n` days later, or earlier when `n` is negative.
 * @throws LedgerError `date.invalid` when it would lie outside the years 1 to 9999
 * @example addDays('2026-01-31', 30) // '2026-03-02'
 */
export function addDays(date: IsoDate, n: number): IsoDate {
  return fromDayNumber(dayNumber(dateParts(date)) + n);
}

/**
 * Days from one date to another; negative when `to` is earlier.
 * @example daysBetween('2026-02-27', '2026-03-01') // 2
 */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return from === to ? 0 : dayNumber(dateParts(to)) - dayNumber(dateParts(from));
}

/** The first day of the date's month. */
export function firstDayOfMonth(date: IsoDate): IsoDate {
  return `${date.slice(0, 8)}01`;
}

/** The last day of the date's month: 28 to 31. */
export function lastDayOfMonth(date: IsoDate): IsoDate {
  const { year, month } = dateParts(date);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days =
    month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return `${date.slice(0, 8)}${days}`;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  minute: number;
  date: IsoDate;
}

// One answer per zone is kept for a minute: zones change the date on whole minutes, and asking `Intl` costs
// a hundred times what a whole posting may.
const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    try {
      const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
        timeZone,
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
      });
      zone = { format, minute: Number.NaN, date: '' };
    } catch {
      throw new LedgerError('field.type', { path: 'timeZone', details: { expected: 'an IANA time zone' } });
    }
    zones.set(timeZone, zone);
  }
  return zone;
}

/**
 * The calendar date at an instant in a time zone (R29).
 * @param timeZone an IANA name such as `Europe/Rome`; undefined = the zone of this machine
 * @throws LedgerError `field.type` for a zone that does not exist
 * @example todayIn('Europe/Rome', new Date('2026-05-10T22:30:00Z')) // '2026-05-11'
 */
export function todayIn(timeZone: string | undefined, now: Date): IsoDate {
  if (timeZone === undefined) return written(now.getFullYear(), now.getMonth() + 1, now.getDate());
  const zone = zoneOf(timeZone);
  const minute = Math.floor(now.getTime() / 60_000);
  if (zone.minute !== minute) {
    const parts: Record<string, string> = {};
    for (const { type, value } of zone.format.formatToParts(now)) parts[type] = value;
    zone.date = written(Number(parts.year), Number(parts.month), Number(parts.day));
    zone.minute = minute;
  }
  return zone.date;
}
