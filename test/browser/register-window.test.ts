/** A register over a million rows in one window; and what axe says of a register at work. */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests } from './harness/index.ts';
import { codes, focus, press, register, said, setState, soon } from './register-kit.ts';

const elements = ({ page }: Awaited<ReturnType<typeof register>>) => page.locator('tr').count();

browserTests('a register over a million rows (59)', () => {
  it('reaches the last row with few elements, tells the total, and keeps the focus on the way', async () => {
    const opened = await register('rows=1000000&scroll=window', { width: 1440, height: 800 });
    const { page } = opened;
    expect(await page.locator('.grid').getAttribute('aria-rowcount')).toBe('1000002');
    expect(await page.locator('.grid').getAttribute('role')).toBe('grid');
    await page.locator('tr.row').first().focus();
    await press(opened, 'Control+End');
    await soon(async () => (await codes(opened)).at(-1)).toBe('L1000000');
    await soon(() => focus(opened)).toBe('tr lot-L1000000');
    expect(await page.locator('tr.row').last().getAttribute('aria-rowindex')).toBe('1000002');
    expect(await elements(opened)).toBeLessThanOrEqual(60);
    await press(opened, 'ArrowUp');
    await soon(() => focus(opened)).toBe('tr lot-L0999999');
    await press(opened, 'Control+Home');
    await soon(() => focus(opened)).toBe('tr lot-L0000001');
    await opened.close();
  });

  it('scrolls to the middle, where the table holds the focus of a row that is gone, and gives it back', async () => {
    const opened = await register('rows=1000000&scroll=window', { width: 1440, height: 800 });
    const { page } = opened;
    await page.locator('tr.row').nth(3).focus();
    const at = await focus(opened);
    await page.locator('.scroll').evaluate((area) => {
      area.scrollTop = area.scrollHeight / 2;
    });
    await soon(async () => Number((await codes(opened))[0]?.slice(1))).toBeGreaterThan(400_000);
    expect(await elements(opened)).toBeLessThanOrEqual(60);
    await soon(() => focus(opened)).toBe('table');
    await press(opened, 'ArrowDown');
    await soon(() => focus(opened)).toBe('tr lot-L0000005');
    expect(at).toBe('tr lot-L0000004');
    await opened.close();
  });

  it('ticks a range that was never on the screen, and all of it', async () => {
    const opened = await register('rows=1000000&scroll=window', { width: 1440, height: 800 });
    const { page } = opened;
    await page.locator('tr.row').first().focus();
    await press(opened, ' ', 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'Shift+ ');
    await soon(() => page.locator('[data-field="selected"]').textContent()).toMatch(/^\d{2} lots selected$/);
    await page.locator('[data-action="select-all"]').click();
    await soon(() => page.locator('[data-field="selected"]').textContent()).toBe('1,000,000 lots selected');
    await soon(() => said(opened)).toContain('1,000,000 lots selected');
    await opened.close();
  });

  it('starts another question at its first row', async () => {
    const opened = await register('rows=1000000&scroll=window', { width: 1440, height: 800 });
    await opened.page.locator('tr.row').first().focus();
    await press(opened, 'Control+End');
    await soon(async () => (await codes(opened)).at(-1)).toBe('L1000000');
    await opened.page.locator('th[data-column="code"] .sort').click();
    await soon(async () => (await codes(opened))[0]).toBe('L0000001');
    await opened.page.locator('#search').fill('anything');
    await soon(() => opened.page.locator('.grid').getAttribute('aria-rowcount')).toBe('1002');
    await opened.close();
  });

  it('shows cards in a window too, with the same selection', async () => {
    const opened = await register('rows=1000000&scroll=window', { width: 420, height: 800 });
    await opened.page.locator('.card .check').first().click();
    expect(await opened.page.locator('[data-field="selected"]').textContent()).toBe('1 lot selected');
    await opened.page.locator('.scroll').evaluate((area) => {
      area.scrollTop = area.scrollHeight;
    });
    await soon(() => opened.page.locator('.card').last().textContent()).toContain('L1000000');
    expect(await opened.page.locator('.card').count()).toBeLessThanOrEqual(60);
    await opened.close();
  });
});

browserTests('axe on a register at work (51)', () => {
  const looks = ['theme=light', 'theme=dark', 'dir=rtl', 'density=compact'];
  it.each(looks)(
    'finds nothing while grouped, selected, filtered, in menus and dialogs: %s',
    async (look) => {
      const opened = await register(`rows=50&${look}`);
      const { page } = opened;
      await setState(opened, { group: ['item'], filters: { onHand: { from: '1' } } });
      await page.locator('[data-action="group"]').first().click();
      await soon(() => page.locator('tr.row').count()).toBeGreaterThan(0);
      await page.locator('tr.row .check').first().click();
      expect(await accessibility(opened)).toEqual([]);
      await page.locator('[data-action="columns"]').first().click();
      expect(await accessibility(opened)).toEqual([]);
      await press(opened, 'Escape');
      await page.locator('.filters [data-column="status"] [data-action="filter-values"]').click();
      await soon(() => page.locator('.picks .list .pick').count()).toBeGreaterThan(0);
      expect(await accessibility(opened)).toEqual([]);
      await press(opened, 'Escape');
      await page.locator('[data-action="more"]').click();
      expect(await accessibility(opened)).toEqual([]);
      await press(opened, 'Escape');
      await page.locator('.selbar [data-action="change-status"]').click();
      await soon(() => page.locator('dialog[open]').count()).toBe(1);
      expect(await accessibility(opened)).toEqual([]);
      await opened.close();
    },
  );

  it('finds nothing in forced colours', async () => {
    const opened = await register('rows=50');
    await opened.page.emulateMedia({ forcedColors: 'active' });
    await opened.page.locator('tr.row .check').first().click();
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });
});
