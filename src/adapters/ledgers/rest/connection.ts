/**
 * One connection to the feed that never ends by itself: server-sent events read with `fetch`, since they need
 * headers, and a long poll where something in between holds a stream back. Whatever breaks, it goes on from
 * where its owner has come to.
 */
import { type ChangeEvent, isLedgerError } from '../../../core/index.ts';
import { type ChangesBody, headers, mediaTypes, portPaths } from '../../../wire/index.ts';
import { EventReader, type StreamMessage } from './event-stream.ts';
import type { Line } from './line.ts';
import { backoff, linked, pause } from './waiting.ts';

/** A part of the feed: all that lies after `from`, up to and with `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly ChangeEvent[];
  /** The journal is another one than before; `to` is where it stands. */
  readonly reset?: true;
}

/** What a connection needs of its owner. */
export interface Owner {
  /** What the owner has heard up to. */
  readonly position: () => number;
  readonly heard: (stretch: Stretch) => void;
  /** Looks who the server takes this for; false when it is somebody else now, and the feed another. */
  readonly check: (signal: AbortSignal) => Promise<boolean>;
  /** Aborts when it is worth trying at once. */
  readonly hurry: () => AbortSignal;
}

/** How the feed is heard. */
export interface FeedOptions {
  readonly line: Line;
  /** Milliseconds between the signs of life of a stream. */
  readonly heartbeat: number;
  /** `poll` never tries a stream. */
  readonly kind: 'stream' | 'poll';
}

/** Heartbeats without a sign of life until a line counts as dead. */
export const SILENCE = 2.5;
/** Seconds a poll waits at the server. */
const POLL_WAIT = 25;
/** Changes in one answer. */
export const PAGE = 500;
/** Milliseconds between polls of a server that does not wait. */
const POLL_PAUSE = 2_000;
/** Milliseconds of polling before a stream is tried again. */
const POLLING = 600_000;

const isEvent = (value: unknown): value is ChangeEvent =>
  Number.isSafeInteger((value as ChangeEvent | null)?.seq) && Array.isArray((value as ChangeEvent).touched);

/** What a poll answered; undefined for anything else. */
export function changesIn(body: unknown): ChangesBody | undefined {
  const { changes, seq } = (body ?? {}) as Partial<ChangesBody>;
  const good = Array.isArray(changes) && changes.every(isEvent) && Number.isSafeInteger(seq);
  return good ? (body as ChangesBody) : undefined;
}

/** The path of a poll. */
export const pollPath = (after: number, wait: number): string =>
  `${portPaths.changes}?after=${after}&wait=${wait}&limit=${PAGE}`;

/** Whether going on is of no use until somebody signs in, or ever. */
const isFinal = (error: unknown): boolean =>
  isLedgerError(error) && /^(unauthenticated|forbidden|unsupported|missing)$/.test(error.kind);

/** What a piece of a stream says, from a position on: one stretch, or more where the journal is another one. */
function stretchesOf(messages: readonly StreamMessage[], position: number): Stretch[] {
  const stretches: Stretch[] = [];
  let from = position;
  let to = from;
  let changes: ChangeEvent[] = [];
  const end = (): void => {
    if (to !== from) stretches.push({ from, to, changes });
    from = to;
    changes = [];
  };
  for (const { event, data, id } of messages) {
    if (event === 'reset') {
      end();
      const at = Number(id ?? (JSON.parse(data) as { seq?: unknown }).seq);
      stretches.push({ from: at, to: at, changes: [], reset: true });
      from = to = at;
      continue;
    }
    if (data !== '' && event === 'message') {
      const change: unknown = JSON.parse(data);
      if (!isEvent(change)) throw new TypeError('no change');
      if (change.seq > to) changes.push(change);
      to = Math.max(to, change.seq);
    }
    // what this one may not see moves the position all the same
    if (id !== undefined && /^\d+$/.test(id)) to = Math.max(to, Number(id));
  }
  end();
  return stretches;
}

