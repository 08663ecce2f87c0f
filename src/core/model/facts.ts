/**
 * The journal's vocabulary: an entry is what one accepted command did, as facts. Projections fold facts
 * into records and look at nothing else, so whatever must be known later has to be in here, and nothing
 * personal may be (R135). Entries are written once and read for good: a change of shape needs a new
 * version and an upcast.
 */
import type {
  CodeOrigin,
  CounterRecord,
  LotRecord,
  MasterName,
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
>;

export type PostingFact = Bare<PostingRecord, 'seq' | 'print' | 'reversed' | 'actor' | 'at' | 'warnings'>;

export type CounterFact = Bare<CounterRecord>;

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
  | { readonly kind: 'lotChanged'; readonly id: string; readonly changes: readonly Change[] }
  | { readonly kind: 'lotRemoved'; readonly id: string }
  | { readonly kind: 'serialCreated'; readonly serial: SerialFact }
  | { readonly kind: 'serialChanged'; readonly id: string; readonly changes: readonly Change[] }
  | { readonly kind: 'serialRemoved'; readonly id: string }
  | { readonly kind: 'posted'; readonly posting: PostingFact }
  /** A party became known or was erased; its name is in the side collection only. */
  | {
      readonly kind: 'party';
      readonly party: { readonly kind: string; readonly code: string };
      readonly erased?: true;
    };

export type { CodeOrigin };

/** One line of the journal: what one accepted command did. Its sequence number is its place. */
export interface Entry {
  /** Version of this shape. */
  readonly v: 1;
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
}
