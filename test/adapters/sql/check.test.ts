/**
 * What is kept besides the records is held against them: a row that somebody changed past the ledger is named,
 * whichever of its columns it was.
 */
import { beforeAll, expect, test } from 'vitest';
import { sql } from '../../../src/adapters/stores/sql/index.ts';
import { SCHEMA_VERSION, type Store, tables } from '../../../src/core/adapter-kit.ts';
import { type Ledger, openLedger } from '../../../src/core/index.ts';
import { Mistreated, sharedDatabase } from './pglite-kit.ts';

const database = sharedDatabase();
/** Longer than an index can hold. */
const NAME = 'ä'.repeat(200);

let store: Store;
let ledger: Ledger;

const adapter = async () => sql(new Mistreated(await database()));
const run = async (text: string) => void (await (await database()).exec(text));

beforeAll(async () => {
  ledger = await openLedger(await adapter(), { actor: 'maria', timeZone: 'UTC' });
  const unit = { code: 'PCE', decimals: 0 };
  await ledger.items.create({ code: 'MILK', description: 'Milk', unit, lots: {} });
  await ledger.items.create({ code: 'LONG', description: NAME, unit });
  await ledger.warehouses.create({ code: 'MAIN', locations: [{ code: 'A-01' }] });
  await ledger.templates.create({ warehouse: 'MAIN', tracksLots: true, code: 'LOA', type: 'load' });
  const lots = [{ code: 'L1', quantity: '1' }];
  const lines = [{ item: 'MILK', location: 'A-01', quantity: '1', lots }];
  await ledger.postings.post({ warehouse: 'MAIN', template: 'LOA', date: '2026-11-20', lines });
  store = await (await adapter()).open(Object.values(tables), SCHEMA_VERSION);
});

/** Changes rows, has one of them named, and puts them back. */
async function expectNamed(table: string, set: string, where = 'true'): Promise<void> {
  await run(`create temp table kept as select * from lotledger.${table}`);
  await run(`update lotledger.${table} set ${set} where ${where}`);
  const found = await ledger.verify();
  await run(
    `delete from lotledger.${table}; insert into lotledger.${table} select * from kept; drop table kept`,
  );
  const at = { kind: 'index', collection: expect.any(String), key: expect.any(String) };
  expect(found).toEqual({ ok: false, at });
  expect(await store.check?.()).toBeUndefined();
}

test('nothing differs in what the ledger wrote', async () => {
  expect(await store.check?.()).toBeUndefined();
  expect(await ledger.verify()).toMatchObject({ ok: true });
});

test.each([
  ['a part', "p_code = 'tBUTTER'"],
  ['the text that is searched', "search = 'butter'"],
  ['the text that is searched, gone', 'search = null'],
  ['a search part', `"f_descriptionText" = 'butter'`],
  ['whether an index holds it', 'in_alerting = not in_alerting'],
  ['a value cut off', `long = '{"description":"another"}'`, 'long is not null'],
  ['a value cut off, gone', 'long = null', 'long is not null'],
  ['the version', 'version = version + 1'],
])('verify names a row when somebody changed %s', async (_, set, where = 'true') => {
  await expectNamed('items', set, where);
});

test('verify names a row of which the head knows too little', async () => {
  for (const fact of ['nulls', 'long']) {
    await expectNamed('lotledger_head', `facts = replace(facts, '"${fact}":[', '"${fact}":[],"was":[')`);
  }
});

test('a unique key that was changed is named, and what stands under another id', async () => {
  const first = (await store.read((snapshot) => snapshot.find('lots', { order: 'code', limit: 1 })))
    .records[0];
  expect(first).toBeDefined();
  await run("update lotledger.lots set u_code = 'another'");
  expect(await store.check?.()).toEqual({ collection: 'lots', key: first?.id });
  await run('update lotledger.lots set u_code = null');
  expect(await store.check?.()).toEqual({ collection: 'lots', key: first?.id });
  await run("update lotledger.lots set id = 'elsewhere'");
  expect(await store.check?.()).toEqual({ collection: 'lots', key: 'elsewhere' });
  await run("update lotledger.lots set record = 'no record'");
  expect(await store.check?.()).toEqual({ collection: 'lots', key: 'elsewhere' });
});
