/** Random questions have the same answers in memory, in IndexedDB and behind a wire. The seed is printed. */
import { expect, it } from 'vitest';
import { seedFrom } from '../judge/seed.ts';
import { browserTests, openPage, rounds } from './harness/index.ts';

browserTests('questions', () => {
  it('are answered the same by memory, IndexedDB and a client behind a wire, page by page', async () => {
    const seed = seedFrom(process.env.LOTLEDGER_SEED);
    console.info(`questions in the browser: seed ${seed}`);
    const tab = await openPage('questions.html');
    const agreed = await tab.call<{ questions: number; pages: number }>('agree', seed, 60, rounds(2_000));
    expect(agreed).toMatchObject({ questions: rounds(2_000) });
    expect(agreed).not.toHaveProperty('differs');
    expect(agreed.pages).toBeGreaterThan(agreed.questions);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});
