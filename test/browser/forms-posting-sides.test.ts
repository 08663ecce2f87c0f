/** Postings with an opposite side, reserved stock and quarantine, in the form of a posting in a real browser. */
import type { Posting } from 'lotledger';
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, type TestPage } from './harness/index.ts';
import { addLine, badges, form, named, soon, text } from './posting-form-kit.ts';

const offered = async (warehouse: string): Promise<string[]> => {
  const opened = await form(`warehouse=${warehouse}`);
  const options = await opened.page.locator('#h-template option').allInnerTexts();
  await opened.close();
  return options
    .slice(1)
    .map((option) => option.trim().split(' ')[0] ?? '')
    .sort();
};

/** What was posted by hand on the page, and its opposite side. */
async function sides(opened: TestPage): Promise<{ main: Posting; beside: Posting }> {
  const id = String((await named(opened, 'lot-posted'))[0]?.detail.id);
  const main = await opened.call<Posting>('posting', id);
  return { main, beside: await opened.call<Posting>('posting', main.counterpart) };
}

const rowsOf = async ({ page }: TestPage) =>
  (await page.locator('table.tall tbody tr').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim());

browserTests('posting-form with an opposite side', () => {
  it('offers what it can post: no counts, no production whose components it cannot ask for', async () => {
    expect(await offered('MAIN')).toEqual(['LOA', 'QUA', 'QUA+', 'SHO', 'TRA', 'UNL']);
    expect(await offered('COLD')).toEqual(['LOA', 'REP', 'TRA+', 'UNL', 'USE']);
  });

  it('R77 posts a transfer by keyboard and names both sides', async () => {
    const opened = await form('warehouse=MAIN&template=TRA');
    const { page } = opened;
    expect(await text(opened, '.title')).toBe('New transfer');
    expect(await text(opened, '[data-field="counterpartWarehouse"]')).toContain('COLD');
    await addLine(opened, 'mil', 'MILK', '100');
    await soon(() => badges(opened)).toEqual(['Complete']);
    expect(await text(opened, '.said')).toBe('Missing: Location there.');
    await page.keyboard.press('Control+s');
    await soon(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id)).toBe(
      'h-counterpart',
    );
    expect(await accessibility(opened)).toEqual([]);
    await page.keyboard.type('flo');
    await page.locator('.option[aria-selected="true"]', { hasText: 'F-08' }).waitFor();
    await page.keyboard.press('Enter');
    await soon(() => text(opened, '.on-posting')).toContain('to COLD · F-08');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain(
      'It left MAIN and arrived in COLD as 2026/11/22-001.',
    );
    expect(await page.locator('#h-counterpart').inputValue()).toBe('F-08');
    const { main, beside } = await sides(opened);
    expect([main.warehouse, main.type, beside.warehouse, beside.type]).toEqual([
      'MAIN',
      'unload',
      'COLD',
      'load',
    ]);
    expect(beside.lines[0]?.lots.map(({ code, location }) => [code, location])).toEqual([
      ['M-2611-B', 'F-08'],
    ]);
    await page.locator('[data-action="open-other"]').click();
    expect((await named(opened, 'lot-open'))[0]?.detail).toMatchObject({ kind: 'posting', id: beside.id });
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('says at its field what is wrong with the opposite side', async () => {
    const opened = await form('warehouse=MAIN&template=TRA');
    const { page } = opened;
    await addLine(opened, 'mil', 'MILK', '10');
    await page.locator('#h-counterpart').fill('Z-99');
    await page.keyboard.press('Tab');
    await soon(() => text(opened, '#h-counterpart-note')).toContain('Z-99');
    await opened.close();
  });

  it('asks for no location where the other warehouse has none', async () => {
    const opened = await form('warehouse=MAIN&template=SHO&lang=it');
    const { page } = opened;
    expect(await page.locator('#h-counterpart').count()).toBe(0);
    await addLine(opened, 'nai', 'NAILS', '2,5');
    await page.locator('td.place select').selectOption('A-01');
    await soon(() => badges(opened)).toEqual(['Completa']);
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('arrivato in SHOP come 2026/11/22-001');
    expect((await sides(opened)).beside.lines[0]).toMatchObject({ quantity: '2.5', location: null });
    await opened.close();
  });

  it('R78 lets blocked stock be taken by hand on its way into quarantine', async () => {
    const opened = await form('warehouse=MAIN&template=QUA');
    const { page } = opened;
    await soon(() => page.locator('#h-counterpart').inputValue()).toBe('Q-02');
    await addLine(opened, 'mil', 'MILK', '30');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await page.locator('[data-action="lots-rows"]').check();
    for (const input of await page.locator('table.tall td.qty input').all())
      if ((await input.inputValue()) !== '') await input.fill('');
    await page.locator('[data-row-id="M-2611-Q/Q-01"] input').fill('10');
    await page.locator('[data-row-id="M-2610-X/A-04"] input').fill('20');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('Posted as');
    const { beside } = await sides(opened);
    expect(beside.lines[0]?.lots.map(({ code, location }) => [code, location])).toEqual([
      ['M-2611-Q', 'Q-02'],
      ['M-2610-X', 'Q-02'],
    ]);
    await opened.close();
  });

  it('R71 shows what others have reserved, and to the document itself what is its own', async () => {
    const opened = await form('warehouse=MAIN&template=UNL');
    const { page } = opened;
    await opened.call('reserve', {
      document: { type: 'salesOrder', number: 'SO-9' },
      lines: [
        {
          item: 'MILK',
          warehouse: 'MAIN',
          location: 'A-01',
          quantity: '1000',
          lots: [{ code: 'M-2611-B', quantity: '1000' }],
        },
      ],
    });
    await addLine(opened, 'mil', 'MILK', '200');
    await soon(() => rowsOf(opened)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^1 M-2611-B .*A-01 120 .*First: earliest expiry; 1,000 PCE reserved for others$/,
        ),
      ]),
    );
    await page.locator('#h-documentType').selectOption('salesOrder');
    await page.locator('#h-documentNumber').fill('SO-9');
    await soon(() => rowsOf(opened)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^1 M-2611-B .*A-01 1,120 .*First: earliest expiry$/)]),
    );
    await opened.close();
  });
});

