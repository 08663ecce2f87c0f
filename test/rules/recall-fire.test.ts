/**
 * A case opened while many ship, reserve, split, use up and reverse its lots: after its sequence number no
 * unit leaves, and what it froze holds everything made before it.
 */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { isLedgerError, type Ledger, type Posting } from '../../src/core/index.ts';
import { Chance } from '../judge/chance.ts';
import { type Plant, plant } from './plant.ts';
import { slow, turns } from './stores.ts';
import { shop, transforming } from './transforming.ts';

const WRITERS = 16;
const ROUNDS = 6;

/** What a refused attempt may be refused with while everybody is at it. */
const EXPECTED = new Set([
  'lot.recalled',
  'lot.insufficient',
  'lot.reserved',
  'lot.hasReservations',
  'lot.notFound',
  'stock.insufficient',
  'store.busy',
  'posting.alreadyReversed',
]);

/** What became of everybody's attempts, in their order; `done` hears of each. */
interface Log {
  readonly outcomes: string[];
  done(): void;
}

/** One of the writers: now this, now that, with whatever of the lots is there. */
async function writer(ledger: Ledger, n: number, chance: Chance, log: Log): Promise<void> {
  const mine: Posting[] = [];
  const sources = ['R1', 'F1', 'F2'];
  const itemOf = (code: string): string => (code.startsWith('F') ? 'CURD' : 'MILK');
  for (let round = 0; round < ROUNDS; round++) {
    const code = chance.pick(sources);
    const item = itemOf(code);
    const line = { item, quantity: '1', lots: [{ code, quantity: '1' }] };
    const common = { warehouse: 'SHOP', date: '2026-11-22' } as const;
    const made = `W${n}x${round}`;
    const acts: (() => Promise<unknown>)[] = [
      async () => {
        const party = { kind: 'customer', code: `C${n}` } as const;
        mine.push(await ledger.postings.post({ ...common, template: 'UNL', party, lines: [line] }));
      },
      async () => {
        const lines = [{ item: 'CURD', quantity: '1', lots: [{ code: made, quantity: '1' }] }];
        await ledger.postings.post({ ...common, template: 'MAK', lines: [line], counterpart: { lines } });
      },
      async () => {
        const lot = await ledger.lots.get({ item, code });
        await ledger.lots.split({ ...shop, lot: lot.id, into: [{ code: `${made}s`, quantity: '1' }] });
      },
      () =>
        ledger.reservations.commit({
          document: { type: 'salesOrder', number: `SO-${n}-${round}` },
          lines: [{ ...line, warehouse: 'SHOP' }],
        }),
      async () => {
        const last = mine.pop();
        if (last) await ledger.postings.reverse(last.id, { date: '2026-11-22', reason: 'Second thoughts' });
      },
    ];
    try {
      await chance.pick(acts)();
      log.outcomes.push('ok');
    } catch (error) {
      if (!isLedgerError(error) || !EXPECTED.has(error.code)) throw error;
      log.outcomes.push(error.code);
    }
    log.done();
    await turns(chance.below(9));
  }
}

/** The sequence number of every posting. */
async function seqsOf({ ledger }: Plant): Promise<Map<string, number>> {
  const seqs = new Map<string, number>();
  for await (const { seq, touched } of ledger.changes({ after: 0 })) {
    for (const { resource, id } of touched) if (resource === 'postings' && !seqs.has(id)) seqs.set(id, seq);
    if (seq >= ledger.status().seq) return seqs;
  }
  return seqs;
}

/** Postings after a sequence number that took something of a lot away. */
async function leftAfter(world: Plant, lot: string, after: (posting: string) => boolean): Promise<string[]> {
  const { items } = await world.ledger.lots.movements(lot, { limit: 500 });
  return items
    .filter(
      ({ direction, reverses, posting }) => direction === 'unload' && reverses === null && after(posting),
    )
    .map(({ posting }) => posting);
}

test.each([
  [1, 20261122],
  [2, 7],
  [2, 4711],
  [1, 99],
])('R52 R72 R107 a case opened under fire, %i ledgers over one store, seed %i', async (count, seed) => {
  const world = await plant({ store: slow(memory(), 3) });
  await transforming(world);
  await world.receive('MILK', 'R1', '200');
  await world.make({ R1: '60' }, { F1: ['CURD', '40'], F2: ['CURD', '40'] });
  const all = [world.ledger, ...(count > 1 ? [await world.again()] : [])];
  const chance = new Chance(seed);
  const root = await world.id('R1');
  const outcomes: string[] = [];
  const begin = 20 + chance.below(30);
  let go: () => void = () => undefined;
  const hot = new Promise<void>((resolve) => (go = resolve));
  const log: Log = { outcomes, done: () => outcomes.length === begin && go() };
  const opening = hot.then(() => world.ledger.recalls.open({ reason: 'Glass', lots: [root] }));
  await Promise.all([
    opening,
    ...Array.from({ length: WRITERS }, (_, n) =>
      writer(all[n % all.length] as Ledger, n, new Chance(seed + n), log),
    ),
  ]);
  const { id, openedSeq } = await opening;
  const recall = await world.ledger.recalls.get(id);
  const scope = new Set(recall.scope.map((row) => row.id));

  expect(outcomes).toHaveLength(WRITERS * ROUNDS);
  expect(outcomes.slice(0, begin)).toContain('ok');
  expect(outcomes.slice(begin)).toContain('lot.recalled');

  // every descendant there is was made before: it is in the frozen scope
  const lineage = await world.ledger.lots.lineage(root, { components: 'all', untraced: true });
  expect(lineage.nodes.filter((node) => !scope.has(node.id))).toEqual([]);
  // after the opening nothing of it left
  const seqs = await seqsOf(world);
  const after = (posting: string): boolean => (seqs.get(posting) ?? 0) > openedSeq;
  for (const lot of scope) expect([lot, await leftAfter(world, lot, after)]).toEqual([lot, []]);
  // nothing of it is promised to anybody
  const lots = await Promise.all([...scope].map((lot) => world.ledger.lots.get(lot)));
  expect(lots.filter((lot) => lot.reserved !== '0').map((lot) => lot.code)).toEqual([]);
  expect(lots.filter((lot) => lot.available !== '0').map((lot) => lot.code)).toEqual([]);
  // and everything that came in is known to be somewhere
  expect(recall.balances.lots.filter((each) => each.difference !== '0')).toEqual([]);
  expect((await world.ledger.verify()).ok).toBe(true);
});
