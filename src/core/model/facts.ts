/**
 * The journal's vocabulary: an entry is what one accepted command did, as facts. Projections fold facts
 * into records and look at nothing else, so whatever must be known later has to be in here, and nothing
 * personal may be (R135). Entries are written once and read for good: a change of shape needs a new
 * version and an upcast.
 */
import type {
  AcknowledgementRecord,
  CountRecord,
  EdgeRecord,
  InspectionRecord,
  JobRecord,
  RecallRecord,
  ReservationRecord,
} from './cases.ts';
import type {
  CodeOrigin,
  CounterRecord,
  DocumentRef,
  LotRecord,
  MasterName,
  PartyRef,
  PostingRecord,
  SerialRecord,
  SettingsRecord,
  Warning,
} from './records.ts';

/** A record as a fact carries it: without what the store or the projection adds. */
type Bare<R, Extra extends keyof R = never> = Omit<R, 'version' | Extra>;

/** A new lot, before any stock. */
export type LotFact = Bare<
  LotRecord,
  | 'edition'
  | 'createdAt'
  | 'updatedAt'
  | 'onHand'
  | 'moved'
  | 'live'
  | 'left'
  | 'firstLoadDate'
  | 'firstLoadSeq'
  | 'firstLoadPosting'
  | 'initialQuantity'
  | 'reserved'
  | 'claimed'
  | 'inspected'
  | 'printed'
>;

/** A new serial, before any stock. */
export type SerialFact = Bare<
  SerialRecord,
  | 'edition'
  | 'createdAt'
  | 'updatedAt'
  | 'warehouse'
  | 'warehouseKey'
  | 'location'
  | 'locationKey'
  | 'holder'
  | 'moved'
  | 'live'
  | 'left'
  | 'firstLoadDate'
  | 'firstLoadSeq'
  | 'lastDate'
  | 'reserved'
  | 'reservation'
  | 'claimed'
  | 'recall'
  | 'parent'
  | 'printed'
>;

export type PostingFact = Bare<PostingRecord, 'seq' | 'print' | 'reversed' | 'actor' | 'at' | 'warnings'>;

export type CounterFact = Bare<CounterRecord>;

export type ReservationFact = Bare<
  ReservationRecord,
  'edition' | 'fulfilled' | 'released' | 'open' | 'createdAt' | 'updatedAt' | 'actor'
>;

export type InspectionFact = Bare<InspectionRecord, 'edition' | 'createdAt' | 'updatedAt'>;

export type RecallFact = Bare<
  RecallRecord,
  | 'edition'
  | 'state'
  | 'late'
  | 'freed'
  | 'openedAt'
  | 'openedSeq'
  | 'actor'
  | 'notified'
  | 'recovered'
  | 'closedAt'
  | 'closedSeq'
  | 'evidence'
>;

/** What happens to an open recall. */
export type RecallChange =
  | {
      readonly what: 'notified';
      readonly party: PartyRef;
      readonly how: string | null;
      readonly note: string | null;
    }
  | {
      readonly what: 'recovered';
      readonly party: PartyRef | null;
      readonly lot: string | null;
      readonly serial: string | null;
      readonly quantity: number;
      readonly how: 'returned' | 'held' | 'destroyed';
      readonly note: string | null;
    }
  /** A lot received since joins it. */
  | { readonly what: 'joined'; readonly lot: string }
  | {
      readonly what: 'closed';
      readonly evidence: { readonly hash: string; readonly text: string };
      readonly freed: Freed;
      readonly passed: Readonly<Record<string, string>>;
    }
  | { readonly what: 'freed'; readonly freed: Freed; readonly passed: Readonly<Record<string, string>> };

/**
 * Lots and serials that may be used again, as far as a recall is concerned. `passed`, beside it, names those
 * that another recall holds from now on, and that recall.
 */
export interface Freed {
  readonly lots: readonly string[];
  readonly serials: readonly string[];
}

/** What happens to a reservation; steps are added to what it was. */
export interface ReservationChange {
  readonly why:
    | 'altered'
    | 'moved'
    | 'substituted'
    | 'fulfilled'
    | 'released'
    | 'broken'
    | 'recalled'
    /** What it took was given back by a reversal. */
    | 'restored';
  readonly quantity?: number;
  readonly fulfilled?: number;
  readonly released?: number;
  /** Fields it has from now on: its place, its lot, its need date. */
  readonly to?: Partial<
    Pick<
      ReservationRecord,
      | 'warehouse'
      | 'warehouseKey'
      | 'location'
      | 'locationKey'
      | 'lot'
      | 'serial'
      | 'needDate'
      | 'party'
      | 'note'
    >
  >;
}

