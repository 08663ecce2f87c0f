/**
 * Several copies on one page: the same version twice, another version, one under a prefix, and one that
 * speaks another contract. The second copy is the same sources under another address, with its version
 * patched on the way.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { VERSION } from '../../src/components/version.ts';
import { browserTests, pageUrl, sharedBrowser } from './harness/index.ts';

const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 30_000 });
const DEFINE = 'src/components/define/index.ts';

/** Serves the sources a second time under `/<name>/`, with other numbers in them. */
async function copy(page: Page, name: string, patch: (path: string, text: string) => string): Promise<void> {
  await page.route(new RegExp(`//[^/]+/${name}/src/`), async (route) => {
    const url = route.request().url().replace(`/${name}/src/`, '/src/');
    const response = await route.fetch({ url });
    const text = (await response.text()).replaceAll('"/src/', `"/${name}/src/`);
    await route.fulfill({ response, body: patch(url, text) });
  });
}

const version =
  (number: string) =>
  (path: string, text: string): string =>
    path.includes('/version.ts') ? text.replace(VERSION, number) : text;
const contract =
  (number: string) =>
  (path: string, text: string): string =>
    path.includes('/provider/types.ts')
      ? text.replace('CONTRACT = 1', 'CONTRACT = 2')
      : version(number)(path, text);

async function open(body: string) {
  const context = await (await sharedBrowser()).newContext();
  const page = await context.newPage();
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  await copy(page, 'next', version('9.9.9'));
  await copy(page, 'other', contract('8.8.8'));
  await page.route('**/versions.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><body>${body}`,
    }),
  );
  await page.goto(pageUrl('versions.html'));
  const load = (path: string) => page.addScriptTag({ url: `/${path}`, type: 'module' });
  const text = (selector: string) =>
    page.evaluate((which) => document.querySelector(which)?.shadowRoot?.textContent ?? '', selector);
  const close = async (): Promise<void> => {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  };
  return { page, said, load, text, close };
}

browserTests('copies on one page', () => {
  it('2: the same version twice is silent, another is named and leaves what is there', async () => {
    const { page, said, load, text, close } = await open(
      '<lot-ledger adapter="memory"><lot-register></lot-register></lot-ledger>',
    );
    await load(DEFINE);
    const versionOf = () =>
      page.evaluate(() => {
        const element = customElements.get('lot-register') as unknown as Record<symbol, string>;
        return element[Symbol.for('lotledger.version')];
      });
    expect(await versionOf()).toBe(VERSION);
    await load(`${DEFINE}?again`);
    expect(said).toEqual([]);
    await load(`next/${DEFINE}`);
    expect(await versionOf()).toBe(VERSION);
    expect(said.length).toBeGreaterThan(0);
    expect(said.every((line) => line.includes(`lotledger ${VERSION};`) && line.includes('9.9.9'))).toBe(true);
    await soon(() => text('lot-register')).toContain('No lots yet');
    await close();
  });

  it('3: under a prefix they live side by side, and either works inside the provider of the other', async () => {
    const { page, said, load, text, close } = await open(`
      <lot-ledger adapter="memory" name="a">
        <lot-register id="own"></lot-register><acme-lot-register id="newer"></acme-lot-register>
      </lot-ledger>
      <acme-lot-ledger adapter="memory" name="a" locale="it">
        <acme-lot-register id="own2"></acme-lot-register><lot-register id="older"></lot-register>
      </acme-lot-ledger>
      <acme-lot-register id="away" for="later"></acme-lot-register>`);
    await load(DEFINE);
    await load(`next/${DEFINE}?prefix=acme`);
    await page.evaluate(() => {
      const provider = document.createElement('lot-ledger');
      provider.id = 'later';
      provider.setAttribute('adapter', 'memory');
      document.body.append(provider);
    });
    for (const id of ['own', 'newer', 'away']) await soon(() => text(`#${id}`)).toContain('No lots yet');
    for (const id of ['own2', 'older']) await soon(() => text(`#${id}`)).toContain('Ancora nessun lotto');
    expect(said).toEqual([]);
    await close();
  });

  it('3: an element says clearly that it cannot use a provider of another contract', async () => {
    const { page, said, load, text, close } = await open(`
      <lot-ledger adapter="memory" locale="it"><old-lot-register></old-lot-register></lot-ledger>
      <old-lot-ledger id="p" adapter="memory"></old-lot-ledger><lot-register for="p"></lot-register>`);
    await load(DEFINE);
    await load(`other/${DEFINE}?prefix=old`);
    await soon(() => text('old-lot-register')).toContain('8.8.8');
    await soon(() => text('lot-register')).toContain('8.8.8');
    expect(await page.evaluate(() => document.querySelectorAll('lot-register').length)).toBe(1);
    expect(said.filter((line) => line.includes('do not understand each other'))).toHaveLength(2);
    await close();
  });
});
