/**
 * The pages of the elements, `docs/elements/`: what is written by hand (`_parts/`) around tables made from the
 * manifest, so that what a page says of an element's API is what the element has. A test holds the pages to
 * the manifest; `npm run docs` writes them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, root } from './lib/run.mjs';
import { asScript } from './setup.mjs';

const FOLDER = 'docs/elements';

const cell = (text = '') => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
const code = (text) => (text ? `\`${text.replaceAll('`', '')}\`` : '');

/** A table with its heading, or nothing where there are no rows. */
function table(title, heads, rows) {
  if (rows.length === 0) return '';
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [`### ${title}`, '', line(heads), line(heads.map(() => '---')), ...rows.map(line), '', ''].join(
    '\n',
  );
}

const named = (list) => list.map(({ name, description }) => [code(name) || 'default', description]);

/** A type as a reader needs it: that it may be absent goes without saying. */
const typeOf = (type) => code((type?.text ?? '').replace(/ \| undefined$/, ''));

const defaultOf = (value) => (value === undefined || value === 'undefined' ? '' : code(value));

function call({ name, parameters = [] }) {
  return code(`${name}(${parameters.map((one) => one.name.replace(/^_/, '')).join(', ')})`);
}

/** The tables of one element. */
export function apiOf(element) {
  const fields = element.members.filter(({ kind }) => kind === 'field');
  const methods = element.members.filter(({ kind }) => kind === 'method');
  const colours = element.cssProperties.filter((one) => one.default?.startsWith('light-dark'));
  const sizes = element.cssProperties.filter((one) => !colours.includes(one));
  return [
    table(
      'Attributes and properties',
      ['property', 'attribute', 'type', 'default', ''],
      fields
        .filter(({ readonly }) => !readonly)
        .map((field) => [
          code(field.name),
          code(field.attribute),
          typeOf(field.type),
          defaultOf(field.default),
          field.description,
        ]),
    ),
    table(
      'To read',
      ['property', 'type', ''],
      fields
        .filter(({ readonly }) => readonly)
        .map(({ name, type, description }) => [code(name), typeOf(type), description]),
    ),
    table(
      'Methods',
      ['method', 'gives', ''],
      methods.map((one) => [call(one), code(one.return?.type?.text), one.description]),
    ),
    table(
      'Events',
      ['event', 'detail', 'can be prevented', 'bubbles', ''],
      element.events.map(({ name, type, cancelable, bubbles, description }) => [
        code(name),
        code(/^CustomEvent<(.*)>$/s.exec(type.text)?.[1]),
        cancelable ? 'yes' : '',
        bubbles ? 'yes' : '',
        description,
      ]),
    ),
    table('Slots', ['slot', ''], named(element.slots)),
    table('Parts', ['`::part()`', ''], named(element.cssParts)),
    table('States', ['`:state()`', ''], named(element.cssStates)),
    table('Sizes and shapes', ['token', ''], named(sizes)),
    table(
      'Colours',
      ['token', 'default', ''],
      colours.map((one) => [code(one.name), code(one.default), one.description]),
    ),
  ].join('');
}

/** How the tag is written in the frameworks, from the first event that can be heard. */
function snippets({ tagName, name, events }) {
  const [event] = events.filter(({ bubbles }) => bubbles).map((one) => one.name);
  const inside = tagName === 'lot-ledger';
  const vue = inside ? ':ledger="ledger"' : ':ledger="ledger" density="compact"';
  const react = inside ? 'ledger={ledger}' : 'ledger={ledger} density="compact"';
  return `## In a framework

\`\`\`js
import 'lotledger/define/${tagName}';

const element = document.querySelector('${tagName}');
element.ledger = ledger;
element.addEventListener('${event}', ({ detail }) => console.log(detail));
\`\`\`

\`\`\`html
<!-- Vue -->
<${tagName} ${vue} @${event}="heard"></${tagName}>
\`\`\`

\`\`\`jsx
// React 19; types by \`import type {} from 'lotledger/react'\`
<${tagName} ${react} on${event}={heard} />
\`\`\`

\`${name}\` is the class, without registration: \`import { ${name} } from 'lotledger/components'\`.

`;
}

/** Sections written by hand, by their titles. */
function handwritten(tag) {
  const file = join(root, FOLDER, '_parts', `${tag}.md`);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [title = '', ...lines] = section.split('\n');
        return [title.trim(), lines.join('\n').trim()];
      }),
  );
}

/** What every page has by hand. */
export const wanted = ['Usage', 'Keyboard', 'Accessibility', 'Common mistakes'];

function page(element) {
  const hand = handwritten(element.tagName);
  const section = (title) => (hand.get(title) ? `## ${title}\n\n${hand.get(title)}\n\n` : '');
  const text = `<!-- Made by \`npm run docs\`; what is written by hand is in _parts/. -->
# \`<${element.tagName}>\`

${element.description}

${section('Usage')}## API

${apiOf(element)}${snippets(element)}${wanted.slice(1).map(section).join('')}`;
  return `${text.trimEnd()}\n`;
}

function index(elements) {
  const rows = elements.map(
    ({ tagName, description }) => `| [\`<${tagName}>\`](${tagName}.md) | ${cell(description)} |`,
  );
  return `<!-- Made by \`npm run docs\`. -->
# The elements

How to put them in a page: [Put it in your portal](../guides/embedding.md). Every element has \`for\`, \`locale\`,
\`density\`, \`readonly\`, \`ledger\`, \`labels\`, \`extensions\`, \`ready\`, \`settled\` and \`refresh()\`.

| element | |
| --- | --- |
${rows.join('\n')}
`;
}

/**
 * Every page by its path from the root.
 * @param {import('./manifest.mjs').ElementEntry[]} elements
 * @returns {Record<string, string>}
 */
export function pagesOf(elements) {
  const shown = elements.filter(({ tagName }) => !tagName.startsWith('lot-ui-'));
  return {
    [`${FOLDER}/README.md`]: index(shown),
    ...Object.fromEntries(shown.map((element) => [`${FOLDER}/${element.tagName}.md`, page(element)])),
  };
}

if (isMain(import.meta)) {
  await asScript(async () => {
    const { elementsOf, makeManifest } = await import('./manifest.mjs');
    mkdirSync(join(root, FOLDER), { recursive: true });
    const pages = Object.entries(pagesOf(elementsOf(makeManifest())));
    for (const [path, text] of pages) writeFileSync(join(root, path), text);
    console.log(`${pages.length} pages in ${FOLDER}/`);
    const { FILE, writeViewSchemas } = await import('./view-schemas.mjs');
    await writeViewSchemas();
    console.log(FILE);
  });
}
