/** Who speaks to a server loads no engine: measured on the modules that are imported, one by the other. */
import { expect, it } from 'vitest';
import { importsOf } from '../../meta/sources.ts';

/** All modules that come along with one, but for those that are loaded when somebody asks. */
function loadedWith(path: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const { to, typeOnly, late } of importsOf(path)) {
    if (to !== undefined && !typeOnly && !late) loadedWith(to, found);
  }
  return found;
}

const packagesOf = (files: Iterable<string>): string[] => {
  const all = [...files].flatMap((file) => importsOf(file));
  return [
    ...new Set(
      all.filter(({ to, typeOnly }) => to === undefined && !typeOnly).map(({ specifier }) => specifier),
    ),
  ];
};

const engine =
  /^src\/(core\/(open-store|engine\/(?!permissions)|commands|projections|upcasts|queries\/(?!views\/))|adapters\/stores|server)/;

it('the adapter and what opens a ledger bring nothing of the engine, and one small package', () => {
  const files = loadedWith('src/adapters/ledgers/rest/index.ts');
  expect(files).toContain('src/core/ledger.ts');
  expect([...files].filter((file) => engine.test(file))).toEqual([]);
  expect(packagesOf(files)).toEqual(['nanoid']);
});

it('which the measure would see', () => {
  const files = [...loadedWith('src/core/open-store.ts')];
  expect(files.filter((file) => engine.test(file)).length).toBeGreaterThan(50);
});
