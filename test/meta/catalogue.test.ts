/** Every error code has its page, its sentences and a place that raises it; no page is left over. */
import { expect, test } from 'vitest';
import { errorsIt } from '../../src/components/i18n/errors.it.ts';
import { errorCatalogue } from '../../src/core/ports/catalogue.ts';
import { filesIn, read, withoutComments } from './sources.ts';

const codes = Object.keys(errorCatalogue);
const raising = filesIn('src', '.ts').filter(
  (path) => path !== 'src/core/ports/catalogue.ts' && !path.startsWith('src/components/'),
);

test('each code has a page and each page a code', () => {
  const pages = filesIn('docs/errors', '.md').map((path) => path.replace(/^docs\/errors\/|\.md$/g, ''));
  expect(pages.filter((page) => page !== 'README').sort()).toEqual([...codes].sort());
});

test.each(codes)('the page of %s agrees with the catalogue', (code) => {
  const page = read(`docs/errors/${code}.md`);
  const { kind, retry } = errorCatalogue[code as keyof typeof errorCatalogue];
  expect(page).toContain(`# \`${code}\``);
  expect(page).toContain(`Kind \`${kind}\``);
  expect(page).toContain(`retry: '${retry}'`);
  for (const part of ['## Cause', '## What was not written', '## What to do']) expect(page).toContain(part);
});

test('the index of the pages names every code once', () => {
  const index = read('docs/errors/README.md');
  expect(codes.filter((code) => index.split(`(${code}.md)`).length !== 2)).toEqual([]);
});

test('each code has a sentence in English and in Italian', () => {
  const spoken = (text: unknown): boolean => typeof text === 'string' && text.length > 3;
  for (const code of codes as (keyof typeof errorCatalogue)[]) {
    expect(spoken(errorCatalogue[code].message({})), code).toBe(true);
    const italian: unknown = (errorsIt as Record<string, unknown>)[code];
    expect(typeof italian === 'function' ? spoken(italian({})) : spoken(italian), code).toBe(true);
  }
});

test('every code the sources raise is in the catalogue', () => {
  const raised = /\bnew LedgerError\(\s*'([^']+)'|\bcode: '([a-z]\w*\.[a-z]\w*)'/g;
  const unknown = raising.flatMap((path) =>
    [...withoutComments(read(path)).matchAll(raised)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((code) => !codes.includes(code))
      .map((code) => `${path}: ${code}`),
  );
  expect(unknown).toEqual([]);
});
