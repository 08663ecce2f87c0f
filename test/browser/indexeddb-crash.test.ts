/**
 * Browsers killed (SIGKILL, the whole process group) in the middle of an import or of a checkpoint: every
 * commit that was acknowledged is there afterwards, in order, with its records, and nothing is half there.
 */
import { expect, it } from 'vitest';
import { browserTests, openPage, ownBrowser, profileFolder, rounds } from './harness/index.ts';
import { random } from './harness/random.ts';

const kills = rounds(50);

browserTests('indexedDb, killed browsers', () => {
  it(`loses no acknowledged commit in ${kills} kills during imports and checkpoints`, async () => {
    const { next, seed } = random();
    console.info(`soak: store kills, seed ${seed}`);
    const folder = profileFolder();
    let acknowledged = 0;
    for (let round = 0; round < kills; round++) {
      const browser = await ownBrowser(folder);
      let ready = () => {};
      const some = new Promise<void>((resolve) => {
        ready = resolve;
      });
      let told = 0;
      await browser.context.exposeFunction('acknowledge', (n: number) => {
        acknowledged = Math.max(acknowledged, n);
        if (++told === 20) ready();
      });
      const tab = await openPage('indexeddb.html', { context: browser.context });
      const seq = await tab.call('open', 'a', 'killed');
      const chain = await tab.call<{ ok: boolean; entries: string[] }>('chain', 'a');
      expect(chain.ok, `seed ${seed} round ${round}`).toBe(true);
      expect(seq).toBe(chain.entries.length);
      expect(chain.entries.length, `seed ${seed} round ${round}`).toBeGreaterThanOrEqual(acknowledged);
      expect(chain.entries).toEqual(chain.entries.map((_, i) => `import ${i + 1}`));
      expect(await tab.call('count', 'a')).toBe(chain.entries.length);
      expect(await tab.call('equalsDisk', 'a', 'killed')).toBe(true);
      // every other round makes checkpoints as fast as it can
      const every = round % 2 === 0 ? 0 : 5;
      const going = tab.call('importThings', 'a', chain.entries.length + 1, 1_000_000, every);
      going.catch(() => {});
      await some;
      await new Promise((resolve) => setTimeout(resolve, next() * 150));
      await browser.kill();
    }
    console.info(
      `soak: store kills: ${kills} browsers killed, ${acknowledged} acknowledged commits, none lost`,
    );
  }, 1_200_000);
});
