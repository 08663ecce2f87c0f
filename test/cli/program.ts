/**
 * The program `lotledger` as a child process: bundled from the sources into a folder that looks like the
 * package, once for all tests that run at the same time, so that it is current without the whole build.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll } from 'vitest';
import { withLock } from '../../scripts/lib/lock.mjs';
import { digestOf, isFresh, markFresh } from '../../scripts/lib/stamp.mjs';
import { buildPortal } from '../../scripts/start.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const home = join(root, '.cache', 'cli');
const main = join(home, 'dist', 'cli', 'main.js');

async function bundle(): Promise<void> {
  const digest = digestOf('src', 'package.json', 'package-lock.json');
  if (existsSync(main) && isFresh('cli', digest)) return;
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(root, 'src', 'cli', 'main.ts'),
      outDir: join(home, 'dist', 'cli'),
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
  copyFileSync(join(root, 'package.json'), join(home, 'package.json'));
  markFresh('cli', digest);
}

/** Builds the program; with the pages of the portal where they are wanted. */
export async function buildProgram({ pages = false } = {}): Promise<void> {
  mkdirSync(home, { recursive: true });
  const portal = pages ? await buildPortal() : undefined;
  await withLock(join(root, '.cache', 'cli.lock'), async () => {
    await bundle();
    if (portal) cpSync(portal, join(home, 'dist', 'portal'), { recursive: true, force: true });
  });
}

const folders: string[] = [];
const running = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A new empty folder, gone after the tests of the file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lotledger cli '));
  folders.push(folder);
  return folder;
}

/** What a program was given and what it said. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Where it is started; a folder of its own unless said. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Another program than the one bundled here: the published one. */
  readonly main?: string;
}

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** Whatever it has said so far. */
  readonly said: () => { out: string; err: string };
  readonly ended: Promise<Ran>;
  /** Waits until something stands in its output. */
  says(what: RegExp): Promise<RegExpExecArray>;
}

/** Starts the program. Nothing of this process's surroundings gets in. */
export function start(
  args: readonly string[],
  { cwd = newFolder(), env = {}, input, main: program = main }: RunOptions = {},
): Running {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  // it may end without having read all of it
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const ended = once(child, 'close').then(([code, signal]): Ran => {
    running.delete(child);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, out, err };
  });
  return {
    child,
    said: () => ({ out, err }),
    ended,
    async says(what) {
      let over = false;
      void ended.then(() => {
        over = true;
      });
      for (;;) {
        const found = what.exec(out);
        if (found) return found;
        if (over) throw new Error(`it ended without saying ${what}:\n${out}\n${err}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** Runs the program to its end. */
export const run = (args: readonly string[], options?: RunOptions): Promise<Ran> =>
  start(args, options).ended;
