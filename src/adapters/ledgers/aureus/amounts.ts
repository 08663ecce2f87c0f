/**
 * Quantities as Aureus sends them, JSON numbers, made into exact decimal texts and added up without rounding:
 * a sum of floats would show 0.30000000000000004 of something.
 */
import { broken } from './failures.ts';

interface Decimal {
  readonly digits: bigint;
  /** Digits after the point. */
  readonly scale: number;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;

function parsed(value: unknown): Decimal {
  if (value === null || value === undefined) return { digits: 0n, scale: 0 };
  const match = NUMBER.exec(typeof value === 'string' ? value.trim() : String(value));
  if (match === null) throw broken('a quantity that is no number');
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function shortest({ digits, scale }: Decimal): string {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * The sum of numbers or decimal texts, shortest; `null` counts as nothing.
 * @example sumOf([0.1, 0.2, '1.50']) // '1.8'
 */
export function sumOf(values: readonly unknown[]): string {
  const all = values.map(parsed);
  const scale = Math.max(0, ...all.map((each) => each.scale));
  const digits = all.reduce((sum, each) => sum + each.digits * 10n ** BigInt(scale - each.scale), 0n);
  return shortest({ digits, scale });
}

/** A number with its sign turned round. */
export function negated(value: unknown): string {
  const { digits, scale } = parsed(value);
  return shortest({ digits: -digits, scale });
}

/** Whether something is more than nothing. */
export const isPositive = (value: unknown): boolean => parsed(value).digits > 0n;

const MOST_DECIMALS = 6;
/** Where a unit does not say how fine it is. */
const USUAL_DECIMALS = 2;

/** Decimals of a unit by its rounding: `0.01` → 2. */
export function decimalsOf(rounding: unknown): number {
  if (rounding === null || rounding === undefined) return USUAL_DECIMALS;
  const [, fraction = ''] = sumOf([rounding]).split('.');
  return Math.min(MOST_DECIMALS, fraction.length);
}
