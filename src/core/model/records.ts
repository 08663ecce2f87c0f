/**
 * Everything the ledger stores, one interface per collection, and the map of all collections. These are
 * the *stored* shapes: quantities are whole steps of the item's unit (an integer; `'0.454'` kg with three
 * decimals is 454), dates are `YYYY-MM-DD`, absent values are `null`. What hosts see is in `views.ts`.
 * A stored `edition` counts the edits of a record by people and is the public `version`; the stored
 * `version` belongs to the store (the `seq` of the entry that wrote the record last).
 */
import type { StoredRecord } from '../ports/store.ts';
import type {
  AcknowledgementRecord,
  AttributeRecord,
  CommitmentRecord,
  CountRecord,
  EdgeRecord,
  InspectionRecord,
  JobRecord,
  RecallRecord,
  ReservationRecord,
} from './cases.ts';
import type {
  BlockRuleInput,
  CodeTypeInput,
  GradeInput,
  ItemInput,
  LetterTableInput,
  LotStatusInput,
  LotTypeInput,
  SettingsInput,
  TemplateInput,
  TransitionInput,
  WarehouseInput,
} from './inputs.ts';
import type { Flow, PostingKeyRecord, PostingNumberRecord, PostingRecord } from './posted.ts';

export type {
  DocumentRef,
  Flow,
  FulfilledRow,
  Operation,
  PostingKeyRecord,
  PostingLine,
  PostingLotRow,
  PostingNumberRecord,
  PostingRecord,
  PostingSerialRow,
  ReturnedRow,
  Warning,
} from './posted.ts';

/** A calendar date, `YYYY-MM-DD`. */
export type IsoDate = string;

