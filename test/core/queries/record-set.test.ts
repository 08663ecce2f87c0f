/** The record set: bulk loading, lazily merged indexes, numbers resolved in place, views of one moment. */
import { describe, expect, it } from 'vitest';
import { GENESIS } from '../../../src/core/ports/chain.ts';
import { type IndexPart, PENDING_SEQ, type StoredRecord, type Table } from '../../../src/core/ports/store.ts';
import { RecordSet, resolveSeqs, withSeqs } from '../../../src/core/queries/record-set.ts';

interface Row extends StoredRecord {
  readonly group: string | null;
  readonly rank: number;
}

let reads = 0;
const part = (name: string, of: (row: Row) => string | number | null): IndexPart => ({ name, of });
const rank = part('rank', (row) => {
  reads++;
  return row.rank;
});
const group = part('group', (row) => row.group);
const table: Table = {
  name: 'rows',
  seqFields: ['rank'],
  unique: { group: [group, part('id', (row) => row.id)] },
  indexes: { rank: { parts: [rank] }, group: { parts: [group, rank] } },
};

const row = (id: string, fields: Partial<Row> = {}): Row => ({
  id,
  version: 1,
  group: 'g',
  rank: 0,
  ...fields,
});
const setOf = (...rows: Row[]): RecordSet => {
  const set = new RecordSet([table], { seq: 0, link: GENESIS });
  set.load('rows', rows);
  return set;
};
const put = (set: RecordSet, ...rows: Row[]) =>
  set.apply({ puts: rows.map((record) => ({ collection: 'rows', record })), deletes: [] }, set.head.seq + 1, {
    seq: set.head.seq + 1,
    link: GENESIS,
  });
const ids = (records: readonly StoredRecord[]) => records.map((record) => record.id);

describe('record set', () => {
  it('builds an index when it is first read and touches it again only for changed keys', () => {
    const set = setOf(...Array.from({ length: 1000 }, (_, n) => row(`r${n}`, { rank: n })));
    reads = 0;
    put(set, row('r5', { rank: -1 }), row('new', { rank: 7.5 }));
    expect(reads).toBe(0);
    expect(ids(set.range('rows', 'rank', { limit: 2 }))).toEqual(['r5', 'r0']);
    const built = reads;
    expect(built).toBeGreaterThanOrEqual(1000);
    for (let n = 0; n < 100; n++) put(set, row(`r${n + 100}`, { rank: n + 100, group: `g${n}` }));
    expect(reads).toBe(built);
    expect(ids(set.range('rows', 'rank', { from: 7, limit: 2 }))).toEqual(['r7', 'new']);
    // before and after of the hundred changed records, and a search; not the thousand
    expect(reads - built).toBeLessThan(600);
  });

  it('gives up an index nobody reads while very many records change, and builds it anew', () => {
    const set = setOf(row('first', { rank: 3 }));
    expect(ids(set.range('rows', 'rank', {}))).toEqual(['first']);
    for (let n = 0; n < 25_000; n++) put(set, row(`r${n % 40}`, { rank: n % 7, group: null }));
    expect(set.range('rows', 'rank', {})).toHaveLength(41);
    expect(set.range('rows', 'rank', { prefix: [3] }).at(0)?.id).toBe('first');
  });

  it('resolves provisional numbers in place, or in a copy', () => {
    const record = row('a', { version: PENDING_SEQ + 2, rank: PENDING_SEQ + 1 });
    expect(withSeqs(table, record, 10)).toEqual(row('a', { version: 12, rank: 11 }));
    expect(record.version).toBe(PENDING_SEQ + 2);
    resolveSeqs(table, record, 20);
    expect(record).toEqual(row('a', { version: 22, rank: 21 }));
    resolveSeqs(table, record, 30);
    expect(record.version).toBe(22);
  });

  it('a reader keeps its moment over loads, puts and deletes', async () => {
    const set = setOf(row('a', { rank: 1 }), row('b', { rank: 2 }));
    await set.read(async (view) => {
      put(set, row('a', { rank: 9 }), row('c', { rank: 0 }));
      set.apply({ puts: [], deletes: [{ collection: 'rows', id: 'b' }] }, 3, set.head);
      expect(ids(await view.range('rows', 'rank', {}))).toEqual(['a', 'b']);
      expect(await view.count('rows')).toBe(2);
      expect(view.head.seq).toBe(0);
    });
    expect(ids(set.range('rows', 'rank', {}))).toEqual(['c', 'a']);
  });

  it('forgets everything for a mirror to be filled anew', () => {
    const set = setOf(row('a'), row('b'));
    set.range('rows', 'group', {});
    set.clear();
    expect([set.count('rows'), set.range('rows', 'group', {}), [...set.all('rows')]]).toEqual([0, [], []]);
    set.load('rows', [row('c')]);
    expect(set.lookup('rows', 'group', ['g', 'c'])?.id).toBe('c');
    expect(set.lookup('rows', 'group', ['g', 'a'])).toBeUndefined();
  });

  it('counts matches exactly while records change', () => {
    const set = setOf(
      ...Array.from({ length: 3000 }, (_, n) => row(`r${n}`, { rank: n % 10, group: n % 3 ? 'g' : null })),
    );
    const total = (field: string, value: string | number | null) =>
      set.find('rows', { order: 'rank', limit: 1, total: true, where: [{ field, op: 'eq', value }] }).total;
    expect([total('rank', 4), total('group', null), total('version', 1)]).toEqual([300, 1000, 3000]);
    put(set, row('r4', { rank: 5, group: null }));
    expect([total('rank', 4), total('group', null), total('version', 1)]).toEqual([299, 1001, 3000]);
  });
});
