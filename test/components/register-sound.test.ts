/** What is on the screen belongs to the question: after leaving and coming back, another ledger, a page that failed, a bad state. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RegisterField, RegisterOptions } from '../../src/components/controllers/register/options.ts';
import { RegisterController } from '../../src/components/controllers/register/register-controller.ts';
import type { RegisterState, SelectionChange } from '../../src/components/controllers/register/types.ts';
import type { ListQuery, Page, QueryCapabilities } from '../../src/components/core.ts';
import { LedgerError } from '../../src/core/index.ts';

interface Row {
  readonly id: string;
}

const SLOW = 2000;

const capabilities: QueryCapabilities = {
  sorts: ['code', 'expiryDate'],
  filters: ['code', 'onHand', 'expiryDate', 'status', 'state'],
  comparisons: {
    code: ['in', 'like'],
    onHand: ['from', 'to', 'in'],
    expiryDate: ['from', 'to', 'in'],
    status: ['in', 'isNull'],
  },
  search: true,
  total: true,
  sortDepth: 2,
  skip: true,
};

const fields: readonly RegisterField[] = [
  { key: 'code', type: 'code', sort: 'code', filter: 'code' },
  { key: 'onHand', type: 'quantity', filter: 'onHand' },
  { key: 'expiry', type: 'date', sort: 'expiryDate', filter: 'expiryDate' },
];

/** A slow list of a hundred rows, whose names say what was asked. */
function register(options: Partial<RegisterOptions<Row>> = {}) {
  const control: { fails: boolean; readonly queries: ListQuery[] } = { fails: false, queries: [] };
  const list = async (query: ListQuery): Promise<Page<Row>> => {
    control.queries.push(query);
    await new Promise((go) => setTimeout(go, SLOW));
    if (control.fails) throw new LedgerError('store.unavailable');
    const from = query.skip ?? Number(query.cursor ?? 0);
    const items = Array.from({ length: query.limit ?? 10 }, (_, i) => ({
      id: [query.search ?? '', query.sort, from + i].join(' '),
    }));
    return { items, next: String(from + items.length), total: 100, asOf: { seq: 1, date: '2026-11-22' } };
  };
  const controller = new RegisterController<Row>({
    list,
    capabilities: () => capabilities,
    fields: () => fields,
    presets: () => [{ id: 'all', filter: {} }],
    preset: 'all',
    sort: 'expiryDate',
    limit: 10,
    changed: () => {},
    ...options,
  });
  return { controller, control };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const soon = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const read = () => soon(SLOW + 10);

describe('a register that is taken away while it reads', () => {
  it.each<[Partial<RegisterState>, string]>([
    [{ search: 'L33' }, 'L33 expiryDate 0'],
    [{ page: 3 }, ' expiryDate 20'],
    [{ sort: ['-code'] }, ' -code 0'],
  ])('shows what is asked when it is back: %j', async (state, first) => {
    const { controller, control } = register();
    controller.connect(true);
    await read();
    controller.setState(state);
    controller.disconnect();
    await soon(500);
    controller.connect(true);
    expect(controller).toMatchObject({ busy: true, phase: 'loading', rows: [] });
    await read();
    expect(controller.rows[0]).toEqual({ id: first });
    expect(controller.busy).toBe(false);
    expect(control.queries.filter(({ limit }) => limit !== 1)).toHaveLength(3);
  });

  it('reads nothing while it is away, and what was set meanwhile when it is back', async () => {
    const { controller, control } = register();
    controller.connect(true);
    await read();
    controller.disconnect();
    const before = control.queries.length;
    controller.setState({ search: 'x' });
    void controller.read();
    await read();
    expect(control.queries).toHaveLength(before);
    controller.connect(true);
    await read();
    expect(controller.rows[0]).toEqual({ id: 'x expiryDate 0' });
  });
});

describe('another ledger', () => {
  it('has none of the ticks, opened rows and sums of the one before, and the host is told', async () => {
    // A host that refuses is not asked: those records are gone.
    const maySelect = vi.fn(({ count }: SelectionChange) => count !== 0);
    const { controller } = register({ maySelect });
    const [first, second] = [{}, {}];
    controller.useLedger(first);
    controller.connect(true);
    await read();
    controller.tickAll();
    controller.toggle('1');
    controller.useLedger(first);
    expect(controller.selection.count).toBe(100);
    maySelect.mockClear();
    controller.useLedger(second);
    expect(maySelect).toHaveBeenCalledOnce();
    expect(controller.selection).toMatchObject({ empty: true, all: false, count: 0 });
    expect(controller).toMatchObject({ phase: 'waiting', rows: [], total: undefined, asOf: undefined });
    expect(controller.expanded.size).toBe(0);
  });
});

describe('a page that could not be read', () => {
  it('leaves the rows that stand there under their own numbers, with the failure', async () => {
    const { controller, control } = register();
    controller.connect(true);
    await read();
    control.fails = true;
    controller.setState({ page: 2 });
    await read();
    expect(controller).toMatchObject({ first: 1, phase: 'ready', problem: { code: 'store.unavailable' } });
    expect(controller.line(0)).toMatchObject({ kind: 'row', index: 0 });
    control.fails = false;
    await Promise.all([controller.read(), read()]);
    expect(controller).toMatchObject({ first: 11, problem: null });
  });
});

describe('a state a list cannot be asked', () => {
  const bad = {
    filters: {
      code: { from: 'a' },
      onHand: 'abc',
      expiryDate: { from: '2026-02-30' },
      nothing: 'x',
      status: { in: ['HOLD', null] },
    },
    sort: ['nothing', '-code'],
    columns: fields.map(({ key }) => ({ key, hidden: true })),
  };
  const good = { filters: { status: { in: ['HOLD', null] } }, sort: ['-code'], columns: [] };

  it('loses that, whether it was set before there was a ledger or after', async () => {
    let there = false;
    const { controller, control } = register({ capabilities: () => (there ? capabilities : undefined) });
    controller.setState(bad);
    expect(controller.state).toMatchObject(bad);
    there = true;
    controller.connect(true);
    expect(controller.state).toMatchObject(good);
    await read();
    expect(control.queries[0]).toMatchObject({ filter: good.filters, sort: ['-code'] });
    controller.setState(bad);
    expect(controller.state).toMatchObject(good);
  });

  it('keeps values that fit', async () => {
    const { controller } = register();
    const filters = {
      onHand: { from: '1.5', to: 3 },
      expiryDate: { in: ['2028-02-29', null] },
      code: { like: 'a%' },
      state: 'open',
    };
    controller.setState({ filters });
    expect(controller.state.filters).toEqual(filters);
    controller.setState({ sort: ['nothing'] });
    expect(controller.state.sort).toEqual(['expiryDate']);
  });
});
