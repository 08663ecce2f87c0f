/**
 * What a ledger does when PostgreSQL fails it: lines that die around COMMIT, connections ended from outside,
 * transactions refused, statements that take too long, a server that stops and comes back. Nothing that was
 * acknowledged is lost, nothing is done twice, and what was not done says so.
 */
import { expect, it, vi } from 'vitest';
import { startPostgres } from '../../../scripts/lib/postgres.mjs';
import { type SqlDriver, sqlStateOf } from '../../../src/adapters/stores/sql/driver.ts';
import { pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { postgresJs } from '../../../src/adapters/stores/sql/drivers/postgres-js.ts';
import { Chance } from '../../judge/chance.ts';
import {
  asSuperuser,
  freshDatabase,
  type Place,
  pgClient,
  pgPool,
  postgresClient,
  postgresTests,
  proxyTo,
} from '../../postgres/index.ts';
import { furnish, ledgerOn, milk, onHand, persist, provesItself, tally } from './postgres-world.ts';

/** Postings of each of the engines among failing lines. */
const EACH = 15;

const seed = Number(process.env.LOTLEDGER_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** The same driver, telling every SQLSTATE that comes out of it. */
function overheard(driver: SqlDriver): { readonly driver: SqlDriver; readonly states: string[] } {
  const states: string[] = [];
  return {
    states,
    driver: {
      name: driver.name,
      close: () => driver.close(),
      transaction: (options, fn) =>
        driver.transaction(options, fn).catch((error: unknown) => {
          states.push(sqlStateOf(error) ?? 'none');
          throw error;
        }),
    },
  };
}

/** A ledger with its world over a new database. */
async function furnished(make: (place: Place) => SqlDriver = (place) => pg(pgPool(place))) {
  const place = await freshDatabase();
  const ledger = await ledgerOn(make(place));
  await furnish(ledger);
  return { place, ledger };
}

/** Ends one connection of a database from outside, whatever it is doing. */
const terminateOne = ({ database }: Place, nth: number) =>
  asSuperuser(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = '${database}' and backend_type = 'client backend' order by pid offset ${nth} limit 1`);

postgresTests('a ledger on PostgreSQL that fails', () => {
  it(`loses and doubles nothing while lines die and connections are ended (seed ${seed})`, async () => {
    const { place, ledger } = await furnished();
    const { proxy, through } = await proxyTo(place);
    const patience = { answerWithin: 3_000, connectWithin: 10_000 };
    const ledgers = await Promise.all([
      ledgerOn(pg(pgPool(through, { max: 3 }), patience)),
      ledgerOn(pg(pgPool(through, { max: 3 }), patience)),
      ledgerOn(postgresJs(postgresClient(through, { max: 3, backoff: false }), patience)),
      ledgerOn(postgresJs(postgresClient(through, { max: 3, backoff: false }), patience)),
    ]);
    const mischief = (chance: Chance) =>
      chance.weighted<() => unknown>([
        [30, () => undefined],
        [8, () => proxy.arm('cut before')],
        [8, () => proxy.arm('cut after')],
        [1, () => proxy.arm('swallow')],
        [3, () => proxy.cut()],
        [8, () => terminateOne(place, chance.below(6))],
      ])();
    const outcomes = await Promise.all(
      ledgers.map(async (each, i) => {
        const chance = new Chance(seed + i);
        const own = [];
        for (let n = 0; n < EACH; n++) {
          const posting = persist(() => each.postings.post(milk('IN', 1, `LOT-${n % 3}`, `load-${i}-${n}`)));
          await mischief(chance);
          own.push(await posting);
        }
        return own;
      }),
    );
    expect(tally(outcomes.flat())).toEqual({ done: ledgers.length * EACH });
    expect(proxy.struck).toBeGreaterThan(0);
    const counts = await Promise.all([0, 1, 2].map((n) => onHand(ledger, `LOT-${n}`)));
    expect(counts).toEqual([0, 1, 2].map(() => (ledgers.length * EACH) / 3));
    await provesItself(ledger);
    await Promise.all(ledgers.map((each) => each.close()));
  });

  it('finds its receipt after COMMIT was carried out and the answer lost', async () => {
    const { place, ledger } = await furnished();
    const { proxy, through } = await proxyTo(place);
    for (const driver of [pg(pgPool(through)), postgresJs(postgresClient(through))]) {
      const other = await ledgerOn(driver);
      const before = (await ledger.head()).seq;
      proxy.arm('cut after');
      const posting = await other.postings.post(milk('IN', 1));
      expect(posting).toHaveProperty('id');
      proxy.arm('cut before');
      expect(await other.postings.post(milk('IN', 1))).toHaveProperty('id');
      expect((await ledger.head()).seq).toBe(before + 2);
    }
    expect(proxy.struck).toBe(4);
    expect(await onHand(ledger)).toBe(4);
  });

  it('says that it does not know when the line stays dead after COMMIT, and knows later', async () => {
    const { place, ledger } = await furnished();
    const { proxy, through } = await proxyTo(place);
    const other = await ledgerOn(pg(pgPool(through)));
    proxy.arm('cut after');
    const line = vi.spyOn(proxy, 'forget').mockImplementationOnce(() => proxy.down());
    const attempt = other.postings.post(milk('IN', 3, 'A', 'not-known'));
    await expect(attempt).rejects.toMatchObject({ code: 'store.unknown', retry: 'same-id' });
    line.mockRestore();
    proxy.up();
    expect(await persist(() => other.postings.post(milk('IN', 3, 'A', 'not-known')))).toHaveProperty('done');
    expect(await onHand(ledger)).toBe(3);
  });

  it('takes a refused serialization (40001) as a conflict and decides again', async () => {
    const place = await freshDatabase();
    const heard = Array.from({ length: 6 }, () =>
      overheard(pg(pgPool(place, { max: 2 }), { isolation: 'serializable' })),
    );
    const ledger = await ledgerOn(heard[0]!.driver);
    await furnish(ledger);
    const ledgers = await Promise.all(heard.map(({ driver }) => ledgerOn(driver)));
    const states = () => heard.flatMap((each) => each.states);
    for (let round = 0; round < 20 && !states().includes('40001'); round++) {
      const outcomes = await Promise.all(
        ledgers.map((each, i) =>
          persist(() => each.postings.post(milk('IN', 1, `R-${round}`, `s-${round}-${i}`))),
        ),
      );
      expect(tally(outcomes)).toEqual({ done: ledgers.length });
      expect(await onHand(ledger, `R-${round}`)).toBe(ledgers.length);
    }
    expect(states()).toContain('40001');
    await provesItself(ledger);
  });

  it('takes a deadlock (40P01) as a conflict and decides again', async () => {
    const { place, ledger } = await furnished();
    const heard = overheard(pg(pgPool(place)));
    const other = await ledgerOn(heard.driver);
    const rival = await pgClient(place);
    await rival.query("set deadlock_timeout = '60s'");
    await rival.query('begin');
    await rival.query('lock table lotledger.lotledger_journal in exclusive mode');
    const posting = other.postings.post(milk('IN', 1));
    await waitingFor(place, 'lotledger_journal');
    // now each holds what the other wants; the ledger's connection is the first to find out
    const head = rival.query("select 1 from lotledger.lotledger_head where tenant = 'acme' for update");
    await vi.waitFor(() => expect(heard.states).toContain('40P01'), { timeout: 30_000 });
    await head;
    await rival.query('rollback');
    expect(await posting).toHaveProperty('id');
    expect(await onHand(ledger)).toBe(1);
  });

  it('is unavailable when a statement takes longer than the database allows, and writes nothing', async () => {
    const { place, ledger } = await furnished();
    await asSuperuser(`alter database ${place.database} set statement_timeout = '400ms'`);
    const other = await ledgerOn(pg(pgPool(place)));
    const before = (await ledger.head()).seq;
    const rival = await pgClient(place);
    await rival.query('begin');
    await rival.query('lock table lotledger.lotledger_journal in exclusive mode');
    const attempt = other.postings.post(milk('IN', 1, 'A', 'slow'));
    await expect(attempt).rejects.toMatchObject({ code: 'store.unavailable', retry: 'same-id' });
    await rival.query('rollback');
    expect((await ledger.head()).seq).toBe(before);
    expect(await other.postings.post(milk('IN', 1, 'A', 'slow'))).toHaveProperty('id');
  });

  it('is unavailable while others use all connections, and goes on afterwards', async () => {
    const { place } = await furnished();
    const pool = pgPool(place, { max: 1 });
    const other = await ledgerOn(pg(pool, { connectWithin: 300 }));
    const taken = await pool.connect();
    const attempt = other.postings.post(milk('IN', 1, 'A', 'waits'));
    await expect(attempt).rejects.toMatchObject({ code: 'store.unavailable', retry: 'same-id' });
    await expect(other.lots.list({})).rejects.toMatchObject({ code: 'store.unavailable' });
    taken.release();
    expect(await persist(() => other.postings.post(milk('IN', 1, 'A', 'waits')))).toHaveProperty('done');
    expect(await onHand(other)).toBe(1);
  });

  it('goes on over a server that was stopped and started again, and hears others as before', async () => {
    const server = await startPostgres({ durable: true });
    try {
      const { port, user, password } = server;
      const place = { host: '127.0.0.1', port, user, password, database: 'postgres' };
      const ledgers = await Promise.all([
        ledgerOn(pg(pgPool(place))),
        ledgerOn(postgresJs(postgresClient(place, { backoff: () => 0.2 }))),
      ]);
      const [first, second] = ledgers as [(typeof ledgers)[0], (typeof ledgers)[0]];
      await furnish(first);
      const heard = ledgers.map((each) => {
        const seqs: number[] = [];
        each.subscribe(({ seq }) => seqs.push(seq));
        return seqs;
      });
      const hear = (seq: number) =>
        vi.waitFor(() => expect(heard.every((seqs) => seqs.includes(seq))).toBe(true), { timeout: 30_000 });
      await first.postings.post(milk('IN', 2));
      await hear((await first.head()).seq);
      await server.stop('immediate');
      const attempts = ledgers.map((each) => each.postings.post(milk('IN', 1)));
      for (const attempt of attempts) {
        await expect(attempt).rejects.toMatchObject({ kind: 'unavailable', retry: 'same-id' });
      }
      await server.start();
      for (const [i, each] of ledgers.entries()) {
        expect(await persist(() => each.postings.post(milk('IN', 1, 'A', `after-${i}`)))).toHaveProperty(
          'done',
        );
        await hear((await first.head()).seq);
      }
      expect(await onHand(second)).toBe(4);
      await provesItself(first);
      await Promise.all(ledgers.map((each) => each.close()));
    } finally {
      await server.close();
    }
  });
});

/** Waits until somebody waits for a lock on a table. */
async function waitingFor(place: Place, table: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const waiting = await asSuperuser(
        `select 1 from pg_locks where not granted and relation = 'lotledger.${table}'::regclass`,
        place,
      );
      expect(waiting).toHaveLength(1);
    },
    { timeout: 20_000, interval: 50 },
  );
}
