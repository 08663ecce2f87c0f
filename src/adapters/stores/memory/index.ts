/**
 * A store in memory: for tests, for tools that compute and forget, and the reference of the conformance
 * kit. Everything is gone when the program ends.
 */
import type { Store, StoreAdapter, Table } from '../../../core/adapter-kit.ts';
import { MemoryData, MemoryStore } from './store.ts';

/**
 * A store that lives as long as the adapter object: opening the same object again finds the same records,
 * so two ledgers can share one. It never fails, except with `store.closed` after its handle was closed and
 * `store.newer` for a handle opened with an older schema than another one.
 *
 * @example
 * const ledger = await openLedger(memory(), { actor: 'maria' });
 */
export function memory(): StoreAdapter {
  let data: MemoryData | undefined;
  return {
    kind: 'store',
    name: 'memory',
    async open(tables: readonly Table[], schema: number): Promise<Store> {
      if (data === undefined) data = new MemoryData(tables, schema);
      else data.records.addTables(tables);
      data.schema = Math.max(data.schema, schema);
      return new MemoryStore(data, schema);
    },
  };
}
