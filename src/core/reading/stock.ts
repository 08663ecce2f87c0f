/**
 * Stock as deciders and questions read it: balances over the days, and lots and serials as the one rule of
 * usability asks for them.
 */
import type { LotStatusInput } from '../model/inputs.ts';
import type { BalanceRecord, IsoDate, ItemRecord, LotRecord, SerialRecord } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';
import type { View } from '../ports/view.ts';
import type { UsabilitySubject } from '../rules/usability.ts';

/** A balance at the end of one day. */
export interface DayEnd {
  readonly date: IsoDate;
  readonly steps: number;
}

/**
 * End-of-day balances from a day on, ascending: the day itself, then every later day with a movement.
 * Days are expected through the balance, which every one of their writers also writes.
 */
export function dayEnds(view: View, balance: BalanceRecord, from: IsoDate): DayEnd[] {
  if (from >= balance.lastDate) return [{ date: from, steps: balance.onHand }];
  const days = view.range('days', 'byBalance', { prefix: [balance.id], from }, null);
  const ends: DayEnd[] = [];
  let steps = balance.onHand;
  for (let i = days.length - 1; i >= 0; i--) {
    const day = days[i] as (typeof days)[number];
    ends.push({ date: day.date, steps });
    steps -= day.delta;
  }
  if (days[0]?.date !== from) ends.push({ date: from, steps });
  return ends.reverse();
}

/** What may leave a balance on a day without any later day going below zero (R73, R74). */
export function freeFrom(view: View, balance: BalanceRecord, day: IsoDate): number {
  if (day >= balance.lastDate) return balance.onHand;
  return Math.max(0, Math.min(...dayEnds(view, balance, day).map((end) => end.steps)));
}

/** The policy of a status code. */
export const statusOf = (view: View, status: string | null): LotStatusInput | null =>
  status === null ? null : (view.get('lotStatuses', codeKey(status)) ?? null);

/** Whether planning sees stock in a status (its `planning` flag); stock without a status always. */
export const isPlannable = (view: View, status: string | null): boolean =>
  statusOf(view, status)?.planning !== false;

/** The rule that took a lot into quarantine, while its status is still the one the rule gave (R51). */
function blockRuleOf(view: View, { blockRule, status }: Pick<LotRecord, 'blockRule' | 'status'>) {
  const rule = blockRule && status !== null ? view.get('blockRules', blockRule) : undefined;
  return rule && codeKey(rule.status) === codeKey(status ?? '') ? rule.code : null;
}

/** A lot as the one rule of usability asks for it. */
export function lotSubject(
  lot: Pick<LotRecord, 'code' | 'closed' | 'expiryDate' | 'sellable' | 'status' | 'recall' | 'blockRule'> &
    Partial<Pick<LotRecord, 'inspected'>>,
  item: ItemRecord,
  view: View,
): UsabilitySubject {
  const policy = item.lots?.inspection;
  return {
    kind: 'lot',
    code: lot.code,
    closed: lot.closed,
    recalled: lot.recall !== null,
    blockRule: blockRuleOf(view, lot),
    inspection: policy ? { policy, found: lot.inspected ?? null } : null,
    expiryDate: lot.expiryDate,
    sellable: lot.sellable,
    status: statusOf(view, lot.status),
    warnDays: item.lots?.warnDays,
    blockDays: item.lots?.blockDays,
  };
}

/** A serial as the one rule of usability asks for it: what it says itself, its lot aside. */
export function serialSubject(
  serial: Pick<SerialRecord, 'code' | 'closed' | 'cancelled' | 'expiryDate' | 'status'> &
    Partial<Pick<SerialRecord, 'reserved' | 'recall'>>,
  view: View,
): UsabilitySubject {
  return {
    kind: 'serial',
    code: serial.code,
    closed: serial.closed,
    cancelled: serial.cancelled,
    reserved: serial.reserved ?? false,
    recalled: (serial.recall ?? null) !== null,
    expiryDate: serial.expiryDate,
    sellable: true,
    status: statusOf(view, serial.status),
    warnDays: null,
    blockDays: null,
  };
}
