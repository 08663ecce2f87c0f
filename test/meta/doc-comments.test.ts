/** Everything a host can import says what it is: each public name carries a doc comment. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publicPaths } from './public-paths.ts';
import { read, root, withoutComments } from './sources.ts';

interface Declaration {
  readonly name: string;
  readonly file: string;
  readonly documented: boolean;
}

const LOCAL =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm;
const LISTED = /^export (?:type )?\{([^}]*)\}(?: from '([^']+)')?;/gm;
const STAR = /^export \* from '([^']+)';/gm;

/** Whether a comment ends right before this place; notes to the linter may stand between. */
const documentedAt = (text: string, index: number): boolean =>
  /\*\/\s*(\/\/[^\n]*\s*)*$/.test(text.slice(0, index));

const names = (list: string): { from: string; to: string }[] =>
  list
    .split(',')
    .map((part) => part.trim().replace(/^type /, ''))
    .filter((part) => part !== '')
    .map((part) => {
      const [from = part, to = from] = part.split(/\s+as\s+/);
      return { from, to };
    });

/** Where a name that a file re-exports without a `from` comes from. */
function importedFrom(text: string, name: string): string | undefined {
  for (const [, list = '', from] of withoutComments(text).matchAll(
    /import (?:type )?\{([^}]*)\} from '(\.[^']+)'/g,
  )) {
    if (names(list).some(({ to }) => to === name)) return from;
  }
  return undefined;
}

/** Every name a module exports, with the place it is declared. */
function declarations(file: string): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  const text = read(file);
  const beside = (specifier: string): string => join(file, '..', specifier);
  const known = (name: string): boolean => {
    const at = new RegExp(
      `^(?:declare )?(?:abstract )?(?:function|const|class|interface|type) ${name}\\b`,
      'm',
    ).exec(text);
    return at !== null && documentedAt(text, at.index);
  };
  for (const match of text.matchAll(LOCAL)) {
    const name = match[1] ?? '';
    const documented = documentedAt(text, match.index) || found.get(name)?.documented === true;
    found.set(name, { name, file, documented });
  }
  for (const [, specifier = ''] of text.matchAll(STAR)) {
    if (!specifier.startsWith('.')) continue;
    for (const [name, declaration] of declarations(beside(specifier))) found.set(name, declaration);
  }
  for (const [, list = '', from] of text.matchAll(LISTED)) {
    for (const { from: own, to } of names(list)) {
      const source = from ?? importedFrom(text, own);
      const declaration = source?.startsWith('.')
        ? declarations(beside(source)).get(own)
        : { name: own, file, documented: source !== undefined || known(own) };
      found.set(to, declaration ?? { name: own, file: source ?? file, documented: false });
    }
  }
  return found;
}

const modules = publicPaths.flatMap(({ specifier, source }) =>
  source !== undefined ? [{ specifier, source }] : [],
);

test.each(modules)('every name of $specifier carries a doc comment', ({ source }) => {
  expect(existsSync(join(root, source)), source).toBe(true);
  const silent = [...declarations(source).values()].filter(({ documented }) => !documented);
  expect(silent.map(({ name, file }) => `${name} in ${file}`)).toEqual([]);
});
