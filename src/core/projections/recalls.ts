/**
 * Recalls: the case itself, and the mark on every lot and serial it holds (R52). A lot may be in several
 * recalls; it carries the first, and the next one when that lets it go. Lots received later join by a fact of
 * their own.
 */
import type { RecallRecord } from '../model/cases.ts';
import type { Entry, Fact, RecallChange, RecallFact } from '../model/facts.ts';
import type { Projection, Writer } from '../ports/view.ts';
import { recallsGuard, supplierLotGuard } from '../rules/guards.ts';

type Marked = 'lots' | 'serials';

/** Marks what is not held yet, or, from one recall, what another takes over. */
function mark(collection: Marked, id: string, from: string | null, to: string | null, writer: Writer): void {
  const record = writer.get(collection, id);
  if (!record || record.recall !== from || from === to) return;
  writer.put(collection, { ...record, recall: to } as never);
}

function open(recall: RecallFact, entry: Entry, writer: Writer): void {
  writer.put('recalls', {
    ...recall,
    edition: 1,
    state: 'open',
    late: [],
    freed: [],
    openedAt: entry.at,
    openedSeq: writer.seq,
    actor: entry.actor,
    notified: [],
    recovered: [],
    closedAt: null,
    closedSeq: null,
    evidence: null,
  });
  for (const id of recall.lots) mark('lots', id, null, recall.id, writer);
  for (const id of recall.serials) mark('serials', id, null, recall.id, writer);
  const supplierLot = recall.origin.supplierLot?.supplierLot;
  if (supplierLot) writer.put('guards', { id: supplierLotGuard(supplierLot) });
}

type Closed = Extract<RecallChange, { what: 'closed' }>;
type Freeing = Extract<RecallChange, { what: 'closed' | 'freed' }>;

function close(recall: RecallRecord, change: Closed, entry: Entry, writer: Writer): void {
  writer.put('recalls', {
    ...recall,
    edition: recall.edition + 1,
    state: 'closed',
    supplierLotKey: null,
    freed: allFreed(recall, change),
    closedAt: entry.at,
    closedSeq: writer.seq,
    evidence: change.evidence,
  });
  unmark(recall, change, writer);
}

/** Everything a recall has let go by now. */
const allFreed = (recall: RecallRecord, { freed }: Freeing): string[] => [
  ...new Set([...recall.freed, ...freed.lots, ...freed.serials]),
];

function unmark(recall: RecallRecord, { freed, passed }: Freeing, writer: Writer): void {
  for (const id of freed.lots) mark('lots', id, recall.id, passed[id] ?? null, writer);
  for (const id of freed.serials) mark('serials', id, recall.id, passed[id] ?? null, writer);
}

function free(recall: RecallRecord, change: Freeing, writer: Writer): void {
  writer.put('recalls', { ...recall, freed: allFreed(recall, change), edition: recall.edition + 1 });
  unmark(recall, change, writer);
}

/** What a case is told while it runs. */
function told(recall: RecallRecord, change: RecallChange, entry: Entry): Partial<RecallRecord> {
  const { at, actor } = entry;
  if (change.what === 'notified') {
    const { party, how, note } = change;
    return { notified: [...recall.notified, { party, at, how, note, actor }] };
  }
  if (change.what === 'recovered') {
    const { party, lot, serial, quantity, how, note } = change;
    return { recovered: [...recall.recovered, { party, lot, serial, quantity, how, at, note, actor }] };
  }
  return {};
}

function join(recall: RecallRecord, lot: string, writer: Writer): void {
  if (recall.lots.includes(lot) || recall.late.includes(lot)) return;
  writer.put('recalls', { ...recall, late: [...recall.late, lot] });
  mark('lots', lot, null, recall.id, writer);
}

function change(id: string, what: RecallChange, entry: Entry, writer: Writer): void {
  const recall = writer.get('recalls', id);
  if (!recall) return;
  if (what.what === 'closed') close(recall, what, entry, writer);
  else if (what.what === 'freed') free(recall, what, writer);
  else if (what.what === 'joined') join(recall, what.lot, writer);
  else writer.put('recalls', { ...recall, ...told(recall, what, entry), edition: recall.edition + 1 });
}

/** A recall of a supplier's lot that is just being opened must not miss a lot that is just arriving. */
function guard(fact: Fact, writer: Writer): void {
  const named =
    fact.kind === 'lotCreated'
      ? fact.lot.supplierLot
      : fact.kind === 'lotChanged'
        ? fact.changes.find(({ field }) => field === 'supplierLot')?.to
        : null;
  if (typeof named === 'string') writer.put('guards', { id: supplierLotGuard(named) });
}

export const recalls: Projection = {
  name: 'recalls',
  version: 1,
  collections: ['recalls', 'lots', 'serials', 'guards'],
  apply(entry, writer) {
    for (const fact of entry.facts) {
      if (fact.kind === 'recallOpened' || fact.kind === 'recallChanged')
        writer.put('guards', { id: recallsGuard });
      if (fact.kind === 'recallOpened') open(fact.recall, entry, writer);
      else if (fact.kind === 'recallChanged') change(fact.id, fact.change, entry, writer);
      else guard(fact, writer);
    }
  },
};
