/** The part of section 4 on groups: their order, their pages, exact sums, and what counts as nothing. */
import type { AggregateOptions, Store } from '../../core/adapter-kit.ts';
import { equal, refused } from '../assert.ts';
import { aggregate, type Cases, committed } from '../kit.ts';
import { batch, NOTES, note, THINGS, thing } from '../tables.ts';

const MOST = Number.MAX_SAFE_INTEGER;

/** Groups in one line each: key, count, sums. */
async function lines(store: Store, options: AggregateOptions): Promise<string[]> {
  const { groups } = await aggregate(store, THINGS, options);
  return groups.map(({ key, count, sums }) => [JSON.stringify(key), count, ...sums].join(' '));
}

/** Cases of section 4. */
export const groups: Cases = {
  async 'counts groups in the order of their keys, nulls last'(it) {
    const store = await it.open();
    const rows: [string | null, number | null][] = [
      ['b', 10],
      ['b', 9],
      ['😀', 1],
      ['\uffff', 1],
      [null, 2],
      ['b', 10],
      [null, null],
      ['', 1],
    ];
    await committed(store, batch(rows.map(([group, rank], i) => thing(`t${i}`, { group, rank }))));
    const byGroup = ['[""] 1', '["b"] 3', '["\uffff"] 1', '["😀"] 1', '[null] 2'];
    equal(await lines(store, { groupBy: ['group'] }), byGroup, 'by group');
    equal(
      await lines(store, { groupBy: ['group', 'rank'] }),
      ['["",1] 1', '["b",9] 1', '["b",10] 2', '["\uffff",1] 1', '["😀",1] 1', '[null,2] 1', '[null,null] 1'],
      'by group and rank',
    );
    equal(
      await lines(store, { groupBy: ['open', 'no such field'] }),
      ['[true,null] 8'],
      'by a field of none',
    );
    const where = [{ field: 'group', op: 'eq', value: 'b' } as const];
    equal(await lines(store, { where, groupBy: ['rank'] }), ['[9] 1', '[10] 2'], 'of one group, by rank');
    equal(await lines(store, { where, groupBy: [] }), ['[] 3'], 'one group of all');
    equal(await lines(store, { search: { text: 'T7' }, groupBy: ['group'] }), ['[""] 1'], 'of a search');
  },

  async 'has no empty group, not even one of all'(it) {
    const store = await it.open();
    equal(await aggregate(store, THINGS, { groupBy: [] }), { groups: [] }, 'of an empty collection');
    await committed(store, batch([thing('a', { group: 'x' }), note('n', 'y')]));
    const where = [{ field: 'group', op: 'eq', value: 'z' } as const];
    equal(await aggregate(store, THINGS, { where, groupBy: [], sums: ['rank'] }), { groups: [] }, 'of none');
    const page = await aggregate(store, NOTES, { groupBy: ['text'] });
    equal(page, { groups: [{ key: ['y'], count: 1, sums: [] }] }, 'a collection without indexes');
    await refused(
      store.read((s) => s.aggregate('nowhere', { groupBy: [] })),
      ['query.unsupported'],
    );
  },

  async 'sums exactly, beyond what a number holds, and back'(it) {
    const store = await it.open();
    const amounts = [MOST, MOST, MOST, -MOST, 1, 2, -4];
    await committed(store, batch(amounts.map((amount, i) => thing(`t${i}`, { amount, group: 'a' }))));
    const negative = [-MOST, -MOST, -3];
    await committed(store, batch(negative.map((amount, i) => thing(`n${i}`, { amount, group: 'b' }))));
    const back = [MOST, 7, -MOST, -7];
    await committed(store, batch(back.map((amount, i) => thing(`z${i}`, { amount, group: 'c' }))));
    equal(
      await lines(store, { groupBy: ['group'], sums: ['amount', 'amount'] }),
      [
        '["a"] 7 18014398509481981 18014398509481981',
        '["b"] 3 -18014398509481985 -18014398509481985',
        '["c"] 4 0 0',
      ],
      'sums by group',
    );
    equal(await lines(store, { groupBy: [], sums: ['amount'] }), ['[] 14 -4'], 'the sum of all');
    const small = [
      { field: 'twice', op: 'to', value: 14 } as const,
      { field: 'twice', op: 'from', value: -10 } as const,
    ];
    const twice = { where: small, groupBy: ['twice'], sums: ['twice'] };
    equal(
      await lines(store, twice),
      ['[-8] 1 -8', '[-6] 1 -6', '[2] 1 2', '[4] 1 4', '[14] 1 14'],
      'a computed value',
    );
  },

  async 'counts as nothing what is no whole number, or one that a number cannot hold exactly'(it) {
    const store = await it.open();
    const amounts = [1, 0.5, null, 2 ** 53, -(2 ** 60), 1e300, 41];
    const puts = amounts.map((amount, i) => thing(`t${i}`, { amount, group: '12' }));
    await committed(store, batch(puts));
    const all = { groupBy: [], sums: ['amount', 'group', 'open', 'no such field'] };
    equal(await lines(store, all), ['[] 7 42 0 0 0'], 'sums of everything');
  },

  async 'pages through groups, and goes on behind a key, there or not any more'(it) {
    const store = await it.open();
    const keys: (string | null)[] = ['a', 'b', 'b', 'd', null, 'c', 'e', null];
    await committed(store, batch(keys.map((group, i) => thing(`t${i}`, { group, rank: i }))));
    const first = await aggregate(store, THINGS, { groupBy: ['group'], limit: 2 });
    equal([first.groups.map((one) => one.key), first.next], [[['a'], ['b']], ['b']], 'the first page');
    await committed(store, batch([], { deletes: ['t1', 't2'].map((id) => ({ collection: THINGS, id })) }));
    const second = await aggregate(store, THINGS, { groupBy: ['group'], limit: 3, after: ['b'] });
    equal([second.groups.map((one) => one.key), second.next], [[['c'], ['d'], ['e']], ['e']], 'the second');
    const third = await aggregate(store, THINGS, { groupBy: ['group'], limit: 1, after: ['e'] });
    equal(third, { groups: [{ key: [null], count: 2, sums: [] }] }, 'a full last page has nothing behind it');
    const last = await aggregate(store, THINGS, { groupBy: ['group'], after: [null] });
    equal(last, { groups: [] }, 'behind the last');
    const asked = store.read((s) => s.aggregate(THINGS, { groupBy: ['group'], after: ['a', 'b'] }));
    await refused(asked, ['cursor.invalid']);
  },
};
