/**
 * The manifest of the elements says what their code has, no more and no less: every public property, event,
 * slot, part, state and token with a description, and paths that are published.
 */
import { expect, test } from 'vitest';
import { elementsOf, makeManifest, registered, saidTooMuch } from '../../scripts/manifest.mjs';
import { filesIn, read } from './sources.ts';

const manifest = makeManifest();
const elements = elementsOf(manifest);
const byTag = elements.map((element) => [element.tagName, element] as const);

const defined = filesIn('src/components/define', '.ts')
  .map((path) => path.replace(/^.*\/|\.ts$/g, ''))
  .filter((name) => !['index', 'define-element'].includes(name));

test('63: every element that is registered stands in the manifest', () => {
  expect(elements.map(({ tagName }) => tagName)).toEqual(defined);
});

test('63: paths are those of published modules', () => {
  const missing = manifest.modules
    .map(({ path }) => path.replace(/^dist\/(.*)\.js$/, 'src/$1.ts'))
    .filter((path) => !filesIn('src/components', '.ts').includes(path));
  expect(missing).toEqual([]);
});

test.each(elements)(
  '63: <$tagName> describes every member, event, slot, part, state and token',
  (element) => {
    const { members, attributes, events, slots, cssParts, cssStates, cssProperties } = element;
    const lists = { members, attributes, events, slots, cssParts, cssStates, cssProperties };
    const silent = Object.entries(lists).flatMap(([kind, list]) =>
      list.filter(({ description }) => !description).map(({ name }) => `${kind}: ${name}`),
    );
    expect(silent).toEqual([]);
    expect(element.description).not.toBe('');
  },
);

test.each(byTag)('63: <%s> gives types and defaults', (_tag, { members }) => {
  const fields = members.filter(({ kind }) => kind === 'field');
  expect(fields.filter(({ type }) => !type?.text).map(({ name }) => name)).toEqual([]);
  const set = fields.filter(({ readonly }) => !readonly);
  expect(set.filter((field) => field.default === undefined).map(({ name }) => name)).toEqual([]);
});

test('63: comments name no part, slot, state or event that the code lacks', () => {
  expect(saidTooMuch()).toEqual([]);
});

test('63: every property the code declares is in the manifest', () => {
  const missing = registered().flatMap(({ tag, module }) => {
    const block = /static override properties[^{]*\{([\s\S]*?)\n {2}\};/.exec(read(module))?.[1] ?? '';
    const declared = [...block.matchAll(/^ {4}(\w+): \{(.*)\}/gm)]
      .filter(([, , options = '']) => !options.includes('state: true'))
      .map(([, name]) => name);
    const known = elements.find(({ tagName }) => tagName === tag)?.members.map(({ name }) => name) ?? [];
    return declared
      .filter((name) => name !== undefined && !known.includes(name))
      .map((name) => `${tag}: ${name}`);
  });
  expect(missing).toEqual([]);
});

test('13: attributes are the kebab-case of their properties, and objects have none', () => {
  // names that HTML itself has, and one it forbids
  const native: Readonly<Record<string, string>> = {
    maxLength: 'maxlength',
    defaultValue: 'value',
    defaultChecked: 'checked',
    // a property `scroll` is a method of every element already
    scrolling: 'scroll',
  };
  const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const wrong = elements.flatMap(({ tagName, attributes }) =>
    attributes
      .filter(({ name, fieldName }) => name !== (native[fieldName] ?? kebab(fieldName)))
      .map(({ name }) => `${tagName}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('14: a boolean is false unless said', () => {
  const wrong = elements.flatMap(({ tagName, members }) =>
    members
      .filter((field) => field.type?.text === 'boolean' && field.kind === 'field' && !field.readonly)
      .filter((field) => field.default !== 'false')
      .map(({ name }) => `${tagName}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('22: every event carries our prefix and the type of its detail', () => {
  const events = elements.flatMap((element) => element.events);
  // a field's `input` and `change` are those of HTML
  const ours = events.filter(({ name }) => !['input', 'change'].includes(name));
  expect(ours.filter(({ name }) => !name.startsWith('lot-'))).toEqual([]);
  expect(ours.filter(({ type }) => !/^CustomEvent<.+>$/s.test(type.text))).toEqual([]);
});

test('34: themes set public tokens of the manifest and nothing else', () => {
  const known = new Set(elements.flatMap(({ cssProperties }) => cssProperties.map(({ name }) => name)));
  const maps = filesIn('src/components/themes', '.css').filter(
    (path) => !/(lotledger|dark)\.css$/.test(path),
  );
  const wrong = maps.flatMap((path) =>
    [...read(path).matchAll(/^\s+([a-z-]+):/gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => !known.has(name))
      .map((name) => `${path}: ${name}`),
  );
  expect(wrong).toEqual([]);
});
