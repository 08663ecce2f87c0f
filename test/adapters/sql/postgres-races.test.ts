/**
 * Many engines on one PostgreSQL at once, in one program and in several: exactly one winner where only one
 * can win, nothing lost where all can, and a journal without gaps that proves itself.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pg } from '../../../src/adapters/stores/sql/drivers/pg.ts';
import { postgresJs } from '../../../src/adapters/stores/sql/drivers/postgres-js.ts';
import type { Ledger } from '../../../src/core/index.ts';
import { Chance } from '../../judge/chance.ts';
import { freshDatabase, type Place, pgPool, postgresClient, postgresTests } from '../../postgres/index.ts';
import { furnish, ledgerOn, milk, onHand, persist, provesItself, pump, tally } from './postgres-world.ts';

const ENGINES = 16;
const seed = Number(process.env.LOTLEDGER_SEED ?? Math.floor(Math.random() * 2 ** 31));

postgresTests(`races of ${ENGINES} engines (seed ${seed})`, () => {
  let place: Place;
  let ledgers: Ledger[];
  let ledger: Ledger;

  beforeAll(async () => {
    place = await freshDatabase();
    // half of them through each client, each engine with a connection of its own
    const drivers = Array.from({ length: ENGINES }, (_, i) =>
      i % 2 === 0 ? pg(pgPool(place, { max: 1 })) : postgresJs(postgresClient(place, { max: 1 })),
    );
    ledger = await ledgerOn(drivers[0]!);
    await furnish(ledger);
    ledgers = [ledger, ...(await Promise.all(drivers.slice(1).map((driver) => ledgerOn(driver))))];
  });

  afterAll(() => Promise.all((ledgers ?? []).map((each) => each.close())));

  const all = <T>(work: (ledger: Ledger, i: number) => Promise<T>) =>
    Promise.all(ledgers.map((each, i) => persist(() => work(each, i))));

  it('R73 one gets the last unit, and all others hear that there is none left', async () => {
    await ledger.postings.post(milk('IN', 1, 'LAST'));
    const outcomes = await all((each, i) => each.postings.post(milk('OUT', 1, 'LAST', `last-${i}`)));
    expect(tally(outcomes)).toEqual({ done: 1, 'lot.insufficient': ENGINES - 1 });
    expect(await onHand(ledger, 'LAST')).toBe(0);
  });

  it('one id has one effect, and everybody hears of the same', async () => {
    const before = (await ledger.head()).seq;
    const outcomes = await all((each) => each.postings.post(milk('IN', 5, 'SAME', 'the-same-id')));
    expect(tally(outcomes)).toEqual({ done: ENGINES });
    const ids = new Set(outcomes.map((one) => 'done' in one && (one.done as { id: string }).id));
    expect(ids.size).toBe(1);
    expect((await ledger.head()).seq).toBe(before + 1);
    expect(await onHand(ledger, 'SAME')).toBe(5);
  });

  it('one gets a code that may be used once', async () => {
    const outcomes = await all((each, i) =>
      each.warehouses.create({ code: 'ONCE', description: `number ${i}` } as never),
    );
    expect(tally(outcomes)).toEqual({ done: 1, 'warehouse.duplicate': ENGINES - 1 });
  });

  it('one loads a serial, and one takes it out again', async () => {
    const loads = await all((each) => each.postings.post(pump('IN', 'S-1')));
    expect(tally(loads)).toMatchObject({ done: 1 });
    const unloads = await all((each) => each.postings.post(pump('OUT', 'S-1')));
    expect(tally(unloads)).toMatchObject({ done: 1 });
    expect(Object.keys(tally([...loads, ...unloads])).filter((code) => code.startsWith('store.'))).toEqual(
      [],
    );
  });

  it('codes that are counted up are each given once', async () => {
    const outcomes = await all((each) =>
      each.postings.post({
        warehouse: 'MAIN',
        template: 'IN',
        date: '2026-11-20',
        lines: [{ item: 'MILK', quantity: '1', lots: 'auto' }],
      } as never),
    );
    const codes = outcomes.map((one) => 'done' in one && codeOf(one.done));
    expect(new Set(codes).size).toBe(ENGINES);
  });

  it('loads and unloads of a few lots add up', async () => {
    const chance = new Chance(seed);
    const lots = ['X', 'Y', 'Z'];
    for (const lot of lots) await ledger.postings.post(milk('IN', 20, lot));
    const plans = ledgers.map(() =>
      Array.from({ length: 4 }, () => ({
        lot: chance.pick(lots),
        way: chance.oneIn(3) ? ('IN' as const) : ('OUT' as const),
        quantity: chance.between(1, 9),
      })),
    );
    const sums = new Map(lots.map((lot) => [lot, 20]));
    await Promise.all(
      ledgers.map(async (each, i) => {
        for (const [n, { lot, way, quantity }] of (plans[i] ?? []).entries()) {
          const outcome = await persist(() => each.postings.post(milk(way, quantity, lot, `p-${i}-${n}`)));
          if ('code' in outcome) expect(outcome.code).toBe('lot.insufficient');
          else sums.set(lot, (sums.get(lot) ?? 0) + (way === 'IN' ? quantity : -quantity));
        }
      }),
    );
    for (const [lot, sum] of sums) {
      expect(sum).toBeGreaterThanOrEqual(0);
      for (const each of [ledger, ledgers.at(-1)!]) expect(await onHand(each, lot)).toBe(sum);
    }
  });

  it('the journal has no gap and proves itself', () => provesItself(ledger));
});

/** The code of the first lot of a posting. */
function codeOf(posting: unknown): string {
  const { lines } = posting as { lines: { lots: { code: string }[] }[] };
  return lines[0]?.lots[0]?.code ?? '';
}
