/**
 * What a list's filter may say of a field, and the conditions it becomes. A field that is not on offer, or
 * a comparison it does not have, is refused: nothing is filtered on the loaded page (design: lists).
 */
import { isIsoDate, limits } from '../../model/schema.ts';
import type { FilterValue } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, naturalKey, typedQuantityKey } from '../../ports/keys.ts';
import type { Condition, Scalar } from '../../ports/store.ts';
import { codeFacet, type Facet, plainFacet, quantityFacet, textFacet } from './facets.ts';

type Plain = string | number | boolean;
/** Reads one value of a comparison. */
export type Read = (value: unknown, path: string) => Plain;

/** One field of a filter: which parts of the table answer which comparison. */
export interface Field {
  /** Equality, `in` and `isNull`. */
  readonly equal?: { readonly field: string; readonly of: Read };
  /** `like`. */
  readonly text?: string;
  /** `from` and `to`, inclusive. */
  readonly range?: { readonly field: string; readonly from: Read; readonly to: Read };
  /** Its values can be listed. */
  readonly facet?: Facet;
}

export type Fields = Readonly<Record<string, Field>>;

const wrong = (path: string, expected: string): never => {
  throw new LedgerError('field.type', { path, details: { expected } });
};
const asText: Read = (value, path) => (typeof value === 'string' ? value : wrong(path, 'string'));
const asFlag: Read = (value, path) => (typeof value === 'boolean' ? value : wrong(path, 'boolean'));
const asNumber: Read = (value, path) => (typeof value === 'number' ? value : wrong(path, 'number'));
const asDate: Read = (value, path) => {
  const text = asText(value, path) as string;
  if (!isIsoDate(text)) throw new LedgerError('date.invalid', { path });
  return text;
};
const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d:[0-5]\d)?$/;

/** A day as it is, an instant as records have it: in UTC with milliseconds. Without an offset it is in UTC. */
const asInstant: Read = (value, path) => {
  const text = asText(value, path) as string;
  if (isIsoDate(text)) return text;
  const [, day = '', , , , offset] = INSTANT.exec(text) ?? [];
  const at = isIsoDate(day) ? new Date(offset === undefined ? `${text}Z` : text) : undefined;
  // of an instant beyond the year 9999 the text does not sort as the others do
  if (!at || Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999)
    throw new LedgerError('date.invalid', { path });
  return at.toISOString();
};
const asInstantEnd: Read = (value, path) => {
  const text = asInstant(value, path) as string;
  return text.length === 10 ? `${text}T23:59:59.999Z` : text;
};
const asQuantity: Read = (value, path) => {
  const typed = typeof value === 'number' ? String(value) : (asText(value, path) as string);
  if (!/^\d+(\.\d+)?$/.test(typed)) throw new LedgerError('quantity.format', { path });
  const key = typedQuantityKey(typed);
  if (key === undefined) throw new LedgerError('quantity.precision', { path });
  return key;
};
const keyed: Read = (value, path) => codeKey(asText(value, path) as string);
const natural: Read = (value, path) => naturalKey(asText(value, path) as string);

/** A code: equal by its key, `like` on how it is written, ordered naturally. */
export const codeField = (key: string, sorted?: string, text?: string): Field => ({
  equal: { field: key, of: keyed },
  ...(text ? { text, facet: codeFacet(key, sorted, text) } : {}),
  ...(sorted ? { range: { field: sorted, from: natural, to: natural } } : {}),
});

/** The same field, with its values shown in another way: with labels. */
export const shownAs = (field: Field, of: (facet: Facet) => Facet): Field =>
  field.facet ? { ...field, facet: of(field.facet) } : field;

/** A text that is compared as it is written, and by `like`; in natural order where it is sorted so. */
export const textField = (field: string, sorted?: string): Field => ({
  equal: { field, of: asText },
  text: field,
  facet: textFacet(field, sorted),
  ...(sorted ? { range: { field: sorted, from: natural, to: natural } } : {}),
});

/** A number, and `like` on how it is written. */
export const numberField = (field: string, text: string): Field => ({
  equal: { field, of: asNumber },
  range: { field, from: asNumber, to: asNumber },
  text,
  facet: plainFacet(field),
});

export const flagField = (field: string): Field => ({
  equal: { field, of: asFlag },
  facet: plainFacet(field),
});

export const dateField = (field: string): Field => ({
  equal: { field, of: asDate },
  range: { field, from: asDate, to: asDate },
  facet: plainFacet(field),
});

const asMonth: Read = (value, path) => {
  const text = asText(value, path) as string;
  return isIsoDate(`${text}-01`) ? text : wrong(path, 'a month, YYYY-MM');
};

/** The month of a date, `YYYY-MM`. */
export const monthField = (field: string): Field => ({
  equal: { field, of: asMonth },
  range: { field, from: asMonth, to: asMonth },
  facet: plainFacet(field),
});

/** An instant; a day as its bound means the whole day, in UTC. */
export const instantField = (field: string): Field => ({
  range: { field, from: asInstant, to: asInstantEnd },
});

export const quantityField = (field: string): Field => ({
  equal: { field, of: asQuantity },
  range: { field, from: asQuantity, to: asQuantity },
  facet: quantityFacet(field),
});

/** The ways to read a value, for whoever describes them. */
export const reads = {
  text: asText,
  flag: asFlag,
  number: asNumber,
  date: asDate,
  month: asMonth,
  instant: asInstant,
  instantEnd: asInstantEnd,
  quantity: asQuantity,
  keyed,
  natural,
};

