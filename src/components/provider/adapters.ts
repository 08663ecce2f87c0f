/**
 * The adapters a provider knows by name. Those of the package are fetched when one is asked for; a host adds
 * its own, or its server's.
 */
import type { LedgerAdapter, StoreAdapter } from '../core.ts';

/** What a provider's attributes say to the adapter they name. */
export interface AdapterOptions {
  /** The attribute `name`: of a database, of a tenant, whatever the adapter makes of it. */
  readonly name?: string;
  readonly url?: string;
  /** As `fetch` takes it; `same-origin` unless said. */
  readonly credentials: 'omit' | 'same-origin' | 'include';
  /**
   * The headers for one request: the host's own and the token against forged requests, read anew each time.
   * Whoever signs in again is heard at once.
   */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  /** How changes are to be heard, where the adapter knows several ways. */
  readonly feed?: string;
  readonly actor?: string;
  readonly timeZone?: string;
}

/** Makes an adapter for a provider. */
export type AdapterFactory = (
  options: AdapterOptions,
) => StoreAdapter | LedgerAdapter | Promise<StoreAdapter | LedgerAdapter>;

const DEFAULT_DATABASE = 'lotledger';

const addressMissing = (): Error =>
  Object.assign(new Error('adapter="rest" needs the address of its server in the attribute url.'), {
    kind: 'invalid',
    code: 'field.required',
    path: 'url',
    details: {},
  });

const factories = new Map<string, AdapterFactory>([
  ['memory', async () => (await import('../../adapters/stores/memory/index.ts')).memory()],
  [
    'indexeddb',
    async ({ name = DEFAULT_DATABASE }) =>
      (await import('../../adapters/stores/indexeddb/index.ts')).indexedDb(name),
  ],
  [
    'rest',
    async ({ name, url, credentials, headers, feed }) => {
      if (url === undefined) throw addressMissing();
      const { rest } = await import('../../adapters/ledgers/rest/index.ts');
      return rest(url, {
        credentials,
        headers,
        ...(name === undefined ? {} : { name }),
        ...(feed === 'poll' ? { feed } : {}),
      });
    },
  ],
]);
const listeners = new Set<(name: string) => void>();

/**
 * Has `<lot-ledger adapter="…">` know an adapter of this name; providers that already asked for it open now.
 *
 * @example registerAdapter('erp', ({ url, headers }) => myErp(url, headers)); // <lot-ledger adapter="erp" url="/api">
 */
export function registerAdapter(name: string, factory: AdapterFactory): void {
  factories.set(name, factory);
  for (const listener of [...listeners]) listener(name);
}

/** The adapter of a name, where one is known. */
export const adapterNamed = (name: string): AdapterFactory | undefined => factories.get(name);

/** The names there are. */
export const adapterNames = (): readonly string[] => [...factories.keys()];

/** Hears of adapters that are registered from now on. Returns the way to stop. */
export function onAdapter(listener: (name: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
