/** A small house to fill forms in: dairy in lots, pumps by serial, a drug with both, nails with neither. */
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../../src/core/index.ts';

/** The day of the page. */
export const TODAY = '2026-11-22';

async function masters(ledger: Ledger): Promise<void> {
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
  await ledger.codeTypes.create({
    code: 'SN',
    kind: 'serial',
    description: 'Number',
    parts: [
      { source: 'text', value: 'PU7-' },
      { source: 'number', length: 6, fill: '0' },
    ],
    root: [],
    firstNumber: 4410,
  });
  await ledger.lotStatuses.create({
    code: 'QUAR',
    description: 'Quarantine',
    available: false,
    planning: true,
  });
  await ledger.lotStatuses.create({
    code: 'BLOCK',
    description: 'Blocked',
    available: false,
    planning: false,
  });
  await ledger.lotTypes.create({ code: 'BIO', description: 'Organic' });
  await ledger.grades.create({ code: 'A', description: 'First choice' });
  const dairy = {
    codeType: 'YM',
    withdrawal: 'fefo',
    shelfLifeDays: 30,
    warnDays: 10,
    blockDays: 3,
  } as const;
  await ledger.items.create({
    code: 'MILK',
    description: 'Whole milk 1 L',
    unit: { code: 'PCE', decimals: 0 },
    alternativeUnits: [{ code: 'BOX', num: 12, den: 1 }],
    lots: dairy,
  });
  await ledger.items.create({
    code: 'RICOTTA',
    description: 'Ricotta, bulk',
    unit: { code: 'KG', decimals: 3 },
    lots: { withdrawal: 'fifo', expiryRequired: true, expiryEditable: false },
  });
  await ledger.items.create({
    code: 'PUMP-7',
    description: 'Dosing pump, by serial',
    unit: { code: 'PCE', decimals: 0 },
    serials: { codeType: 'SN', generation: 'automatic' },
  });
  await ledger.items.create({
    code: 'VACCINE',
    description: 'Vaccine, lots and serials',
    unit: { code: 'PCE', decimals: 0 },
    lots: { withdrawal: 'fefo', shelfLifeDays: 365 },
    serials: {},
  });
  await ledger.items.create({
    code: 'NAILS',
    description: 'Nails, loose',
    unit: { code: 'KG', decimals: 2 },
  });
  await ledger.items.create({
    code: 'CHEESE',
    description: 'Cheese in two ages',
    unit: { code: 'KG', decimals: 1 },
    variants: [
      { code: '12M', description: '12 months' },
      { code: '24M', description: '24 months' },
    ],
    lots: { codeType: 'YM', withdrawal: 'manual' },
  });
  await ledger.warehouses.create({
    code: 'MAIN',
    description: 'Main warehouse',
    locations: [
      { code: 'A-01', description: 'Rack A, level 1' },
      { code: 'A-04', description: 'Rack A, level 4' },
      { code: 'Q-01', description: 'Quarantine cage' },
      { code: 'Q-02', description: 'Held back', quarantine: true },
    ],
  });
  await ledger.warehouses.create({
    code: 'COLD',
    description: 'Cold store',
    locations: [{ code: 'F-08', description: 'Floor 8' }],
  });
  const tracks = { tracksLots: true, tracksSerials: true };
  for (const warehouse of ['MAIN', 'COLD']) {
    await ledger.templates.create({
      ...{ warehouse, code: 'LOA', description: 'Purchase load', type: 'load', intent: 'purchase' },
      ...{ ...tracks, generatesSerials: true, allowTopUp: true },
    });
    await ledger.templates.create({
      ...{ warehouse, code: 'UNL', description: 'Sales unload', type: 'unload', intent: 'sale' },
      ...tracks,
    });
  }
  // the floor of the cold store, and a shop without locations; counts are no postings of a form
  await ledger.warehouses.create({ code: 'SHOP', description: 'Shop' });
  for (const [warehouse, code] of [
    ['COLD', 'TRA'],
    ['SHOP', 'SHO'],
    ['MAIN', 'QUA'],
  ] as const) {
    const place = code === 'QUA' ? { defaultLocation: 'Q-02' } : {};
    const arrival = {
      warehouse,
      code: `${code}+`,
      type: 'load',
      intent: 'transfer',
      ...tracks,
      ...place,
    } as const;
    await ledger.templates.create({ ...arrival, allowTopUp: true });
    await ledger.templates.create({
      ...{
        warehouse: 'MAIN',
        code,
        description: `Transfer to ${warehouse}`,
        type: 'unload',
        intent: 'transfer',
      },
      ...{ ...tracks, counterpart: { warehouse, template: `${code}+` } },
    });
  }
  const count = { warehouse: 'MAIN', intent: 'count', counting: true, ...tracks } as const;
  await ledger.templates.create({ ...count, code: 'CNT', type: 'load' });
  const used = { warehouse: 'COLD', code: 'USE', type: 'unload', intent: 'production', ...tracks } as const;
  await ledger.templates.create(used);
  const made = { warehouse: 'COLD', type: 'load', intent: 'production', ...tracks } as const;
  const counterpart = { warehouse: 'COLD', template: 'USE' };
  await ledger.templates.create({ ...made, code: 'MAK', counterpart });
  await ledger.templates.create({ ...made, code: 'REP', explodeComponents: true, counterpart });
  await ledger.parties.create({ kind: 'customer', code: 'C-1042', name: 'Coop Nord' });
  await ledger.parties.create({ kind: 'supplier', code: 'S-1', name: 'Dairy Ltd' });
}

