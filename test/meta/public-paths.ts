/** The public paths of the package and the files they stand for, read from package.json. */
import { filesIn, read } from './sources.ts';

const { name, exports: declared } = JSON.parse(read('package.json')) as {
  name: string;
  exports: Record<string, string | Record<string, string>>;
};

export interface PublicPath {
  /** As a host imports it: `lotledger/adapters/memory`. */
  readonly specifier: string;
  /** Published files by condition, as paths from the root. */
  readonly targets: Readonly<Record<string, string>>;
  /** Its source, where it is a module of `src`. */
  readonly source?: string;
}

const plain = (path: string): string => path.replace(/^\.\//, '');

function one(path: string, target: string | Record<string, string>, star = ''): PublicPath {
  const all = typeof target === 'string' ? { default: target } : target;
  const targets = Object.fromEntries(
    Object.entries(all).map(([condition, file]) => [condition, plain(file.replace('*', star))]),
  );
  const specifier = name + path.slice(1).replace('*', star);
  const module = /^dist\/(?!bundle\/)(.+)\.js$/.exec(targets.default ?? '')?.[1];
  return module === undefined ? { specifier, targets } : { specifier, targets, source: `src/${module}.ts` };
}

/** Names that a `*` stands for: the modules, or other files, in its folder of the sources. */
function starsOf(target: string | Record<string, string>): string[] {
  const pattern = plain(typeof target === 'string' ? target : (target.default ?? ''));
  const [before = '', after = ''] = pattern.split('*');
  const ending = after.replace(/\.js$/, '.ts');
  const folder = before.replace(/^dist\//, 'src/').replace(/\/$/, '');
  return filesIn(folder, ending).map((file) => file.slice(folder.length + 1, -ending.length));
}

/** Every public path; one with a `*` stands for all its files. */
export const publicPaths: readonly PublicPath[] = Object.entries(declared).flatMap(([path, target]) =>
  path.includes('*') ? starsOf(target).map((star) => one(path, target, star)) : [one(path, target)],
);
