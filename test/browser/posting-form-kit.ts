/** What the tests of a posting's form do over and over: open it, add a line, read what it says. */
import { expect } from 'vitest';
import { openPage, type TestPage } from './harness/index.ts';

export async function form(query: string, size = { width: 1360, height: 1000 }): Promise<TestPage> {
  const opened = await openPage(`forms.html?${query}&tag=posting-form`);
  await opened.page.setViewportSize(size);
  await opened.call('ready');
  return opened;
}

type Soon = <T>(ask: () => T | Promise<T>) => ReturnType<typeof expect.poll>;
export const soon: Soon = (ask) => expect.poll(ask, { timeout: 20_000 });
export const focused = ({ page }: TestPage) =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id ?? '');
export const text = ({ page }: TestPage, selector: string) =>
  page.locator(selector).first().innerText({ timeout: 20_000 });
export const named = async (opened: TestPage, name: string) =>
  (await opened.call<{ name: string; detail: Record<string, unknown> }[]>('events')).filter(
    (event) => event.name === name,
  );

/** Adds a line by keyboard: the item, Enter, its quantity. */
export async function addLine(
  opened: TestPage,
  typed: string,
  item: string,
  quantity: string,
): Promise<void> {
  const { page } = opened;
  await page.locator('#new-item').focus();
  await page.keyboard.type(typed);
  await page.locator('.option[aria-selected="true"]', { hasText: item }).waitFor();
  await page.keyboard.press('Enter');
  await soon(() => focused(opened)).toMatch(/^l\d+-quantity$/);
  await page.keyboard.type(quantity);
}

export const badges = ({ page }: TestPage) => page.locator('td.state-cell').allInnerTexts();
