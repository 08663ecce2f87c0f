/** The IndexedDB store by itself: commits, reopening, checkpoints, and what it shows to other tabs. */
import { expect, it } from 'vitest';
import { browserTests, openPage } from './harness/index.ts';

browserTests('indexedDb, one tab and two', () => {
  it('keeps what was committed, and gives gapless numbers and links', async () => {
    const tab = await openPage('indexeddb.html');
    expect(await tab.call('open', 'a', 'kept')).toBe(0);
    for (let n = 1; n <= 5; n++) {
      expect(await tab.call('commit', 'a', [{ id: `x${n}`, n }])).toMatchObject({ done: true, firstSeq: n });
    }
    expect(await tab.call('get', 'a', 'x3')).toEqual({ id: 'x3', n: 3, code: null, version: 3 });
    await tab.call('close', 'a');
    expect(await tab.call('open', 'b', 'kept')).toBe(5);
    expect(await tab.call('get', 'b', 'x3')).toEqual({ id: 'x3', n: 3, code: null, version: 3 });
    expect(await tab.call('chain', 'b')).toMatchObject({ ok: true, entries: Array(5).fill('entry') });
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('reopens from chunks, drops the redo they replace, and rewrites only what changed', async () => {
    const tab = await openPage('indexeddb.html');
    await tab.call('open', 'a', 'chunks');
    await tab.call('fill', 'a', 3_000, 100);
    expect(await tab.call('rows', 'chunks')).toMatchObject({ redo: 30, chunks: 0, entries: 30 });
    expect(await tab.call('checkpoint', 'a')).toBe(true);
    expect(await tab.call('checkpoint', 'a')).toBe(false);
    expect(await tab.call('rows', 'chunks')).toMatchObject({ redo: 0, chunks: 6, entries: 30 });
    await tab.call('commit', 'a', [{ id: 'f700', n: -1, code: 'new' }]);
    await tab.call('remove', 'a', 'f701');
    await tab.call('commit', 'a', [{ id: 'late', n: 1, code: 'late' }]);
    expect(await tab.call('equalsDisk', 'a', 'chunks')).toBe(true);
    expect(await tab.call('checkpoint', 'a')).toBe(true);
    expect(await tab.call('rows', 'chunks')).toMatchObject({ redo: 0, chunks: 6, entries: 32 });
    expect(await tab.call('equalsDisk', 'a', 'chunks')).toBe(true);
    await tab.call('open', 'b', 'chunks');
    expect(await tab.call('count', 'b')).toBe(3_000);
    expect(await tab.call('get', 'b', 'f701')).toBeNull();
    expect(await tab.call('chain', 'b')).toMatchObject({ ok: true });
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('lets disjoint writers of two tabs pass, and refuses what another tab has changed', async () => {
    const one = await openPage('indexeddb.html');
    const two = await openPage('indexeddb.html', { context: one.context });
    await one.call('open', 'a', 'two', { hints: false });
    await two.call('open', 'a', 'two', { hints: false });
    expect(await one.call('commit', 'a', [{ id: 'x', n: 1 }])).toMatchObject({ firstSeq: 1 });
    expect(await two.call('commit', 'a', [{ id: 'y', n: 1 }])).toMatchObject({ done: true, firstSeq: 2 });
    expect(await two.call('get', 'a', 'x')).toMatchObject({ version: 1 });
    const stale = [{ collection: 'things', id: 'y', version: 0 }];
    expect(await one.call('commit', 'a', [{ id: 'y', n: 9 }], stale)).toEqual({
      done: false,
      conflict: [{ collection: 'things', id: 'y' }],
    });
    expect(await one.call('get', 'a', 'y')).toMatchObject({ n: 1, version: 2 });
    const taken = [{ id: 'w', n: 0, code: 'same' }];
    await one.call('commit', 'a', [{ id: 'z', n: 0, code: 'same' }]);
    expect(await two.call('commit', 'a', taken)).toMatchObject({
      conflict: [{ collection: 'things', id: 'z' }],
    });
    expect(await one.call('equalsDisk', 'a', 'two')).toBe(true);
    expect(await two.call('equalsDisk', 'a', 'two')).toBe(true);
    await one.close();
  });

  it('tells another tab by a hint, and follows without hints when it reads', async () => {
    const one = await openPage('indexeddb.html');
    const two = await openPage('indexeddb.html', { context: one.context });
    await one.call('open', 'hinted', 'hints');
    await two.call('open', 'hinted', 'hints');
    await two.call('open', 'silent', 'hints', { hints: false });
    const heard = two.call('heard', 'hinted', 1);
    await one.call('commit', 'hinted', [{ id: 'x', n: 1 }]);
    expect(await heard).toBe(1);
    expect(await two.call('get', 'silent', 'x')).toBeNull();
    expect(await two.call('read', 'silent', 'x')).toMatchObject({ n: 1 });
    expect(await two.call('get', 'silent', 'x')).toMatchObject({ n: 1 });
    await one.close();
  });

  it('follows a tab whose checkpoint has dropped the redo it had not seen', async () => {
    const one = await openPage('indexeddb.html');
    const two = await openPage('indexeddb.html', { context: one.context });
    await one.call('open', 'a', 'behind', { hints: false });
    await one.call('fill', 'a', 1_500, 100);
    await two.call('open', 'a', 'behind', { hints: false });
    await one.call('checkpoint', 'a');
    await one.call('fill', 'a', 700, 100);
    await one.call('remove', 'a', 'f10');
    await one.call('commit', 'a', [{ id: 'f11', n: 77, code: 'changed' }]);
    await one.call('checkpoint', 'a');
    await one.call('commit', 'a', [{ id: 'f12', n: 78, code: 'after' }]);
    expect(await two.call('equalsDisk', 'a', 'behind')).toBe(true);
    expect(await two.call('get', 'a', 'f11')).toMatchObject({ n: 77 });
    expect(await two.call('get', 'a', 'f10')).toBeNull();
    // and it can go on from there: its ordinals are those of the other tab
    await two.call('commit', 'a', [{ id: 'f13', n: 79, code: 'own' }]);
    expect(await two.call('checkpoint', 'a')).toBe(true);
    await one.call('commit', 'a', [{ id: 'f14', n: 80, code: 'again' }]);
    expect(await one.call('checkpoint', 'a')).toBe(true);
    expect(await one.call('equalsDisk', 'a', 'behind')).toBe(true);
    expect(await two.call('equalsDisk', 'a', 'behind')).toBe(true);
    await one.close();
  });

  it('reads the journal from within a group', async () => {
    const tab = await openPage('indexeddb.html');
    await tab.call('open', 'a', 'tail');
    await tab.call('fill', 'a', 10, 1);
    const seqs = async (after: number, limit: number) =>
      (await tab.call<{ firstSeq: number }[]>('tail', 'a', after, limit)).map((group) => group.firstSeq);
    expect(await seqs(0, 3)).toEqual([1, 2, 3]);
    expect(await seqs(7, 100)).toEqual([8, 9, 10]);
    expect(await seqs(10, 100)).toEqual([]);
    expect(await seqs(0, 0)).toEqual([]);
    await tab.close();
  });

  it('works over plain http, without locks, subtle crypto or storage manager', async () => {
    const tab = await openPage('indexeddb.html', { insecure: true });
    expect(await tab.call('open', 'a', 'plain')).toBe(0);
    await tab.call('fill', 'a', 600, 50);
    expect(await tab.call('checkpoint', 'a')).toBe(true);
    expect(await tab.call('equalsDisk', 'a', 'plain')).toBe(true);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});
