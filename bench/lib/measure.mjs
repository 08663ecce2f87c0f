/** Medians, and rounds in which the contenders take turns. */
import { root, run } from '../../scripts/lib/run.mjs';

/** The middle of some numbers; of an even count the upper one. */
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Rounds in turns: A B C, A B C …, so that what else the machine does meets all of them.
 * @template T
 * @param {readonly string[]} contenders
 * @param {number} rounds
 * @param {(contender: string, round: number) => Promise<T>} once
 * @returns {Promise<Map<string, T[]>>} the answers of each contender's rounds
 */
export async function inTurns(contenders, rounds, once) {
  const answers = new Map(contenders.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of contenders) answers.get(name).push(await once(name, round));
  }
  return answers;
}

/** Runs a script in a Node of its own and reads the JSON it prints last. */
export async function inNode(script, args, flags = ['--expose-gc']) {
  const { code, output } = await run(
    process.execPath,
    [...flags, `${root}bench/${script}`, ...args.map(String)],
    {
      capture: true,
    },
  );
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} failed:\n${output.slice(-2_000)}`);
  return JSON.parse(output.trim().split('\n').at(-1));
}
