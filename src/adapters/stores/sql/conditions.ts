/**
 * What a question asks, as conditions of the database. What names no declared part cannot be asked of it: that
 * remains as a test of each record, and the conditions then let through more than is meant.
 */
import {
  type Condition,
  type FindOptions,
  fold,
  readerOf,
  type Scalar,
  type StoredRecord,
  testOfQuestion,
} from '../../../core/adapter-kit.ts';
import { AFTER_NUMBERS, AFTER_TEXTS, encode, encodeText, NULL } from './encode.ts';
import { type Facts, foldedColumn, type Layout, longOf, partColumn } from './layout.ts';
import type { Parameters } from './statement.ts';

type Test = (record: StoredRecord) => boolean;

/** A question's conditions. */
export interface Filter {
  readonly sql: readonly string[];
  /** What is left to be asked of each record; undefined where that is nothing. */
  readonly test: Test | undefined;
  /** Parts that can have one value only. */
  readonly fixed: ReadonlyMap<string, Scalar>;
  /** Parts that cannot be null. */
  readonly filled: ReadonlySet<string>;
}

/** The `like` pattern of the database for one of the port: literal runs are folded, wildcards stay. */
export function likePattern(pattern: string): string {
  let result = '';
  let run = '';
  const flush = () => {
    result += escapedLike(fold(run));
    run = '';
  };
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] as string;
    if (character === '%' || character === '_') {
      flush();
      result += character;
      continue;
    }
    if (character === '\\' && i + 1 < characters.length) i++;
    run += characters[i];
  }
  flush();
  return result;
}

/** A text that stands for itself in a pattern of the database. */
const escapedLike = (text: string): string =>
  encodeText(text).replace(/[\\%_]/g, (special) => `\\${special}`);

/** A pattern with a run of characters long enough for an index of such runs to tell anything. */
const TELLING = /[^%_\\]{3}/;

/** Writes conditions on the columns of one collection. */
export class Conditions {
  readonly #layout: Layout;
  readonly #facts: Facts;
  readonly #parameters: Parameters;

  constructor(layout: Layout, facts: Facts, parameters: Parameters) {
    this.#layout = layout;
    this.#facts = facts;
    this.#parameters = parameters;
  }

