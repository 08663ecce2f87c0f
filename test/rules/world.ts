/**
 * What the rule tests share: a ledger in memory with a clock that can be set, short ways to say a posting,
 * and `refused`, which proves that a refusal has the code, path and kind it should and wrote nothing.
 */
import { expect } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import {
  type ErrorCode,
  type ErrorKind,
  isLedgerError,
  type Ledger,
  LedgerError,
  type OpenLedgerOptions,
  openLedger,
  type StoreAdapter,
} from '../../src/core/index.ts';

/** A posting's input, as a host writes it. */
export type Post = Parameters<Ledger['postings']['post']>[0];
export type Line = Post['lines'][number];
export type Item = Parameters<Ledger['items']['create']>[0];
export type Template = Parameters<Ledger['templates']['create']>[0];
export type CodeType = Parameters<Ledger['codeTypes']['create']>[0];
type Settings = Parameters<Ledger['settings']['update']>[0];

/** A clock for tests: today and the time, to be set at will. */
export class TestClock {
  time: string;
  constructor(time: string) {
    this.time = time;
  }
  /** Another day, in the morning. */
  day(date: string): void {
    this.time = `${date}T09:00:00Z`;
  }
  readonly now = (): Date => new Date(this.time);
}

export interface WorldOptions extends Omit<OpenLedgerOptions, 'now'> {
  /** The day it is; 2026-11-22 unless said. */
  readonly today?: string;
  readonly store?: StoreAdapter;
  readonly settings?: Settings;
}

export interface World {
  readonly ledger: Ledger;
  readonly clock: TestClock;
  readonly store: StoreAdapter;
  /** Posts one line with a template of warehouse MAIN or SHOP (`SHOP/LOA`), today unless said. */
  post(
    template: string,
    line: Line | readonly Line[],
    more?: Partial<Post>,
  ): ReturnType<Ledger['postings']['post']>;
  /** Another ledger over the same store, with options of its own. */
  again(options?: Omit<OpenLedgerOptions, 'now'>): Promise<Ledger>;
}

const TEMPLATES: readonly Omit<Template, 'warehouse'>[] = [
  { code: 'LOA', type: 'load', intent: 'purchase', generatesSerials: true },
  { code: 'TOP', type: 'load', intent: 'production', allowTopUp: true },
  { code: 'UNL', type: 'unload', intent: 'sale' },
  { code: 'PRD', type: 'unload', intent: 'production' },
  { code: 'TRA', type: 'unload', intent: 'transfer' },
  { code: 'ANY', type: 'unload', intent: 'transfer', allowUnavailable: true },
  { code: 'SCR', type: 'unload', intent: 'scrap' },
];

/** Whose ledger it is, and where, unless said. */
const common = { actor: 'maria', timeZone: 'Europe/Rome' };

/** The options of a world in all their parts. */
export function worldParts({ today = '2026-11-22', store = memory(), settings, ...rest }: WorldOptions) {
  const clock = new TestClock(`${today}T09:00:00Z`);
  return { clock, store, settings, options: { ...common, now: clock.now, ...rest } };
}

/** Warehouse MAIN with locations A-01 and B-01, SHOP without; in both the usual templates. */
export async function emptyWorld(given: WorldOptions = {}): Promise<World> {
  const { clock, store, settings, options } = worldParts(given);
  const ledger = await openLedger(store, options);
  if (settings) await ledger.settings.update(settings);
  await ledger.warehouses.create({ code: 'MAIN', locations: [{ code: 'A-01' }, { code: 'B-01' }] });
  await ledger.warehouses.create({ code: 'SHOP' });
  for (const warehouse of ['MAIN', 'SHOP']) {
    for (const each of TEMPLATES) {
      await ledger.templates.create({ ...each, warehouse, tracksLots: true, tracksSerials: true });
    }
  }
  return worldOver(ledger, clock, store);
}

/** The short ways to say things of a ledger. */
export function worldOver(ledger: Ledger, clock: TestClock, store: StoreAdapter): World {
  return {
    ledger,
    clock,
    store,
    post(template, line, more = {}) {
      const [code = '', warehouse = 'SHOP'] = template.split('/').reverse();
      const lines = Array.isArray(line) ? line : [line];
      return ledger.postings.post({
        warehouse,
        template: code,
        date: clock.time.slice(0, 10),
        lines,
        ...more,
      } as Post);
    },
    again: (how = {}) => openLedger(store, { ...common, now: clock.now, ...how }),
  };
}

const piece = { code: 'PCE', decimals: 0 };

