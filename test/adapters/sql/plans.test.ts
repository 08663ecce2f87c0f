/**
 * How the database goes about what lists and the engine ask: along an index, from the position on, without
 * sorting what it has not got to show. The statements are those the store sends.
 */
import { beforeAll, expect, test } from 'vitest';
import { sql } from '../../../src/adapters/stores/sql/index.ts';
import { Random } from '../../../src/conformance/random.ts';
import { sample } from '../../../src/conformance/samples.ts';
import {
  type FindOptions,
  type Put,
  SCHEMA_VERSION,
  type Snapshot,
  type Store,
  tables,
  textsDigest,
} from '../../../src/core/adapter-kit.ts';
import { offeredSorts } from '../../../src/core/tables.ts';
import { Mistreated, sharedDatabase } from './pglite-kit.ts';

const database = sharedDatabase();
const seed = Number(process.env.LOTLEDGER_SEED ?? Date.now() % 1e6);
console.info(`plans: seed ${seed}`);

/** Collections with enough rows for the database to think about how to read them. */
const FILLED = { lots: 3000, serials: 2000, postings: 3000, movements: 3000 } as const;

let store: Store;
let driver: Mistreated;

beforeAll(async () => {
  driver = new Mistreated(await database());
  store = await sql(driver, { tenant: 'plans' }).open(Object.values(tables), SCHEMA_VERSION);
  const random = new Random(seed);
  for (const [collection, count] of Object.entries(FILLED)) {
    for (let from = 0; from < count; from += 1000) {
      const puts: Put[] = [];
      for (let i = from; i < from + 1000; i++) {
        puts.push({ collection, record: sample(collection, random, `${collection}-${i}`) });
      }
      const outcome = await store.commit({
        expects: [],
        puts,
        deletes: [],
        entries: ['{}'],
        digest: textsDigest(['{}']),
      });
      expect(outcome.done).toBe(true);
    }
  }
  await (await database()).exec('vacuum analyze');
}, 120_000);

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: Node }];
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plans of all statements that read a collection while something is asked. */
async function plansOf(ask: (snapshot: Snapshot) => Promise<unknown>): Promise<Node[][]> {
  driver.heard.length = 0;
  await store.read(ask);
  const heard = driver.heard.filter(({ text }) => !/set_config|lotledger_head/.test(text));
  expect(heard.length).toBeGreaterThan(0);
  const plans: Node[][] = [];
  for (const { text, parameters } of heard) {
    const { rows } = await (await database()).query<Explained>(`explain (format json, costs off) ${text}`, [
      ...parameters,
    ]);
    for (const row of rows) plans.push(nodesOf(row['QUERY PLAN'][0].Plan));
  }
  return plans;
}

/** Neither a pass over a table nor a sort of more than what ties. */
function expectAlongIndex(plans: readonly (readonly Node[])[], told: string): void {
  for (const plan of plans) {
    const kinds = plan.map((node) => node['Node Type']);
    expect(kinds, told).not.toContain('Seq Scan');
    expect(kinds, told).not.toContain('Sort');
    expect(
      plan.some((node) => node['Node Type'].startsWith('Index') && node['Index Cond'] !== undefined),
      `${told}: ${JSON.stringify(plan)}`,
    ).toBe(true);
  }
}

const page = (collection: string, options: Omit<FindOptions, 'limit'>) =>
  plansOf((snapshot) => snapshot.find(collection, { ...options, limit: 50 }));

for (const collection of ['lots', 'serials', 'postings'] as const) {
  test.each(offeredSorts[collection].flatMap((order) => [[order, false] as const, [order, true] as const]))(
    `${collection} by %s (down: %s): the first page, and the next from its position`,
    async (order, reverse) => {
      expectAlongIndex(await page(collection, { order, reverse }), 'the first page');
      const first = await store.read((snapshot) => snapshot.find(collection, { order, reverse, limit: 900 }));
      expect(first.next).toBeDefined();
      const { next = [] } = first;
      expectAlongIndex(await page(collection, { order, reverse, after: next }), 'the next page');
    },
  );
}

test('a position among records without a value goes on along the index, too', async () => {
  const asked = { order: 'expiryDate', reverse: true, limit: 1000 } as const;
  const pages = [await store.read((snapshot) => snapshot.find('lots', asked))];
  for (let last = pages[0]; last?.next !== undefined; last = pages.at(-1)) {
    const after = last.next;
    expectAlongIndex(await page('lots', { ...asked, after }), JSON.stringify(after));
    pages.push(await store.read((snapshot) => snapshot.find('lots', { ...asked, after })));
  }
  expect(pages.flatMap(({ records }) => records)).toHaveLength(FILLED.lots);
});

test('an equality and bounds on an order’s first parts narrow the index', async () => {
  const item = { field: 'itemKey', op: 'eq', value: 'milk' } as const;
  const from = { field: 'expiryDate', op: 'from', value: '2026-01-02' } as const;
  const to = { field: 'expiryDate', op: 'to', value: '2026-11-22' } as const;
  expectAlongIndex(await page('lots', { order: 'byItem', where: [item] }), 'an equality');
  expectAlongIndex(await page('lots', { order: 'expiryDate', where: [from, to] }), 'bounds');
  expectAlongIndex(await page('lots', { order: 'expiryDate', where: [from], reverse: true }), 'downwards');
});

test('several orders sort what ties in the first, not everything', async () => {
  const then = [{ order: 'expiryDate', reverse: true }];
  const plans = await page('lots', { order: 'code', then });
  for (const plan of plans) {
    const kinds = plan.map((node) => node['Node Type']);
    expect(kinds).not.toContain('Sort');
    expect(kinds).toContain('Incremental Sort');
  }
});

test('hundreds of ranges and records asked at once are few statements along indexes', async () => {
  const ids = Array.from({ length: 200 }, (_, i) => `lots-${i * 7}`);
  const plans = await plansOf((snapshot) =>
    Promise.all([
      ...ids.map((id) => snapshot.get('lots', [id])),
      ...ids.map((id) => snapshot.get('serials', [id])),
      ...ids.map((code) => snapshot.lookup('lots', 'code', ['', code])),
      ...ids.map((id) => snapshot.range('movements', 'byLot', { prefix: [id] })),
      ...ids.map((id) => snapshot.range('movements', 'byLot', { prefix: [id], to: '2026-01-01' })),
    ]),
  );
  expect(plans).toHaveLength(3);
  // the few records of a range may well be sorted; they are not looked for among all
  for (const plan of plans) expect(plan.map((node) => node['Node Type'])).not.toContain('Seq Scan');
});
