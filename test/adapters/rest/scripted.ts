/**
 * A server that does as a test says: answers the port's few paths from a ledger in this process, and lets a
 * test stand between any request and its answer. Handed to `rest` as its `fetch`.
 */

import { type RestOptions, rest } from '../../../src/adapters/ledgers/rest/index.ts';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { type ChangeEvent, type Ledger, openLedger } from '../../../src/core/index.ts';
import { WIRE_VERSION } from '../../../src/wire/index.ts';

/** One request as it arrived. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
  readonly init: RequestInit;
}

/** Stands between a request and its answer. */
export type Between = (asked: Asked, go: () => Promise<Response>) => Promise<Response> | Response;

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const problem = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  json({ type: 'about:blank', title: 'x', status, detail: 'x', ...body }, status, headers);

export const page = (status: number, text = '<html>Bad gateway</html>'): Response =>
  new Response(text, { status, headers: { 'content-type': 'text/html' } });

/** A stream of events that a test writes by hand. */
export class HandStream {
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly response: Response;

  constructor(signal: AbortSignal) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    signal.addEventListener('abort', () => this.fail(signal.reason));
    this.response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  write(text: string): void {
    this.#controller?.enqueue(new TextEncoder().encode(text));
  }

  event(event: ChangeEvent): void {
    this.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  end(): void {
    try {
      this.#controller?.close();
    } catch {
      // it has ended already
    }
  }

  fail(reason: unknown = new TypeError('cut')): void {
    try {
      this.#controller?.error(reason);
    } catch {
      // it has ended already
    }
  }
}

/** A scripted server. */
export interface Scripted {
  readonly ledger: Ledger;
  readonly asked: Asked[];
  between: Between;
  readonly fetch: typeof fetch;
  /** Streams that are open now. */
  readonly streams: Set<HandStream>;
  actor: string;
  feed: string | undefined;
  /** How many requests had this path. */
  count(path: string): number;
  open(options?: RestOptions): Promise<Ledger>;
}

async function pollOf(ledger: Ledger, after: number, limit: number): Promise<Response> {
  const changes: ChangeEvent[] = [];
  const stop = new AbortController();
  const { seq } = ledger.status();
  if (after < seq) {
    for await (const event of ledger.changes({ after, signal: stop.signal })) {
      changes.push(event);
      if (event.seq >= seq || changes.length >= limit) break;
    }
  }
  return json({ changes, seq: changes.at(-1)?.seq ?? seq });
}

function streamOf(server: Scripted, asked: Asked): Response {
  const stream = new HandStream(asked.signal);
  server.streams.add(stream);
  stream.write(': hello\n\n');
  const after = Number(asked.query.get('after') ?? 0);
  asked.signal.addEventListener('abort', () => server.streams.delete(stream));
  void (async () => {
    for await (const event of server.ledger.changes({ after, signal: asked.signal })) stream.event(event);
  })();
  return stream.response;
}

async function answer(server: Scripted, asked: Asked): Promise<Response> {
  const { ledger } = server;
  const body: unknown = asked.body === undefined ? undefined : JSON.parse(asked.body);
  if (asked.path === '/capabilities') {
    const { capabilities } = ledger;
    const { actor, feed } = server;
    return json({
      wire: WIRE_VERSION,
      version: '0',
      capabilities,
      status: ledger.status(),
      actor,
      feed,
      verify: true,
    });
  }
  if (asked.path === '/commands') {
    const { commands, atomic = false } = body as { commands: []; atomic?: boolean };
    return json({ receipts: await ledger.port.execute(commands, { atomic }) });
  }
  if (asked.path === '/changes') {
    if (asked.headers.get('accept') === 'text/event-stream') return streamOf(server, asked);
    return pollOf(ledger, Number(asked.query.get('after')), Number(asked.query.get('limit')));
  }
  if (asked.path === '/head') return json(await ledger.head());
  if (asked.path === '/verify') return json(await ledger.verify(body as object));
  const [, queries, name = ''] = asked.path.split('/');
  if (queries === 'queries') return json({ result: await ledger.port.query(decodeURIComponent(name), body) });
  return page(404);
}

/** A server over a ledger in memory. */
export async function scripted(): Promise<Scripted> {
  const asked: Asked[] = [];
  const server: Scripted = {
    ledger: await openLedger(memory(), { actor: 'server' }),
    asked,
    between: (_, go) => go(),
    streams: new Set(),
    actor: 'maria',
    feed: 'house maria',
    count: (path) => asked.filter((each) => each.path === path).length,
    open: (options = {}) =>
      openLedger(
        rest('http://ledger.test/api/', {
          fetch: server.fetch,
          heartbeat: 1_000,
          retryFor: 5_000,
          ...options,
        }),
      ),
    fetch: async (input, init = {}) => {
      const url = new URL(String(input));
      const signal = init.signal ?? new AbortController().signal;
      const one: Asked = {
        method: init.method ?? 'GET',
        path: url.pathname.replace(/^\/api/, ''),
        query: url.searchParams,
        headers: new Headers(init.headers),
        body: typeof init.body === 'string' ? init.body : undefined,
        signal,
        init,
      };
      asked.push(one);
      // as a real one: whoever aborts does not wait
      const aborted = new Promise<never>((_, reject) => {
        const end = (): void => reject(new DOMException('aborted', 'AbortError'));
        signal.addEventListener('abort', end);
        if (signal.aborted) end();
      });
      aborted.catch(() => {});
      return Promise.race([server.between(one, () => answer(server, one)), aborted]);
    },
  };
  return server;
}
