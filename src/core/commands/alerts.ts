/**
 * `alerts.acknowledge@1 {lot, date, days, note?}`: somebody has seen an alert (R40). It counts for the date the
 * lot has now. Acknowledged again it stays as it was: the first to see it is who did.
 */
import * as z from 'zod/mini';
import { alertDates } from '../model/inputs.ts';
import { maybe, note, read, whole } from '../model/schema.ts';
import { LedgerError } from '../ports/errors.ts';
import type { CommandDefinition } from '../ports/view.ts';
import { acknowledgementId, alertsOf, isRaised } from '../rules/alerts.ts';
import { itemOf, lotOf } from './lots/update.ts';

const acknowledgeInput = z.strictObject({
  /** Id of the lot. */
  lot: z.string(),
  /** The alert, as the item's settings have it. */
  date: z.enum(alertDates),
  days: whole(0, 3650),
  note: maybe(note()),
});

const acknowledgeAlert: CommandDefinition<z.infer<typeof acknowledgeInput>> = {
  name: 'alerts.acknowledge@1',
  schema: acknowledgeInput,
  parse: (args) => read(acknowledgeInput, args),
  decide({ lot: ref, date, days, note: said }, view, context) {
    const lot = lotOf(view, ref);
    const alert = alertsOf(itemOf(view, lot.itemKey)).find(
      (each) => each.date === date && each.days === days,
    );
    const on = lot[date];
    if (!alert || on === null || !isRaised(lot, alert, context.today)) {
      throw new LedgerError('alert.notFound', { details: { code: lot.code, date, days } });
    }
    const id = acknowledgementId(lot.id, alert);
    if (view.get('acknowledgements', id)?.date === on) return { facts: [] };
    return {
      facts: [{ kind: 'acknowledged', acknowledgement: { id, lot: lot.id, date: on, note: said ?? null } }],
    };
  },
};

export const alertCommands = [acknowledgeAlert] as unknown as CommandDefinition[];
