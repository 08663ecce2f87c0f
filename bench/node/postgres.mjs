/**
 * A ledger of very many lots in PostgreSQL: posting, pages, filters, searches, sums, traces and the way over HTTP,
 * beside plain tables with hand-written SQL in the same database, in turns.
 *
 *   node bench/node/postgres.mjs --lots=1000000 --movements=5000000 --rounds=5 --pages=100
 *
 * tells on the error stream how far it is, and prints the figures as JSON at the end.
 */
import pg from 'pg';
import { pg as driverOf } from '../../.cache/bench/lotledger/adapters/stores/sql/index.js';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { load } from '../postgres/load.mjs';
import { measureLedger } from '../postgres/measure.mjs';
import { madeOf } from '../postgres/peers.mjs';
import { makeTemplate } from '../postgres/template.mjs';

const numbers = { lots: 1_000_000, movements: 0, rounds: 5, pages: 100, tree: 100_000 };
for (const arg of process.argv.slice(2)) {
  const [, name, value] = /^--(\w+)=(\d+)$/.exec(arg) ?? [];
  if (!(name in numbers)) throw new Error(`unknown argument ${arg}`);
  numbers[name] = Number(value);
}
const { lots, movements = 0, rounds, pages, tree } = numbers;
const shape = {
  lots: Math.min(10_000, Math.ceil(lots / 4)),
  unloads: Math.max(1, Math.round((movements || 5 * lots) / lots) - 1),
};
const blocks = Math.ceil(lots / shape.lots);

const begun = Date.now();
const say = (text) =>
  console.error(`${String(Math.round((Date.now() - begun) / 1e3)).padStart(5)} s  ${text}`);

/** What a server of this size would be given; the rest is as PostgreSQL comes, durable. */
const settings = {
  shared_buffers: '2GB',
  effective_cache_size: '8GB',
  work_mem: '32MB',
  max_wal_size: '8GB',
  random_page_cost: 1.1,
  jit: 'off',
};
const server = await startPostgres({ durable: true, settings });

/** While filling, nothing has to outlive anything. */
async function careless(yes) {
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit', 'autovacuum']) {
    await server.sql(yes ? `alter system set ${name} = off` : `alter system reset ${name}`);
  }
  await server.sql('select pg_reload_conf()');
  if (!yes) await server.sql('checkpoint');
}

try {
  await server.sql(
    "create role app login password 'app'; create database bench template template0 owner app",
  );
  const url = server.url('bench', { user: 'app', password: 'app' });
  await careless(true);
  say(`${blocks} blocks of ${shape.lots} lots, each with ${1 + shape.unloads} movements`);
  const template = await makeTemplate(shape);
  const pool = new pg.Pool({ connectionString: url });
  await load({ url: server.url('bench'), driver: driverOf(pool), template, blocks, say });
  await pool.end();
  say('the plain tables');
  const administer = (text) => server.sql(text, 'bench');
  await administer(`${madeOf('default')}
    grant all on schema peer to app; grant all on all tables in schema peer to app;`);
  await careless(false);
  const figures = await measureLedger({ url, administer, shape, blocks, rounds, pages, tree, say });
  console.log(JSON.stringify(figures));
} finally {
  await server.close();
}
