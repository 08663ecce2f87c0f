/**
 * The portal's area for developers: elements live over the ledger that is open, their states by knobs, their
 * interface, the code to copy, and what they send.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { browserTests } from './harness/index.ts';
import { rows, servePortal, visit } from './portal-visit.ts';

servePortal();

const soon = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000 });
const text = (page: Page, selector: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .textContent()
    .then((found) => found ?? '');

browserTests('the portal for developers', () => {
  it('64: has a page for every element, live, with its interface', async () => {
    const { page, errors, close } = await visit('#/elements');
    await page.locator('.cards a').first().waitFor();
    const addresses = await page
      .locator('.cards a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(addresses).toContain('#/elements/lot-ledger');
    for (const address of addresses) {
      await page.evaluate((to) => {
        location.hash = to;
      }, address);
      const tag = address.replace('#/elements/', '');
      await soon(() => text(page, 'main h1')).toBe(`<${tag}>`);
      await page.locator(`.stage ${tag}`).waitFor({ state: 'attached' });
      expect(await page.locator('main table').count()).toBeGreaterThan(1);
    }
    expect(errors).toEqual([]);
    await close();
  });

  it('shows states by knobs, the code as it stands, and events without following them', async () => {
    const { page, errors, close } = await visit('#/elements/lot-register');
    await rows(page);
    await page.locator('.stage [data-row-id] [data-column="code"]').first().dblclick();
    await soon(() => text(page, '.events')).toContain('lot-open');
    expect(new URL(page.url()).hash).toBe('#/elements/lot-register');
    await page.locator('#knob-density').selectOption('compact');
    await soon(() => text(page, '.code-block')).toContain('<lot-register density="compact">');
    await page.locator('#knob-locale').selectOption('it');
    await soon(() => text(page, '.stage h2')).toBe('Lotti');
    await page.locator('#knob-ledger').selectOption('forbidden');
    await soon(() => page.getByText('Non puoi leggere i lotti').count()).toBeGreaterThan(0);
    await page.locator('#knob-ledger').selectOption('failing');
    await soon(() => page.getByText('Impossibile leggere i lotti').count()).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    await close();
  });

  it('shows the guide, and adds a column and an action of its own to the register', async () => {
    const { page, errors, close } = await visit('#/embedding');
    await page.getByRole('heading', { name: 'Plain HTML' }).waitFor();
    await page.evaluate(() => {
      location.hash = '#/lots';
    });
    await rows(page);
    await soon(() => text(page, '[data-row-id] [data-column="certificate"]')).toContain('LAB-');
    expect(errors).toEqual([]);
    await close();
  });
});
