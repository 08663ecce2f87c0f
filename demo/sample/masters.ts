/** Master data that the three trades share: how codes are made, what states mean, kinds of posting. */
import type { Ledger } from 'lotledger';

type Input<K extends 'codeTypes' | 'lotStatuses' | 'warehouses' | 'templates' | 'items'> = Parameters<
  Ledger[K]['create']
>[0];

export type ItemInput = Input<'items'>;

export const codeTypes: readonly Input<'codeTypes'>[] = [
  {
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
  },
  {
    code: 'PH',
    kind: 'lot',
    description: 'Pharma: expiry month, number',
    parts: [
      { source: 'text', value: 'L' },
      { source: 'expiryYear', length: 2 },
      { source: 'expiryMonth', length: 2 },
      { source: 'text', value: '-' },
      { source: 'number', length: 3, fill: '0' },
    ],
    root: ['expiryYear', 'expiryMonth'],
    firstNumber: 1,
  },
  {
    code: 'SN',
    kind: 'serial',
    description: 'Serial of own devices',
    parts: [
      { source: 'text', value: 'NV' },
      { source: 'insertYear', length: 2 },
      { source: 'text', value: '-' },
      { source: 'number', length: 6, fill: '0' },
    ],
    firstNumber: 1001,
  },
  {
    code: 'UID',
    kind: 'serial',
    description: 'Identifier of one pack',
    parts: [{ source: 'number', length: 10, fill: '0' }],
    firstNumber: 4200017301,
  },
];

export const lotStatuses: readonly Input<'lotStatuses'>[] = [
  { code: 'RELEASED', description: 'Released', available: true, planning: true, intents: {} },
  {
    code: 'QUARANTINE',
    description: 'Quarantine',
    available: false,
    planning: true,
    intents: { sale: 'deny', production: 'deny', transfer: 'allow' },
  },
  {
    code: 'BLOCKED',
    description: 'Blocked',
    available: false,
    planning: false,
    intents: { sale: 'deny', production: 'deny', transfer: 'deny' },
  },
  {
    code: 'RESTRICTED',
    description: 'Restricted',
    available: true,
    planning: true,
    intents: { sale: 'warn', production: 'allow' },
  },
];

type Place = NonNullable<Input<'warehouses'>['locations']>[number];

const places = (
  ...rows: readonly (readonly [code: string, description: string, policy?: Omit<Place, 'code'>])[]
): Place[] => rows.map(([code, description, policy]) => ({ code, description, ...policy }));

export const warehouses: readonly Input<'warehouses'>[] = [
  {
    code: 'MAIN',
    description: 'Main warehouse',
    locations: places(
      ['A-01', 'Rack A, level 1'],
      ['A-02', 'Rack A, level 2'],
      ['B-01', 'Rack B, level 1'],
      ['B-02', 'Rack B, back row'],
      ['S-04', 'Packaging'],
      ['Q-01', 'Quarantine cage', { quarantine: true }],
    ),
  },
  {
    code: 'COLD',
    description: 'Cold store',
    locations: places(['F-02', 'Freezer 2'], ['F-08', 'Floor 8'], ['F-11', 'Floor 11'], ['F-12', 'Floor 12']),
  },
  {
    code: 'AGEING',
    description: 'Ageing room',
    locations: places(['R-07', 'Shelves 7'], ['R-08', 'Shelves 8']),
  },
  {
    code: 'TECH',
    description: 'Electronics',
    locations: places(['T-01', 'Cabinet 1'], ['T-02', 'Cabinet 2'], ['RMA', 'Repairs']),
  },
  {
    code: 'PHARMA',
    description: 'Pharma store',
    locations: places(['P-01', 'Room 1'], ['P-02', 'Room 2'], ['CR-01', 'Cold room, 2–8 °C']),
  },
];

/** Every kind of posting, in every warehouse; those that bring their opposite side along stand behind it. */
const kinds: readonly Omit<Input<'templates'>, 'warehouse'>[] = [
  { code: 'LOA', description: 'Purchase load', type: 'load', intent: 'purchase' },
  { code: 'PRO', description: 'Production load', type: 'load', intent: 'production' },
  { code: 'TRI', description: 'Transfer in', type: 'load', intent: 'transfer', allowTopUp: true },
  { code: 'SAL', description: 'Sales unload', type: 'unload', intent: 'sale' },
  { code: 'TRO', description: 'Transfer within', type: 'unload', intent: 'transfer' },
  { code: 'SCR', description: 'Scrap', type: 'unload', intent: 'scrap', allowUnavailable: true },
];

const tracked = { tracksLots: true, tracksSerials: true } as const;

const everywhere: readonly Input<'templates'>[] = warehouses.flatMap(({ code: warehouse }) =>
  kinds.map((kind) => ({
    ...kind,
    ...tracked,
    warehouse,
    ...(kind.type === 'load' ? { generatesSerials: true } : {}),
    ...(kind.code === 'TRO' ? { counterpart: { warehouse, template: 'TRI' } } : {}),
  })),
);

/** Between the dairy's warehouses, into its quarantine, and what it makes of what. */
const paired: readonly Input<'templates'>[] = [
  {
    ...{ warehouse: 'COLD', code: 'ARR', description: 'Arrival from the main warehouse' },
    ...{ type: 'load', intent: 'transfer', allowTopUp: true, defaultLocation: 'F-08' },
    ...tracked,
  },
  {
    ...{ warehouse: 'MAIN', code: 'TRC', description: 'Transfer to the cold store' },
    ...{ type: 'unload', intent: 'transfer', counterpart: { warehouse: 'COLD', template: 'ARR' } },
    ...tracked,
  },
  {
    ...{ warehouse: 'MAIN', code: 'QIN', description: 'Arrival in quarantine' },
    ...{ type: 'load', intent: 'transfer', allowTopUp: true, defaultLocation: 'Q-01' },
    ...tracked,
  },
  {
    ...{ warehouse: 'MAIN', code: 'QUA', description: 'Into quarantine' },
    ...{ type: 'unload', intent: 'transfer', counterpart: { warehouse: 'MAIN', template: 'QIN' } },
    ...tracked,
  },
  {
    ...{ warehouse: 'MAIN', code: 'CON', description: 'Components used' },
    ...{ type: 'unload', intent: 'production' },
    ...tracked,
  },
  {
    ...{ warehouse: 'MAIN', code: 'MAK', description: 'Production with its components' },
    ...{ type: 'load', intent: 'production', explodeComponents: true },
    ...{ defaultLocation: 'B-01', counterpart: { warehouse: 'MAIN', template: 'CON' } },
    ...tracked,
  },
];

export const templates: readonly Input<'templates'>[] = [...everywhere, ...paired];
