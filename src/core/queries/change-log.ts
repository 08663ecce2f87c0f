/**
 * Which records of a collection changed, and what each was before: a writer only notes it, and an index reads
 * what it has missed when it is read itself. Nothing is noted while nobody reads the log.
 */
import type { StoredRecord } from '../ports/store.ts';

/** Below this length the log of changes is never given up. */
const LOG_FLOOR = 20_000;

/** Something kept up to date by the log, and how far it has read it. */
export interface LogReader {
  cursor: number;
}

export class ChangeLog {
  /** Changed ids, and what each record was before, in step. */
  #ids: string[] = [];
  #before: (StoredRecord | undefined)[] = [];
  readonly #readers: readonly Map<string, LogReader>[];

  /** @param readers everything that reads the log; one that is never read again is taken out of its map */
  constructor(readers: readonly Map<string, LogReader>[]) {
    this.#readers = readers;
  }

  /** Where a reader stands that knows everything. */
  get end(): number {
    return this.#ids.length;
  }

  /** Whether anybody reads the log. */
  get isRead(): boolean {
    for (const map of this.#readers) if (map.size > 0) return true;
    return false;
  }

  /**
   * Notes a change.
   * @param size number of records: a log longer than that costs more than building an index anew
   */
  note(id: string, before: StoredRecord | undefined, size: number): void {
    this.#before.push(before);
    if (this.#ids.push(id) > LOG_FLOOR) this.#bound(size);
  }

  /** Shows a reader every record that changed since it read last, once, with what it was then. */
  catchUp(reader: LogReader, take: (id: string, before: StoredRecord | undefined) => void): void {
    const seen = new Set<string>();
    for (let i = reader.cursor; i < this.#ids.length; i++) {
      const id = this.#ids[i] as string;
      if (seen.has(id)) continue;
      seen.add(id);
      take(id, this.#before[i]);
    }
    reader.cursor = this.#ids.length;
    for (const other of this.#all()) if (other.cursor !== reader.cursor) return;
    this.forget();
  }

  /** Begins anew: every reader knows everything. */
  forget(): void {
    this.#ids = [];
    this.#before = [];
    for (const reader of this.#all()) reader.cursor = 0;
  }

  /** An index nobody reads any more must not keep the log growing: it is given up, and built when read. */
  #bound(size: number): void {
    if (this.#ids.length <= Math.max(LOG_FLOOR, size)) return;
    for (const map of this.#readers) {
      for (const [name, reader] of map) if (reader.cursor < this.#ids.length / 2) map.delete(name);
    }
    const readers = this.#all();
    if (readers.length === 0) {
      this.forget();
      return;
    }
    const kept = Math.min(...readers.map((reader) => reader.cursor));
    this.#ids = this.#ids.slice(kept);
    this.#before = this.#before.slice(kept);
    for (const reader of readers) reader.cursor -= kept;
  }

  #all(): LogReader[] {
    return this.#readers.flatMap((map) => [...map.values()]);
  }
}
