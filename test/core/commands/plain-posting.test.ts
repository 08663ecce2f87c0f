/** The compiled check of plain postings and the schema must never disagree. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlainPosting } from '../../../src/core/commands/posting/plain.ts';
import { documentTypes, postingInput } from '../../../src/core/model/posting.ts';
import { read } from '../../../src/core/model/schema.ts';

const nasty = fc.constantFrom<unknown>(
  null,
  undefined,
  0,
  -0,
  -1,
  1e21,
  '',
  ' x',
  'x ',
  '\u0000',
  '\ud800',
  [],
  {},
  true,
  'é',
  'auto',
  NaN,
  '1e3',
  '-1',
  '1.',
  '2026-02-30',
);
const code = fc.oneof(
  { weight: 199, arbitrary: fc.constantFrom<unknown>('A', 'MILK', 'Lot 1', 'x'.repeat(50)) },
  { weight: 1, arbitrary: fc.oneof(nasty, fc.string(), fc.constant('x'.repeat(51))) },
);
const quantity = fc.oneof(
  { weight: 199, arbitrary: fc.constantFrom<unknown>('1', '0.5', '100.000', '0') },
  { weight: 1, arbitrary: fc.oneof(nasty, fc.double(), fc.constant('9'.repeat(41))) },
);
const date = fc.oneof(
  { weight: 199, arbitrary: fc.constantFrom<unknown>('2026-11-22', '2024-02-29', '0001-01-01') },
  { weight: 1, arbitrary: fc.oneof(nasty, fc.constantFrom('2025-02-29', '2026-13-01', '20261122')) },
);
const text = fc.oneof(
  { weight: 199, arbitrary: fc.constantFrom<unknown>('a note', '', 'x'.repeat(50)) },
  { weight: 1, arbitrary: fc.oneof(nasty, fc.string({ unit: 'binary' })) },
);
const optional = <T>(shape: Record<string, fc.Arbitrary<T>>) => fc.record(shape, { requiredKeys: [] });
const merged = (...all: fc.Arbitrary<object>[]) =>
  fc.tuple(...all).map((parts) => Object.assign({}, ...parts));
const stray = fc.oneof(
  { weight: 30, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ stray: 1 }) },
);

const rarely = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 199, arbitrary: good }, { weight: 1, arbitrary: nasty });

const lotRow = merged(
  fc.record({ quantity }),
  optional({
    code,
    location: code,
    startDate: date,
    expiryDate: date,
    manufactureDate: date,
    supplierLot: text,
    manufacturer: text,
    lotType: code,
    packageCount: rarely(fc.nat()),
    sellable: rarely(fc.boolean()),
    note: text,
  }),
  stray,
);
const serialRow = optional({
  code,
  from: code,
  to: code,
  lot: code,
  location: code,
  customerSerial: text,
  supplierSerial: text,
  startDate: date,
  expiryDate: date,
});
const rows = (row: fc.Arbitrary<object>) =>
  rarely(fc.oneof<fc.Arbitrary<unknown>[]>(fc.array(row, { maxLength: 2 }), fc.constant('auto')));
const line = merged(
  fc.record({ item: code, quantity }),
  optional<unknown>({
    variant: code,
    unit: code,
    location: code,
    note: text,
    project: text,
    lots: rows(lotRow),
    serials: rows(serialRow),
  }),
);
const document = merged(
  fc.record({ type: rarely(fc.constantFrom<unknown>(...documentTypes)) }),
  optional({ number: text, date, url: text }),
);
const posting = merged(
  fc.record({
    warehouse: code,
    template: code,
    date,
    lines: rarely(fc.array(line, { maxLength: 3 })),
  }),
  optional<unknown>({
    key: text,
    commandId: text,
    number: rarely(fc.nat()),
    document: fc.oneof(document, nasty),
    internalDocument: document,
    party: fc.record({ kind: rarely(fc.constantFrom<unknown>('supplier', 'customer')), code }),
    project: text,
    note: text,
    counterpart: rarely(
      optional<unknown>({ location: code, lines: rarely(fc.array(line, { maxLength: 2 })) }),
    ),
  }),
  stray,
);

it('a posting the compiled check passes is passed by the schema unchanged', () => {
  let passed = 0;
  const seed = Number(process.env.LOTLEDGER_SEED ?? Date.now() % 2 ** 31);
  console.log(`plain posting: seed ${seed}`);
  fc.assert(
    fc.property(posting, (input) => {
      if (!isPlainPosting(input)) return;
      passed++;
      expect(read(postingInput, input)).toEqual(input);
    }),
    { seed, numRuns: 20_000 },
  );
  expect(passed).toBeGreaterThan(200);
});
