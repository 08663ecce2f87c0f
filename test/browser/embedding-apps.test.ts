/**
 * The elements in pages that other programs run: Vue, React, two versions of ours side by side, a provider that
 * comes late, and two ledgers in two languages.
 */
import { expect, it } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { codes, type Heard, host, picture, temperatures, three, works } from './embedding-host.ts';
import { browserTests, sharedBrowser } from './harness/index.ts';

const soon = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000 });

browserTests('embedding: frameworks', () => {
  it.each(['vue', 'react'])(
    '62: %s sets objects as properties, hears events, and changes both',
    async (name) => {
      const opened = await host(name);
      // two rows of a page, as the app says, then all of them
      await soon(() => codes(opened)).toEqual(three.slice(0, 2));
      await opened.call('setRows', 10);
      await works(opened, name);
      expect((await opened.call<Heard[]>('heard')).map((one) => one.name)).toContain(name);
      await opened.close();
    },
  );
});

browserTests('embedding: what comes late', () => {
  it('15: elements wait for a provider defined, or added, two seconds after them', async () => {
    const opened = await host('late');
    expect(await opened.call('defined')).toBe(false);
    await soon(() => opened.call('defined')).toBe(true);
    await works(opened, 'late');
    await soon(() => opened.page.locator('posting-register [data-row-id]').count()).toBe(3);
    await opened.close();
  });

  it('54: two ledgers on one page speak two languages', async () => {
    const opened = await host('languages');
    for (const [id, title] of Object.entries({ english: 'Lots', italian: 'Lotti' })) {
      await soon(() => codes(opened, `#${id} lot-register`)).toEqual(three);
      expect(await opened.page.locator(`#${id} lot-register h2`).first().textContent()).toBe(title);
    }
    await soon(() => temperatures(opened, '#italian lot-register')).toEqual(['3,1', '3,2', '3,3']);
    await picture(opened, 'languages');
    expect(opened.errors).toEqual([]);
    await opened.close();
  });
});

browserTests('embedding: two versions', () => {
  it('2, 3: the second version leaves the tags to the first, says so, and works under its prefix', async () => {
    expect(await build()).toBe(true);
    const context = await (await sharedBrowser()).newContext();
    await context.route('**/other-version/**', async (route) => {
      const address = new URL(route.request().url());
      const file = address.pathname.replace('/other-version/', '/dist/bundle/');
      const answer = await route.fetch({ url: new URL(file, address).href });
      const body = (await answer.text()).replaceAll('0.1.0', '0.0.9');
      await route.fulfill({ response: answer, body });
    });
    const opened = await host('versions', { context });
    await soon(() => codes(opened, 'acme-lot-register')).toEqual(three);
    await soon(() => codes(opened)).toEqual(three);
    await soon(() => temperatures(opened, 'acme-lot-register')).toEqual(['3.1', '3.2', '3.3']);
    await picture(opened, 'versions');
    // one line for each tag that was there, and nothing thrown
    expect(opened.errors.length).toBeGreaterThan(0);
    for (const error of opened.errors) expect(error).toMatch(/registered already, by lotledger 0\.\d\.\d/);
    await context.close();
  });
});