type Line = Record<string, unknown>;

const post = (
  ledger: Ledger,
  type: 'LOA' | 'UNL',
  date: string,
  warehouse: string,
  lines: Line[],
  more = {},
) => ledger.postings.post({ warehouse, template: type, date, ...more, lines } as never);

async function movements(ledger: Ledger): Promise<void> {
  const dairy = { kind: 'supplier', code: 'S-1', name: 'Dairy Ltd' };
  const coop = { kind: 'customer', code: 'C-1042', name: 'Coop Nord' };
  const note = {
    document: { type: 'purchaseDeliveryNote', number: 'DN-4502', date: '2026-11-10' },
    party: dairy,
  };
  const milk = (quantity: string, location: string, more: Line = {}) => ({
    ...{ item: 'MILK', quantity, location },
    lots: [{ code: 'M-2611-A', quantity, supplierLot: 'DN-4502', ...more }],
  });
  await post(ledger, 'LOA', '2026-11-11', 'MAIN', [milk('4000', 'A-01'), milk('2400', 'A-04')], note);
  await post(ledger, 'LOA', '2026-11-12', 'MAIN', [milk('200', 'Q-01')], note);
  await post(ledger, 'LOA', '2026-11-13', 'COLD', [milk('1200', 'F-08')], note);
  await post(ledger, 'UNL', '2026-11-15', 'MAIN', [milk('200', 'Q-01', { supplierLot: undefined })], {
    party: coop,
  });
  await post(ledger, 'UNL', '2026-11-20', 'MAIN', [milk('480', 'A-04', { supplierLot: undefined })], {
    party: coop,
  });
  await post(ledger, 'UNL', '2026-11-21', 'MAIN', [milk('880', 'A-01', { supplierLot: undefined })], {
    party: coop,
  });
  const lot = (code: string, quantity: string, expiryDate: string, location = 'A-04') => ({
    ...{ item: 'MILK', quantity, location, lots: [{ code, quantity, startDate: '2026-10-20', expiryDate }] },
  });
  await post(ledger, 'LOA', '2026-11-14', 'MAIN', [
    lot('M-2610-X', '312', '2026-11-19'),
    lot('M-2611-B', '1120', '2026-11-26', 'A-01'),
    lot('M-2611-Q', '2400', '2026-12-13', 'Q-01'),
    lot('M-2611-L', '96', '2026-11-22', 'A-01'),
  ]);
  const quarantined = await ledger.lots.get({ item: 'MILK', code: 'M-2611-Q' });
  await ledger.lots.update(
    quarantined.id,
    { status: 'QUAR' },
    { reason: 'Sample sent to the laboratory', source: 'ui' },
  );
  await post(ledger, 'LOA', '2026-11-14', 'MAIN', [
    { item: 'PUMP-7', quantity: '9', location: 'A-04', serials: [{ from: 'PU7-004401', to: 'PU7-004409' }] },
    { item: 'NAILS', quantity: '25.5', location: 'A-01' },
    {
      item: 'RICOTTA',
      quantity: '14.5',
      location: 'Q-01',
      lots: [{ code: 'R-1', quantity: '14.5', expiryDate: '2026-12-30' }],
    },
    {
      item: 'CHEESE',
      variant: '24M',
      quantity: '40',
      location: 'A-01',
      lots: [{ code: 'P26-0417', quantity: '40' }],
    },
  ]);
}

/** The ledger of the page, filled. */
export async function formsLedger(permissions?: readonly string[]): Promise<Ledger> {
  const ledger = await openLedger(memory(), {
    actor: 'maria',
    timeZone: 'Europe/Rome',
    now: () => new Date(`${TODAY}T09:02:00Z`),
    ...(permissions ? { permissions } : {}),
  });
  await masters(ledger);
  await movements(ledger);
  return ledger;
}
