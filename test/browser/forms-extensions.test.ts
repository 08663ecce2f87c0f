/** A host's own fields, actions, tabs, lists, routes and roles in the view and the form of a lot. */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, openPage, type TestPage } from './harness/index.ts';

async function host(query: string): Promise<TestPage> {
  const opened = await openPage(`forms-host.html?${query}`);
  await opened.page.setViewportSize({ width: 1360, height: 900 });
  await opened.call('ready');
  return opened;
}

const view = (tab: string, more = '') => host(`tag=lot-view&item=MILK&code=M-2611-A&tab=${tab}${more}`);
const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 20_000 });
const text = ({ page }: TestPage, selector: string) => page.locator(selector).first().innerText();
const named = async ({ call }: TestPage, name: string) =>
  (await call<{ name: string; detail: Record<string, unknown> }[]>('events')).filter(
    (event) => event.name === name,
  );

browserTests('lot-view with a host’s own', () => {
  it('shows fields in their place, with the data that was fetched once', async () => {
    const opened = await view('view');
    const { page } = opened;
    await soon(() => text(opened, 'dd[data-field="celsius"]')).toBe('4.5');
    const dates = page.locator('.sec', { has: page.locator('dd[data-field="expiryDate"]') });
    expect(
      await dates.locator('dd').evaluateAll((all) => all.map((dd) => (dd as HTMLElement).dataset.field)),
    ).toEqual([
      'startDate',
      'celsius',
      'expiryDate',
      'manufactureDate',
      'bestBefore',
      'retestDate',
      'removalDate',
    ]);
    expect(await text(opened, 'dd[data-field="probe"]')).toBe('P-M-2611-A');
    expect(await opened.call('loads')).toBe(1);
    await opened.call('measure', 'MILK', 'M-2611-A', '6');
    await soon(() => text(opened, 'dd[data-field="celsius"]')).toBe('6');
    expect(await accessibility(opened)).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('edits them: required, checked, attributes to the ledger and the rest to the host', async () => {
    const opened = await view('edit');
    const { page } = opened;
    expect(await page.locator('[data-field="probe"]').count()).toBe(0);
    await soon(() => page.locator('[id="f-celsius"]').inputValue()).toBe('4.5');
    await page.locator('[id="f-celsius"]').fill('9,5');
    await page.locator('[data-action="save"]').click();
    await soon(() => text(opened, '[data-field="attributes.door"] .err')).toContain('required');
    await page.locator('[id="f-celsius"]').fill('9.5');
    await page.locator('[id="f-attributes.door"]').selectOption('N');
    await page.locator('[data-action="save"]').click();
    await soon(() => text(opened, '[data-field="celsius"] .err')).toBe('Too warm for this lot.');
    await page.locator('[data-error="celsius"]').click();
    expect(await page.evaluate(() => document.querySelector('lot-view')?.shadowRoot?.activeElement?.id)).toBe(
      'f-celsius',
    );
    await page.locator('[id="f-celsius"]').fill('5.5');
    await page.locator('[id="f-attributes.sealed"]').check();
    await page.locator('[data-action="save"]').click();
    await soon(() => named(opened, 'lot-saved').then(({ length }) => length)).toBe(1);
    const [asked] = await named(opened, 'lot-save');
    expect(asked?.detail).toMatchObject({
      input: { attributes: { door: 'N', sealed: true } },
      fields: { celsius: 5.5 },
    });
    expect(await opened.call('lot', 'MILK', 'M-2611-A')).toMatchObject({
      attributes: { door: 'N', sealed: true },
    });
    await opened.close();
  });

  it('leaves what only the host keeps to the host, and writes nothing for it', async () => {
    const opened = await view('edit');
    const { page } = opened;
    const before = await opened.call<{ version: number }>('lot', 'MILK', 'M-2611-A');
    await page.locator('[id="f-attributes.door"]').selectOption('S');
    await page.locator('[data-action="save"]').click();
    await soon(() => named(opened, 'lot-saved').then(({ length }) => length)).toBe(1);
    const middle = await opened.call<{ version: number }>('lot', 'MILK', 'M-2611-A');
    expect(middle.version).toBeGreaterThan(before.version);
    await opened.call('settled');
    await page.locator('[id="f-celsius"]').fill('3');
    await page.locator('[data-action="save"]').click();
    await soon(() => named(opened, 'lot-saved').then(({ length }) => length)).toBe(2);
    expect((await named(opened, 'lot-save')).at(-1)?.detail).toMatchObject({
      input: {},
      fields: { celsius: 3 },
    });
    expect(await opened.call('lot', 'MILK', 'M-2611-A')).toMatchObject({ version: middle.version });
    await opened.close();
  });

  it('has tabs with counts, their bodies from a slot or a function, drawn while they are open', async () => {
    const opened = await view('view');
    const { page } = opened;
    const names = await page.locator('[role="tab"]').allInnerTexts();
    expect(names.map((name) => name.replace(/\s+/g, ' '))).toEqual([
      'View',
      'Cold chain 3',
      'Edit',
      expect.stringMatching(/^Locations/),
      expect.stringMatching(/^History/),
      'Papers',
    ]);
    const log = page.getByText('Log of the cold chain');
    expect(await log.isVisible()).toBe(false);
    await page.locator('[data-action="tab-cold"]').click();
    await soon(() => log.isVisible()).toBe(true);
    await page.keyboard.press('ArrowRight');
    await soon(() => log.isVisible()).toBe(false);
    await page.locator('[data-action="tab-papers"]').click();
    await soon(() => text(opened, '[role="tabpanel"]')).toBe('Papers of M-2611-A');
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });

  it('has actions: buttons, the rest in a menu, locked ones with their reason', async () => {
    const opened = await view('view', '&can=reason');
    const { page } = opened;
    const buttons = page.locator('.acts2 > .btn');
    expect(await buttons.count()).toBeLessThanOrEqual(5);
    await page.locator('[data-action="more-acts"]').click();
    await page.locator('.menu [data-action="act-2"]').click();
    await soon(() => opened.call('ran')).toEqual(['act-2']);
    await page.locator('[data-action="more-acts"]').click();
    const recount = page.locator('[data-action="recount"]');
    expect(await recount.innerText()).toContain('A count is open.');
    expect(await recount.getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('[data-action="hidden"], [data-action="papers"]').count()).toBe(0);
    await opened.close();
  });

  it('roles lock with their reason, hide fields, or take the tab away', async () => {
    const locked = await view('edit', '&can=reason');
    await soon(() => text(locked, '.panel .banner')).toContain('Quality managers can.');
    expect(await locked.page.locator('[data-action="save"]').count()).toBe(0);
    expect(await locked.page.locator('#f-reference').getAttribute('readonly')).toBe('');
    expect(await accessibility(locked)).toEqual([]);
    await locked.close();
    const fields = await view('edit', '&can=field');
    await soon(() => text(fields, '#f-reference-note')).toBe('Kept by purchasing.');
    expect(await fields.page.locator('#f-notes').count()).toBe(0);
    expect(await fields.page.locator('#f-description').getAttribute('readonly')).toBeNull();
    await fields.close();
    const none = await view('edit', '&can=no');
    expect(await none.page.locator('[data-action="tab-edit"]').count()).toBe(0);
    expect(await none.page.locator('[data-action="tab-view"]').getAttribute('aria-selected')).toBe('true');
    await none.close();
  });

  it('leads to the host’s pages by real links, and asks first', async () => {
    const opened = await view('locations');
    const { page } = opened;
    expect(await page.locator('.head a.link').getAttribute('href')).toBe('/items/MILK');
    const posting = page.locator('a[data-action="open-posting"]').first();
    expect(await posting.getAttribute('href')).toMatch(/^#posting\//);
    await posting.click();
    expect(await named(opened, 'lot-open')).toHaveLength(1);
    await opened.close();
  });
});

browserTests('lot-form with a host’s own', () => {
  it('finds its items and parties in the host’s lists, and takes its fields', async () => {
    const opened = await host('tag=lot-form');
    const { page } = opened;
    await page.locator('#f-item').fill('whole');
    await page.locator('.option', { hasText: 'as the portal calls it' }).click();
    await soon(() => page.locator('#f-code').getAttribute('placeholder')).toBe('202611001');
    await page.locator('#f-supplier').fill('po');
    await page.locator('.option', { hasText: 'A party of the portal' }).waitFor();
    expect(await opened.call('searched')).toEqual(expect.arrayContaining(['items whole', 'parties po']));
    await page.locator('#f-supplier').fill('');
    await page.locator('[id="f-celsius"]').fill('2');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '[data-field="attributes.door"] .err')).toContain('required');
    expect(await accessibility(opened)).toEqual([]);
    await page.locator('[id="f-attributes.door"]').selectOption('S');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('202611001');
    const [asked] = await named(opened, 'lot-create');
    expect(asked?.detail).toMatchObject({ input: { attributes: { door: 'S' } }, fields: { celsius: 2 } });
    expect(await page.locator('[id="f-celsius"]').inputValue()).toBe('');
    await opened.close();
  });

  it('locks what a role may not do, and says why', async () => {
    const opened = await host('tag=lot-form&item=MILK&can=reason');
    const { page } = opened;
    await soon(() => text(opened, '[data-field="locked"]')).toBe('Quality managers can.');
    expect(await page.locator('[data-action="create"]').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Control+s');
    expect(await named(opened, 'lot-create')).toEqual([]);
    await opened.close();
  });
});
