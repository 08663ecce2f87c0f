/** The form of a posting in a real browser: keyboard, refusals, lost answers, pastes, ten thousand serials. */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, type TestPage } from './harness/index.ts';
import { addLine, badges, focused, form, named, soon, text } from './posting-form-kit.ts';

interface Posted {
  readonly numberText: string;
  readonly type: string;
  readonly party: unknown;
  readonly document: unknown;
  readonly lines: readonly {
    readonly item: string;
    readonly quantity: string;
    readonly lots: readonly {
      readonly code: string;
      readonly quantity: string;
      readonly expiryDate: string;
    }[];
    readonly serials: readonly { readonly code: string; readonly lot: string | null }[];
  }[];
}

const newest = async (opened: TestPage): Promise<Posted> => {
  const [posting] = await opened.call<Posted[]>('postings');
  if (posting === undefined) throw new Error('nothing was posted');
  return posting;
};

browserTests('posting-form', () => {
  const views = [
    '',
    'warehouse=MAIN&template=UNL',
    'warehouse=MAIN&template=UNL&lang=it&theme=dark',
    'warehouse=MAIN&template=LOA&dir=rtl&density=compact',
  ];
  it.each(views)('axe finds nothing, empty and filled, wide and narrow (%s)', async (query) => {
    const opened = await form(query);
    expect(await accessibility(opened)).toEqual([]);
    await addLine(opened, 'MIL', 'MILK', '200');
    await addLine(opened, 'PUM', 'PUMP-7', '3');
    await opened.call('settled');
    expect(await accessibility(opened)).toEqual([]);
    await opened.page.locator('td.item').first().click();
    await opened.call('settled');
    expect(await accessibility(opened)).toEqual([]);
    await opened.page.setViewportSize({ width: 400, height: 1000 });
    expect(await accessibility(opened)).toEqual([]);
    expect(mistakes(opened)).toEqual([]);
    await opened.close();
  });

  it('is worked by keyboard alone: header, lines, allocation by hand, post', async () => {
    const opened = await form('');
    const { page } = opened;
    for (let i = 0; i < 10 && (await focused(opened)) !== 'h-warehouse'; i++)
      await page.keyboard.press('Tab');
    await page.keyboard.type('MAIN');
    await soon(() => page.locator('#h-template option').count()).toBe(7);
    await page.keyboard.press('Tab');
    await page.keyboard.type('UNL');
    await soon(() => text(opened, '.title')).toBe('New unload');
    expect(await page.locator('#h-date').inputValue()).toBe('22 Nov 2026');
    for (let i = 0; i < 12 && (await focused(opened)) !== 'h-party'; i++) await page.keyboard.press('Tab');
    await page.keyboard.type('coop');
    await page.locator('.option[aria-selected="true"]', { hasText: 'C-1042' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('#h-partyName').inputValue()).toBe('Coop Nord');
    for (let i = 0; i < 12 && (await focused(opened)) !== 'new-item'; i++) await page.keyboard.press('Tab');
    await addLine(opened, 'mil', 'MILK', '3,000');
    await soon(() => badges(opened)).toEqual(['Complete']);
    const rows = await page.locator('table.tall tbody tr').allInnerTexts();
    expect(rows.map((row) => row.replace(/\s+/g, ' ').trim()).slice(0, 4)).toEqual([
      expect.stringMatching(/^1 M-2611-B .* Taken First: earliest expiry$/),
      expect.stringMatching(/^2 M-2611-A .* Taken Next by expiry$/),
      expect.stringMatching(/M-2610-X .* Expired Expired before the posting date$/),
      expect.stringMatching(/M-2611-L .* Blocked Too close to its expiry for this item$/),
    ]);
    await page.keyboard.press('Enter');
    expect(await focused(opened)).toBe('new-item');
    await soon(() => text(opened, '.on-posting')).toContain('from 2 lots: M-2611-B, M-2611-A');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('Posted as 2026/11/22-001.');
    expect(await focused(opened)).toBe('new-item');
    expect((await named(opened, 'lot-posted'))[0]?.detail).toMatchObject({
      kind: 'posting',
      code: '2026/11/22-001',
    });
    const posted = await newest(opened);
    expect(posted.party).toMatchObject({ kind: 'customer', code: 'C-1042', name: 'Coop Nord' });
    expect(posted.lines[0]?.lots.map(({ code, quantity }) => [code, quantity])).toEqual([
      ['M-2611-B', '1120'],
      ['M-2611-A', '1880'],
    ]);
    await page.keyboard.press('Escape');
    expect(await named(opened, 'lot-cancel')).toHaveLength(1);
    await opened.close();
  });

  it('says what is missing and posts nothing until every line is complete', async () => {
    const opened = await form('warehouse=MAIN&template=UNL');
    const { page } = opened;
    const post = page.locator('[data-action="post"]');
    expect(await post.getAttribute('aria-disabled')).toBe('true');
    await post.focus();
    await page.keyboard.press('Enter');
    expect(await focused(opened)).toBe('new-item');
    expect(await text(opened, '.said')).toBe('Missing: Lines.');
    await addLine(opened, 'mil', 'MILK', '9000');
    await soon(() => badges(opened)).toEqual(['2,840 to allocate']);
    await addLine(opened, 'nai', 'NAILS', '2,x');
    await soon(() => badges(opened)).toEqual(['2,840 to allocate', 'Not a number']);
    await page.keyboard.press('Control+s');
    expect(await text(opened, '.foot-acts .badge')).toBe('2 lines are short');
    await soon(() => focused(opened)).toMatch(/quantity$/);
    expect(await named(opened, 'lot-post')).toEqual([]);
    await opened.close();
  });

  it('takes by hand, allocates the rest, and switches back', async () => {
    const opened = await form('warehouse=MAIN&template=UNL');
    const { page } = opened;
    await addLine(opened, 'mil', 'MILK', '1000');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await page.locator('[data-action="lots-rows"]').check();
    const take = (place: string) => page.locator(`[data-row-id="${place}"] input`);
    expect(await take('M-2611-B/A-01').inputValue()).toBe('1,000');
    await take('M-2611-B/A-01').fill('100');
    await soon(() => badges(opened)).toEqual(['900 to allocate']);
    await take('M-2611-A/A-04').fill('50');
    await page.locator('[data-action="allocate-rest"]').click();
    await soon(() => badges(opened)).toEqual(['Complete']);
    expect(await take('M-2611-B/A-01').inputValue()).toBe('950');
    await take('M-2611-B/A-01').fill('990');
    await soon(() => badges(opened)).toEqual(['40 too many']);
    await page.locator('[data-action="lots-auto"]').check();
    await soon(() => badges(opened)).toEqual(['Complete']);
    await opened.close();
  });

  it('shows a refusal in place, keeps the draft, and a correction is a new attempt', async () => {
    const opened = await form('warehouse=MAIN&template=UNL');
    const { page } = opened;
    await addLine(opened, 'mil', 'MILK', '640');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await page.locator('[data-action="lots-rows"]').check();
    await page.locator('[data-row-id="M-2611-B/A-01"] input').fill('');
    await page.locator('[data-row-id="M-2611-A/A-01"] input').fill('640');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await opened.call('post', {
      ...{ warehouse: 'MAIN', template: 'UNL', date: '2026-11-22' },
      lines: [
        { item: 'MILK', quantity: '2540', location: 'A-01', lots: [{ code: 'M-2611-A', quantity: '2540' }] },
      ],
    });
    await page.keyboard.press('Control+s');
    const sentence =
      'Lot M-2611-A has 580 PCE free at A-01 on 22 Nov 2026, 640 are asked. Nothing was posted.';
    await soon(() => text(opened, '.banner.danger')).toContain(sentence);
    expect(await page.locator('td.qty input').first().inputValue()).toBe('640');
    await soon(() => badges(opened)).toEqual(['Refused']);
    expect(await accessibility(opened)).toEqual([]);
    await page.locator('[data-action="show-line"]').click();
    expect(await focused(opened)).toMatch(/quantity$/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('580');
    await page.locator('[data-row-id="M-2611-A/A-01"] input').fill('580');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('Posted as 2026/11/22-002.');
    await opened.close();
  });

  it('R88 a retry after a lost answer posts once', async () => {
    const opened = await form('warehouse=MAIN&template=LOA');
    const { page } = opened;
    await addLine(opened, 'nai', 'NAILS', '7.5');
    await page.locator('td.place select').selectOption('A-01');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await opened.call('loseAnswer');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.danger')).toContain('cannot be posted twice');
    await page.locator('[data-action="again"]').click();
    await soon(() => text(opened, '.banner.ok')).toContain('2026/11/22-001');
    const seen = await opened.call<Posted[]>('postings');
    expect(seen.filter(({ numberText }) => numberText.startsWith('2026/11/22'))).toHaveLength(1);
    await opened.close();
  });

  it('loads lots by hand, pasted and proposed, with decimal commas in Italian', async () => {
    const opened = await form('warehouse=MAIN&template=LOA&lang=it');
    const { page } = opened;
    await addLine(opened, 'ric', 'RICOTTA', '30,75');
    await page.locator('td.place select').first().selectOption('Q-01');
    await page.locator('[data-action="paste-lots"]').click();
    await page.locator('#paste-lots').fill('R-7;10;2026-12-30\nR-8\t12,5\t30/12/2026\nR-9;x;2026-12-30');
    await soon(() => text(opened, 'dialog [role="status"]')).toBe('2 righe lette, 1 segnalata');
    expect(await text(opened, '.flagged')).toContain('Riga 3');
    await page.locator('dialog [data-action="confirm"]').click();
    expect(await page.locator('#paste-lots').inputValue()).toBe('R-9;x;2026-12-30');
    await page.locator('#paste-lots').fill('R-9;3;2026-12-31');
    await page.locator('dialog [data-action="confirm"]').click();
    await soon(() => badges(opened)).toEqual(['5,250 da assegnare']);
    await page.locator('[data-action="propose-rest"]').click();
    await soon(() => focused(opened)).toMatch(/^r\d+-code$/);
    await page.keyboard.type('R-10');
    await soon(() => text(opened, 'tr.because')).toContain('data di scadenza');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2/1/27');
    await page.keyboard.press('Tab');
    await soon(() => badges(opened)).toEqual(['Completa']);
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('Registrato come 2026/11/22-001.');
    const { lines } = await newest(opened);
    expect(lines[0]?.lots.map(({ code, quantity, expiryDate }) => [code, quantity, expiryDate])).toEqual([
      ['R-7', '10', '2026-12-30'],
      ['R-8', '12.5', '2026-12-30'],
      ['R-9', '3', '2026-12-31'],
      ['R-10', '5.25', '2027-01-02'],
    ]);
    await opened.close();
  });

  it('shows the next code of an automatic lot, and converts boxes', async () => {
    const opened = await form('warehouse=MAIN&template=LOA');
    const { page } = opened;
    await addLine(opened, 'mil', 'MILK', '2');
    await page.locator('td.unit-cell select').selectOption('BOX');
    await page.locator('td.place select').selectOption('A-01');
    await soon(() => text(opened, '.lots-panel')).toContain('202611001 would be next');
    await soon(() => text(opened, '.on-posting')).toContain('+24');
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('Posted as');
    expect((await newest(opened)).lines[0]?.lots[0]).toMatchObject({ code: '202611001', quantity: '24' });
    await opened.close();
  });

  it('judges typed serials one by one, keeps the valid, and adjusts the quantity', async () => {
    const opened = await form('warehouse=MAIN&template=UNL');
    const { page } = opened;
    await addLine(opened, 'pum', 'PUMP-7', '6');
    await page.locator('#serial-text').fill('PU7-004401-PU7-004404\nPU7-004404\nPU7-009999\n~');
    await soon(() => page.locator('.tags .badge').allInnerTexts()).toEqual([
      '4 added',
      '1 repeated',
      '2 refused',
    ]);
    const verdicts = await page.locator('.verdicts li').allInnerTexts();
    expect(verdicts.map((each) => each.replace(/\s+/g, ' '))).toEqual(
      expect.arrayContaining(['1 PU7-004401 Here, A-04', '5 PU7-004404 Twice in this list, kept once']),
    );
    expect(await badges(opened)).toEqual(['2 serials to go']);
    await page.locator('[data-action="keep-valid"]').click();
    expect(await page.locator('#serial-text').inputValue()).toBe(
      ['PU7-004401', 'PU7-004402', 'PU7-004403', 'PU7-004404'].join('\n'),
    );
    await page.locator('.range input').first().fill('PU7-004408');
    await page.locator('.range input').last().fill('PU7-004409');
    await page.keyboard.press('Enter');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('Posted as');
    expect((await newest(opened)).lines[0]?.serials).toHaveLength(6);
    await opened.close();
  });

  it('gives serials of an item with lots to the lots in their order', async () => {
    const opened = await form('warehouse=MAIN&template=LOA');
    const { page } = opened;
    await addLine(opened, 'vac', 'VACCINE', '3');
    await page.locator('td.place select').first().selectOption('A-01');
    const cell = (n: number, name: string) => page.locator(`[aria-label="${name} of lot row ${n}"]`);
    await cell(1, 'Lot code').fill('V-1');
    await cell(1, 'Quantity').fill('2');
    await page.locator('[data-action="add-lot"]').click();
    await cell(2, 'Lot code').fill('V-2');
    await cell(2, 'Quantity').fill('1');
    await page.locator('#serial-text').fill('A1, A2, A3');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await page.keyboard.press('Control+s');
    await soon(() => text(opened, '.banner.ok')).toContain('Posted as');
    expect((await newest(opened)).lines[0]?.serials.map(({ code, lot }) => [code, lot])).toEqual([
      ['A1', 'V-1'],
      ['A2', 'V-1'],
      ['A3', 'V-2'],
    ]);
    await opened.close();
  });

  it('R75 names the place of a serial that is elsewhere', async () => {
    const opened = await form('warehouse=COLD&template=UNL');
    await addLine(opened, 'pum', 'PUMP-7', '1');
    await opened.page.locator('#serial-text').fill('PU7-004402');
    await soon(() => text(opened, '.verdicts')).toContain('it is at MAIN · A-04');
    await opened.close();
  });

  it('holds ten thousand pasted serials in a window of rows, and posts them', async () => {
    const opened = await form('warehouse=MAIN&template=LOA');
    const { page } = opened;
    await addLine(opened, 'pum', 'PUMP-7', '10000');
    await page.locator('td.place select').selectOption('A-01');
    await page.locator('[data-action="serials-typed"]').check();
    const codes = Array.from({ length: 10_000 }, (_, i) => `SX-${String(i).padStart(6, '0')}`).join('\n');
    await page.locator('#serial-text').evaluate((box, pasted) => {
      (box as HTMLTextAreaElement).value = pasted;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }, codes);
    await soon(() => text(opened, '.tags')).toContain('10,000 added');
    await soon(() => badges(opened)).toEqual(['Complete']);
    expect(await page.locator('.verdicts li').count()).toBeLessThanOrEqual(101);
    await page.keyboard.press('Control+s');
    await soon(() => page.locator('.banner.ok').count()).toBe(1);
    expect((await newest(opened)).lines[0]?.serials).toHaveLength(10_000);
    await opened.close();
  });

  it('leaves the posting to a host that prevents it, and empties on reset', async () => {
    const opened = await form('warehouse=MAIN&template=LOA');
    const { page } = opened;
    await opened.call('prevent', 'lot-post');
    await addLine(opened, 'nai', 'NAILS', '1');
    await page.locator('td.place select').selectOption('A-01');
    await soon(() => badges(opened)).toEqual(['Complete']);
    await page.keyboard.press('Control+s');
    await soon(() => named(opened, 'lot-post')).toHaveLength(1);
    expect((await named(opened, 'lot-post'))[0]?.detail.input).toEqual({
      ...{ warehouse: 'MAIN', template: 'LOA', date: '2026-11-22' },
      lines: [{ item: 'NAILS', quantity: '1', location: 'A-01' }],
    });
    await opened.call('reset');
    await soon(() => badges(opened)).toEqual([]);
    expect((await named(opened, 'lot-dirty-change')).map(({ detail }) => detail.dirty)).toEqual([
      true,
      false,
    ]);
    await opened.close();
  });
});
