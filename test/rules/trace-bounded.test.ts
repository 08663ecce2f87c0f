/** However large a genealogy is, a page reads a bounded number of records; counted, not timed. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import type { StoreAdapter, Trace } from '../../src/core/index.ts';
import type { Store, SyncSnapshot } from '../../src/core/ports/store.ts';
import { bigEdge, bigLot, bigMovement, family, stocked } from './big.ts';
import { dairy, type World } from './world.ts';

interface Counted {
  readonly adapter: StoreAdapter;
  /** Records handed out since it was asked last. */
  reads(): number;
}

/** A store that counts every record it hands out. */
function counting(adapter: StoreAdapter): Counted {
  let count = 0;
  const counted = (sync: SyncSnapshot): SyncSnapshot => ({
    get head() {
      return sync.head;
    },
    get(...args) {
      count++;
      return sync.get(...args);
    },
    lookup(...args) {
      count++;
      return sync.lookup(...args);
    },
    range(...args) {
      const records = sync.range(...args);
      count += 1 + records.length;
      return records;
    },
    find(...args) {
      const page = sync.find(...args);
      count += 1 + page.records.length;
      return page;
    },
    aggregate: (...args) => sync.aggregate(...args),
    count: (...args) => sync.count(...args),
    all: (...args) => sync.all(...args),
  });
  const open: StoreAdapter['open'] = async (...how) => {
    const store: Store = await adapter.open(...how);
    const { sync } = store;
    if (!sync) return store;
    return {
      capabilities: store.capabilities,
      sync: counted(sync),
      read: (fn) => store.read(fn),
      commit: (batch) => store.commit(batch),
      tail: (after, limit) => store.tail(after, limit),
      watch: (listener) => store.watch(listener),
      close: () => store.close(),
    };
  };
  const reads = (): number => {
    const now = count;
    count = 0;
    return now;
  };
  return { adapter: { ...adapter, open }, reads };
}

async function world(): Promise<{ world: World; inner: StoreAdapter; reads: () => number }> {
  const inner = memory();
  const { adapter, reads } = counting(inner);
  return { world: await dairy({ store: adapter }), inner, reads };
}

/** A page of 50 nodes: so many links for each, so many parties for each, and what names them. */
const BOUND = 50 * 60;

/** Reads of the first page, and the page. */
async function firstPage(
  lot: string,
  put: Parameters<typeof stocked>[0],
): Promise<{ page: Trace; read: number }> {
  const { world: made, inner, reads } = await world();
  await stocked(put, inner);
  reads();
  const page = await made.ledger.lots.trace(lot, { direction: 'both' });
  return { page, read: reads() };
}

test('R110 one lot with 100,000 movements: the first page reads a bounded number of records', async () => {
  const movements = Array.from({ length: 100_000 }, (_, n) =>
    bigMovement(n, 'l1', n % 3 ? `C${n % 500}` : null),
  );
  const { page, read } = await firstPage('l1', { lots: [bigLot('l1')], movements });
  expect(page.parties).toHaveLength(50);
  expect(page.nodes[0]?.moreParties).not.toBeNull();
  expect(read).toBeLessThan(BOUND);
});

test('R110 a genealogy of 100,000 lots: a page is bounded, wherever it stands', async () => {
  const { lots, edges } = family(100_000);
  const { world: made, inner, reads } = await world();
  await stocked({ lots, edges }, inner);
  const root = lots[0]?.id ?? '';
  reads();
  const page = await made.ledger.lots.trace(root);
  expect(page.nodes).toHaveLength(50);
  expect(reads()).toBeLessThan(BOUND);
  const last = page.nodes.at(-1);
  await made.ledger.lots.trace(root, { cursor: last?.more ?? '' });
  expect(reads()).toBeLessThan(BOUND);
  await made.ledger.lots.trace(lots.at(-1)?.id ?? '', { direction: 'backward' });
  expect(reads()).toBeLessThan(BOUND);
  expect((await made.ledger.lots.lineage(root)).nodes).toHaveLength(99_999);
});

test('R110 one lot made into 100,000 others, most of them taken back: the first page is bounded', async () => {
  const lots = [bigLot('l0'), ...Array.from({ length: 1000 }, (_, n) => bigLot(`m${n}`))];
  const edges = Array.from({ length: 100_000 }, (_, n) => {
    const edge = bigEdge(n, 'l0', `m${n % 1000}`);
    return n % 1000 === 7 ? edge : { ...edge, endDate: '2026-11-22', endSeq: 1, reversed: true };
  });
  const { page, read } = await firstPage('l0', { lots, edges });
  expect(page.next).toBeDefined();
  expect(read).toBeLessThan(BOUND);
});
