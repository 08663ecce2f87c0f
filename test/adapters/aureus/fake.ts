/**
 * An AureusERP that is not there: an HTTP server with its documented routes and their habits, and the strings to
 * pull for what happens to a line on a bad day.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal, type Row } from './query.ts';
import { permissionOf, Routes } from './routes.ts';
import { Shop } from './shop.ts';

const PREFIX = '/admin/api/v1/inventories/';

/** What becomes of one request: `lost` does what was asked and answers nothing. */
export type Fault = 'dead' | 'lost' | 'gateway' | 'signInPage' | 'busy' | 'broken' | undefined;

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly body: Row;
}

async function bodyOf(request: IncomingMessage): Promise<Row> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Row);
}

const html = '<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>';

export class FakeAureus {
  readonly shop = new Shop();
  readonly routes = new Routes(this.shop);
  /** What the user of each token may do; `*` is everything. */
  readonly tokens = new Map<string, readonly string[]>([['good', ['*']]]);
  /** Every request that arrived. */
  readonly seen: Seen[] = [];
  /** Decides what becomes of a request. */
  fault: (seen: Seen) => Fault = () => undefined;
  /** Requests wait for this before they are done. */
  hold: (seen: Seen) => Promise<void> | void = () => {};
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));

  /** The address of the site. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  listen(): Promise<this> {
    return new Promise((done) => this.#server.listen(0, '127.0.0.1', () => done(this)));
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }

  /** Requests for a table since the list was emptied. */
  asked(table: string, method = 'GET'): Seen[] {
    return this.seen.filter((each) => each.method === method && each.path.split('/')[0] === table);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const method = request.method ?? 'GET';
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type, accept');
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
    if (method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const seen = {
      method,
      path: url.pathname.slice(PREFIX.length),
      search: url.searchParams,
      body: await bodyOf(request),
    };
    this.seen.push(seen);
    const fault = this.fault(seen);
    await this.hold(seen);
    if (fault === 'dead') {
      request.socket.destroy();
      return;
    }
    const [status, body] =
      fault === undefined || fault === 'lost' ? this.#answer(request, url, seen) : this.#fault(fault);
    if (fault === 'lost') {
      request.socket.destroy();
      return;
    }
    const type = typeof body === 'string' ? 'text/html; charset=UTF-8' : 'application/json';
    response.writeHead(status, { 'content-type': type });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  #fault(fault: Exclude<Fault, undefined | 'dead' | 'lost'>): readonly [number, Row | string] {
    if (fault === 'gateway') return [502, '<html><body>502 Bad Gateway</body></html>'];
    if (fault === 'signInPage') return [200, html];
    if (fault === 'busy') return [429, { message: 'Too Many Attempts.' }];
    return [500, { message: 'Server error occurred.', exception: null, file: null, line: null }];
  }

  #answer(request: IncomingMessage, url: URL, seen: Seen): readonly [number, Row | string] {
    if (!url.pathname.startsWith(PREFIX)) return [404, html];
    const [table = '', id] = seen.path.split('/');
    // who does not ask for JSON is sent to a page
    const wantsJson = /json/.test(request.headers.accept ?? '');
    const may = this.tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (may === undefined) return wantsJson ? [401, { message: 'Unauthenticated.' }] : [200, html];
    try {
      const needed = permissionOf(seen.method, table, id);
      if (!may.includes('*') && !may.includes(needed))
        throw new Refusal(403, { message: 'This action is unauthorized.' });
      return this.routes.answer({ method: seen.method, url, body: seen.body }, table, id);
    } catch (error) {
      if (error instanceof Refusal) return [error.status, error.body];
      throw error;
    }
  }
}
