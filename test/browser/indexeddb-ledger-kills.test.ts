/**
 * Browsers killed in the middle of an import into a ledger: every acknowledged posting is there when the
 * profile is opened again, and the ledger verifies.
 */
import { expect, it } from 'vitest';
import { browserTests, openPage, ownBrowser, profileFolder, rounds } from './harness/index.ts';
import { random } from './harness/random.ts';

const kills = rounds(50);

browserTests('ledger over indexedDb, killed browsers', () => {
  it(`loses no acknowledged posting in ${kills} kills in the middle of imports and checkpoints`, async () => {
    const { next, seed } = random();
    console.info(`soak: ledger kills, seed ${seed}`);
    const folder = profileFolder();
    const acknowledged = new Set<number>();
    let from = 0;
    for (let round = 0; round <= kills; round++) {
      const browser = await ownBrowser(folder);
      let ready = () => {};
      const some = new Promise<void>((resolve) => {
        ready = resolve;
      });
      let told = 0;
      await browser.context.exposeFunction('acknowledge', (n: number) => {
        acknowledged.add(n);
        if (++told === 60) ready();
      });
      const tab = await openPage('ledger.html', { context: browser.context });
      const seq = await tab.call('open', 'a', 'killed');
      if (round === 0) await tab.call('setUp', 'a');
      else expect(seq).toBeGreaterThanOrEqual(acknowledged.size);
      expect(await tab.call('verify', 'a'), `seed ${seed} round ${round}`).toMatchObject({ ok: true });
      expect(await tab.call('missing', 'a', [...acknowledged])).toEqual([]);
      if (round === kills) {
        await browser.close();
        break;
      }
      // every other round is also in the middle of checkpoints
      const going = tab.call('importLoads', 'a', from, 1_000_000, round % 2 === 1);
      going.catch(() => {});
      await some;
      await new Promise((resolve) => setTimeout(resolve, next() * 200));
      await browser.kill();
      // the next import begins past whatever this one may have had in flight
      from = Math.max(...acknowledged) + 100;
    }
    console.info(
      `soak: ledger kills: ${kills} browsers killed in an import or a checkpoint, ${acknowledged.size} acknowledged postings, none lost, verify ok`,
    );
  }, 1_800_000);
});
