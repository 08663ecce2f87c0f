/** A store as if it were far away: no synchronous reading, every answer a turn later. */
import type { Store, StoreAdapter } from '../../../src/core/ports/store.ts';

/** Hides what is in memory, so that the engine has to fetch what it misses; counts the round trips. */
export function farStore(adapter: StoreAdapter): StoreAdapter & { readonly reads: { count: number } } {
  const reads = { count: 0 };
  return {
    kind: 'store',
    name: `far ${adapter.name}`,
    reads,
    async open(tables, schema) {
      const store = await adapter.open(tables, schema);
      const far: Store = {
        capabilities: store.capabilities,
        read: async (fn) => {
          reads.count++;
          return store.read(fn);
        },
        commit: (batch) => store.commit(batch),
        tail: (after, limit) => store.tail(after, limit),
        watch: (listener) => store.watch(listener),
        close: () => store.close(),
      };
      return far;
    },
  };
}
