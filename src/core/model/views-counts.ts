/** Counts and count sheets as hosts read them. Quantities are decimal texts in the item's base unit. */
import type { IsoDate, Warning } from './records.ts';

/** What a count came to (R84). */
export interface Count {
  readonly id: string;
  readonly warehouse: string;
  readonly date: IsoDate;
  readonly note: string | null;
  /** Per lot and place, and per item and place for stock without lots; what agrees is among them. */
  readonly rows: readonly CountedRow[];
  /** Per piece that was found, looked for, or missed. */
  readonly serials: readonly CountedPiece[];
  /** Ids of the postings that settled it: losses, gains; none where everything was as in the books. */
  readonly postings: readonly string[];
  readonly actor: string;
  readonly recordedAt: string;
  /** What settling it came with: reservations it broke, for one (R138). */
  readonly warnings: readonly Warning[];
}

export interface CountedRow {
  readonly item: string;
  readonly variant: string | null;
  readonly location: string | null;
  /** Code and id of the lot; null for stock without lots. */
  readonly lot: string | null;
  readonly lotId: string | null;
  /** What the books had at the end of the count's day. */
  readonly book: string;
  readonly counted: string;
  /** Counted less book: `'-2'` were missing. */
  readonly difference: string;
}

export interface CountedPiece {
  readonly code: string;
  /** Id of the serial; null where the ledger knows none of this code. */
  readonly id: string | null;
  readonly item: string;
  readonly location: string | null;
  /**
   * `found`: here, as in the books. `missing`: in the books, not here; it is out of stock now. `restored`: was
   * missing and is here again. `wrongPlace`: elsewhere in the books, or out of the house (`bookPlace` null);
   * reported, not moved. `unknown`: reported, not made.
   */
  readonly outcome: 'found' | 'missing' | 'wrongPlace' | 'unknown' | 'restored';
  readonly bookPlace: { readonly warehouse: string; readonly location: string | null } | null;
}

/** What the books have on a day, to print and to fill in: its lines are those of a count. */
export interface CountSheet {
  readonly warehouse: string;
  readonly date: IsoDate;
  readonly lines: readonly CountSheetLine[];
}

/** One item at one place. */
export interface CountSheetLine {
  readonly item: string;
  readonly description: string | null;
  readonly variant: string | null;
  readonly unit: string;
  readonly location: string | null;
  /** Stock without lots; null where there is none. */
  readonly book: string | null;
  readonly lots: readonly {
    readonly code: string;
    readonly expiryDate: IsoDate | null;
    readonly book: string;
  }[];
  readonly serials: readonly { readonly code: string; readonly lot: string | null }[];
}
