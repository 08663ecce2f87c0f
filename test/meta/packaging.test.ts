/** What is published: the right files and no others, paths that resolve, modules that load anywhere. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Packed, pack } from './packed.ts';
import { publicPaths } from './public-paths.ts';
import { filesIn, read, root } from './sources.ts';

// each of them starts programs of its own, which a busy machine delays
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const run = promisify(execFile);

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
});
afterAll(() => packed?.remove());

test('each public path leads to files that are built', () => {
  const targets = publicPaths.flatMap(({ targets }) => Object.values(targets));
  expect(targets.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

/** The files of the package with those of one kind told as one line: the list a reviewer reads. */
function outline(paths: readonly string[]): string[] {
  const kinds = paths.map((path) =>
    path
      .replace(
        /^(dist\/(?:adapters|cli|components|conformance|core|server|testing|wire))\/.*?(\.d\.ts|\.js\.map|\.js)$/,
        '$1/…$2',
      )
      .replace(/^(docs|dist\/portal)\/(.*\/)?[^/]*(\.\w+)$/, '$1/…$3'),
  );
  return [...new Set(kinds)].sort();
}

test('12: the package holds what is published and nothing else', () => {
  const folders = ['adapters', 'cli', 'components', 'conformance', 'core', 'server', 'testing', 'wire'];
  expect(outline(packed.files)).toEqual(
    [
      ...folders.flatMap((name) => ['.d.ts', '.js', '.js.map'].map((end) => `dist/${name}/…${end}`)),
      ...filesIn('src/components/themes', '.css').map((path) => path.replace(/^src/, 'dist')),
      ...[
        'lotledger',
        'lotledger.classic',
        'lotledger-remote',
        'lotledger-engine',
        'lotledger-rest',
        'it',
        'errors.it',
      ].flatMap((name) => [`dist/bundle/${name}.js`, `dist/bundle/${name}.js.map`]),
      'dist/bundle/lotledger-runtime.js',
      ...['react', 'vue', 'svelte'].map((name) => `dist/typings/${name}.d.ts`),
      ...['html', 'js', 'css', 'svg'].map((end) => `dist/portal/….${end}`),
      'dist/custom-elements.json',
      'dist/vscode.html-custom-data.json',
      'dist/web-types.json',
      ...['docs/….md', 'docs/….json', 'docs/….png', 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'],
    ].sort(),
  );
  const modules = packed.files.filter((path) => /^dist\/(?!bundle\/|portal\/).+\.js$/.test(path));
  expect(modules.filter((path) => !packed.files.includes(path.replace(/\.js$/, '.d.ts')))).toEqual([]);
  const sources = filesIn('src', '.ts').map((path) => path.replace(/^src(.*)\.ts$/, 'dist$1.js'));
  expect([...modules].sort()).toEqual(sources.sort());
});

test('8: publint finds nothing wrong with the packed package', async () => {
  const pkgDir = join(packed.folder, 'node_modules', 'lotledger');
  const { messages } = await publint({ pkgDir, pack: false, strict: true });
  expect(messages.map(({ code, path }) => `${code} at ${path.join('.')}`)).toEqual([]);
});

test('8: the types of every public path resolve, in Node and in bundlers', async () => {
  const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
  // styles and data carry no types
  const plain = publicPaths.filter(
    ({ targets }) => !/\.(js|d\.ts)$/.test(targets.default ?? targets.types ?? ''),
  );
  const bundles = publicPaths.filter(({ targets }) => targets.default?.startsWith('dist/bundle/'));
  const left = [...plain, ...bundles].map(({ specifier }) => specifier.replace('lotledger', '.'));
  const args = [
    attw,
    packed.tarball,
    '--profile',
    'esm-only',
    '--format',
    'json',
    '--exclude-entrypoints',
    ...left,
  ];
  const { stdout } = await run(process.execPath, args, { cwd: packed.folder, maxBuffer: 64_000_000 }).catch(
    (error: { stdout: string }) => error,
  );
  const { problems } = JSON.parse(stdout) as { problems: Record<string, { resolutionKind?: string }[]> };
  // ES modules only: what older resolutions, and `require`, make of it is not asked
  const asked = Object.values(problems)
    .flat()
    .filter(({ resolutionKind = '' }) => !['node10', 'node16-cjs'].includes(resolutionKind));
  expect(asked).toEqual([]);
});

const modules = publicPaths.filter(({ source }) => source !== undefined).map(({ specifier }) => specifier);

/** A Node process without what only Node has; prints the modules that do not load there, and why. */
const loader = `
  const { argv: [, ...specifiers], stdout } = globalThis.process;
  delete globalThis.process;
  delete globalThis.Buffer;
  const failed = [];
  for (const specifier of specifiers) {
    await import(specifier).catch((error) => failed.push(specifier + ': ' + error.message));
  }
  stdout.write(JSON.stringify(failed));
`;

test('10: every module of the packed package loads in plain Node, without a DOM and without process or Buffer', async () => {
  const args = ['--input-type=module', '-e', loader, '--', ...modules];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: packed.folder });
  expect({ stdout, stderr }).toEqual({ stdout: '[]', stderr: '' });
  expect(modules).toEqual(expect.arrayContaining(['lotledger', 'lotledger/components', 'lotledger/define']));
});

