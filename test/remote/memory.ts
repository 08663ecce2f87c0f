/** Stands in for the memory adapter: the store it names is in the server process, unless a test opens it itself. */
import { memory as realMemory } from '../../src/adapters/stores/memory/index.ts';
import type { StoreAdapter } from '../../src/core/index.ts';
import { needs } from './standing.ts';

const names = new WeakMap<StoreAdapter, string>();
const reals = new WeakMap<StoreAdapter, StoreAdapter>();
let count = 0;

/** The name in the server process of a store made here; undefined for any other. */
export const storeName = (adapter: StoreAdapter): string | undefined => names.get(adapter);

/** The store itself, for a ledger of this process. */
export const realStore = (adapter: StoreAdapter): StoreAdapter => reals.get(adapter) ?? adapter;

/** As the real one. */
export function memory(): StoreAdapter {
  const real = realMemory();
  const adapter: StoreAdapter = {
    ...real,
    open: (...how) => {
      needs('store');
      return real.open(...how);
    },
  };
  names.set(adapter, `${process.pid}.${Math.random()}.${++count}`);
  reals.set(adapter, real);
  return adapter;
}
