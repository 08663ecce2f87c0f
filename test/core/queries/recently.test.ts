/** What is kept as long as it is asked for, and what is given up for it. */
import { expect, it } from 'vitest';
import { recently } from '../../../src/core/queries/recently.ts';

it('gives up what was not asked for longest', () => {
  const kept = new Map<string, string>();
  const ask = (key: string) => recently(kept, key, 2, () => key.toUpperCase());
  expect([ask('a'), ask('b'), ask('a'), ask('c')]).toEqual(['A', 'B', 'A', 'C']);
  expect([...kept.keys()]).toEqual(['a', 'c']);
});

it('makes what is kept only once', () => {
  const kept = new Map<string, number>();
  let made = 0;
  for (let n = 0; n < 3; n++) expect(recently(kept, 'a', 1, () => ++made)).toBe(1);
});

it('keeps what was made last, however much it weighs', () => {
  const kept = new Map<string, number[]>();
  const ask = (key: string, size: number) =>
    recently(
      kept,
      key,
      10,
      () => Array.from({ length: size }, () => 0),
      (list) => list.length,
    );
  ask('a', 4);
  ask('b', 5);
  expect([...kept.keys()]).toEqual(['a', 'b']);
  ask('c', 5);
  expect([...kept.keys()]).toEqual(['b', 'c']);
  ask('d', 100);
  expect([...kept.keys()]).toEqual(['d']);
});
