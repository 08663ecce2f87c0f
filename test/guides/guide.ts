/**
 * Runs the examples of a guide as they stand. A line `expression; // value` is compared with its value;
 * everything else just runs, block after block, after the set-up that all guides share.
 */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import * as lotledger from '../../src/core/index.ts';

const folder = new URL('../../docs/guides/', import.meta.url);

/** The text of a guide. */
export const guideText = (name: string): string => readFileSync(new URL(`${name}.md`, folder), 'utf8');

const blocksOf = (text: string): string[] =>
  [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, block = '']) => block);

/** One block as a script; `count` hears of every promised value. */
function scriptOf(block: string, count: () => void): string {
  return block
    .replace(/^import .*;$/gm, '')
    .replace(/^(\S.*); +\/\/ (.*)$/gm, (_, expression: string, value: string) => {
      count();
      return `expect(${expression}).toEqual(${value});`;
    });
}

/**
 * Runs the examples of a guide and answers how many values it promised.
 * @param given what the examples may use besides; with a `ledger` the shared set-up is left out
 */
export async function runGuide(name: string, given: Record<string, unknown> = {}): Promise<number> {
  let promised = 0;
  const count = (): void => {
    promised++;
  };
  const setUp = 'ledger' in given ? [] : blocksOf(guideText('README'));
  const script = [...setUp, ...blocksOf(guideText(name))].map((block) => scriptOf(block, count)).join('\n');
  const scope: Record<string, unknown> = { expect, memory, ...lotledger, ...given };
  const run = new Function(...Object.keys(scope), `return (async () => {\n${script}\n})();`) as (
    ...values: unknown[]
  ) => Promise<void>;
  await run(...Object.values(scope));
  return promised;
}
