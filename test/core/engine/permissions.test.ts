/** The list of acts with a name: whole, told in the guide, and what a list of permissions makes of it. */
import { expect, test } from 'vitest';
import { namedActs, overrides, permits } from '../../../src/core/engine/permissions.ts';
import { filesIn, read, withoutComments } from '../../meta/sources.ts';

const names = [...namedActs, ...overrides];

test('every permission the sources ask for has a name here', () => {
  const asked = /\b(?:may|mustBeAllowed)\((?:\w+, )?'([^']+)'/g;
  const found = filesIn('src/core', '.ts').flatMap((path) =>
    [...withoutComments(read(path)).matchAll(asked)].map((match) => match[1] ?? ''),
  );
  expect(found.length).toBeGreaterThan(5);
  expect(found.filter((name) => !names.includes(name))).toEqual([]);
});

test('the guide tells each of them, and which are overrides', () => {
  const rows = [...read('docs/guides/hooks.md').matchAll(/^\| `([\w.<>]+)` \| [^|]+ \| (yes|no) \|$/gm)];
  const told = rows.map(([, name, override]) => [name, override]);
  expect(told.sort()).toEqual(
    [
      ...namedActs.map((name) => [name, 'no']),
      ...overrides.map((name) => [name, 'yes']),
      ['transition.<code>', 'no'],
    ].sort(),
  );
});

test('without a list everything ordinary is allowed, and no override', () => {
  for (const act of [...namedActs, 'transition.RELEASE', 'lot.create'])
    expect(permits(undefined, act)).toBe(true);
  for (const act of overrides) expect(permits(undefined, act)).toBe(false);
});

test('with a list exactly the named acts in it, and whatever has no name', () => {
  for (const act of [...names, 'transition.RELEASE']) {
    expect(permits([], act)).toBe(false);
    expect(permits([act], act)).toBe(true);
  }
  expect(permits(['transition.RELEASE'], 'transition.SCRAP')).toBe(false);
  expect(permits([], 'lot.create')).toBe(true);
});
