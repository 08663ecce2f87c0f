/** Questions to lists: their shape, and nothing beyond what the list offers. */
import {
  type FilterValue,
  LedgerError,
  type ListQuery,
  type QueryCapabilities,
} from '../../../core/index.ts';
import { placeOf } from './cursors.ts';

export const unsupported = (path: string, what: string): LedgerError =>
  new LedgerError('query.unsupported', { path, details: { what } });

const wrongType = (path: string, expected: string): LedgerError =>
  new LedgerError('field.type', { path, details: { expected } });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Arguments as an object with no names but these. */
export function fieldsOf(args: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  const given = args ?? {};
  if (!isObject(given)) throw wrongType('', 'object');
  const beyond = Object.keys(given).find((name) => !names.includes(name));
  if (beyond === undefined) return given;
  if (beyond === 'asOf' || beyond === 'seq') throw unsupported(beyond, 'the past');
  throw new LedgerError('field.unknown', { path: beyond, details: { name: beyond } });
}

/** A whole number within bounds, or what it is unless said. */
export function wholeOf(
  value: unknown,
  path: string,
  [min, max]: readonly [number, number],
  usual: number,
): number {
  if (value === undefined || value === null) return usual;
  if (!Number.isSafeInteger(value)) throw wrongType(path, 'number');
  if ((value as number) < min || (value as number) > max)
    throw new LedgerError('field.range', { path, details: { min, max } });
  return value as number;
}

export function textIn(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrongType(path, 'string');
  return value;
}

/** A question to a list, checked. */
export interface Question {
  readonly filter: Readonly<Record<string, FilterValue>>;
  readonly sort: readonly string[];
  readonly search: string;
  readonly limit: number;
  readonly skip: number;
  /** How many there are is asked for; a number counts no further. */
  readonly total: number | undefined;
  /** What a cursor belongs to. */
  readonly asked: unknown;
}

const parts = ['filter', 'sort', 'search', 'limit', 'cursor', 'skip', 'total'];
const comparisons = ['in', 'like', 'from', 'to', 'isNull'];

function filterOf(given: unknown, offered: QueryCapabilities): Question['filter'] {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) throw wrongType('filter', 'object');
  for (const [name, value] of Object.entries(given)) {
    const path = `filter.${name}`;
    if (!offered.filters.includes(name)) throw unsupported(path, `filter by ${name}`);
    if (!isObject(value)) continue;
    for (const comparison of Object.keys(value)) {
      if (!comparisons.includes(comparison))
        throw new LedgerError('field.unknown', { path: `${path}.${comparison}` });
      const has: readonly string[] = offered.comparisons?.[name] ?? [];
      if (!has.includes(comparison)) throw unsupported(`${path}.${comparison}`, `${comparison} of ${name}`);
    }
  }
  return given as Question['filter'];
}

function sortOf(given: unknown, { sorts, sortDepth = 1 }: QueryCapabilities): readonly string[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || !given.every((each) => typeof each === 'string'))
    throw wrongType('sort', 'array');
  for (const [i, each] of (given as string[]).entries()) {
    const name = each.replace(/^-/, '');
    if (!sorts.includes(name)) throw unsupported(`sort[${i}]`, `sort by ${name}`);
    if (i >= sortDepth) throw unsupported(`sort[${i}]`, 'so many sorts');
  }
  return given as string[];
}

function totalOf(given: unknown): number | undefined {
  if (given === true) return Number.MAX_SAFE_INTEGER;
  if (given === undefined || given === null || given === false) return undefined;
  return wholeOf(given, 'total', [1, Number.MAX_SAFE_INTEGER], 1);
}

/**
 * A question as the list is to answer it.
 * @throws LedgerError query.unsupported for what the list does not offer; field.*, cursor.invalid
 */
export function questionOf(name: string, args: unknown, offered: QueryCapabilities): Question {
  const given = fieldsOf(args, parts) as ListQuery;
  const filter = filterOf(given.filter, offered);
  const sort = sortOf(given.sort, offered);
  const search = textIn(given.search, 'search')?.trim() ?? '';
  if (search !== '' && !offered.search) throw unsupported('search', 'a search');
  const limit = wholeOf(given.limit, 'limit', [1, 500], 50);
  const asked = [name, filter, sort, search];
  const cursor = textIn(given.cursor, 'cursor');
  const skipped = wholeOf(given.skip, 'skip', [0, Number.MAX_SAFE_INTEGER], 0);
  if (cursor !== undefined && skipped > 0) throw unsupported('skip', 'a cursor and a place together');
  const skip = cursor === undefined ? skipped : (placeOf(asked, cursor)[0] ?? 0);
  return { filter, sort, search, limit, skip, total: totalOf(given.total), asked };
}

/** The values a filter names: a plain one, or those of `in`. */
export function valuesOf(value: FilterValue, path: string): readonly string[] {
  const all = isObject(value) ? (value.in ?? []) : [value];
  return (all as readonly unknown[]).map((each) => {
    if (each === null) throw unsupported(path, 'records that have none');
    if (typeof each !== 'string' && typeof each !== 'number') throw wrongType(path, 'string');
    return String(each);
  });
}

/** The pattern of a filter, where it has one. */
export const likeOf = (value: FilterValue): string | undefined =>
  isObject(value) ? textIn(value.like, 'like') : undefined;
