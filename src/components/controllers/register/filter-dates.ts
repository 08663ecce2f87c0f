/**
 * Dates in the filter row: a day, a month (`12/2026`, `dec 2026`), a year, ranges (`01/12/2026..`), `<today`,
 * `today+30`. Words for today come from the language itself. What is asked is always days, both ends inclusive.
 */
import type { FilterValue } from '../../core.ts';
import { parseDate } from '../../i18n/parse.ts';
import type { Comparisons, FilterContext, FilterParsed, FilterProblem } from './filter-field.ts';
import { read, unread } from './filter-field.ts';

/** A stretch of days; one day is both its ends. */
interface Days {
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;

/** A day so many days later; null beyond the calendar. */
export function shiftDay(day: string, by: number): string | null {
  const date = new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  return /^\d{4}-/.test(text) ? text.slice(0, 10) : null;
}

const lastOf = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

function monthOf(year: number, month: number): Days | null {
  if (month < 1 || month > 12 || year < 1000) return null;
  const to = lastOf(year, month);
  return { from: `${to.slice(0, 8)}01`, to };
}

/** The words for yesterday, today and tomorrow, English ones besides. */
function dayWords(locale: string): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  for (const language of ['en', locale]) {
    const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    for (const day of [-1, 0, 1]) words.set(format.format(day, 'day').toLocaleLowerCase(language), day);
  }
  return words;
}

/** `today`, `oggi+30`, `today -7`. */
function relative(text: string, { locale, today }: FilterContext): string | null {
  const match = /^(.*?)\s*(?:([+\-\u2212])\s*(\d{1,5}))?$/u.exec(text.toLocaleLowerCase(locale));
  const days = dayWords(locale).get(match?.[1] ?? '');
  if (days === undefined) return null;
  const more = Number(match?.[3] ?? 0) * (match?.[2] === '+' ? 1 : -1);
  return shiftDay(today, days + more);
}

const numberedMonth = /^(\d{1,2})[\s./-](\d{4})$|^(\d{4})[\s./-](\d{1,2})$/;
const namedMonth = /^\p{L}{3,}\.?[\s./-]*\d{4}$/u;

/** A day, a month or a year. */
function days(typed: string, context: FilterContext): Days | { readonly problem: FilterProblem } {
  const text = typed.trim();
  const word = relative(text, context);
  if (word !== null) return { from: word, to: word };
  if (/^\d{4}$/.test(text) && Number(text) >= 1000) return { from: `${text}-01-01`, to: `${text}-12-31` };
  const numbers = numberedMonth.exec(text);
  if (numbers) {
    const [, month, year, yearFirst, monthLast] = numbers;
    return monthOf(Number(year ?? yearFirst), Number(month ?? monthLast)) ?? { problem: 'noSuchDay' };
  }
  if (namedMonth.test(text)) {
    const first = parseDate(`1 ${text}`, context.locale, context.today);
    if (!first.ok) return { problem: 'notDate' };
    return (
      monthOf(Number(first.value.slice(0, 4)), Number(first.value.slice(5, 7))) ?? { problem: 'notDate' }
    );
  }
  const day = parseDate(text, context.locale, context.today);
  if (day.ok) return { from: day.value, to: day.value };
  return { problem: day.problem === 'noSuchDay' ? 'noSuchDay' : 'notDate' };
}

const side = /^(>=|<=|≥|≤|>|<)(.*)$/u;

/** `>30/11/2026`: the stretch after, before, from or up to something. */
function oneSided(mark: string, text: string, context: FilterContext): FilterParsed {
  const stretch = days(text, context);
  if ('problem' in stretch) return unread(stretch.problem);
  const end =
    mark === '>'
      ? { from: shiftDay(stretch.to, 1) }
      : mark === '<'
        ? { to: shiftDay(stretch.from, -1) }
        : mark === '>=' || mark === '≥'
          ? { from: stretch.from }
          : { to: stretch.to };
  const [value] = Object.values(end);
  return typeof value === 'string' ? read(end as Comparisons) : unread('noSuchDay');
}

