/** The description of a server: it is OpenAPI, it says what the routes are, and of a ledger only what that can do. */
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { digestOfSources, fileOf, viewSchemas } from '../../scripts/view-schemas.mjs';
import { commandContracts, queryContracts } from '../../src/core/contract.ts';
import { errorCatalogue } from '../../src/core/index.ts';
import { pascal } from '../../src/server/openapi/components.ts';
import { type OpenApi, type Operation, openApi } from '../../src/server/openapi/index.ts';
import { madeFrom, viewTexts } from '../../src/server/openapi/views.generated.ts';
import { routes } from '../../src/server/routes/index.ts';
import { Shapes } from '../core/shapes.ts';
import { Judge } from './described.ts';
import { type Site, site } from './setup.ts';

let at: Site;
let document: OpenApi;
let judge: Judge;

beforeAll(async () => {
  at = await site();
  document = (await at.ask('/openapi.json', { token: null })).body;
  judge = new Judge(document);
});

const operations = (of: OpenApi): Operation[] =>
  Object.values(of.paths).flatMap((methods) => Object.values(methods));

test('the document is OpenAPI 3.1 for an independent validator', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate({ ...structuredClone(document) });
  expect(errors).toBeUndefined();
  expect([valid, validator.version]).toEqual([true, '3.1']);
});

test('every route is an operation with a typed answer, under a name of its own', () => {
  const paths = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(paths.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  const all = operations(document);
  expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
  for (const { operationId, responses } of all) {
    const [status = '', good = {}] =
      Object.entries(responses as object).find(([each]) => Number(each) < 300) ?? [];
    const content = Object.values((good as { content?: object }).content ?? {}) as { schema: object }[];
    expect([operationId, content.length > 0]).toEqual([operationId, status !== '204']);
    for (const { schema } of content)
      expect([operationId, Object.keys(schema)]).not.toEqual([operationId, []]);
  }
});

test('every name in a path is a parameter of it, and every reference leads somewhere', () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { operationId, parameters = [] } of Object.values(methods)) {
      const inPath = (parameters as { name: string; in: string }[]).filter((each) => each.in === 'path');
      expect([operationId, inPath.map(({ name }) => name)]).toEqual([operationId, names]);
    }
  }
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
  const components = document.components as unknown as Record<string, object>;
  const lost = refs.filter(([, part = '', name = '']) => !Object.hasOwn(components[part] ?? {}, name));
  expect(lost.map(([ref]) => ref)).toEqual([]);
});

test('what a ledger cannot do is not in its document', () => {
  const { commands, queries } = at.ledger.capabilities;
  const { 'lots.list': list, 'lots.get': get } = queries;
  const few = openApi({
    version: '1',
    base: '/api',
    capabilities: {
      commands: { ...commands, 'lots.create@1': 'the ERP makes lots itself' },
      queries: {
        'lots.get': get as true,
        'lots.list': { ...(list as object), sorts: [], filters: ['item'], search: false, total: false },
      },
    },
  });
  const ids = operations(few).map(({ operationId }) => operationId);
  expect(ids).toEqual(expect.arrayContaining(['lotsList', 'lotsGet', 'lotsUpdate', 'capabilities']));
  for (const gone of ['lotsCreate', 'serialsList', 'lotsValues', 'jobsStart', 'itemsStock'])
    expect(ids).not.toContain(gone);
  expect(Object.keys(few.components.parameters).filter((name) => name.startsWith('lots.'))).toEqual([
    'lots.item',
    'lots.item.isNull',
    'lots.item.like',
    'lots.item.from',
    'lots.item.to',
  ]);
  expect(JSON.stringify(few.components.schemas.Command)).not.toContain('LotsCreateCommand');
  expect(few.servers).toEqual([{ url: '/api' }]);
});

test('the types of what is answered are those of the model (`npm run docs`)', () => {
  // what the types are made of has changed: whether that changes what is told of them takes longer to find out
  if (madeFrom !== digestOfSources()) {
    const kept = Object.fromEntries(
      Object.entries(viewTexts).map(([name, text]) => [name, JSON.parse(text)]),
    );
    expect(kept).toEqual(viewSchemas());
  }
  expect(fileOf({ A: { description: "it's" } })).toContain('A: \'{"description":"it\\\'s"}\'');
});

