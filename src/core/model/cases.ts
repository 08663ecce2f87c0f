/**
 * What the ledger keeps around stock: reservations, inspections, genealogy, recalls, counts, jobs. Stored
 * shapes, as in `records.ts`: quantities in steps, dates as texts, absent values `null`.
 */
import type { StoredRecord } from '../ports/store.ts';
import type { IsoDate, PartyRef } from './records.ts';

/**
 * Quantity that a host's document has committed but not yet moved. It names an item in a warehouse, and as
 * much more as is known: a lot, a location, a serial. Open = `quantity - fulfilled - released`.
 */
export interface ReservationRecord extends StoredRecord {
  readonly edition: number;
  /** The host's document it belongs to; null for one made by hand. */
  readonly document: { readonly type: string; readonly number: string } | null;
  /** `type US codeKey(number)`, to find all of a document; null by hand. */
  readonly documentKey: string | null;
  readonly item: string;
  readonly itemKey: string;
  readonly variant: string | null;
  readonly decimals: number;
  readonly warehouse: string;
  readonly warehouseKey: string;
  /** Null: a promise of the warehouse, without place (R138). */
  readonly location: string | null;
  readonly locationKey: string | null;
  /** Id of the lot; null = whichever lot of the item. */
  readonly lot: string | null;
  readonly serial: string | null;
  readonly quantity: number;
  readonly fulfilled: number;
  readonly released: number;
  /** Something is left of it. */
  readonly open: boolean;
  readonly intent: string;
  /** The day it is needed: the day its lots must be good on (R28). */
  readonly needDate: IsoDate;
  readonly party: PartyRef | null;
  readonly note: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly actor: string;
}

/**
 * What open reservations hold of one thing at one level: of a lot or of an item, at a place or in a
 * warehouse without saying where. Id: see `commitmentId`. Written whenever a reservation of it changes.
 */
export interface CommitmentRecord extends StoredRecord {
  readonly quantity: number;
}

