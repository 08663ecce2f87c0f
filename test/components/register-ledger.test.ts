/** The register over a real ledger: every filter a box can say is asked, groups hold what the list holds. */
import { beforeAll, expect, it } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import type { RegisterField } from '../../src/components/controllers/register/options.ts';
import { RegisterController } from '../../src/components/controllers/register/register-controller.ts';
import type { QueryCapabilities } from '../../src/components/core.ts';
import { type Ledger, type Lot, openLedger } from '../../src/core/index.ts';

const ITEMS = ['BUTTER', 'CHEESE', 'MILK'];

let ledger: Ledger;

beforeAll(async () => {
  ledger = await openLedger(memory(), {
    actor: 'maria',
    timeZone: 'Europe/Rome',
    now: () => new Date('2026-11-22T09:00:00Z'),
  });
  await ledger.lotStatuses.create({ code: 'HOLD', description: 'On hold', available: false });
  for (const code of ITEMS) {
    await ledger.items.create({
      code,
      unit: { code: code === 'MILK' ? 'PCE' : 'KG', decimals: 3 },
      lots: {},
    });
  }
  for (let i = 0; i < 240; i++) {
    await ledger.lots.create({
      item: ITEMS[i % 3] as string,
      code: `${2025 + (i % 2)}-${String(i).padStart(3, '0')}`,
      status: i % 4 === 0 ? 'HOLD' : null,
      expiryDate: i % 5 === 0 ? null : `2026-12-${String(1 + (i % 28)).padStart(2, '0')}`,
    });
  }
});

const fields: readonly RegisterField[] = [
  { key: 'code', type: 'code', sort: 'code', filter: 'code' },
  { key: 'item', type: 'text', sort: 'item', filter: 'item', group: 'item' },
  { key: 'status', type: 'text', filter: 'status', group: 'status' },
  { key: 'expiryDate', type: 'date', sort: 'expiryDate', filter: 'expiryDate', group: 'expiryDate' },
  { key: 'onHand', type: 'quantity', sort: 'onHand', filter: 'onHand', sum: 'onHand' },
];

function register(mode: 'pages' | 'window' = 'pages') {
  const failures: unknown[] = [];
  const controller = new RegisterController<Lot>({
    list: (query, signal) => ledger.lots.list(query, { signal }),
    values: (field, query, signal) => ledger.lots.values(field, query, { signal }),
    summary: (query, signal) => ledger.lots.summary(query, { signal }),
    get: (id) => ledger.lots.get(id),
    capabilities: () => ledger.capabilities.queries['lots.list'] as QueryCapabilities,
    fields: () => fields,
    presets: () => [{ id: 'all', filter: {} }],
    preset: 'all',
    sort: 'code',
    limit: 25,
    mode: () => mode,
    changed: () => {},
    failed: (error) => failures.push(error),
  });
  return { controller, failures };
}

/** Nothing is being read, and what was read has been taken in. */
async function settled({ requests }: RegisterController<Lot>): Promise<void> {
  do {
    await requests.idle();
    await new Promise((taken) => setTimeout(taken));
  } while (requests.pending > 0);
}

