/**
 * Proves the loader: what it makes of a few small blocks is, row by row, what the engine writes when it does all
 * of them itself, and the ledger says of itself that it is what its journal says.
 *
 *   node bench/postgres/prove.mjs
 */
import pg from 'pg';
import { pg as driverOf, sql } from '../../.cache/bench/lotledger/adapters/stores/sql/index.js';
import { openLedger } from '../../.cache/bench/lotledger/core/index.js';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { clockOf, runBlock, runShared } from './block.mjs';
import { load } from './load.mjs';
import { makeTemplate } from './template.mjs';

const BLOCKS = 4;
const shape = { lots: 300, unloads: 4 };

/** Every row of every table as text, without what only tells when it was written. */
async function dumpOf(pool) {
  const { rows: names } = await pool.query(
    "select tablename from pg_tables where schemaname = 'lotledger' order by 1",
  );
  const lines = [];
  for (const { tablename } of names) {
    const { rows } = await pool.query(`select t::text as row from lotledger."${tablename}" as t order by 1`);
    lines.push(...rows.map(({ row }) => `${tablename} ${row}`));
  }
  const { rows: indexes } = await pool.query(
    "select indexdef from pg_indexes where schemaname = 'lotledger' order by 1",
  );
  return [...lines, ...indexes.map(({ indexdef }) => indexdef)];
}

const server = await startPostgres();
try {
  const pools = [];
  for (const name of ['engine', 'loader']) {
    await server.createDatabase(name);
    pools.push(new pg.Pool({ connectionString: server.url(name) }));
  }
  const [byEngine, byLoader] = pools;
  const clock = clockOf();
  const options = { actor: 'bench', timeZone: 'Europe/Rome', now: clock.now };
  const ledger = await openLedger(sql(driverOf(byEngine)), options);
  await runShared(ledger, clock);
  for (let block = 0; block < BLOCKS; block++) await runBlock(ledger, clock, block, shape);
  await ledger.close();
  const template = await makeTemplate(shape);
  const url = server.url('loader');
  await load({ url, driver: driverOf(byLoader), template, blocks: BLOCKS, say: () => {} });
  const [wanted, found] = [await dumpOf(byEngine), await dumpOf(byLoader)];
  const differs = wanted.findIndex((line, i) => line !== found[i]);
  if (differs >= 0 || wanted.length !== found.length) {
    throw new Error(
      `${wanted.length} and ${found.length} rows; first:\n${wanted[differs]}\n${found[differs]}`,
    );
  }
  const loaded = await openLedger(sql(driverOf(byLoader)), options);
  const verified = await loaded.verify();
  await loaded.close();
  if (!verified.ok) throw new Error(JSON.stringify(verified));
  console.log(`${wanted.length} rows and indexes are the same, ${verified.entries} entries verified.`);
  await Promise.all(pools.map((pool) => pool.end()));
} finally {
  await server.close();
}
