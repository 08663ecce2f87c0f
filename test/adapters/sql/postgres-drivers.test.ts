/**
 * The drivers for `pg` and `postgres.js` on a real PostgreSQL, held to what `driver.ts` promises: all or
 * nothing, one view per reading, what it means when the line dies, a bell that rings again by itself.
 */
import { expect, it, vi } from 'vitest';
import {
  OutcomeUnknown,
  type SqlDriver,
  type SqlTransaction,
  sqlStateOf,
} from '../../../src/adapters/stores/sql/driver.ts';
import { pg, type ServerDriverOptions } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { postgresJs } from '../../../src/adapters/stores/sql/drivers/postgres-js.ts';
import {
  asSuperuser,
  freshDatabase,
  type Place,
  pgPool,
  postgresClient,
  postgresTests,
  proxyTo,
  unique,
} from '../../postgres/index.ts';

type Make = (place: Place, most?: number, options?: ServerDriverOptions) => SqlDriver;

const drivers: Readonly<Record<string, Make>> = {
  pg: (place, max = 4, options = {}) => pg(pgPool(place, { max }), options),
  'postgres.js': (place, max = 4, options = {}) =>
    postgresJs(postgresClient(place, { max, backoff: false }), options),
};

const write = { mode: 'write' } as const;
const read = { mode: 'read' } as const;

const insert = (id: number) => (transaction: SqlTransaction) =>
  transaction.query('insert into things (id) values ($1)', [id]);

/** How many things there are, asked past every driver. */
async function things(place: Place): Promise<number> {
  const [row] = await asSuperuser<{ count: string }>('select count(*) from things', place);
  return Number(row?.count);
}

/** A database with one table. */
async function database(): Promise<Place> {
  const place = await freshDatabase();
  await asSuperuser('create table things (id bigint primary key, note text)', place);
  return place;
}

const settled = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work;
  } catch (error) {
    return error;
  }
};

const isUnavailable = expect.objectContaining({ code: 'store.unavailable', retry: 'same-id' });

/** Sends values of every kind and holds what comes back against them. */
async function exactValues(driver: SqlDriver): Promise<void> {
  const text = 'Ümlaut "quoted" \\ back, {braces} and 😀';
  const ask = (transaction: SqlTransaction) =>
    transaction.query(
      `select $1::text as text, $2::bigint as big, $3::int as small, $4::bool as yes, $5::text as none,
        $6::text[] @> array[$1::text] as within, cardinality($7::bigint[]) as many,
        $8::text::json ->> 'a' as json, 2::numeric / 3 as exact, '{"b":[1]}'::jsonb as parsed,
        cardinality($9::text[]) as nothing`,
      [text, 2 ** 53 - 1, 7, true, null, ['a,b', text, ''], [1, 2, 3], '{"a":"x"}', []],
    );
  // once plain, once prepared, once from what was prepared
  for (let i = 0; i < 3; i++) {
    const [row] = await driver.transaction(read, ask);
    expect({ ...row, big: Number(row?.big) }).toEqual({
      text,
      big: 2 ** 53 - 1,
      small: 7,
      yes: true,
      none: null,
      within: true,
      many: 3,
      json: 'x',
      exact: '0.66666666666666666667',
      parsed: { b: [1] },
      nothing: 0,
    });
  }
}

