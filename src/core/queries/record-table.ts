/**
 * One collection kept in memory: its records by id, its unique keys (kept at once, because commits depend
 * on them) and its ordered indexes (built when first read, and brought up to date only when read again:
 * a writer just notes which record changed and what it was before).
 */
import { LedgerError } from '../ports/errors.ts';
import type { IndexPart, IndexSpec, Scalar, StoredRecord, Table } from '../ports/store.ts';
import { type Reader, readerOf } from './conditions.ts';
import { type KeyChange, OrderedIndex } from './ordered-index.ts';
import { RecordGroups } from './record-groups.ts';
import { encodeRecord, type Nulls, uniqueKey, uniqueKeyOf } from './sort-key.ts';

interface UniqueIndex {
  readonly parts: readonly IndexPart[];
  readonly holders: Map<string, string>;
}

/** One ordered index and how far it has read the log of changes. */
interface Slot {
  readonly spec: IndexSpec;
  readonly nulls: Nulls;
  readonly index: OrderedIndex;
  /** Some key holds a `null`: going down then needs an index of its own. */
  hasNulls: boolean;
  cursor: number;
}

/** The records of an index by its first part, and how far they have read the log of changes. */
interface GroupSlot {
  readonly groups: RecordGroups;
  cursor: number;
}

/** An index ready to be read, and where its nulls stand. */
export interface ReadyIndex {
  readonly index: OrderedIndex;
  readonly nulls: Nulls;
}

/** Below this length the log of changes is never given up. */
const LOG_FLOOR = 20_000;

export class RecordTable {
  readonly table: Table;
  readonly records = new Map<string, StoredRecord>();
  readonly #uniques = new Map<string, UniqueIndex>();
  readonly #slots = new Map<string, Slot>();
  readonly #groups = new Map<string, GroupSlot>();
  readonly #readers = new Map<string, Reader>();
  /** Changed ids, and what each record was before, in step; only kept while an index is built. */
  #changedIds: string[] = [];
  #changedFrom: (StoredRecord | undefined)[] = [];
  /** What questions counted since the last change. */
  #counts: Map<string, number> | undefined;

  constructor(table: Table) {
    this.table = table;
    for (const [name, parts] of Object.entries(table.unique ?? {})) {
      this.#uniques.set(name, { parts, holders: new Map() });
    }
  }

  /** The unique indexes of this table; commits check them before they write. */
  get uniques(): Iterable<UniqueIndex> {
    return this.#uniques.values();
  }

  get hasUniques(): boolean {
    return this.#uniques.size > 0;
  }

  /** How a field of a question is read. */
  reader(field: string): Reader {
    let reader = this.#readers.get(field);
    if (reader === undefined) {
      reader = readerOf(this.table, field);
      // fields come from questions, so their number is kept in bounds
      if (this.#readers.size < 200) this.#readers.set(field, reader);
    }
    return reader;
  }

  /** A number counted from the records, kept until one of them changes. */
  counted(question: string, count: () => number): number {
    this.#counts ??= new Map();
    let number = this.#counts.get(question);
    if (number === undefined) {
      number = count();
      if (this.#counts.size < 200) this.#counts.set(question, number);
    }
    return number;
  }

  /** The holder of a unique key. */
  lookup(unique: string, key: readonly Scalar[]): StoredRecord | undefined {
    const index = this.#uniques.get(unique);
    if (index === undefined) throw unsupported(`unique index ${this.table.name}.${unique}`);
    const joined = uniqueKey(key);
    const id = joined === undefined ? undefined : index.holders.get(joined);
    return id === undefined ? undefined : this.records.get(id);
  }

  put(record: StoredRecord): void {
    const { id } = record;
    this.#counts = undefined;
    if (this.#uniques.size > 0 || this.#isIndexed()) {
      const before = this.records.get(id);
      if (this.#uniques.size > 0) this.#moveUniques(id, before, record);
      if (this.#isIndexed()) this.#note(id, before);
    }
    this.records.set(id, record);
  }

  remove(id: string): void {
    const before = this.records.get(id);
    if (before === undefined) return;
    if (this.#uniques.size > 0) this.#moveUniques(id, before, undefined);
    if (this.#isIndexed()) this.#note(id, before);
    this.records.delete(id);
    this.#counts = undefined;
  }

  /** Takes over many records at once; indexes are built when next read. */
  load(records: Iterable<StoredRecord>): void {
    this.#slots.clear();
    this.#groups.clear();
    this.#forgetChanges();
    const unique = this.#uniques.size > 0;
    for (const record of records) {
      if (unique) this.#moveUniques(record.id, this.records.get(record.id), record);
      this.records.set(record.id, record);
    }
    this.#counts = undefined;
  }

  /** How an index is declared. */
  spec(name: string): IndexSpec {
    const specs = this.table.indexes;
    const spec = specs !== undefined && Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) throw unsupported(`index ${this.table.name}.${name}`);
    return spec;
  }

  /** An index, up to date, for reading in one direction. */
  index(name: string, reverse = false): ReadyIndex {
    const up = this.#ready(name, 'high');
    // nulls come last both ways; without nulls one index serves both
    return reverse && up.hasNulls ? this.#ready(name, 'low') : up;
  }

  /**
   * The records of an index whose first part has this value, in order, not to be changed; undefined where
   * they are so many that the index itself is to be read.
   */
  group(name: string, value: Scalar): readonly StoredRecord[] | undefined {
    let slot = this.#groups.get(name);
    if (slot === undefined) {
      slot = { groups: new RecordGroups(this.spec(name)), cursor: this.#changedIds.length };
      slot.groups.build(this.records.values());
      this.#groups.set(name, slot);
    } else if (slot.cursor < this.#changedIds.length) {
      const { groups } = slot;
      this.#catchUp(slot, (id, before) => groups.change(id, before, this.records.get(id)));
    }
    return slot.groups.of(value);
  }

  #ready(name: string, nulls: Nulls): Slot {
    const key = `${nulls}:${name}`;
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = this.#build(this.spec(name), nulls);
      this.#slots.set(key, slot);
    } else if (slot.cursor < this.#changedIds.length) this.#merge(slot);
    return slot;
  }

  #build(spec: IndexSpec, nulls: Nulls): Slot {
    const keyOf = (id: string): string =>
      encodeRecord(spec.parts, this.records.get(id) as StoredRecord, nulls);
    const slot: Slot = {
      spec,
      nulls,
      index: new OrderedIndex(keyOf),
      hasNulls: false,
      cursor: this.#changedIds.length,
    };
    const rows: { id: string; key: string }[] = [];
    for (const record of this.records.values()) {
      const key = this.#keyIn(slot, record);
      if (key !== undefined) rows.push({ id: record.id, key });
    }
    slot.index.build(rows);
    return slot;
  }

  /** A record's key in an index; undefined where the index leaves it out. */
  #keyIn(slot: Slot, record: StoredRecord | undefined): string | undefined {
    if (record === undefined) return undefined;
    const { parts, where } = slot.spec;
    if (where !== undefined && !where(record as never)) return undefined;
    if (!slot.hasNulls) slot.hasNulls = parts.some((part) => (part.of(record as never) ?? null) === null);
    return encodeRecord(parts, record, slot.nulls);
  }

  #merge(slot: Slot): void {
    const changes: KeyChange[] = [];
    this.#catchUp(slot, (id, was) => {
      const before = this.#keyIn(slot, was);
      const after = this.#keyIn(slot, this.records.get(id));
      if (before !== after) changes.push({ id, before, after });
    });
    slot.index.merge(changes);
  }

