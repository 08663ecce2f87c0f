/** Lots and serials read now, or at a moment: at the end of a day, or as the journal knew them. */
import type { ListQuery, Lot, Page, Serial } from '../model/views.ts';
import type { LotAt, LotStockOn, PastListQuery, PastQuery, SerialAt } from '../model/views-past.ts';
import type { AskOptions, LedgerPort } from '../ports/ledger.ts';
import { ask, refOf } from './resource.ts';
import type { CodedRef } from './stock.ts';

export interface LotReading {
  /** @throws LedgerError `lot.notFound`, `lot.ambiguous` */
  get(ref: CodedRef): Promise<Lot>;
  /**
   * The lot as it was at the end of a day, or as the journal knew it at a `seq`: stock by place, availability,
   * expiry, status, closing. A code corrected since is shown corrected, unless the question is what was known.
   * @throws LedgerError `lot.notFound` when there was none yet
   * @example (await ledger.lots.get(lot.id, { asOf: '2026-10-31' })).onHand
   */
  get(ref: CodedRef, when: PastQuery): Promise<LotAt>;
  /**
   * What lay of it, place by place, at the end of a day; now unless said.
   * @example (await ledger.lots.stockAt(lot.id, { asOf: '2026-10-31', seq: 1200 })).stock
   */
  stockAt(ref: CodedRef, when?: PastQuery): Promise<LotStockOn>;
  /** Besides the fields, `attributes.<key>` filters and sorts. */
  list(query?: ListQuery, options?: AskOptions): Promise<Page<Lot>>;
  /**
   * The lots there were at the end of a day, as they were.
   * @throws LedgerError `query.unsupported` for a filter, a sort or a search that the past cannot answer
   * @example await ledger.lots.list({ asOf: '2026-10-31', filter: { item: 'MILK', state: 'open' } })
   */
  list(query: PastListQuery, options?: AskOptions): Promise<Page<LotAt>>;
}

export interface SerialReading {
  /** @throws LedgerError `serial.notFound`, `serial.ambiguous` */
  get(ref: CodedRef): Promise<Serial>;
  /**
   * The piece as it was at the end of a day, or as the journal knew it at a `seq`: where, who had it, its
   * status, the piece it was installed in (R112).
   * @throws LedgerError `serial.notFound` when there was none yet
   * @example (await ledger.serials.get(piece.id, { asOf: '2026-10-31' })).holder
   */
  get(ref: CodedRef, when: PastQuery): Promise<SerialAt>;
  /** Besides the fields, `attributes.<key>` filters and sorts. */
  list(query?: ListQuery, options?: AskOptions): Promise<Page<Serial>>;
  /**
   * The pieces there were at the end of a day, as they were.
   * @throws LedgerError `query.unsupported` for a filter, a sort or a search that the past cannot answer
   */
  list(query: PastListQuery, options?: AskOptions): Promise<Page<SerialAt>>;
}

function reading<Now, Past>(port: LedgerPort, name: string) {
  function get(ref: CodedRef): Promise<Now>;
  function get(ref: CodedRef, when: PastQuery): Promise<Past>;
  function get(ref: CodedRef, when?: PastQuery): Promise<Now | Past> {
    if (when === undefined) return ask<Now>(port, `${name}.get`, refOf(ref));
    return ask<Past>(port, `${name}.at`, { ...refOf(ref), ...when });
  }
  function list(query?: ListQuery, options?: AskOptions): Promise<Page<Now>>;
  function list(query: PastListQuery, options?: AskOptions): Promise<Page<Past>>;
  function list(
    query: ListQuery | PastListQuery = {},
    options?: AskOptions,
  ): Promise<Page<Now> | Page<Past>> {
    return ask<Page<Now>>(port, `${name}.list`, query, options);
  }
  return { get, list };
}

export const lotReading = (port: LedgerPort): LotReading => ({
  ...reading<Lot, LotAt>(port, 'lots'),
  async stockAt(ref, when = {}) {
    const lot = await ask<LotAt>(port, 'lots.at', { ...refOf(ref), ...when });
    const { id, item, code, onHand, closedQuantity, reserved, available, stock, asOf } = lot;
    return { id, item, code, onHand, closedQuantity, reserved, available, stock, asOf };
  },
});

export const serialReading = (port: LedgerPort): SerialReading => reading<Serial, SerialAt>(port, 'serials');
