/** Records kept together by the first part of an index answer as the ordered index does, whatever changes. */
import { expect, test } from 'vitest';
import type { IndexPart, Table } from '../../../src/core/ports/store.ts';
import { rangeIn } from '../../../src/core/queries/memory-find.ts';
import { RecordTable } from '../../../src/core/queries/record-table.ts';
import { Chance } from '../../judge/chance.ts';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly of: string | null;
  readonly at: number;
  readonly shown: boolean;
}

const part = (name: 'of' | 'at'): IndexPart => ({ name, of: (row: Row) => row[name] });
const spec = { parts: [part('of'), part('at')], where: (row: Row) => row.shown };
const table: Table = { name: 'rows', indexes: { grouped: { ...spec, grouped: true }, plain: spec } };

test('grouped and ordered answer alike, through changes, removals and groups that grow large', () => {
  const seed = Date.now() % 1_000_000;
  const chance = new Chance(seed);
  const rows = new RecordTable(table);
  const check = (): void => {
    for (const of of ['a', 'b', 'c', null, 'none']) {
      for (const limit of [undefined, 0, 1, 3]) {
        const options = { prefix: [of], ...(limit === undefined ? {} : { limit }) };
        const [grouped, plain] = ['grouped', 'plain'].map((name) =>
          rangeIn(rows, name, options).map((row) => `${row.id} ${row.version}`),
        );
        expect(grouped, `seed ${seed}`).toEqual(plain);
      }
    }
  };
  for (let step = 0; step < 4000; step++) {
    const id = `r${chance.below(900)}`;
    const of = chance.oneIn(2) ? 'a' : chance.pick(['b', 'c', null]);
    if (chance.oneIn(5)) rows.remove(id);
    else rows.put({ id, version: step, of, at: chance.below(20), shown: !chance.oneIn(10) } as Row);
    if (step % 97 === 0) check();
  }
  check();
});

test('an answer is the caller’s: later changes do not reach into it', () => {
  const rows = new RecordTable(table);
  const row = (id: string, at: number): Row => ({ id, version: 1, of: 'a', at, shown: true });
  rows.put(row('x', 1));
  const before = rangeIn(rows, 'grouped', { prefix: ['a'] });
  before.pop();
  rows.put(row('y', 2));
  expect(rangeIn(rows, 'grouped', { prefix: ['a'] }).map(({ id }) => id)).toEqual(['x', 'y']);
  expect(before).toEqual([]);
});
