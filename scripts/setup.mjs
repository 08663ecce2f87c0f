/**
 * Makes a fresh clone ready: checks Node, installs the packages of the lock file when they are missing or
 * differ, and finds a Chromium for the browser tests and a PostgreSQL for the database tests. Does nothing when nothing is missing, may run twice
 * at once, and uses Node's own modules only, because it runs before anything is installed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { withLock } from './lib/lock.mjs';
import { findPostgres, postgresAdvice } from './lib/postgres.mjs';
import { endOnSignal, isMain, root, run, runNpm } from './lib/run.mjs';
import { digestOf, isFresh, markFresh } from './lib/stamp.mjs';

const NODE_LEAST = [20, 19];

/** Set-up could not be finished; the message says what is missing and how to get it. */
export class SetupError extends Error {}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_LEAST[0] || (major === NODE_LEAST[0] && minor >= NODE_LEAST[1])) return;
  throw new SetupError(
    `Lotledger needs Node ${NODE_LEAST.join('.')} or newer; this is Node ${process.versions.node}. ` +
      'Install a current release from nodejs.org or with your version manager, then try again.',
  );
}

/** Whether npm's own record of what it installed agrees with the lock file. */
function agreesWithLock() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false; // npm writes it last, so an interrupted install has none
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (path in present ? present[path].version === version : optional === true),
  );
}

async function installPackages() {
  const digest = `${digestOf('package-lock.json')} ${process.platform} ${process.arch}`;
  const ready = () =>
    existsSync(join(root, 'node_modules', '.package-lock.json')) && isFresh('packages', digest);
  if (ready()) return;
  await withLock(join(root, '.cache', 'setup.lock'), async () => {
    if (ready()) return; // another process did it while we waited
    if (!agreesWithLock()) {
      console.log('Installing packages …');
      const { code } = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
      if (code !== 0) {
        throw new SetupError(
          '`npm ci` did not succeed; what it printed above says why. Most often the package registry ' +
            'cannot be reached: check the network or npm’s `registry` setting, then try again.',
        );
      }
    }
    markFresh('packages', digest);
  });
}

const isRoot = () => process.getuid?.() === 0;

/**
 * Installs a package of Debian or Ubuntu where we may, one process at a time.
 * @param {() => Promise<string | undefined>} find what the package is installed for
 */
async function installWithApt(name, what, find) {
  const quiet = { capture: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  if (!isRoot() || (await run('apt-get', ['--version'], quiet)).code !== 0) return undefined;
  return withLock(join(root, '.cache', 'apt.lock'), async () => {
    const already = await find();
    if (already) return already;
    console.log(`Installing ${what} …`);
    await run('apt-get', ['update'], quiet);
    const args = ['install', '--yes', '--no-install-recommends', name];
    const { code, output } = await run('apt-get', args, quiet);
    if (code !== 0) console.error(output.split('\n').slice(-8).join('\n'));
    return find();
  });
}

/** What to do where no Chromium was found and none could be installed. */
export const chromiumAdvice =
  'No Chromium was found, which the browser tests need. Install it (Debian, Ubuntu: ' +
  '`sudo apt-get install chromium`; macOS: `brew install --cask chromium`), or set LOTLEDGER_CHROMIUM to ' +
  'the path of a Chromium or Chrome.';

export { postgresAdvice };

/**
 * Makes the checkout ready.
 * @param {{ browser?: boolean, database?: boolean }} [options] whether a browser is needed, and whether a
 *   PostgreSQL; the same as `browser` when left out
 * @returns {Promise<{ chromium?: string, postgres?: string }>} the path of Chromium and the folder of
 *   PostgreSQL's programs; absent where there is none
 * @throws {SetupError} when Node is too old or the packages cannot be installed
 */
export async function setup({ browser = true, database = browser } = {}) {
  checkNode();
  await installPackages();
  const found = {};
  if (browser) {
    found.chromium =
      (await findChromium()) ??
      (await installWithApt('chromium', 'Chromium for the browser tests', findChromium));
  }
  if (database) {
    found.postgres =
      (await findPostgres()) ??
      (await installWithApt('postgresql', 'PostgreSQL for the database tests', findPostgres));
  }
  return found;
}

/** Runs a script's main function; a failed set-up ends in its sentence, not in a stack. */
export async function asScript(main) {
  endOnSignal();
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}

if (isMain(import.meta)) {
  await asScript(async () => {
    const { chromium, postgres } = await setup();
    const missing = [chromium ? '' : chromiumAdvice, postgres ? '' : postgresAdvice].filter(Boolean);
    if (missing.length > 0) console.log(`Ready, except: ${missing.join('\n')}`);
    else console.log(`Ready. Browser tests use ${chromium}, database tests ${postgres}.`);
    return missing.length;
  });
}
