/** Codes, dates and quantities as the judge reckons with them: its own few lines, none of the engine's. */

/** Two codes are the same when their keys are (R18). */
export const keyOf = (code: string): string => code.trim().normalize('NFC').toLowerCase();

/** Natural order of codes: character by character, runs of digits as numbers. */
export function natural(a: string, b: string): number {
  const split = (text: string): string[] => keyOf(text).match(/\d+|\D/gu) ?? [];
  const [left, right] = [split(a), split(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? ''];
    if (x === y) continue;
    if (/\d/.test(x) && /\d/.test(y)) {
      const [m, n] = [BigInt(x), BigInt(y)];
      if (m !== n) return m < n ? -1 : 1;
      continue;
    }
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

const later = new Map<string, string>();

/** The day so many days after another, both `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const asked = `${date} ${days}`;
  const known = later.get(asked);
  if (known !== undefined) return known;
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  const found = day.toISOString().slice(0, 10);
  later.set(asked, found);
  return found;
}

/** The last day of a date's month. */
export function endOfMonth(date: string): string {
  const [year, month] = date.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, month ?? 0, 0)).toISOString().slice(0, 10);
}

export interface UnitPlan {
  readonly code: string;
  readonly num: number;
  readonly den: number;
}

/**
 * A typed quantity in whole steps of the base unit. In the base unit nothing is rounded: more decimals
 * than it has give undefined. In an alternative unit it is rounded once, half up (R64), unless it must be
 * `exact`.
 */
export function parseSteps(
  typed: string,
  decimals: number,
  unit?: UnitPlan,
  exact = !unit,
): bigint | undefined {
  const [whole, fraction = ''] = typed.split('.');
  const steps = BigInt(`${whole}${fraction}`) * 10n ** BigInt(decimals) * BigInt(unit?.num ?? 1);
  const over = 10n ** BigInt(fraction.length) * BigInt(unit?.den ?? 1);
  if (!exact) return (2n * steps + over) / (2n * over);
  return steps % over === 0n ? steps / over : undefined;
}

/** Steps as the shortest decimal text. */
export function showSteps(steps: bigint, decimals: number): string {
  const digits = (steps < 0n ? -steps : steps).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals ? digits.slice(-decimals).replace(/0+$/, '') : '';
  return `${steps < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** The documents whose reservations a posting may take: the one it names for that, else its own (R71). */
export function ownDocuments(plan: {
  readonly fulfils?: { readonly type: string; readonly number: string };
  readonly document?: { readonly type: string; readonly number: string };
}): string[] {
  const document = plan.fulfils ?? plan.document;
  return document ? [documentKey(document)] : [];
}

export const documentKey = ({ type, number }: { readonly type: string; readonly number: string }): string =>
  `${type}|${keyOf(number)}`;
