/**
 * A proxy on loopback that stands between clients and a server and does what lines, gateways and load balancers
 * do on a bad day: every fault is drawn anew for each request, from a seed.
 */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chance } from '../judge/chance.ts';

/** What may happen to one request. */
export const faults = [
  /** It never arrives. */
  'dropped',
  /** It is done, and its answer gets lost. */
  'unanswered',
  /** It arrives twice. */
  'doubled',
  'delayed',
  /** It is done, and the answer comes late, perhaps after whoever asked has given up. */
  'late',
  /** The answer ends in the middle. */
  'truncated',
  /** A gateway answers in place of the server, before or after it was done. */
  'badGatewayBefore',
  'badGatewayAfter',
] as const;
export type Fault = (typeof faults)[number];

/** A proxy in front of a server. */
export interface FaultyProxy {
  readonly url: string;
  /** How often each fault happened. */
  readonly counts: Map<Fault, number>;
  /** One request in so many goes wrong; 0: none. */
  rate: number;
  /** Cuts every connection there is; new ones are taken. */
  cut(): void;
  close(): Promise<void>;
}

/** The server a request goes to; asked for each one anew. */
type Target = () => URL;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function whole(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Sends a request on; the body of the answer comes as a stream. */
function forward(target: Target, message: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { method, headers, url: path = '' } = message;
  const { hostname: host, port } = target();
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, method, headers }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

async function answered(target: Target, message: IncomingMessage, body: Buffer): Promise<Answer> {
  const answer = await forward(target, message, body);
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await whole(answer) };
}

function give({ status, headers, body }: Answer, response: ServerResponse): void {
  response.writeHead(status, headers).end(body);
}

function badGateway(response: ServerResponse): void {
  response.writeHead(502, { 'content-type': 'text/html' }).end('<html>502 Bad Gateway</html>');
}

/** A stream goes through as it comes, until it is cut. */
async function stream(target: Target, message: IncomingMessage, response: ServerResponse, cutAfter: number) {
  const answer = await forward(target, message, Buffer.alloc(0));
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
  answer.on('error', () => response.destroy());
  response.on('close', () => answer.destroy());
  if (cutAfter > 0) setTimeout(() => response.destroy(), cutAfter);
}

async function serve(
  target: Target,
  message: IncomingMessage,
  response: ServerResponse,
  { fault, ms }: { readonly fault: Fault | undefined; readonly ms: number },
): Promise<void> {
  const body = await whole(message);
  if (message.headers.accept === 'text/event-stream') {
    return stream(target, message, response, fault === undefined ? 0 : ms);
  }
  if (fault === 'dropped') return void message.socket.destroy();
  if (fault === 'badGatewayBefore') return badGateway(response);
  if (fault === 'delayed') await pause(ms);
  if (fault === 'doubled') void answered(target, message, body).catch(() => undefined);
  const answer = await answered(target, message, body);
  if (fault === 'late') await pause(ms * 4);
  if (fault === 'unanswered') return void message.socket.destroy();
  if (fault === 'badGatewayAfter') return badGateway(response);
  if (fault !== 'truncated') return give(answer, response);
  response.writeHead(answer.status, answer.headers);
  response.write(answer.body.subarray(0, answer.body.length >> 1));
  setTimeout(() => message.socket.destroy(), 5);
}

/**
 * Starts a proxy in front of a server on loopback.
 * @param target its address; or a function that says for each request which one of several it goes to
 */
export async function faultyProxy(target: string | (() => string), chance: Chance): Promise<FaultyProxy> {
  const to: Target = () => new URL(typeof target === 'string' ? target : target());
  const counts = new Map<Fault, number>();
  const proxy = { rate: 0 };
  const server = createServer((message, response) => {
    const fault = proxy.rate > 0 && chance.oneIn(proxy.rate) ? chance.pick(faults) : undefined;
    if (fault !== undefined) counts.set(fault, (counts.get(fault) ?? 0) + 1);
    const ms = chance.between(1, 150);
    serve(to, message, response, { fault, ms }).catch(() => message.socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${port}`,
    counts,
    cut: () => server.closeAllConnections(),
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  });
}
