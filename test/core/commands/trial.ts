/** A small ledger to try commands on: two warehouses, code types, items of every kind. */
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import {
  isLedgerError,
  type Ledger,
  type LedgerError,
  openLedger,
  type StoreAdapter,
} from '../../../src/core/index.ts';
import type { Store } from '../../../src/core/ports/store.ts';

export interface TrialOptions {
  readonly permissions?: readonly string[];
  readonly adapter?: StoreAdapter;
  /** A moment, ISO in UTC. */
  readonly now?: () => string;
}

/** An empty ledger of Paola's, in Rome, on 18 March 2026. */
export const empty = (options: TrialOptions = {}): Promise<Ledger> =>
  openLedger(options.adapter ?? memory(), {
    actor: 'paola',
    timeZone: 'Europe/Rome',
    now: () => new Date(options.now?.() ?? '2026-03-18T10:00:00Z'),
    ...(options.permissions ? { permissions: options.permissions } : {}),
  });

/** The same with master data of a cheese dairy and a tool shop. */
export async function trial(options: TrialOptions = {}): Promise<Ledger> {
  const ledger = await empty(options);
  await ledger.codeTypes.create({
    code: 'DAY',
    kind: 'lot',
    parts: [
      { source: 'insertYear', length: 2 },
      { source: 'insertMonth', length: 2 },
      { source: 'insertDay', length: 2 },
      { source: 'text', value: '-' },
      { source: 'number', length: 2, fill: '0' },
    ],
    root: ['insertYear', 'insertMonth', 'insertDay'],
    firstNumber: 1,
    fillGaps: true,
  });
  await ledger.codeTypes.create({
    code: 'SN',
    kind: 'serial',
    parts: [
      { source: 'text', value: 'T' },
      { source: 'number', length: 6, fill: '0' },
    ],
  });
  await ledger.lotStatuses.create({ code: 'OK' });
  await ledger.lotStatuses.create({ code: 'QA', description: 'Quarantine', available: false });
  await ledger.items.create({
    code: 'GOUDA',
    description: 'Young Gouda, wheel',
    unit: { code: 'KG', decimals: 3 },
    lots: { codeType: 'DAY', withdrawal: 'fefo', shelfLifeDays: 60 },
  });
  await ledger.items.create({
    code: 'DRILL',
    unit: { code: 'PCE', decimals: 0 },
    serials: { codeType: 'SN' },
  });
  await ledger.items.create({ code: 'NAILS', unit: { code: 'BOX', decimals: 0 } });
  await ledger.warehouses.create({ code: 'CAVE', locations: [{ code: 'S1' }, { code: 'S2' }] });
  await ledger.warehouses.create({ code: 'SHOP' });
  for (const warehouse of ['CAVE', 'SHOP']) {
    const tracks = { tracksLots: true, tracksSerials: true };
    await ledger.templates.create({ warehouse, code: 'IN', type: 'load', intent: 'purchase', ...tracks });
    await ledger.templates.create({ warehouse, code: 'OUT', type: 'unload', intent: 'sale', ...tracks });
  }
  return ledger;
}

/** Loads one lot of an item into the cave, or the shop. */
export async function load(ledger: Ledger, item: string, code: string, quantity: string, extra: object = {}) {
  return ledger.postings.post({
    warehouse: 'CAVE',
    template: 'IN',
    date: '2026-03-17',
    lines: [{ item, quantity, location: 'S1', lots: [{ code, quantity, ...extra }] }],
  });
}

/** Sells some of a lot to a customer out of the cave. */
export async function sell(ledger: Ledger, item: string, code: string, quantity: string) {
  return ledger.postings.post({
    warehouse: 'CAVE',
    template: 'OUT',
    date: '2026-03-18',
    party: { kind: 'customer', code: 'C-9' },
    lines: [{ item, quantity, location: 'S1', lots: [{ code, quantity }] }],
  });
}

/** A store in memory that the test can look into. */
export function spied(): { adapter: StoreAdapter; store: () => Store } {
  const adapter = memory();
  let opened: Store | undefined;
  const open: StoreAdapter['open'] = async (...how) => (opened = await adapter.open(...how));
  return { adapter: { ...adapter, open }, store: () => opened as Store };
}

/** The error a promise is refused with; a promise that is kept fails the test. */
export async function refusal(promise: Promise<unknown>): Promise<LedgerError> {
  try {
    await promise;
  } catch (error) {
    if (isLedgerError(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** Code and path of a refusal: what a form needs. */
export async function refused(promise: Promise<unknown>): Promise<string> {
  const { code, path } = await refusal(promise);
  return path === undefined ? code : `${code} at ${path}`;
}
