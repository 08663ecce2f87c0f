/**
 * Alerts: a date of a lot that comes near (R40). One is evaluated when it is read, never stored; what is
 * stored is that somebody has seen it, for the date the lot had then, so a moved date raises it again.
 */
import type { AlertDate } from '../model/inputs.ts';
import type { IsoDate, ItemRecord, LotRecord } from '../model/records.ts';
import { US } from '../ports/keys.ts';
import { addDays } from './calendar.ts';

/** One alert of an item: so many days before a date of its lots. */
export interface AlertRule {
  readonly date: AlertDate;
  readonly days: number;
}

/** The alerts of an item, each once. */
export function alertsOf(item: ItemRecord): AlertRule[] {
  const found = new Map<string, AlertRule>();
  for (const alert of item.lots?.alerts ?? []) found.set(alert.date + US + alert.days, alert);
  return [...found.values()];
}

/** Id of having seen an alert. */
export const acknowledgementId = (lot: string, { date, days }: AlertRule): string =>
  [lot, date, days].join(US);

/** The last date that raises an alert on a day; later ones do not yet. */
export const alertHorizon = ({ days }: AlertRule, day: IsoDate): IsoDate => addDays(day, days);

/** Whether a lot raises an alert on a day: it is in stock, in use, and the date is near or past. */
export function isRaised(
  lot: Pick<LotRecord, 'onHand' | 'closed' | AlertDate>,
  alert: AlertRule,
  day: IsoDate,
): boolean {
  const on = lot[alert.date];
  return lot.onHand > 0 && !lot.closed && on !== null && on <= alertHorizon(alert, day);
}
