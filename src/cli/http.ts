/**
 * The HTTP server of `lotledger serve`: the API below /api, pages of one's own below /pages, those of the portal
 * elsewhere, and an end that loses nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandError, systemCode } from './problems.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Milliseconds that requests under way have once the server is to stop. */
const GRACE = 10_000;
const LOOK = 50;

/** A server that listens. */
export interface Listening {
  /** Where it is reached: `http://127.0.0.1:4380/`. */
  readonly address: string;
  /** Takes no more connections, and is done when all that were open have ended. */
  close(): Promise<void>;
}

/** What answers below which path. */
export interface Answering {
  readonly api: Listener;
  readonly pages: Listener;
  readonly own?: Listener;
}

/** Whether a request is for the API. */
const isApi = (url = '/'): boolean => /^\/api(?:[/?]|$)/.test(url);

/** Whether a request is for a page of one's own. */
const isOwn = (url = '/'): boolean => /^\/pages(?:[/?]|$)/.test(url);

function listenerOf({ api, pages, own }: Answering, { url }: IncomingMessage): Listener {
  if (isApi(url)) return api;
  return own && isOwn(url) ? own : pages;
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const code = systemCode(cause);
      if (code === 'EADDRINUSE')
        reject(new CommandError(`Port ${port} is taken on ${host}; --port names another one.`, { cause }));
      else if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
        reject(new CommandError(`It cannot listen on ${host}, port ${port}: ${cause.message}.`, { cause }));
      else reject(cause);
    });
    server.listen({ host, port }, () => resolve(server.address() as AddressInfo));
  });
}

/** How a host stands in an address; what listens everywhere is reached here, too. */
function hostName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** Serves until it is closed. */
export async function serveHttp(
  { host, port }: { readonly host: string; readonly port: number },
  answering: Answering,
): Promise<Listening> {
  const server = createServer((request, response) => listenerOf(answering, request)(request, response));
  const { port: taken } = await listen(server, host, port);
  return {
    address: `http://${hostName(host)}:${taken}/`,
    close() {
      return new Promise((resolve) => {
        // a connection that was kept alive is idle as soon as its answer is out
        const idle = setInterval(() => server.closeIdleConnections(), LOOK);
        const enough = setTimeout(() => server.closeAllConnections(), GRACE);
        server.close(() => {
          clearInterval(idle);
          clearTimeout(enough);
          resolve();
        });
      });
    },
  };
}
