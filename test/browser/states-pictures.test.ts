/**
 * Pictures of every element in every state and look, for people to look at: written to the folder in
 * LOTLEDGER_PICTURES, and not at all where it is not set. Nothing is compared.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browserTests } from './harness/index.ts';
import { allStates, lookAt, looks, statesPage } from './states-kit.ts';

const folder = process.env.LOTLEDGER_PICTURES;
const only = process.env.LOTLEDGER_STATES?.split(',');

browserTests('pictures', () => {
  it
    .skipIf(folder === undefined)
    .each(allStates.filter(({ tag }) => only === undefined || only.includes(tag)))(
    'of $tag are written',
    { timeout: 900_000 },
    async ({ tag, states }) => {
      const place = join(folder ?? '', tag);
      mkdirSync(place, { recursive: true });
      const opened = await statesPage();
      for (const { name } of states) {
        await opened.call('look', {});
        await opened.call('show', tag, name);
        for (const look of looks) {
          await lookAt(opened, look);
          await opened.page.screenshot({
            path: join(place, `${name}.${look.name.replaceAll(' ', '-')}.png`),
          });
        }
      }
      await opened.close();
      expect(states.length).toBeGreaterThan(0);
    },
  );
});
