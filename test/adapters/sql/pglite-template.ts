/**
 * An empty PGlite without the seconds it takes to make one: what was made once is kept in the cache, and every other
 * begins as its copy.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { withLock } from '../../../scripts/lib/lock.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const extensions = { pg_trgm };

/** Where the copy is: another version makes another one. */
function fileOf(): string {
  const about = readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json'), 'utf8');
  const { version } = JSON.parse(about) as { version: string };
  return join(root, '.cache', 'pglite', `${version}.tar`);
}

/** Makes an empty one, keeps a copy, and answers it. */
async function made(file: string): Promise<PGlite> {
  const first = await PGlite.create({ extensions });
  const copy = await first.dumpDataDir('none');
  const part = `${file}.${process.pid}`;
  writeFileSync(part, new Uint8Array(await copy.arrayBuffer()));
  renameSync(part, file);
  return first;
}

/** A PGlite in memory with nothing in it; whoever asks for it ends it. */
export async function emptyPGlite(): Promise<PGlite> {
  const file = fileOf();
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    const first = await withLock(`${file}.lock`, async () => (existsSync(file) ? undefined : made(file)));
    if (first !== undefined) return first;
  }
  return PGlite.create({ extensions, loadDataDir: new Blob([readFileSync(file)]) });
}
