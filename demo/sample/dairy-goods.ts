/** What the dairy trade handles: its items, whom it deals with, and what comes in how often. */
import type { ItemInput } from './masters.ts';

const piece = { code: 'PCE', decimals: 0 };
const litre = { code: 'L', decimals: 1 };
const kilogram = { code: 'KG', decimals: 3 };

function item(
  code: string,
  description: string,
  unit: ItemInput['unit'],
  lots: NonNullable<ItemInput['lots']>,
): ItemInput {
  return { code, description, unit, category: 'Dairy', lots: { withdrawal: 'fefo', ...lots } };
}

export const dairyItems: readonly ItemInput[] = [
  item('MILK', 'Whole milk 1 L', piece, { codeType: 'YM', shelfLifeDays: 30, warnDays: 8, blockDays: 1 }),
  item('YOG-NAT', 'Yoghurt natural 150 g', piece, { codeType: 'YM', shelfLifeDays: 35, warnDays: 10 }),
  item('CREAM-35', 'Cream 35 % 500 ml', piece, { codeType: 'YM', shelfLifeDays: 45, warnDays: 10 }),
  item('BUTTER', 'Butter unsalted 250 g', piece, { codeType: 'YM', shelfLifeDays: 120, warnDays: 30 }),
  item('RICOTTA', 'Ricotta, bulk', kilogram, { codeType: 'YM', shelfLifeDays: 21, warnDays: 6 }),
  item('MOZZ-BUF', 'Buffalo mozzarella', kilogram, { codeType: 'YM', shelfLifeDays: 24, warnDays: 6 }),
  item('PARM-24', 'Parmigiano 24 months', kilogram, { shelfLifeDays: 540, warnDays: 60, withdrawal: 'fifo' }),
  item('CULT-02', 'Starter culture, frozen', kilogram, { shelfLifeDays: 365, warnDays: 60 }),
  item('LID-95', 'Lid 95 mm, aluminium', piece, { withdrawal: 'fifo' }),
  item('MILK-RAW', 'Raw milk, bulk', litre, { codeType: 'YM', shelfLifeDays: 4, warnDays: 1 }),
  {
    ...item('DESSERT', 'Vanilla dessert 125 g', piece, { codeType: 'YM', shelfLifeDays: 28, warnDays: 7 }),
    components: [{ item: 'MILK-RAW', quantity: '0.12' }],
  },
  { code: 'CRATE', description: 'Returnable crate', unit: piece, category: 'Packaging' },
];

export const dairySuppliers = {
  dairy: { kind: 'supplier', code: 'S1', name: 'Dairy Ltd' },
  valle: { kind: 'supplier', code: 'S2', name: 'Latteria Alta Valle' },
  bassi: { kind: 'supplier', code: 'S3', name: 'Caseificio Bassi' },
  lactobio: { kind: 'supplier', code: 'S4', name: 'Lactobio SA' },
  packline: { kind: 'supplier', code: 'S5', name: 'Packline GmbH' },
} as const;

export const dairyCustomers = [
  { kind: 'customer', code: 'C1', name: 'Coop Nord' },
  { kind: 'customer', code: 'C2', name: 'Mercato Centrale' },
  { kind: 'customer', code: 'C3', name: 'Ospedale San Luca' },
  { kind: 'customer', code: 'C4', name: 'Bar Sole' },
  { kind: 'customer', code: 'C5', name: 'Gelateria Lido' },
] as const;

/** One kind of arrival. Amounts are layers of a pallet for pieces, kilograms otherwise. */
export interface Supply {
  readonly item: string;
  readonly decimals: number;
  readonly everyDays: number;
  readonly amount: readonly [low: number, high: number];
  readonly warehouse: string;
  readonly location: string;
  /** Own production when absent. */
  readonly from?: keyof typeof dairySuppliers;
  /** The supplier's own lot, counted on from here, is the code. */
  readonly typed?: string;
}

const main = { warehouse: 'MAIN', decimals: 0 } as const;
const cold = { warehouse: 'COLD', decimals: 0 } as const;

export const supplies: readonly Supply[] = [
  { ...main, item: 'MILK', everyDays: 2, amount: [16, 28], location: 'A-01', from: 'dairy' },
  { ...main, item: 'YOG-NAT', everyDays: 4, amount: [10, 18], location: 'A-02' },
  { ...main, item: 'CREAM-35', everyDays: 4, amount: [6, 12], location: 'B-01' },
  { ...cold, item: 'BUTTER', everyDays: 6, amount: [16, 30], location: 'F-11' },
  { ...main, item: 'RICOTTA', everyDays: 5, amount: [90, 240], location: 'A-02', from: 'bassi', decimals: 3 },
  {
    ...cold,
    item: 'MOZZ-BUF',
    everyDays: 6,
    amount: [60, 180],
    location: 'F-08',
    from: 'valle',
    decimals: 3,
  },
  {
    item: 'PARM-24',
    decimals: 3,
    everyDays: 8,
    amount: [500, 900],
    warehouse: 'AGEING',
    location: 'R-07',
    from: 'bassi',
    typed: 'P26-04',
  },
  {
    ...cold,
    item: 'CULT-02',
    decimals: 3,
    everyDays: 12,
    amount: [12, 30],
    location: 'F-02',
    from: 'lactobio',
    typed: 'C-771',
  },
  {
    ...main,
    item: 'LID-95',
    everyDays: 30,
    amount: [400, 600],
    location: 'S-04',
    from: 'packline',
    typed: 'LID-09',
  },
];
