/** A host's own lists, made safe: an answer of a wrong shape leaves gaps and a word in the console. */
import { warnOnce } from '../warn.ts';
import type { HostLookups, LookupEntry, LookupKind, LookupSource } from './types.ts';

/** A list as the forms use it: both questions are there. */
export interface SafeLookup extends LookupSource {
  get(codes: readonly string[]): Promise<readonly LookupEntry[]>;
}

const isEntry = (value: unknown): value is LookupEntry =>
  typeof (value as Partial<LookupEntry> | null)?.code === 'string';

/** The host's list of a kind; undefined where it has none, and the ledger's own is to be used. */
export function lookupOf(
  element: Element,
  lookups: HostLookups | undefined,
  kind: LookupKind,
): SafeLookup | undefined {
  const source = lookups?.[kind];
  if (source === undefined || source === null) return undefined;
  if (typeof source.search !== 'function') {
    warnOnce(element, `lookups.${kind} needs a function "search".`);
    return undefined;
  }
  const entries = (answer: unknown): readonly LookupEntry[] => {
    const list = Array.isArray(answer) ? answer : [];
    const good = list.filter(isEntry);
    if (!Array.isArray(answer) || good.length < list.length) {
      warnOnce(element, `lookups.${kind} gives entries without a code.`);
    }
    return good;
  };
  return {
    search: async (text, options) => entries(await source.search(text, options)).slice(0, options.limit),
    get: async (codes) => (source.get === undefined ? [] : entries(await source.get(codes))),
  };
}
