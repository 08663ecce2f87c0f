/** Moments of Aureus as days and moments of ours; a day is one in the zone Aureus is set to. */

const PLAIN_DAY = /^(\d{4}-\d{2}-\d{2})(?:[ T]\d{2}:\d{2}:\d{2}(?:\.\d+)?)?$/;

/** Days of one zone. */
export class Days {
  readonly #format: Intl.DateTimeFormat;

  /** @param zone IANA name, as `app.timezone` of the installation says */
  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  }

  #day(moment: Date): string {
    const parts = new Map(this.#format.formatToParts(moment).map(({ type, value }) => [type, value]));
    return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
  }

  today(): string {
    return this.#day(new Date());
  }

  /** The day of a moment; null where there is none. A moment without a zone is already one of this zone. */
  of(value: unknown): string | null {
    if (typeof value !== 'string') return null;
    const plain = PLAIN_DAY.exec(value)?.[1];
    if (plain !== undefined) return plain;
    const moment = new Date(value);
    return Number.isNaN(moment.getTime()) ? null : this.#day(moment);
  }
}

/** Days from one to another, `YYYY-MM-DD`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** Milliseconds of a moment; 0 where there is none. */
export function millisOf(value: unknown): number {
  const millis = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(millis) ? 0 : millis;
}

/** A moment as ours are written. */
export const momentOf = (value: unknown): string => new Date(millisOf(value)).toISOString();
