/**
 * The lots register over a real ledger with the portal's sample: what its filters, groups and chips say is what
 * the ledger counts, jobs change what is selected, and a posting of somebody else moves nothing under the hand.
 */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, openPage, type TestPage } from './harness/index.ts';
import { codes, focus, press, said, soon, stateOf } from './register-kit.ts';

type Filter = Readonly<Record<string, unknown>>;

async function real(query = '', size = { width: 1900, height: 1000 }): Promise<TestPage> {
  const opened = await openPage(`register-real.html?${query}`);
  await opened.page.setViewportSize(size);
  await opened.page.locator('lot-register tbody tr.row:not(.blank)').first().waitFor({ timeout: 90_000 });
  await opened.call('ready');
  return opened;
}

const total = (opened: TestPage, filter: Filter) => opened.call<number>('total', filter);

/** How many rows match, as the foot says. */
async function found({ page }: TestPage): Promise<number> {
  const state = page.locator('lot-register .state h3');
  if ((await state.count()) > 0) return 0;
  const text = await page.locator('[data-field="range"]').textContent();
  return Number(/(\d+)\D*$/.exec(text ?? '')?.[1]);
}

browserTests('the lots register over a real ledger', () => {
  it('filters by every kind of column, and finds as many as the ledger counts', async () => {
    const opened = await real('page=50');
    const { page } = opened;
    await opened.call('state', {
      preset: 'all',
      columns: [
        'code',
        'item',
        'status',
        'expiryDate',
        'onHand',
        'reserved',
        'place',
        'supplierLot',
        'supplier',
      ]
        .concat(['description', 'startDate', 'initialQuantity', 'sellable', 'createdAt'])
        .map((key) => ({ key, width: 8 })),
    });
    const typed: readonly (readonly [filter: string, text: string, means: Filter])[] = [
      ['code', '202611%', { code: { like: '202611%' } }],
      ['item', 'YOG%', { item: { like: 'YOG%' } }],
      ['status', 'BLOCKED', { status: 'BLOCKED' }],
      ['status', '=', { status: null }],
      ['expiryDate', '2026-12-01..2026-12-31', { expiryDate: { from: '2026-12-01', to: '2026-12-31' } }],
      ['onHand', '>100', { onHand: { from: '100' } }],
      ['onHand', '10..500', { onHand: { from: '10', to: '500' } }],
      ['reserved', '>0', { reserved: { from: '0' } }],
      ['warehouse', 'COLD', { warehouse: 'COLD' }],
      ['supplierLot', 'DN-%', { supplierLot: { like: 'DN-%' } }],
      ['supplier', '=', { supplier: null }],
      ['startDate', '>2026-11-01', { startDate: { from: '2026-11-01' } }],
      ['initialQuantity', '<1000', { initialQuantity: { to: '1000' } }],
    ];
    for (const [name, text] of typed) {
      const box = page.locator(`.filters [data-filter="${name}"]`);
      await box.fill(text);
      await box.press('Enter');
      await page.locator(`[data-action="active-${name}"]`).waitFor();
      await opened.call('ready');
      const { filters } = (await stateOf(opened)) as { filters: Filter };
      const counted = await total(opened, filters);
      await soon(() => found(opened), { message: `${name}: ${text}` }).toBe(counted);
      await page.locator(`[data-action="active-${name}"] .drop`).click();
      await page.locator(`[data-action="active-${name}"]`).waitFor({ state: 'detached' });
    }
    const flag = page.locator('.filters select[data-filter="sellable"]');
    await flag.selectOption('true');
    await opened.call('ready');
    const sellable = await total(opened, { sellable: true });
    await soon(() => found(opened)).toBe(sellable);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('says on its chips what the ledger counts, and shows as many', async () => {
    const opened = await real('page=200');
    const { page } = opened;
    const chips: Readonly<Record<string, Filter>> = {
      open: { state: 'open' },
      expiring: { state: 'open', expiresWithin: 30 },
      blocked: { state: 'open', blocked: true },
      recalled: { state: 'open', recalled: true },
      expired: { state: 'open', expired: true },
      zero: { onHand: '0' },
      closed: { state: 'closed' },
      all: {},
    };
    for (const [id, filter] of Object.entries(chips)) {
      const counted = String(await total(opened, filter));
      await soon(() => page.locator(`[data-action="filter-${id}"] b`).textContent(), { message: id }).toBe(
        counted,
      );
    }
    await page.locator('[data-action="filter-blocked"]').click();
    const wanted = await opened.call<string[]>('codes', { state: 'open', blocked: true });
    await soon(async () => (await codes(opened)).sort()).toEqual(wanted.sort());
    await opened.close();
  });

  it('groups by item and by month of expiry, with the sums of the ledger', async () => {
    const opened = await real('page=50');
    const { page } = opened;
    await opened.call('state', { preset: 'open', group: ['expiryDate'] });
    const months = await opened.call<{ groups: { value: string | null; count: number }[] }>(
      'summary',
      { state: 'open' },
      'expiryMonth',
    );
    const lines = page.locator('tr.group');
    await soon(() => lines.count()).toBe(months.groups.length);
    expect(await lines.first().textContent()).toMatch(/November 2026\s*\d+/);
    await soon(() => lines.locator('.tally').allTextContents()).toEqual(
      months.groups.map(({ count }) => String(count)),
    );
    await page.locator('tr.group .twist').nth(1).click();
    await soon(() => page.locator('tbody tr.row').count()).toBe(Math.min(50, months.groups[1]?.count ?? 0));
    await opened.call('state', { group: ['item'] });
    type Sums = { groups: { value: string; sums: { onHand: { quantity: string }[] } }[] };
    const items = await opened.call<Sums>('summary', { state: 'open' }, 'item');
    await soon(() => lines.count()).toBe(items.groups.length);
    const shown = await page.locator('tr.group [data-column="onHand"]').allTextContents();
    expect(shown.map((text) => Number(text.replace(/[^\d.]/g, '')))).toEqual(
      items.groups.map(({ sums }) => Number(sums.onHand[0]?.quantity)),
    );
    // the ledger cannot add these up, or group by them
    await page.locator('th[data-column="place"] [data-action="column-menu"]').dispatchEvent('click');
    await page.locator('#menu [data-action="hide"]').waitFor();
    expect(await page.locator('#menu [data-action="group"]').count()).toBe(0);
    await opened.close();
  });

  it('changes all that match as a job, says what was refused, and tries those again', async () => {
    const opened = await real('page=25');
    const { page } = opened;
    await opened.call('step', 'HOLD', ['RELEASED'], 'QUARANTINE');
    await page.locator('.filters [data-filter="item"]').fill('INS%');
    await page.locator('.filters [data-filter="item"]').press('Enter');
    await page.locator('[data-action="active-item"]').waitFor();
    await page.locator('[data-action="filter-all"]').click();
    const filter = { item: { like: 'INS%' } };
    const all = await total(opened, filter);
    const ready = await total(opened, { ...filter, status: 'RELEASED' });
    expect(ready).toBeGreaterThan(0);
    expect(all).toBeGreaterThan(ready);
    await soon(() => found(opened)).toBe(all);
    await page.locator('[data-action="select-page"]').click();
    if (all > 25) await page.locator('[data-action="select-all"]').click();
    await soon(() => page.locator('[data-field="selected"]').textContent()).toBe(`${all} lots selected`);
    await page.locator('.selbar [data-action="transition"]').click();
    await page.locator('dialog[open] textarea').fill('Taste is off');
    await page.locator('dialog[open] [data-action="confirm"]').click();
    const outcome = page.locator('[data-field="outcome"]');
    await soon(() => outcome.textContent()).toMatch(/refused/);
    const refused = Number(/(\d+) (was|were) refused/.exec((await outcome.textContent()) ?? '')?.[1]);
    expect(await outcome.textContent()).toContain(`${all - refused} changed.`);
    expect(refused).toBeGreaterThan(0);
    await opened.call(
      'step',
      'HOLD',
      ['RELEASED', 'RESTRICTED', 'BLOCKED', 'QUARANTINE', null],
      'QUARANTINE',
    );
    await page.locator('dialog[open] [data-action="confirm"]').click();
    await soon(() => page.locator('dialog[open]').count()).toBe(0);
    const states = new Set(await opened.call<string[]>('statusOf', await opened.call('codes', filter)));
    expect([...states]).toEqual(['QUARANTINE']);
    await soon(() => said(opened)).toContain('changed');
    await opened.close();
  });

  it('takes in a posting of somebody else, and keeps selection, scroll and focus', async () => {
    const opened = await real('page=50', { width: 1900, height: 620 });
    const { page } = opened;
    const id = (await page.locator('tr.row').nth(20).getAttribute('data-row-id')) ?? '';
    const row = page.locator(`tr.row[data-row-id="${id}"]`);
    await row.locator('.check').click();
    await row.locator('[data-column="onHand"]').click();
    await press(opened, 'ArrowRight');
    const at = await focus(opened);
    const top = () => page.locator('lot-register .scroll').evaluate((scroll) => scroll.scrollTop);
    const [scrolled, before] = [await top(), await row.locator('[data-column="onHand"]').textContent()];
    expect(scrolled).toBeGreaterThan(0);
    await opened.call('scrap', id);
    await soon(() => row.locator('[data-column="onHand"]').textContent()).not.toBe(before);
    expect(await focus(opened)).toBe(at);
    expect(await top()).toBe(scrolled);
    expect(await page.locator('[data-field="selected"]').textContent()).toBe('1 lot selected');
    expect(await row.locator('.check').isChecked()).toBe(true);
    await opened.close();
  });
});

browserTests('a register whose server is in a mood', () => {
  it('keeps the last copy readable while it is offline, says since when, and reads again', async () => {
    const opened = await real('page=25');
    const { page } = opened;
    const before = await codes(opened);
    await opened.call('offline', true);
    await opened.call('refresh');
    const banner = page.locator('lot-register .banner');
    await soon(() => banner.textContent()).toContain('Offline since');
    expect(await codes(opened)).toEqual(before);
    expect(await page.locator('[data-field="as-of"]').textContent()).toContain('Last read');
    await page.locator('th[data-column="code"] .sort').click();
    await soon(() =>
      page.locator('lot-register .state h3, lot-register tbody tr.row').count(),
    ).toBeGreaterThan(0);
    await opened.call('offline', false);
    await soon(async () => (await codes(opened)).length, { timeout: 40_000 }).toBe(25);
    await soon(() => banner.count(), { timeout: 40_000 }).toBe(0);
    await opened.close();
  });

  it('waits calmly for a sign-in, tells a screen reader, and goes on', async () => {
    const opened = await real('page=25');
    const { page } = opened;
    const before = await codes(opened);
    await opened.call('signedOut', true);
    await opened.call('refresh');
    const held = page.locator('lot-register [data-state="held"]');
    await soon(() => held.textContent()).toContain('Waiting for you to sign in.');
    await soon(() => said(opened)).toContain('Waiting for you to sign in.');
    expect(await codes(opened)).toEqual(before);
    expect(await accessibility(opened)).toEqual([]);
    await opened.call('signedOut', false);
    await held.locator('[data-action="resume"]').click();
    await soon(() => held.count()).toBe(0);
    await soon(async () => (await codes(opened)).length).toBe(25);
    await opened.close();
  });
});
