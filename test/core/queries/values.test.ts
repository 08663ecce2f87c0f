/** Value lists: values, labels and counts of a field under the filters of the others; and what is refused. */
import { describe, expect, test } from 'vitest';
import type { FieldValue, Ledger, Page } from '../../../src/core/index.ts';
import { load, refusal, refused, trial } from '../commands/trial.ts';

async function shelf(): Promise<Ledger> {
  const ledger = await trial();
  await ledger.grades.create({ code: 'A10', description: 'Fine' });
  await ledger.grades.create({ code: 'A9' });
  await ledger.parties.create({ kind: 'supplier', code: 'HOF', name: 'Hofkäserei' });
  await ledger.parties.create({ kind: 'customer', code: 'HOF', name: 'Hof shop' });
  await ledger.items.create({
    code: 'EDAM',
    unit: { code: 'PCE', decimals: 0 },
    lots: {},
    variants: [{ code: 'RED' }, { code: 'X2' }],
  });
  const make = (code: string, fields: object) =>
    ledger.lots.create({ item: 'GOUDA', code, expiryDate: null, ...fields });
  await make('ONE', {
    supplier: 'Hof',
    grade: 'a10',
    status: 'QA',
    supplierLot: 'V_1',
    attributes: { fat: 48 },
  });
  await make('TWO', {
    supplier: 'HOF',
    grade: 'A9',
    status: 'ok',
    supplierLot: 'v_1',
    attributes: { fat: 48, age: 'old' },
  });
  await make('TRE', { supplier: 'Alm', grade: 'A10', attributes: { FAT: 9.5 } });
  await make('Q', { item: 'EDAM', variant: 'x2', expiryDate: '2026-04-01' });
  await load(ledger, 'GOUDA', 'HERE', '2.5', { expiryDate: '2026-05-05' });
  await ledger.postings.post({
    warehouse: 'SHOP',
    template: 'IN',
    date: '2026-03-18',
    lines: [
      { item: 'GOUDA', quantity: '1', lots: [{ code: 'THERE', quantity: '1', expiryDate: '2026-05-06' }] },
    ],
  });
  return ledger;
}

const told = ({ items }: Page<FieldValue>): unknown[][] =>
  items.map(({ value, label, count }) => [value, label, count]);

