/**
 * The ledgers the portal can show: one in this browser and one in memory, both with the sample data of the
 * demo, and one that imported deliveries go to. Each is opened when first asked for and stays open.
 */
import { type Ledger, openLedger, type StoreAdapter } from 'lotledger';
import { databaseName, indexedDb } from 'lotledger/adapters/indexeddb';
import { memory } from 'lotledger/adapters/memory';
import { fillSample } from '../sample/index.ts';
import type { StoreName } from './preferences.ts';

/** Who works in the portal. */
export const actor = 'm.rossi';

interface Kind {
  readonly adapter: () => StoreAdapter;
  /** Its database, where it has one. */
  readonly database?: string;
  readonly sample: boolean;
}

const kinds: Readonly<Record<StoreName, Kind>> = {
  browser: { adapter: () => indexedDb('portal'), database: 'portal', sample: true },
  memory: { adapter: memory, sample: true },
  deliveries: { adapter: () => indexedDb('deliveries'), database: 'deliveries', sample: false },
};

const opened = new Map<StoreName, Promise<Ledger>>();

async function open(name: StoreName, progress: (share: number) => void): Promise<Ledger> {
  const { adapter, sample } = kinds[name];
  const store = adapter();
  if (sample) await fillSample(store, { progress });
  return openLedger(store, { actor });
}

/**
 * The ledger of a name, opened and, where it is a new one with sample data, filled.
 * @throws LedgerError when the store cannot be opened; the next call tries again
 */
export function ledgerOf(name: StoreName, progress: (share: number) => void = () => {}): Promise<Ledger> {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const opening = open(name, progress);
  opened.set(name, opening);
  opening.catch(() => opened.delete(name));
  return opening;
}

/** Whether deliveries were imported in this browser before; false where it does not tell. */
export async function hasDeliveries(): Promise<boolean> {
  try {
    const wanted = databaseName(kinds.deliveries.database ?? '');
    return (await indexedDB.databases()).some(({ name }) => name === wanted);
  } catch {
    return false;
  }
}

/** Closes a ledger and deletes all it holds; the next `ledgerOf` begins anew. */
export async function startOver(name: StoreName): Promise<void> {
  const ledger = await opened.get(name)?.catch(() => undefined);
  opened.delete(name);
  await ledger?.close();
  const { database } = kinds[name];
  if (database === undefined) return;
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName(database));
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    // other tabs close their connections when they hear of it; the request goes on by itself
    request.onblocked = () => resolve();
  });
}
