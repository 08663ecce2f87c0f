/** Two tabs with a ledger each post the last unit of a lot: one posting is accepted, the other refused. */
import { expect, it } from 'vitest';
import { browserTests, openPage, rounds } from './harness/index.ts';

const races = rounds(200);

browserTests('ledger over indexedDb, two tabs race', () => {
  for (const hints of [true, false]) {
    it(`R72 ${races} last units of lots, hints ${hints ? 'on' : 'off'}: one posting each`, async () => {
      const name = `last-unit-${hints}`;
      const one = await openPage('ledger.html');
      const two = await openPage('ledger.html', { context: one.context });
      await one.call('open', 'a', name, hints);
      await one.call('setUp', 'a');
      for (let n = 0; n < races; n++) expect(await one.call('load', 'a', `L${n}`, '2.5')).toBeUndefined();
      await two.call('open', 'a', name, hints);
      const wins = [0, 0];
      for (let n = 0; n < races; n++) {
        const outcomes = await Promise.all([one, two].map((tab) => tab.call('unload', 'a', `L${n}`, '2.5')));
        const winner = outcomes.indexOf(undefined);
        expect(outcomes).toContainEqual({ error: 'lot.insufficient' });
        expect(winner).toBeGreaterThanOrEqual(0);
        wins[winner] = (wins[winner] ?? 0) + 1;
        expect(await one.call('onHand', 'a', `L${n}`)).toBe('0');
      }
      for (const tab of [one, two]) {
        expect(await tab.call('verify', 'a')).toMatchObject({ ok: true });
        expect(tab.errors).toEqual([]);
      }
      console.info(
        `soak: last-unit races, hints ${hints ? 'on' : 'off'}: ${races} rounds, one winner each (${wins.join(' and ')})`,
      );
      await one.close();
    }, 900_000);
  }
});
