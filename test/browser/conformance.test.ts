/** The conformance kit inside Chromium: memory, IndexedDB, and IndexedDB in programs that die half way. */
import { afterAll, describe, expect, it } from 'vitest';
import { browserTests, openPage, pagesAreServed, type TestPage } from './harness/index.ts';
import type { Listed } from './pages/kit.ts';

for (const store of ['memory', 'indexeddb', 'programs']) {
  const tab: TestPage | undefined = pagesAreServed() ? await openPage(`kit.html?store=${store}`) : undefined;
  const cases = (await tab?.call<Listed[]>('list')) ?? [];

  browserTests(`kit in Chromium: ${store}`, () => {
    it('lists its cases', () => {
      expect(tab?.errors).toEqual([]);
      expect(cases.length).toBeGreaterThan(20);
    });

    describe('cases', () => {
      for (const { title, skipped } of cases) {
        if (skipped) it.skip(`${title} (${skipped})`, () => {});
        else it(title, async () => expect(await tab?.call('run', title)).toBeNull());
      }
    });

    afterAll(() => tab?.close());
  });
}
