/** Opens the ledger a provider's configuration means; the engine and the adapter are fetched for it. */
import type { Ledger } from '../core.ts';
import { adapterNamed, adapterNames } from './adapters.ts';
import type { LedgerConfig } from './config.ts';

/** What a provider says that names an adapter nobody has registered. */
function unknownAdapter(name: string): Error {
  const details = { name, known: adapterNames().join(', ') };
  const message = `lot-ledger knows no adapter "${name}"; it knows ${details.known}.`;
  return Object.assign(new Error(message), { kind: 'unsupported', code: 'adapter.unknown', details });
}

/**
 * Opens a ledger.
 * @param headers gives the headers of one request
 */
export async function openFrom(
  config: LedgerConfig,
  headers: () => Promise<Readonly<Record<string, string>>>,
): Promise<Ledger> {
  const { adapter = '', name, url, credentials = 'same-origin', feed, actor, timeZone, permissions } = config;
  const factory = adapterNamed(adapter);
  if (factory === undefined) throw unknownAdapter(adapter);
  const made = await factory({
    credentials,
    headers,
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...(feed === undefined || feed === 'off' ? {} : { feed }),
    ...(actor === undefined ? {} : { actor }),
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const { openLedger } = await import('../../core/index.ts');
  return openLedger(made, {
    ...(actor === undefined ? {} : { actor }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(permissions === undefined ? {} : { permissions }),
  });
}
