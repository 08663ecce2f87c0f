/** The portal as `npm start` serves it, for the browser tests: its server, a visit, small steps. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { sharedBrowser } from './harness/index.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
let address = '';

/** Serves the portal for the tests of a file. */
export function servePortal(): void {
  let stop = async (): Promise<void> => {};
  beforeAll(async () => {
    // the test runner's own mode is none the portal is built in
    const { NODE_ENV: _, ...env } = process.env;
    const server = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: { ...env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    stop = async () => {
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
    };
    let said = '';
    for await (const chunk of server.stdout) {
      said += String(chunk);
      address = /http:\/\/localhost:\d+\//.exec(said)?.[0] ?? '';
      if (address !== '') return;
    }
    throw new Error(`the portal did not start: ${said}`);
  }, 180_000);
  afterAll(() => stop());
}

export interface Visit {
  readonly page: Page;
  /** Uncaught errors and what was written to `console.error`, violations of the policy among it. */
  readonly errors: string[];
  close(): Promise<void>;
}

/** A page of the portal in a context. */
export async function visitIn(context: BrowserContext, hash = ''): Promise<Visit> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(address + hash);
  return { page, errors, close: () => page.close() };
}

/** A page of the portal in a fresh profile. */
export async function visit(hash = '', options: BrowserContextOptions = {}): Promise<Visit> {
  const viewport = { width: 1360, height: 860 };
  const context = await (await sharedBrowser()).newContext({ viewport, locale: 'en-GB', ...options });
  return { ...(await visitIn(context, hash)), close: () => context.close() };
}

/** Waits for the first rows of a register. */
export const rows = (page: Page, timeout = 20_000) => page.waitForSelector('[data-row-id]', { timeout });
