/**
 * Opens the engine over a store: brings its records to what this program folds, and gives the Ledger port.
 * Loaded when a store is opened, so that a page over a server never fetches the engine.
 */
import { masterCommands } from './commands/index.ts';
import { postingCommands } from './commands/posting/index.ts';
import { clock } from './engine/clock.ts';
import { HOOK_TIMEOUT } from './engine/hooks.ts';
import { LocalLedger } from './engine/local-ledger.ts';
import { type RebuildProgress, rebuild } from './engine/rebuild.ts';
import { registry } from './engine/registry.ts';
import type { Hooks } from './ports/hooks.ts';
import type { LedgerCapabilities } from './ports/ledger.ts';
import type { Store, StoreAdapter } from './ports/store.ts';
import { listCapabilities, queries } from './queries/index.ts';
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

/** The engine over a store. */
export async function openStore(adapter: StoreAdapter, options: OpenLedgerOptions): Promise<LocalLedger> {
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
  return new LocalLedger(
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
}
