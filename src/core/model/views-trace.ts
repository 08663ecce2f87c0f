/**
 * What hosts read of a genealogy: nodes, links, parties, mass balances, and pieces within pieces. Quantities
 * are decimal texts in the base unit that stands beside them.
 */
import type { DocumentRef, IsoDate, PartyRef } from './records.ts';
import type { AsOf } from './views.ts';

/** What a node of a trace is: a lot, a single piece, or an item's stock without lots. */
export type TraceNodeKind = 'lot' | 'serial' | 'item';

/** What lies of a node at one place, on the day of the trace. */
export interface TraceStock {
  readonly warehouse: string;
  readonly location: string | null;
  readonly onHand: string;
  /** On the way between warehouses (R129). */
  readonly transit: boolean;
}

/** One lot, piece or item of a trace, shown once however many ways lead to it. */
export interface TraceNode {
  readonly id: string;
  readonly kind: TraceNodeKind;
  readonly direction: 'origin' | 'forward' | 'backward';
  /** Steps of production, split, merge, conversion or install from the origin; transfers are none (R108). */
  readonly depth: number;
  /** A later way leads here again, a cycle or a diamond: it is shown already and not followed twice (R106). */
  readonly repeated: boolean;
  readonly item: string;
  readonly itemDescription: string | null;
  readonly variant: string | null;
  /** Code of the lot or serial; null for stock without either. */
  readonly code: string | null;
  readonly unit: string;
  readonly status: string | null;
  readonly closed: boolean;
  /** Held by a recall. */
  readonly recalled: boolean;
  readonly expiryDate: IsoDate | null;
  readonly supplierLot: string | null;
  /** Physically there, transit included, on the day of the trace; null for stock without lots. */
  readonly onHand: string | null;
  /** Places with stock, at most a hundred. */
  readonly stock: readonly TraceStock[];
  /** Who has a piece that left the house. */
  readonly holder: PartyRef | null;
  /** Cursor for what lies beyond this node and is not in this answer; null where nothing does. */
  readonly more: string | null;
  /** Cursor for further parties of this node; null where all are in this answer. */
  readonly moreParties: string | null;
}

/** A posting as a link or a party names it. */
export interface TracePosting {
  readonly id: string;
  /** As people read it: `2026/11/22-031`. */
  readonly numberText: string;
  readonly warehouse: string;
  readonly document: DocumentRef | null;
}

/** What of one node went into another. */
export interface TraceEdge {
  readonly id: string;
  readonly kind: 'consume' | 'split' | 'merge' | 'convert' | 'install';
  readonly direction: 'forward' | 'backward';
  readonly from: string;
  readonly to: string;
  /** What went in of `from` altogether, in its unit. */
  readonly fromQuantity: string;
  readonly fromUnit: string;
  /** What came out as `to` altogether, in its unit. */
  readonly toQuantity: string;
  readonly toUnit: string;
  readonly date: IsoDate;
  /** The postings behind it; null where there is none, and for readers who may not see documents (R120). */
  readonly unload: TracePosting | null;
  readonly load: TracePosting | null;
  /** The day it was taken back, or the piece removed again. */
  readonly endDate: IsoDate | null;
  /** Taken back as a mistake (R80). */
  readonly reversed: boolean;
  readonly traced: boolean;
  /** The node it leads to was shown before (R106). */
  readonly repeated: boolean;
}

/** Who brought or got something of a node, by which posting. */
export interface TraceParty {
  /** Null for readers who may not see documents (R120). */
  readonly party: (PartyRef & { readonly name: string | null }) | null;
  /** It got it, brought it, or sent it back. */
  readonly way: 'sent' | 'received' | 'returned';
  /** Of the origin itself, not of what was made from it, or it was made from (R104). */
  readonly direct: boolean;
  /** Id and code of our lot or serial. */
  readonly node: string;
  readonly code: string;
  readonly item: string;
  readonly quantity: string;
  readonly unit: string;
  readonly date: IsoDate;
  readonly posting: TracePosting | null;
  /** The supplier's own lot, where it was received. */
  readonly supplierLot: string | null;
  /** Taken back since (R80). */
  readonly reversed: boolean;
}

/** One page of a trace. */
export interface Trace {
  /** Id of the lot or serial it began at. */
  readonly origin: string;
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  readonly parties: readonly TraceParty[];
  /** Documents and parties are left out, because the reader may not see them (R120). */
  readonly restricted: boolean;
  /** The cursor of the next page; absent at the end. */
  readonly next?: string;
  readonly asOf: AsOf;
}

/** One node of a lineage. */
export interface LineageNode {
  readonly id: string;
  readonly kind: TraceNodeKind;
  /** Code of its item. */
  readonly item: string;
  readonly depth: number;
}

/** A whole genealogy in short: what is reached, and in how many steps. */
export interface Lineage {
  readonly origin: string;
  /** Lots, serials and items' stock without lots, nearest first, the origin left out. */
  readonly nodes: readonly LineageNode[];
  readonly asOf: AsOf;
}

/** Where everything of one lot came from and went (R111); columns that are zero are there too. */
export interface MassBalance {
  readonly received: string;
  readonly produced: string;
  readonly opening: string;
  readonly customerReturns: string;
  readonly countGains: string;
  /** Came out of other lots: split off, merged, converted. */
  readonly fromLots: string;
  readonly otherIn: string;
  /** All of the above. */
  readonly in: string;
  readonly onHand: string;
  readonly inTransit: string;
  /** Physically there, of a lot closed by hand. */
  readonly closed: string;
  readonly consumed: string;
  /** Went into other lots: split off, merged, converted. */
  readonly toLots: string;
  readonly shipped: string;
  readonly supplierReturns: string;
  readonly scrapped: string;
  readonly sampled: string;
  readonly countLosses: string;
  readonly otherOut: string;
  /** All of those. */
  readonly accounted: string;
  /** `in` less `accounted`: zero where everything is known. */
  readonly difference: string;
  /** `accounted` in per cent of `in`, two decimals; null where nothing came in. */
  readonly percent: number | null;
}

/** The mass balance of one lot. */
export interface LotBalance extends MassBalance {
  readonly id: string;
  readonly code: string;
  readonly item: string;
  readonly unit: string;
}

/** A piece and the pieces installed in it, or consumed into it, on one day (R112). */
export interface AsBuilt {
  readonly id: string;
  readonly kind: TraceNodeKind;
  readonly item: string;
  readonly itemDescription: string | null;
  readonly variant: string | null;
  readonly code: string | null;
  /** How it got into the piece above; null at the top. */
  readonly by: 'install' | 'consume' | 'convert' | null;
  readonly since: IsoDate | null;
  readonly quantity: string;
  readonly unit: string;
  readonly children: readonly AsBuilt[];
}

/** One stay of a piece in another. */
export interface Install {
  readonly id: string;
  /** Id, code and item of the piece it was installed in. */
  readonly into: string;
  readonly intoCode: string;
  readonly intoItem: string;
  readonly from: IsoDate;
  /** The day it was removed; null while it is in there. */
  readonly until: IsoDate | null;
  /** Taken back as a mistake. */
  readonly reversed: boolean;
  /** The posting that took it out of stock, where it was in stock. */
  readonly posting: string | null;
}
