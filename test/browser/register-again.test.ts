/**
 * Done-when 7: the built-in registers, made again wholly of what the package exports and of the shapes a host's
 * own columns and actions have. What both show, offer and write has to be the same, node by node.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browserTests, mistakes, openPage, profileFolder, type TestPage } from './harness/index.ts';
import { soon } from './register-kit.ts';

type Id = 'builtin' | 'again';
const both: readonly Id[] = ['builtin', 'again'];

async function pair(query: string): Promise<TestPage> {
  const opened = await openPage(`register-again.html?${query}`);
  await opened.page.setViewportSize({ width: 1700, height: 1500 });
  await opened.call('ready');
  for (const id of both) {
    await opened.page.locator(`#${id} tbody tr.row:not(.blank)`).first().waitFor();
    // the counts of the chips come last
    await soon(() => opened.page.locator(`#${id} .chips .chip b`).count()).toBeGreaterThan(1);
  }
  return opened;
}

const at = ({ page }: TestPage, id: Id, selector: string) => page.locator(`#${id} ${selector}`);

/** The nodes of a part of both registers, by tag, attributes and text; the host's keys as the built-in ones. */
function nodes({ page }: TestPage, id: Id, selector: string): Promise<string[]> {
  return page.evaluate(
    ([host, part]) => {
      const own = (text: string): string => text.replace(/\bown-/g, '');
      const line = (element: Element): string => {
        const attributes = [...element.attributes].map(({ name, value }) => `${name}=${own(value)}`);
        const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        const text = texts.map((node) => node.textContent?.trim()).join(' ');
        return `${element.localName} ${attributes.sort().join(' ')} | ${text}`;
      };
      const root = document.getElementById(host)?.shadowRoot;
      const parts = [...(root?.querySelectorAll(part) ?? [])];
      return parts.flatMap((each) => [each, ...each.querySelectorAll('*')]).map(line);
    },
    [id, selector] as const,
  );
}

/** Both show the same there, and show something. */
async function same(opened: TestPage, selector: string): Promise<void> {
  await soon(async () => {
    const [a, b] = await Promise.all(both.map((id) => nodes(opened, id, selector)));
    return a?.length !== 0 && JSON.stringify(a) === JSON.stringify(b) ? 'the same' : { a, b };
  }).toBe('the same');
}

/** What a column of a register can do, by its header text. */
const columns = ({ page }: TestPage, id: Id): Promise<object[]> =>
  page.evaluate(
    (host) =>
      [
        ...(document.getElementById(host)?.shadowRoot?.querySelectorAll('.heads th[aria-colindex]') ?? []),
      ].map((head) => ({ text: head.textContent?.trim(), sort: head.getAttribute('aria-sort') })),
    id,
  );

/** The entries of the menu of every column: what can be sorted, filtered and grouped by. */
async function columnMenus(opened: TestPage, id: Id): Promise<string[]> {
  const menus: string[] = [];
  const heads = at(opened, id, '.heads th [data-action="column-menu"]');
  for (let i = 0; i < (await heads.count()); i++) {
    await heads.nth(i).dispatchEvent('click');
    const entries = at(opened, id, '#menu [data-action]');
    await soon(() => entries.count()).toBeGreaterThan(3);
    menus.push((await entries.allTextContents()).map((text) => text.trim()).join(', '));
    await opened.page.keyboard.press('Escape');
    await soon(() => entries.count()).toBe(0);
  }
  return menus;
}

async function file(opened: TestPage, id: Id): Promise<string> {
  const download = opened.page.waitForEvent('download');
  await at(opened, id, '[data-action="export"]').first().click();
  const path = join(profileFolder(), `${id}.csv`);
  await (await download).saveAs(path);
  return readFile(path, 'utf8');
}

/** What an act gives in both registers. */
async function bothOf<T>(act: (id: Id) => Promise<T>): Promise<readonly [T, T]> {
  return [await act('builtin'), await act('again')];
}

const codes = (opened: TestPage, id: Id): Promise<string[]> =>
  at(opened, id, 'tbody tr.row td[data-column$="code"]').allTextContents();

