/** The parts elements are made of, in a real browser: menu, popover, dialog, tooltip, pager, fields. */
import { expect, it } from 'vitest';
import { accessibility } from './axe.ts';
import { browserTests, mistakes, openPage, type TestPage } from './harness/index.ts';

async function kit(query = '', size = { width: 1360, height: 900 }): Promise<TestPage> {
  const opened = await openPage(`kit-parts.html?${query}`);
  await opened.page.setViewportSize(size);
  await opened.call('ready');
  return opened;
}

const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 20_000 });

/** What has the focus, as its action, its id or its words. */
const focused = ({ page }: TestPage) =>
  page.evaluate(() => {
    const at = document.activeElement?.shadowRoot?.activeElement as HTMLElement | null | undefined;
    return at ? (at.dataset.action ?? (at.id || at.textContent?.trim())) : '';
  });
const state = ({ call }: TestPage) =>
  call<{
    page: number;
    rows: number;
    item: string;
    menu: string | null;
    popover: string | null;
    dialog: boolean;
  }>('state');

browserTests('parts', () => {
  const looks = ['', 'theme=dark', 'lang=it', 'dir=rtl&theme=dark', 'density=compact', 'density=comfortable'];
  it.each(looks)(
    'convention 51: axe finds nothing, wide and narrow, also with a menu open (%s)',
    async (query) => {
      const opened = await kit(query);
      expect(await accessibility(opened)).toEqual([]);
      await opened.page.locator('[data-action="more"]').click();
      await opened.page.setViewportSize({ width: 420, height: 900 });
      expect(await accessibility(opened)).toEqual([]);
      expect(mistakes(opened)).toEqual([]);
      await opened.close();
    },
  );

  it('axe finds nothing in forced colours, with a dialog and its refusal', async () => {
    const opened = await kit();
    await opened.page.emulateMedia({ forcedColors: 'active' });
    await opened.call('refuse');
    await opened.page.locator('[data-action="block"]').click();
    await opened.page.locator('dialog .banner.danger').waitFor();
    expect(await accessibility(opened)).toEqual([]);
    await opened.close();
  });
});

browserTests('menu', () => {
  it('is worked by keyboard: arrows, first letters, a reason for what is locked, Escape back', async () => {
    const opened = await kit();
    const { page } = opened;
    await page.locator('[data-action="more"]').focus();
    await page.keyboard.press('ArrowDown');
    await soon(() => focused(opened)).toBe('open');
    await page.keyboard.press('ArrowUp');
    expect(await focused(opened)).toBe('place');
    await page.keyboard.press('Home');
    await page.keyboard.press('p');
    expect(await focused(opened)).toBe('print');
    await page.keyboard.press('ArrowDown');
    expect(await focused(opened)).toBe('block');
    expect(await page.locator('.menu [data-action="block"]').innerText()).toContain('Quality managers can.');
    await page.keyboard.press('Enter');
    expect(await opened.call('pressed')).toEqual([]);
    await page.keyboard.press('Escape');
    await soon(() => state(opened)).toMatchObject({ menu: null });
    expect(await focused(opened)).toBe('more');
    await page.keyboard.press('ArrowUp');
    await soon(() => focused(opened)).toBe('place');
    await page.keyboard.press('Tab');
    await soon(() => focused(opened)).toBe('columns');
    expect(await state(opened)).toMatchObject({ menu: null });
    await opened.close();
  });

  it('stays open for ticks, closes for acts, and real links are links', async () => {
    const opened = await kit();
    const { page } = opened;
    await page.locator('[data-action="more"]').click();
    await page.locator('.menu [data-action="place"]').click();
    await soon(() => page.locator('.menu [data-action="place"]').getAttribute('aria-checked')).toBe('true');
    expect(await opened.call('ticks')).toEqual(['expiry', 'place']);
    expect(await page.locator('.menu [data-action="open"]').getAttribute('href')).toBe('#open');
    await page.locator('.menu [data-action="print"]').click();
    await soon(() => state(opened)).toMatchObject({ menu: null });
    expect(await opened.call('pressed')).toEqual(['print']);
    expect(await focused(opened)).toBe('more');
    await opened.close();
  });

  it('conventions 24, 26: a press outside closes it, one inside does not, and nothing reaches the host', async () => {
    const opened = await kit();
    const { page } = opened;
    await page.evaluate(() => {
      document.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') document.title = 'the host heard Escape';
      });
    });
    await page.locator('[data-action="more"]').click();
    await page.locator('.menu .heading').click();
    expect(await state(opened)).toMatchObject({ menu: 'more' });
    await page.locator('.bar .title').click();
    await soon(() => state(opened)).toMatchObject({ menu: null });
    await page.locator('[data-action="more"]').click();
    await page.keyboard.press('Escape');
    await soon(() => state(opened)).toMatchObject({ menu: null });
    expect(await page.title()).toBe('Parts and states');
    await page.keyboard.press('Escape');
    expect(await page.title()).toBe('the host heard Escape');
    await opened.close();
  });

  it('stays inside the window, also in right-to-left and on a narrow screen', async () => {
    for (const query of ['', 'dir=rtl']) {
      const opened = await kit(query, { width: 420, height: 700 });
      await opened.page.locator('[data-action="more"]').click();
      const box = await opened.page.locator('.menu').boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(420);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(700);
      await opened.close();
    }
  });
});

