/**
 * What hosts read of a recall: its frozen scope with what is left where, who got what, what was notified and
 * recovered, the mass balance, the gaps and the figures an authority asks for.
 */
import type { IsoDate, PartyRef } from './records.ts';
import type { AsOf } from './views.ts';
import type { MassBalance } from './views-trace.ts';

/** What a recall is opened on: at least one of lots, serials, a supplier's lot. */
export interface RecallInput {
  /** Made when absent: `RC-2026-001`. */
  readonly code?: string | null;
  readonly title?: string | null;
  readonly reason: string;
  /** As the authority classes it. */
  readonly class?: string | null;
  /** Ids of lots and of serials. */
  readonly lots?: readonly string[];
  readonly serials?: readonly string[];
  /** Everything received under this code of a supplier's, also what arrives while the recall is open. */
  readonly supplierLot?: {
    readonly supplier?: string | null;
    readonly supplierLot: string;
    readonly item?: string | null;
  } | null;
}

/** One lot or piece a recall covers. */
export interface RecallScopeRow {
  readonly id: string;
  readonly kind: 'lot' | 'serial';
  readonly code: string;
  readonly item: string;
  readonly variant: string | null;
  readonly unit: string;
  readonly supplierLot: string | null;
  readonly expiryDate: IsoDate | null;
  /** It was named, or came under the supplier's lot; the others were made of it. */
  readonly origin: boolean;
  /** It was received after the opening. */
  readonly late: boolean;
  /** Nothing but scrap, counts, inspection and returns to the supplier may take it. */
  readonly blocked: boolean;
  /** Let go by the closing. */
  readonly freed: boolean;
  readonly onHand: string;
  readonly inTransit: string;
  readonly closed: string;
  /** Where what is left of it lies. */
  readonly stock: readonly {
    readonly warehouse: string;
    readonly location: string | null;
    readonly onHand: string;
    readonly transit: boolean;
  }[];
}

/** What of one lot or piece one party got. */
export interface RecallDelivery {
  readonly node: string;
  readonly code: string;
  readonly item: string;
  readonly unit: string;
  /** Of the origin itself (R104). */
  readonly direct: boolean;
  readonly sent: string;
  /** Came back by postings, and of that since the opening. */
  readonly returned: string;
  readonly returnedSince: string;
  /** Reported as back, held there or destroyed there. */
  readonly recovered: string;
  /** Still out: neither back nor reported as held or destroyed. */
  readonly out: string;
  /** Sent by postings that were taken back since. */
  readonly reversed: string;
  /** The postings it was sent by. */
  readonly postings: readonly {
    readonly id: string;
    readonly numberText: string;
    readonly date: IsoDate;
    readonly document: string | null;
    readonly quantity: string;
  }[];
}

/** A party that got something a recall covers. */
export interface RecallParty {
  readonly party: PartyRef & { readonly name: string | null };
  readonly direct: boolean;
  readonly indirect: boolean;
  readonly notified: boolean;
  readonly notifiedAt: string | null;
  /** Everything it was sent was taken back as a mistake: it is listed, and does not count. */
  readonly dropped: boolean;
  /** Nothing of what it got is still out. */
  readonly recovered: boolean;
  readonly deliveries: readonly RecallDelivery[];
}

/** Something the report cannot tell. */
export interface RecallGap {
  /**
   * `party`: sent to nobody that is named; `supplier`, `document`: a link that is missing; `source`: nobody
   * knows where it came from; `untracked`: it went into stock without lots; `difference`: the balance does not
   * close; `unrecovered`: out, and not back.
   */
  readonly what: 'party' | 'supplier' | 'document' | 'source' | 'untracked' | 'difference' | 'unrecovered';
  readonly node: string;
  readonly code: string | null;
  readonly item: string;
  readonly quantity: string | null;
  /** As people read it. */
  readonly posting: string | null;
  readonly party: PartyRef | null;
}

/** Figures in per cent, two decimals; null where there is nothing to measure. */
export interface RecallFigures {
  /** Lots and pieces with every link an authority asks for. */
  readonly traceCompleteness: number | null;
  /** Of what came in: here, with a party that is named, or gone where it is known. */
  readonly located: number | null;
  readonly notified: number | null;
  readonly recovered: number | null;
  /** From the opening to the closing, or to now. */
  readonly elapsedMs: number;
}

/** What a recall comes to at one moment; its evidence is this, without names of parties. */
export interface RecallReport {
  readonly scope: readonly RecallScopeRow[];
  readonly parties: readonly RecallParty[];
  readonly balances: {
    readonly lots: readonly (MassBalance & {
      readonly id: string;
      readonly code: string;
      readonly item: string;
      readonly unit: string;
    })[];
    readonly items: readonly (MassBalance & { readonly item: string; readonly unit: string })[];
  };
  readonly gaps: readonly RecallGap[];
  readonly figures: RecallFigures;
}

/** A recall in a list. */
export interface RecallSummary {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly title: string | null;
  readonly reason: string;
  readonly class: string | null;
  readonly state: 'open' | 'closed';
  /** How many lots and pieces it covers, later ones included. */
  readonly lots: number;
  readonly serials: number;
  readonly notified: number;
  readonly openedAt: string;
  readonly openedOn: IsoDate;
  /** Sequence number of the opening: after it, nothing it covers has left. */
  readonly openedSeq: number;
  readonly closedAt: string | null;
  readonly closedSeq: number | null;
  readonly actor: string;
  /** SHA-256 of the evidence, once closed. */
  readonly evidenceHash: string | null;
}

/** A recall with everything it comes to now. */
export interface Recall extends Omit<RecallSummary, 'notified'>, RecallReport {
  readonly origin: {
    readonly lots: readonly string[];
    readonly serials: readonly string[];
    readonly supplierLot: {
      readonly supplier: string | null;
      readonly supplierLot: string;
      readonly item: string | null;
    } | null;
  };
  /** Ids of the reservations its opening released (R52). */
  readonly releasedReservations: readonly string[];
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
    readonly quantity: string;
    readonly how: 'returned' | 'held' | 'destroyed';
    readonly at: string;
    readonly note: string | null;
    readonly actor: string;
  }[];
  /** Documents and parties are left out, because the reader may not see them (R120). */
  readonly restricted: boolean;
  readonly asOf: AsOf;
}

/** What a recall was closed with, as it stands in the journal. */
export interface RecallEvidence {
  readonly recall: string;
  /** SHA-256 of the text's UTF-8 bytes, hexadecimal; it is in the journal's entry too. */
  readonly hash: string;
  /** Canonical JSON of the report at the closing. */
  readonly text: string;
  /** The text still has this hash. */
  readonly intact: boolean;
}
