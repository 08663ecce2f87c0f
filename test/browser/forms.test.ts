/** The forms and the view of a lot in a real browser, over a real ledger in memory. */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, openPage, type TestPage } from './harness/index.ts';

async function form(query: string, size = { width: 1360, height: 900 }): Promise<TestPage> {
  const opened = await openPage(`forms.html?${query}`);
  await opened.page.setViewportSize(size);
  await opened.call('ready');
  return opened;
}

/** An expectation that is met by and by; the machine may be busy. */
const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 20_000 });

const focused = ({ page }: TestPage) =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id ?? '');
const text = ({ page }: TestPage, selector: string) =>
  page.locator(selector).first().innerText({ timeout: 20_000 });
const named = async (opened: TestPage, name: string) =>
  (await opened.call<{ name: string; detail: Record<string, unknown> }[]>('events')).filter(
    (event) => event.name === name,
  );

/** Picks from a combobox by keyboard alone. */
async function pick({ page }: TestPage, typed: string, label: string): Promise<void> {
  await page.keyboard.type(typed);
  await page.locator('.option[aria-selected="true"]', { hasText: label }).waitFor();
  await page.keyboard.press('Enter');
}

/** Tabs until the field has the focus. */
async function tabTo(opened: TestPage, id: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if ((await focused(opened)) === id) return;
    await opened.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${id}`);
}

browserTests('lot-form', () => {
  const views = [
    '',
    '&item=CHEESE&theme=dark',
    '&lang=it&item=RICOTTA',
    '&dir=rtl&theme=dark',
    '&density=compact',
  ];
  it.each(views)('axe finds nothing, wide and narrow, with errors too (%s)', async (query) => {
    const opened = await form(`tag=lot-form${query}`);
    expect(await accessibility(opened)).toEqual([]);
    await opened.page.locator('#f-expiryDate').fill('31/11/2026');
    await opened.page.keyboard.press('Control+s');
    await opened.page.locator('.banner.danger').waitFor();
    await opened.page.setViewportSize({ width: 400, height: 900 });
    expect(await accessibility(opened)).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('is worked by keyboard alone: item, code of the next number, create, create another, cancel', async () => {
    const opened = await form('tag=lot-form');
    const { page } = opened;
    await tabTo(opened, 'f-item');
    await pick(opened, 'mil', 'MILK');
    await soon(() => page.locator('#f-code').getAttribute('placeholder')).toBe('202611001');
    expect(await page.locator('#f-expiryDate').getAttribute('placeholder')).toBe('22 Dec 2026');
    await tabTo(opened, 'f-supplierLot');
    await page.keyboard.type('DN-99');
    await page.keyboard.press('Control+Shift+s');
    await soon(() => text(opened, '.banner.ok')).toContain('202611001');
    expect(await focused(opened)).toBe('f-code');
    expect(await page.locator('#f-item').inputValue()).toBe('MILK');
    expect(await page.locator('#f-supplierLot').inputValue()).toBe('');
    await page.keyboard.type('BY-HAND');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('BY-HAND');
    const names = (await opened.call<{ name: string }[]>('events')).map(({ name }) => name);
    expect(names.filter((name) => /create/.test(name))).toEqual([
      ...['lot-create', 'lot-created', 'lot-create', 'lot-created'],
    ]);
    const lot = await opened.call<Record<string, unknown>>('lot', 'MILK', '202611001');
    expect(lot).toMatchObject({ supplierLot: 'DN-99', startDate: '2026-11-22', expiryDate: '2026-12-22' });
    await page.keyboard.press('Escape');
    expect(await named(opened, 'lot-cancel')).toHaveLength(1);
    await opened.close();
  });

  it('says in place what the ledger refused, lists it on top and leads there', async () => {
    const opened = await form('tag=lot-form&item=MILK');
    const { page } = opened;
    await page.locator('#f-code').fill('M-2611-A');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '[data-field="code"] .err')).toContain('There is a lot M-2611-A already');
    expect(await focused(opened)).toBe('f-code');
    expect(await page.locator('#f-code').getAttribute('aria-invalid')).toBe('true');
    await page.locator('#f-notes').focus();
    await page.locator('[data-error="code"]').click();
    expect(await focused(opened)).toBe('f-code');
    await page.locator('#f-code').fill('M-2611-A2');
    expect(await page.locator('.banner.danger').count()).toBe(0);
    await page.locator('#f-expiryDate').fill('01/01/2026');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '[data-field="expiryDate"] .err')).toContain('lies before the start');
    expect(await page.locator('#f-code').inputValue()).toBe('M-2611-A2');
    await opened.close();
  });

  it('keeps a date that is being typed while the form is drawn, and writes it', async () => {
    const opened = await form('tag=lot-form&item=MILK');
    const { page } = opened;
    const redraw = (density: string) =>
      page.locator('lot-form').evaluate(async (element, to) => {
        element.setAttribute('density', to);
        await (element as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
      }, density);
    await page.locator('#f-code').fill('M-2611-A2');
    await page.locator('#f-expiryDate').fill('01/0');
    await redraw('compact');
    expect(await page.locator('#f-expiryDate').inputValue()).toBe('01/0');
    await page.locator('#f-expiryDate').fill('01/01/2026');
    await redraw('regular');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '[data-field="expiryDate"] .err')).toContain('lies before the start');
    await page.locator('#f-expiryDate').fill('31/12/26');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('M-2611-A2');
    expect(await page.locator('#f-expiryDate').inputValue()).toBe('');
    await opened.close();
  });

  it('keeps the focus in the code while the preview of the next code arrives', async () => {
    const opened = await form('tag=lot-form');
    const { page } = opened;
    await page.locator('lot-form').evaluate((element) => element.setAttribute('item', 'MILK'));
    await page.locator('#f-code').focus();
    await soon(() => page.locator('#f-code').getAttribute('placeholder')).toBe('202611001');
    expect(await focused(opened)).toBe('f-code');
    await opened.close();
  });

  it('a save pressed while the item is being read waits for it', async () => {
    const opened = await form('tag=lot-form');
    const { page } = opened;
    await opened.call('holdItems');
    await page.locator('lot-form').evaluate((element) => element.setAttribute('item', 'MILK'));
    await page.locator('#f-supplierLot').fill('DN-7');
    await page.keyboard.press('Control+s');
    await page.locator('[role="form"][aria-busy="true"]').waitFor();
    expect(await page.locator('.err').count()).toBe(0);
    await opened.call('releaseItems');
    await soon(() => text(opened, '.banner.ok')).toContain('202611001');
    await opened.close();
  });

  it('R88 a retry after a lost answer creates one lot, not two', async () => {
    const opened = await form('tag=lot-form&item=MILK');
    const { page } = opened;
    const before = await opened.call<unknown[]>('lots', { filter: { item: 'MILK' } });
    await opened.call('loseAnswer');
    await page.locator('#f-code').focus();
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.danger')).toContain('Trying again is safe');
    // a key pressed while the first attempt is still ending is not a second attempt
    await page.locator('[role="form"][aria-busy="false"]').waitFor();
    await page.locator('#f-code').focus();
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('202611001');
    const after = await opened.call<unknown[]>('lots', { filter: { item: 'MILK' } });
    expect(after.length).toBe(before.length + 1);
    await opened.close();
  });

  it('blocks a second press while it works, and keeps the width of its button', async () => {
    const opened = await form('tag=lot-form&item=MILK');
    const { page } = opened;
    const create = page.locator('[data-action="create"]');
    const wide = (await create.boundingBox())?.width;
    await opened.call('slow', 600);
    await create.click();
    await create.click();
    expect(await create.getAttribute('aria-busy')).toBe('true');
    expect((await create.boundingBox())?.width).toBe(wide);
    await soon(() => text(opened, '.banner.ok')).toContain('created');
    expect(await named(opened, 'lot-created')).toHaveLength(1);
    await opened.close();
  });

  it('leaves the writing to a host that prevents it, and tells when there is something to lose', async () => {
    const opened = await form('tag=lot-form&item=MILK');
    await opened.call('prevent', 'lot-create');
    await opened.page.locator('#f-notes').fill('two pallets');
    await opened.page.keyboard.press('Control+s');
    await soon(() => named(opened, 'lot-create')).toHaveLength(1);
    expect((await named(opened, 'lot-create'))[0]?.detail.input).toEqual({
      item: 'MILK',
      notes: 'two pallets',
    });
    expect(await named(opened, 'lot-created')).toEqual([]);
    expect((await named(opened, 'lot-dirty-change')).map(({ detail }) => detail.dirty)).toEqual([true]);
    await opened.call('reset');
    expect((await named(opened, 'lot-dirty-change')).map(({ detail }) => detail.dirty)).toEqual([
      true,
      false,
    ]);
    await opened.close();
  });
});

browserTests('lot-view', () => {
  const lot = 'tag=lot-view&item=MILK&code=M-2611-A';
  const views = [
    'view',
    'edit',
    'locations&theme=dark',
    'history',
    'locations&dir=rtl',
    'edit&lang=it&theme=dark',
  ];
  it.each(views)('axe finds nothing on tab %s, wide and narrow', async (tab) => {
    const opened = await form(`${lot}&tab=${tab}`);
    expect(await accessibility(opened)).toEqual([]);
    await opened.page.setViewportSize({ width: 400, height: 900 });
    expect(await accessibility(opened)).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('shows facts, stock by warehouse and the balance after each movement', async () => {
    const opened = await form(`${lot}&tab=locations`);
    expect((await text(opened, '.facts')).replaceAll('\n', ' ')).toContain('6,240 PCE');
    const row = (await text(opened, '[data-place="MAIN/A-01"]')).split(/\s+/);
    expect(row).toEqual(expect.arrayContaining(['4,000', '3,120']));
    expect((await text(opened, 'tfoot')).trim().replace(/\s+/g, ' ')).toBe('Total, PCE 6,240 0 6,240');
    const moves = await opened.page.locator('table[aria-labelledby="moves"] tbody tr').allInnerTexts();
    const ends = moves.map((line) => line.trim().split(/\s+/).slice(-2));
    expect(ends[0]).toEqual(['−880', '6,240']);
    expect(ends.at(-1)?.[0]).toBe('+4,000');
    await opened.page.locator('[data-action="open-posting"]').first().click();
    expect((await named(opened, 'lot-open'))[0]?.detail).toMatchObject({
      kind: 'posting',
      code: '2026/11/21-001',
    });
    await opened.close();
  });

  it('is worked by keyboard alone: tabs, edit, reason, save, history', async () => {
    const opened = await form(lot);
    const { page } = opened;
    await tabTo(opened, 't-tab-view');
    await page.keyboard.press('ArrowRight');
    expect(await focused(opened)).toBe('t-tab-edit');
    expect((await named(opened, 'lot-tab-change'))[0]?.detail).toEqual({ tab: 'edit' });
    expect(await page.locator('#f-code').getAttribute('readonly')).not.toBeNull();
    await tabTo(opened, 'f-expiryDate');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('12/12/2026');
    await page.keyboard.press('Control+s');
    // it has left the house: the ledger wants a reason, and says so where it is given
    await soon(() => text(opened, '[data-field="reason"] .err')).toContain('reason is required');
    await soon(() => focused(opened)).toBe('f-reason');
    await page.keyboard.type('Misread label');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '[data-field="said"]')).toBe('Saved.');
    expect(await named(opened, 'lot-saved')).toHaveLength(1);
    await page.locator('#t-tab-edit').focus();
    await page.keyboard.press('End');
    await soon(() => text(opened, 'table.history tbody tr')).toContain('Misread label');
    expect(await text(opened, 'table.history tbody tr')).toContain('12 Dec 2026');
    await opened.close();
  });

  it('keeps what is typed when somebody else saves, shows the difference, and writes only those fields', async () => {
    const opened = await form(`${lot}&tab=edit`);
    const { page } = opened;
    await page.locator('#f-notes').fill('mine');
    await opened.call('change', 'MILK', 'M-2611-A', { reference: 'REF-9', notes: 'theirs' });
    await soon(() => text(opened, '.banner.warn')).toContain('Changed by a.conti');
    expect(await page.locator('#f-notes').inputValue()).toBe('mine');
    expect(await accessibility(opened)).toEqual([]);
    await page.locator('[data-action="difference"]').click();
    const rows = await page.locator('#difference tbody tr').allInnerTexts();
    expect(rows.map((row) => row.trim().split(/\s+/))).toEqual(
      expect.arrayContaining([
        ['Notes', '—', 'mine', 'theirs'],
        ['Reference', '—', '—', 'REF-9'],
      ]),
    );
    expect(await accessibility(opened)).toEqual([]);
    await page.locator('[data-action="keep-mine"]').click();
    await page.locator('[data-action="save"]').click();
    await soon(() => text(opened, '[data-field="said"]')).toBe('Saved.');
    const saved = await opened.call<Record<string, unknown>>('lot', 'MILK', 'M-2611-A');
    expect(saved).toMatchObject({ notes: 'mine', reference: 'REF-9' });
    await opened.close();
  });

  it('refreshes by itself when nothing is typed, and reloads when asked', async () => {
    const opened = await form(`${lot}&tab=edit`);
    await opened.call('change', 'MILK', 'M-2611-A', { notes: 'first' });
    await soon(() => opened.page.locator('#f-notes').inputValue()).toBe('first');
    await opened.page.locator('#f-notes').fill('draft');
    await opened.call('change', 'MILK', 'M-2611-A', { notes: 'second' });
    await opened.page.locator('[data-action="reload"]').click();
    await soon(() => opened.page.locator('#f-notes').inputValue()).toBe('second');
    await opened.close();
  });

  it('closes with a reason, reopens, and deletes only what nothing names', async () => {
    const opened = await form(lot);
    const { page } = opened;
    expect(await page.locator('[data-action="delete"]').count()).toBe(0);
    await page.locator('[data-action="close"]').focus();
    await page.keyboard.press('Enter');
    await soon(() => text(opened, 'dialog')).toContain('6,240 PCE stay where they are');
    expect(await accessibility(opened)).toEqual([]);
    await page.locator('#act-reason').fill('Cold chain log missing');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await soon(() => text(opened, '.head')).toContain('Closed');
    await page.locator('[data-action="reopen"]').click();
    await page.locator('dialog [data-action="confirm"]').click();
    await soon(() => text(opened, '.head')).toContain('Released');
    await opened.close();
  });

  it('deletes a lot that never moved', async () => {
    const opened = await form('tag=lot-form&item=MILK');
    await opened.page.locator('#f-code').fill('EMPTY');
    await opened.page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('EMPTY');
    await opened.call('show', 'lot-view', { item: 'MILK', code: 'EMPTY' });
    await opened.page.locator('[data-action="delete"]').click();
    await soon(() => text(opened, 'dialog')).toContain('No movement names it');
    await opened.page.locator('dialog [data-action="confirm"]').click();
    await soon(() => text(opened, '.state')).toContain('was deleted');
    expect(await named(opened, 'lot-deleted')).toHaveLength(1);
    await opened.close();
  });

  it('says so when there is no such lot', async () => {
    const opened = await form('tag=lot-view&item=MILK&code=NOPE');
    expect(await text(opened, '.state')).toContain('There is no such lot');
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });
});
