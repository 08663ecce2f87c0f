/** Recalls: the list, one with everything it comes to, its parties page by page, and its evidence. */
import * as z from 'zod/mini';
import type { RecallRecord } from '../model/cases.ts';
import { read, whole } from '../model/schema.ts';
import type { Page } from '../model/views.ts';
import type {
  Recall,
  RecallEvidence,
  RecallParty,
  RecallReport,
  RecallSummary,
} from '../model/views-recalls.ts';
import { textsDigest } from '../ports/chain.ts';
import { LedgerError } from '../ports/errors.ts';
import { codeKey } from '../ports/keys.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../ports/view.ts';
import { recallReport } from '../reading/recall-report.ts';
import { formatSteps } from '../rules/quantities.ts';
import { offeredSorts } from '../tables.ts';
import { cursorOf, positionOf } from './lists/cursor.ts';
import { instantField, textField } from './lists/filters.ts';
import type { ListSpec } from './lists/spec.ts';
import { own } from './views/own.ts';
import { nameOf, UNGUARDED } from './views/stock.ts';

function summaryOf(recall: RecallRecord): RecallSummary {
  return {
    id: recall.id,
    version: recall.edition,
    code: recall.code,
    title: recall.title,
    reason: recall.reason,
    class: recall.class,
    state: recall.state,
    lots: recall.lots.length + recall.late.length,
    serials: recall.serials.length,
    notified: new Set(recall.notified.map(({ party }) => `${party.kind} ${codeKey(party.code)}`)).size,
    openedAt: recall.openedAt,
    openedOn: recall.openedOn,
    openedSeq: recall.openedSeq,
    closedAt: recall.closedAt,
    closedSeq: recall.closedSeq,
    actor: recall.actor,
    evidenceHash: recall.evidence?.hash ?? null,
  };
}

export const recallList: ListSpec<'recalls', RecallSummary> = {
  name: 'recalls.list',
  collection: 'recalls',
  sorts: offeredSorts.recalls,
  defaultSort: '-openedSeq',
  fields: {
    code: textField('codeText'),
    title: textField('titleText'),
    reason: textField('reasonText'),
    state: textField('state'),
    class: textField('class'),
    openedAt: instantField('openedAt'),
    actor: textField('actor'),
  },
  render: (record) => summaryOf(record),
};

const refArgs = z.strictObject({ id: z.string() });

/** A recall by its id, or by its code. */
function existing(view: QueryView, id: string): RecallRecord {
  const recall = view.get('recalls', id) ?? view.lookup('recalls', 'code', [codeKey(id)]);
  if (!recall) throw new LedgerError('recall.notFound', { details: { id } });
  return recall;
}

/** The report now, with the names of parties; without parties for readers who may not see them (R120). */
function reportOf(view: QueryView, recall: RecallRecord, context: QueryContext): RecallReport {
  const report = recallReport(view, recall, { at: context.at, guard: UNGUARDED });
  if (!context.may('document.view')) {
    const gaps = report.gaps.map((each) => ({ ...each, posting: null, party: null }));
    return { ...report, parties: [], gaps };
  }
  const parties = gather(report.parties, (each) => ({
    ...each,
    party: { ...each.party, name: nameOf(view, each.party) },
  }));
  return { ...report, parties };
}

function recoveredOf(view: QueryView, recall: RecallRecord): Recall['recovered'] {
  return gather(recall.recovered, (each) => {
    const record = each.serial ? view.get('serials', each.serial) : view.get('lots', each.lot ?? '');
    const decimals = record ? (view.get('items', record.itemKey)?.unit.decimals ?? 0) : 0;
    return { ...own(each), quantity: formatSteps(each.quantity, decimals) };
  });
}

const getQuery: QueryDefinition<{ id: string }, Recall> = {
  name: 'recalls.get',
  schema: refArgs,
  parse: (args) => read(refArgs, args),
  run(view, { id }, context) {
    const recall = existing(view, id);
    const documents = context.may('document.view');
    return {
      ...summaryOf(recall),
      origin: own(recall.origin),
      releasedReservations: [...recall.releasedReservations],
      ...reportOf(view, recall, context),
      notified: documents ? own(recall.notified) : [],
      recovered: recoveredOf(view, recall).map((each) => (documents ? each : { ...each, party: null })),
      restricted: !documents,
      asOf: { seq: view.head.seq, date: context.today },
    };
  },
};

const partiesArgs = z.strictObject({
  id: z.string(),
  limit: z.optional(whole(1, 500)),
  cursor: z.optional(z.nullable(z.string())),
});

const partiesQuery: QueryDefinition<z.infer<typeof partiesArgs>, Page<RecallParty>> = {
  name: 'recalls.parties',
  schema: partiesArgs,
  parse: (args) => read(partiesArgs, args),
  run(view, { id, limit = 50, cursor }, context) {
    const recall = existing(view, id);
    const question = JSON.stringify(['recalls.parties', recall.id]);
    const start = cursor ? Number(positionOf(question, cursor)[0]) : 0;
    const { parties } = reportOf(view, recall, context);
    const end = start + limit;
    return {
      items: parties.slice(start, end),
      ...(end < parties.length ? { next: cursorOf(question, [end]) } : {}),
      total: parties.length,
      asOf: { seq: view.head.seq, date: context.today },
    };
  },
};

const evidenceQuery: QueryDefinition<{ id: string }, RecallEvidence> = {
  name: 'recalls.evidence',
  schema: refArgs,
  parse: (args) => read(refArgs, args),
  run(view, { id }, context) {
    if (!context.may('document.view'))
      throw new LedgerError('permission.denied', { details: { action: 'document.view' } });
    const recall = existing(view, id);
    if (!recall.evidence) throw new LedgerError('recall.stillOpen', { details: { code: recall.code } });
    const { hash, text } = recall.evidence;
    return { recall: recall.id, hash, text, intact: textsDigest([text]) === hash };
  },
};

export const recallQueries = [getQuery, partiesQuery, evidenceQuery] as unknown as QueryDefinition[];
