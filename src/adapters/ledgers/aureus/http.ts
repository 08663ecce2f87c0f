/** The way to Aureus: one request with its headers, its time limit and its answer, or an error of ours. */
import { LedgerError } from '../../../core/index.ts';
import { type Asked, broken, failureOf } from './failures.ts';

/** Headers of every request: fixed, or asked for each time, as for a token that is renewed. */
export type Headers = Readonly<Record<string, string>>;
export type MaybeAsked<T> = T | (() => T | Promise<T>);

export interface HttpOptions {
  readonly token?: MaybeAsked<string> | undefined;
  readonly headers?: MaybeAsked<Headers> | undefined;
  readonly credentials?: RequestCredentials | undefined;
  readonly fetch?: typeof fetch | undefined;
  readonly timeout?: number | undefined;
}

/** Filters by their names, and whatever else stands after the question mark. */
export interface Query {
  readonly filter?: Readonly<Record<string, string>>;
  readonly include?: readonly string[];
  readonly sort?: readonly string[];
  readonly page?: number;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Message extends Asked {
  readonly query?: Query;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal | undefined;
}

const PREFIX = '/admin/api/v1/inventories';
const TIMEOUT_MS = 30_000;

/** The address of the API, given the site's own or the API's. */
function baseOf(url: string): string {
  const bare = url.replace(/\/+$/, '');
  return bare.endsWith('/inventories') ? bare : bare + PREFIX;
}

function searchOf({ filter = {}, include = [], sort = [], page }: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) search.set(`filter[${name}]`, value);
  if (include.length > 0) search.set('include', include.join(','));
  if (sort.length > 0) search.set('sort', sort.join(','));
  if (page !== undefined) search.set('page', String(page));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

const asked = async <T>(given: MaybeAsked<T> | undefined): Promise<T | undefined> =>
  typeof given === 'function' ? (given as () => T | Promise<T>)() : given;

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!/\bjson\b/i.test(response.headers.get('content-type') ?? '')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export class Http {
  readonly #base: string;
  readonly #options: HttpOptions;
  readonly #closing = new AbortController();
  /** What is under way. */
  readonly #running = new Set<AbortController>();
  #reachable = true;

  constructor(url: string, options: HttpOptions) {
    this.#base = baseOf(url);
    this.#options = options;
  }

  /** The last request was answered by Aureus. */
  get reachable(): boolean {
    return this.#reachable;
  }

  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** Ends what is under way. */
  close(): void {
    this.#closing.abort();
    for (const each of this.#running) each.abort();
  }

  async #headers(body: boolean): Promise<Headers> {
    const token = await asked(this.#options.token);
    return {
      // without it Laravel answers a refusal with a page or sends elsewhere
      accept: 'application/json',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(await asked(this.#options.headers)),
    };
  }

  async #answered(method: Method, path: string, { query, body }: Message, signal: AbortSignal) {
    const { credentials } = this.#options;
    const send = this.#options.fetch ?? fetch;
    const response = await send(this.#base + path + searchOf(query ?? {}), {
      method,
      headers: await this.#headers(body !== undefined),
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(credentials === undefined ? {} : { credentials }),
    });
    return { ok: response.ok, status: response.status, body: await bodyOf(response) };
  }

  /** Runs a request until it is answered, takes too long, or nobody waits for it any more. */
  async #within<T>(signal: AbortSignal | undefined, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const end = (): void => stop.abort();
    const timer = setTimeout(end, this.#options.timeout ?? TIMEOUT_MS);
    this.#running.add(stop);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
    try {
      return await run(stop.signal);
    } finally {
      clearTimeout(timer);
      this.#running.delete(stop);
      signal?.removeEventListener('abort', end);
    }
  }

  /**
   * One request; the JSON of a success.
   * @throws LedgerError store.unavailable where there is no answer, or none of Aureus: of a change nobody
   * knows then whether it was made
   */
  async send(method: Method, path: string, message: Message): Promise<Readonly<Record<string, unknown>>> {
    if (this.#closing.signal.aborted) throw new LedgerError('store.closed');
    try {
      const { ok, status, body } = await this.#within(message.signal, (signal) =>
        this.#answered(method, path, message, signal),
      );
      this.#reachable = status < 500;
      if (!ok) throw failureOf(status, body, message);
      if (typeof body === 'object' && body !== null) return body as Readonly<Record<string, unknown>>;
      this.#reachable = false;
      throw broken('something that is no JSON');
    } catch (error) {
      if (error instanceof LedgerError) throw error;
      throw this.#dead(error, message.signal);
    }
  }

  #dead(cause: unknown, signal: AbortSignal | undefined): unknown {
    if (this.#closing.signal.aborted) return new LedgerError('store.closed');
    if (signal?.aborted) return signal.reason;
    this.#reachable = false;
    return new LedgerError('store.unavailable', { cause });
  }
}
