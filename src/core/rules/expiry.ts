/**
 * When a lot or serial expires, and what a day makes of that. The expiry date is the last good day (R28):
 * every list, picker, validator and report asks these functions, with the day that matters to it.
 */
import type { ItemLots } from '../model/inputs.ts';
import type { IsoDate } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import { addDays, daysBetween, firstDayOfMonth, lastDayOfMonth } from './calendar.ts';

/** To which day of its month a computed expiry is moved. */
export type ExpiryRounding = NonNullable<ItemLots['expiryRounding']>;

/**
 * The expiry of something that starts its shelf life on a day (R27).
 * @throws LedgerError `lot.expiryBeforeStart` when the first of the month falls before the start; it is never
 * moved up to it
 * @example expiryFrom('2026-01-31', 30, 'lastDayOfMonth') // '2026-03-31'
 */
export function expiryFrom(
  start: IsoDate,
  shelfLifeDays: number,
  rounding: ExpiryRounding = 'exact',
): IsoDate {
  const exact = addDays(start, shelfLifeDays);
  if (rounding === 'lastDayOfMonth') return lastDayOfMonth(exact);
  if (rounding === 'exact') return exact;
  const expiryDate = firstDayOfMonth(exact);
  if (expiryDate < start)
    throw new LedgerError('lot.expiryBeforeStart', { details: { expiryDate, startDate: start } });
  return expiryDate;
}

/** The dates a lot has besides its expiry, so many days from its start; null where the item counts none. */
export interface WatchedDates {
  readonly retestDate: IsoDate | null;
  readonly bestBefore: IsoDate | null;
  readonly removalDate: IsoDate | null;
}

/** What an item's settings make of a lot's start. */
export function watchedDates(start: IsoDate | null, lots: ItemLots | null | undefined): WatchedDates {
  const after = (days: number | null | undefined): IsoDate | null =>
    start === null || typeof days !== 'number' ? null : addDays(start, days);
  return {
    retestDate: after(lots?.retestDays),
    bestBefore: after(lots?.bestBeforeDays),
    removalDate: after(lots?.removalDays),
  };
}

/** Whether it is past its last good day; without an expiry never (R28, R30). */
export function isExpired(expiryDate: IsoDate | null, day: IsoDate): boolean {
  return expiryDate !== null && day > expiryDate;
}

/** Days from `day` to the last good day: 0 on it, negative after it, null without an expiry. */
export function daysLeft(expiryDate: IsoDate | null, day: IsoDate): number | null {
  return expiryDate === null ? null : daysBetween(day, expiryDate);
}
