/**
 * Many clients, two servers, one database: nothing lost, nothing doubled, no lot below zero. A few seconds of each
 * phase here, two minutes of each with `npm run soak -- servers`.
 */
import { expect, it } from 'vitest';
import { seedFrom } from '../judge/seed.ts';
import { postgresTests } from '../postgres/index.ts';
import { type Phase, soak, weathers } from './soak.ts';
import { tableOf } from './table.ts';

const SHORT = 2;
const FULL = 120;
const minutes = Number(process.env.LOTLEDGER_MINUTES ?? Number.NaN);
const full = Number.isNaN(minutes) ? FULL : minutes * 60;
const seconds = process.env.LOTLEDGER_SOAK === '1' ? full : SHORT;
/** Time to check what was written, which grows with it. */
const timeout = 300_000 + seconds * 1000 * 3 * weathers.length;

postgresTests('two servers on one PostgreSQL', () => {
  it('lose and double nothing, over bad lines and while they are killed', { timeout }, async () => {
    const seed = seedFrom(process.env.LOTLEDGER_SEED);
    const phases: Phase[] = [];
    const violations = await soak(seed, seconds, (phase) => {
      phases.push(phase);
    });
    console.log(`soak: servers, seed ${seed}, ${seconds} s each`);
    for (const line of tableOf(phases)) console.log(`soak: ${line}`);
    if (violations.length > 0) console.log(`soak: ${violations.length} violations`);
    expect(violations.slice(0, 20), `LOTLEDGER_SEED=${seed}`).toEqual([]);
    for (const outcome of ['accepted', 'refused'] as const)
      expect(phases.reduce((sum, phase) => sum + phase[outcome], 0)).toBeGreaterThan(0);
  });
});
