/**
 * Ledgers in data folders, made without the program: what its commands then find. A new database takes
 * seconds to be set up, so there is one empty one, and the others are copies.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pglite, sql } from '../../src/adapters/stores/sql/index.ts';
import { openLedger, type StoreAdapter } from '../../src/core/index.ts';
import { filled } from '../core/engine/archived.ts';

/** The store of a data folder. */
export const storeIn = (folder: string, tenant?: string): StoreAdapter =>
  sql(pglite({ folder: join(folder, 'database') }), tenant === undefined ? {} : { tenant });

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A data folder with an empty database in it, as a first start leaves it. */
export async function emptyIn(folder: string): Promise<void> {
  const text = readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json'), 'utf8');
  const empty = join(root, '.cache', `pglite-${(JSON.parse(text) as { version: string }).version}`);
  if (!existsSync(empty)) {
    const aside = `${empty}.${process.pid}`;
    mkdirSync(aside, { recursive: true });
    const { PGlite } = await import('@electric-sql/pglite');
    await (await PGlite.create({ dataDir: join(aside, 'database') })).close();
    // somebody else may have been faster
    if (existsSync(empty)) rmSync(aside, { recursive: true });
    else renameSync(aside, empty);
  }
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(empty, folder, { recursive: true });
}

/** A ledger with a little of everything in a data folder; answers its head as `verify` prints it. */
export async function ledgerIn(folder: string): Promise<string> {
  await emptyIn(folder);
  const { ledger } = await filled(storeIn(folder));
  const { seq, head } = await ledger.head();
  await ledger.close();
  return `${seq}:${head}`;
}

/** Changes records of a data folder behind the ledger's back. */
export async function tamper(folder: string, statement: string): Promise<void> {
  const { PGlite } = await import('@electric-sql/pglite');
  const { pg_trgm } = await import('@electric-sql/pglite/contrib/pg_trgm');
  const database = await PGlite.create({ dataDir: join(folder, 'database'), extensions: { pg_trgm } });
  await database.exec(statement);
  await database.close();
}

/** Opens the ledger of a data folder, to look at it. */
export const opened = (folder: string) => openLedger(storeIn(folder), { actor: 'test' });
