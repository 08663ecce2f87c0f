/** Times of contenders who take turns. */
import { median } from '../lib/measure.mjs';

const milliseconds = async (work) => {
  const begun = performance.now();
  const answer = await work();
  return { ms: performance.now() - begun, answer };
};

/**
 * Asks all of them the same, in turns, and holds their answers against each other.
 * @param {number} rounds
 * @param {Record<string, (place: unknown) => Promise<unknown>>} contenders
 * @param {{ place?: () => unknown, turn?: number }} [options] `place`: what each round is asked about; `turn`:
 *   questions in a row before the other's turn
 * @returns {Promise<Record<string, number>>} median milliseconds
 */
export async function inTurnsTimed(rounds, contenders, { place = () => undefined, turn = 1 } = {}) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const at = place();
  const answers = [];
  // twice before it counts: statements are prepared when they come again
  for (let i = 0; i < 2; i++) {
    answers.length = 0;
    for (const ask of Object.values(contenders)) answers.push(JSON.stringify(await ask(at)));
  }
  if (new Set(answers).size > 1) throw new Error(`the contenders disagree:\n${answers.join('\n')}`);
  for (let round = 0; round < rounds; round += turn) {
    const places = Array.from({ length: Math.min(turn, rounds - round) }, place);
    for (const [name, ask] of Object.entries(contenders)) {
      for (const one of places) times[name].push((await milliseconds(() => ask(one))).ms);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}
