/** How many match each chip: counted one after the other, after the page is there. */
import type { FilterValue, Page } from '../../core.ts';
import type { Requests } from '../requests.ts';
import type { Preset } from './options.ts';

/** What counts need of their register. */
export interface CountsHost {
  readonly requests: Requests;
  readonly presets: () => readonly Preset[];
  /** Asks for one row and the number of all; undefined where the list does not count. */
  readonly count: (
    filter: Readonly<Record<string, FilterValue>>,
    signal: AbortSignal,
  ) => Promise<Page<unknown>> | undefined;
  readonly changed: () => void;
}

export class PresetCounts {
  /** By the id of the chip; absent where not known. */
  known: ReadonlyMap<string, number> = new Map();
  readonly #host: CountsHost;

  constructor(host: CountsHost) {
    this.#host = host;
  }

  set(id: string, total: number): void {
    this.known = new Map(this.known).set(id, total);
  }

  reset(): void {
    this.known = new Map();
  }

  /** Counts all chips but one, whose number came with its page. A failure leaves the rest uncounted. */
  async read(but: string | undefined): Promise<void> {
    const { requests, presets, count, changed } = this.#host;
    for (const { id, filter } of presets()) {
      if (id === but) continue;
      try {
        const outcome = await requests.run(`count:${id}`, async (signal) => count(filter, signal));
        if (outcome.stale || outcome.value === undefined) return;
        const { total, capped } = outcome.value;
        if (total !== undefined && !capped) this.set(id, total);
      } catch {
        return;
      }
    }
    changed();
  }
}
