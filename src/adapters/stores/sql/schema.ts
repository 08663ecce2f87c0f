/**
 * The tables in the database: made when a store is first opened, and added to when a program declares more.
 * Nothing is ever taken away or changed, so that programs of different versions can use them at once.
 */
import { LedgerError } from '../../../core/adapter-kit.ts';
import { type SqlDriver, type SqlTransaction, sqlStateOf } from './driver.ts';
import { literal, quoted } from './encode.ts';
import type { Layout, Layouts } from './layout.ts';

/** How tables, rows and values are laid out; raised when an older program could not read them any more. */
const LAYOUT = 1;

/** What every collection's table begins with. */
const COMMON = `tenant text collate "C" not null,
  id text collate "C" not null,
  version bigint not null,
  record text not null,
  long json`;

/** The names of the tables that are no collections. */
export const HEADS = 'lotledger_head';
export const JOURNAL = 'lotledger_journal';
const MADE = 'lotledger_schema';

/** What is there: columns and indexes, by collection. */
type Made = Record<string, { columns: string[]; indexes: string[] }>;

/** Where the tables are, and who uses them. */
export interface Place {
  /** The PostgreSQL schema. */
  readonly schema: string;
  /** The role that transactions of a tenant run under. */
  readonly role: string | undefined;
}

/** A table's whole name. */
export const inSchema = (schema: string, table: string): string => `${quoted(schema)}.${quoted(table)}`;

const ownTables = (schema: string) => ({
  heads: inSchema(schema, HEADS),
  journal: inSchema(schema, JOURNAL),
  made: inSchema(schema, MADE),
});

/**
 * What a role needs to use the tables of a schema, and no more: to be run by their owner, once they are made. What
 * is written in the journal it can neither change nor take away, and what was made it can only look up. Run
 * again, it also takes back what the role was given there before. Not for the owner: it would take from itself what a
 * later version needs.
 *
 * @example
 * await client.query(grants('lotledger', 'portal'));
 */
export function grants(schema: string, role: string): string {
  const [where, who] = [quoted(schema), quoted(role)];
  const { heads, journal, made } = ownTables(schema);
  return `grant usage on schema ${where} to ${who};
grant select, insert, update, delete on all tables in schema ${where} to ${who};
revoke delete on ${heads} from ${who};
revoke update, delete on ${journal} from ${who};
revoke insert, update, delete on ${made} from ${who};
alter default privileges in schema ${where} grant select, insert, update, delete on tables to ${who};`;
}

/** Keeps every row of a table to its tenant, for whoever may not step over it, its owner included. */
const secured = (table: string): string => `alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy tenant on ${table}
  using (tenant = nullif(current_setting('lotledger.tenant', true), ''))
  with check (tenant = nullif(current_setting('lotledger.tenant', true), ''));`;

function base({ schema }: Place): string {
  const { heads, journal, made } = ownTables(schema);
  return `create schema if not exists ${quoted(schema)};
create table ${made} (layout integer not null, made text not null);
insert into ${made} values (${LAYOUT}, '{}');
create table ${heads} (
  tenant text collate "C" primary key,
  seq bigint not null,
  link text not null,
  schema integer not null,
  made text not null,
  facts text not null
);
${secured(heads)}
create table ${journal} (
  tenant text collate "C" not null,
  first_seq bigint not null,
  last_seq bigint not null,
  texts text not null,
  digest text not null,
  link text not null,
  primary key (tenant, last_seq)
);
${secured(journal)}`;
}

/** The statements that bring one collection's table to its layout. */
function tableScript(layout: Layout, { schema }: Place, made: Made[string] | undefined): string[] {
  const name = inSchema(schema, layout.table.name);
  const columns = layout.columns.filter((column) => !made?.columns.includes(column.name));
  const indexes = layout.indexes.filter((index) => !made?.indexes.includes(index.name));
  const declared = columns.map((column) => `${quoted(column.name)} ${column.type} ${column.rest}`);
  const uniques = columns.filter((column) => layout.isUnique(column.name));
  const script: string[] = [];
  if (made === undefined) {
    const rows = [COMMON, ...declared, 'primary key (tenant, id)'].join(',\n  ');
    script.push(`create table ${name} (\n  ${rows}\n);`, secured(name));
  } else if (declared.length > 0) {
    script.push(`alter table ${name} ${declared.map((one) => `add column ${one}`).join(', ')};`);
  }
  for (const column of uniques) {
    // at the end of a commit: two records of it may swap their keys
    script.push(
      `alter table ${name} add constraint ${quoted('uq', layout.table.name, column.name)}
  unique (tenant, ${quoted(column.name)}) deferrable initially deferred;`,
    );
  }
  for (const index of indexes) script.push(`create index ${quoted(index.name)} on ${name} ${index.on};`);
  if (columns.some((column) => column.name === 'search')) script.push(trigrams(layout, name));
  return script;
}

