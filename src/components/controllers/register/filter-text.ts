/**
 * The filter row's little language: what a clerk types as a filter, and a filter as what a clerk would type.
 * What cannot be read is said to be so, never guessed at (convention 55).
 */
import type { FilterValue } from '../../core.ts';
import { datesText, parseDates } from './filter-dates.ts';
import type { FilterContext, FilterField, FilterParsed } from './filter-field.ts';
import { read, unread } from './filter-field.ts';
import { numbersText, parseNumbers } from './filter-numbers.ts';
import { parseTexts, textsText } from './filter-texts.ts';

export type { FilterContext, FilterField, FilterParsed, FilterProblem } from './filter-field.ts';

/**
 * A text as a filter; `undefined` = none.
 *
 * @example
 * parseFilter('10..20', { type: 'quantity', comparisons: ['from', 'to'] }, { locale: 'it', today: '2026-11-22' })
 * // { ok: true, value: { from: '10', to: '20' } }
 */
export function parseFilter(text: string, field: FilterField, context: FilterContext): FilterParsed {
  const typed = text.trim();
  if (typed === '') return read(undefined);
  if (typed === '=' || typed === '!') return within(read({ isNull: typed === '=' }), field);
  return within(parseBy(typed, field, context), field);
}

function parseBy(text: string, field: FilterField, context: FilterContext): FilterParsed {
  if (field.choices) return parseChoices(text, field.choices, context.locale);
  switch (field.type) {
    case 'quantity':
    case 'number':
      return parseNumbers(text, field.type, context.locale);
    case 'date':
    case 'instant':
      return parseDates(text, context, field.type === 'instant');
    case 'flag':
      return parseFlag(text, context);
    default:
      return parseTexts(text, field);
  }
}

/** A filter the list cannot ask is none; of a plain day or value it can. */
function within(parsed: FilterParsed, field: FilterField): FilterParsed {
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return parsed;
  const names = Object.keys(parsed.value);
  return names.every((name) => field.comparisons.includes(name)) ? parsed : unread('notOffered');
}

type Choices = NonNullable<FilterField['choices']>;

function parseChoices(text: string, choices: Choices, locale: string): FilterParsed {
  const fold = (word: string): string => word.trim().toLocaleLowerCase(locale);
  const typed = text.startsWith('=') ? text.slice(1) : text;
  const values: string[] = [];
  for (const word of typed.split(';').map(fold)) {
    const equal = choices.find(({ value, label }) => fold(label) === word || fold(value) === word);
    const alike = choices.filter(({ label }) => fold(label).startsWith(word));
    const found = equal ?? (alike.length === 1 ? alike[0] : undefined);
    if (found === undefined || word === '') return unread('notChoice');
    values.push(found.value);
  }
  return read(values.length === 1 ? values[0] : { in: values });
}

function parseFlag(text: string, { locale, yes, no }: FilterContext): FilterParsed {
  const word = text.replace(/^=/, '').trim().toLocaleLowerCase(locale);
  const is = (words: readonly (string | undefined)[]): boolean =>
    words.some((one) => one?.toLocaleLowerCase(locale) === word);
  if (is(['true', '1', 'yes', yes])) return read(true);
  if (is(['false', '0', 'no', no])) return read(false);
  return unread('notChoice');
}

/**
 * A filter as somebody would type it, `''` for none; null where the box cannot say it, as a list of values
 * with "none" among them.
 */
export function filterText(
  value: FilterValue | undefined,
  field: FilterField,
  context: FilterContext,
): string | null {
  if (value === undefined) return '';
  if (value === null) return '=';
  if (typeof value === 'boolean') return (value ? context.yes : context.no) ?? String(value);
  if (typeof value === 'object') {
    const names = Object.keys(value).filter((name) => value[name as 'in'] !== undefined);
    if (names.length === 1 && value.isNull !== undefined) return value.isNull ? '=' : '!';
    if (!['in', 'like', 'from', 'to', 'from,to'].includes(names.sort().join())) return null;
  }
  return textBy(value, field, context);
}

function textBy(
  value: Exclude<FilterValue, null | boolean>,
  field: FilterField,
  context: FilterContext,
): string | null {
  if (field.choices) return choicesText(value, field.choices);
  switch (field.type) {
    case 'quantity':
    case 'number':
      return typeof value === 'object' && value.like !== undefined
        ? null
        : numbersText(value, context.locale);
    case 'date':
    case 'instant':
      return typeof value === 'object' && value.like !== undefined ? null : datesText(value, context.locale);
    case 'flag':
      return null;
    default:
      return textsText(value);
  }
}

function choicesText(value: Exclude<FilterValue, null | boolean>, choices: Choices): string | null {
  const label = (one: unknown): string | undefined => choices.find((choice) => choice.value === one)?.label;
  if (typeof value !== 'object') return label(value) ?? null;
  const labels = value.in?.map(label);
  return labels?.every((word) => word !== undefined) && labels.length > 0 ? labels.join(';') : null;
}

/**
 * A filter in words, for a chip: as it is typed, or as much of it as can be said.
 *
 * @example filterWords({ in: ['HOLD', null] }, field, context) // 'HOLD;='
 */
export function filterWords(value: FilterValue, field: FilterField, context: FilterContext): string {
  const text = filterText(value, field, context);
  if (text !== null) return field.choices || !/^=./.test(text) ? text : text.slice(1);
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = value.in?.map((one) => filterWords(one, field, context)) ?? [];
  const rest = Object.entries(value).filter(([name]) => name !== 'in');
  return [parts.join(';'), ...rest.map(([name, part]) => partWords(name, part, field, context))]
    .filter((part) => part !== '')
    .join(' ');
}

function partWords(name: string, part: unknown, field: FilterField, context: FilterContext): string {
  if (part === undefined) return '';
  return filterText({ [name]: part } as FilterValue, field, context) ?? String(part);
}
