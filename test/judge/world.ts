/** The shapes of the world the judge plays in, of commands, and of what they are answered. */
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

export interface TransitionPlan {
  readonly code: string;
  readonly kind: 'lot';
  readonly from?: readonly (string | null)[];
  readonly to: string;
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
  readonly transitions: readonly TransitionPlan[];
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
  /** Another lot for one line of an unload. */
  | {
      readonly do: 'correct';
      readonly posting: number;
      readonly line: number;
      readonly lot: string;
      readonly commandId: string;
    }
  /** A step of the workflow on a lot. */
  | { readonly do: 'transition'; readonly named: Named; readonly code: string; readonly reason?: string }
  /** Nothing may be dated on this day or before; null opens it again. */
  | { readonly do: 'close'; readonly through: string | null }
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
  | {
      readonly do: 'closeRecall';
      readonly recall: number;
      readonly free: boolean;
      readonly commandId: string;
    }
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
