/**
 * The elements in other people's pages: each page is one kind of host, and on each a register shows its rows, an
 * event reaches the host, the host's own column stands beside ours, nothing is complained of, and no style
 * leaks in or out.
 */
import { expect, it } from 'vitest';
import { codes, host, three, works } from './embedding-host.ts';
import { browserTests } from './harness/index.ts';

const soon = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000 });

browserTests('embedding: style sheets of hosts', () => {
  it('36: Tailwind’s reset and a root font of 62.5 % change nothing inside', async () => {
    const plain = await host('plain');
    await works(plain, 'plain');
    const look = await plain.call<Record<string, string>>('innerLook');
    expect(Object.keys(look).length).toBeGreaterThan(12);
    await plain.close();
    for (const name of ['tailwind', 'rem']) {
      const opened = await host(name);
      await works(opened, name);
      expect(await opened.call('innerLook'), name).toEqual(look);
      await opened.close();
    }
  });
});

browserTests('embedding: policies', () => {
  it('43: works under a strict policy with trusted types, configured by JSON, without one violation', async () => {
    const opened = await host('strict');
    await works(opened, 'strict');
    await opened.page.locator('posting-form').waitFor();
    await opened.close();
  });

  it('works over plain http under a host name, where the browser withholds its secure features', async () => {
    const opened = await host('strict', { insecure: true });
    expect(await opened.call('secure')).toBe(false);
    await works(opened, 'plain-http');
    await opened.close();
  });
});

browserTests('embedding: a modal of Bootstrap', () => {
  it('keeps the focus inside, opens its popups, and gives Escape up layer by layer', async () => {
    const opened = await host('bootstrap');
    const { page } = opened;
    const modal = page.locator('#dialog');
    await page.locator('#own').click();
    await soon(() => modal.evaluate((element) => element.classList.contains('show'))).toBe(true);
    await works(opened, 'bootstrap');
    await page.locator('lot-register [data-action="columns"]:visible').click();
    const popover = page.locator('lot-register [part~="popover"]:popover-open');
    await soon(() => popover.count()).toBe(1);
    await page.keyboard.press('Escape');
    await soon(() => popover.count()).toBe(0);
    expect(await modal.evaluate((element) => element.classList.contains('show'))).toBe(true);
    await page.locator('lot-register').getByRole('searchbox').first().click();
    await page.keyboard.type('00002');
    await soon(() => codes(opened)).toEqual(['00002']);
    expect(await opened.call('focused')).toBe('lot-register');
    await page.keyboard.press('Escape');
    await soon(() => codes(opened)).toEqual(three);
    expect(await modal.evaluate((element) => element.classList.contains('show'))).toBe(true);
    await page.keyboard.press('Escape');
    await soon(() => modal.evaluate((element) => element.classList.contains('show'))).toBe(false);
    expect(opened.errors).toEqual([]);
    await opened.close();
  });
});
