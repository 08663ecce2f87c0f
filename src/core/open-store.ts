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

/** What the engine has to be told. */
export interface EngineOptions {
  readonly actor?: string;
  readonly timeZone?: string;
  readonly now?: () => Date;
  readonly permissions?: readonly string[];
  readonly hooks?: Hooks;
  readonly hookTimeout?: number;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/** Brings the records to what this program folds; a store that cannot be is not left open. */
async function brought(store: Store, onProgress: EngineOptions['onProgress']): Promise<'current' | 'newer'> {
  try {
    return await rebuild(store, onProgress);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The engine over a store. */
export async function openStore(adapter: StoreAdapter, options: EngineOptions): Promise<LocalLedger> {
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
