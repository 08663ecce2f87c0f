/**
 * What the sources say of the elements in words: the comments of classes, events and tokens, and which
 * elements are registered. The manifest is made from it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from '@custom-elements-manifest/analyzer';
import { root } from './run.mjs';

/** Where the elements are. */
export const COMPONENTS = 'src/components';

/** A file as a tree. */
export const parse = (path) =>
  ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ES2022, true);

/** As the analyzer reads it, which takes the options of a property one by one and knows no spread among them. */
export function withoutSpreads(path) {
  const text = readFileSync(join(root, path), 'utf8').replace(
    /static override properties[^=]*= \{[\s\S]*?\n {2}\};/g,
    (block) => block.replace(/, \.\.\.\w+(?= \})/g, ''),
  );
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** `src/components/elements/x.ts` is published as `dist/components/elements/x.js`. */
export const published = (path) => path.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');

/** The comment in front of a node as one line, without its tags. */
function commentOf(node) {
  const [doc] = node.jsDoc?.slice(-1) ?? [];
  const text = typeof doc?.comment === 'string' ? doc.comment : ts.getTextOfJSDocComment(doc?.comment);
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** Tags `@name value - description` of the comment in front of a node. */
function tagsOf(node, name) {
  const tags = (node.jsDoc ?? []).flatMap((doc) => [...(doc.tags ?? [])]);
  return tags
    .filter((tag) => tag.tagName.text === name)
    .flatMap((tag) => {
      const text = (ts.getTextOfJSDocComment(tag.comment) ?? '').replace(/\s+/g, ' ').trim();
      const [, value = '', description = ''] = /^(\S*)(?:\s*(?:-|–)\s*(.*))?$/s.exec(text) ?? [];
      // several names in one line, described where they come from
      if (description === '' && /^\S+ \S/.test(text) && !text.startsWith('- ')) {
        return text.split(' ').map((one) => ({ name: one, description: '' }));
      }
      return value === '-' || text.startsWith('- ')
        ? { name: '', description: text.replace(/^-\s*/, '') }
        : { name: value || text, description };
    });
}

/** Every event with the type of its detail, from the typed event map, and whether it can be prevented. */
export function eventMap() {
  const found = new Map();
  const source = readFileSync(join(root, COMPONENTS, 'events.ts'), 'utf8');
  const [, list = ''] = /const (?:cancelable|requests)\b[^[]*\[([^\]]*)\]/.exec(source) ?? [];
  const preventable = new Set([...list.matchAll(/'([^']+)'/g)].map(([, name]) => name));
  const read = (node) => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === 'LotEventMap') {
      for (const member of node.members) {
        const name = member.name.text;
        const type = member.type.getText();
        found.set(name, { type, description: commentOf(member), cancelable: preventable.has(name) });
      }
    }
  };
  parse(`${COMPONENTS}/events.ts`).forEachChild(read);
  return found;
}

/** Classes of all files, with what their comments say of parts, slots, states and events. */
export function classes(paths) {
  const found = new Map();
  for (const path of paths) {
    parse(path).forEachChild((node) => {
      if (!ts.isClassDeclaration(node) || node.name === undefined) return;
      const heritage = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
      const said = Object.fromEntries(
        ['csspart', 'slot', 'cssstate', 'fires', 'cssprop'].map((tag) => [tag, tagsOf(node, tag)]),
      );
      found.set(node.name.text, { path, base: heritage?.types[0].expression.getText(), said });
    });
  }
  return found;
}

/** The public tokens: colours by the comments on their record, the rest by `@cssprop` on `tokens`. */
export function tokenWords() {
  const words = new Map();
  parse(`${COMPONENTS}/themes/tokens.ts`).forEachChild((node) => {
    if (!ts.isVariableStatement(node)) return;
    for (const { name, description } of tagsOf(node, 'cssprop')) words.set(name, { description });
    const [{ initializer, name }] = node.declarationList.declarations;
    if (name.getText() !== 'colours') return;
    for (const property of initializer.properties) {
      const [light, dark] = property.initializer.elements.map(({ text }) => text);
      const value = `light-dark(${light}, ${dark})`;
      words.set(`--lot-${property.name.text}`, { description: commentOf(property), default: value });
    }
  });
  return words;
}

/**
 * Tag, class and module of every element that is registered, from `define/`.
 * @returns {{ tag: string, className: string, module: string, define: string }[]}
 */
export function registered() {
  return readdirSync(join(root, COMPONENTS, 'define'))
    .filter((name) => name.endsWith('.ts') && !['index.ts', 'define-element.ts'].includes(name))
    .flatMap((name) => {
      const text = readFileSync(join(root, COMPONENTS, 'define', name), 'utf8');
      const [, tag, className] = /defineElement\(\s*'([^']+)',\s*(\w+)/.exec(text) ?? [];
      const from = new RegExp(`import \\{ ${className} \\} from '\\.\\./([^']+)'`).exec(text)?.[1];
      return from ? [{ tag, className, module: `${COMPONENTS}/${from}`, define: `define/${name}` }] : [];
    })
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
}
