/** A host's own in the form of a posting; sessions that end under a form; a view that has no lot to show. */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, openPage, type TestPage } from './harness/index.ts';
import { focused, named, soon, text } from './posting-form-kit.ts';

async function host(query: string): Promise<TestPage> {
  const opened = await openPage(`forms-host.html?${query}`);
  await opened.page.setViewportSize({ width: 1360, height: 1000 });
  await opened.call('ready');
  return opened;
}

const unload = (more = '') => host(`tag=posting-form&warehouse=MAIN&template=UNL${more}`);
const states = ({ page }: TestPage, name: string) =>
  page.evaluate(
    (state) => document.querySelector('lot-view, lot-form, posting-form')?.matches(`:state(${state})`),
    name,
  );
const live = ({ page }: TestPage) => page.locator('[aria-live="polite"]').last().innerText();

async function lineOfMilk(opened: TestPage): Promise<void> {
  await opened.page.locator('#new-item').fill('MILK');
  await opened.page.locator('.option', { hasText: 'as the portal calls it' }).click();
  await soon(() => focused(opened)).toMatch(/^l\d+-quantity$/);
  await opened.page.keyboard.type('40');
  await opened.call('settled');
}

browserTests('posting-form with a host’s own', () => {
  it('takes its header fields: in their place, required, checked, and told with the posting', async () => {
    const opened = await unload();
    const { page } = opened;
    const keys = page.locator('.form.header > [data-field]');
    expect(await keys.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.field))).toEqual([
      ...['warehouse', 'template', 'date', 'partyKind', 'party', 'partyName'],
      ...['documentType', 'documentNumber', 'documentDate', 'carrier', 'pallets', 'note', 'insured'],
    ]);
    expect(await text(opened, '[data-field="note"] label')).toBe('Remark');
    await lineOfMilk(opened);
    expect(await text(opened, '.foot-acts .said')).toBe('Missing: Carrier.');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '[data-field="carrier"] .err')).toContain('required');
    await soon(() => focused(opened)).toBe('h-carrier');
    await page.locator('#h-carrier').selectOption('OWN');
    await page.locator('#h-pallets').fill('40');
    await page.locator('#h-note').fill('x');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '[data-field="pallets"] .err')).toBe(
      'No lorry takes 40 pallets on 2026-11-22.',
    );
    expect(await text(opened, '[data-field="note"] .err')).toBe('Say more.');
    expect(await text(opened, '.foot-acts .said')).toBe('2 fields need attention');
    await soon(() => focused(opened)).toBe('h-pallets');
    expect(await accessibility(opened)).toEqual([]);
    await page.locator('#h-pallets').fill('4');
    await page.locator('#h-note').fill('By noon');
    await page.locator('#h-insured').check();
    await opened.call('prevent', 'lot-post');
    await page.keyboard.press('Control+s');
    await soon(() => named(opened, 'lot-post').then(({ length }) => length)).toBe(1);
    const [asked] = await named(opened, 'lot-post');
    expect(asked?.detail).toMatchObject({
      input: { note: 'By noon', warehouse: 'MAIN' },
      fields: { carrier: 'OWN', pallets: 4, insured: true },
    });
    expect((asked?.detail.input as object) ?? {}).not.toHaveProperty('carrier');
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('offers its actions and the host’s pages on what was posted', async () => {
    const opened = await unload();
    const { page } = opened;
    await lineOfMilk(opened);
    expect(await page.locator('a[data-action="open-item"]').getAttribute('href')).toBe('/items/MILK');
    expect(await page.locator('[data-action="open-party"]').count()).toBe(0);
    await page.locator('#h-party').fill('C-1042');
    await page.locator('#h-partyName').focus();
    await soon(() => page.locator('[data-action="open-party"]').getAttribute('href')).toBe('/parties/C-1042');
    expect(await page.locator('[data-action="labels"]').count()).toBe(0);
    await page.locator('#h-carrier').selectOption('DHL');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('Posted as');
    expect(await page.locator('.banner.ok a[data-action="open-posting"]').getAttribute('href')).toMatch(
      /^#posting\//,
    );
    await soon(() => page.locator('.banner.ok [data-action="recount"]').getAttribute('data-tip')).toBe(
      'A count is open.',
    );
    expect(await page.locator('[data-action="elsewhere"]').count()).toBe(0);
    await page.locator('.banner.ok [data-action="labels"]').click();
    await soon(() => opened.call('ran')).toEqual(['labels 1']);
    await soon(() => live(opened)).toBe('Labels are on their way.');
    expect(await page.locator('#h-carrier').inputValue()).toBe('');
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });

  it('roles lock it with their reason, or single fields of it', async () => {
    const locked = await unload('&can=reason');
    await soon(() => text(locked, '[data-field="locked"]')).toBe('The warehouse can.');
    const { page } = locked;
    expect(await page.locator('[data-action="post"]').getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('#h-documentNumber').getAttribute('readonly')).toBe('');
    expect(await page.locator('#h-carrier').isDisabled()).toBe(true);
    expect(await page.locator('#new-item').count()).toBe(0);
    await page.keyboard.press('Control+s');
    expect(await named(locked, 'lot-post')).toEqual([]);
    expect(await accessibility(locked)).toEqual([]);
    await locked.close();
    const none = await unload('&can=no');
    await soon(() => text(none, '[data-field="locked"]')).toBe('You may not post.');
    await none.close();
    const fields = await unload('&can=field');
    await soon(() => text(fields, '#h-date-note')).toBe('The office dates postings.');
    expect(await fields.page.locator('#h-date').getAttribute('readonly')).toBe('');
    expect(await fields.page.locator('#h-documentDate').count()).toBe(0);
    expect(await fields.page.locator('#new-item').isEnabled()).toBe(true);
    await fields.close();
  });

  it('has every lot with its place and what to take of it on a phone’s screen', async () => {
    const opened = await unload();
    const { page } = opened;
    await page.setViewportSize({ width: 420, height: 1000 });
    await lineOfMilk(opened);
    const takes = page.locator('table.tall input');
    expect(await takes.count()).toBeGreaterThan(1);
    const edges = await takes.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
    expect(Math.max(...edges)).toBeLessThan(420);
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });

  it('offers nothing that writes where it is for reading', async () => {
    const opened = await unload('&readonly');
    const { page } = opened;
    expect(await page.locator('[data-action="post"], #new-item, [data-field="locked"]').count()).toBe(0);
    expect(await page.locator('#h-warehouse').isDisabled()).toBe(true);
    expect(await page.locator('#h-note').getAttribute('readonly')).toBe('');
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });
});

