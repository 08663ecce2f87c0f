/** Content below a register stays where it is: before its definition, while it is read, with its rows. */
import { expect, it } from 'vitest';
import { browserTests, openPage } from './harness/index.ts';
import { soon } from './register-kit.ts';

const cases: readonly (readonly [what: string, query: string, size: { width: number; height: number }])[] = [
  ['pages', 'rows=10&count=50', { width: 1360, height: 1200 }],
  ['fewer rows than there is room for', 'rows=15&count=4', { width: 1360, height: 1200 }],
  ['compact pages', 'rows=10&count=50&density=compact', { width: 1360, height: 1200 }],
  ['comfortable pages', 'rows=10&count=50&density=comfortable', { width: 1360, height: 1200 }],
  ['a window', 'rows=10&count=50&scroll=window', { width: 1360, height: 1200 }],
  ['cards', 'rows=10&count=50', { width: 420, height: 1600 }],
];

browserTests('what stands below a register', () => {
  for (const [what, query, size] of cases) {
    it(`does not move: ${what}`, async () => {
      const opened = await openPage(`register-still.html?${query}`);
      await opened.page.setViewportSize(size);
      await opened.call('play');
      await soon(() => opened.call<number>('rows')).toBeGreaterThan(2);
      const places = await opened.call<{ at: string; top: number }[]>('places');
      // from where it stood in this window before anything was defined
      const tops = places.slice(places.findLastIndex(({ at }) => at === 'waiting')).map(({ top }) => top);
      expect(Math.max(...tops) - Math.min(...tops), JSON.stringify(places)).toBeLessThanOrEqual(1);
      await opened.close();
    });
  }
});
