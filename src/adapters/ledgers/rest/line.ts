/**
 * The line to the server: one request after the other with the host's headers, a limit of time, and further
 * tries where a try can do no harm. Knows whether the line is down.
 */
import { isLedgerError, LedgerError } from '../../../core/index.ts';
import { mediaTypes } from '../../../wire/index.ts';
import { errorOfProblem, errorOfStatus } from './problems.ts';
import { backoff, Ender, linked, pause, retryAfter, Turns } from './waiting.ts';

type Named = Readonly<Record<string, string>>;

/** Headers of every request, or asked for each time. */
export type RequestHeaders = Named | (() => Named | Promise<Named>);

/** How the server is reached. */
export interface LineOptions {
  readonly url: string;
  readonly headers?: RequestHeaders | undefined;
  readonly credentials?: 'omit' | 'same-origin' | 'include' | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds an answer may take. */
  readonly timeout: number;
}

/** One message to the server. */
export interface Message<T> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** JSON. */
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number;
  /** Milliseconds during which it is sent again; none at all unless said. */
  readonly patience?: number;
  /** It may have been done though no answer came. */
  readonly writes?: boolean;
  /** What the answer says; undefined where it is none that this message can have. */
  read(body: unknown): T | undefined;
}

/** A try that failed. `again`: another may succeed; `perhaps`: the server may have done it all the same. */
interface Failed {
  readonly error: LedgerError;
  readonly again: boolean;
  readonly perhaps: boolean;
  readonly wait?: number | undefined;
}

/** Questions under way at a time. */
const MOST_AT_ONCE = 32;

/** Codes of Node for a line that was never there; what a browser hides counts as having been sent. */
const NEVER_SENT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

function neverSent(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' && NEVER_SENT.test(cause.code);
}

const unanswered = (error: unknown): Failed => ({
  error: new LedgerError('store.unavailable', { cause: error }),
  again: true,
  perhaps: !neverSent(error),
});

/** Whether the server may do better the next time: it was busy, is going down, or lost its own store. */
const mayPass = ({ kind, retry }: LedgerError): boolean =>
  retry === 'same-id' && (kind === 'unavailable' || kind === 'limit');

/** What a server says that does not know itself what it has done. */
const PERHAPS = /^(store\.unknown|request\.failed|limit\.time)$/;

/** What an answer with a failing status says. */
function failedWith(answer: Response, text: string, what: string): Failed {
  let said: LedgerError | undefined;
  try {
    said = errorOfProblem(JSON.parse(text));
  } catch {
    // a proxy's page
  }
  // the server's ledger is closed, not this one: it goes down, and another may come up
  if (said?.code === 'store.closed') said = new LedgerError('store.unavailable', { details: said.details });
  const error = said ?? errorOfStatus(answer.status, what);
  const passing = mayPass(error);
  return {
    error,
    again: passing,
    perhaps: said === undefined ? answer.status >= 500 : PERHAPS.test(said.code),
    wait: passing ? retryAfter(answer) : undefined,
  };
}

/** A good status with something else in it: cut short, or a page of somebody in between. */
function unreadable(answer: Response): Failed {
  // a portal that sends whoever is not signed in to its own page
  if (answer.redirected) {
    return { error: new LedgerError('session.required'), again: false, perhaps: false };
  }
  const details = { status: answer.status, what: 'an answer that is none' };
  return { error: new LedgerError('store.unavailable', { details }), again: true, perhaps: true };
}

/** The line to one server. */
export class Line {
  readonly #options: LineOptions;
  readonly #turns = new Turns(MOST_AT_ONCE);
  readonly #closing = new Ender();
  readonly #givingUp = new Ender();
  /** Why it is down, as an error code; undefined while answers come. */
  down: string | undefined;
  /** Hears when answers come again, or no longer. */
  changed: () => void = () => {};

