/**
 * Makes what is published: `dist/`, unbundled ES modules with their types from `tsc`, the manifest of the
 * elements with the typings made from it, and bundles for script tags made from the modules. All is built
 * aside and put in place at the end, so that a build that fails, or runs twice at once, never leaves half a
 * `dist/`.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { keepModules } from './lib/keep-modules.mjs';
import { withLock } from './lib/lock.mjs';
import { isMain, root, runTool } from './lib/run.mjs';
import { digestOf, filesBelow, isFresh, markFresh } from './lib/stamp.mjs';
import { asScript, setup } from './setup.mjs';
import { buildPortal, portalSources } from './start.mjs';

const madeFrom = [
  ...portalSources,
  ...['build', 'manifest', 'typings', 'lib/element-code', 'lib/element-words'].map(
    (name) => `scripts/${name}.mjs`,
  ),
  ...['tsconfig.json', 'package.json', 'package-lock.json'],
];
const dist = join(root, 'dist');

/** Everything, for a page without a bundler: all elements registered, `openLedger` and the adapters. */
const bundleSource = `
import './components/define/index.js';
export * from './core/index.js';
export * from './components/index.js';
export { memory } from './adapters/stores/memory/index.js';
export { indexedDb } from './adapters/stores/indexeddb/index.js';
`;

/** For pages whose ledger is elsewhere: the elements alone; the way to it is loaded when asked for. */
const remoteSource = `
import './components/define/index.js';
export * from './components/index.js';
`;

/** Modules of the other languages: loaded from beside the bundle when a page asks for them. */
const LANGUAGE = /^(?:errors\.)?(?!en\b)[a-z]{2}\.js$/;

/** Leaves the languages out of the bundle; they are imported by their name. */
const languagesBeside = () => ({
  name: 'lotledger-languages-beside',
  enforce: 'pre',
  resolveId: (source, importer) =>
    importer?.includes('/i18n/') && LANGUAGE.test(source.replace(/^\.\//, ''))
      ? { id: source, external: true }
      : undefined,
});

/** A classic script has no `import.meta`; what it was loaded from is asked of the page. */
const classicAddress = () => ({
  name: 'lotledger-classic-address',
  transform: (code) =>
    code.includes('import.meta.url')
      ? { code: code.replaceAll('import.meta.url', 'document.currentScript?.src'), map: null }
      : undefined,
});

/** Lit and others have a second face for developers, which a bundle of ours never shows, whoever builds it. */
async function asPublished(work) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function minify(out, input, output, plugins = []) {
  const { build: viteBuild } = await import('vite');
  const { format = 'es' } = output;
  const config = {
    configFile: false,
    root,
    // of a classic script it would say at length that there is no `import.meta`
    logLevel: format === 'iife' ? 'error' : 'warn',
    publicDir: false,
    plugins: [keepModules(), ...plugins],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: join(out, 'bundle'),
      emptyOutDir: false,
      target: 'es2022',
      sourcemap: true,
      chunkSizeWarningLimit: 2_000,
      // as a library: modules that come later are imported plainly, without a helper of Vite's
      lib: { entry: input, formats: [format], name: output.name ?? '' },
      rollupOptions: {
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', minify: true, ...output },
      },
    },
  };
  await asPublished(() => viteBuild(config));
}

/** What a page over a server loads: the face of a ledger and the way to the server, with all they import. */
function overServer(out) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    const texts = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?['"](\.[^'"]+)['"];/gm);
    for (const [, specifier] of texts) visit(join(dirname(file), specifier));
  };
  for (const path of ['core', 'adapters/ledgers/rest']) visit(join(out, path, 'index.js'));
  return found;
}

/** In files of their own, each loaded when a page asks for it: the way to a server, and the engine. */
function ledgersBeside(out) {
  const light = overServer(out);
  const rest = (id) => light.has(id) || id.includes('/node_modules/nanoid/');
  const engine = /\/dist\/(core|adapters)\/|\/node_modules\/(zod|@noble|idb)\//;
  return {
    // the bundler's own few lines, which both need, lie beside them
    chunkFileNames: ({ name }) => `lotledger-${name.replace('rolldown-', '')}.js`,
    codeSplitting: {
      groups: [
        { name: 'rest', test: rest, priority: 2 },
        { name: 'engine', test: engine, priority: 1 },
      ],
    },
  };
}

