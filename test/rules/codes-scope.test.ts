/** Section 1 of the rules, continued: documents in codes, length, scope, codes in rows, comparison. */
import { expect, test } from 'vitest';
import { codesFrom, codesFromPattern, rowsFromText } from '../../src/core/index.ts';
import { coded, made, number, text } from './coding.ts';
import { caught, refused } from './world.ts';

test('R10 an empty supplier lot refuses the code unless its part is optional', async () => {
  const world = await coded([{ source: 'supplierLot', length: 6 }, text('/'), number(2)]);
  await refused(world, () => made(world), {
    code: 'codeType.missingPart',
    details: { source: 'supplierLot' },
  });
  const optional = await coded([{ source: 'supplierLot', length: 6, optional: true }, text('/'), number(2)]);
  expect(await made(optional)).toBe('/00');
});

test('R10 the delivery note is the document of that type, the supplier name the party of the posting', async () => {
  const world = await coded([
    { source: 'deliveryNote', length: 6 },
    { source: 'supplierName', length: 4 },
    number(2),
  ]);
  const document = { type: 'purchaseDeliveryNote', number: 'DN17' } as const;
  const party = { kind: 'supplier', code: 'S1', name: 'Dairy Ltd' } as const;
  await refused(world, () => made(world, 'A', { party }), {
    code: 'codeType.missingPart',
    details: { source: 'deliveryNote' },
  });
  await refused(world, () => made(world, 'A', { document }), {
    code: 'codeType.missingPart',
    details: { source: 'supplierName' },
  });
  await refused(
    world,
    () => made(world, 'A', { party, document: { type: 'purchaseInvoice', number: 'I1' } }),
    'codeType.missingPart',
  );
  expect(await made(world, 'A', { party, document })).toBe('DN17Dair00');
});

test('R11 a code longer than fifty characters is refused', async () => {
  const world = await coded([text('x'.repeat(48)), number(3)]);
  await refused(world, () => made(world), { code: 'code.tooLong', details: { max: 50 } });
  const fits = await coded([text('x'.repeat(48)), number(2)]);
  expect(await made(fits)).toBe(`${'x'.repeat(48)}00`);
});

test.each(['item', 'ledger'] as const)(
  'R12 uniqueness scope %s decides whether items share a counter',
  async (codeScope) => {
    const world = await coded([number(5)], { firstNumber: 1 }, { settings: { codeScope } });
    await world.ledger.items.create({
      code: 'B',
      unit: { code: 'PCE', decimals: 0 },
      variants: [{ code: 'red' }, { code: 'blue' }],
      lots: { codeType: 'T' },
    });
    const codes = [
      await made(world, 'A'),
      await made(world, 'B', {}, { variant: 'red' }),
      await made(world, 'B', {}, { variant: 'blue' }),
      await made(world, 'A'),
    ];
    const expected = {
      item: ['00001', '00001', '00001', '00002'],
      ledger: ['00001', '00002', '00003', '00004'],
    };
    expect(codes).toEqual(expected[codeScope]);
  },
);

test('R12 the scope is fixed once a code exists', async () => {
  const world = await coded([number(5)]);
  await world.ledger.settings.update({ codeScope: 'ledger' });
  await world.ledger.settings.update({ codeScope: 'item' });
  await made(world);
  await refused(
    world,
    () => world.ledger.settings.update({ codeScope: 'ledger' }),
    'settings.codeScopeFixed',
  );
});

test.each([
  ['BAV023B00001S00001', 3, ['BAV023B00001S00001', 'BAV023B00001S00002', 'BAV023B00001S00003']],
  ['X1Y9-K', 2, ['X1Y9-K', 'X1Y10-K']],
  ['007', 3, ['007', '008', '009']],
] as const)('R13 codes from %s increment the last group of digits', (first, count, codes) => {
  expect(codesFrom(first, count)).toEqual(codes);
});

test.each([
  ['SN12345678901234567890', ['SN12345678901234567890', 'SN12345678901234567891']],
  ['9007199254740993', ['9007199254740993', '9007199254740994']],
  ['Z00000000000000000009', ['Z00000000000000000009', 'Z00000000000000000010']],
] as const)('R14 codes from %s are exact', (first, codes) => {
  expect(codesFrom(first, 2)).toEqual(codes);
});

test('R15 a text without digits gets them, and padding grows', () => {
  expect(codesFrom('LOT', 3)).toEqual(['LOT0', 'LOT1', 'LOT2']);
  expect(codesFrom('A99', 2)).toEqual(['A99', 'A100']);
  expect(codesFrom('A098', 3)).toEqual(['A098', 'A099', 'A100']);
});