function between(first: string, last: string, context: FilterContext): FilterParsed {
  const from = first.trim() === '' ? undefined : days(first, context);
  const to = last.trim() === '' ? undefined : days(last, context);
  if (from && 'problem' in from) return unread(from.problem);
  if (to && 'problem' in to) return unread(to.problem);
  if (from === undefined && to === undefined) return unread('notDate');
  if (from && to && from.from > to.to) return unread('emptyRange');
  return read({ ...(from ? { from: from.from } : {}), ...(to ? { to: to.to } : {}) });
}

/** A text that is neither empty nor one of the marks for empty and not empty. */
export function parseDates(text: string, context: FilterContext, instant: boolean): FilterParsed {
  const typed = text.startsWith('=') ? text.slice(1).trim() : text;
  const marked = side.exec(typed);
  if (marked) return oneSided(marked[1] ?? '', marked[2] ?? '', context);
  const range = /^(.*?)\.\.(.*)$/.exec(typed);
  if (range) return between(range[1] ?? '', range[2] ?? '', context);
  if (typed.includes(';')) return severalDays(typed.split(';'), context, instant);
  const stretch = days(typed, context);
  if ('problem' in stretch) return unread(stretch.problem);
  return read(stretch.from === stretch.to && !instant ? stretch.from : { ...stretch });
}

function severalDays(texts: readonly string[], context: FilterContext, instant: boolean): FilterParsed {
  if (instant) return unread('notOffered');
  const found: string[] = [];
  for (const text of texts) {
    const stretch = days(text, context);
    if ('problem' in stretch) return unread(stretch.problem);
    if (stretch.from !== stretch.to) return unread('notDate');
    found.push(stretch.from);
  }
  return read({ in: found });
}

type Field = 'day' | 'month' | 'year';

/** The parts of a date in the order of a language, with its mark between them. */
function ordered(locale: string, values: Partial<Record<Field, string>>): string {
  const parts = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: 'UTC',
  }).formatToParts(0);
  const mark = parts.find(({ type, value }) => type === 'literal' && /^[./-]/.test(value))?.value[0] ?? '-';
  const order = parts
    .map(({ type }) => type as Field)
    .filter((type) => ['day', 'month', 'year'].includes(type));
  const fields: readonly Field[] = order.length === 3 ? order : ['day', 'month', 'year'];
  return fields.flatMap((field) => values[field] ?? []).join(mark);
}

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** A day as it is typed in a language: `06/12/2026`. */
export function typedDay(day: string, locale: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return ordered(locale, { year, month, day: date });
}

/** A stretch of days as the month or the year it is; null where it is neither. */
function wholePeriod(from: string, to: string, locale: string): string | null {
  const [year = '', month = ''] = from.split('-');
  if (from === `${year}-01-01` && to === `${year}-12-31`) return year;
  if (!from.endsWith('-01') || to !== lastOf(Number(year), Number(month))) return null;
  return ordered(locale, { year, month });
}

/** A filter as it is typed; null where it cannot be. */
export function datesText(value: Exclude<FilterValue, null | boolean>, locale: string): string | null {
  const typed = (day: unknown): string | null => (isDay(day) ? typedDay(day, locale) : null);
  if (typeof value !== 'object') return typed(value);
  if (value.in !== undefined) {
    const all = value.in.map(typed);
    return all.length > 1 && all.every((day) => day !== null) ? all.join(';') : null;
  }
  const { from, to } = value;
  const [first, last] = [from === undefined ? '' : typed(from), to === undefined ? '' : typed(to)];
  if (first === null || last === null) return null;
  if (from !== undefined && from === to) return first;
  if (isDay(from) && isDay(to)) return wholePeriod(from, to, locale) ?? `${first}..${last}`;
  return `${first}..${last}`;
}
