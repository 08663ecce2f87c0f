/** What the extensions have fetched for one record that an element shows; asked again when it changed. */
import type { Ledger } from '../core.ts';
import { dataOf, type LoadedData, loadExtensions, noData } from '../extensions/load.ts';
import type { Resolved, ResolvedField } from '../extensions/resolve.ts';
import type { Requests } from './requests.ts';

export interface RecordDataHost {
  readonly requests: Requests;
  readonly ledger: () => Ledger | undefined;
  readonly locale: () => string;
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/** The data of one record, by extension. */
export class RecordData<R extends { readonly id: string }> {
  readonly #host: RecordDataHost;
  #data: LoadedData = noData;
  #asked: unknown;

  constructor(host: RecordDataHost) {
    this.#host = host;
  }

  /** What the extension of a field has fetched. */
  of(field: ResolvedField<R>, record: R): unknown {
    return dataOf(this.#data, field.owner, record);
  }

  /** Fetches for a record as it is now, once for the same record and the same extensions. */
  async show(record: R | undefined, loads: Resolved<R>['loads']): Promise<void> {
    const ledger = this.#host.ledger();
    if (record === undefined || ledger === undefined || loads.length === 0) return;
    const asked = [record, ...loads.map(({ load }) => load)];
    const before = this.#asked as readonly unknown[] | undefined;
    if (before?.length === asked.length && asked.every((each, i) => each === before[i])) return;
    this.#asked = asked;
    const { requests, failed } = this.#host;
    const locale = this.#host.locale();
    const read = await requests.run('extensions', (signal) =>
      loadExtensions<R>(loads, [record], { ledger, locale, signal }, failed),
    );
    if (read.stale) return;
    this.#data = read.value;
    this.#host.changed();
  }
}
