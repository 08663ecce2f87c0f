/**
 * The first quarter of an hour with Lotledger: a code type, an item, a warehouse, a load, an unload, and
 * what can be asked afterwards. Prints each value beside its expression. Run `npm run build` first.
 */
import { openLedger } from 'lotledger';
import { memory } from 'lotledger/adapters/memory';

const show = (expression, value) => console.log(`${expression} = ${JSON.stringify(value)}`);

const ledger = await openLedger(memory(), {
  actor: 'maria',
  timeZone: 'Europe/Rome',
  now: () => new Date('2026-11-22T09:00:00Z'), // for tests; the real clock by default
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
show('load.lines[0].lots[0].code', load.lines[0].lots[0].code);

await ledger.postings.post({
  warehouse: 'MAIN',
  template: 'UNL',
  date: '2026-11-21',
  lines: [
    { item: 'MILK', quantity: '8', location: 'A-01', lots: [{ code: '202611001', quantity: '8' }] }, // or 'auto'
  ],
});

const page = await ledger.lots.list({
  filter: { item: 'MILK', state: 'open' },
  sort: ['expiryDate'],
  limit: 50,
});
show('page.items[0].expiryDate', page.items[0].expiryDate);
show('page.items[0].onHand', page.items[0].onHand);
show('page.items[0].available', page.items[0].available);
show('page.items[0].stock', page.items[0].stock);

const lot = await ledger.lots.get({ item: 'MILK', code: '202611001' });
const unloads = await ledger.lots.movements(lot.id, { direction: 'unload' });
show(
  'unloads',
  unloads.items.map(({ date, quantity }) => ({ date, quantity })),
);

const next = {
  warehouse: 'MAIN',
  template: 'LOA',
  date: '2026-11-22',
  lines: [{ item: 'MILK', quantity: '50', location: 'B-01', lots: 'auto' }],
};
const preview = await ledger.postings.preview(next); // nothing is written
show('preview.lines[0].lots[0].code', preview.lines[0].lots[0].code);

const refused = await ledger.postings
  .reverse(load.id, { date: '2026-11-22', reason: 'Wrong item' })
  .catch((error) => error.code);
show('refused', refused);

show('verified', await ledger.verify());
await ledger.close();