interface Master extends StoredRecord {
  /** Number of edits, from 1: the public `version`. */
  readonly edition: number;
  /** Something refers to it: it can no longer be removed. */
  readonly used: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Ids of master data are `codeKey(code)`; of templates `codeKey(warehouse) + US + codeKey(code)`. */
export type CodeTypeRecord = Master & CodeTypeInput;
export type LetterTableRecord = Master & LetterTableInput;
export type ItemRecord = Master &
  ItemInput & { /** Has lots, serials or stock: the unit is frozen. */ readonly moved: boolean };
export type WarehouseRecord = Master &
  WarehouseInput & {
    /** Keys of locations that have had movements: they can no longer be removed. */
    readonly usedLocations: readonly string[];
  };
export type TemplateRecord = Master & TemplateInput;
export type LotStatusRecord = Master & LotStatusInput;
export type LotTypeRecord = Master & LotTypeInput;
export type GradeRecord = Master & GradeInput;
export type BlockRuleRecord = Master & BlockRuleInput;
export type TransitionRecord = Master & TransitionInput;

/** The one record of ledger settings, id `settings`. */
export type SettingsRecord = StoredRecord & {
  readonly edition: number;
  /** A lot or serial exists: `codeScope` is fixed. */
  readonly hasCodes: boolean;
} & Required<SettingsInput>;

/** The last code one counter made. Id: code type, root values and scope, joined. */
export interface CounterRecord extends StoredRecord {
  readonly codeType: string;
  /** Values of the root parts, as they stand in the code, by source. */
  readonly root: Readonly<Record<string, string>>;
  /** Item and variant the counter belongs to; null where codes are unique in the whole ledger. */
  readonly item: string | null;
  readonly variant: string | null;
  readonly number: number | null;
  readonly letters: string | null;
  /** How many codes it made, and the first and last posting date it made one for: for forecasts. */
  readonly made: number;
  readonly firstDate: IsoDate;
  readonly lastDate: IsoDate;
  /** Positions of deleted codes that never moved, ascending; only kept where the type fills gaps. */
  readonly gaps: readonly CounterPosition[];
}

export interface CounterPosition {
  readonly number: number | null;
  readonly letters: string | null;
}

/** Which counter made a code, so that deleting it can leave a gap. */
export interface CodeOrigin extends CounterPosition {
  readonly counter: string;
}

export interface LotRecord extends StoredRecord {
  readonly edition: number;
  readonly item: string;
  readonly itemKey: string;
  readonly variant: string | null;
  readonly code: string;
  /** `codeKey(code)` and the scope it is unique in: the item's bucket key, or `''` for the whole ledger. */
  readonly codeKey: string;
  readonly scope: string;
  readonly origin: CodeOrigin | null;
  readonly reference: string | null;
  readonly description: string | null;
  readonly status: string | null;
  readonly grade: string | null;
  readonly lotType: string | null;
  readonly supplier: string | null;
  readonly manufacturer: string | null;
  readonly supplierLot: string | null;
  readonly startDate: IsoDate | null;
  readonly expiryDate: IsoDate | null;
  readonly manufactureDate: IsoDate | null;
  readonly bestBefore: IsoDate | null;
  /** To be tested again on this day, and to be taken off the shelf (R40). */
  readonly retestDate: IsoDate | null;
  readonly removalDate: IsoDate | null;
  /** Steps of the first unreversed loading posting (R122); null while never loaded. */
  readonly initialQuantity: number | null;
  readonly packageCount: number | null;
  readonly notes: string | null;
  readonly labelType: string | null;
  readonly sellable: boolean;
  readonly closed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Decimals of the item's unit, to compare quantities across units by value. */
  readonly decimals: number;
  /** Steps at all places together. */
  readonly onHand: number;
  /** Has ever been on a movement, reversed or not. */
  readonly moved: boolean;
  /** Direct movements that are neither reversed nor reversals. */
  readonly live: number;
  /** Has left the house: its code is fixed (R86). */
  readonly left: boolean;
  /** First unreversed load, for FIFO (R97): business date and sequence. */
  readonly firstLoadDate: IsoDate | null;
  readonly firstLoadSeq: number | null;
  /** Posting of that load, for R122. */
  readonly firstLoadPosting: string | null;
  /** Steps that open reservations hold of it by name, at all places together. */
  readonly reserved: number;
  /** A reservation has named it, open or not: it cannot be deleted (R87). */
  readonly claimed: boolean;
  /** Id of the recall it is blocked by (R52); it stays when the case is closed without releasing it. */
  readonly recall: string | null;
  /** Id of the rule that took it into quarantine when it was received (R51). */
  readonly blockRule: string | null;
  /** What its inspections say; null while there is none (R49, R50). */
  readonly inspected: InspectionSummary | null;
  /** Its label was printed: its code is fixed (R86). */
  readonly printed: boolean;
}

/** The inspections of a lot in short, so that deciding needs no look at each. */
export interface InspectionSummary {
  readonly count: number;
  /** Not finished. */
  readonly open: number;
  /** Finished without having passed. */
  readonly failed: number;
  /** The one opened last. */
  readonly newest: {
    readonly id: string;
    readonly result: 'pass' | 'fail' | null;
    readonly finished: boolean;
  };
}

export interface SerialRecord extends StoredRecord {
  readonly edition: number;
  readonly item: string;
  readonly itemKey: string;
  readonly variant: string | null;
  readonly code: string;
  readonly codeKey: string;
  readonly scope: string;
  readonly origin: CodeOrigin | null;
  /** Id of its lot, where the item has lots. */
  readonly lot: string | null;
  readonly reference: string | null;
  readonly description: string | null;
  readonly notes: string | null;
  readonly status: string | null;
  readonly customerSerial: string | null;
  readonly supplierSerial: string | null;
  readonly supplier: string | null;
  readonly startDate: IsoDate | null;
  readonly expiryDate: IsoDate | null;
  readonly cancelled: boolean;
  readonly closed: boolean;
  /** An open reservation holds it; set by hand, it is a manual one (R47). */
  readonly reserved: boolean;
  /** Id of that reservation. */
  readonly reservation: string | null;
  readonly claimed: boolean;
  /** Id of the recall that names it itself; its lot's counts besides. */
  readonly recall: string | null;
  /** Id of the serial it is installed in (R112). */
  readonly parent: string | null;
  readonly printed: boolean;
  readonly missing: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Where it is now; null = not in stock. */
  readonly warehouse: string | null;
  readonly warehouseKey: string | null;
  readonly location: string | null;
  readonly locationKey: string | null;
  /** Who has it: `{kind, code}` of the party it was unloaded to. */
  readonly holder: PartyRef | null;
  readonly moved: boolean;
  readonly live: number;
  readonly left: boolean;
  readonly firstLoadDate: IsoDate | null;
  readonly firstLoadSeq: number | null;
  /** Business date of its newest movement. */
  readonly lastDate: IsoDate | null;
}

export interface PartyRef {
  readonly kind: string;
  readonly code: string;
}

/**
 * What lies at one place: of one lot, or of an item without lots (`lot` null). Serials are their own
 * balance; those of an item with lots are also counted in their lot's. The place key has room for an
 * owner and a package, empty today.
 */
export interface BalanceRecord extends StoredRecord {
  readonly lot: string | null;
  readonly item: string;
  readonly itemKey: string;
  readonly variant: string | null;
  readonly warehouse: string;
  readonly warehouseKey: string;
  readonly location: string | null;
  readonly locationKey: string | null;
  readonly owner: string | null;
  readonly package: string | null;
  readonly onHand: number;
  /** Loaded here, net of reversals (R123). */
  readonly loaded: number;
  /** Business date of the newest movement: unloads on or after it need no look at the days (R73). */
  readonly lastDate: IsoDate;
  readonly lastAt: string;
}

/** Net change of one balance on one business day. Id: the balance's id, US, the date. */
export interface DayRecord extends StoredRecord {
  readonly balance: string;
  readonly date: IsoDate;
  readonly delta: number;
}

/** One signed quantity of one lot, one serial, or untracked stock, at one place. Changed only to mark a reversal. */
export interface MovementRecord extends StoredRecord {
  readonly seq: number;
  readonly date: IsoDate;
  readonly at: string;
  readonly lot: string | null;
  readonly serial: string | null;
  readonly item: string;
  readonly itemKey: string;
  readonly variant: string | null;
  readonly warehouse: string;
  readonly location: string | null;
  readonly quantity: number;
  readonly posting: string;
  readonly line: string;
  readonly intent: string;
  /** What it was to the lot's quantity, for a mass balance (R111). */
  readonly flow: Flow;
  /** False where the template keeps its movements out of traces (R107). */
  readonly traced: boolean;
  /** Who brought it or got it. */
  readonly party: PartyRef | null;
  /** The movement this one takes back. */
  readonly reverses: string | null;
  /** The posting that took this one back. */
  readonly reversedBy: string | null;
}

/** An accepted command id: where its entry is, and what was asked. */
export interface ReceiptRecord extends StoredRecord {
  readonly seq: number;
  readonly print: string;
}

/**
 * A command id that was answered without an entry: refused, or settled by an earlier posting of the same
 * key (R88). Side collection: not folded, not verified, may expire.
 */
export interface RefusalRecord extends StoredRecord {
  readonly print: string;
  readonly at: string;
  readonly problem: Readonly<Record<string, unknown>> | null;
  /** The earlier posting that is the answer, where it was no refusal. */
  readonly posting: string | null;
}

/** Names of customers and suppliers, outside the journal (R135). Side collection. */
export interface PartyRecord extends StoredRecord {
  readonly edition: number;
  readonly kind: string;
  readonly code: string;
  readonly name: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One field changed by one command (R121). */
export interface HistoryRecord extends StoredRecord {
  readonly seq: number;
  readonly of: string;
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly at: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly source: string | null;
}

/** A code that was on a movement and was corrected since: never used again (R4, R86). */
export interface RetiredCodeRecord extends StoredRecord {
  readonly of: string;
}

/**
 * Which version of each projection folded the records, in the one record with id `folded`: written with the
 * first entry and by rebuilds, expected by every commit. Side collection: it says something of the program,
 * not of the journal.
 */
export interface FoldedRecord extends StoredRecord {
  readonly versions: Readonly<Record<string, number>>;
  /** A rebuild that is going on, or was broken off: what it folds with and who is at it. */
  readonly rebuild: { readonly versions: Readonly<Record<string, number>>; readonly by: string } | null;
}

/** Bumped by every writer of a bucket, expected by those who read a range of it: no phantoms. */
export type GuardRecord = StoredRecord;

/** Every collection by name. */
export interface Collections {
  codeTypes: CodeTypeRecord;
  letterTables: LetterTableRecord;
  items: ItemRecord;
  warehouses: WarehouseRecord;
  templates: TemplateRecord;
  lotStatuses: LotStatusRecord;
  lotTypes: LotTypeRecord;
  grades: GradeRecord;
  settings: SettingsRecord;
  counters: CounterRecord;
  lots: LotRecord;
  serials: SerialRecord;
  balances: BalanceRecord;
  days: DayRecord;
  movements: MovementRecord;
  postings: PostingRecord;
  postingNumbers: PostingNumberRecord;
  postingKeys: PostingKeyRecord;
  receipts: ReceiptRecord;
  refusals: RefusalRecord;
  parties: PartyRecord;
  history: HistoryRecord;
  retiredCodes: RetiredCodeRecord;
  guards: GuardRecord;
  folded: FoldedRecord;
  blockRules: BlockRuleRecord;
  transitions: TransitionRecord;
  reservations: ReservationRecord;
  commitments: CommitmentRecord;
  inspections: InspectionRecord;
  edges: EdgeRecord;
  recalls: RecallRecord;
  acknowledgements: AcknowledgementRecord;
  counts: CountRecord;
  jobs: JobRecord;
  attributes: AttributeRecord;
}

export type CollectionName = keyof Collections;
/** Collections of master data, kept by `saved` and `removed` facts. */
export const masterNames = [
  'codeTypes',
  'letterTables',
  'items',
  'warehouses',
  'templates',
  'lotStatuses',
  'lotTypes',
  'grades',
  'blockRules',
  'transitions',
] as const;
export type MasterName = (typeof masterNames)[number];
