/**
 * The manifest of the elements, `custom-elements.json`: read by the analyzer from doc comments and static
 * properties, then made true to what is published: paths of modules as hosts import them, public members only,
 * events with the types of their details, and the parts, slots, states and tokens that the code holds.
 * Typings and pages are made from it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { codeReader, NATIVE } from './lib/element-code.mjs';
import {
  COMPONENTS,
  classes,
  eventMap,
  published,
  registered,
  tokenWords,
  withoutSpreads,
} from './lib/element-words.mjs';
import { root } from './lib/run.mjs';
import { filesBelow, short } from './lib/stamp.mjs';

export { registered };

/**
 * @typedef {{ name: string, description: string, default?: string }} Named
 * @typedef {Named & { type: { text: string }, bubbles: boolean, cancelable: boolean }} EventEntry
 * @typedef {Named & { fieldName: string, type: { text: string } }} AttributeEntry
 * @typedef {Named & { kind: string, type?: { text: string }, readonly?: boolean, attribute?: string,
 *   reflects?: boolean, parameters?: { name: string, type?: { text: string } }[],
 *   return?: { type: { text: string } }, inheritedFrom?: { name: string, module: string } }} MemberEntry
 * @typedef {{ kind: 'class', name: string, tagName: string, customElement: true, description: string,
 *   superclass?: { name: string, module?: string, package?: string }, attributes: AttributeEntry[],
 *   members: MemberEntry[], events: EventEntry[], slots: Named[], cssParts: Named[], cssStates: Named[],
 *   cssProperties: Named[] }} ElementEntry
 * @typedef {{ kind: string, path: string, declarations: [ElementEntry], exports: object[] }} ModuleEntry
 * @typedef {{ schemaVersion: string, readme: string, modules: ModuleEntry[] }} Manifest
 */

/** What a browser calls, or calls by names of its own, is told by its kind. */
const CALLED_BY_FORMS = /^form[A-Z]\w+Callback$/;
const shown = ({ privacy, name, static: fixed }) =>
  privacy !== 'private' &&
  privacy !== 'protected' &&
  !fixed &&
  !/^#/.test(name) &&
  !CALLED_BY_FORMS.test(name);

/** Members that fields of HTML have too. */
const OF_FIELDS = {
  name: 'Its name in the form.',
  disabled: 'Takes no part in the form, and cannot be changed.',
  required: 'Cannot be left empty.',
  placeholder: 'What stands in the empty field.',
  defaultValue: 'The value it begins with, and has again after a reset.',
  defaultChecked: 'Whether it begins ticked, and is again after a reset.',
  form: 'The form it belongs to.',
  labels: 'The labels that name it.',
  validity: 'What is wrong with its value, as of an input.',
  validationMessage: 'The sentence for what is wrong; empty where nothing is.',
  willValidate: 'Whether its value is looked at.',
  checkValidity: 'Whether its value can be sent.',
  reportValidity: 'The same, and says what is wrong.',
};

