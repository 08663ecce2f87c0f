/**
 * How a collection stands in the database: one table, a column per named value, and what is indexed. A row is
 * computed here from a record, whole, so that the database never has to look into one.
 */
import {
  fold,
  type IndexPart,
  type IndexSpec,
  LedgerError,
  type StoredRecord,
  type Table,
  textsDigest,
} from '../../../core/adapter-kit.ts';
import { encode, encodeText, encodeUnique, literal, NULL, nameOf, quoted } from './encode.ts';

/** A row as it is sent: a value per column, by the column's name. */
export type Row = Record<string, string | number | boolean | null>;

/** One column beside those that every table has. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** What follows the type where it is declared. */
  readonly rest: string;
}

/** A column that is read off a record. */
interface Computed extends Column {
  readonly of: (record: StoredRecord) => string | number | boolean | null;
}

/** An index of the database. */
export interface DatabaseIndex {
  readonly name: string;
  readonly on: string;
}

/** What is kept in mind of a collection's rows, because questions can be asked more cheaply without it. */
export interface Facts {
  /** Parts that were `null` once. */
  readonly nulls: ReadonlySet<string>;
  /** Parts that were longer once than an index can hold. */
  readonly long: ReadonlySet<string>;
}

export const NO_FACTS: Facts = { nulls: new Set(), long: new Set() };

const TEXT = 'text collate "C"';
/** Ends a search part in the column of all; `encodeText` makes no such pair. */
const BETWEEN = '\u0001\u0003';
/** No id may be longer: it stands in every index. */
const LONGEST_ID = 1000;

/** The name of a part's column. */
export const partColumn = (part: string): string => quoted('p', part);
/** The name of the column of a unique key. */
export const uniqueColumn = (unique: string): string => quoted('u', unique);
/** The name of the column that says whether an index holds a record. */
export const heldColumn = (index: string): string => quoted('in', index);
/** The name of the column of a search part, folded. */
export const foldedColumn = (part: string): string => quoted('f', part);
/** The name of the column of a field as a whole number. */
export const numberColumn = (part: string): string => quoted('s', part);
/** The rest of a value that is longer than an index can hold: an expression. */
export const longOf = (part: string): string => `(coalesce(long ->> ${literal(part)}, '') collate "C")`;

const folded = (part: IndexPart, record: StoredRecord): string | null => {
  const value = part.of(record as never);
  return typeof value === 'string' ? encodeText(fold(value)) : null;
};

/** All search parts in one text; `null` where none of them is a text. */
const searched =
  (search: readonly IndexPart[]): Computed['of'] =>
  (record) => {
    const texts = search.map((part) => folded(part, record)).filter((one) => one !== null);
    return texts.length === 0 ? null : texts.join(BETWEEN);
  };

/** One collection in the database. */
export class Layout {
  readonly table: Table;
  /** The table's quoted name without its schema. */
  readonly name: string;
  /** Every named value, each once. */
  readonly parts = new Map<string, IndexPart>();
  readonly columns: readonly Column[];
  readonly indexes: readonly DatabaseIndex[];
  readonly #valued: readonly { readonly name: string; readonly part: IndexPart }[];
  readonly #computed: readonly Computed[];
  readonly #uniques: ReadonlySet<string>;
  readonly #folded: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<string>;

  constructor(table: Table) {
    this.table = table;
    this.name = quoted(table.name);
    const lists = [
      ...Object.values(table.indexes ?? {}).map((index) => index.parts),
      ...Object.values(table.unique ?? {}),
      table.search ?? [],
      table.fields ?? [],
    ];
    for (const part of lists.flat()) if (!this.parts.has(part.name)) this.parts.set(part.name, part);
    this.#uniques = new Set(Object.keys(table.unique ?? {}).map((name) => nameOf('u', name)));
    this.#folded = new Set((table.search ?? []).map((part) => part.name));
    this.#numbers = new Set((table.fields ?? []).map((part) => part.name));
    this.#valued = [...this.parts.values()].map((part) => ({ name: nameOf('p', part.name), part }));
    this.#computed = this.#computedColumns();
    const valued = this.#valued.map(({ name }) => ({ name, type: TEXT, rest: `not null default '${NULL}'` }));
    this.columns = [...valued, ...this.#computed];
    this.indexes = this.#indexes();
  }

  /** How an index is declared. */
  spec(name: string): IndexSpec {
    const specs = this.table.indexes;
    const spec = specs !== undefined && Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) {
      throw new LedgerError('query.unsupported', { details: { what: `index ${this.table.name}.${name}` } });
    }
    return spec;
  }

