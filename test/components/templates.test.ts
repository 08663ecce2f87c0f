/** Templates name no element of ours by a fixed tag: under a prefix it would be another one, or none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const home = join(import.meta.dirname, '../../src/components');
const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const tags = files
  .filter((name) => /^define\/(?!index|define-element)/.test(name))
  .map((name) => name.replace(/^define\/|\.ts$/g, ''));

const code = (name: string): string =>
  readFileSync(join(home, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** What stands between backticks, which is where templates and styles are. */
const templates = (text: string): string =>
  [...text.matchAll(/`(?:\\.|[^`\\])*`/g)].map(([part]) => part).join('\n');

it('3: no template and no style names a tag of ours', () => {
  expect(tags).toContain('lot-register');
  const names = new RegExp(`</?(${tags.join('|')})[\\s>]|(^|[\\s,}])(${tags.join('|')})(:|\\[|\\s*\\{)`, 'm');
  const wrong = files.filter((name) => names.test(templates(code(name))));
  expect(wrong).toEqual([]);
});

it('1: nothing but define/ asks for an element by its tag', () => {
  const asks = /createElement\(\s*['"`](lot|serial|posting)-|querySelector\w*\(\s*['"`](lot|serial|posting)-/;
  expect(files.filter((name) => asks.test(code(name)))).toEqual([]);
});