for (const [name, make] of Object.entries(drivers)) {
  postgresTests(`the driver for ${name}`, () => {
    it('commits what was fulfilled and rolls back what threw', async () => {
      const place = await database();
      const driver = make(place);
      await driver.transaction(write, insert(1));
      const why = new Error('changed my mind');
      const undone = driver.transaction(write, async (transaction) => {
        await insert(2)(transaction);
        throw why;
      });
      await expect(undone).rejects.toBe(why);
      expect(await things(place)).toBe(1);
      expect(driver.name).toBe(name);
    });

    it('gives values and takes them as they are', async () => {
      await exactValues(make(await database()));
    });

    it('answers several statements asked at once, in their order', async () => {
      const driver = make(await database());
      const rows = await driver.transaction(write, (transaction) =>
        Promise.all(
          [1, 2, 3, 4].map(async (id) => {
            await insert(id)(transaction);
            const [row] = await transaction.query<{ n: string }>('select max(id) as n from things');
            return Number(row?.n);
          }),
        ),
      );
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
      expect(rows.at(-1)).toBe(4);
    });

    it('reads one view, and cannot write in it', async () => {
      const place = await database();
      const driver = make(place);
      await driver.transaction(read, async (transaction) => {
        const count = async () => (await transaction.query('select id from things')).length;
        expect(await count()).toBe(0);
        await driver.transaction(write, insert(1));
        expect(await count()).toBe(0);
      });
      const wrong = await settled(driver.transaction(read, insert(2)));
      expect(sqlStateOf(wrong)).toBe('25006');
      expect(await things(place)).toBe(1);
    });

    it('isolates as it was told to', async () => {
      const place = await database();
      const isolation = (transaction: SqlTransaction) =>
        transaction.query<{ transaction_isolation: string }>('show transaction_isolation');
      const of = async (driver: SqlDriver, mode: 'read' | 'write') =>
        (await driver.transaction({ mode }, isolation))[0]?.transaction_isolation;
      const usual = make(place);
      expect([await of(usual, 'read'), await of(usual, 'write')]).toEqual([
        'repeatable read',
        'read committed',
      ]);
      const strict = make(place, 4, { isolation: 'serializable' });
      expect([await of(strict, 'read'), await of(strict, 'write')]).toEqual(['serializable', 'serializable']);
    });

    it('writes nothing after a statement that failed, though nobody minded', async () => {
      const place = await database();
      const driver = make(place);
      await driver.transaction(write, insert(1));
      const wrong = await settled(
        driver.transaction(write, async (transaction) => {
          await insert(2)(transaction);
          await insert(1)(transaction).catch(() => undefined);
        }),
      );
      expect(sqlStateOf(wrong)).toBe('23505');
      expect(await things(place)).toBe(1);
      await driver.transaction(write, insert(3));
    });

    it('runs a script of several statements, without news of what was there', async () => {
      const place = await database();
      const told = vi.spyOn(console, 'log').mockImplementation(() => {});
      const driver = make(place);
      const script = 'create table if not exists things (id int); create table more (id int);';
      await driver.transaction(write, (transaction) => transaction.script(script));
      expect(told).not.toHaveBeenCalled();
      told.mockRestore();
      const [row] = await asSuperuser<{ there: string | null }>(
        "select to_regclass('more')::text as there",
        place,
      );
      expect(row?.there).toBe('more');
    });

    it('says what COMMIT was refused for, and that nothing was written', async () => {
      const place = await database();
      await asSuperuser(
        'alter table things add constraint note unique (note) deferrable initially deferred',
        place,
      );
      const driver = make(place);
      const twice = (transaction: SqlTransaction) =>
        transaction.query("insert into things (id, note) values (1, 'a'), (2, 'a')");
      expect(sqlStateOf(await settled(driver.transaction(write, twice)))).toBe('23505');
      expect(await things(place)).toBe(0);
    });

    it('tells a line cut before COMMIT arrived, or after, as unknown, and goes on', async () => {
      const place = await database();
      const { proxy, through } = await proxyTo(place);
      const driver = make(through);
      await driver.transaction(write, insert(1));
      proxy.arm('cut before');
      await expect(driver.transaction(write, insert(2))).rejects.toThrow(OutcomeUnknown);
      expect(await things(place)).toBe(1);
      proxy.arm('cut after');
      await expect(driver.transaction(write, insert(3))).rejects.toThrow(OutcomeUnknown);
      await vi.waitFor(async () => expect(await things(place)).toBe(2));
      expect(proxy.carriedOut).toBe(1);
      await driver.transaction(write, insert(4));
      expect(await things(place)).toBe(3);
    });

    it('waits for an answer to COMMIT so long and no longer', async () => {
      const place = await database();
      const { proxy, through } = await proxyTo(place);
      const driver = make(through, 2, { answerWithin: 1_500 });
      await driver.transaction(write, insert(1));
      proxy.arm('swallow');
      await expect(driver.transaction(write, insert(2))).rejects.toThrow(OutcomeUnknown);
      expect(await things(place)).toBe(2);
      await driver.transaction(write, insert(3));
      expect(await things(place)).toBe(3);
    });

    it('has written nothing when the line dies before COMMIT, and goes on over another one', async () => {
      const place = await database();
      const { proxy, through } = await proxyTo(place);
      const driver = make(through, 2);
      const between = driver.transaction(write, async (transaction) => {
        await insert(1)(transaction);
        proxy.cut();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await insert(2)(transaction);
      });
      await expect(between).rejects.toEqual(isUnavailable);
      const during = driver.transaction(write, async (transaction) => {
        await insert(3)(transaction);
        const [row] = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
        await Promise.all([
          transaction.query('select pg_sleep(30)'),
          asSuperuser(`select pg_terminate_backend(${row?.pid})`, place),
        ]);
      });
      await expect(during).rejects.toEqual(isUnavailable);
      expect(await things(place)).toBe(0);
      // connections that died in the pool do not harm anybody
      proxy.cut();
      for (let i = 10; i < 14; i++) await driver.transaction(write, insert(i));
      expect(await things(place)).toBe(4);
    });

    it('gives a statement up that takes too long, and frees what it held', async () => {
      const place = await database();
      const driver = make(place, 2, { answerWithin: 1_000 });
      const stuck = driver.transaction(write, async (transaction) => {
        await insert(1)(transaction);
        await transaction.query('select pg_sleep(3)');
      });
      await expect(stuck).rejects.toEqual(isUnavailable);
      await driver.transaction(write, insert(2));
      await vi.waitFor(
        async () => {
          const text = `select 1 from pg_stat_activity
            where datname = '${place.database}' and state <> 'idle' and pid <> pg_backend_pid()`;
          expect(await asSuperuser(text)).toHaveLength(0);
        },
        { timeout: 20_000, interval: 100 },
      );
      expect(await things(place)).toBe(1);
    });

    it('frees what a program holds that falls silent in the middle', async () => {
      const place = await database();
      const driver = make(place, 2, { answerWithin: 800 });
      const silent = driver.transaction(write, async (transaction) => {
        await insert(1)(transaction);
        await vi.waitFor(() => driver.transaction(write, insert(1)), { timeout: 20_000, interval: 100 });
        await insert(2)(transaction);
      });
      await expect(silent).rejects.toEqual(isUnavailable);
      await vi.waitFor(async () => expect(await things(place)).toBe(1), { timeout: 20_000 });
    });

    it('is unavailable within a bound where the pool is exhausted', async () => {
      const place = await database();
      const driver = make(place, 1, { connectWithin: 500 });
      let free = () => {};
      const held = driver.transaction(write, async (transaction) => {
        await insert(1)(transaction);
        await new Promise<void>((resolve) => {
          free = resolve;
        });
      });
      await vi.waitFor(async () => expect(free.name).not.toBe('free'));
      await expect(driver.transaction(write, insert(2))).rejects.toEqual(isUnavailable);
      free();
      await held;
      // whoever gave up has left nothing behind
      await driver.transaction(write, insert(3));
      expect(await things(place)).toBe(2);
    });

    it('is unavailable where there is no database', async () => {
      const place = await database();
      const { proxy, through } = await proxyTo(place);
      proxy.down();
      const driver = make(through, 2, { connectWithin: 2_000 });
      await expect(driver.transaction(read, insert(1))).rejects.toEqual(isUnavailable);
      const nowhere = make({ ...place, database: 'nowhere_at_all' }, 2, { connectWithin: 2_000 });
      await expect(nowhere.transaction(read, insert(1))).rejects.toEqual(isUnavailable);
    });

    it('hears notifications, again after the line died, and is told that it did', async () => {
      const place = await database();
      const { proxy, through } = await proxyTo(place);
      const driver = make(through);
      const channel = unique('bell');
      const [heard, other] = [[] as string[], [] as string[]];
      const stop = await driver.listen?.(channel, (payload) => heard.push(payload));
      const stopOther = await driver.listen?.(`${channel}_b`, (payload) => other.push(payload));
      const ring = (payload: string) => asSuperuser(`select pg_notify('${channel}', '${payload}')`, place);
      const heardOf = (payload: string) =>
        vi.waitFor(() => expect(heard).toContain(payload), { timeout: 20_000, interval: 50 });
      await ring('one');
      await heardOf('one');
      proxy.cut();
      await heardOf('');
      await ring('two');
      await heardOf('two');
      expect(other.every((payload) => payload === '')).toBe(true);
      await stop?.();
      await stopOther?.();
      await ring('three');
      await driver.transaction(read, (transaction) => transaction.query('select 1'));
      expect(heard).not.toContain('three');
      await driver.close();
    });
  });
}

postgresTests('clients that were told to read and write values in their own way', () => {
  it('make no difference', async () => {
    const place = await database();
    const types = { getTypeParser: () => () => 'something else' };
    await exactValues(pg(pgPool(place, { types })));
    const mine = { to: 20, from: [20, 25, 1700], parse: () => 'something else', serialize: String };
    await exactValues(
      postgresJs(postgresClient(place, { fetch_types: true, types: { mine } as never, prepare: false })),
    );
    await exactValues(postgresJs(postgresClient(place), { prepare: false }));
    await exactValues(pg(pgPool(place), { prepare: false }));
    // one that sends statements without waiting for the answers before
    const together = pg(pgPool(place, { pipeline: true } as never));
    await exactValues(together);
    const wrong = together.transaction(write, (transaction) =>
      Promise.all([insert(1), insert(1), insert(2)].map((one) => one(transaction))),
    );
    expect(sqlStateOf(await settled(wrong))).toBe('23505');
    await together.transaction(write, (transaction) =>
      Promise.all([insert(1)(transaction), insert(2)(transaction)]),
    );
    expect(await things(place)).toBe(2);
  });
});
