/** The ledgers a server keeps open: its own, and those of the tenants its tokens name. */
import { type Ledger, type OpenLedgerOptions, openLedger } from '../core/index.ts';
import type { Place } from './place.ts';

export class Ledgers {
  readonly #place: Place;
  readonly #options: OpenLedgerOptions;
  readonly #open = new Map<string | undefined, Promise<Ledger>>();

  constructor(place: Place, options: OpenLedgerOptions) {
    this.#place = place;
    this.#options = options;
  }

  /** The ledger of a tenant, opened when it is first asked for; one that did not open is tried again. */
  of(tenant?: string): Promise<Ledger> {
    const known = this.#open.get(tenant);
    if (known !== undefined) return known;
    const opening = openLedger(this.#place.store(tenant), this.#options);
    this.#open.set(tenant, opening);
    opening.catch(() => this.#open.delete(tenant));
    return opening;
  }

  /** Whether the ledgers that are open answer. */
  async answer(): Promise<boolean> {
    for (const ledger of this.#open.values()) await (await ledger).head();
    return true;
  }

  async close(): Promise<void> {
    for (const opening of this.#open.values()) await (await opening.catch(() => undefined))?.close();
    this.#open.clear();
  }
}
