/**
 * Reads journal texts of every version ever released. Version 1 is the first; a later one adds a step
 * here that turns the older shape into the newer, and a fixture of the older journal.
 */
import type { Entry } from '../model/facts.ts';
import { LedgerError } from '../ports/errors.ts';

/**
 * The entry of a journal text.
 * @throws LedgerError store.corrupt when the text is no entry, store.newer when a newer version wrote it
 */
export function readEntry(text: string): Entry {
  let entry: Entry;
  try {
    entry = JSON.parse(text) as Entry;
  } catch (cause) {
    throw new LedgerError('store.corrupt', { cause });
  }
  if (entry.v !== 1) throw new LedgerError('store.newer', { details: { version: entry.v } });
  return entry;
}
