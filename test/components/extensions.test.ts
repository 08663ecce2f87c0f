/** What hosts add: merged by id and key, put in order, fetched once, checked without throwing. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Ledger } from '../../src/components/core.ts';
import { offeredActions, runAction } from '../../src/components/extensions/actions.ts';
import { dataOf, loadExtensions } from '../../src/components/extensions/load.ts';
import { labelText, resolveExtensions } from '../../src/components/extensions/resolve.ts';
import { offeredTabs } from '../../src/components/extensions/tabs.ts';
import type { ActionContext, Extension } from '../../src/components/extensions/types.ts';
import { Format } from '../../src/components/i18n/format.ts';
import { loadCatalogue } from '../../src/components/i18n/load.ts';

interface Row {
  readonly id: string;
  readonly code: string;
}
type Ext = Extension<Row, { readonly celsius: number }>;

const tag = { localName: 'lot-register' } as Element;
const field = (key: string, more: object = {}) =>
  ({ key, label: key, type: 'text', ...more }) as NonNullable<Ext['fields']>[number];
const keys = (layers: readonly unknown[], fields?: unknown) =>
  resolveExtensions<Row>(tag, 'lot', layers, fields).fields.map(({ key }) => key);

const builtIn: readonly Ext[] = [
  { id: 'lot', on: 'lot', fields: [field('code'), field('item'), field('status')] },
];
const cold = (more: Partial<Ext> = {}): Ext => ({ id: 'cold', on: 'lot', ...more });

const failure = (name: string, why: string): unknown =>
  expect.objectContaining({ code: 'extension.failed', details: { name, why } });

afterEach(() => vi.restoreAllMocks());

describe('fields', () => {
  it('stand at the end, in front of the one they name, or in the place of the one they replace', () => {
    const fields = [
      field('celsius', { before: 'item' }),
      field('sensor', { before: 'celsius' }),
      field('last'),
      field('status', { label: 'State' }),
    ];
    const found = resolveExtensions<Row>(tag, 'lot', [builtIn, [cold({ fields })]]).fields;
    expect(found.map(({ key }) => key)).toEqual(['code', 'sensor', 'celsius', 'item', 'status', 'last']);
    expect(found.find(({ key }) => key === 'status')).toMatchObject({ label: 'State', owner: 'cold' });
  });

  it('of a neighbour that is not there, or is itself, stand where they are', () => {
    const fields = [field('a', { before: 'nobody' }), field('b', { before: 'b' })];
    expect(keys([builtIn, [cold({ fields })]])).toEqual(['code', 'item', 'status', 'a', 'b']);
    const circle = [field('x', { before: 'y' }), field('y', { before: 'x' })];
    expect(keys([[cold({ fields: circle })]]).sort()).toEqual(['x', 'y']);
  });

  it('of an element take the place of the provider’s with the same id, wholly', () => {
    const provider = [cold({ fields: [field('celsius'), field('sensor')] })];
    const own = [cold({ fields: [field('kelvin')] })];
    expect(keys([builtIn, provider, own])).toEqual(['code', 'item', 'status', 'kelvin']);
  });

  it('of other kinds of records are not here', () => {
    expect(keys([builtIn, [{ id: 'p', on: 'posting', fields: [field('number')] }]])).toEqual([
      'code',
      'item',
      'status',
    ]);
  });

  it('are those the host chose, in its order, each once; unknown ones are told once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(keys([builtIn], ['status', 'code', 'status', 'colour'])).toEqual(['status', 'code']);
    expect(keys([builtIn], ['status', 'code', 'status', 'colour'])).toEqual(['status', 'code']);
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      '<lot-register>: fields: there is no colour; there are code, item, status.',
    );
    expect(keys([builtIn], 'status')).toEqual(['code', 'item', 'status']);
  });

  it('17 of a wrong shape are left out with a word that names the tag, and nothing throws', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const wrong: unknown[] = [
      null,
      'cold',
      { on: 'lot' },
      { id: 'x', on: 'pallet' },
      { id: 'fields', on: 'lot', fields: 'celsius' },
      { id: 'parts', on: 'lot', fields: [null, {}, field('t', { type: 'colour' }), field('good')] },
      { id: 'acts', on: 'lot', actions: [{ id: 'a', label: 'A', scope: 'row' }], tabs: [7] },
    ];
    expect(keys([builtIn, wrong, 'none', 7])).toEqual(['code', 'item', 'status', 'good']);
    const said = warn.mock.calls.flat().join('\n');
    for (const part of ['"x" is on "pallet"', 'extension "fields": fields is no array', 'needs "run"']) {
      expect(said).toContain(part);
    }
    expect(warn.mock.calls.every(([text]) => String(text).startsWith('<lot-register>: '))).toBe(true);
  });
});

describe('load', () => {
  const ledger = {} as Ledger;
  const rows: readonly Row[] = [
    { id: '1', code: 'A' },
    { id: '2', code: 'B' },
  ];
  const context = () => ({ ledger, locale: 'it', signal: new AbortController().signal });
  const loads = (...list: Ext[]) => resolveExtensions<Row>(tag, 'lot', [list]).loads;

  it('is asked once for a page, with the ledger and the language, and answers by id', async () => {
    const load = vi.fn(async () => ({ '2': { celsius: 4 } }));
    const other: Ext = { id: 'other', on: 'lot', load: async () => new Map([['1', { celsius: 9 }]]) };
    const data = await loadExtensions(loads(cold({ load }), other), rows, context(), () => {});
    expect(load).toHaveBeenCalledExactlyOnceWith(rows, expect.objectContaining({ ledger, locale: 'it' }));
    expect(dataOf(data, 'cold', rows[1] as Row)).toEqual({ celsius: 4 });
    expect(dataOf(data, 'cold', rows[0] as Row)).toBeUndefined();
    expect(dataOf(data, 'other', rows[0] as Row)).toEqual({ celsius: 9 });
  });

  it('that fails leaves its fields empty, is told, and stops nobody', async () => {
    const failed = vi.fn();
    const good: Ext = { id: 'good', on: 'lot', load: async () => ({ '1': { celsius: 1 } }) };
    const bad = cold({ load: () => Promise.reject(new Error('no answer')) });
    const data = await loadExtensions(loads(bad, good), rows, context(), failed);
    expect(failed).toHaveBeenCalledExactlyOnceWith(failure('cold', 'no answer'), 'cold');
    expect(dataOf(data, 'cold', rows[0] as Row)).toBeUndefined();
    expect(dataOf(data, 'good', rows[0] as Row)).toEqual({ celsius: 1 });
  });

  it('that does not answer in time is aborted and told as failed', async () => {
    const failed = vi.fn();
    let heard: AbortSignal | undefined;
    const slow = cold({
      load: (_rows, { signal }) => {
        heard = signal;
        return new Promise(() => {});
      },
    });
    const data = await loadExtensions(loads(slow), rows, context(), failed, 1);
    expect(heard?.aborted).toBe(true);
    expect(dataOf(data, 'cold', rows[0] as Row)).toBeUndefined();
    expect(failed).toHaveBeenCalledExactlyOnceWith(failure('cold', 'no answer within 0.001 s'), 'cold');
  });

  it('that fails because nobody waits any more is told to nobody; nonsense is no data', async () => {
    const stop = new AbortController();
    stop.abort();
    const failed = vi.fn();
    const nonsense = { id: 'odd', on: 'lot', load: async () => 7 } as unknown as Ext;
    const bad = cold({ load: () => Promise.reject(new Error('aborted')) });
    await loadExtensions(loads(bad, nonsense), rows, { ...context(), signal: stop.signal }, failed);
    expect(failed).not.toHaveBeenCalled();
  });
});

it('junk is told ten times and then in one word, and a choice that is none is left out', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const fields = [field('grade', { choices: [null, { value: 'a', label: 'A' }] })];
  const junk = Array.from({ length: 40 }, () => 7);
  const found = resolveExtensions<Row>({ localName: 'lot-junk' } as Element, 'lot', [
    [...junk, cold({ fields })],
    {},
  ]);
  expect(found.fields[0]?.choices).toEqual([{ value: 'a', label: 'A' }]);
  const said = warn.mock.calls.flat().map(String);
  expect(said.filter((text) => text.includes('is no object'))).toHaveLength(11);
  expect(said).toContain('<lot-junk>: extensions: 40 pieces in all cannot be used.');
  expect(said).toContain('<lot-junk>: extensions is no array.');
});

describe('actions', async () => {
  const format = new Format('en', await loadCatalogue('en'));
  const context = (scope: ActionContext<Row>['scope']): ActionContext<Row> => ({
    ledger: {} as Ledger,
    scope,
    records: [{ id: '1', code: 'A' }],
    element: tag as HTMLElement,
    format,
    refresh: async () => {},
    say: () => {},
  });
  const act = (id: string, more: object = {}) => ({ id, label: id, scope: 'row', run: () => {}, ...more });
  const of = (...actions: object[]) =>
    resolveExtensions<Row>(tag, 'lot', [[{ id: 'x', on: 'lot', actions }]]).actions;

  it('stand in their scopes, are hidden or locked by the host and by who may', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const actions = of(
      act('plain'),
      act('both', { scope: ['row', 'selection'] }),
      act('elsewhere', { scope: 'register' }),
      act('hidden', { when: () => false }),
      act('locked', { when: () => 'Counted on Monday' }),
      act('promises', { when: async () => false }),
      act('throws', { when: () => JSON.parse('{') }),
      act('forbidden', { permission: 'lot.no' }),
      act('reason', { permission: 'lot.why' }),
      act('unknown', { permission: 'lot.later' }),
    );
    const asked: unknown[] = [];
    const may = (one: { readonly action: string }) => {
      asked.push(one);
      return one.action === 'lot.why' ? 'Quality managers can' : one.action === 'lot.no' ? false : undefined;
    };
    const offered = offeredActions(actions, context('row'), may);
    expect(offered.map(({ action, locked }) => [action.id, locked])).toEqual([
      ['plain', undefined],
      ['both', undefined],
      ['locked', 'Counted on Monday'],
      ['reason', 'Quality managers can'],
    ]);
    expect(asked).toContainEqual({ action: 'lot.no', id: '1' });
    expect(offeredActions(actions, context('selection')).map(({ action }) => action.id)).toEqual(['both']);
  });

  it('run unless locked, and say what failed', async () => {
    const run = vi.fn();
    const failed = vi.fn();
    const [good, bad] = offeredActions(
      of(act('a', { run }), act('b', { run: () => Promise.reject(new Error('no')) })),
      context('row'),
    );
    if (!good || !bad) throw new Error('both are offered');
    expect(await runAction(good, context('row'), failed)).toBe(true);
    expect(await runAction({ ...good, locked: 'no' }, context('row'), failed)).toBe(false);
    expect(await runAction(bad, context('row'), failed)).toBe(false);
    expect(run).toHaveBeenCalledOnce();
    expect(failed).toHaveBeenCalledExactlyOnceWith(failure('b', 'no'));
  });
});

it('tabs stand after the one they name, in the order they came, with a count and a slot', () => {
  const tab = (id: string, more: object = {}) => ({ id, label: id, ...more });
  const layers = [
    [{ id: 'lot', on: 'lot', tabs: [tab('view'), tab('edit'), tab('history')] }],
    [
      {
        id: 'x',
        on: 'lot',
        tabs: [
          tab('cold', { after: 'view', count: () => 3 }),
          tab('warm', { after: 'view' }),
          tab('never', { when: () => false }),
        ],
      },
    ],
  ];
  const { tabs } = resolveExtensions<Row>(tag, 'lot', layers);
  const offered = offeredTabs(tag, tabs, { id: '1', code: 'A' });
  expect(offered.map((one) => one.tab.id)).toEqual(['view', 'cold', 'warm', 'edit', 'history']);
  expect(offered[1]).toMatchObject({ count: 3, slot: 'tab-cold' });
});

it('labels are keys of the catalogue, keys of the host, texts, or functions of the language', async () => {
  const labels = { 'cold.title': 'Catena del freddo' } as never;
  const format = new Format('it', await loadCatalogue('it'), { labels });
  expect(labelText('lots.title', format)).toBe('Lotti');
  expect(labelText('cold.title', format)).toBe('Catena del freddo');
  expect(labelText('Temperature', format)).toBe('Temperature');
  expect(labelText((reader) => reader.locale, format)).toBe('it');
});
