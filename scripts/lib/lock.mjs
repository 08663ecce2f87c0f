/**
 * One at a time: two scripts started together in one checkout must not install or build over each other.
 * The lock is a file that only one can create; its holder touches it while it works, so that a lock left
 * behind by a killed process is recognised and taken over.
 */
import {
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 2_000;
const STALE_MS = 15_000;
const PATIENCE_MS = 15 * 60_000;

const me = () => `${process.pid} ${hostname()}`;

function create(path) {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeSync(openSync(path, 'wx'), me());
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
    throw new Error(`This folder cannot be written to: ${dirname(path)}. Make it yours, then try again.`);
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** What a dead holder left behind, or undefined while somebody holds the lock. */
function abandoned(path) {
  try {
    const holder = readFileSync(path, 'utf8');
    const [pid, host] = holder.split(' ');
    const age = Date.now() - statSync(path).mtimeMs;
    // here it is known who lives, however busy he is; but a number of old may be somebody else's by now
    if (host === hostname()) return alive(Number(pid)) && age < PATIENCE_MS ? undefined : holder;
    return age > STALE_MS ? holder : undefined;
  } catch {
    return undefined; // released meanwhile: the next attempt tells
  }
}

/** Removes an abandoned lock; if a third process replaced it in between, its lock is put back. */
function clear(path, holder) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') === holder) rmSync(aside);
    else renameSync(aside, path);
  } catch {
    // somebody else was quicker
  }
}

/**
 * Runs `work` while holding the lock.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  const start = Date.now();
  while (!create(path)) {
    const holder = abandoned(path);
    if (holder !== undefined) clear(path, holder);
    else if (Date.now() - start > PATIENCE_MS) {
      throw new Error(`Another process has held ${path} for too long; remove the file if none is running.`);
    } else await sleep(100);
  }
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // the folder was removed under us; nothing to keep alive
    }
  }, BEAT_MS);
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}
