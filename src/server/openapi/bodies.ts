/** The body of an operation: arguments, without those that stand elsewhere, and the envelope of a command. */
import type { Route } from '../routes/index.ts';
import { type Components, pascal, refTo } from './components.ts';
import {
  anyOf,
  changed,
  type JsonSchema,
  memberOf,
  membersOf,
  objectsOf,
  requiredOf,
} from './json-schema.ts';

const reason: JsonSchema = { type: 'string', maxLength: 1000, description: 'Why.' };
const force: JsonSchema = {
  type: 'object',
  description: 'Goes against a rule where the actor may, and says why.',
  properties: { reason },
  required: ['reason'],
  additionalProperties: false,
};

/** What stands beside the arguments of a command. */
const envelope: Readonly<Record<string, JsonSchema>> = {
  commandId: {
    type: 'string',
    pattern: '^[\\x21-\\x7e]{1,64}$',
    description: 'Id of the command, as the header Idempotency-Key says it.',
  },
  reason,
  source: { enum: ['ui', 'api', 'scan', 'sync', 'import'], description: 'Where it comes from.' },
  force,
};

const named = (names: readonly string[]): Record<string, JsonSchema> =>
  Object.fromEntries(names.map((name) => [name, envelope[name] as JsonSchema]));

/** What stands beside the arguments in the body of a route. */
function besides({ act, args }: Route): Readonly<Record<string, JsonSchema>> {
  const body = args?.body;
  if (act.kind === 'command' || act.kind === 'resource') return envelope;
  return typeof body === 'object' && body.beside ? named(body.beside) : {};
}

/** Arguments that stand in the path, in a header, or are always the same. */
function elsewhere({ args = {}, version }: Route): string[] {
  const { path = [], fixed = {}, finds } = args;
  return [
    ...path.map(({ name, argument = name }) => argument),
    ...Object.keys(fixed),
    ...(finds === undefined ? [] : ['id']),
    ...(version === undefined ? [] : ['version']),
  ];
}

/** Those alternatives of some arguments that can be said by this route. */
function possible(route: Route, schema: JsonSchema): readonly JsonSchema[] {
  const { path = [], fixed = {}, finds } = route.args ?? {};
  const wanted = finds === undefined ? path.map(({ name, argument = name }) => argument) : ['id'];
  const fits = (object: JsonSchema): boolean => {
    const members = membersOf(object);
    const isFixed = Object.entries(fixed).every(([name, value]) => {
      const { const: only = value } = members[name] ?? {};
      return name in members && only === value;
    });
    return isFixed && wanted.every((name) => name in members);
  };
  return objectsOf(schema).filter(fits);
}

/** The body of a route as a schema. */
function bodySchema(route: Route, args: JsonSchema): JsonSchema {
  const form = route.args?.body;
  const also = besides(route);
  const without = elsewhere(route);
  const alternatives = possible(route, args);
  if (typeof form !== 'object') return anyOf(alternatives.map((each) => changed(each, without, also)));
  const argument = anyOf(
    alternatives.flatMap((each): JsonSchema[] => {
      const member = memberOf(each, form.argument);
      return member ? [member] : [];
    }),
  );
  return anyOf(objectsOf(argument).map((each) => changed(each, [], also)));
}

const content = (schema: JsonSchema, required: boolean): JsonSchema => ({
  required,
  content: { 'application/json': { schema } },
});

const isRequired = (schema: JsonSchema): boolean =>
  objectsOf(schema).every((object) => requiredOf(object).length > 0);

/** What a resource of the SDK is sent, which is no command as it stands. */
function ofResource(components: Components, { id }: Route): JsonSchema {
  const none = { type: 'object', properties: envelope, additionalProperties: false };
  if (id !== 'jobs.start') return none;
  components.view('JobInput');
  return changed(components.schemas.JobInput as JsonSchema, [], envelope);
}

/** The body of a route; undefined where it has none. */
export function bodyOf(components: Components, route: Route, args: JsonSchema): JsonSchema | undefined {
  const form = route.args?.body;
  if (form === undefined) return undefined;
  if (route.act.kind === 'resource') {
    const schema = ofResource(components, route);
    return content(components.body(route.id, schema), isRequired(schema));
  }
  const schema = form === 'whole' ? args : bodySchema(route, args);
  return content(components.body(route.id, schema), form === 'whole' || isRequired(schema));
}

/** The envelope of each command that is offered, and the body that sends several of them. */
export function commandsBody(
  components: Components,
  offered: readonly { readonly name: string; readonly args: JsonSchema }[],
): JsonSchema {
  const { commandId, ...said } = envelope;
  const each = offered.map(({ name, args }) =>
    components.put(`${pascal(name)}Command`, {
      type: 'object',
      properties: {
        name: { const: name },
        id: commandId,
        args: components.put(`${pascal(name)}Arguments`, args),
        ...said,
        clientId: { type: 'string' },
        clientSeq: { type: 'integer' },
        issuedAt: { type: 'string' },
      },
      required: ['name', 'id', 'args'],
    }),
  );
  components.put('Command', { anyOf: each });
  const schema = {
    type: 'object',
    properties: {
      commands: { type: 'array', items: refTo('Command'), minItems: 1, maxItems: 256 },
      atomic: { type: 'boolean', description: 'They stand or fall together.' },
    },
    required: ['commands'],
    additionalProperties: false,
  };
  return content(components.put('CommandsBody', schema), true);
}

/** The arguments of each question that is offered. */
export function questionBody(
  components: Components,
  offered: readonly { readonly name: string; readonly args: JsonSchema }[],
): JsonSchema {
  const each = offered.map(({ name, args }) => components.put(`${pascal(name)}Question`, args));
  return content(components.put('Question', { anyOf: each }), false);
}

/** The body of `POST /verify`. */
export function verifyBody(components: Components): JsonSchema {
  const anchor = { anyOf: [components.view('Anchor'), { type: 'null' }] };
  const schema = { type: 'object', properties: { anchor }, additionalProperties: false };
  return content(components.body('verify', schema), false);
}
