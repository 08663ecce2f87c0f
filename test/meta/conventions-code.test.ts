/** Conventions that are read off the sources and the class definitions, of every element there is. */
import { expect, test } from 'vitest';
import { type CssRule, rulesOf } from './css-rules.ts';
import { cssOf, elements, lineage, publicProperties } from './elements.ts';
import { filesIn, read, withoutComments } from './sources.ts';
import { literalTexts } from './templates.ts';

const sources = filesIn('src/components', '.ts');
const code = sources.map((path) => ({ path, text: withoutComments(read(path)) }));

/** Files outside a few whose code has something in it. */
const having = (pattern: RegExp, except: (path: string) => boolean = () => false): string[] =>
  code.filter(({ path, text }) => !except(path) && pattern.test(text)).map(({ path }) => path);

/** Names that HTML itself has in another form, and one it has taken: every element has a method `scroll`. */
const given: Readonly<Record<string, string>> = {
  maxLength: 'maxlength',
  defaultValue: 'value',
  defaultChecked: 'checked',
  scrolling: 'scroll',
};
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const all = elements.map(([tag, element]) => ({ tag, element }));

test('there are elements to look at', () => {
  expect(all.map(({ tag }) => tag)).toEqual(
    expect.arrayContaining(['lot-ledger', 'lot-register', 'lot-form', 'posting-form']),
  );
  for (const { element } of all) expect(lineage(element).length).toBeGreaterThan(0);
});

