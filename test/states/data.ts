/** Ledgers for the states: the same on every day and every run. */
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { formsLedger } from '../browser/pages/forms-data.ts';
import type { DataName } from './types.ts';

/** The day of the states. */
export const TODAY = '2026-11-22';

async function masters(ledger: Ledger): Promise<void> {
  await ledger.lotStatuses.create({
    code: 'RELEASED',
    description: 'Released',
    available: true,
    planning: true,
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
  const pieces = { code: 'PCE', decimals: 0 };
  await ledger.items.create({
    code: 'MILK',
    description: 'Whole milk 1 L',
    unit: pieces,
    lots: { withdrawal: 'fefo', shelfLifeDays: 30, warnDays: 10, initialStatus: 'RELEASED' },
  });
  await ledger.items.create({
    code: 'RICOTTA',
    description: 'Ricotta, bulk',
    unit: { code: 'KG', decimals: 3 },
    lots: { withdrawal: 'fefo', shelfLifeDays: 20, warnDays: 7, initialStatus: 'RELEASED' },
  });
  await ledger.items.create({
    code: 'PUMP-7',
    description: 'Dosing pump, by serial',
    unit: pieces,
    serials: {},
  });
  await ledger.warehouses.create({
    code: 'MAIN',
    description: 'Main warehouse',
    locations: [{ code: 'A-01' }, { code: 'B-02' }],
  });
  const tracks = { warehouse: 'MAIN', tracksLots: true, tracksSerials: true } as const;
  await ledger.templates.create({
    ...{ ...tracks, code: 'LOA', description: 'Purchase load', type: 'load', intent: 'purchase' },
  });
  await ledger.templates.create({
    ...{ ...tracks, code: 'UNL', description: 'Sales unload', type: 'unload', intent: 'sale' },
  });
}

const dayOf = (n: number): string => new Date(Date.UTC(2026, 10, n)).toISOString().slice(0, 10);

type Line = Record<string, unknown>;

const post = (ledger: Ledger, template: string, date: string, lines: readonly Line[], more: Line = {}) =>
  ledger.postings.post({ warehouse: 'MAIN', template, date, lines, ...more } as never);

const supplier = { kind: 'supplier', code: 'S-1', name: 'Dairy Ltd' };
const customer = { kind: 'customer', code: 'C-1042', name: 'Coop Nord' };

/** A load of one lot; what is loaded later expires later. */
const lotLine = (n: number): Line => {
  const bulk = n % 4 === 3;
  const quantity = bulk ? `${12 + n}.5` : String(120 + n * 10);
  const code = `${bulk ? 'R' : 'M'}-26${String(n).padStart(3, '0')}`;
  return {
    ...{ item: bulk ? 'RICOTTA' : 'MILK', quantity, location: n % 2 === 0 ? 'A-01' : 'B-02' },
    lots: [{ code, quantity, supplierLot: `DN-${4500 + n}` }],
  };
};

/** So many lots, some expired, some held back, some sold; and as many single pieces. */
async function stock(ledger: Ledger, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const date = dayOf(-16 + Math.floor((n * 36) / count));
    await post(ledger, 'LOA', date, [lotLine(n)], { party: supplier });
  }
  const pieces = { item: 'PUMP-7', quantity: String(count), location: 'A-01' };
  const codes = Array.from({ length: count }, (_, n) => ({ code: `PU7-${4400 + n}` }));
  await post(ledger, 'LOA', '2026-11-20', [{ ...pieces, serials: codes }], { party: supplier });
  if (count < 5) return;
  const { items } = await ledger.lots.list({ sort: ['code'], limit: 500 });
  for (const [status, n] of [
    ['QUAR', 5],
    ['BLOCK', 6],
  ] as const) {
    const lot = items[n];
    if (lot) await ledger.lots.update(lot.id, { status }, { reason: 'Sample sent to the laboratory' });
  }
  const sold = items[20];
  const [place] = sold?.stock ?? [];
  if (!sold || !place) return;
  const row = { item: sold.item, quantity: sold.onHand, location: place.location };
  await post(ledger, 'UNL', '2026-11-21', [{ ...row, lots: [{ code: sold.code, quantity: sold.onHand }] }], {
    party: customer,
  });
}

/** A new ledger with these data. */
export async function ledgerWith(data: DataName): Promise<Ledger> {
  if (data === 'house') return formsLedger();
  const ledger = await openLedger(memory(), {
    actor: 'maria',
    timeZone: 'Europe/Rome',
    now: () => new Date(`${TODAY}T09:02:00Z`),
  });
  await masters(ledger);
  if (data !== 'none') await stock(ledger, data === 'one' ? 1 : 52);
  return ledger;
}
