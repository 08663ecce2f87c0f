/**
 * Edits as patches: what is undefined keeps, null clears, a nested object is patched field by field, a
 * list is replaced. The schema of a patch is made from the schema of the whole word.
 */

import * as z from 'zod/mini';
import { isObject } from '../../rules/same.ts';

export type Fields = Readonly<Record<string, unknown>>;

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodMiniType;
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
}

const definitionOf = (schema: z.ZodMiniType): Definition => schema._zod.def as unknown as Definition;

/** The schema of a patch of a word: every field may be left out or cleared, nested objects alike. */
export function patchOf(schema: z.ZodMiniType): z.ZodMiniType {
  const definition = definitionOf(schema);
  if ((definition.type === 'optional' || definition.type === 'nullable') && definition.innerType) {
    return patchOf(definition.innerType);
  }
  if (definition.type !== 'object' || !definition.shape) return schema;
  const fields = Object.entries(definition.shape).map(([name, field]) => [
    name,
    z.optional(z.nullable(patchOf(field))),
  ]);
  return z.strictObject(Object.fromEntries(fields) as Record<string, z.ZodMiniType>);
}

/** The names of a schema's fields. */
export function fieldsOf(schema: z.ZodMiniType): string[] {
  return Object.keys(definitionOf(schema).shape ?? {});
}

/**
 * What a word is after a patch: a new object without undefined and null.
 * @param nulls fields in which null is a value like others
 */
export function patched(
  before: Fields,
  patch: Fields,
  nulls: readonly string[] = [],
): Record<string, unknown> {
  const after: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    const old = before[name];
    if (value === null && nulls.includes(name)) after[name] = null;
    else if (value === null) delete after[name];
    else if (isObject(value)) after[name] = patched(isObject(old) ? old : {}, value);
    else after[name] = value;
  }
  return after;
}

/** Only the named fields, those that are there. */
export function picked(record: object, names: readonly string[]): Record<string, unknown> {
  const all = record as Fields;
  return Object.fromEntries(names.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]));
}

export { same } from '../../rules/same.ts';
