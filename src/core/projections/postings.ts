/**
 * Postings as documents: themselves, their progressive per warehouse and day (R125), the host's document
 * keys (R88), and the marks of reversals (R80: nothing is deleted, only marked).
 */
import type { Entry, PostingFact } from '../model/facts.ts';
import type { PostingRecord } from '../model/records.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { nextPostingNumber, postingNumberId } from '../rules/posting-number.ts';
import { addReturned } from '../rules/returns.ts';

type Posting = Omit<PostingRecord, 'version'>;

function countNumber(posting: Posting, writer: Writer): void {
  const id = postingNumberId(posting.warehouse, posting.date);
  const known = writer.get('postingNumbers', id);
  const byHand = known?.byHand ?? [];
  const last = known?.last ?? 0;
  if (posting.number === nextPostingNumber(known)) {
    writer.put('postingNumbers', {
      id,
      last: posting.number,
      byHand: byHand.filter((n) => n > posting.number),
    });
  } else {
    writer.put('postingNumbers', { id, last, byHand: [...byHand, posting.number].sort((a, b) => a - b) });
  }
}

/** What a return brings back, or its reversal takes away again, is counted on the line it names (R81). */
function countReturns(posting: Posting, writer: Writer): void {
  const sign = posting.reverses === null ? 1 : -1;
  for (const line of posting.lines) {
    const { returns } = line;
    const delivery = returns === null ? undefined : writer.get('postings', returns.posting);
    if (!delivery) continue;
    const lines = delivery.lines.map((each) =>
      each.id === returns?.line ? { ...each, returned: addReturned(each.returned, line, sign) } : each,
    );
    writer.put('postings', { ...delivery, lines });
  }
}

function markReversed(reversal: Posting, original: PostingRecord, writer: Writer): void {
  const taken = new Set(reversal.lines.map((line) => line.reverses));
  const lines = original.lines.map((line) =>
    taken.has(line.id) ? { ...line, reversedBy: reversal.id } : line,
  );
  const reversed = lines.every((line) => line.reversedBy !== null);
  writer.put('postings', { ...original, lines, reversed });
  // a posting made instead of it may hold its key by now
  const holder = original.key === null ? undefined : writer.get('postingKeys', original.key);
  if (reversed && holder?.posting === original.id) writer.remove('postingKeys', holder.id);
}

/**
 * A posting as it is recorded. Spelled out field by field: far faster to build than by spreading and adding.
 */
export function recordOf(posting: PostingFact, entry: Entry, seq: number): Omit<PostingRecord, 'version'> {
  return {
    id: posting.id,
    seq,
    key: posting.key,
    print: entry.print,
    warehouse: posting.warehouse,
    template: posting.template,
    type: posting.type,
    intent: posting.intent,
    date: posting.date,
    number: posting.number,
    document: posting.document,
    internalDocument: posting.internalDocument,
    party: posting.party,
    project: posting.project,
    note: posting.note,
    lines: posting.lines,
    operation: posting.operation,
    counterpart: posting.counterpart,
    main: posting.main,
    traced: posting.traced,
    corrects: posting.corrects,
    count: posting.count,
    unverified: posting.unverified,
    fulfilled: posting.fulfilled,
    reverses: posting.reverses,
    reversed: false,
    reason: posting.reason,
    actor: entry.actor,
    at: entry.at,
    warnings: entry.warnings ?? [],
  };
}

function applyPosted(posting: Posting, writer: Writer): void {
  writer.put('postings', posting);
  countNumber(posting, writer);
  if (posting.key !== null)
    writer.put('postingKeys', { id: posting.key, posting: posting.id, print: posting.print });
  countReturns(posting, writer);
  if (posting.reverses !== null) {
    const original = writer.get('postings', posting.reverses);
    if (original) markReversed(posting, original, writer);
  }
}

export const postings: Projection = {
  name: 'postings',
  version: 2,
  collections: ['postings', 'postingNumbers', 'postingKeys'],
  apply(entry: Entry, writer: Writer) {
    for (const fact of entry.facts) {
      if (fact.kind === 'posted') applyPosted(recordOf(fact.posting, entry, writer.seq), writer);
    }
  },
};
