/** Where the ledger is kept, as the options say it: embedded in a folder, or in PostgreSQL. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SqlDriver } from '../adapters/stores/sql/index.ts';
import type { StoreAdapter } from '../core/index.ts';
import { type DataFolder, holdFolder } from './folder.ts';
import type { Given } from './options.ts';
import { CommandError, misused, systemCode } from './problems.ts';

const DEFAULT_FOLDER = 'lotledger-data';

/** A database that is open for as long as the command runs. */
export interface Place {
  /** For people: a folder, or an address without its password. */
  readonly title: string;
  /** The ledger of a tenant in it; without a name, the one that `--tenant` names. */
  store(tenant?: string): StoreAdapter;
  /** The data folder, where the database is embedded. */
  readonly folder?: DataFolder;
  close(): Promise<void>;
}

interface Client {
  readonly driver: SqlDriver;
  end(): Promise<void>;
}

/** A package of the host: beside this one, or where the command was started. */
async function packageNamed(name: string): Promise<unknown> {
  const here = createRequire(import.meta.url);
  const there = createRequire(join(process.cwd(), 'package.json'));
  for (const from of [here, there]) {
    try {
      const loaded = (await import(pathToFileURL(from.resolve(name)).href)) as { default?: unknown };
      return loaded.default ?? loaded;
    } catch (error) {
      if (systemCode(error) !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

interface PgPool {
  end(): Promise<void>;
  on(event: 'error', listener: () => void): unknown;
}

async function connect(address: string): Promise<Client> {
  const { pg, postgresJs } = await import('../adapters/stores/sql/index.ts');
  const postgres = (await packageNamed('postgres')) as
    | ((address: string, options: object) => Parameters<typeof postgresJs>[0] & PgPool)
    | undefined;
  if (postgres !== undefined) {
    const client = postgres(address, { fetch_types: false, onnotice: () => undefined });
    return { driver: postgresJs(client), end: () => client.end() };
  }
  const other = (await packageNamed('pg')) as
    | { readonly Pool: new (options: object) => Parameters<typeof pg>[0] & PgPool }
    | undefined;
  if (other === undefined)
    throw new CommandError('PostgreSQL needs the package postgres, or pg: npm install postgres');
  const pool = new other.Pool({ connectionString: address });
  // a connection that dies while nobody uses it is replaced by the pool
  pool.on('error', () => undefined);
  return { driver: pg(pool), end: () => pool.end() };
}

/** An address as it may be shown. */
function withoutSecret(address: string): string {
  try {
    const url = new URL(address);
    if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw new TypeError();
    return `${url.protocol}//${url.host}${url.pathname}`;
  } catch {
    throw misused('--database takes an address such as postgres://user:password@host:5432/name.');
  }
}

async function inDatabase(address: string, tenant: string | undefined): Promise<Place> {
  const title = withoutSecret(address);
  const { sql } = await import('../adapters/stores/sql/index.ts');
  const { driver, end } = await connect(address);
  return {
    title,
    store: (other = tenant) => sql(driver, other === undefined ? {} : { tenant: other }),
    async close() {
      await driver.close();
      await end();
    },
  };
}

async function inFolder(path: string, tenant: string | undefined, make: boolean): Promise<Place> {
  const folder = holdFolder(path, make);
  try {
    const { pglite, sql } = await import('../adapters/stores/sql/index.ts');
    const driver = pglite({ folder: folder.database });
    return {
      title: folder.path,
      folder,
      store: (other = tenant) => sql(driver, other === undefined ? {} : { tenant: other }),
      async close() {
        await driver.close();
        folder.release();
      },
    };
  } catch (error) {
    folder.release();
    throw error;
  }
}

/**
 * Opens the database the options name.
 * @param make false: an embedded one must be there already
 */
export async function placeOf(given: Given, { make }: { make: boolean }): Promise<Place> {
  const [data, database] = [given.text('data'), given.text('database')];
  if (data !== undefined && database !== undefined)
    throw misused('--data and --database exclude each other.');
  const address = database ?? (data === undefined ? process.env.LOTLEDGER_DATABASE : undefined);
  const tenant = given.text('tenant');
  if (address) return inDatabase(address, tenant);
  return inFolder(data ?? DEFAULT_FOLDER, tenant, make);
}

/** Runs something on a place, and closes it whatever came of it. */
export async function onPlace<T>(
  given: Given,
  how: { make: boolean },
  act: (place: Place) => Promise<T>,
): Promise<T> {
  const place = await placeOf(given, how);
  try {
    return await act(place);
  } finally {
    await place.close();
  }
}
