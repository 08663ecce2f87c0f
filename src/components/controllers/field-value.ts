/**
 * What is typed into a field and what it means: three values of one thing. The text somebody sees, in the
 * reader's language; the wire value, free of any language; and, for a text that cannot be read, what is wrong
 * with it. Such a text stays in the field, and has no wire value.
 */
import type { Format } from '../i18n/format.ts';
import { parseDate, parseQuantity } from '../i18n/parse.ts';

/** What a field takes. A `quantity` is not negative and has a unit's decimals; a `number` is any decimal. */
export type FieldKind = 'text' | 'quantity' | 'number' | 'date';

/** What a text is read with. */
export interface ReadOptions {
  readonly format: Format;
  /** Two-digit years lie around it, and a date without a year is of this one. */
  readonly today: string;
  /** The most decimals; as many as there are where it is not said. */
  readonly decimals?: number | undefined;
  readonly unit?: string | undefined;
}

/** A text that was read: its wire value, `''` for none; or why it has none. */
export interface Reading {
  readonly value: string;
  /** A sentence, and the flag of a form's validity it stands for. */
  readonly problem?: { readonly flag: 'badInput' | 'stepMismatch' | 'rangeUnderflow'; readonly text: string };
}

function readNumber(kind: FieldKind, text: string, o: ReadOptions): Reading {
  const { format, decimals, unit } = o;
  const parsed = parseQuantity(text, format.locale);
  if (!parsed.ok) return { value: '', problem: { flag: 'badInput', text: format.text('field.notNumber') } };
  if (kind === 'quantity' && parsed.value.startsWith('-') && /[1-9]/.test(parsed.value))
    return { value: '', problem: { flag: 'rangeUnderflow', text: format.problem('quantity.negative') } };
  const given = parsed.value.split('.')[1]?.length ?? 0;
  if (decimals === undefined || given <= decimals) return { value: parsed.value };
  const sentence = unit
    ? format.text(decimals === 0 ? 'field.noDecimals' : 'field.decimals', { unit, n: decimals })
    : format.text(decimals === 0 ? 'field.wholeNumber' : 'field.atMostDecimals', { n: decimals });
  return { value: '', problem: { flag: 'stepMismatch', text: sentence } };
}

/**
 * Reads what was typed.
 * @example readField('quantity', '1.234,5', { format, today }) // Italian: { value: '1234.5' }
 */
export function readField(kind: FieldKind, text: string, o: ReadOptions): Reading {
  if (kind === 'text') return { value: text };
  if (text.trim() === '') return { value: '' };
  if (kind !== 'date') return readNumber(kind, text, o);
  const parsed = parseDate(text, o.format.locale, o.today);
  if (parsed.ok) return { value: parsed.value };
  const key = parsed.problem === 'noSuchDay' ? 'field.noSuchDay' : 'field.notDate';
  return { value: '', problem: { flag: 'badInput', text: o.format.text(key) } };
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A wire value as somebody of this language would write it; what is no such value is shown as it is. */
export function shownText(kind: FieldKind, value: string, format: Format): string {
  if (value === '' || kind === 'text') return value;
  if (kind === 'date') return format.date(value);
  return DECIMAL.test(value) ? format.quantity(value) : value;
}

/** Today in the zone of the ledger, or of the browser. */
export function todayIn(timeZone: string | undefined, now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(now);
}
