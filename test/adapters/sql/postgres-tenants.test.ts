/**
 * Tenants in one database see nothing of each other: not through the ledger, whatever ids, cursors and feeds
 * of others they hold, and not past it, with a plain role and the tenant set by hand.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SqlDriver, sqlStateOf } from '../../../src/adapters/stores/sql/driver.ts';
import { pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { grants, sql } from '../../../src/adapters/stores/sql/index.ts';
import { type Ledger, openLedger } from '../../../src/core/index.ts';
import {
  asSuperuser,
  freshDatabase,
  freshRole,
  type Place,
  pgClient,
  pgPool,
  postgresTests,
} from '../../postgres/index.ts';
import { DAY, furnish, ledgerOn, milk, onHand, provesItself } from './postgres-world.ts';

const SCHEMA = 'lotledger';
/** What belongs to no tenant: which tables and columns were made. */
const COMMON = ['lotledger_schema'];

/** What a plain role may do in no tenant; held to elsewhere (`postgres-schema.test.ts`). */
const isKept = (write: string): boolean =>
  write.includes('lotledger_journal') || /^delete from .*lotledger_head/.test(write);

/** Tables that hold rows of tenants and do not keep them apart for everybody. */
const unguarded = async (place: Place): Promise<string[]> => {
  const rows = await asSuperuser<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relnamespace = '${SCHEMA}'::regnamespace and c.relkind in ('r', 'p')
        and not (c.relrowsecurity and c.relforcerowsecurity
          and exists (select 1 from pg_policy p where p.polrelid = c.oid))
      order by 1`,
    place,
  );
  return rows.map(({ name }) => name).filter((name) => !COMMON.includes(name));
};

const tablesOf = async (place: Place): Promise<string[]> => {
  const rows = await asSuperuser<{ name: string }>(
    `select table_name as name from information_schema.columns
      where table_schema = '${SCHEMA}' and column_name = 'tenant' order by 1`,
    place,
  );
  return rows.map(({ name }) => `${SCHEMA}."${name}"`);
};

/** A driver, and the channels that are listened to through it. */
function listened(driver: SqlDriver): { readonly driver: SqlDriver; readonly heard: [string, string][] } {
  const heard: [string, string][] = [];
  return {
    heard,
    driver: {
      name: driver.name,
      transaction: (options, fn) => driver.transaction(options, fn),
      close: () => driver.close(),
      listen: (channel, listener) =>
        driver.listen!(channel, (payload) => {
          heard.push([channel, payload]);
          listener(payload);
        }),
    },
  };
}

postgresTests('tenants on PostgreSQL', () => {
  let place: Place;
  let plain: Place;
  let acme: Ledger;
  let brown: Ledger;

  beforeAll(async () => {
    place = await freshDatabase();
    const driver = pg(pgPool(place));
    acme = await ledgerOn(driver, 'acme');
    brown = await ledgerOn(driver, 'brown');
    for (const ledger of [acme, brown]) {
      await furnish(ledger);
      await ledger.postings.post(milk('IN', 7));
      await ledger.postings.post(milk('OUT', 9)).catch(() => undefined);
    }
    const role = await freshRole();
    await asSuperuser(grants(SCHEMA, role.user), place);
    plain = { ...place, ...role };
  });

  afterAll(async () => {
    await acme.close();
    await brown.close();
  });

  describe('past the ledger, as a plain role', () => {
    it('there is no table of tenants without forced row-level security, and one without is found', async () => {
      expect(await unguarded(place)).toEqual([]);
      expect((await tablesOf(place)).length).toBeGreaterThan(10);
      await asSuperuser(`create table ${SCHEMA}.forgotten (tenant text)`, place);
      expect(await unguarded(place)).toEqual(['forgotten']);
      await asSuperuser(
        `alter table ${SCHEMA}.forgotten enable row level security;
         create policy tenant on ${SCHEMA}.forgotten using (true)`,
        place,
      );
      expect(await unguarded(place)).toEqual(['forgotten']);
      await asSuperuser(`drop table ${SCHEMA}.forgotten`, place);
    });

    it('nothing in the schema runs with the rights of its owner', async () => {
      const text = `select 1 from pg_proc where pronamespace = '${SCHEMA}'::regnamespace and prosecdef`;
      expect(await asSuperuser(text, place)).toEqual([]);
      const views = `select 1 from pg_class where relnamespace = '${SCHEMA}'::regnamespace and relkind in ('v', 'm')`;
      expect(await asSuperuser(views, place)).toEqual([]);
    });

    it.each([
      ['acme', 'acme'],
      ['', undefined],
      [undefined, undefined],
      ["acme' or true or '", undefined],
    ])('with the tenant set to %j it reads, changes and deletes only its own', async (tenant, own) => {
      const client = await pgClient(plain);
      if (tenant !== undefined)
        await client.query("select set_config('lotledger.tenant', $1, false)", [tenant]);
      let seen = 0;
      for (const table of await tablesOf(place)) {
        const { rows } = await client.query(`select distinct tenant from ${table}`);
        expect(rows.map((row) => row.tenant).filter((name) => name !== own)).toEqual([]);
        seen += rows.length;
        const count = await client.query(`select count(*)::int as n from ${table} where tenant = 'brown'`);
        expect(count.rows).toEqual([{ n: 0 }]);
        await client.query('begin');
        for (const write of [`update ${table} set tenant = tenant`, `delete from ${table}`]) {
          if (isKept(write)) continue;
          expect((await client.query(`${write} where tenant <> 'acme'`)).rowCount, write).toBe(0);
          if (own === undefined) expect((await client.query(write)).rowCount, write).toBe(0);
        }
        await client.query('rollback');
      }
      expect(seen > 5).toBe(own !== undefined);
      await client.end();
    });

    it('it can neither insert a row for another tenant nor give one away, in any table', async () => {
      const client = await pgClient(plain);
      let tried = 0;
      for (const tenant of ['acme', '']) {
        await client.query("select set_config('lotledger.tenant', $1, false)", [tenant]);
        for (const table of await tablesOf(place)) {
          const [row] = await asSuperuser<{ row: string }>(
            `select to_json(t)::text as row from ${table} t where tenant = 'brown' limit 1`,
            place,
          );
          if (row === undefined) continue;
          tried += 1;
          const insert = `insert into ${table} select * from json_populate_record(null::${table}, $1::json)`;
          for (const forged of [row.row, row.row.replace('"tenant":"brown"', '"tenant":"nobody"')]) {
            const refused = await client.query(insert, [forged]).catch((error: unknown) => error);
            expect(sqlStateOf(refused), table).toBe('42501');
          }
          const given = await client
            .query(`update ${table} set tenant = 'brown' where tenant = 'acme'`)
            .catch((error: unknown) => error);
          const isRefused = tenant === 'acme' || isKept(`update ${table}`);
          if (isRefused) expect(sqlStateOf(given), table).toBe('42501');
          else expect((given as { rowCount: number }).rowCount, table).toBe(0);
        }
      }
      expect(tried).toBeGreaterThan(10);
      await client.end();
    });

    it('it may not empty a table, take a policy away, or become somebody who may', async () => {
      const client = await pgClient(plain);
      await client.query("select set_config('lotledger.tenant', 'acme', false)");
      for (const text of [
        `truncate ${SCHEMA}.lots`,
        `drop policy tenant on ${SCHEMA}.lots`,
        `alter table ${SCHEMA}.lots no force row level security`,
        `alter table ${SCHEMA}.lots disable row level security`,
        'set role postgres',
        'create role helper bypassrls',
        `create or replace view ${SCHEMA}.peek as select * from ${SCHEMA}.lots`,
      ]) {
        const refused = await client.query(text).catch((error: unknown) => error);
        expect(sqlStateOf(refused), text).toBe('42501');
      }
      await client.query('set row_security = off');
      const refused = await client.query(`select * from ${SCHEMA}.lots`).catch((error: unknown) => error);
      expect(sqlStateOf(refused)).toBe('42501');
      await client.end();
    });

    it('not even the owner of the tables sees them without a tenant', async () => {
      const other = await freshDatabase();
      const owner = await freshRole();
      await asSuperuser(`grant create on database ${other.database} to ${owner.user}`, other);
      const ledger = await ledgerOn(pg(pgPool({ ...other, ...owner })), 'acme');
      await furnish(ledger);
      const client = await pgClient({ ...other, ...owner });
      for (const table of await tablesOf(other)) {
        expect((await client.query(`select 1 from ${table}`)).rowCount, table).toBe(0);
      }
      await client.end();
      await ledger.close();
    });
  });

  describe('through the ledger', () => {
    it('a ledger works as a plain role, and under one that an administrator takes on', async () => {
      const own = await ledgerOn(pg(pgPool(plain)), 'acme');
      await own.postings.post(milk('IN', 1));
      expect(await onHand(own)).toBe(8);
      const under = await openLedger(sql(pg(pgPool(place)), { tenant: 'acme', role: plain.user }), {
        actor: 'maria',
        timeZone: 'UTC',
      });
      await under.postings.post(milk('OUT', 1));
      expect(await onHand(under)).toBe(7);
      await provesItself(under);
      await own.close();
      await under.close();
    });

    it('ids of another tenant find nothing', async () => {
      const { items: lots } = await acme.lots.list({});
      const { items: postings } = await acme.postings.list({});
      expect(lots.length).toBeGreaterThan(0);
      for (const { id } of lots) await expect(brown.lots.get(id)).rejects.toMatchObject({ kind: 'missing' });
      for (const { id } of postings) {
        await expect(brown.postings.get(id)).rejects.toMatchObject({ kind: 'missing' });
        await expect(brown.postings.reverse(id, { date: DAY, reason: 'not mine' })).rejects.toMatchObject({
          kind: 'missing',
        });
      }
      await expect(brown.lots.update(lots[0]!.id, { notes: 'mine now' })).rejects.toMatchObject({
        kind: 'missing',
      });
      const mine = new Set((await brown.lots.list({})).items.map(({ id }) => id));
      expect(lots.filter(({ id }) => mine.has(id))).toEqual([]);
    });

    it('a cursor of another tenant pages through the own records or is refused', async () => {
      await acme.postings.post(milk('IN', 1, 'B'));
      await acme.postings.post(milk('IN', 1, 'C'));
      const page = await acme.lots.list({ sort: ['code'], limit: 1 });
      expect(page.next).toBeDefined();
      const theirs = new Set((await acme.lots.list({})).items.map(({ id }) => id));
      const turned = await brown.lots
        .list({ sort: ['code'], limit: 50, cursor: page.next as string })
        .catch(() => ({ items: [] }));
      expect(turned.items.filter(({ id }) => theirs.has(id))).toEqual([]);
    });

    it('the same id of a command means something else to each', async () => {
      const first = await acme.postings.post(milk('IN', 1, 'A', 'one-id'));
      const second = await brown.postings.post(milk('IN', 2, 'A', 'one-id'));
      expect([first, second].map(({ lines }) => lines[0]?.quantity)).toEqual(['1', '2']);
      expect(await acme.postings.post(milk('IN', 1, 'A', 'one-id'))).toEqual(first);
      const theirs = brown.postings.post(milk('IN', 1, 'A', 'one-id'));
      await expect(theirs).rejects.toMatchObject({ code: 'command.mismatch' });
    });

    it('the feed and the bell tell only of the own, and channels do not name tenants', async () => {
      const [own, other] = [listened(pg(pgPool(place))), listened(pg(pgPool(place)))];
      const [a, b] = [await ledgerOn(own.driver, 'acme'), await ledgerOn(other.driver, 'brown')];
      const [heardByA, heardByB] = [[] as number[], [] as number[]];
      a.subscribe(({ seq }) => heardByA.push(seq));
      b.subscribe(({ seq }) => heardByB.push(seq));
      const { seq: before } = await brown.head();
      await brown.postings.post(milk('IN', 1));
      await expect.poll(() => heardByB.at(-1), { timeout: 20_000 }).toBe(before + 1);
      const { seq: last } = await acme.head();
      await acme.postings.post(milk('IN', 1));
      await expect.poll(() => heardByA.at(-1), { timeout: 20_000 }).toBe(last + 1);
      expect(new Set(heardByA)).toEqual(new Set([last + 1]));
      // the head may be looked at before the bell is heard, or rings
      const rang = async (): Promise<boolean> => {
        if (own.heard.length > 0 && other.heard.length > 0) return true;
        await Promise.all([acme, brown].map((ledger) => ledger.postings.post(milk('IN', 1))));
        return false;
      };
      await expect.poll(rang, { timeout: 20_000, interval: 250 }).toBe(true);
      const heard = [...own.heard, ...other.heard];
      expect(new Set(heard.map(([channel]) => channel)).size).toBe(2);
      for (const [channel, payload] of heard) {
        expect(`${channel} ${payload}`).not.toMatch(/acme|brown|milk/i);
        expect(payload).toMatch(/^(\d+ [0-9a-f]{64})?$/);
      }
      await Promise.all([a.close(), b.close()]);
    });

    it('what one does leaves the journal of the other as it was', async () => {
      const before = await brown.head();
      await acme.postings.post(milk('IN', 1));
      expect(await brown.head()).toEqual(before);
      await provesItself(acme);
      await provesItself(brown);
    });
  });
});
