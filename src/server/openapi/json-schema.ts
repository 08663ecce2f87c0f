/**
 * Schemas of arguments as JSON Schema: what zod tells by itself, and what our checks say they hold, which zod
 * cannot see into.
 */
import type { $ZodType } from 'zod/v4/core';
import * as z from 'zod/v4/core';
import { sharedParts } from '../../core/contract.ts';

/** A JSON Schema of the dialect of OpenAPI 3.1, or a part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

interface Check {
  readonly code?: string;
  readonly min?: number;
  readonly max?: number;
  readonly says?: JsonSchema & { readonly others?: string };
}

interface Checked {
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly params?: Check } } }[];
}

/** What one of our checks holds. */
function saidBy({ code, min, max, says }: Check): JsonSchema {
  if (says) return says;
  if (code === 'field.range') return { type: 'integer', minimum: min, maximum: max };
  if (code === 'date.invalid') return { format: 'date' };
  return code === 'field.tooLong' ? { maxLength: max } : {};
}

function override({ zodSchema, jsonSchema }: { zodSchema: $ZodType; jsonSchema: object }): void {
  const { checks = [] } = zodSchema._zod.def as Checked;
  for (const { _zod } of checks) {
    const { others, ...said } = saidBy(_zod.def.params ?? {}) as JsonSchema & { others?: string };
    Object.assign(jsonSchema, said);
    if (others === undefined) continue;
    const { additionalProperties } = jsonSchema as { additionalProperties?: unknown };
    Object.assign(jsonSchema, {
      patternProperties: { [others]: additionalProperties },
      additionalProperties: false,
    });
  }
}

const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(sharedParts)) names.add(schema, { id });

/** References of one schema, as references among the components of a document. */
function placed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(placed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string'
        ? member.replace('#/$defs/', '#/components/schemas/')
        : placed(member),
    ]),
  );
}

/** A schema of arguments, and the parts it refers to by their names. */
export interface Described {
  readonly schema: JsonSchema;
  readonly parts: Readonly<Record<string, JsonSchema>>;
}

const known = new WeakMap<object, Described>();

/** A schema of arguments as JSON Schema. */
export function jsonOf(schema: $ZodType): Described {
  const before = known.get(schema);
  if (before) return before;
  const made = z.toJSONSchema(schema, { io: 'input', metadata: names, override, unrepresentable: 'any' });
  const {
    $schema: _dialect,
    $defs = {},
    ...own
  } = placed(made) as JsonSchema & {
    $defs?: Record<string, JsonSchema>;
  };
  const parts = Object.entries($defs).map(([name, { id: _id, ...part }]) => [name, part]);
  const described = { schema: own, parts: Object.fromEntries(parts) };
  known.set(schema, described);
  return described;
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

/** What a schema takes besides null; undefined where that is nothing. */
export function withoutNull(schema: JsonSchema): JsonSchema | undefined {
  const { type, anyOf } = schema;
  if (type === 'null') return undefined;
  if (Array.isArray(type)) {
    const others = type.filter((each) => each !== 'null');
    return { ...schema, type: others.length === 1 ? others[0] : others };
  }
  if (!Array.isArray(anyOf)) return schema;
  const others = anyOf.filter((each) => isSchema(each) && each.type !== 'null') as JsonSchema[];
  const { anyOf: _anyOf, ...more } = schema;
  return others.length === 1 ? { ...more, ...others[0] } : { ...more, anyOf: others };
}

/** The objects a schema takes: itself, or those among its alternatives. */
export function objectsOf(schema: JsonSchema): readonly JsonSchema[] {
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as JsonSchema[]).flatMap(objectsOf);
  return schema.type === 'object' ? [schema] : [];
}

/** The members of a schema of an object. */
export const membersOf = ({ properties }: JsonSchema): Readonly<Record<string, JsonSchema>> =>
  (properties ?? {}) as Readonly<Record<string, JsonSchema>>;

/** The names of members that must be there. */
export const requiredOf = ({ required }: JsonSchema): readonly string[] =>
  (required ?? []) as readonly string[];

/** A member of whatever object has it. */
export const memberOf = (schema: JsonSchema, name: string): JsonSchema | undefined =>
  objectsOf(schema)
    .map((object) => membersOf(object)[name])
    .find((member) => member !== undefined);

/** Any of some schemas. */
export const anyOf = (schemas: readonly JsonSchema[]): JsonSchema =>
  schemas.length === 1 ? (schemas[0] as JsonSchema) : { anyOf: schemas };

/** A schema of an object without some of its members, and with others where it has none of that name. */
export function changed(
  object: JsonSchema,
  without: readonly string[],
  also: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const kept = Object.entries(membersOf(object)).filter(([name]) => !without.includes(name));
  const required = requiredOf(object).filter((name) => !without.includes(name));
  const others = Object.fromEntries(
    Object.entries(also).filter(([name]) => !kept.some(([own]) => own === name)),
  );
  const { required: _required, properties: _properties, ...more } = object;
  return {
    ...more,
    properties: { ...Object.fromEntries(kept), ...others },
    ...(required.length > 0 ? { required } : {}),
  };
}
