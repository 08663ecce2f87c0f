/**
 * The order of a question, as its executor reads it: one index, upwards or downwards, or an order made of the
 * first parts of several, each with its own direction. Both say where a record stands as one text, what part
 * of the order conditions leave, and what follows a position.
 */
import { LedgerError } from '../ports/errors.ts';
import type { Condition, FindOptions, IndexPart, IndexSpec, Scalar, StoredRecord } from '../ports/store.ts';
import type { OrderedIndex } from './ordered-index.ts';
import type { MixedSpec, RecordTable } from './record-table.ts';
import {
  ABOVE,
  ABOVE_DIRECTED,
  AFTER_FALLING,
  AFTER_VALUES,
  encodeDirected,
  encodeKey,
  encodeMixed,
  encodeRecord,
  encodeScalar,
  FIRST_VALUE,
  type Nulls,
} from './sort-key.ts';

/** Keys from `low` to before `high`. */
export interface Span {
  readonly low: string;
  readonly high: string;
}

/** The order of a question. */
export interface QuestionOrder {
  /** Tells it from every other order of the table. */
  readonly name: string;
  /** The parts and records it is made of; a position is one value per part, then the id. */
  readonly spec: IndexSpec;
  /** It is read from its end. */
  readonly downwards: boolean;
  keyOf(record: StoredRecord): string;
  /** Its index, up to date. */
  index(): OrderedIndex;
  /** The part of it that conditions on its leading parts leave. */
  narrowed(where: readonly Condition[]): Span;
  /**
   * What of a span follows a position, in the direction of reading.
   * @throws LedgerError `cursor.invalid` for a position of another order
   */
  beyond(span: Span, after: readonly Scalar[] | undefined): Span;
}

/** What a question says of an order's leading parts: equalities, then bounds of the part after them. */
interface Bounds {
  readonly prefix: readonly Scalar[];
  readonly from: Scalar;
  readonly to: Scalar;
}

/** The order a question asks for. */
export function orderOf(table: RecordTable, options: FindOptions): QuestionOrder {
  const spec = table.spec(options.order);
  const reverse = options.reverse === true;
  const { then = [] } = options;
  if (then.length === 0) return indexOrder(table, spec, options.order, reverse);
  const orders = [{ order: options.order, reverse }, ...then];
  const name = JSON.stringify(orders.map((one) => [one.order, one.reverse === true]));
  const parts = orders.map((one) => table.spec(one.order).parts[0] as IndexPart);
  const descends = orders.map((one) => one.reverse === true);
  return mixedOrder(table, name, {
    parts,
    descends,
    ...(spec.where === undefined ? {} : { where: spec.where }),
  });
}

function indexOrder(table: RecordTable, spec: IndexSpec, order: string, reverse: boolean): QuestionOrder {
  const nulls: Nulls = reverse ? 'low' : 'high';
  return {
    name: reverse ? `-${order}` : order,
    spec,
    downwards: reverse,
    keyOf: (record) => encodeRecord(spec.parts, record, nulls),
    index: () => table.index(order, reverse).index,
    narrowed: (where) => narrowed(where, spec.parts, table.index(order, reverse).nulls),
    beyond: (span, after) => beyond(span, spec.parts, after, reverse),
  };
}

