/**
 * What a list may be asked, as a schema made from what makes the list: the names of its filters with the
 * comparisons each has, its sorts, the fields it groups by. For whoever describes a ledger to others; the list
 * itself reads a question name by name, so that it can say what is on offer. What hangs on two members at once
 * (a location without its warehouse, `skip` with a cursor, another day with a search) no schema says.
 */
import * as z from 'zod/mini';
import type { CollectionName } from '../../model/records.ts';
import { limits, maybe } from '../../model/schema.ts';
import { type Field, type Read, reads } from './filters.ts';
import { listArgs } from './list.ts';
import { type ListSpec, SORT_DEPTH, type SpecialFilter, valuedOf } from './spec.ts';
import { GROUP_DEPTH, summaryArgs } from './summary.ts';
import { valuesArgs } from './values.ts';

/** Any of them: what a union says. */
const oneOf = (schemas: readonly z.ZodMiniType[]): z.ZodMiniType =>
  schemas.length === 1 ? (schemas[0] as z.ZodMiniType) : z.union(schemas as [z.ZodMiniType]);

/** What a check holds, as members of a JSON Schema. */
const saying = (schema: z.ZodMiniType, accepts: (value: unknown) => boolean, says: object): z.ZodMiniType =>
  schema.check(z.refine(accepts, { params: { says } })) as z.ZodMiniType;

function isRead(read: Read, value: unknown): boolean {
  try {
    read(value, '');
    return true;
  } catch {
    return false;
  }
}

/** A value that is read so; the reading itself decides. */
const readAs = (read: Read, base: z.ZodMiniType, says: object) =>
  saying(base, (value) => isRead(read, value), says);

const day = { format: 'date' };
const text = z.string();
const instant = { description: 'A day, or an instant as ISO 8601; without an offset in UTC.' };
const values = new Map<Read, z.ZodMiniType>([
  [reads.text, text],
  [reads.keyed, text],
  [reads.natural, text],
  [reads.flag, z.boolean()],
  [reads.number, z.number()],
  [reads.date, readAs(reads.date, z.string(), day)],
  [
    reads.month,
    readAs(reads.month, z.string(), { pattern: '^\\d{4}-\\d{2}$', description: 'A month: YYYY-MM.' }),
  ],
  [reads.instant, readAs(reads.instant, z.string(), instant)],
  [reads.instantEnd, readAs(reads.instantEnd, z.string(), instant)],
  [
    reads.quantity,
    readAs(reads.quantity, z.union([z.string(), z.number()]), { pattern: '^\\d+(\\.\\d+)?$', minimum: 0 }),
  ],
]);

const readBy = (read: Read): z.ZodMiniType => {
  const schema = values.get(read);
  if (!schema) throw new Error('a filter is read in a way that has no schema');
  return schema;
};

/** Comparisons together; at least one of them. */
const comparing = (comparisons: Readonly<Record<string, z.ZodMiniType>>): z.ZodMiniType =>
  saying(
    z.strictObject(
      Object.fromEntries(Object.entries(comparisons).map(([name, each]) => [name, z.optional(each)])),
    ),
    (value) => Object.values(value as object).some((each) => each !== undefined),
    { minProperties: 1 },
  );

const pattern = readAs(reads.text, z.string(), {
  description: '`%` is any run of characters, `_` one, `\\` takes the next one as it stands.',
});

/** The values of an `in`; null is none. */
const listOf = (value: z.ZodMiniType) =>
  z.array(z.nullable(value)).check(z.maxLength(limits.values, { error: 'limit.lines' }));

/** The filter of a field: a plain value, null for none, or its comparisons together. */
function filterOf({ equal, text: like, range }: Field): z.ZodMiniType {
  const same = equal && readBy(equal.of);
  return oneOf([
    ...(same ? [same, z.null()] : []),
    comparing({
      ...(same ? { in: listOf(same), isNull: z.boolean() } : {}),
      ...(like === undefined ? {} : { like: pattern }),
      ...(range ? { from: readBy(range.from), to: readBy(range.to) } : {}),
    }),
  ]);
}

