/**
 * What the recipes beside this file share: a ledger that stays open, and who may ask. With DATABASE_URL it is in
 * PostgreSQL, through the package `postgres`; without, in the folder ./lotledger-data, through PGlite.
 * CURSOR_SECRET, 16 characters or more, keeps the places in lists valid over restarts and several servers.
 */
import { openLedger } from 'lotledger';
import { pglite, postgresJs, sql } from 'lotledger/adapters/sql';

async function driver({ DATABASE_URL }) {
  if (!DATABASE_URL) return pglite({ folder: './lotledger-data' });
  const { default: postgres } = await import('postgres');
  return postgresJs(postgres(DATABASE_URL, { fetch_types: false }));
}

/** Opens the ledger; `env` is where settings come from. */
export async function openShared(env = process.env) {
  return openLedger(sql(await driver(env)), { timeZone: env.TIME_ZONE ?? 'Europe/Rome' });
}

/**
 * Whom a request comes from. A host asks its own sessions here; these recipes know one token, from the
 * environment. Nobody: undefined, and the server answers 401.
 */
export function signedIn(request, env = process.env) {
  const given = request.headers.get('authorization');
  return env.API_TOKEN && given === `Bearer ${env.API_TOKEN}` ? { actor: 'maria' } : undefined;
}
