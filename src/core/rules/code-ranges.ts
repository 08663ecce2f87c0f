/** Runs of codes in which one group of digits counts up, exact at any length (R14). */
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';

/** The most codes made at once: as many rows as one posting may have. */
export const MOST_CODES = 100_000;

/** `count` codes: `digits` counts up between two fixed texts, keeps its leading zeros and grows when full. */
export function range(before: string, digits: string, after: string, count: number): string[] {
  const codes = new Array<string>(count);
  const width = digits.length;
  if (width <= 15) {
    const first = Number(digits);
    for (let i = 0; i < count; i++) codes[i] = before + String(first + i).padStart(width, '0') + after;
    return codes;
  }
  let number = BigInt(digits);
  for (let i = 0; i < count; i++) codes[i] = before + String(number++).padStart(width, '0') + after;
  return codes;
}

/**
 * All codes of a range, both ends included. The two ends must be the same but for one group of digits, and
 * counting up from the first must arrive at the second exactly as it is written.
 *
 * @throws LedgerError `code.pattern` with the text when it is no such range, `limit.lines` beyond 100,000
 * @example codesBetween('SN098-X', 'SN101-X') // ['SN098-X', 'SN099-X', 'SN100-X', 'SN101-X']
 */
export function codesBetween(from: string, to: string): string[] {
  const [first, last] = [from.trim(), to.trim()];
  const refuse = (): LedgerError => new LedgerError('code.pattern', { details: { text: `${from}-${to}` } });
  if (first === '' || last === '') throw refuse();
  if (codeKey(first) === codeKey(last)) return [first];
  // odd places hold the groups of digits, even ones what stands between them
  const [a, b] = [first.split(/(\d+)/), last.split(/(\d+)/)];
  if (a.length !== b.length) throw refuse();
  const apart = a.flatMap((text, i) => (codeKey(text) === codeKey(b[i] ?? '') ? [] : [i]));
  const [at = 0] = apart;
  if (apart.length !== 1 || at % 2 === 0) throw refuse();
  const [low = '', high = ''] = [a[at], b[at]];
  const [start, end] = [BigInt(low), BigInt(high)];
  const more = end - start;
  if (more <= 0n || high !== String(end).padStart(low.length, '0')) throw refuse();
  if (more >= BigInt(MOST_CODES)) throw new LedgerError('limit.lines', { details: { max: MOST_CODES } });
  return range(a.slice(0, at).join(''), low, a.slice(at + 1).join(''), Number(more) + 1);
}
