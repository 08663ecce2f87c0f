/** How a database is opened: empty and by many at once, by roles that may make tables and roles that may not. */
import { expect, it } from 'vitest';
import { pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { postgresJs } from '../../../src/adapters/stores/sql/drivers/postgres-js.ts';
import { grants } from '../../../src/adapters/stores/sql/index.ts';
import {
  asSuperuser,
  freshDatabase,
  freshRole,
  pgPool,
  postgresClient,
  postgresTests,
} from '../../postgres/index.ts';
import { furnish, ledgerOn, milk, onHand, provesItself } from './postgres-world.ts';

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

  it('works for a role that may make nothing, where the tables are there', async () => {
    const place = await freshDatabase();
    await (await ledgerOn(pg(pgPool(place)))).close();
    const role = await freshRole();
    await asSuperuser(grants('lotledger', role.user), place);
    const ledger = await ledgerOn(pg(pgPool({ ...place, ...role })), 'another');
    await furnish(ledger);
    await ledger.postings.post(milk('IN', 3));
    expect(await onHand(ledger)).toBe(3);
    await ledger.close();
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
