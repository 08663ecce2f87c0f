/**
 * Answers questions: a page in an order, with its total. What the database can be asked it answers alone; the
 * rest is asked of records as they come, in the order, in the same view.
 */
import {
  type FindOptions,
  type FindPage,
  LedgerError,
  type Scalar,
  type StoredRecord,
} from '../../../core/adapter-kit.ts';
import { Conditions, type Filter } from './conditions.ts';
import type { SqlTransaction } from './driver.ts';
import { type Facts, type Layout, NO_FACTS } from './layout.ts';
import { Order, type Stretch } from './order.ts';
import { all, Parameters } from './statement.ts';
import type { Standing, Tenant } from './tenant.ts';

/** Records that are read at once where each has to be asked. */
const SLICE = 500;

/** What reading one collection needs. */
export interface Reading {
  readonly transaction: SqlTransaction;
  readonly tenant: Tenant;
  readonly layout: Layout;
  readonly facts: Facts;
}

/** Reading a collection within a transaction. */
export const readingOf = (
  transaction: SqlTransaction,
  tenant: Tenant,
  standing: Standing,
  layout: Layout,
): Reading => ({
  transaction,
  tenant,
  layout,
  facts: standing.facts.get(layout.table.name) ?? NO_FACTS,
});

type Asked = Pick<FindOptions, 'where' | 'search'>;

/** A record as its row has it. */
export const recordOf = ({ record }: { readonly record: string }): StoredRecord => JSON.parse(record);

/** A statement half written: its conditions stand, with their parameters. */
interface Begun {
  readonly parameters: Parameters;
  readonly filter: Filter;
  readonly where: readonly string[];
}

function begin({ tenant, layout, facts }: Reading, asked: Asked, held: readonly string[]): Begun {
  const parameters = new Parameters(tenant.name);
  const filter = new Conditions(layout, facts, parameters).filter(asked);
  return { parameters, filter, where: ['tenant = $1', ...held, ...filter.sql] };
}

/** So many rows of a stretch, from a place among them on. */
async function rowsOf(
  reading: Reading,
  { parameters, where }: Begun,
  stretch: Stretch,
  limit: number,
  skip: number,
): Promise<StoredRecord[]> {
  const table = reading.tenant.tableOf(reading.layout);
  const conditions = all([...where, ...stretch.where(parameters)]);
  const cut = Number.isFinite(limit) ? ` limit ${parameters.add(limit)}::bigint` : '';
  const offset = skip > 0 ? ` offset ${parameters.add(skip)}::bigint` : '';
  const rows = await parameters.run<{ record: string }>(
    reading.transaction,
    `select record from ${table} where ${conditions} order by ${stretch.orderBy}${cut}${offset}`,
  );
  return rows.map(recordOf);
}

async function countOf(reading: Reading, { parameters, where }: Begun, most?: number): Promise<number> {
  const table = reading.tenant.tableOf(reading.layout);
  const asked = `from ${table} where ${all(where)}`;
  const text =
    most === undefined
      ? `select count(*) as count ${asked}`
      : `select count(*) as count from (select 1 ${asked} limit ${parameters.add(most + 1)}::bigint) as counted`;
  const [row] = await parameters.run<{ count: number | string }>(reading.transaction, text);
  return Number(row?.count ?? 0);
}

/** Where reading begins, and where it ends. */
interface Window {
  readonly after?: readonly Scalar[] | undefined;
  readonly skip?: number;
  readonly limit: number;
}

/** What is read: a condition may be added to those of a question. */
interface Wanted {
  readonly begin: () => Begun;
  readonly order: Order;
}

