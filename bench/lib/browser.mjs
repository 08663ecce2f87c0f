/**
 * The pages of the benchmark in Chromium: built once, served from this machine, each profile fresh and on
 * disk.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { keepModules } from '../../scripts/lib/keep-modules.mjs';
import { root } from '../../scripts/lib/run.mjs';
import { serveFolder } from '../../scripts/lib/serve.mjs';
import { filesBelow } from '../../scripts/lib/stamp.mjs';
import { isInstalled } from './contenders.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-precise-memory-info',
  '--js-flags=--expose-gc --max-old-space-size=4096',
];

/** A contender that is not installed becomes an empty module; it is never asked. */
const withoutAbsent = (packages) => ({
  name: 'bench-without-absent',
  enforce: 'pre',
  resolveId(source) {
    const absent = packages.find((name) => source === name || source.startsWith(`${name}/`));
    return absent && !isInstalled(absent) ? '\0absent' : undefined;
  },
  load: (id) =>
    id === '\0absent'
      ? `export const ${['Dexie', 'createRxDatabase', 'getRxStorageDexie', 'TabulatorFull', 'AllCommunityModule', 'createGrid', 'ModuleRegistry'].map((name) => `${name} = undefined`).join(', ')};`
      : undefined,
});

/** Builds and serves the pages; `url` is the page, `stop` ends it. */
export async function servePages() {
  const outDir = join(root, '.cache', 'bench', 'pages');
  await build({
    configFile: false,
    root: join(root, 'bench', 'pages'),
    logLevel: 'error',
    publicDir: false,
    plugins: [
      keepModules(),
      withoutAbsent(['dexie', 'rxdb', 'rxjs', 'tabulator-tables', 'ag-grid-community']),
    ],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rollupOptions: {
        input: ['index.html', 'register.html'].map((name) => join(root, 'bench', 'pages', name)),
      },
    },
  });
  const { port, close } = await serveFolder(outDir, { port: 0 });
  return { url: `http://127.0.0.1:${port}/`, stop: close };
}

/** Bytes below a folder. */
const bytesBelow = async (folder) => {
  const { lstatSync } = await import('node:fs');
  return filesBelow(folder).reduce((sum, file) => sum + lstatSync(file).size, 0);
};

/**
 * Opens Chromium with a profile of its own, hands `work` a way to call the page, each time a new one, and
 * answers with what `work` does. The profile is removed.
 * @template T
 * @param {{ executable: string, url: string }} where
 * @param {(page: { call: (name: string, ...args: unknown[]) => Promise<any>, disk: () => Promise<number> }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inBrowser({ executable, url }, work) {
  const folder = mkdtempSync(join(tmpdir(), 'lotledger-bench-'));
  // the server's policy is what our elements keep to; the grids beside them cannot
  const options = { executablePath: executable, args: flags, bypassCSP: true };
  const start = () => chromium.launchPersistentContext(folder, options);
  let context = await start();
  /** Bytes of IndexedDB on disk; the browser is closed for it, so that nothing is still in a buffer. */
  const disk = async () => {
    await context.close();
    const stored = join(folder, 'Default', 'IndexedDB');
    const bytes = existsSync(stored) ? await bytesBelow(stored) : 0;
    context = await start();
    return bytes;
  };
  const call = async (name, ...args) => {
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    try {
      await page.goto(url, { waitUntil: 'load' });
      return await page.evaluate(([method, values]) => window.bench[method](...values), [name, args]);
    } finally {
      await page.close();
    }
  };
  try {
    return await work({ call, disk });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The version Chromium tells. */
export async function chromiumVersion(executable) {
  const browser = await chromium.launch({ executablePath: executable, args: flags });
  const version = browser.version();
  await browser.close();
  return version;
}
