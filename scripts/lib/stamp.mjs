/**
 * Knowing that nothing changed: a digest over the files something was made from, kept after it was made.
 * Contents count, not times, so a fresh clone and a touched file are told apart from a change.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { root } from './run.mjs';

/** Every file below the given files and folders, sorted; what does not exist is left out. */
export function filesBelow(...paths) {
  const found = [];
  for (const path of paths) {
    if (!existsSync(path)) continue;
    if (!statSync(path).isDirectory()) found.push(path);
    else for (const name of readdirSync(path)) found.push(...filesBelow(join(path, name)));
  }
  return found.sort();
}

/** A path as the project writes it: relative to its root, with slashes. */
export const short = (path) => relative(root, path).split(sep).join('/');

/** One digest over the names and contents of files and folders of the project. */
export function digestOf(...paths) {
  const hash = createHash('sha256');
  for (const file of filesBelow(...paths.map((path) => join(root, path)))) {
    hash
      .update(`${short(file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

const stampOf = (name) => join(root, '.cache', `${name}.stamp`);

/** Whether `name` was last made from exactly this. */
export function isFresh(name, digest) {
  const stamp = stampOf(name);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
}

/** Remembers that `name` was made from this. */
export function markFresh(name, digest) {
  mkdirSync(dirname(stampOf(name)), { recursive: true });
  writeFileSync(stampOf(name), digest);
}
