/**
 * The view of one group of commands: what the store holds, under what the commands before this one in
 * the group have done. It remembers which versions were read (the commit's expectations), collects what
 * was written (the commit's puts and deletes), and can take the last command back.
 */
import type { CollectionName, Collections } from '../model/records.ts';
import { US } from '../ports/keys.ts';
import {
  type IndexPart,
  type IndexSpec,
  PENDING_SEQ,
  type Put,
  type RangeOptions,
  type RecordRef,
  type Scalar,
  type StoredRecord,
} from '../ports/store.ts';
import type { Writer } from '../ports/view.ts';
import { compareKeys, keyOf, withinRange } from '../queries/index-keys.ts';
import { tables } from '../tables.ts';
import type { Reader } from './reader.ts';

type Written = Map<string, StoredRecord | null>;
type UniqueHolders = Map<string, string | null>;
interface Undo {
  readonly map: Map<string, unknown>;
  readonly key: string;
  readonly had: boolean;
  readonly before: unknown;
}

export class Overlay implements Writer {
  /** Sequence of the entry being folded. */
  seq = PENDING_SEQ;
  readonly #base: Reader;
  readonly #written = new Map<string, Written>();
  readonly #unique = new Map<string, UniqueHolders>();
  readonly #read = new Map<string, Map<string, number>>();
  readonly #undo: Undo[] = [];
  /** Written records by the first part of an index that was asked for: what a range has to look at. */
  readonly #found = new Map<string, Map<IndexSpec, Map<Scalar, Set<string>>>>();

  constructor(base: Reader) {
    this.#base = base;
  }

  get<C extends CollectionName>(collection: C, id: string): Collections[C] | undefined {
    const written = this.#written.get(collection)?.get(id);
    if (written !== undefined) return (written ?? undefined) as Collections[C] | undefined;
    const record = this.#base.get(collection, id);
    this.#expect(collection, id, record);
    return record as Collections[C] | undefined;
  }

  lookup<C extends CollectionName>(
    collection: C,
    unique: string,
    key: readonly Scalar[],
  ): Collections[C] | undefined {
    const holder = this.#unique.get(collection + US + unique)?.get(key.join(US));
    if (holder !== undefined) return holder === null ? undefined : this.get(collection, holder);
    const record = this.#base.lookup(collection, unique, key);
    // through get: it may have been changed here since, and its version is expected
    return record === undefined ? undefined : this.get(collection, record.id);
  }

  range<C extends CollectionName>(
    collection: C,
    index: string,
    options: RangeOptions,
    guard: string | null,
  ): readonly Collections[C][] {
    if (guard !== null) this.#expect('guards', guard, this.#base.get('guards', guard));
    const records = this.#overlaid(collection, index, options);
    if (guard === null) for (const record of records) this.get(collection, record.id);
    return records as readonly Collections[C][];
  }

  put<C extends CollectionName>(collection: C, record: Omit<Collections[C], 'version'>): void {
    const stored = record as unknown as { id: string; version: number };
    stored.version = this.seq;
    const table = tables[collection];
    if (table.unique) this.#moveUnique(collection, stored.id, stored);
    this.#set(this.#writtenOf(collection), stored.id, stored);
    for (const [spec, found] of this.#found.get(collection) ?? []) noteIn(found, spec, stored);
  }

  remove(collection: CollectionName, id: string): void {
    if (this.get(collection, id) === undefined) return;
    if (tables[collection].unique) this.#moveUnique(collection, id, null);
    this.#set(this.#writtenOf(collection), id, null);
  }

  /** Where the undo log stands now, to come back to. */
  mark(): number {
    return this.#undo.length;
  }

  /** Takes everything back that was written since a mark. */
  rollback(mark: number): void {
    while (this.#undo.length > mark) {
      const { map, key, had, before } = this.#undo.pop() as Undo;
      if (had) map.set(key, before);
      else map.delete(key);
    }
  }

  /** The versions everything so far was decided on. */
  expectations(): (RecordRef & { version: number })[] {
    const all: (RecordRef & { version: number })[] = [];
    for (const [collection, read] of this.#read) {
      for (const [id, version] of read) all.push({ collection, id, version });
    }
    return all;
  }

  /** What the commit writes and deletes. */
  changes(): { puts: Put[]; deletes: RecordRef[] } {
    const puts: Put[] = [];
    const deletes: RecordRef[] = [];
    for (const [collection, written] of this.#written) {
      for (const [id, record] of written) {
        if (record !== null) puts.push({ collection, record });
        else if (this.#base.get(collection, id) !== undefined) deletes.push({ collection, id });
      }
    }
    return { puts, deletes };
  }

  #expect(collection: string, id: string, record: StoredRecord | undefined): void {
    let read = this.#read.get(collection);
    if (!read) this.#read.set(collection, (read = new Map()));
    if (!read.has(id)) read.set(id, record?.version ?? 0);
  }

  #writtenOf(collection: string): Written {
    let written = this.#written.get(collection);
    if (!written) this.#written.set(collection, (written = new Map()));
    return written;
  }

