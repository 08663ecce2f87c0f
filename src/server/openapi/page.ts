/**
 * The description of a server as a page to be read: operations by what they are about, the types they take and
 * answer, the codes of what may go wrong. One page of plain HTML, so that the browser's own search finds
 * everything; without script, style attributes or anything from elsewhere.
 */
import type { ErrorCode } from '../../core/index.ts';
import type { OpenApi, Operation } from './document.ts';
import { bodyOf, curlOf, parameterOf } from './examples.ts';
import { type Html, html, sentence } from './html.ts';
import { type JsonSchema, membersOf, requiredOf } from './json-schema.ts';
import { codesByStatus, statusWords } from './responses.ts';

const nameIn = ($ref: unknown): string => String($ref).split('/').at(-1) ?? '';

/** The types that have a section of their own: not the many forms of one command, question or problem. */
const isShown = (name: string): boolean => !/(Arguments|Command|Question|^Problem\d+|^ErrorCode)$/.test(name);

const link = (name: string): Html =>
  isShown(name) ? html`<a href="#type-${name}">${name}</a>` : html`${name}`;

const joined = (pieces: readonly Html[], between: string): Html =>
  html`${pieces.map((piece, i) => (i === 0 ? piece : html`${between}${piece}`))}`;

/** A type in a few words. */
function typeOf(schema: JsonSchema): Html {
  const { $ref, const: only, enum: words, anyOf, allOf, type, items, format } = schema;
  if ($ref !== undefined) return link(nameIn($ref));
  if (only !== undefined) return html`<code>${JSON.stringify(only)}</code>`;
  if (Array.isArray(words))
    return joined(
      words.map((word) => html`<code>${String(word)}</code>`),
      ' · ',
    );
  const several = anyOf ?? allOf;
  if (Array.isArray(several)) return joined((several as JsonSchema[]).map(typeOf), anyOf ? ' or ' : ' and ');
  if (type === 'array') return html`list of ${typeOf((items ?? {}) as JsonSchema)}`;
  if (type === 'object') {
    const names = Object.keys(membersOf(schema));
    return names.length === 0 ? html`object` : html`{ ${names.join(', ')} }`;
  }
  if (Array.isArray(type)) return html`${type.join(' or ')}`;
  return html`${typeof format === 'string' ? format : String(type ?? 'anything')}`;
}

const limits = ({ minimum, maximum, maxLength, pattern, maxItems }: JsonSchema): string =>
  [
    minimum !== undefined && maximum !== undefined && Number(maximum) < 2 ** 53 - 1
      ? `${minimum} to ${maximum}`
      : '',
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    maxItems === undefined ? '' : `at most ${maxItems}`,
    pattern === '\\S' ? 'not blank' : '',
  ]
    .filter((each) => each !== '')
    .join(', ');

const described = (schema: JsonSchema, also = ''): Html => {
  const said = [also, schema.description].filter((each) => each).map(String);
  const bounds = limits(schema);
  return html`${joined(said.map(sentence), ' ')}${bounds && html` <span class="mark">${bounds}</span>`}`;
};

function row(name: string, schema: JsonSchema, mark: string, also?: string): Html {
  return html`<tr><td><code>${name}</code>${mark && html` <span class="mark">${mark}</span>`}</td><td>${typeOf(schema)}</td><td>${described(schema, also)}</td></tr>`;
}

const table = (caption: string, rows: readonly Html[]): Html | undefined =>
  rows.length > 0
    ? html`<table><caption>${caption}</caption><thead><tr><th>Name</th><th>Type</th><th></th></tr></thead><tbody>${rows}</tbody></table>`
    : undefined;

/** Filters by name take much room: their names alone, with the comparisons each has. */
function filtersOf(parameters: readonly JsonSchema[]): Html | undefined {
  const names = parameters.map(({ name }) => String(name));
  const plain = names.filter((name) => !/\.(like|from|to|isNull)$/.test(name));
  if (plain.length === 0) return undefined;
  const each = plain.map((name) => {
    const more = names
      .filter((other) => other.startsWith(`${name}.`))
      .map((other) => other.slice(name.length));
    return html`<li><code>${name}</code>${more.length > 0 && html` <span class="mark">${more.join(' ')}</span>`}</li>`;
  });
  return html`<div class="filters"><p>Filters</p><ul>${each}</ul></div>`;
}

function parametersOf(document: OpenApi, operation: Operation): Html {
  const all = (operation.parameters ?? []) as JsonSchema[];
  const isFilter = ({ $ref }: JsonSchema): boolean => nameIn($ref ?? '').includes('.');
  const own = all.filter((each) => !isFilter(each)).map((each) => parameterOf(document, each));
  const rows = own.map((each) => {
    const {
      name,
      in: where,
      schema,
      content,
      description,
      required,
    } = each as JsonSchema & {
      schema?: JsonSchema;
      content?: Record<string, { schema: JsonSchema }>;
    };
    const type = schema ?? content?.['application/json']?.schema ?? {};
    const mark = [where === 'query' ? '' : String(where), required ? 'required' : '']
      .filter(Boolean)
      .join(', ');
    return row(String(name), type, mark, String(description ?? ''));
  });
  const filters = all.filter(isFilter).map((each) => parameterOf(document, each));
  return html`${table('Parameters', rows)}${filtersOf(filters)}`;
}

