/**
 * “Put it in your portal” says what is: its page of plain HTML works from the bundle, and every example in
 * JavaScript runs in that page, one after the other.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { browserTests, pageUrl, sharedBrowser } from './harness/index.ts';

const guide = readFileSync(resolve(import.meta.dirname, '../../docs/guides/embedding.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

/** What a host has of its own, and the examples speak of. */
const given = `
  globalThis.visited = [];
  globalThis.router = { push: (path) => visited.push(path) };
  globalThis.monitor = { warn: () => {} };
  globalThis.myErp = () => { throw new Error('nobody asked for it'); };
  globalThis.signInAgain = async () => 'second';`;

browserTests('the guide to embedding', () => {
  it('has examples that run: the page, events, links, extensions, lookups, roles, words', async () => {
    expect(await build()).toBe(true);
    const context = await (await sharedBrowser()).newContext();
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    const origin = new URL(pageUrl('')).origin;
    const [html = ''] = blocks('html');
    const body = html.replace('/lotledger.js', '/dist/bundle/lotledger.js');
    await page.route('**/guide', (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${origin}/guide`);
    await page.locator('lot-register').getByRole('heading').first().waitFor();
    const script = blocks('js').join('\n').replaceAll('/lotledger.js', '/dist/bundle/lotledger.js');
    await page.evaluate(`${given} (async () => { ${script} })()`);
    await expect
      .poll(() => page.locator('lot-register h2').first().textContent(), { timeout: 20_000 })
      .toBe('Batches');
    expect(errors).toEqual([]);
    await context.close();
  });
});
