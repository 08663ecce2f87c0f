/**
 * Texts on their way: Aureus keeps a lot's description as HTML, and reads what is to be searched for in its own
 * way. Here a description is plain text, and a search is asked only where it means what it says.
 */
import { LedgerError } from '../../../core/index.ts';

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};

const decoded = (html: string): string =>
  html.replace(/&(#x?[\da-f]{1,6}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

/** A description as text: paragraphs and breaks are lines, other marks are left out. */
export function textOfHtml(html: unknown): string | null {
  if (typeof html !== 'string' || html === '') return null;
  if (!/[<&]/.test(html)) return html;
  const lines = html.replace(/<br\s*\/?>|<\/p>\s*<p[^>]*>/gi, '\n').replace(/<\/?[a-z][^<>]*>/gi, '');
  const text = decoded(lines).trim();
  return text === '' ? null : text;
}

/** Whether a description has marks that a plain text cannot have: bold, a list, a link. */
export const isFormatted = (html: unknown): boolean =>
  typeof html === 'string' && /<(?!\/?p>|br\s*\/?>)\/?[a-z]/i.test(html);

/** A text as Aureus keeps it, so that it shows what was typed and nothing of it is taken for HTML. */
export function htmlOfText(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return safe.replaceAll('\r\n', '\n').replaceAll('\n', '<br>');
}

const unsupported = (path: string, what: string): LedgerError =>
  new LedgerError('query.unsupported', { path, details: { what } });

/** Aureus takes a comma for "or", and these words for yes and no. */
const misread = (text: string): boolean => text.includes(',') || text === 'true' || text === 'false';

/**
 * The text that a pattern says has to occur; all that Aureus can search for. Blanks at its ends do not count:
 * Aureus takes them away.
 * @param isMisread texts that Aureus would take for something else
 * @throws LedgerError query.unsupported for any other pattern
 */
export function occurringIn(like: string, path: string, isMisread = misread): string {
  const inner = /^%(.*)%$/s.exec(like)?.[1] ?? (like === '%' ? '' : undefined);
  if (inner === undefined || /(^|[^\\])(\\\\)*[%_]/.test(inner))
    throw unsupported(path, 'a pattern other than %text%');
  const text = inner.replace(/\\([\\%_])/g, '$1').trim();
  if (isMisread(text)) throw unsupported(path, 'a text with a comma, true or false');
  return text;
}

/**
 * A part of a text that Aureus finds whatever its database is: the longest run of plain characters. Whoever
 * searches with it finds more than asked, never less, and compares for itself.
 */
export function surePart(text: string): string {
  // codes take ß for ss, a database does not
  const cut = text.normalize('NFC').replace(/ss/gi, ',');
  const runs = cut.match(/[ -+\--[\]-~]+/g) ?? [];
  const longest = runs
    .map((run) => run.trim())
    .reduce((best, run) => (run.length > best.length ? run : best), '');
  return misread(longest) ? longest.slice(0, 3) : longest;
}
