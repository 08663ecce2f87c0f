/** The parts of a register without a screen: columns, selection, value lists, files, addresses, views. */
import { describe, expect, it } from 'vitest';
import { arrange, arrangement, Columns } from '../../src/components/controllers/register/columns.ts';
import { copyCodes, copyTable } from '../../src/components/controllers/register/copy.ts';
import { csv, csvOptionsFor, type FileColumn } from '../../src/components/controllers/register/csv.ts';
import { everyPage } from '../../src/components/controllers/register/every-row.ts';
import { printModel } from '../../src/components/controllers/register/print-model.ts';
import { pressedSort } from '../../src/components/controllers/register/question.ts';
import { Selection } from '../../src/components/controllers/register/selection.ts';
import { stateFrom } from '../../src/components/controllers/register/state.ts';
import type { ColumnState, RegisterState } from '../../src/components/controllers/register/types.ts';
import {
  hasUrlState,
  readUrlState,
  writeUrlState,
} from '../../src/components/controllers/register/url-state.ts';
import { checkedOf, filterOfChecked } from '../../src/components/controllers/register/value-lists.ts';
import type { FilterValue } from '../../src/components/core.ts';

const fields = [
  { key: 'code', type: 'code' },
  { key: 'item', type: 'text' },
  { key: 'status', type: 'text' },
  { key: 'notes', type: 'text', hidden: true },
  { key: 'onHand', type: 'quantity' },
] as const;

function columnsOf(start: readonly ColumnState[] = []) {
  const held = { columns: start };
  const columns = new Columns({
    fields: () => fields,
    columns: () => held.columns,
    change: (next) => {
      held.columns = next;
    },
  });
  const keys = (): string =>
    columns.shown.map(({ key, pin }) => key + (pin === undefined ? '' : pin[0])).join(' ');
  return { columns, held, keys };
}

describe('columns', () => {
  it('stand as they come, and keep nothing while they do', () => {
    const { columns, held, keys } = columnsOf();
    expect(keys()).toBe('code item status onHand');
    columns.move('item', 'code');
    expect(keys()).toBe('item code status onHand');
    expect(columns.asTheyCome).toBe(false);
    columns.move('code', 'item');
    expect(held.columns).toEqual([]);
    expect(columns.asTheyCome).toBe(true);
  });

  it('can be hidden but for the last one, shown, moved by keyboard over hidden ones', () => {
    const { columns, keys } = columnsOf();
    columns.show('notes', true);
    columns.show('item', false);
    expect(keys()).toBe('code status notes onHand');
    expect(columns.moveBy('status', -1)).toBe(true);
    expect(keys()).toBe('status code notes onHand');
    expect(columns.moveBy('status', -1)).toBe(false);
    for (const key of ['status', 'code', 'notes', 'onHand']) columns.show(key, false);
    expect(keys()).toBe('onHand');
  });

  it('can be pinned to both sides, and move within them', () => {
    const { columns, keys } = columnsOf();
    columns.pin('onHand', 'start');
    columns.pin('code', 'end');
    expect(keys()).toBe('onHands item status codee');
    columns.move('status', 'onHand');
    expect(keys()).toBe('statuss onHands item codee');
    columns.move('status', 'item');
    expect(keys()).toBe('onHands status item codee');
    columns.pin('code', undefined);
    expect(keys()).toBe('onHands status item code');
    columns.reset();
    expect(keys()).toBe('code item status onHand');
  });

  it('have widths in em within bounds, one by one or as measured', () => {
    const { columns, held } = columnsOf();
    columns.fit({ code: 8.456, item: 900, gone: 4 });
    expect(held.columns.map(({ width }) => width)).toEqual([8.46, 60, undefined, undefined, undefined]);
    columns.resize('code', 0.5);
    expect(held.columns[0]?.width).toBe(3);
    columns.resize('code', undefined);
    columns.resize('item', undefined);
    expect(held.columns).toEqual([]);
  });

  it('pass over keys that are gone, and give new ones their place', () => {
    const old = [{ key: 'gone' }, { key: 'onHand' }, { key: 'code', hidden: true }];
    const now = arrange(fields, old);
    expect(now.map(({ key }) => key)).toEqual(['onHand', 'code', 'item', 'status', 'notes']);
    expect(arrangement(fields, now).map(({ key }) => key)).not.toContain('gone');
  });
});

