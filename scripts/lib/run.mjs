/**
 * What every script shares: where the project is, and how a program is run from it: without a shell, so
 * that spaces in paths do not matter, without stdin, and ended together with us.
 */
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Whether a module was started as a script rather than imported. */
export const isMain = (meta) =>
  process.argv[1] !== undefined && fileURLToPath(meta.url) === realpathSync(process.argv[1]);

const children = new Set();

/** Sends a signal to every program still running. */
export function endChildren(signal) {
  for (const child of children) child.kill(signal);
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ capture?: boolean, env?: Record<string, string>, timeout?: number }} [options] `capture` keeps
 *   the output instead of showing it; `timeout` in milliseconds
 * @returns {Promise<{ code: number, output: string }>} 127 when the program does not exist
 */
export function run(command, args, { capture = false, env = {}, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
      timeout,
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    children.add(child);
    child.once('error', (error) => {
      children.delete(child);
      resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.once('close', (code) => {
      children.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a script of an installed package by its path below `node_modules`; never fetches anything. */
export const runTool = (script, args, options) =>
  run(process.execPath, [`${root}node_modules/${script}`, ...args], options);

/** Runs npm: the one that started us, or the one on the PATH. */
export function runNpm(args, options) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) return run(process.execPath, [own, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** Ends our programs and then us when somebody asks us to stop. */
export function endOnSignal() {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.once(signal, () => {
      endChildren(signal);
      process.exit(code);
    });
  }
}