browserTests('lot-view of a lot that is held', () => {
  it('R52 says that a lot is recalled, why, and what is still possible', async () => {
    const opened = await form('tag=lot-view&item=MILK&code=M-2611-A');
    const lots = [{ item: 'MILK', code: 'M-2611-A' }];
    await opened.call('recall', { code: 'RC-7', reason: 'Glass in one bottle.', lots });
    await soon(() => text(opened, '.banner.danger')).toContain(
      'Recalled, RC-7. Glass in one bottle. It is not sold',
    );
    expect(await text(opened, '.head .badge')).toBe('Recalled');
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });

  it('R78 says of each place whether what lies there is available', async () => {
    const opened = await form('tag=lot-view&item=MILK&code=M-2611-A&tab=locations');
    const quantity = '80';
    await opened.call('post', {
      ...{ warehouse: 'MAIN', template: 'QUA', date: '2026-11-22' },
      lines: [{ item: 'MILK', quantity, location: 'A-01', lots: [{ code: 'M-2611-A', quantity }] }],
    });
    const held = '[data-place="MAIN/Q-02"]';
    await soon(() => opened.page.locator(held).count()).toBe(1);
    const row = (await text(opened, held)).replace(/\s+/g, ' ');
    expect(row).toMatch(/quarantine, not available 80 80 0 0/);
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });

  it('R48 leaves the status to the workflow where that alone may change it', async () => {
    const opened = await form('tag=lot-view&item=MILK&code=M-2611-A&tab=edit');
    const { page } = opened;
    expect(await page.locator('#f-status').isDisabled()).toBe(false);
    await opened.call('settings', { workflowOnly: true });
    await soon(() => page.locator('#f-status').isDisabled()).toBe(true);
    expect(await text(opened, '#f-status-note')).toBe('This is changed by the workflow only.');
    expect(await page.locator('#f-sellable').isDisabled()).toBe(true);
    expect(await page.locator('[data-action="close"]').getAttribute('aria-disabled')).toBe('true');
    await page.locator('#f-reference').fill('X-1');
    await page.locator('[data-action="save"]').click();
    await soon(() => text(opened, '[data-field="said"]')).toBe('Saved.');
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });
});
