/** The judge over the memory store: thousands of random commands, seed printed, `LOTLEDGER_SEED` replays. */
import { it } from 'vitest';
import { play } from './play.ts';

it('agrees with the model on random commands in memory', { timeout: 3_600_000 }, () => play(0));
