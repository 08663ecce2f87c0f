/**
 * The house: imports run downward only, adapters and components see one face of the core each, nothing
 * goes in a circle, deciders and projections are pure, and every sort on offer is an index.
 */
import { expect, test } from 'vitest';
import { offeredSorts, sideCollections, tables } from '../../src/core/tables.ts';
import { filesIn, type Import, importsOf, read, withoutComments } from './sources.ts';

const sources = filesIn('src', '.ts');
const imports = sources.flatMap(importsOf);

/** The room of a file: `core/rules`, `core/tables.ts`, `adapters`. */
const roomOf = (path: string): string => {
  const [, first = '', second = ''] = path.split('/');
  return first === 'core' || first === 'adapters' ? `${first}/${second}` : first;
};

/** What each room may import besides itself. */
const allowed: Record<string, readonly string[]> = {
  'core/ports': [],
  'core/tables.ts': ['core/table-fields.ts', 'core/table-parts.ts', 'core/ports'],
  'core/table-fields.ts': ['core/table-parts.ts', 'core/ports'],
  'core/table-parts.ts': ['core/ports'],
  'core/model': ['core/ports'],
  'core/upcasts': ['core/model', 'core/ports'],
  'core/rules': ['core/model', 'core/ports', 'core/tables.ts'],
  'core/reading': ['core/rules', 'core/model', 'core/ports', 'core/tables.ts'],
  'core/commands': ['core/reading', 'core/rules', 'core/model', 'core/ports', 'core/tables.ts'],
  'core/projections': ['core/rules', 'core/model', 'core/ports', 'core/tables.ts'],
  'core/queries': ['core/reading', 'core/rules', 'core/model', 'core/ports', 'core/tables.ts'],
  'core/engine': [
    'core/projections',
    'core/queries',
    'core/upcasts',
    'core/rules',
    'core/model',
    'core/ports',
    'core/tables.ts',
  ],
  'core/resources': [
    'core/engine',
    'core/queries',
    'core/rules',
    'core/model',
    'core/ports',
    'core/tables.ts',
  ],
  'core/adapter-kit.ts': ['core/queries', 'core/rules', 'core/ports', 'core/tables.ts'],
  'core/ledger.ts': ['core/resources', 'core/engine', 'core/ports'],
  'core/open-store.ts': ['core/engine', 'core/commands', 'core/queries', 'core/ports', 'core/tables.ts'],
  'core/archive.ts': ['core/engine', 'core/ports', 'core/tables.ts'],
  'core/export.ts': ['core/archive.ts', 'core/engine', 'core/ports'],
  'core/index.ts': [
    'core/export.ts',
    'core/ledger.ts',
    'core/open-store.ts',
    'core/resources',
    'core/engine',
    'core/commands',
    'core/queries',
    'core/rules',
    'core/model',
    'core/ports',
    'core/tables.ts',
  ],
  'core/contract.ts': ['core/commands', 'core/queries', 'core/model', 'core/ports'],
  wire: ['core/index.ts'],
  'adapters/stores': ['core/adapter-kit.ts'],
  'adapters/ledgers': ['core/index.ts', 'wire'],
  conformance: ['core/adapter-kit.ts', 'core/index.ts'],
  interop: ['core/index.ts'],
  server: ['core/index.ts', 'core/contract.ts', 'wire'],
  cli: ['core/index.ts', 'adapters/stores', 'adapters/ledgers', 'server', 'wire'],
  components: ['core/index.ts'],
  testing: ['core/index.ts'],
};

/** Types alone may point upward here: the ports speak of the records of the model. */
const allowedTypes: Record<string, readonly string[]> = {
  'core/ports': ['core/model'],
  'core/tables.ts': ['core/model'],
  'core/table-parts.ts': ['core/model'],
};

/** What may be loaded late, when a page asks for it: the provider opens the adapter its attribute names. */
const allowedLate: Record<string, readonly string[]> = {
  components: ['core/index.ts', 'adapters/stores', 'adapters/ledgers'],
};

