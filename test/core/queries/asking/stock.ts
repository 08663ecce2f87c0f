/**
 * A ledger of lots, serials and postings made by chance, the same from the same seed: codes in several
 * spellings, quantities of several units, some beyond what a number holds, places, statuses, attributes.
 */
import { type Ledger, openLedger, type StoreAdapter } from '../../../../src/core/index.ts';
import type { Chance } from '../../../judge/chance.ts';

const DAY = 86_400_000;
/** The morning of the day it is, once the stock is made. */
export const NOW = Date.UTC(2026, 10, 22, 9);

const ITEMS = [
  { code: 'MILK', description: 'Whole milk 1 L', unit: { code: 'PCE', decimals: 0 } },
  {
    code: 'Milk-2',
    description: 'Skimmed',
    unit: { code: 'KG', decimals: 3 },
    variants: [{ code: 'X' }, { code: 'Y' }],
  },
  { code: 'MILK-10', description: null, unit: { code: 'kg', decimals: 2 } },
  { code: 'FLOUR_1', description: '100% wheat', unit: { code: 'KG', decimals: 3 } },
];
const SUPPLIERS = ['S1', 's1', 'S2', 'S10', 'S02', null];
const STATUSES = ['OK', 'ok', 'QA', 'WARN', null];

const either = (chance: Chance, code: string): string => (chance.oneIn(3) ? code.toLowerCase() : code);

/** A day within about half a year around today. */
export const dayFrom = (chance: Chance): string =>
  new Date(Date.UTC(2026, 8, 1) + chance.below(180) * DAY).toISOString().slice(0, 10);

async function masters(ledger: Ledger): Promise<void> {
  await ledger.lotStatuses.create({ code: 'OK', description: 'Free' });
  await ledger.lotStatuses.create({ code: 'QA', description: 'Quarantine', available: false });
  await ledger.lotStatuses.create({
    code: 'WARN',
    intents: { sale: 'warn', production: 'deny' },
    planning: false,
  });
  for (const code of ['A', 'B2', 'B10']) await ledger.grades.create({ code, description: `Grade ${code}` });
  for (const code of ['RAW', 'END']) await ledger.lotTypes.create({ code });
  for (const item of ITEMS) await ledger.items.create({ ...item, lots: {} });
  const pieces = { unit: { code: 'PCE', decimals: 0 }, serials: {} };
  await ledger.items.create({ code: 'PHONE', description: 'Phone', lots: {}, ...pieces });
  await ledger.items.create({ code: 'CASE', ...pieces });
  await ledger.warehouses.create({
    code: 'MAIN',
    description: 'Main warehouse',
    locations: [{ code: 'A-2', description: 'Second shelf' }, { code: 'A-10' }],
  });
  await ledger.warehouses.create({ code: 'SHOP', description: 'Shop' });
  await ledger.warehouses.create({ code: 'Shop-2', locations: [{ code: 'A-2' }] });
  for (const warehouse of ['MAIN', 'SHOP', 'Shop-2']) {
    const tracks = { tracksLots: true, tracksSerials: true, allowTopUp: true };
    const description = warehouse === 'SHOP' ? 'Goods in' : 'Load';
    await ledger.templates.create({
      warehouse,
      code: 'IN',
      description,
      type: 'load',
      intent: 'purchase',
      ...tracks,
    });
    await ledger.templates.create({
      warehouse,
      code: 'OUT',
      description: 'Out',
      type: 'unload',
      intent: 'sale',
      ...tracks,
    });
  }
  await ledger.parties.create({ kind: 'supplier', code: 'S1', name: 'Dairy Ltd' });
  await ledger.parties.create({ kind: 'supplier', code: 'S10', name: 'Milling Co' });
  await ledger.parties.create({ kind: 'customer', code: 'C1', name: 'Bistro' });
}

const places = [
  ['MAIN', 'A-2'],
  ['MAIN', 'A-10'],
  ['SHOP', null],
  ['Shop-2', 'A-2'],
] as const;

interface Made {
  readonly id: string;
  readonly item: string;
  readonly variant: string | null;
  readonly code: string;
}

/** Makes lots by chance, each with an id of its own; most are loaded somewhere, some sold, closed, blocked. */
export class Stock {
  readonly ledger: Ledger;
  readonly #chance: Chance;
  readonly #lots: Made[] = [];
  #commands = 0;

  private constructor(ledger: Ledger, chance: Chance) {
    this.ledger = ledger;
    this.#chance = chance;
  }