/** Dairy: MILK in lots of a code type YM, first expired first out, 30 days; CHEESE in kg, expiry required. */
export async function dairy(options: WorldOptions = {}): Promise<World> {
  const world = await emptyWorld(options);
  const { ledger } = world;
  await ledger.codeTypes.create({
    code: 'YM',
    kind: 'lot',
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
    unit: piece,
    lots: { codeType: 'YM', withdrawal: 'fefo', shelfLifeDays: 30 },
  });
  await ledger.items.create({
    code: 'CHEESE',
    unit: { code: 'KG', decimals: 3 },
    alternativeUnits: [{ code: 'LB', num: 45359237, den: 100000000 }],
    lots: { codeType: 'YM', withdrawal: 'fifo', expiryRequired: true },
  });
  await ledger.items.create({
    code: 'SALT',
    unit: { code: 'KG', decimals: 3 },
    alternativeUnits: [{ code: 'BAG', num: 25, den: 1 }],
  });
  return world;
}

/** Electronics: PHONE by serial number, codes made by SN; no lots. */
export async function electronics(options: WorldOptions = {}): Promise<World> {
  const world = await emptyWorld(options);
  const { ledger } = world;
  await ledger.codeTypes.create({
    code: 'SN',
    kind: 'serial',
    parts: [
      { source: 'text', value: 'SN' },
      { source: 'number', length: 5, fill: '0' },
    ],
    firstNumber: 1,
  });
  await ledger.items.create({
    code: 'PHONE',
    unit: piece,
    alternativeUnits: [{ code: 'BOX', num: 10, den: 1 }],
    serials: { codeType: 'SN', generation: 'automatic' },
  });
  await ledger.items.create({ code: 'RADIO', unit: piece, serials: {} });
  return world;
}

/** Pharma: VACCINE in lots and by serial number; a status of quarantine to begin with for DRUG. */
export async function pharma(options: WorldOptions = {}): Promise<World> {
  const world = await electronics(options);
  const { ledger } = world;
  await ledger.codeTypes.create({
    code: 'LN',
    kind: 'lot',
    parts: [{ source: 'number', length: 4, fill: '0' }],
  });
  await ledger.items.create({
    code: 'VACCINE',
    unit: piece,
    lots: { codeType: 'LN', withdrawal: 'fefo' },
    serials: { codeType: 'SN', generation: 'automatic' },
  });
  const deny = { sale: 'deny', production: 'deny', transfer: 'deny' } as const;
  await ledger.lotStatuses.create({ code: 'QUARANTINE', available: false, intents: deny });
  await ledger.lotStatuses.create({ code: 'RELEASED', available: true });
  await ledger.items.create({
    code: 'DRUG',
    unit: piece,
    lots: { codeType: 'LN', withdrawal: 'fefo', initialStatus: 'QUARANTINE' },
  });
  return world;
}

/** Loads a lot into SHOP and answers it. */
export async function lotOf(
  world: World,
  item: string,
  code: string,
  quantity: string,
  row: object = {},
  more: Partial<Post> = {},
) {
  await world.post('LOA', { item, quantity, lots: [{ code, quantity, ...row }] }, more);
  return world.ledger.lots.get({ item, code });
}

/** Everything a host can list; equal before and after means that nothing was written. */
export async function everything(ledger: Ledger): Promise<unknown> {
  const lists = await Promise.all([
    ledger.lots.list({ filter: { state: 'all' }, limit: 500 }),
    ledger.serials.list({ filter: { state: 'all' }, limit: 500 }),
    ledger.postings.list({ limit: 500 }),
    ledger.items.list({ limit: 500 }),
    ledger.templates.list({ limit: 500 }),
    ledger.warehouses.list({ limit: 500 }),
    ledger.codeTypes.list({ limit: 500 }),
    ledger.lotStatuses.list({ limit: 500 }),
    ledger.parties.list({ limit: 500 }),
  ]);
  return {
    seq: ledger.status().seq,
    lists: lists.map((page) => page.items),
    settings: await ledger.settings.get(),
  };
}

export interface Expected {
  readonly code: ErrorCode;
  /** The field to blame; not compared when left out. */
  readonly path?: string;
  /** `rejected` unless said. */
  readonly kind?: ErrorKind;
  readonly details?: object;
}

/** Runs something that must be refused with the code, path and kind, and proves that nothing was written. */
export async function refused(
  { ledger }: { readonly ledger: Ledger },
  act: () => unknown,
  expected: ErrorCode | Expected,
): Promise<LedgerError> {
  const {
    code,
    path,
    kind = 'rejected',
    details,
  }: Expected = typeof expected === 'string' ? { code: expected } : expected;
  const before = await everything(ledger);
  const error = await caught(act);
  expect({ code: error.code, kind: error.kind }).toEqual({ code, kind });
  if (path !== undefined) expect(error.path).toBe(path);
  if (details !== undefined) expect(error.details).toMatchObject(details);
  expect(await everything(ledger)).toEqual(before);
  return error;
}

/** The `LedgerError` something ends in. */
export async function caught(act: () => unknown): Promise<LedgerError> {
  try {
    await act();
  } catch (error) {
    if (isLedgerError(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

export { LedgerError };
