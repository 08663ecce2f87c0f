/**
 * The feed of one port: opened by the first who listens, closed after the last, whoever they are. Everything
 * after a position is told, once and in order; what is missing in between is fetched.
 */
import { type ChangeEvent, isLedgerError } from '../../../core/index.ts';
import { Connection, changesIn, type Owner, pollPath, type Stretch } from './connection.ts';
import type { Line } from './line.ts';
import { canShare, SharedFeed } from './shared-feed.ts';
import { backoff, Ender, linked, pause } from './waiting.ts';

type Listener = (event: ChangeEvent) => void;

/** What a feed has to know. */
export interface FeedSetup {
  readonly line: Line;
  readonly kind: 'stream' | 'poll';
  readonly heartbeat: number;
  /** Where the ledger has come to, as this port knows. */
  readonly seq: () => number;
  /** Hears how far the feed has come. */
  readonly reached: (seq: number) => void;
  /** Names this feed among the tabs; undefined where it is not to be shared. */
  readonly key: () => string | undefined;
  /** Reads anew who the server takes this for. */
  readonly check: (signal: AbortSignal) => Promise<void>;
}

/** What is told when a journal has become another one: anything may have changed. */
const anything = (seq: number): ChangeEvent => ({ seq, touched: [{ resource: '*', id: '*' }] });

/** Milliseconds a feed waits at most before it asks again whether somebody has signed in. */
const SIGNED_OUT = 60_000;

/** Somebody who reads `changes`. */
class Reader {
  readonly #signal: AbortSignal;
  readonly #waiting: ChangeEvent[] = [];
  #wake: () => void = () => {};
  #failure: unknown;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake());
  }

  readonly hear = (event: ChangeEvent): void => {
    this.#waiting.push(event);
    this.#wake();
  };

  fail(error: unknown): void {
    this.#failure = error;
    this.#wake();
  }

  /** The next one; undefined once the signal has ended it. */
  async next(): Promise<ChangeEvent | undefined> {
    while (!this.#signal.aborted) {
      const event = this.#waiting.shift();
      if (event !== undefined) return event;
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    return undefined;
  }
}

/** The one feed of a port. */
export class Feed {
  readonly #setup: FeedSetup;
  readonly #listeners = new Set<Listener>();
  readonly #readers = new Set<Reader>();
  readonly #closing = new Ender();
  #running: AbortController | undefined;
  #shared: SharedFeed | undefined;
  #position = 0;
  /** What was heard is taken in one after the other; a gap takes its time. */
  #taking: Promise<void> | undefined;
  #hurry = new AbortController();
  #stalled = false;
  /** The browser refused locks or channels, as it does to pages without an origin. */
  #alone = false;

  constructor(setup: FeedSetup) {
    this.#setup = setup;
  }

  subscribe(listener: Listener): () => void {
    const own: Listener = (event) => listener(event);
    this.#listeners.add(own);
    this.#start();
    return () => {
      this.#listeners.delete(own);
      this.#stopIfAlone();
    };
  }

