/** Sums of quantities, one per unit: quantities of different units are never added. */
import type { UnitSum } from '../../model/views.ts';
import { codeKey, compareText } from '../../ports/keys.ts';
import { formatSteps } from '../../rules/quantities.ts';

/** The unit of an item. */
export interface Unit {
  readonly code: string;
  readonly decimals: number;
}

interface Sum extends Unit {
  readonly steps: bigint;
}

const scaled = ({ steps, decimals }: Sum, to: number): bigint => steps * 10n ** BigInt(to - decimals);

/** Exact sums by unit. Items may give one unit different decimals: then the finest of them holds the sum. */
export class UnitSums {
  readonly #units = new Map<string, Sum>();

  /** @param steps whole steps of the unit, as a decimal integer */
  add({ code, decimals }: Unit, steps: string): void {
    const key = codeKey(code);
    const more = { code, decimals, steps: BigInt(steps) };
    const before = this.#units.get(key);
    if (!before) {
      this.#units.set(key, more);
      return;
    }
    const finest = Math.max(before.decimals, decimals);
    const sum = scaled(before, finest) + scaled(more, finest);
    this.#units.set(key, { code: before.code, decimals: finest, steps: sum });
  }

  /** In the order of the units. */
  get all(): UnitSum[] {
    return [...this.#units]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, { code, decimals, steps }]) => ({
        unit: code,
        decimals,
        quantity: formatSteps(steps, decimals),
      }));
  }
}
