/**
 * Stands in for the public face of the core where tests run a second time: `openLedger` opens a ledger in the
 * server process and gives it over `rest`. Everything else is as it is.
 */
import { inject } from 'vitest';
import { rest } from '../../src/adapters/ledgers/rest/index.ts';
import {
  type Ledger,
  type LedgerAdapter,
  LedgerError,
  type LedgerProblem,
  type OpenLedgerOptions,
  openLedger as openHere,
  type StoreAdapter,
} from '../../src/core/index.ts';
import { lightFetch } from './light-fetch.ts';
import { realStore, storeName } from './memory.ts';
import { CLOCK_HEADER, type OpenBody } from './process-words.ts';
import { listed, needs } from './standing.ts';

export * from '../../src/core/index.ts';

/** The server process of this worker. */
function server(): string {
  const all = inject('remoteServers');
  return all[Number(process.env.VITEST_POOL_ID ?? 0) % all.length] as string;
}

const openNames = new Set<string>();
const openStores = new Set<string>();

async function tell<T>(what: string, body: object): Promise<T> {
  const answer = await fetch(`${server()}/${what}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
  const told = (await answer.json()) as T & { problem?: LedgerProblem };
  if (told.problem) throw LedgerError.from(told.problem);
  return told;
}

/** Closes what the tests of a file have left open in the server process. */
export async function forgetAll(): Promise<void> {
  await tell('close', { names: [...openNames], forget: [...openStores] });
  openNames.clear();
  openStores.clear();
}

/** Opens a ledger in the server process, with what is to be made in it first. */
export async function openThere(
  adapter: StoreAdapter,
  { now, ...options }: OpenLedgerOptions,
  made: Pick<OpenBody, 'world' | 'settings'> = {},
): Promise<Ledger> {
  const store = storeName(adapter) as string;
  const clock = now === undefined ? {} : { now: now().toISOString() };
  const body: OpenBody = { ...options, ...made, ...clock, store, clocked: now !== undefined };
  const { name } = await tell<{ name: string }>('open', body);
  openNames.add(name);
  openStores.add(store);
  const headers = (): Record<string, string> => (now ? { [CLOCK_HEADER]: now().toISOString() } : {});
  const far = rest(`${server()}/ledgers/${name}`, {
    headers,
    fetch: lightFetch,
    shared: false,
    retryFor: 2_000,
  });
  const ledger = await openHere(far);
  const actor = options.actor ?? 'unknown';
  return ledger.through((port) => ({
    ...port,
    execute: (commands, how) => {
      if (commands.some((command) => (command.actor ?? actor) !== actor)) needs('actor');
      return port.execute(commands, how);
    },
    close: async () => {
      await port.close();
      openNames.delete(name);
      await tell('close', { names: [name], forget: [] });
    },
  }));
}

/** Whether a ledger with these options may be elsewhere: not with hooks, nor for a test that is on the list. */
export function canTravel({ hooks, hookTimeout, onProgress }: OpenLedgerOptions): boolean {
  const asked = hooks !== undefined || hookTimeout !== undefined || onProgress !== undefined;
  if (asked) needs('hooks');
  return !asked && listed() === undefined;
}

/** As the real one; over `rest`, unless the running test is on the list of those that cannot be. */
export async function openLedger(
  adapter: StoreAdapter | LedgerAdapter,
  options: OpenLedgerOptions = {},
): Promise<Ledger> {
  if (adapter.kind === 'ledger') return openHere(adapter, options);
  const travels = canTravel(options);
  if (storeName(adapter) === undefined) needs('store');
  else if (travels) return openThere(adapter, options);
  const ledger = await openHere(realStore(adapter), options);
  return ledger.through((port) => ({
    ...port,
    execute: (commands, how) => {
      if (commands.some(({ actor }) => actor !== undefined && actor !== options.actor)) needs('actor');
      return port.execute(commands, how);
    },
  }));
}
