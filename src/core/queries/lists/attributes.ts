/**
 * Filters of custom attributes: `attributes.<key>` with every comparison. What has a value is found through
 * the index of values; what has none is seen on the record itself.
 */
import type { AttributeRecord } from '../../model/cases.ts';
import type { FilterValue } from '../../model/views.ts';
import { LedgerError } from '../../ports/errors.ts';
import { codeKey, compareText } from '../../ports/keys.ts';
import type { Condition, Scalar } from '../../ports/store.ts';
import type { QueryView } from '../../ports/view.ts';
import { attributeSort } from '../../rules/attributes.ts';
import { likeMatcher } from '../../rules/like.ts';
import { type Parts, partsOf } from './filters.ts';
import { walk } from './scan.ts';

const PREFIX = 'attributes.';

/** Whether a filter or a sort names an attribute. */
export const isAttribute = (name: string): boolean => name.startsWith(PREFIX) && name.length > PREFIX.length;

/** The key of the attribute a filter or a sort names. */
export const attributeKey = (name: string): string => codeKey(name.slice(PREFIX.length));

interface Attributed {
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The value a record has under a name, whatever its case. */
export function attributeOf({ attributes }: Attributed, key: string): AttributeRecord['value'] | null {
  let found: unknown = null;
  for (const [name, value] of Object.entries(attributes)) if (codeKey(name) === key) found = value;
  return typeof found === 'object' || found === undefined ? null : (found as AttributeRecord['value']);
}

/** One filter of an attribute. */
export interface AttributeFilter {
  readonly key: string;
  /** Also fits what has no value: the index of values cannot tell. */
  readonly fitsNone: boolean;
  test(record: Attributed): boolean;
  /** What a value has to be, as conditions on the index of values. */
  readonly conditions: readonly Condition[];
}

const isScalar = (value: unknown): value is Exclude<Scalar, null> =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const wrong = (path: string, expected: string): never => {
  throw new LedgerError('field.type', { path, details: { expected } });
};

/** Bounds of one type: `b` booleans, `n` numbers, `t` texts and dates; no key of a type is beyond its letter's. */
const bound = (value: unknown, path: string): string =>
  isScalar(value) ? (attributeSort(value) as string) : wrong(path, 'a value');

function boundsOf({ from, to }: Parts, path: string): { low: string; high: string } | undefined {
  if (from === undefined && to === undefined) return undefined;
  const [first, last] = [from, to].map((each, i) =>
    each === undefined ? undefined : bound(each, `${path}.${i === 0 ? 'from' : 'to'}`),
  );
  const type = (first ?? last ?? '')[0] ?? '';
  return { low: first ?? type, high: last ?? String.fromCharCode(type.charCodeAt(0) + 1) };
}

function wantedOf(parts: Parts, path: string): readonly Scalar[] | undefined {
  if (parts.in === undefined) return undefined;
  if (!Array.isArray(parts.in)) return wrong(`${path}.in`, 'a list');
  const values = parts.in as unknown[];
  values.forEach((value, i) => {
    if (value !== null && !isScalar(value)) wrong(`${path}.in[${i}]`, 'a value');
  });
  return values as Scalar[];
}

/**
 * Reads one filter of an attribute.
 * @throws LedgerError `field.type`, `query.unsupported` for what no filter says
 */
export function attributeFilter(name: string, value: FilterValue): AttributeFilter {
  const path = `filter.${name}`;
  const key = attributeKey(name);
  const parts = partsOf(value, path);
  const wanted = wantedOf(parts, path);
  const bounds = boundsOf(parts, path);
  if (parts.like !== undefined && typeof parts.like !== 'string') wrong(`${path}.like`, 'string');
  if (parts.isNull !== undefined && typeof parts.isNull !== 'boolean') wrong(`${path}.isNull`, 'boolean');
  const like = parts.like === undefined ? undefined : likeMatcher(parts.like as string);
  const fits = (found: Scalar): boolean => {
    if (parts.isNull !== undefined && (found === null) !== parts.isNull) return false;
    if (wanted && !wanted.includes(found)) return false;
    if (like && !(typeof found === 'string' && like(found))) return false;
    if (!bounds) return true;
    const sort = attributeSort(found);
    return sort !== null && compareText(sort, bounds.low) >= 0 && compareText(sort, bounds.high) <= 0;
  };
  const conditions: Condition[] = [{ field: 'key', op: 'eq', value: key }];
  if (wanted) conditions.push({ field: 'value', op: 'in', values: wanted });
  if (parts.like !== undefined)
    conditions.push({ field: 'value', op: 'like', pattern: parts.like as string });
  if (bounds) {
    conditions.push({ field: 'sort', op: 'from', value: bounds.low });
    conditions.push({ field: 'sort', op: 'to', value: bounds.high });
  } else if (wanted?.length === 1) {
    conditions.push({ field: 'sort', op: 'eq', value: attributeSort(wanted[0]) });
  }
  return { key, fitsNone: fits(null), test: (record) => fits(attributeOf(record, key)), conditions };
}

/** The records a filter means, through the index of values. */
export function idsFor(view: QueryView, owner: AttributeRecord['owner'], filter: AttributeFilter): Condition {
  const where: Condition[] = [{ field: 'owner', op: 'eq', value: owner }, ...filter.conditions];
  const values: string[] = [];
  for (const { record } of walk(view, 'attributes', { where, order: 'byValue' })) values.push(record.of);
  return { field: 'id', op: 'in', values };
}
