/** A database of version 0.1 in IndexedDB: rebuilt when it is opened, also after a tab died half-way. */
import { expect, it } from 'vitest';
import { older } from '../core/engine/older.ts';
import { browserTests, openPage } from './harness/index.ts';

browserTests('indexedDb, a ledger of an older version', () => {
  it('is rebuilt with its journal as it was, verifies, and takes new postings', async () => {
    const { groups, records, head, answers } = older();
    const tab = await openPage('rebuild.html');
    expect(`sha256:${await tab.call('plant', 'old', groups, records)}`).toBe(head.head);
    expect(await tab.call('open', 'old')).toMatchObject({
      heard: expect.arrayContaining([expect.objectContaining({ phase: 'writing' })]),
    });
    expect(await tab.call('verify', 'old')).toEqual({ ok: true, entries: head.seq, head: head.head });
    expect(await tab.call('lots', 'old')).toMatchObject(answers.lots);
    expect(await tab.call('unload', 'old')).toBe('7');
    expect(await tab.call('writeOlder', 'old')).toEqual({ error: 'store.newer' });
    expect(await tab.call('open', 'old')).toEqual({ heard: [], commits: 0 });
    expect(await tab.call('verify', 'old')).toMatchObject({ ok: true, entries: head.seq + 1 });
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it('is rebuilt by the next tab when one died in the middle', async () => {
    const { groups, records, head } = older();
    // more than one slice of records to write
    const strays = Array.from({ length: 2_500 }, (_, n) => ({ id: `stray${n}`, version: 1 }));
    const guards = [...(records.guards ?? []), ...strays];
    const one = await openPage('rebuild.html');
    await one.call('plant', 'dying', groups, { ...records, guards });
    for (const diesAt of [1, 2, 4]) {
      const tab = await openPage('rebuild.html', { context: one.context });
      tab.call('open', 'dying', diesAt).catch(() => undefined);
      await tab.call('died');
      await tab.page.close();
    }
    expect(await one.call('open', 'dying')).toMatchObject({ heard: expect.any(Array) });
    expect(await one.call('verify', 'dying')).toEqual({ ok: true, entries: head.seq, head: head.head });
    expect(await one.call('unload', 'dying')).toBe('7');
    expect(one.errors).toEqual([]);
    await one.close();
  });
});
