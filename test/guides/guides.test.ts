/** The guides say what is: every example runs, and every value they promise is the one that comes. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { guideText, runGuide } from './guide.ts';

/** Guides whose examples need a page, a store of their own, or a set-up that another test gives them. */
const elsewhere = new Set([
  'README',
  'elements',
  'in-the-browser',
  'writing-a-store',
  'lists',
  'embedding',
  'testing',
  'aureus',
  'server',
  'your-database',
  'your-backend',
  'many-machines',
  'threat-model',
]);

const guides = readdirSync(new URL('../../docs/guides/', import.meta.url))
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.slice(0, -3));

test('every guide is listed', () => {
  const listed = [...guideText('README').matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, name]) => name);
  expect(listed.sort()).toEqual(guides.filter((name) => name !== 'README').sort());
});

test.each(guides.filter((name) => !elsewhere.has(name)))(
  'the examples of “%s” answer what they say',
  async (name) => {
    expect(await runGuide(name)).toBeGreaterThan(2);
  },
);
