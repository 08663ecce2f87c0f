/** Runs once before the behaviour tests go through `rest`: bundles the server process, starts one per worker. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { withLock } from '../../scripts/lib/lock.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Addresses of the server processes, one for each worker. */
    remoteServers: string[];
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, '.cache', 'remote');

/**
 * A server process as one file that plain Node runs.
 * @param entry its module, from the root
 */
export async function bundleProcess(entry = 'test/remote/process.ts'): Promise<string> {
  const file = basename(entry).replace(/\.ts$/, '.mjs');
  mkdirSync(folder, { recursive: true });
  await withLock(join(root, '.cache', 'remote.lock'), () =>
    build({
      configFile: false,
      root,
      logLevel: 'error',
      publicDir: false,
      // the worlds bring their helpers along, which nobody calls there
      resolve: { alias: { vitest: join(root, 'test', 'remote', 'no-vitest.ts') } },
      build: {
        ssr: join(root, entry),
        outDir: folder,
        emptyOutDir: false,
        target: 'node20',
        rollupOptions: { output: { entryFileNames: file } },
      },
    }),
  );
  return join(folder, file);
}

/** Starts a server process. */
export async function startProcess(file: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--enable-source-maps', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return { url: `http://127.0.0.1:${line.trim()}`, child };
}

export default async function setup(project: TestProject): Promise<() => void> {
  const file = await bundleProcess();
  const many = Math.min(4, availableParallelism());
  const started = await Promise.all(Array.from({ length: many }, () => startProcess(file)));
  project.provide(
    'remoteServers',
    started.map(({ url }) => url),
  );
  return () => {
    for (const { child } of started) child.kill();
  };
}
