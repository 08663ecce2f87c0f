/**
 * Random records for every indexed collection of the ledger's own tables and of the kit's: few values, so
 * that ties and nulls are everywhere, and texts that are hard to compare, fold and match.
 */
import { PENDING_SEQ, type StoredRecord } from '../core/adapter-kit.ts';
import type { Random } from './random.ts';

const words = [
  'Milk',
  'MILK',
  'milk 1',
  'Milk 10',
  'Milk 2',
  'straße',
  'STRASSE',
  'ﬁne',
  'ＦＩＮＥ',
  'é',
  'e\u0301',
  'É-1',
  '100%',
  '100 %',
  'a_b',
  'aXb',
  'c\\d',
  '%',
  '_',
  '\\',
  '',
  ' ',
  '漢字',
  '\ufeff\ue000',
  '😀',
  '😀😁',
  '\uffdc',
  'x'.repeat(60),
] as const;

const dates = ['2025-12-31', '2026-01-01', '2026-01-02', '2026-11-22', '2027-02-28'] as const;
const codes = ['A1', 'a2', 'A10', 'B', 'b-007', 'Ä', 'Z9'] as const;
const keys = ['milk', 'serum', 'board'] as const;
const places = ['main', 'north', 'süd'] as const;

type Fields = Record<string, unknown>;
type Make = (random: Random, id: string) => Fields;

const word = (random: Random): string | null => random.maybe(words);

const coded: Make = (random, id) => ({
  code: `${random.pick(codes)}-${id}`,
  description: word(random),
  edition: 1 + random.below(3),
});

const goods: Make = (random, id) => {
  const code = `${random.pick(codes)}${random.oneIn(3) ? '' : random.below(20)}/${id}`;
  return {
    item: random.pick(keys).toUpperCase(),
    itemKey: random.pick(keys),
    variant: random.maybe(['red', 'Blue'], 2),
    code,
    codeKey: code.toLowerCase(),
    scope: random.pick(['', 'milk']),
    reference: word(random),
    description: word(random),
    status: random.maybe(['ok', 'Q2', 'q10']),
    supplier: random.maybe(['S1', 's2', 'S10']),
    startDate: random.maybe(dates),
    expiryDate: random.maybe(dates),
    createdAt: random.pick(dates),
    updatedAt: random.pick(dates),
    closed: random.oneIn(3),
    moved: !random.oneIn(3),
    sellable: !random.oneIn(4),
    recall: random.maybe(['recall1']),
    firstLoadSeq: random.maybe([1, 2, 3, 10]),
  };
};

/** How a random record of each collection is made; `id` and `version` are added. */
export const samples: Readonly<Record<string, Make>> = {
  codeTypes: coded,
  letterTables: coded,
  items: coded,
  warehouses: coded,
  lotStatuses: coded,
  lotTypes: coded,
  grades: coded,
  blockRules: coded,
  transitions: coded,
  inspections: (random) => ({
    lot: random.pick(['lot1', 'lot2']),
    openedAt: random.pick(dates),
    finishedAt: random.maybe(dates, 2),
    createdAt: random.pick(dates),
    result: random.maybe(['pass', 'fail']),
  }),
  templates: (random) => ({
    code: random.pick(codes),
    warehouse: random.pick(places),
    description: word(random),
    traced: random.oneIn(2),
  }),
  counters: (random) => ({ codeType: random.pick(keys), number: random.maybe([1, 2, 10]) }),
  lots: (random, id) => ({
    ...goods(random, id),
    lotType: random.maybe(['fresh', 'Fresh', 'dry']),
    grade: random.maybe(['A', 'a', 'B']),
    supplierLot: word(random),
    retestDate: random.maybe(dates, 2),
    bestBefore: random.maybe(dates, 2),
    removalDate: random.maybe(dates, 2),
    decimals: random.pick([0, 3, 6]),
    onHand: random.pick([0, 0, 1, 9, 10, 454, 123456, 9_000_000]),
    reserved: random.pick([0, 0, 1, 9, 454]),
    initialQuantity: random.maybe([0, 10, 9_000_000]),
  }),
  serials: (random, id) => {
    const place = random.maybe(places, 3);
    const location = place === null ? null : random.maybe(['a-01', 'B-01', 'b-2'], 2);
    return {
      ...goods(random, id),
      lot: random.maybe(['lot1', 'lot2'], 2),
      customerSerial: word(random),
      supplierSerial: word(random),
      holder: random.maybe([
        { kind: 'customer', code: 'C1' },
        { kind: 'customer', code: 'c2' },
      ]),
      warehouse: place,
      warehouseKey: place,
      location,
      locationKey: location?.toLowerCase() ?? null,
    };
  },
  balances: (random) => ({
    lot: random.maybe(['lot1', 'lot2', 'lot3']),
    itemKey: random.pick(keys),
    variant: random.maybe(['red', 'Blue'], 2),
    warehouseKey: random.pick(places),
    locationKey: random.maybe(['a-01', 'b-01'], 2),
    onHand: random.pick([0, 0, 1, 10]),
  }),
  days: (random) => ({
    balance: random.pick(['b1', 'b2']),
    date: random.pick(dates),
    delta: random.below(9) - 4,
  }),
  movements: (random) => ({
    lot: random.maybe(['lot1', 'lot2']),
    serial: random.maybe(['s1', 's2'], 2),
    posting: random.pick(['p1', 'p2', 'p3']),
    date: random.pick(dates),
    seq: random.below(12),
    quantity: random.below(9) - 4,
    itemKey: random.pick(keys),
  }),
  postings: (random) => ({
    date: random.pick(dates),
    seq: random.below(12),
    number: random.below(40),
    warehouse: random.pick(places),
    template: random.pick(codes),
    type: random.pick(['load', 'unload']),
    party: random.oneIn(2) ? null : { kind: 'supplier', code: random.pick(codes) },
    document: random.oneIn(2) ? null : { type: 'other', number: word(random) },
    internalDocument: null,
    note: word(random),
    key: random.maybe(words, 2),
    reversed: random.oneIn(4),
    corrects: random.maybe(['p1'], 2),
  }),
  parties: (random) => ({
    kind: random.pick(['customer', 'supplier']),
    code: random.pick(codes),
    name: word(random),
  }),
  history: (random) => ({ of: random.pick(['lot1', 'lot2']), seq: random.below(12), field: 'status' }),
  things: (random, id) => ({
    code: `${random.pick(words)}|${id}`,
    serial: random.oneIn(2) ? null : `${random.pick(words)}|${id}`,
    group: word(random),
    rank: random.maybe([-1, 0, 0.5, 1, 2, 10, 1e9]),
    open: random.maybe([true, false]),
    madeSeq: random.maybe([1, 2, 3]),
    amount: random.maybe([-7, 0, 0.5, 3, 2 ** 52, Number.MAX_SAFE_INTEGER, 2 ** 53, -(2 ** 52)]),
  }),
};

/** A random record of a collection, written by the first entry of its commit. */
export function sample(collection: string, random: Random, id: string): StoredRecord {
  const make = samples[collection];
  if (make === undefined) throw new Error(`no samples for ${collection}`);
  return { id, version: PENDING_SEQ, ...make(random, id) };
}
