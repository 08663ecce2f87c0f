/** PGlite: PostgreSQL within the program, in memory or in a folder. One transaction at a time. */
import { LedgerError } from '../../../../core/adapter-kit.ts';
import {
  OutcomeUnknown,
  type SqlDriver,
  type SqlTransaction,
  sqlStateOf,
  type TransactionOptions,
} from '../driver.ts';

/** What is used of a transaction of PGlite. */
interface PGliteTransaction {
  query<R>(text: string, parameters?: unknown[]): Promise<{ readonly rows: R[] }>;
  exec(text: string): Promise<unknown>;
}

/** What is used of PGlite, so that any version of it that has this will do. */
export interface PGliteDatabase {
  transaction<T>(fn: (transaction: PGliteTransaction) => Promise<T>): Promise<T>;
  listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
  /** Where it keeps its data; `memory://…` or nothing is in memory. */
  readonly dataDir?: string | undefined;
}

const IN_MEMORY = 'memory://';

/** Where PGlite keeps its data; nothing said: in memory, and gone with the program. */
export interface PGliteOptions {
  /** A folder of this computer, made with those above it where there is none. One program at a time may use it. */
  readonly folder?: string;
  /** A PGlite that the host has opened, and closes. */
  readonly database?: PGliteDatabase;
}

/** What is used of Node's files, where the program runs there. */
interface Files {
  mkdirSync(path: string, options: { recursive: true }): unknown;
}

/** Makes a folder with those above it: PGlite itself makes only the last one. */
function makeFolder(folder: string): void {
  const path = folder.replace(/^file:\/\//, '');
  // idb://, memory:// and the like are no folders
  if (path.includes('://')) return;
  const host = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process;
  (host?.getBuiltinModule?.('node:fs') as Files | undefined)?.mkdirSync(path, { recursive: true });
}

/** Opens a PGlite of our own, with what makes searches faster where that is to be had. */
async function start(folder: string | undefined): Promise<PGliteDatabase> {
  let load: typeof import('@electric-sql/pglite');
  try {
    load = await import('@electric-sql/pglite');
  } catch (cause) {
    const missing = 'the package @electric-sql/pglite is not installed';
    throw new LedgerError('store.unavailable', { details: { cause: missing }, cause });
  }
  const { pg_trgm } = await import('@electric-sql/pglite/contrib/pg_trgm');
  if (folder !== undefined) makeFolder(folder);
  return load.PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    extensions: { pg_trgm },
  });
}

/**
 * A driver for PGlite. Without a `database` of the host's it opens one when it is first needed and ends it with
 * the last store over it; what was in memory is then gone.
 *
 * @throws LedgerError when used: `store.unavailable` where the package is not installed
 * @example const ledger = await openLedger(sql(pglite({ folder: './lots' })));
 */
export function pglite({ folder, database }: PGliteOptions = {}): SqlDriver {
  let own: Promise<PGliteDatabase> | undefined;
  const at = async (): Promise<PGliteDatabase> => {
    if (database !== undefined) return database;
    own ??= start(folder);
    // what could not be opened may be opened later
    own.catch(() => {
      own = undefined;
    });
    return own;
  };
  const { dataDir = IN_MEMORY } = database ?? { dataDir: folder };
  return {
    name: 'pglite',
    // PGlite leaves it to the computer when a file reaches the disk
    durability: dataDir.startsWith(IN_MEMORY) ? 'none' : 'relaxed',
    transaction: async (options, fn) => transacted(await at(), options, fn),
    listen: async (channel, listener) => (await at()).listen(channel, listener),
    async close() {
      const opened = own;
      own = undefined;
      await (await opened)?.close();
    },
  };
}

async function transacted<T>(
  database: PGliteDatabase,
  { mode }: TransactionOptions,
  fn: (transaction: SqlTransaction) => Promise<T>,
): Promise<T> {
  let isDone = false;
  try {
    return await database.transaction(async (transaction) => {
      if (mode === 'read')
        await transaction.exec('set transaction isolation level repeatable read, read only');
      const answer = await fn(statements(transaction));
      isDone = true;
      return answer;
    });
  } catch (error) {
    // COMMIT failed: the database says why it refused, or it broke down and nobody knows
    if (isDone && mode === 'write' && sqlStateOf(error) === undefined) throw new OutcomeUnknown(error);
    throw error;
  }
}

const statements = (transaction: PGliteTransaction): SqlTransaction => ({
  query: async <R extends object>(text: string, parameters: readonly unknown[] = []) =>
    (await transaction.query<R>(text, [...parameters])).rows,
  async script(text) {
    await transaction.exec(text);
  },
});
