/** The judge over the memory store: thousands of random commands, seed printed, `LOTLEDGER_SEED` replays. */
import { expect, it } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { judge } from './run.ts';
import { commandsFrom, seedFrom, told } from './seed.ts';

it('agrees with the model on random commands in memory', { timeout: 3_600_000 }, async () => {
  const seed = seedFrom(process.env.LOTLEDGER_SEED);
  const commands = commandsFrom(process.env, 100_000);
  console.info(`soak: judge in memory, seed ${seed}, ${commands} commands`);
  const judged = await judge({ adapter: memory(), seed, commands });
  console.info(`soak: judge in memory: ${told(judged)}`);
  expect(judged.commands).toBe(commands);
  expect(judged.accepted).toBeGreaterThan(commands / 4);
});
