/**
 * Jobs: how far one is, what each change came to, which are still to be sent (R137). Nothing of it is stored:
 * a change is done when its command's receipt says so, whoever sent it.
 */
import * as z from 'zod/mini';
import type { JobRecord, ReservationRecord } from '../model/cases.ts';
import type { Intent } from '../model/inputs.ts';
import type { LotRecord, SerialRecord } from '../model/records.ts';
import { byId, maybe, read, whole } from '../model/schema.ts';
import type { Page } from '../model/views.ts';
import type {
  FailingReservation,
  Job,
  JobCommand,
  JobOutcome,
  JobResult,
  JobState,
} from '../model/views-jobs.ts';
import { LedgerError, type LedgerProblem } from '../ports/errors.ts';
import { gather, type QueryContext, type QueryDefinition, type QueryView } from '../ports/view.ts';
import { settingsOf } from '../reading/references.ts';
import { reservationOfSerial, reservationsOfLot } from '../reading/reservations.ts';
import { lotSubject, serialSubject } from '../reading/stock.ts';
import { changeArgs, changeId, registerOf } from '../rules/jobs.ts';
import { formatSteps } from '../rules/quantities.ts';
import { type UsabilitySubject, usability } from '../rules/usability.ts';
import { cursorOf, positionOf } from './lists/cursor.ts';
import { textField } from './lists/filters.ts';
import type { ListSpec } from './lists/spec.ts';
import { own } from './views/own.ts';

function jobOf(view: QueryView, id: string): JobRecord {
  const job = view.get('jobs', id);
  if (!job) throw new LedgerError('job.notFound', { details: { id } });
  return job;
}

const jobView = ({ id, seq, command, patch, targets, reason, actor, at }: JobRecord): Job => ({
  id,
  seq,
  command: command.slice(0, command.indexOf('@')) as JobCommand,
  patch: own(patch),
  size: targets.length,
  reason,
  actor,
  startedAt: at,
});

interface Answer {
  readonly outcome: JobOutcome;
  readonly seq: number | null;
  readonly problem: LedgerProblem | null;
}

const PENDING: Answer = { outcome: 'pending', seq: null, problem: null };

/** What the n-th change came to. */
function answerOf(view: QueryView, job: string, n: number): Answer {
  const id = changeId(job, n);
  const receipt = view.get('receipts', id);
  if (receipt) return { outcome: 'done', seq: receipt.seq, problem: null };
  const refusal = view.get('refusals', id);
  if (!refusal?.problem) return PENDING;
  return { outcome: 'refused', seq: null, problem: refusal.problem as unknown as LedgerProblem };
}

const getJob: QueryDefinition<{ id: string }, JobState> = {
  name: 'jobs.get',
  schema: byId,
  parse: (args) => read(byId, args),
  run(view, { id }) {
    const job = jobOf(view, id);
    const counts = { total: job.targets.length, done: 0, refused: 0, pending: 0 };
    for (const { outcome } of gather(job.targets, (_target, n) => answerOf(view, id, n))) counts[outcome]++;
    return { ...jobView(job), counts };
  },
};

/** Why a lot or a piece may not be taken for a reservation, as things are now. */
function failing(
  view: QueryView,
  subject: UsabilitySubject,
  reservations: readonly ReservationRecord[],
  { today }: QueryContext,
): FailingReservation[] {
  const { sellableBlocks } = settingsOf(view);
  return reservations.flatMap((each) => {
    const use = {
      intent: each.intent as Intent,
      day: each.needDate,
      today,
      allowUnavailable: false,
      forceExpired: false,
      sellableBlocks,
    };
    const { allowed, reasons } = usability(subject, use);
    if (allowed) return [];
    const { id, document, quantity, fulfilled, released, decimals, needDate } = each;
    const left = formatSteps(quantity - fulfilled - released, decimals);
    return [
      { id, document: own(document), quantity: left, needDate, reasons: reasons.map(({ code }) => code) },
    ];
  });
}

