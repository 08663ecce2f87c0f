/** How a database is opened: empty and by many at once, by roles that may make tables and roles that may not. */
import { expect, it } from 'vitest';
import { sqlStateOf } from '../../../src/adapters/stores/sql/driver.ts';
import { pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { postgresJs } from '../../../src/adapters/stores/sql/drivers/postgres-js.ts';
import { grants, sql } from '../../../src/adapters/stores/sql/index.ts';
import { type IndexPart, SCHEMA_VERSION, tables } from '../../../src/core/adapter-kit.ts';
import {
  asSuperuser,
  freshDatabase,
  freshRole,
  pgClient,
  pgPool,
  postgresClient,
  postgresTests,
} from '../../postgres/index.ts';
import { furnish, ledgerOn, milk, onHand, provesItself } from './postgres-world.ts';

/** What a later version may add to the lots. */
const more: IndexPart = { name: 'more', of: () => null };

postgresTests('opening a database', () => {
  it('makes the tables once, however many open it empty at once', async () => {
    const place = await freshDatabase();
    const ledgers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        ledgerOn(i % 2 === 0 ? pg(pgPool(place, { max: 2 })) : postgresJs(postgresClient(place, { max: 2 }))),
      ),
    );
    await furnish(ledgers[0]!);
    for (const ledger of ledgers) await ledger.postings.post(milk('IN', 1));
    expect(await onHand(ledgers[5]!)).toBe(6);
    await provesItself(ledgers[3]!);
    await Promise.all(ledgers.map((ledger) => ledger.close()));
  });

  it('is blocked while somebody else makes the tables and does not come to an end', async () => {
    const place = await freshDatabase();
    const rival = await pgClient(place);
    await rival.query('begin');
    await rival.query("select pg_advisory_xact_lock(hashtextextended('lotledger lotledger', 0))");
    const all = Object.values(tables);
    for (const driver of [pg(pgPool(place)), postgresJs(postgresClient(place))]) {
      const opening = sql(driver, { openWithin: 200 }).open(all, SCHEMA_VERSION);
      await expect(opening).rejects.toMatchObject({
        code: 'store.blocked',
        retry: 'same-id',
        details: { waited: 200 },
      });
    }
    await rival.query('rollback');
    await (await ledgerOn(pg(pgPool(place)))).close();
    // somebody reads for long what has to be completed
    await rival.query('begin');
    await rival.query('select 1 from lotledger.lots');
    const later = all.map((table) => (table.name === 'lots' ? { ...table, fields: [more] } : table));
    const updating = sql(pg(pgPool(place)), { openWithin: 200 }).open(later, SCHEMA_VERSION);
    await expect(updating).rejects.toMatchObject({ code: 'store.blocked' });
    await rival.query('rollback');
  });

  it('works for a role that may make nothing, where the tables are there', async () => {
    const place = await freshDatabase();
    await (await ledgerOn(pg(pgPool(place)))).close();
    const role = await freshRole();
    await asSuperuser(grants('lotledger', role.user), place);
    const ledger = await ledgerOn(pg(pgPool({ ...place, ...role })), 'another');
    await furnish(ledger);
    await ledger.postings.post(milk('IN', 3));
    expect(await onHand(ledger)).toBe(3);
    await provesItself(ledger);
    await ledger.close();
  });

  it('gives a role no more than it needs: what is in the journal stays as it is', async () => {
    const place = await freshDatabase();
    const owning = await ledgerOn(pg(pgPool(place)));
    await furnish(owning);
    const role = await freshRole();
    // what an earlier version gave is taken back
    await asSuperuser(`grant all on all tables in schema lotledger to ${role.user}`, place);
    await asSuperuser(grants('lotledger', role.user), place);
    const client = await pgClient({ ...place, ...role });
    await client.query("select set_config('lotledger.tenant', 'acme', false)");
    for (const text of [
      'update lotledger.lotledger_journal set texts = texts',
      'delete from lotledger.lotledger_journal',
      'delete from lotledger.lotledger_head',
      'update lotledger.lotledger_schema set layout = 2',
      'delete from lotledger.lotledger_schema',
      "insert into lotledger.lotledger_schema values (1, '{}')",
    ]) {
      const refused = await client.query(text).catch((error: unknown) => error);
      expect(sqlStateOf(refused), text).toBe('42501');
    }
    await client.end();
    await provesItself(owning);
    await owning.close();
  });

  it('leaves the owner of the tables what a later version needs, also where it is named as the role', async () => {
    const place = await freshDatabase();
    const owner = await freshRole();
    await asSuperuser(`grant create on database ${place.database} to ${owner.user}`, place);
    const options = { tenant: 'acme', role: owner.user };
    const opened = () => sql(pg(pgPool({ ...place, ...owner })), options);
    await (await opened().open([], 1)).close();
    await (await opened().open(Object.values(tables), SCHEMA_VERSION)).close();
  });

  it('says what is missing to a role that may make nothing, where they are not', async () => {
    const place = await freshDatabase();
    const role = await freshRole();
    const opening = ledgerOn(pg(pgPool({ ...place, ...role })));
    await expect(opening).rejects.toMatchObject({
      code: 'store.unavailable',
      details: { cause: expect.stringContaining('permission denied') },
    });
    const [row] = await asSuperuser<{ there: string | null }>(
      "select to_regnamespace('lotledger')::text as there",
      place,
    );
    expect(row?.there).toBeNull();
  });

  it('says so to a role that may not even look', async () => {
    const place = await freshDatabase();
    await (await ledgerOn(pg(pgPool(place)))).close();
    const role = await freshRole();
    const opening = ledgerOn(pg(pgPool({ ...place, ...role })));
    await expect(opening).rejects.toMatchObject({
      code: 'store.unavailable',
      details: { cause: expect.stringContaining('permission denied') },
    });
  });

  it('refuses a database that does not hold texts as UTF-8', async () => {
    const { database } = await freshDatabase();
    const name = `${database}_latin`;
    await asSuperuser(
      `create database ${name} template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`,
    );
    const { database: _, ...there } = await freshDatabase();
    await expect(ledgerOn(pg(pgPool({ ...there, database: name })))).rejects.toMatchObject({
      code: 'store.unavailable',
      details: { cause: expect.stringContaining('UTF8') },
    });
  });
});
