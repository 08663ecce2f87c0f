/** The registers in a real browser: what is seen, heard and pressed, over a made-up and a real ledger. */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, openPage } from './harness/index.ts';
import { codes, focus, register, soon } from './register-kit.ts';

browserTests('registers', () => {
  const views = [
    'tag=lot-register&rows=50',
    'tag=lot-register&rows=50&theme=dark',
    'tag=lot-register&rows=15&dir=rtl&theme=dark',
    'tag=lot-register&rows=15&locale=it&density=compact',
    'tag=lot-register&rows=5000&scroll=window&page=20',
    'tag=lot-register&rows=15&selection=none&hide-filters',
    'tag=lot-register&rows=15&density=comfortable',
    'tag=lot-register&rows=0',
    'tag=lot-register&rows=0&state=error',
    'tag=lot-register&rows=0&state=forbidden&theme=dark',
    'tag=serial-register&rows=30',
    'tag=serial-register&rows=30&theme=dark',
    'tag=posting-register&rows=30',
    'tag=posting-register&rows=30&theme=dark',
  ];
  it.each(views)(
    'axe finds nothing on %s, wide, opened and narrow, and the policy is kept',
    async (query) => {
      const opened = await register(query);
      const twist = opened.page.locator('[data-action="expand"]').first();
      if ((await twist.count()) > 0) await twist.click();
      expect(await accessibility(opened)).toEqual([]);
      await opened.page.setViewportSize({ width: 420, height: 900 });
      await opened.page.waitForTimeout(100);
      expect(await accessibility(opened)).toEqual([]);
      expect(mistakes(opened).filter((text) => !text.includes('status of'))).toEqual([]);
      await opened.close();
    },
  );

  it('keeps focus, opened rows and scroll while the ledger changes', async () => {
    const opened = await register('rows=50');
    await opened.page.locator('[data-row-id="lot-202611009"]').focus();
    await opened.page.keyboard.press('ArrowRight');
    const scroll = () => opened.page.locator('.scroll').evaluate((element) => element.scrollTop);
    const before = await scroll();
    const asked = (await opened.call<Record<string, number>>('asked')).lots ?? 0;
    await opened.call('touch');
    await soon(async () => (await opened.call<Record<string, number>>('asked')).lots ?? 0).toBeGreaterThan(
      asked,
    );
    await opened.call('ready');
    expect(await focus(opened)).toBe('tr lot-202611009');
    expect(await opened.page.locator('tr.nest').count()).toBe(1);
    expect(await scroll()).toBe(before);
    await opened.close();
  });

  it('turns pages, says where it is, and tells the host', async () => {
    const opened = await register('rows=50&page=10');
    await opened.page.locator('[data-action="filter-all"]').click();
    await opened.call('ready');
    await opened.page.locator('[data-action="next"]').click();
    await opened.call('ready');
    expect(await opened.page.locator('[data-field="range"]').textContent()).toBe('11–20 of 50');
    expect(await opened.page.locator('.grid').getAttribute('aria-rowcount')).toBe('52');
    expect(await opened.page.locator('tr.row').first().getAttribute('aria-rowindex')).toBe('13');
    expect(await opened.call('events')).toContainEqual({
      name: 'lot-state-change',
      detail: expect.objectContaining({ search: '', preset: 'all', sort: ['expiryDate'], page: 2 }),
    });
    await soon(() => opened.page.locator('[role="status"]').last().textContent()).toContain('Page 2 of 5');
    await opened.close();
  });

  it('shows quantities aligned, and the same numbers in Italian', async () => {
    const opened = await register('rows=15&locale=it');
    const cell = opened.page.locator('[data-row-id="lot-202611007"] [data-column="onHand"]');
    expect((await cell.textContent())?.trim()).toBe('184,250');
    const right = async (id: string) =>
      opened.page
        .locator(`[data-row-id="${id}"] [data-column="onHand"] bdi`)
        .evaluate((element) => Math.round(element.getBoundingClientRect().right));
    expect(await right('lot-202611007')).toBe(await right('lot-202611005'));
    expect(await opened.page.locator('h2').textContent()).toBe('Lotti');
    await opened.close();
  });

  it('follows the page to another language and direction', async () => {
    const opened = await register('rows=15');
    await opened.page.evaluate(() => {
      document.documentElement.lang = 'it';
      document.documentElement.dir = 'rtl';
    });
    await soon(() => opened.page.locator('h2').textContent()).toBe('Lotti');
    expect(await opened.page.locator('section').getAttribute('dir')).toBe('rtl');
    await opened.close();
  });

  it('says what failed, and tries again', async () => {
    const opened = await register('rows=5&state=error');
    await soon(() => opened.page.locator('.state h3').textContent()).toBe('The lots could not be read');
    expect(await opened.call('events')).toContainEqual({
      name: 'lot-error',
      detail: expect.objectContaining({ code: 'store.unavailable', kind: 'unavailable' }),
    });
    await opened.call('set', { state: '' });
    await opened.page.locator('[data-action="retry"]').click();
    await opened.call('ready');
    expect((await codes(opened)).length).toBeGreaterThan(0);
    await opened.close();
  });

  it('asks the host before it creates, and offers nothing that writes when read-only', async () => {
    const opened = await register('rows=5');
    await opened.page.locator('[data-action="create"]').click();
    expect(await opened.call('events')).toContainEqual({ name: 'lot-create', detail: { kind: 'lot' } });
    await opened.close();
    const still = await register('rows=5&readonly');
    expect(await still.page.locator('[data-action="create"]').count()).toBe(0);
    await still.close();
  });

  it('leaves no listener behind after two hundred moves', async () => {
    const opened = await register('rows=5');
    await opened.call('churn', 200);
    await opened.call('ready');
    expect(await opened.call('listeners')).toBe(1);
    await opened.call('remove');
    expect(await opened.call('listeners')).toBe(0);
    await opened.close();
  });
});

browserTests('lot-ledger', () => {
  it('opens a ledger in memory for a register that was there first, under a strict policy', async () => {
    const opened = await openPage('provider.html');
    await opened.call('ready');
    expect(await opened.page.locator('lot-register .state h3').textContent()).toBe('Ancora nessun lotto');
    expect(await opened.call('density')).toContain('compact');
    // The attribute wins over the JSON child.
    expect(await opened.call('load', '12.5')).toBe('maria');
    await soon(() => opened.call('text')).toContain('12,500');
    expect(await opened.call<string>('text')).toMatch(
      /00001\s*RICOTTA Ricotta, bulk\s*Rilasciato.*tra 20 gg/,
    );
    expect(await opened.call('violations')).toEqual([]);
    await opened.close();
  });

  it('says so when it cannot open, to the host and to those who point at it', async () => {
    const opened = await openPage('provider.html');
    await soon(() => opened.call<string>('away')).toContain('Impossibile aprire il registro');
    expect(await opened.call('failures')).toHaveLength(1);
    await opened.close();
  });
});
