/** Questions that are no lists: allocation, previews, counters and forecasts, movements, what one may do. */
import { describe, expect, test } from 'vitest';
import { load, refused, sell, trial } from '../commands/trial.ts';

describe('lots.allocate', () => {
  test('R96 R98 R102 takes by expiry, splits, and answers every candidate', async () => {
    const ledger = await trial();
    await load(ledger, 'GOUDA', 'LATE', '4', { expiryDate: '2026-09-01' });
    await load(ledger, 'GOUDA', 'SOON', '4', { expiryDate: '2026-04-01' });
    await load(ledger, 'GOUDA', 'SHUT', '4', { expiryDate: '2026-03-30' });
    await load(ledger, 'GOUDA', 'OVER', '4', { expiryDate: '2026-03-17' });
    await load(ledger, 'GOUDA', 'HELD', '4', { expiryDate: '2026-03-30' });
    await ledger.postings.post({
      warehouse: 'CAVE',
      template: 'IN',
      date: '2026-03-18',
      lines: [{ item: 'GOUDA', quantity: '4', location: 'S2', lots: [{ code: 'AWAY', quantity: '4' }] }],
    });
    const id = async (code: string) => (await ledger.lots.get({ item: 'GOUDA', code })).id;
    await ledger.lots.update(await id('SHUT'), { closed: true });
    await ledger.lots.update(await id('HELD'), { status: 'QA' });
    const answer = await ledger.lots.allocate({
      item: 'gouda',
      warehouse: 'cave',
      location: 's1',
      quantity: 5.5,
    });
    expect(answer.taken).toMatchObject([
      { lot: await id('SOON'), code: 'SOON', warehouse: 'CAVE', location: 'S1', quantity: '4' },
      { code: 'LATE', quantity: '1.5' },
    ]);
    expect(answer.skipped.map(({ code, reason, available }) => [code, reason, available])).toEqual([
      ['OVER', 'expired', '4'],
      ['HELD', 'status', '4'],
      ['SHUT', 'closed', '4'],
      ['AWAY', 'location', '4'],
    ]);
    expect(answer.shortage).toBe('0');
    const single = await ledger.lots.allocate({
      item: 'GOUDA',
      warehouse: 'CAVE',
      quantity: '5',
      singleLot: true,
    });
    expect(single).toMatchObject({ taken: [], shortage: '5' });
  });

  test('R39 asks for a shelf life on the day of the need', async () => {
    const ledger = await trial();
    await load(ledger, 'GOUDA', 'A', '1', { expiryDate: '2026-05-30' });
    await load(ledger, 'GOUDA', 'B', '1', { expiryDate: '2026-05-31' });
    const ask = (quantity: string) =>
      ledger.lots.allocate({
        item: 'GOUDA',
        warehouse: 'CAVE',
        quantity,
        needDate: '2026-05-01',
        minShelfLifeDays: 30,
      });
    expect(await ask('2')).toMatchObject({
      taken: [{ code: 'B', quantity: '1' }],
      skipped: [{ code: 'A', reason: 'shelfLife' }],
      shortage: '1',
    });
  });

  test('R100 suggests nothing for a manual item, and shows its lots by expiry', async () => {
    const ledger = await trial();
    await ledger.items.update('GOUDA', { lots: { withdrawal: 'manual' } });
    await load(ledger, 'GOUDA', 'B', '1', { expiryDate: '2026-08-01' });
    await load(ledger, 'GOUDA', 'A', '1', { expiryDate: '2026-07-01' });
    const answer = await ledger.lots.allocate({ item: 'GOUDA', warehouse: 'CAVE', quantity: '1' });
    expect(answer.taken).toEqual([]);
    expect(answer.skipped.map(({ code, reason }) => [code, reason])).toEqual([
      ['A', 'manual'],
      ['B', 'manual'],
    ]);
    expect(answer.shortage).toBe('1');
  });

  test('R74 on a past day offers what no later day needs', async () => {
    const ledger = await trial();
    await load(ledger, 'GOUDA', 'A', '8');
    await sell(ledger, 'GOUDA', 'A', '6');
    await ledger.postings.post({
      warehouse: 'CAVE',
      template: 'IN',
      date: '2026-03-18',
      lines: [{ item: 'GOUDA', quantity: '3', location: 'S1', lots: [{ code: 'NEW', quantity: '3' }] }],
    });
    const answer = await ledger.lots.allocate({
      item: 'GOUDA',
      warehouse: 'CAVE',
      quantity: '9',
      needDate: '2026-03-17',
    });
    expect(answer.taken).toMatchObject([{ code: 'A', quantity: '2' }]);
    expect(answer.shortage).toBe('7');
  });

  test('refuses what does not exist or does not fit, with the field', async () => {
    const ledger = await trial();
    const ask = (fields: object) =>
      refused(ledger.lots.allocate({ item: 'GOUDA', warehouse: 'CAVE', quantity: '1', ...fields } as never));
    expect(await ask({ item: 'X' })).toBe('item.notFound at item');
    expect(await ask({ item: 'NAILS' })).toBe('item.notLotManaged at item');
    expect(await ask({ warehouse: 'X' })).toBe('warehouse.notFound at warehouse');
    expect(await ask({ location: 'X' })).toBe('location.notFound at location');
    expect(await ask({ quantity: '1.0001' })).toBe('quantity.precision at quantity');
    expect(await ask({ quantity: '-1' })).toBe('quantity.negative at quantity');
  });
});