const days = saying(
  z.number(),
  (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 36_500,
  { type: 'integer', minimum: 0, maximum: 36_500 },
);

/** A filter that is no comparison of one field. */
function specialOf({ comparisons, takes }: SpecialFilter): z.ZodMiniType {
  if (takes === 'flag') return z.boolean();
  if (takes === 'days') return days;
  if (takes) return z.enum(takes as [string]);
  const each = { in: listOf(text), isNull: z.boolean(), like: pattern };
  const one = comparisons.filter((name) => name in each) as (keyof typeof each)[];
  // one comparison at a time, unlike those of a field
  return oneOf([text, z.null(), ...one.map((name) => comparing({ [name]: each[name] }))]);
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const attributeFilter = oneOf([
  scalar,
  z.null(),
  comparing({
    in: listOf(scalar),
    isNull: z.boolean(),
    like: pattern,
    from: scalar,
    to: scalar,
  }),
]);

/** Names of custom attributes, where they may be asked of. */
const ATTRIBUTE = /^attributes\..+$/s;

function shapeOf<C extends CollectionName, V>({ fields, special, stock }: ListSpec<C, V>): z.ZodMiniType {
  const shape = Object.fromEntries([
    ...Object.entries(fields).map(([name, field]) => [name, z.optional(filterOf(field))]),
    ...Object.entries(special?.filters ?? {}).map(([name, each]) => [name, z.optional(specialOf(each))]),
  ]) as Record<string, z.ZodMiniType>;
  if (!stock) return z.strictObject(shape);
  const open = z.catchall(z.object(shape), attributeFilter);
  const isOffered = (filter: unknown): boolean =>
    Object.keys(filter as object).length <= limits.filters &&
    Object.keys(filter as object).every((name) => name in shape || ATTRIBUTE.test(name));
  return saying(open, isOffered, { others: ATTRIBUTE.source });
}

const shapes = new WeakMap<object, z.ZodMiniType>();

/** The filter of a list: one schema for all that is asked of it. */
export function filterSchema<C extends CollectionName, V>(spec: ListSpec<C, V>): z.ZodMiniType {
  const shape = shapes.get(spec) ?? shapeOf(spec);
  shapes.set(spec, shape);
  return shape;
}

/** One of some names, or of a custom attribute; `mark` may stand before it. */
function nameOf(names: readonly string[], attributes: boolean, mark = ''): z.ZodMiniType {
  const words = names.length > 0 ? z.enum(names as [string]) : z.never();
  if (!attributes) return words;
  const other = new RegExp(`^${mark}attributes\\..+$`, 's');
  return z.union([
    words,
    saying(z.string(), (name) => other.test(name as string), { pattern: other.source }),
  ]);
}

/** A list that says nothing of another day still takes that nothing is asked of one. */
const noPast = { asOf: z.optional(z.null()), seq: z.optional(z.null()) };

/** What the list itself takes. */
export function listSchema<C extends CollectionName, V>(spec: ListSpec<C, V>): z.ZodMiniType {
  const sorts = spec.sorts.flatMap((sort) => [sort, `-${sort}`]);
  return maybe(
    z.strictObject({
      ...listArgs.shape,
      filter: z.optional(filterSchema(spec)),
      sort: z.optional(z.array(nameOf(sorts, spec.stock !== undefined, '-?')).check(z.maxLength(SORT_DEPTH))),
      ...(spec.stock ? {} : noPast),
    }),
  );
}

/** What `values` of a list takes. */
export function valuesSchema<C extends CollectionName, V>(spec: ListSpec<C, V>): z.ZodMiniType {
  return z.strictObject({
    ...valuesArgs.shape,
    field: nameOf(valuedOf(spec), spec.stock !== undefined),
    filter: z.optional(filterSchema(spec)),
    ...noPast,
  });
}

/** What `summary` of a list takes. */
export function summarySchema<C extends CollectionName, V>(spec: ListSpec<C, V>): z.ZodMiniType {
  const names = Object.keys(spec.sums ?? {});
  return maybe(
    z.strictObject({
      ...summaryArgs.shape,
      filter: z.optional(filterSchema(spec)),
      groupBy: z.optional(z.array(nameOf(spec.groups ?? [], false)).check(z.maxLength(GROUP_DEPTH))),
      sums: z.optional(z.array(nameOf(names, false)).check(z.maxLength(names.length))),
      ...noPast,
    }),
  );
}
