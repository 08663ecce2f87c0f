/**
 * What a text may be: how long, of which characters, a date, a quantity. Apart from the schemas, so that a page without the
 * engine loads no schema library for it.
 */
import type { ErrorCode } from '../ports/catalogue.ts';

/** Limits of rule R134 and of one command. */
export const limits = {
  code: 50,
  description: 200,
  note: 4000,
  reason: 1000,
  url: 2000,
  depth: 32,
  /** Lines, and rows of all lines together, in one posting. */
  lines: 20_000,
  rows: 100_000,
  /** Values of one `in`, and filters of one question. */
  values: 10_000,
  filters: 100,
  /** Characters of all texts of one command. */
  size: 8_000_000,
} as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL_IN_NOTES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
// a lone half of a surrogate pair; `String.isWellFormed` is younger than our browsers
const ILL_FORMED = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const length = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** The code of the first thing wrong with a text, or undefined. */
export function textProblem(text: string, max: number, multiline = false): ErrorCode | undefined {
  if (ILL_FORMED.test(text) || (multiline ? CONTROL_IN_NOTES : CONTROL).test(text)) return 'field.characters';
  if (text.length > max && length(text) > max) return 'field.tooLong';
  return undefined;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether a text is a real calendar date `YYYY-MM-DD`, from 0001-01-01. */
export function isIsoDate(value: string): boolean {
  const match = DATE.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

/** How a quantity is written. */
export const QUANTITY = /^\d+(\.\d+)?$/;

/** The code of what is wrong with a quantity as typed, its unit's decimals aside; or undefined. */
export function quantityProblem(value: string | number): ErrorCode | undefined {
  if (Object.is(value, -0)) return 'quantity.format';
  const typed = String(value);
  if (QUANTITY.test(typed)) return typed.length > 40 ? 'quantity.tooLarge' : undefined;
  return /^-\d+(\.\d+)?$/.test(typed) ? 'quantity.negative' : 'quantity.format';
}
