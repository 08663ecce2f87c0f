/** Reading the project's own sources: which files there are, what they import, and their bare code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Files below a folder whose names end in one of the given ways, as paths from the root. */
export function filesIn(folder: string, ...endings: string[]): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(path, ...endings);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
    })
    .sort();
}

/** A text without its comments; what stands in quotes stays. */
export const withoutComments = (text: string): string =>
  text.replace(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g,
    (match, quoted: string | undefined) => quoted ?? match.replace(/[^\n]/g, ' '),
  );

export interface Import {
  readonly from: string;
  /** The file inside `src`, as a path from the root; absent for packages. */
  readonly to?: string;
  readonly specifier: string;
  /** Erased when compiled. */
  readonly typeOnly: boolean;
  /** Loaded only when it is asked for, with `import(…)`. */
  readonly late: boolean;
}

const STATEMENT =
  /(?:import|export)\s+(?<type>type\s)?(?<names>[^;'"]*?)\s*from\s+'(?<from>[^']+)'|import\s+'(?<bare>[^']+)'|import\('(?<late>[^']+)'\)(?<member>\.[A-Z])?/g;

const allTypes = (names: string): boolean => {
  const inner = /\{([\s\S]*)\}/.exec(names)?.[1];
  const listed = inner?.split(',').map((name) => name.trim());
  return listed?.every((name) => name === '' || name.startsWith('type ')) ?? false;
};

/** What one file imports and exports from others. */
export function importsOf(path: string): Import[] {
  return [...withoutComments(read(path)).matchAll(STATEMENT)].map(({ groups = {} }) => {
    const specifier = groups.from ?? groups.bare ?? groups.late ?? '';
    const typeOnly = Boolean(groups.type || groups.member || allTypes(groups.names ?? ''));
    const found = { from: path, specifier, typeOnly, late: groups.late !== undefined };
    return specifier.startsWith('.') ? { ...found, to: join(dirname(path), specifier) } : found;
  });
}
