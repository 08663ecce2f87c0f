/** The other half of the judge's games in memory, beside the first on a second processor. */
import { it } from 'vitest';
import { play } from './play.ts';

it('agrees with the model on as many more random commands in memory', { timeout: 3_600_000 }, () => play(1));
