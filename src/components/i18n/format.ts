/**
 * Numbers, dates and messages in the reader's language. Quantities stay decimal strings and are formatted
 * digit by digit, so that nothing is lost on the way; dates are calendar dates without a zone; moments are
 * shown in the ledger's zone.
 */
import { type Catalogue, choose, fill, type Message, type MessageKey, type Values } from './catalogue.ts';
import { type ExpirySeverity, type ExpiryTerms, expiryDays, expirySeverity, lifeLeft } from './expiry.ts';

/** What the wire calls a decimal; anything else is shown as it stands. */
const DECIMAL = /^-?\d+(\.\d*)?$/;
const MINUS = '\u2212';
/** From here on, words count months, and from two years on, years. */
const MONTHS_FROM = 90;
const YEARS_FROM = 730;

/** A quantity in pieces, so that a table can align points and quieten decimals. */
export interface QuantityParts {
  readonly sign: string;
  readonly whole: string;
  /** Point and decimals, `''` where the unit has none. */
  readonly fraction: string;
  readonly zero: boolean;
}

/** What a cell says of an expiry date. */
export interface ExpiryWords {
  readonly date: string;
  readonly words: string;
  /** The full sentence, for titles and screen readers. */
  readonly sentence: string;
  readonly severity: ExpirySeverity;
  /** Percent of shelf life left, 6 to 100; null where it is not known. */
  readonly left: number | null;
}

/** Bare `en` and unknown tags get day-first dates, as the visual language asks. */
const dateLocale = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

const utc = (iso: string): Date => new Date(`${iso}T00:00:00Z`);

