/**
 * The server of the tests that go through `rest` in a browser: the real handler over a ledger in memory, on
 * loopback. It can be stopped and started again at the same address, knows its users by their tokens, and
 * counts the feeds that are open.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { createHandler, nodeListener } from '../../src/server/index.ts';

/** A server that may come and go; its ledger stays. */
export interface RestServer {
  readonly ledger: Ledger;
  readonly url: string;
  /** Who is signed in with which token; to be changed at any time. */
  readonly tokens: Map<string, string>;
  /** Feeds that are open now, by their token. */
  readonly feeds: string[];
  start(): Promise<void>;
  /** As a process that dies: connections are cut. */
  stop(): Promise<void>;
}

/** Starts a server on a free port. */
export async function restServer(): Promise<RestServer> {
  const ledger = await openLedger(memory(), { actor: 'house', timeZone: 'Europe/Rome' });
  const tokens = new Map<string, string>();
  const feeds: string[] = [];
  let port = 0;
  let server: Server | undefined;

  const start = async (): Promise<void> => {
    const handler = createHandler({
      ledger,
      authenticate: (request) => {
        const actor = tokens.get(request.headers.get('authorization') ?? '');
        return actor === undefined ? null : { actor };
      },
      // the pages of the tests come from another port
      origins: [new URL(inject('pagesUrl')).origin],
      secret: 'a secret of the tests',
      log: () => undefined,
    });
    const listen = nodeListener(handler);
    server = createServer((request, response) => {
      const who = request.headers.authorization ?? '';
      if (request.headers.accept === 'text/event-stream') {
        feeds.push(who);
        response.on('close', () => feeds.splice(feeds.indexOf(who), 1));
      }
      listen(request, response);
    });
    await new Promise<void>((done) => server?.listen(port, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  };

  const stop = async (): Promise<void> => {
    const stopping = server;
    server = undefined;
    if (stopping === undefined) return;
    const closed = new Promise((done) => stopping.close(done));
    stopping.closeAllConnections();
    await closed;
  };

  await start();
  return { ledger, url: `http://127.0.0.1:${port}`, tokens, feeds, start, stop };
}

/** Items, a warehouse and a template: enough to load lots. */
export async function fill(ledger: Ledger): Promise<void> {
  await ledger.items.create({ code: 'MILK', unit: { code: 'PCE', decimals: 0 }, lots: {} });
  await ledger.warehouses.create({ code: 'MAIN' });
  await ledger.templates.create({
    warehouse: 'MAIN',
    code: 'LOA',
    type: 'load',
    tracksLots: true,
    allowTopUp: true,
  });
}

/** Loads a lot at the server itself. */
export const load = (ledger: Ledger, code: string): Promise<unknown> =>
  ledger.postings.post({
    warehouse: 'MAIN',
    template: 'LOA',
    date: new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 10),
    lines: [{ item: 'MILK', quantity: '1', lots: [{ code, quantity: '1' }] }],
  });
