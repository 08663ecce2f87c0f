/**
 * The bridge to `node:http`: a request becomes a `Request`, a `Response` is written as it comes, both as
 * streams. It imports nothing of Node at run time, so that it does no harm elsewhere.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler } from './index.ts';

/** What `nodeListener` may be told. */
export interface NodeOptions {
  /**
   * The address people know the server by, for `authenticate`; `http://localhost` unless said. What a request
   * says of its host is never believed.
   */
  readonly origin?: string;
}

/** Milliseconds during which the rest of a body nobody wants is taken and thrown away. */
const LINGER = 2_000;

/** The address of a request: its path and query string, below an origin that is ours. */
function addressOf(url: string, origin: string): string {
  if (url.startsWith('/')) return origin + url;
  if (!URL.canParse(url)) return `${origin}/`;
  const { pathname, search } = new URL(url);
  return origin + pathname + search;
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name, value] = [rawHeaders[i] as string, rawHeaders[i + 1] as string];
    if (!name.startsWith(':')) headers.append(name, value);
  }
  return headers;
}

const hasBody = ({ method, headers }: IncomingMessage): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/** The body as it arrives; it is read no faster than it is wanted. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  let over = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        message.pause();
        message.on('data', (piece: Uint8Array) => {
          if (over) return;
          controller.enqueue(new Uint8Array(piece));
          message.pause();
        });
        message.on('end', () => {
          if (!over) controller.close();
          over = true;
        });
        const broken = (): void => {
          if (!over) controller.error(new Error('the connection was closed'));
          over = true;
        };
        message.on('error', broken);
        message.on('close', broken);
      },
      pull() {
        message.resume();
      },
      cancel() {
        over = true;
        message.resume();
      },
    },
    { highWaterMark: 0 },
  );
}

function requestOf(message: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const { method = 'GET', url = '/' } = message;
  const body = hasBody(message) ? { body: bodyOf(message), duplex: 'half' } : {};
  return new Request(addressOf(url, origin), { method, headers: headersOf(message), signal, ...body });
}

/** Resolves when there is room again, or nobody is there any more. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });

async function write(body: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  const gone = (): void => void reader.cancel().catch(() => undefined);
  response.once('close', gone);
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      if (response.destroyed) break;
      if (!response.write(step.value)) await drained(response);
    }
  } finally {
    response.off('close', gone);
    if (response.destroyed) gone();
  }
}

/** Takes what is still sent of a body for a moment, so that the answer is read, and then hangs up. */
function letGo(message: IncomingMessage): void {
  if (message.complete || message.destroyed) return;
  message.resume();
  const timer = setTimeout(() => message.socket.destroy(), LINGER);
  timer.unref?.();
  message.once('end', () => clearTimeout(timer));
  message.once('close', () => clearTimeout(timer));
}

async function answer(response: ServerResponse, answered: Response): Promise<void> {
  const headers: Record<string, string | string[]> = Object.fromEntries(answered.headers);
  const cookies = answered.headers.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  response.writeHead(answered.status, headers);
  if (answered.body !== null) {
    response.flushHeaders();
    await write(answered.body, response);
  }
  if (!response.destroyed) response.end();
}

/** A request that is none: a method or a header that `Request` does not take. */
function refuse(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'text/plain', connection: 'close' });
  response.end('This is no request that can be answered.\n');
}

/**
 * A listener for `node:http` and whatever takes one, such as Express. The context of a request is
 * `{ address }`, the other end of its connection.
 * @example createServer(nodeListener(handler)).listen(8080)
 */
export function nodeListener(
  handler: Handler,
  { origin = 'http://localhost' }: NodeOptions = {},
): (message: IncomingMessage, response: ServerResponse) => void {
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    let request: Request;
    try {
      request = requestOf(message, origin, gone.signal);
    } catch {
      return refuse(response);
    }
    const { remoteAddress: address } = message.socket;
    await answer(response, await handler(request, address === undefined ? {} : { address }));
  };
  return (message, response) => {
    serve(message, response)
      .catch(() => response.destroy())
      .finally(() => letGo(message));
  };
}
