/** Saved views: kept for a user, read with suspicion, with the host's beside them; and the address over them. */
import { describe, expect, it } from 'vitest';
import type { Preset, RegisterOptions } from '../../src/components/controllers/register/options.ts';
import { RegisterController } from '../../src/components/controllers/register/register-controller.ts';
import { browserStore, viewsKey } from '../../src/components/controllers/register/saved-views.ts';
import type { SavedView, UserStore } from '../../src/components/controllers/register/types.ts';

interface Row {
  readonly id: string;
}

const key = viewsKey('portal', 'lots', 'maria');

function memory(start: Record<string, string> = {}): UserStore & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(start));
  return {
    kept,
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
  };
}

function register(store: UserStore | undefined, host: readonly SavedView[] = []) {
  const failures: unknown[] = [];
  const options: RegisterOptions<Row> = {
    list: async () => ({ items: [], asOf: { seq: 1, date: '2026-11-22' } }),
    capabilities: () => ({
      sorts: ['code', 'expiryDate'],
      filters: ['item', 'state'],
      search: true,
      total: true,
    }),
    presets: (): readonly Preset[] => [
      { id: 'open', filter: { state: 'open' } },
      { id: 'all', filter: {} },
    ],
    preset: 'open',
    sort: 'expiryDate',
    limit: 10,
    changed: () => {},
    failed: (error) => failures.push(error),
    views: { store: () => store, key: () => key, host: () => host },
  };
  return { controller: new RegisterController<Row>(options), failures };
}

const own: SavedView = { id: 'h1', name: 'Cheese', state: { filters: { item: 'CHEESE' } }, scope: 'host' };

describe('saved views', () => {
  it('are kept under the ledger, the register and the user, and found again', async () => {
    const store = memory();
    const { controller } = register(store);
    await controller.open();
    controller.setSearch('cream', true);
    controller.setSort('-code');
    controller.setState({ page: 3 });
    await controller.saveViewAs(' Mine ');
    expect(controller.state.view).toBe(controller.views.list[0]?.id);
    expect(controller.viewDirty).toBe(false);
    expect([...store.kept.keys()]).toEqual(['lotledger/views/portal/lots/maria']);

    const again = register(store).controller;
    await again.open();
    expect(again.views.list).toEqual([
      {
        id: controller.state.view,
        name: 'Mine',
        scope: 'private',
        state: { search: 'cream', sort: ['-code'] },
      },
    ]);
    again.useView(controller.state.view);
    expect(again.state).toMatchObject({ search: 'cream', sort: ['-code'], page: 1, preset: 'open' });
    again.useView(undefined);
    expect(again.state).toEqual(again.defaults);
  });

  it('say when the state is no longer theirs, and are saved, renamed, removed', async () => {
    const { controller } = register(memory());
    await controller.open();
    await controller.saveViewAs('A');
    const id = controller.state.view ?? '';
    controller.setFilter('item', 'MILK');
    expect(controller.viewDirty).toBe(true);
    controller.setState({ page: 9 });
    await controller.saveView();
    expect(controller.viewDirty).toBe(false);
    expect(controller.views.find(id)?.state).toEqual({ filters: { item: 'MILK' } });
    await controller.views.rename(id, 'B');
    expect(controller.views.find(id)?.name).toBe('B');
    await controller.removeView(id);
    expect(controller.views.list).toEqual([]);
    expect(controller.state).toMatchObject({ filters: { item: 'MILK' } });
    expect(controller.state.view).toBeUndefined();
  });

  it('of a host stand first, and are not changed', async () => {
    const { controller } = register(memory(), [{ ...own, default: true }]);
    await controller.open();
    expect(controller.state).toMatchObject({ view: 'h1', filters: { item: 'CHEESE' } });
    await controller.saveViewAs('Mine');
    await controller.views.rename('h1', 'x');
    await controller.removeView('h1');
    expect(controller.views.list.map(({ name, scope }) => `${scope} ${name}`)).toEqual([
      'host Cheese',
      'private Mine',
    ]);
    await controller.views.setStandard(controller.state.view);
    expect(controller.views.standard?.name).toBe('Mine');
    await controller.views.setStandard(undefined);
    expect(controller.views.standard).toBeUndefined();
  });

  it('that are broken, or a storage that is, are none', async () => {
    const broken = ['{', 'null', '7', '{"views":7}', '{"views":[null,{"id":1},{"id":"a"}]}'];
    for (const text of broken) {
      const { controller } = register(memory({ [key]: text }));
      await controller.open();
      expect(controller.views.list).toEqual([]);
    }
    const odd = JSON.stringify({
      views: [
        { id: 'a', name: 'A', scope: 'host', state: { sort: 7, page: 4, search: 'x', view: 'b', rows: -1 } },
      ],
    });
    const { controller } = register(memory({ [key]: odd }));
    await controller.open();
    expect(controller.views.list).toEqual([{ id: 'a', name: 'A', scope: 'private', state: { search: 'x' } }]);
    const forbidden = { get: () => Promise.reject(new Error('no')), set: () => {}, remove: () => {} };
    const other = register(forbidden);
    await other.controller.open();
    expect(other.failures).toHaveLength(1);
    expect(browserStore().get('x')).toBeNull();
  });

  it('are no offer where there is nowhere to keep them', async () => {
    const { controller } = register(undefined, [own]);
    await controller.open();
    expect(controller.views.offered).toBe(false);
    expect(controller.views.list).toHaveLength(1);
    await controller.saveViewAs('x');
    expect(controller.state.view).toBeUndefined();
  });
});

describe('an address', () => {
  it('with a word of this register wins over the view taken at the start', async () => {
    const { controller } = register(memory(), [{ ...own, default: true }]);
    await controller.open(new URLSearchParams('lots.q=milk&lots.view='), 'lots');
    expect(controller.state).toMatchObject({ search: 'milk', filters: {} });
    await controller.open(new URLSearchParams('lots.q=milk'), 'lots');
    expect(controller.state).toMatchObject({ search: 'milk', filters: { item: 'CHEESE' }, view: 'h1' });
    await controller.open(new URLSearchParams('serials.q=milk'), 'lots');
    expect(controller.state).toMatchObject({ search: '', view: 'h1' });
  });

  it('brings back what was written into it, with and without views', async () => {
    const { controller } = register(memory(), [own, { ...own, id: 'h2', default: true }]);
    await controller.open();
    const acts: (() => void)[] = [
      () => {},
      () => controller.setSearch('x', true),
      () => controller.setFilter('item', undefined),
      () => controller.useView('h1'),
      () => controller.setPreset('all'),
      () => controller.useView(undefined),
      () => controller.setSort('-code', 'expiryDate'),
    ];
    for (const act of acts) {
      act();
      const params = new URLSearchParams('tab=2');
      controller.toUrl(params, 'lots');
      const { state } = controller;
      const again = register(memory(), [own, { ...own, id: 'h2', default: true }]).controller;
      await again.open(new URLSearchParams(params.toString()), 'lots');
      expect(again.state, params.toString()).toEqual(state);
      expect(params.get('tab')).toBe('2');
    }
  });
});
