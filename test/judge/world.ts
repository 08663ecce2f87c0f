/** The world the judge plays in: what is set up before the first command, and the shapes of commands. */
import type { UnitPlan } from './values.ts';

export interface CodeTypePlan {
  readonly code: string;
  readonly kind: 'lot' | 'serial';
  readonly parts: readonly { source: string; length?: number; fill?: string; value?: string }[];
  readonly root?: readonly string[];
  readonly firstNumber?: number;
}

export interface ItemPlan {
  readonly code: string;
  readonly unit: { readonly code: string; readonly decimals: number };
  readonly alternativeUnits?: readonly UnitPlan[];
  readonly variants?: readonly { readonly code: string }[];
  readonly lots?: {
    readonly codeType: string;
    readonly withdrawal: 'fifo' | 'lifo' | 'fefo' | 'manual';
    readonly shelfLifeDays?: number;
    readonly expiryRounding?: 'exact' | 'lastDayOfMonth';
    readonly expiryRequired?: boolean;
    readonly expiryEditable?: boolean;
    readonly startDateFrom?: 'posting' | 'document';
    readonly initialStatus?: string;
    readonly warnDays?: number;
    readonly blockDays?: number;
    readonly singleSupplier?: boolean;
  };
  readonly serials?: { readonly codeType: string; readonly generation: 'manual' | 'automatic' };
}

export interface TemplatePlan {
  readonly warehouse: string;
  readonly code: string;
  readonly type: 'load' | 'unload';
  readonly intent: string;
  readonly tracksLots: boolean;
  readonly tracksSerials: boolean;
  readonly generatesSerials?: boolean;
  readonly allowTopUp?: boolean;
  readonly allowUnavailable?: boolean;
  readonly requireParty?: boolean;
  readonly counterpart?: { readonly warehouse: string; readonly template: string };
  /** Not of a template: what is taken goes to where it may be held (R78). */
  readonly intoQuarantine?: boolean;
  readonly createsLotFromLot?: boolean;
  readonly counting?: boolean;
}

export interface StatusPlan {
  readonly code: string;
  readonly available: boolean;
  readonly intents: Readonly<Record<string, 'allow' | 'warn' | 'deny'>>;
}

export interface SettingsPlan {
  readonly codeScope: 'item' | 'ledger';
  readonly duplicateRows: 'merge' | 'refuse';
  readonly sellableBlocks: 'sale' | 'all';
  readonly allowExistingSerial: boolean;
  readonly openFrom: string;
}

export interface LocationPlan {
  readonly code: string;
  readonly quarantine?: boolean;
}

export interface WarehousePlan {
  readonly code: string;
  readonly kind?: 'transit';
  readonly locations?: readonly LocationPlan[];
}

export interface World {
  readonly today: string;
  readonly settings: SettingsPlan;
  readonly codeTypes: readonly CodeTypePlan[];
  readonly statuses: readonly StatusPlan[];
  readonly items: readonly ItemPlan[];
  readonly warehouses: readonly WarehousePlan[];
  readonly templates: readonly TemplatePlan[];
  /** Templates with a counterpart, and those they name. */
  readonly paired: readonly TemplatePlan[];
}

export interface LotRowPlan {
  readonly code: string;
  readonly quantity: string;
  readonly location?: string;
  readonly startDate?: string;
  readonly expiryDate?: string;
  readonly supplierLot?: string;
  readonly manufacturer?: string;
}

export interface SerialRowPlan {
  readonly code: string;
  readonly lot?: string;
}

export interface LinePlan {
  readonly item: string;
  readonly variant?: string;
  readonly quantity: string;
  readonly unit?: string;
  readonly location?: string;
  readonly lots?: 'auto' | readonly LotRowPlan[];
  readonly serials?: 'auto' | readonly SerialRowPlan[];
  /** The posting and line it brings back, by their positions. */
  readonly returns?: { readonly posting: number; readonly line: number };
}

export interface PostPlan {
  readonly commandId: string;
  readonly key?: string;
  readonly warehouse: string;
  readonly template: string;
  readonly date: string;
  readonly number?: number;
  readonly document?: { readonly type: string; readonly number: string; readonly date: string };
  /** The document whose reservations it takes; its own unless said. */
  readonly fulfils?: { readonly type: string; readonly number: string };
  readonly party?: { readonly kind: 'customer' | 'supplier'; readonly code: string };
  readonly lines: readonly LinePlan[];
  /** The opposite side: of a transfer only where it goes. */
  readonly counterpart?: { readonly location?: string; readonly lines?: readonly LinePlan[] };
}

