/** One share of the judge's games over the memory store; two files play one each, so that two processors do. */
import { expect } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { judgeGames } from './run.ts';
import { commandsFrom, seedFrom, told } from './seed.ts';

/** Seeds of the other share begin so much higher: no game is played twice. */
const APART = 1_000_000;

/** @param share 0 or 1 */
export async function play(share: 0 | 1): Promise<void> {
  const seed = seedFrom(process.env.LOTLEDGER_SEED) + share * APART;
  const commands = commandsFrom(process.env, 500_000, 1 / 200);
  console.info(`soak: judge in memory, seed ${seed}, ${commands} commands`);
  const judged = await judgeGames({ adapter: memory, seed, commands });
  console.info(`soak: judge in memory: ${told(judged)}`);
  expect(judged.commands).toBe(commands);
  expect(judged.accepted).toBeGreaterThan(commands / 4);
}
