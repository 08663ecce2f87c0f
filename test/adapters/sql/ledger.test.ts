/**
 * A whole ledger over PGlite: the first steps of a newcomer, in a folder that outlives the program, and random
 * questions beside the same ledger in memory. The seed is printed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { pglite, sql } from '../../../src/adapters/stores/sql/index.ts';
import {
  type CommitBatch,
  SCHEMA_VERSION,
  type Store,
  type StoreAdapter,
  tables,
} from '../../../src/core/adapter-kit.ts';
import { openLedger } from '../../../src/core/index.ts';
import { ask, randomQuestion } from '../../core/queries/asking/questions.ts';
import { NOW, Stock } from '../../core/queries/asking/stock.ts';
import { Chance } from '../../judge/chance.ts';
import { seedFrom } from '../../judge/seed.ts';
import { sharedDatabase } from './pglite-kit.ts';

// a PGlite of its own takes seconds to start, and a busy machine delays it
vi.setConfig({ testTimeout: 240_000 });

const seed = seedFrom(process.env.LOTLEDGER_SEED);
console.info(`ledger over sql: seed ${seed}`);

const database = sharedDatabase();
const folder = mkdtempSync(join(tmpdir(), 'lotledger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const how = { actor: 'maria', timeZone: 'Europe/Rome', now: () => new Date(NOW) };

test('a ledger in a folder: written by one program, read by the next', async () => {
  const driver = pglite({ folder: join(folder, 'made', 'with', 'lots') });
  const first = await openLedger(sql(driver), how);
  expect([first.capabilities.durability, pglite().durability]).toEqual(['relaxed', 'none']);
  // it lives until the last ledger over it is closed
  await (await openLedger(sql(driver, { tenant: 'another' }), how)).close();
  await first.items.create({ code: 'MILK', unit: { code: 'PCE', decimals: 0 }, lots: { shelfLifeDays: 30 } });
  await first.warehouses.create({ code: 'MAIN', locations: [{ code: 'A-01' }] });
  const template = { warehouse: 'MAIN', tracksLots: true };
  await first.templates.create({ ...template, code: 'LOA', type: 'load', intent: 'purchase' });
  await first.templates.create({ ...template, code: 'UNL', type: 'unload', intent: 'sale' });
  const line = (quantity: string) => ({
    item: 'MILK',
    location: 'A-01',
    quantity,
    lots: [{ code: 'L1', quantity }],
  });
  const posted = { warehouse: 'MAIN', date: '2026-11-21' };
  await first.postings.post({ ...posted, template: 'LOA', lines: [line('100')] });
  await Promise.all(
    Array.from({ length: 20 }, () => first.postings.post({ ...posted, template: 'UNL', lines: [line('2')] })),
  );
  const last = first.postings.post({ ...posted, template: 'UNL', lines: [line('61')] });
  await expect(last).rejects.toMatchObject({ code: 'lot.insufficient' });
  await first.close();

  const next = await openLedger(sql(pglite({ folder: join(folder, 'made', 'with', 'lots') })), how);
  const { items } = await next.lots.list({ filter: { item: 'MILK', state: 'open' }, sort: ['-expiryDate'] });
  expect(items.map(({ code, onHand, expiryDate }) => [code, onHand, expiryDate])).toEqual([
    ['L1', '60', '2026-12-21'],
  ]);
  expect(await next.verify()).toMatchObject({ ok: true });
  await next.close();
});

/** Writes what one store holds into another: the same journal, the same records under their versions. */
async function copy(from: Store, to: Store): Promise<void> {
  const base: CommitBatch = { expects: [], puts: [], deletes: [], entries: [], digest: '' };
  for (const { texts, digest } of await from.tail(0, 1e6)) {
    await to.commit({ ...base, entries: texts, digest });
  }
  const { sync } = from;
  for (const { name: collection } of Object.values(tables)) {
    const puts = [...(sync?.all(collection) ?? [])].map((record) => ({ collection, record: { ...record } }));
    if (puts.length > 0) expect((await to.commit({ ...base, puts })).done).toBe(true);
  }
}

test('random questions to the registers are answered as in memory', async () => {
  const chance = new Chance(seed);
  const near = memory();
  const { ledger } = await Stock.made(near, chance, 60);
  const far: StoreAdapter = sql(pglite({ database: await database() }), { tenant: `copy ${seed}` });
  const [from, to] = [
    await near.open(Object.values(tables), SCHEMA_VERSION),
    await far.open(Object.values(tables), SCHEMA_VERSION),
  ];
  await copy(from, to);
  const copied = await openLedger(far, how);
  await to.close();
  for (let n = 0; n < 80; n++) {
    const question = randomQuestion(chance, ledger);
    expect(await ask(copied, question), JSON.stringify(question)).toEqual(await ask(ledger, question));
  }
  const verified = await copied.verify();
  expect(verified).toEqual(await ledger.verify());
  await Promise.all([copied.close(), from.close()]);
});
