/** What hosts read of reservations. Quantities are canonical texts in the item's base unit. */
import type { IsoDate, PartyRef } from './records.ts';

/**
 * Quantity that a host's document has committed but not yet moved.
 * @example
 * // 6 of lot L1 at A-01 for sales order SO-7, of which 2 were shipped
 * { lot: 'L1', warehouse: 'MAIN', location: 'A-01', quantity: '6', fulfilled: '2', released: '0', open: '4',
 *   state: 'open', document: { type: 'salesOrder', number: 'SO-7' }, needDate: '2026-12-01', … }
 */
export interface Reservation {
  readonly id: string;
  readonly version: number;
  /** Null for one made by hand. */
  readonly document: { readonly type: string; readonly number: string } | null;
  readonly item: string;
  readonly variant: string | null;
  /** Null where a piece is reserved that is not in stock. */
  readonly warehouse: string | null;
  /** Null: a promise of the warehouse, without place (R138). */
  readonly location: string | null;
  /** Code and id of the lot; null where any lot will do. */
  readonly lot: string | null;
  readonly lotId: string | null;
  /** Code and id of the piece, where one is named. */
  readonly serial: string | null;
  readonly serialId: string | null;
  /** Code of the item's base unit. */
  readonly unit: string;
  readonly quantity: string;
  readonly fulfilled: string;
  /** Released, broken, or taken back by a recall. */
  readonly released: string;
  /** `quantity` less what was fulfilled and released. */
  readonly open: string;
  readonly state: 'open' | 'closed';
  readonly intent: string;
  /** The day its lots must be good on (R28). */
  readonly needDate: IsoDate;
  readonly party: (PartyRef & { readonly name: string | null }) | null;
  readonly note: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly actor: string;
}

/** One lot taken or passed over by an allocation. */
export interface AllocatedLot {
  /** Id of the lot. */
  readonly lot: string;
  readonly code: string;
  readonly warehouse: string;
  readonly location: string | null;
  readonly expiryDate: IsoDate | null;
  readonly quantity: string;
  /** What reservations of others hold of it: at this place, or without place. */
  readonly reserved: string;
  /** Its place among all candidates in the order of the strategy, from 1. */
  readonly rank: number;
}

export interface SkippedLot extends Omit<AllocatedLot, 'quantity'> {
  /** What would have been there. */
  readonly available: string;
  readonly reason: string;
}

export interface Allocation {
  readonly taken: readonly AllocatedLot[];
  readonly skipped: readonly SkippedLot[];
  readonly shortage: string;
}

/** One piece taken or passed over by an allocation of serials (R103). */
export interface AllocatedSerial {
  /** Id of the piece. */
  readonly serial: string;
  readonly code: string;
  /** Code and id of its lot. */
  readonly lot: string | null;
  readonly lotId: string | null;
  readonly warehouse: string;
  readonly location: string | null;
  /** The earlier of its own and its lot's. */
  readonly expiryDate: IsoDate | null;
  readonly rank: number;
}

/** A piece that was passed over, and why. */
export interface SkippedSerial extends AllocatedSerial {
  readonly reason: string;
}

/** Which pieces would be taken, and why not the others; `shortage` in pieces. */
export interface SerialAllocation {
  readonly taken: readonly AllocatedSerial[];
  readonly skipped: readonly SkippedSerial[];
  readonly shortage: string;
}
