/**
 * The public face for hosts: `openLedger` and the types of what it returns. Adapter authors import
 * `lotledger/adapter-kit` besides.
 */

import { masterCommands } from './commands/index.ts';
import { postingCommands } from './commands/posting/index.ts';
import { clock } from './engine/clock.ts';
import { HOOK_TIMEOUT } from './engine/hooks.ts';
import { LocalLedger } from './engine/local-ledger.ts';
import { type RebuildProgress, rebuild } from './engine/rebuild.ts';
import { registry } from './engine/registry.ts';
import type { Anchor, Verification } from './engine/verify.ts';
import { limits, textProblem } from './model/schema.ts';
import { LedgerError } from './ports/errors.ts';
import type { Hooks } from './ports/hooks.ts';
import type { ChangeEvent, LedgerCapabilities, LedgerPort, LedgerStatus } from './ports/ledger.ts';
import type { Store, StoreAdapter } from './ports/store.ts';
import { listCapabilities, queries } from './queries/index.ts';
import { createResources, type Resources } from './resources/index.ts';
import { todayIn } from './rules/calendar.ts';
import { SCHEMA_VERSION, tables } from './tables.ts';

/** How a ledger is opened: who acts, where its days begin, what the actor may do. */
export interface OpenLedgerOptions {
  /** Who acts, as a code: it is written into every entry. */
  readonly actor?: string;
  /** IANA zone that decides which day today is; the machine's own when absent. */
  readonly timeZone?: string;
  /** The clock; for tests. The real one by default. */
  readonly now?: () => Date;
  /**
   * What the actor may do of the acts that have a name (`posting.reverse`, `expired.force` …). Absent:
   * everything ordinary, no override. Given: exactly the named acts listed.
   */
  readonly permissions?: readonly string[];
  /** Where the host has a say of its own; asked by this process only. */
  readonly hooks?: Hooks;
  /** Milliseconds an asynchronous hook has to answer; 10,000 by default. */
  readonly hookTimeout?: number;
  /**
   * Told how far opening is where the records of an older version have to be built anew from the journal.
   * @example onProgress: ({ phase, done, total }) => show(`${phase} ${done} of ${total}`)
   */
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/** An open ledger: its resources, and what concerns the ledger as a whole. */
export interface Ledger extends Resources {
  readonly capabilities: LedgerCapabilities;
  /** The port below the resources: commands and queries by name. */
  readonly port: LedgerPort;
  /**
   * Re-reads the journal, checks its chain, folds everything anew and compares.
   * @example (await ledger.verify()).ok
   */
  verify(options?: { anchor?: Anchor }): Promise<Verification>;
  /** The journal's head, to be kept outside as an anchor for `verify`. */
  head(): Promise<Anchor>;
  /** Hears of every commit after it is durable. Returns the way to stop. */
  subscribe(listener: (event: ChangeEvent) => void): () => void;
  /** The feed of changes, from a sequence number on. */
  changes(options?: { after?: number; signal?: AbortSignal }): AsyncIterable<ChangeEvent>;
  status(): LedgerStatus;
  close(): Promise<void>;
}

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

/** Brings the records to what this program folds; a store that cannot be is not left open. */
async function brought(
  store: Store,
  onProgress: OpenLedgerOptions['onProgress'],
): Promise<'current' | 'newer'> {
  try {
    return await rebuild(store, onProgress);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/**
 * Opens a ledger over a store.
 * @param adapter where it is kept: `memory()`, `indexedDb(name)` …
 * @throws LedgerError store.blocked, store.unavailable, store.quota when the store cannot be opened;
 * store.corrupt when its records must be built anew and the journal is not what its chain says;
 * field.* with the path `actor` or `timeZone` for options that no ledger can have
 * @example const ledger = await openLedger(memory(), { actor: 'maria', timeZone: 'Europe/Rome' });
 */
export async function openLedger(adapter: StoreAdapter, options: OpenLedgerOptions = {}): Promise<Ledger> {
  checkOptions(options);
  const store = await adapter.open(Object.values(tables), SCHEMA_VERSION);
  const known = registry([...masterCommands, ...postingCommands] as never[], queries as never[]);
  const capabilities: LedgerCapabilities = {
    commands: Object.fromEntries(known.commandNames.map((name) => [name, true as const])),
    queries: listCapabilities,
    durability: store.capabilities.durability,
  };
  const standing = await brought(store, options.onProgress);
  const head = await store.read(async (snapshot) => snapshot.head);
  const { actor = 'unknown', permissions, hooks = {}, hookTimeout = HOOK_TIMEOUT } = options;
  const port = new LocalLedger(
    {
      store,
      registry: known,
      clock: clock(options.now, options.timeZone),
      actor,
      permissions,
      hooks,
      hookTimeout,
      capabilities,
      newer: standing === 'newer',
    },
    head,
  );
  return Object.freeze({
    ...createResources(port),
    capabilities,
    port,
    verify: (how?: { anchor?: Anchor }) => port.verify(how),
    head: () => port.head(),
    subscribe: (listener: (event: ChangeEvent) => void) => port.subscribe(listener),
    changes: (from?: { after?: number; signal?: AbortSignal }) => port.changes(from),
    status: () => port.status(),
    close: () => port.close(),
  });
}

export { permissionNames } from './engine/permissions.ts';
export type { RebuildProgress } from './engine/rebuild.ts';
export type { Difference } from './engine/refold.ts';
export type { Anchor, Verification } from './engine/verify.ts';
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
  ChangeEvent,
  Command,
  LedgerCapabilities,
  LedgerPort,
  LedgerStatus,
  QueryCapabilities,
  Receipt,
  Touched,
} from './ports/ledger.ts';
export type { StoreAdapter } from './ports/store.ts';
export type * from './resources/index.ts';
export { expiryFrom } from './rules/expiry.ts';
export { codesFrom, codesFromPattern, rowsFromText } from './rules/patterns.ts';
