/** Rows in groups: levels by questions of their own, sums per unit, what is open stays open. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RegisterField } from '../../src/components/controllers/register/options.ts';
import { RegisterController } from '../../src/components/controllers/register/register-controller.ts';
import type { FieldValueKey } from '../../src/components/controllers/register/types.ts';
import type {
  FilterValue,
  ListQuery,
  Page,
  QueryCapabilities,
  Summary,
  SummaryQuery,
} from '../../src/components/core.ts';

interface Row {
  readonly id: string;
  readonly item: string;
  readonly status: string | null;
  readonly unit: string;
  readonly onHand: number;
}

const asOf = { seq: 1, date: '2026-11-22' };

const fields: readonly RegisterField[] = [
  { key: 'code', type: 'code', sort: 'code' },
  { key: 'article', type: 'text', filter: 'item', group: 'item' },
  { key: 'status', type: 'text', filter: 'status', group: 'status' },
  { key: 'place', type: 'text', group: 'place' },
  { key: 'onHand', type: 'quantity', filter: 'onHand', sum: 'onHand' },
];

const capabilities: QueryCapabilities = {
  sorts: ['code', '-code', 'expiryDate'],
  filters: ['item', 'status', 'state', 'onHand'],
  comparisons: { item: ['in', 'like'], status: ['in', 'isNull'] },
  search: true,
  total: true,
  groups: ['item', 'status', 'place'],
  sums: ['onHand'],
  values: ['status'],
};

const matches = (row: Row, filter: Readonly<Record<string, FilterValue>> = {}): boolean =>
  Object.entries(filter).every(([name, value]) => {
    if (name === 'state') return true;
    const own = row[name as keyof Row];
    if (typeof value !== 'object' || value === null) return own === value;
    return value.in === undefined || value.in.includes(own);
  });

/** A list of rows that groups and adds up, two groups or rows a page at most. */
function source(rows: Row[]) {
  const asked: SummaryQuery[] = [];
  const lists: ListQuery[] = [];
  const control = { rows, fail: false };
  const list = async (query: ListQuery): Promise<Page<Row>> => {
    lists.push(query);
    const all = control.rows.filter((row) => matches(row, query.filter));
    const from = Number(query.cursor ?? 0);
    const to = from + Math.min(query.limit ?? 50, 50);
    return {
      items: all.slice(from, to),
      ...(to < all.length ? { next: String(to) } : {}),
      total: all.length,
      asOf,
    };
  };
  const sum = (of: readonly Row[]) => {
    const units = [...new Set(of.map(({ unit }) => unit))].sort();
    return units.map((unit) => ({
      unit,
      decimals: 0,
      quantity: String(of.filter((row) => row.unit === unit).reduce((all, { onHand }) => all + onHand, 0)),
    }));
  };
  const summary = async (query: SummaryQuery): Promise<Summary> => {
    asked.push(query);
    if (control.fail) throw new Error('no answer');
    const all = control.rows.filter((row) => matches(row, query.filter));
    const sums = (of: readonly Row[]): Summary['sums'] => (query.sums?.length ? { onHand: sum(of) } : {});
    const [field] = query.groupBy ?? [];
    const values = field === undefined ? [] : [...new Set(all.map((row) => row[field as 'item']))].sort();
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 100);
    const groups = values.slice(from, to).map((value) => {
      const of = all.filter((row) => row[field as 'item'] === value);
      return { field: field as string, value, label: null, count: of.length, sums: sums(of) };
    });
    return {
      groups,
      ...(to < values.length ? { next: String(to) } : {}),
      count: all.length,
      sums: sums(all),
      asOf,
    };
  };
  return { list, summary, asked, lists, control };
}

const rows = (...items: string[]): Row[] =>
  items.flatMap((item) =>
    Array.from({ length: 3 }, (_, i) => ({
      id: `${item}${i}`,
      item,
      status: i === 2 ? null : 'OK',
      unit: item === 'MILK' ? 'PCE' : 'KG',
      onHand: i + 1,
    })),
  );

