/**
 * Reading what people type: numbers with a decimal comma or grouping, dates in the order of their language.
 * What cannot be read is kept as it was typed and flagged, never guessed at.
 */

/** The value on the wire, or why there is none; `text` is always what was typed. */
export type Parsed =
  | { readonly ok: true; readonly value: string; readonly text: string }
  | {
      readonly ok: false;
      readonly problem: 'empty' | 'notNumber' | 'notDate' | 'noSuchDay';
      readonly text: string;
    };

interface Separators {
  readonly point: string;
  readonly group: string;
  readonly digits: readonly string[];
}

function separators(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567.5);
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  return {
    point: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value ?? ',',
    digits: Array.from({ length: 10 }, (_, digit) => plain.format(digit)),
  };
}

const spaces = /[\s\u00a0\u202f']/g;

/** Latin digits for those of the language. */
function latin(text: string, digits: readonly string[]): string {
  return [...text].map((char) => (digits.includes(char) ? String(digits.indexOf(char)) : char)).join('');
}

function canonical(whole: string, fraction: string): string {
  const head = whole.replace(/^0+(?=\d)/, '') || '0';
  const tail = fraction.replace(/0+$/, '');
  return tail === '' ? head : `${head}.${tail}`;
}

/**
 * A quantity as typed in a language: `1.234,5` in Italian and `1,234.5` in English are both `'1234.5'`.
 * A single other mark followed by anything but three digits is taken as the decimal point, since nobody
 * groups by two.
 */
export function parseQuantity(typed: string, locale: string): Parsed {
  const { point, group, digits } = separators(locale);
  const bare = latin(typed.trim(), digits)
    .replace(spaces, '')
    .replace(/\u2212/g, '-');
  if (bare === '') return { ok: false, problem: 'empty', text: typed };
  const refused: Parsed = { ok: false, problem: 'notNumber', text: typed };
  const negative = bare.startsWith('-');
  const body = negative ? bare.slice(1) : bare;
  const sign = negative ? '-' : '';
  const [head = '', ...rest] = body.split(point);
  if (rest.length > 1) return refused;
  const tail = rest[0] ?? '';
  if (/^\d+$/.test(head) && /^\d*$/.test(tail))
    return { ok: true, value: sign + canonical(head, tail), text: typed };
  if (head === '' && /^\d+$/.test(tail)) return { ok: true, value: sign + canonical('0', tail), text: typed };
  if (!/^\d*$/.test(tail)) return refused;
  const groups = head.split(/[.,]/.test(group) ? group : /[.,]/);
  const grouped =
    groups.length > 1 && /^\d{1,3}$/.test(groups[0] ?? '') && groups.slice(1).every((g) => /^\d{3}$/.test(g));
  if (grouped) return { ok: true, value: sign + canonical(groups.join(''), tail), text: typed };
  const other = /^(\d+)[.,](\d{1,2}|\d{4,})$/.exec(body);
  if (other) return { ok: true, value: sign + canonical(other[1] ?? '', other[2] ?? ''), text: typed };
  return refused;
}

type Field = 'day' | 'month' | 'year';

function fieldOrder(locale: string): readonly Field[] {
  const parts = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: 'UTC',
  }).formatToParts(0);
  const order = parts
    .map((part) => part.type)
    .filter((type): type is Field => /^(day|month|year)$/.test(type));
  return order.length === 3 ? order : ['day', 'month', 'year'];
}

function monthByName(name: string, locale: string): number {
  const wanted = name.toLocaleLowerCase(locale).replace(/\.$/, '');
  for (let month = 0; month < 12; month++) {
    const date = new Date(Date.UTC(2026, month, 1));
    for (const style of ['long', 'short'] as const) {
      const options = { day: 'numeric', month: style, timeZone: 'UTC' } as const;
      const parts = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options).formatToParts(date);
      const own = parts
        .find((part) => part.type === 'month')
        ?.value.toLocaleLowerCase(locale)
        .replace(/\.$/, '');
      if (own !== undefined && wanted.length >= 3 && own.startsWith(wanted)) return month + 1;
    }
  }
  return 0;
}

function existing(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

/**
 * A date as typed: `22/11/2026`, `22.11.26`, `22 nov 2026`, `22/11` (this year), `20261122` or ISO.
 *
 * @example parseDate('06/12/26', 'it', '2026-11-22') // { ok: true, value: '2026-12-06', … }
 */
export function parseDate(typed: string, locale: string, today: string): Parsed {
  const text = latin(typed.trim(), separators(locale).digits);
  if (text === '') return { ok: false, problem: 'empty', text: typed };
  const refused: Parsed = { ok: false, problem: 'notDate', text: typed };
  const fields = readFields(text, locale);
  if (fields === null) return refused;
  const year = fields.year === null ? Number(today.slice(0, 4)) : fullYear(fields.year, today);
  const value = existing(year, fields.month, fields.day);
  return value === null ? { ok: false, problem: 'noSuchDay', text: typed } : { ok: true, value, text: typed };
}

interface Fields {
  readonly year: string | null;
  readonly month: number;
  readonly day: number;
}

function readFields(text: string, locale: string): Fields | null {
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (iso) return { year: iso[1] ?? '', month: Number(iso[2]), day: Number(iso[3]) };
  const named = /^(\d{1,2})[\s.,/-]*(\p{L}{3,}\.?)[\s.,/-]*(\d{2}|\d{4})?$/u.exec(text);
  const nameFirst = /^(\p{L}{3,}\.?)[\s]*(\d{1,2})[\s.,]*(\d{2}|\d{4})?$/u.exec(text);
  const words = named
    ? [named[1], named[2], named[3]]
    : nameFirst
      ? [nameFirst[2], nameFirst[1], nameFirst[3]]
      : null;
  if (words) {
    const month = monthByName(words[1] ?? '', locale);
    return month === 0 ? null : { year: words[2] ?? null, month, day: Number(words[0]) };
  }
  const numbers = /^(\d{1,4})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{1,4}))?$/.exec(text);
  if (!numbers) return null;
  const given = numbers.slice(1).filter((part): part is string => part !== undefined);
  const order =
    given.length === 2 ? fieldOrder(locale).filter((field) => field !== 'year') : fieldOrder(locale);
  const at = (field: Field) => given[order.indexOf(field)];
  return { year: at('year') ?? null, month: Number(at('month')), day: Number(at('day')) };
}

/** Two digits mean the year nearest to today. */
function fullYear(year: string, today: string): number {
  if (year.length !== 2) return Number(year);
  const now = Number(today.slice(0, 4));
  const candidates = [-100, 0, 100].map((shift) => Math.floor(now / 100) * 100 + shift + Number(year));
  return candidates.reduce((best, one) => (Math.abs(one - now) < Math.abs(best - now) ? one : best));
}