/** The way to the feed. */
export class Connection {
  readonly #options: FeedOptions;
  readonly #owner: Owner;
  /** Until when streams are not tried. */
  #pollsUntil: number;
  /** Milliseconds the server wants between two streams. */
  #retry = 0;

  constructor(options: FeedOptions, owner: Owner) {
    this.#options = options;
    this.#owner = owner;
    this.#pollsUntil = options.kind === 'poll' ? Number.POSITIVE_INFINITY : 0;
  }

  /**
   * Hears until the signal ends it, or the server takes this for somebody else.
   * @throws LedgerError what no further try would mend: session.required, permission.denied …
   */
  async run(signal: AbortSignal): Promise<void> {
    for (let tries = 0; !signal.aborted; tries++) {
      const begun = Date.now();
      try {
        if (!(await this.#owner.check(signal))) return;
        await (this.#polls ? this.#poll(signal) : this.#stream(signal));
      } catch (error) {
        if (!signal.aborted && isFinal(error)) throw error;
      }
      // one that lived for a while was no failure
      if (Date.now() - begun > this.#options.heartbeat) tries = 0;
      if (!signal.aborted) await pause(this.#retry + backoff(tries), signal, this.#owner.hurry());
    }
  }

  get #polls(): boolean {
    return Date.now() < this.#pollsUntil;
  }

  /** Polls as long as answers come. */
  async #poll(signal: AbortSignal): Promise<void> {
    const { line } = this.#options;
    while (!signal.aborted && this.#polls) {
      const from = this.#owner.position();
      const asked = Date.now();
      const answer = await line.call({
        method: 'GET',
        path: pollPath(from, POLL_WAIT),
        signal,
        timeout: POLL_WAIT * 1000 + 10_000,
        read: changesIn,
      });
      const { seq: to, changes, reset } = answer;
      this.#owner.heard(reset ? { from: to, to, changes, reset } : { from, to, changes });
      const waited = Date.now() - asked >= POLL_PAUSE;
      if (changes.length === 0 && !waited) await pause(POLL_PAUSE, signal);
    }
  }

  /** Reads one stream to its end. */
  async #stream(signal: AbortSignal): Promise<void> {
    const { line, heartbeat } = this.#options;
    const { controller, free } = linked(signal);
    let spoke = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = (limit: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), limit);
    };
    try {
      // the first word comes at once, unless somebody in between holds it back
      alive(heartbeat);
      await this.#read(controller.signal, () => {
        spoke = true;
        line.heard();
        alive(heartbeat * SILENCE);
      });
    } catch (error) {
      if (controller.signal.aborted && !signal.aborted && !spoke) this.#pollsUntil = Date.now() + POLLING;
      throw error;
    } finally {
      clearTimeout(timer);
      free();
      controller.abort();
    }
  }

  async #read(signal: AbortSignal, alive: () => void): Promise<void> {
    let position = this.#owner.position();
    const answer = await this.#options.line.open(
      `${portPaths.changes}?after=${position}`,
      { accept: mediaTypes.events, [headers.lastEventId]: String(position) },
      signal,
    );
    const isStream = answer.headers.get('content-type')?.startsWith(mediaTypes.events) === true;
    if (!isStream || answer.body === null) {
      this.#pollsUntil = Date.now() + POLLING;
      return;
    }
    const events = new EventReader();
    const text = new TextDecoder();
    const reader = answer.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive();
      const stretches = stretchesOf(events.read(text.decode(part.value, { stream: true })), position);
      // a sign of life, too, tells where it stands
      if (stretches.length === 0) stretches.push({ from: position, to: position, changes: [] });
      for (const stretch of stretches) this.#owner.heard(stretch);
      position = stretches.at(-1)?.to ?? position;
      this.#retry = events.retry ?? this.#retry;
    }
  }
}