it.each([
  ['code', '2026%', (lot: Lot) => lot.code.startsWith('2026')],
  ['code', '01_', (lot: Lot) => /^01.$/.test(lot.code)],
  ['code', '-01', (lot: Lot) => lot.code.includes('-01')],
  ['code', '=2026-001', (lot: Lot) => lot.code === '2026-001'],
  ['code', '2026-001;2025-002', (lot: Lot) => ['2026-001', '2025-002'].includes(lot.code)],
  ['status', '=', (lot: Lot) => lot.status === null],
  ['status', '!', (lot: Lot) => lot.status !== null],
  ['item', 'cheese;milk', (lot: Lot) => lot.item !== 'BUTTER'],
  ['expiryDate', '12/2026', (lot: Lot) => lot.expiryDate !== null],
  ['expiryDate', '10/12/2026..', (lot: Lot) => lot.expiryDate !== null && lot.expiryDate >= '2026-12-10'],
  ['expiryDate', '<10/12/2026', (lot: Lot) => lot.expiryDate !== null && lot.expiryDate < '2026-12-10'],
  ['expiryDate', '=', (lot: Lot) => lot.expiryDate === null],
  ['onHand', '>0', () => false],
  ['onHand', '0', () => true],
])('asks %s %s of the ledger', async (name, text, matches) => {
  const { controller, failures } = register();
  const types = new Map(
    fields.map((field) => [
      field.filter ?? field.key,
      { type: field.type, comparisons: controller.offers.comparisons(field.filter ?? '') },
    ]),
  );
  controller.filterRow.describe(types, { locale: 'it', today: '2026-11-22' });
  controller.connect(true);
  controller.filterRow.type(name, text, true);
  expect(controller.filterRow.problem(name)).toBeUndefined();
  await settled(controller);
  const all = (await ledger.lots.list({ limit: 500 })).items;
  expect(failures).toEqual([]);
  expect(controller.total).toBe(all.filter(matches).length);
  expect(controller.rows.every(matches)).toBe(true);
  controller.disconnect();
});

it('goes through all pages, and to any', async () => {
  const { controller } = register();
  controller.setState({ sort: ['-item', 'expiryDate', 'code'] });
  controller.connect(true);
  await settled(controller);
  const all = (await ledger.lots.list({ sort: ['-item', 'expiryDate', 'code'], limit: 500 })).items;
  const seen: string[] = [];
  for (;;) {
    seen.push(...controller.rows.map(({ id }) => id));
    if (!controller.hasNext) break;
    controller.next();
    await settled(controller);
  }
  expect(seen).toEqual(all.map(({ id }) => id));
  controller.goTo(4);
  await settled(controller);
  expect(controller.rows.map(({ id }) => id)).toEqual(seen.slice(100, 125));
  const every: string[] = [];
  for await (const page of controller.everyRow()) every.push(...page.map(({ id }) => id));
  expect(every).toEqual(seen);
  controller.disconnect();
});

it('holds in its groups what the list holds, with the same sums', async () => {
  const { controller } = register();
  controller.setState({ group: ['item', 'status'], filters: { code: { like: '2026%' } } });
  controller.connect(true);
  await settled(controller);
  expect(controller.total).toBe(120);
  for (let opened = true; opened; ) {
    opened = false;
    for (const line of controller.groups.lines) {
      if (line.kind !== 'group' || line.open) continue;
      controller.groups.toggle(line.path);
      opened = true;
    }
    await settled(controller);
  }
  const ids = controller.rows.map(({ id }) => id).sort();
  const all = (await ledger.lots.list({ filter: { code: { like: '2026%' } }, limit: 500 })).items;
  expect(ids).toEqual(all.map(({ id }) => id).sort());
  for (const line of controller.groups.lines) {
    if (line.kind !== 'group' || line.level === 0) continue;
    const [item, status] = line.path;
    const own = all.filter((lot) => lot.item === item?.value && lot.status === status?.value);
    expect(line.group.count).toBe(own.length);
  }
  controller.disconnect();
});

it('lists the values of a field with their numbers', async () => {
  const { controller } = register();
  controller.connect(true);
  controller.valueLists.show('status');
  await settled(controller);
  expect(controller.valueLists.items).toEqual([
    { value: 'HOLD', label: 'On hold', count: 60 },
    { value: null, label: null, count: 180 },
  ]);
  controller.valueLists.check(null);
  controller.valueLists.apply();
  await settled(controller);
  expect(controller.total).toBe(180);
  controller.disconnect();
});

it('reads a window anywhere', async () => {
  const { controller } = register('window');
  controller.connect(true);
  await settled(controller);
  controller.show(215, 240);
  await expect.poll(() => controller.line(239).kind).toBe('row');
  const all = (await ledger.lots.list({ sort: ['code'], limit: 500 })).items;
  expect(controller.rows.map(({ id }) => id)).toEqual(all.slice(215).map(({ id }) => id));
  controller.disconnect();
});