test('R16 a pattern of ranges, counts and the next one', () => {
  expect(codesFromPattern('10-12, 20+2, ~', { next: 100, count: 7 })).toEqual([
    '10',
    '11',
    '12',
    '20',
    '21',
    '22',
    '100',
  ]);
  expect(codesFromPattern('A7', { count: 1 })).toEqual(['A7']);
  expect(codesFromPattern('~,~', { next: 'SN09', count: 2 })).toEqual(['SN09', 'SN10']);
});

test('R16 any other quantity than the pattern gives is refused', async () => {
  const error = await caught(() => codesFromPattern('10-12, 20+2, ~', { next: '100', count: 6 }));
  expect(error.code).toBe('serial.countMismatch');
  expect((await caught(() => codesFromPattern('12-10', { count: 3 }))).kind).toBe('invalid');
});

test('R18 codes are the same but for case, spaces around them and Unicode form', async () => {
  const world = await coded([number(3)]);
  const { ledger } = world;
  const lot = await ledger.lots.create({ item: 'A', code: 'Lot-é1' });
  for (const code of ['lot-é1', ' LOT-É1 ', 'Lot-e\u03011', 'LOT-E\u03011']) {
    await refused(world, () => ledger.lots.create({ item: 'A', code }), {
      code: 'lot.duplicate',
      path: 'code',
    });
    expect((await ledger.lots.get({ item: 'A', code })).id).toBe(lot.id);
  }
  expect((await ledger.lots.get({ item: ' a ', code: 'LOT-É1' })).code).toBe('Lot-é1');
  await ledger.lots.create({ item: 'A', code: 'Lot-e1' });
});

test('R18 items, warehouses and templates are found in any case', async () => {
  const world = await coded([number(3)]);
  await world.ledger.postings.post({
    warehouse: 'shop',
    template: 'loa',
    date: '2026-11-22',
    lines: [{ item: 'a', quantity: '1', lots: [{ code: 'q1', quantity: '1' }] }],
  });
  const lot = await world.ledger.lots.get({ item: 'A', code: 'Q1' });
  expect([lot.item, lot.code, lot.stock[0]?.warehouse]).toEqual(['A', 'q1', 'SHOP']);
  await refused(
    world,
    () => world.ledger.items.create({ code: 'a ', unit: { code: 'PCE', decimals: 0 } }),
    'item.duplicate',
  );
});

test('R18 an item with a capital sharp s is read, changed and removed under every way to write it', async () => {
  const { ledger } = await coded([number(3)]);
  const unit = { code: 'PCE', decimals: 0 };
  expect((await ledger.items.create({ code: 'STRAẞE', unit })).code).toBe('STRAẞE');
  for (const code of ['straße', 'STRASSE', 'Straẞe ']) {
    expect((await ledger.items.get(code)).code).toBe('STRAẞE');
    expect(await caught(() => ledger.items.create({ code, unit }))).toMatchObject({ code: 'item.duplicate' });
  }
  expect((await ledger.items.update('strasse', { description: 'Road' })).description).toBe('Road');
  await ledger.items.remove('Straße');
  expect(await caught(() => ledger.items.get('STRAẞE'))).toMatchObject({ code: 'item.notFound' });
});

test('R19 previews and refusals consume no code', async () => {
  const world = await coded([number(3)], { firstNumber: 1 });
  const { ledger } = world;
  const line = { item: 'A', quantity: '1', lots: 'auto' } as const;
  const input = { warehouse: 'SHOP', template: 'LOA', date: '2026-11-22', lines: [line, line] };
  const preview = await ledger.postings.preview(input);
  expect(preview.lines.map((each) => each.lots[0]?.code)).toEqual(['001', '002']);
  await refused(world, () => world.post('LOA', [line, { item: 'NONE', quantity: '1' }]), 'item.notFound');
  expect(await made(world)).toBe('001');
  expect((await ledger.codeTypes.preview('T', { item: 'A', count: 2 } as never)) as unknown).toEqual([
    '002',
    '003',
  ]);
  expect(await made(world)).toBe('002');
});

test('R68 R16 a pasted list becomes rows with quantity and expiry', () => {
  const rows = rowsFromText('L1;22;2027-02-01\nL2\t12');
  expect(rows).toMatchObject([
    { code: 'L1', quantity: '22', expiryDate: '2027-02-01' },
    { code: 'L2', quantity: '12' },
  ]);
});