  /** Everything a question asks. */
  filter({ where = [], search }: Pick<FindOptions, 'where' | 'search'>): Filter {
    const sql: string[] = [];
    const rest: Condition[] = [];
    for (const condition of where) {
      if (this.#isWritable(condition)) sql.push(this.#condition(condition));
      else rest.push(condition);
    }
    const isAsked = search === undefined || (search.or ?? []).every((one) => this.#isWritable(one));
    if (search !== undefined && isAsked) sql.push(this.#search(search));
    const { table } = this.#layout;
    const left = { where: rest, ...(search === undefined || isAsked ? {} : { search }) };
    const test = testOfQuestion(table, (field) => readerOf(table, field), left);
    return { sql, test, fixed: fixedBy(where), filled: filledBy(where) };
  }

  /** One condition the database can be asked. */
  #condition(condition: Condition): string {
    const { field } = condition;
    if (!this.#layout.parts.has(field)) return this.#ofId(condition);
    const column = partColumn(field);
    switch (condition.op) {
      case 'eq':
        return this.equal(field, condition.value);
      case 'ne':
        return `not ${this.equal(field, condition.value)}`;
      case 'in':
        return this.#in(field, condition.values);
      case 'null':
        return `${column} ${condition.value ? '=' : '<>'} '${NULL}'`;
      case 'from':
      case 'to':
        return `(${this.#ofType(column, condition.value)} and ${this.bound(field, condition.op, condition.value)})`;
      case 'like':
        return this.#like(field, condition.pattern);
    }
  }

  /** That a part has a value. */
  equal(part: string, value: Scalar): string {
    const column = partColumn(part);
    const { key, long } = encode(value);
    if (key === NULL) return `(${column} = '${NULL}')`;
    const same = `${column} = ${this.#parameters.add(key)}`;
    if (long === '' && !this.#facts.long.has(part)) return `(${same})`;
    return `(${same} and ${longOf(part)} = ${this.#parameters.add(long)})`;
  }

  /** That a part does not lie before, or behind, a value, in the order of an index. */
  bound(part: string, side: 'from' | 'to', value: Scalar): string {
    const column = partColumn(part);
    const { key, long } = encode(value);
    const sign = side === 'from' ? '>' : '<';
    const near = this.#parameters.add(key);
    if (long === '' && !this.#facts.long.has(part)) return `${column} ${sign}= ${near}`;
    return `(${column}, ${longOf(part)}) ${sign}= (${near}, ${this.#parameters.add(long)})`;
  }

  /** That a part's value is of the type of another; the bound itself limits the other side. */
  #ofType(column: string, value: Scalar): string {
    if (typeof value === 'string') return `${column} >= '${AFTER_NUMBERS}' and ${column} < '${AFTER_TEXTS}'`;
    if (typeof value === 'number') return `${column} >= 'n' and ${column} < '${AFTER_NUMBERS}'`;
    return `${column} < 'n'`;
  }

  /** That a part has one of some values: few parameters, however many values there are. */
  #in(part: string, values: readonly Scalar[]): string {
    const column = partColumn(part);
    const encoded = [...new Set(values)].map(encode);
    const keys = this.#parameters.list(encoded.map(({ key }) => key));
    const near = `${column} = any(${keys})`;
    if (!this.#facts.long.has(part) && encoded.every(({ long }) => long === '')) return `(${near})`;
    const longs = this.#parameters.list(encoded.map(({ long }) => long));
    return `(${near} and (${column}, ${longOf(part)}) in (select k, l from unnest(${keys}, ${longs}) as v(k, l)))`;
  }

  #like(part: string, pattern: string): string {
    const written = likePattern(pattern);
    const fits = `${foldedColumn(part)} like ${this.#parameters.add(written)}`;
    // all search parts stand in one column, which may have an index for what stands somewhere within
    return TELLING.test(pattern) ? `(${fits} and search like ${this.#parameters.add(`%${written}%`)})` : fits;
  }

  #ofId(condition: Condition): string {
    const is = (value: Scalar) =>
      typeof value === 'string' ? `(id = ${this.#parameters.add(encodeText(value))})` : 'false';
    switch (condition.op) {
      case 'eq':
        return is(condition.value);
      case 'ne':
        return `not ${is(condition.value)}`;
      case 'in': {
        const ids = condition.values.filter((value) => typeof value === 'string');
        return `id = any(${this.#parameters.list(ids.map(encodeText))})`;
      }
      case 'null':
        return condition.value ? 'false' : 'true';
      case 'from':
      case 'to': {
        if (typeof condition.value !== 'string') return 'false';
        const sign = condition.op === 'from' ? '>=' : '<=';
        return `id ${sign} ${this.#parameters.add(encodeText(condition.value))}`;
      }
      case 'like':
        throw new Error('no pattern is asked of an id');
    }
  }

  /** Whether the database can be asked a condition. */
  #isWritable({ field, op }: Condition): boolean {
    if (this.#layout.parts.has(field)) return op !== 'like' || this.#layout.isFolded(field);
    return field === 'id' && op !== 'like';
  }

  #search({ text, or = [] }: NonNullable<FindOptions['search']>): string {
    const ways: string[] = [];
    if ((this.#layout.table.search ?? []).length > 0) {
      const pattern = `%${escapedLike(fold(text))}%`;
      ways.push(`search like ${this.#parameters.add(pattern)}`);
    }
    for (const condition of or) ways.push(this.#condition(condition));
    return `(${ways.join(' or ') || 'false'})`;
  }
}

/** The parts that conditions leave one value. */
function fixedBy(where: readonly Condition[]): ReadonlyMap<string, Scalar> {
  const fixed = new Map<string, Scalar>();
  for (const condition of where) {
    if (condition.op === 'eq') fixed.set(condition.field, condition.value);
    else if (condition.op === 'null' && condition.value) fixed.set(condition.field, null);
  }
  return fixed;
}

/** The parts that conditions leave no `null`. */
function filledBy(where: readonly Condition[]): ReadonlySet<string> {
  const filled = new Set<string>();
  for (const condition of where) {
    const { field, op } = condition;
    const isFilled =
      op === 'from' ||
      op === 'to' ||
      op === 'like' ||
      (op === 'null' && !condition.value) ||
      (op === 'ne' && condition.value === null) ||
      (op === 'in' && !condition.values.includes(null));
    if (isFilled) filled.add(field);
  }
  return filled;
}
