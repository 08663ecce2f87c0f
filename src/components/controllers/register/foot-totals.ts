/** Totals under the list, per unit: read when somebody asks for them, and again as the rows are. */
import { type Problem, problemOf, type Summary, type SummaryQuery } from '../../core.ts';
import type { Requests } from '../requests.ts';
import { sumsOf } from './groups.ts';
import type { Offers } from './offers.ts';
import type { RegisterField } from './options.ts';
import { type Asked, asQuery } from './question.ts';

/** What totals need of their register. */
export interface TotalsHost {
  readonly requests: Requests;
  readonly fields: () => readonly RegisterField[];
  readonly offers: () => Offers;
  readonly asked: () => Asked;
  readonly summary: () => ((query: SummaryQuery, signal: AbortSignal) => Promise<Summary>) | undefined;
  readonly failed: (error: unknown) => void;
  readonly changed: () => void;
}

export class FootTotals {
  /** They stand there, or are about to. */
  shown = false;
  /** Those of the question on the screen; undefined until they are read. */
  value: Summary | undefined;
  busy = false;
  problem: Problem | null = null;
  readonly #host: TotalsHost;

  constructor(host: TotalsHost) {
    this.#host = host;
  }

  /** The list adds up any of the fields. */
  get offered(): boolean {
    return this.#host.summary() !== undefined && this.#sums.length > 0;
  }

  get #sums(): readonly string[] {
    return sumsOf(this.#host.fields(), this.#host.offers());
  }

  show(on: boolean): void {
    this.shown = on && this.offered;
    if (this.shown) void this.read();
    else this.reset();
    this.#host.changed();
  }

  /** Another question: the old sums are wrong now. */
  reset(): void {
    this.#host.requests.abort('totals');
    this.value = undefined;
    this.problem = null;
    this.busy = false;
  }

  /** Reads them, where they are shown. */
  async read(): Promise<void> {
    const ask = this.#host.summary();
    if (!this.shown || ask === undefined) return;
    this.busy = true;
    try {
      const query = { ...asQuery(this.#host.asked()), sums: this.#sums };
      const outcome = await this.#host.requests.run('totals', (signal) => ask(query, signal));
      if (outcome.stale) return;
      this.value = outcome.value;
      this.problem = null;
    } catch (error) {
      this.problem = problemOf(error);
      this.#host.failed(error);
    }
    this.busy = false;
    this.#host.changed();
  }
}
