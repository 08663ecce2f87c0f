/**
 * Random loads, transfers from either side, spread or not, dated back, and reversals whole or by lines: each is
 * accepted exactly when no place ends a day below zero on the net effect, and nothing is lost on the way.
 */
import { expect, test } from 'vitest';
import { Chance } from '../judge/chance.ts';
import { seedFrom } from '../judge/seed.ts';
import { withTransfers } from './pairing.ts';
import { caught, dairy, type Line, type Post, type World } from './world.ts';

interface Move {
  readonly lot: string;
  /** `MAIN/A-01`, `SHOP` */
  readonly place: string;
  readonly day: number;
  readonly steps: number;
}

const LOTS = ['L1', 'L2', 'L3'];
const dateOf = (day: number): string => `2026-11-${String(day).padStart(2, '0')}`;

/** Whether every place of these lots ends every day with something or nothing. */
function holds(moves: readonly Move[]): boolean {
  const sums = new Map<string, number[]>();
  for (const { lot, place, day, steps } of moves) {
    const days = sums.get(`${lot} ${place}`) ?? new Array<number>(31).fill(0);
    days[day] = (days[day] ?? 0) + steps;
    sums.set(`${lot} ${place}`, days);
  }
  for (const days of sums.values()) {
    let sum = 0;
    for (const change of days) {
      sum += change;
      if (sum < 0) return false;
    }
  }
  return true;
}

interface Pair {
  readonly id: string;
  readonly lineIds: readonly string[];
  readonly lines: readonly (readonly Move[])[];
  readonly day: number;
  readonly back: Set<number>;
}

class Trial {
  readonly moves: Move[] = [];
  readonly pairs: Pair[] = [];
  readonly #world: World;
  readonly #chance: Chance;

  constructor(world: World, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
  }

