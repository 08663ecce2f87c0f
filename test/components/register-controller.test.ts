/** The register without a screen: pages, stale answers, re-reads, failures. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Preset,
  RegisterController,
  type RegisterOptions,
} from '../../src/components/controllers/register/register-controller.ts';
import type { ListQuery, Page } from '../../src/components/core.ts';
import { LedgerError } from '../../src/core/index.ts';

interface Row {
  readonly id: string;
}

const asOf = { seq: 1, date: '2026-11-22' };

/** A list of numbered rows that records what it is asked and can be made to wait or fail. */
function numbered(total: number) {
  const queries: ListQuery[] = [];
  const held: (() => void)[] = [];
  const control = { total, hold: false, fail: undefined as unknown };
  const list = async (query: ListQuery): Promise<Page<Row>> => {
    queries.push(query);
    const { fail } = control;
    if (control.hold) await new Promise<void>((go) => held.push(go));
    if (fail !== undefined) throw fail;
    const from = Number(query.cursor ?? 0);
    const to = Math.min(control.total, from + (query.limit ?? 50));
    const items = Array.from({ length: Math.max(0, to - from) }, (_, i) => ({
      id: `${query.search ?? ''}${from + i}`,
    }));
    return { items, ...(to < control.total ? { next: String(to) } : {}), total: control.total, asOf };
  };
  return { list, queries, held, control };
}

function register(source: ReturnType<typeof numbered>, options: Partial<RegisterOptions<Row>> = {}) {
  const changed = vi.fn();
  const controller = new RegisterController<Row>({
    list: source.list,
    presets: (): readonly Preset[] => [
      { id: 'open', filter: { state: 'open' } },
      { id: 'all', filter: {} },
    ],
    preset: 'open',
    sort: 'expiryDate',
    limit: 10,
    changed,
    ...options,
  });
  return { controller, changed };
}