const unsupported = (what: string, path: string, offered: readonly string[] = operators): never => {
  throw new LedgerError('query.unsupported', { path, details: { what, offered } });
};

const operators = ['in', 'like', 'from', 'to', 'isNull'] as const;

export type Comparison = (typeof operators)[number];

const isOperator = (name: string): name is Comparison => (operators as readonly string[]).includes(name);

/** The comparisons a field has. */
export const comparisonsOf = (field: Field): Comparison[] => [
  ...(field.equal ? (['in', 'isNull'] as const) : []),
  ...(field.text ? (['like'] as const) : []),
  ...(field.range ? (['from', 'to'] as const) : []),
];

/** The comparisons of one filter. */
export type Parts = { readonly [K in 'in' | 'like' | 'from' | 'to' | 'isNull']?: unknown };

/**
 * The comparisons a filter value stands for.
 * @throws LedgerError `field.required` where it compares with nothing; `field.type`, `query.unsupported`
 */
export function partsOf(value: FilterValue, path: string): Parts {
  if (value === null) return { isNull: true };
  if (typeof value !== 'object') return { in: [value] };
  if (Array.isArray(value)) return wrong(path, 'a value, or {in, like, from, to, isNull}');
  const unknown = Object.keys(value).find((name) => !isOperator(name));
  if (unknown !== undefined) unsupported(`comparison ${unknown}`, `${path}.${unknown}`);
  // what is left empty by mistake would otherwise hold for every record
  if (Object.values(value).every((asked) => asked === undefined)) {
    throw new LedgerError('field.required', { path, details: { offered: operators } });
  }
  return value;
}

/** The values of an `in`, read one by one; of a plain value the path is the field itself. */
function valuesOf(values: unknown, path: string, plain: boolean, of: Read): Scalar[] {
  if (!Array.isArray(values)) return wrong(`${path}.in`, 'a list');
  if (values.length > limits.values)
    throw new LedgerError('limit.lines', { path: `${path}.in`, details: { max: limits.values } });
  return values.map((value, i) => (value === null ? null : of(value, plain ? path : `${path}.in[${i}]`)));
}

function equalities(field: Field, values: unknown, path: string, plain: boolean): Condition {
  const { equal } = field;
  if (!equal) return unsupported('equality', path, comparisonsOf(field));
  const keys = valuesOf(values, path, plain, equal.of);
  return keys.length === 1
    ? { field: equal.field, op: 'eq', value: keys[0] as Scalar }
    : { field: equal.field, op: 'in', values: keys };
}

/** The conditions one field of a filter becomes. */
export function conditionsOf(name: string, field: Field, value: FilterValue): Condition[] {
  const path = `filter.${name}`;
  const parts = partsOf(value, path);
  const conditions: Condition[] = [];
  const refuse = (what: string): never => unsupported(`${what} of ${name}`, path, comparisonsOf(field));
  if (parts.in !== undefined) conditions.push(equalities(field, parts.in, path, typeof value !== 'object'));
  if (parts.isNull !== undefined) {
    if (!field.equal) refuse('isNull');
    const value = asFlag(parts.isNull, `${path}.isNull`) as boolean;
    conditions.push({ field: (field.equal as { field: string }).field, op: 'null', value });
  }
  if (parts.like !== undefined) {
    if (!field.text) refuse('like');
    conditions.push({
      field: field.text as string,
      op: 'like',
      pattern: asText(parts.like, `${path}.like`) as string,
    });
  }
  for (const op of ['from', 'to'] as const) {
    if (parts[op] === undefined) continue;
    if (!field.range) refuse(op);
    const range = field.range as NonNullable<Field['range']>;
    conditions.push({ field: range.field, op, value: range[op](parts[op], `${path}.${op}`) });
  }
  return conditions;
}

/** Refuses a filter field that is not on offer. */
export const unknownField = (name: string, offered: readonly string[]): never =>
  unsupported(`filter ${name}`, `filter.${name}`, offered);

/** Whether a filter asks for what has none, or for what has one; undefined where it says neither alone. */
export function asksForNone(name: string, value: FilterValue): boolean | undefined {
  const { isNull, ...others } = partsOf(value, `filter.${name}`);
  if (isNull === undefined || Object.values(others).some((asked) => asked !== undefined)) return undefined;
  return asFlag(isNull, `filter.${name}.isNull`) as boolean;
}

/** The keys of one code, or of several by `in`; null is none. For filters that are no comparison of a field. */
export function codesIn(name: string, value: FilterValue): (string | null)[] {
  const path = `filter.${name}`;
  const { in: values, isNull, ...others } = partsOf(value, path);
  const refuse = (what: string): never => unsupported(`${what} of ${name}`, path, ['in', 'isNull']);
  for (const [operator, asked] of Object.entries(others)) if (asked !== undefined) refuse(operator);
  if (values === undefined) return isNull === true ? [null] : refuse('isNull');
  if (isNull !== undefined) refuse('isNull');
  return valuesOf(values, path, typeof value !== 'object', keyed) as (string | null)[];
}

/** A single plain value, for filters that are no comparison. */
export function plainValue(
  name: string,
  value: FilterValue,
  expected: 'boolean' | 'number' | 'string',
): Plain {
  return typeof value === expected ? (value as Plain) : wrong(`filter.${name}`, expected);
}
