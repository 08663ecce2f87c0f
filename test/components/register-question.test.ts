/** The question of a register: filters, sorts, pages and windows within what its list offers, and its host's word. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  Preset,
  RegisterField,
  RegisterOptions,
} from '../../src/components/controllers/register/options.ts';
import { RegisterController } from '../../src/components/controllers/register/register-controller.ts';
import type { RegisterState } from '../../src/components/controllers/register/types.ts';
import type {
  FieldValue,
  ListQuery,
  Page,
  QueryCapabilities,
  ValuesQuery,
} from '../../src/components/core.ts';
import { LedgerError } from '../../src/core/index.ts';

interface Row {
  readonly id: string;
}

const capabilities: QueryCapabilities = {
  sorts: ['code', 'expiryDate', 'item'],
  filters: ['code', 'item', 'status', 'state', 'expiryDate'],
  comparisons: { code: ['in', 'like', 'isNull'], status: ['in', 'isNull'], expiryDate: ['from', 'to', 'in'] },
  search: true,
  total: true,
  sortDepth: 2,
  skip: true,
  values: ['status'],
};

const fields: readonly RegisterField[] = [
  { key: 'item', type: 'text', sort: 'item', filter: 'item' },
  { key: 'code', type: 'code', sort: 'code', filter: 'code' },
  { key: 'expiry', type: 'date', sort: 'expiryDate', filter: 'expiryDate' },
];

function source(total = 1000) {
  const queries: ListQuery[] = [];
  const control = { total, gone: new Set<string>() };
  const list = async (query: ListQuery): Promise<Page<Row>> => {
    if (query.limit !== 1) queries.push(query);
    const from = query.skip ?? Number(query.cursor ?? 0);
    const to = Math.min(control.total, from + (query.limit ?? 50));
    const items = Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ id: String(from + i) }));
    return {
      items: items.filter(({ id }) => !control.gone.has(id)),
      ...(to < control.total ? { next: String(to) } : {}),
      ...(query.total ? { total: control.total } : {}),
      asOf: { seq: 1, date: '2026-11-22' },
    };
  };
  return { list, queries, control, last: () => queries.at(-1) };
}

function register(from: ReturnType<typeof source>, options: Partial<RegisterOptions<Row>> = {}) {
  return new RegisterController<Row>({
    list: from.list,
    capabilities: () => capabilities,
    fields: () => fields,
    presets: (): readonly Preset[] => [
      { id: 'open', filter: { state: 'open' } },
      { id: 'soon', filter: { expiryDate: { to: '2026-12-22' } } },
      { id: 'all', filter: {} },
    ],
    preset: 'open',
    sort: 'expiryDate',
    limit: 10,
    changed: () => {},
    ...options,
  });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const soon = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('a question', () => {
  it('is the chip and the filters together, and what the list does not offer is left out', async () => {
    const from = source();
    const controller = register(from);
    controller.connect(true);
    controller.setFilter('code', { like: '2026%' });
    controller.setFilter('grade', 'A');
    await soon();
    expect(from.last()?.filter).toEqual({ state: 'open', code: { like: '2026%' } });
    controller.setPreset('soon');
    controller.setFilter('expiryDate', { from: '2026-12-01' });
    expect(controller.asked.filter).toMatchObject({ expiryDate: { to: '2026-12-22', from: '2026-12-01' } });
    controller.setFilter('expiryDate', { to: '2026-12-01' });
    expect(controller.asked.filter).toMatchObject({ expiryDate: { to: '2026-12-01' } });
    expect(controller.active.map(({ name, field }) => [name, field?.key])).toEqual([
      ['code', 'code'],
      ['expiryDate', 'expiry'],
    ]);
    controller.clear('filters');
    expect(controller.asked.filter).toEqual({ expiryDate: { to: '2026-12-22' } });
    controller.clear('all');
    expect(controller).toMatchObject({ filtered: false, preset: 'all' });
  });

  it('sorts by as many as the list takes, and says which and how', () => {
    const controller = register(source());
    controller.sortBy('code');
    controller.sortBy('item', true);
    controller.sortBy('onHand', true);
    expect(controller.sorts).toEqual(['code', 'item']);
    controller.sortBy('item', true);
    expect([controller.sortOf('item'), controller.sortOf('code'), controller.sortOf('expiryDate')]).toEqual([
      { down: true, ordinal: 2 },
      { down: false, ordinal: 1 },
      undefined,
    ]);
    controller.setState({ sort: ['grade', '-code', 'item', 'expiryDate'] });
    expect(controller.sorts).toEqual(['-code', 'item']);
    controller.setState({ sort: ['grade'] });
    expect(controller.sorts).toEqual(['expiryDate']);
    expect(controller.sortOf('expiryDate')).toEqual({ down: false, ordinal: 0 });
  });

  it('stays as it is where the host would not have it (convention 19)', async () => {
    const from = source();
    const told: RegisterState[] = [];
    const controller = register(from, {
      mayChange: (next) => {
        told.push(next);
        return next.preset !== 'all';
      },
    });
    controller.connect(true);
    await soon();
    const before = from.queries.length;
    controller.setPreset('all');
    await soon();
    expect([controller.preset, from.queries.length]).toEqual(['open', before]);
    controller.setPreset('soon');
    await soon();
    expect(told.map(({ preset }) => preset)).toEqual(['all', 'soon']);
    controller.setState({ preset: 'all' });
    await soon();
    expect(controller.preset).toBe('all');
    expect(told).toHaveLength(2);
  });

  it('keeps what cannot be read in its box, flagged, and does not ask it (convention 55)', async () => {
    const from = source();
    const controller = register(from);
    const row = controller.filterRow;
    row.describe(
      new Map([
        ['expiryDate', { type: 'date' as const, comparisons: controller.offers.comparisons('expiryDate') }],
        ['code', { type: 'code' as const, comparisons: controller.offers.comparisons('code') }],
      ]),
      { locale: 'it', today: '2026-11-22' },
    );
    controller.connect(true);
    await soon();
    row.type('expiryDate', '12/2026', true);
    row.type('code', '20');
    row.type('code', '2026%');
    await soon(500);
    expect(from.last()?.filter).toEqual({
      state: 'open',
      expiryDate: { from: '2026-12-01', to: '2026-12-31' },
      code: { like: '2026%' },
    });
    expect(from.queries).toHaveLength(3);
    row.type('expiryDate', '31/02/2026', true);
    await soon();
    expect([row.text('expiryDate'), row.problem('expiryDate')]).toEqual(['31/02/2026', 'noSuchDay']);
    expect(from.last()?.filter).toEqual({ state: 'open', code: { like: '2026%' } });
    controller.setFilter('code', 'A');
    expect([row.text('code'), row.problem('code')]).toEqual(['=A', undefined]);
    controller.setFilter('code', { in: ['A', null] });
    expect(row.text('code')).toBeNull();
    expect(row.words('code', { in: ['A', null] })).toBe('A;=');
    row.clear('expiryDate');
    expect([row.text('expiryDate'), row.problem('expiryDate')]).toEqual(['', undefined]);
  });
});

describe('pages', () => {
  it('can be gone to where the list starts in the middle, and keep their cursors', async () => {
    const from = source();
    const controller = register(from);
    controller.connect(true);
    await soon();
    controller.goTo(49);
    await soon();
    expect(from.last()).toMatchObject({ skip: 490, limit: 10 });
    expect(controller).toMatchObject({ page: 49, first: 491, pages: 100 });
    controller.next();
    await soon();
    expect(from.last()).toMatchObject({ cursor: '500' });
    controller.goTo(5000);
    await soon();
    expect(controller).toMatchObject({ page: 99, hasNext: false });
    controller.setRows(50);
    await soon();
    expect(controller).toMatchObject({ page: 0, limit: 50 });
  });

  it('that are gone give way to the last there is, without a loop', async () => {
    const from = source();
    const told: number[] = [];
    const controller = register(from, { mayChange: ({ page }) => told.push(page) > 0 });
    controller.connect(true);
    await soon();
    controller.goTo(99);
    await soon();
    from.control.total = 42;
    const before = from.queries.length;
    controller.touched();
    await soon(300);
    expect(controller).toMatchObject({ page: 4, phase: 'ready' });
    expect(controller.rows).toHaveLength(2);
    expect(from.queries.length - before).toBe(2);
    expect(told).toEqual([100, 5]);
  });

  it('start at the page of the state', async () => {
    const from = source();
    const controller = register(from);
    controller.setState({ page: 7, search: 'x' });
    controller.connect(true);
    await soon();
    expect(from.last()).toMatchObject({ skip: 60, search: 'x' });
    expect(controller.line(0)).toMatchObject({ kind: 'row', index: 60 });
  });
});

describe('a window', () => {
  const make = (total = 1_000_000, options: Partial<RegisterOptions<Row>> = {}) => {
    const from = source(total);
    return { from, controller: register(from, { mode: () => 'window', ...options }) };
  };

  it('has a line for every row, blank until it is read', async () => {
    const { controller } = make();
    controller.connect(true);
    await soon();
    expect(controller).toMatchObject({ lineCount: 1_000_000, total: 1_000_000, phase: 'ready', busy: false });
    controller.show(999_960, 1_000_000);
    expect(controller.line(999_999)).toEqual({ kind: 'blank', index: 999_999, level: 0 });
    await soon(100);
    expect(controller.line(999_999)).toMatchObject({ kind: 'row', row: { id: '999999' } });
    expect(controller.rows).toHaveLength(40);
  });

  it('tells the page it is at once it rests, and starts anew with another question', async () => {
    const { controller } = make();
    controller.connect(true);
    await soon();
    const { turn } = controller;
    controller.show(5000, 5030);
    controller.seen(5003);
    await soon(400);
    expect(controller.state.page).toBe(501);
    controller.setSearch('x', true);
    await soon();
    expect([controller.state.page, controller.turn - turn]).toEqual([1, 1]);
    expect(controller.line(0)).toMatchObject({ kind: 'row' });
  });

  it('ticks with Shift also what lies between and is not at hand', async () => {
    const { controller } = make(5000);
    controller.connect(true);
    await soon();
    controller.show(0, 30);
    controller.tick(10);
    controller.show(3000, 3030);
    await soon(100);
    await controller.tickTo(3010);
    expect(controller.selection.count).toBe(3001);
    controller.tickAll();
    expect(controller.selection.count).toBe(5000);
    controller.tick(3005);
    expect(controller.selection.target()).toEqual({ filter: { state: 'open' }, except: ['3005'] });
  });

  it('keeps its rows when reading them again fails, and has none of a question that failed', async () => {
    const from = source(500);
    let fail = false;
    const list: RegisterOptions<Row>['list'] = (query) =>
      fail ? Promise.reject(new LedgerError('store.unavailable')) : from.list(query);
    const controller = register(from, { list, mode: () => 'window' });
    controller.connect(true);
    await soon();
    fail = true;
    await controller.read();
    expect(controller).toMatchObject({ phase: 'ready', busy: false, lineCount: 500 });
    expect(controller.problem).toMatchObject({ code: 'store.unavailable' });
    controller.setSearch('x', true);
    await soon();
    expect(controller).toMatchObject({ phase: 'failed', lineCount: 0 });
    fail = false;
    await controller.read();
    expect(controller).toMatchObject({ phase: 'ready', problem: null, lineCount: 500 });
  });
});

describe('a register that goes away', () => {
  it('leaves no timer and no question behind, whatever was going on', async () => {
    const signals: AbortSignal[] = [];
    const from = source();
    const never = <T>(signal: AbortSignal): Promise<T> => {
      signals.push(signal);
      return new Promise(() => {});
    };
    let mode: 'pages' | 'window' = 'pages';
    const controller = register(from, {
      mode: () => mode,
      list: (_, signal) => never(signal),
      values: (_, __, signal) => never(signal),
    });
    for (mode of ['pages', 'window'] as const) {
      controller.connect(true);
      controller.show(500, 530);
      controller.setSearch('x');
      controller.filterRow.type('code', 'a');
      controller.valueLists.show('status');
      controller.valueLists.search('b');
      controller.touched();
      controller.seen(400);
      controller.disconnect();
      expect(vi.getTimerCount()).toBe(0);
      expect(controller).toMatchObject({ busy: false, slow: false });
    }
    expect(signals.length).toBeGreaterThanOrEqual(4);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });
});

describe('ticked rows', () => {
  it('survive paging and sorting; those that are gone are told and let go', async () => {
    const from = source();
    const get = async (id: string): Promise<Row> => {
      if (from.control.gone.has(id)) throw new LedgerError('lot.notFound');
      return { id };
    };
    const controller = register(from, { get });
    controller.connect(true);
    await soon();
    for (const line of [1, 2, 3]) controller.tick(line);
    controller.next();
    await soon();
    controller.sortBy('code');
    await soon();
    expect(controller.selection.count).toBe(3);
    from.control.gone.add('2');
    controller.touched();
    await soon(300);
    expect(controller.selection.target()).toEqual({ ids: ['1', '3'] });
    expect(controller.selection.vanished).toEqual(['2']);
  });
});

describe('the values of a field', () => {
  it('are those of the other filters, searched after a pause, ticked, and become a filter', async () => {
    const asked: (ValuesQuery & { readonly field: string })[] = [];
    const all: FieldValue[] = [
      { value: 'HOLD', label: 'On hold', count: 3 },
      { value: 'OK', label: null, count: 5 },
      { value: null, label: null, count: 1 },
    ];
    const controller = register(source(), {
      values: async (field, query) => {
        asked.push({ ...query, field });
        const items = all.filter(({ value }) => !query.search || String(value).includes(query.search));
        return { items, asOf: { seq: 1, date: '2026-11-22' } };
      },
    });
    controller.connect(true);
    controller.setState({ filters: { status: 'OK', code: { like: 'A%' } } });
    await soon();
    const lists = controller.valueLists;
    lists.show('status');
    await soon();
    expect(asked).toEqual([{ field: 'status', filter: { state: 'open', code: { like: 'A%' } }, limit: 100 }]);
    expect([...lists.checked]).toEqual(['OK']);
    lists.search('H');
    lists.search('HO');
    await soon(300);
    expect(asked.slice(1)).toEqual([expect.objectContaining({ search: 'HO' })]);
    lists.checkAll(true);
    lists.check(null);
    lists.check('OK', false);
    lists.apply();
    expect(controller.state.filters.status).toEqual({ in: ['HOLD', null] });
    expect(lists.open).toBeUndefined();
  });
});