  constructor(options: LineOptions) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#givingUp.aborted;
  }

  /** Ends what only reads; what writes is answered, but not sent again. */
  giveUp(): void {
    this.#givingUp.abort();
  }

  /** Ends what is on its way. */
  close(): void {
    this.#closing.abort();
  }

  /**
   * Sends a message until it is answered, cannot be, or the patience is over.
   * @throws LedgerError what the server says; store.unavailable without an answer, store.unknown where it may
   * have been done; store.closed after `close`; what the signal was aborted with
   */
  async call<T>(message: Message<T>): Promise<T> {
    const { patience = 0, signal, writes = false } = message;
    const until = Date.now() + patience;
    let perhaps = false;
    for (let tries = 0; ; tries++) {
      this.#mustGoOn(signal);
      const answer = await (writes ? this.#try(message) : this.#inTurn(message));
      if ('value' in answer) return answer.value;
      if (!writes) this.#mustGoOn(signal);
      perhaps ||= answer.perhaps;
      const wait = answer.wait ?? backoff(tries);
      if (!answer.again || Date.now() + wait > until || this.#givingUp.aborted) {
        // an earlier try may have been heard, whatever this one was told: only the same id tells
        const isOpen = writes && perhaps && (answer.again || answer.error.retry !== 'same-id');
        throw isOpen ? unknown(answer.error) : plainly(answer.error, writes);
      }
      await pause(wait, signal, this.#givingUp);
    }
  }

  /** A request whose answer is read as it comes. The headers must come in time; then it is the caller's. */
  async open(path: string, headers: Named, signal: AbortSignal): Promise<Response> {
    const { controller, free } = linked(signal, this.#givingUp);
    const timer = setTimeout(() => controller.abort(), this.#options.timeout);
    signal.addEventListener('abort', free, { once: true });
    try {
      const answer = await this.#fetch(path, { method: 'GET', signal: controller.signal }, headers);
      if (answer.ok) return answer;
      throw failedWith(answer, await answer.text(), path).error;
    } catch (error) {
      free();
      const failure = isLedgerError(error) ? error : unanswered(error).error;
      if (!signal.aborted && failure.code === 'store.unavailable') this.heard(failure.code);
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whether the server answers, as somebody found. */
  heard(down?: string): void {
    if (down === this.down || this.closed) return;
    this.down = down;
    this.changed();
  }

  #mustGoOn(signal: AbortSignal | undefined): void {
    if (signal?.aborted) throw signal.reason;
    if (this.#givingUp.aborted) throw new LedgerError('store.closed');
  }

  /** As `#try`, with others not too many at a time; a command never waits for questions. */
  async #inTurn<T>(message: Message<T>): Promise<{ readonly value: T } | Failed> {
    if (!(await this.#turns.take(message.signal, this.#givingUp))) this.#mustGoOn(message.signal);
    try {
      return await this.#try(message);
    } finally {
      this.#turns.give();
    }
  }

  async #try<T>(message: Message<T>): Promise<{ readonly value: T } | Failed> {
    const ends = message.writes ? this.#closing : this.#givingUp;
    const { controller, free } = linked(message.signal, ends);
    const timer = setTimeout(() => controller.abort(), message.timeout ?? this.#options.timeout);
    try {
      const { method, path, body } = message;
      const init = { method, signal: controller.signal, ...(body === undefined ? {} : { body }) };
      const answer = await this.#fetch(path, init, { accept: `${mediaTypes.json}, ${mediaTypes.problem}` });
      return this.#heardFrom(answer, await answer.text(), message);
    } catch (error) {
      // the host could not say its headers, or something before sending failed
      if (isLedgerError(error)) return { error, again: false, perhaps: false };
      if (!message.signal?.aborted && !this.closed) this.heard('store.unavailable');
      return unanswered(error);
    } finally {
      clearTimeout(timer);
      free();
    }
  }

  #heardFrom<T>(answer: Response, text: string, message: Message<T>): { readonly value: T } | Failed {
    if (!answer.ok) {
      const failed = failedWith(answer, text, message.path);
      this.heard(failed.error.code === 'store.unavailable' ? failed.error.code : undefined);
      return failed;
    }
    let value: T | undefined;
    try {
      value = message.read(JSON.parse(text));
    } catch {
      // cut short
    }
    const failed = value === undefined ? unreadable(answer) : undefined;
    this.heard(failed?.again ? failed.error.code : undefined);
    return failed ?? { value: value as T };
  }

  async #fetch(path: string, init: RequestInit, own: Named): Promise<Response> {
    const { url, headers = {}, credentials, fetch: send = globalThis.fetch } = this.#options;
    const theirs = typeof headers === 'function' ? await asked(headers) : headers;
    const content: Record<string, string> =
      init.body === undefined ? {} : { 'content-type': mediaTypes.json };
    return send(`${url.replace(/\/+$/, '')}${path}`, {
      cache: 'no-store',
      ...(credentials === undefined ? {} : { credentials }),
      ...init,
      headers: { ...own, ...content, ...theirs },
    });
  }
}

/** The host's headers; where it cannot say them nothing was sent. */
async function asked(headers: () => Named | Promise<Named>): Promise<Named> {
  try {
    return await headers();
  } catch (cause) {
    throw new LedgerError('store.unavailable', { details: { what: 'headers' }, cause });
  }
}

const unknown = (error: LedgerError): LedgerError =>
  new LedgerError('store.unknown', { details: error.details, cause: error.cause ?? error });

/** Nothing can be half done where nothing was to be written. */
const plainly = (error: LedgerError, writes: boolean): LedgerError =>
  writes || error.code !== 'store.unknown'
    ? error
    : new LedgerError('store.unavailable', { details: error.details, cause: error });