test('convention 1: elements are registered in define/ only', () => {
  const registering = having(/customElements\.define\(|registry\.define\(|\bdefineElement\(/);
  expect(registering.filter((path) => !path.startsWith('src/components/define/'))).toEqual([]);
  expect(registering.length).toBeGreaterThan(1);
});

test('convention 5: every tag is in HTMLElementTagNameMap with the class that is registered under it', () => {
  const declared = code.flatMap(({ text }) => {
    const [, body = ''] = /interface HTMLElementTagNameMap \{([^}]*)\}/.exec(text) ?? [];
    return [...body.matchAll(/'([\w-]+)':\s*(\w+)/g)].map(([, tag, name]) => `${tag} ${name}`);
  });
  expect(declared.sort()).toEqual(all.map(({ tag, element }) => `${tag} ${element.name}`).sort());
});

test('convention 10: nothing that only Node or a bundler knows is used', () => {
  expect(having(/\bprocess\.|\bBuffer\b|\bglobal\.\w|\brequire\(|\b__dirname\b/)).toEqual([]);
});

test.each(all)(
  'convention 13: attributes of $tag are its properties in kebab-case, or it has none',
  ({ element }) => {
    for (const [name, { attribute, type }] of publicProperties(element)) {
      if (attribute === false) continue;
      // Lit's own default is lower case, which is the same for a name of one word
      const written = typeof attribute === 'string' ? attribute : name.toLowerCase();
      expect(written, name).toBe(given[name] ?? kebab(name));
      expect([String, Boolean, Number], `${name} is plain`).toContain(type);
    }
  },
);

test.each(all)('convention 16: $tag reflects only what styling needs, and nothing private', ({ element }) => {
  for (const [name, { reflect, type }] of publicProperties(element)) {
    if (!reflect) continue;
    expect([Boolean, String], name).toContain(type);
    expect(name).not.toMatch(/token|header|actor|user|password|secret|ledger|permission/i);
  }
});

test('convention 22: every event goes through emit, and its name is in the map', () => {
  expect(having(/new CustomEvent\(/, (path) => path === 'src/components/events.ts')).toEqual([]);
  const map = read('src/components/events.ts');
  const emitted = code.flatMap(({ text }) =>
    [...text.matchAll(/\bemit\(\s*[\w.]+,\s*['`]([^'`]+)['`]/g)].map(([, name]) => name ?? ''),
  );
  expect(emitted.length).toBeGreaterThan(5);
  expect(emitted.filter((name) => !map.includes(`'${name}': CustomEvent<`))).toEqual([]);
  expect(emitted.filter((name) => !/^lot(-[a-z]+)+$/.test(name))).toEqual([]);
});

test('convention 26: what is heard on the page is told apart by its path, not by its target', () => {
  const outside = /(document|window|ownerDocument\??|defaultView\??)\.addEventListener\(/;
  for (const { path, text } of code) {
    if (!outside.test(text)) continue;
    const looks = /\bevent\.target\b/.test(text) && !/composedPath\(\)/.test(text);
    expect(looks, path).toBe(false);
  }
});

test.each(all)('convention 35: no rem inside the shadow root of $tag', ({ element }) => {
  expect(cssOf(element)).not.toMatch(/\d(\.\d+)?rem\b/);
  expect(having(/\d(\.\d+)?rem\b/)).toEqual([]);
});

/** What `:host` may set; everything else is an inner wrapper's. */
const HOST_ALLOWED = ['display', 'color-scheme', 'contain', 'min-inline-size', 'position'];

test.each(all)('convention 36: :host of $tag sets its display and little else', ({ element }) => {
  const own = rulesOf(cssOf(element)).filter(
    ({ selector }) => /:host\b/.test(selector) && isHostItself(selector),
  );
  const names = own.flatMap(({ declarations }) => declarations.map(([name]) => name));
  expect([...new Set(names)].filter((name) => !HOST_ALLOWED.includes(name))).toEqual([]);
  expect(names).toContain('display');
});

/** Whether a selector ends at the host, and does not go on to something inside. */
const isHostItself = (selector: string): boolean =>
  selector.split(',').some((part) => /^\s*:host(\([^)]*(\([^)]*\))?[^)]*\))?\s*$/.test(part));

test.each(all)(
  'convention 37: a hidden $tag is not displayed, whatever else its host says',
  ({ element }) => {
    const hidden = rulesOf(cssOf(element)).find(({ selector }) => selector.trim() === ':host([hidden])');
    expect(hidden?.declarations).toContainEqual(['display', 'none !important']);
  },
);

test.each(all)('convention 38: private custom properties of $tag stay on the inner side', ({ element }) => {
  const set = rulesOf(cssOf(element)).flatMap(({ selector, declarations }) =>
    declarations.filter(([name]) => name.startsWith('--')).map(([name]) => ({ selector, name })),
  );
  expect(set.filter(({ name }) => !name.startsWith('--_'))).toEqual([]);
  expect(set.filter(({ selector }) => isHostItself(selector))).toEqual([]);
});

test.each(all)('convention 40: no colour of $tag is on its way while words stand on it', ({ element }) => {
  const transitions = rulesOf(cssOf(element)).flatMap(({ selector, declarations }) =>
    declarations
      .filter(([name, value]) => name.startsWith('transition') && !/^(none|transform)\b/.test(value))
      .map(([name, value]) => `${selector} { ${name}: ${value} }`),
  );
  expect(transitions).toEqual([]);
});

const PHYSICAL =
  /^((margin|padding|border)-(left|right|top|bottom)\b.*|left|right|top|bottom|(min-|max-)?(width|height)|border-(top|bottom)-(left|right)-radius)$/;

/** Physical in their nature: on a screen left and right are so in every language. */
const physical = ({ selector, declarations }: CssRule): string[] =>
  declarations.filter(([name]) => PHYSICAL.test(name)).map(([name]) => `${selector} { ${name} }`);

test.each(all)('convention 42: styles of $tag know start and end, not left and right', ({ element }) => {
  const rules = rulesOf(cssOf(element));
  expect(rules.flatMap(physical)).toEqual([]);
  const sided = rules.filter(({ declarations }) =>
    declarations.some(([name, value]) => /^(text-align|float|clear)$/.test(name) && /left|right/.test(value)),
  );
  // a rule that says which direction it is for, or sets one, knows which side it means
  const meant = ({ selector, declarations }: CssRule): boolean =>
    selector.includes("[dir='") || declarations.some(([name]) => name === 'direction');
  expect(sided.filter((rule) => !meant(rule))).toEqual([]);
});

test('convention 43: no style attribute in a template', () => {
  expect(having(/\sstyle=["'$]|\bstyleMap\(|setAttribute\(\s*'style'/)).toEqual([]);
});

test.each(all)('convention 44: $tag asks its container how wide it is, not the window', ({ element }) => {
  const media = [...cssOf(element).matchAll(/@media\s*([^{]+)\{/g)].map(([, query = '']) => query);
  expect(media.filter((query) => /width|height|orientation/.test(query))).toEqual([]);
});

test('convention 53: no text that somebody reads stands in a template', () => {
  expect(code.flatMap(({ path, text }) => literalTexts(text).map((found) => `${path}: ${found}`))).toEqual(
    [],
  );
});

test('convention 53: the scan finds words, names and hints, and passes signs and code', () => {
  // a hole is written with another sign here, since these are no templates
  const scan = (source: string): string[] => literalTexts(source.replaceAll('§', '$'));
  const found = scan('html`<p title="Save it">Hello §{name}<b>·</b></p><input placeholder=§{x}>`');
  expect(found).toEqual(['Save it', 'Hello']);
  expect(scan('html`<div class="row">§{t("x")} – <kbd>/</kbd></div>`')).toEqual([]);
});
