/**
 * What befalls a database in a browser: no room, a blocked upgrade, connections closed without a word, a
 * deleted database, a newer program, lost answers. Each ends in a typed error or goes on, never hangs, and
 * leaves memory equal to the disk.
 */
import { expect, it } from 'vitest';
import { browserTests, openPage, type TestPage } from './harness/index.ts';

/**
 * Sets how much room the page's origin has; without a size, as much as the browser gives. A browser asks
 * how much there is only now and then, so room is made scarce before the first store is opened.
 */
async function quota(tab: TestPage, quotaSize?: number): Promise<void> {
  const session = await tab.context.newCDPSession(tab.page);
  const { origin } = new URL(tab.page.url());
  await session.send(
    'Storage.overrideQuotaForOrigin',
    quotaSize === undefined ? { origin } : { origin, quotaSize },
  );
}

browserTests('indexedDb, accidents', () => {
  it('says store.quota when the disk is full, keeps memory equal to it, and goes on when there is room', async () => {
    const tab = await openPage('indexeddb.html');
    await quota(tab, 400_000);
    await tab.call('open', 'a', 'full');
    await tab.call('commit', 'a', [{ id: 'before', n: 1 }]);
    const refused = [{ id: 'refused', n: 1, code: 'x'.repeat(1_000_000) }];
    expect(await tab.call('commit', 'a', refused)).toEqual({ error: 'store.quota' });
    expect(await tab.call('get', 'a', 'refused')).toBeNull();
    expect(await tab.call('get', 'a', 'before')).toMatchObject({ n: 1 });
    await quota(tab);
    expect(await tab.call('commit', 'a', refused)).toMatchObject({ done: true, firstSeq: 2 });
    expect(await tab.call('equalsDisk', 'a', 'full')).toBe(true);
    expect(await tab.call('chain', 'a')).toMatchObject({ ok: true });
    await tab.close();
  });

  it('loses nothing when there is no room for a checkpoint', async () => {
    const tab = await openPage('indexeddb.html');
    await quota(tab, 600_000);
    await tab.call('open', 'a', 'tight');
    await tab.call('fill', 'a', 2_000, 50, 'x'.repeat(900));
    expect(await tab.call('checkpoint', 'a')).toEqual({ error: 'store.quota' });
    await quota(tab);
    expect(await tab.call('equalsDisk', 'a', 'tight')).toBe(true);
    expect(await tab.call('checkpoint', 'a')).toBe(true);
    expect(await tab.call('equalsDisk', 'a', 'tight')).toBe(true);
    await tab.close();
  });

  it('opens again when its connections were closed without a word', async () => {
    const tab = await openPage('indexeddb.html');
    await tab.call('open', 'a', 'closed');
    await tab.call('commit', 'a', [{ id: 'x', n: 1 }]);
    await tab.call('closeHandles');
    expect(await tab.call('commit', 'a', [{ id: 'y', n: 2 }])).toMatchObject({ done: true, firstSeq: 2 });
    await tab.call('closeHandles');
    expect(await tab.call('read', 'a', 'y')).toMatchObject({ n: 2 });
    await tab.call('closeHandles');
    expect(await tab.call('tail', 'a', 0, 10)).toHaveLength(2);
    await tab.call('closeHandles');
    expect(await tab.call('checkpoint', 'a')).toBe(true);
    expect(await tab.call('equalsDisk', 'a', 'closed')).toBe(true);
    await tab.close();
  });

  for (const name of ['UnknownError', 'InvalidStateError', 'AbortError']) {
    it(`tries once more after ${name}, then says store.unavailable`, async () => {
      const tab = await openPage('indexeddb.html');
      await tab.call('open', 'a', 'flaky');
      await tab.call('failNext', name, 1);
      expect(await tab.call('commit', 'a', [{ id: 'x', n: 1 }])).toMatchObject({ done: true, firstSeq: 1 });
      await tab.call('failNext', name, 2);
      expect(await tab.call('commit', 'a', [{ id: 'y', n: 1 }])).toEqual({ error: 'store.unavailable' });
      expect(await tab.call('get', 'a', 'y')).toBeNull();
      expect(await tab.call('equalsDisk', 'a', 'flaky')).toBe(true);
      expect(await tab.call('commit', 'a', [{ id: 'y', n: 1 }])).toMatchObject({ done: true, firstSeq: 2 });
      await tab.close();
    });
  }

  it('finds out that a commit was written whose answer was lost, and does not write it twice', async () => {
    const tab = await openPage('indexeddb.html');
    await tab.call('open', 'a', 'lost');
    await tab.call('commit', 'a', [{ id: 'x', n: 1 }]);
    await tab.call('loseNextAnswer');
    expect(await tab.call('commit', 'a', [{ id: 'y', n: 1 }])).toMatchObject({ done: true, firstSeq: 2 });
    expect(await tab.call('get', 'a', 'y')).toMatchObject({ version: 2 });
    expect(await tab.call('chain', 'a')).toMatchObject({ ok: true, entries: ['entry', 'entry'] });
    expect(await tab.call('equalsDisk', 'a', 'lost')).toBe(true);
    await tab.close();
  });

  it('looks up a commit that never answers, within its time limit', async () => {
    const tab = await openPage('indexeddb.html');
    await tab.call('open', 'a', 'silent', { timeout: 800 });
    await tab.call('stallNext');
    expect(await tab.call('commit', 'a', [{ id: 'x', n: 1 }])).toMatchObject({ done: true, firstSeq: 1 });
    expect(await tab.call('equalsDisk', 'a', 'silent')).toBe(true);
    await tab.close();
  });

  it('says store.blocked while another tab holds an older layout open, and opens once it lets go', async () => {
    const old = await openPage('indexeddb.html');
    const tab = await openPage('indexeddb.html', { context: old.context });
    await old.call('holdOpen', 'held', 1, []);
    expect(await tab.call('open', 'a', 'held', { timeout: 2_000 })).toEqual({ error: 'store.blocked' });
    await old.call('closeHandles');
    expect(await tab.call('open', 'a', 'held', { timeout: 5_000 })).toBe(0);
    expect(await tab.call('commit', 'a', [{ id: 'x', n: 1 }])).toMatchObject({ done: true });
    await old.close();
  });

  it('lets another tab delete the database, and then shows what is there: nothing', async () => {
    const one = await openPage('indexeddb.html');
    const two = await openPage('indexeddb.html', { context: one.context });
    await one.call('open', 'a', 'deleted');
    await one.call('fill', 'a', 100, 10);
    expect(await two.call('destroy', 'deleted')).toBe('gone');
    expect(await one.call('read', 'a', 'f1')).toBeNull();
    expect(await one.call('count', 'a')).toBe(0);
    const stale = [{ collection: 'things', id: 'f1', version: 1 }];
    expect(await one.call('commit', 'a', [{ id: 'f1', n: 1 }], stale)).toMatchObject({ done: false });
    expect(await one.call('commit', 'a', [{ id: 'f1', n: 1 }])).toMatchObject({ done: true, firstSeq: 1 });
    expect(await one.call('equalsDisk', 'a', 'deleted')).toBe(true);
    await one.close();
  });

  it('does not mix a database with one that was made under its name while it did not look', async () => {
    const one = await openPage('indexeddb.html');
    const two = await openPage('indexeddb.html', { context: one.context });
    await one.call('open', 'a', 'reborn', { hints: false });
    await one.call('commit', 'a', [{ id: 'old', n: 1 }]);
    await one.call('checkpoint', 'a');
    await two.call('destroy', 'reborn');
    await two.call('open', 'a', 'reborn', { hints: false });
    await two.call('commit', 'a', [{ id: 'new', n: 1 }]);
    await two.call('checkpoint', 'a');
    expect(await one.call('commit', 'a', [{ id: 'more', n: 1 }])).toMatchObject({ done: true, firstSeq: 2 });
    expect(await one.call('get', 'a', 'old')).toBeNull();
    expect(await one.call('get', 'a', 'new')).toMatchObject({ version: 1 });
    expect(await one.call('equalsDisk', 'a', 'reborn')).toBe(true);
    await one.close();
  });

  it('reads on and refuses to write once a newer program has opened the database', async () => {
    const old = await openPage('indexeddb.html');
    const tab = await openPage('indexeddb.html', { context: old.context });
    await old.call('open', 'a', 'newer', { hints: false });
    await old.call('commit', 'a', [{ id: 'x', n: 1 }]);
    await tab.call('open', 'b', 'newer', { schema: 2 });
    expect(await old.call('commit', 'a', [{ id: 'y', n: 1 }])).toEqual({ error: 'store.newer' });
    await tab.call('commit', 'b', [{ id: 'z', n: 3 }]);
    expect(await old.call('read', 'a', 'z')).toMatchObject({ n: 3 });
    expect(await old.call('commit', 'a', [{ id: 'y', n: 1 }])).toEqual({ error: 'store.newer' });
    expect(await old.call('checkpoint', 'a')).toEqual({ error: 'store.newer' });
    expect(await old.call('open', 'c', 'newer')).toBe(2);
    expect(await old.call('commit', 'c', [{ id: 'y', n: 1 }])).toEqual({ error: 'store.newer' });
    await old.close();
  });

  it('reads a database whose layout is newer, and steps aside for its upgrade', async () => {
    const old = await openPage('indexeddb.html');
    const tab = await openPage('indexeddb.html', { context: old.context });
    await old.call('open', 'a', 'layout');
    await old.call('commit', 'a', [{ id: 'x', n: 1 }]);
    await tab.call('holdOpen', 'layout', 99, ['unheard-of']);
    expect(await old.call('read', 'a', 'x')).toMatchObject({ n: 1 });
    expect(await old.call('commit', 'a', [{ id: 'y', n: 1 }])).toEqual({ error: 'store.newer' });
    expect(await tab.call('open', 'b', 'layout')).toBe(1);
    expect(await tab.call('commit', 'b', [{ id: 'y', n: 1 }])).toEqual({ error: 'store.newer' });
    await old.call('holdOpen', 'alien', 99, []);
    expect(await old.call('open', 'c', 'alien')).toEqual({ error: 'store.newer' });
    await old.close();
  });

  it('says store.corrupt when redo or chunks are missing', async () => {
    const tab = await openPage('indexeddb.html');
    await tab.call('open', 'a', 'gap');
    await tab.call('fill', 'a', 40, 10);
    await tab.call('close', 'a');
    await tab.call('damage', 'gap', 'redo', 2);
    expect(await tab.call('open', 'b', 'gap')).toEqual({ error: 'store.corrupt' });
    await tab.call('open', 'c', 'pointer');
    await tab.call('fill', 'c', 40, 10);
    await tab.call('checkpoint', 'c');
    await tab.call('close', 'c');
    await tab.call('damage', 'pointer', 'meta', 'directory');
    expect(await tab.call('open', 'd', 'pointer')).toEqual({ error: 'store.corrupt' });
    await tab.close();
  });

  it('says once that the browser has thrown the database away, then begins anew', async () => {
    const tab = await openPage('indexeddb.html');
    await tab.call('loseDatabase');
    expect(await tab.call('open', 'a', 'thrown-away')).toEqual({ error: 'store.corrupt' });
    expect(await tab.call('open', 'b', 'thrown-away')).toBe(0);
    expect(await tab.call('commit', 'b', [{ id: 'x', n: 1 }])).toMatchObject({ done: true, firstSeq: 1 });
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('says store.closed after it was closed', async () => {
    const tab = await openPage('indexeddb.html');
    await tab.call('open', 'a', 'ended');
    await tab.call('close', 'a');
    expect(await tab.call('commit', 'a', [{ id: 'x', n: 1 }])).toEqual({ error: 'store.closed' });
    expect(await tab.call('read', 'a', 'x')).toEqual({ error: 'store.closed' });
    expect(await tab.call('tail', 'a', 0, 1)).toEqual({ error: 'store.closed' });
    await tab.close();
  });
});