browserTests('done-when 7: the lots register out of public shapes', () => {
  for (const way of ['keys', 'replaced']) {
    it(`shows the same columns, cells, filters and menus (${way})`, async () => {
      const opened = await pair(`tag=lot-register&way=${way}`);
      const [heads, again] = await bothOf((id) => columns(opened, id));
      expect(again).toEqual(heads);
      expect(heads.length).toBeGreaterThan(8);
      for (const part of ['.heads', '.filters', 'tbody', '.chips .chip[aria-pressed]']) {
        await same(opened, part);
      }
      const [menus, menusAgain] = await bothOf((id) => columnMenus(opened, id));
      expect(menusAgain).toEqual(menus);
      expect(menus.join()).toContain('Group by it');
      expect(mistakes(opened)).toEqual([]);
      await opened.close();
    });
  }

  it('shows the fields that are hidden at first the same way', async () => {
    const opened = await pair('tag=lot-register&everything');
    for (const part of ['.heads', '.filters', 'tbody']) await same(opened, part);
    expect((await columns(opened, 'again')).length).toBeGreaterThan(25);
    await opened.close();
  });

  it('shows the same cards where it is narrow', async () => {
    const opened = await pair('tag=lot-register');
    await opened.page.setViewportSize({ width: 420, height: 900 });
    await same(opened, '.cards .card');
    await opened.close();
  });

  it('sorts, filters and groups to the same rows, sums and files', async () => {
    const opened = await pair('tag=lot-register');
    const sorted = await bothOf(async (id) => {
      await at(opened, id, 'th[data-column$="onHand"] .sort').click();
      await soon(() => at(opened, id, 'th[data-column$="onHand"]').getAttribute('aria-sort')).toBe(
        'ascending',
      );
      return codes(opened, id);
    });
    await same(opened, 'tbody');
    expect(sorted[1]).toEqual(sorted[0]);
    for (const id of both) {
      const box = at(opened, id, '.filters [data-filter="code"]');
      await box.fill('2026%');
      await box.press('Enter');
      await at(opened, id, '[data-action="active-code"]').waitFor();
    }
    await same(opened, 'tbody');
    await same(opened, '.chips .token');
    const [text, textAgain] = await bothOf((id) => file(opened, id));
    expect(textAgain).toBe(text);
    expect(text.split('\r\n').length).toBeGreaterThan(5);
    await opened.call('state', 'builtin', { group: ['item'], filters: {}, preset: 'all' });
    await opened.call('state', 'again', { group: ['own-item'], filters: {}, preset: 'all' });
    for (const id of both) await at(opened, id, 'tr.group .twist').first().click();
    for (const id of both) await at(opened, id, 'tbody tr.row').first().waitFor();
    await same(opened, 'tbody');
    await same(opened, '.foot .totals');
    await opened.close();
  });

  it('offers the same verbs, runs the host’s, and changes many as the built-in ones do', async () => {
    const opened = await pair('tag=lot-register');
    const { page } = opened;
    const verbs = await bothOf(async (id) => {
      for (const n of [4, 5]) await at(opened, id, 'tr.row .check').nth(n).click();
      await at(opened, id, 'tr.row').nth(6).hover();
      await at(opened, id, 'tr.row .dots').nth(6).click();
      const entries = at(opened, id, '#menu [data-action]');
      await soon(() => entries.count()).toBeGreaterThan(2);
      const row = await entries.allTextContents();
      await page.keyboard.press('Escape');
      return { row, selection: await at(opened, id, '.selbar button').allTextContents() };
    });
    expect(verbs[1]).toEqual(verbs[0]);
    await same(opened, '.selbar');
    const outcomes = await bothOf(async (id) => {
      await at(opened, id, '.selbar [data-action="block"]').click();
      const dialog = at(opened, id, 'dialog[open]');
      await soon(() => dialog.locator('h2').textContent()).toBe('Block 2 lots?');
      const asked = await dialog.textContent();
      await dialog.locator('textarea').fill('Cold chain broken');
      await dialog.locator('[data-action="confirm"]').click();
      await soon(() => at(opened, id, 'dialog[open]').count()).toBe(0);
      return asked;
    });
    expect(outcomes[1]).toBe(outcomes[0]);
    expect(await opened.call('ran')).toEqual({ block: 1 });
    await opened.close();
  });
});

browserTests('done-when 7: the other registers out of public shapes', () => {
  for (const tag of ['serial-register', 'posting-register']) {
    for (const query of ['way=keys', 'way=replaced', 'everything']) {
      it(`${tag} shows the same columns and cells (${query})`, async () => {
        const opened = await pair(`tag=${tag}&${query}`);
        for (const part of ['.heads', '.filters', 'tbody']) await same(opened, part);
        const [text, textAgain] = await bothOf((id) => file(opened, id));
        expect(textAgain).toBe(text);
        await opened.close();
      });
    }
  }
});
