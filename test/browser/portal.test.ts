/**
 * The demo portal as `npm start` serves it: built, under the strict security policy, on a fresh browser;
 * every page by keyboard, narrow, in both languages and both looks; stores that outlive a reload.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests } from './harness/index.ts';
import { rows, servePortal, visit } from './portal-visit.ts';

servePortal();

/** Every page, by its address; those of single records are found by opening the first row of a register. */
const plain = [
  ...['lots', 'serials', 'postings', 'lots/new', 'postings/new', 'import', 'settings', 'nowhere'],
  ...['elements', 'elements/lot-register', 'elements/lot-view', 'embedding'],
];

async function addresses(page: Page): Promise<string[]> {
  await rows(page);
  const records = await page.evaluate(async () => {
    const { ledger } = document.querySelector('lot-ledger') as unknown as {
      ledger: Record<string, { list(query: object): Promise<{ items: { id: string }[] }> }>;
    };
    const first = async (name: string) =>
      `${name}/${encodeURIComponent((await ledger[name]?.list({ limit: 1 }))?.items[0]?.id ?? '')}`;
    return [await first('lots'), await first('serials'), await first('postings')];
  });
  return [...plain, ...records].map((path) => `#/${path}`);
}

/** Goes to a page and waits until what it reads is on the screen. */
async function open(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.waitForFunction(
    (to) => location.hash === to && document.querySelector('main h1') !== null,
    hash,
  );
  await page.waitForFunction(async () => {
    const element = document.querySelector('main > *:last-child') as { settled?: Promise<void> } | null;
    await element?.settled;
    return true;
  });
}

/** Presses Tab until the element of an id has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${id} is not reached by Tab`);
}

browserTests('portal', () => {
  it('works by keyboard alone: skip link, navigation, a lot, and back', async () => {
    const { page, errors, close } = await visit();
    await rows(page);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');

    await page.evaluate(() => document.body.focus());
    await page.reload();
    await rows(page);
    await tabTo(page, 'nav-to-serials');
    await page.keyboard.press('Enter');
    await page.waitForSelector('serial-register [data-row-id]');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('title');

    await page.goBack();
    await page.waitForSelector('lot-register [data-row-id]');
    await page.evaluate(() => (document.querySelector('lot-register') as HTMLElement).focus());
    const cell = page.locator('lot-register [data-row-id]').nth(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('lot-view');
    expect(await page.evaluate(() => location.hash)).toMatch(/^#\/lots\/./);
    await page.goBack();
    await cell.waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  it('keeps the search of a register for the way back', async () => {
    const { page, close } = await visit();
    await rows(page);
    await page.locator('lot-register input[type=search]').fill('CULT-02');
    await page.waitForFunction(() => {
      const shown = document.querySelector('lot-register')?.shadowRoot;
      return [...(shown?.querySelectorAll('[data-row-id]') ?? [])].every((row) =>
        row.textContent?.includes('CULT-02'),
      );
    });
    await open(page, '#/settings');
    await page.goBack();
    await rows(page);
    expect(await page.locator('lot-register input[type=search]').inputValue()).toBe('CULT-02');
    await close();
  });

  it('keeps language, look and store over a reload', async () => {
    const { page, errors, close } = await visit();
    await rows(page);
    await page.selectOption('#tool-language', 'it');
    await page.waitForFunction(() => document.title.startsWith('Lotti'));
    expect(await page.textContent('lot-register h2')).toBe('Lotti');
    await page.click('#theme');
    await page.selectOption('#tool-store', 'memory');
    await rows(page);
    await page.reload();
    await rows(page);
    expect(
      await page.evaluate(() => ({
        lang: document.documentElement.lang,
        scheme: getComputedStyle(document.documentElement).colorScheme,
        store: (document.querySelector('#tool-store') as HTMLSelectElement).value,
      })),
    ).toEqual({ lang: 'it', scheme: 'dark', store: 'memory' });
    expect(errors).toEqual([]);
    await close();
  });

  it('reverses a posting after asking why, and verifies the journal', async () => {
    const { page, errors, close } = await visit('#/postings');
    await rows(page);
    await page
      .locator('posting-register [data-row-id] .link, posting-register [data-row-id] a')
      .first()
      .click();
    await page.click('#reverse');
    await page.fill('#ask-input', 'Wrong customer');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.notice');
    await page.waitForFunction(() => document.querySelector('dialog') === null);
    expect(await page.locator('#reverse').count()).toBe(0);
    await open(page, '#/settings');
    await page.click('#verify');
    await page.waitForSelector('.verified code');
    expect(await page.textContent('.verified')).toMatch(/verify: ok, \d+ entries, head sha256:[0-9a-f]{64}/);
    expect(errors).toEqual([]);
    await close();
  });

  it('starts over with a fresh sample when asked to', async () => {
    const { page, errors, close } = await visit('#/settings');
    await page.click('#over');
    await page.locator('dialog .btn.danger').click();
    await page.waitForFunction(() => document.querySelector('dialog') === null);
    await page.click('#nav-to-lots');
    await rows(page);
    expect(errors).toEqual([]);
    await close();
  });

  it('says why a store does not open, and works in memory instead', async () => {
    const { page, close } = await visit();
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { value: undefined });
    });
    await page.reload();
    await page.waitForSelector('.failure');
    expect(await page.textContent('.failure .code')).toBe('store.unavailable');
    expect(await accessibility({ page })).toEqual([]);
    await page.locator('.failure .btn:not(.primary)').click();
    await rows(page);
    await close();
  });

  it.each(['light', 'dark'] as const)('axe finds nothing on any page, %s', async (colorScheme) => {
    const { page, errors, close } = await visit('', { colorScheme });
    const found: Record<string, string[]> = {};
    for (const hash of await addresses(page)) {
      await open(page, hash);
      const here = await accessibility({ page });
      if (here.length > 0) found[hash] = here;
    }
    expect(found).toEqual({});
    expect(errors).toEqual([]);
    await close();
  });

  it('fits a narrow window on every page, with a menu, in Italian too', async () => {
    const { page, errors, close } = await visit('', {
      viewport: { width: 420, height: 860 },
      locale: 'it-IT',
    });
    for (const hash of await addresses(page)) {
      await open(page, hash);
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ hash, excess }).toEqual({ hash, excess: 0 });
    }
    await page.click('#menu');
    expect(await accessibility({ page })).toEqual([]);
    await page.click('#nav-to-import');
    await page.waitForSelector('.drop');
    expect(await page.locator('#nav-to-import').isVisible()).toBe(false);
    expect(errors).toEqual([]);
    await close();
  });
});
