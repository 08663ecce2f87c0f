/** Makes the world of one run: its items, warehouses, templates and statuses; the settings come from the seed. */
import type { SettingsPlan, TemplatePlan, World } from './world.ts';

const TEMPLATES: readonly Omit<TemplatePlan, 'warehouse' | 'tracksLots' | 'tracksSerials'>[] = [
  { code: 'LOA', type: 'load', intent: 'purchase', generatesSerials: true },
  { code: 'TOP', type: 'load', intent: 'production', allowTopUp: true },
  { code: 'UNL', type: 'unload', intent: 'sale' },
  { code: 'PRD', type: 'unload', intent: 'production' },
  { code: 'ANY', type: 'unload', intent: 'transfer', allowUnavailable: true },
  { code: 'SCR', type: 'unload', intent: 'scrap' },
];

/** An unload and the load on its other side. */
const sides = (
  intent: string,
  [from, unload]: readonly [string, string],
  [to, load]: readonly [string, string],
): Omit<TemplatePlan, 'tracksLots' | 'tracksSerials'>[] => [
  { warehouse: to, code: load, type: 'load', intent, generatesSerials: true },
  { warehouse: from, code: unload, type: 'unload', intent, counterpart: { warehouse: to, template: load } },
];

/** Those that are named come before those that name them. */
const PAIRED: readonly Omit<TemplatePlan, 'tracksLots' | 'tracksSerials'>[] = [
  ...sides('transfer', ['MAIN', 'TO-SHOP'], ['SHOP', 'IN-MAIN']),
  ...sides('transfer', ['SHOP', 'TO-MAIN'], ['MAIN', 'IN-SHOP']),
  ...sides('transfer', ['MAIN', 'TO-ROAD'], ['ROAD', 'ON']),
  ...sides('transfer', ['ROAD', 'OFF'], ['SHOP', 'IN-ROAD']),
  ...sides('transfer', ['MAIN', 'PUT'], ['MAIN', 'GET']),
  ...sides('production', ['MAIN', 'MIX'], ['MAIN', 'MADE']),
  ...sides('production', ['MAIN', 'USE'], ['SHOP', 'DONE']),
  { warehouse: 'MAIN', code: 'FOUND', type: 'load', intent: 'count', counting: true },
  {
    warehouse: 'MAIN',
    code: 'LOST',
    type: 'unload',
    intent: 'count',
    counting: true,
    counterpart: { warehouse: 'MAIN', template: 'FOUND' },
  },
  { warehouse: 'MAIN', code: 'FORKED', type: 'load', intent: 'other' },
  {
    warehouse: 'MAIN',
    code: 'FORK',
    type: 'unload',
    intent: 'other',
    createsLotFromLot: true,
    counterpart: { warehouse: 'MAIN', template: 'FORKED' },
  },
  { warehouse: 'MAIN', code: 'USED', type: 'unload', intent: 'production' },
  {
    warehouse: 'MAIN',
    code: 'MAKE',
    type: 'load',
    intent: 'production',
    generatesSerials: true,
    counterpart: { warehouse: 'MAIN', template: 'USED' },
  },
];

/** The world of one run; the settings come from its seed. */
export function makeWorld(settings: SettingsPlan): World {
  const template = (warehouse: string) => (each: (typeof TEMPLATES)[number]) => ({
    ...each,
    warehouse,
    tracksLots: true,
    tracksSerials: true,
  });
  const piece = { code: 'PCE', decimals: 0 };
  return {
    today: '2026-06-20',
    settings,
    codeTypes: [
      {
        code: 'YM',
        kind: 'lot',
        parts: [
          { source: 'insertYear', length: 4 },
          { source: 'insertMonth', length: 2, fill: '0' },
          { source: 'number', length: 4, fill: '0' },
        ],
        root: ['insertYear', 'insertMonth'],
        firstNumber: 1,
      },
      {
        code: 'SHORT',
        kind: 'lot',
        parts: [
          { source: 'itemCode', length: 2 },
          { source: 'text', value: '-' },
          { source: 'number', length: 2, fill: '0' },
        ],
      },
      {
        code: 'SN',
        kind: 'serial',
        parts: [
          { source: 'text', value: 'S' },
          { source: 'number', length: 6, fill: '0' },
        ],
        firstNumber: 1,
      },
    ],
    statuses: [
      { code: 'GOOD', available: true, intents: { sale: 'allow' } },
      { code: 'QUAR', available: false, intents: { sale: 'deny', production: 'deny', transfer: 'deny' } },
      { code: 'NOSALE', available: true, intents: { sale: 'deny', production: 'warn' } },
    ],
    transitions: [
      { code: 'HOLD', kind: 'lot', to: 'QUAR' },
      { code: 'FREE', kind: 'lot', from: ['QUAR'], to: 'GOOD' },
    ],
    items: [
      { code: 'MILK', unit: piece, lots: { codeType: 'YM', withdrawal: 'fefo', shelfLifeDays: 30 } },
      {
        code: 'Cheese',
        unit: { code: 'KG', decimals: 3 },
        alternativeUnits: [{ code: 'LB', num: 45359237, den: 100000000 }],
        lots: { codeType: 'YM', withdrawal: 'fifo', expiryRequired: true, warnDays: 10, blockDays: 3 },
      },
      {
        code: 'WINE',
        unit: { code: 'L', decimals: 2 },
        variants: [{ code: 'RED' }, { code: 'WHITE' }],
        lots: { codeType: 'SHORT', withdrawal: 'lifo', singleSupplier: true, startDateFrom: 'document' },
      },
      {
        code: 'GOLD',
        unit: piece,
        lots: {
          codeType: 'YM',
          withdrawal: 'manual',
          initialStatus: 'QUAR',
          shelfLifeDays: 20,
          expiryRounding: 'lastDayOfMonth',
          expiryEditable: false,
        },
      },
      { code: 'PHONE', unit: piece, serials: { codeType: 'SN', generation: 'automatic' } },
      {
        code: 'PUMP',
        unit: piece,
        alternativeUnits: [{ code: 'PAIR', num: 2, den: 1 }],
        lots: { codeType: 'YM', withdrawal: 'fefo' },
        serials: { codeType: 'SN', generation: 'automatic' },
      },
      { code: 'SCREW', unit: piece, alternativeUnits: [{ code: 'BOX', num: 10, den: 1 }] },
    ],
    warehouses: [
      { code: 'MAIN', locations: [{ code: 'A-01' }, { code: 'B-01' }, { code: 'Q-01', quarantine: true }] },
      { code: 'SHOP' },
      { code: 'ROAD', kind: 'transit' },
    ],
    paired: PAIRED.map((each) => ({ ...each, tracksLots: true, tracksSerials: true })),
    templates: [
      ...TEMPLATES.map(template('MAIN')),
      ...TEMPLATES.map(template('SHOP')),
      { ...template('MAIN')({ code: 'RET', type: 'load', intent: 'customerReturn' }) },
      { ...template('SHOP')({ code: 'PTY', type: 'unload', intent: 'sale', requireParty: true }) },
      {
        warehouse: 'SHOP',
        code: 'BARE',
        type: 'load',
        intent: 'other',
        tracksLots: false,
        tracksSerials: false,
      },
    ],
  };
}
