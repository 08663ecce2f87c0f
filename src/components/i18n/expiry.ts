/** How urgent an expiry is: days to go, its severity by the item's own limits, the shelf life left. */

/** The item's limits, all in days; absent where the item has none. */
export interface ExpiryTerms {
  readonly shelfLifeDays?: number | null | undefined;
  readonly warnDays?: number | null | undefined;
  readonly blockDays?: number | null | undefined;
}

/** `past` is over; `block` and `warn` are within the item's days; `quiet` has nothing in stock. */
export type ExpirySeverity = 'past' | 'block' | 'warn' | 'plain' | 'quiet';

const DAY_MS = 86_400_000;
/** The life line never vanishes while there is life. */
const MIN_PERCENT = 6;

/** Today in a zone by this machine's clock: for a screen that the ledger has not told the day yet. */
export const todayIn = (timeZone: string | undefined): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());

/** Days from today to an expiry date; negative when past. The expiry day itself is still good. */
export function expiryDays(date: string, today: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS);
}

export function expirySeverity(days: number, terms: ExpiryTerms): ExpirySeverity {
  if (days < 0) return 'past';
  if (terms.blockDays != null && days <= terms.blockDays) return 'block';
  if (terms.warnDays != null && days <= terms.warnDays) return 'warn';
  return 'plain';
}

/** Percent of the shelf life that is left, for the life line; null without a shelf life or when past. */
export function lifeLeft(days: number, shelfLifeDays: number | null | undefined): number | null {
  if (!shelfLifeDays || days < 0) return null;
  return Math.min(100, Math.max(MIN_PERCENT, Math.round((days / shelfLifeDays) * 100)));
}
