/**
 * Items and lot statuses by code, as registers and views need them beside a record: read once per ledger,
 * a page's worth at a time, and forgotten when the ledger says that they changed.
 */
import type { HistoryEntry } from '../../core/index.ts';
import type { Item, Ledger, LotStatus } from '../core.ts';

const CHUNK = 200;

/** What holds a lot or serial back, as its history tells it. */
export interface Recalled {
  readonly code: string;
  readonly reason: string | null;
}

/**
 * The recall that holds a lot or serial: the newest of those that took it and did not let it go.
 * @param history its entries of the field `recall`, newest first
 */
export function recallIn(history: readonly HistoryEntry[]): Recalled | undefined {
  const holding = new Map<string, Recalled>();
  for (const { from, to, reason } of [...history].reverse()) {
    if (typeof from === 'string') holding.delete(from);
    if (typeof to === 'string') holding.set(to, { code: to, reason });
  }
  return [...holding.values()].at(-1);
}

const RECALL = { field: 'recall' } as const;

/** The recall that holds one lot. */
export const readRecall = async (ledger: Ledger, lot: string): Promise<Recalled | undefined> =>
  recallIn((await ledger.lots.history(lot, RECALL)).items);

export class Lookups {
  readonly items = new Map<string, Item>();
  readonly statuses = new Map<string, LotStatus>();
  /** By the id of a lot or serial: what holds it. */
  readonly recalls = new Map<string, Recalled>();
  readonly #ledger: Ledger | undefined;
  #statusesRead = false;
  #anyRecall: boolean | undefined;

  constructor(ledger: Ledger | undefined) {
    this.#ledger = ledger;
  }

  /** Forgets what was touched. */
  forget(resources: ReadonlySet<string>): void {
    if (resources.has('items')) this.items.clear();
    if (resources.has('lotStatuses')) this.#statusesRead = false;
    if (resources.has('recalls')) this.#anyRecall = undefined;
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

  /** Has all lot statuses at hand; there are few. */
  async readStatuses(): Promise<void> {
    if (this.#statusesRead) return;
    const page = await this.#ledger?.lotStatuses.list({ limit: 500 });
    this.statuses.clear();
    for (const status of page?.items ?? []) this.statuses.set(status.code, status);
    this.#statusesRead = true;
  }

  /** Whether anything was ever recalled: where nothing was, no lot is asked for it. */
  async #recallsExist(ledger: Ledger): Promise<boolean> {
    this.#anyRecall ??= (await ledger.recalls.list({ limit: 1 })).items.length > 0;
    return this.#anyRecall;
  }

  /** Has at hand what holds these lots or serials, by their ids. */
  async readRecalls(resource: 'lots' | 'serials', ids: readonly string[]): Promise<void> {
    const ledger = this.#ledger;
    if (ledger === undefined || ids.length === 0 || !(await this.#recallsExist(ledger))) return;
    const read = async (id: string): Promise<void> => {
      const held = recallIn((await ledger[resource].history(id, RECALL)).items);
      if (held === undefined) this.recalls.delete(id);
      else this.recalls.set(id, held);
    };
    await Promise.all([...new Set(ids)].map(read));
  }
}
