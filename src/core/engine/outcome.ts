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
): { posting: Omit<PostingRecord, 'version'>; warnings: readonly Warning[] } | { id: string | null } {
  for (const fact of entry.facts) {
    if (fact.kind !== 'posted') continue;
    return { posting: recordOf(fact.posting, entry, seq), warnings: entry.warnings ?? [] };
  }
  const main = entry.facts.find((fact) => fact.kind !== 'counter');
  return { id: main ? idOf(main) : null };
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
