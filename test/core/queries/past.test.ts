/**
 * Stock of the past against a plain retelling: random loads, unloads and reversals on random days, then every
 * day and every `seq` asked. And what such a question reads: only what came after.
 */
import { expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { isLedgerError, type Ledger } from '../../../src/core/index.ts';
import { dairy, electronics, type World } from '../../rules/world.ts';
import { farStore } from '../engine/far-store.ts';

const seed = Number(process.env.LOTLEDGER_SEED ?? Date.now() % 2 ** 31);
console.info(`seed ${seed}`);

/** A small generator of numbers below a bound, the same for a seed (mulberry32). */
function chance(start: number): (bound: number) => number {
  let state = start;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}`;

interface Told {
  readonly seq: number;
  readonly day: number;
  readonly what: string;
  readonly place: string;
  readonly steps: number;
}

const sumOf = (told: readonly Told[], what: string, place: string, until: number, seq: number): number =>
  told
    .filter((each) => each.what === what && each.place === place && each.day <= until && each.seq <= seq)
    .reduce((sum, each) => sum + each.steps, 0);

/** What is refused moves nothing; anything but a refusal is a fault. */
async function tried<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

/** Moves two lots and untracked stock at two places, in and out and back, on days in no order. */
async function tell({ ledger }: World, next: (bound: number) => number, rounds: number): Promise<Told[]> {
  const told: Told[] = [];
  const posted: { id: string; from: number; rows: Told[] }[] = [];
  for (let i = 0; i < rounds; i++) {
    if (posted.length > 0 && next(5) === 0) {
      const original = posted[next(posted.length)] as (typeof posted)[number];
      const on = Math.min(20, original.from + next(6));
      const back = { date: day(on), reason: 'Taken back' };
      if (!(await tried(() => ledger.postings.reverse(original.id, back)))) continue;
      const { seq } = ledger.status();
      for (const row of original.rows) told.push({ ...row, seq, day: on, steps: -row.steps });
      continue;
    }
    const what = ['A', 'B', 'SALT'][next(3)] as string;
    const place = ['A-01', 'B-01'][next(2)] as string;
    const [on, steps, load] = [1 + next(20), 1 + next(30), next(2) === 0];
    const quantity = String(steps);
    const lots = what === 'SALT' ? {} : { lots: [{ code: what, quantity }] };
    const line = { item: what === 'SALT' ? 'SALT' : 'MILK', quantity, location: place, ...lots };
    const template = load ? 'TOP' : 'SCR';
    const made = await tried(() =>
      ledger.postings.post({ warehouse: 'MAIN', template, date: day(on), lines: [line] }),
    );
    if (!made) continue;
    const row: Told = { seq: ledger.status().seq, day: on, what, place, steps: load ? steps : -steps };
    told.push(row);
    posted.push({ id: made.id, from: on, rows: [row] });
  }
  return told;
}

test('R74 stock of every day and every seq is what a plain retelling says', async () => {
  const next = chance(seed);
  const world = await dairy({ today: day(20) });
  const { ledger } = world;
  await ledger.items.update('MILK', { lots: { shelfLifeDays: null } });
  const told = await tell(world, next, 160);
  const head = ledger.status().seq;
  expect(told.length).toBeGreaterThan(40);
  for (let round = 0; round < 120; round++) {
    const until = next(22);
    const seq = round % 3 === 0 ? head : head - next(head);
    const when = { asOf: day(Math.max(1, until)), ...(seq === head ? {} : { seq }) };
    const last = Math.max(1, until);
    for (const code of ['A', 'B']) {
      const wanted = new Map(
        ['A-01', 'B-01'].map((place) => [place, String(sumOf(told, code, place, last, seq))]),
      );
      const lot = await tried(() => ledger.lots.stockAt({ item: 'MILK', code }, when));
      const found = new Map(lot?.stock.map((row) => [row.location, row.onHand]));
      for (const [place, steps] of wanted) {
        expect([code, place, when, found.get(place) ?? '0']).toEqual([code, place, when, steps]);
      }
    }
    const rows = await ledger.items.stock({ item: 'SALT', ...when });
    for (const place of ['A-01', 'B-01']) {
      const found = rows.find((row) => row.location === place)?.onHand ?? '0';
      expect([place, when, found]).toEqual([place, when, String(sumOf(told, 'SALT', place, last, seq))]);
    }
  }
  expect((await ledger.verify()).ok).toBe(true);
});

test('R75 where a piece was on every day is what a plain retelling says', async () => {
  const next = chance(seed + 1);
  const { ledger, post } = await electronics({ today: day(20), settings: { allowExistingSerial: true } });
  const told: { day: number; seq: number; place: string | null; holder: string | null }[] = [];
  for (let on = 1; on <= 18; on++) {
    for (let n = next(3); n > 0; n--) {
      const here = told.at(-1)?.place ?? null;
      const location = ['A-01', 'B-01'][next(2)] as string;
      const row = { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] };
      const party = { kind: 'customer', code: `C${next(3)}` } as const;
      if (here === null) await post('MAIN/LOA', { ...row, location }, { date: day(on) });
      else await post('MAIN/UNL', { ...row, location: here }, { date: day(on), party });
      const now = here === null ? { place: location, holder: null } : { place: null, holder: party.code };
      told.push({ day: on, seq: ledger.status().seq, ...now });
    }
  }
  for (const seq of [ledger.status().seq, ...told.map((each) => each.seq)]) {
    for (let on = told[0]?.day ?? 20; on <= 20; on++) {
      const last = told.filter((each) => each.day <= on && each.seq <= seq).at(-1);
      if (!last) continue;
      const piece = await ledger.serials.get('R1', { asOf: day(on), seq });
      expect([on, seq, piece.location, piece.holder?.code ?? null]).toEqual([
        on,
        seq,
        last.place,
        last.holder,
      ]);
    }
  }
});

test('R74 a question about yesterday reads what came after, however long the story before is', async () => {
  const store = memory();
  const world = await dairy({ store, today: day(2) });
  const lines = Array.from({ length: 40 }, () => ({
    item: 'MILK',
    quantity: '1',
    lots: [{ code: 'LONG', quantity: '1' }],
  }));
  for (let i = 0; i < 50; i++) await world.post('TOP', lines);
  world.clock.day(day(9));
  await world.post('SCR', { item: 'MILK', quantity: '7', lots: [{ code: 'LONG', quantity: '7' }] });
  let read = 0;
  const counting: typeof store = {
    ...store,
    async open(tables, schema) {
      const opened = await store.open(tables, schema);
      return {
        capabilities: opened.capabilities,
        read: (fn) =>
          opened.read((snapshot) =>
            fn({
              head: snapshot.head,
              get: (...asked) => snapshot.get(...asked),
              lookup: (...asked) => snapshot.lookup(...asked),
              range: async (...asked) => {
                const records = await snapshot.range(...asked);
                read += records.length;
                return records;
              },
              find: (...asked) => snapshot.find(...asked),
              aggregate: (...asked) => snapshot.aggregate(...asked),
              count: (...asked) => snapshot.count(...asked),
            }),
          ),
        commit: (batch) => opened.commit(batch),
        tail: (...asked) => opened.tail(...asked),
        watch: (listener) => opened.watch(listener),
        close: () => opened.close(),
      };
    },
  };
  const far = await dairyOver(counting, world);
  const lot = await far.lots.get({ item: 'MILK', code: 'LONG' }, { asOf: day(5) });
  expect([lot.onHand, lot.initialQuantity]).toEqual(['2000', '40']);
  expect(read).toBeLessThan(40);
});

test('a far store answers the past as a near one does', async () => {
  const store = memory();
  const world = await dairy({ store, today: day(20) });
  await tell(world, chance(seed + 2), 40);
  const far = await dairyOver(farStore(store), world);
  for (const when of [{ asOf: day(4) }, { asOf: day(12), seq: 30 }, { seq: 25 }]) {
    const [near, away] = [world.ledger, far].map((ledger) => answers(ledger, when));
    expect(await away).toEqual(await near);
  }
});

const answers = async (ledger: Ledger, when: { asOf?: string; seq?: number }): Promise<unknown> => [
  await tried(() => ledger.lots.get('A', when)),
  await ledger.items.stock({ item: 'SALT', ...when } as never),
  await ledger.lots.list({ ...when, filter: { state: 'all' } } as never),
];

/** The same ledger over another store. */
async function dairyOver(store: Parameters<typeof farStore>[0], { clock }: World): Promise<Ledger> {
  const { openLedger } = await import('../../../src/core/index.ts');
  return openLedger(store, { actor: 'ugo', timeZone: 'Europe/Rome', now: clock.now });
}
