/**
 * Which test runs, whether it is one of those that cannot go through `rest`, and what it turned out to need:
 * that the list is exact is proved by the run itself.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { local, type Need } from './local.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The running file as a path from the root. */
export const testFile = (): string => relative(root, expect.getState().testPath ?? '').replaceAll('\\', '/');

let current: string | undefined;
/** By what is opened before the first test of a file. */
const neededByFile = new Set<Need>();
let needed = neededByFile;

/** A test begins: its name with those of its groups. */
export const enter = (name: string): void => {
  current = name;
  needed = new Set();
};

/** What the list says of the running test. */
export function listed(): Need | undefined {
  const names = local[testFile()] ?? {};
  return (current === undefined ? undefined : names[current]) ?? names['*'];
}

/**
 * The running test needs what cannot travel.
 * @throws Error where it is not on the list
 */
export function needs(need: Need): void {
  needed.add(need);
  if (listed() !== undefined) return;
  throw new Error(
    `This test needs what cannot go through rest: ${need}. Put "${current ?? '*'}" of ${testFile()} on the list in test/remote/local.ts.`,
  );
}

/** @throws Error where the list says more, or something else, than the test needed */
export function leave(): void {
  const said = listed();
  if (said === undefined || needed.has(said) || neededByFile.has(said)) return;
  const found = [...needed].join(', ') || 'nothing';
  throw new Error(`test/remote/local.ts says that this test needs ${said}; it needs ${found}.`);
}
