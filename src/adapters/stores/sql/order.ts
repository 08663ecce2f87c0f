/**
 * The order of a question in the database's words: what to sort by, and what follows a position. `null`
 * stands above every value in a column, which is right going up; going down, what is null is read apart, or
 * sorted behind, unless it is known that there is none.
 */
import {
  type FindOptions,
  type IndexPart,
  LedgerError,
  type Scalar,
  type StoredRecord,
} from '../../../core/adapter-kit.ts';
import { compareSorted, encode, encodeText, NULL } from './encode.ts';
import { type Facts, heldColumn, type Layout, longOf, partColumn } from './layout.ts';
import type { Parameters } from './statement.ts';

/** A part of an order, with its direction. */
interface Key {
  readonly part: IndexPart;
  readonly descends: boolean;
}

/** An expression that rows are sorted by. */
interface Term {
  readonly sql: string;
  readonly descends: boolean;
  /** Rows may have nothing there. */
  readonly nulls: boolean;
  /** The value of a position, as the expression has it. */
  readonly value: string;
}

/** One part of an answer: its rows all follow those of the part before. */
export interface Stretch {
  readonly where: (parameters: Parameters) => readonly string[];
  readonly orderBy: string;
}

/** What is known of the rows: see {@link Facts}; and what a question's conditions say of its parts. */
export interface Known {
  readonly facts: Facts;
  readonly fixed: ReadonlyMap<string, Scalar>;
  readonly filled: ReadonlySet<string>;
}

/** The order of a question. */
export class Order {
  readonly keys: readonly Key[];
  /** The condition that keeps to the records of the index. */
  readonly held: readonly string[];
  /** Whether ids descend where everything else is the same. */
  readonly #idDescends: boolean;

  private constructor(keys: readonly Key[], held: readonly string[], idDescends: boolean) {
    this.keys = keys;
    this.held = held;
    this.#idDescends = idDescends;
  }

  /** By the ids alone, upwards. */
  static readonly byId = new Order([], [], false);

  /** @throws LedgerError `query.unsupported` for an index that is not declared */
  static of(layout: Layout, options: Pick<FindOptions, 'order' | 'reverse' | 'then'>): Order {
    const spec = layout.spec(options.order);
    const held = spec.where === undefined ? [] : [heldColumn(options.order)];
    const reverse = options.reverse === true;
    const { then = [] } = options;
    if (then.length === 0) {
      return new Order(
        spec.parts.map((part) => ({ part, descends: reverse })),
        held,
        reverse,
      );
    }
    const orders = [{ order: options.order, reverse }, ...then];
    const keys = orders.map((one) => ({
      part: layout.spec(one.order).parts[0] as IndexPart,
      descends: one.reverse === true,
    }));
    return new Order(keys, held, false);
  }

  /** Where a record stands: one value per part, then the id. */
  positionOf(record: StoredRecord): Scalar[] {
    return [...this.keys.map(({ part }) => part.of(record as never) ?? null), record.id];
  }

  /**
   * What is to be read, one stretch after the other.
   * @throws LedgerError `cursor.invalid` for a position of another order
   */
  stretches(known: Known, after: readonly Scalar[] | undefined): Stretch[] {
    if (after !== undefined && after.length !== this.keys.length + 1) throw new LedgerError('cursor.invalid');
    const { terms, follows } = this.#terms(known, after);
    if (follows === 'none') return [];
    const seeks = after !== undefined && follows !== 'all';
    const [first, ...rest] = terms as [Term, ...Term[]];
    const stretch = (of: readonly Term[], seeking: boolean, ...where: string[]): Stretch => ({
      where: (parameters) => (seeking ? [...where, seek(of, parameters)] : where),
      orderBy: orderBy(of),
    });
    if (!first.descends || !first.nulls) return [stretch(terms, seeks)];
    // downwards nulls come last: first what has a value, then what has none
    const filled = [{ ...first, nulls: false }, ...rest];
    const nulls = stretch(rest, seeks && first.value === NULL, `${first.sql} = '${NULL}'`);
    if (seeks && first.value === NULL) return [nulls];
    return [stretch(filled, seeks, `${first.sql} < '${NULL}'`), nulls];
  }

  /** The expressions to sort by, without those that can have one value only. */
  #terms(
    { facts, fixed, filled }: Known,
    after: readonly Scalar[] | undefined,
  ): { readonly terms: Term[]; readonly follows: 'all' | 'none' | 'some' } {
    const terms: Term[] = [];
    for (const [i, { part, descends }] of this.keys.entries()) {
      const value = after?.[i] ?? null;
      const only = fixed.get(part.name);
      if (only !== undefined) {
        const order = after === undefined ? 0 : compareSorted(only, value, descends);
        if (order === 0) continue;
        // rows all stand before the position, or behind it; but what sorts before this part decides first
        if (terms.length === 0)
          return { ...this.#terms({ facts, fixed, filled }, undefined), follows: order > 0 ? 'all' : 'none' };
        terms.push({ sql: partColumn(part.name), descends, nulls: true, value: encode(value).key });
        continue;
      }
      const nulls = facts.nulls.has(part.name) && !filled.has(part.name);
      const encoded = encode(value);
      terms.push({ sql: partColumn(part.name), descends, nulls, value: encoded.key });
      if (facts.long.has(part.name) || encoded.long !== '') {
        terms.push({ sql: longOf(part.name), descends, nulls: false, value: encoded.long });
      }
    }
    const id = after === undefined ? '' : encodeText(String(after.at(-1)));
    terms.push({ sql: 'id', descends: this.#idDescends, nulls: false, value: id });
    return { terms, follows: 'some' };
  }
}

function orderBy(terms: readonly Term[]): string {
  return terms
    .map(({ sql, descends, nulls }) => {
      if (!descends) return sql;
      return nulls ? `(${sql} = '${NULL}'), ${sql} desc` : `${sql} desc`;
    })
    .join(', ');
}

/** Whether an index can be read from a position on as one row of values. */
function isOneRow(terms: readonly Term[]): boolean {
  const [first] = terms;
  return terms.every(
    (term) => term.descends === first?.descends && !(term.descends && (term.nulls || term.value === NULL)),
  );
}

/** What follows a position. */
function seek(terms: readonly Term[], parameters: Parameters): string {
  const [first, ...rest] = terms;
  if (first === undefined) return 'false';
  if (isOneRow(terms)) {
    const sign = first.descends ? '<' : '>';
    const values = terms.map((term) => parameters.add(term.value));
    return `(${terms.map((term) => term.sql).join(', ')}) ${sign} (${values.join(', ')})`;
  }
  const { sql, descends, nulls } = first;
  const at = parameters.add(first.value);
  const later = seek(rest, parameters);
  if (!descends) return `(${sql} >= ${at} and (${sql} > ${at} or ${later}))`;
  // nothing comes behind what has no value
  if (first.value === NULL) return `(${sql} = ${at} and ${later})`;
  if (nulls) return `(${sql} = '${NULL}' or ${sql} < ${at} or (${sql} = ${at} and ${later}))`;
  return `(${sql} <= ${at} and (${sql} < ${at} or ${later}))`;
}
