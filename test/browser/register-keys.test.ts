/** A register worked by keyboard alone: rows, ticks, header, filters, menus, the list of keys. */
import { expect, it } from 'vitest';
import { browserTests } from './harness/index.ts';
import { codes, focus, heard, press, register, said, setState, soon, stateOf } from './register-kit.ts';

browserTests('keys of a register (5, 45, 46)', () => {
  it('has one tab stop: from the filters to the rows and on to the foot', async () => {
    const opened = await register('rows=50');
    await opened.page.locator('[data-action="views"]').focus();
    await press(opened, 'Tab');
    expect(await focus(opened)).toBe('tr lot-202610088');
    await press(opened, 'Tab');
    expect(await focus(opened)).toBe('select');
    await press(opened, 'Shift+Tab', 'Shift+Tab');
    expect(
      await opened.page.evaluate(() =>
        document.activeElement?.shadowRoot?.activeElement?.getAttribute('data-action'),
      ),
    ).toBe('views');
    await opened.close();
  });

  it('walks rows, details and cells, and opens', async () => {
    const opened = await register('rows=50');
    await opened.page.locator('tr.row').first().focus();
    await press(opened, 'ArrowDown', 'ArrowRight');
    expect(await opened.page.locator('tr.nest').getAttribute('data-details-of')).toBe('lot-202610088-1');
    await press(opened, 'ArrowRight', 'End');
    expect(await focus(opened)).toBe('td lot-202610088-1 supplier');
    await press(opened, 'Home', 'ArrowLeft', 'ArrowLeft');
    expect(await opened.page.locator('tr.nest').count()).toBe(0);
    await press(opened, 'Enter');
    expect(await heard(opened, 'lot-open')).toContainEqual({
      kind: 'lot',
      id: 'lot-202610088-1',
      code: '202610088-1',
    });
    await press(opened, 'Control+End');
    expect(await focus(opened)).toBe(`tr lot-${(await codes(opened)).at(-1)}`);
    await press(opened, 'Control+Home');
    expect(await focus(opened)).toBe(`tr lot-${(await codes(opened))[0]}`);
    await opened.close();
  });

  it('ticks with Space, extends with Shift, ticks the page, says how many, and Escape clears', async () => {
    const opened = await register('rows=50');
    await opened.page.locator('tr.row').nth(1).focus();
    await press(opened, ' ', 'ArrowDown', 'ArrowDown', 'Shift+ ');
    expect(await opened.page.locator('tr.row[aria-selected="true"]').count()).toBe(3);
    await soon(() => said(opened)).toContain('3 lots selected');
    await press(opened, 'Control+a');
    expect(await opened.page.locator('tr.row[aria-selected="true"]').count()).toBe(25);
    await press(opened, 'Escape');
    expect(await opened.page.locator('tr.row[aria-selected="true"]').count()).toBe(0);
    expect(await focus(opened)).toBe('tr lot-202610088-3');
    await opened.close();
  });

  it('sorts from the header, by several with Shift, moves and widens a column', async () => {
    const opened = await register('rows=50');
    await opened.page.locator('tr.row').first().focus();
    await press(opened, 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowUp');
    expect(await focus(opened)).toBe('button header code');
    await press(opened, 'Enter');
    await soon(async () => (await stateOf(opened)).sort).toEqual(['code']);
    await press(opened, 'ArrowRight', 'Shift+Enter');
    await soon(async () => (await stateOf(opened)).sort).toEqual(['code', 'item']);
    await opened.call('ready');
    expect(await focus(opened)).toBe('button header item');
    expect(await opened.page.locator('th[data-column="item"] .ordinal').textContent()).toBe('2');
    expect(await opened.page.locator('th[data-column="item"]').getAttribute('aria-sort')).toBe('ascending');
    await press(opened, 'Control+ArrowRight');
    const keys = () =>
      opened.page
        .locator('.heads [data-column]')
        .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.column));
    await soon(keys).toEqual(expect.arrayContaining(['#tick', 'code', 'status', 'item']));
    expect((await keys()).indexOf('item')).toBe(3);
    expect(await focus(opened)).toBe('button header item');
    const width = () =>
      opened.page.locator('th[data-column="status"]').evaluate((each) => each.getBoundingClientRect().width);
    const before = await width();
    await press(opened, 'ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowRight');
    await soon(width).toBeGreaterThan(before);
    await opened.close();
  });

  it('types into a filter, keeps what it cannot read, and goes back with Escape', async () => {
    const opened = await register('rows=50');
    await opened.page.locator('tr.row').first().focus();
    await press(opened, 'ArrowRight', 'ArrowRight', 'ArrowUp');
    expect(await focus(opened)).toBe('td filters code');
    await opened.page.keyboard.type('C-77');
    expect(await focus(opened)).toBe('input filters code');
    await soon(() => opened.page.locator('[data-filter="code"]').inputValue()).toBe('C-77');
    await press(opened, 'Enter');
    await soon(() => codes(opened)).toEqual(expect.arrayContaining(['C-77120', 'C-77204']));
    expect(await focus(opened)).toBe('td filters code');
    await press(opened, 'F2', 'Tab', 'Tab', 'Tab', 'Tab');
    expect(await focus(opened)).toBe('input filters onHand');
    await opened.page.keyboard.type('many');
    await press(opened, 'Enter');
    const box = opened.page.locator('[data-filter="onHand"]');
    await soon(() => box.getAttribute('aria-invalid')).toBe('true');
    expect(await box.inputValue()).toBe('many');
    expect((await stateOf(opened)).filters).not.toHaveProperty('onHand');
    await press(opened, 'F2', 'Escape');
    expect(await focus(opened)).toBe('td filters onHand');
    await opened.close();
  });

  it('opens the menus of a column and of a row, and gives the focus back', async () => {
    const opened = await register('rows=50');
    await opened.page.locator('tr.row').first().focus();
    await press(opened, 'Shift+F10');
    await soon(() => opened.page.locator('#menu .item').count()).toBeGreaterThan(2);
    await press(opened, 'Escape');
    expect(await focus(opened)).toBe('tr lot-202610088');
    await press(opened, 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowUp', 'F2');
    await soon(() => opened.page.locator('#menu [data-action="pin-start"]').count()).toBe(1);
    await opened.page.locator('#menu [data-action="pin-start"]').click();
    await soon(async () => (await stateOf(opened)).columns).toContainEqual(
      expect.objectContaining({ key: 'code', pin: 'start' }),
    );
    await opened.close();
  });

  it('lists the keys with ?, and lets no printable key of its own out', async () => {
    const opened = await register('rows=50');
    await opened.page.evaluate(() => {
      const heardKeys: string[] = [];
      Object.assign(window, { heardKeys });
      document.addEventListener('keydown', (event) => heardKeys.push(event.key));
    });
    await opened.page.locator('tr.row').first().focus();
    await press(opened, '?');
    await soon(() => opened.page.locator('dialog[open] dl.keys dt').count()).toBeGreaterThan(10);
    await press(opened, 'Escape');
    await soon(() => opened.page.locator('dialog[open]').count()).toBe(0);
    await press(opened, '/');
    expect(await focus(opened)).toBe('input');
    await opened.page.keyboard.type('butter');
    await soon(async () => (await codes(opened)).length).toBe(6);
    const out = await opened.page.evaluate(() => (window as unknown as { heardKeys: string[] }).heardKeys);
    expect(out.filter((key) => key.length === 1)).toEqual([]);
    await opened.close();
  });

  it('works mirrored in right-to-left', async () => {
    const opened = await register('rows=15&dir=rtl');
    await opened.page.locator('tr.row').first().focus();
    await press(opened, 'ArrowLeft');
    expect(await opened.page.locator('tr.nest').count()).toBe(1);
    await press(opened, 'ArrowLeft', 'ArrowLeft');
    expect(await focus(opened)).toBe('td lot-202610088 item');
    await opened.close();
  });

  it('walks groups: opens one, leads back to it, closes it', async () => {
    const opened = await register('rows=50');
    await setState(opened, { group: ['item'] });
    await soon(() => opened.page.locator('tr.group').count()).toBeGreaterThan(3);
    expect(await opened.page.locator('.grid').getAttribute('role')).toBe('treegrid');
    await opened.page.locator('tr.group').first().focus();
    await press(opened, 'ArrowRight');
    await soon(() => opened.page.locator('tr.row').count()).toBe(6);
    expect(await opened.page.locator('tr.group').first().getAttribute('aria-expanded')).toBe('true');
    expect(await opened.page.locator('tr.row').first().getAttribute('aria-level')).toBe('2');
    await press(opened, 'ArrowDown', 'ArrowDown', 'ArrowLeft');
    expect(
      await opened.page.evaluate(() =>
        document.activeElement?.shadowRoot?.activeElement?.getAttribute('data-group'),
      ),
    ).toContain('BUTTER');
    await press(opened, 'ArrowLeft');
    await soon(() => opened.page.locator('tr.row').count()).toBe(0);
    await opened.close();
  });
});
