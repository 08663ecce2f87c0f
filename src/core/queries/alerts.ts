/**
 * `alerts.list` and `alerts.get`: which dates of lots in stock come near, evaluated when they are read (R40).
 * What is read is bounded by what is due: lots are found by item and date.
 */
import * as z from 'zod/mini';
import { alertDates } from '../model/inputs.ts';
import type { ItemRecord, LotRecord } from '../model/records.ts';
import { code, isoDate, maybe, read, whole } from '../model/schema.ts';
import type { Alert, AlertPage } from '../model/views-policies.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey, compareText, naturalKey, US } from '../ports/keys.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../ports/view.ts';
import { named } from '../reading/references.ts';
import { type AlertRule, acknowledgementId, alertHorizon, alertsOf, isRaised } from '../rules/alerts.ts';
import { daysBetween } from '../rules/calendar.ts';
import { formatSteps } from '../rules/quantities.ts';
import { cursorOf, positionOf } from './lists/cursor.ts';
import { UNGUARDED } from './views/stock.ts';

const listArgs = z.strictObject({
  /** The day that is asked for; today unless said. */
  asOf: maybe(isoDate()),
  item: maybe(code()),
  warehouse: maybe(code()),
  includeAcknowledged: z.optional(z.boolean()),
  limit: z.optional(whole(1, 500)),
  cursor: maybe(z.string()),
});
type ListArgs = z.infer<typeof listArgs>;

/** An alert a lot raises, and its place in the list. */
interface Raised {
  readonly lot: LotRecord;
  readonly alert: AlertRule;
  readonly order: string;
}

const dueIndexes = {
  expiryDate: 'dueExpiryDate',
  retestDate: 'dueRetestDate',
  bestBefore: 'dueBestBefore',
  removalDate: 'dueRemovalDate',
} as const;

const orderOf = (lot: LotRecord, { date, days }: AlertRule): string =>
  [lot[date], naturalKey(lot.item), naturalKey(lot.code), lot.id, date, String(days).padStart(4, '0')].join(
    US,
  );

function raisedOf(view: QueryView, item: ItemRecord, day: string): Raised[] {
  const raised = gather(alertsOf(item), (alert) => {
    const due = { prefix: [item.id], to: alertHorizon(alert, day) };
    const lots = view.range('lots', dueIndexes[alert.date], due, UNGUARDED);
    return lots.map((lot) => ({ lot, alert, order: orderOf(lot, alert) }));
  });
  return raised.flat();
}

/** Steps of a lot that are there: in a warehouse, or in all. */
function stepsOf(view: QueryView, lot: LotRecord, warehouse: string | null): number {
  if (warehouse === null) return lot.onHand;
  const there = view.range('balances', 'byLot', { prefix: [lot.id, warehouse] }, UNGUARDED);
  return there.reduce((sum, balance) => sum + balance.onHand, 0);
}

function alertView(
  view: QueryView,
  lot: LotRecord,
  alert: AlertRule,
  { day, warehouse }: { readonly day: string; readonly warehouse: string | null },
): Alert {
  const on = lot[alert.date] as string;
  const seen = view.get('acknowledgements', acknowledgementId(lot.id, alert));
  return {
    lot: lot.id,
    code: lot.code,
    item: lot.item,
    variant: lot.variant,
    ...alert,
    on,
    daysLeft: daysBetween(day, on),
    onHand: formatSteps(stepsOf(view, lot, warehouse), lot.decimals),
    acknowledged: seen?.date === on ? { at: seen.at, actor: seen.actor, note: seen.note } : null,
  };
}

function itemsOf(view: QueryView, { item }: ListArgs): readonly ItemRecord[] {
  if (item) return [named(view, 'items', item, 'item')];
  return view.range('items', 'alerting', {}, UNGUARDED);
}

function list(view: QueryView, args: ListArgs, { today }: QueryContext): AlertPage {
  const { cursor, limit = 50, ...asked } = args;
  const day = asked.asOf ?? today;
  const warehouse = asked.warehouse ? named(view, 'warehouses', asked.warehouse, 'warehouse').id : null;
  const question = JSON.stringify(['alerts.list', day, asked.item, warehouse, asked.includeAcknowledged]);
  const after = cursor ? String(positionOf(question, cursor)[0]) : '';
  const rest = gather(itemsOf(view, args), (item) => raisedOf(view, item, day))
    .flat()
    .filter((raised) => compareText(raised.order, after) > 0)
    .sort((a, b) => compareText(a.order, b.order));
  const items: Alert[] = [];
  let end = 0;
  while (end < rest.length && items.length < limit) {
    // as many at once as are still wanted: over a far store they are one round trip
    const some = rest.slice(end, end + limit - items.length);
    end += some.length;
    for (const alert of gather(some, ({ lot, alert: rule }) =>
      alertView(view, lot, rule, { day, warehouse }),
    )) {
      const seen = alert.acknowledged !== null && !asked.includeAcknowledged;
      if (!seen && alert.onHand !== '0') items.push(alert);
    }
  }
  const last = rest[end - 1];
  return {
    items,
    ...(last && end < rest.length ? { next: cursorOf(question, [last.order]) } : {}),
    asOf: { seq: view.head.seq, date: day },
  };
}

const getArgs = z.strictObject({ lot: z.string(), date: z.enum(alertDates), days: whole(0, 3650) });

const alertList: QueryDefinition<ListArgs, AlertPage> = {
  name: 'alerts.list',
  schema: maybe(listArgs),
  parse: (args) => read(listArgs, args ?? {}),
  run: list,
};

const alertGet: QueryDefinition<z.infer<typeof getArgs>, Alert> = {
  name: 'alerts.get',
  schema: getArgs,
  parse: (args) => read(getArgs, args),
  run(view, { lot: id, ...alert }, { today }) {
    const lot = view.get('lots', id);
    if (!lot) throw new LedgerError('lot.notFound', { details: { id } });
    const item = view.get('items', codeKey(lot.item));
    const known = item && alertsOf(item).some((each) => each.date === alert.date && each.days === alert.days);
    if (!known || !isRaised(lot, alert, today)) {
      throw new LedgerError('alert.notFound', { details: { code: lot.code, ...alert } });
    }
    return alertView(view, lot, alert, { day: today, warehouse: null });
  },
};

export const alertQueries = [alertList, alertGet] as unknown as QueryDefinition[];