/** A calendar date that exists; `2026-02-31` is none. */
const isDay = (iso: string): boolean => {
  const date = utc(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
};

/** Whether there is a time zone of this name; the reader's own where none is named. */
export function isZone(name: string | undefined): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export class Format {
  readonly locale: string;
  readonly timeZone: string | undefined;
  readonly #catalogue: Catalogue;
  readonly #labels: Partial<Record<MessageKey, Message>>;
  readonly #made = new Map<string, unknown>();

  constructor(
    locale: string,
    catalogue: Catalogue,
    options: {
      timeZone?: string | undefined;
      labels?: Partial<Record<MessageKey, Message>> | undefined;
    } = {},
  ) {
    this.locale = locale;
    this.timeZone = isZone(options.timeZone) ? options.timeZone : undefined;
    this.#catalogue = catalogue;
    this.#labels = options.labels ?? {};
  }

  #once<T>(name: string, make: () => T): T {
    const found = this.#made.get(name);
    if (found !== undefined) return found as T;
    const made = make();
    this.#made.set(name, made);
    return made;
  }

  get #integers(): Intl.NumberFormat {
    return this.#once(
      'integers',
      () => new Intl.NumberFormat(this.locale, { maximumFractionDigits: 0, useGrouping: 'always' }),
    );
  }

  get #plurals(): Intl.PluralRules {
    return this.#once('plurals', () => new Intl.PluralRules(this.locale));
  }

  /** The decimal point of this language. */
  get point(): string {
    return this.#once('point', () => {
      const parts = new Intl.NumberFormat(this.locale).formatToParts(1.5);
      return parts.find((part) => part.type === 'decimal')?.value ?? '.';
    });
  }

  /** The ten digits of this language's numerals. */
  get digits(): readonly string[] {
    return this.#once('digits', () => {
      const plain = new Intl.NumberFormat(this.locale, { useGrouping: false });
      return Array.from({ length: 10 }, (_, digit) => plain.format(digit));
    });
  }

  /**
   * A message by key. A number among the values is formatted; `n` also chooses the plural form.
   *
   * @example format.text('lots.open', { n: 1284 }) // '1,284 open lots'
   */
  text(key: MessageKey, values: Values = {}): string {
    const message: Message = this.#labels[key] ?? this.#catalogue.messages[key];
    const n = typeof values.n === 'number' ? values.n : undefined;
    return fill(choose(message, n, this.#plurals), this.#ready(values));
  }

  /** Whether a text of this name exists; for keys made of data, as `intent.sale`. */
  has(key: string): key is MessageKey {
    return Object.hasOwn(this.#catalogue.messages, key) || Object.hasOwn(this.#labels, key);
  }

  /** A text whose key is made of data, or the data itself where there is none. */
  word(prefix: string, value: string): string {
    const key = `${prefix}.${value}`;
    return this.has(key) ? this.text(key) : value;
  }

  #ready(values: Values): Values {
    const ready: Record<string, string | null | undefined> = {};
    for (const [name, value] of Object.entries(values)) {
      ready[name] = typeof value === 'number' ? this.number(value) : value;
    }
    return ready;
  }

  /** The sentence of an error code, its details formatted; the fallback where the code is unknown. */
  problem(code: string, details: Readonly<Record<string, unknown>> = {}, fallback = code): string {
    const errors: Readonly<Record<string, string>> = this.#catalogue.errors;
    const sentence = Object.hasOwn(errors, code) ? errors[code] : undefined;
    if (sentence === undefined) return fallback;
    const values: Record<string, string | undefined> = {};
    for (const [name, value] of Object.entries(details)) values[name] = this.#detail(name, value);
    return fill(sentence, values);
  }

  #detail(name: string, value: unknown): string | undefined {
    if (value === null || value === undefined) return undefined;
    if (typeof value === 'number') return this.number(value);
    if (typeof value !== 'string') return undefined;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return this.date(value);
    if (quantityDetails.has(name) && /^-?\d+(\.\d+)?$/.test(value)) return this.quantity(value);
    return value;
  }

  /** A count: `1,284`. */
  number(value: number): string {
    return this.#integers.format(value);
  }

  /** A canonical decimal string in pieces, padded to the unit's decimals; exact at any length. */
  quantityParts(value: string, decimals = 0): QuantityParts {
    if (!DECIMAL.test(value)) return { sign: '', whole: value, fraction: '', zero: false };
    const negative = value.startsWith('-');
    const [whole = '0', given = ''] = (negative ? value.slice(1) : value).split('.');
    const digits = given.padEnd(decimals, '0');
    const zero = !/[1-9]/.test(whole + digits);
    const local = [...digits].map((digit) => this.digits[Number(digit)] ?? digit).join('');
    return {
      sign: negative && !zero ? MINUS : '',
      whole: this.#integers.format(BigInt(whole)),
      fraction: digits === '' ? '' : this.point + local,
      zero,
    };
  }

  /** A quantity as one text: `6,240`, `184.250`, `−600`. `signed` shows a plus too. */
  quantity(value: string, decimals = 0, options: { signed?: boolean } = {}): string {
    const parts = this.quantityParts(value, decimals);
    const sign = parts.sign || (options.signed && !parts.zero ? '+' : '');
    return sign + parts.whole + parts.fraction;
  }

  #dates(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.#once(`date:${name}`, () => new Intl.DateTimeFormat(dateLocale(this.locale), options));
  }

  /** A moment; what is none is given back. */
  #at(name: string, options: Intl.DateTimeFormatOptions, at: string | Date): string {
    const date = new Date(at);
    return Number.isNaN(date.getTime()) ? String(at) : this.#dates(name, options).format(date);
  }

  /** A calendar date, medium with a two-digit day: `06 Dec 2026`. What is no date is given back. */
  date(iso: string): string {
    if (!isDay(iso)) return iso;
    const options = { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
    return this.#dates('medium', options).format(utc(iso));
  }

  /** A month of a year, in words: `December 2026`. */
  month(yearMonth: string): string {
    if (!isDay(`${yearMonth}-01`)) return yearMonth;
    const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
    return this.#dates('month', options).format(utc(`${yearMonth}-01`));
  }

  /** A calendar date in full, for titles: `6 December 2026`. */
  longDate(iso: string): string {
    if (!isDay(iso)) return iso;
    return this.#dates('long', { dateStyle: 'long', timeZone: 'UTC' }).format(utc(iso));
  }

  /** A moment with its day, in the ledger's zone: `21 Nov, 16:40`. */
  moment(at: string | Date): string {
    const options = { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
    return this.#at('moment', { ...options, timeZone: this.timeZone }, at);
  }

  /** A moment with its year and, for "as of", seconds: `22 Nov 2026, 10:00:07`. */
  exactMoment(at: string | Date): string {
    const day = { day: '2-digit', month: 'short', year: 'numeric' } as const;
    const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    return this.#at('exact', { ...day, ...time, timeZone: this.timeZone }, at);
  }

  /** The time of day: `09:52`. */
  time(at: string | Date): string {
    const options = { hour: '2-digit', minute: '2-digit', timeZone: this.timeZone } as const;
    return this.#at('time', options, at);
  }

  /** Words for a distance in days: `in 19 d`, `last day`, `3 d ago`, `in 5 mo`. */
  distance(days: number): string {
    if (days === 0) return this.text('expiry.lastDay');
    if (days === 1) return this.text('expiry.tomorrow');
    if (days === -1) return this.text('expiry.yesterday');
    const far = Math.abs(days);
    const ahead = days > 0;
    if (far < MONTHS_FROM) return this.text(ahead ? 'expiry.inDays' : 'expiry.daysAgo', { n: far });
    if (far < YEARS_FROM) {
      return this.text(ahead ? 'expiry.inMonths' : 'expiry.monthsAgo', { n: Math.round(far / 30.44) });
    }
    return this.text(ahead ? 'expiry.inYears' : 'expiry.yearsAgo', { n: Math.round(far / 365.25) });
  }

  /** Everything an expiry cell shows; `quiet` = nothing in stock or closed, so no alarm. */
  expiry(date: string, today: string, terms: ExpiryTerms = {}, quiet = false): ExpiryWords {
    if (!isDay(date)) return { date, words: '', sentence: date, severity: 'plain', left: null };
    const days = expiryDays(date, today);
    const long = this.longDate(date);
    const full =
      days > 0
        ? this.text('expiry.full', { date: long, n: days, of: terms.shelfLifeDays ?? null })
        : days === 0
          ? this.text('expiry.fullToday', { date: long })
          : this.text('expiry.fullPast', { date: long, n: -days });
    return {
      date: this.date(date),
      words: this.distance(days),
      sentence: full,
      severity: quiet ? 'quiet' : expirySeverity(days, terms),
      left: lifeLeft(days, terms.shelfLifeDays),
    };
  }
}

/** Names of error details that are quantities. */
const quantityDetails: ReadonlySet<string> = new Set([
  'available',
  'asked',
  'difference',
  'expected',
  'given',
  'onHand',
  'quantity',
  'shortage',
]);