/** Packages a room may use at run time; nothing else may appear. */
const packages: Record<string, RegExp> = {
  core: /^(zod\/mini|nanoid|@noble\/hashes\/.+)$/,
  adapters: /^(idb|nanoid|@electric-sql\/pglite(\/contrib\/pg_trgm)?)$/,
  server: /^(zod\/v4\/core|nanoid)$/,
  cli: /^(node:.+|nanoid)$/,
  components: /^(lit(\/.+)?|@lit\/context)$/,
};

const describeImport = ({ from, specifier }: Import): string => `${from} → ${specifier}`;

test('imports run downward only', () => {
  const wrong = imports.filter(({ from, to, typeOnly, late }) => {
    if (to === undefined) return false;
    const [here, there] = [roomOf(from), roomOf(to)];
    if (here === there || allowed[here]?.includes(there)) return false;
    return !(
      (typeOnly && allowedTypes[here]?.includes(there)) ||
      (late && allowedLate[here]?.includes(there))
    );
  });
  expect(wrong.map(describeImport)).toEqual([]);
});

test('every room has its place in the house', () => {
  expect([...new Set(sources.map(roomOf))].filter((room) => !(room in allowed))).toEqual([]);
});

test('the library depends on its few packages, each where it belongs', () => {
  const wrong = imports.filter(({ from, to, specifier, typeOnly }) => {
    if (to !== undefined || typeOnly) return false;
    return !packages[from.split('/')[1] ?? '']?.test(specifier);
  });
  expect(wrong.map(describeImport)).toEqual([]);
});

/** The first circle found among the files, as a path that ends where it began. */
function circle(edges: readonly Import[]): string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) if (to) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of targets.get(file) ?? []) {
      const found = visit(next, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const found = visit(file, []);
    if (found) return found;
  }
  return undefined;
}

test('no imports go in a circle', () => {
  expect(circle(imports.filter(({ typeOnly }) => !typeOnly))).toBeUndefined();
});

test('the test for circles finds one', () => {
  const edge = (from: string, to: string): Import => ({
    from,
    to,
    specifier: to,
    typeOnly: false,
    late: false,
  });
  expect(circle([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual(['b', 'c', 'b']);
});

const pure = ['commands', 'rules', 'projections', 'queries', 'model', 'upcasts', 'ports'].flatMap((room) =>
  filesIn(`src/core/${room}`, '.ts'),
);

test.each([
  ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b/],
  ['chance', /\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b|\bnanoid\b/],
  ['the surroundings', /\bprocess\.|\blocalStorage\b|\bnavigator\b|\bfetch\(|\bsetTimeout\b/],
  ['the language of the machine', /\.toLocale\w+\(|\.localeCompare\(/],
])('deciders, rules and projections do not read %s', (_, pattern) => {
  expect(pure.filter((path) => pattern.test(withoutComments(read(path))))).toEqual([]);
});

test('only projections write records, through the writer they are given', () => {
  const outside = sources.filter((path) => !/^src\/core\/(projections|engine|ports)\//.test(path));
  const writes = /\bwriter\.(put|remove)\(|import[^;]*\bWriter\b[^;]*ports\/view\.ts/;
  expect(outside.filter((path) => writes.test(withoutComments(read(path))))).toEqual([]);
});

test('every sort on offer is an index of its table', () => {
  const wrong = Object.entries(offeredSorts).flatMap(([collection, sorts]) => {
    const { indexes = {} } = tables[collection as keyof typeof tables];
    return sorts.filter((sort) => !(sort in indexes)).map((sort) => `${collection} by ${sort}`);
  });
  expect(wrong).toEqual([]);
});

test('each table is listed under its own name', () => {
  for (const [name, table] of Object.entries(tables)) expect(table.name).toBe(name);
  for (const name of sideCollections) expect(tables).toHaveProperty(name);
});
