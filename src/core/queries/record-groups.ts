/**
 * The records of an index by the value of its first part: what is asked for again and again by that value
 * alone, such as the links of one lot. A group is found at once, where the ordered index searches; it is put
 * in order when it is first read. Groups are never changed in place, so an answer may be kept. A group that
 * grows large is given up: of many records mostly a few are asked for, and the ordered index knows which.
 */
import type { IndexSpec, Scalar, StoredRecord } from '../ports/store.ts';
import { encodeRecord } from './sort-key.ts';

const NONE: readonly StoredRecord[] = [];
/** A group of more records than this is given up, for as long as these groups last. */
const MOST = 256;
/** Stands for a group that was given up. */
const LARGE: readonly StoredRecord[] = [];

export class RecordGroups {
  readonly #spec: IndexSpec;
  readonly #groups = new Map<Scalar, readonly StoredRecord[]>();
  /** Groups of more than one record whose order is not known yet. */
  readonly #unordered = new Set<Scalar>();

  constructor(spec: IndexSpec) {
    this.#spec = spec;
  }

  /** Fills the groups anew. */
  build(records: Iterable<StoredRecord>): void {
    this.#groups.clear();
    this.#unordered.clear();
    // while they are filled nobody holds them yet
    const groups = this.#groups as Map<Scalar, StoredRecord[]>;
    for (const record of records) {
      if (!this.#holds(record)) continue;
      const value = this.#valueOf(record);
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [record]);
      else if (group !== LARGE && group.push(record) === 2) this.#unordered.add(value);
      if (group !== undefined && group.length > MOST) this.#giveUp(value);
    }
  }

  /** Brings in one change: what a record was, and what it is; undefined is not there. */
  change(id: string, before: StoredRecord | undefined, after: StoredRecord | undefined): void {
    if (before !== undefined && this.#holds(before)) this.#remove(id, this.#valueOf(before));
    if (after === undefined || !this.#holds(after)) return;
    const value = this.#valueOf(after);
    const group = this.#groups.get(value);
    if (group === LARGE) return;
    this.#groups.set(value, group === undefined ? [after] : [...group, after]);
    if (group === undefined) return;
    if (group.length >= MOST) this.#giveUp(value);
    else this.#unordered.add(value);
  }

  /** The records of a value, in the order of the index; undefined where they are too many. */
  of(value: Scalar): readonly StoredRecord[] | undefined {
    const group = this.#groups.get(value);
    if (group === undefined) return NONE;
    if (group === LARGE) return undefined;
    if (!this.#unordered.delete(value)) return group;
    const { parts } = this.#spec;
    const rows = group.map((record) => ({ record, key: encodeRecord(parts, record, 'high') }));
    rows.sort((a, b) => (a.key < b.key ? -1 : 1));
    const ordered = rows.map((row) => row.record);
    this.#groups.set(value, ordered);
    return ordered;
  }

  #holds(record: StoredRecord): boolean {
    const { where } = this.#spec;
    return where === undefined || where(record as never);
  }

  #valueOf(record: StoredRecord): Scalar {
    return this.#spec.parts[0]?.of(record as never) ?? null;
  }

  #giveUp(value: Scalar): void {
    this.#groups.set(value, LARGE);
    this.#unordered.delete(value);
  }

  #remove(id: string, value: Scalar): void {
    if (this.#groups.get(value) === LARGE) return;
    const rest = (this.#groups.get(value) ?? NONE).filter((record) => record.id !== id);
    if (rest.length > 0) this.#groups.set(value, rest);
    else this.#groups.delete(value);
    if (rest.length < 2) this.#unordered.delete(value);
  }
}