function mixedOrder(table: RecordTable, name: string, spec: MixedSpec): QuestionOrder {
  const { parts, descends } = spec;
  const encode = (value: Scalar, i: number) => encodeDirected(value, descends[i] === true);
  return {
    name,
    spec,
    downwards: false,
    keyOf: (record) => encodeMixed(parts, descends, record),
    index: () => table.mixed(name, spec),
    narrowed: (where) => {
      const { prefix, from, to } = boundsOf(where, parts);
      const start = prefix.map(encode).join('');
      const falls = descends[prefix.length] === true;
      const [first, last] = falls ? [to, from] : [from, to];
      const low = first === null ? '' : encodeDirected(first, falls);
      const end = falls ? AFTER_FALLING : AFTER_VALUES;
      const bounded = from !== null || to !== null;
      const high =
        last !== null ? encodeDirected(last, falls) + ABOVE_DIRECTED : bounded ? end : ABOVE_DIRECTED;
      return { low: start + low, high: start + high };
    },
    beyond: (span, after) => {
      if (after === undefined) return span;
      mustFit(parts, after);
      const id = encodeScalar(after[parts.length], 'high');
      const next = `${after.slice(0, parts.length).map(encode).join('')}${id}\u0000`;
      return next > span.low ? { low: next, high: span.high } : span;
    },
  };
}

/** The span of an index under equal leading parts and bounds of the part after them. */
export function spanOf(nulls: Nulls, { prefix, from, to }: Bounds): Span {
  const start = encodeKey(prefix, nulls);
  if (from === null && to === null) return { low: start, high: start + ABOVE };
  const low = from === null ? FIRST_VALUE : encodeScalar(from, nulls);
  const high = to === null ? (nulls === 'high' ? AFTER_VALUES : ABOVE) : encodeScalar(to, nulls) + ABOVE;
  return { low: start + low, high: start + high };
}

/** What of an index's span follows a position, in the direction of reading. */
export function beyond(
  span: Span,
  parts: readonly IndexPart[],
  after: readonly Scalar[] | undefined,
  reverse: boolean,
): Span {
  if (after === undefined) return span;
  mustFit(parts, after);
  // downwards, nulls stand lowest; an index shared by both directions holds none, but a position may
  const key = encodeKey(after, reverse ? 'low' : 'high');
  if (reverse) return key < span.high ? { low: span.low, high: key } : span;
  // no key lies between a whole key and the same with one character more
  const next = `${key}\u0000`;
  return next > span.low ? { low: next, high: span.high } : span;
}

function mustFit(parts: readonly IndexPart[], after: readonly Scalar[]): void {
  if (after.length !== parts.length + 1) throw new LedgerError('cursor.invalid');
}

/** The span of an index that the conditions on its leading parts leave. */
export const narrowed = (where: readonly Condition[], parts: readonly IndexPart[], nulls: Nulls): Span =>
  spanOf(nulls, boundsOf(where, parts));

function boundsOf(where: readonly Condition[], parts: readonly IndexPart[]): Bounds {
  const prefix = prefixOf(where, parts);
  const next = parts[prefix.length];
  let from: Scalar = null;
  let to: Scalar = null;
  for (const condition of where) {
    if (next === undefined || condition.field !== next.name) continue;
    if (condition.op === 'from') from = condition.value;
    else if (condition.op === 'to') to = condition.value;
  }
  return { prefix, from, to };
}

const equalTo = (where: readonly Condition[], part: IndexPart): Scalar | undefined => {
  for (const condition of where) {
    if (condition.field !== part.name) continue;
    if (condition.op === 'eq') return condition.value;
    if (condition.op === 'null' && condition.value) return null;
  }
  return undefined;
};

/** The equalities a question states of the first parts of an order, as a prefix. */
export function prefixOf(where: readonly Condition[], parts: readonly IndexPart[]): Scalar[] {
  const prefix: Scalar[] = [];
  for (const part of parts) {
    const value = equalTo(where, part);
    if (value === undefined) break;
    prefix.push(value);
  }
  return prefix;
}

/** The same, where those equalities are all that is asked: then the records under the prefix are the answer. */
export function wholePrefixOf(
  where: readonly Condition[],
  parts: readonly IndexPart[],
): readonly Scalar[] | undefined {
  const prefix = prefixOf(where, parts);
  if (prefix.length !== where.length) return undefined;
  // one condition per part, or two on one field would be taken for one
  const names = new Set(parts.slice(0, prefix.length).map((part) => part.name));
  return names.size === where.length ? prefix : undefined;
}
