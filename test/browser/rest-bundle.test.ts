/**
 * A plain page over a server, as a host writes it: one script tag with the smaller bundle, the strictest policy,
 * the server at a path of the same site. The engine is never fetched. Built by `npm run build`.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { createHandler, nodeListener } from '../../src/server/index.ts';
import { browserTests, sharedBrowser } from './harness/index.ts';
import { fill, load } from './rest-server.ts';

const bundle = resolve(import.meta.dirname, '../../dist/bundle');
const policy = "default-src 'self'; require-trusted-types-for 'script'";

const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Portal</title>
<link rel="icon" href="/favicon.ico"><meta name="csrf-token" content="t0ken">
<script type="module" src="/lib/lotledger-remote.js"></script>
<lot-ledger adapter="rest" url="/api" csrf-meta="csrf-token">
  <lot-register rows="25"></lot-register>
</lot-ledger>`;

browserTests('a plain page over a server', () => {
  let ledger: Ledger;
  let server: Server;
  const asked: string[] = [];
  const tokens = new Set<unknown>();

  beforeAll(async () => {
    ledger = await openLedger(memory(), { actor: 'house' });
    const handler = createHandler({
      ledger,
      base: '/api',
      authenticate: { everybody: 'kiosk' },
      log: () => undefined,
    });
    const api = nodeListener(handler);
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      if (path.startsWith('/api/')) {
        tokens.add(request.headers['x-csrf-token']);
        api(request, response);
      } else if (path.startsWith('/lib/')) {
        response.setHeader('content-type', 'text/javascript');
        response.end(readFileSync(join(bundle, basename(path))));
      } else {
        response.setHeader('content-security-policy', policy);
        response.setHeader('content-type', 'text/html');
        response.end(path === '/' ? html : '');
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    await fill(ledger);
    await load(ledger, 'L-BEFORE');
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it('shows its data and what comes, and never fetches the engine', async () => {
    const context = await (await sharedBrowser()).newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.getByText('L-BEFORE').first().waitFor();
    await load(ledger, 'L-NOW');
    await page.getByText('L-NOW').first().waitFor();
    const scripts = asked.filter((path) => path.startsWith('/lib/'));
    expect(scripts).toContain('/lib/lotledger-rest.js');
    expect(scripts.filter((path) => path.includes('engine'))).toEqual([]);
    expect([...tokens]).toEqual(['t0ken']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
