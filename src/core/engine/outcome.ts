/**
 * What a decision comes to: the entry of an accepted command, or the problem of a refused one, and what
 * an accepted entry answers to its sender.
 */
import type { Entry, Fact } from '../model/facts.ts';
import type { PostingRecord, Warning } from '../model/records.ts';
import { LedgerError, type LedgerProblem } from '../ports/errors.ts';
import type { Touched } from '../ports/ledger.ts';
import { recordOf } from '../projections/postings.ts';

const KEPT_KINDS = new Set([
  'forbidden',
  'conflict',
  'mismatch',
  'unsupported',
  'limit',
  'unavailable',
  'quota',
  'corrupt',
]);

/**
 * The problem of a refused command. What a decider refuses needed the view, so it is `rejected`, unless
 * its code says otherwise; the addressed thing itself being absent stays `missing`.
 */
export function problemOf(thrown: LedgerError): LedgerProblem {
  const problem = LedgerError.from(thrown).toJSON();
  if (KEPT_KINDS.has(problem.kind)) return problem;
  if (problem.kind === 'missing' && problem.path === undefined) return problem;
  return { ...problem, kind: 'rejected' };
}

/** Whether a refusal is a receipt: it needed the view, and sending the same id again changes nothing. */
export function isReceipt(problem: LedgerProblem): boolean {
  return problem.kind === 'rejected' || problem.kind === 'missing' || problem.code === 'concurrency.stale';
}

/**
 * What an accepted command answers, the same at every replay: the posting as its entry tells it, or the
 * id of the record.
 */
export function resultOf(
  entry: Entry,
  seq: number,
):
  | { posting: Omit<PostingRecord, 'version'>; warnings: readonly Warning[] }
  | { id: string | null; reservations?: readonly string[] } {
  for (const fact of entry.facts) {
    // of several postings the main one is the answer; it names the others
    if (fact.kind !== 'posted' || !fact.posting.main) continue;
    return { posting: recordOf(fact.posting, entry, seq), warnings: entry.warnings ?? [] };
  }
  const main = entry.facts.find((fact) => fact.kind !== 'counter');
  const reservations = reservationsOf(entry);
  return { id: main ? idOf(main) : null, ...(reservations.length > 0 ? { reservations } : {}) };
}

/** The reservations a command made or changed, each once. */
function reservationsOf({ facts }: Entry): string[] {
  const ids = facts.flatMap((fact) => {
    if (fact.kind === 'reserved') return [fact.reservation.id];
    return fact.kind === 'reservationChanged' ? [fact.id] : [];
  });
  return [...new Set(ids)];
}

function idOf(fact: Fact): string | null {
  switch (fact.kind) {
    case 'saved':
    case 'removed':
    case 'lotChanged':
    case 'lotRemoved':
    case 'serialChanged':
    case 'serialRemoved':
      return fact.id;
    case 'lotCreated':
      return fact.lot.id;
    case 'serialCreated':
      return fact.serial.id;
    case 'posted':
      return fact.posting.id;
    case 'settings':
      return 'settings';
    case 'party':
      return fact.party.code;
    case 'counter':
      return fact.counter.id;
    case 'reserved':
      return fact.reservation.id;
    case 'reservationChanged':
    case 'recallChanged':
    case 'lotPrinted':
    case 'serialPrinted':
    case 'serialMissing':
      return fact.id;
    case 'inspection':
      return fact.inspection.id;
    case 'recallOpened':
      return fact.recall.id;
    case 'acknowledged':
      return fact.acknowledgement.id;
    case 'counted':
      return fact.count.id;
    case 'documentLinked':
      return fact.posting;
    case 'installed':
      return fact.edge.id;
    case 'uninstalled':
      return fact.edge;
    case 'jobStarted':
      return fact.job.id;
  }
}

/** What an entry touched, for the feed. */
export function touchedBy(entry: Entry): Touched[] {
  const touched = new Map<string, Touched>();
  const add = (resource: string, id: string): void => {
    touched.set(`${resource} ${id}`, { resource, id });
  };
  for (const fact of entry.facts) {
    if (fact.kind === 'saved' || fact.kind === 'removed') add(fact.table, fact.id);
    else if (fact.kind === 'settings') add('settings', 'settings');
    else if (fact.kind === 'party') add('parties', fact.party.code);
    else if (fact.kind.startsWith('lot')) add('lots', idOf(fact) as string);
    else if (fact.kind.startsWith('serial')) add('serials', idOf(fact) as string);
    else if (fact.kind === 'reserved') {
      add('reservations', fact.reservation.id);
      if (fact.reservation.lot) add('lots', fact.reservation.lot);
      if (fact.reservation.serial) add('serials', fact.reservation.serial);
    } else if (fact.kind === 'reservationChanged') add('reservations', fact.id);
    else if (fact.kind === 'inspection') {
      add('inspections', fact.inspection.id);
      add('lots', fact.inspection.lot);
    } else if (fact.kind === 'recallOpened') {
      add('recalls', fact.recall.id);
      for (const id of fact.recall.lots) add('lots', id);
      for (const id of fact.recall.serials) add('serials', id);
    } else if (fact.kind === 'recallChanged') {
      add('recalls', fact.id);
      if (fact.change.what === 'closed' || fact.change.what === 'freed') {
        for (const id of fact.change.freed.lots) add('lots', id);
        for (const id of fact.change.freed.serials) add('serials', id);
      }
    } else if (fact.kind === 'acknowledged') add('lots', fact.acknowledgement.lot);
    else if (fact.kind === 'counted') add('counts', fact.count.id);
    else if (fact.kind === 'documentLinked') add('postings', fact.posting);
    else if (fact.kind === 'installed') {
      add('serials', fact.edge.from);
      add('serials', fact.edge.to);
    } else if (fact.kind === 'jobStarted') add('jobs', fact.job.id);
    else if (fact.kind === 'posted') {
      add('postings', fact.posting.id);
      if (fact.posting.reverses) add('postings', fact.posting.reverses);
      for (const line of fact.posting.lines) {
        for (const row of line.lots) add('lots', row.lot);
        for (const row of line.serials) add('serials', row.serial);
      }
    }
  }
  return [...touched.values()];
}
