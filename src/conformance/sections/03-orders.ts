/**
 * The part of section 3 on several orders in turn, places counted from the start, and pages that stay right
 * while records come, move, close and go between them.
 */
import type { FindOptions, Put, RecordRef, Scalar, Store } from '../../core/adapter-kit.ts';
import { equal, ok, refused } from '../assert.ts';
import { type Cases, committed, filled, find, idsOf } from '../kit.ts';
import { Random } from '../random.ts';
import { batch, THINGS, type Thing, thing } from '../tables.ts';

const ids = async (store: Store, options: Partial<FindOptions>) =>
  idsOf((await find(store, THINGS, { order: 'group', limit: 100, ...options })).records);

const falling = { reverse: true };

/** A thing for the cases that change while they are read: few groups and ranks, so that ties are everywhere. */
function anyThing(id: string, random: Random): Put {
  return thing(id, {
    group: random.maybe(['a', 'b', 'ä']),
    rank: random.maybe([-1, 0, 2, 2.5]),
    open: random.oneIn(4) ? null : random.oneIn(2),
  });
}

/** What a record is placed and chosen by. */
const standing = ({ group, rank, open }: Thing): string => JSON.stringify([group, rank, open]);

/** Things as they are, and those that stood still while somebody read. */
class World {
  readonly things = new Map<string, Thing>();
  readonly #random: Random;
  readonly #store: Store;
  #made = 0;

  constructor(store: Store, random: Random) {
    this.#store = store;
    this.#random = random;
  }

