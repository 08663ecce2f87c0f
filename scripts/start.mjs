/**
 * Opens the demo portal: sets up what is missing, builds the pages from the sources (at once when nothing
 * changed) and serves them on http://localhost:5173, or on the next free port, or on PORT. With `--dev`,
 * Vite serves the sources themselves and pages follow every change. Ends on SIGINT and SIGTERM.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { elementDocs } from './lib/element-docs.mjs';
import { keepModules } from './lib/keep-modules.mjs';
import { withLock } from './lib/lock.mjs';
import { endChildren, isMain, root } from './lib/run.mjs';
import { serveFolder } from './lib/serve.mjs';
import { digestOf, isFresh, markFresh } from './lib/stamp.mjs';
import { SetupError, setup } from './setup.mjs';

const demo = join(root, 'demo');
const pages = join(root, '.cache', 'portal');
/** What the portal is built from. */
export const portalSources = [
  ...['demo', 'src', 'scripts', 'docs/elements/_parts', 'docs/guides/embedding.md'],
  ...['package.json', 'package-lock.json'],
];

async function portalConfig() {
  const { viteConfig } = await import('./vite-config.mjs');
  return {
    ...viteConfig({ cache: 'vite-portal' }),
    root: demo,
    publicDir: join(demo, 'public'),
    plugins: [elementDocs()],
  };
}

/** Builds the portal's pages unless they were built from exactly these sources. */
export function buildPortal() {
  return withLock(join(root, '.cache', 'portal.lock'), async () => {
    const digest = digestOf(...portalSources);
    if (existsSync(join(pages, 'index.html')) && isFresh('portal', digest)) return pages;
    // what is served is what a host would deploy, whatever environment this was started in
    process.env.NODE_ENV = 'production';
    const { build } = await import('vite');
    const config = await portalConfig();
    await build({
      ...config,
      logLevel: 'error',
      plugins: [...config.plugins, keepModules()],
      build: { outDir: pages, emptyOutDir: true, target: 'es2022' },
    });
    markFresh('portal', digest);
    return pages;
  });
}

async function serveSources(port) {
  const { createServer } = await import('vite');
  const server = await createServer({
    ...(await portalConfig()),
    server: { host: '127.0.0.1', port, strictPort: process.env.PORT !== undefined },
  });
  await server.listen();
  const address = server.httpServer.address();
  return { port: address.port, close: () => server.close() };
}

function wantedPort() {
  const text = process.env.PORT || '5173';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new SetupError(`PORT is “${text}”, which is no port number.`);
}

async function main() {
  let server;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    endChildren('SIGTERM');
    await server?.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const port = wantedPort();
  await setup({ browser: false });
  const strict = Boolean(process.env.PORT);
  server = process.argv.includes('--dev')
    ? await serveSources(port)
    : await serveFolder(await buildPortal(), { port, strict });
  console.log(`Lotledger portal: http://localhost:${server.port}/`);
}

if (isMain(import.meta)) {
  main().catch((error) => {
    console.error(error instanceof SetupError ? error.message : error);
    process.exit(1);
  });
}