browserTests('popover', () => {
  it('takes the focus, gives it back on Escape and past its ends', async () => {
    const opened = await kit();
    const { page } = opened;
    await page.locator('[data-action="columns"]').click();
    await soon(() => focused(opened)).toBe('c-expiry');
    await page.keyboard.press('Shift+Tab');
    await soon(() => focused(opened)).toBe('columns');
    expect(await state(opened)).toMatchObject({ popover: null });
    await page.keyboard.press('Enter');
    await soon(() => focused(opened)).toBe('c-expiry');
    await page.keyboard.press('Escape');
    await soon(() => focused(opened)).toBe('columns');
    await opened.close();
  });
});

browserTests('dialog', () => {
  it('asks for a reason, says what is missing, gives the focus back', async () => {
    const opened = await kit();
    const { page } = opened;
    await page.locator('[data-action="block"]').click();
    await soon(() => focused(opened)).toBe('lot-dialog-reason');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await soon(() => page.locator('dialog .err').innerText()).toBe('A reason is needed.');
    await soon(() => focused(opened)).toBe('lot-dialog-reason');
    await page.keyboard.type('Cold chain');
    await soon(() => page.locator('dialog .err').count()).toBe(0);
    expect(await focused(opened)).toBe('lot-dialog-reason');
    await page.locator('dialog [data-action="confirm"]').click();
    await soon(() => state(opened)).toMatchObject({ dialog: false });
    expect(await opened.call('pressed')).toEqual(['block: Cold chain']);
    expect(await focused(opened)).toBe('block');
    await page.keyboard.press('Enter');
    await soon(() => state(opened)).toMatchObject({ dialog: true });
    expect(await page.locator('dialog textarea').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await soon(() => focused(opened)).toBe('block');
    await opened.close();
  });
});

browserTests('tooltip', () => {
  it('says why something is locked to the pointer, the keyboard and assistive technology', async () => {
    const opened = await kit();
    const { page } = opened;
    const locked = page.locator('[data-action="locked"]');
    expect(await locked.getAttribute('aria-description')).toBe('Quality managers can.');
    await locked.hover();
    await soon(() => page.locator('.tip').isVisible()).toBe(true);
    expect(await page.locator('.tip').innerText()).toBe('Quality managers can.');
    await page.locator('.tip').hover();
    expect(await page.locator('.tip').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await soon(() => page.locator('.tip').isVisible()).toBe(false);
    await page.mouse.move(1, 1);
    await page.locator('[data-action="columns"]').focus();
    await page.keyboard.press('Tab');
    await soon(() => page.locator('.tip').isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    await soon(() => page.locator('.tip').isVisible()).toBe(false);
    await opened.close();
  });
});

browserTests('pager', () => {
  it('turns, jumps to a page by its number and stays within what there is', async () => {
    const opened = await kit();
    const { page } = opened;
    const pager = page.locator('[data-part="pager"]');
    await pager.locator('[data-action="next"]').click();
    await soon(() => state(opened)).toMatchObject({ page: 4 });
    await pager.locator('[data-action="last"]').click();
    await soon(() => state(opened)).toMatchObject({ page: 26 });
    await soon(() => pager.locator('[data-action="last"]').getAttribute('aria-disabled')).toBe('true');
    await pager.locator('.pageno').fill('999');
    await page.keyboard.press('Enter');
    await soon(() => pager.locator('.pageno').inputValue()).toBe('26');
    await pager.locator('.pageno').fill('7');
    await page.keyboard.press('Enter');
    await soon(() => state(opened)).toMatchObject({ page: 7 });
    await pager.locator('.pageno').fill('seven');
    await page.keyboard.press('Enter');
    await soon(() => pager.locator('.pageno').inputValue()).toBe('7');
    await pager.locator('[data-action="first"]').click();
    await soon(() => state(opened)).toMatchObject({ page: 1 });
    await pager.locator('[data-action="rows"]').selectOption('100');
    expect(await state(opened)).toMatchObject({ rows: 100 });
    await opened.close();
  });
});

browserTests('fields', () => {
  it('a text field keeps focus, caret and node when a button appears in its box or goes', async () => {
    const opened = await kit();
    const { page } = opened;
    const code = page.locator('#code');
    await code.focus();
    await code.evaluate((node: HTMLInputElement) => {
      node.setSelectionRange(3, 5);
      Object.assign(window, { node });
    });
    for (const on of [true, false]) {
      await opened.call('end', on);
      const kept = await page.evaluate(() => {
        const input = document.activeElement?.shadowRoot?.activeElement as HTMLInputElement;
        const same = input === (window as unknown as { node: unknown }).node;
        return [same, input.id, input.selectionStart, input.selectionEnd];
      });
      expect(kept).toEqual([true, 'code', 3, 5]);
    }
    await opened.close();
  });

  it('a list of choices closes on Escape and outside, without the host hearing of it', async () => {
    const opened = await kit();
    const { page } = opened;
    await page.locator('#item').fill('ri');
    await page.locator('.option[aria-selected="true"]', { hasText: 'RICOTTA' }).waitFor();
    await page.keyboard.press('Escape');
    await soon(() => page.locator('#item-list').isVisible()).toBe(false);
    expect(await page.locator('#item').inputValue()).toBe('MILK');
    await page.locator('#item').fill('ri');
    await page.locator('.option[aria-selected="true"]', { hasText: 'RICOTTA' }).waitFor();
    await page.keyboard.press('Enter');
    await soon(() => state(opened)).toMatchObject({ item: 'RICOTTA' });
    await opened.close();
  });
});
