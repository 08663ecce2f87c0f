/** The judge over IndexedDB in Chromium: random commands, seed printed, `LOTLEDGER_SEED` replays. */
import { expect, it } from 'vitest';
import type { Judged } from '../judge/run.ts';
import { commandsFrom, seedFrom, told } from '../judge/seed.ts';
import { browserTests, openPage } from './harness/index.ts';

browserTests('judge', () => {
  it('agrees with the model on random commands in IndexedDB', { timeout: 3_600_000 }, async () => {
    const seed = seedFrom(process.env.LOTLEDGER_SEED);
    const commands = commandsFrom(process.env, 50_000, 1 / 50);
    console.info(`soak: judge in IndexedDB, seed ${seed}, ${commands} commands`);
    const tab = await openPage('judge.html');
    const judged = await tab.call<Judged | string>('judge', seed, commands);
    expect(judged).toMatchObject({ commands });
    expect(tab.errors).toEqual([]);
    console.info(`soak: judge in IndexedDB: ${told(judged as Judged)}`);
    await tab.close();
  });
});
