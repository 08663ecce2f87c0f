/**
 * Sums of quantities on a screen: exact decimal texts, as many decimals as the unit has. What is added here
 * is only shown; what is on hand is the ledger's to say.
 */

/** Whole steps of a decimal text, at so many decimals; extra decimals are not expected. */
export function stepsOf(text: string, decimals: number): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const steps = BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
  return negative ? -steps : steps;
}

/** The decimal text of steps. */
export function textOfSteps(steps: bigint, decimals: number): string {
  const digits = (steps < 0n ? -steps : steps).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${steps < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;

/** The sum of decimal texts. @example sumOf(['1.5', '2']) // '3.5' */
export function sumOf(texts: readonly string[]): string {
  const decimals = Math.max(0, ...texts.map(decimalsOf));
  return textOfSteps(
    texts.reduce((sum, text) => sum + stepsOf(text, decimals), 0n),
    decimals,
  );
}

/** The first less the second. @example minus('3', '4.5') // '-1.5' */
export function minus(a: string, b: string): string {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  return textOfSteps(stepsOf(a, decimals) - stepsOf(b, decimals), decimals);
}

/** Below, at or above zero. */
export const signOf = (text: string): -1 | 0 | 1 =>
  /[1-9]/.test(text) ? (text.startsWith('-') ? -1 : 1) : 0;

/** The smaller of two. */
export const least = (a: string, b: string): string => (signOf(minus(a, b)) <= 0 ? a : b);

/** A movement's quantity with its sign: what it added. */
export function signedQuantity(movement: { readonly direction: string; readonly quantity: string }): string {
  const size = movement.quantity.replace(/^-/, '');
  return movement.direction === 'load' || signOf(size) === 0 ? size : `-${size}`;
}
