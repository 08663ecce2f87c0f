/** For tests that run a second time: what they import of the core and of the memory adapter is the stand-in. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const folder = fileURLToPath(new URL('./', import.meta.url));
const tests = fileURLToPath(new URL('../', import.meta.url));

const standIns: readonly (readonly [RegExp, string])[] = [
  [/\/src\/core\/index\.ts$/, 'core.ts'],
  [/\/src\/adapters\/stores\/memory\/index\.ts$/, 'memory.ts'],
  [/\/world\.ts$/, 'world.ts'],
];

export const throughRest = (): Plugin => ({
  name: 'lotledger-tests-through-rest',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!importer?.startsWith(tests) || importer.startsWith(folder)) return undefined;
    const found = standIns.find(([module]) => module.test(source));
    return found && join(folder, found[1]);
  },
});
