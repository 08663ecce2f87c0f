/** The example of the design, as it stands. */
import { expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../../src/core/index.ts';

test('the example of the guide prints what its comments say', async () => {
  const ledger = await openLedger(memory(), {
    actor: 'maria',
    timeZone: 'Europe/Rome',
    now: () => new Date('2026-11-22T09:00:00Z'),
  });
  await ledger.codeTypes.create({
    code: 'YM',
    kind: 'lot',
    description: 'Year, month, number',
    parts: [
      { source: 'insertYear', length: 4 },
      { source: 'insertMonth', length: 2 },
      { source: 'number', length: 3, fill: '0' },
    ],
    root: ['insertYear', 'insertMonth'],
    firstNumber: 1,
  });
  await ledger.items.create({
    code: 'MILK',
    description: 'Whole milk 1 L',
    unit: { code: 'PCE', decimals: 0 },
    lots: { codeType: 'YM', withdrawal: 'fefo', shelfLifeDays: 30 },
  });
  await ledger.warehouses.create({
    code: 'MAIN',
    description: 'Main warehouse',
    locations: [{ code: 'A-01' }, { code: 'B-01' }],
  });
  await ledger.templates.create({
    warehouse: 'MAIN',
    code: 'LOA',
    description: 'Purchase load',
    type: 'load',
    intent: 'purchase',
    tracksLots: true,
  });
  await ledger.templates.create({
    warehouse: 'MAIN',
    code: 'UNL',
    description: 'Sales unload',
    type: 'unload',
    intent: 'sale',
    tracksLots: true,
  });
  const load = await ledger.postings.post({
    warehouse: 'MAIN',
    template: 'LOA',
    date: '2026-11-21',
    document: { type: 'purchaseDeliveryNote', number: 'DN-17', date: '2026-11-20' },
    party: { kind: 'supplier', code: 'S1', name: 'Dairy Ltd' },
    lines: [{ item: 'MILK', quantity: '100', location: 'A-01', lots: 'auto' }],
  });
  expect(load.lines[0]?.lots[0]?.code).toBe('202611001');
  await ledger.postings.post({
    warehouse: 'MAIN',
    template: 'UNL',
    date: '2026-11-21',
    lines: [{ item: 'MILK', quantity: '8', location: 'A-01', lots: [{ code: '202611001', quantity: '8' }] }],
  });
  const page = await ledger.lots.list({
    filter: { item: 'MILK', state: 'open' },
    sort: ['expiryDate'],
    limit: 50,
  });
  expect(page.items[0]).toMatchObject({
    expiryDate: '2026-12-21',
    onHand: '92',
    available: '92',
    supplierName: 'Dairy Ltd',
    itemDescription: 'Whole milk 1 L',
  });
  expect(page.items[0]?.stock).toEqual([
    {
      warehouse: 'MAIN',
      location: 'A-01',
      loaded: '100',
      onHand: '92',
      reserved: '0',
      available: '92',
    },
  ]);
  const lot = await ledger.lots.get({ item: 'MILK', code: '202611001' });
  const unloads = await ledger.lots.movements(lot.id, { direction: 'unload' });
  expect(unloads.items.map((each) => each.quantity)).toEqual(['-8']);
  const next = {
    warehouse: 'MAIN',
    template: 'LOA',
    date: '2026-11-22',
    lines: [{ item: 'MILK', quantity: '50', location: 'B-01', lots: 'auto' as const }],
  };
  expect((await ledger.postings.preview(next)).lines[0]?.lots[0]?.code).toBe('202611002');
  const refused = await ledger.postings
    .reverse(load.id, { date: '2026-11-22', reason: 'Wrong item' })
    .catch((error: { code: string }) => error.code);
  expect(refused).toBe('lot.insufficient');
  expect(await ledger.verify()).toMatchObject({ ok: true });
});