function answersOf(operation: Operation): Html {
  const responses = operation.responses as Record<
    string,
    JsonSchema & { content?: Record<string, JsonSchema> }
  >;
  const good = Object.entries(responses).filter(([status]) => Number(status) < 300);
  const bad = Object.keys(responses).filter((status) => Number(status) >= 400);
  return html`<dl>${good.map(
    ([status, { content = {} }]) =>
      html`<dt>${status}</dt><dd>${joined(
        Object.entries(content).map(([media, { schema }]) =>
          media === 'application/json' ? typeOf(schema as JsonSchema) : html`${media}`,
        ),
        ' or ',
      )}${Object.keys(content).length === 0 && 'nothing'}</dd>`,
  )}${
    bad.length > 0 &&
    html`<dt>else</dt><dd>${joined(
      bad.map((status) => html`<a href="#status-${status}">${status}</a>`),
      ' ',
    )}</dd>`
  }</dl>`;
}

function operationOf(document: OpenApi, path: string, method: string, operation: Operation): Html {
  const body = bodyOf(operation);
  return html`<article id="${operation.operationId}"><h3><a href="#${operation.operationId}"><span class="method">${method.toUpperCase()}</span> <code>${path}</code></a></h3><p>${sentence(operation.summary)}</p>${parametersOf(document, operation)}${body && html`<dl><dt>body</dt><dd>${typeOf(body)}</dd></dl>`}${answersOf(operation)}<pre><code>${curlOf(document, path, method, operation)}</code></pre></article>`;
}

function section(document: OpenApi, { name, description }: OpenApi['tags'][number]): Html {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(name))
      .map(([method, operation]) => operationOf(document, path, method, operation)),
  );
  return html`<section id="tag-${name}"><h2>${name}</h2><p>${sentence(description)}</p>${operations}</section>`;
}

function typeSection(name: string, schema: JsonSchema): Html {
  const required = requiredOf(schema);
  const members = Object.entries(membersOf(schema)).map(([member, type]) =>
    row(member, type, required.includes(member) ? 'required' : ''),
  );
  const whole = members.length === 0 && html`<p>${typeOf(schema)}</p>`;
  return html`<article id="type-${name}"><h3><a href="#type-${name}">${name}</a></h3>${schema.description !== undefined && html`<p>${sentence(String(schema.description))}</p>`}${whole}${table('Members', members)}</article>`;
}

function codesSection(pages: string): Html {
  const codeLink = (code: ErrorCode): Html =>
    html`<li><a href="${pages}${code}"><code>${code}</code></a></li>`;
  const each = Object.entries(statusWords).map(
    ([status, words]) =>
      html`<article id="status-${status}"><h3>${status}</h3><p>${sentence(words)}</p><ul class="codes">${(codesByStatus.get(Number(status)) ?? []).map(codeLink)}</ul></article>`,
  );
  return html`<section id="codes"><h2>What may go wrong</h2><p>${sentence('A problem is `application/problem+json`, see ')}${link('ProblemBody')}. A code keeps its meaning; <code>retry</code> says whether to send the command again: never, under the same id, or under a new one.</p>${each}</section>`;
}

/** A whole page. */
export const pageOf = (title: string, style: string, content: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="stylesheet" href="${style}"></head><body>${content}</body></html>
`.text;

/** Where a page finds what it refers to. */
export interface PageOptions {
  readonly style: string;
  /** The address of a code's page before the code. */
  readonly pages: string;
  readonly document: string;
}

/** The description as a page. */
export function docsPage(document: OpenApi, { style, pages, document: address }: PageOptions): string {
  const { info, tags, components } = document;
  const types = Object.entries(components.schemas).filter(([name]) => isShown(name));
  const content = html`<nav aria-label="Contents"><p><strong>${info.title}</strong> <span class="mark">${info.version}</span></p><ul>${tags.map(({ name }) => html`<li><a href="#tag-${name}">${name}</a></li>`)}<li><a href="#types">Types</a></li><li><a href="#codes">What may go wrong</a></li><li><a href="${address}">OpenAPI 3.1</a></li></ul></nav><main><h1>${info.title} over HTTP</h1><p>${sentence(info.description)}</p>${tags.map((tag) => section(document, tag))}<section id="types"><h2>Types</h2>${types.map(([name, schema]) => typeSection(name, schema))}</section>${codesSection(pages)}</main>`;
  return pageOf(`${info.title} over HTTP`, style, content);
}
