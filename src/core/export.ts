/**
 * A whole ledger as lines of JSON, and back: to back it up, to move it to another store, to hand it to an
 * auditor. What does the work is fetched when it is asked for.
 */
import type { RebuildProgress } from './engine/rebuild.ts';
import type { Anchor } from './engine/verify.ts';
import type { Store, StoreAdapter } from './ports/store.ts';

/** How an import is followed. */
export interface ImportOptions {
  /** Told how far it is, once the lines are read and the records are made from them. */
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/**
 * The ledger of a store as lines of JSON, without line ends: first what they are, then the names of parties,
 * then every commit with the exact texts of its entries, last the head. It ends at the head the ledger has when
 * the first line is asked for; others may write on meanwhile. Refusals, which may expire, are left out.
 *
 * @param source where the ledger is kept; a store that is open already stays open
 * @throws LedgerError store.corrupt where the journal is not what its chain says; store.unfinished where an
 * import did not come to its end; store.newer where a newer version wrote it
 * @example for await (const line of exportLedger(indexedDb('portal'))) file.write(`${line}\n`);
 */
export async function* exportLedger(source: StoreAdapter | Store): AsyncGenerator<string> {
  const { linesOf } = await import('./archive.ts');
  yield* linesOf(source);
}

/**
 * Brings the lines of `exportLedger` into an empty store: the same entries under the same numbers, the same
 * chain, the same head. Each line is proved before it is written; the records are then made from the journal.
 * An import that is broken off leaves a store that no ledger opens (`store.unfinished`); the same import started
 * again goes on where it was.
 *
 * @param target where it is to be kept
 * @returns the head, to be held against the one of the ledger it came from
 * @throws LedgerError store.notEmpty, before anything is written; archive.invalid with `details.line` and
 * `details.why`; store.newer for the lines of a newer version
 * @example await importLedger(sql(pglite({ folder: 'data' })), exportLedger(indexedDb('portal')));
 */
export async function importLedger(
  target: StoreAdapter | Store,
  lines: Iterable<string> | AsyncIterable<string>,
  { onProgress }: ImportOptions = {},
): Promise<Anchor> {
  const { intoStore } = await import('./archive.ts');
  return intoStore(target, lines, onProgress);
}

/**
 * Reads the lines of `exportLedger` to their end and proves every one of them, writing nothing: to look at a
 * copy before it is needed.
 *
 * @returns the head they lead to
 * @throws LedgerError archive.invalid with `details.line` and `details.why`; store.newer
 * @example const { seq, head } = await checkExport(lines);
 */
export async function checkExport(lines: Iterable<string> | AsyncIterable<string>): Promise<Anchor> {
  const { anchorOf, checkArchive } = await import('./archive.ts');
  return anchorOf(await checkArchive(lines));
}
