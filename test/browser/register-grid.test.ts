/** What a register does with columns, filters, groups, selections, views, files: by pointer, over a made-up ledger. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browserTests, profileFolder } from './harness/index.ts';
import { codes, heard, press, register, said, setState, soon, stateOf } from './register-kit.ts';

browserTests('filters of a register', () => {
  it('lists the values of a field with their counts, searches among them, and asks for those ticked', async () => {
    const opened = await register('rows=50');
    const { page } = opened;
    await page.locator('.filters [data-column="item"] [data-action="filter-values"]').click();
    await soon(() => page.locator('.picks .pick').count()).toBeGreaterThan(5);
    await page.locator('.picks input[type="search"]').fill('milk');
    await soon(() => page.locator('.picks .list .pick').count()).toBe(1);
    expect(await page.locator('.picks .tally').textContent()).toMatch(/^\d+$/);
    await page.locator('.picks .list .check').check();
    await page.locator('[data-action="values-apply"]').click();
    await soon(async () => (await stateOf(opened)).filters).toHaveProperty('item');
    await soon(() => page.locator('[data-action="active-item"]').count()).toBe(1);
    await page.locator('[data-action="active-item"] .drop').click();
    await soon(async () => (await stateOf(opened)).filters).toEqual({});
    await opened.close();
  });

  it('says in its own words that nothing matches, and leads back', async () => {
    const opened = await register('rows=50');
    await setState(opened, { filters: { onHand: { from: '999999' } } });
    await soon(() => opened.page.locator('.state h3').textContent()).toBe('No lot matches');
    await opened.page.locator('.state [data-action="clear-filters"]').click();
    await soon(async () => (await codes(opened)).length).toBe(25);
    await opened.close();
  });

  it('counts the presets, and leaves out those the list cannot answer', async () => {
    const opened = await register('rows=50');
    await soon(() => opened.page.locator('[data-action="filter-blocked"] b').textContent()).toBe('10');
    expect(await opened.page.locator('[data-action="filter-zero"]').count()).toBe(1);
    await opened.page.locator('[data-action="filter-blocked"]').click();
    await soon(async () => (await codes(opened)).length).toBe(10);
    await opened.close();
  });
});

browserTests('columns of a register', () => {
  it('are chosen, found, moved and reset in a list; more are there than are shown', async () => {
    const opened = await register('rows=50');
    const { page } = opened;
    expect(await page.locator('th[data-column="reference"]').count()).toBe(0);
    await page.locator('[data-action="columns"]').first().click();
    await page.locator('.picks input[type="search"]').fill('refer');
    await page.locator('[data-column-choice="reference"] .check').check();
    await soon(() => page.locator('th[data-column="reference"]').count()).toBe(1);
    await page.locator('.picks input[type="search"]').fill('');
    await page.locator('[data-column-choice="status"] [data-action="column-up"]').click();
    const keys = () =>
      page
        .locator('.heads [data-column]')
        .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.column));
    await soon(async () => (await keys()).indexOf('status')).toBe(2);
    await page.locator('[data-action="columns-reset"]').click();
    await soon(() => page.locator('th[data-column="reference"]').count()).toBe(0);
    await opened.close();
  });

  it('take a width by dragging and another place by dragging, and stay where they are pinned', async () => {
    const opened = await register('rows=50');
    const { page } = opened;
    const box = async (key: string) =>
      (await page.locator(`th[data-column="${key}"]`).boundingBox()) as {
        x: number;
        y: number;
        width: number;
        height: number;
      };
    const status = await box('status');
    await page.mouse.move(status.x + status.width, status.y + 12);
    await page.mouse.down();
    await page.mouse.move(status.x + status.width + 60, status.y + 12, { steps: 5 });
    await page.mouse.up();
    await soon(async () => (await box('status')).width).toBeGreaterThan(status.width + 40);
    const item = await box('item');
    await page.mouse.move(item.x + 20, item.y + 12);
    await page.mouse.down();
    const place = await box('place');
    await page.mouse.move(place.x + place.width - 6, place.y + 12, { steps: 8 });
    await page.mouse.up();
    const order = async () => ((await stateOf(opened)).columns as { key: string }[]).map(({ key }) => key);
    await soon(async () => (await order()).indexOf('item')).toBeGreaterThan(
      (await order()).indexOf('status'),
    );
    expect((await stateOf(opened)).sort).toEqual(['expiryDate']);
    await opened.close();
  });

  it('show what a host brings, loaded once per page, and what an item’s schema adds', async () => {
    const opened = await register('rows=50');
    await opened.page.evaluate(() => {
      const register = (window as unknown as { register: { extensions: unknown } }).register;
      register.extensions = [
        {
          id: 'cold',
          on: 'lot',
          load: async (lots: readonly { id: string; code: string }[]) =>
            new Map(lots.map(({ id }) => [id, { celsius: 4.5 }])),
          fields: [
            {
              key: 'temperature',
              label: 'Temperature',
              type: 'number',
              before: 'place',
              value: (_lot: unknown, data?: { celsius: number }) => data?.celsius ?? null,
            },
          ],
          actions: [
            {
              id: 'shelf',
              label: 'Print shelf label',
              scope: 'row',
              run: ({ say }: { say: (text: string) => void }) => say('Printed.'),
            },
          ],
        },
      ];
    });
    await opened.page.evaluate(() =>
      (window as unknown as { tests: { refresh: () => Promise<void> } }).tests.refresh(),
    );
    await soon(() =>
      opened.page.locator('tr.row [data-column="temperature"]').first().textContent(),
    ).toContain('4.5');
    await opened.page.locator('tr.row').first().hover();
    await opened.page.locator('tr.row .dots').first().click();
    await opened.page.locator('#menu [data-action="shelf"]').click();
    await soon(() => said(opened)).toBe('Printed.');
    await opened.close();
  });
});

browserTests('groups and selections of a register', () => {
  it('adds up what is of one unit, in groups and in the foot', async () => {
    const opened = await register('rows=50');
    await setState(opened, { group: ['item'], preset: 'all' });
    const ricotta = opened.page.locator('tr.group[data-group^="RICOTTA"]');
    await soon(() => ricotta.locator('[data-column="onHand"]').textContent()).toContain('737.000');
    await soon(() => opened.page.locator('[data-field="totals"]').textContent()).toContain('KG');
    await opened.close();
  });

  it('keeps ticks over pages, offers all that match, and tells the host', async () => {
    const opened = await register('rows=50&page=10');
    const { page } = opened;
    await page.locator('tr.row .check').first().click();
    await page.locator('[data-action="next"]').click();
    await soon(() => page.locator('[data-field="range"]').textContent()).toBe('11–20 of 46');
    await page.locator('tr.row .check').first().click();
    expect(await page.locator('[data-field="selected"]').textContent()).toBe('2 lots selected');
    await page.locator('[data-action="select-all"]').click();
    await soon(() => page.locator('[data-field="selected"]').textContent()).toBe('46 lots selected');
    expect((await heard<{ target: object }>(opened, 'lot-selection-change')).at(-1)?.target).toEqual({
      filter: { state: 'open' },
      except: [],
    });
    await page.locator('tr.row .check').nth(1).click();
    await soon(() => page.locator('[data-field="selected"]').textContent()).toBe('45 lots selected');
    await page.locator('[data-action="clear-selection"]').click();
    expect(await page.locator('.selbar').count()).toBe(0);
    await opened.close();
  });

  it('blocks what is selected: asks why, says what was refused, and retries those alone', async () => {
    const opened = await register('rows=50');
    const { page } = opened;
    for (const n of [4, 5, 6]) await page.locator('tr.row .check').nth(n).click();
    await page.locator('.selbar [data-action="block"]').click();
    await soon(() => page.locator('dialog[open] h2').textContent()).toBe('Block 3 lots?');
    expect(await page.locator('dialog[open]').textContent()).toContain('PCE become unavailable');
    await page.locator('dialog[open] textarea').fill('Cold chain broken');
    await page.locator('dialog[open] [data-action="confirm"]').click();
    await soon(() => page.locator('[data-field="outcome"]').textContent()).toContain('1 was refused.');
    expect(await page.locator('.results tr').count()).toBe(1);
    expect(await opened.call('jobs')).toEqual([
      expect.objectContaining({
        command: 'lots.update',
        patch: { status: 'BLK' },
        options: { reason: 'Cold chain broken' },
      }),
    ]);
    await page.locator('dialog[open] [data-action="confirm"]').click();
    await soon(() => page.locator('dialog[open]').count()).toBe(0);
    expect(await page.locator('.selbar').count()).toBe(0);
    await opened.close();
  });

  it('leaves its state alone where the host prevents the change', async () => {
    const opened = await register('rows=50');
    await opened.page.evaluate(() => {
      const element = (window as unknown as { register: HTMLElement }).register;
      element.addEventListener('lot-state-change', (event) => event.preventDefault());
    });
    await opened.page.locator('[data-action="filter-all"]').click();
    await opened.page.locator('th[data-column="code"] .sort').click();
    expect((await stateOf(opened)).preset).toBe('open');
    expect((await stateOf(opened)).sort).toEqual(['expiryDate']);
    await opened.close();
  });
});

browserTests('what leaves a register', () => {
  it('writes all rows that match into a file, not only those on the screen, and no formula', async () => {
    const opened = await register('rows=50&page=10');
    const file = opened.page.waitForEvent('download');
    await opened.page.locator('[data-action="export"]').first().click();
    const path = join(profileFolder(), 'lots.csv');
    await (await file).saveAs(path);
    const text = await readFile(path, 'utf8');
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(47);
    expect(lines[0]).toContain('Lot,Item,Status,Expiry,On hand');
    expect(lines.join('\n')).not.toMatch(/(^|,)[=+@]/m);
    await soon(() => said(opened)).toContain('46 rows exported.');
    await opened.close();
  });

  it('copies codes, and with Shift the table with its headers', async () => {
    const opened = await register('rows=50');
    await opened.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = () => opened.page.evaluate(() => navigator.clipboard.readText());
    await opened.page.locator('tr.row').first().focus();
    await press(opened, ' ', 'ArrowDown', ' ', 'Control+c');
    await soon(clipboard).toBe('202610088\n202610088-1');
    await press(opened, 'Control+Shift+C');
    await soon(clipboard).toMatch(/^Lot\tItem\tStatus.*\n202610088\t/);
    await opened.close();
  });

  it('asks the host before it prints, else prints every row from a document of its own', async () => {
    const opened = await register('rows=50&page=10');
    const { page } = opened;
    await page.evaluate(() => {
      const seen: { rows: number; title: string; fixed: boolean }[] = [];
      Object.assign(window, { seen });
      new MutationObserver((changes) => {
        for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
          if (!(node instanceof HTMLIFrameElement) || node.contentWindow === null) continue;
          const inner = node.contentWindow;
          inner.print = () => {
            const into = inner.document;
            seen.push({
              rows: into.querySelectorAll('tbody tr').length,
              title: into.title,
              fixed: into.adoptedStyleSheets.length === 1,
            });
          };
        }
      }).observe(document.body, { childList: true });
    });
    await page.locator('[data-action="more"]').click();
    await page.locator('#menu [data-action="print"]').click();
    await soon(() => page.evaluate(() => document.querySelectorAll('iframe').length)).toBe(1);
    const frame = page.frames().at(-1);
    await soon(async () => (await frame?.locator('tbody tr').count()) ?? 0).toBe(46);
    expect(await frame?.locator('h1').textContent()).toBe('Lots');
    expect(await heard(opened, 'lot-print')).toHaveLength(1);
    await opened.close();
  });

  it('keeps views of the user’s own, opens with one of them, and marks it when it was changed', async () => {
    const opened = await register('rows=50');
    const { page } = opened;
    await page.locator('[data-action="filter-blocked"]').click();
    await page.locator('[data-action="views"]').click();
    await page.locator('[data-action="view-save-as"]').click();
    await page.locator('#view-name').fill('Morning check');
    await page.locator('#view-default').check();
    await page.locator('dialog[open] [data-action="confirm"]').click();
    await soon(() => page.locator('[data-action="views"]').textContent()).toContain('Morning check');
    await page.locator('[data-action="filter-all"]').click();
    await soon(() => page.locator('[data-action="views"]').textContent()).toContain('Morning check, changed');
    await page.reload();
    await opened.call('ready');
    await soon(async () => (await stateOf(opened)).preset).toBe('blocked');
    await soon(async () => (await codes(opened)).length).toBe(10);
    await opened.close();
  });

  it('keeps its state in the address where that was asked for, and comes back from there', async () => {
    const opened = await register('rows=50&url-sync');
    const { page } = opened;
    await page.locator('[data-action="filter-all"]').click();
    await page.locator('th[data-column="code"] .sort').click();
    await soon(() => page.url()).toContain('lots.');
    await page.reload();
    await opened.call('ready');
    expect(await stateOf(opened)).toMatchObject({ preset: 'all', sort: ['code'] });
    await opened.close();
  });
});
