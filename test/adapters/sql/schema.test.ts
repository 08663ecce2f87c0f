/**
 * Tables that make themselves: by several programs at once, by newer ones over older ones and the other way
 * round, in other schemas, under another role; and what no table could hold.
 */
import { expect, test } from 'vitest';
import { grants, type SqlOptions, sql } from '../../../src/adapters/stores/sql/index.ts';
import {
  type CommitBatch,
  type CommitOutcome,
  isLedgerError,
  type Put,
  type Scalar,
  type Store,
  type StoredRecord,
  type Table,
  textsDigest,
} from '../../../src/core/adapter-kit.ts';
import { Mistreated, sharedDatabase } from './pglite-kit.ts';

const database = sharedDatabase();
let count = 0;

interface Cow extends StoredRecord {
  readonly name: string | null;
  readonly born: string | null;
  readonly litres?: number;
}

const part = (name: keyof Cow) => ({ name, of: (record: Cow): Scalar => record[name] ?? null });

const cows: Table = { name: 'cows', indexes: { name: { parts: [part('name')] } } };
/** The same in a later program: more is indexed, searched, unique and added up. */
const moreCows: Table = {
  ...cows,
  unique: { name: [part('name')] },
  indexes: {
    ...cows.indexes,
    born: { parts: [part('born'), part('name')] },
    named: { parts: [part('name')], where: (record: Cow) => record.name !== null },
  },
  search: [part('name')],
  fields: [part('litres')],
};
const bulls: Table = { name: 'bulls' };

const cow = (id: string, fields: Partial<Cow> = {}): Put => ({
  collection: 'cows',
  record: { id, version: 2 ** 52, name: null, born: null, ...fields } as StoredRecord,
});

function batchOf(puts: readonly Put[]): CommitBatch {
  return { expects: [], puts, deletes: [], entries: ['{}'], digest: textsDigest(['{}']) };
}

/** A place of its own in the shared database: a schema nobody used. */
const fresh = (): SqlOptions => ({ schema: `farm ${++count} "x" 'y'` });

const opened = async (options: SqlOptions, tables: readonly Table[], number = 1): Promise<Store> =>
  sql(new Mistreated(await database()), options).open(tables, number);

const put = (store: Store, ...puts: Put[]): Promise<CommitOutcome> => store.commit(batchOf(puts));

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isLedgerError(error) ? error.code : String(error);
};

const named = async (store: Store, order: string, more: object = {}): Promise<string[]> => {
  const options = { order, limit: 5000, ...more };
  const { records } = await store.read((snapshot) => snapshot.find('cows', options));
  return records.map(({ id }) => id);
};

test('many programs that open a new place at once make it once', async () => {
  const options = fresh();
  const stores = await Promise.all(
    Array.from({ length: 6 }, (_, i) => opened({ ...options, tenant: `t${i % 3}` }, [cows])),
  );
  for (const [i, store] of stores.entries()) expect((await put(store, cow(`c${i}`))).done).toBe(true);
  expect(await stores[0]?.read((snapshot) => snapshot.count('cows'))).toBe(2);
});

test('a later program adds collections, parts and indexes, and completes the rows that are there', async () => {
  const options = fresh();
  const old = await opened(options, [cows]);
  const other = await opened({ ...options, tenant: 'other' }, [cows]);
  const puts = Array.from({ length: 1200 }, (_, i) =>
    cow(`c${String(i).padStart(4, '0')}`, {
      name: i === 0 ? null : `Cow ${i}`,
      born: i % 2 === 0 ? null : `2020-${i}`,
      litres: i,
    }),
  );
  await put(old, ...puts);
  await put(other, cow('x', { name: 'X', litres: 5 }));

  const later = await opened(options, [moreCows, bulls]);
  expect((await named(later, 'born')).length).toBe(1200);
  expect((await named(later, 'born', { reverse: true })).at(-1)).toBe('c0000');
  expect((await named(later, 'named')).length).toBe(1199);
  expect(await named(later, 'name', { search: { text: 'COW 117' } })).toHaveLength(11);
  const holder = await later.read((snapshot) => snapshot.lookup('cows', 'name', ['Cow 7']));
  expect(holder?.id).toBe('c0007');
  const sums = { groupBy: [], sums: ['litres'] };
  const { groups } = await later.read((snapshot) => snapshot.aggregate('cows', sums));
  expect(groups[0]?.sums).toEqual(['719400']);
  // each tenant when it is opened: this one's rows are still as its program made them
  expect((await put(other, cow('y', { name: 'Y' }))).done).toBe(true);
  const laterOther = await opened({ ...options, tenant: 'other' }, [moreCows]);
  expect(await named(laterOther, 'named')).toEqual(['x', 'y']);
});

test('an older program reads on, writes what it knows whole, and refuses what it would leave incomplete', async () => {
  const options = fresh();
  const old = await opened(options, [cows, bulls]);
  await put(old, cow('a', { name: 'A' }));
  await opened(options, [moreCows]);
  expect(await named(old, 'name')).toEqual(['a']);
  expect(await codeOf(put(old, cow('b', { name: 'B' })))).toBe('store.newer');
  const bull: Put = { collection: 'bulls', record: { id: 'b', version: 2 ** 52 } };
  expect((await put(old, bull)).done).toBe(true);
});

test('tables of a layout that is not known are left alone', async () => {
  const options = fresh();
  await opened(options, [cows]);
  const schema = `"${options.schema?.replaceAll('"', '""')}"`;
  await (await database()).exec(`update ${schema}.lotledger_schema set layout = 2`);
  expect(await codeOf(opened(options, [cows]))).toBe('store.newer');
});

