/**
 * A ledger in the browser: `indexedDb(name)` keeps it in IndexedDB, on this device, and in memory for
 * reading. Several tabs may write to it at once. It needs neither https nor a server.
 */
import { LedgerError, type StoreAdapter, type Table } from '../../../core/adapter-kit.ts';
import { catchUp } from './catch-up.ts';
import { Connection } from './connection.ts';
import { stampHead } from './head.ts';
import { databaseName } from './layout.ts';
import { Mirror } from './mirror.ts';
import { type IndexedDbStore, MirroredStore } from './store.ts';

export { databaseName, type IndexedDbStore };

/** How a store in IndexedDB is opened. */
export interface IndexedDbOptions {
  /** Tell other tabs at once what was committed (default). Without, they see it when they next read. */
  readonly hints?: boolean;
  /** Milliseconds that opening the database may take; 5,000 by default. */
  readonly timeout?: number;
}

/** What `indexedDb` returns: an adapter whose stores can also be asked for a checkpoint. */
export interface IndexedDbAdapter extends StoreAdapter {
  open(tables: readonly Table[], schema: number): Promise<IndexedDbStore>;
}

/**
 * A ledger kept in this browser, in the database `lotledger:` + name.
 *
 * Every commit is on disk (strict durability) before it is reported. All records are also held in memory,
 * which bounds how much one ledger should hold; see the guide for figures.
 *
 * @param name one ledger per name and origin
 * @throws LedgerError when opened: `store.blocked` while another tab holds an older version open,
 *   `store.unavailable` without IndexedDB or when it does not answer, `store.quota`, and `store.corrupt` when
 *   parts are missing, or once when the browser has thrown the whole database away
 * @example const ledger = await openLedger(indexedDb('portal'), { actor: 'maria' });
 */
export function indexedDb(name: string, options: IndexedDbOptions = {}): IndexedDbAdapter {
  const { hints = true, timeout = 5_000 } = options;
  return {
    kind: 'store',
    name: 'indexedDb',
    open: (tables, schema) => open(new Connection(name, timeout), tables, schema, hints),
  };
}

async function open(
  connection: Connection,
  tables: readonly Table[],
  schema: number,
  hints: boolean,
): Promise<IndexedDbStore> {
  if (typeof indexedDB === 'undefined') {
    throw new LedgerError('store.unavailable', { details: { cause: 'no IndexedDB here' } });
  }
  try {
    const mirror = await connection.reading(async (database) => {
      const empty = new Mirror(tables);
      await catchUp(database, empty, true);
      const fresh = empty.origin === '' || empty.schema < schema;
      if (fresh && !connection.newer) await stampHead(database, empty, schema);
      return empty;
    });
    return new MirroredStore(connection, mirror, schema, hints);
  } catch (error) {
    connection.close();
    throw error;
  }
}
