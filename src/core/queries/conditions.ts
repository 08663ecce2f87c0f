/**
 * What a question asks of one record, compiled once per question into a plain function: conditions, `like`
 * patterns and the quick search. Values are compared as they are, `null` being a value like others for
 * `eq`, `ne` and `in`; `from`, `to` and `like` never hold for `null` or for a value of another type.
 */
import { LedgerError } from '../ports/errors.ts';
import { compareText, fold } from '../ports/keys.ts';
import type { Condition, FindOptions, Scalar, StoredRecord, Table } from '../ports/store.ts';

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

/** A `like` pattern in pieces: runs of text between `%`; in a run, `null` stands for one character. */
function runsOf(pattern: string): (string | null)[][] {
  const runs: (string | null)[][] = [[]];
  let literal = '';
  const flush = () => {
    // folding may lengthen a text (`ﬁ` becomes `fi`); compare by characters of the folded text
    if (literal !== '') (runs.at(-1) as (string | null)[]).push(...fold(literal));
    literal = '';
  };
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] as string;
    if (character === '%') {
      flush();
      runs.push([]);
    } else if (character === '_') {
      flush();
      (runs.at(-1) as (string | null)[]).push(null);
    } else {
      if (character === '\\' && i + 1 < characters.length) i++;
      literal += characters[i];
    }
  }
  flush();
  return runs;
}

const fits = (text: readonly string[], run: readonly (string | null)[], at: number): boolean =>
  run.every((character, i) => character === null || character === text[at + i]);

/** Matches runs in order, each at its first place: what comes later then has the most room. */
function matchRuns(text: readonly string[], runs: readonly (readonly (string | null)[])[]): boolean {
  const first = runs[0] ?? [];
  const last = runs.at(-1) ?? [];
  if (runs.length === 1) return text.length === first.length && fits(text, first, 0);
  if (text.length < first.length + last.length || !fits(text, first, 0)) return false;
  const end = text.length - last.length;
  if (!fits(text, last, end)) return false;
  let at = first.length;
  for (const run of runs.slice(1, -1)) {
    while (at + run.length <= end && !fits(text, run, at)) at++;
    if (at + run.length > end) return false;
    at += run.length;
  }
  return true;
}

/**
 * Compiles a `like` pattern: `%` is any run, `_` one character, `\` takes the next one as it stands.
 * Both sides are folded, so case and compatibility forms do not matter.
 * @example likeMatcher('%ml_')('500 mL') // false; '%m_' would match
 */
export function likeMatcher(pattern: string): (text: string) => boolean {
  const runs = runsOf(pattern);
  const plain = runs.every((run) => !run.includes(null)) ? runs.map((run) => run.join('')) : undefined;
  if (plain?.length === 1) return (text) => fold(text) === plain[0];
  if (plain?.length === 2 && plain[1] === '') return (text) => fold(text).startsWith(plain[0] as string);
  if (plain?.length === 2 && plain[0] === '') return (text) => fold(text).endsWith(plain[1] as string);
  if (plain?.length === 3 && plain[0] === '' && plain[2] === '') {
    return (text) => fold(text).includes(plain[1] as string);
  }
  return (text) => matchRuns([...fold(text)], runs);
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
