/**
 * The journal folded anew into records in memory, its chain checked on the way: what `verify` compares the
 * store with, and what a rebuild writes into it.
 */
import type { Entry } from '../model/facts.ts';
import { chainLink, GENESIS, textsDigest } from '../ports/chain.ts';
import type { Head, JournalGroup, Store } from '../ports/store.ts';
import { fold } from '../projections/index.ts';
import { RecordSet } from '../queries/record-set.ts';
import { tables } from '../tables.ts';
import { readEntry } from '../upcasts/index.ts';
import { Overlay } from './overlay.ts';

/**
 * Where the first difference is: in the chain, in an entry, in a record, in what the store keeps besides a record to
 * find it by (`index`), in the head, or in the anchor.
 */
export interface Difference {
  readonly kind: 'chain' | 'entry' | 'record' | 'index' | 'head' | 'anchor';
  readonly seq?: number;
  readonly collection?: string;
  readonly key?: string;
}

/** Thrown where journal and store do not agree. */
export class Found extends Error {
  readonly at: Difference;
  constructor(at: Difference) {
    super(at.kind);
    this.at = at;
  }
}

/** Groups read from the journal at once. */
const SLICE = 256;

/** Who follows a folding: where each group ends, and each slice of groups, which waits for the answer. */
export interface Heard {
  group?(head: Head): void;
  slice?(head: Head): Promise<void>;
}

/** All records as the journal makes them, up to its head. */
export class Refold {
  readonly records = new RecordSet(Object.values(tables), { seq: 0, link: GENESIS });
  head: Head = { seq: 0, link: GENESIS };

  /**
   * Folds on to a sequence number, slice by slice.
   * @throws Found for the first group that is not what the chain says, or cannot be folded
   */
  async upTo(store: Store, seq: number, heard: Heard = {}): Promise<void> {
    while (this.head.seq < seq) {
      const groups = await store.tail(this.head.seq, SLICE);
      if (groups.length === 0) throw new Found({ kind: 'chain', seq: this.head.seq + 1 });
      for (const group of groups) {
        if (this.head.seq >= seq) break;
        this.head = checkGroup(group, this.head);
        this.#fold(group);
        heard.group?.(this.head);
      }
      await heard.slice?.(this.head);
    }
  }

  #fold(group: JournalGroup): void {
    const overlay = new Overlay(this.records);
    group.texts.forEach((text, i) => {
      const seq = group.firstSeq + i;
      let entry: Entry;
      try {
        entry = readEntry(text);
        overlay.seq = seq;
        fold(entry, overlay);
      } catch {
        throw new Found({ kind: 'entry', seq });
      }
    });
    this.records.apply(overlay.changes(), group.firstSeq, this.head);
  }
}

/**
 * The head after a group that follows another one.
 * @throws Found where it does not follow, or is not what its digest says
 */
export function checkGroup(group: JournalGroup, before: Head): Head {
  const seq = before.seq + 1;
  if (group.firstSeq !== seq) throw new Found({ kind: 'chain', seq });
  if (textsDigest(group.texts) !== group.digest) throw new Found({ kind: 'entry', seq });
  const link = chainLink(before.link, group.digest);
  if (link !== group.link) throw new Found({ kind: 'chain', seq });
  return { seq: before.seq + group.texts.length, link };
}

/** Whether two stored values are equal, whatever the order of their members; undefined members do not count. */
export function equalRecords(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(x).filter((key) => x[key] !== undefined);
  if (keys.length !== Object.keys(y).filter((key) => y[key] !== undefined).length) return false;
  return keys.every((key) => equalRecords(x[key], y[key]));
}
