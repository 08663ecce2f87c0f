/**
 * What a question asks of one record, compiled once per question into a plain function: conditions and the
 * quick search. Values are compared as they are, `null` being a value like others for
 * `eq`, `ne` and `in`; `from`, `to` and `like` never hold for `null` or for a value of another type.
 */
import { LedgerError } from '../ports/errors.ts';
import { compareText, fold } from '../ports/keys.ts';
import type { Condition, FindOptions, Scalar, StoredRecord, Table } from '../ports/store.ts';
import { likeMatcher } from '../rules/like.ts';

/** Reads one value of a record. */
export type Reader = (record: StoredRecord) => Scalar;
/** Whether a record is meant. */
export type Test = (record: StoredRecord) => boolean;

/**
 * How a field of a question is read: the index or search part of this name, else the record's own field.
 * A part's name means the same value wherever it stands in a table. What is not a scalar reads as `null`,
 * and so does a field the record does not have.
 */
export function readerOf(table: Table, field: string): Reader {
  const lists = [
    ...Object.values(table.indexes ?? {}).map((index) => index.parts),
    ...Object.values(table.unique ?? {}),
    table.search ?? [],
    table.fields ?? [],
  ];
  for (const parts of lists) {
    const part = parts.find((one) => one.name === field);
    if (part !== undefined) return (record) => part.of(record as never) ?? null;
  }
  return (record) => {
    if (!Object.hasOwn(record, field)) return null;
    const value = (record as unknown as Record<string, unknown>)[field];
    return typeof value === 'object' || value === undefined ? null : (value as Scalar);
  };
}

/** Whether `value` lies on the asked side of `bound`: the same type, strings by code points. */
function atLeast(value: Scalar, bound: Scalar): boolean {
  if (typeof value !== typeof bound || value === null || bound === null) return false;
  if (typeof value === 'string') return compareText(value, bound as string) >= 0;
  return value >= bound;
}

/** Compiles one condition. */
export function testOf(condition: Condition, read: Reader): Test {
  switch (condition.op) {
    case 'eq':
      return (record) => read(record) === condition.value;
    case 'ne':
      return (record) => read(record) !== condition.value;
    case 'in': {
      const values = new Set<Scalar>(condition.values);
      return (record) => values.has(read(record));
    }
    case 'from':
      return (record) => atLeast(read(record), condition.value);
    case 'to':
      return (record) => atLeast(condition.value, read(record));
    case 'like': {
      const matches = likeMatcher(condition.pattern);
      return (record) => {
        const value = read(record);
        return typeof value === 'string' && matches(value);
      };
    }
    case 'null':
      return (record) => (read(record) === null) === condition.value;
    default:
      throw new LedgerError('query.unsupported', { details: { what: `condition ${String(condition)}` } });
  }
}

/** Compiles a quick search: the folded text occurs in a search part, or one of the conditions holds. */
export function searchTest(
  table: Table,
  search: NonNullable<FindOptions['search']>,
  reader: (field: string) => Reader,
): Test {
  const text = fold(search.text);
  const readers = (table.search ?? []).map(
    (part): Reader =>
      (record) =>
        part.of(record as never),
  );
  const others = (search.or ?? []).map((condition) => testOf(condition, reader(condition.field)));
  return (record) => {
    for (const read of readers) {
      const value = read(record);
      if (typeof value === 'string' && fold(value).includes(text)) return true;
    }
    return others.some((test) => test(record));
  };
}

/**
 * Compiles the conditions and the search of a question; undefined where it has none.
 * @param reader how a field is read
 */
export function testOfQuestion(
  table: Table,
  reader: (field: string) => Reader,
  { where = [], search }: Pick<FindOptions, 'where' | 'search'>,
): Test | undefined {
  const tests = where.map((condition) => testOf(condition, reader(condition.field)));
  if (search !== undefined) tests.push(searchTest(table, search, reader));
  if (tests.length < 2) return tests[0];
  return (record) => {
    for (const test of tests) if (!test(record)) return false;
    return true;
  };
}
