/** Runs once before all browser tests: starts the one server and the one browser that they share. */
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumFlags, findChromium } from './chromium.ts';
import { servePages } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the test server. */
    pagesUrl: string;
    /** Where the shared browser listens; empty when no browser was found. */
    browserEndpoint: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium();
  if (!executablePath) {
    console.warn('No Chromium found (LOTLEDGER_CHROMIUM or PATH): the browser tests are skipped.');
    project.provide('pagesUrl', '');
    project.provide('browserEndpoint', '');
    return async () => {};
  }
  const server = await servePages();
  const browser = await chromium.launchServer({ executablePath, args: chromiumFlags, host: '127.0.0.1' });
  project.provide('pagesUrl', server.url);
  project.provide('browserEndpoint', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await server.close();
  };
}
