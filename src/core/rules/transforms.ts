/**
 * What a lot made of other lots may be: the strictest of their statuses, the earliest of their dates, and how
 * much it is when its item counts in another unit (R91–R93). Pure, and exact.
 */
import { type Intent, type ItemInput, intents, type LotStatusInput } from '../model/inputs.ts';
import type { IsoDate } from '../model/records.ts';
import type { ErrorCode } from '../ports/catalogue.ts';
import { codeKey } from '../ports/keys.ts';
import { statusVerdict } from './usability.ts';

const severity = { allow: 0, warn: 1, deny: 2 } as const;

/** How strict a status is: per intent, and whether its stock counts as available. */
const strictness = (status: LotStatusInput | null): number[] => [
  ...intents.map((intent: Intent) => severity[statusVerdict(status, intent)]),
  status?.available === false ? 1 : 0,
];

/**
 * The status that is at least as strict as the other in every respect; none is the mildest. Undefined when
 * each is stricter somewhere: no order, so nobody may choose silently.
 * @example strictest(null, { code: 'HOLD', available: false }) // { code: 'HOLD', … }
 */
export function strictest(
  a: LotStatusInput | null,
  b: LotStatusInput | null,
): LotStatusInput | null | undefined {
  const [x, y] = [strictness(a), strictness(b)];
  const stricter = x.some((level, i) => level > (y[i] as number));
  const milder = x.some((level, i) => level < (y[i] as number));
  if (stricter && milder) return undefined;
  if (milder) return b;
  return stricter ? a : (a ?? b);
}

/**
 * The earliest day; null, which is never, only when there is no other.
 * @example earliest(['2027-01-31', null, '2026-12-24']) // '2026-12-24'
 */
export const earliest = (dates: readonly (IsoDate | null)[]): IsoDate | null =>
  dates.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);

/** Whether `a` is later than `b`; null is never, the latest of all. */
export const isLater = (a: IsoDate | null, b: IsoDate | null): boolean => b !== null && (a === null || a > b);

/** An exact factor: one of the first is `num / den` of the second. */
export interface Ratio {
  readonly num: bigint;
  readonly den: bigint;
}

type Units = Pick<ItemInput, 'unit' | 'alternativeUnits'>;

/** The units an item counts in, each as so many of its base unit. */
const unitsOf = ({ unit, alternativeUnits }: Units): ReadonlyMap<string, Ratio> =>
  new Map([
    [codeKey(unit.code), { num: 1n, den: 1n }],
    ...(alternativeUnits ?? []).map(({ code, num, den }): [string, Ratio] => [
      codeKey(code),
      { num: BigInt(num), den: BigInt(den) },
    ]),
  ]);

/**
 * How many base units of one item are one base unit of another, through a unit both know; undefined when
 * they know none in common.
 */
export function ratioBetween(from: Units, to: Units): Ratio | undefined {
  const known = unitsOf(to);
  for (const [unit, own] of unitsOf(from)) {
    const other = known.get(unit);
    if (other) return { num: own.den * other.num, den: own.num * other.den };
  }
  return undefined;
}

const MOST = 10n ** 15n;

/**
 * Steps of one item as steps of another, rounded once, half up (R64).
 * @example inUnitsOf(1500, 3, { num: 1n, den: 1n }, 0) // 2
 */
export function inUnitsOf(
  steps: number,
  fromDecimals: number,
  { num, den }: Ratio,
  toDecimals: number,
): number | ErrorCode {
  const over = BigInt(steps) * num * 10n ** BigInt(toDecimals);
  const under = den * 10n ** BigInt(fromDecimals);
  const rounded = (2n * over + under) / (2n * under);
  if (rounded > MOST) return 'quantity.tooLarge';
  return rounded === 0n ? 'quantity.zero' : Number(rounded);
}
