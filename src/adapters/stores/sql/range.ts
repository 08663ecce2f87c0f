/**
 * Answers ranges of an index. An engine asks for hundreds of them at once, mostly the same with other values:
 * those are answered with one statement.
 */
import type { RangeOptions, Scalar, StoredRecord } from '../../../core/adapter-kit.ts';
import { Conditions } from './conditions.ts';
import { encode, NULL } from './encode.ts';
import { type Layout, partColumn } from './layout.ts';
import { Order } from './order.ts';
import { along, type Reading, recordOf } from './question.ts';
import { all, Parameters } from './statement.ts';

/** What a range says, whole. */
interface Range {
  readonly prefix: readonly Scalar[];
  readonly from: Scalar;
  readonly to: Scalar;
}

const rangeOf = ({ prefix = [], from = null, to = null }: RangeOptions): Range => ({ prefix, from, to });

/** Records of one index in order. */
export async function rangeIn(
  reading: Reading,
  index: string,
  options: RangeOptions,
): Promise<StoredRecord[]> {
  const { layout, tenant, facts } = reading;
  const { after, reverse = false, limit = Number.POSITIVE_INFINITY } = options;
  if (limit <= 0) return [];
  const { prefix, from, to } = rangeOf(options);
  const order = Order.of(layout, { order: index, reverse });
  const names = order.keys.map(({ part }) => part.name);
  const next = names[prefix.length];
  const isBounded = next !== undefined && (from !== null || to !== null);
  const begin = () => {
    const parameters = new Parameters(tenant.name);
    const conditions = new Conditions(layout, facts, parameters);
    const where = ['tenant = $1', ...order.held];
    for (const [i, value] of prefix.entries()) where.push(conditions.equal(names[i] ?? '', value));
    if (next !== undefined && from !== null) where.push(conditions.bound(next, 'from', from));
    if (next !== undefined && to !== null) where.push(conditions.bound(next, 'to', to));
    if (isBounded) where.push(`${partColumn(next)} < '${NULL}'`);
    const fixed = new Map(prefix.map((value, i) => [names[i] ?? '', value]));
    return {
      parameters,
      where,
      filter: { sql: where, test: undefined, fixed, filled: new Set(isBounded ? [next] : []) },
    };
  };
  return along(reading, { begin, order }, { after, limit });
}

/** Ranges with the same name are answered together; undefined where a range has to be answered alone. */
export function shapeOf(
  layout: Layout,
  facts: Reading['facts'],
  index: string,
  options: RangeOptions,
): string | undefined {
  const { prefix, from, to } = rangeOf(options);
  const { parts } = layout.spec(index);
  const { limit = '', reverse = false } = options;
  if (prefix.length === 0 || prefix.length > parts.length || options.after !== undefined) return undefined;
  if (limit !== '' && limit <= 0) return undefined;
  if (parts.some(({ name }) => facts.long.has(name))) return undefined;
  if (reverse && parts.slice(prefix.length).some(({ name }) => facts.nulls.has(name))) return undefined;
  const values = [...prefix, from, to];
  if (values.some((value) => encode(value).long !== '')) return undefined;
  return JSON.stringify([index, prefix.length, from === null, to === null, reverse, limit]);
}

/** Several ranges of one shape, in the order asked. */
export async function rangesIn(
  { transaction, tenant, layout }: Reading,
  index: string,
  asked: readonly RangeOptions[],
): Promise<StoredRecord[][]> {
  const [first = {}] = asked;
  const { parts } = layout.spec(index);
  const { limit, reverse = false } = first;
  const order = Order.of(layout, { order: index, reverse });
  const parameters = new Parameters(tenant.name);
  const lists: string[] = [];
  const where = ['t.tenant = $1', ...order.held.map((held) => `t.${held}`)];
  const compare = (part: number, sign: string, value: (range: Range) => Scalar) => {
    lists.push(parameters.list(asked.map((one) => encode(value(rangeOf(one))).key)));
    where.push(`t.${partColumn(parts[part]?.name ?? '')} ${sign} q.v${lists.length}`);
  };
  const { prefix, from, to } = rangeOf(first);
  for (const i of prefix.keys()) compare(i, '=', (range) => range.prefix[i] ?? null);
  const next = prefix.length;
  if (next < parts.length && from !== null) compare(next, '>=', (range) => range.from);
  if (next < parts.length && to !== null) compare(next, '<=', (range) => range.to);
  if (next < parts.length && (from ?? to) !== null)
    where.push(`t.${partColumn(parts[next]?.name ?? '')} < '${NULL}'`);
  const rest = parts.slice(next).map(({ name }) => `t.${partColumn(name)}`);
  const down = reverse ? ' desc' : '';
  const orderBy = [...rest, 't.id'].map((column) => column + down).join(', ');
  const cut = limit === undefined ? '' : ` limit ${parameters.add(limit)}::bigint`;
  const rows = await parameters.run<{ n: number | string; record: string }>(
    transaction,
    `select q.n, r.record
from unnest(${lists.join(', ')}) with ordinality as q(${lists.map((_, i) => `v${i + 1}`).join(', ')}, n)
cross join lateral (
  select t.record from ${tenant.tableOf(layout)} as t where ${all(where)} order by ${orderBy}${cut}
) as r`,
  );
  const found: StoredRecord[][] = asked.map(() => []);
  for (const row of rows) found[Number(row.n) - 1]?.push(recordOf(row));
  return found;
}
