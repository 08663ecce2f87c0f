/**
 * What is published, as a host uses it: the bundle by one script tag under the strictest policy and on a
 * plain-http intranet, and the unbundled modules through an import map. Built by `npm run build`.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveFolder } from '../../scripts/lib/serve.mjs';
import { intranetHost } from './harness/chromium.ts';
import { browserTests, sharedBrowser } from './harness/index.ts';

const root = resolve(import.meta.dirname, '../..');

const body = `
<lot-ledger adapter="indexeddb" name="published" time-zone="Europe/Rome" actor="maria">
  <lot-register rows="25"></lot-register>
  <posting-register></posting-register>
  <posting-form></posting-form>
</lot-ledger>`;
const html = (head: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Portal</title>${head}<body>${body}</body></html>`;

/** What a page of a host says went wrong: errors, warnings of policies, requests that failed. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text());
  });
  page.on('requestfailed', (request) => found.push(`failed: ${request.url()}`));
  return found;
}

/** Posts through the ledger of the page and waits until the registers show it. */
async function postAndSee(page: Page): Promise<void> {
  const code = await page.evaluate(async () => {
    await customElements.whenDefined('lot-ledger');
    const provider = document.querySelector('lot-ledger');
    const ledger = await provider?.ready;
    if (!ledger) throw new Error('there is no provider');
    await ledger.codeTypes.create({
      code: 'N',
      kind: 'lot',
      parts: [{ source: 'number', length: 5, fill: '0' }],
    });
    await ledger.items.create({
      code: 'MILK',
      unit: { code: 'PCE', decimals: 0 },
      lots: { codeType: 'N', shelfLifeDays: 30 },
    });
    await ledger.warehouses.create({ code: 'MAIN' });
    await ledger.templates.create({ warehouse: 'MAIN', code: 'LOA', type: 'load', tracksLots: true });
    const yesterday = new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 10);
    const posted = await ledger.postings.post({
      warehouse: 'MAIN',
      template: 'LOA',
      date: yesterday,
      lines: [{ item: 'MILK', quantity: '10', lots: 'auto' }],
    });
    return posted.lines[0]?.lots[0]?.code ?? '';
  });
  expect(code).toBe('00000');
  await page.getByText(code).first().waitFor();
  await page.getByText('MILK').first().waitFor();
}

browserTests('published', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lotledger-published-'));
  let server: { port: number; close: () => Promise<void> };

  beforeAll(async () => {
    mkdirSync(join(folder, 'lib'));
    symlinkSync(join(root, 'dist', 'bundle'), join(folder, 'lib', 'lotledger'));
    symlinkSync(join(root, 'dist'), join(folder, 'dist'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(
      join(folder, 'index.html'),
      html('<script type="module" src="/lib/lotledger/lotledger.js"></script>'),
    );
    writeFileSync(join(folder, 'favicon.ico'), '');
    server = await serveFolder(folder, { port: 0 });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('one script tag and three elements work under a strict policy with trusted types', async () => {
    const context = await (await sharedBrowser()).newContext();
    const page = await context.newPage();
    const found = complaints(page);
    const answer = await page.goto(`http://localhost:${server.port}/`);
    expect(answer?.headers()['content-security-policy']).toBe(
      "default-src 'self'; require-trusted-types-for 'script'",
    );
    await postAndSee(page);
    await page.reload();
    await page.getByText('00000').first().waitFor();
    expect(found).toEqual([]);
    await context.close();
  });

  it('the same page works on plain http under a host name, where the browser withholds its secure features', async () => {
    const context = await (await sharedBrowser()).newContext();
    const page = await context.newPage();
    const found = complaints(page);
    await page.goto(`http://${intranetHost}:${server.port}/`);
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    await postAndSee(page);
    expect(found).toEqual([]);
    await context.close();
  });

  it.each([
    ['the smaller bundle, its engine fetched when asked for,', 'type="module"', 'lotledger-remote.js'],
    ['the classic script', 'defer', 'lotledger.classic.js'],
  ])('9: %s works under the strict policy', async (_what, kind, file) => {
    const context = await (await sharedBrowser()).newContext();
    const page = await context.newPage();
    const found = complaints(page);
    const policy = "default-src 'self'; require-trusted-types-for 'script'";
    await page.route('**/bundle', (route) =>
      route.fulfill({
        headers: { 'Content-Security-Policy': policy },
        contentType: 'text/html',
        body: html(`<script ${kind} src="/lib/lotledger/${file}"></script>`),
      }),
    );
    await page.goto(`http://localhost:${server.port}/bundle`);
    await postAndSee(page);
    expect(found).toEqual([]);
    await context.close();
  });

  it('the unbundled modules work through an import map', async () => {
    const context = await (await sharedBrowser()).newContext();
    const page = await context.newPage();
    const found = complaints(page);
    const modules = {
      lit: '/node_modules/lit/index.js',
      'lit/': '/node_modules/lit/',
      'lit-html': '/node_modules/lit-html/lit-html.js',
      'lit-html/': '/node_modules/lit-html/',
      'lit-element/lit-element.js': '/node_modules/lit-element/lit-element.js',
      '@lit/reactive-element': '/node_modules/@lit/reactive-element/reactive-element.js',
      '@lit/context': '/node_modules/@lit/context/index.js',
      idb: '/node_modules/idb/build/index.js',
      nanoid: '/node_modules/nanoid/index.browser.js',
      'zod/mini': '/node_modules/zod/mini/index.js',
      '@noble/hashes/': '/node_modules/@noble/hashes/',
    };
    const head = `<script type="importmap">${JSON.stringify({ imports: modules })}</script>
      <script type="module" src="/dist/components/define/index.js"></script>`;
    await page.route('**/unbundled', (route) =>
      route.fulfill({ contentType: 'text/html', body: html(head) }),
    );
    await page.goto(`http://localhost:${server.port}/unbundled`);
    await postAndSee(page);
    expect(found).toEqual([]);
    await context.close();
  });
});
