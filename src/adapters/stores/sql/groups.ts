/**
 * Answers aggregates: groups with their number and exact sums. The database counts them where it knows all
 * that is asked; else the records are read and counted here.
 */
import {
  type AggregateOptions,
  type Group,
  type GroupPage,
  LedgerError,
  readerOf,
  type Scalar,
} from '../../../core/adapter-kit.ts';
import { Conditions } from './conditions.ts';
import { compareSorted, decodeScalar, encode } from './encode.ts';
import { longOf, numberColumn, partColumn } from './layout.ts';
import { every, type Reading } from './question.ts';
import { all, Parameters } from './statement.ts';

/**
 * One page of groups.
 * @throws LedgerError `cursor.invalid` for a key of other groups
 */
export async function aggregateIn(reading: Reading, options: AggregateOptions): Promise<GroupPage> {
  const { groupBy, after, limit = Number.POSITIVE_INFINITY } = options;
  if (after !== undefined && after.length !== groupBy.length) throw new LedgerError('cursor.invalid');
  const most = Math.max(limit, 0);
  const found = (await grouped(reading, options)) ?? (await counted(reading, options));
  const groups = found.slice(0, most);
  const last = groups.at(-1);
  return found.length > most && last !== undefined ? { groups, next: last.key } : { groups };
}

/** Groups by the database, one more than asked for; undefined where it does not know what is asked. */
async function grouped(reading: Reading, options: AggregateOptions): Promise<Group[] | undefined> {
  const { transaction, tenant, layout, facts } = reading;
  const { groupBy, sums = [], after, limit } = options;
  if (!groupBy.every((field) => layout.parts.has(field))) return undefined;
  if (!sums.every((field) => layout.isNumber(field))) return undefined;
  const parameters = new Parameters(tenant.name);
  const { sql, test } = new Conditions(layout, facts, parameters).filter(options);
  if (test !== undefined) return undefined;
  const keys: { readonly sql: string; readonly after: string }[] = [];
  for (const [i, field] of groupBy.entries()) {
    const value = encode(after?.[i] ?? null);
    keys.push({ sql: partColumn(field), after: value.key });
    keys.push({ sql: facts.long.has(field) ? longOf(field) : "''::text", after: value.long });
  }
  const where = ['tenant = $1', ...sql];
  if (after !== undefined) where.push(behind(keys, parameters));
  const named = keys.map((key, i) => `${key.sql} as k${i}`);
  const summed = sums.map((field, i) => `coalesce(sum(${numberColumn(field)}), 0)::text as s${i}`);
  const by = keys.filter((key) => !key.sql.startsWith("''")).map((key) => key.sql);
  const page = limit === undefined ? '' : ` limit ${parameters.add(Math.max(limit, 0) + 1)}::bigint`;
  const grouping =
    by.length === 0 ? ' having count(*) > 0' : ` group by ${by.join(', ')} order by ${by.join(', ')}`;
  const rows = await parameters.run<Record<string, string | number>>(
    transaction,
    `select ${[...named, 'count(*) as count', ...summed].join(', ')} from ${tenant.tableOf(layout)}
where ${all(where)}${grouping}${page}`,
  );
  return rows.map((row) => ({
    key: groupBy.map((_, i) => decodeScalar(String(row[`k${2 * i + 1}`] || row[`k${2 * i}`]))),
    count: Number(row.count),
    sums: sums.map((_, i) => String(row[`s${i}`])),
  }));
}

function behind(
  keys: readonly { readonly sql: string; readonly after: string }[],
  parameters: Parameters,
): string {
  if (keys.length === 0) return 'false';
  const values = keys.map((key) => parameters.add(key.after));
  return `(${keys.map((key) => key.sql).join(', ')}) > (${values.join(', ')})`;
}

function compareKeys(a: readonly Scalar[], b: readonly Scalar[]): number {
  for (const [i, value] of a.entries()) {
    const order = compareSorted(value, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** Groups counted here, record by record. */
async function counted(
  reading: Reading,
  { groupBy, sums = [], after, ...asked }: AggregateOptions,
): Promise<Group[]> {
  const { table } = reading.layout;
  const readers = groupBy.map((field) => readerOf(table, field));
  const summed = sums.map((field) => readerOf(table, field));
  const found = new Map<string, { readonly key: Scalar[]; count: number; readonly sums: bigint[] }>();
  for await (const record of every(reading, asked)) {
    const key = readers.map((read) => read(record));
    const name = JSON.stringify(key);
    let group = found.get(name);
    if (group === undefined) found.set(name, (group = { key, count: 0, sums: sums.map(() => 0n) }));
    group.count++;
    for (const [i, read] of summed.entries()) {
      const value = read(record);
      if (Number.isSafeInteger(value)) group.sums[i] = (group.sums[i] ?? 0n) + BigInt(value as number);
    }
  }
  return [...found.values()]
    .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ key, count, sums: totals }) => ({ key, count, sums: totals.map(String) }));
}
