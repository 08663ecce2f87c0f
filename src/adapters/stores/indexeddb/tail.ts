/** Reads the journal from the disk; it is not kept in memory. */
import type { JournalGroup } from '../../../core/adapter-kit.ts';
import type { Database } from './layout.ts';

/**
 * Groups that hold entries after `after`, oldest first.
 * @param limit at most so many groups
 * @param upTo no group that begins after this number
 */
export async function readTail(
  database: Database,
  after: number,
  limit: number,
  upTo: number,
): Promise<JournalGroup[]> {
  if (limit <= 0 || after >= upTo) return [];
  const tx = database.transaction('entries', 'readonly');
  tx.done.catch(() => {});
  // the group that holds the next number may have begun before it
  const holder = await tx.store.openCursor(IDBKeyRange.upperBound(after + 1), 'prev');
  const first = holder?.value.firstSeq ?? after + 1;
  const groups = await tx.store.getAll(IDBKeyRange.bound(Math.min(first, upTo), upTo), limit + 1);
  return groups.filter((group) => group.firstSeq + group.texts.length - 1 > after).slice(0, limit);
}
