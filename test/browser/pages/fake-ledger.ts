/**
 * A ledger that only answers lists, out of arrays, and fails or waits as the page is told to: for what a
 * register shows, not for what a ledger does.
 */
import type { ChangeEvent, Ledger, ListQuery, Page } from '../../../src/components/core.ts';
import { LedgerError } from '../../../src/core/index.ts';
import {
  sampleItems,
  sampleLots,
  samplePostings,
  sampleSerials,
  sampleStatuses,
  TODAY,
} from './register-rows.ts';

export interface FakeOptions {
  readonly rows: number;
  /** `error`, `forbidden`, `offline`, or all is well. */
  readonly state: string;
  /** Milliseconds each answer takes. */
  readonly wait: number;
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

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

const passes = (row: Row, filter: ListQuery['filter'] = {}): boolean =>
  Object.entries(filter).every(([field, wanted]) => {
    if (field === 'expired') return row.expired === wanted;
    if (field === 'expiresWithin')
      return Number(row.daysLeft ?? -1) >= 0 && Number(row.daysLeft) <= Number(wanted);
    const value = row[field] as string | null;
    if (wanted === null || typeof wanted !== 'object') return value === wanted;
    const { from, to, in: among } = wanted;
    if (among !== undefined) return among.includes(value);
    return value !== null && (from === undefined || value >= from) && (to === undefined || value <= to);
  });

const found = (row: Row, search = ''): boolean =>
  JSON.stringify(Object.values(row)).toLowerCase().includes(search.toLowerCase());

function ordered(rows: readonly Row[], [sort = 'code'] = [] as readonly string[]): Row[] {
  const field = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  const keyed = rows.map((row) => ({
    row,
    key: row[field === 'seq' ? 'number' : field] as string | number | null,
  }));
  const numeric = field === 'onHand';
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
      const [x, y] = numeric ? [Number(a.key), Number(b.key)] : [a.key, b.key];
      return x < y ? -sign : x > y ? sign : 0;
    })
    .map(({ row }) => row);
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
  const list = (name: string, rows: () => readonly unknown[]) => ({
    async list(query: ListQuery = {}): Promise<Page<unknown>> {
      asked[name] = (asked[name] ?? 0) + 1;
      if (options.wait > 0) await new Promise((done) => setTimeout(done, options.wait));
      fail();
      const all = ordered(
        (rows() as Row[]).filter((row) => passes(row, query.filter) && found(row, query.search)),
        query.sort,
      );
      const from = Number(query.cursor ?? 0);
      const limit = query.limit ?? 50;
      const next = from + limit < all.length ? { next: String(from + limit) } : {};
      return { items: all.slice(from, from + limit), ...next, total: all.length, asOf: { seq, date: TODAY } };
    },
  });
  const capability = (sorts: string[], filters: string[]) => ({ sorts, filters, search: true, total: true });
  const ledger = {
    lots: list('lots', () => sampleLots(options.rows)),
    serials: list('serials', () => sampleSerials(options.rows)),
    postings: list('postings', () => samplePostings(options.rows)),
    items: list('items', () => sampleItems),
    lotStatuses: list('lotStatuses', () => sampleStatuses),
    capabilities: {
      commands: {},
      durability: 'none',
      queries: {
        'lots.list': capability(
          ['code', 'item', 'expiryDate', 'status', 'supplier', 'supplierLot', 'onHand'],
          ['state', 'expired', 'expiresWithin', 'item'],
        ),
        'serials.list': capability(['code', 'item', 'expiryDate', 'status', 'warehouse'], ['state', 'item']),
        'postings.list': capability(['date', 'warehouse', 'template', 'party'], ['type', 'warehouse']),
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
