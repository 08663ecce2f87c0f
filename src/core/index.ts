/**
 * The public face for hosts: `openLedger` and the types of what it returns. Adapter authors import
 * `lotledger/adapter-kit` besides.
 */

import { type Ledger, ledgerOver } from './ledger.ts';
import { limits, textProblem } from './model/texts.ts';
import type { OpenLedgerOptions } from './open-store.ts';
import { LedgerError } from './ports/errors.ts';
import type { LedgerAdapter } from './ports/ledger.ts';
import type { StoreAdapter } from './ports/store.ts';
import { todayIn } from './rules/calendar.ts';

/** Refuses what every command or every day would stumble over, before anything is opened. */
function checkOptions({ actor, timeZone }: OpenLedgerOptions): void {
  if (actor !== undefined) {
    if (typeof actor !== 'string')
      throw new LedgerError('field.type', { path: 'actor', details: { expected: 'string' } });
    const max = limits.description;
    const problem = actor.trim() === '' ? 'field.required' : textProblem(actor, max);
    if (problem) throw new LedgerError(problem, { path: 'actor', details: { max } });
  }
  // any instant tells whether the zone exists
  if (timeZone !== undefined) todayIn(timeZone, new Date(0));
}

/** What only the engine can follow: elsewhere it is the other side's to decide. */
function checkElsewhere(options: OpenLedgerOptions): void {
  for (const option of ['permissions', 'hooks', 'now'] as const) {
    if (options[option] === undefined) continue;
    const what = `${option} of a ledger that is kept elsewhere`;
    throw new LedgerError('command.unsupported', { path: option, details: { what } });
  }
}

async function openElsewhere(adapter: LedgerAdapter, options: OpenLedgerOptions): Promise<Ledger> {
  checkElsewhere(options);
  const ledger = ledgerOver(await adapter.open());
  const { actor } = options;
  if (actor === undefined) return ledger;
  return ledger.through((port) => ({
    ...port,
    execute: (commands, how) =>
      port.execute(
        commands.map((command) => ({ actor, ...command })),
        how,
      ),
  }));
}

/**
 * Opens a ledger over a store, or over a ledger that is kept elsewhere.
 * @param adapter where it is kept: `memory()`, `indexedDb(name)` …, or a `LedgerAdapter`, which has rules of
 * its own; then `actor` is who acts and the other options are refused
 * @throws LedgerError store.blocked, store.unavailable, store.quota when the store cannot be opened;
 * store.corrupt when its records must be built anew and the journal is not what its chain says;
 * field.* with the path `actor` or `timeZone` for options that no ledger can have
 * @example const ledger = await openLedger(memory(), { actor: 'maria', timeZone: 'Europe/Rome' });
 */
export async function openLedger(
  adapter: StoreAdapter | LedgerAdapter,
  options: OpenLedgerOptions = {},
): Promise<Ledger> {
  checkOptions(options);
  if (adapter.kind === 'ledger') return openElsewhere(adapter, options);
  const { openStore } = await import('./open-store.ts');
  return ledgerOver(await openStore(adapter, options));
}

export { permissionNames } from './engine/permissions.ts';
export type { RebuildProgress } from './engine/rebuild.ts';
export type { Difference } from './engine/refold.ts';
export type { Anchor, Verification } from './engine/verify.ts';
export { checkExport, exportLedger, type ImportOptions, importLedger } from './export.ts';
export { type Ledger, ledgerOver } from './ledger.ts';
export type { CountInput, CountLineInput } from './model/count.ts';
export type * from './model/inputs.ts';
export type { DocumentType, LineInput, LotRowInput, PostingInput, SerialRowInput } from './model/posting.ts';
export type * from './model/views.ts';
export type * from './model/views-counts.ts';
export type * from './model/views-jobs.ts';
export type * from './model/views-past.ts';
export type * from './model/views-policies.ts';
export type * from './model/views-recalls.ts';
export type * from './model/views-reservations.ts';
export type * from './model/views-trace.ts';
export type { Transformed } from './model/views-transforms.ts';
export type { OpenLedgerOptions } from './open-store.ts';
export { type ErrorCode, type ErrorKind, errorCatalogue, type Retry } from './ports/catalogue.ts';
export { type ErrorDetails, isLedgerError, LedgerError, type LedgerProblem } from './ports/errors.ts';
export type {
  CodeCheck,
  ExplodeRequest,
  HookContext,
  Hooks,
  PostingChanges,
  RankedCandidate,
  RankRequest,
  Refusal,
  Who,
} from './ports/hooks.ts';
export { codeKey, naturalKey } from './ports/keys.ts';
export type {
  AskOptions,
  ChangeEvent,
  Command,
  ExecuteOptions,
  LedgerAdapter,
  LedgerCapabilities,
  LedgerPort,
  LedgerStatus,
  Principal,
  QueryCapabilities,
  Receipt,
  Touched,
} from './ports/ledger.ts';
export type { Store, StoreAdapter } from './ports/store.ts';
export type * from './resources/index.ts';
export { expiryFrom } from './rules/expiry.ts';
export { codesFrom, codesFromPattern, rowsFromText } from './rules/patterns.ts';
