/**
 * What the tests of embedding pages share: opening one, its rows as read from the page, and what must be true
 * on every host's page. With `LOTLEDGER_SHOTS` naming a folder each page leaves a picture there.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openPage, type PageOptions, type TestPage } from './harness/index.ts';

const soon = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000 });
const shots = process.env.LOTLEDGER_SHOTS;

/** What reached a page. */
export interface Heard {
  readonly name: string;
  readonly detail: unknown;
}

/** Opens a page and waits until its script has run. */
export async function host(name: string, options: PageOptions = {}): Promise<TestPage> {
  const opened = await openPage(`embed/${name}.html`, options);
  await soon(() => opened.page.evaluate(() => 'tests' in window)).toBe(true);
  return opened;
}

/** A picture of the page, where pictures are wanted. */
export async function picture({ page }: TestPage, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

/** Codes of the rows of a register. */
export const codes = ({ page }: TestPage, register = 'lot-register'): Promise<string[]> =>
  page
    .locator(`${register} [data-row-id] [data-column="code"]`)
    .allTextContents()
    .then((texts) => texts.map((text) => text.trim().split(/\s/)[0] ?? ''));

/** The host's own column: its values as shown. */
export const temperatures = ({ page }: TestPage, register = 'lot-register'): Promise<string[]> =>
  page
    .locator(`${register} [data-row-id] [data-column="temperature"]`)
    .allTextContents()
    .then((texts) => texts.map((text) => text.trim()));

/** The lots of the dairy. */
export const three = ['00001', '00002', '00003'];

/** What every host's page must do. */
export async function works(opened: TestPage, name: string): Promise<void> {
  await soon(() => codes(opened)).toEqual(three);
  await soon(() => temperatures(opened)).toEqual(['3.1', '3.2', '3.3']);
  await opened.page.locator('lot-register [data-row-id] [data-column="code"]').first().dblclick();
  await soon(() => opened.call<Heard[]>('heard')).toContainEqual({
    name: 'lot-open',
    detail: { kind: 'lot', id: expect.any(String), code: '00001' },
  });
  await picture(opened, name);
  const heard = await opened.call<Heard[]>('heard');
  expect(heard.filter(({ name: one }) => one === 'violation' || one === 'lot-error')).toEqual([]);
  expect(await opened.call('leaked')).toBe(false);
  expect(opened.errors).toEqual([]);
}
