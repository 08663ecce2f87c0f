/**
 * A ledger out of a store and into another one, as lines. Loaded when somebody asks for it, so that a page
 * that only works with a ledger never fetches it.
 */

import { importArchive } from './engine/archive-import.ts';
import type { Lines } from './engine/archive-read.ts';
import { archiveOf } from './engine/archive-write.ts';
import type { RebuildProgress } from './engine/rebuild.ts';
import { type Anchor, headText } from './engine/verify.ts';
import type { Head, Store, StoreAdapter } from './ports/store.ts';
import { SCHEMA_VERSION, tables } from './tables.ts';

export { checkArchive } from './engine/archive-read.ts';

const isOpen = (source: StoreAdapter | Store): source is Store => !('open' in source);

const open = (adapter: StoreAdapter): Promise<Store> => adapter.open(Object.values(tables), SCHEMA_VERSION);

/** A head as people write it down. */
export const anchorOf = ({ seq, link }: Head): Anchor => ({ seq, head: headText(link) });

/** The lines of a ledger; a store that was opened for it is closed again, also when nobody reads to the end. */
export async function* linesOf(source: StoreAdapter | Store): AsyncGenerator<string> {
  const store = isOpen(source) ? source : await open(source);
  try {
    yield* archiveOf(store);
  } finally {
    if (store !== source) await store.close();
  }
}

/** Brings lines into an empty store. */
export async function intoStore(
  target: StoreAdapter | Store,
  lines: Lines,
  hear?: (progress: RebuildProgress) => void,
): Promise<Anchor> {
  const store = isOpen(target) ? target : await open(target);
  try {
    return anchorOf(await importArchive(store, lines, hear));
  } finally {
    if (store !== target) await store.close();
  }
}
