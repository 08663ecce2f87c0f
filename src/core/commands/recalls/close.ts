/**
 * `recalls.close`: ends a recall with its evidence, the whole report as it is now, whose text and hash go into
 * the journal; and says what of it may be used again.
 */
import * as z from 'zod/mini';
import type { RecallRecord } from '../../model/cases.ts';
import { read } from '../../model/schema.ts';
import { textsDigest } from '../../ports/chain.ts';
import { LedgerError } from '../../ports/errors.ts';
import type { CommandDefinition, DecideContext, View } from '../../ports/view.ts';
import { recallReport } from '../../reading/recall-report.ts';
import { canonicalText } from '../../rules/canonical.ts';
import { freedBy, freeInput, passedOn } from './free.ts';
import { openCase } from './told.ts';

const closeArgs = z.strictObject({
  id: z.string(),
  free: z.optional(freeInput),
});
type CloseArgs = z.infer<typeof closeArgs>;

/** The report as text, with what was asked, notified and recovered; codes of parties, never their names (R135). */
function evidenceOf(
  view: View,
  recall: RecallRecord,
  context: DecideContext,
): { hash: string; text: string } {
  const { code, title, reason, class: level, origin, openedAt, openedSeq, openedOn, actor } = recall;
  // the case is expected, and each lot and serial it covers: whoever moves one of them writes it
  const report = recallReport(view, recall, { at: context.at, guard: `recall:${recall.id}` });
  const parties = report.parties.map(({ party, ...rest }) => ({
    ...rest,
    party: { kind: party.kind, code: party.code },
  }));
  const text = canonicalText({
    case: { code, title, reason, class: level, origin, openedAt, openedSeq, openedOn, openedBy: actor },
    closed: { at: context.at, by: context.actor },
    ...report,
    parties,
    notified: recall.notified,
    recovered: recall.recovered,
    releasedReservations: recall.releasedReservations,
  });
  return { hash: textsDigest([text]), text };
}

export const closeRecall: CommandDefinition<CloseArgs> = {
  name: 'recalls.close@1',
  schema: closeArgs,
  parse: (args) => read(closeArgs, args),
  decide({ id, free }, view, context) {
    if (!context.may('recall.close'))
      throw new LedgerError('permission.denied', { details: { action: 'recall.close' } });
    const recall = openCase(view, id);
    const freed = freedBy(recall, free);
    const passed = passedOn(view, recall, [...freed.lots, ...freed.serials]);
    const evidence = evidenceOf(view, recall, context);
    return {
      facts: [{ kind: 'recallChanged', id, change: { what: 'closed', evidence, freed, passed } }],
    };
  },
};