/** One field of one lot or serial: from, to. */
export interface Change {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

export type Fact =
  /** A master record as it is from now on; the projection counts editions and keeps dates and `used`. */
  | { readonly kind: 'saved'; readonly table: MasterName; readonly id: string; readonly record: object }
  | { readonly kind: 'removed'; readonly table: MasterName; readonly id: string }
  | { readonly kind: 'settings'; readonly settings: Bare<SettingsRecord, 'id' | 'edition' | 'hasCodes'> }
  | { readonly kind: 'counter'; readonly counter: CounterFact }
  | { readonly kind: 'lotCreated'; readonly lot: LotFact }
  | {
      readonly kind: 'lotChanged';
      readonly id: string;
      readonly changes: readonly Change[];
      /** Id of the step of the workflow that changed it (R48). */
      readonly transition?: string;
    }
  | { readonly kind: 'lotRemoved'; readonly id: string }
  | { readonly kind: 'serialCreated'; readonly serial: SerialFact }
  | {
      readonly kind: 'serialChanged';
      readonly id: string;
      readonly changes: readonly Change[];
      readonly transition?: string;
    }
  | { readonly kind: 'serialRemoved'; readonly id: string }
  | { readonly kind: 'posted'; readonly posting: PostingFact }
  /** A party became known or was erased; its name is in the side collection only. */
  | {
      readonly kind: 'party';
      readonly party: { readonly kind: string; readonly code: string };
      readonly erased?: true;
    }
  | { readonly kind: 'reserved'; readonly reservation: ReservationFact }
  | { readonly kind: 'reservationChanged'; readonly id: string; readonly change: ReservationChange }
  /** An inspection as it is from now on. */
  | { readonly kind: 'inspection'; readonly inspection: InspectionFact }
  | { readonly kind: 'recallOpened'; readonly recall: RecallFact }
  | { readonly kind: 'recallChanged'; readonly id: string; readonly change: RecallChange }
  | { readonly kind: 'acknowledged'; readonly acknowledgement: Bare<AcknowledgementRecord, 'at' | 'actor'> }
  | { readonly kind: 'counted'; readonly count: Bare<CountRecord, 'seq' | 'at' | 'actor'> }
  /** A document of the host that was derived from a posting, or from one line of it (R133). */
  | {
      readonly kind: 'documentLinked';
      readonly posting: string;
      readonly line: string | null;
      readonly document: DocumentRef;
    }
  /** A piece was installed in another (R112); its stock, if it had any, moves by a posting of its own. */
  | { readonly kind: 'installed'; readonly edge: Bare<EdgeRecord, 'seq' | 'endDate' | 'endSeq' | 'reversed'> }
  | { readonly kind: 'uninstalled'; readonly edge: string; readonly date: string }
  | { readonly kind: 'lotPrinted'; readonly id: string }
  | { readonly kind: 'serialPrinted'; readonly id: string }
  | { readonly kind: 'serialMissing'; readonly id: string; readonly missing: boolean }
  | { readonly kind: 'jobStarted'; readonly job: Bare<JobRecord, 'seq' | 'at' | 'actor'> };

export type { CodeOrigin };

/** One line of the journal: what one accepted command did. Its sequence number is its place. */
export interface Entry {
  /** Version of this shape; older ones are turned into it when they are read (upcasts/). */
  readonly v: 2;
  /** The command's id, unique for good. */
  readonly id: string;
  readonly name: string;
  /** When the authority recorded it, ISO with milliseconds, UTC. */
  readonly at: string;
  readonly actor: string;
  readonly source?: string;
  readonly reason?: string;
  readonly force?: { readonly reason: string };
  /** Fingerprint of what was asked (R88). */
  readonly print: string;
  readonly facts: readonly Fact[];
  readonly warnings?: readonly Warning[];
  /** What asynchronous hooks of the host answered before the decision, for who reads later. */
  readonly hooks?: HookAnswers;
}

/** Answers of the host's hooks that became part of a command. */
export interface HookAnswers {
  /** What `beforePosting` changed. */
  readonly beforePosting?: object;
  /** Components `explode` gave, by line. */
  readonly explode?: readonly { readonly line: number; readonly components: readonly object[] }[];
  /** Codes of items `resolveItem` brought, each with the command that created it. */
  readonly resolveItem?: readonly { readonly item: string; readonly command: string }[];
}