  /** A ledger with master data, so many lots and half as many pieces. */
  static async made(store: StoreAdapter, chance: Chance, lots: number): Promise<Stock> {
    const clock = { time: NOW - 3 * DAY };
    const ledger = await openLedger(store, {
      actor: 'maria',
      timeZone: 'Europe/Rome',
      now: () => new Date(clock.time),
      permissions: ['lot.reopen', 'posting.backdate', 'status.change', 'recall.open', 'expiry.edit'],
    });
    await masters(ledger);
    const stock = new Stock(ledger, chance);
    // made within three days, then it is the morning of today
    const step = (2 * DAY) / (3 * lots);
    for (let i = 0; i < lots; i++, clock.time += step) await stock.lot();
    for (let i = 0; i < lots; i += 2, clock.time += step) await stock.serial();
    for (let i = 0; i < lots; i++, clock.time += step) await stock.change();
    clock.time = NOW;
    return stock;
  }

  #id(): { commandId: string } {
    this.#commands++;
    return { commandId: `made-${this.#commands}` };
  }

  async lot(): Promise<void> {
    const chance = this.#chance;
    const item = chance.pick(ITEMS).code;
    const variant = item === 'Milk-2' ? chance.pick(['X', 'y', 'Y']) : null;
    // items share codes, in several spellings; some differ in a zero alone
    const nth = this.#lots.filter((lot) => lot.item === item).length;
    const code = `${chance.pick(['L', 'l', 'L0', 'l00', 'Z_', 'Z%'])}${nth}`;
    const day = (): string | null => (chance.oneIn(4) ? null : dayFrom(chance));
    const made = await this.ledger.lots.create(
      {
        item: either(chance, item),
        variant,
        code,
        startDate: '2026-08-01',
        expiryDate: day(),
        bestBefore: day(),
        supplier: chance.pick(SUPPLIERS),
        supplierLot: chance.pick(['V1', 'v1', 'V10', 'V2', null]),
        status: chance.pick(STATUSES),
        grade: chance.pick(['A', 'B2', 'B10', null]),
        lotType: chance.pick(['RAW', 'end', null]),
        manufacturer: chance.pick(['Hof', 'hof', null]),
        description: chance.pick(['Fresh', 'fresh 100%', 'a_b', null]),
        sellable: !chance.oneIn(5),
        attributes: chance.pick<Record<string, string | number>>([
          { colour: 'red' },
          { colour: 'Blue', size: 2 },
          { size: 10 },
          {},
        ]),
      },
      this.#id(),
    );
    this.#lots.push({ id: made.id, item, variant, code });
    if (!chance.oneIn(4)) await this.load();
  }

  /** Loads the lot made last somewhere; once in a while more than a number holds exactly, summed. */
  async load(): Promise<void> {
    const chance = this.#chance;
    const { item, variant, code } = this.#lots.at(-1) as Made;
    const [warehouse, location] = chance.pick(places);
    const decimals = ITEMS.find((each) => each.code === item)?.unit.decimals ?? 0;
    const steps = chance.oneIn(4) ? 9 * 10 ** 14 + chance.below(9) : 1 + chance.below(99_999);
    const quantity = (BigInt(steps) / 10n ** BigInt(decimals) || 1n).toString();
    await this.ledger.postings.post(
      {
        warehouse,
        template: 'IN',
        date: '2026-11-15',
        party: chance.pick([{ kind: 'supplier', code: 'S1' }, { kind: 'supplier', code: 's2' }, null]),
        note: chance.pick(['fresh', null]),
        project: chance.pick(['P1', 'p1', null]),
        lines: [{ item, variant, quantity, location, lots: [{ code, quantity }] }],
      },
      this.#id(),
    );
  }

  async serial(): Promise<void> {
    const chance = this.#chance;
    const [warehouse, location] = chance.pick(places);
    const item = chance.pick(['PHONE', 'CASE']);
    const code = `SN${this.#commands}`;
    const lot = item === 'PHONE' ? chance.pick(['PL-2', 'PL-10', 'PL-3']) : null;
    const line = {
      item,
      quantity: 1,
      location,
      serials: [{ code }],
      ...(lot ? { lots: [{ code: lot, quantity: 1 }] } : {}),
    };
    const post = (template: string, party: { kind: string; code: string } | null) =>
      this.ledger.postings.post(
        { warehouse, template, date: '2026-11-16', party, lines: [line] } as never,
        this.#id(),
      );
    await post('IN', { kind: 'supplier', code: 'S10' });
    if (chance.oneIn(3))
      await post(
        'OUT',
        chance.pick([
          { kind: 'customer', code: 'C1' },
          { kind: 'customer', code: 'c2' },
        ]),
      );
  }

  /** Something changes: a lot is moved in every order, closed, reopened, or loaded somewhere else. */
  async change(): Promise<void> {
    const chance = this.#chance;
    const { id } = chance.pick(this.#lots);
    const patch = chance.pick([
      { status: chance.pick(STATUSES) },
      { expiryDate: dayFrom(chance) },
      { supplier: chance.pick(SUPPLIERS) },
      { closed: true },
      { closed: false },
      { attributes: { colour: chance.pick(['red', 'Blue', null]) } },
    ]);
    await this.ledger.lots.update(id, patch, { reason: 'by chance', ...this.#id() });
    if (chance.oneIn(4)) await this.lot();
  }
}