  /** Sends it; it is accepted exactly when its moves hold. */
  async #send<T>(moves: readonly Move[], act: () => Promise<T>): Promise<T | undefined> {
    const good = holds([...this.moves, ...moves]);
    if (!good) {
      expect((await caught(act)).code).toBe('lot.insufficient');
      return undefined;
    }
    const answer = await act();
    this.moves.push(...moves);
    return answer;
  }

  async load(lot = this.#chance.pick(LOTS)): Promise<void> {
    const [steps, day] = [1 + this.#chance.below(20), 1 + this.#chance.below(20)];
    const place = this.#chance.pick(['MAIN/A-01', 'MAIN/B-01', 'SHOP']);
    const [warehouse = '', location] = place.split('/');
    const quantity = String(steps);
    const line = {
      item: 'MILK',
      quantity,
      ...(location ? { location } : {}),
      lots: [{ code: lot, quantity }],
    };
    await this.#send([{ lot, place, day, steps }], () =>
      this.#world.post(`${warehouse}/TOP`, line, { date: dateOf(day) }),
    );
  }

  /** From MAIN to SHOP, asked for on either side; or inside MAIN, spread over its locations. */
  async transfer(): Promise<void> {
    const day = 1 + this.#chance.below(20);
    const inside = this.#chance.below(3) === 0;
    const fromThere = !inside && this.#chance.below(2) === 0;
    const lines: Line[] = [];
    const targets: Line[] = [];
    const moves: Move[][] = [];
    for (let n = 1 + this.#chance.below(3); n > 0; n--) {
      const [lot, from] = [this.#chance.pick(LOTS), this.#chance.pick(['A-01', 'B-01'])];
      const steps = 1 + this.#chance.below(6);
      const split = inside ? this.#chance.below(steps) : 0;
      const row = { code: lot, quantity: String(steps) };
      const out = { item: 'MILK', quantity: String(steps), location: from, lots: [row] };
      const into = {
        item: 'MILK',
        quantity: String(steps),
        lots: inside
          ? [
              ...(split > 0 ? [{ code: lot, quantity: String(split), location: 'A-01' }] : []),
              { code: lot, quantity: String(steps - split), location: 'B-01' },
            ]
          : [row],
      };
      lines.push(fromThere ? into : out);
      targets.push(fromThere ? out : into);
      const arrives = inside
        ? [
            { lot, place: 'MAIN/A-01', day, steps: split },
            { lot, place: 'MAIN/B-01', day, steps: steps - split },
          ]
        : [{ lot, place: 'SHOP', day, steps }];
      moves.push([{ lot, place: `MAIN/${from}`, day, steps: -steps }, ...arrives]);
    }
    const said = inside || fromThere || this.#chance.below(2) === 0;
    const more: Partial<Post> = { date: dateOf(day), ...(said ? { counterpart: { lines: targets } } : {}) };
    const template = inside ? 'MAIN/PUT' : fromThere ? 'SHOP/ARR' : 'MAIN/MOV';
    const posted = await this.#send(moves.flat(), () => this.#world.post(template, lines, more));
    if (!posted) return;
    const lineIds = posted.lines.map((line) => line.id);
    this.pairs.push({ id: posted.id, lineIds, lines: moves, day, back: new Set() });
  }

  async reverse(): Promise<void> {
    const pair = this.#chance.maybe(this.pairs.filter(({ back, lines }) => back.size < lines.length));
    if (!pair) return;
    const day = pair.day + this.#chance.below(21 - pair.day);
    const left = pair.lines.map((_, i) => i).filter((i) => !pair.back.has(i));
    const taken = this.#chance.below(2) === 0 ? left : [this.#chance.pick(left)];
    const moves = taken.flatMap((i) =>
      (pair.lines[i] ?? []).map((move) => ({ ...move, day, steps: -move.steps })),
    );
    const lines = taken.map((i) => pair.lineIds[i] ?? '');
    const answer = await this.#send(moves, () =>
      this.#world.ledger.postings.reverse(pair.id, {
        date: dateOf(day),
        reason: 'at random',
        ...(taken === left && pair.back.size === 0 ? {} : { lines }),
      }),
    );
    if (answer) for (const i of taken) pair.back.add(i);
  }

  async compare(): Promise<void> {
    for (const code of LOTS) {
      const sums = new Map<string, number>();
      for (const { lot, place, steps } of this.moves) {
        if (lot === code) sums.set(place, (sums.get(place) ?? 0) + steps);
      }
      const lot = await this.#world.ledger.lots.get({ item: 'MILK', code }).catch(() => null);
      const known = (lot?.stock ?? []).map(({ warehouse, location, onHand }) => [
        location ? `${warehouse}/${location}` : warehouse,
        Number(onHand),
      ]);
      const some = (entries: readonly (readonly unknown[])[]) => entries.filter(([, steps]) => steps !== 0);
      expect(new Map(some(known) as [string, number][])).toEqual(
        new Map(some([...sums]) as [string, number][]),
      );
    }
  }
}

test('R73 R77 R79 random transfers hold exactly where their net effect does', {
  timeout: 60_000,
}, async () => {
  const seed = seedFrom(process.env.LOTLEDGER_SEED);
  console.info(`transfers at random, seed ${seed}`);
  const chance = new Chance(seed);
  const world = await withTransfers(await dairy({ today: '2026-11-20' }));
  await world.ledger.items.update('MILK', { lots: { codeType: 'YM', withdrawal: 'fefo' } });
  const trial = new Trial(world, chance);
  for (const lot of LOTS) await trial.load(lot);
  for (let n = 0; n < 600; n++) {
    const what = chance.below(10);
    if (what < 3) await trial.load();
    else if (what < 8) await trial.transfer();
    else await trial.reverse();
    if (n % 50 === 0) await trial.compare();
  }
  await trial.compare();
  expect(trial.pairs.length).toBeGreaterThan(40);
  expect((await world.ledger.verify()).ok).toBe(true);
});
