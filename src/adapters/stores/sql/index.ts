/**
 * A ledger in a database that speaks PostgreSQL: PGlite within the program, or a server. Many programs may
 * write to it at once, and many tenants share its tables.
 */
import { LedgerError, type StoreAdapter, type Table, textsDigest } from '../../../core/adapter-kit.ts';
import { type SqlDriver, sqlStateOf } from './driver.ts';
import { encodeText } from './encode.ts';
import { failure } from './failures.ts';
import { Layout, type Layouts } from './layout.ts';
import { type Place, prepare, waitAtMost } from './schema.ts';
import { SqlStore } from './store.ts';
import { Tenant } from './tenant.ts';

export {
  OutcomeUnknown,
  type SqlDriver,
  type SqlTransaction,
  type SqlValue,
  type TransactionOptions,
} from './driver.ts';
export { type PgPool, pg, type ServerDriverOptions } from './drivers/pg.ts';
export { type PGliteDatabase, type PGliteOptions, pglite } from './drivers/pglite.ts';
export { type PostgresJs, postgresJs } from './drivers/postgres-js.ts';
export { grants } from './schema.ts';

/** How a store in a database is opened. */
export interface SqlOptions {
  /** Whose ledger it is: tenants share tables and see nothing of each other. `default` where it is not said. */
  readonly tenant?: string;
  /** The PostgreSQL schema that holds the tables; `lotledger` where it is not said. */
  readonly schema?: string;
  /**
   * A role to run under, which the client's own may take on: so that row-level security also binds a client that
   * connects as an administrator.
   */
  readonly role?: string;
  /**
   * Whether commits are told with `NOTIFY` and heard with `LISTEN`. `false` for databases that have neither, and behind
   * poolers that let nobody listen: the head is looked at instead. Where nothing is said, the driver tells: without a
   * `listen` it is `false`.
   */
  readonly notify?: boolean;
  /**
   * Milliseconds between two looks at the head, where the database does not tell of commits; 1,000 by default. Where it
   * does, the head is looked at ten times as seldom, in case it only seems so.
   */
  readonly pollInterval?: number;
  /**
   * Milliseconds to wait, while the store is opened, for somebody who has locked what has to be made, completed or
   * read; 15,000 by default, and 0 for as long as it takes.
   */
  readonly openWithin?: number;
}

/** Stores that are open, by their driver: the last one ends what the driver opened. */
const users = new WeakMap<SqlDriver, number>();

/**
 * A ledger in a database, behind one of the drivers. The tables are made, and brought up to date, when it is
 * opened. Every commit is one transaction; its durability is the database's.
 *
 * @throws LedgerError when opened: `store.unavailable` where the database does not answer or is not in UTF-8,
 *   `store.blocked` where somebody else is making the tables and does not come to an end, `store.newer` where a program wrote whose tables this one cannot read
 * @example
 * const ledger = await openLedger(sql(pglite({ folder: './lots' })), { actor: 'maria' });
 * const other = await openLedger(sql(pg(pool), { tenant: 'acme' }), { actor: 'maria' });
 */
export function sql(driver: SqlDriver, options: SqlOptions = {}): StoreAdapter {
  const {
    tenant = 'default',
    schema = 'lotledger',
    role,
    pollInterval = 1_000,
    openWithin = 15_000,
  } = options;
  const { notify = driver.listen !== undefined } = options;
  for (const [path, text] of Object.entries({ tenant, schema, role: role ?? 'role' })) checkName(path, text);
  return {
    kind: 'store',
    name: `sql (${driver.name})`,
    open: (tables, number) =>
      open(driver, { schema, role }, { tenant, notify, pollInterval, openWithin }, tables, number),
  };
}

/** Names are read by people and stand in every row: short, and of printable characters. */
function checkName(path: string, text: string): void {
  if (text === '') throw new LedgerError('field.required', { path });
  encodeText(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) throw new LedgerError('field.characters', { path });
  const max = path === 'tenant' ? 100 : 50;
  if ([...text].length > max) throw new LedgerError('field.tooLong', { path, details: { max } });
}

type Manner = Required<Pick<SqlOptions, 'tenant' | 'notify' | 'pollInterval' | 'openWithin'>>;

/** Somebody else holds a lock for longer than one was to wait. */
const LOCKED = '55P03';

async function open(
  driver: SqlDriver,
  place: Place,
  { tenant, notify, pollInterval, openWithin }: Manner,
  tables: readonly Table[],
  schema: number,
): Promise<SqlStore> {
  const layouts: Layouts = new Map(tables.map((table) => [table.name, new Layout(table)]));
  const tenantry = new Tenant(place, tenant, layouts);
  const digest = textsDigest([JSON.stringify([place.schema, tenant])]).slice(0, 40);
  const channel = notify ? `lotledger_${digest}` : undefined;
  users.set(driver, (users.get(driver) ?? 0) + 1);
  const release = async () => {
    const left = (users.get(driver) ?? 1) - 1;
    users.set(driver, left);
    if (left === 0) await driver.close();
  };
  try {
    await prepare(driver, layouts, place, openWithin);
    await driver.transaction({ mode: 'write' }, async (transaction) => {
      await waitAtMost(transaction, openWithin);
      await tenantry.open(transaction, schema);
    });
  } catch (error) {
    await release().catch(() => {});
    if (sqlStateOf(error) !== LOCKED) throw failure(error);
    throw new LedgerError('store.blocked', { details: { waited: openWithin }, cause: error });
  }
  return new SqlStore({ driver, tenant: tenantry, schema, channel, pollInterval, release });
}
