/**
 * What editors and frameworks read, made from the manifest: completion data for VS Code and JetBrains, and
 * types for JSX (React 19), Vue and Svelte templates. Each is a plain text; the build writes them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/run.mjs';
import { elementsOf } from './manifest.mjs';

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The values of a type that is a choice of texts: `'compact' | 'regular'`. */
const choices = (type = '') =>
  [...type.matchAll(/'([^']+)'/g)].map(([, value]) => ({ name: value })).filter(() => /^['|\s]/.test(type));

/** Fields a host sets: not methods, not what only reads. */
const settable = (element) => element.members.filter(({ kind, readonly }) => kind === 'field' && !readonly);

/** Completion of tags and attributes in HTML: VS Code's custom data, version 1.1. */
export function vscodeData(manifest) {
  const tags = elementsOf(manifest).map((element) => ({
    name: element.tagName,
    description: element.description,
    attributes: element.attributes.map(({ name: attribute, description, type }) => ({
      name: attribute,
      description,
      ...(type.text === 'boolean' ? { valueSet: 'v' } : {}),
      ...(choices(type.text).length > 0 ? { values: choices(type.text) } : {}),
    })),
  }));
  return json({ version: 1.1, tags });
}

/** The same for JetBrains editors, with properties and events: web-types. */
export function webTypes(manifest) {
  const elements = elementsOf(manifest).map((element) => ({
    name: element.tagName,
    description: element.description,
    attributes: element.attributes.map(({ name: attribute, description, type }) => ({
      name: attribute,
      description,
      value: { type: type.text },
    })),
    slots: element.slots.map(({ name: slot, description }) => ({ name: slot, description })),
    js: {
      properties: settable(element).map(({ name: property, description, type }) => ({
        name: property,
        description,
        value: { type: type.text },
      })),
      events: element.events.map(({ name: event, description }) => ({ name: event, description })),
    },
    css: {
      parts: element.cssParts.map(({ name: part, description }) => ({ name: part, description })),
      properties: element.cssProperties.map(({ name: property, description }) => ({
        name: property,
        description,
      })),
    },
  }));
  return json({
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: { html: { elements } },
  });
}

const comment = (text, indent) => (text ? `${indent}/** ${text.replaceAll('*/', '* /')} */\n` : '');

/** `lot-open` is `onLotOpen` to Vue. */
const pascal = (text) => text.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());

/** The props of one element as lines of an interface: fields, attributes of other names, then events. */
function props(element, eventNames) {
  const lines = settable(element).map(
    ({ name: property, description }) =>
      `${comment(description, '    ')}    ${property}?: ${element.name}['${property}'] | undefined;\n`,
  );
  const own = new Set(settable(element).map(({ name: property }) => property));
  for (const { name: attribute, fieldName, description } of element.attributes) {
    if (own.has(attribute)) continue;
    lines.push(
      `${comment(description, '    ')}    '${attribute}'?: ${element.name}['${fieldName}'] | undefined;\n`,
    );
  }
  for (const { name: event, description } of element.events) {
    for (const prop of eventNames(event)) {
      const type = `((event: LotEventMap['${event}']) => void) | undefined`;
      lines.push(`${comment(description, '    ')}    ${prop}?: ${type};\n`);
    }
  }
  return lines.join('');
}

const head = (what, manifest) => {
  const names = elementsOf(manifest).map((element) => element.name);
  const lines = elementsOf(manifest).map((element) => {
    const { module } = manifest.modules
      .map(({ path, declarations: [{ name: className }] }) => ({ className, module: path }))
      .find(({ className }) => className === element.name);
    return `import type { ${element.name} } from '${module.replace(/^dist\//, '../')}';`;
  });
  return `/** ${what} Made from custom-elements.json; ${names.length} elements. */
${lines.join('\n')}
import type { LotEventMap } from '../components/events.js';
`;
};

const propsOf = (manifest, eventNames) =>
  elementsOf(manifest)
    .map((element) => `  interface ${element.name}Props {\n${props(element, eventNames)}  }\n`)
    .join('');

const entries = (manifest, indent, type) =>
  elementsOf(manifest)
    .map(
      (element) =>
        `${comment(element.description, indent)}${indent}'${element.tagName}': ${type(element)};\n`,
    )
    .join('');

/** Types of the tags in JSX. React 19 sets properties, and hears `onlot-open` as the event `lot-open`. */
export function reactTypes(manifest) {
  return `${head('The elements in JSX, for React 19.', manifest)}import type { DetailedHTMLProps, HTMLAttributes } from 'react';

declare namespace Lot {
${propsOf(manifest, (event) => [`'on${event}'`])}}

type Tag<E extends HTMLElement, P> = DetailedHTMLProps<Omit<HTMLAttributes<E>, keyof P>, E> & P;

/** Props of every element by its tag. */
export interface LotElements {
${entries(manifest, '  ', ({ name: className }) => `Tag<${className}, Lot.${className}Props>`)}}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends LotElements {}
  }
}
`;
}

/** Types of the tags in Vue's templates: `:ledger="…" @lot-open="…"`. */
export function vueTypes(manifest) {
  return `${head('The elements in templates of Vue 3.', manifest)}import type { HTMLAttributes } from 'vue';

declare namespace Lot {
${propsOf(manifest, (event) => [`on${pascal(event)}`])}}

type Tag<P> = new () => { $props: P & Omit<HTMLAttributes, keyof P> };

/** The elements as components by their tags. */
export interface LotElements {
${entries(manifest, '  ', ({ name: className }) => `Tag<Lot.${className}Props>`)}}

declare module 'vue' {
  interface GlobalComponents extends LotElements {}
}
`;
}

/** Types of the tags in Svelte: `on:lot-open` of Svelte 4, `onlot-open` of Svelte 5. */
export function svelteTypes(manifest) {
  return `${head('The elements in templates of Svelte.', manifest)}
declare namespace Lot {
${propsOf(manifest, (event) => [`'on${event}'`, `'on:${event}'`])}}

/** What any tag takes besides. */
type Tag<P> = P & { [name: string]: unknown };

/** Props of every element by its tag. */
export interface LotElements {
${entries(manifest, '  ', ({ name: className }) => `Tag<Lot.${className}Props>`)}}

declare global {
  namespace svelteHTML {
    interface IntrinsicElements extends LotElements {}
  }
}
`;
}

/**
 * Every file made from the manifest, by its path in `dist/`.
 * @param {object} manifest
 * @returns {Record<string, string>}
 */
export function typings(manifest) {
  return {
    'custom-elements.json': json(manifest),
    'vscode.html-custom-data.json': vscodeData(manifest),
    'web-types.json': webTypes(manifest),
    'typings/react.d.ts': reactTypes(manifest),
    'typings/vue.d.ts': vueTypes(manifest),
    'typings/svelte.d.ts': svelteTypes(manifest),
  };
}
