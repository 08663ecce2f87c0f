/**
 * The whole story, as it is told on the telephone: raw milk from two farms, blended, bottled, shipped to
 * five customers, one part returned, one lot split; then one farm's delivery is recalled. Who received what,
 * directly and through what, what is left where, and does it add up?
 */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger, type PostingDraft, type TemplateInput } from '../../src/core/index.ts';

const today = '2026-11-22';

/** A dairy with tanks, a blender, a bottling line and a cold store. */
async function dairy(): Promise<Ledger> {
  const ledger = await openLedger(memory(), {
    actor: 'quality',
    timeZone: 'Europe/Rome',
    now: () => new Date(`${today}T16:00:00Z`),
  });
  const litre = { code: 'L', decimals: 1 };
  await ledger.items.create({
    code: 'RAW',
    description: 'Raw milk',
    unit: litre,
    lots: { shelfLifeDays: 4 },
  });
  await ledger.items.create({ code: 'BLEND', description: 'Blended milk', unit: litre, lots: {} });
  await ledger.items.create({
    code: 'BOTTLE',
    description: 'Whole milk 1 L',
    unit: { code: 'PCE', decimals: 0 },
    lots: { shelfLifeDays: 30, withdrawal: 'fefo' },
  });
  await ledger.warehouses.create({
    code: 'DAIRY',
    locations: ['TANK-1', 'TANK-2', 'BLENDER', 'COLD'].map((code) => ({ code })),
  });
  const kinds: (Omit<TemplateInput, 'warehouse' | 'counterpart'> & { counterpart?: string })[] = [
    { code: 'RCV', type: 'load', intent: 'purchase', requireParty: true },
    { code: 'MADE', type: 'load', intent: 'production' },
    { code: 'USE', type: 'unload', intent: 'production', counterpart: 'MADE' },
    { code: 'LOT+', type: 'load', intent: 'other' },
    { code: 'LFL', type: 'unload', intent: 'other', createsLotFromLot: true, counterpart: 'LOT+' },
    { code: 'SHP', type: 'unload', intent: 'sale', requireParty: true },
    { code: 'RET', type: 'load', intent: 'customerReturn' },
  ];
  for (const { counterpart, ...kind } of kinds) {
    const other = counterpart ? { counterpart: { warehouse: 'DAIRY', template: counterpart } } : {};
    await ledger.templates.create({ warehouse: 'DAIRY', tracksLots: true, ...kind, ...other });
  }
  return ledger;
}

type Rows = Readonly<Record<string, number>>;

/** A line that names its lots, each by itself or with a place of its own: `{ 'F2-22@TANK-2': 400 }`. */
const line = (item: string, location: string, rows: Rows) => ({
  item,
  location,
  quantity: String(Object.values(rows).reduce((sum, quantity) => sum + quantity, 0)),
  lots: Object.entries(rows).map(([name, quantity]) => {
    const [code = '', place = location] = name.split('@');
    return { code, quantity: String(quantity), location: place };
  }),
});

/** What a day at the dairy consists of. */
function acts(ledger: Ledger) {
  const post = (template: string, rest: Omit<PostingDraft, 'warehouse' | 'template' | 'date'>) =>
    ledger.postings.post({ warehouse: 'DAIRY', template, date: today, ...rest });
  return {
    receive: (farm: string, note: string, location: string, code: string, litres: number) =>
      post('RCV', {
        party: { kind: 'supplier', code: farm },
        document: { type: 'purchaseDeliveryNote', number: note, date: today },
        lines: [
          {
            ...line('RAW', location, { [code]: litres }),
            lots: [{ code, quantity: String(litres), supplierLot: note }],
          },
        ],
      }),
    make: (used: ReturnType<typeof line>, made: ReturnType<typeof line>) =>
      post('USE', { lines: [used], counterpart: { lines: [made] } }),
    ship: (customer: string, note: string, shipped: ReturnType<typeof line>) =>
      post('SHP', {
        party: { kind: 'customer', code: customer },
        document: { type: 'salesDeliveryNote', number: note, date: today },
        lines: [shipped],
      }),
    takeBack: (customer: string, delivery: { id: string; line: string }, back: ReturnType<typeof line>) =>
      post('RET', {
        party: { kind: 'customer', code: customer },
        document: { type: 'customerReturn', number: `R-${customer}`, date: today },
        lines: [{ ...back, returns: { posting: delivery.id, line: delivery.line } }],
      }),
  };
}

