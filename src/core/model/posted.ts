/**
 * Postings as they are stored: the document, its lines and rows, and what its movements are called. Quantities
 * are steps of the item's unit, as in `records.ts`.
 */
import type { StoredRecord } from '../ports/store.ts';
import type { IsoDate, PartyRef } from './records.ts';

/**
 * What a movement was to its lot. A reversal has the flow of what it takes back, with the opposite sign, so
 * sums by flow are net.
 */
export type Flow =
  | 'received'
  | 'produced'
  | 'opening'
  | 'customerReturn'
  | 'countGain'
  | 'shipped'
  | 'consumed'
  | 'supplierReturn'
  | 'scrapped'
  | 'countLoss'
  /** Into or out of another lot: split, merged, converted; signed by the movement. */
  | 'split'
  | 'merged'
  | 'converted'
  /** Between own places; sums to zero. */
  | 'transferred'
  | 'inspected'
  | 'other';

/** What the postings of one command were made for together. */
export type Operation =
  | 'transfer'
  | 'production'
  | 'split'
  | 'merge'
  | 'convert'
  | 'opening'
  | 'count'
  | 'correction'
  | 'install';

export interface PostingLotRow {
  readonly lot: string;
  readonly code: string;
  readonly quantity: number;
  readonly location: string | null;
  /** As printed on the day: later edits of the lot do not change them (R32). */
  readonly startDate: IsoDate | null;
  readonly expiryDate: IsoDate | null;
  readonly supplierLot: string | null;
  readonly note: string | null;
}

export interface PostingSerialRow {
  readonly serial: string;
  readonly code: string;
  readonly lot: string | null;
  readonly lotCode: string | null;
  readonly location: string | null;
}

export interface PostingLine {
  readonly id: string;
  readonly item: string;
  readonly variant: string | null;
  /** Steps of the item's base unit. */
  readonly quantity: number;
  readonly decimals: number;
  readonly unit: string;
  /** What was typed, where it was in another unit. */
  readonly entered: { readonly quantity: string; readonly unit: string } | null;
  readonly location: string | null;
  readonly note: string | null;
  readonly project: string | null;
  readonly lots: readonly PostingLotRow[];
  readonly serials: readonly PostingSerialRow[];
  /** Line of the posting this one takes back. */
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  /** The delivery this line brings back (R81). */
  readonly returns: { readonly posting: string; readonly line: string } | null;
  /** What later returns brought back of it, net of their reversals; empty at first. */
  readonly returned: readonly ReturnedRow[];
  /** Other documents of the host that were derived from it (R133). */
  readonly documents: readonly DocumentRef[];
}

/** What came back of one lot or serial of a line; `lot` and `serial` null = stock without either. */
export interface ReturnedRow {
  readonly lot: string | null;
  readonly serial: string | null;
  readonly quantity: number;
}

export interface DocumentRef {
  readonly type: string;
  readonly number: string | null;
  readonly date: IsoDate | null;
  readonly url: string | null;
}

export interface Warning {
  readonly code: string;
  readonly path?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface PostingRecord extends StoredRecord {
  readonly seq: number;
  readonly key: string | null;
  /** Fingerprint of what was asked, to know an equal retry under the same key (R88). */
  readonly print: string;
  readonly warehouse: string;
  readonly template: string;
  readonly type: 'load' | 'unload';
  readonly intent: string;
  readonly date: IsoDate;
  readonly number: number;
  readonly document: DocumentRef | null;
  readonly internalDocument: DocumentRef | null;
  readonly party: PartyRef | null;
  readonly project: string | null;
  readonly note: string | null;
  readonly lines: readonly PostingLine[];
  /** Made together with others by one command, as what (R77, R126, R89 …); null for a plain posting. */
  readonly operation: Operation | null;
  /** Id of the opposite posting of a transfer, production, split, merge or conversion. */
  readonly counterpart: string | null;
  /** False on the side that the other one brought along; that one is the answer of the command. */
  readonly main: boolean;
  readonly traced: boolean;
  /** The posting that this one was made instead of (R132). */
  readonly corrects: string | null;
  /** Id of the count sheet it settles (R84). */
  readonly count: string | null;
  /** A return for which no delivery was named (R81). */
  readonly unverified: boolean;
  /** What it took of reservations (R71); given back by a reversal. */
  readonly fulfilled: readonly FulfilledRow[];
  readonly reverses: string | null;
  /** Reversed whole, by this posting or line by line. */
  readonly reversed: boolean;
  readonly reason: string | null;
  readonly actor: string;
  readonly at: string;
  readonly warnings: readonly Warning[];
}

/** What one line of a posting took of one reservation. */
export interface FulfilledRow {
  readonly reservation: string;
  readonly line: string;
  readonly quantity: number;
}

/** The progressive of one warehouse and day (R125). */
export interface PostingNumberRecord extends StoredRecord {
  readonly last: number;
  /** Numbers set by hand above `last`, ascending. */
  readonly byHand: readonly number[];
}

/** Which posting holds a host's document key; freed when it is reversed whole (R88). */
export interface PostingKeyRecord extends StoredRecord {
  readonly posting: string;
  readonly print: string;
}