  /** Everything after a number, until the signal ends it. */
  async *changes(after: number, given?: AbortSignal): AsyncGenerator<ChangeEvent> {
    const { controller, free } = linked(given, this.#closing);
    const { signal } = controller;
    const reader = new Reader(signal);
    this.#readers.add(reader);
    this.#start();
    try {
      let last = after;
      // what lies between is fetched; from here on the reader hears what comes
      for (let more = true; more && last < this.#position && !signal.aborted; ) {
        const { changes, seq } = await this.#page(last, signal);
        for (const event of changes) yield event;
        more = seq > last;
        last = Math.max(last, seq);
      }
      for (let event = await reader.next(); event !== undefined; event = await reader.next()) {
        if (event.seq <= last && event.touched[0]?.resource !== '*') continue;
        yield event;
        last = event.seq;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      free();
      this.#readers.delete(reader);
      this.#stopIfAlone();
    }
  }

  /** A call was answered: if the feed waits for a sign-in, there was one. */
  answered(): void {
    if (this.#stalled) this.hurry();
  }

  /** The browser is online, or the server is back: whoever waits tries at once. */
  hurry(): void {
    const before = this.#hurry;
    this.#hurry = new AbortController();
    before.abort();
  }

  /** The line is down, or no longer. */
  lineChanged(): void {
    if (this.#setup.line.down === undefined) this.hurry();
    this.#shared?.lineChanged();
  }

  close(): void {
    this.#closing.abort();
    this.#running?.abort();
    this.#listeners.clear();
  }

  #start(): void {
    if (this.#running !== undefined || this.#closing.aborted) return;
    this.#position = this.#setup.seq();
    const running = new AbortController();
    this.#running = running;
    const online = (): void => this.hurry();
    globalThis.addEventListener?.('online', online);
    running.signal.addEventListener('abort', () => globalThis.removeEventListener?.('online', online));
    void this.#run(running.signal);
  }

  #stopIfAlone(): void {
    if (this.#listeners.size + this.#readers.size > 0) return;
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let tries = 0; !signal.aborted; tries++) {
      const begun = Date.now();
      try {
        await this.#hearAll(signal);
      } catch (error) {
        if (signal.aborted) return;
        for (const reader of this.#readers) reader.fail(error);
        this.#stalled = true;
      }
      if (Date.now() - begun > this.#setup.heartbeat) tries = 0;
      await pause(backoff(tries, SIGNED_OUT), signal, this.#hurry.signal);
      this.#stalled = false;
    }
  }

  /** Hears until something ends it: alone, or with the other tabs. */
  async #hearAll(signal: AbortSignal): Promise<void> {
    const { line, kind, heartbeat, key, check } = this.#setup;
    const before = key();
    const owner: Owner = {
      position: () => this.#position,
      heard: (stretch: Stretch) => this.#hear(stretch, signal),
      hurry: () => this.#hurry.signal,
      check: async (asked: AbortSignal) => {
        await check(asked);
        return key() === before;
      },
    };
    const connect = (its: Owner): Connection => new Connection({ line, heartbeat, kind }, its);
    if (before === undefined || this.#alone || !canShare()) return connect(owner).run(signal);
    this.#shared = new SharedFeed({ key: before, line, heartbeat, owner, connect });
    try {
      await this.#shared.run(signal);
    } catch (error) {
      if (isLedgerError(error)) throw error;
      this.#alone = true;
    } finally {
      this.#shared = undefined;
    }
  }

  #hear(stretch: Stretch, signal: AbortSignal): void {
    if (signal.aborted) return;
    const gap = stretch.reset === undefined && stretch.from > this.#position;
    if (this.#taking === undefined && !gap) {
      this.#take(stretch);
      return;
    }
    const taking = (this.#taking ?? Promise.resolve())
      .then(() => this.#fill(stretch, signal))
      .catch(() => {
        // the next stretch finds the same gap
      })
      .finally(() => {
        if (this.#taking === taking) this.#taking = undefined;
      });
    this.#taking = taking;
  }

  /** Fetches what lies before a stretch, then takes it. */
  async #fill(stretch: Stretch, signal: AbortSignal): Promise<void> {
    while (stretch.reset === undefined && stretch.from > this.#position && !signal.aborted) {
      const from = this.#position;
      const { changes, seq } = await this.#page(from, signal);
      if (seq <= from) break;
      this.#take({ from, to: seq, changes });
    }
    if (!signal.aborted) this.#take(stretch);
  }

  #page(after: number, signal: AbortSignal) {
    const { line } = this.#setup;
    const read = changesIn;
    return line.call({
      method: 'GET',
      path: pollPath(after, 0),
      signal,
      patience: Number.POSITIVE_INFINITY,
      read,
    });
  }

  #take({ to, changes, reset }: Stretch): void {
    const from = reset ? -1 : this.#position;
    this.#position = reset ? to : Math.max(from, to);
    this.#setup.reached(this.#position);
    for (const event of reset ? [anything(to)] : changes) {
      if (event.seq <= from) continue;
      for (const reader of this.#readers) reader.hear(event);
      for (const listener of [...this.#listeners]) tellOne(listener, event);
    }
  }
}

function tellOne(listener: Listener, event: ChangeEvent): void {
  try {
    listener(event);
  } catch (error) {
    // a listener's fault is its own
    if (typeof reportError === 'function') reportError(error);
    else console.error(error);
  }
}
