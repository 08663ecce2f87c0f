/** What every file keeps to: it says what it is, it is not long, it leaves nothing for later. */
import { expect, test } from 'vitest';
import { filesIn, read } from './sources.ts';

const code = [
  ...['src', 'test', 'scripts', 'examples', 'demo', 'bench'].flatMap((folder) =>
    filesIn(folder, '.ts', '.mjs', '.js'),
  ),
  'vitest.config.ts',
];
const LONGEST = 400;
const LONGEST_TEST = 500;

test('a file starts by saying what it is and why', () => {
  expect(code.filter((path) => !/^(#!.*\n)?(\/\*\*|\/\/ )/.test(read(path)))).toEqual([]);
});

test('a file fits a few screens', () => {
  const long = code.map((path) => ({ path, lines: read(path).split('\n').length - 1 }));
  const limit = (path: string): number => {
    if (path.startsWith('test/')) return LONGEST_TEST;
    // words of the model and what is shown of them: types only, which belong together
    return ['records', 'views'].some((name) => path === `src/core/model/${name}.ts`) ? LONGEST_TEST : LONGEST;
  };
  expect(long.filter(({ path, lines }) => lines > limit(path))).toEqual([]);
});

test('nothing is left for later in a comment', () => {
  const marks = new RegExp(
    `\\b(${['TO', 'FIX', 'XX'].map((a, i) => a + ['DO', 'ME', 'X'][i]).join('|')})\\b`,
  );
  expect(code.filter((path) => marks.test(read(path)))).toEqual([]);
});

test('sources are TypeScript that only has to be erased', () => {
  const wrong =
    /^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s|^\s*(export\s+)?namespace\s|\bas any\b|: any\b/m;
  expect(filesIn('src', '.ts').filter((path) => wrong.test(read(path)))).toEqual([]);
});

test('the lock file names no addresses', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
});

test('no file names a folder of somebody’s machine', () => {
  const texts = [...code, ...filesIn('docs', '.md', '.json'), 'README.md', 'ARCHITECTURE.md', 'package.json'];
  const own = new RegExp(`/(${['work', 'root', 'home', 'Users'].join('|')})/\\w`);
  expect(texts.filter((path) => own.test(read(path)))).toEqual([]);
});
