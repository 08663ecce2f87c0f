/**
 * One tenant in the database: its head, which a commit locks, and which every transaction begins with. The
 * head also keeps what the tenant's rows are made of, so that rows an older program wrote are completed.
 */
import { GENESIS, type Head } from '../../../core/adapter-kit.ts';
import type { SqlTransaction, SqlValue } from './driver.ts';
import { quoted } from './encode.ts';
import { type Facts, type Layout, type Layouts, NO_FACTS, type Row } from './layout.ts';
import { HEADS, inSchema, type Place } from './schema.ts';

/** Rows completed at once. */
const SLICE = 500;

/** The columns of a tenant's rows, by collection. */
type Made = Readonly<Record<string, readonly string[]>>;
/** What is known of a tenant's rows, by collection. */
type KnownFacts = Record<string, { nulls: string[]; long: string[] }>;

interface HeadRow {
  readonly seq: number | string;
  readonly link: string;
  readonly schema: number;
  readonly made: string;
  readonly facts: string;
}

/** Where a tenant's journal ends, and what is known of its rows. */
export interface Standing {
  readonly head: Head;
  /** The newest schema of a program that opened it. */
  readonly schema: number;
  readonly made: Made;
  readonly facts: ReadonlyMap<string, Facts>;
}

/** Statements of one tenant in one place, and what reading its head over and over would cost. */
export class Tenant {
  readonly place: Place;
  readonly name: string;
  readonly layouts: Layouts;
  readonly #heads: string;
  #made = { text: '', value: {} as Made };
  #facts: { text: string; value: ReadonlyMap<string, Facts> } = { text: '', value: new Map() };

  constructor(place: Place, name: string, layouts: Layouts) {
    this.place = place;
    this.name = name;
    this.layouts = layouts;
    this.#heads = inSchema(place.schema, HEADS);
  }

  /** The whole name of a collection's table. */
  tableOf(layout: Layout): string {
    return inSchema(this.place.schema, layout.table.name);
  }

  /** Confines a transaction to this tenant. To be asked first. */
  enter(transaction: SqlTransaction): Promise<unknown> {
    const { role } = this.place;
    if (role === undefined) {
      return transaction.query("select set_config('lotledger.tenant', $1, true)", [this.name]);
    }
    return transaction.query(
      "select set_config('lotledger.tenant', $1, true), set_config('role', $2, true)",
      [this.name, role],
    );
  }