/** What may be edited by hand; undefined keeps, null clears. */
export interface LotPatch {
  readonly code?: string;
  readonly description?: string;
  readonly status?: string | null;
  readonly sellable?: boolean;
  readonly closed?: boolean;
  readonly expiryDate?: string | null;
}

export interface SerialPatch {
  readonly closed?: boolean;
  readonly cancelled?: boolean;
  readonly reserved?: boolean;
}

/** A lot or serial as a command names it. */
export interface Named {
  readonly item: string;
  readonly variant: string | null;
  readonly code: string;
}

/** One line of a document that reserves. */
export interface CommitLinePlan {
  readonly item: string;
  readonly variant?: string;
  readonly warehouse: string;
  readonly location?: string;
  readonly quantity: string;
  readonly lots?: 'auto' | readonly { readonly code: string; readonly quantity: string }[];
  readonly serials?: readonly string[];
}

/** What was found of one item at one place. */
export interface CountLinePlan {
  readonly item: string;
  readonly variant?: string;
  readonly location: string;
  readonly counted?: string;
  readonly lots?: readonly { readonly code: string; readonly counted: string }[];
}

export type Command =
  | {
      readonly do: 'count';
      readonly warehouse: string;
      readonly template: string;
      readonly date: string;
      readonly lines: readonly CountLinePlan[];
      readonly commandId: string;
    }
  | { readonly do: 'openRecall'; readonly lots: readonly Named[]; readonly commandId: string }
  /** `free`: what it covers may be used again. */
  | { readonly do: 'closeRecall'; readonly recall: number; readonly free: boolean; readonly commandId: string }
  /** Lots at one place that become another lot there; of another item where it says so. */
  | {
      readonly do: 'transform';
      readonly kind: 'split' | 'merge' | 'convert';
      readonly warehouse: string;
      readonly template: string;
      readonly date: string;
      readonly location: string;
      readonly from: readonly (Named & { readonly quantity: string })[];
      readonly into: { readonly code: string; readonly item?: string; readonly quantity?: string };
      /** Consents to the stricter status. */
      readonly accept?: boolean;
      readonly commandId: string;
    }
  /** A sales order that reserves. */
  | {
      readonly do: 'commit';
      readonly document: string;
      readonly lines: readonly CommitLinePlan[];
      readonly commandId: string;
    }
  /** One reservation, or part of it in steps, or all of a document. */
  | {
      readonly do: 'release';
      readonly id?: string;
      readonly steps?: string;
      readonly document?: string;
      readonly commandId: string;
    }
  | { readonly do: 'post'; readonly plan: PostPlan }
  /** A posting with its opposite side: a transfer or a production. */
  | { readonly do: 'pair'; readonly plan: PostPlan }
  /** `lines`: positions of lines; absent = the whole posting. */
  | {
      readonly do: 'reverse';
      readonly posting: number;
      readonly date: string;
      readonly lines?: readonly number[];
      readonly commandId: string;
    }
  | {
      readonly do: 'createLot';
      readonly named: Named;
      readonly expiryDate?: string;
      readonly commandId: string;
    }
  | {
      readonly do: 'editLot';
      readonly named: Named;
      readonly patch: LotPatch;
      readonly version?: number;
      readonly reason?: string;
    }
  | { readonly do: 'removeLot'; readonly named: Named }
  | {
      readonly do: 'editSerial';
      readonly named: Named;
      readonly patch: SerialPatch;
    }
  | { readonly do: 'removeSerial'; readonly named: Named }
  | { readonly do: 'nextDay' };

/** The part of an accepted posting that is compared. */
export interface PostResult {
  readonly id: string;
  readonly number: number;
  /** The other posting of a pair. */
  readonly counterpart?: PostResult;
  /** Of a count: its postings, losses first. */
  readonly postings?: readonly PostResult[];
  /** Of a recall: what it covers. */
  readonly scope?: readonly {
    readonly kind: string;
    readonly item: string;
    readonly variant: string | null;
    readonly code: string;
  }[];
  /** Of a commitment: what it became. */
  readonly reservations?: readonly {
    readonly id: string;
    readonly lot: string | null;
    readonly serial: string | null;
    readonly location: string | null;
    readonly quantity: string;
  }[];
  readonly lines: readonly {
    readonly id: string;
    readonly lots: readonly {
      readonly code: string;
      readonly quantity: string;
      readonly location: string | null;
    }[];
    readonly serials: readonly { readonly code: string; readonly location: string | null }[];
  }[];
}

/** What must become of a command: refused with one of these codes, or accepted and then settled. */
export type Verdict =
  | { readonly ok: false; readonly codes: readonly string[]; readonly receipt: boolean }
  /** `settle` writes it down; it answers what is wrong with the ledger's result, or null. */
  | { readonly ok: true; readonly settle: (result: PostResult | undefined) => string | null };

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
