/** What every element keeps to: the same before and after it is defined, no value breaks it, nothing is left. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browserTests, mistakes, openPage } from './harness/index.ts';

const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 60_000 });

/** Every tag there is, by its define module; the provider is tested by itself. */
const tags = readdirSync(join(import.meta.dirname, '../../src/components/define'))
  .map((name) => name.replace(/\.ts$/, ''))
  .filter((name) => !['index', 'define-element', 'lot-ledger'].includes(name));

browserTests('every element', () => {
  it.each(tags)('15: %s is the same whether it is filled before or after it is defined', async (tag) => {
    const opened = await openPage('contract-elements.html');
    await opened.call('prepare');
    await opened.call('put', tag);
    expect(await opened.call('defined', tags)).toEqual([]);
    await opened.call('define');
    expect(await opened.call('defined', tags)).toEqual(tags);
    await opened.call('put', tag);
    await soon(async () => {
      const [before, after] = await opened.call<string[]>('drawings');
      return before === after ? 'the same' : [before, after];
    }).toBe('the same');
    const [drawn] = await opened.call<string[]>('drawings');
    expect(drawn?.length).toBeGreaterThan(50);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it.each(tags)('17: no value of any property of %s throws', async (tag) => {
    const opened = await openPage('contract-elements.html');
    await opened.call('prepare');
    await opened.call('define');
    const properties = await opened.call<string[]>('nonsense', tag);
    expect(properties).toEqual(expect.arrayContaining(['locale']));
    expect(await opened.call('faults')).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('60: two hundred pages that come and go, also in mid-load, leave nothing behind', {
    timeout: 400_000,
  }, async () => {
    const opened = await openPage('contract-elements.html');
    await opened.call('prepare', 8);
    await opened.call('define');
    // the first of everything may set up what is kept for good
    await opened.call('churn', tags, 3);
    const rest = { listeners: 0, observers: 0, timers: 0, subscriptions: 0 };
    const alive = () => opened.call<typeof rest>('alive');
    let before = rest;
    await soon(async () => {
      before = await alive();
      return before.timers;
    }).toBe(0);
    expect(before).toMatchObject({ observers: 0, subscriptions: 0 });
    for (let tens = 0; tens < 20; tens++) await opened.call('churn', tags, 10);
    await soon(alive).toEqual(before);
    expect(await opened.call('faults')).toEqual([]);
    expect(await opened.call('uncloneable')).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });
});

browserTests('nothing moves', () => {
  const shapes = [
    ['lot-register', 10, 'regular'],
    ['posting-register', 25, 'compact'],
    ['lot-register', 15, 'comfortable'],
  ] as const;
  it.each(shapes)(
    '14: under %s of %i rows, %s, before it is defined, while it reads and after',
    async (...how) => {
      const opened = await openPage('contract-elements.html');
      await opened.page.setViewportSize({ width: 1360, height: 900 });
      await opened.call('prepare', 0, 30);
      await opened.call('above', ...how);
      const below = () => opened.call<number>('top', '#below');
      const reserved = await below();
      expect(reserved).toBeGreaterThan(how[1] * 20);
      await opened.call('define');
      await opened.call('give');
      // a border or two of difference is nothing that a reader sees jump
      expect(Math.abs((await below()) - reserved)).toBeLessThan(12);
      await opened.close();
    },
  );
});