  /** Where the tenant stands; with `lock`, no other commit of it goes on before this one ends. */
  async standing(transaction: SqlTransaction, lock = false): Promise<Standing | undefined> {
    const [row] = await transaction.query<HeadRow>(
      `select seq, link, schema, made, facts from ${this.#heads} where tenant = $1${lock ? ' for update' : ''}`,
      [this.name],
    );
    if (row === undefined) return undefined;
    // they change once in a while, and are read with every transaction
    if (this.#made.text !== row.made) this.#made = { text: row.made, value: JSON.parse(row.made) as Made };
    if (this.#facts.text !== row.facts) this.#facts = { text: row.facts, value: readFacts(row.facts) };
    return {
      head: { seq: Number(row.seq), link: row.link },
      schema: row.schema,
      made: this.#made.value,
      facts: this.#facts.value,
    };
  }

  /** Writes the first head where there is none, and completes what an older program left out. */
  async open(transaction: SqlTransaction, schema: number): Promise<void> {
    await this.enter(transaction);
    await transaction.query(
      `insert into ${this.#heads} values ($1, 0, $2, $3, $4, '{}') on conflict do nothing`,
      [this.name, GENESIS, schema, JSON.stringify(this.#columns({}))],
    );
    const known = (await this.standing(transaction, true)) as Standing;
    const facts = new Learned(known.facts);
    const lacking = [...this.layouts.values()].filter((layout) => isLacking(layout, known.made));
    if (known.schema >= schema && lacking.length === 0) return;
    for (const layout of lacking) await this.#complete(transaction, layout, facts);
    await transaction.query(
      `update ${this.#heads} set schema = greatest(schema, $2), made = $3, facts = $4 where tenant = $1`,
      [this.name, schema, JSON.stringify(this.#columns(known.made)), facts.text],
    );
  }

  /** The columns of every collection, with those known already. */
  #columns(made: Made): Made {
    const all: Record<string, readonly string[]> = { ...made };
    for (const [name, { columns }] of this.layouts) {
      const known = Object.hasOwn(made, name) ? (made[name] ?? []) : [];
      all[name] = [...new Set([...known, ...columns.map((column) => column.name)])];
    }
    return all;
  }

  /** Computes all rows of a collection anew from their records, slice by slice. */
  async #complete(transaction: SqlTransaction, layout: Layout, facts: Learned): Promise<void> {
    const table = this.tableOf(layout);
    const learn = facts.of(layout.table.name);
    const names = layout.columns.map(({ name }) => quoted(name));
    let last: string | undefined;
    for (;;) {
      const values: SqlValue[] = last === undefined ? [this.name] : [this.name, last];
      const found = await transaction.query<{ id: string; record: string }>(
        `select id, record from ${table} where tenant = $1 ${last === undefined ? '' : 'and id > $2'}
order by id limit ${SLICE}`,
        values,
      );
      if (found.length === 0 || names.length === 0) return;
      const rows: Row[] = found.map(({ record }) => layout.row(JSON.parse(record), learn));
      await transaction.query(
        `update ${table} as t set long = r.long::json, ${names.map((name) => `${name} = r.${name}`).join(', ')}
from ${rowsOf(layout, '$2')} where t.tenant = $1 and t.id = r.id`,
        [this.name, JSON.stringify(rows)],
      );
      last = found.at(-1)?.id;
    }
  }
}

/** Rows out of one parameter, with the columns of a table. */
export function rowsOf(layout: Layout, parameter: string): string {
  const columns = layout.columns.map(({ name, type }) => `${quoted(name)} ${type.split(' ')[0]}`);
  const all = ['id text', 'version bigint', 'record text', 'long text', ...columns].join(', ');
  return `json_to_recordset(${parameter}::text::json) as r(${all})`;
}

const isLacking = ({ table, columns }: Layout, made: Made): boolean => {
  const known = Object.hasOwn(made, table.name) ? made[table.name] : undefined;
  return columns.some((column) => !known?.includes(column.name));
};

/** Whether a tenant's rows have columns that a program does not know and would leave out. */
export function isBehind({ table, columns }: Layout, made: Made): boolean {
  const known = Object.hasOwn(made, table.name) ? (made[table.name] ?? []) : [];
  return (
    known.length > columns.length && known.some((name) => !columns.some((column) => column.name === name))
  );
}

function readFacts(text: string): ReadonlyMap<string, Facts> {
  const known = new Map<string, Facts>();
  for (const [name, { nulls, long }] of Object.entries(JSON.parse(text) as KnownFacts)) {
    known.set(name, { nulls: new Set(nulls), long: new Set(long) });
  }
  return known;
}

/** What is known of a tenant's rows, and what is learnt while rows are made. */
export class Learned {
  readonly #known: ReadonlyMap<string, Facts>;
  readonly #more = new Map<string, { nulls: Set<string>; long: Set<string> }>();

  constructor(known: ReadonlyMap<string, Facts>) {
    this.#known = known;
  }

  /** Hears of the rows of a collection. */
  of(collection: string): (fact: keyof Facts, part: string) => void {
    const known = this.#known.get(collection) ?? NO_FACTS;
    return (fact, part) => {
      if (known[fact].has(part)) return;
      const more = this.#more.get(collection) ?? { nulls: new Set(), long: new Set() };
      this.#more.set(collection, more);
      more[fact].add(part);
    };
  }

  /** Whether there is anything new. */
  get any(): boolean {
    return this.#more.size > 0;
  }

  /** Everything known, as the head keeps it. */
  get text(): string {
    const all: KnownFacts = {};
    for (const collection of new Set([...this.#known.keys(), ...this.#more.keys()])) {
      const [known, more] = [this.#known.get(collection), this.#more.get(collection)];
      all[collection] = {
        nulls: [...(known?.nulls ?? []), ...(more?.nulls ?? [])],
        long: [...(known?.long ?? []), ...(more?.long ?? [])],
      };
    }
    return JSON.stringify(all);
  }
}
