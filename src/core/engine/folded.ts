/**
 * With which versions of the projections a store's records were folded, and whether this program may write
 * among them: records folded by two versions must never stand side by side.
 */
import type { FoldedRecord } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import { projections } from '../projections/index.ts';

/** Id of the one record in the collection `folded`. */
export const FOLDED = 'folded';

type Versions = FoldedRecord['versions'];

/** The version of every projection of this program. */
export const ownVersions: Versions = Object.fromEntries(
  projections.map(({ name, version }) => [name, version]),
);

/** How records stand to this program: folded by it, by an older one, by a newer one, or not all there yet. */
export type Standing = 'current' | 'older' | 'newer' | 'unfinished';

/**
 * No projection has this name: every program, also one that knows nothing of imports, takes records under it
 * for a newer one's and keeps off.
 */
const IMPORT = 'import';

/** The mark of a store that an import goes into. */
export const unfinished = (by: string): Pick<FoldedRecord, 'versions' | 'rebuild'> => ({
  versions: {},
  rebuild: { versions: { [IMPORT]: 1 }, by },
});

function standingOf(versions: Versions): Standing {
  const newer = Object.entries(versions).some(([name, version]) => version > (ownVersions[name] ?? 0));
  if (newer) return 'newer';
  return Object.entries(ownVersions).every(([name, version]) => versions[name] === version)
    ? 'current'
    : 'older';
}

/**
 * How a store stands. A journal without this record is of the time before there was one; an empty one has
 * nothing to be rebuilt.
 */
export function standing(record: FoldedRecord | undefined, seq: number): Standing {
  if (!record) return seq === 0 ? 'current' : 'older';
  if (record.rebuild && IMPORT in record.rebuild.versions) return 'unfinished';
  if (record.rebuild) return standingOf(record.rebuild.versions) === 'newer' ? 'newer' : 'older';
  return standingOf(record.versions);
}

/**
 * Refuses to write among records that this program would fold otherwise.
 * @throws LedgerError store.rebuilding, store.newer, store.unfinished
 */
export function mustStand(record: FoldedRecord | undefined): void {
  // nothing there: this commit will write it
  const found = record ? standing(record, 0) : 'current';
  if (found === 'unfinished') throw new LedgerError('store.unfinished');
  if (found === 'newer') throw new LedgerError('store.newer');
  if (found === 'older') throw new LedgerError('store.rebuilding');
}
