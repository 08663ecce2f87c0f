/**
 * What a test on PostgreSQL uses: `postgresTests` around its tests, databases of its own on the shared server,
 * and clients for them that are ended with the file.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import postgres from 'postgres';
import { afterAll, describe, inject } from 'vitest';
import { FaultyLine } from './proxy.ts';

/** `describe`, skipped where there is no PostgreSQL. */
export const postgresTests = (name: string, body: () => void): void => {
  describe.skipIf(inject('postgres') === null)(name, body);
};

/** Where a database is, and as whom. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** A role that is nothing but a role. */
export interface Role {
  readonly user: string;
  readonly password: string;
}

const ends: (() => Promise<unknown>)[] = [];

/** A client waits for transactions that a test has left hanging; the server ends them soon anyway. */
const PATIENCE_MS = 3_000;

afterAll(async () => {
  const ending = Promise.all(ends.splice(0).map((end) => end().catch(() => undefined)));
  await Promise.race([ending, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
});

/** A name that no other test uses. */
export const unique = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`;

/** The shared server, as its superuser. */
export function server(database = 'postgres'): Place {
  const there = inject('postgres');
  if (there === null) throw new Error('there is no PostgreSQL');
  return { host: '127.0.0.1', database, ...there };
}

/** The address of a place, as programs take it. */
export const addressOf = ({ host, port, database, user, password }: Place): string =>
  `postgres://${user}:${password}@${host}:${port}/${database}`;

/** A line to a place that can be made to fail, closed after the file. */
export async function proxyTo(
  place: Place,
): Promise<{ readonly proxy: FaultyLine; readonly through: Place }> {
  const proxy = await new FaultyLine(place).open();
  ends.unshift(() => proxy.close());
  return { proxy, through: { ...place, port: proxy.port } };
}

/** A pool of the package `pg`, ended after the file. */
export function pgPool(place: Place, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ ...place, ...options });
  // a test may stop the server under it
  pool.on('error', () => {});
  ends.push(() => (pool.ended || pool.ending ? Promise.resolve() : pool.end()));
  return pool;
}

/**
 * A client of the package `postgres`, ended after the file. It does not ask for the types of arrays: the driver
 * needs none, and when a line dies during that question the client leaves a rejection that nobody handles.
 */
export function postgresClient(
  place: Place,
  options: postgres.Options<Record<string, never>> = {},
): postgres.Sql {
  const sql = postgres({ ...place, fetch_types: false, onnotice: () => {}, ...options });
  ends.push(() => sql.end({ timeout: 1 }));
  return sql;
}

/** One connection of the package `pg`, ended after the file. */
export async function pgClient(place: Place): Promise<pg.Client> {
  const client = new pg.Client({ ...place });
  client.on('error', () => {});
  await client.connect();
  ends.push(() => client.end());
  return client;
}

/** Pools of the superuser, by database. */
const superuser = new Map<string, pg.Pool>();

/** Runs SQL as superuser on the shared server, in the database of a place. */
export async function asSuperuser<R extends pg.QueryResultRow>(
  text: string,
  { database }: Pick<Place, 'database'> = server(),
): Promise<R[]> {
  const pool = superuser.get(database) ?? pgPool(server(database), { max: 2 });
  superuser.set(database, pool);
  return (await pool.query<R>(text)).rows;
}

/** A collation in which nothing sorts as code points do: Italian, digits by their value. */
export const ITALIAN = 'it-u-kn-true';

/** Makes an empty database on the shared server, in code-point order or in the collation named. */
export async function freshDatabase(collation?: string): Promise<Place> {
  const name = unique('t');
  const order = collation === undefined ? '' : `locale_provider icu icu_locale '${collation}'`;
  await asSuperuser(`create database ${name} template template0 encoding 'UTF8' ${order}`);
  return server(name);
}

/** Makes a role that may connect and nothing else. */
export async function freshRole(): Promise<Role> {
  const user = unique('r');
  const password = randomBytes(12).toString('hex');
  await asSuperuser(`create role ${user} login nosuperuser nobypassrls password '${password}'`);
  return { user, password };
}
