/**
 * The pages under `test/browser/pages/`, each with its modules in a few files: a browser with a fresh profile
 * fetches everything anew, and hundreds of modules are most of what opening a page takes. Nothing is left out,
 * shortened or translated; the pages of `embed/`, which decide when which module comes, stay in theirs.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { keepModules } from '../../../scripts/lib/keep-modules.mjs';
import { root, viteConfig } from '../../../scripts/vite-config.mjs';

const FOLDER = 'test/browser/pages';

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
};

/** Builds the pages; text by address. */
async function builtPages(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const names = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.html'));
  const made = await build({
    ...viteConfig({ cache: 'vite-test-pages' }),
    mode: 'development',
    publicDir: false,
    plugins: [keepModules()],
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      cssMinify: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      assetsDir: `${FOLDER}/built`,
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
      rolldownOptions: { input: names.map((name) => join(root, FOLDER, name)), treeshake: false },
    },
  });
  const files = new Map<string, string | Uint8Array>();
  for (const { output } of [made].flat() as { output: { fileName: string }[] }[]) {
    for (const file of output as { fileName: string; code?: string; source?: string | Uint8Array }[]) {
      files.set(`/${file.fileName}`, file.code ?? file.source ?? '');
    }
  }
  return files;
}

/** Puts the pages in front of the sources they are built from, when the first of them is asked for. */
export function pagesInFront(): Plugin {
  let building: ReturnType<typeof builtPages> | undefined;
  return {
    name: 'lotledger-test-pages',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (!pathname.startsWith(`/${FOLDER}/`)) return next();
        building ??= builtPages();
        building.then((files) => {
          const file = files.get(pathname);
          if (file === undefined) return next();
          const type = types[pathname.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
          response.setHeader('content-type', `${type}; charset=utf-8`);
          response.end(file);
        }, next);
      });
    },
  };
}
