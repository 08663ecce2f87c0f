/**
 * Where the records of one collection stand: each under the ordinal number it got when it was first put.
 * A chunk is a run of ordinals, so the slots know what a chunk holds, under which key it was last written,
 * and which chunks changed since. Ordinals depend on the order of the commits alone and are never given
 * twice, so all tabs agree on them without a word.
 */
import { CHUNK, type ChunkList } from './layout.ts';

export class Slots {
  /** Key under which each chunk was last written; null where it was not, or is empty. */
  #keys: (string | null)[] = [];
  /** Chunks changed since the last checkpoint, with the last commit that changed each. */
  #touched = new Map<number, number>();
  readonly #ids: (string | undefined)[] = [];
  /** Made when first needed: a tab that only reads never does. */
  #ordinals: Map<string, number> | undefined;

  put(id: string, commit: number): void {
    const ordinals = this.#byId();
    let ordinal = ordinals.get(id);
    if (ordinal === undefined) {
      ordinal = this.#ids.push(id) - 1;
      ordinals.set(id, ordinal);
    }
    this.#touched.set(Math.floor(ordinal / CHUNK), commit);
  }

  remove(id: string, commit: number): void {
    const ordinal = this.#byId().get(id);
    if (ordinal === undefined) return;
    this.#byId().delete(id);
    this.#ids[ordinal] = undefined;
    this.#touched.set(Math.floor(ordinal / CHUNK), commit);
  }

  /** Takes over where a checkpoint says the chunks are, before they are placed one by one. */
  prepare(list: ChunkList): void {
    this.#keys = [...list.keys];
    while (this.#ids.length < list.next) this.#ids.push(undefined);
  }

  /** Sets what stands in a chunk that was read. */
  place(chunk: number, ids: readonly (string | undefined)[]): void {
    const start = chunk * CHUNK;
    for (let i = 0; i < CHUNK && start + i < this.#ids.length; i++) this.#ids[start + i] = ids[i];
    this.#ordinals = undefined;
    this.#touched.delete(chunk);
  }

  #byId(): Map<string, number> {
    if (this.#ordinals === undefined) {
      this.#ordinals = new Map();
      for (const [ordinal, id] of this.#ids.entries()) {
        if (id !== undefined) this.#ordinals.set(id, ordinal);
      }
    }
    return this.#ordinals;
  }

  /** Ids of a chunk at their places. */
  ids(chunk: number): (string | undefined)[] {
    return this.#ids.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
  }

  /** Chunks that a checkpoint has to write. */
  touched(): number[] {
    return [...this.#touched.keys()];
  }

  /** The list a checkpoint writes, with the new keys of the chunks it wrote. */
  list(written: ReadonlyMap<number, string | null>): ChunkList {
    const count = Math.ceil(this.#ids.length / CHUNK);
    const keys = Array.from({ length: count }, (_, chunk) => written.get(chunk) ?? this.#keys[chunk] ?? null);
    for (const [chunk, key] of written) if (key === null) keys[chunk] = null;
    return { next: this.#ids.length, keys };
  }

  /** Chunks whose key in `list` is another than here. */
  changed(list: ChunkList): number[] {
    const chunks: number[] = [];
    for (let chunk = 0; chunk < list.keys.length; chunk++) {
      if (list.keys[chunk] !== (this.#keys[chunk] ?? null)) chunks.push(chunk);
    }
    return chunks;
  }

  /** A checkpoint up to `commit` is in force: only what changed later is left to write. */
  settle(list: ChunkList, commit: number): void {
    this.#keys = [...list.keys];
    for (const [chunk, last] of this.#touched) if (last <= commit) this.#touched.delete(chunk);
  }
}
