/**
 * What the database holds, in memory: the records, where each stands in the chunks, and how far this tab
 * has followed the commits of all tabs. It is changed only by what is on disk already.
 */
import { GENESIS, type Head, RecordSet, type StoredRecord, type Table } from '../../../core/adapter-kit.ts';
import type { Changes, DirectoryRow, HeadRow } from './layout.ts';
import { Slots } from './slots.ts';

/** How much redo has piled up since the last checkpoint. */
export interface Pile {
  readonly commits: number;
  readonly characters: number;
}

export class Mirror {
  readonly records: RecordSet;
  /** The commit this tab has followed to. */
  commit = 0;
  /** The database it was read from; empty before anything was. */
  origin = '';
  /** The checkpoint whose chunks the slots speak of. */
  generation = 0;
  /** Newest schema that has opened the database. */
  schema = 0;
  readonly #known: ReadonlySet<string>;
  #slots = new Map<string, Slots>();
  /** Characters of each commit after the checkpoint, and of all together. */
  #sizes: number[] = [];
  #size = 0;

  constructor(tables: readonly Table[]) {
    this.records = new RecordSet(tables, { seq: 0, link: GENESIS });
    this.#known = new Set(tables.map((table) => table.name));
  }

  /** Whether a head row is where this mirror stands. */
  isAt(row: HeadRow | undefined): boolean {
    return (
      row !== undefined &&
      row.commit === this.commit &&
      row.origin === this.origin &&
      row.link === this.records.head.link
    );
  }

  /** Forgets everything: the database is another one. */
  clear(origin: string): void {
    this.records.clear();
    this.records.head = { seq: 0, link: GENESIS };
    this.#slots = new Map();
    this.#sizes = [];
    this.#size = 0;
    this.commit = 0;
    this.generation = 0;
    this.origin = origin;
  }

  /** Follows one commit. Collections that only a newer program knows are left alone. */
  follow(changes: Changes, firstSeq: number, head: Head, size: number): void {
    const puts = changes.puts.filter((put) => this.#known.has(put.collection));
    const deletes = changes.deletes.filter((ref) => this.#known.has(ref.collection));
    this.records.apply({ puts, deletes }, firstSeq, head);
    this.commit++;
    for (const { collection, record } of puts) this.slots(collection).put(record.id, this.commit);
    for (const { collection, id } of deletes) this.slots(collection).remove(id, this.commit);
    this.#sizes.push(size);
    this.#size += size;
  }

  /**
   * Takes over a chunk of a checkpoint, in place of what stood there.
   * @param fresh nothing stood there, and nobody reads yet
   */
  takeChunk(
    collection: string,
    chunk: number,
    records: readonly (StoredRecord | undefined)[],
    fresh: boolean,
  ): void {
    if (!this.#known.has(collection)) return;
    const slots = this.slots(collection);
    const before = slots.ids(chunk).filter((id) => id !== undefined);
    const ids = records.map((record) => record?.id);
    const present = records.filter((record) => record !== undefined);
    if (fresh) {
      this.records.load(collection, present);
    } else {
      const kept = new Set(ids);
      const puts = present.map((record) => ({ collection, record }));
      const deletes = before.filter((id) => !kept.has(id)).map((id) => ({ collection, id }));
      this.records.apply({ puts, deletes }, 0, this.records.head);
    }
    slots.place(chunk, ids);
  }

  /** The chunks of a checkpoint that stand under other keys than here. */
  changedChunks(directory: DirectoryRow): { collection: string; chunk: number; key: string | null }[] {
    return directory.collections.flatMap(([collection, list]) =>
      this.slots(collection)
        .changed(list)
        .map((chunk) => ({ collection, chunk, key: list.keys[chunk] ?? null })),
    );
  }

  /** Makes room for the chunks of a checkpoint that is about to be taken over. */
  prepare(directory: DirectoryRow): void {
    for (const [collection, list] of directory.collections) this.slots(collection).prepare(list);
  }

  /** Another checkpoint is in force; everything up to its commit is known here. */
  settle(directory: DirectoryRow): void {
    for (const [collection, list] of directory.collections) {
      this.slots(collection).settle(list, directory.commit);
    }
    const followed = Math.max(this.commit - directory.commit, 0);
    this.#sizes = followed === 0 ? [] : this.#sizes.slice(-followed);
    this.#size = this.#sizes.reduce((sum, size) => sum + size, 0);
    this.commit = Math.max(this.commit, directory.commit);
    this.generation = directory.generation;
  }

  /** Redo since the checkpoint. */
  get pile(): Pile {
    return { commits: this.#sizes.length, characters: this.#size };
  }

  /** Where the records of a collection stand. */
  slots(collection: string): Slots {
    let slots = this.#slots.get(collection);
    if (slots === undefined) this.#slots.set(collection, (slots = new Slots()));
    return slots;
  }

  /** Every collection that has slots. */
  get collections(): readonly (readonly [string, Slots])[] {
    return [...this.#slots];
  }
}
