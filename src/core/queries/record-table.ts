/**
 * One collection kept in memory: its records by id, its unique keys (kept at once, because commits depend
 * on them) and its ordered indexes (built when first read, and brought up to date only when read again:
 * a writer just notes which record changed and what it was before).
 */
import { LedgerError } from '../ports/errors.ts';
import type { FindOptions, IndexPart, IndexSpec, Scalar, StoredRecord, Table } from '../ports/store.ts';
import { Answers } from './answers.ts';
import { ChangeLog, type LogReader } from './change-log.ts';
import { type Reader, readerOf, type Test, testOfQuestion } from './conditions.ts';
import { type KeyChange, OrderedIndex } from './ordered-index.ts';
import { recently } from './recently.ts';
import { RecordGroups } from './record-groups.ts';
import { encodeMixed, encodeRecord, type Nulls, uniqueKey, uniqueKeyOf } from './sort-key.ts';

interface UniqueIndex {
  readonly parts: readonly IndexPart[];
  readonly holders: Map<string, string>;
}

/** One ordered index and how far it has read the log of changes. */
interface Slot extends LogReader {
  readonly spec: IndexSpec;
  readonly nulls: Nulls;
  readonly index: OrderedIndex;
  /** Where a record stands, as one text. */
  readonly encode: (record: StoredRecord) => string;
  /** Some key holds a `null`: going down then needs an index of its own. */
  hasNulls: boolean;
}

/** The records of an index by its first part, and how far they have read the log of changes. */
interface GroupSlot extends LogReader {
  readonly groups: RecordGroups;
}

/** An order made of several: its parts, whether each descends, and which records it holds. */
export interface MixedSpec extends IndexSpec {
  readonly descends: readonly boolean[];
}

/** An index ready to be read, and where its nulls stand. */
export interface ReadyIndex {
  readonly index: OrderedIndex;
  readonly nulls: Nulls;
}

/** So many orders made of several are kept ready. */
const MIXED = 4;

export class RecordTable {
  readonly table: Table;
  readonly records = new Map<string, StoredRecord>();
  readonly #uniques = new Map<string, UniqueIndex>();
  readonly #slots = new Map<string, Slot>();
  readonly #groups = new Map<string, GroupSlot>();
  readonly #readers = new Map<string, Reader>();
  /** Orders made of several, by their names. */
  readonly #mixed = new Map<string, Slot>();
  readonly #log = new ChangeLog([this.#slots, this.#groups, this.#mixed]);
  #answers: Answers | undefined;

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

  /** What a question asks of one record; undefined where that is nothing. */
  test(question: Pick<FindOptions, 'where' | 'search'>): Test | undefined {
    return testOfQuestion(this.table, (field) => this.reader(field), question);
  }

  /** What questions found out, until a record changes. */
  get answers(): Answers {
    return (this.#answers ??= new Answers());
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
    this.#answers = undefined;
    const isRead = this.#log.isRead;
    if (this.#uniques.size > 0 || isRead) {
      const before = this.records.get(id);
      if (this.#uniques.size > 0) this.#moveUniques(id, before, record);
      if (isRead) this.#log.note(id, before, this.records.size);
    }
    this.records.set(id, record);
  }

  remove(id: string): void {
    const before = this.records.get(id);
    if (before === undefined) return;
    if (this.#uniques.size > 0) this.#moveUniques(id, before, undefined);
    if (this.#log.isRead) this.#log.note(id, before, this.records.size);
    this.records.delete(id);
    this.#answers = undefined;
  }

  /** Takes over many records at once; indexes are built when next read. */
  load(records: Iterable<StoredRecord>): void {
    this.#slots.clear();
    this.#groups.clear();
    this.#mixed.clear();
    this.#log.forget();
    const unique = this.#uniques.size > 0;
    for (const record of records) {
      if (unique) this.#moveUniques(record.id, this.records.get(record.id), record);
      this.records.set(record.id, record);
    }
    this.#answers = undefined;
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

  /** Whether an index is kept already, so that reading it costs no more than what changed. */
  isBuilt(name: string): boolean {
    return this.#slots.has(`high:${name}`);
  }

  /** The index of an order made of several, up to date; the last few asked for are kept. */
  mixed(name: string, spec: MixedSpec): OrderedIndex {
    const { parts, descends } = spec;
    const slot = recently(this.#mixed, name, MIXED, () =>
      this.#build(spec, 'high', (record) => encodeMixed(parts, descends, record)),
    );
    this.#merge(slot);
    return slot.index;
  }

  /**
   * The records of an index whose first part has this value, in order, not to be changed; undefined where
   * they are so many that the index itself is to be read.
   */
  group(name: string, value: Scalar): readonly StoredRecord[] | undefined {
    let slot = this.#groups.get(name);
    if (slot === undefined) {
      slot = { groups: new RecordGroups(this.spec(name)), cursor: this.#log.end };
      slot.groups.build(this.records.values());
      this.#groups.set(name, slot);
    } else if (slot.cursor < this.#log.end) {
      const { groups } = slot;
      this.#log.catchUp(slot, (id, before) => groups.change(id, before, this.records.get(id)));
    }
    return slot.groups.of(value);
  }

  #ready(name: string, nulls: Nulls): Slot {
    const key = `${nulls}:${name}`;
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      const spec = this.spec(name);
      const { parts } = spec;
      slot = this.#build(spec, nulls, (record) => encodeRecord(parts, record, nulls));
      this.#slots.set(key, slot);
    } else this.#merge(slot);
    return slot;
  }

  #build(spec: IndexSpec, nulls: Nulls, encode: (record: StoredRecord) => string): Slot {
    const slot: Slot = {
      spec,
      nulls,
      encode,
      index: new OrderedIndex((id) => encode(this.records.get(id) as StoredRecord)),
      hasNulls: false,
      cursor: this.#log.end,
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
    return slot.encode(record);
  }

  #merge(slot: Slot): void {
    if (slot.cursor === this.#log.end) return;
    const changes: KeyChange[] = [];
    this.#log.catchUp(slot, (id, was) => {
      const before = this.#keyIn(slot, was);
      const after = this.#keyIn(slot, this.records.get(id));
      if (before !== after) changes.push({ id, before, after });
    });
    slot.index.merge(changes);
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
