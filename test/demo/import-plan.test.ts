/** The plan of an import: how rows become deliveries, codes and dates, and what is held back. */
import { expect, test } from 'vitest';
import { codeOf, guessColumns, planImport, readDate } from '../../demo/import/plan.mjs';

const columns = {
  deliveryNote: 'note',
  warehouse: 'country',
  date: 'date',
  supplier: 'vendor',
  item: 'text',
  quantity: 'units',
  manufacturer: 'site',
};

const row = (over: Record<string, string> = {}) => ({
  note: 'N-1',
  country: 'Côte d’Ivoire',
  date: '2-Jun-06',
  vendor: 'Acme',
  text: 'Gloves, nitrile, size M',
  units: '30',
  site: 'Lyon',
  ...over,
});

test.each([
  ['2-Jun-06', '2006-06-02'],
  ['14-Nov-06', '2006-11-14'],
  ['31-DEC-69', '2069-12-31'],
  ['1-jan-70', '1970-01-01'],
  ['9-Mar-2015', '2015-03-09'],
  ['2015-03-09', '2015-03-09'],
])('the date %s is %s', (text, date) => expect(readDate(text)).toBe(date));

test.each(['', '2/6/06', '2-Juni-06', '02-13-06', 'June 2'])('“%s” is no date', (text) =>
  expect(readDate(text)).toBeUndefined(),
);

test('rows of one note are one posting, each a lot counted per note', () => {
  const { deliveries, items, warehouses, faults } = planImport(
    [row(), row({ note: 'N-2', date: '1-Jun-06', units: '5' }), row({ units: '7', site: '' })],
    columns,
  );
  expect(faults).toEqual([]);
  expect(items).toHaveLength(1);
  expect(items[0]?.description).toBe('Gloves, nitrile, size M');
  expect(warehouses).toEqual(['Côte d’Ivoire']);
  expect(deliveries.map(({ rows }) => rows)).toEqual([[2], [1, 3]]);
  const posting = deliveries[1]?.posting;
  expect(posting).toMatchObject({
    key: 'N-1',
    date: '2006-06-02',
    party: { kind: 'supplier', name: 'Acme' },
  });
  expect(posting?.lines.map(({ lots }) => lots)).toEqual([
    [{ code: 'N-1-001', quantity: '30', manufacturer: 'Lyon' }],
    [{ code: 'N-1-002', quantity: '7' }],
  ]);
});

test('the same text has the same short code in every file, and other texts have others', () => {
  const long = 'Lamivudine/Nevirapine/Zidovudine 30/50/60mg, dispersible tablets, 60 Tabs';
  expect(codeOf(long)).toBe(codeOf(` ${long.toUpperCase()} `));
  expect(codeOf(long)).toMatch(/^LAMIVUDINE-[0-9A-Z]{8}$/);
  expect(codeOf(long)).toBe('LAMIVUDINE-VP40W25Y');
  const texts = Array.from({ length: 20_000 }, (_, i) => `${long}, pack of ${i}`);
  expect(new Set(texts.map(codeOf)).size).toBe(texts.length);
  expect(codeOf('Côte d’Ivoire')).toMatch(/^COTE-/);
  expect(codeOf('…')).toMatch(/^X-/);
});

test('one faulty row holds its whole delivery back, and every row of it is told', () => {
  const { deliveries, faults, items } = planImport(
    [row(), row({ units: '-3', text: 'Other' }), row({ note: 'N-2' }), row({ note: '', units: '1' })],
    columns,
  );
  expect(deliveries.map(({ posting }) => posting.key)).toEqual(['N-2']);
  expect(items).toHaveLength(1);
  expect(faults.map(({ row, code, path }) => [row, code, path])).toEqual([
    [1, 'command.notApplied', 'deliveryNote'],
    [2, 'quantity.format', 'quantity'],
    [4, 'field.required', 'deliveryNote'],
  ]);
});

test('rows of one note that contradict each other are not merged', () => {
  const { deliveries, faults } = planImport([row(), row({ country: 'Mali' })], columns);
  expect(deliveries).toEqual([]);
  expect(faults.at(-1)).toMatchObject({ row: 2, path: 'warehouse', value: 'Mali' });
});

test('columns are guessed by name, however they are spelt', () => {
  expect(guessColumns(['asn/dn #', 'COUNTRY', 'Quantity', 'Other'])).toEqual({
    deliveryNote: 'asn/dn #',
    warehouse: 'COUNTRY',
    quantity: 'Quantity',
  });
});
