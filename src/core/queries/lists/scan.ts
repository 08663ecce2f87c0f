/**
 * Pages that a store cannot give by one question: in the order of a custom attribute, or with a test on each
 * record. Records are read in the order asked for until the page is full; nothing is filtered afterwards.
 */
import type { AttributeRecord } from '../../model/cases.ts';
import type { CollectionName, Collections } from '../../model/records.ts';
import type { FindOptions, Scalar, Table } from '../../ports/store.ts';
import { gather, type QueryView } from '../../ports/view.ts';
import { tables } from '../../tables.ts';
import { readerOf, searchTest, type Test, testOf } from '../conditions.ts';
import { positionOf } from '../sort-key.ts';
import { UNGUARDED } from '../views/stock.ts';

/** One thing on a page, and where it stands. */
export interface Found<R> {
  readonly record: R;
  readonly position: readonly Scalar[];
}

const CHUNK = 200;

/** Everything a question finds, from a position on. */
export function* walk<C extends CollectionName>(
  view: QueryView,
  collection: C,
  options: Omit<FindOptions, 'limit'>,
): Generator<Found<Collections[C]>> {
  const partsOf = (order: string) => (tables[collection] as Table).indexes?.[order]?.parts ?? [];
  const { order, then = [] } = options;
  // of several orders only the first part of each counts
  const parts =
    then.length === 0
      ? partsOf(order)
      : [order, ...then.map((sort) => sort.order)].flatMap((name) => partsOf(name).slice(0, 1));
  let after = options.after;
  do {
    const page = view.find(collection, { ...options, limit: CHUNK, ...(after ? { after } : {}) });
    for (const record of page.records) yield { record, position: positionOf(parts, record) };
    after = page.next;
  } while (after);
}

/** A page of what passes, from the `skip`th on; `next` is the position of its last when more follows. */
export function pageOf<R>(
  found: Iterable<Found<R>>,
  limit: number,
  skip = 0,
): { readonly records: R[]; readonly next?: readonly Scalar[] } {
  const records: R[] = [];
  let last: readonly Scalar[] = [];
  let left = skip;
  for (const { record, position } of found) {
    if (left > 0) {
      left--;
      continue;
    }
    if (records.length === limit) return { records, next: last };
    records.push(record);
    last = position;
  }
  return { records };
}

/** What a question asks of one record. */
export function questionTest(
  collection: CollectionName,
  { where, search }: Omit<FindOptions, 'limit'>,
): Test {
  const table = tables[collection];
  const tests = (where ?? []).map((each) => testOf(each, readerOf(table, each.field)));
  if (search) tests.push(searchTest(table, search, (field) => readerOf(table, field)));
  return (record) => tests.every((test) => test(record));
}

/** Whose attribute, by the key of its name. */
export interface AttributeOrder {
  readonly owner: AttributeRecord['owner'];
  readonly key: string;
  readonly reverse: boolean;
}

function* valuesInOrder(
  view: QueryView,
  { owner, key, reverse }: AttributeOrder,
  from: readonly Scalar[] | undefined,
): Generator<AttributeRecord[]> {
  let after = from;
  for (;;) {
    const options = { prefix: [owner, key], reverse, limit: CHUNK, ...(after ? { after } : {}) };
    const page = view.range('attributes', 'byValue', options, UNGUARDED);
    yield [...page];
    const end = page.at(-1);
    if (page.length < CHUNK || !end) return;
    after = placeOf(end);
  }
}

const placeOf = ({ owner, key, sort, of, id }: AttributeRecord): Scalar[] => [owner, key, sort, of, id];

/** What has a value, in its order; then what has none, by code: nulls are last both ways. */
export function* inAttributeOrder<C extends 'lots' | 'serials'>(
  view: QueryView,
  collection: C,
  order: AttributeOrder,
  options: Omit<FindOptions, 'limit' | 'order' | 'reverse'>,
  lacks: (record: Collections[C]) => boolean,
): Generator<Found<Collections[C]>> {
  const [phase, ...at] = options.after ?? ['value'];
  const { after: _position, ...question } = options;
  if (phase === 'value') {
    const test = questionTest(collection, { ...question, order: 'code' });
    for (const values of valuesInOrder(view, order, at.length > 0 ? at : undefined)) {
      const records = gather(values, ({ of }) => view.get(collection, of));
      for (const [i, value] of values.entries()) {
        const record = records[i];
        if (record && test(record)) yield { record, position: ['value', ...placeOf(value)] };
      }
    }
  }
  const from = phase === 'none' && at.length > 0 ? { after: at } : {};
  for (const { record, position } of walk(view, collection, { ...question, order: 'code', ...from })) {
    if (lacks(record)) yield { record, position: ['none', ...position] };
  }
}
