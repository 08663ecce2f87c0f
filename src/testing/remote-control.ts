/** The strings of a fake remote: everything a test changes while it runs, and the record of what was asked. */
import { isLedgerError, LedgerError } from '../core/index.ts';
import { type Chance, chance } from './chance.ts';
import { RemoteFeed } from './remote-feed.ts';
import type {
  Failing,
  Failure,
  FakeRemoteOptions,
  Latency,
  RemoteCall,
  RemoteHeaders,
} from './remote-types.ts';

type Changing<T> = { -readonly [K in keyof T]: T[K] };

/** One call on its way. */
export interface Trip {
  readonly failure: Failure | undefined;
  /** Arrives at the server, if anything does. */
  there(): Promise<void>;
  back(): Promise<void>;
  end(state: 'answered' | 'failed' | 'aborted', error?: unknown): void;
}

/** What a test may change on a fake remote at any time; what is under way keeps what it started with. */
export class RemoteControl {
  latency: Latency;
  fail: Failing | undefined;
  forbid: readonly string[];
  /** Until it is false every call is refused as `unauthenticated`. */
  unauthenticated: boolean;
  accepts: (headers: RemoteHeaders) => boolean;
  readonly feed: RemoteFeed;
  /** How many listen to the feed right now; an element that is gone listens no more. */
  listeners = 0;
  readonly #chance: Chance;
  readonly #headers: NonNullable<FakeRemoteOptions['headers']>;
  readonly #calls: Changing<RemoteCall>[] = [];
  #offline = false;
  #number = 0;
  #held = false;
  #waiting: (() => void)[] = [];

  constructor(options: FakeRemoteOptions) {
    this.#chance = chance(options.seed ?? 1);
    this.latency = options.latency ?? 0;
    this.fail = options.fail;
    this.forbid = options.forbid ?? [];
    this.unauthenticated = options.unauthenticated ?? false;
    this.accepts = options.accepts ?? (() => true);
    this.#headers = options.headers ?? (() => ({}));
    this.feed = new RemoteFeed(chance(this.#chance.seed + 1));
    Object.assign(this.feed, options.feed ?? {});
    this.offline = options.offline ?? false;
  }

  /** Every call so far, the oldest first; those under way are `waiting`. */
  get calls(): readonly RemoteCall[] {
    return this.#calls;
  }

  /** Forgets the calls so far; numbers go on. */
  clear(): void {
    this.#calls.length = 0;
  }

  /** How often a command or question was sent. @example control.count('lots.list') */
  count(name: string): number {
    return this.#calls.filter(({ names }) => names.includes(name)).length;
  }

  /** There is no way to the server: calls fail, the status says `offline`, the feed is held. */
  get offline(): boolean {
    return this.#offline;
  }

  set offline(offline: boolean) {
    this.#offline = offline;
    this.feed.cut = offline;
  }

  /** While true calls wait in front of the server; then they go on, in their order. */
  get held(): boolean {
    return this.#held;
  }

  set held(held: boolean) {
    this.#held = held;
    if (!held) for (const go of this.#waiting.splice(0)) go();
  }

  /** What this client sends along. */
  async headers(): Promise<RemoteHeaders> {
    return this.#headers();
  }

  /** Whether these headers are those of somebody who signed in. */
  signedIn(headers?: RemoteHeaders): boolean {
    return !this.unauthenticated && (headers === undefined || this.accepts(headers));
  }

  /** Writes a call down and decides what becomes of it. */
  begin(what: Pick<RemoteCall, 'kind' | 'names' | 'ids' | 'args'>, signals: readonly AbortSignal[]): Trip {
    const call: Changing<RemoteCall> = { ...what, number: ++this.#number, state: 'waiting' };
    this.#calls.push(call);
    const failure = this.#failureOf(call);
    const half = this.#latencyOf(call) / 2;
    const last = signals.length - 1;
    return {
      failure,
      there: async () => {
        await waited(half, signals);
        if (this.#held)
          await unlessAborted(new Promise((go) => this.#waiting.push(() => go(undefined))), signals);
        if (this.#offline) throw new LedgerError('store.unavailable');
      },
      back: () => waited(half, signals),
      end: (state, error) => {
        call.state = last >= 0 && signals.some(({ aborted }) => aborted) ? 'aborted' : state;
        if (isLedgerError(error)) call.error = error.code;
      },
    };
  }

  #failureOf(call: RemoteCall): Failure | undefined {
    const { fail } = this;
    if (typeof fail === 'function') return fail(call, this.#chance);
    if (!isList(fail)) return fail;
    const [next, ...left] = fail;
    this.fail = left.length > 0 ? left : undefined;
    return next;
  }

  #latencyOf(call: RemoteCall): number {
    const { latency } = this;
    if (typeof latency === 'number') return latency;
    if (typeof latency === 'function') return latency(call, this.#chance);
    return this.#chance.between(latency.from, latency.to);
  }
}

const isList = (fail: Failing | undefined): fail is readonly (Failure | undefined)[] => Array.isArray(fail);

/** A promise that gives up when one of the signals does. */
function unlessAborted(promise: Promise<unknown>, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = (): void => {
      clean();
      reject(signals.find(({ aborted }) => aborted)?.reason);
    };
    const clean = (): void => {
      for (const signal of signals) signal.removeEventListener('abort', give);
    };
    for (const signal of signals) signal.addEventListener('abort', give);
    if (signals.some(({ aborted }) => aborted)) return give();
    void promise.then(() => {
      clean();
      resolve();
    });
  });
}

/** Waits so many milliseconds; without any, just until the next turn of promises. */
async function waited(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = ms > 0 ? new Promise((done) => (timer = setTimeout(done, ms))) : Promise.resolve();
  try {
    await unlessAborted(over, signals);
  } finally {
    clearTimeout(timer);
  }
}