test('R52 R89 R104 R105 R111 a farm’s delivery is recalled: who, through what, what is left where, and it adds up', async () => {
  const ledger = await dairy();
  const { receive, make, ship, takeBack } = acts(ledger);

  // the morning: two farms deliver, 1,000 litres are blended, 900 of them bottled
  await receive('FARM-1', 'DN-101', 'TANK-1', 'F1-22', 1000);
  await receive('FARM-2', 'DN-202', 'TANK-2', 'F2-22', 800);
  await make(
    line('RAW', 'TANK-1', { 'F1-22': 600, 'F2-22@TANK-2': 400 }),
    line('BLEND', 'BLENDER', { 'B-22': 1000 }),
  );
  await make(line('BLEND', 'BLENDER', { 'B-22': 900 }), line('BOTTLE', 'COLD', { 'M-22': 900 }));
  // a part gets labels in another language, as a lot of its own
  const { made } = await ledger.lots.split({
    warehouse: 'DAIRY',
    template: 'LFL',
    date: today,
    lot: { item: 'BOTTLE', code: 'M-22' },
    location: 'COLD',
    into: [{ code: 'M-22/EN', quantity: '200', location: 'COLD' }],
  });
  expect(made).toMatchObject([{ code: 'M-22/EN', quantity: '200' }]);
  // the afternoon: five customers, one of whom makes cheese and takes raw milk
  await ship('C1', 'DD-1', line('BOTTLE', 'COLD', { 'M-22': 200 }));
  const second = await ship('C2', 'DD-2', line('BOTTLE', 'COLD', { 'M-22': 150 }));
  await ship('C3', 'DD-3', line('BOTTLE', 'COLD', { 'M-22/EN': 100 }));
  await ship('C4', 'DD-4', line('BOTTLE', 'COLD', { 'M-22': 50 }));
  await ship('CHEESE', 'DD-5', line('RAW', 'TANK-1', { 'F1-22': 100 }));
  await takeBack(
    'C2',
    { id: second.id, line: second.lines[0]?.id ?? '' },
    line('BOTTLE', 'COLD', { 'M-22': 30 }),
  );

  // five o'clock: the authority calls about delivery DN-101 of FARM-1
  const recall = await ledger.recalls.open({
    title: 'Antibiotics in raw milk',
    reason: 'Authority, case 4711',
    supplierLot: { supplier: 'FARM-1', supplierLot: 'DN-101' },
  });

  // what it covers: the delivery and all that was made of it, not the other farm's
  expect(recall.scope.map(({ code, origin, blocked }) => [code, origin, blocked]).sort()).toEqual([
    ['B-22', false, true],
    ['F1-22', true, true],
    ['M-22', false, true],
    ['M-22/EN', false, true],
  ]);
  // what is left where
  const left = recall.scope.flatMap(({ code, stock }) =>
    stock.map(({ location, onHand }) => `${code} ${location} ${onHand}`),
  );
  expect(left.sort()).toEqual(['B-22 BLENDER 100', 'F1-22 TANK-1 300', 'M-22 COLD 330', 'M-22/EN COLD 100']);
  // who received what, directly and through what
  const received = recall.parties.flatMap(({ party, deliveries }) =>
    deliveries.map(({ code, direct, sent, returned }) => [party.code, code, direct, sent, returned]),
  );
  expect(received.sort()).toEqual([
    ['C1', 'M-22', false, '200', '0'],
    ['C2', 'M-22', false, '150', '30'],
    ['C3', 'M-22/EN', false, '100', '0'],
    ['C4', 'M-22', false, '50', '0'],
    ['CHEESE', 'F1-22', true, '100', '0'],
  ]);
  // and it adds up, lot by lot and item by item
  for (const balance of [...recall.balances.lots, ...recall.balances.items]) {
    expect(balance).toMatchObject({ difference: '0', percent: 100 });
  }
  expect(recall.figures).toMatchObject({ located: 100, traceCompleteness: 100, notified: 0 });

  // nothing of it leaves any more
  const stopped = await ship('C1', 'DD-6', line('BOTTLE', 'COLD', { 'M-22': 1 })).catch((error) => error);
  expect(stopped).toMatchObject({ code: 'lot.recalled' });
  // the other farm's milk goes on
  await ship('CHEESE', 'DD-7', line('RAW', 'TANK-2', { 'F2-22': 100 }));

  // the way back from a bottle on somebody's table: both farms, with their delivery notes
  const back = await ledger.lots.trace({ item: 'BOTTLE', code: 'M-22/EN' }, { direction: 'backward' });
  expect(back.nodes.map(({ code, depth }) => [code, depth])).toEqual([
    ['M-22/EN', 0],
    ['M-22', 1],
    ['B-22', 2],
    ['F1-22', 3],
    ['F2-22', 3],
  ]);
  const suppliers = back.parties.filter(({ way }) => way === 'received');
  expect(suppliers.map(({ party, supplierLot, quantity }) => [party?.code, supplierLot, quantity])).toEqual([
    ['FARM-1', 'DN-101', '1000'],
    ['FARM-2', 'DN-202', '800'],
  ]);

  // everybody is told, the case is closed, and its evidence is in the journal
  for (const { party } of recall.parties)
    await ledger.recalls.notify(recall.id, {
      party: { kind: 'customer', code: party.code },
      how: 'telephone',
    });
  const closed = await ledger.recalls.close(recall.id);
  expect(closed).toMatchObject({ state: 'closed', figures: { notified: 100 } });
  const evidence = await ledger.recalls.evidence(recall.id);
  expect(evidence).toMatchObject({ intact: true, hash: closed.evidenceHash });
  expect(await ledger.verify()).toMatchObject({ ok: true });
});
