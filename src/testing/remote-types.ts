/** The words of the fake remote: what can be set, what can go wrong, what is written down. */
import type { ErrorCode, ErrorDetails } from '../core/index.ts';
import type { Chance } from './chance.ts';
import type { Lateness } from './remote-feed.ts';
import type { Offer } from './remote-offer.ts';

/** One message to the server and what became of it. */
export interface RemoteCall {
  /** Counted from 1. */
  readonly number: number;
  readonly kind: 'execute' | 'query';
  /** Names of the commands, or of the one question. */
  readonly names: readonly string[];
  /** Ids of the commands: the same id again is the same command. */
  readonly ids: readonly string[];
  /** The commands, or what the question was asked with, as it arrived. */
  readonly args: unknown;
  readonly state: 'waiting' | 'answered' | 'failed' | 'aborted';
  /** Code of the error, where it is one of the ledger's. */
  readonly error?: string;
}

/** What a rule about calls is asked with: the call as it starts. */
export type StartedCall = Pick<RemoteCall, 'number' | 'kind' | 'names' | 'ids' | 'args'>;

/**
 * How a call goes wrong. `before`: it never arrived, nothing was done. `after`: it was done and the answer got
 * lost. Both are `store.unavailable`, to be sent again with the same id: nobody can tell them apart. With a
 * code: the server says so, before it does anything.
 */
export type Failure = 'before' | 'after' | { readonly code: ErrorCode; readonly details?: ErrorDetails };

/** Which calls go wrong: every one, the next ones in turn, or as a rule says. */
export type Failing =
  | Failure
  | readonly (Failure | undefined)[]
  | ((call: StartedCall, chance: Chance) => Failure | undefined);

/** Milliseconds from question to answer: fixed, drawn between two, or as a rule says. */
export type Latency =
  | number
  | { readonly from: number; readonly to: number }
  | ((call: StartedCall, chance: Chance) => number);

/** What is sent along with every call, as HTTP headers are. */
export type RemoteHeaders = Readonly<Record<string, string>>;

/** How a fake remote is set up; everything but the name, the seed and the capabilities can be changed later. */
export interface FakeRemoteOptions {
  readonly name?: string;
  /** For everything that is drawn; 1 unless said. */
  readonly seed?: number;
  readonly latency?: Latency;
  readonly fail?: Failing;
  /** Commands, questions (`lots.list`, `lots.*`) and permissions (`posting.reverse`) this client is refused. */
  readonly forbid?: readonly string[];
  readonly offline?: boolean;
  /** Nobody is signed in until `control.unauthenticated` is false. */
  readonly unauthenticated?: boolean;
  /** Sent with every call, asked anew each time. */
  readonly headers?: () => RemoteHeaders | Promise<RemoteHeaders>;
  /** Which headers are those of somebody who signed in; any unless said. */
  readonly accepts?: (headers: RemoteHeaders) => boolean;
  /** What the server offers of what the ledger can. */
  readonly capabilities?: Offer;
  readonly feed?: { readonly paused?: boolean; readonly duplicate?: boolean; readonly late?: Lateness };
}
