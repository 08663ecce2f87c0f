/** The harness itself: pages load what the sources are, profiles are apart, and a killed browser keeps its disk. */
import { expect, it } from 'vitest';
import { browserTests, openPage, ownBrowser, profileFolder } from './harness/index.ts';

interface About {
  readonly secure: boolean;
  readonly locks: boolean;
  readonly error: string;
}

browserTests('harness', () => {
  it('serves a page with modules of the sources and of packages', async () => {
    const tab = await openPage('blank.html');
    expect(await tab.call<About>('about')).toEqual({ secure: true, locks: true, error: 'store.closed' });
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('opens the same page over plain http, as on an intranet', async () => {
    const tab = await openPage('blank.html', { insecure: true });
    expect(await tab.call<About>('about')).toEqual({ secure: false, locks: false, error: 'store.closed' });
    await tab.close();
  });

  it('kills a browser and finds what it had written', async () => {
    const folder = profileFolder();
    const first = await ownBrowser(folder);
    await (await openPage('blank.html', { context: first.context })).call('write', 'kept');
    await first.kill();
    const second = await ownBrowser(folder);
    const tab = await openPage('blank.html', { context: second.context });
    expect(await tab.call('read')).toBe('kept');
    await second.close();
  });
});
