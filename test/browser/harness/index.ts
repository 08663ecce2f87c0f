/**
 * What a browser test uses: `browserTests` around its tests, `openPage` for a fresh profile in the shared
 * browser, `ownBrowser` for a browser with a profile on disk that may be killed, and `call` to run one of
 * the functions that a page offers as `window.tests`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, describe, inject } from 'vitest';
import { findChromium, intranetHost } from './chromium.ts';
import { killOwnBrowsers } from './own-browser.ts';

export { type OwnBrowser, ownBrowser } from './own-browser.ts';

/** Rounds of a repeated test: the full number with `LOTLEDGER_SOAK=1`, a tenth of it otherwise. */
export function rounds(full: number): number {
  return process.env.LOTLEDGER_SOAK === '1' ? full : Math.ceil(full / 10);
}

/** `describe`, skipped where there is no Chromium. */
export const browserTests: (name: string, body: () => void) => void = findChromium()
  ? describe
  : describe.skip;

/** Whether there is a browser and a server: for what a file has to ask before its tests begin. */
export const pagesAreServed = (): boolean => inject('browserEndpoint') !== '';

/** A page and what went wrong in it: uncaught errors and messages of `console.error`. */
export interface TestPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: string[];
  /** Calls `window.tests[name](...args)` in the page; arguments and answer are JSON. */
  call<T>(name: string, ...args: unknown[]): Promise<T>;
  close(): Promise<void>;
}

export interface PageOptions {
  /** Another tab of this context; a new profile when left out. */
  readonly context?: BrowserContext;
  /** Reached as over an intranet: plain http, no secure context. */
  readonly insecure?: boolean;
}

/** Address of a page under `test/browser/pages/`, for example `store.html`. */
export function pageUrl(path: string, insecure = false): string {
  const base = inject('pagesUrl');
  const origin = insecure ? base.replace('127.0.0.1', intranetHost) : base;
  return `${origin}/test/browser/pages/${path}`;
}

let shared: Promise<Browser> | undefined;

/** The browser that all tests share. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= chromium.connect(inject('browserEndpoint'));
  return shared;
}

/** What went wrong in a page; Lit's hint at its development build is none. */
export const mistakes = ({ errors }: TestPage): string[] =>
  errors.filter((text) => !text.includes('Lit is in dev mode'));

/** Opens a page of `test/browser/pages/` and waits until its modules have run. */
export async function openPage(path: string, options: PageOptions = {}): Promise<TestPage> {
  const context = options.context ?? (await (await sharedBrowser()).newContext());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(pageUrl(path, options.insecure), { waitUntil: 'load' });
  return {
    page,
    context,
    errors,
    call: (name, ...args) => callIn(page, name, args),
    close: () => (options.context ? page.close() : context.close()),
  };
}

type Tests = Record<string, (...args: unknown[]) => unknown>;

async function callIn<T>(page: Page, name: string, args: unknown[]): Promise<T> {
  return (await page.evaluate(
    ([method, values]) => (window as unknown as { tests: Tests }).tests[method]?.(...values),
    [name, args] as const,
  )) as T;
}

const folders: string[] = [];

/** A new empty folder for a profile; removed when the test file is done. */
export function profileFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lotledger-test-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  await killOwnBrowsers();
  await (await shared)?.close();
  shared = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
