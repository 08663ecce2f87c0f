/**
 * The package as a host gets it: packed, unpacked into a folder of its own, with its dependencies beside it.
 * Packed once for all tests of a run.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from '../../scripts/build.mjs';
import { runNpm } from '../../scripts/lib/run.mjs';
import { root } from './sources.ts';

const run = promisify(execFile);

export interface Packed {
  /** The file that would be published. */
  readonly tarball: string;
  /** Paths of the files in it. */
  readonly files: readonly string[];
  /** A folder whose `node_modules` holds the package and everything the checkout has. */
  readonly folder: string;
  /** Removes all of it. */
  readonly remove: () => void;
}

/** Packs the built package and puts it where a program can import it by its name. */
export async function pack(): Promise<Packed> {
  if (!(await build())) throw new Error('the package cannot be built');
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'packed-'));
  const args = ['pack', '--json', '--loglevel=silent', `--pack-destination=${folder}`];
  const { output } = await runNpm(args, { capture: true });
  const [{ files, filename }] = JSON.parse(output.slice(output.indexOf('['))) as [
    { files: { path: string }[]; filename: string },
  ];
  const tarball = join(folder, filename);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'lotledger'), { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', join(modules, 'lotledger'), '--strip-components=1']);
  for (const name of readdirSync(join(root, 'node_modules')).filter((one) => !one.startsWith('.'))) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  return { tarball, files: files.map(({ path }) => path), folder, remove };
}