test('tenants share tables and see nothing of each other, also under a role that is bound to them', async () => {
  const options = fresh();
  const schema = options.schema as string;
  await opened(options, [moreCows]);
  await (await database()).exec(`create role milker; ${grants(schema, 'milker')}`);
  const [a, b] = [
    await opened({ ...options, tenant: 'a', role: 'milker' }, [moreCows]),
    await opened({ ...options, tenant: 'b', role: 'milker' }, [moreCows]),
  ];
  await put(a, cow('same', { name: 'Same', born: '2021' }));
  await put(b, cow('same', { name: 'Same', born: '2022' }), cow('more'));
  expect(await named(a, 'name')).toEqual(['same']);
  expect((await a.read((snapshot) => snapshot.get('cows', ['more'])))[0]).toBeUndefined();
  const counts = async (role: string, tenant: string): Promise<number> =>
    (await database()).transaction(async (transaction) => {
      await transaction.query(
        "select set_config('role', $1, true), set_config('lotledger.tenant', $2, true)",
        [role, tenant],
      );
      const table = `"${schema.replaceAll('"', '""')}".cows`;
      const { rows } = await transaction.query<{ count: number }>(
        `select count(*)::int as count from ${table}`,
      );
      return rows[0]?.count ?? -1;
    });
  // with the role set by hand, whatever a statement asks for
  expect([await counts('milker', 'a'), await counts('milker', 'b'), await counts('milker', '')]).toEqual([
    1, 2, 0,
  ]);
});

test('values too long for an index are kept, found, ordered and grouped whole', async () => {
  const store = await opened(fresh(), [moreCows]);
  const long = 'ä'.repeat(3000);
  const names = [`${long}b`, `${long}a`, 'ä', 'ä'.repeat(149), 'z', `${long}`];
  const puts = names.map((name, i) => cow(`c${i}`, { name, born: name }));
  expect((await put(store, ...puts)).done).toBe(true);
  // noise that no compression makes short
  const noise = Array.from({ length: 4000 }, (_, i) =>
    String.fromCodePoint(0x4e00 + ((i * 7919) % 20000)),
  ).join('');
  expect((await put(store, cow('noise', { name: noise, born: noise }))).done).toBe(true);
  expect(await named(store, 'name')).toEqual(['c4', 'c2', 'c3', 'c5', 'c1', 'c0', 'noise']);
  const falling = ['noise', 'c0', 'c1', 'c5', 'c3', 'c2', 'c4'];
  expect(await named(store, 'born', { reverse: true })).toEqual(falling);
  const after = [`${long}a`, `${long}a`, 'c1'];
  expect(await named(store, 'born', { reverse: true, after })).toEqual(falling.slice(3));
  const is = (op: string, value: string) => ({ where: [{ field: 'name', op, value }] });
  expect(await named(store, 'name', is('eq', `${long}a`))).toEqual(['c1']);
  expect(await named(store, 'name', is('ne', `${long}a`))).toEqual(['c4', 'c2', 'c3', 'c5', 'c0', 'noise']);
  expect(await named(store, 'name', is('from', `${long}a`))).toEqual(['c1', 'c0', 'noise']);
  expect(await named(store, 'name', is('to', `${long}a`))).toEqual(['c4', 'c2', 'c3', 'c5', 'c1']);
  const some = [{ field: 'name', op: 'in' as const, values: [long, 'z'] }];
  expect(await named(store, 'name', { where: some })).toEqual(['c4', 'c5']);
  // more values than a statement may have parameters
  const many = Array.from({ length: 40_000 }, (_, i) => `no cow ${i}`);
  const among = { field: 'name', op: 'in' as const, values: [...many, null, `${long}a`, 'z'] };
  expect(await named(store, 'name', { where: [among] })).toEqual(['c4', 'c1']);
  const { groups } = await store.read((snapshot) => snapshot.aggregate('cows', { groupBy: ['name'] }));
  expect(groups.map(({ key }) => key[0])).toEqual(['z', 'ä', names[3], long, names[1], names[0], noise]);
  const again = await put(store, cow('x', { name: noise }));
  expect(again).toEqual({ done: false, conflict: [{ collection: 'cows', id: 'noise' }] });
});

test('texts without a form in UTF-8 and ids too long for an index are refused before anything is written', async () => {
  const store = await opened(fresh(), [moreCows]);
  expect(await codeOf(put(store, cow('ok'), cow('bad', { name: 'half \ud800' })))).toBe('field.characters');
  expect(await codeOf(put(store, cow('\udc00')))).toBe('field.characters');
  expect(await codeOf(put(store, cow('x'.repeat(1001))))).toBe('field.tooLong');
  expect(await store.read(async (snapshot) => [await snapshot.count('cows'), snapshot.head.seq])).toEqual([
    0, 0,
  ]);
  const odd = cow('odd', { born: '\u0000\u0001' });
  Object.assign(odd.record, { note: 'half \ud800' });
  expect((await put(store, odd)).done).toBe(true);
  const [found] = await store.read((snapshot) => snapshot.get('cows', ['odd']));
  expect(found).toEqual({ ...odd.record, version: 1 });
});

test.each([
  [{ tenant: '' }, 'field.required'],
  [{ tenant: 'a\nb' }, 'field.characters'],
  [{ tenant: 'x'.repeat(101) }, 'field.tooLong'],
  [{ schema: 'x'.repeat(51) }, 'field.tooLong'],
  [{ role: '' }, 'field.required'],
])('a name that cannot be one is refused: %j', async (options, code) => {
  const driver = new Mistreated(await database());
  expect(await codeOf((async () => sql(driver, options))())).toBe(code);
});
