/**
 * The elements over AureusERP: they show what it has and offer what it can do; what it cannot is not there, or
 * says why.
 */
import { expect, it, onTestFinished } from 'vitest';
import { FakeAureus } from '../adapters/aureus/fake.ts';
import { stocked } from '../adapters/aureus/kit.ts';
import { at } from '../adapters/aureus/shop.ts';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, openPage, type TestPage } from './harness/index.ts';
import { codes, soon } from './register-kit.ts';

interface Shown extends TestPage {
  readonly fake: FakeAureus;
  readonly ids: ReturnType<typeof stocked>;
}

/** Opens an element over a fake with a small stock. */
async function over(
  tag: string,
  attributes: (ids: ReturnType<typeof stocked>) => string = () => '',
  before: (fake: FakeAureus) => void = () => {},
): Promise<Shown> {
  const fake = await new FakeAureus().listen();
  onTestFinished(() => fake.close());
  const ids = stocked(fake);
  before(fake);
  const query = `tag=${tag}&url=${encodeURIComponent(fake.url)}&${attributes(ids)}`;
  const opened = await openPage(`aureus.html?${query}`);
  onTestFinished(() => opened.close());
  await opened.page.setViewportSize({ width: 1500, height: 900 });
  await opened.call('ready');
  return Object.assign(opened, { fake, ids });
}

/** Names of what stands there, by one of its attributes. */
const named = ({ page }: TestPage, selector: string, attribute: string): Promise<(string | null)[]> =>
  page.locator(selector).evaluateAll((all, name) => all.map((each) => each.getAttribute(name)), attribute);

