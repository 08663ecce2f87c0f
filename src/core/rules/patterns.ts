/**
 * Codes from what a person types: n codes from a first one (R13–R15), and a pattern of ranges, runs and the
 * next code (R16). The digits that count are incremented as text, so no length is too long to be exact (R14).
 * Ranges `{from, to}` are in `code-ranges.ts`, pasted rows in `pasted-rows.ts`.
 */
import { limits } from '../model/texts.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import { codesBetween, MOST_CODES, range } from './code-ranges.ts';

export { codesBetween } from './code-ranges.ts';
export { type ParsedRow, rowsFromText } from './pasted-rows.ts';

/** What a pattern needs to know besides its text. */
export interface PatternOptions {
  /** The next code: what `~` stands for, then the one after it, and so on. */
  readonly next?: string | number | undefined;
  /** How many codes the pattern must give. */
  readonly count?: number | undefined;
}

/** A group is at most a range of two codes; nothing longer is looked at. */
const LONGEST_GROUP = 2 * limits.code + 10;

const notUnderstood = (text: string): LedgerError =>
  new LedgerError('code.pattern', { details: { text: text.slice(0, LONGEST_GROUP) } });

const isDigit = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
};

function checkCount(n: number): void {
  if (!Number.isInteger(n) || n < 0)
    throw new LedgerError('field.range', { details: { min: 0, max: MOST_CODES } });
  if (n > MOST_CODES) throw new LedgerError('limit.lines', { details: { max: MOST_CODES } });
}

/**
 * `n` codes from a first one on: its last group of digits counts up, and grows when it is full. A text
 * without digits gets a number behind it, from 0.
 *
 * @param n 0 to 100,000
 * @throws LedgerError `code.pattern` for an empty first code, `field.range`, `limit.lines`
 * @example codesFrom('SN-099/A', 2) // ['SN-099/A', 'SN-100/A']
 */
export function codesFrom(first: string, n: number): string[] {
  checkCount(n);
  const text = first.trim();
  if (text === '') throw notUnderstood(first);
  let end = text.length;
  while (end > 0 && !isDigit(text, end - 1)) end--;
  if (end === 0) return range(text, '0', '', n);
  let start = end;
  while (start > 0 && isDigit(text, start - 1)) start--;
  return range(text.slice(0, start), text.slice(start, end), text.slice(end), n);
}

/** Hands out what `~` stands for, one after the other. */
class Next {
  private code: string | undefined;

  constructor(first: string | number | undefined) {
    this.code = first === undefined ? undefined : String(first);
  }

  take(count: number, group: string): string[] {
    if (this.code === undefined) throw notUnderstood(group);
    const codes = codesFrom(this.code, count + 1);
    this.code = codes.pop();
    return codes;
  }
}

/** A hyphen is a range only between two codes that differ in one group of digits; else part of a code. */
function hyphened(group: string): string[] | undefined {
  for (let at = group.indexOf('-'); at > 0; at = group.indexOf('-', at + 1)) {
    const [from, to] = [group.slice(0, at).trim(), group.slice(at + 1).trim()];
    const alike = codeKey(from.replace(/\d+/g, '0')) === codeKey(to.replace(/\d+/g, '0'));
    if (alike && /\d/.test(from)) return codesBetween(from, to);
  }
  return undefined;
}

function codesOf(group: string, next: Next): string[] {
  if (group.length > LONGEST_GROUP) throw notUnderstood(group);
  const run = /^(.+?)\s*\+\s*(\d{1,15})$/.exec(group);
  if (group === '~') return next.take(1, group);
  if (run?.[1] && !run[1].includes('+')) {
    const count = Number(run[2]) + 1;
    checkCount(count);
    return run[1] === '~' ? next.take(count, group) : codesFrom(run[1], count);
  }
  if (/[+~]|^-|-$/.test(group)) throw notUnderstood(group);
  return hyphened(group) ?? [group];
}

/** Groups stand between commas, semicolons and line ends; blank lines and a last separator do not matter. */
function groupsOf(text: string): string[] {
  const groups: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue;
    for (const group of line.replace(/[,;]\s*$/, '').split(/[,;]/)) {
      if (group.trim() === '') throw notUnderstood(line.trim());
      groups.push(group.trim());
    }
  }
  if (groups.length === 0) throw notUnderstood(text.trim());
  return groups;
}

/**
 * The codes a pattern stands for, in its order. Groups: `10-12` or `SN010-SN012` from–to, `20+2` one and the
 * two after it, `~` the next code (a second `~` the one after it; `~+4` five of them), anything else a plain
 * code. A hyphen between texts that do not make a range belongs to a plain code, as in `LOT-7`.
 *
 * @throws LedgerError `code.pattern` with the group that is not understood, `serial.repeated` for a code that
 * stands twice, `serial.countMismatch {expected, given}`, `limit.lines` beyond 100,000 codes
 * @example codesFromPattern('10-12, 20+2, ~', { next: 100 }) // ['10', '11', '12', '20', '21', '22', '100']
 */
export function codesFromPattern(text: string, { next, count }: PatternOptions = {}): string[] {
  const coming = new Next(next);
  const codes: string[] = [];
  const seen = new Set<string>();
  for (const group of groupsOf(text)) {
    for (const code of codesOf(group, coming)) {
      const key = codeKey(code);
      if (seen.has(key)) throw new LedgerError('serial.repeated', { details: { code } });
      seen.add(key);
      codes.push(code);
    }
    checkCount(codes.length);
  }
  if (count !== undefined && codes.length !== count)
    throw new LedgerError('serial.countMismatch', { details: { expected: count, given: codes.length } });
  return codes;
}
