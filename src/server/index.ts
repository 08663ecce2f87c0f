/** The public face of the server: a ledger over HTTP, wherever a `Request` is answered by a `Response`. */
import { Server } from './handler.ts';
import type { ServerOptions } from './options.ts';

/** Answers requests; made by `createHandler`. */
export interface Handler {
  /**
   * @param context handed on to `authenticate` and `ledgerFor`: what the runtime gives besides the request
   */
  (request: Request, context?: unknown): Promise<Response>;
  /** Ends streams and polls, refuses what is new with 503, and waits for what is under way. */
  close(): Promise<void>;
}

/**
 * Makes the server of a ledger: it takes a `Request` and gives a `Response`, on any runtime that has them.
 * @throws TypeError for options that make no server, above all where nothing says who asks
 * @example
 * const handler = createHandler({ ledger, authenticate: (request) => sessions.find(request) });
 * export default { fetch: handler };                 // Workers, Deno, Bun
 * app.all('/api/*', (c) => handler(c.req.raw));      // Hono, with `base: '/api'`
 * createServer(nodeListener(handler)).listen(8080);  // node:http
 */
export function createHandler(options: ServerOptions): Handler {
  const server = new Server(options);
  return Object.assign((request: Request, context?: unknown) => server.handle(request, context), {
    close: () => server.close(),
  });
}

export { type NodeOptions, nodeListener } from './node.ts';
export type {
  Authenticate,
  Caller,
  LogLine,
  ServerAct,
  ServerLimits,
  ServerOptions,
} from './options.ts';
export { VERSION } from './version.ts';
