/** Who is there: installs the contenders of `bench/package.json` where they are missing, and tells which are. */
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNpm } from '../../scripts/lib/run.mjs';

const folder = join(root, 'bench');
const modules = join(folder, 'node_modules');

/** Whether a package of the benchmark is installed. */
export const isInstalled = (name) => existsSync(join(modules, name, 'package.json'));

/** The installed version of a package, or `absent`. */
export const versionOf = (name) =>
  isInstalled(name)
    ? JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version
    : 'absent';

function wanted() {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return Object.keys({ ...dependencies, ...optionalDependencies });
}

/**
 * Installs what is missing. Every contender is optional: one that cannot be had, or built, is left out.
 * @returns {Promise<Record<string, string>>} versions by name
 */
export async function installContenders() {
  if (!wanted().every(isInstalled)) {
    console.log('Installing the contenders …');
    const { code } = await runNpm(['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error']);
    if (code !== 0) console.log('Not all contenders could be installed; those are printed as absent.');
  }
  return Object.fromEntries(wanted().map((name) => [name, versionOf(name)]));
}

/** Copies `dist/` to where the benchmark imports it from. */
export function copyDist() {
  const copy = join(root, '.cache', 'bench', 'lotledger');
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(root, 'dist'), copy, { recursive: true });
}
