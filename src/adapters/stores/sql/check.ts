/**
 * Whether rows are what their records say: columns, values cut off, search texts, and what the head knows of them. A
 * row that somebody changed past the ledger would be found by what it is not, or not found at all.
 */
import type { StoredRecord } from '../../../core/adapter-kit.ts';
import type { SqlTransaction, SqlValue } from './driver.ts';
import { decodeText, quoted } from './encode.ts';
import type { Layout, Row } from './layout.ts';
import { Learned, type Standing, type Tenant } from './tenant.ts';

/** Rows looked at together. */
const SLICE = 500;

/** A row as the database has it. */
interface Stored extends Record<string, unknown> {
  readonly id: string;
  readonly record: string;
}

/** Values cut off, by their part; in one order, since a later program may have written them in another. */
const longsOf = (text: unknown): string =>
  typeof text === 'string' ? JSON.stringify(Object.entries(JSON.parse(text)).sort()) : '';

/** Whether a column holds a value; whole numbers come as numbers or as decimal texts. */
const holds = (stored: unknown, value: Row[string] | undefined): boolean =>
  stored === value || (typeof value === 'number' && typeof stored === 'string' && String(value) === stored);

/** Whether a row, and what the head knows, are what its record makes of them. */
function isSound(layout: Layout, stored: Stored, learned: Learned): boolean {
  try {
    const record = JSON.parse(stored.record) as StoredRecord;
    const row = layout.row(record, learned.of(layout.table.name));
    const columns = ['id', 'version', ...layout.columns.map(({ name }) => name)];
    return (
      columns.every((name) => holds(stored[name], row[name])) && longsOf(stored.long) === longsOf(row.long)
    );
  } catch {
    // no record, or none from which a row can be made
    return false;
  }
}

/** The rows of a collection by their ids, slice by slice, so that few are held at once. */
async function* rowsIn(
  transaction: SqlTransaction,
  tenant: Tenant,
  layout: Layout,
): AsyncGenerator<readonly Stored[]> {
  const names = layout.columns.map(({ name }) => quoted(name));
  const columns = ['id', 'version', 'record', 'long::text as long', ...names].join(', ');
  for (let after: string | undefined; ; ) {
    const values: SqlValue[] = after === undefined ? [tenant.name] : [tenant.name, after];
    const rows = await transaction.query<Stored>(
      `select ${columns} from ${tenant.tableOf(layout)}
where tenant = $1 ${after === undefined ? '' : 'and id > $2'} order by id limit ${SLICE}`,
      values,
    );
    yield rows;
    after = rows.at(-1)?.id;
    if (after === undefined || rows.length < SLICE) return;
  }
}

/** The first record of a tenant, within one view, whose row is not what it says; undefined where there is none. */
export async function firstUnsound(
  transaction: SqlTransaction,
  tenant: Tenant,
  { facts }: Standing,
): Promise<{ readonly collection: string; readonly key: string } | undefined> {
  for (const layout of tenant.layouts.values()) {
    for await (const rows of rowsIn(transaction, tenant, layout)) {
      for (const row of rows) {
        const learned = new Learned(facts);
        // what the head should know, and does not, would leave records out of lists
        if (isSound(layout, row, learned) && !learned.any) continue;
        return { collection: layout.table.name, key: decodeText(row.id) };
      }
    }
  }
  return undefined;
}
