/**
 * Reads journal texts of every version ever released. The text itself is never rewritten, for the chain runs
 * over it: an older entry is turned into the present shape each time it is read, one version at a time. A
 * change of shape adds a step here, and a fixture of the older journal.
 */
import type { Entry } from '../model/facts.ts';
import { LedgerError } from '../ports/errors.ts';
import { fromVersion1 } from './entry-1.ts';

/** The version entries are written in. */
export const ENTRY_VERSION = 2;

type Step = (entry: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Step n turns version n + 1 into version n + 2. */
const steps: readonly Step[] = [fromVersion1];

/**
 * The entry of a journal text, in the present shape.
 * @throws LedgerError store.corrupt when the text is no entry, store.newer when a newer version wrote it
 */
export function readEntry(text: string): Entry {
  let entry: Readonly<Record<string, unknown>>;
  try {
    entry = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new LedgerError('store.corrupt', { cause });
  }
  const version = entry?.v;
  if (version === ENTRY_VERSION) return entry as unknown as Entry;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new LedgerError('store.corrupt', { details: { version } });
  if (version > ENTRY_VERSION) throw new LedgerError('store.newer', { details: { version } });
  for (const step of steps.slice(version - 1)) entry = step(entry);
  return entry as unknown as Entry;
}