describe('values', () => {
  test('of codes are one for all spellings, as the first is written, in natural order, with what they stand for', async () => {
    const ledger = await shelf();
    const of = async (field: string, query = {}) => told(await ledger.lots.values(field, query));
    expect(await of('grade')).toEqual([
      ['A9', null, 1],
      ['A10', 'Fine', 2],
      [null, null, 3],
    ]);
    expect(await of('supplier')).toEqual([
      ['Alm', null, 1],
      ['HOF', 'Hofkäserei', 2],
      [null, null, 3],
    ]);
    expect(await of('item')).toEqual([
      ['EDAM', null, 1],
      ['GOUDA', 'Young Gouda, wheel', 5],
    ]);
    expect(await of('status', { filter: { item: 'gouda' } })).toEqual([
      ['OK', null, 1],
      ['QA', 'Quarantine', 1],
      [null, null, 3],
    ]);
  });

  test('of texts, dates, months, quantities, states and yes or no', async () => {
    const ledger = await shelf();
    const of = async (field: string, query = {}) => told(await ledger.lots.values(field, query));
    expect(await of('supplierLot')).toEqual([
      ['V_1', null, 1],
      ['v_1', null, 1],
      [null, null, 4],
    ]);
    expect(await of('expiryDate', { filter: { item: 'GOUDA' } })).toEqual([
      ['2026-05-05', null, 1],
      ['2026-05-06', null, 1],
      [null, null, 3],
    ]);
    expect(await of('expiryMonth')).toEqual([
      ['2026-04', null, 1],
      ['2026-05', null, 2],
      [null, null, 3],
    ]);
    expect(await of('onHand')).toEqual([
      ['0', null, 4],
      ['1', null, 1],
      ['2.5', null, 1],
    ]);
    expect(await of('state')).toEqual([['open', null, 6]]);
    expect(await of('inStock')).toEqual([
      [false, null, 4],
      [true, null, 2],
    ]);
  });

  test('of places are those where something lies; a location needs its warehouse', async () => {
    const ledger = await shelf();
    const of = async (field: string, filter = {}) => told(await ledger.lots.values(field, { filter }));
    await ledger.warehouses.update('CAVE', { description: 'The cave' });
    expect(await of('warehouse')).toEqual([
      ['CAVE', 'The cave', 1],
      ['SHOP', null, 1],
      [null, null, 4],
    ]);
    expect(await of('warehouse', { inStock: true, expiryDate: '2026-05-05' })).toEqual([
      ['CAVE', 'The cave', 1],
    ]);
    expect(await of('location', { warehouse: 'cave' })).toEqual([['S1', null, 1]]);
    expect(await of('location', { warehouse: { in: ['CAVE', 'SHOP'] } })).toEqual([
      ['S1', null, 1],
      [null, null, 1],
    ]);
    expect(await refused(ledger.lots.values('location'))).toBe('query.unsupported at filter.warehouse');
    expect(await refused(ledger.serials.values('location'))).toBe('query.unsupported at filter.warehouse');
  });

  test('leave out the filter of the field itself, and count under all others, search of attributes among them', async () => {
    const ledger = await shelf();
    const of = async (field: string, filter: object) =>
      told(await ledger.lots.values(field, { filter: filter as never }));
    expect(await of('grade', { grade: 'A9' })).toHaveLength(3);
    expect(await of('grade', { grade: 'A9', supplier: 'hof' })).toEqual([
      ['A9', null, 1],
      ['A10', 'Fine', 1],
    ]);
    expect(await of('supplier', { 'attributes.fat': { from: 40 } })).toEqual([['HOF', 'Hofkäserei', 2]]);
    expect(await of('supplier', { 'attributes.age': null, item: 'GOUDA' })).toEqual([
      ['Alm', null, 1],
      ['Hof', 'Hofkäserei', 1],
      [null, null, 2],
    ]);
    expect(await of('attributes.fat', { 'attributes.FAT': 9.5 })).toEqual([
      [9.5, null, 1],
      [48, null, 2],
      [null, null, 3],
    ]);
    expect(await of('attributes.fat', { supplier: 'HOF' })).toEqual([[48, null, 2]]);
  });

  test('are searched in value and label, without wildcards, and come page by page', async () => {
    const ledger = await shelf();
    const of = async (field: string, query: object) => told(await ledger.lots.values(field, query));
    expect(await of('supplier', { search: 'käse' })).toEqual([['HOF', 'Hofkäserei', 2]]);
    expect(await of('item', { search: 'WHEEL' })).toEqual([['GOUDA', 'Young Gouda, wheel', 5]]);
    expect(await of('grade', { search: 'fin' })).toEqual([['A10', 'Fine', 2]]);
    expect(await of('supplierLot', { search: '_' })).toHaveLength(2);
    expect(await of('supplierLot', { search: '%' })).toEqual([]);
    expect(await of('onHand', { search: '.5' })).toEqual([['2.5', null, 1]]);
    const first = await ledger.lots.values('code', { limit: 4 });
    const rest = await ledger.lots.values('code', { limit: 4, cursor: String(first.next) });
    expect([...told(first), ...told(rest)].map(([code]) => code)).toEqual([
      'HERE',
      'ONE',
      'Q',
      'THERE',
      'TRE',
      'TWO',
    ]);
    expect(rest).not.toHaveProperty('next');
    const cursor = String(first.next);
    for (const query of [{ search: 'o' }, { filter: { item: 'GOUDA' } }])
      expect(await refused(ledger.lots.values('code', { ...query, cursor }))).toBe(
        'cursor.invalid at cursor',
      );
    expect(await refused(ledger.lots.values('item', { cursor }))).toBe('cursor.invalid at cursor');
    expect(await refused(ledger.lots.list({ cursor }))).toBe('cursor.invalid at cursor');
  });

  test('are offered where they are, and refused with their path where they are not', async () => {
    const ledger = await shelf();
    const why = (field: string, query: object = {}) => refused(ledger.lots.values(field, query));
    expect(await why('available')).toBe('query.unsupported at field');
    expect(await why('createdAt')).toBe('query.unsupported at field');
    expect(await why('toString')).toBe('query.unsupported at field');
    expect(await why('item', { filter: { colour: 1 } })).toBe('query.unsupported at filter.colour');
    expect(await why('item', { limit: 501 })).toBe('field.range at limit');
    expect(await why('item', { sort: ['code'] })).toBe('field.unknown at sort');
    expect(await why('item', { asOf: '2026-03-01' })).toBe('query.unsupported at asOf');
    const { details } = await refusal(ledger.lots.values('available'));
    expect(details.offered).toContain('supplierLot');
    expect(await refused(ledger.items.values('attributes.x'))).toBe('query.unsupported at field');
  });
});