test('7: side effects are declared for registration, styles and the bundles only', () => {
  const { sideEffects } = JSON.parse(read('package.json')) as { sideEffects: string[] };
  expect(sideEffects).toEqual([
    './dist/components/define/*.js',
    './dist/components/themes/*.css',
    './dist/bundle/*.js',
  ]);
});

test('6: public paths are short, types come first, and nothing but modules is offered', () => {
  const { exports: declared, type } = JSON.parse(read('package.json')) as {
    exports: Record<string, string | Record<string, string>>;
    type: string;
  };
  expect(type).toBe('module');
  expect(Object.keys(declared).filter((path) => path.includes('dist'))).toEqual([]);
  const conditions = Object.values(declared).filter((target) => typeof target === 'object');
  expect(conditions.filter((target) => Object.keys(target)[0] !== 'types')).toEqual([]);
});

test('the smaller bundle holds the elements and no engine, nor does the way to a server', () => {
  const text = read('dist/bundle/lotledger-remote.js');
  expect(text).toMatch(/import\(`\.\/lotledger-engine\.js`\)/);
  expect(text).toMatch(/import\(`\.\/lotledger-rest\.js`\)/);
  const rest = read('dist/bundle/lotledger-rest.js');
  expect(rest).toContain('/capabilities');
  for (const each of [text, rest]) {
    expect(each).not.toMatch(/(?:from|import)\s*["'`]\.\/lotledger-engine/);
    expect(each).not.toContain('indexedDB.open');
  }
});

test('the bundle is one module with everything a page needs, and languages beside it', () => {
  const text = read('dist/bundle/lotledger.js');
  const holds = (part: string | RegExp): boolean =>
    typeof part === 'string' ? text.includes(part) : part.test(text);
  const wanted = [
    ...['openLedger', 'memory', 'indexedDb', 'LedgerError'].map((name) => new RegExp(`as ${name}\\b`)),
    ...filesIn('src/components/define', '.ts')
      .map((path) => path.replace(/^.*\/|\.ts$/g, ''))
      .filter((tag) => !['index', 'define-element'].includes(tag)),
  ];
  expect(wanted.filter((part) => !holds(part))).toEqual([]);
  expect([/\beval\(/, /new Function\(/, 'process.env', /(?:^|;)import[\s{*"'`]/].filter(holds)).toEqual([]);
  expect(filesIn('dist/bundle', '.js').map((path) => path.slice('dist/bundle/'.length))).toEqual([
    ...[
      'errors.it.js',
      'it.js',
      'lotledger-engine.js',
      'lotledger-remote.js',
      'lotledger-rest.js',
      'lotledger-runtime.js',
    ],
    ...['lotledger.classic.js', 'lotledger.js'],
  ]);
});
