/** Rows for the registers page: a dairy on 22 November 2026, with every state a lot can be in. */
import type { Item, Lot, LotStatus, Posting, Serial } from '../../../src/components/core.ts';
import { expiryDays } from '../../../src/components/i18n/expiry.ts';

export const TODAY = '2026-11-22';

type Short = readonly [
  code: string,
  item: string,
  status: string | null,
  expiry: string | null,
  onHand: string,
  reserved: string,
  places: readonly (readonly [place: string, loaded: string, onHand: string, reserved: string])[],
  vendorLot: string | null,
  supplier: string | null,
];

const descriptions: Readonly<
  Record<string, readonly [text: string, unit: string, decimals: number, life: number | null]>
> = {
  'YOG-NAT': ['Yoghurt natural 150 g', 'PCE', 0, 30],
  'CREAM-35': ['Cream 35 % 500 ml', 'PCE', 0, 30],
  MILK: ['Whole milk 1 L', 'PCE', 0, 30],
  RICOTTA: ['Ricotta, bulk', 'KG', 3, 20],
  BUTTER: ['Butter unsalted 250 g', 'PCE', 0, 120],
  'CULT-02': ['Starter culture, frozen', 'KG', 3, 360],
  'PARM-24': ['Parmigiano 24 months', 'KG', 3, 700],
  'LID-95': ['Lid 95 mm, aluminium', 'PCE', 0, null],
};

const short: readonly Short[] = [
  ['202610061', 'YOG-NAT', null, '2026-10-22', '0', '0', [['MAIN/Q-02', '900', '0', '0']], null, null],
  ['202610088', 'YOG-NAT', null, '2026-11-19', '312', '0', [['MAIN/Q-02', '600', '312', '0']], null, null],
  ['202611002', 'CREAM-35', null, '2026-11-22', '96', '96', [['MAIN/B-01', '480', '96', '96']], null, null],
  [
    '202611005',
    'MILK',
    'REL',
    '2026-11-26',
    '1840',
    '720',
    [
      ['MAIN/A-01', '2000', '1000', '720'],
      ['MAIN/A-02', '840', '840', '0'],
    ],
    'DN-4471',
    'Dairy Ltd',
  ],
  [
    '202611007',
    'RICOTTA',
    'BLK',
    '2026-11-28',
    '184.25',
    '0',
    [['MAIN/Q-01', '184.25', '184.25', '0']],
    'R-0918',
    'Caseificio Bassi',
  ],
  [
    '202611009',
    'MILK',
    'BLK',
    '2026-11-30',
    '400',
    '0',
    [['MAIN/A-03', '400', '400', '0']],
    'DN-4488',
    'Dairy Ltd',
  ],
  [
    '202611011',
    'MILK',
    'REL',
    '2026-12-11',
    '6240',
    '1500',
    [
      ['COLD/F-08', '1200', '1200', '0'],
      ['MAIN/A-01', '4000', '3120', '900'],
      ['MAIN/A-04', '2400', '1920', '600'],
    ],
    'DN-4502',
    'Dairy Ltd',
  ],
  [
    '202611012',
    'MILK',
    'QUA',
    '2026-12-13',
    '2400',
    '0',
    [['MAIN/Q-01', '2400', '2400', '0']],
    'DN-4519',
    'Dairy Ltd',
  ],
  [
    '202611014',
    'CREAM-35',
    null,
    '2026-12-16',
    '1120',
    '240',
    [['MAIN/B-02', '1120', '1120', '240']],
    null,
    null,
  ],
  ['202610074', 'BUTTER', null, '2027-01-13', '3360', '0', [['COLD/F-11', '3360', '3360', '0']], null, null],
  [
    '202610090',
    'BUTTER',
    null,
    '2027-01-27',
    '2880',
    '480',
    [['COLD/F-12', '3000', '2880', '480']],
    null,
    null,
  ],
  [
    'C-77120',
    'CULT-02',
    'BLK',
    '2027-02-18',
    '14.5',
    '0',
    [['COLD/F-02', '20', '14.5', '0']],
    '77120/B',
    'Lactobio SA',
  ],
  [
    'P26-0417',
    'PARM-24',
    'RES',
    '2027-04-12',
    '861.4',
    '120',
    [['AGEING/R-07', '900', '861.4', '120']],
    '26-0417',
    'Caseificio Bassi',
  ],
  [
    'C-77204',
    'CULT-02',
    null,
    '2027-06-13',
    '22',
    '2.25',
    [['COLD/F-02', '22', '22', '2.25']],
    '77204/A',
    'Lactobio SA',
  ],
  [
    'LID-0933',
    'LID-95',
    null,
    null,
    '48000',
    '12000',
    [['PACK/S-04', '50000', '48000', '12000']],
    null,
    null,
  ],
];

