/** Several programs on one PostgreSQL: they open it empty at once, and one that is killed loses nothing it said. */
import { expect, it } from 'vitest';
import { pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { type Child, startChild } from '../../postgres/children.ts';
import { addressOf, freshDatabase, pgPool, postgresTests } from '../../postgres/index.ts';
import { furnish, ledgerOn, milk, onHand, provesItself } from './postgres-world.ts';

const STOCK = 50;
const EACH = 30;

/** The ids of what a clerk was told is done. */
const acknowledged = ({ lines }: Child): string[] => lines.filter((line) => line.includes('-'));

postgresTests('several programs', () => {
  it('share an empty database from the start, and no piece is taken twice', async () => {
    const place = await freshDatabase();
    const clerks = ['ada', 'ben', 'cleo'].map((name) =>
      startChild(new URL('./postgres-clerk.ts', import.meta.url), [addressOf(place), name, String(EACH)]),
    );
    await Promise.all(clerks.map((clerk) => clerk.printed(1)));
    expect(clerks.map((clerk) => clerk.lines[0])).toEqual(['ready', 'ready', 'ready']);

    const ledger = await ledgerOn(pg(pgPool(place)));
    await furnish(ledger);
    await ledger.postings.post(milk('IN', STOCK));
    const before = (await ledger.head()).seq;
    for (const clerk of clerks) clerk.say('go');
    const [killed, ...others] = clerks as [Child, Child, Child];
    await killed.printed(6);
    killed.kill();
    expect(await Promise.all(others.map((clerk) => clerk.ended))).toEqual([0, 0]);
    await killed.ended;

    const taken = clerks.flatMap(acknowledged);
    const written = (await ledger.head()).seq - before;
    // the killed one may have been killed between the commit and its line
    expect([taken.length, taken.length + 1]).toContain(written);
    expect(await onHand(ledger)).toBe(STOCK - written);
    for (const id of taken) {
      const again = await ledger.postings.post(milk('OUT', 1, 'A', id));
      expect(again).toHaveProperty('id');
    }
    expect((await ledger.head()).seq - before).toBe(written);
    const refused = others.flatMap(({ lines }) => lines.filter((line) => /^lot\./.test(line)));
    expect(refused).toHaveLength(2 * EACH - others.flatMap(acknowledged).length);
    await provesItself(ledger);
    await ledger.close();
  });
});