browserTests('elements over AureusERP', () => {
  it('the register shows its lots with what lies of them, and offers the filters and sorts there are', async () => {
    const opened = await over('lot-register');
    const { page } = opened;
    await soon(() => codes(opened)).toEqual(['FL-2026-001', 'FL-2026-002', 'SALT-1']);
    const row = page.locator('tbody tr.row', { hasText: 'FL-2026-001' });
    expect(await row.locator('[data-column="onHand"]').innerText()).toContain('89.8');
    expect(await row.locator('[data-column="item"]').innerText()).toContain('Flour 00');
    expect(await row.locator('[data-column="place"]').innerText()).toContain('2 places');
    // chips hang on states and expiry dates, a search on a search: none of it is there
    expect(await page.locator('[data-action^="filter-"]').count()).toBe(0);
    expect(await page.locator('#search').count()).toBe(0);
    const filters = await named(opened, '.filters [data-filter]', 'data-filter');
    expect([...new Set(filters)].sort()).toEqual(['code', 'item']);
    const sorts = await named(
      opened,
      '.heads [data-column]:has([data-sort]), .heads [data-column][aria-sort]',
      'data-column',
    );
    expect(sorts).toContain('code');
    expect(await accessibility(opened)).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
  });

  it('filters, sorts and pages as the API can, and says of a pattern that it cannot', async () => {
    const opened = await over('lot-register');
    const { page, fake } = opened;
    const type = async (name: string, text: string): Promise<void> => {
      await page.locator(`.filters [data-filter="${name}"]`).fill(text);
      await page.locator(`.filters [data-filter="${name}"]`).press('Enter');
    };
    await type('code', '2026');
    await soon(() => codes(opened)).toEqual(['FL-2026-001', 'FL-2026-002']);
    await page.locator('[data-action="active-code"] .drop').click();
    await type('item', 'salt');
    await soon(() => codes(opened)).toEqual(['SALT-1']);
    await page.locator('[data-action="active-item"] .drop').click();
    await soon(() => codes(opened)).toHaveLength(3);
    await page.locator('.heads [data-column="code"] button').first().click();
    await soon(() => codes(opened)).toEqual(['SALT-1', 'FL-2026-002', 'FL-2026-001']);
    const before = fake.asked('lots').length;
    await type('code', 'FL%');
    await soon(() => page.locator('.filters [data-filter="code"]').getAttribute('aria-invalid')).toBe('true');
    expect(await codes(opened)).toHaveLength(3);
    expect(
      fake
        .asked('lots')
        .slice(before)
        .filter(({ search }) => search.has('filter[name]')),
    ).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
  });

  it('the register shows what somebody did in AureusERP by and by', async () => {
    const opened = await over('lot-register');
    const { page, fake, ids } = opened;
    const cell = page.locator('tbody tr.row', { hasText: 'SALT-1' }).locator('[data-column="onHand"]');
    await soon(() => cell.innerText()).toContain('7');
    fake.shop.now = () => Date.now() + 60_000;
    fake.shop.move({ lot: Number(ids.grain), quantity: 5, from: at.adjustment, to: at.north });
    await soon(() => cell.innerText()).toContain('12');
  });

  it('the view shows a lot, where it lies and what moved it, and no act that cannot be done', async () => {
    const opened = await over('lot-view', ({ first }) => `lot-id=${first}`);
    const { page } = opened;
    expect(await page.locator('#lot-code').innerText()).toBe('FL-2026-001');
    expect(await page.locator('dl.facts').innerText()).toContain('89.8');
    expect(await named(opened, '[role="tab"]', 'id')).toEqual([
      't-tab-view',
      't-tab-edit',
      't-tab-locations',
    ]);
    // it has moved: it cannot be deleted, and nothing else can be done with it
    expect(await page.locator('.acts2 button').count()).toBe(0);
    expect(await accessibility(opened)).toEqual([]);
    await page.locator('#t-tab-locations').click();
    await soon(() => page.locator('tr[data-place]').count()).toBe(2);
    expect(await page.locator('tr[data-row-id]').count()).toBe(5);
    expect(await page.locator('[data-action="open-posting"]').count()).toBe(0);
    expect(await page.locator('.panel').innerText()).not.toContain('Loaded');
    expect(await accessibility(opened)).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
  });

  it('edits code, reference and description, and nothing that AureusERP cannot be told', async () => {
    const opened = await over('lot-view', ({ second }) => `lot-id=${second}&tab=edit`);
    const { page, fake } = opened;
    await soon(() => named(opened, '.panel input[id^="f-"], .panel select, .panel textarea', 'id')).toEqual([
      'f-code',
      'f-reference',
      'f-description',
    ]);
    await page.locator('#f-reference').fill('Silo 9');
    await page.locator('[data-action="save"]').click();
    await soon(() => fake.shop.lotNamed('FL-2026-002')?.reference).toBe('Silo 9');
    await soon(async () =>
      (await opened.call<{ name: string }[]>('events')).map(({ name }) => name),
    ).toContain('lot-saved');
    await soon(() => page.locator('#f-reference').inputValue()).toBe('Silo 9');
    // the view may still be reading what was saved
    const refusal = async (): Promise<string> => {
      await page.locator('#f-code').fill('fl-2026-001');
      await page.locator('[data-action="save"]').click();
      return (await page.locator('[data-field="code"] .err').allInnerTexts()).join();
    };
    await soon(refusal).toContain('There is a lot fl-2026-001 already');
    expect(await accessibility(opened)).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
  });

  it('deletes a lot that nothing refers to', async () => {
    const opened = await over('lot-view', ({ second }) => `lot-id=${second}`);
    const { page, fake } = opened;
    expect(await named(opened, '.acts2 button', 'data-action')).toEqual(['delete']);
    await page.locator('[data-action="delete"]').click();
    await page.locator('dialog [data-action="confirm"]').click();
    await soon(() => fake.shop.lotNamed('FL-2026-002')).toBe(undefined);
    await soon(async () => (await opened.call<{ name: string }[]>('events')).map(({ name }) => name)).toEqual(
      ['lot-deleted'],
    );
    expect(mistakes(opened)).toEqual([]);
  });

  it('the form finds an item by its name and makes a lot of what AureusERP takes', async () => {
    const opened = await over('lot-form');
    const { page, fake } = opened;
    await page.locator('#f-item').fill('flour');
    await page.locator('.option', { hasText: 'Flour 00' }).click();
    const fields = () => named(opened, '.group input[id^="f-"], .group select, .group textarea', 'id');
    await soon(fields).toEqual(['f-item', 'f-code', 'f-reference', 'f-description']);
    expect(await accessibility(opened)).toEqual([]);
    await page.locator('#f-code').fill('FL-NEW');
    await page.locator('[data-action="create"]').click();
    await soon(() => fake.shop.lotNamed('FL-NEW')?.product_id).toBe(Number(opened.ids.flour));
    await soon(() => page.locator('.banner.ok').innerText()).toContain('FL-NEW');
    expect(mistakes(opened)).toEqual([]);
  });

  it('serials stand in their own register', async () => {
    const opened = await over('serial-register');
    await soon(() => codes(opened)).toEqual(['SN-0001']);
    expect(await accessibility(opened)).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
  });

  it('a line that dies is said, and the register goes on when it is back', async () => {
    const opened = await over('lot-register', undefined, (fake) => {
      fake.fault = () => 'gateway';
    });
    const { page, fake } = opened;
    await soon(() => page.locator('.state').innerText()).toContain('store.unavailable');
    // said by the browser itself, of every 502
    expect(mistakes(opened).filter((text) => !text.includes('502'))).toEqual([]);
    fake.fault = () => undefined;
    await page.locator('.state [data-action="retry"]').click();
    await soon(() => codes(opened)).toHaveLength(3);
  });
});
