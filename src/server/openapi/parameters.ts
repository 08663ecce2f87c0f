/** What stands in the path, the query string and the headers of an operation. */
import type { QueryCapabilities } from '../../core/index.ts';
import { headers } from '../../wire/index.ts';
import type { Parameter, Route } from '../routes/index.ts';
import type { Components } from './components.ts';
import { anyOf, type JsonSchema, memberOf, membersOf, objectsOf, withoutNull } from './json-schema.ts';

const plain: Readonly<Record<Parameter['type'], JsonSchema>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  flag: { type: 'boolean' },
  texts: { type: 'array', items: { type: 'string' } },
  total: { type: ['boolean', 'integer'] },
  json: {},
};

/** The type of an argument as a parameter has it: a list of texts is always a list. */
function typeOf({ type }: Parameter, argument: JsonSchema | undefined): JsonSchema {
  const said = argument && withoutNull(argument);
  if (said === undefined) return plain[type];
  if (type !== 'texts') return said;
  const lists = Array.isArray(said.anyOf) ? (said.anyOf as JsonSchema[]) : [said];
  return lists.find((each) => each.type === 'array') ?? plain.texts;
}

function parameterOf(parameter: Parameter, where: 'path' | 'query', args: JsonSchema): JsonSchema {
  const { name, argument = name, type, required = false, nullable, summary } = parameter;
  const schema = typeOf(parameter, memberOf(args, argument));
  const said = {
    name,
    in: where,
    ...(required || where === 'path' ? { required: true } : {}),
    description: summary,
    ...(nullable ? { allowEmptyValue: true } : {}),
  };
  return type === 'json' ? { ...said, content: { 'application/json': { schema } } } : { ...said, schema };
}

/** Whether an argument takes nothing but null: a list that has no past is not asked of another day. */
const isNothing = (args: JsonSchema, { name, argument = name }: Parameter): boolean => {
  const schema = memberOf(args, argument);
  return schema !== undefined && withoutNull(schema) === undefined;
};

/** What a filter is equal to, without its comparisons. */
function equalOf(filter: JsonSchema): JsonSchema | undefined {
  const said = withoutNull(filter);
  const all = said && (Array.isArray(said.anyOf) ? (said.anyOf as JsonSchema[]) : [said]);
  const values = (all ?? []).filter(({ type }) => type !== 'object');
  return values.length === 0 ? undefined : anyOf(values);
}

const comparisons: Readonly<Record<string, string>> = {
  like: '`%` is any run of characters, `_` one.',
  from: 'From this value on.',
  to: 'Up to this value, itself included.',
  isNull: 'Has none; `false`: has one.',
};

/** A filter and its comparisons, as names of the query string. */
function filterParameters(name: string, filter: JsonSchema, offered: QueryCapabilities): JsonSchema[] {
  const operators = offered.comparisons?.[name] ?? [];
  const equal = equalOf(filter);
  const members = objectsOf(filter).map(membersOf);
  const several = operators.includes('in');
  const own: JsonSchema = {
    name,
    in: 'query',
    description: several ? `Filter: ${name}; any of several.` : `Filter: ${name}.`,
    schema: several && equal ? { type: 'array', items: equal } : (equal ?? {}),
  };
  const compared = operators.flatMap((operator): JsonSchema[] => {
    const schema = members.map((each) => each[operator]).find((each) => each !== undefined);
    const description = comparisons[operator];
    if (schema === undefined || description === undefined) return [];
    return [{ name: `${name}.${operator}`, in: 'query', description, schema: withoutNull(schema) ?? {} }];
  });
  return equal ? [own, ...compared] : compared;
}

/** The filters of a list as parameters, shared by all that is asked of this list. */
export function listFilters(
  components: Components,
  list: string,
  args: JsonSchema,
  offered: QueryCapabilities | true | undefined,
): JsonSchema[] {
  const filters = memberOf(args, 'filter');
  if (typeof offered !== 'object' || filters === undefined) return [];
  const known = membersOf(components.resolved(filters));
  const tag = list.slice(0, list.indexOf('.'));
  return offered.filters.flatMap((name) => {
    const filter = known[name];
    if (filter === undefined) return [];
    return filterParameters(name, filter, offered).map((parameter) =>
      components.parameter(`${tag}.${parameter.name}`, parameter),
    );
  });
}

const ifMatch = (required: boolean): JsonSchema => ({
  name: 'If-Match',
  in: 'header',
  required,
  description: 'The `ETag` of the record as it was read, or `*` for whatever it is by now.',
  schema: { type: 'string', examples: ['"3"'] },
});

const ifNoneMatch: JsonSchema = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The `ETag` of what is known already; 304 where it is still so.',
  schema: { type: 'string' },
};

const idempotencyKey: JsonSchema = {
  name: headers.idempotencyKey.replace(/\b\w/g, (letter) => letter.toUpperCase()),
  in: 'header',
  description: 'Id of the command, made by the sender; sent again under the same key, it has one effect.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,64}$' },
};

/** Members of the envelope of a command, where there is no body. */
const envelope: readonly JsonSchema[] = [
  ['commandId', 'Id of the command, as `Idempotency-Key` says it.'],
  ['reason', 'Why.'],
  ['source', 'Where it comes from: ui, api, scan, sync or import.'],
  ['force', 'Goes against a rule where the actor may, for this reason.'],
].map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } }));

/** The headers of a route. */
export function headerParameters(
  components: Components,
  { act, version, etag, method }: Route,
): JsonSchema[] {
  const writes = act.kind === 'command' || act.kind === 'resource';
  return [
    ...(writes ? [components.parameter('IdempotencyKey', idempotencyKey)] : []),
    ...(version === undefined
      ? []
      : [
          components.parameter(
            version === 'required' ? 'IfMatch' : 'IfMatchOptional',
            ifMatch(version === 'required'),
          ),
        ]),
    ...(etag && method === 'GET' ? [components.parameter('IfNoneMatch', ifNoneMatch)] : []),
  ];
}

/** The parameters of a route, besides its filters. */
export function routeParameters(components: Components, route: Route, args: JsonSchema): JsonSchema[] {
  const { path = [], query = [] } = route.args ?? {};
  const asked = query.filter((each) => !isNothing(args, each));
  return [
    ...path.map((each) => parameterOf(each, 'path', args)),
    ...asked.map((each) => parameterOf(each, 'query', args)),
    ...(route.method === 'DELETE' && route.act.kind === 'command' ? envelope : []),
    ...headerParameters(components, route),
  ];
}
