/**
 * Items and lot statuses by code, as registers and views need them beside a record: read once per ledger,
 * a page's worth at a time, and forgotten when the ledger says that they changed.
 */
import type { Item, Ledger, LotStatus } from '../core.ts';
import { answers } from './answers.ts';

const CHUNK = 200;

export class Lookups {
  readonly items = new Map<string, Item>();
  readonly statuses = new Map<string, LotStatus>();
  /** Ids of lots that a recall holds, among those that were looked up. */
  readonly recalled = new Set<string>();
  readonly #ledger: Ledger | undefined;
  #statusesRead = false;

  constructor(ledger: Ledger | undefined) {
    this.#ledger = ledger;
  }

  /** Forgets what was touched. */
  forget(resources: ReadonlySet<string>): void {
    if (resources.has('items')) this.items.clear();
    if (resources.has('lotStatuses')) this.#statusesRead = false;
  }

  /** Has the items of these codes at hand. */
  async readItems(codes: Iterable<string>): Promise<void> {
    const missing = [...new Set(codes)].filter((code) => !this.items.has(code));
    for (let at = 0; at < missing.length; at += CHUNK) {
      const chunk = missing.slice(at, at + CHUNK);
      const page = await this.#ledger?.items.list({ filter: { code: { in: chunk } }, limit: chunk.length });
      for (const item of page?.items ?? []) this.items.set(item.code, item);
    }
  }

  /** Looks up which of these lots, by their ids, a recall holds. */
  async readRecalled(ids: Iterable<string>): Promise<void> {
    const read = async (id: string): Promise<void> => {
      const lot = await this.#ledger?.lots.get(id);
      if (lot?.recall) this.recalled.add(id);
      else this.recalled.delete(id);
    };
    await Promise.all([...new Set(ids)].map(read));
  }

  /** Has all lot statuses at hand; there are few. */
  async readStatuses(): Promise<void> {
    const ledger = this.#ledger;
    if (this.#statusesRead || (ledger !== undefined && !answers(ledger, 'lotStatuses.list'))) return;
    const page = await ledger?.lotStatuses.list({ limit: 500 });
    this.statuses.clear();
    for (const status of page?.items ?? []) this.statuses.set(status.code, status);
    this.#statusesRead = true;
  }
}
