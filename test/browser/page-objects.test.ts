/** The page objects of `lotledger/testing`, as a host's tests use them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserTests, openPage, type TestPage } from './harness/index.ts';

browserTests('page objects', () => {
  let opened: TestPage;
  beforeAll(async () => {
    opened = await openPage('conventions.html');
    await opened.page.setViewportSize({ width: 1360, height: 900 });
    await opened.page.locator('html[data-ready]').waitFor({ state: 'attached' });
  });
  afterAll(() => opened.close());

  const register = <T>(verb: string, ...args: unknown[]): Promise<T> =>
    opened.call('register', verb, ...args);
  const form = <T>(verb: string, ...args: unknown[]): Promise<T> => opened.call('form', verb, ...args);

  it('read a register: rows, columns, cells, how many', async () => {
    await opened.call('show', 'lot-register', 'fifty-rows');
    expect(await register('rows')).toHaveLength(50);
    expect(await register('columns')).toEqual(
      expect.arrayContaining(['code', 'item', 'expiryDate', 'onHand']),
    );
    expect(await register('cell', 'M-26012', 'onHand')).toContain('240');
    expect(await register('count')).toBe(51);
    expect(await register('message')).toBe('');
    await expect(register('cell', 'NOPE', 'onHand')).rejects.toThrow('There is no row “NOPE”');
  });

  it('sort by one column and by another besides', async () => {
    await register('sort', 'code');
    expect(await register('sorted', 'code')).toBe('ascending');
    expect((await register<string[]>('rows'))[0]).toBe('M-26000');
    await register('sort', 'item', { add: true });
    expect(await register('sorted', 'item')).toBe('ascending');
    expect(await register('sorted', 'code')).toBe('ascending');
  });

  it('filter, search, press a chip, and take it back', async () => {
    await register('filter', 'code', 'R-26%');
    const found = await register<string[]>('rows');
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((code) => !code.startsWith('R-26'))).toEqual([]);
    await register('filter', 'code', '');
    expect(await register('count')).toBe(51);
    await register('search', 'M-26012');
    expect(await register('rows')).toEqual(['M-26012']);
    await register('search', '');
    await register('chip', 'all');
    expect(await register('count')).toBe(52);
  });

  it('choose rows, show their details, open one', async () => {
    const [first = '', second = ''] = await register<string[]>('rows');
    await register('select', first);
    await register('select', second);
    expect(await register('selected')).toEqual([first, second]);
    await register('expand', first);
    await register('open', first);
    const names = (await opened.call<{ name: string; detail: { code?: string } }[]>('events')).filter(
      ({ name }) => name === 'lot-open',
    );
    expect(names.at(-1)?.detail.code).toBe(first);
    expect(await register('offers', 'create')).toBe(true);
    expect(await register('offers', 'nothing-like-this')).toBe(false);
  });

  it('read groups', async () => {
    await opened.call('show', 'lot-register', 'grouped');
    const groups = await register<{ text: string; open: boolean }[]>('groups');
    expect(groups.map(({ open }) => open)).toEqual([false, false]);
    expect(groups[0]?.text).toContain('MILK');
  });

  it('fill in a form, read what is wrong with it, and send it', async () => {
    await opened.call('show', 'lot-form', 'item-chosen');
    expect(await form('fields')).toEqual(expect.arrayContaining(['item', 'code', 'expiryDate', 'notes']));
    expect(await form('value', 'item')).toBe('MILK');
    await form('fill', 'code', 'M-2611-A');
    await form('press', 'create');
    expect(await form('error', 'code')).toContain('M-2611-A');
    expect(await form('errors')).not.toEqual([]);
    await form('fill', 'code', 'M-2611-Z');
    expect(await form('error', 'code')).toBe('');
    await form('press', 'create');
    expect((await form<string[]>('notices')).join(' ')).toContain('M-2611-Z');
  });

  it('pick from candidates', async () => {
    await opened.call('show', 'lot-form', 'empty');
    await form('pick', 'item', 'ricotta', 'RICOTTA');
    expect(await form('value', 'item')).toBe('RICOTTA');
  });
});
