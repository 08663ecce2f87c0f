/** Section 3: ranges and pages: bounds, positions, both directions, and pages that neither skip nor repeat. */
import type { FindPage, RangeOptions, Scalar, Store } from '../../core/adapter-kit.ts';
import { equal, ok, refused } from '../assert.ts';
import { type Cases, committed, filled, find, idsOf, type Kit, range } from '../kit.ts';
import { batch, THINGS, thing } from '../tables.ts';
import { orders } from './03-orders.ts';

/** Reads all pages of an order, so many records at a time. */
async function pages(store: Store, order: string, reverse: boolean, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let after: readonly Scalar[] | undefined;
  for (let page = 0; page < 100; page++) {
    const found: FindPage = await find(store, THINGS, {
      order,
      reverse,
      limit,
      ...(after === undefined ? {} : { after }),
    });
    ids.push(...idsOf(found.records));
    after = found.next;
    if (after === undefined) return ids;
    equal(found.records.length, limit, 'a page that is not the last is full');
  }
  throw new Error('the pages do not end');
}

const ranged = async (store: Store, index: string, options: RangeOptions) =>
  idsOf(await range(store, THINGS, index, options));

const cases: Cases = {
  async 'orders by the parts, then the id, nulls last in both directions'(it) {
    const store = await it.open();
    await filled(store);
    const up = ['g1', 'g2', 'g2b', 'g7', 'gn', 'gn2', 'h-', 'h0', 'n1', 'nn'];
    const down = ['h0', 'h-', 'g7', 'g2b', 'g2', 'g1', 'gn2', 'gn', 'n1', 'nn'];
    equal(await ranged(store, 'group', {}), up, 'upwards');
    equal(await ranged(store, 'group', { reverse: true }), down, 'downwards');
  },

  async 'narrows by prefix and bounds; bounds leave nulls out'(it) {
    const store = await it.open();
    await filled(store);
    const g = { prefix: ['g'] };
    equal(await ranged(store, 'group', g), ['g1', 'g2', 'g2b', 'g7', 'gn', 'gn2'], 'prefix');
    equal(await ranged(store, 'group', { ...g, from: 2 }), ['g2', 'g2b', 'g7'], 'from');
    equal(await ranged(store, 'group', { ...g, to: 2 }), ['g1', 'g2', 'g2b'], 'to');
    equal(await ranged(store, 'group', { ...g, to: 2, reverse: true }), ['g2b', 'g2', 'g1'], 'to, downwards');
    equal(await ranged(store, 'group', { ...g, from: 2, reverse: true }), ['g7', 'g2b', 'g2'], 'from, down');
    equal(await ranged(store, 'group', { ...g, from: 2, to: 2 }), ['g2', 'g2b'], 'from and to');
    equal(await ranged(store, 'group', { ...g, from: 3, to: 2 }), [], 'crossed bounds');
    equal(await ranged(store, 'group', { from: 'g', to: 'g' }), await ranged(store, 'group', g), 'texts');
    equal(await ranged(store, 'group', { from: 'gg' }), ['h-', 'h0'], 'a text between');
    equal(await ranged(store, 'group', { prefix: [null] }), ['n1', 'nn'], 'the prefix null');
    equal(await ranged(store, 'group', { prefix: ['g', null] }), ['gn', 'gn2'], 'a null within');
    equal(await ranged(store, 'group', { prefix: ['h'], from: -3, limit: 1 }), ['h-'], 'limit');
    equal(await ranged(store, 'group', { prefix: ['nobody'] }), [], 'nothing there');
    equal(await ranged(store, 'group', { limit: 0 }), [], 'limit 0');
  },

  async 'seeks behind a position, there or not any more'(it) {
    const store = await it.open();
    await filled(store);
    const behind = (after: Scalar[], reverse = false) =>
      ranged(store, 'group', { prefix: ['g'], after, reverse });
    equal(await behind(['g', 2, 'g2']), ['g2b', 'g7', 'gn', 'gn2'], 'behind a record');
    equal(await behind(['g', 2, 'g2'], true), ['g1', 'gn2', 'gn'], 'behind a record, downwards');
    equal(await behind(['g', null, 'gn']), ['gn2'], 'behind a null');
    equal(await behind(['g', null, 'gn2'], true), ['gn'], 'behind a null, downwards');
    equal(await behind(['g', 5, 'gone']), ['g7', 'gn', 'gn2'], 'behind a place nobody holds');
    equal(await behind(['a', 1, 'x']), ['g1', 'g2', 'g2b', 'g7', 'gn', 'gn2'], 'before the prefix');
    equal(await behind(['z', 1, 'x']), [], 'behind the prefix');
    equal(await behind(['z', 1, 'x'], true), ['g7', 'g2b', 'g2', 'g1', 'gn2', 'gn'], 'downwards into it');
  },

  async 'refuses a position that does not belong to the order'(it) {
    const store = await it.open();
    await filled(store);
    const asked = store.read((s) => s.find(THINGS, { order: 'group', limit: 2, after: ['g'] }));
    await refused(asked, ['cursor.invalid']);
  },

  async 'pages of every size make up the whole order, each record once'(it) {
    const store = await it.open();
    await filled(store);
    for (const order of ['code', 'group', 'rank', 'openRank', 'ranked', 'madeSeq']) {
      for (const reverse of [false, true]) {
        const whole = await ranged(store, order, { reverse });
        for (const limit of [1, 2, 3, 9, 10, 11]) {
          equal(await pages(store, order, reverse, limit), whole, `${order} by ${limit}, reverse ${reverse}`);
        }
      }
    }
  },

  async 'a page goes on at its place when records before it come and go'(it) {
    const store = await it.open();
    await filled(store);
    const first = await find(store, THINGS, { order: 'code', limit: 3 });
    ok(first.next, 'more follows');
    await committed(
      store,
      batch([thing('aa', { code: 'code-a' })], { deletes: [{ collection: THINGS, id: 'g2b' }] }),
    );
    const second = await find(store, THINGS, { order: 'code', limit: 2, after: first.next });
    equal(idsOf(second.records), ['g7', 'gn'], 'the second page');
  },

  async 'a full last page says that nothing follows'(it) {
    const store = await it.open();
    await filled(store);
    const page = await find(store, THINGS, { order: 'rank', limit: 10, total: true });
    equal([page.records.length, page.next, page.total], [10, undefined, 10], 'ten of ten');
  },

  async 'orders texts by code points'(it) {
    const store = await it.open();
    const texts = [
      '',
      '\u0000',
      '\u0001',
      'A',
      'a',
      'a\u0000',
      'aa',
      'é',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '😀',
      '😁',
    ];
    const puts = [...texts].reverse().map((group, i) => thing(`t${i}`, { group }));
    await committed(store, batch(puts));
    const records = (await range(store, THINGS, 'group', {})) as unknown as { group: string }[];
    equal(
      records.map((record) => record.group),
      texts,
      'the order of texts',
    );
  },

  async 'orders numbers by value'(it) {
    const store = await it.open();
    const numbers = [-1e300, -5, -0.5, 0, 5e-324, 0.1, 1, 2, 10, 2 ** 31, 2 ** 53, 1e300];
    await committed(store, batch([...numbers].reverse().map((rank, i) => thing(`t${i}`, { rank }))));
    const records = (await range(store, THINGS, 'rank', {})) as unknown as { rank: number }[];
    equal(
      records.map((record) => record.rank),
      numbers,
      'the order of numbers',
    );
  },
};

export const paging = (kit: Kit): void =>
  kit.cases(3, `paging and seek (seed ${kit.seed})`, { ...cases, ...orders });