/** Records in an order, as far as the database can be asked: with a `test` there may be others among them. */
export async function along(
  reading: Reading,
  { begin, order }: Wanted,
  { after, limit, skip = 0 }: Window,
): Promise<StoredRecord[]> {
  const found: StoredRecord[] = [];
  const stretches = order.stretches({ ...begin().filter, facts: reading.facts }, after);
  let left = skip;
  for (const [i, stretch] of stretches.entries()) {
    if (found.length >= limit) break;
    // every stretch is a statement of its own, with parameters of its own
    const rows = await rowsOf(reading, begin(), stretch, limit - found.length, left);
    found.push(...rows);
    if (rows.length > 0 || left === 0) left = 0;
    else if (i + 1 < stretches.length) {
      const passed = begin();
      const where = [...passed.where, ...stretch.where(passed.parameters)];
      left -= await countOf(reading, { ...passed, where });
    }
  }
  return found;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function mustBeAnswerable({ skip, after, total }: FindOptions): void {
  const refuse = (what: string): never => {
    throw new LedgerError('query.unsupported', { details: { what } });
  };
  if (skip !== undefined && after !== undefined) refuse('skip together with after');
  if (skip !== undefined && !isCount(skip)) refuse(`skip ${skip}`);
  if (typeof total === 'number' && !isCount(total)) refuse(`total ${total}`);
}

function totalOf({ total }: FindOptions, count: number): Pick<FindPage, 'total' | 'capped'> {
  if (total === true) return { total: count };
  if (typeof total !== 'number') return {};
  return count > total ? { total, capped: true } : { total: count };
}

/** So many of the records in an order that pass a test; slice by slice, so that few are held at once. */
async function* tested(
  reading: Reading,
  wanted: Wanted,
  test: (record: StoredRecord) => boolean,
  from: readonly Scalar[] | undefined,
): AsyncGenerator<StoredRecord> {
  let after = from;
  for (;;) {
    const slice = await along(reading, wanted, { after, limit: SLICE });
    for (const record of slice) if (test(record)) yield record;
    const last = slice.at(-1);
    if (last === undefined || slice.length < SLICE) return;
    after = wanted.order.positionOf(last);
  }
}

/** A page, and how many there are, where each record has to be asked. */
async function pageOfTested(
  reading: Reading,
  wanted: Wanted,
  test: (record: StoredRecord) => boolean,
  { after, skip = 0, limit, total }: FindOptions,
): Promise<{ readonly records: StoredRecord[]; readonly count: number }> {
  const records: StoredRecord[] = [];
  // the total counts what lies before a position as well, so that is walked apart
  const most = total === true ? Number.POSITIVE_INFINITY : typeof total === 'number' ? total + 1 : 0;
  const counts = most > 0 && after === undefined;
  let count = 0;
  for await (const record of tested(reading, wanted, test, after)) {
    count++;
    if (count > skip && records.length <= limit) records.push(record);
    if (records.length > limit && (!counts || count >= most)) break;
  }
  if (most === 0 || counts) return { records, count };
  count = 0;
  for await (const _record of tested(reading, wanted, test, undefined)) if (++count >= most) break;
  return { records, count };
}

/**
 * One page of a question, with its total if asked.
 * @throws LedgerError `query.unsupported`, `cursor.invalid`
 */
export async function findIn(reading: Reading, options: FindOptions): Promise<FindPage> {
  mustBeAnswerable(options);
  const { after, skip = 0, total } = options;
  const limit = Math.max(options.limit, 0);
  const order = Order.of(reading.layout, options);
  const wanted: Wanted = { begin: () => begin(reading, options, order.held), order };
  const { test } = wanted.begin().filter;
  const pageOf = (records: readonly StoredRecord[]): FindPage => {
    const page = records.slice(0, limit);
    const last = page.at(-1);
    const isMore = records.length > limit && last !== undefined;
    return isMore ? { records: page, next: order.positionOf(last) } : { records: page };
  };
  if (test !== undefined) {
    const { records, count } = await pageOfTested(reading, wanted, test, { ...options, limit });
    return { ...pageOf(records), ...totalOf(options, count) };
  }
  const records = await along(reading, wanted, { after, skip, limit: limit + 1 });
  if (total === undefined || total === false) return pageOf(records);
  const isAll = after === undefined && records.length <= limit && (records.length > 0 || skip === 0);
  // a page that begins at the start and is not full has told the total already
  const count = isAll
    ? skip + records.length
    : await countOf(reading, wanted.begin(), total === true ? undefined : total);
  return { ...pageOf(records), ...totalOf(options, count) };
}

/** Every record a question means, in the order of the ids, slice by slice. */
export async function* every(reading: Reading, asked: Asked): AsyncGenerator<StoredRecord> {
  const order = Order.byId;
  const wanted: Wanted = { begin: () => begin(reading, asked, []), order };
  const { test = () => true } = wanted.begin().filter;
  yield* tested(reading, wanted, test, undefined);
}
