/** The pages of the elements say what the manifest says, and hold what is written by hand. */
import { expect, test } from 'vitest';
import { pagesOf, wanted } from '../../scripts/docs.mjs';
import { elementsOf, makeManifest } from '../../scripts/manifest.mjs';
import { filesIn, read } from './sources.ts';

const pages = pagesOf(elementsOf(makeManifest()));

test.each(Object.keys(pages))('64: %s is what `npm run docs` writes', (path) => {
  expect(read(path)).toBe(pages[path]);
});

test('64: there is a page for every element, and none for others', () => {
  const found = filesIn('docs/elements', '.md').filter((path) => !path.includes('/_parts/'));
  expect(found).toEqual(Object.keys(pages).sort());
});

test.each(Object.keys(pages).filter((path) => !path.endsWith('README.md')))(
  '64: %s tells of use, keys, accessibility and mistakes',
  (path) => {
    const titles = [...(pages[path] ?? '').matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(expect.arrayContaining([...wanted, 'API', 'In a framework']));
  },
);
