/** Examples made from a document: a value of a schema, and a request as it is typed in a shell. */
import type { OpenApi, Operation } from './document.ts';
import { type JsonSchema, membersOf, requiredOf, withoutNull } from './json-schema.ts';

/** What a member is called, and what could stand there. */
const byName: Readonly<Record<string, unknown>> = {
  item: 'MILK',
  warehouse: 'MAIN',
  location: 'A-01',
  template: 'LOA',
  code: 'MILK',
  quantity: '12',
  counted: '12',
  unit: { code: 'PCE', decimals: 0 },
  actor: 'maria',
  reason: 'Re-tested',
  kind: 'lot',
  lots: 'auto',
  transition: 'RELEASE',
  field: 'status',
  id: 'V1StGXR8',
  name: 'Dairy Ltd',
};

/** What a schema refers to. */
export function resolved(document: OpenApi, schema: JsonSchema): JsonSchema {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

function textOf({ format, maxLength }: JsonSchema): string {
  if (format === 'date') return '2026-11-22';
  return typeof maxLength === 'number' && maxLength < 10 ? 'A' : 'A-01';
}

/** A value a schema takes: what must be there, and no more. */
export function exampleOf(document: OpenApi, given: JsonSchema, name = ''): unknown {
  const schema = withoutNull(resolved(document, given)) ?? {};
  const { const: only, enum: words, anyOf, type } = schema;
  if (only !== undefined) return only;
  if (Array.isArray(words)) return words[0];
  if (Array.isArray(anyOf)) {
    const known = byName[name];
    if (known !== undefined && typeof known !== 'object') return known;
    return exampleOf(document, anyOf[0] as JsonSchema, name);
  }
  if (type === 'object') {
    const members = membersOf(schema);
    const wanted = requiredOf(schema).map((each) => [each, exampleOf(document, members[each] ?? {}, each)]);
    return Object.fromEntries(wanted);
  }
  if (type === 'array') return [exampleOf(document, (schema.items ?? {}) as JsonSchema, name)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  const known = byName[name];
  return typeof known === 'string' && schema.format === undefined ? known : textOf(schema);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A parameter itself, where it is a reference. */
export function parameterOf(document: OpenApi, parameter: JsonSchema): JsonSchema {
  const name = typeof parameter.$ref === 'string' ? parameter.$ref.split('/').at(-1) : undefined;
  return name === undefined ? parameter : (document.components.parameters[name] ?? {});
}

/** The body of an operation. */
export function bodyOf(operation: Operation): JsonSchema | undefined {
  const { content } = (operation.requestBody ?? {}) as { content?: Record<string, { schema: JsonSchema }> };
  return content?.['application/json']?.schema;
}

/** A request as it is typed in a shell. */
export function curlOf(document: OpenApi, path: string, method: string, operation: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(byName[name] ?? name.toUpperCase()));
  const parameters = ((operation.parameters ?? []) as JsonSchema[]).map((each) =>
    parameterOf(document, each),
  );
  const body = bodyOf(operation);
  const server = document.servers[0]?.url.replace(/\/$/, '') ?? '';
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$SERVER${server}${filled}"`,
    ...(operation.security ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(parameters.some(({ name }) => name === 'If-Match') ? [`-H ${quoted('If-Match: "3"')}`] : []),
    ...(parameters.some(({ name }) => name === 'Idempotency-Key')
      ? ["-H 'Idempotency-Key: my-own-id-1'"]
      : []),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(exampleOf(document, body)))}`]),
  ];
  return lines.join(' \\\n  ');
}
