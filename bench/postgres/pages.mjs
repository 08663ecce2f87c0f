/** Pages of the register in every order, both ways, the first one and one from a random place on. */

import { tables } from '../../.cache/bench/lotledger/core/adapter-kit.js';
import { cursorOf } from '../../.cache/bench/lotledger/core/queries/lists/cursor.js';
import { positionOf } from '../../.cache/bench/lotledger/core/queries/sort-key.js';
import { offeredSorts } from '../../.cache/bench/lotledger/core/tables.js';
import { LIMIT, orders, pageOf, withStock } from './peers.mjs';
import { inTurnsTimed } from './timed.mjs';

const TURN = 10;

/** Lots from all over the table, to begin pages at. */
async function anyLots({ pool }, order) {
  const [first] = orders[order];
  const { rows } = await pool.query(
    `select * from peer.lot tablesample bernoulli (least(100, 200000.0 / (select count(*) from peer.lot)))
     where ${first} is not null order by random() limit 500`,
  );
  return rows;
}

/** A record of ours as far as orders ask of it. */
async function recordOf(store, id) {
  const [record] = await store.read((snapshot) => snapshot.get('lots', [id]));
  return record;
}

async function measureOrder(world, store, sort) {
  const { ledger, pool, pages } = world;
  const reverse = sort.startsWith('-');
  const order = reverse ? sort.slice(1) : sort;
  const { parts } = tables.lots.indexes[order];
  const question = JSON.stringify(['lots.list', {}, null, [[order, reverse]]]);
  const page = pageOf(pool, order, reverse);
  const lots = await anyLots(world, order);
  const places = [];
  for (const lot of lots.slice(0, pages)) {
    const position = positionOf(parts, await recordOf(store, lot.id));
    places.push({ lot, position, cursor: cursorOf(question, position) });
  }
  const place = () => places[Math.floor(Math.random() * places.length)];
  const ids = (rows) => rows.map(({ id }) => id);
  const find = (after) =>
    store.read((snapshot) =>
      snapshot.find('lots', { order, reverse, limit: LIMIT, ...(after ? { after } : {}) }),
    );
  const first = await inTurnsTimed(
    Math.ceil(pages / 2),
    {
      records: async () => ids((await find()).records),
      register: async () => ids((await ledger.lots.list({ sort: [sort], limit: LIMIT })).items),
      theirs: async () => ids(await page()),
      theirRegister: async () => ids(await withStock(pool, await page())),
    },
    { turn: TURN },
  );
  const deep = await inTurnsTimed(
    pages,
    {
      records: async ({ position }) => ids((await find(position)).records),
      register: async ({ cursor }) =>
        ids((await ledger.lots.list({ sort: [sort], limit: LIMIT, cursor })).items),
      theirs: async ({ lot }) => ids(await page(lot)),
      theirRegister: async ({ lot }) => ids(await withStock(pool, await page(lot))),
    },
    { turn: TURN, place },
  );
  return { sort, first, deep };
}

export async function measurePagesOf(world) {
  const { sql } = await import('../../.cache/bench/lotledger/adapters/stores/sql/index.js');
  const { SCHEMA_VERSION } = await import('../../.cache/bench/lotledger/core/adapter-kit.js');
  const store = await sql(world.driver).open(Object.values(tables), SCHEMA_VERSION);
  const measured = [];
  for (const sort of offeredSorts.lots.flatMap((name) => [name, `-${name}`])) {
    world.say(`pages by ${sort}`);
    measured.push(await measureOrder(world, store, sort));
  }
  await store.close();
  return measured;
}
