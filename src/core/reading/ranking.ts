/** The host's word on the order of an allocation (`rankCandidates`), asked with what the ledger knows. */
import type { ItemRecord } from '../model/records.ts';
import type { DecideHooks } from '../ports/hooks.ts';
import { type Candidate, orderLots, type Strategy } from '../rules/allocation.ts';
import { formatSteps } from '../rules/quantities.ts';

/** What is being allocated, as a caller of `allocate` has it. */
export interface Ranking {
  readonly item: ItemRecord;
  readonly variant: string | null;
  readonly warehouse: { readonly code: string };
  /** Steps. */
  readonly quantity: number;
  readonly intent: string;
  readonly needDate: string;
  readonly strategy: Strategy;
}

/**
 * Ids of lots in the host's order, for `allocate`; undefined where the host has no say.
 * @param candidates as `candidatesFor` gives them; the host sees them in the order of the strategy
 * @throws LedgerError hook.failed
 */
export function hostOrder(
  hooks: DecideHooks | undefined,
  candidates: readonly Candidate[],
  { item, variant, warehouse, quantity, intent, needDate, strategy }: Ranking,
): readonly string[] | undefined {
  if (!hooks?.rankCandidates) return undefined;
  const show = (steps: number): string => formatSteps(steps, item.unit.decimals);
  const seen = orderLots(candidates, strategy, item.lots?.prefer ?? null).map(
    ({ lot, code, location, expiryDate, startDate, firstLoadDate, free, blocked }) => ({
      lot,
      code,
      location,
      expiryDate,
      startDate,
      firstLoadDate,
      free: show(free),
      blocked,
    }),
  );
  return hooks.rankCandidates(seen, {
    item: item.code,
    variant,
    warehouse: warehouse.code,
    quantity: show(quantity),
    intent,
    needDate,
  });
}
