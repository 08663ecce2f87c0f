/**
 * The executor over many records, where it has ways around looking at all of them: held against the naive
 * reference of the conformance kit, and watched for what it reads.
 */
import { describe, expect, it } from 'vitest';
import { Questions } from '../../../src/conformance/questions.ts';
import { Random } from '../../../src/conformance/random.ts';
import { aggregated, answer } from '../../../src/conformance/reference.ts';
import { sample } from '../../../src/conformance/samples.ts';
import { kitTables, THINGS } from '../../../src/conformance/tables.ts';
import { GENESIS } from '../../../src/core/ports/chain.ts';
import type { FindOptions, IndexPart, StoredRecord, Table } from '../../../src/core/ports/store.ts';
import { RecordSet } from '../../../src/core/queries/record-set.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
const things = kitTables[0] as Table;

/** Things in a record set, and the same in a plain map. */
class Held {
  readonly set = new RecordSet(kitTables, { seq: 0, link: GENESIS });
  readonly records = new Map<string, StoredRecord>();
  readonly random: Random;
  #made = 0;

  constructor(random: Random) {
    this.random = random;
  }

  add(count: number): void {
    this.apply(
      Array.from({ length: count }, () => this.#thing(`t${this.#made++}`)),
      [],
    );
  }

  /** Writes some anew, makes some, takes some away. */
  shuffle(count: number): void {
    const known = [...this.records.keys()];
    const picked = () => this.random.pick(known);
    const gone = new Set(Array.from({ length: count >> 2 }, picked));
    const again = new Set(Array.from({ length: count }, picked).filter((id) => !gone.has(id)));
    this.apply(
      [...again].map((id) => this.#thing(id)),
      [...gone],
    );
    this.add(count >> 1);
  }

  apply(records: readonly StoredRecord[], gone: readonly string[]): void {
    const puts = records.map((record) => ({ collection: THINGS, record }));
    const deletes = gone.map((id) => ({ collection: THINGS, id }));
    const seq = this.set.head.seq + 1;
    this.set.apply({ puts, deletes }, seq, { seq, link: GENESIS });
    for (const record of records) this.records.set(record.id, record);
    for (const id of gone) this.records.delete(id);
  }

  #thing(id: string): StoredRecord {
    return sample(THINGS, this.random, id);
  }
}

describe(`many records (seed ${seed})`, () => {
  it('answers every question as the naive reference does, while records change', () => {
    const held = new Held(new Random(seed));
    held.add(1300);
    for (let round = 0; round < 5; round++) {
      const all = [...held.records.values()];
      const questions = new Questions(things, all, held.random);
      for (const order of Object.keys(things.indexes ?? {})) {
        for (let n = 0; n < 5; n++) {
          const question = questions.next(order);
          const what = JSON.stringify(question);
          expect(held.set.find(THINGS, question), what).toEqual(answer(things, all, question));
        }
      }
      for (let n = 0; n < 12; n++) {
        const question = questions.groups();
        const what = JSON.stringify(question);
        expect(held.set.aggregate(THINGS, question), what).toEqual(aggregated(things, all, question));
      }
      held.shuffle(60);
    }
  });

  it('reads several orders page by page, in more combinations than are kept ready', () => {
    const held = new Held(new Random(seed + 1));
    held.add(1500);
    const orders = ['group', 'rank', 'openRank', 'madeSeq', 'ranked'];
    for (let n = 0; n < 14; n++) {
      const [order = '', second = ''] = [held.random.pick(orders), held.random.pick(orders)];
      const then = [{ order: second, reverse: held.random.oneIn(2) }];
      let question: FindOptions = { order, reverse: held.random.oneIn(2), then, limit: 400 };
      const all = [...held.records.values()];
      for (let page = 0; page < 5; page++) {
        const found = held.set.find(THINGS, question);
        expect(found, JSON.stringify(question)).toEqual(answer(things, all, question));
        if (!found.next) break;
        question = { ...question, after: found.next };
      }
      held.shuffle(8);
    }
  });

  it('seeks anywhere in a filtered order, and again after a change', () => {
    const held = new Held(new Random(seed + 2));
    held.add(3000);
    for (let round = 0; round < 3; round++) {
      const all = [...held.records.values()];
      for (const more of [{}, { reverse: true }, { then: [{ order: 'rank', reverse: true }] }]) {
        const where = [{ field: 'code', op: 'like', pattern: '%1%' } as const];
        for (let n = 0; n < 8; n++) {
          const skip = held.random.below(2200);
          const question = { order: 'group', where, skip, limit: 3, total: held.random.oneIn(2), ...more };
          const what = JSON.stringify(question);
          expect(held.set.find(THINGS, question), what).toEqual(answer(things, all, question));
        }
      }
      held.shuffle(20);
    }
  });
});

interface Row extends StoredRecord {
  readonly n: number;
}

/** Rows `n` from 0, whose values are counted as they are read. */
function countedRows(count: number) {
  const reads = { kind: 0, n: 0 };
  const part = (name: 'kind' | 'n', of: (row: Row) => number): IndexPart => ({
    name,
    of: (row: Row) => {
      reads[name]++;
      return of(row);
    },
  });
  const n = part('n', (row) => row.n);
  const kind = part('kind', (row) => row.n % 5);
  const set = new RecordSet([{ name: 'rows', indexes: { n: { parts: [n] }, kind: { parts: [kind, n] } } }], {
    seq: 0,
    link: GENESIS,
  });
  const row = (i: number): Row => ({ id: `r${String(i).padStart(6, '0')}`, version: 1, n: i });
  set.load(
    'rows',
    Array.from({ length: count }, (_, i) => row(i)),
  );
  const readBy = (name: 'kind' | 'n', work: () => unknown): number => {
    const before = reads[name];
    work();
    return reads[name] - before;
  };
  const put = (record: Row) => {
    const seq = set.head.seq + 1;
    set.apply({ puts: [{ collection: 'rows', record }], deletes: [] }, seq, { seq, link: GENESIS });
  };
  return { set, readBy, put, row };
}

describe('what is read', () => {
  const where = [{ field: 'kind', op: 'ne', value: 1 } as const];
  const rows = (question: Partial<FindOptions>): FindOptions => ({ order: 'n', limit: 50, ...question });

  it('leaving out many without a condition costs as much as leaving out few', () => {
    const { set, readBy } = countedRows(20_000);
    set.find('rows', rows({}));
    let page: readonly StoredRecord[] = [];
    const read = readBy('n', () => (page = set.find('rows', rows({ skip: 15_000 })).records));
    expect([page.length, page[0]?.id]).toEqual([50, 'r015000']);
    expect(read).toBeLessThan(200);
    const down = set.find('rows', rows({ skip: 15_000, reverse: true }));
    expect(down.records[0]?.id).toBe('r004999');
  });

  it('under a condition the way is gone once; then seeking costs a few hundred records, until one changes', () => {
    const { set, readBy, put, row } = countedRows(20_000);
    const seek = (skip: number) => set.find('rows', rows({ where, skip }));
    expect(readBy('kind', () => seek(12_000))).toBeGreaterThan(12_000);
    for (const skip of [11_999, 6_000, 3, 12_000]) {
      expect(readBy('kind', () => seek(skip))).toBeLessThan(800);
    }
    // going on from there, not from the start
    expect(readBy('kind', () => seek(14_000))).toBeLessThan(4_000);
    // of five in a row four are meant
    expect(seek(8_000).records[0]?.id).toBe('r010000');
    put({ ...row(1), n: 19_999.5 });
    expect(seek(8_000).records[0]?.id).toBe('r010000');
    put({ ...row(2), n: 30_000 });
    expect(seek(8_000).records[0]?.id).toBe('r010002');
  });

  it('a count up to a number stops there, and goes on from there for a higher one', () => {
    const { set, readBy } = countedRows(20_000);
    const page = (total: boolean | number) => set.find('rows', rows({ where, limit: 1, total }));
    expect(
      readBy('kind', () => expect(page(1000)).toMatchObject({ total: 1000, capped: true })),
    ).toBeLessThan(1300);
    expect(readBy('kind', () => page(1000))).toBeLessThan(5);
    expect(readBy('kind', () => page(2000))).toBeLessThan(1300);
    expect(page(true).total).toBe(16_000);
    expect(readBy('kind', () => expect(page(16_000).capped).toBeUndefined())).toBeLessThan(5);
    expect(
      readBy('kind', () => expect(page(15_999)).toMatchObject({ total: 15_999, capped: true })),
    ).toBeLessThan(5);
  });

  it('few matches are looked for once, and read from then on wherever a page begins', () => {
    const { set, readBy, put, row } = countedRows(20_000);
    const few = [
      { field: 'kind', op: 'ne', value: 1 } as const,
      { field: 'id', op: 'like', pattern: '%77' } as const,
    ];
    const page = (more: Partial<FindOptions>) =>
      set.find('rows', rows({ where: few, limit: 3, total: true, ...more }));
    const first = page({});
    expect([first.total, first.records[0]?.id]).toEqual([200, 'r000077']);
    let last = first;
    expect(readBy('kind', () => (last = page({ after: first.next ?? [] })))).toBe(0);
    expect(last.records.map(({ id }) => id)).toEqual(['r000377', 'r000477', 'r000577']);
    expect(readBy('kind', () => (last = page({ skip: 198 })))).toBe(0);
    expect([last.records.map(({ id }) => id), last.next]).toEqual([['r019877', 'r019977'], undefined]);
    put({ ...row(19_977), n: -1 });
    expect(page({ skip: 198 }).records.map(({ id }) => id)).toEqual(['r019777', 'r019877']);
  });

  it('a question for what is no number is not taken for one for nothing', () => {
    const { set } = countedRows(3000);
    for (const value of [Number.NaN, null, Number.POSITIVE_INFINITY]) {
      const nobody = [{ field: 'none', op: 'eq', value } as const];
      const count = value === null ? 3000 : 0;
      expect(set.find('rows', rows({ where: nobody, total: true, limit: 1 })).total).toBe(count);
      const [all] = set.aggregate('rows', { where: nobody, groupBy: [] }).groups;
      expect(all?.count ?? 0).toBe(count);
    }
  });

  it('groups that an index begins with are stepped through; their pages are counted once', () => {
    const { set, readBy, put, row } = countedRows(20_000);
    const pass = readBy('kind', () => set.aggregate('rows', { groupBy: ['kind'], sums: ['n'] }));
    expect(pass).toBeGreaterThanOrEqual(20_000);
    set.find('rows', { order: 'kind', limit: 1 });
    const counts = () => set.aggregate('rows', { groupBy: ['kind'] }).groups.map((group) => group.count);
    expect(readBy('kind', () => expect(counts()).toEqual([4000, 4000, 4000, 4000, 4000]))).toBeLessThan(400);
    put(row(20_001));
    expect(readBy('kind', () => expect(counts()).toEqual([4000, 4001, 4000, 4000, 4000]))).toBeLessThan(400);
    const paged = (after?: number) =>
      set.aggregate('rows', {
        groupBy: ['n'],
        limit: 10,
        ...(after === undefined ? {} : { after: [after] }),
      });
    expect(paged().next).toEqual([9]);
    expect(readBy('n', () => expect(paged(9).next).toEqual([19]))).toBe(0);
  });

  it('an order made of several follows changes without being made anew', () => {
    const { set, readBy, put, row } = countedRows(20_000);
    const ask = () =>
      set.find('rows', rows({ order: 'kind', reverse: true, then: [{ order: 'n' }], limit: 1 }));
    expect(ask().records[0]?.id).toBe('r000004');
    put({ ...row(9), n: 0.5 });
    put({ ...row(4), n: 5 });
    expect(readBy('kind', () => expect(ask().records[0]?.id).toBe('r000014'))).toBeLessThan(100);
  });
});