/** Exact difference of two short decimal strings; good enough for a page's sample rows. */
const minus = (a: string, b: string): string => String(Math.round((Number(a) - Number(b)) * 1000) / 1000);

const base = {
  version: 1,
  variant: null,
  reference: null,
  description: null,
  grade: null,
  lotType: null,
  manufacturer: null,
  manufactureDate: null,
  bestBefore: null,
  packageCount: null,
  notes: null,
  labelType: null,
  recall: null,
  attributes: {},
  codeLocked: false,
  referenced: true,
  createdAt: '2026-11-11T08:00:00Z',
  updatedAt: '2026-11-21T15:40:00Z',
} as const;

function lot([code, item, status, expiryDate, onHand, reserved, places, supplierLot, supplier]: Short): Lot {
  const [text = '', unit = 'PCE', decimals = 0] = descriptions[item] ?? [];
  const daysLeft = expiryDate === null ? null : expiryDays(expiryDate, TODAY);
  const stopped = status === 'BLK' || status === 'QUA' || (daysLeft !== null && daysLeft < 0);
  return {
    ...base,
    id: `lot-${code}`,
    item,
    itemDescription: text,
    code,
    status,
    supplier,
    supplierName: supplier,
    supplierLot,
    manufacturer: supplier === 'Dairy Ltd' ? 'Latteria Alta Valle' : null,
    startDate: '2026-11-11',
    retestDate: null,
    removalDate: null,
    planning: true,
    blockRule: null,
    inspection: null,
    expiryDate,
    initialQuantity: places[0]?.[1] ?? null,
    sellable: true,
    closed: false,
    exhausted: onHand === '0',
    state: onHand === '0' ? 'closed' : 'open',
    expired: daysLeft !== null && daysLeft < 0,
    daysLeft,
    unit: { code: unit, decimals },
    onHand,
    closedQuantity: '0',
    reserved,
    available: stopped ? '0' : minus(onHand, reserved),
    stock: places.map(([place, loaded, here, held]) => ({
      warehouse: place.split('/')[0] ?? '',
      location: place.split('/')[1] ?? null,
      loaded,
      onHand: here,
      closedQuantity: '0',
      reserved: held,
      available: stopped ? '0' : minus(here, held),
    })),
  };
}

/** So many lots: the dairy's own, then more of the same under running codes. */
export function sampleLots(count: number): Lot[] {
  return Array.from({ length: count }, (_, i) => {
    const row = short[i % short.length] as Short;
    return lot(
      i < short.length
        ? row
        : ([`${row[0]}-${Math.floor(i / short.length)}`, ...(row.slice(1) as never)] as never),
    );
  });
}

const holder = { kind: 'customer', code: 'C-104', name: 'Ospedale San Luca' };

