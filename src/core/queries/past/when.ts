/**
 * A moment in the past, by two clocks: the business date that is asked for, and how far the journal had come
 * when it was looked at. What people changed counts from the day it was recorded on, in the ledger's zone.
 */
import type { HistoryRecord, MovementRecord } from '../../model/records.ts';
import { isoDate, maybe, whole } from '../../model/schema.ts';
import type { AsOf } from '../../model/views.ts';
import type { Scalar } from '../../ports/store.ts';
import type { QueryContext, QueryView } from '../../ports/view.ts';
import { UNGUARDED } from '../views/stock.ts';

/** What a question about the past may say. */
export const whenArgs = {
  /** A business date: the end of that day. Today unless said. */
  asOf: maybe(isoDate()),
  /** Only what the first so many entries of the journal say. */
  seq: maybe(whole(0, Number.MAX_SAFE_INTEGER)),
};

export interface WhenArgs {
  readonly asOf?: string | null | undefined;
  readonly seq?: number | null | undefined;
}

/** Whether a question is about the past at all. */
export const isPast = ({ asOf, seq }: WhenArgs): boolean =>
  (asOf !== undefined && asOf !== null) || (seq !== undefined && seq !== null);

export class When {
  readonly date: string;
  readonly seq: number;
  /** Of what was reserved nothing older than now is known. */
  readonly isNow: boolean;
  readonly #dayOf: (at: string) => string;

  constructor({ asOf, seq }: WhenArgs, head: number, context: Pick<QueryContext, 'today' | 'dayOf'>) {
    this.date = asOf ?? context.today;
    this.seq = Math.min(seq ?? head, head);
    this.isNow = this.date >= context.today && this.seq === head;
    this.#dayOf = context.dayOf;
  }

  get asOf(): AsOf {
    return { seq: this.seq, date: this.date };
  }

  /** Whether something people did had been recorded. */
  knows({ seq, at }: Pick<HistoryRecord, 'seq' | 'at'>): boolean {
    return seq <= this.seq && this.#dayOf(at) <= this.date;
  }

  /** Whether a movement counts: by its own date, however late it was recorded. */
  counts({ seq, date }: Pick<MovementRecord, 'seq' | 'date'>): boolean {
    return seq <= this.seq && date <= this.date;
  }

  /** Whether something was there by the day its record was made on. */
  saw(createdAt: string): boolean {
    return this.#dayOf(createdAt) <= this.date;
  }
}

const PAGE = 64;

/** What was changed on a record since, newest first, and the newest change that stands. */
export function changesSince(
  view: QueryView,
  of: string,
  when: When,
): { readonly since: readonly HistoryRecord[]; readonly last: HistoryRecord | undefined } {
  const since: HistoryRecord[] = [];
  let after: readonly Scalar[] | undefined;
  for (;;) {
    const options = { prefix: [of], reverse: true, limit: PAGE, ...(after ? { after } : {}) };
    const page = view.range('history', 'byOf', options, UNGUARDED);
    for (const change of page) {
      if (when.knows(change)) return { since, last: change };
      since.push(change);
    }
    const end = page.at(-1);
    if (page.length < PAGE || !end) return { since, last: undefined };
    after = [end.of, end.seq, end.id];
  }
}