  /** The parts of a unique index. */
  unique(name: string): readonly IndexPart[] {
    const { unique } = this.table;
    const parts = unique !== undefined && Object.hasOwn(unique, name) ? unique[name] : undefined;
    if (parts === undefined) {
      const what = `unique index ${this.table.name}.${name}`;
      throw new LedgerError('query.unsupported', { details: { what } });
    }
    return parts;
  }

  /** Whether a column holds a unique key. */
  isUnique(column: string): boolean {
    return this.#uniques.has(column);
  }

  /** Whether a part's text is also kept folded. */
  isFolded(part: string): boolean {
    return this.#folded.has(part);
  }

  /** Whether a part is also kept as a whole number. */
  isNumber(part: string): boolean {
    return this.#numbers.has(part);
  }

  /**
   * A record as a row. Its numbers are resolved already.
   * @param learn hears of parts that are null, or too long for an index
   */
  row(record: StoredRecord, learn?: (fact: keyof Facts, part: string) => void): Row {
    const id = encodeText(record.id);
    if (id.length > LONGEST_ID) throw new LedgerError('field.tooLong', { details: { max: LONGEST_ID } });
    const row: Row = { id, version: record.version, record: JSON.stringify(record), long: null };
    let long: Record<string, string> | undefined;
    for (const { name, part } of this.#valued) {
      const value = encode(part.of(record as never));
      row[name] = value.key;
      if (value.key === NULL) learn?.('nulls', part.name);
      if (value.long === '') continue;
      (long ??= {})[part.name] = value.long;
      learn?.('long', part.name);
    }
    if (long !== undefined) row.long = JSON.stringify(long);
    for (const { name, of } of this.#computed) row[name] = of(record);
    return row;
  }

  #computedColumns(): Computed[] {
    const { unique = {}, indexes = {}, fields = [], search = [] } = this.table;
    const columns: Computed[] = [];
    for (const [name, parts] of Object.entries(unique)) {
      const of: Computed['of'] = (record) => encodeUnique(parts.map((part) => part.of(record as never)));
      columns.push({ name: nameOf('u', name), type: TEXT, rest: '', of });
    }
    for (const [name, { where }] of Object.entries(indexes)) {
      if (where === undefined) continue;
      const of: Computed['of'] = (record) => where(record as never);
      columns.push({ name: nameOf('in', name), type: 'boolean', rest: 'not null default false', of });
    }
    for (const part of fields) {
      const of: Computed['of'] = (record) => {
        const value = part.of(record as never);
        return Number.isSafeInteger(value) ? (value as number) : null;
      };
      columns.push({ name: nameOf('s', part.name), type: 'bigint', rest: '', of });
    }
    for (const part of search) {
      const of: Computed['of'] = (record) => folded(part, record);
      columns.push({ name: nameOf('f', part.name), type: TEXT, rest: '', of });
    }
    if (search.length > 0) columns.push({ name: 'search', type: TEXT, rest: '', of: searched(search) });
    return columns;
  }

  #indexes(): DatabaseIndex[] {
    const made = new Map<string, DatabaseIndex>();
    for (const [name, spec] of Object.entries(this.table.indexes ?? {})) {
      const columns = spec.parts.map((part) => partColumn(part.name));
      const where = spec.where === undefined ? '' : ` where ${heldColumn(name)}`;
      const on = `(tenant, ${columns.map((column) => `${column}, `).join('')}id)${where}`;
      // the definition is part of the name: an index declared anew is another one
      const index = { name: nameOf('ix', this.table.name, name, textsDigest([on]).slice(0, 6)), on };
      if (!made.has(on)) made.set(on, index);
    }
    return [...made.values()];
  }
}

/** The layouts of a store's collections. */
export type Layouts = ReadonlyMap<string, Layout>;

/** The layout of a collection. */
export function layoutOf(layouts: Layouts, collection: string): Layout {
  const layout = layouts.get(collection);
  if (layout === undefined) {
    throw new LedgerError('query.unsupported', { details: { what: `collection ${collection}` } });
  }
  return layout;
}
