/** Which lots an allocation takes, and why not the others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AllocationRequest,
  allocate,
  type Candidate,
  orderLots,
  orderSerials,
} from '../../../src/core/rules/allocation.ts';
import { holds } from './random.ts';

const candidate = (code: string, free: number, more: Partial<Candidate> = {}): Candidate => ({
  lot: code,
  code,
  balanceKey: `${code}@${more.location ?? ''}`,
  warehouse: 'MAIN',
  location: null,
  free,
  expiryDate: null,
  startDate: null,
  firstLoadDate: null,
  firstLoadSeq: null,
  blocked: null,
  ...more,
});
const request = (quantity: number, more: Partial<AllocationRequest> = {}): AllocationRequest => ({
  strategy: 'fefo',
  quantity,
  needDate: '2026-11-22',
  ...more,
});
const answer = (candidates: readonly Candidate[], how: AllocationRequest) => {
  const { taken, skipped, shortage } = allocate(candidates, how);
  return {
    taken: taken.map((t) => [t.balanceKey, t.quantity]),
    skipped: skipped.map((s) => [s.balanceKey, s.reason]),
    shortage,
  };
};
const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code);

describe('order of lots', () => {
  it('R96 FEFO: expiry, none last, then start date, then code in natural order', () => {
    const list = [
      candidate('Z', 1),
      candidate('B10', 1, { expiryDate: '2027-01-01', startDate: '2026-02-01' }),
      candidate('B9', 1, { expiryDate: '2027-01-01', startDate: '2026-02-01' }),
      candidate('C', 1, { expiryDate: '2027-01-01' }),
      candidate('D', 1, { expiryDate: '2027-01-01', startDate: '2026-01-31' }),
      candidate('E', 1, { expiryDate: '2026-12-31', startDate: '2026-12-01' }),
      candidate('A', 1, { startDate: '2020-01-01' }),
    ];
    expect(codes(orderLots(list, 'fefo'))).toEqual(['E', 'D', 'B9', 'B10', 'C', 'A', 'Z']);
  });

  it('R97 FIFO: first load date, then its sequence, then code; LIFO reversed', () => {
    const list = [
      candidate('L10', 1, { firstLoadDate: '2026-03-01', firstLoadSeq: 9 }),
      candidate('L2', 1, { firstLoadDate: '2026-03-01', firstLoadSeq: 9 }),
      candidate('L3', 1, { firstLoadDate: '2026-03-01', firstLoadSeq: 10 }),
      candidate('L9', 1, { firstLoadDate: '2026-02-28', firstLoadSeq: 20 }),
      // an early expiry means nothing here
      candidate('L1', 1, { firstLoadDate: '2026-04-01', firstLoadSeq: 1, expiryDate: '2026-04-02' }),
    ];
    expect(codes(orderLots(list, 'fifo'))).toEqual(['L9', 'L2', 'L10', 'L3', 'L1']);
    expect(codes(orderLots(list, 'lifo'))).toEqual(['L1', 'L3', 'L10', 'L2', 'L9']);
    const never = [candidate('N', 1), ...list];
    expect(codes(orderLots(never, 'fifo')).at(-1)).toBe('N');
    expect(codes(orderLots(never, 'lifo')).at(-1)).toBe('N');
  });

  it('R97 the places of one lot follow each other in natural order; the closest location first if preferred', () => {
    const at = (lot: string, location: string, expiryDate: string) =>
      candidate(lot, 1, { location, expiryDate });
    const list = [
      at('X', 'A-10', '2027-01-01'),
      at('Y', 'A-1', '2027-02-01'),
      at('X', 'A-2', '2027-01-01'),
      at('Y', 'A-2', '2027-02-01'),
    ];
    const keys = (ordered: readonly Candidate[]) => ordered.map(({ balanceKey }) => balanceKey);
    expect(keys(orderLots(list, 'fefo'))).toEqual(['X@A-2', 'X@A-10', 'Y@A-1', 'Y@A-2']);
    expect(keys(orderLots(list, 'fefo', 'closest'))).toEqual(['Y@A-1', 'X@A-2', 'Y@A-2', 'X@A-10']);
  });
});

describe('allocation', () => {
  const fours = ['A', 'B', 'C', 'D'].map((code, i) =>
    candidate(code, 4, { expiryDate: `2027-01-0${i + 1}` }),
  );

  it('R98 a need is spread over lots in order', () => {
    expect(answer(fours, request(10))).toEqual({
      taken: [
        ['A@', 4],
        ['B@', 4],
        ['C@', 2],
      ],
      skipped: [['D@', 'notNeeded']],
      shortage: 0,
    });
    expect(answer(fours, request(20)).shortage).toBe(4);
    expect(answer([], request(3))).toEqual({ taken: [], skipped: [], shortage: 3 });
  });

  it('R98 a single lot has enough by itself, over all its places, or there is a shortage', () => {
    const list = [
      candidate('A', 4, { expiryDate: '2027-01-01' }),
      candidate('B', 6, { expiryDate: '2027-01-02', location: 'L1' }),
      candidate('B', 5, { expiryDate: '2027-01-02', location: 'L2' }),
      candidate('C', 50, { expiryDate: '2027-01-03' }),
    ];
    expect(answer(list, request(10, { singleLot: true }))).toEqual({
      taken: [
        ['B@L1', 6],
        ['B@L2', 4],
      ],
      skipped: [
        ['A@', 'insufficient'],
        ['C@', 'notNeeded'],
      ],
      shortage: 0,
    });
    expect(answer(list, request(51, { singleLot: true }))).toEqual({
      taken: [],
      skipped: ['A@', 'B@L1', 'B@L2', 'C@'].map((key) => [key, 'insufficient']),
      shortage: 51,
    });
  });

  it('R39 a minimum shelf life skips what falls short of it; exactly so much is enough', () => {
    const list = [
      candidate('A', 9, { expiryDate: '2026-12-21' }),
      candidate('B', 3, { expiryDate: '2026-12-22' }),
      candidate('C', 9),
    ];
    expect(answer(list, request(5, { minShelfLifeDays: 30 }))).toEqual({
      taken: [
        ['B@', 3],
        ['C@', 2],
      ],
      skipped: [['A@', 'shelfLife']],
      shortage: 0,
    });
  });

  it('R102 every candidate is answered, with the quantity or the reason', () => {
    const list = [
      candidate('A', 5, { blocked: 'expired' }),
      candidate('B', 5, { blocked: 'location' }),
      candidate('C', 0),
      candidate('D', 5, { blocked: 'status', expiryDate: '2026-11-23' }),
      candidate('E', 5),
      candidate('F', 5),
    ];
    expect(answer(list, request(5, { minShelfLifeDays: 90 }))).toEqual({
      taken: [['E@', 5]],
      skipped: [
        ['D@', 'status'],
        ['A@', 'expired'],
        ['B@', 'location'],
        ['C@', 'insufficient'],
        ['F@', 'notNeeded'],
      ],
      shortage: 0,
    });
  });

  it('R102 the order of the candidates changes nothing, and nothing is lost or taken twice', () => {
    const any = fc.record({
      code: fc.constantFrom('A1', 'A2', 'A10', 'B'),
      location: fc.constantFrom(null, 'L1', 'L2', 'L10'),
      free: fc.integer({ min: 0, max: 9 }),
      expiryDate: fc.constantFrom(null, '2026-12-01', '2027-01-01'),
      firstLoadDate: fc.constantFrom(null, '2026-01-01', '2026-01-02'),
      blocked: fc.constantFrom<Candidate['blocked']>(null, null, null, 'closed', 'reserved'),
    });
    const some = fc
      .uniqueArray(any, { selector: (each) => `${each.code}@${each.location}`, maxLength: 12 })
      .map((list) => list.map(({ code, free, ...more }) => candidate(code, free, more)));
    const how = fc.record({
      strategy: fc.constantFrom('fifo', 'lifo', 'fefo'),
      quantity: fc.integer({ min: 0, max: 40 }),
      needDate: fc.constant('2026-11-22'),
      singleLot: fc.boolean(),
      minShelfLifeDays: fc.constantFrom(null, 9, 20),
      prefer: fc.constantFrom(null, 'closest'),
    }) as fc.Arbitrary<AllocationRequest>;
    holds(
      fc.property(some, how, fc.integer(), (list, asked, turn) => {
        const result = allocate(list, asked);
        const start = list.length === 0 ? 0 : Math.abs(turn) % list.length;
        const turned = [...list.slice(start), ...list.slice(0, start)].reverse();
        const { taken, skipped, shortage } = allocate(turned, asked);
        expect({ taken: answerKeys(taken), skipped: answerKeys(skipped), shortage }).toEqual({
          taken: answerKeys(result.taken),
          skipped: answerKeys(result.skipped),
          shortage: result.shortage,
        });
        expect(taken.reduce((sum, t) => sum + t.quantity, 0) + shortage).toBe(asked.quantity);
        for (const t of taken) expect(t.quantity > 0 && t.quantity <= t.free && !t.blocked).toBe(true);
        expect([...taken, ...skipped].map((c) => c.balanceKey).sort()).toEqual(
          list.map((c) => c.balanceKey).sort(),
        );
        if (asked.singleLot) expect(new Set(taken.map((t) => t.lot)).size).toBeLessThanOrEqual(1);
      }),
      500,
    );
  });
});

const answerKeys = (list: readonly { readonly balanceKey: string }[]) =>
  list.map(({ balanceKey }) => balanceKey);

describe('serials', () => {
  const serial = (
    code: string,
    lot: string | null,
    firstLoadDate: string | null = '2026-01-01',
    seq = 1,
  ) => ({
    code,
    lot,
    firstLoadDate,
    firstLoadSeq: seq,
  });

  it('R103 the lot first, then the oldest, then natural order', () => {
    const list = [
      serial('S10', 'B'),
      serial('S2', 'B'),
      serial('S1', null),
      serial('S9', 'A', '2026-03-01'),
      serial('S8', 'A', '2026-02-01', 7),
      serial('S7', 'A', '2026-02-01', 8),
      serial('S0', 'other'),
    ];
    expect(codes(orderSerials(list, ['A', 'B']))).toEqual(['S8', 'S7', 'S9', 'S2', 'S10', 'S0', 'S1']);
    expect(codes(orderSerials(list, ['B', 'A'])).slice(0, 2)).toEqual(['S2', 'S10']);
  });

  it('R103 serials of one lot stay together, in whatever order they come', () => {
    const any = fc.record({
      code: fc.integer({ min: 0, max: 999 }).map((n) => `S${n}`),
      lot: fc.constantFrom('A', 'B', 'C'),
      firstLoadDate: fc.constantFrom('2026-01-01', '2026-01-02', null),
      firstLoadSeq: fc.integer({ min: 1, max: 3 }),
    });
    holds(
      fc.property(fc.uniqueArray(any, { selector: (s) => s.code }), (list) => {
        const ordered = orderSerials(list, ['C', 'A', 'B']);
        const lots = ordered.map(({ lot }) => lot).filter((lot, i, all) => lot !== all[i - 1]);
        expect(lots).toEqual(['C', 'A', 'B'].filter((lot) => list.some((s) => s.lot === lot)));
        expect(codes(orderSerials([...list].reverse(), ['C', 'A', 'B']))).toEqual(codes(ordered));
      }),
    );
  });
});
