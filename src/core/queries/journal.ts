/**
 * A journal held in memory: the groups of commits in order, found again by sequence number. The memory
 * store keeps its journal here; a mirror may keep a recent part of one.
 */
import type { JournalGroup } from '../ports/store.ts';

/** The groups of a journal held in memory, found by sequence number. */
export class Journal {
  readonly #groups: JournalGroup[] = [];

  /** Adds the group that follows the last one. */
  append(group: JournalGroup): void {
    this.#groups.push(group);
  }

  /** Groups that hold entries after `after`, oldest first, at most `limit`. */
  tail(after: number, limit: number): JournalGroup[] {
    let low = 0;
    let high = this.#groups.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const group = this.#groups[middle] as JournalGroup;
      if (group.firstSeq + group.texts.length - 1 > after) high = middle;
      else low = middle + 1;
    }
    return this.#groups.slice(low, low + Math.max(limit, 0));
  }
}
