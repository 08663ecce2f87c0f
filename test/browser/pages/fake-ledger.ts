/**
 * A ledger that only answers lists, out of arrays, and fails or waits as the page is told to: for what a
 * register shows, not for what a ledger does.
 */
import type {
  ChangeEvent,
  Ledger,
  ListQuery,
  QueryCapabilities,
  SummaryQuery,
  ValuesQuery,
} from '../../../src/components/core.ts';
import { LedgerError } from '../../../src/core/index.ts';
import { fakeJobs } from './fake-jobs.ts';
import { pageOf, type Row, summaryOf, valuesOf } from './fake-lists.ts';
import { millionLots } from './fake-million.ts';
import { sampleItems, sampleLots, samplePostings, sampleSerials, sampleStatuses } from './register-rows.ts';

export interface FakeOptions {
  readonly rows: number;
  /** `error`, `forbidden`, `offline`, or all is well. */
  readonly state: string;
  /** The lists offer plain filters and one sort only. */
  readonly plain?: boolean;
  /** Milliseconds each answer takes. */
  readonly wait: number;
}

/** A ledger, and the strings to pull. */
export interface Fake {
  readonly ledger: Ledger;
  /** How many questions were asked of each list. */
  readonly asked: Record<string, number>;
  set(options: Partial<FakeOptions>): void;
  /** Tells the listeners of a change. */
  touch(): void;
  listeners(): number;
}

const all = ['in', 'like', 'from', 'to', 'isNull'] as const;

/** What a list offers: everything, unless the page wants a plain one. */
function offered(
  plain: boolean,
  sorts: string[],
  filters: string[],
  more: Partial<QueryCapabilities> = {},
): QueryCapabilities {
  if (plain) return { sorts, filters, search: true, total: true };
  const comparisons = Object.fromEntries(filters.map((name) => [name, all]));
  return {
    sorts,
    filters,
    search: true,
    total: true,
    comparisons,
    sortDepth: 3,
    skip: true,
    values: filters,
    ...more,
  };
}

export function fakeLedger(initial: FakeOptions): Fake {
  let options = initial;
  const heard = new Set<(event: ChangeEvent) => void>();
  const asked: Record<string, number> = {};
  let seq = 412;
  const fail = (): void => {
    if (options.state === 'error') throw new LedgerError('store.unavailable');
    if (options.state === 'offline') throw new LedgerError('store.unavailable');
    if (options.state === 'forbidden')
      throw new LedgerError('permission.denied', { details: { action: 'read' } });
  };
  const million = options.rows > 10_000 ? millionLots(options.rows) : undefined;
  const list = (name: string, rows: () => readonly unknown[]) => {
    const answer = async <T>(give: (rows: readonly Row[]) => T, signal?: AbortSignal): Promise<T> => {
      asked[name] = (asked[name] ?? 0) + 1;
      if (options.wait > 0) await new Promise((done) => setTimeout(done, options.wait));
      signal?.throwIfAborted();
      fail();
      return give(rows() as Row[]);
    };
    type How = { readonly signal?: AbortSignal };
    return {
      list: (query: ListQuery = {}, { signal }: How = {}) =>
        answer((all) => (million && name === 'lots' ? million(query, seq) : pageOf(all, query, seq)), signal),
      values: (field: string, query: ValuesQuery = {}, { signal }: How = {}) =>
        answer((all) => valuesOf(all, field, query, seq), signal),
      summary: (query: SummaryQuery = {}, { signal }: How = {}) =>
        answer((all) => summaryOf(all, query, seq), signal),
      get: (id: string) => answer((all) => all.find((row) => row.id === id)),
    };
  };
  const plain = options.plain === true;
  const rows = () => Math.min(options.rows, 10_000);
  const ledger = {
    lots: list('lots', () => sampleLots(rows())),
    serials: list('serials', () => sampleSerials(rows())),
    postings: list('postings', () => samplePostings(rows())),
    items: list('items', () => sampleItems),
    lotStatuses: list('lotStatuses', () => sampleStatuses),
    transitions: list('transitions', () => []),
    jobs: fakeJobs(),
    capabilities: {
      commands: { 'jobs.start@1': true, 'lots.update@1': true, 'serials.update@1': true },
      durability: 'none',
      queries: {
        'items.list': true,
        'lotStatuses.list': true,
        'transitions.list': true,
        'lots.list': offered(
          plain,
          ['code', 'item', 'expiryDate', 'status', 'supplier', 'supplierLot', 'onHand'],
          [
            ...['state', 'expired', 'expiresWithin', 'item', 'code', 'status', 'expiryDate', 'onHand'],
            ...['warehouse', 'supplier', 'supplierLot', 'sellable', 'startDate', 'manufacturer'],
          ],
          {
            groups: ['item', 'status', 'supplier', 'warehouse', 'expiryDate'],
            sums: ['onHand', 'reserved', 'available'],
          },
        ),
        'serials.list': offered(
          plain,
          ['code', 'item', 'expiryDate', 'status', 'warehouse'],
          ['state', 'item', 'code', 'status', 'warehouse', 'missing', 'customerSerial'],
          { groups: ['item', 'status', 'warehouse'] },
        ),
        'postings.list': offered(
          plain,
          ['date', 'seq', 'warehouse', 'template', 'party'],
          ['type', 'warehouse', 'party', 'date', 'numberText', 'template', 'reversed', 'intent'],
          { groups: ['warehouse', 'template', 'party'] },
        ),
      },
    },
    subscribe(listener: (event: ChangeEvent) => void) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    status: () => ({ state: options.state === 'offline' ? 'offline' : 'open', seq }),
    close: async () => {},
  } as unknown as Ledger;
  return {
    ledger,
    asked,
    set: (change) => {
      options = { ...options, ...change };
    },
    touch: () => {
      seq++;
      for (const listener of heard) listener({ seq, touched: [{ resource: 'lots', id: 'lot-202611011' }] });
    },
    listeners: () => heard.size,
  };
}
