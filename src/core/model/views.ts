/**
 * What hosts read: the public shapes of records, pages and answers. Quantities are canonical decimal texts
 * in the item's base unit, dates are `YYYY-MM-DD`, absent values are `null`, and `version` is the number of
 * edits, to be sent back with an update.
 */
import type {
  AttributeField,
  CodePart,
  CodeSource,
  Intent,
  ItemLots,
  ItemSerials,
  SettingsInput,
} from './inputs.ts';
import type {
  CounterPosition,
  DocumentRef,
  InspectionSummary,
  IsoDate,
  PartyRef,
  Warning,
} from './records.ts';

export type * from './views-lists.ts';

/** What every record of master data carries. */
export interface MasterView {
  readonly id: string;
  readonly version: number;
  /** Something refers to it: it can no longer be removed. */
  readonly used: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface Coded extends MasterView {
  readonly code: string;
  readonly description: string | null;
}

export interface CodeType extends Coded {
  readonly kind: 'lot' | 'serial';
  readonly parts: readonly CodePart[];
  readonly root: readonly CodeSource[];
  readonly firstNumber: number;
  readonly firstLetter: string;
  readonly fillGaps: boolean;
}

export interface LetterTable extends Coded {
  readonly kind: 'year' | 'month';
  readonly rows: readonly { readonly value: number; readonly letter: string }[];
  readonly default: boolean;
}

export interface Item extends Coded {
  readonly unit: { readonly code: string; readonly decimals: number };
  readonly alternativeUnits: readonly { readonly code: string; readonly num: number; readonly den: number }[];
  readonly class: string | null;
  readonly category: string | null;
  readonly type: string | null;
  readonly characteristic: string | null;
  readonly variants: readonly { readonly code: string; readonly description: string | null }[];
  readonly components: readonly {
    readonly item: string;
    readonly quantity: string;
    readonly alternatives: readonly string[];
  }[];
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The custom attributes its lots and serials may carry; null = whatever the host attaches. */
  readonly attributeSchema: readonly AttributeField[] | null;
  readonly lots: ItemLots | null;
  readonly serials: ItemSerials | null;
  /** It has lots, serials or stock: its unit is fixed. */
  readonly moved: boolean;
}

export interface Warehouse extends Coded {
  readonly kind: 'internal' | 'transit';
  readonly locations: readonly WarehouseLocation[];
}

/** A place in a warehouse and its policy (R78, R130, R136). */
export interface WarehouseLocation {
  readonly code: string;
  readonly description: string | null;
  /** Holds one lot at a time. */
  readonly singleLot: boolean;
  /** Takes in what may not be used, by transfer. */
  readonly quarantine: boolean;
  /** What lies here counts as available. */
  readonly available: boolean;
  /** What stock may be taken from here for, where the place says so itself. */
  readonly intents: Readonly<Partial<Record<Intent, 'allow' | 'warn' | 'deny'>>>;
}

export interface Template extends Coded {
  readonly warehouse: string;
  readonly type: 'load' | 'unload';
  readonly intent: Intent;
  readonly tracksLots: boolean;
  readonly tracksSerials: boolean;
  readonly generatesSerials: boolean;
  readonly allowTopUp: boolean;
  readonly createsLotFromLot: boolean;
  readonly allowUnavailable: boolean;
  readonly traced: boolean;
  readonly requireDocument: boolean;
  readonly requireParty: boolean;
  readonly explodeComponents: boolean;
  readonly allowAlternatives: boolean;
  readonly mixAlternatives: boolean;
  readonly allowZero: boolean;
  readonly counting: boolean;
  readonly defaultLocation: string | null;
  readonly counterpart: { readonly warehouse: string; readonly template: string } | null;
}

export interface LotStatus extends Coded {
  readonly available: boolean;
  readonly planning: boolean;
  readonly intents: Readonly<Partial<Record<Intent, 'allow' | 'warn' | 'deny'>>>;
}

export type LotType = Coded;
export type Grade = Coded;

export interface Party {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly code: string;
  readonly name: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type Settings = Required<SettingsInput> & {
  readonly version: number;
  /** A lot or serial exists: the scope of codes is fixed. */
  readonly codeScopeFixed: boolean;
};

/** `open`: neither closed by hand nor exhausted (R46). */
export type State = 'open' | 'closed';

/**
 * What lies of a lot at one place. `loaded` is net of reversals and never summed over places (R123); null where
 * the ledger behind keeps only what is there.
 */
export interface LotStock {
  readonly warehouse: string;
  readonly location: string | null;
  readonly loaded: string | null;
  readonly onHand: string;
  readonly reserved: string;
  readonly available: string;
  /** What is physically there; only of a lot closed by hand. */
  readonly closedQuantity?: string;
}

/** What lies of an item at one place now: in one lot, or in none. */
export interface ItemStock {
  readonly warehouse: string;
  readonly location: string | null;
  readonly variant: string | null;
  /** Code and id of the lot; null for stock that is in no lot (R54), single pieces among it. */
  readonly lot: string | null;
  readonly lotId: string | null;
  readonly onHand: string;
  readonly reserved: string;
  readonly available: string;
  /** Planning does not see it, by the status of the lot or the pieces; absent where it does. */
  readonly planning?: false;
  /** What is physically there of a lot, or of pieces, closed by hand; absent where nothing is. */
  readonly closedQuantity?: string;
}

export interface Lot {
  readonly id: string;
  readonly version: number;
  readonly item: string;
  readonly itemDescription: string | null;
  readonly variant: string | null;
  readonly code: string;
  readonly reference: string | null;
  readonly description: string | null;
  readonly status: string | null;
  readonly grade: string | null;
  readonly lotType: string | null;
  readonly supplier: string | null;
  readonly supplierName: string | null;
  readonly manufacturer: string | null;
  readonly supplierLot: string | null;
  readonly startDate: IsoDate | null;
  readonly expiryDate: IsoDate | null;
  readonly manufactureDate: IsoDate | null;
  readonly bestBefore: IsoDate | null;
  /** To be tested again on this day, and to be taken off the shelf (R40). */
  readonly retestDate: IsoDate | null;
  readonly removalDate: IsoDate | null;
  /** Total of the first unreversed loading posting (R122); null while never loaded. */
  readonly initialQuantity: string | null;
  readonly packageCount: number | null;
  readonly notes: string | null;
  readonly labelType: string | null;
  /** Code of the recall that holds it (R52). */
  readonly recall: string | null;
  readonly sellable: boolean;
  /** Planning sees it, by its status; without a status it does. */
  readonly planning: boolean;
  /** Code of the rule that took it into quarantine when it was received (R51). */
  readonly blockRule: string | null;
  /** Its inspections in short (R49, R50); null while there is none. */
  readonly inspection: InspectionSummary | null;
  readonly closed: boolean;
  /** Has moved and is zero everywhere (R46). */
  readonly exhausted: boolean;
  readonly state: State;
  /** Past its last good day, today in the ledger's zone (R28). */
  readonly expired: boolean;
  /** Days to its last good day: 0 on it, negative after it; null without an expiry. */
  readonly daysLeft: number | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly unit: { readonly code: string; readonly decimals: number };
  readonly onHand: string;
  /** What is physically there of a lot closed by hand, whose on hand is 0 (R45). */
  readonly closedQuantity: string;
  readonly reserved: string;
  readonly available: string;
  readonly stock: readonly LotStock[];
  /** Its code can no longer be corrected (R86), nor the lot be deleted (R87). */
  readonly codeLocked: boolean;
  readonly referenced: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Serial {
  readonly id: string;
  readonly version: number;
  readonly item: string;
  readonly itemDescription: string | null;
  readonly variant: string | null;
  readonly code: string;
  /** Code and id of its lot. */
  readonly lot: string | null;
  readonly lotId: string | null;
  readonly reference: string | null;
  readonly description: string | null;
  readonly notes: string | null;
  readonly status: string | null;
  readonly customerSerial: string | null;
  readonly supplierSerial: string | null;
  readonly supplier: string | null;
  readonly startDate: IsoDate | null;
  readonly expiryDate: IsoDate | null;
  /** Code of the recall that names it itself; its lot’s holds it besides. */
  readonly recall: string | null;
  /** Id of the piece it is installed in (R112). */
  readonly parent: string | null;
  readonly cancelled: boolean;
  readonly closed: boolean;
  readonly reserved: boolean;
  readonly missing: boolean;
  readonly exhausted: boolean;
  readonly state: State;
  readonly expired: boolean;
  readonly daysLeft: number | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Where it is; null when it is not in stock. */
  readonly warehouse: string | null;
  readonly location: string | null;
  /** Whom it was unloaded to. */
  readonly holder: (PartyRef & { readonly name: string | null }) | null;
  readonly onHand: '0' | '1';
  readonly available: '0' | '1';
  readonly codeLocked: boolean;
  readonly referenced: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface PostedLot {
  readonly id: string;
  readonly code: string;
  readonly quantity: string;
  readonly location: string | null;
  /** As they were on the day; later edits of the lot do not change them (R32). */
  readonly startDate: IsoDate | null;
  readonly expiryDate: IsoDate | null;
  readonly supplierLot: string | null;
  readonly note: string | null;
}

export interface PostedSerial {
  readonly id: string;
  readonly code: string;
  /** Code and id of its lot. */
  readonly lot: string | null;
  readonly lotId: string | null;
  readonly location: string | null;
}

export interface PostedLine {
  readonly id: string;
  readonly item: string;
  readonly variant: string | null;
  /** In the item's base unit. */
  readonly quantity: string;
  readonly unit: string;
  /** What was typed, where it was in another unit. */
  readonly entered: { readonly quantity: string; readonly unit: string } | null;
  readonly location: string | null;
  readonly note: string | null;
  readonly project: string | null;
  readonly lots: readonly PostedLot[];
  readonly serials: readonly PostedSerial[];
  /** The line this one takes back. */
  readonly reverses: string | null;
  /** The posting that took this line back. */
  readonly reversedBy: string | null;
  /** Other documents of the host that were derived from it (R133). */
  readonly documents: readonly DocumentRef[];
  /** The delivery this line brings back, or the receipt it sends back (R81). */
  readonly returns: { readonly posting: string; readonly line: string } | null;
  /** What later returns brought back of it, per lot and per serial. */
  readonly returned: readonly ReturnedQuantity[];
}

/** What came back of one lot or serial of a line, by their ids; without either, of stock without lots. */
export interface ReturnedQuantity {
  readonly lotId: string | null;
  readonly serialId: string | null;
  readonly quantity: string;
}

export interface Posting {
  readonly id: string;
  readonly number: number;
  /** As people read it: `2026/11/22-031`. */
  readonly numberText: string;
  readonly key: string | null;
  readonly warehouse: string;
  readonly template: string;
  readonly type: 'load' | 'unload';
  readonly intent: string;
  readonly date: IsoDate;
  readonly document: DocumentRef | null;
  readonly internalDocument: DocumentRef | null;
  readonly party: (PartyRef & { readonly name: string | null }) | null;
  readonly project: string | null;
  readonly note: string | null;
  readonly lines: readonly PostedLine[];
  /** Other documents that were derived from it, those of its lines together (R133). */
  readonly documents: readonly DocumentRef[];
  /** What it was made for together with others by one command: `transfer`, `production` …; null = by itself. */
  readonly operation: string | null;
  /** Id of the opposite posting of a transfer, production, split, merge or conversion. */
  readonly counterpart: string | null;
  /** False on the side that the other one brought along. */
  readonly main: boolean;
  /** Whether traces show its movements (R107). */
  readonly traced: boolean;
  /** The posting it was made instead of (R132). */
  readonly corrects: string | null;
  /** Id of the count sheet it settles (R84). */
  readonly count: string | null;
  /** A return for which no delivery was named (R81). */
  readonly unverified: boolean;
  /** What its lines took of reservations, by the reservation's id (R71). */
  readonly fulfilled: readonly {
    readonly reservation: string;
    readonly line: string;
    readonly quantity: string;
  }[];
  /** The posting this one takes back. */
  readonly reverses: string | null;
  /** Taken back whole. */
  readonly reversed: boolean;
  readonly reason: string | null;
  readonly actor: string;
  readonly recordedAt: string;
  readonly warnings: readonly Warning[];
}

/** One movement of a lot or serial, with what its posting says. */
export interface Movement {
  readonly id: string;
  readonly date: IsoDate;
  readonly recordedAt: string;
  readonly direction: 'load' | 'unload';
  /** Signed: what came is positive, what left is negative. */
  readonly quantity: string;
  readonly warehouse: string;
  readonly location: string | null;
  readonly intent: string;
  readonly serial: string | null;
  readonly posting: string;
  readonly line: string;
  readonly numberText: string;
  readonly template: string;
  readonly document: DocumentRef | null;
  readonly internalDocument: DocumentRef | null;
  readonly party: (PartyRef & { readonly name: string | null }) | null;
  readonly project: string | null;
  readonly actor: string;
  /** Documents of the host that were derived from its line: an invoice of a delivery note (R133). */
  readonly otherDocuments: readonly DocumentRef[];
  /** The movement this one takes back. */
  readonly reverses: string | null;
  /** The posting that took this one back. */
  readonly reversedBy: string | null;
}

/**
 * One field changed by one command (R121). Master data has besides the fields `created` and `removed`, lots
 * and serials `printed`, `missing` and `recall`.
 */
export interface HistoryEntry {
  readonly id: string;
  /** Of the entry that changed it. */
  readonly seq: number;
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly at: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly source: string | null;
}

/** One counter of a code type. */
export interface Counter {
  readonly id: string;
  readonly root: Readonly<Record<string, string>>;
  readonly item: string | null;
  readonly variant: string | null;
  readonly last: CounterPosition;
  readonly made: number;
  readonly firstDate: IsoDate;
  readonly lastDate: IsoDate;
  readonly gaps: readonly CounterPosition[];
  /** Codes it can still make. A text, since it may be beyond 2^53. */
  readonly left: string;
}

/** When the counters of a code type will be full, at the pace they had so far. */
export interface Forecast extends Pick<Counter, 'id' | 'root' | 'item' | 'variant' | 'made' | 'left'> {
  /** Codes a day, from the first to the last day it made one; null when it made too few to tell. */
  readonly perDay: number | null;
  /** The day it is expected to be full; null when it cannot be told, or is beyond the calendar. */
  readonly fullOn: IsoDate | null;
}