async function bundle(out) {
  const entry = join(out, 'bundle-entry.js');
  const beside = languagesBeside();
  writeFileSync(entry, bundleSource);
  await minify(out, { lotledger: entry }, { codeSplitting: false }, [beside]);
  const classic = { format: 'iife', name: 'Lotledger', entryFileNames: '[name].classic.js' };
  await minify(out, { lotledger: entry }, { ...classic, codeSplitting: false }, [beside, classicAddress()]);
  writeFileSync(entry, remoteSource);
  await minify(out, { 'lotledger-remote': entry }, ledgersBeside(out), [beside]);
  rmSync(entry);
  const folder = join(out, 'components', 'i18n');
  const languages = readdirSync(folder).filter((name) => LANGUAGE.test(name));
  await minify(out, Object.fromEntries(languages.map((name) => [name.slice(0, -3), join(folder, name)])), {});
}

/** What `lotledger serve` shows: the pages of the portal, and the sample data it can fill a ledger with. */
async function pages(out) {
  const folder = join(out, 'portal');
  cpSync(await asPublished(() => buildPortal()), folder, { recursive: true });
  const { build: viteBuild } = await import('vite');
  await viteBuild({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      lib: { entry: join(root, 'demo', 'sample', 'index.ts'), formats: ['es'], fileName: () => 'sample.js' },
      // beside this package's own core
      rollupOptions: { external: ['lotledger'], output: { paths: { lotledger: '../core/index.js' } } },
    },
  });
}

/** The manifest of the elements and what is made from it. */
function describe(out, files) {
  mkdirSync(join(out, 'typings'), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(out, path), text);
}

/** Files that tsc does not carry over: styles and data that modules or hosts load by path. */
function copyAssets(out) {
  const src = join(root, 'src');
  for (const file of filesBelow(src).filter((path) => !path.endsWith('.ts'))) {
    const target = join(out, file.slice(src.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}

function putInPlace(out) {
  const old = `${out}.old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(out, dist);
  rmSync(old, { recursive: true, force: true });
}

async function buildAside(out) {
  rmSync(out, { recursive: true, force: true });
  const { code } = await runTool('typescript/bin/tsc', ['-p', 'tsconfig.json', '--outDir', out]);
  if (code !== 0) return false;
  copyAssets(out);
  try {
    const [{ makeManifest }, { typings }] = await Promise.all([
      import('./manifest.mjs'),
      import('./typings.mjs'),
    ]);
    describe(out, typings(makeManifest()));
    await bundle(out);
    await pages(out);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
  putInPlace(out);
  return true;
}

/**
 * Builds `dist/` unless it was built from exactly these sources.
 * @returns {Promise<boolean>} whether `dist/` is there and current
 */
export function build() {
  return withLock(join(root, '.cache', 'build.lock'), async () => {
    const digest = digestOf(...madeFrom);
    if (existsSync(join(dist, 'bundle', 'lotledger.js')) && isFresh('build', digest)) return true;
    const out = join(root, '.cache', 'dist');
    const done = await buildAside(out);
    if (done) markFresh('build', digest);
    else rmSync(out, { recursive: true, force: true });
    return done;
  });
}

/** The files of the bundle with their sizes in bytes, plain and as gzip. */
export function bundleSizes() {
  const folder = join(dist, 'bundle');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return { name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
    });
}

if (isMain(import.meta)) {
  await asScript(async () => {
    await setup({ browser: false });
    if (!(await build())) return 1;
    const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
    for (const { name, raw, gzip } of bundleSizes()) {
      console.log(`dist/bundle/${name}  ${kilobytes(raw)}, gzip ${kilobytes(gzip)}`);
    }
    return 0;
  });
}
