/** A browser of a test's own, with a profile on disk, whose processes may be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type BrowserContext, chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.ts';

export interface OwnBrowser {
  /** The one profile: its pages share databases, locks and channels. */
  readonly context: BrowserContext;
  /** Ends the browser and its children at once (SIGKILL). What it had written stays in the folder. */
  kill(): Promise<void>;
  /** Ends it in order. */
  close(): Promise<void>;
}

/**
 * Chromium keeps IndexedDB in LevelDB or, newer, in SQLite. After a kill its LevelDB backend now and then
 * finds its own files corrupt, deletes the whole database and starts an empty one; it does so to a page
 * without any library too. No store above it can help that, so killed browsers keep to the newer backend,
 * which browsers that do not know the flag ignore.
 */
const sqliteBackend = '--enable-features=IdbSqliteBackingStore';

/** Waits for the line in which Chromium says where it listens. */
async function endpointOf(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stderr ?? []) {
    said += String(chunk);
    const found = /DevTools listening on (ws:\S+)/.exec(said);
    if (found?.[1]) return found[1];
  }
  throw new Error(`Chromium did not start: ${said.slice(-2000)}`);
}

/** Kills the process group of the child, so that no child of its own is left that could still write. */
async function killGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

const running = new Set<ChildProcess>();

/** Kills what a failed test has left running. */
export async function killOwnBrowsers(): Promise<void> {
  for (const child of running) await killGroup(child);
}

/** Starts Chromium on the profile in `folder`; the same folder can be opened again after a kill. */
export async function ownBrowser(folder: string): Promise<OwnBrowser> {
  const executable = findChromium();
  if (!executable) throw new Error('no Chromium');
  const args = [
    '--headless',
    ...chromiumFlags,
    sqliteBackend,
    '--remote-debugging-port=0',
    `--user-data-dir=${folder}`,
  ];
  const child = spawn(executable, [...args, 'about:blank'], {
    detached: true,
    // what a killed browser leaves lying about goes away with its folder
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  try {
    const browser = await chromium.connectOverCDP(await endpointOf(child));
    child.stderr?.on('data', () => {}).resume();
    const context = browser.contexts()[0];
    if (!context) throw new Error('the browser has no profile');
    const leave = async () => {
      await killGroup(child);
      await browser.close().catch(() => {});
    };
    return {
      context,
      kill: leave,
      close: async () => {
        const session = await browser.newBrowserCDPSession();
        const ended = once(child, 'exit');
        await session.send('Browser.close').catch(() => {});
        await Promise.race([ended, new Promise((done) => setTimeout(done, 5_000))]);
        await leave();
      },
    };
  } catch (error) {
    await killGroup(child);
    throw error;
  }
}