/** An inspection of a lot (R49, R50). */
export interface InspectionRecord extends StoredRecord {
  readonly edition: number;
  readonly lot: string;
  readonly openedAt: IsoDate;
  readonly result: 'pass' | 'fail' | null;
  readonly finishedAt: IsoDate | null;
  readonly inspector: string | null;
  readonly note: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/**
 * One link of the genealogy: what of `from` went into `to` (R126, R89, R91, R92, R112). Nodes are ids of
 * lots or serials, or an item's bucket `i:…` for what was tracked by neither. Folded from postings that name
 * each other, and from installs.
 */
export interface EdgeRecord extends StoredRecord {
  readonly seq: number;
  readonly date: IsoDate;
  readonly kind: 'consume' | 'split' | 'merge' | 'convert' | 'install';
  readonly from: string;
  readonly fromKind: NodeKind;
  readonly fromItem: string;
  readonly fromVariant: string | null;
  /** Steps of that item's unit, that went in altogether, and that came out of this posting altogether. */
  readonly fromQuantity: number;
  readonly fromDecimals: number;
  readonly to: string;
  readonly toKind: NodeKind;
  readonly toItem: string;
  readonly toVariant: string | null;
  readonly toQuantity: number;
  readonly toDecimals: number;
  /** The postings that took `from` out and brought `to` in; null for an install without stock. */
  readonly unload: string | null;
  readonly load: string | null;
  readonly traced: boolean;
  /** Business date and sequence at which it was taken back, or the piece removed again (R80, R109, R112). */
  readonly endDate: IsoDate | null;
  readonly endSeq: number | null;
  /** It was taken back as a mistake, not removed in the course of things. */
  readonly reversed: boolean;
}

/** What a node of the genealogy is. */
export type NodeKind = 'lot' | 'serial' | 'item';

/**
 * A recall: its scope is frozen when it is opened; what was notified and recovered is added while it runs.
 */
export interface RecallRecord extends StoredRecord {
  readonly edition: number;
  readonly code: string;
  readonly codeKey: string;
  readonly title: string | null;
  readonly reason: string;
  readonly class: string | null;
  readonly state: 'open' | 'closed';
  /** What it was opened on. */
  readonly origin: {
    readonly lots: readonly string[];
    readonly serials: readonly string[];
    readonly supplierLot: {
      readonly supplier: string | null;
      readonly supplierLot: string;
      readonly item: string | null;
    } | null;
  };
  /** `codeKey(supplierLot)` while it is open, so that later receipts of it are caught; null otherwise. */
  readonly supplierLotKey: string | null;
  /** Ids of the lots and serials it covers: the origin and every descendant made before it. */
  readonly lots: readonly string[];
  readonly serials: readonly string[];
  /** Lots received after the opening that it covers too. */
  readonly late: readonly string[];
  /** Ids of lots and serials that its closing let be used again. */
  readonly freed: readonly string[];
  /** The reservations its opening released (R52). */
  readonly releasedReservations: readonly string[];
  readonly openedAt: string;
  readonly openedSeq: number;
  readonly openedOn: IsoDate;
  readonly actor: string;
  readonly notified: readonly {
    readonly party: PartyRef;
    readonly at: string;
    readonly how: string | null;
    readonly note: string | null;
    readonly actor: string;
  }[];
  readonly recovered: readonly {
    readonly party: PartyRef | null;
    readonly lot: string | null;
    readonly serial: string | null;
    readonly quantity: number;
    readonly how: 'returned' | 'held' | 'destroyed';
    readonly at: string;
    readonly note: string | null;
    readonly actor: string;
  }[];
  readonly closedAt: string | null;
  readonly closedSeq: number | null;
  /** SHA-256 of the evidence, hexadecimal, and its text as it stands in the journal. */
  readonly evidence: { readonly hash: string; readonly text: string } | null;
}

/** An alert somebody has seen: valid for the date the lot had then (R40). Id: lot, US, alert's date field, US, days. */
export interface AcknowledgementRecord extends StoredRecord {
  readonly lot: string;
  readonly date: IsoDate;
  readonly at: string;
  readonly actor: string;
  readonly note: string | null;
}

/** What a count found (R84, R85). */
export interface CountRecord extends StoredRecord {
  readonly seq: number;
  readonly warehouse: string;
  readonly date: IsoDate;
  readonly note: string | null;
  readonly rows: readonly CountRow[];
  /** Outcomes per serial. */
  readonly serials: readonly CountedSerial[];
  /** The postings that settled it; empty where everything was as in the books. */
  readonly postings: readonly string[];
  readonly actor: string;
  readonly at: string;
}

export interface CountRow {
  readonly item: string;
  readonly variant: string | null;
  readonly decimals: number;
  readonly location: string | null;
  readonly lot: string | null;
  readonly lotCode: string | null;
  readonly book: number;
  readonly counted: number;
}

export interface CountedSerial {
  readonly code: string;
  readonly serial: string | null;
  readonly item: string;
  readonly location: string | null;
  readonly outcome: 'found' | 'missing' | 'wrongPlace' | 'unknown' | 'restored';
  /** Where the books have it, where that is elsewhere. */
  readonly bookPlace: { readonly warehouse: string; readonly location: string | null } | null;
}

/**
 * A mass change, frozen when it starts: the n-th change is the command `<id>:<n>`, so a job that stopped
 * half-way is gone on with, and what each came to is in its receipt (R137).
 */
export interface JobRecord extends StoredRecord {
  readonly seq: number;
  readonly command: string;
  readonly targets: readonly string[];
  readonly patch: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly actor: string;
  readonly at: string;
}

/** One custom attribute of one lot or serial, so that registers filter and sort by it. Id: owner, US, key. */
export interface AttributeRecord extends StoredRecord {
  readonly of: string;
  readonly owner: 'lot' | 'serial';
  readonly key: string;
  /** Comparable: numbers as sortable text. */
  readonly sort: string | null;
  readonly value: string | number | boolean;
}
