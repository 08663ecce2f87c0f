/**
 * Genealogy: links between what went in and what came out, from postings that name each other, and pieces
 * installed in others. A link is never deleted: what is taken back, or removed again, ends on a day (R80,
 * R109, R112).
 */
import type { EdgeRecord } from '../model/cases.ts';
import type { Entry, Fact, PostingFact } from '../model/facts.ts';
import type { PostingRecord } from '../model/records.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { linkKind, linksOf, nodesOf, type Side } from '../rules/genealogy.ts';

type Posted = Extract<Fact, { kind: 'posted' }>;

/** What its links are called: its own operation's word, or that of the posting it was made instead of. */
function kindOf(posting: PostingFact | PostingRecord, writer: Writer): EdgeRecord['kind'] | null {
  if (posting.corrects === null) return linkKind(posting.operation);
  const corrected = writer.get('postings', posting.corrects);
  return corrected ? kindOf(corrected, writer) : null;
}

/** Links of the postings of one entry with their counterparts, each pair once. */
function foldPairs(posted: readonly PostingFact[], writer: Writer): void {
  const done = new Set<string>();
  for (const posting of posted) {
    if (posting.reverses !== null || posting.counterpart === null) continue;
    const kind = kindOf(posting, writer);
    // the opposite one is of this entry, or, of a correction, stands since before
    const other = kind === null ? undefined : writer.get('postings', posting.counterpart);
    const own = writer.get('postings', posting.id);
    if (kind === null || !other || !own) continue;
    const [unload, load] = own.type === 'unload' ? [own, other] : [other, own];
    if (done.has(unload.id + load.id)) continue;
    done.add(unload.id + load.id);
    for (const link of linksOf(unload, load, kind)) {
      writer.put('edges', {
        ...link,
        seq: writer.seq,
        date: posting.date,
        endDate: null,
        endSeq: null,
        reversed: false,
      });
    }
  }
}

function end(edge: EdgeRecord, date: string, reversed: boolean, writer: Writer): void {
  writer.put('edges', { ...edge, endDate: date, endSeq: writer.seq, reversed });
  if (edge.kind !== 'install' || edge.fromKind !== 'serial') return;
  const piece = writer.get('serials', edge.from);
  if (piece?.parent === edge.to) writer.put('serials', { ...piece, parent: null });
}

/** How much of each node a posting still moves, its reversed lines left out. */
const left = (side: Side): Map<string, number> =>
  new Map(nodesOf(side, new Set(), true).map((node) => [node.id, node.quantity]));

/** A posting was taken back, whole or by lines: its links end, or carry what is left. */
function foldReversal(reversal: PostingFact, writer: Writer): void {
  const original = writer.get('postings', reversal.reverses as string);
  if (!original || original.operation === null) return;
  const isUnload = original.type === 'unload';
  // new links of a posting are made by those who write that posting too, and it is expected above
  const edges = writer.range('edges', isUnload ? 'byUnload' : 'byLoad', { prefix: [original.id] }, null);
  if (edges.length === 0) return;
  const rest = left(original);
  for (const edge of edges) {
    if (edge.endSeq !== null) continue;
    const steps = rest.get(isUnload ? edge.from : edge.to);
    if (steps === undefined) end(edge, reversal.date, true, writer);
    else if (isUnload) writer.put('edges', { ...edge, fromQuantity: steps });
    else writer.put('edges', { ...edge, toQuantity: steps });
  }
}

function foldInstalled(fact: Extract<Fact, { kind: 'installed' }>, writer: Writer): void {
  const { edge } = fact;
  writer.put('edges', { ...edge, seq: writer.seq, endDate: null, endSeq: null, reversed: false });
  const piece = edge.fromKind === 'serial' ? writer.get('serials', edge.from) : undefined;
  if (piece) writer.put('serials', { ...piece, parent: edge.to });
}

/** Whether a fact can change links at all; most postings stand alone. */
function matters(fact: Fact): boolean {
  if (fact.kind === 'posted') return fact.posting.reverses !== null || fact.posting.counterpart !== null;
  return fact.kind === 'installed' || fact.kind === 'uninstalled';
}

function apply(entry: Entry, writer: Writer): void {
  if (!entry.facts.some(matters)) return;
  const posted = entry.facts
    .filter((fact): fact is Posted => fact.kind === 'posted')
    .map((fact) => fact.posting);
  for (const posting of posted) if (posting.reverses !== null) foldReversal(posting, writer);
  foldPairs(posted, writer);
  for (const fact of entry.facts) {
    if (fact.kind === 'installed') foldInstalled(fact, writer);
    else if (fact.kind === 'uninstalled') {
      const edge = writer.get('edges', fact.edge);
      if (edge && edge.endSeq === null) end(edge, fact.date, false, writer);
    }
  }
}

export const genealogy: Projection = {
  name: 'genealogy',
  version: 1,
  collections: ['edges', 'serials'],
  apply,
};
