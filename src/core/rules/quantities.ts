/**
 * Quantities are exact. At the boundary they are decimal texts, inside they are whole steps of the item's
 * unit (with two decimals `'12.5'` is 1250 steps), and between units they are rational factors. Nothing here
 * goes through a floating-point fraction.
 */
import type { ErrorCode } from '../ports/catalogue.ts';

/** One alternative unit is `num / den` base units. */
export interface Factor {
  readonly num: number;
  readonly den: number;
}

/** The most steps one quantity may have: sums of thousands of them still count exactly. */
const MOST = 1e15;

/** A decimal text as whole digits and the number of them behind the point. */
function split(value: string): { readonly digits: string; readonly places: number } {
  const point = value.indexOf('.');
  if (point < 0) return { digits: value, places: 0 };
  return { digits: value.slice(0, point) + value.slice(point + 1), places: value.length - point - 1 };
}

/**
 * Whole steps of a quantity.
 * @param value a plain decimal text whose format was checked: digits, and a point with digits
 * @param decimals decimals of the unit, 0 to 6; more digits are fine as long as they are zeros
 * @returns the steps, or `quantity.precision`, or `quantity.tooLarge` above 10^15 steps
 * @example toSteps('12.50', 2) // 1250
 */
export function toSteps(value: string, decimals: number): number | ErrorCode {
  const point = value.indexOf('.');
  let whole = point < 0 ? value : value.slice(0, point);
  let fraction = point < 0 ? '' : value.slice(point + 1);
  if (fraction.length > decimals) {
    for (let i = decimals; i < fraction.length; i++)
      if (fraction.charCodeAt(i) !== 48) return 'quantity.precision';
    fraction = fraction.slice(0, decimals);
  }
  if (whole.length + decimals > 15) {
    whole = whole.replace(/^0+(?=\d)/, '');
    if (whole.length + decimals > 17 && whole !== '0') return 'quantity.tooLarge';
  }
  const steps = Number(whole + fraction.padEnd(decimals, '0'));
  return steps > MOST ? 'quantity.tooLarge' : steps;
}

/**
 * Steps as the shortest decimal text; negative steps and totals beyond 2^53 (as `bigint`) are welcome.
 * @example formatSteps(454, 3) // '0.454'
 */
export function formatSteps(steps: number | bigint, decimals: number): string {
  const text = String(steps);
  if (decimals === 0 || text === '0') return text;
  const sign = text.charCodeAt(0) === 45 ? '-' : '';
  const digits = (sign ? text.slice(1) : text).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === 48) end--;
  return sign + digits.slice(0, point) + (end > point ? `.${digits.slice(point, end)}` : '');
}

/** value × num / den in steps, half up; and whether nothing was rounded. */
function scaled(
  value: string,
  unit: Factor,
  decimals: number,
): { readonly steps: bigint; readonly exact: boolean } {
  const { digits, places } = split(value);
  const over = BigInt(digits) * BigInt(unit.num) * 10n ** BigInt(decimals);
  const under = BigInt(unit.den) * 10n ** BigInt(places);
  return { steps: (2n * over + under) / (2n * under), exact: over % under === 0n };
}

/**
 * A quantity in an alternative unit as steps of the base unit, rounded once, half up (R64).
 * @param unit one alternative unit is `num / den` base units
 * @param decimals decimals of the base unit
 * @returns the steps and whether they are exact, or `quantity.tooLarge`
 * @example convert('3', { num: 45_359_237, den: 100_000_000 }, 3) // { steps: 1361, exact: false }
 */
export function convert(
  value: string,
  unit: Factor,
  decimals: number,
): { readonly steps: number; readonly exact: boolean } | ErrorCode {
  const { steps, exact } = scaled(value, unit, decimals);
  return steps > MOST ? 'quantity.tooLarge' : { steps: Number(steps), exact };
}

/**
 * The rows of a converted line: each rounded half up, what is left over on the last, so that they sum to the
 * line (R64). No row becomes negative: what the last cannot bear is taken from the rows before it.
 * @param total steps of the whole line
 * @example apportion(['1', '1', '1'], { num: 45_359_237, den: 100_000_000 }, 3, 1361) // [454, 454, 453]
 */
export function apportion(
  values: readonly string[],
  unit: Factor,
  decimals: number,
  total: number,
): number[] {
  const rows = values.map((value) => Number(scaled(value, unit, decimals).steps));
  let residue = total - rows.reduce((sum, row) => sum + row, 0);
  for (let i = rows.length - 1; i >= 0 && residue !== 0; i--) {
    const before = rows[i] ?? 0;
    const after = Math.max(0, before + residue);
    rows[i] = after;
    residue -= after - before;
  }
  return rows;
}

/**
 * The exact sum of decimal texts, shortest form.
 * @example sumDecimals(['0.1', '0.2', '1']) // '1.3'
 */
export function sumDecimals(values: readonly string[]): string {
  const parts = values.map(split);
  const places = parts.reduce((most, part) => Math.max(most, part.places), 0);
  let sum = 0n;
  for (const part of parts) sum += BigInt(part.digits + '0'.repeat(places - part.places));
  return formatSteps(sum, places);
}