/** So many serials, in stock, out, blocked and missing in turn. */
export function sampleSerials(count: number): Serial[] {
  return Array.from({ length: count }, (_, i): Serial => {
    const out = i % 4 === 1;
    return {
      ...base,
      id: `serial-${i}`,
      item: 'PUMP-3',
      itemDescription: 'Infusion pump, type 3',
      code: `IP3-26-${String(1041 + i).padStart(5, '0')}`,
      lot: i % 3 === 0 ? 'LP-2611' : null,
      lotId: i % 3 === 0 ? 'lot-LP-2611' : null,
      status: i % 7 === 3 ? 'BLK' : null,
      customerSerial: out ? `SL-${500 + i}` : null,
      supplierSerial: i % 2 === 0 ? `V${90_000 + i}` : null,
      supplier: null,
      startDate: '2026-11-02',
      expiryDate: i % 5 === 0 ? '2026-12-01' : null,
      parent: null,
      cancelled: false,
      closed: false,
      reserved: i % 6 === 2,
      missing: i % 9 === 8,
      exhausted: out,
      state: out ? 'closed' : 'open',
      expired: false,
      daysLeft: i % 5 === 0 ? 9 : null,
      warehouse: out ? null : 'MAIN',
      location: out ? null : `A-0${1 + (i % 4)}`,
      holder: out ? holder : null,
      onHand: out ? '0' : '1',
      available: out ? '0' : '1',
    };
  });
}

/** So many postings, newest first; each third one unloads, the fifth was taken back. */
export function samplePostings(count: number): Posting[] {
  return Array.from({ length: count }, (_, i): Posting => {
    const unload = i % 3 === 1;
    const number = count - i;
    return {
      id: `posting-${i}`,
      number,
      numberText: `2026/11/22-${String(number).padStart(3, '0')}`,
      key: null,
      warehouse: i % 4 === 0 ? 'COLD' : 'MAIN',
      template: unload ? 'UNL' : 'LOA',
      type: unload ? 'unload' : 'load',
      intent: unload ? 'sale' : 'purchase',
      date: TODAY,
      document:
        i % 2 === 0
          ? { type: 'purchaseDeliveryNote', number: `DN-${4500 + i}`, date: TODAY, url: null }
          : null,
      internalDocument: null,
      party: unload
        ? { kind: 'customer', code: 'C-12', name: 'Coop Nord' }
        : { kind: 'supplier', code: 'S-1', name: 'Dairy Ltd' },
      project: null,
      note: i % 5 === 2 ? 'Two pallets, one label missing' : null,
      lines: Array.from({ length: 1 + (i % 3) }, (_line, n) => ({
        id: `${i}.${n}`,
        item: n === 1 ? 'RICOTTA' : 'MILK',
        variant: null,
        quantity: n === 1 ? '12.5' : '600',
        unit: n === 1 ? 'KG' : 'PCE',
        entered: null,
        location: 'A-01',
        note: null,
        project: null,
        lots: [
          {
            id: 'lot-202611011',
            code: '202611011',
            quantity: '600',
            location: 'A-01',
            startDate: null,
            expiryDate: '2026-12-11',
            supplierLot: null,
            note: null,
          },
        ],
        serials: [],
        reverses: null,
        reversedBy: null,
        documents: [],
        returns: null,
        returned: [],
      })),
      documents: [],
      operation: null,
      counterpart: null,
      main: true,
      traced: true,
      corrects: null,
      count: null,
      unverified: false,
      fulfilled: [],
      reverses: null,
      reversed: i % 5 === 4,
      reason: null,
      actor: 'maria',
      recordedAt: '2026-11-22T08:40:00Z',
      warnings: [],
    };
  });
}

const status = (code: string, description: string, available: boolean, planning: boolean): LotStatus => ({
  id: code,
  version: 1,
  used: true,
  createdAt: base.createdAt,
  updatedAt: base.updatedAt,
  code,
  description,
  available,
  planning,
  intents: code === 'RES' ? { sale: 'warn' } : {},
});

export const sampleStatuses: readonly LotStatus[] = [
  status('REL', 'Released', true, true),
  status('BLK', 'Blocked', false, false),
  status('QUA', 'Quarantine', false, true),
  status('RES', 'Restricted', true, true),
];

export const sampleItems = Object.entries(descriptions).map(
  ([code, [description, unit, decimals, life]]) => ({
    code,
    description,
    unit: { code: unit, decimals },
    lots: { shelfLifeDays: life, warnDays: life === null ? null : 10, blockDays: life === null ? null : 2 },
    serials: null,
  }),
) as unknown as readonly Item[];
