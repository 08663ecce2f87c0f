/**
 * The data folder: one process at a time. The embedded database runs inside the process that opened it, and
 * two of them on one folder would each overwrite what the other wrote.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { CommandError, systemCode } from './problems.ts';

/** Who holds a folder. A number of a process is given again after it ended, so its beginning counts too. */
interface Holder {
  readonly pid: number;
  readonly began: string;
  /** The machine or container in which this number means a process. */
  readonly where?: string;
}

/** Milliseconds between the signs of life of a holder, which somebody in another container can see. */
const SIGN = 5_000;
/** Milliseconds after the last one when a holder elsewhere is taken for dead. */
const SILENT = 30_000;

/** Where the numbers of processes are those of this one. */
function here(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** When a process began, as its system counts; empty where that cannot be told. */
function beganAt(pid: number): string {
  try {
    // after the name in brackets, which may hold spaces: the twentieth field
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** @param silent milliseconds since the holder's last sign of life */
function lives({ pid, began, where = here() }: Holder, silent: number): boolean {
  if (where !== here()) return silent < SILENT;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // there, and somebody else's
    if (systemCode(error) !== 'EPERM') return false;
  }
  return began === beganAt(pid);
}

function holderIn(path: string): Holder | undefined {
  try {
    const { pid, began, where } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    if (typeof pid !== 'number' || typeof began !== 'string') return undefined;
    return typeof where === 'string' ? { pid, began, where } : { pid, began };
  } catch {
    return undefined;
  }
}

/** Milliseconds after which somebody who was taking over a folder is taken for dead. */
const TAKING = 10_000;

/** Runs alone among those who look at the lock of one folder. */
function alone<T>(path: string, act: () => T): T {
  const taking = `${path}.taking`;
  for (let again = false; ; again = true) {
    try {
      mkdirSync(taking);
      break;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      const age = Date.now() - (statSync(taking, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (again || age < TAKING)
        throw new CommandError(`Another process is just opening ${path}; try again.`);
      rmSync(taking, { recursive: true, force: true });
    }
  }
  try {
    return act();
  } finally {
    rmdirSync(taking);
  }
}

/** A folder that is held. */
export interface DataFolder {
  readonly path: string;
  /** Where the embedded database keeps its files. */
  readonly database: string;
  /** Where tokens that were made here are kept. */
  readonly tokens: string;
  release(): void;
}

const DATABASE = 'database';

/**
 * Takes a folder for this process, and makes it where there is none.
 * @param make false: it must be there
 * @throws CommandError when there is none, when it is no folder, or when another process holds it
 */
export function holdFolder(given: string, make: boolean): DataFolder {
  const path = resolve(given);
  if (!make && !existsSync(join(path, DATABASE)))
    throw new CommandError(`There is no ledger in ${path}. --data names another folder.`);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new CommandError(`${path} cannot be used as a folder: ${(cause as Error).message}.`, { cause });
  }
  const lock = join(path, 'lock');
  const mine: Holder = { pid: process.pid, began: beganAt(process.pid), where: here() };
  alone(lock, () => {
    const holder = holderIn(lock);
    const silent = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (holder && lives(holder, silent)) {
      const elsewhere = holder.where !== undefined && holder.where !== mine.where;
      const which = elsewhere ? ` of another machine or container (${holder.where})` : '';
      const advice = elsewhere
        ? `Stop it first; where it was killed, try again in ${SILENT / 1000} seconds.`
        : 'Stop it first, or name another folder by --data.';
      throw new CommandError(`Process ${holder.pid}${which} works on ${path}; one at a time may. ${advice}`);
    }
    const aside = `${lock}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(mine), { mode: 0o600 });
    renameSync(aside, lock);
  });
  const isMine = (): boolean => JSON.stringify(holderIn(lock)) === JSON.stringify(mine);
  const signs = setInterval(() => {
    const now = new Date();
    try {
      if (isMine()) utimesSync(lock, now, now);
    } catch {
      // a sign that is missed now and then is none
    }
  }, SIGN);
  signs.unref();
  return {
    path,
    database: join(path, DATABASE),
    tokens: join(path, 'tokens.json'),
    release() {
      clearInterval(signs);
      if (isMine()) rmSync(lock, { force: true });
    },
  };
}