/** What fields of a file's classes are set to in constructors, also several in one line. */
const settings = new Map();
function setIn(path) {
  if (!settings.has(path)) {
    const text = readFileSync(join(root, path), 'utf8');
    const lines = text.matchAll(/^ {4}((?:this\.\w+ = )+)(true|false|'[^']*'|[\d.]+);$/gm);
    const pairs = [...lines].flatMap(([, left, value]) =>
      [...left.matchAll(/this\.(\w+)/g)].map(([, name]) => [name, value]),
    );
    settings.set(path, new Map(pairs));
  }
  return settings.get(path);
}

/** The value a field begins with; what a promise or a controller is made with says nothing to a host. */
function defaultOf({ name, type, default: value, inheritedFrom }, path) {
  if (value !== undefined && /^(['"`\d-]|true$|false$|null$|\[\]$|\{\}$)/.test(value)) return value;
  const set = setIn(inheritedFrom?.module.replace(/^\//, '') ?? path).get(name);
  return set ?? (type?.text === 'boolean' ? 'false' : 'undefined');
}

const oneLine = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

/** A description as a sentence. */
const sentence = (text) => {
  const line = oneLine(text).replace(/^[a-z]/, (letter) => letter.toUpperCase());
  return line === '' || /[.!?:]$/.test(line) ? line : `${line}.`;
};

/** Leaves in a member what a reader of the manifest uses. */
function member(entry, path) {
  const { kind, name, type, description, readonly, attribute } = entry;
  const { parameters, return: back, inheritedFrom, reflects } = entry;
  return {
    kind,
    name,
    ...(type ? { type: { text: oneLine(type.text) } } : {}),
    description: oneLine(description) || OF_FIELDS[name] || '',
    ...(kind === 'field' && !readonly ? { default: defaultOf(entry, path) } : {}),
    ...(readonly ? { readonly } : {}),
    ...(attribute ? { attribute } : {}),
    ...(reflects ? { reflects } : {}),
    ...(parameters ? { parameters } : {}),
    ...(kind === 'method' ? { return: back ?? { type: { text: 'void' } } } : {}),
    ...(inheritedFrom
      ? { inheritedFrom: { name: inheritedFrom.name, module: published(inheritedFrom.module) } }
      : {}),
  };
}

/** Descriptions by name that the comments of a class and those it extends give; the nearest wins. */
function saidBy(className, tag, all) {
  const words = new Map();
  for (let one = all.get(className); one !== undefined; one = all.get(one.base)) {
    for (const { name, description } of one.said[tag]) {
      if (description !== '' && !words.has(name)) words.set(name, description);
    }
  }
  return words;
}

function eventsOf(names, className, all, types) {
  const said = saidBy(className, 'fires', all);
  const native = names.includes(NATIVE) ? [...said.keys()].filter((name) => !name.startsWith('lot-')) : [];
  const asHtml = native.map((name) => ({
    name,
    type: { text: 'Event' },
    description: sentence(said.get(name)),
    bubbles: true,
    cancelable: false,
  }));
  const ours = names.filter((name) => name !== NATIVE);
  return asHtml.concat(
    ours.map((name) => ({
      name,
      type: { text: types.get(name).type },
      description: sentence(said.get(name) || types.get(name).description),
      bubbles: !name.endsWith('-change'),
      cancelable: types.get(name).cancelable,
    })),
  );
}

/** Whether a name is one that the code makes as it draws: `row-*` makes `row-warn`, and `*` what is `<id>`. */
const madeBy = (pattern, name) =>
  pattern.endsWith('*') && (pattern === '*' ? name.includes('<') : name.startsWith(pattern.slice(0, -1)));

/** Names as the code has them; those it makes are told by their comments. */
function named(names, said) {
  const made = [...said.keys()].filter((name) => names.some((pattern) => madeBy(pattern, name)));
  const all = new Set([...names.filter((name) => !name.endsWith('*')), ...made]);
  return [...all].sort().map((name) => ({ name, description: sentence(said.get(name)) }));
}

/** Whether the code has what a comment names. */
function has(code, kind, name) {
  if (kind === 'events' && !name.startsWith('lot-')) return code.events.includes(NATIVE);
  // children that are read, not shown
  if (kind === 'slots' && name === '') return true;
  return code[kind].some((one) => one === name || madeBy(one, name));
}

/**
 * The declaration of one element.
 * @returns {ElementEntry}
 */
function declaration(element, doc, { all, types, words, read }) {
  const { tag, className, module } = element;
  const code = read(module, className);
  const described = (names, kind) => named(names, saidBy(className, kind, all));
  const members = doc.members.filter(shown).map((one) => member(one, module));
  const fields = new Map(members.map((one) => [one.name, one]));
  return {
    kind: 'class',
    name: className,
    tagName: tag,
    customElement: true,
    description: oneLine(doc.description),
    superclass: doc.superclass && {
      name: doc.superclass.name,
      ...(doc.superclass.package
        ? { package: doc.superclass.package }
        : { module: published(doc.superclass.module ?? '') }),
    },
    attributes: doc.members
      .filter((one) => shown(one) && one.attribute !== undefined)
      .map(({ attribute, name }) => {
        const { type, description, default: value } = fields.get(name);
        return { name: attribute, fieldName: name, type, description, default: value };
      }),
    members,
    events: eventsOf(code.events, className, all, types),
    slots: described(code.slots, 'slot'),
    cssParts: described(code.parts, 'csspart'),
    cssStates: described(code.states, 'cssstate'),
    // an element that reads one token has the styles that read every colour, by names made when they load
    cssProperties: (code.tokens.length > 0 ? [...new Set([...words.keys(), ...code.tokens])].sort() : []).map(
      (name) => ({
        name,
        description: sentence(words.get(name)?.description),
        ...(words.get(name)?.default ? { default: words.get(name).default } : {}),
      }),
    ),
  };
}

/**
 * The manifest of the sources as they are.
 * @returns {Manifest} a package of schema 1.0.0: https://github.com/webcomponents/custom-elements-manifest
 */
export function makeManifest() {
  const paths = filesBelow(join(root, COMPONENTS))
    .map(short)
    .filter((path) => path.endsWith('.ts'));
  const raw = create({ modules: paths.map(withoutSpreads), plugins: litPlugin() });
  const types = eventMap();
  const all = classes(paths);
  const words = tokenWords();
  const read = codeReader(root, new Set(types.keys()), ts);
  const modules = registered().map((element) => {
    const path = element.module;
    const doc = raw.modules
      .find((one) => one.path === path)
      ?.declarations.find(({ name }) => name === element.className);
    if (doc === undefined) throw new Error(`The manifest finds no class ${element.className} in ${path}.`);
    const js = { name: element.className, module: published(path) };
    return {
      kind: 'javascript-module',
      path: published(path),
      declarations: [declaration(element, doc, { all, types, words, read })],
      exports: [
        { kind: 'js', name: element.className, declaration: js },
        { kind: 'custom-element-definition', name: element.tag, declaration: js },
      ],
    };
  });
  return { schemaVersion: '1.0.0', readme: '', modules };
}

/**
 * The elements of a manifest.
 * @param {Manifest} manifest
 * @returns {ElementEntry[]}
 */
export const elementsOf = (manifest) => manifest.modules.map(({ declarations: [element] }) => element);

/**
 * What the comments of the elements say of what the code does not hold: parts, slots, states and events that
 * a class names itself and its code lacks.
 * @returns {string[]} one sentence each
 */
export function saidTooMuch() {
  const paths = filesBelow(join(root, COMPONENTS))
    .map(short)
    .filter((path) => path.endsWith('.ts'));
  const types = eventMap();
  const all = classes(paths);
  const read = codeReader(root, new Set(types.keys()), ts);
  const kinds = { csspart: 'parts', slot: 'slots', cssstate: 'states', fires: 'events' };
  return registered().flatMap(({ tag, className, module }) => {
    const code = read(module, className);
    return Object.entries(kinds).flatMap(([kind, list]) =>
      (all.get(className)?.said[kind] ?? [])
        .filter(({ name }) => !has(code, list, name))
        .map(({ name }) => `<${tag}> has no ${kind} "${name}"`),
    );
  });
}
