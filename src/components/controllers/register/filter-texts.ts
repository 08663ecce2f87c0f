/**
 * Texts and codes in the filter row: `abc` occurs in it, `2026%` and `a_b` are patterns, `=abc` is exactly that,
 * `a;b;c` one of several, `A-01..A-20` a stretch in natural order. In double quotes a value stands as it is.
 */
import type { FilterValue } from '../../core.ts';
import type { Comparisons, FilterField, FilterParsed } from './filter-field.ts';
import { read, unread } from './filter-field.ts';

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Needs quotes to be taken as it stands. */
const special = /[;"]|\.\.|^[=!<>.]|\.$|^\s|\s$|^$/;

const quoted = (text: string): string => (special.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** The texts between semicolons; those in quotes as they stand. Null where a quote is not closed. */
function pieces(text: string): string[] | null {
  const found: string[] = [];
  const piece = /\s*(?:"((?:[^"]|"")*)"|([^;"]*))\s*(;|$)/y;
  let ended = false;
  while (!ended) {
    const match = piece.exec(text);
    if (match === null) return null;
    found.push(match[1]?.replace(/""/g, '"') ?? match[2]?.trim() ?? '');
    ended = match[3] === '';
  }
  return found;
}

/** A pattern somebody typed: a wildcard that is not escaped. */
const isPattern = (text: string): boolean => /(^|[^\\])(\\\\)*[%_]/.test(text);

const offers = (field: FilterField, comparison: string): boolean => field.comparisons.includes(comparison);

function exact(text: string, field: FilterField): FilterParsed {
  const values = pieces(text);
  if (values === null) return read(text);
  const given = values.length === 1 ? values : values.filter((value) => value !== '');
  const [first] = given;
  if (first === undefined) return read(undefined);
  if (given.length === 1) return read(first);
  return offers(field, 'in') ? read({ in: given }) : unread('notOffered');
}

function stretch(text: string): Comparisons | null {
  const match = /^("(?:[^"]|"")*"|[^";]*?)\s*\.\.\s*("(?:[^"]|"")*"|[^";]*)$/.exec(text);
  if (match === null) return null;
  const [from = '', to = ''] = match.slice(1).map((part) => pieces(part.trim())?.[0] ?? '');
  if (from === '' && to === '') return null;
  return { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) };
}

/** A text that is neither empty nor one of the marks for empty and not empty. */
export function parseTexts(text: string, field: FilterField): FilterParsed {
  if (text.startsWith('=')) return exact(text.slice(1).trim(), field);
  if (offers(field, 'from') && offers(field, 'to')) {
    const range = stretch(text);
    if (range !== null) return read(range);
  }
  // Compared, not contained: without ranges that cannot be asked, and is not guessed at.
  else if (/^[<>]/.test(text)) return unread('notOffered');
  if (/[;"]/.test(text) && pieces(text) !== null) return exact(text, field);
  if (!offers(field, 'like') || (field.patterns === false && isPattern(text)))
    return isPattern(text) ? unread('notOffered') : read(text);
  return read({ like: isPattern(text) ? text : `%${escaped(text.replace(/\\([\\%_])/g, '$1'))}%` });
}

/** The text of which a pattern says only that it occurs; null where it says more. */
export function occurring(like: string): string | null {
  const inner = /^%(.*)%$/s.exec(like)?.[1];
  if (inner === undefined || isPattern(inner)) return null;
  const plain = inner.replace(/\\([\\%_])/g, '$1');
  return `%${escaped(plain)}%` === like ? plain : null;
}

/** Typed as it is it would be taken for something else. */
const ambiguous = (text: string): boolean => special.test(text);

function likeText(like: string): string | null {
  const plain = occurring(like);
  if (plain !== null) return ambiguous(plain) ? (ambiguous(like) ? null : like) : escaped(plain);
  return isPattern(like) && !ambiguous(like) ? like : null;
}

/** A filter as it is typed; null where it cannot be. */
export function textsText(value: Exclude<FilterValue, null | boolean>): string | null {
  if (typeof value !== 'object') return value === '' ? null : `=${quoted(String(value))}`;
  if (value.like !== undefined) return likeText(value.like);
  if (value.in !== undefined) {
    const texts = value.in.filter((one) => typeof one === 'string' && one !== '') as string[];
    if (texts.length !== value.in.length || texts.length < 2) return null;
    return texts.map(quoted).join(';');
  }
  const side = (end: string | number | undefined): string => (end === undefined ? '' : quoted(String(end)));
  return value.from === '' || value.to === '' ? null : `${side(value.from)}..${side(value.to)}`;
}
