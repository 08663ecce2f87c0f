/** Everything that is measured of a ledger in PostgreSQL, over a database that has been filled. */
import pg from 'pg';
import { pg as driverOf, sql } from '../../.cache/bench/lotledger/adapters/stores/sql/index.js';
import { openLedger } from '../../.cache/bench/lotledger/core/index.js';
import { measureOpening, measureServer } from './opening.mjs';
import { measurePagesOf } from './pages.mjs';
import { asked, reached, treeOf } from './peers.mjs';
import { measurePostings } from './posting.mjs';
import { measureQuestionsOf, measureSearches } from './questions.mjs';
import { inTurnsTimed } from './timed.mjs';
import { writeTree } from './tree.mjs';

const open = (driver, options = {}) =>
  openLedger(sql(driver, options), { actor: 'bench', timeZone: 'Europe/Rome' });

async function sizes({ pool }) {
  const { rows } = await pool.query(
    `select relname as name, pg_total_relation_size(oid)::float8 as bytes, reltuples::float8 as rows
     from pg_class where relnamespace = 'lotledger'::regnamespace and relkind = 'r' order by 2 desc limit 8`,
  );
  const { rows: all } = await pool.query(
    "select sum(pg_total_relation_size(oid))::float8 as bytes from pg_class where relnamespace = 'lotledger'::regnamespace and relkind = 'r'",
  );
  return { tables: rows, bytes: all[0].bytes };
}

async function measureTree({ pool, driver, rounds, tree, administer, say }) {
  say('writing a genealogy');
  const { root, leaf } = await writeTree(driver, 'tree', tree);
  await administer(treeOf('tree'));
  await administer('vacuum analyze lotledger.edges');
  await administer('vacuum analyze lotledger.lots');
  say('genealogy');
  const ledger = await open(driver, { tenant: 'tree' });
  const down = asked(pool, reached('source', 'target'));
  const up = asked(pool, reached('target', 'source'));
  const lineage = async (id, direction) => (await ledger.lots.lineage(id, { direction })).nodes;
  const measured = {
    count: tree,
    forward: await inTurnsTimed(rounds, {
      ours: async () => (await lineage(root, 'forward')).length,
      theirs: async () => (await down(root)).length - 1,
    }),
    backward: await inTurnsTimed(rounds * 4, {
      ours: async () => (await lineage(leaf, 'backward')).length,
      theirs: async () => (await up(leaf)).length - 1,
    }),
    page: await inTurnsTimed(rounds * 4, {
      ours: async () => (await ledger.lots.trace(root)).nodes.length,
    }),
  };
  await ledger.close();
  return measured;
}

/**
 * @param {{ url: string, administer: (sql: string) => Promise<unknown>, shape: import('./block.mjs').Shape,
 *   blocks: number, rounds: number, pages: number, tree: number, say: (text: string) => void, only?: string[] }} options
 *   `url`: as the role that owns the ledger's tables and is no superuser; `administer`: runs SQL as one
 */
export async function measureLedger(options) {
  const { url, administer, shape, blocks, say, only } = options;
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const driver = driverOf(pool);
  const ledger = await open(driver);
  const world = { ...options, pool, driver, ledger, open };
  const lots = blocks * shape.lots;
  const figures = { lots, movements: lots * (1 + shape.unloads) };
  const parts = {
    held: sizes,
    opening: measureOpening,
    pages: measurePagesOf,
    questions: measureQuestionsOf,
    searches: (all) => measureSearches(all, administer),
    server: measureServer,
    posting: measurePostings,
    tree: measureTree,
  };
  try {
    figures.postgres = (await pool.query('show server_version')).rows[0].server_version.split(' ')[0];
    for (const [name, measure] of Object.entries(parts)) {
      if (only === undefined || only.includes(name)) figures[name] = await measure(world);
    }
  } catch (error) {
    say(`so far: ${JSON.stringify(figures)}`);
    throw error;
  } finally {
    await ledger.close();
    await pool.end();
  }
  say('done');
  return figures;
}
