/**
 * What the host's extensions fetch for the rows of a register: after the rows are drawn, once for a page, and
 * again where the host brings another `load`.
 */
import type { Requests } from '../../controllers/requests.ts';
import type { Ledger } from '../../core.ts';
import { dataOf, type LoadedData, loadExtensions, noData } from '../../extensions/load.ts';
import type { Resolved } from '../../extensions/resolve.ts';

export interface HostDataOwner<R extends { readonly id: string }> {
  readonly requests: Requests;
  readonly ledger: () => Ledger | undefined;
  readonly locale: () => string;
  readonly loads: () => Resolved<R>['loads'];
  readonly windowed: () => boolean;
  /** The rows that stand there, for another `load` to be asked about. */
  readonly rows: () => readonly R[];
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

export class HostData<R extends { readonly id: string }> {
  readonly #owner: HostDataOwner<R>;
  #data: LoadedData = noData;
  #asked: readonly unknown[] = [];

  constructor(owner: HostDataOwner<R>) {
    this.#owner = owner;
  }

  /** What an extension fetched for a row. */
  of(extension: string, row: R): unknown {
    return dataOf(this.#data, extension, row);
  }

  forget(): void {
    this.#data = noData;
  }

  get #functions(): readonly unknown[] {
    return this.#owner.loads().map(({ load }) => load);
  }

  /**
   * Fetches while the rows stand there already. In a window several pages are fetched for at a time; else a
   * page that is turned drops the one before.
   */
  later(rows: readonly R[]): void {
    const { requests, windowed, changed, failed } = this.#owner;
    this.#asked = this.#functions;
    if (this.#asked.length === 0 || rows.length === 0) return;
    const page = windowed() ? `extensions ${rows[0]?.id}` : 'extensions';
    void requests.run(page, (signal) => this.load(rows, signal)).then(changed, failed);
  }

  /** Fetches what files and prints wait for. */
  async load(rows: readonly R[], signal: AbortSignal): Promise<void> {
    const { loads, locale, failed } = this.#owner;
    const ledger = this.#owner.ledger();
    if (ledger === undefined) return;
    const data = await loadExtensions(loads(), rows, { ledger, locale: locale(), signal }, failed);
    if (!signal.aborted && ledger === this.#owner.ledger()) this.#keep(data);
  }

  /** Other functions fetch other data; the same ones are not asked again. */
  loadAnew(): void {
    const now = this.#functions;
    if (now.length === this.#asked.length && now.every((load, i) => load === this.#asked[i])) return;
    this.#asked = now;
    this.forget();
    this.later(this.#owner.rows());
  }

  /** A window shows rows of several pages: what was loaded of them stays. */
  #keep(data: LoadedData): void {
    if (data.size === 0) return;
    const kept = new Map<string, ReadonlyMap<string, unknown>>();
    for (const [owner, entries] of data) {
      kept.set(owner, new Map([...(this.#data.get(owner) ?? []), ...entries]));
    }
    this.#data = kept;
  }
}
