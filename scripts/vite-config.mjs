/**
 * How the sources are served without being built: `lotledger` and its subpaths resolve to the TypeScript
 * files of `src/`. The map is read from the exports of package.json, so the two cannot disagree. Vitest,
 * the browser tests and the portal all take it from here.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * One alias per public path that stands for a module of `src/`: `lotledger/adapters/memory` becomes
 * `src/adapters/stores/memory/index.ts`.
 * @returns {{find: RegExp, replacement: string}[]}
 */
export function sourceAliases() {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const aliases = [];
  for (const [path, target] of Object.entries(exports)) {
    const file = typeof target === 'string' ? target : target.default;
    if (!file?.startsWith('./dist/') || file.startsWith('./dist/bundle/')) continue;
    // modules, and styles that a host imports; not what the build makes of them
    if (!file.endsWith('.js') && !file.endsWith('.css')) continue;
    const specifier = literally(name + path.slice(1)).replace('\\*', '(.+)');
    const source = file.replace('./dist/', 'src/').replace(/\.js$/, '.ts').replace('*', '$1');
    aliases.push({ find: new RegExp(`^${specifier}$`), replacement: join(root, source) });
  }
  return aliases;
}

/** Packages that are no ES modules, or many small files: served as one module each. */
const prebundled = ['papaparse', 'zod/mini', 'react', 'react-dom/client'];

/**
 * The configuration of a Vite server over the sources. Dependencies are never discovered while it runs: a
 * newly found one would reload the page in the middle of a test or of somebody's work.
 * @param {{cache: string, watch?: boolean}} options `cache`: name of its own cache folder, so that two
 *   servers can run at once; `watch`: reload pages when a source changes
 * @returns {import('vite').InlineConfig}
 */
export function viteConfig({ cache, watch = false }) {
  return {
    root,
    configFile: false,
    appType: 'mpa',
    cacheDir: join(root, '.cache', cache),
    clearScreen: false,
    logLevel: 'warn',
    resolve: { alias: sourceAliases() },
    optimizeDeps: { noDiscovery: true, include: prebundled },
    server: {
      host: '127.0.0.1',
      allowedHosts: true,
      ...(watch ? {} : { hmr: false, watch: null }),
    },
  };
}