  #set(map: Map<string, unknown>, key: string, value: unknown): void {
    const before = map.get(key);
    this.#undo.push({ map, key, had: before !== undefined, before });
    map.set(key, value);
  }

  #moveUnique(collection: CollectionName, id: string, next: StoredRecord | null): void {
    // a record that was never read is new: looking for it in a far store would only cost a round trip
    const known = this.#read.get(collection)?.has(id);
    const current =
      this.#written.get(collection)?.get(id) ?? (known ? this.#base.get(collection, id) : undefined);
    for (const [name, parts] of uniquesOf(collection)) {
      const from = current ? keyOf(parts, current).join(US) : undefined;
      const to = next ? keyOf(parts, next).join(US) : undefined;
      if (from === to) continue;
      const mapName = collection + US + name;
      let holders = this.#unique.get(mapName);
      if (!holders) this.#unique.set(mapName, (holders = new Map()));
      if (from !== undefined) this.#set(holders, from, null);
      if (to !== undefined) this.#set(holders, to, id);
    }
  }

  #overlaid(collection: CollectionName, index: string, options: RangeOptions): readonly StoredRecord[] {
    const written = this.#written.get(collection);
    if (!written || written.size === 0) return this.#base.range(collection, index, options);
    const spec = tables[collection].indexes?.[index] as IndexSpec;
    // records changed here may fall out of the page, so ask for that many more
    const wider = options.limit === undefined ? options : { ...options, limit: options.limit + written.size };
    const records = this.#base.range(collection, index, wider).filter((record) => !written.has(record.id));
    for (const id of this.#candidates(collection, spec, options, written)) {
      const record = written.get(id);
      if (record && withinRange(spec, record, options)) records.push(record);
    }
    const keyed = records.map((record) => ({ key: [...keyOf(spec.parts, record), record.id], record }));
    keyed.sort((a, b) => compareKeys(a.key, b.key, options.reverse ?? false));
    const found = keyed.map((each) => each.record);
    return options.limit === undefined ? found : found.slice(0, options.limit);
  }

  /** Ids of written records that may lie in a range; some may have moved away since. */
  #candidates(
    collection: string,
    spec: IndexSpec,
    options: RangeOptions,
    written: Written,
  ): Iterable<string> {
    const first = options.prefix?.[0];
    if (first === undefined) return written.keys();
    let specs = this.#found.get(collection);
    if (!specs) this.#found.set(collection, (specs = new Map()));
    let found = specs.get(spec);
    if (!found) {
      specs.set(spec, (found = new Map()));
      for (const record of written.values()) if (record) noteIn(found, spec, record);
    }
    return found.get(first) ?? [];
  }
}

const uniques = new Map<string, readonly (readonly [name: string, parts: readonly IndexPart[]])[]>();

/** The unique indexes of a collection, listed once. */
function uniquesOf(collection: CollectionName): readonly (readonly [string, readonly IndexPart[]])[] {
  let known = uniques.get(collection);
  if (!known) uniques.set(collection, (known = Object.entries(tables[collection].unique ?? {})));
  return known;
}

function noteIn(found: Map<Scalar, Set<string>>, spec: IndexSpec, record: StoredRecord): void {
  const first = spec.parts[0]?.of(record as never) ?? null;
  const ids = found.get(first);
  if (ids) ids.add(record.id);
  else found.set(first, new Set([record.id]));
}
