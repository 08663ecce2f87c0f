/**
 * Quantities and numbers in the filter row: `10`, `1.234,5`, `>10`, `<=5`, `10..20`, `>10 <=20`, `1;2;3`.
 * Filters have inclusive ends; an open end is the next value there can be, since no unit has more than six
 * decimals.
 */
import type { FilterValue } from '../../core.ts';
import { parseQuantity } from '../../i18n/parse.ts';
import { type Comparisons, type FilterParsed, failed, read, type Side, unread } from './filter-field.ts';

/** Decimals of the finest unit. */
const DECIMALS = 6;
const STEP = 10n ** BigInt(DECIMALS);

/** A canonical decimal as whole steps; null where it is finer than any unit. */
function stepsOf(value: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  const fraction = match?.[3] ?? '';
  if (match === null || fraction.length > DECIMALS) return null;
  const steps = BigInt(match[2] ?? '0') * STEP + BigInt(fraction.padEnd(DECIMALS, '0') || '0');
  return match[1] === '-' ? -steps : steps;
}

function decimalOf(steps: bigint): string {
  const size = steps < 0n ? -steps : steps;
  const fraction = String(size % STEP)
    .padStart(DECIMALS, '0')
    .replace(/0+$/, '');
  return `${steps < 0n ? '-' : ''}${size / STEP}${fraction === '' ? '' : `.${fraction}`}`;
}

const shifted = (value: string, by: bigint): string | null => {
  const steps = stepsOf(value);
  return steps === null ? null : decimalOf(steps + by);
};

interface NumberKind {
  /** In wire form: a decimal text, or a number. */
  readonly wire: (value: string) => string | number;
  readonly negative: boolean;
  readonly locale: string;
}

function one(text: string, kind: NumberKind, open: 0n | 1n | -1n = 0n): Side {
  const parsed = parseQuantity(text, kind.locale);
  if (!parsed.ok) return { problem: 'notNumber' };
  const value = open === 0n ? parsed.value : shifted(parsed.value, open);
  if (value === null || (value.startsWith('-') && !kind.negative)) return { problem: 'notNumber' };
  return kind.wire(value);
}

const bound = /(>=|<=|≥|≤|>|<)([^<>≤≥]*)/g;

/** `>10 <=20` as the ends it names; null where something else stands between them. */
function bounds(text: string, kind: NumberKind): { from?: Side; to?: Side } | null {
  const found = [...text.matchAll(bound)];
  if (found.length === 0 || found.length > 2 || found.map(([all]) => all).join('') !== text) return null;
  const ends: { from?: Side; to?: Side } = {};
  for (const [, mark = '', number = ''] of found) {
    const lower = mark.startsWith('>') || mark === '≥';
    const open = mark === '>' ? 1n : mark === '<' ? -1n : 0n;
    const end = lower ? 'from' : 'to';
    if (ends[end] !== undefined) return null;
    ends[end] = one(number, kind, open);
  }
  return ends;
}

function ranged(from: Side | undefined, to: Side | undefined): FilterParsed {
  if (failed(from)) return unread(from.problem);
  if (failed(to)) return unread(to.problem);
  if (from !== undefined && to !== undefined && Number(from) > Number(to)) return unread('emptyRange');
  return read({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
}

/** A text that is neither empty nor one of the marks for empty and not empty. */
export function parseNumbers(text: string, type: 'quantity' | 'number', locale: string): FilterParsed {
  const kind: NumberKind =
    type === 'number'
      ? { wire: Number, negative: true, locale }
      : { wire: (value) => value, negative: false, locale };
  const typed = text.startsWith('=') ? text.slice(1) : text;
  const ends = bounds(typed, kind);
  if (ends !== null) return ranged(ends.from, ends.to);
  const range = /^(.*?)\.\.(.*)$/.exec(typed);
  if (range) {
    const [from = '', to = ''] = range.slice(1).map((part) => part.trim());
    if (from === '' && to === '') return unread('notNumber');
    return ranged(from === '' ? undefined : one(from, kind), to === '' ? undefined : one(to, kind));
  }
  const values = typed.split(';').map((part) => one(part, kind));
  const wrong = values.find(failed);
  if (wrong) return unread(wrong.problem);
  return read(values.length === 1 ? (values[0] as string | number) : { in: values as (string | number)[] });
}

/** A number of the wire as it is typed in a language, without grouping. */
function typedNumber(value: string | number, locale: string): string {
  const point = new Intl.NumberFormat(locale)
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal')?.value;
  return plainText(value).replace('.', point ?? '.');
}

/** Without an exponent, which nobody types. */
const plainText = (value: string | number): string => {
  const text = String(value);
  if (!/e/i.test(text)) return text;
  return Number(value)
    .toFixed(DECIMALS)
    .replace(/\.?0+$/, '');
};

/** Whether an end is an open one: the step after, or before, a rounder number. */
function openEnd(value: string | number, by: 1n | -1n): string | null {
  const steps = stepsOf(plainText(value));
  if (steps === null) return null;
  const rest = ((steps % STEP) + STEP) % STEP;
  return rest === (by === 1n ? 1n : STEP - 1n) ? decimalOf(steps - by) : null;
}

/** A filter as it is typed; null where it cannot be. */
export function numbersText(value: Exclude<FilterValue, null | boolean>, locale: string): string | null {
  const typed = (one: string | number): string => typedNumber(one, locale);
  if (typeof value !== 'object') return typed(value);
  if (value.in !== undefined) return listText(value.in, typed);
  return rangeText(value, typed);
}

function listText(
  values: NonNullable<Comparisons['in']>,
  typed: (one: string | number) => string,
): string | null {
  const numbers = values.filter((one) => typeof one === 'string' || typeof one === 'number');
  return numbers.length === values.length && numbers.length > 0 ? numbers.map(typed).join(';') : null;
}

function rangeText({ from, to }: Comparisons, typed: (one: string | number) => string): string {
  const above = from === undefined ? null : openEnd(from, 1n);
  const below = to === undefined ? null : openEnd(to, -1n);
  if (above === null && below === null) {
    if (to === undefined) return `>=${typed(from ?? '')}`;
    if (from === undefined) return `<=${typed(to)}`;
    return `${typed(from)}..${typed(to)}`;
  }
  const lower = from === undefined ? '' : above === null ? `>=${typed(from)}` : `>${typed(above)}`;
  const upper = to === undefined ? '' : below === null ? `<=${typed(to)}` : `<${typed(below)}`;
  return [lower, upper].filter((part) => part !== '').join(' ');
}