  /** Shows a reader of the log every record that changed since it read last, once, with what it was then. */
  #catchUp(reader: { cursor: number }, take: (id: string, before: StoredRecord | undefined) => void): void {
    const seen = new Set<string>();
    for (let i = reader.cursor; i < this.#changedIds.length; i++) {
      const id = this.#changedIds[i] as string;
      if (seen.has(id)) continue;
      seen.add(id);
      take(id, this.#changedFrom[i]);
    }
    reader.cursor = this.#changedIds.length;
    for (const other of this.#logReaders()) if (other.cursor !== reader.cursor) return;
    this.#forgetChanges();
  }

  /** Everything that reads the log of changes. */
  #logReaders(): { cursor: number }[] {
    return [...this.#slots.values(), ...this.#groups.values()];
  }

  #isIndexed(): boolean {
    return this.#slots.size > 0 || this.#groups.size > 0;
  }

  #note(id: string, before: StoredRecord | undefined): void {
    this.#changedFrom.push(before);
    if (this.#changedIds.push(id) > LOG_FLOOR) this.#boundLog();
  }

  /** An index nobody reads any more must not keep the log growing: it is given up, and built when read. */
  #boundLog(): void {
    if (this.#changedIds.length <= Math.max(LOG_FLOOR, this.records.size)) return;
    for (const readers of [this.#slots, this.#groups]) {
      for (const [name, reader] of readers) {
        if (reader.cursor < this.#changedIds.length / 2) readers.delete(name);
      }
    }
    const readers = this.#logReaders();
    if (readers.length === 0) {
      this.#forgetChanges();
      return;
    }
    const kept = Math.min(...readers.map((reader) => reader.cursor));
    this.#changedIds = this.#changedIds.slice(kept);
    this.#changedFrom = this.#changedFrom.slice(kept);
    for (const reader of readers) reader.cursor -= kept;
  }

  #forgetChanges(): void {
    this.#changedIds = [];
    this.#changedFrom = [];
    for (const reader of this.#logReaders()) reader.cursor = 0;
  }

  #moveUniques(id: string, before: StoredRecord | undefined, after: StoredRecord | undefined): void {
    for (const { parts, holders } of this.#uniques.values()) {
      const old = before === undefined ? undefined : uniqueKeyOf(parts, before);
      const now = after === undefined ? undefined : uniqueKeyOf(parts, after);
      if (old === now) continue;
      // two records of one commit may swap keys: what the other has taken already stays his
      if (old !== undefined && holders.get(old) === id) holders.delete(old);
      if (now !== undefined) holders.set(now, id);
    }
  }
}

const unsupported = (what: string): LedgerError =>
  new LedgerError('query.unsupported', { details: { what } });
