/** Which tests run a second time: every one that opens a ledger, and the list of exceptions names only such. */
import { expect, test } from 'vitest';
import { filesIn, importsOf } from '../meta/sources.ts';
import { local } from './local.ts';
import { ofParts } from './which.ts';

const folders = ['rules', 'scenarios', 'core/commands', 'core/queries', 'core/resources'];
const again = folders
  .flatMap((folder) => filesIn(`test/${folder}`, '.test.ts'))
  .filter((path) => !ofParts.includes(path));

/** Whether a test, or what it imports from the tests, names the face of the core at run time. */
function opens(path: string, seen = new Set<string>()): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  return importsOf(path).some(({ to, typeOnly }) => {
    if (to === undefined || typeOnly) return false;
    return to === 'src/core/index.ts' || (to.startsWith('test/') && opens(to, seen));
  });
}

test('those that are left out open no ledger', () => {
  expect(ofParts.filter((path) => opens(path))).toEqual([]);
});

test('the list of exceptions names files that run', () => {
  const all = [...again, 'test/core/facade.test.ts', 'test/guides/guides.test.ts'];
  expect(Object.keys(local).filter((path) => !all.includes(path))).toEqual([]);
});