describe('code types', () => {
  test('R19 a preview draws on a posting and consumes nothing', async () => {
    const ledger = await trial();
    const posting = {
      warehouse: 'CAVE',
      template: 'IN',
      date: '2026-03-02',
      document: { type: 'purchaseDeliveryNote', number: 'DN 7' },
      lines: [],
    };
    await ledger.codeTypes.create({
      code: 'NOTE',
      kind: 'lot',
      parts: [
        { source: 'deliveryNote', length: 10 },
        { source: 'text', value: '/' },
        { source: 'number', length: 1 },
      ],
      root: ['deliveryNote'],
      firstNumber: 1,
    });
    expect(await ledger.codeTypes.preview('note', { item: 'GOUDA', count: 2, posting })).toEqual([
      'DN 7/1',
      'DN 7/2',
    ]);
    expect(await refused(ledger.codeTypes.preview('NOTE', { item: 'GOUDA' }))).toBe('codeType.missingPart');
    expect(await refused(ledger.codeTypes.preview('NOTE', { item: 'GOUDA', count: 10, posting }))).toBe(
      'code.overflow',
    );
    expect(await refused(ledger.codeTypes.preview('NONE', { item: 'GOUDA' }))).toBe('codeType.notFound');
    expect(await ledger.codeTypes.counters('NOTE')).toEqual([]);
  });

  test('counters tell where they stand, forecasts when they will be full', async () => {
    let now = '2026-03-18T10:00:00Z';
    const ledger = await trial({ now: () => now });
    await ledger.codeTypes.create({
      code: 'FEW',
      kind: 'lot',
      parts: [{ source: 'number', length: 2 }],
      firstNumber: 1,
    });
    await ledger.items.update('GOUDA', { lots: { codeType: 'FEW' } });
    await ledger.lots.create({ item: 'GOUDA' });
    expect(await ledger.codeTypes.forecast('FEW')).toMatchObject([{ made: 1, perDay: null, fullOn: null }]);
    now = '2026-03-22T10:00:00Z';
    for (let i = 0; i < 9; i++) await ledger.lots.create({ item: 'GOUDA' });
    expect(await ledger.codeTypes.counters('few')).toMatchObject([
      {
        item: 'GOUDA',
        variant: null,
        root: {},
        last: { number: 10, letters: null },
        made: 10,
        left: '89',
        firstDate: '2026-03-18',
        lastDate: '2026-03-22',
      },
    ]);
    // ten codes in five days: 89 more last 44 days
    expect(await ledger.codeTypes.forecast('FEW')).toMatchObject([{ perDay: 2, fullOn: '2026-05-05' }]);
  });
});

