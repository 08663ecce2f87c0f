/**
 * Lotledger as the benchmark uses it: from a copy of `dist/` that `prepare` makes, so that a build in the
 * meantime does not change what is being measured.
 */
import { indexedDb } from '../.cache/bench/lotledger/adapters/stores/indexeddb/index.js';
import { memory } from '../.cache/bench/lotledger/adapters/stores/memory/index.js';
import { openLedger } from '../.cache/bench/lotledger/core/index.js';

export { positionOf, RecordSet, tables } from '../.cache/bench/lotledger/core/adapter-kit.js';
export { cursorOf } from '../.cache/bench/lotledger/core/queries/lists/cursor.js';
export { createMasters, inputOf } from './subject.mjs';
export { indexedDb, memory, openLedger };

/** Opens a ledger; all rules and the usual permissions hold. */
export const open = (adapter) => openLedger(adapter, { actor: 'bench', timeZone: 'Europe/Rome' });

/** Opens a ledger over a set of records that were made beforehand; it takes no commits. */
export const openOver = (set) =>
  open({
    kind: 'store',
    name: 'held',
    open: async () => ({
      capabilities: { durability: 'none', writers: 'one', persistent: false },
      sync: set,
      read: (fn) => set.read(fn),
      commit: async () => ({ done: false, conflict: [] }),
      tail: async () => [],
      watch: () => () => {},
      close: async () => {},
    }),
  });
