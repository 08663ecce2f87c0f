/** What is published: the right files and no others, paths that resolve, modules that load anywhere. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { beforeAll, expect, test, vi } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { runNpm } from '../../scripts/lib/run.mjs';
import { publicPaths } from './public-paths.ts';
import { filesIn, read, root } from './sources.ts';

// each of them starts programs of its own, which a busy machine delays
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const run = promisify(execFile);

beforeAll(async () => {
  expect(await build()).toBe(true);
});

test('each public path leads to files that are built', () => {
  const targets = publicPaths.flatMap(({ targets }) => Object.values(targets));
  expect(targets.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('the package holds what is published and nothing else', async () => {
  const { output } = await runNpm(['pack', '--dry-run', '--json', '--loglevel=silent'], { capture: true });
  const [{ files }] = JSON.parse(output.slice(output.indexOf('['))) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path);
  const wanted =
    /^(dist\/.+\.(js|js\.map|d\.ts|css|json)|docs\/.+\.(md|json|png)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
  expect(paths.filter((path) => !wanted.test(path))).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dist/core/index.js']),
  );
  const modules = paths.filter((path) => /^dist\/(?!bundle\/).+\.js$/.test(path));
  expect(modules.filter((path) => !paths.includes(path.replace(/\.js$/, '.d.ts')))).toEqual([]);
  const sources = filesIn('src', '.ts').map((path) => path.replace(/^src(.*)\.ts$/, 'dist$1.js'));
  expect(modules.sort()).toEqual(sources);
});

test('publint finds nothing wrong', async () => {
  const { messages } = await publint({ pkgDir: root, pack: false, strict: true });
  expect(messages.map(({ code, path }) => `${code} at ${path.join('.')}`)).toEqual([]);
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

test('every module loads in plain Node, without a DOM and without process or Buffer', async () => {
  const args = ['--input-type=module', '-e', loader, '--', ...modules];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: root });
  expect({ stdout, stderr }).toEqual({ stdout: '[]', stderr: '' });
  expect(modules).toEqual(expect.arrayContaining(['lotledger', 'lotledger/components', 'lotledger/define']));
});

test('side effects are declared for registration and the bundle only', () => {
  const { sideEffects } = JSON.parse(read('package.json')) as { sideEffects: string[] };
  expect(sideEffects.every((pattern) => /^\.\/dist\/(components\/define|bundle)\//.test(pattern))).toBe(true);
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
    'errors.it.js',
    'it.js',
    'lotledger.js',
  ]);
});