describe('sorts', () => {
  it('are one by a press, turned by a second, several with Shift', () => {
    expect(pressedSort(['a'], 'b', false, 3)).toEqual(['b']);
    expect(pressedSort(['b'], 'b', false, 3)).toEqual(['-b']);
    expect(pressedSort(['-b'], 'b', false, 3)).toEqual(['b']);
    expect(pressedSort(['a', 'b'], 'b', false, 3)).toEqual(['b']);
    expect(pressedSort(['a'], 'b', true, 3)).toEqual(['a', 'b']);
    expect(pressedSort(['a', 'b'], 'a', true, 3)).toEqual(['-a', 'b']);
    expect(pressedSort(['-a', 'b'], 'a', true, 3)).toEqual(['b']);
    expect(pressedSort(['-a'], 'a', true, 3)).toEqual(['a']);
    expect(pressedSort(['a', 'b'], 'c', true, 2)).toEqual(['a', 'c']);
    expect(pressedSort(['a'], 'b', true, 1)).toEqual(['b']);
  });
});

describe('a selection', () => {
  const make = (total: number | undefined = 100, may = true) => {
    const told: unknown[] = [];
    const selection = new Selection({
      asked: () => ({ filter: { state: 'open' }, search: 'cream' }),
      total: () => total,
      may: (next) => {
        told.push(next);
        return may;
      },
      changed: () => {},
    });
    return { selection, told };
  };

  it('is a set of ids', () => {
    const { selection, told } = make();
    selection.set(['a', 'b'], true);
    selection.set(['a'], false);
    expect(selection.target()).toEqual({ ids: ['b'] });
    expect([selection.count, selection.of(['a', 'b']), selection.of(['b'])]).toEqual([1, 'some', 'all']);
    expect(told).toHaveLength(2);
    selection.set(['b'], true);
    expect(told).toHaveLength(2);
  });

  it('is all that match but some, and ends with the question', () => {
    const { selection } = make();
    selection.setAll();
    selection.set(['x', 'y'], false);
    selection.set(['y'], true);
    expect(selection.count).toBe(99);
    expect([selection.has('x'), selection.has('never seen')]).toEqual([false, true]);
    expect(selection.target()).toEqual({ filter: { state: 'open' }, search: 'cream', except: ['x'] });
    selection.questionChanged();
    expect(selection.empty).toBe(true);
  });

  it('does not know its number where the list does not count', () => {
    const selection = new Selection({
      asked: () => ({ filter: {}, search: '' }),
      total: () => undefined,
      may: () => true,
      changed: () => {},
    });
    selection.setAll();
    expect(selection.count).toBeUndefined();
    expect(selection.target()).toEqual({ filter: {}, except: [] });
  });

  it('stays as it is where the host would not have it (convention 19)', () => {
    const { selection, told } = make(100, false);
    selection.set(['a'], true);
    selection.setAll();
    expect(selection.empty).toBe(true);
    expect(told).toHaveLength(2);
  });

  it('drops what is gone, and tells it until it is changed', () => {
    const { selection } = make();
    selection.set(['a', 'b'], true);
    selection.drop(['b', 'c']);
    expect([selection.vanished, selection.count]).toEqual([['b'], 1]);
    selection.set(['d'], true);
    expect(selection.vanished).toEqual([]);
  });
});

describe('ticked values', () => {
  it.each([
    [undefined, []],
    ['HOLD', ['HOLD']],
    [null, [null]],
    [{ in: ['HOLD', null] }, ['HOLD', null]],
    [{ isNull: true }, [null]],
    [{ like: 'H%' }, []],
    [{ in: ['HOLD'], from: 'A' }, []],
  ] as readonly [FilterValue | undefined, unknown[]][])('of %j are %j', (filter, values) => {
    expect([...checkedOf(filter)]).toEqual(values);
  });

  it('become a filter', () => {
    expect(filterOfChecked(new Set())).toBeUndefined();
    expect(filterOfChecked(new Set([null]))).toBeNull();
    expect(filterOfChecked(new Set(['a', null]))).toEqual({ in: ['a', null] });
  });
});

interface Row {
  readonly code: string | null;
  readonly quantity: string | null;
  readonly date: string | null;
}

const column = (
  key: keyof Row,
  type: FileColumn<Row>['type'],
  text = (value: string) => value,
): FileColumn<Row> => ({
  key,
  label: key,
  type,
  value: (row) => row[key],
  text: (row) => (row[key] === null ? '' : text(row[key])),
});

const columns = [
  column('code', 'code'),
  column('quantity', 'quantity', (value) => value.replace('.', ',')),
  column('date', 'date', (value) => `on ${value}`),
];

async function* pagesOf<R>(...pages: R[][]): AsyncGenerator<readonly R[]> {
  yield* pages;
}

async function text(pieces: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
}

