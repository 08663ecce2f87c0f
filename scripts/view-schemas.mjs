/**
 * What the server answers, as JSON Schema: made from the types of the model with their comments, so that the
 * OpenAPI document says what the code does. `npm run docs` writes it to a file that is kept with the sources; a
 * test fails when the types have gone on without it.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { isMain, root, runTool } from './lib/run.mjs';
import { asScript } from './setup.mjs';

/** Where it is written. */
export const FILE = 'src/server/openapi/views.generated.ts';

const MODEL = 'src/core/model';
const views = readdirSync(join(root, MODEL))
  .filter((name) => /^views.*\.ts$/.test(name))
  .map((name) => `${MODEL}/${name}`)
  .sort();

/** Types that are answered besides the views, by the file that has them. */
const besides = {
  'src/core/ports/ledger.ts': ['Command', 'Receipt', 'ChangeEvent', 'LedgerCapabilities', 'LedgerStatus'],
  'src/core/ports/errors.ts': ['LedgerProblem'],
  'src/core/engine/verify.ts': ['Anchor', 'Verification'],
  'src/core/queries/jobs.ts': ['PendingChange'],
  'src/core/resources/jobs.ts': ['JobInput'],
  'src/wire/index.ts': [
    'CapabilitiesBody',
    'CommandsBody',
    'ReceiptsBody',
    'ResultBody',
    'ChangesBody',
    'ProblemBody',
  ],
};

/** What the types are made of; a change in one of them may change what is made. */
const sources = [
  ...views,
  ...Object.keys(besides),
  'src/core/engine/refold.ts',
  'src/core/ports/catalogue.ts',
  ...['cases', 'inputs', 'posted', 'records'].map((name) => `${MODEL}/${name}.ts`),
];

/** Digest of the sources: while it stands, what was made of them stands. */
export function digestOfSources() {
  const hash = createHash('sha256');
  for (const path of sources) hash.update(readFileSync(join(root, path), 'utf8'));
  return hash.digest('hex');
}

/** Names of the types of a file that have no parameters of their own. */
const declared = (path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/^export (?:interface|type) (\w+)(?=[ {=])/gm)].map(
    ([, name]) => name,
  );

/** A file whose one interface names all types that are wanted. */
function entry(folder) {
  const wanted = [...views.map((path) => [path, declared(path)]), ...Object.entries(besides)];
  const imports = wanted.map(([path, names]) => {
    const from = relative(folder, join(root, path)).replaceAll('\\', '/');
    return `import type { ${names.join(', ')} } from '${from}';`;
  });
  const members = wanted.flatMap(([, names]) => names.map((name) => `  ${name}: ${name};`));
  const page = relative(folder, join(root, MODEL, 'views-lists.ts')).replaceAll('\\', '/');
  return [
    ...imports,
    `import type { Page } from '${page}';`,
    'export interface Everything {',
    ...members,
    '  Page: Page<unknown>;',
    '}',
  ].join('\n');
}

/** The schemas as TypeScript tells them, under names that may be expressions. */
function told() {
  const { generateSchema, getProgramFromFiles } = createRequire(import.meta.url)('typescript-json-schema');
  const folder = mkdtempSync(join(root, 'node_modules', '.view-schemas-'));
  try {
    const file = join(folder, 'everything.ts');
    writeFileSync(file, entry(folder));
    const options = {
      strict: true,
      module: 99,
      moduleResolution: 99,
      target: 9,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
    };
    const program = getProgramFromFiles([file], options, root);
    const made = generateSchema(program, 'Everything', {
      required: true,
      strictNullChecks: true,
      ignoreErrors: true,
    });
    if (!made) throw new Error('the types of the views could not be read');
    return made;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const REF = '#/definitions/';
const isName = (name) => /^\w+$/.test(name);
const refTo = (name) => ({ $ref: `#/components/schemas/${name}` });

/** The type of a record's values, as an expression of TypeScript: of the few forms there are. */
function valuesOf(text, all) {
  const list = /^(?:readonly)?(\w+)\[\]$/.exec(text);
  if (list) return { type: 'array', items: valuesOf(list[1], all) };
  const alternatives = text.split('|');
  if (alternatives.length > 1) return { anyOf: alternatives.map((each) => valuesOf(each, all)) };
  if (text === 'true') return { const: true };
  if (['string', 'number', 'boolean'].includes(text)) return { type: text };
  return text in all && isName(text) ? refTo(text) : {};
}

const record = (name, all) => {
  const [, values] = /^Record<string,(.*)>$/.exec(name) ?? [];
  return values === undefined ? {} : { additionalProperties: valuesOf(values, all) };
};

/** What several types together have. */
function together(schemas, all) {
  const each = schemas.map((schema) => {
    const name = schema.$ref === undefined ? undefined : decodeURIComponent(schema.$ref.slice(REF.length));
    return name === undefined ? schema : all[name];
  });
  if (!each.every(({ properties }) => properties !== undefined)) return undefined;
  return {
    type: 'object',
    properties: Object.assign({}, ...each.map(({ properties }) => properties)),
    required: each.flatMap(({ required = [] }) => required),
  };
}

/**
 * One schema as it is kept: what has no name of its own stands where it is used, null comes last, and nothing
 * is said of the order of an object's members that was not said by the type.
 */
function kept(schema, all) {
  if (Array.isArray(schema)) return schema.map((each) => kept(each, all));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (typeof schema.$ref === 'string') {
    const name = decodeURIComponent(schema.$ref.slice(REF.length));
    const { $ref: _ref, ...more } = schema;
    if (!isName(name)) return { ...kept(all[name], all), ...record(name, all), ...kept(more, all) };
    return { ...kept(more, all), ...refTo(name) };
  }
  const { allOf, ...alone } = schema;
  const whole = Array.isArray(allOf) ? together(allOf, all) : undefined;
  if (whole) return kept({ ...alone, ...whole }, all);
  const made = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, kept(value, all)]));
  if (typeof made.description === 'string') made.description = made.description.replace(/\s*\n\s*/g, ' ');
  if (Array.isArray(made.type)) made.type = made.type.filter((type) => type !== 'null').concat('null');
  return made;
}

/** Every schema by its name. */
export function viewSchemas() {
  const { definitions, properties } = told();
  const named = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, definitions[name] ?? schema]),
  );
  const all = { ...definitions, ...named };
  const names = Object.keys(all).filter(isName).sort();
  return Object.fromEntries(names.map((name) => [name, kept(all[name], definitions)]));
}

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The file that keeps them: a line for each, read only when it is wanted. */
export function fileOf(schemas) {
  const lines = Object.entries(schemas).map(
    ([name, schema]) => `  ${name}: ${quoted(JSON.stringify(schema))},`,
  );
  return `/** Made by \`npm run docs\` from the types of the model: what is answered, as JSON Schema in JSON texts. */

/** Digest of the sources it was made from. */
export const madeFrom = '${digestOfSources()}';

export const viewTexts: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;
}

/** Writes the file, as everything else is formatted. */
export async function writeViewSchemas() {
  writeFileSync(join(root, FILE), fileOf(viewSchemas()));
  const { code } = await runTool('@biomejs/biome/bin/biome', ['format', '--write', FILE], { capture: true });
  if (code !== 0) throw new Error(`${FILE} could not be formatted`);
}

if (isMain(import.meta)) await asScript(writeViewSchemas);
