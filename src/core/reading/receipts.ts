/**
 * What waits for goods before they arrive: block rules, which take a new lot into quarantine (R51), and open
 * recalls of a supplier's lot, which it joins (R52). Asked wherever a lot is made or loaded for the first time.
 */
import type { Fact } from '../model/facts.ts';
import type { BlockRuleRecord, GuardRecord, IsoDate, LotRecord } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';
import type { View } from '../ports/view.ts';
import { blockRulesGuard } from '../rules/guards.ts';
import { likeMatcher } from '../rules/like.ts';
import { stricterStatus } from '../rules/usability.ts';
import { recallsFor } from './recalls.ts';

/** What of a lot is looked at, and the day it is received. */
export interface Receipt extends Pick<LotRecord, 'id' | 'code' | 'itemKey' | 'supplier' | 'supplierLot'> {
  readonly date: IsoDate;
}

/** What a lot gets because it was waited for; null where nobody did. */
export interface ReceiptPolicies {
  /** The status of the block rule, and the rule's id. */
  readonly status: string | null;
  readonly blockRule: string | null;
  /** Id of the recall it joins. */
  readonly recall: string | null;
  /** To be folded after the lot was made. */
  readonly facts: readonly Fact[];
}

type Rule = BlockRuleRecord & { readonly matches: ((code: string) => boolean) | null };

const compiled = new WeakMap<GuardRecord, readonly Rule[]>();

/** The active rules in the order of their codes; kept as long as the guard's record, and read once. */
function rulesOf(view: View): readonly Rule[] {
  const guard = view.get('guards', blockRulesGuard);
  if (!guard) return [];
  let rules = compiled.get(guard);
  if (!rules) {
    rules = view
      .range('blockRules', 'code', {}, blockRulesGuard)
      .filter((rule) => rule.active !== false)
      .map((rule) => ({ ...rule, matches: rule.codePattern ? likeMatcher(rule.codePattern) : null }));
    compiled.set(guard, rules);
  }
  return rules;
}

const sameCode = (named: string | null | undefined, own: string | null): boolean =>
  !named || (own !== null && codeKey(named) === codeKey(own));

const fits = (rule: Rule, lot: Receipt): boolean =>
  sameCode(rule.item, lot.itemKey) &&
  sameCode(rule.supplier, lot.supplier) &&
  sameCode(rule.supplierLot, lot.supplierLot) &&
  (!rule.from || rule.from <= lot.date) &&
  (!rule.to || lot.date <= rule.to) &&
  (rule.matches === null || rule.matches(lot.code));

/** The rule that counts for a lot: of several the one whose status is stricter on a sale, then by code. */
function blockRuleFor(view: View, lot: Receipt): Rule | undefined {
  let found: Rule | undefined;
  for (const rule of rulesOf(view)) {
    if (!fits(rule, lot)) continue;
    const [status, known] = [rule, found].map((each) =>
      each ? (view.get('lotStatuses', codeKey(each.status)) ?? null) : null,
    );
    if (!found || stricterStatus(known ?? null, status ?? null, 'sale') !== known) found = rule;
  }
  return found;
}

const nothing: ReceiptPolicies = { status: null, blockRule: null, recall: null, facts: [] };

/** What a lot gets that is made, or loaded for the first time, on a day. */
export function receiptPolicies(view: View, lot: Receipt): ReceiptPolicies {
  const rule = blockRuleFor(view, lot);
  const recalls = recallsFor(view, lot);
  if (!rule && recalls.length === 0) return nothing;
  return {
    status: rule?.status ?? null,
    blockRule: rule?.id ?? null,
    recall: recalls[0]?.id ?? null,
    facts: recalls.map(({ id }) => ({ kind: 'recallChanged', id, change: { what: 'joined', lot: lot.id } })),
  };
}
