/** Filters, searches, totals, values and sums of the register, beside the same asked of the plain tables. */
import { itemOf, lotCode, tagOf } from './block.mjs';
import { asked, LIMIT } from './peers.mjs';
import { inTurnsTimed } from './timed.mjs';

const ids = (rows) => rows.map(({ id }) => id);
const any = (count) => Math.floor(Math.random() * count);
const MOST = 10_000;

/** What is asked of a list and of the plain table: the same lots in the same order. */
function filters({ blocks, shape }) {
  const anyItem = () => itemOf(any(blocks), any(20));
  const anyCode = () => lotCode(any(blocks), any(shape.lots), shape.lots);
  const day = '2024-01-15';
  return [
    {
      what: 'filter: one status, by code',
      query: () => ({ filter: { status: 'RELEASED' }, sort: ['code'] }),
      text: 'select $shown from peer.lot where status = $1 order by code, id limit 50',
      values: () => ['RELEASED'],
    },
    {
      what: 'filter: one item of very many, by expiry',
      place: anyItem,
      query: (item) => ({ filter: { item }, sort: ['expiryDate'] }),
      text: 'select $shown from peer.lot where item = $1 order by expiry_date, code, id limit 50',
      values: (item) => [item],
    },
    {
      what: 'filter: a month of expiry dates, by expiry',
      query: () => ({ filter: { expiryDate: { from: day, to: '2024-02-14' } }, sort: ['expiryDate'] }),
      text: 'select $shown from peer.lot where expiry_date between $1 and $2 order by expiry_date, code, id limit 50',
      values: () => [day, '2024-02-14'],
    },
    {
      what: 'filter: a wildcard that fits one code',
      turns: 1,
      place: anyCode,
      query: (code) => ({ filter: { code: { like: `%${code.slice(2)}` } }, sort: ['code'] }),
      text: 'select $shown from peer.lot where lower(code) like $1 order by code, id limit 50',
      values: (code) => [`%${code.slice(2).toLowerCase()}`],
    },
    {
      what: 'filter: a wildcard that fits a hundredth of the codes',
      place: () => String(any(90) + 10),
      query: (digits) => ({ filter: { code: { like: `%-%${digits}` } }, sort: ['code'] }),
      text: 'select $shown from peer.lot where lower(code) like $1 order by code, id limit 50',
      values: (digits) => [`%-%${digits}`],
    },
  ];
}

async function measureFilter({ ledger, pool, rounds }, { what, query, text, values, place, turns = 4 }) {
  const theirs = asked(pool, text);
  const contenders = {
    ours: async (at) => ids((await ledger.lots.list({ limit: LIMIT, ...query(at) })).items),
    theirs: async (at) => ids(await theirs(...values(at))),
  };
  return { what, ...(await inTurnsTimed(rounds * turns, contenders, place ? { place } : {})) };
}

async function measureSums({ ledger, pool, rounds }) {
  const counted = asked(pool, 'select count(*)::int as n from peer.lot');
  const capped = asked(
    pool,
    `select count(*)::int as n from (select 1 from peer.lot limit ${MOST + 1}) as t`,
  );
  const filtered = asked(pool, "select count(*)::int as n from peer.lot where status = 'RELEASED'");
  const values = asked(
    pool,
    'select item as value, count(*)::int as count from peer.lot group by item order by item limit 50',
  );
  const summed = asked(
    pool,
    'select status as value, count(*)::int as count, sum(on_hand)::text as sum from peer.lot group by status order by status',
  );
  const total = async (query) => {
    const page = await ledger.lots.list({ limit: 1, ...query });
    return page.capped ? page.total + 1 : page.total;
  };
  const pairs = (rows) => rows.map(({ value, count }) => [value, count]);
  return [
    [
      'the exact number of all lots, with a page',
      { ours: () => total({ total: true }), theirs: async () => (await counted())[0].n },
    ],
    [
      `the number of all lots, counted up to ${MOST.toLocaleString('en')}, with a page`,
      { ours: () => total({ total: MOST }), theirs: async () => (await capped())[0].n },
    ],
    [
      'the exact number of lots of one status, with a page',
      {
        ours: () => total({ total: true, filter: { status: 'RELEASED' } }),
        theirs: async () => (await filtered())[0].n,
      },
    ],
    [
      'values of a field: 50 items with their number of lots',
      {
        ours: async () => pairs((await ledger.lots.values('item', { limit: 50 })).items),
        theirs: async () => pairs(await values()),
      },
    ],
    [
      'summary: all lots by status, with their stock',
      {
        ours: async () =>
          (await ledger.lots.summary({ groupBy: ['status'], sums: ['onHand'] })).groups.map((group) => [
            group.value,
            group.count,
            group.sums.onHand[0].quantity,
          ]),
        theirs: async () => (await summed()).map(({ value, count, sum }) => [value, count, sum]),
      },
    ],
  ].map(([what, contenders]) => async () => ({ what, ...(await inTurnsTimed(rounds, contenders)) }));
}

export async function measureQuestionsOf(world) {
  const measured = [];
  for (const filter of filters(world).filter(({ what }) => !what.includes('fits one code'))) {
    world.say(filter.what);
    measured.push(await measureFilter(world, filter));
  }
  for (const measure of await measureSums(world)) {
    measured.push(await measure());
    world.say(measured.at(-1).what);
  }
  return measured;
}

/**
 * The quick search and a wildcard: as a role that row-level security binds, which keeps the index of trigrams
 * from being used; after a superuser has said that LIKE tells nobody what it looks at; and without such an index.
 * @param {(sql: string) => Promise<unknown>} administer as a superuser
 */
export async function measureSearches(world, administer) {
  const { blocks, shape } = world;
  const search = (what, place) => ({
    what,
    place,
    turns: 1,
    query: (text) => ({ search: text, sort: ['code'] }),
    text: `select $shown from peer.lot where lower(code || ' ' || coalesce(supplier_lot, '') || ' ' || item) like $1
      order by code, id limit 50`,
    values: (text) => [`%${text.toLowerCase()}%`],
  });
  const all = [
    search('search for one code of all', () => lotCode(any(blocks), any(shape.lots), shape.lots)),
    search('search for what stands in very many lots', () => tagOf(any(blocks))),
    search('search for what stands nowhere', () => `nothing${any(1e6)}`),
    ...filters(world).filter(({ what }) => what.includes('fits one code')),
  ];
  const gone = ['tg_lots', 'lot_search', 'lot_code'];
  const { rows } = await world.pool.query('select indexdef from pg_indexes where indexname = any($1)', [
    gone,
  ]);
  const measured = [];
  for (const [suffix, statement] of [
    [', as a role under row-level security', undefined],
    [', with textlike marked leakproof', 'alter function pg_catalog.textlike(text, text) leakproof'],
    [', without pg_trgm', 'drop index lotledger.tg_lots, peer.lot_search, peer.lot_code'],
  ]) {
    if (statement !== undefined) await administer(statement);
    for (const one of all) {
      const what = one.what + suffix;
      measured.push(await measureFilter(world, { ...one, what }));
      world.say(what);
    }
  }
  // what is measured after this has all its indexes again
  for (const { indexdef } of rows) await administer(indexdef);
  return measured;
}