describe('a file', () => {
  const rows: Row[] = [
    { code: 'A;1', quantity: '-1234.5', date: '2026-12-06' },
    { code: '=SUM(A1)', quantity: null, date: null },
    { code: 'say "hi"\nthere', quantity: '=1+1', date: '' },
  ];

  it('is quoted as RFC 4180 says, page after page, numbers and dates free of any language', async () => {
    expect(await text(csv(pagesOf(rows.slice(0, 1), rows.slice(1)), columns))).toBe(
      '\ufeffcode,quantity,date\r\n"A;1",-1234.5,2026-12-06\r\n\'=SUM(A1),,\r\n' +
        '"say ""hi""\nthere",\'=1+1,\r\n',
    );
  });

  it('is what a spreadsheet of a language expects', async () => {
    const options = { ...csvOptionsFor('it'), bom: false };
    expect(options).toMatchObject({ separator: ';', decimal: ',' });
    expect(csvOptionsFor('en')).toMatchObject({ separator: ',', decimal: '.' });
    expect(await text(csv(pagesOf(rows.slice(0, 1)), columns, options))).toBe(
      'code;quantity;date\r\n"A;1";-1234,5;on 2026-12-06\r\n',
    );
    expect(await text(csv(pagesOf(rows.slice(0, 1)), columns, { bom: false, header: false }))).toBe(
      '"A;1",-1234.5,2026-12-06\r\n',
    );
  });

  it.each(['=1', '+1', '-a', '@x', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])(
    'lets no spreadsheet run %j',
    async (code) => {
      const made = await text(
        csv(pagesOf([{ code, quantity: '-1', date: null }]), columns, { header: false, bom: false }),
      );
      expect(made.replace(/^"/, '').startsWith(`'${code}`)).toBe(true);
      expect(made).toContain(',-1,');
    },
  );

  it('quotes a text with any separator, and a number only where it would be split', async () => {
    const row = { code: 'a,=1', quantity: '1.5', date: null };
    const written = (separator: ',' | ';') =>
      text(
        csv(pagesOf([row, { ...row, code: 'b\t=1' }]), columns, {
          separator,
          decimal: ',',
          bom: false,
          header: false,
        }),
      );
    expect(await written(';')).toBe('"a,=1";1,5;\r\n"b\t=1";1,5;\r\n');
    expect(await written(',')).toBe('"a,=1","1,5",\r\n"b\t=1","1,5",\r\n');
  });

  it('says of a value that is none what the screen says of it', async () => {
    const status = { ...column('code', 'text'), text: () => 'Released' };
    const none = [{ code: null, quantity: null, date: null }];
    expect(await text(csv(pagesOf(none), [status], csvOptionsFor('en')))).toBe('\ufeffcode\r\nReleased\r\n');
    expect(copyTable(none, [status])).toBe('code\nReleased');
    expect(await text(csv(pagesOf(none), [status]))).toBe('\ufeffcode\r\n\r\n');
  });

  it('is copied as codes, and as a table', () => {
    expect(copyCodes(rows, ({ code }) => code ?? '')).toBe('A;1\n=SUM(A1)\nsay "hi"\nthere');
    expect(copyTable(rows, columns, { decimal: ',' })).toBe(
      'code\tquantity\tdate\nA;1\t-1234,5\ton 2026-12-06\n\'=SUM(A1)\t\t\nsay "hi" there\t\'=1+1\ton ',
    );
  });

  it('is a document of all rows, and says where it ends before them', async () => {
    const about = {
      title: 'Lots',
      totals: {
        sums: { onHand: [{ unit: 'PCE', decimals: 0, quantity: '12' }] },
        label: (sum: string) => sum,
        quantity: (value: string) => value,
      },
    };
    const model = await printModel(pagesOf(rows, rows), columns, about);
    expect(model).toMatchObject({
      count: 6,
      truncated: false,
      totals: [{ label: 'onHand', unit: 'PCE', quantity: '12' }],
    });
    expect(model.rows[0]).toEqual(['A;1', '-1234,5', 'on 2026-12-06']);
    expect(await printModel(pagesOf(rows, rows), columns, { title: 'x', max: 4 })).toMatchObject({
      count: 4,
      truncated: true,
    });
    expect(await printModel(pagesOf(rows), columns, { title: 'x', max: 3 })).toMatchObject({
      truncated: false,
    });
  });

  it('is read to its end, stops when told to, and tells how far it is', async () => {
    const asked: unknown[] = [];
    const list = async (page: { limit: number; cursor?: string }) => {
      asked.push(page);
      const from = Number(page.cursor ?? 0);
      const next = from + page.limit < 1200 ? { next: String(from + page.limit) } : {};
      const items = Array.from({ length: Math.min(page.limit, 1200 - from) }, (_, i) => from + i);
      return { items, ...next, total: 1200, asOf: { seq: 1, date: '2026-11-22' } };
    };
    const progress: unknown[] = [];
    const sizes: number[] = [];
    const onProgress = (read: number, total: number | undefined) => progress.push([read, total]);
    for await (const page of everyPage(list, { onProgress })) sizes.push(page.length);
    expect(sizes).toEqual([500, 500, 200]);
    expect(progress.at(-1)).toEqual([1200, 1200]);
    const stop = new AbortController();
    const reading = everyPage(list, { signal: stop.signal });
    await reading.next();
    stop.abort();
    await expect(reading.next()).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toHaveLength(4);
  });
});

const base: RegisterState = {
  search: '',
  preset: 'open',
  filters: { item: 'MILK' },
  sort: ['expiryDate'],
  group: [],
  columns: [],
  page: 1,
};

describe('a state in an address', () => {
  const write = (state: Partial<RegisterState>, from = ''): string => {
    const params = new URLSearchParams(from);
    writeUrlState(params, 'lots', { ...base, ...state }, base);
    return decodeURIComponent(params.toString());
  };

  it('is short: only what differs, and nothing of others', () => {
    expect(write({})).toBe('');
    expect(write({ search: 'cream', sort: ['-expiryDate', 'code'], page: 3 })).toBe(
      'lots.q=cream&lots.sort=-expiryDate,code&lots.page=3',
    );
    expect(write({}, 'tab=2&lots.q=old&lots.f.status=X&serials.q=mine')).toBe('tab=2&serials.q=mine');
    expect(hasUrlState(new URLSearchParams('serials.q=a&lotsq=2'), 'lots')).toBe(false);
  });

  it.each<Partial<RegisterState>>([
    {
      search: 'a & b = c',
      preset: 'all',
      rows: 50,
      density: 'compact',
      view: 'v1',
      group: ['item', 'attributes.x,y'],
    },
    { sort: [] },
    { filters: {} },
    {
      filters: {
        item: 'MILK',
        status: { in: ['HOLD', null, 'a,b', '~x'] },
        expired: true,
        expiresWithin: 30,
      },
    },
    {
      filters: {
        code: { like: '2026%' },
        onHand: { from: '1', to: '2' },
        notes: { isNull: false },
        grade: null,
      },
    },
    { filters: { code: '~tilde', reference: '', description: { like: '~%' } } },
    {
      columns: [
        { key: 'a,b!:<', hidden: true, width: 12.5, pin: 'end' },
        { key: 'item', pin: 'start' },
      ],
    },
  ])('is read back as it was: %j', (part) => {
    const state = { ...base, ...part };
    const params = new URLSearchParams();
    writeUrlState(params, 'lots', state, base);
    const again = new URLSearchParams(params.toString());
    expect(stateFrom(readUrlState(again, 'lots', base), base)).toEqual(state);
  });

  it('takes a prefix with its dot or without', () => {
    const params = new URLSearchParams();
    writeUrlState(params, 'lots.', { ...base, search: 'a', filters: {} }, base);
    expect(params.toString()).toBe('lots.q=a&lots.f.item=%7E-');
    for (const prefix of ['lots', 'lots.']) {
      expect(hasUrlState(params, prefix)).toBe(true);
      expect(readUrlState(params, prefix, base)).toEqual({ search: 'a', filters: {} });
    }
  });

  it('takes nothing that makes no sense', () => {
    const params = new URLSearchParams(
      'lots.page=-3&lots.rows=x&lots.density=huge&lots.cols=%21%21,ok:-4&lots.f.a=~j{bad&lots.f.b=~j[1]&lots.f.c=~nx&lots.sort=%E0%A4%A',
    );
    const read = readUrlState(params, 'lots');
    expect(read).not.toHaveProperty('page');
    expect(read).not.toHaveProperty('rows');
    expect(read).not.toHaveProperty('density');
    expect(read.columns).toEqual([]);
    expect(read.filters).not.toHaveProperty('a');
    expect(read.filters).not.toHaveProperty('b');
    expect(read.filters).not.toHaveProperty('c');
  });
});

describe('a state out of something', () => {
  it('keeps pages and searches within what a list takes', () => {
    expect(stateFrom({ page: 99_999_999_999, search: `${'x'.repeat(199)} yz` }, base)).toMatchObject({
      page: 1_000_000,
      search: 'x'.repeat(199),
    });
  });

  it('keeps what makes sense and leaves the rest as it was', () => {
    const given = {
      sort: ['-code', 'code', 7, ''],
      filters: { a: { from: {} }, b: 1 },
      page: 0.5,
      rows: 9999,
      search: ' x ',
    };
    expect(stateFrom(given, base)).toEqual({
      ...base,
      sort: ['-code'],
      filters: { b: 1 },
      rows: 500,
      search: 'x',
    });
    for (const nothing of [null, 7, 'x', [], undefined]) expect(stateFrom(nothing, base)).toEqual(base);
    expect(stateFrom({ view: undefined }, { ...base, view: 'v' })).toEqual(base);
  });
});