  async add(count: number): Promise<void> {
    const puts = Array.from({ length: count }, () => anyThing(`t${this.#made++}`, this.#random));
    await this.#commit(puts, []);
  }

  /** Inserts one, moves or closes some, deletes one. Answers the ids that do not stand where they did. */
  async change(): Promise<string[]> {
    const random = this.#random;
    const chosen = new Set(Array.from({ length: 4 }, () => random.pick([...this.things.keys()])));
    const [gone = '', ...others] = chosen;
    const moved = others.map((id) => {
      const known = this.things.get(id) as Thing;
      const { code, group, rank } = known;
      return random.oneIn(2) ? thing(id, { code, group, rank, open: false }) : anyThing(id, random);
    });
    const fresh = anyThing(`t${this.#made++}`, random);
    const changed = moved.filter(
      ({ record }) => standing(record as Thing) !== standing(this.things.get(record.id) as Thing),
    );
    await this.#commit([...moved, fresh], [{ collection: THINGS, id: gone }]);
    return [gone, fresh.record.id, ...changed.map((put) => put.record.id)];
  }

  async #commit(puts: readonly Put[], deletes: readonly RecordRef[]): Promise<void> {
    for (const { record } of puts) this.things.set(record.id, { ...(record as Thing) });
    for (const { id } of deletes) this.things.delete(id);
    await committed(this.#store, batch(puts, { deletes }));
  }
}

/** Reads all pages of a question while the world changes between them. */
async function readWhileChanging(store: Store, world: World, question: FindOptions): Promise<void> {
  const before = [...world.things.values()].filter(
    (one) => question.where === undefined || one.open !== false,
  );
  const still = new Set(before.map((one) => one.id));
  const times = new Map<string, number>();
  let after: readonly Scalar[] | undefined;
  let pages = 0;
  do {
    ok(pages++ < 1000, 'the pages do not end');
    const page = await find(store, THINGS, { ...question, ...(after === undefined ? {} : { after }) });
    for (const { id } of page.records) times.set(id, (times.get(id) ?? 0) + 1);
    after = page.next;
    for (const id of await world.change()) still.delete(id);
  } while (after !== undefined);
  const wrong = [...still].filter((id) => times.get(id) !== 1);
  equal(wrong, [], `read not once though they did not move: ${JSON.stringify(question)}`);
}

/** Cases of section 3. */
export const orders: Cases = {
  async 'orders by several in turn, each in its direction, nulls last in every one, then the id upwards'(it) {
    const store = await it.open();
    await filled(store);
    equal(
      await ids(store, { then: [{ order: 'rank', ...falling }] }),
      ['g7', 'g2', 'g2b', 'g1', 'gn', 'gn2', 'h0', 'h-', 'n1', 'nn'],
      'the second falls',
    );
    equal(
      await ids(store, { ...falling, then: [{ order: 'rank' }] }),
      ['h-', 'h0', 'g1', 'g2', 'g2b', 'g7', 'gn', 'gn2', 'n1', 'nn'],
      'the first falls',
    );
    equal(
      await ids(store, { order: 'rank', ...falling, then: [{ order: 'group', ...falling }] }),
      ['g7', 'g2', 'g2b', 'g1', 'n1', 'h0', 'h-', 'gn', 'gn2', 'nn'],
      'both fall',
    );
    equal(
      await ids(store, { then: [{ order: 'openRank' }, { order: 'code', ...falling }] }),
      ['gn2', 'gn', 'g7', 'g2b', 'g2', 'g1', 'h0', 'h-', 'nn', 'n1'],
      'three, of which the second decides nothing',
    );
  },

  async 'of several orders only the first says which records it holds, and only first parts count'(it) {
    const store = await it.open();
    await filled(store);
    const first = await ids(store, { order: 'ranked', then: [{ order: 'openRank' }] });
    equal(first, ['g1', 'g2', 'g2b', 'g7', 'h-', 'h0', 'n1'], 'a partial index first');
    const second = await ids(store, { order: 'openRank', then: [{ order: 'ranked' }] });
    equal(second, ['g1', 'g2', 'g2b', 'g7', 'gn', 'gn2', 'h-', 'h0', 'n1', 'nn'], 'a partial index second');
    equal(await ids(store, { ...falling, then: [] }), await ids(store, falling), 'no further order');
    const unknown = store.read((s) => s.find(THINGS, { order: 'group', then: [{ order: 'no' }], limit: 1 }));
    await refused(unknown, ['query.unsupported']);
  },

  async 'goes on behind a position of several orders, there or not any more'(it) {
    const store = await it.open();
    await filled(store);
    const then = [{ order: 'rank', ...falling }];
    const behind = (after: Scalar[]) => ids(store, { then, after, limit: 3 });
    equal(await behind(['g', 2, 'g2']), ['g2b', 'g1', 'gn'], 'behind a record');
    equal(await behind(['g', 5, 'gone']), ['g2', 'g2b', 'g1'], 'behind a place nobody holds');
    equal(await behind(['g', null, 'gn']), ['gn2', 'h0', 'h-'], 'behind a null of the order that falls');
    equal(await behind([null, 1, 'n1']), ['nn'], 'behind a null of the first');
    equal(await behind([null, null, 'nn']), [], 'behind the last');
    const page = await find(store, THINGS, { order: 'group', then, limit: 2 });
    equal(page.next, ['g', 2, 'g2'], 'a position is one value per order, then the id');
    for (const after of [['g', 'g2'], ['g', 2, 'g2', 'x'], []]) {
      const asked = store.read((s) => s.find(THINGS, { order: 'group', then, limit: 2, after }));
      await refused(asked, ['cursor.invalid']);
    }
  },

  async 'leaves out so many from the start, in every order; beyond the end nothing is left'(it) {
    const store = await it.open();
    await filled(store);
    const where = [{ field: 'rank', op: 'from', value: 0 } as const];
    const then = [{ order: 'rank', ...falling }];
    for (const question of [{}, falling, { where }, { ...falling, where }, { then }, { then, where }]) {
      const whole = await ids(store, question);
      for (const skip of [0, 1, 3, 6, whole.length - 1, whole.length, whole.length + 5, 1_000_000]) {
        const page = await find(store, THINGS, { order: 'group', ...question, skip, limit: 2, total: true });
        const what = `${JSON.stringify(question)}, ${skip} left out`;
        equal(idsOf(page.records), whole.slice(skip, skip + 2), what);
        equal(page.total, whole.length, `the total of ${what}`);
        equal(page.next !== undefined, whole.length > skip + 2, `whether more follows ${what}`);
        if (page.next === undefined) continue;
        const next = { order: 'group', ...question, after: page.next, limit: 2 };
        equal(idsOf((await find(store, THINGS, next)).records), whole.slice(skip + 2, skip + 4), 'next');
      }
    }
    const both = { order: 'code', skip: 1, after: ['code-g1', 'g1'], limit: 1 };
    await refused(
      store.read((s) => s.find(THINGS, both)),
      ['query.unsupported'],
    );
  },

  async 'counts up to a number and says that there are more'(it) {
    const store = await it.open();
    await filled(store);
    const where = [{ field: 'rank', op: 'from', value: 0 } as const];
    const counted = async (total: boolean | number, more: Partial<FindOptions> = {}) => {
      const page = await find(store, THINGS, { order: 'group', limit: 1, total, ...more });
      return [page.total, page.capped];
    };
    equal(await counted(3), [3, true], 'of ten, three');
    equal(await counted(10), [10, undefined], 'of ten, ten');
    equal(await counted(0), [0, true], 'none counted');
    equal(await counted(2, { where }), [2, true], 'of six, two');
    equal(await counted(6, { where }), [6, undefined], 'of six, six');
    equal(await counted(5, { where, reverse: true }), [5, true], 'of six, five, downwards');
    equal(await counted(true, { where }), [6, undefined], 'all');
    equal(await counted(5, { where }), [5, true], 'five again, though all are known');
    equal(await counted(false, { where }), [undefined, undefined], 'not asked');
    equal(
      await counted(0, { where: [{ field: 'group', op: 'eq', value: 'no' }] }),
      [0, undefined],
      'nothing',
    );
  },

  async 'pages neither repeat nor lose a record that stands still while others come, move, close and go'(
    it,
    kit,
  ) {
    const store = await it.open();
    const random = new Random(kit.seed);
    const world = new World(store, random);
    await world.add(60);
    const where = [{ field: 'open', op: 'ne', value: false } as const];
    const then = [{ order: 'rank', ...falling }, { order: 'openRank' }];
    const questions: Partial<FindOptions>[] = [{}, falling, { where }, { then }, { ...falling, then, where }];
    for (const question of questions) {
      for (const limit of [1, 7]) {
        await world.add(Math.max(0, 60 - world.things.size));
        await readWhileChanging(store, world, { order: 'group', limit, ...question });
      }
    }
  },
};