test('what a ledger takes, its document takes, and what has the wrong shape it refuses', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const shapes = new Shapes(seed);
  let refused = 0;
  let both = 0;
  const told = [
    ...commandContracts.map((each) => ({ ...each, place: `${pascal(each.name)}Arguments` })),
    ...queryContracts.map((each) => ({ ...each, place: `${pascal(each.name)}Question` })),
  ];
  // another quarter of them every time: to compile them all takes long
  for (const { name, schema, place } of told.filter(() => shapes.below(4) === 0)) {
    for (let i = 0; i < 8; i++) {
      const args = JSON.parse(JSON.stringify(shapes.spoilt(shapes.good(schema)) ?? null));
      const taken = z.safeParse(schema, args).success;
      const wrong = judge.wrong(['components', 'schemas', place], args, false);
      const what = JSON.stringify({ seed, name, args }).slice(0, 2000);
      if (taken) expect(wrong, what).toBeNull();
      else {
        refused++;
        if (wrong !== null) both++;
      }
    }
  }
  // control characters, blanks within bounds, dates that are none: a few are beyond it
  expect(both / refused, `seed ${seed}`).toBeGreaterThan(0.6);
});

test('it is answered again only where it has changed, and to nobody in particular', async () => {
  const first = await at.ask('/openapi.json', { token: null });
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^".+"$/);
  const again = await at.ask('/openapi.json', { token: null, headers: { 'if-none-match': etag } });
  expect([again.status, again.body]).toEqual([304, '']);
  const none = await site({ docs: false });
  for (const path of ['/openapi.json', '/docs', '/docs.css', '/errors/lot.expired'])
    expect((await none.ask(path)).status).toBe(404);
});

test('the page reads without script, style attributes or anything from elsewhere', async () => {
  const { status, headers, body } = await at.ask('/docs', { token: null });
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'self'/);
  const page = body as string;
  expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|https?:\/\/|undefined|\[object/);
  for (const { operationId } of operations(document))
    expect([operationId, page.includes(`id="${operationId}"`)]).toEqual([operationId, true]);
  const targets = new Set([...page.matchAll(/id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !targets.has(id))).toEqual([]);
  expect((await at.ask('/docs.css', { token: null })).headers.get('content-type')).toContain('text/css');
  expect(page.includes('curl -X POST &quot;$SERVER/postings&quot;')).toBe(true);
});

test('every code that a problem may have has a page', async () => {
  for (const code of Object.keys(errorCatalogue)) {
    const { status, body } = await at.ask(`/errors/${code}`, { token: null });
    expect([code, status, String(body).includes(`<code>${code}</code>`)]).toEqual([code, 200, true]);
  }
  for (const wrong of ['nothing.here', '__proto__', 'constructor', '%3Cscript%3E'])
    expect((await at.ask(`/errors/${wrong}`, { token: null })).status).toBe(404);
});

test('a page says that a refusal is kept exactly where a command ends in it', async () => {
  const guide = new URL('../../docs/errors/', import.meta.url);
  for (const code of Object.keys(errorCatalogue)) {
    const said = readFileSync(new URL(`${code}.md`, guide), 'utf8');
    const [, unwritten = ''] = said.split('## What was not written');
    const isKept =
      /refusal itself|refusal is kept as|as the other change left it|a code that was made is not/.test(
        unwritten,
      );
    const { body } = await at.ask(`/errors/${code}`, { token: null });
    expect([code, /is kept as the answer of its id/.test(String(body))]).toEqual([code, isKept]);
    expect([code, String(body).includes('<dd>Everything: it is a warning')]).toEqual([
      code,
      /everything was written|the posting was written/.test(unwritten),
    ]);
  }
});

test('a filter that is described as a parameter is one', async () => {
  for (const [name, parameter] of Object.entries(document.components.parameters)) {
    const [list = ''] = name.split('.');
    if (!(`${list}.list` in at.ledger.capabilities.queries)) continue;
    const { name: written, schema } = parameter as { name: string; schema: { type?: unknown } };
    const value = { boolean: 'true', number: '3' }[String(schema.type)];
    if (value === undefined) continue;
    const others = written.startsWith('location') ? '&warehouse=MAIN' : '';
    const { status, body } = await at.ask(`/${list}?${written}=${value}${others}`);
    expect([name, status, body.code]).toEqual([name, 200, undefined]);
  }
});

test('bodies are told apart by their operation', () => {
  expect(judge.wrongBody('itemsCreate', { code: 'A', unit: { code: 'PCE', decimals: 0 } })).toBeNull();
  expect(judge.wrongBody('itemsCreate', { code: 'A', unit: { code: 'PCE', decimals: 9 } })).not.toBeNull();
  expect(judge.wrongBody('lotsUpdate', { notes: null, reason: 'Seen' })).toBeNull();
  expect(judge.wrongBody('lotsUpdate', { patch: { notes: null } })).not.toBeNull();
  expect(judge.wrongBody('reservationsRelease', { quantity: '2' })).toBeNull();
  expect(
    judge.wrongBody('reservationsRelease', { document: { type: 'salesOrder', number: '1' } }),
  ).not.toBeNull();
});