browserTests('forms while nobody is signed in', () => {
  it('posting-form keeps the posting, says so, and sends it after the sign-in', async () => {
    const opened = await unload();
    const { page } = opened;
    await lineOfMilk(opened);
    await page.locator('#h-carrier').selectOption('DHL');
    const [before] = await opened.call<{ id: string }[]>('postings');
    await opened.call('session', false);
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '[data-state="held"]')).toContain('1 change is kept and will be sent.');
    await soon(() => live(opened)).toContain('Waiting for you to sign in.');
    expect(await page.locator('.banner.danger').count()).toBe(0);
    expect(await accessibility(opened)).toEqual([]);
    await opened.call('session', true);
    await page.locator('[data-action="resume"]').click();
    await soon(() => text(opened, '.banner.ok')).toContain('Posted as');
    expect(await page.locator('[data-state="held"]').count()).toBe(0);
    // one more than before, and no second one
    expect((await opened.call<{ id: string }[]>('postings'))[1]?.id).toBe(before?.id);
    expect(await named(opened, 'lot-posted')).toHaveLength(1);
    await opened.close();
  });

  it('lot-form keeps what is to be created, in Italian too', async () => {
    const opened = await host('tag=lot-form&item=MILK&lang=it');
    const { page } = opened;
    await page.locator('[id="f-attributes.door"]').selectOption('N');
    await opened.call('session', false);
    await page.locator('[data-action="create"]').click();
    await soon(() => text(opened, '[data-state="held"]')).toContain('1 modifica è conservata');
    await opened.call('session', true);
    await page.locator('[data-action="resume"]').click();
    await soon(() => text(opened, '.banner.ok')).toContain('202611001');
    expect(await named(opened, 'lot-created')).toHaveLength(1);
    await opened.close();
  });

  it('lot-view waits with what it reads, and with what it writes', async () => {
    const opened = await host('tag=lot-view&item=MILK&code=M-2611-A&tab=edit');
    const { page } = opened;
    await page.locator('[id="f-attributes.door"]').selectOption('N');
    await page.locator('#f-reference').fill('R-77');
    await opened.call('session', false);
    await page.locator('[data-action="save"]').click();
    await soon(() => text(opened, '[data-state="held"]')).toContain('1 change is kept');
    await soon(() => live(opened)).toContain('Waiting for you to sign in.');
    expect(await page.locator('#f-reference').inputValue()).toBe('R-77');
    expect(await accessibility(opened)).toEqual([]);
    await opened.call('session', true);
    await page.locator('[data-action="resume"]').click();
    await soon(() => named(opened, 'lot-saved').then(({ length }) => length)).toBe(1);
    await soon(() => page.locator('[data-state="held"]').count()).toBe(0);
    expect(await opened.call('lot', 'MILK', 'M-2611-A')).toMatchObject({ reference: 'R-77' });
    await opened.call('session', false);
    await page.evaluate(() => {
      void document.querySelector('lot-view')?.refresh();
    });
    await soon(() => text(opened, '[data-state="held"]')).toContain('Nothing you typed is lost.');
    expect(await page.locator('#lot-code').innerText()).toBe('M-2611-A');
    await opened.call('session', true);
    await page.locator('[data-action="resume"]').click();
    await soon(() => page.locator('[data-state="held"]').count()).toBe(0);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });
});

browserTests('lot-view without a lot', () => {
  it.each([
    ['', 'No lot is chosen'],
    ['&item=MILK', 'No lot is chosen'],
    ['&item=MILK&code=NOPE', 'There is no such lot'],
    ['&item=NOPE&code=M-2611-A', 'There is no such lot'],
    ['&lot-id=nobody', 'There is no such lot'],
  ])('is ready, and says so (%s)', async (query, title) => {
    const opened = await host(`tag=lot-view${query}`);
    expect(await text(opened, '[part="empty"] .title')).toBe(title);
    expect(await states(opened, 'empty')).toBe(true);
    expect(await states(opened, 'error')).toBe(false);
    expect(await states(opened, 'loading')).toBe(false);
    expect(await accessibility(opened)).toEqual([]);
    await opened.page.evaluate(() => {
      const view = document.querySelector('lot-view');
      if (view) Object.assign(view, { lotId: '', item: 'MILK', code: 'M-2611-A' });
    });
    await soon(() => opened.page.locator('#lot-code').count()).toBe(1);
    expect(await states(opened, 'empty')).toBe(false);
    await opened.close();
  });
});