function failingOfLot(view: QueryView, lot: LotRecord, context: QueryContext): FailingReservation[] {
  const reservations = reservationsOfLot(view, lot);
  const item = reservations.length > 0 ? view.get('items', lot.itemKey) : undefined;
  return item ? failing(view, lotSubject(lot, item, view), reservations, context) : [];
}

function failingOfSerial(view: QueryView, serial: SerialRecord, context: QueryContext): FailingReservation[] {
  const reservation = reservationOfSerial(view, serial.id);
  if (!reservation) return [];
  // its own reservation is not what stands against it
  return failing(view, { ...serialSubject(serial, view), reserved: false }, [reservation], context);
}

function resultOf(view: QueryView, job: JobRecord, n: number, context: QueryContext): JobResult {
  const id = job.targets[n] as string;
  const answer = answerOf(view, job.id, n);
  const register = registerOf(job.command);
  const record = view.get(register, id);
  const held = answer.outcome === 'done' && record ? record : undefined;
  return {
    n,
    id,
    item: record?.item ?? null,
    code: record?.code ?? null,
    ...answer,
    failing: !held
      ? []
      : register === 'lots'
        ? failingOfLot(view, held as LotRecord, context)
        : failingOfSerial(view, held as SerialRecord, context),
  };
}

const resultsArgs = z.strictObject({
  id: z.string(),
  outcome: maybe(z.enum(['done', 'refused', 'pending'])),
  /** Only those with reservations that fail now. */
  failing: z.optional(z.boolean()),
  limit: z.optional(whole(1, 500)),
  cursor: maybe(z.string()),
});

const results: QueryDefinition<z.infer<typeof resultsArgs>, Page<JobResult>> = {
  name: 'jobs.results',
  schema: resultsArgs,
  parse: (args) => read(resultsArgs, args),
  run(view, { id, outcome, limit = 50, cursor, ...asked }, context) {
    const job = jobOf(view, id);
    const question = JSON.stringify(['jobs.results', id, outcome ?? null, asked.failing ?? false]);
    const first = cursor ? Number(positionOf(question, cursor)[0]) + 1 : 0;
    const items: JobResult[] = [];
    const page = { items, asOf: { seq: view.head.seq, date: context.today } };
    for (let n = first; n < job.targets.length; n++) {
      if (outcome && answerOf(view, id, n).outcome !== outcome) continue;
      const result = resultOf(view, job, n, context);
      if (asked.failing && result.failing.length === 0) continue;
      const last = items.at(-1);
      if (last && items.length === limit) return { ...page, next: cursorOf(question, [last.n]) };
      items.push(result);
    }
    return page;
  },
};

const pendingArgs = z.strictObject({
  id: z.string(),
  /** From this number on. */
  from: z.optional(whole(0, Number.MAX_SAFE_INTEGER)),
  limit: z.optional(whole(1, 500)),
});

/** One change of a job that has no answer yet, ready to be sent. */
export interface PendingChange {
  readonly n: number;
  readonly name: string;
  readonly id: string;
  readonly args: unknown;
}

const pending: QueryDefinition<z.infer<typeof pendingArgs>, PendingChange[]> = {
  name: 'jobs.pending',
  schema: pendingArgs,
  parse: (args) => read(pendingArgs, args),
  run(view, { id, from = 0, limit = 64 }) {
    const job = jobOf(view, id);
    const found: PendingChange[] = [];
    for (let n = from; n < job.targets.length && found.length < limit; n++) {
      if (answerOf(view, id, n).outcome !== 'pending') continue;
      const args = changeArgs(job.command, job.targets[n] as string, own(job.patch));
      found.push({ n, name: job.command, id: changeId(id, n), args });
    }
    return found;
  },
};

export const jobList: ListSpec<'jobs', Job> = {
  name: 'jobs.list',
  collection: 'jobs',
  sorts: ['seq'],
  defaultSort: '-seq',
  fields: { actor: textField('actor'), reason: textField('reason') },
  render: jobView,
};

export const jobQueries = [getJob, results, pending] as unknown as QueryDefinition[];