const pages = (queries: readonly ListQuery[]) => queries.filter(({ limit }) => limit !== 1);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets all that is due happen. */
const soon = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('a register', () => {
  it('asks for the chosen page, filter and sort, with the total', async () => {
    const source = numbered(35);
    const { controller } = register(source);
    controller.connect(true);
    await soon();
    expect(source.queries[0]).toEqual({
      filter: { state: 'open' },
      sort: ['expiryDate'],
      limit: 10,
      total: true,
    });
    expect(controller).toMatchObject({ phase: 'ready', total: 35, pages: 4, first: 1, hasNext: true });
  });

  it('goes through pages by their cursors and back, and knows where it is', async () => {
    const source = numbered(25);
    const { controller } = register(source);
    controller.connect(true);
    await soon();
    controller.next();
    await soon();
    controller.next();
    await soon();
    expect(controller).toMatchObject({ page: 2, first: 21, hasNext: false });
    expect(controller.rows.map(({ id }) => id)).toEqual(['20', '21', '22', '23', '24']);
    controller.next();
    await soon();
    expect(controller.page).toBe(2);
    controller.previous();
    await soon();
    expect(controller.rows[0]?.id).toBe('10');
  });

  it('drops the answer to an older question that comes last', async () => {
    const source = numbered(5);
    const { controller } = register(source);
    source.control.hold = true;
    controller.connect(true);
    await soon();
    controller.setSearch('new', true);
    await soon();
    const [older, newer] = source.held;
    newer?.();
    await soon();
    older?.();
    await soon();
    expect(controller.rows[0]?.id).toBe('new0');
  });

  it('keeps the page when the ledger changes, and steps back from one that is gone', async () => {
    const source = numbered(15);
    const { controller } = register(source);
    controller.connect(true);
    await soon();
    controller.next();
    await soon();
    controller.touched();
    await soon(250);
    expect(controller).toMatchObject({ page: 1, first: 11 });
    source.control.total = 10;
    controller.touched();
    await soon(250);
    expect(controller).toMatchObject({ page: 0, phase: 'ready' });
    expect(controller.rows).toHaveLength(10);
  });

  it('reads once for a burst of changes, and still once a second while they go on', async () => {
    const source = numbered(5);
    const { controller } = register(source);
    controller.connect(true);
    await soon(2000);
    const before = pages(source.queries).length;
    for (let i = 0; i < 20; i++) {
      controller.touched();
      await soon(100);
    }
    await soon(500);
    const reads = pages(source.queries).length - before;
    expect(reads).toBeGreaterThanOrEqual(2);
    expect(reads).toBeLessThanOrEqual(4);
  });

  it('searches once after a pause in typing, from the first page', async () => {
    const source = numbered(30);
    const { controller } = register(source);
    controller.connect(true);
    await soon();
    controller.next();
    await soon(2000);
    const before = pages(source.queries).length;
    for (const text of ['c', 'cr', 'cream ']) controller.setSearch(text);
    await soon(300);
    expect(pages(source.queries).slice(before)).toEqual([
      expect.objectContaining({ search: 'cream', limit: 10 }),
    ]);
    expect(controller.page).toBe(0);
  });

  it('says that it is slow only when it is', async () => {
    const source = numbered(5);
    const { controller } = register(source);
    source.control.hold = true;
    controller.connect(true);
    await soon(100);
    expect(controller).toMatchObject({ phase: 'loading', slow: false });
    await soon(100);
    expect(controller).toMatchObject({ phase: 'loading', slow: true });
    source.control.hold = false;
    for (const go of source.held.splice(0)) go();
    await soon();
    expect(controller).toMatchObject({ phase: 'ready', slow: false, busy: false });
  });

  it('keeps rows it has when reading them again fails, and shows none of another question', async () => {
    const source = numbered(5);
    const failed = vi.fn();
    const { controller } = register(source, { failed });
    controller.connect(true);
    await soon();
    source.control.fail = new LedgerError('store.unavailable');
    await controller.read();
    expect(controller).toMatchObject({ phase: 'ready', problem: { code: 'store.unavailable' } });
    expect(controller.rows).toHaveLength(5);
    controller.setPreset('all');
    await soon();
    expect(controller).toMatchObject({ phase: 'failed', rows: [] });
    expect(failed).toHaveBeenCalledTimes(2);
    source.control.fail = undefined;
    await controller.read();
    expect(controller).toMatchObject({ phase: 'ready', problem: null });
  });

  it('starts over when its cursor is refused', async () => {
    const source = numbered(25);
    const { controller } = register(source);
    controller.connect(true);
    await soon();
    controller.next();
    await soon();
    source.control.fail = new LedgerError('cursor.invalid');
    const reading = controller.read();
    source.control.fail = undefined;
    await reading;
    await soon();
    expect(controller).toMatchObject({ phase: 'ready', page: 0, problem: null });
  });

  it('counts the other chips after the page is there, and only where the list can', async () => {
    const source = numbered(7);
    const { controller } = register(source);
    controller.connect(true);
    await soon(10);
    expect([...controller.counts]).toEqual([
      ['open', 7],
      ['all', 7],
    ]);
    const silent = { ...source, list: async () => ({ items: [{ id: '1' }], asOf }) };
    const other = register(silent).controller;
    other.connect(true);
    await soon(10);
    expect(other.counts.size).toBe(0);
    expect(other.pages).toBeUndefined();
  });

  it('turns the order round when the same column is asked for again', async () => {
    const { controller } = register(numbered(1));
    controller.sortBy('code');
    expect(controller.sort).toBe('code');
    controller.sortBy('code');
    expect(controller.sort).toBe('-code');
    controller.sortBy('code');
    expect(controller.sort).toBe('code');
  });

  it('stops when told to, and leaves no timer behind', async () => {
    const source = numbered(5);
    const { controller } = register(source);
    source.control.hold = true;
    controller.connect(true);
    await soon(200);
    controller.stop();
    expect(controller).toMatchObject({ phase: 'stopped', busy: false });
    controller.disconnect();
    expect(vi.getTimerCount()).toBe(0);
  });
});
