/** What a page has to load: bundles of the published modules, minified, as gzip. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { bundleSizes } from '../../scripts/build.mjs';
import { keepModules } from '../../scripts/lib/keep-modules.mjs';
import { root } from '../../scripts/lib/run.mjs';

const dist = join(root, '.cache', 'bench', 'lotledger');
const kilobytes = (count) => `${(count / 1e3).toFixed(1)} kB`;

const pieces = [
  { who: 'core', source: ['core/index.js'], most: 25_000 },
  { who: 'core and memory store', source: ['core/index.js', 'adapters/stores/memory/index.js'] },
  { who: 'core and IndexedDB store', source: ['core/index.js', 'adapters/stores/indexeddb/index.js'] },
  {
    who: 'lots register and provider, with Lit, without engine',
    source: ['components/define/lot-ledger.js', 'components/define/lot-register.js'],
    most: 45_000,
  },
];

/** The gzip bytes of some modules with all they need, languages other than English left out. */
async function gzipOf(sources) {
  const folder = mkdtempSync(join(root, '.cache', 'bench', 'size-'));
  const entry = join(folder, 'entry.js');
  const lines = sources.map((path) => {
    const module = JSON.stringify(join(dist, path));
    return path.includes('/define/') ? `import ${module};` : `export * from ${module};`;
  });
  writeFileSync(entry, lines.join('\n'));
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    publicDir: false,
    plugins: [keepModules()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'out',
      target: 'es2022',
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: { entry },
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
      },
    },
  });
  const out = join(folder, 'out');
  const eager = eagerFiles(out, 'entry.js');
  const size = eager.reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(out, name)), { level: 9 }).length,
    0,
  );
  rmSync(folder, { recursive: true, force: true });
  return size;
}

/** The files that an entry loads at once; what it imports later, such as a language, is not among them. */
function eagerFiles(folder, entry) {
  const found = new Set([entry]);
  for (const name of found) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const other of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
      if (new RegExp(`(?:from|import)\\s*["']\\./${other.replaceAll('.', '\\.')}["']`).test(text)) {
        found.add(other);
      }
    }
  }
  return [...found];
}

export async function measureSizes() {
  const rows = [];
  for (const { who, source, most } of pieces) {
    const size = await gzipOf(source);
    const row = { what: 'gzip', who, figure: kilobytes(size) };
    rows.push(most === undefined ? row : { ...row, goal: `≤ ${kilobytes(most)}`, met: size <= most });
  }
  const bundles = new Map(bundleSizes().map(({ name, gzip }) => [name, gzip]));
  const all = bundles.get('lotledger.js');
  rows.push({
    what: 'gzip',
    who: 'everything for a script tag, English only',
    figure: kilobytes(all),
    goal: '≤ 120.0 kB',
    met: all <= 120_000,
  });
  for (const [name, who] of [
    ['lotledger-remote.js', 'all elements without engine for a script tag, English only'],
    ['lotledger-engine.js', 'beside it, the engine, where a page asks for a store of the browser'],
  ]) {
    rows.push({ what: 'gzip', who, figure: kilobytes(bundles.get(name)) });
  }
  const languages = [...bundles.keys()].filter((name) => /^[a-z]{2}\.js$/.test(name));
  for (const name of languages) {
    const size = bundles.get(name) + (bundles.get(`errors.${name}`) ?? 0);
    rows.push({ what: 'gzip', who: `beside it, language ${name.slice(0, 2)}`, figure: kilobytes(size) });
  }
  return { rows, details: [] };
}
