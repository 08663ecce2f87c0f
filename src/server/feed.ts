/**
 * `GET /changes`: what was written, from a sequence number on, as a long poll or as server-sent events. Each
 * item goes through `authorize`; of one that is refused nothing is told but its number, so that nobody waits
 * for it.
 */
import { type ChangeEvent, isLedgerError, type Ledger, LedgerError } from '../core/index.ts';
import { type ChangesBody, headers, mediaTypes } from '../wire/index.ts';
import type { Acting } from './acting.ts';
import { type Answer, ok } from './answers.ts';
import type { ServerLimits } from './options.ts';
import { type Fields, saidOutside } from './parameters.ts';
import type { Open } from './rates.ts';
import { refusal } from './refusals.ts';
import type { Exchange } from './resources.ts';
import { LATE, linked, within } from './waiting.ts';

const MOST_WAIT = 60;
const MOST_CHANGES = 1000;
const SOME_CHANGES = 500;
/** Changes looked at for one answer, told or not: whoever may see few of them asks again from where it came to. */
const MOST_LOOKED = 4 * MOST_CHANGES;
/** Milliseconds after which a stream that ended is opened again. */
const RETRY = 2_000;

/** What the feed needs of the server. */
export interface FeedOptions {
  readonly limits: ServerLimits;
  readonly open: Open;
  readonly keyOf: (acting: Acting) => string;
  /** The server is about to stop. */
  readonly closing: AbortSignal;
}

/** Where a feed begins. */
interface Start {
  readonly after: number;
  /** Where the journal stands. */
  readonly head: number;
  /** It was asked for what lies beyond the journal: the sender knows another one. */
  readonly reset: boolean;
}

/** How far the journal has come; what a ledger has heard may be older. */
async function headOf(ledger: Ledger): Promise<number> {
  const { seq } = ledger.status();
  try {
    return Math.max(seq, (await ledger.head()).seq);
  } catch (error) {
    if (isLedgerError(error) && error.kind === 'unsupported') return seq;
    throw error;
  }
}

function wholeOf(args: Fields, name: string, min: number, max: number): number | undefined {
  const value = args[name];
  if (value === undefined) return undefined;
  if (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max)
    return value as number;
  throw new LedgerError('field.range', { path: name, details: { min, max } });
}