test('a preview shows the posting as it would be, warnings included, and writes nothing', async () => {
  const ledger = await trial();
  await ledger.items.update('GOUDA', { lots: { warnDays: 30 } });
  await load(ledger, 'GOUDA', 'A', '8', { expiryDate: '2026-04-01' });
  const seq = ledger.status().seq;
  const preview = await ledger.postings.preview({
    warehouse: 'CAVE',
    template: 'OUT',
    date: '2026-03-18',
    key: 'K-1',
    party: { kind: 'customer', code: 'C1', name: 'Café' },
    lines: [{ item: 'GOUDA', quantity: '3', location: 'S1', lots: 'auto' }],
  });
  expect(preview).toMatchObject({
    number: 1,
    numberText: '2026/03/18-001',
    party: { name: 'Café' },
    lines: [{ quantity: '3', unit: 'KG', lots: [{ code: 'A', quantity: '3', expiryDate: '2026-04-01' }] }],
    warnings: [{ code: 'lot.expiresSoon' }],
  });
  expect(ledger.status().seq).toBe(seq);
  expect((await ledger.lots.get('A')).onHand).toBe('8');
  expect(
    await refused(
      ledger.postings.preview({
        warehouse: 'CAVE',
        template: 'OUT',
        date: '2026-03-18',
        lines: [{ item: 'GOUDA', quantity: '9', location: 'S1', lots: [{ code: 'A', quantity: '9' }] }],
      }),
    ),
  ).toMatch(/^lot\.insufficient/);
});

test('R122 R123 initial quantity and loaded quantities are told with their places', async () => {
  const ledger = await trial();
  const posting = await ledger.postings.post({
    warehouse: 'CAVE',
    template: 'IN',
    date: '2026-03-18',
    lines: [
      {
        item: 'GOUDA',
        quantity: '3.25',
        location: 'S1',
        lots: [
          { code: 'A', quantity: '2' },
          { code: 'A', quantity: '1.25', location: 'S2' },
        ],
      },
    ],
  });
  const lot = await ledger.lots.get('a');
  expect(lot).toMatchObject({ initialQuantity: '3.25', onHand: '3.25' });
  expect(lot.stock.map(({ location, loaded, onHand }) => [location, loaded, onHand])).toEqual([
    ['S1', '2', '2'],
    ['S2', '1.25', '1.25'],
  ]);
  await ledger.postings.reverse(posting.id, { date: '2026-03-18', reason: 'wrong' });
  const after = await ledger.lots.get('A');
  expect(after).toMatchObject({ initialQuantity: null, onHand: '0', exhausted: true });
  expect(after.stock.map(({ loaded }) => loaded)).toEqual(['0', '0']);
  const { items } = await ledger.lots.movements(after.id);
  expect(items).toHaveLength(4);
  expect(items.filter((each) => each.reversedBy !== null).every((each) => each.direction === 'load')).toBe(
    true,
  );
  expect((await ledger.lots.movements(after.id, { direction: 'load' })).items).toHaveLength(2);
  expect((await ledger.postings.get(posting.id)).reversed).toBe(true);
});

test('a lot or serial is got by id, by code where only one has it, or by item and code', async () => {
  const ledger = await trial();
  await ledger.items.create({
    code: 'EDAM',
    unit: { code: 'PCE', decimals: 0 },
    lots: {},
    variants: [{ code: 'R' }, { code: 'B' }],
  });
  const lot = await ledger.lots.create({ item: 'GOUDA', code: 'X' });
  expect((await ledger.lots.get(lot.id)).id).toBe(lot.id);
  expect((await ledger.lots.get('x')).id).toBe(lot.id);
  const red = await ledger.lots.create({ item: 'EDAM', variant: 'R', code: 'X' });
  await ledger.lots.create({ item: 'EDAM', variant: 'B', code: 'X' });
  expect(await refused(ledger.lots.get('x'))).toBe('lot.ambiguous');
  expect(await refused(ledger.lots.get({ item: 'EDAM', code: 'X' }))).toBe('lot.ambiguous');
  expect(await refused(ledger.lots.get({ item: 'EDAM', code: 'Y' }))).toBe('lot.notFound');
  expect((await ledger.lots.get({ item: 'edam', variant: 'r', code: 'x' })).id).toBe(red.id);
  expect((await ledger.lots.get({ item: 'GOUDA', code: 'X', variant: null })).id).toBe(lot.id);
});

test('what one may do is asked for many acts at once', async () => {
  const ledger = await trial();
  expect(
    await ledger.can([{ action: 'expired.force' }, { action: 'status.change', field: 'status' }]),
  ).toEqual([false, true]);
  expect(await ledger.can([])).toEqual([]);
});
