/**
 * The data folder: one process at a time. The embedded database runs inside the process that opened it, and
 * two of them on one folder would each overwrite what the other wrote.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError, systemCode } from './problems.ts';

/** Who holds a folder. A number of a process is given again after it ended, so its beginning counts too. */
interface Holder {
  readonly pid: number;
  readonly began: string;
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

function lives({ pid, began }: Holder): boolean {
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
    const { pid, began } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && typeof began === 'string' ? { pid, began } : undefined;
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
  const mine: Holder = { pid: process.pid, began: beganAt(process.pid) };
  alone(lock, () => {
    const holder = holderIn(lock);
    if (holder && lives(holder))
      throw new CommandError(
        `Process ${holder.pid} works on ${path}; one at a time may. Stop it first, or name another folder by --data.`,
      );
    const aside = `${lock}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(mine), { mode: 0o600 });
    renameSync(aside, lock);
  });
  return {
    path,
    database: join(path, DATABASE),
    tokens: join(path, 'tokens.json'),
    release: () => rmSync(lock, { force: true }),
  };
}
