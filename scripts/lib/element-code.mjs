/**
 * What the code of an element holds, whatever its comments say: the parts and slots of its templates, the
 * events it sends, the states it sets and the tokens it reads, gathered from its module and all it imports.
 * The manifest describes exactly this, and a test fails where a comment and the code disagree.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const visit = (node, fn) => {
  fn(node);
  node.forEachChild((child) => visit(child, fn));
};

/** Names in the value of an attribute of a template: its words, and every text inside its expressions. */
function namesIn(value, ts) {
  const names = [];
  const words = (text) => names.push(...text.split(/\s+/).filter((word) => word !== ''));
  for (const piece of value.split(/(\$\{(?:[^{}]|\{[^{}]*\})*\})/)) {
    if (!piece.startsWith('${')) words(piece);
    else {
      const inner = ts.createSourceFile('x.ts', `(${piece.slice(2, -1)})`, ts.ScriptTarget.ES2022, true);
      visit(inner, (node) => {
        // `row-${edge}` is `row-*`
        if (ts.isTemplateExpression(node) && node.head.text !== '') words(`${node.head.text}*`);
        const compared = ts.isBinaryExpression(node.parent ?? node);
        if (ts.isStringLiteral(node) && !compared) words(node.text);
      });
    }
  }
  return names;
}

/** `<slot>` is '', `<slot name="tab-${id}">` is `tab-*`. */
const slotName = (attributes) =>
  (/\bname="?((?:\$\{[^}]*\}|[^">\s])*)/.exec(attributes)?.[1] ?? '').replace(/\$\{[^}]*\}/g, '*');

/** Stands for the events that HTML has itself, among the names of ours. */
export const NATIVE = 'native';

const PART = /\bpart=(?:"((?:\$\{(?:[^{}]|\{[^{}]*\})*\}|[^"$])*)"|(\$\{(?:[^{}]|\{[^{}]*\})*\}))/g;
const SLOT = /<slot\b((?:\$\{[^}]*\}|[^>$])*)>/g;
const TOKEN = /var\(\s*(--lot-[a-z-]+)/g;

/** What one statement holds, and the names it mentions. */
function factsOf(node, source, eventNames, ts) {
  const text = node.getText(source);
  const facts = { parts: [], slots: [], events: [], states: [], tokens: [], names: new Set() };
  for (const [, quoted, bare] of text.matchAll(PART)) facts.parts.push(...namesIn(quoted ?? bare ?? '', ts));
  for (const [, attributes] of text.matchAll(SLOT)) facts.slots.push(slotName(attributes));
  for (const [, name] of text.matchAll(TOKEN)) facts.tokens.push(name);
  visit(node, (one) => {
    if (ts.isIdentifier(one)) facts.names.add(one.text);
    if (!ts.isCallExpression(one)) return;
    const callee = one.expression.getText(source);
    const [first] = one.arguments;
    const said = first && ts.isStringLiteral(first) ? first.text : undefined;
    if (said !== undefined && /(^|\.)mark$/.test(callee)) facts.states.push(said);
    if (said !== undefined && /[pP]art\.(add|toggle)$/.test(callee)) facts.parts.push(said);
    if (callee === 'this.dispatchEvent') facts.events.push(NATIVE);
    if (!/(^|\.)#?(emit|dispatch|tellHost)$/.test(callee)) return;
    for (const argument of one.arguments.slice(0, 2)) {
      visit(argument, (inner) => {
        if (ts.isStringLiteral(inner) && eventNames.has(inner.text)) facts.events.push(inner.text);
      });
    }
  });
  return facts;
}

/** Names that a top-level statement declares; '*' for one that only runs. */
function declaredBy(node, ts) {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map((one) => one.name.getText());
  return node.name ? [node.name.text] : ['*'];
}

/** Where names of a module come from: local name → module and the name there ('*' = all of it). */
function linksOf(source, ts) {
  const links = new Map();
  for (const node of source.statements) {
    const imported = ts.isImportDeclaration(node);
    if (!(imported || ts.isExportDeclaration(node)) || !node.moduleSpecifier) continue;
    const clause = imported ? node.importClause : node;
    if (clause?.isTypeOnly) continue;
    const from = node.moduleSpecifier.text;
    const bindings = imported ? clause?.namedBindings : node.exportClause;
    for (const one of bindings?.elements ?? []) {
      if (!one.isTypeOnly) links.set(one.name.text, { from, name: (one.propertyName ?? one.name).text });
    }
    if (bindings?.elements === undefined) links.set(`* ${from}`, { from, name: '*' });
  }
  return links;
}

/**
 * Reads elements' code: what a class holds, and whatever it mentions, statement by statement, so that a part
 * of a helper nobody calls is not counted.
 * @param {string} root folder of the checkout
 * @param {ReadonlySet<string>} eventNames
 * @param {typeof import('typescript')} ts
 * @returns {(file: string, name: string) => Record<'parts' | 'slots' | 'events' | 'states' | 'tokens', string[]>}
 */
export function codeReader(root, eventNames, ts) {
  const known = new Map();
  const read = (file) => {
    if (known.has(file)) return known.get(file);
    const text = readFileSync(join(root, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const module = { links: linksOf(source, ts), declared: new Map() };
    for (const node of source.statements) {
      if (ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) continue;
      if (ts.isTypeAliasDeclaration(node) || ts.isModuleDeclaration(node)) continue;
      const facts = factsOf(node, source, eventNames, ts);
      for (const name of declaredBy(node, ts)) {
        module.declared.set(name, [...(module.declared.get(name) ?? []), facts]);
      }
    }
    known.set(file, module);
    return module;
  };
  const seen = new Map();
  const reach = (file, name, found) => {
    const key = `${file}#${name}`;
    if (found.has(key)) return;
    found.set(key, []);
    const { links, declared } = read(file);
    const names = name === '*' ? [...declared.keys(), ...links.keys()] : [name];
    const follow = (one) => {
      for (const [local, { from, name: there }] of links) {
        const target = join(dirname(file), from);
        if (!from.startsWith('.') || !target.startsWith('src/components/')) continue;
        const passedOn = local.startsWith('* ') && read(target).declared.has(one);
        if (local === one || passedOn) reach(target, there === '*' ? one : there, found);
      }
    };
    for (const one of names) {
      follow(one);
      for (const facts of declared.get(one) ?? []) {
        found.get(key).push(facts);
        for (const mentioned of facts.names) {
          if (declared.has(mentioned)) reach(file, mentioned, found);
          else if (links.has(mentioned)) follow(mentioned);
        }
      }
    }
  };
  return (file, name) => {
    const key = `${file}#${name}`;
    if (!seen.has(key)) {
      const found = new Map();
      reach(file, name, found);
      const facts = [...found.values()].flat();
      const all = (what) => [...new Set(facts.flatMap((one) => one[what]))].sort();
      const kinds = ['parts', 'slots', 'events', 'states', 'tokens'];
      seen.set(key, Object.fromEntries(kinds.map((kind) => [kind, all(kind)])));
    }
    return seen.get(key);
  };
}