function register(from: ReturnType<typeof source>) {
  const failed = vi.fn();
  const controller = new RegisterController<Row>({
    list: from.list,
    summary: from.summary,
    capabilities: () => capabilities,
    fields: () => fields,
    presets: () => [{ id: 'open', filter: { state: 'open' } }],
    preset: 'open',
    sort: 'expiryDate',
    limit: 10,
    changed: () => {},
    failed,
  });
  return { controller, failed };
}

/** The lines as text: indented, groups with their count and sums, rows by id. */
function drawn(controller: RegisterController<Row>): string[] {
  return controller.groups.lines.map((line) => {
    const indent = '  '.repeat(line.level);
    if (line.kind === 'row') return indent + line.row.id;
    if (line.kind !== 'group') return indent + line.kind;
    const sums = (line.group.sums.onHand ?? []).map(({ quantity, unit }) => `${quantity} ${unit}`).join(', ');
    return `${indent}${line.open ? '-' : '+'} ${line.group.value} ${line.group.count} ${sums}`;
  });
}

const path = (...values: (string | null)[]): FieldValueKey[] =>
  values.map((value, i) => ({ field: ['item', 'status'][i] ?? '', value }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const soon = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('groups', () => {
  it('come with counts and sums per unit, and open level by level', async () => {
    const from = source(rows('CHEESE', 'MILK'));
    const { controller } = register(from);
    controller.setState({ group: ['article', 'status'] });
    controller.connect(true);
    await soon();
    expect(drawn(controller)).toEqual(['+ CHEESE 3 6 KG', '+ MILK 3 6 PCE']);
    expect(controller).toMatchObject({ grouped: true, total: 6, phase: 'ready', lineCount: 2 });
    controller.groups.toggle(path('MILK'));
    expect(drawn(controller)).toEqual(['+ CHEESE 3 6 KG', '- MILK 3 6 PCE', '  blank']);
    expect(controller.groups.reading(path('MILK'))).toBe(true);
    await soon();
    expect(drawn(controller)).toEqual([
      '+ CHEESE 3 6 KG',
      '- MILK 3 6 PCE',
      '  + OK 2 3 PCE',
      '  + null 1 3 PCE',
    ]);
    controller.groups.toggle(path('MILK', null));
    await soon();
    expect(drawn(controller).slice(3)).toEqual(['  - null 1 3 PCE', '    MILK2']);
    expect(from.lists.at(-1)).toMatchObject({
      filter: { state: 'open', item: 'MILK', status: null },
      sort: ['expiryDate'],
      limit: 50,
    });
    expect(from.asked[0]).toEqual({
      filter: { state: 'open' },
      groupBy: ['item'],
      sums: ['onHand'],
      limit: 100,
    });
  });

  it('offer only what the list groups and filters by', () => {
    const { controller } = register(source([]));
    expect(controller.groups.offered.map(({ key }) => key)).toEqual(['article', 'status']);
    controller.setState({ group: ['place', 'code', 'status'] });
    expect(controller.groups.fields.map(({ key }) => key)).toEqual(['status']);
  });

  it('stay open when they are read again, with what is still there', async () => {
    const from = source(rows('CHEESE', 'MILK'));
    const { controller } = register(from);
    controller.setState({ group: ['article', 'status'] });
    controller.connect(true);
    await soon();
    controller.groups.toggle(path('MILK'));
    controller.groups.toggle(path('CHEESE'));
    await soon();
    controller.groups.toggle(path('MILK', 'OK'));
    await soon();
    from.control.rows = [
      ...rows('BUTTER', 'MILK'),
      { id: 'new', item: 'MILK', status: 'OK', unit: 'PCE', onHand: 5 },
    ];
    controller.touched();
    await soon(300);
    expect(drawn(controller)).toEqual([
      '+ BUTTER 3 6 KG',
      '- MILK 4 11 PCE',
      '  - OK 3 8 PCE',
      '    MILK0',
      '    MILK1',
      '    new',
      '  + null 1 3 PCE',
    ]);
    controller.groups.closeAll();
    expect(drawn(controller)).toHaveLength(2);
  });

  it('go on where there is more, of groups and of rows', async () => {
    const many = Array.from({ length: 230 }, (_, i) => `I${String(i).padStart(3, '0')}`);
    const from = source([
      ...rows(...many),
      ...Array.from({ length: 70 }, (_, i) => ({
        id: `r${i}`,
        item: 'I000',
        status: 'OK',
        unit: 'KG',
        onHand: 1,
      })),
    ]);
    const { controller } = register(from);
    controller.setState({ group: ['article'] });
    controller.connect(true);
    await soon();
    expect(drawn(controller)).toHaveLength(101);
    expect(drawn(controller).at(-1)).toBe('more');
    controller.groups.more([]);
    await soon();
    expect(drawn(controller)).toHaveLength(201);
    controller.groups.toggle(path('I000'));
    await soon();
    expect(drawn(controller).slice(51, 53)).toEqual(['  more', '+ I001 3 6 KG']);
    controller.groups.more(path('I000'));
    await soon();
    expect(drawn(controller)[73]).toBe('  r69');
    controller.touched();
    await soon(300);
    expect(drawn(controller)[51]).toMatch(/^ {2}/);
    expect(drawn(controller).length).toBeGreaterThan(250);
  });

  it('close again, and tell, when opening one fails', async () => {
    const from = source(rows('CHEESE', 'MILK'));
    const { controller, failed } = register(from);
    controller.setState({ group: ['article', 'status'] });
    controller.connect(true);
    await soon();
    from.control.fail = true;
    controller.groups.toggle(path('MILK'));
    await soon();
    expect(drawn(controller)).toEqual(['+ CHEESE 3 6 KG', '+ MILK 3 6 PCE']);
    expect(failed).toHaveBeenCalledOnce();
    expect(controller.problem).not.toBeNull();
    from.control.fail = false;
    controller.groups.toggle(path('MILK'));
    await soon();
    expect(drawn(controller)).toHaveLength(4);
  });

  it('are ticked by their rows, from one line to another', async () => {
    const { controller } = register(source(rows('CHEESE', 'MILK')));
    controller.setState({ group: ['article'] });
    controller.connect(true);
    await soon();
    controller.groups.toggle(path('CHEESE'));
    controller.groups.toggle(path('MILK'));
    await soon();
    controller.tick(2);
    await controller.tickTo(6);
    expect(controller.selection.target()).toEqual({ ids: ['CHEESE1', 'CHEESE2', 'MILK0', 'MILK1'] });
    controller.tickPage();
    expect(controller.selection.count).toBe(6);
    controller.tickPage();
    expect(controller.selection.count).toBe(0);
  });

  it('give way to pages, and come back', async () => {
    const { controller } = register(source(rows('CHEESE', 'MILK')));
    controller.connect(true);
    await soon();
    expect(controller.lineCount).toBe(6);
    controller.setGroup(['status']);
    await soon();
    expect(controller.lineCount).toBe(2);
    controller.setGroup([]);
    await soon();
    expect(controller.line(0)).toMatchObject({ kind: 'row', index: 0, level: 0 });
  });
});

describe('totals', () => {
  it('are read when asked for, again with the rows, and go with the question', async () => {
    const from = source(rows('CHEESE', 'MILK'));
    const { controller } = register(from);
    controller.connect(true);
    await soon();
    expect(from.asked).toHaveLength(0);
    expect(controller.totals.offered).toBe(true);
    controller.totals.show(true);
    await soon();
    expect(controller.totals.value?.sums.onHand).toEqual([
      { unit: 'KG', decimals: 0, quantity: '6' },
      { unit: 'PCE', decimals: 0, quantity: '6' },
    ]);
    controller.setFilter('item', 'MILK');
    expect(controller.totals.value).toBeUndefined();
    await soon();
    expect(controller.totals.value?.sums.onHand).toHaveLength(1);
    controller.totals.show(false);
    controller.touched();
    await soon(300);
    expect(controller.totals.value).toBeUndefined();
  });
});
