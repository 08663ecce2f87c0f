/** `ledger.inspections` and `ledger.alerts`: what is found out about lots, and what is coming up for them. */
import type { AlertDate } from '../model/inputs.ts';
import type { ListQuery, Page } from '../model/views.ts';
import type { Alert, AlertPage, Inspection } from '../model/views-policies.ts';
import type { LedgerPort } from '../ports/ledger.ts';
import { ask, type ChangeOptions, idOf, send, type UpdateOptions, type Valued, valued } from './resource.ts';
import type { CodedRef } from './stock.ts';

/** What may be said of an inspection while it is open: undefined keeps, null clears. */
export interface InspectionNotes {
  readonly inspector?: string | null;
  readonly note?: string | null;
  readonly attributes?: Readonly<Record<string, string | number | boolean | null | readonly string[]>> | null;
}

export interface InspectionInput extends InspectionNotes {
  readonly lot: CodedRef;
  /** Today unless said. */
  readonly openedAt?: string;
}

export interface Inspections extends Valued {
  /**
   * Opens an inspection of a lot; several may be open at once.
   * @throws LedgerError `lot.notFound`, `posting.futureDate`
   * @example const { id } = await ledger.inspections.open({ lot: { item: 'DRUG', code: 'D1' } });
   */
  open(input: InspectionInput, options?: ChangeOptions): Promise<Inspection>;
  /**
   * Notes a result while the inspection goes on.
   * @throws LedgerError `inspection.notFound`, `inspection.finished`
   */
  record(
    id: string,
    said: InspectionNotes & { readonly result?: 'pass' | 'fail' | null },
    options?: UpdateOptions,
  ): Promise<Inspection>;
  /**
   * Ends it, with the result recorded before unless one is given.
   * @throws LedgerError `field.required` where there is no result, `inspection.finished`
   */
  finish(
    id: string,
    said?: InspectionNotes & { readonly result?: 'pass' | 'fail'; readonly finishedAt?: string },
    options?: UpdateOptions,
  ): Promise<Inspection>;
  /** @throws LedgerError `inspection.notFound` */
  get(id: string): Promise<Inspection>;
  /** Filters: `lot` (code), `lotId`, `finished`, `result`, `inspector`, `openedAt`, `finishedAt`; the newest first. */
  list(query?: ListQuery): Promise<Page<Inspection>>;
}

/** What alerts are asked for; absent is all. */
export interface AlertQuery {
  /** The day that is asked for; today unless said. */
  readonly asOf?: string;
  readonly item?: string;
  /** Only lots with stock there. */
  readonly warehouse?: string;
  /** Also those somebody has seen. */
  readonly includeAcknowledged?: boolean;
  /** 1 to 500; 50 unless said. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** One alert: the lot, and the alert as its item's settings have it. */
export interface AlertRef {
  readonly lot: CodedRef;
  readonly date: AlertDate;
  readonly days: number;
  readonly note?: string | null;
}

export interface Alerts {
  /**
   * Dates of lots in stock that come near or have passed, the most urgent first.
   * @example (await ledger.alerts.list({ warehouse: 'MAIN' })).items // [{ code: 'D1', date: 'retestDate', … }]
   */
  list(query?: AlertQuery): Promise<AlertPage>;
  /**
   * Notes that an alert was seen, for the date the lot has now. Seen again, the first stays.
   * @throws LedgerError `alert.notFound` where the lot raises none of that kind today
   */
  acknowledge(alert: AlertRef, options?: ChangeOptions): Promise<Alert>;
}

export const inspections = (port: LedgerPort): Inspections => {
  const get = (id: string): Promise<Inspection> => ask(port, 'inspections.get', { id });
  const change = async (
    name: string,
    id: string,
    said: object,
    { version, ...options }: UpdateOptions,
  ): Promise<Inspection> => {
    await send(port, name, version === undefined ? { id, ...said } : { id, version, ...said }, options);
    return get(id);
  };
  return {
    async open(said, options) {
      const { lot, ...input } = said ?? {};
      const args = { lot: await idOf(port, 'lots', lot), ...input };
      return get((await send<{ readonly id: string }>(port, 'inspections.open@1', args, options)).id);
    },
    record: (id, said, options = {}) => change('inspections.record@1', id, said, options),
    finish: (id, said = {}, options = {}) => change('inspections.finish@1', id, said, options),
    get,
    list: (query = {}) => ask(port, 'inspections.list', query),
    ...valued(port, 'inspections'),
  };
};

export const alerts = (port: LedgerPort): Alerts => ({
  list: (query = {}) => ask(port, 'alerts.list', query),
  async acknowledge(said, options) {
    const { lot, ...alert } = said ?? {};
    const id = await idOf(port, 'lots', lot);
    await send(port, 'alerts.acknowledge@1', { lot: id, ...alert }, options);
    return ask(port, 'alerts.get', { lot: id, date: alert.date, days: alert.days });
  },
});
