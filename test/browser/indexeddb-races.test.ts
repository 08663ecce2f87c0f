/** Two tabs race for the last unit of the same thing, round after round: one wins each. */
import { expect, it } from 'vitest';
import { browserTests, openPage, rounds } from './harness/index.ts';

const races = rounds(200);

browserTests('indexedDb, two tabs race', () => {
  for (const hints of [true, false]) {
    it(`R72 one winner in each of ${races} races for the last unit, hints ${hints ? 'on' : 'off'}`, async () => {
      const name = `race-${hints}`;
      const one = await openPage('indexeddb.html');
      const two = await openPage('indexeddb.html', { context: one.context });
      await one.call('open', 'a', name, { hints });
      const units = Array.from({ length: races }, (_, n) => ({ id: `u${n}`, n: 1 }));
      await one.call('commit', 'a', units);
      await two.call('open', 'a', name, { hints });
      const wins = { one: 0, two: 0 };
      for (let round = 0; round < races; round++) {
        const outcomes = await Promise.all([
          one.call('take', 'a', `u${round}`),
          two.call('take', 'a', `u${round}`),
        ]);
        expect(outcomes.toSorted()).toEqual(['lost', 'won']);
        wins[outcomes[0] === 'won' ? 'one' : 'two']++;
      }
      // and the same without waiting for each other between the rounds
      const ids = Array.from({ length: races * 5 }, (_, n) => `d${n}`);
      await one.call(
        'commit',
        'a',
        ids.map((id) => ({ id, n: 1 })),
      );
      await two.call('refresh', 'a');
      const [won, taken] = await Promise.all([
        one.call<boolean[]>('takeAll', 'a', ids),
        two.call<boolean[]>('takeAll', 'a', ids),
      ]);
      expect(won.filter((yes, i) => yes === taken[i])).toEqual([]);
      for (const tab of [one, two]) {
        expect(await tab.call('chain', 'a')).toMatchObject({ ok: true });
        expect(await tab.call('equalsDisk', 'a', name)).toBe(true);
        expect(tab.errors).toEqual([]);
      }
      expect(await one.call('head', 'a')).toMatchObject({ seq: races * 6 + 2 });
      const dense = won.filter(Boolean).length;
      console.info(
        `soak: store races, hints ${hints ? 'on' : 'off'}: ${races} rounds, one winner each (${wins.one} and ${wins.two}); ` +
          `${ids.length} more at full speed (${dense} and ${ids.length - dense})`,
      );
      await one.close();
    }, 600_000);
  }
});