test('every list lists the values it offers, and each of them is a filter with as many rows', async () => {
  const ledger = await shelf();
  await ledger.serials.create({ item: 'DRILL', code: 'D1', supplier: 'Alm' });
  let asked = 0;
  for (const [name, offer] of Object.entries(ledger.capabilities.queries)) {
    if (offer === true) continue;
    const resource = ledger[name.split('.')[0] as 'lots'];
    for (const field of offer.values ?? []) {
      if (field === 'location') continue;
      for (const { value, count } of (await resource.values(field)).items) {
        const page = await resource.list({ filter: { [field]: value }, total: true, limit: 1 });
        expect(page.total, `${name} ${field} ${value}`).toBe(count);
        asked++;
      }
    }
  }
  expect(asked).toBeGreaterThan(100);
});

test('values of postings, pieces and master data have their labels too', async () => {
  const ledger = await shelf();
  await ledger.templates.update({ warehouse: 'CAVE', code: 'IN' }, { description: 'Load' });
  await ledger.templates.update({ warehouse: 'SHOP', code: 'IN' }, { description: 'Load' });
  expect(told(await ledger.postings.values('template'))).toEqual([['IN', 'Load', 2]]);
  await ledger.templates.update({ warehouse: 'SHOP', code: 'IN' }, { description: 'Goods in' });
  expect(told(await ledger.postings.values('template'))).toEqual([['IN', null, 2]]);
  expect(told(await ledger.postings.values('month'))).toEqual([['2026-03', null, 2]]);
  await ledger.items.create({ code: 'P', unit: { code: 'PCE', decimals: 0 }, lots: {}, serials: {} });
  for (const [n, lot] of ['L10', 'L9', 'L10'].entries()) {
    await ledger.postings.post({
      warehouse: 'SHOP',
      template: 'IN',
      date: '2026-03-18',
      party: { kind: 'supplier', code: 'HOF' },
      lines: [
        {
          item: 'P',
          quantity: 1,
          lots: [{ code: `${lot}-${n}`, quantity: 1 }],
          serials: [{ code: `P${n}` }],
        },
      ],
    });
  }
  await ledger.serials.create({ item: 'P', code: 'P9' });
  expect(told(await ledger.serials.values('lot'))).toEqual([
    ['L9-1', null, 1],
    ['L10-0', null, 1],
    ['L10-2', null, 1],
    [null, null, 1],
  ]);
  expect(told(await ledger.serials.values('warehouse'))).toEqual([
    ['SHOP', null, 3],
    [null, null, 1],
  ]);
  // a supplier and a customer of one code have different names
  expect(told(await ledger.postings.values('party'))).toEqual([
    ['HOF', null, 3],
    [null, null, 2],
  ]);
  expect(told(await ledger.codeTypes.values('kind'))).toEqual([
    ['lot', null, 1],
    ['serial', null, 1],
  ]);
});
