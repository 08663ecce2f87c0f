/** The list of conventions is whole: every number once, and what is said to prove it is there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { controlStates, elementStates } from '../states/index.ts';
import { read, root } from './sources.ts';

/** How many there are. */
const LAST = 64;

/** Those that may be done otherwise, with a reason. */
const WAIVABLE = new Set([4, 5, 6, 11, 12, 20, 21, 28, 38, 39, 40, 41, 42, 44, 51, 52, 61, 62, 64]);

interface Convention {
  readonly number: number;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
  readonly otherwise: string | undefined;
}

const page = read('docs/conventions.md');

const conventions: readonly Convention[] = page
  .split(/^(?=\d+\. \*\*)/m)
  .slice(1)
  .map((text) => ({
    number: Number(/^\d+/.exec(text)?.[0]),
    tests: [...text.matchAll(/^ +Test: `([^`]+)`, “([^\n]*)”$/gm)].map(([, file = '', title = '']) => ({
      file,
      title,
    })),
    otherwise: /^ +Otherwise: (.+)$/m.exec(text)?.[1],
  }));

const proofs = conventions.flatMap(({ number, tests }) => tests.map((each) => ({ number, ...each })));

test('every convention stands there once, in order', () => {
  expect(conventions.map(({ number }) => number)).toEqual(Array.from({ length: LAST }, (_, i) => i + 1));
});

test('each has a test, or a line that says why it is done otherwise', () => {
  const silent = conventions.filter(({ tests, otherwise }) => tests.length === 0 && otherwise === undefined);
  expect(silent.map(({ number }) => number)).toEqual([]);
});

test('those that may not be waived have a test', () => {
  const wrong = conventions.filter(
    ({ number, tests, otherwise }) =>
      !WAIVABLE.has(number) && (tests.length === 0 || otherwise !== undefined),
  );
  expect(wrong.map(({ number }) => number)).toEqual([]);
});

test('a line of the list that names a test is one', () => {
  const lines = page.split('\n').filter((line) => /^ +(Test|Otherwise):/.test(line));
  const otherwise = conventions.filter((each) => each.otherwise !== undefined).length;
  expect(lines.length).toBe(proofs.length + otherwise);
});

test.each(proofs)('convention $number: $file has “$title”', ({ file, title }) => {
  expect(existsSync(join(root, file)), file).toBe(true);
  expect(title.length).toBeGreaterThan(5);
  expect(read(file)).toContain(`'${title}'`);
});

test('every element that draws something has its states', () => {
  const registered = [...read('src/components/define/index.ts').matchAll(/\['([a-z-]+)', \w+\]/g)];
  const drawing = registered.map(([, tag = '']) => tag).filter((tag) => tag !== 'lot-ledger');
  expect(drawing.length).toBeGreaterThan(5);
  const withStates = [...elementStates, ...controlStates].filter(({ states }) => states.length > 0);
  expect(withStates.map(({ tag }) => tag).toSorted()).toEqual(drawing.toSorted());
});
