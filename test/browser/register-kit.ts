/** What the tests of the registers have in common: opening the page, where the focus is, which rows stand there. */
import { expect } from 'vitest';
import { openPage, type TestPage } from './harness/index.ts';

/** Opens a register over the made-up ledger, and waits for its rows. */
export async function register(query: string, size = { width: 1360, height: 860 }): Promise<TestPage> {
  const opened = await openPage(`registers.html?${query}`);
  await opened.page.setViewportSize(size);
  await opened.call('ready');
  await opened.page.waitForTimeout(50);
  return opened;
}

/** Where the focus is: tag, row, column, or the name of a filter. */
export const focus = ({ page }: TestPage): Promise<string> =>
  page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement as HTMLElement | null | undefined;
    const row = inner?.closest<HTMLElement>('[data-row-id]')?.dataset.rowId;
    const head = inner?.closest('.heads') ? 'header' : inner?.closest('.filters') ? 'filters' : undefined;
    const column = inner?.closest<HTMLElement>('[data-column]')?.dataset.column;
    return [inner?.localName, row ?? head, column].filter(Boolean).join(' ');
  });

/** An expectation that is met by and by; the machine may be busy. */
export const soon: typeof expect.poll = (ask, options) => expect.poll(ask, { timeout: 20_000, ...options });

/** The codes on the screen. */
export const codes = ({ page }: TestPage): Promise<string[]> =>
  page
    .locator('tbody tr.row [data-column="code"]')
    .allTextContents()
    .then((all) => all.map((text) => text.trim()));

/** Presses keys, one after the other. */
export async function press({ page }: TestPage, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** What the events of a name said, in their order. */
export const heard = async <T>(opened: TestPage, name: string): Promise<T[]> =>
  (await opened.call<{ name: string; detail: T }[]>('events'))
    .filter((event) => event.name === name)
    .map(({ detail }) => detail);

/** The state of the register. */
export const stateOf = ({ page }: TestPage): Promise<Readonly<Record<string, unknown>>> =>
  page.evaluate(() => (window as unknown as { register: { state: Record<string, unknown> } }).register.state);

/** Sets a part of the state, as a host does. */
export async function setState(opened: TestPage, state: object): Promise<void> {
  await opened.page.evaluate((next) => {
    (window as unknown as { register: { state: object } }).register.state = next;
  }, state);
  await opened.call('ready');
}

/** What the live region says. */
export const said = ({ page }: TestPage): Promise<string | null> =>
  page.locator('[role="status"]').last().textContent();