/** An index for what stands somewhere within a text, where the database has such. */
const trigrams = (layout: Layout, name: string): string => `do $$ begin
  create extension if not exists pg_trgm;
  create index ${quoted('tg', layout.table.name)} on ${name} using gin (search gin_trgm_ops);
exception when others then null;
end $$;`;

const missing = (layouts: Layouts, made: Made): Layout[] =>
  [...layouts.values()].filter((layout) => {
    const there = Object.hasOwn(made, layout.table.name) ? made[layout.table.name] : undefined;
    return (
      there === undefined ||
      layout.columns.some((column) => !there.columns.includes(column.name)) ||
      layout.indexes.some((index) => !there.indexes.includes(index.name))
    );
  });

/** What is there by now; undefined where nothing is. */
async function look(transaction: SqlTransaction, { schema }: Place): Promise<Made | undefined> {
  const [there] = await transaction.query<{ encoding: string; made: string | null }>(
    "select current_setting('server_encoding') as encoding, to_regclass($1)::text as made",
    [inSchema(schema, MADE)],
  );
  if (there !== undefined && there.encoding !== 'UTF8') {
    const cause = `the database holds texts as ${there.encoding}, and has to hold them as UTF8`;
    throw new LedgerError('store.unavailable', { details: { cause } });
  }
  if (there?.made == null) return undefined;
  const [row] = await transaction.query<{ layout: number; made: string }>(
    `select layout, made from ${inSchema(schema, MADE)}`,
  );
  if (row === undefined || row.layout > LAYOUT) throw new LedgerError('store.newer');
  return JSON.parse(row.made) as Made;
}

/** Makes what is missing, while nobody else does. */
async function make(
  transaction: SqlTransaction,
  layouts: Layouts,
  place: Place,
  patience: number,
): Promise<void> {
  const { schema, role } = place;
  await waitAtMost(transaction, patience);
  await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`lotledger ${schema}`]);
  const there = await look(transaction, place);
  const made: Made = there ?? {};
  const lacking = missing(layouts, made);
  if (there !== undefined && lacking.length === 0) return;
  const script = there === undefined ? [base(place)] : [];
  for (const layout of lacking) {
    const { name } = layout.table;
    const known = Object.hasOwn(made, name) ? made[name] : undefined;
    script.push(...tableScript(layout, place, known));
    made[name] = {
      columns: [...new Set([...(known?.columns ?? []), ...layout.columns.map((column) => column.name)])],
      indexes: [...new Set([...(known?.indexes ?? []), ...layout.indexes.map((index) => index.name)])],
    };
  }
  if (role !== undefined && role !== (await userOf(transaction))) script.push(grants(schema, role));
  script.push(`update ${inSchema(schema, MADE)} set made = ${literal(JSON.stringify(made))};`);
  await transaction.script(script.join('\n'));
}

/** As whom a transaction runs that has taken on no role. */
async function userOf(transaction: SqlTransaction): Promise<string | undefined> {
  const [row] = await transaction.query<{ name: string }>('select current_user::text as name');
  return row?.name;
}

/** From now on a transaction waits no longer for what others have locked: it then fails with 55P03. */
export const waitAtMost = (transaction: SqlTransaction, milliseconds: number): Promise<unknown> =>
  transaction.query("select set_config('lock_timeout', $1, true)", [String(milliseconds)]);

/** What two programs that make the same at once may run into, where the lock did not help. */
const COLLISIONS = new Set(['23505', '42P06', '42P07', '42701', '42710', '40001', '40P01', 'XX000']);

/**
 * Makes and completes the tables of a store's collections.
 * @param patience milliseconds to wait for somebody else who is at it, or who reads what has to be completed
 * @throws LedgerError `store.newer` where a program wrote whose layout this one does not know
 */
export async function prepare(
  driver: SqlDriver,
  layouts: Layouts,
  place: Place,
  patience: number,
): Promise<void> {
  const there = await driver.transaction({ mode: 'read' }, (transaction) => look(transaction, place));
  if (there !== undefined && missing(layouts, there).length === 0) return;
  for (let tries = 1; ; tries++) {
    try {
      await driver.transaction({ mode: 'write' }, (transaction) =>
        make(transaction, layouts, place, patience),
      );
      return;
    } catch (error) {
      if (tries >= 5 || !COLLISIONS.has(sqlStateOf(error) ?? '')) throw error;
    }
  }
}