/** The id of the last event that was heard, which goes before what the address says. */
function lastEvent(request: Request): number | undefined {
  const text = request.headers.get(headers.lastEventId);
  if (text === null || text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new LedgerError('field.type', { path: headers.lastEventId, details: { expected: 'number' } });
}

/** Whether the address asks for a stream, whatever the media it accepts. */
const asksForStream = (args: Fields): boolean => args.stream !== undefined && args.stream !== 'false';

/** Changes one after the other; a wait that was in vain loses none. */
class Changes {
  readonly #items: AsyncIterator<ChangeEvent>;
  readonly #stop: () => void;
  #next: Promise<IteratorResult<ChangeEvent>> | undefined;

  constructor(ledger: Ledger, after: number, ...signals: readonly AbortSignal[]) {
    const { signal, abort, free } = linked(...signals);
    this.#items = ledger.changes({ after, signal })[Symbol.asyncIterator]();
    this.#stop = () => {
      abort();
      free();
    };
  }

  /** The next one; undefined where there are no more, `LATE` where none came in time. */
  async next(ms: number): Promise<ChangeEvent | undefined | typeof LATE> {
    this.#next ??= this.#items.next();
    const step = await within(this.#next, ms);
    if (step === LATE) return LATE;
    this.#next = undefined;
    return step.done ? undefined : step.value;
  }

  close(): void {
    this.#stop();
    this.#next?.catch(() => undefined);
    this.#items.return?.().catch(() => undefined);
  }
}

export class Feed {
  readonly #options: FeedOptions;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** The arguments of a request, and whether it wants a stream. */
  read({ request, route, params, search }: Exchange): { args: Fields; stream: boolean } {
    const { args } = saidOutside(route, params, search, {});
    const accepts = (request.headers.get('accept') ?? '').includes(mediaTypes.events);
    return { args, stream: request.method === 'GET' && (accepts || asksForStream(args)) };
  }

  /** A long poll. */
  async poll(args: Fields, acting: Acting, signal: AbortSignal): Promise<Answer> {
    const wait = wholeOf(args, 'wait', 0, MOST_WAIT) ?? 0;
    const limit = wholeOf(args, 'limit', 1, MOST_CHANGES) ?? SOME_CHANGES;
    const start = await this.#start(args, acting, undefined);
    if (start.reset) return ok({ changes: [], seq: start.head, reset: true } satisfies ChangesBody);
    const free = wait > 0 ? this.#take(acting) : undefined;
    const changes = new Changes(acting.ledger, start.after, signal, this.#options.closing);
    try {
      return ok(await this.#collect(changes, acting, start, { wait, limit }));
    } finally {
      changes.close();
      free?.();
    }
  }

  async #collect(
    changes: Changes,
    acting: Acting,
    { after, head }: Start,
    { wait, limit }: { wait: number; limit: number },
  ): Promise<ChangesBody> {
    const found: ChangeEvent[] = [];
    let seq = after;
    // what is there is waited for; what may come only as long as it was said
    let until = head;
    let patience = this.#options.limits.questionSeconds;
    if (head <= after) {
      until = after + 1;
      patience = wait;
    }
    const deadline = Date.now() + (patience + this.#options.limits.questionSeconds) * 1000;
    for (let looked = 0; seq < until && found.length < limit && looked < MOST_LOOKED; looked++) {
      if (Date.now() > deadline) break;
      const event = await changes.next(patience * 1000);
      if (event === undefined || event === LATE) break;
      seq = event.seq;
      if (await acting.may({ kind: 'change', event })) found.push(event);
    }
    return { changes: found, seq };
  }

  /** Server-sent events; `ended` hears how many bytes it came to. */
  async stream(
    { request }: Exchange,
    args: Fields,
    acting: Acting,
    ended: (bytes: number) => void,
  ): Promise<ReadableStream<Uint8Array>> {
    const start = await this.#start(args, acting, lastEvent(request));
    const free = this.#take(acting);
    const { limits, closing } = this.#options;
    const from = start.reset ? start.head : start.after;
    const changes = new Changes(acting.ledger, from, request.signal, closing);
    return eventStream({
      changes,
      acting,
      opening: start.reset ? resetEvent(start.head) : '',
      heartbeat: limits.heartbeatSeconds * 1000,
      until: Date.now() + limits.streamSeconds * 1000,
      ended: (bytes) => {
        changes.close();
        free();
        ended(bytes);
      },
    });
  }

  async #start(args: Fields, acting: Acting, last: number | undefined): Promise<Start> {
    const said = last ?? wholeOf(args, 'after', 0, Number.MAX_SAFE_INTEGER);
    const head = await headOf(acting.ledger);
    const after = said ?? head;
    return { after, head, reset: after > head };
  }

  #take(acting: Acting): () => void {
    const { open, keyOf } = this.#options;
    const free = open.take(keyOf(acting));
    if (free) return free;
    const seconds = 5;
    throw refusal('limit.rate', { seconds }, { headers: { 'retry-after': String(seconds) } });
  }
}

const resetEvent = (seq: number): string => `id: ${seq}\nevent: reset\ndata: ${JSON.stringify({ seq })}\n\n`;

/** An event of which only the number is told moves on where a reader would begin again. */
const textOf = (event: ChangeEvent, permitted: boolean): string =>
  permitted ? `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n` : `id: ${event.seq}\n\n`;

interface Streaming {
  readonly changes: Changes;
  readonly acting: Acting;
  readonly opening: string;
  readonly heartbeat: number;
  readonly until: number;
  readonly ended: (bytes: number) => void;
}

/** A stream that reads on only when its reader does. */
function eventStream(streaming: Streaming): ReadableStream<Uint8Array> {
  const { changes, acting, opening, heartbeat, until, ended } = streaming;
  const encoder = new TextEncoder();
  let bytes = 0;
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    ended(bytes);
  };
  const send = (controller: ReadableStreamDefaultController<Uint8Array>, text: string): void => {
    if (over) return;
    const piece = encoder.encode(text);
    bytes += piece.length;
    controller.enqueue(piece);
  };
  const step = async (): Promise<string | undefined> => {
    const left = until - Date.now();
    if (left <= 0) return undefined;
    const event = await changes.next(Math.min(heartbeat, left));
    if (event === LATE) return ': \n\n';
    return event && textOf(event, await acting.may({ kind: 'change', event }));
  };
  return new ReadableStream<Uint8Array>({
    start: (controller) => send(controller, `retry: ${RETRY}\n\n${opening}`),
    async pull(controller) {
      // whatever ends it, the reader opens another and says how far it came
      const text = await step().catch(() => undefined);
      if (over) return;
      if (text !== undefined) return send(controller, text);
      end();
      controller.close();
    },
    cancel: end,
  });
}
