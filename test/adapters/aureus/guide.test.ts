/** The guide to the ledger over AureusERP says what is. */
import { expect, test } from 'vitest';
import { type AureusOptions, aureus } from '../../../src/adapters/ledgers/aureus/index.ts';
import { runGuide } from '../../guides/guide.ts';
import { fakeAureus, stocked } from './kit.ts';

test('its examples answer what they say', async () => {
  const fake = await fakeAureus();
  stocked(fake);
  const given = {
    ledger: undefined,
    session: { token: 'good' },
    aureus: (_url: string, options: AureusOptions) => aureus(fake.url, options),
  };
  expect(await runGuide('aureus', given)).toBeGreaterThan(10);
});
