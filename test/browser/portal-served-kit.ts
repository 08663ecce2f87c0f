/** The portal on `lotledger serve` for browser tests: a ledger in a folder, a server on one port, visitors. */
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openLedger } from '../../src/core/index.ts';
import { emptyIn, storeIn } from '../cli/ledgers.ts';
import { newFolder, type Running, start } from '../cli/program.ts';
import { dairy } from '../rules/world.ts';
import { sharedBrowser } from './harness/index.ts';

/** Everything here waits for a server that starts on a busy machine. */
export const PATIENCE = 60_000;

type Soon = <T>(ask: () => T | Promise<T>) => ReturnType<typeof expect.poll>;
export const soon: Soon = (ask) => expect.poll(ask, { timeout: PATIENCE, interval: 100 });

/** A server that may be stopped, killed and started again at the same address. */
export class Server {
  readonly folder: string;
  readonly #data: string;
  #running: Running | undefined;
  #port = '0';
  address = '';

  private constructor(folder: string) {
    this.folder = folder;
    this.#data = join(folder, 'lotledger-data');
  }

  /** A new folder with dairy in it: items, warehouses, templates. */
  static async withDairy(): Promise<Server> {
    const server = new Server(newFolder());
    await emptyIn(server.#data);
    const { ledger } = await dairy({ store: storeIn(server.#data) });
    await ledger.close();
    return server;
  }

  async start(...tokens: readonly string[]): Promise<void> {
    const given = tokens.flatMap((token) => ['--token', token]);
    this.#running = start(['serve', '--port', this.#port, ...given], { cwd: this.folder });
    const [, address = ''] = await this.#running.says(/Open (\S+) in a browser/);
    this.address = address;
    this.#port = new URL(address).port;
  }

  /** Ends it and waits; answers what it ended with. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null | undefined> {
    this.#running?.child.kill(signal);
    return (await this.#running?.ended)?.code;
  }

  /** Looks at the ledger while no server has it: its lots' codes, its postings' notes, and whether it verifies. */
  async look(): Promise<{ lots: string[]; notes: (string | null)[]; ok: boolean }> {
    const ledger = await openLedger(storeIn(this.#data), { actor: 'test' });
    try {
      const lots = await ledger.lots.list({ limit: 500, filter: { state: 'all' } });
      const postings = await ledger.postings.list({ limit: 500 });
      return {
        lots: lots.items.map(({ code }) => code),
        notes: postings.items.map(({ note }) => note),
        ok: (await ledger.verify()).ok,
      };
    } finally {
      await ledger.close();
    }
  }
}

/** Somebody in a browser of their own. */
export interface Visitor {
  readonly page: Page;
  /** Uncaught errors and violations of the policy; a server that is away is no error. */
  readonly errors: string[];
  close(): Promise<void>;
}

/** Opens the portal in a fresh profile. */
export async function visitor(server: Server, options: BrowserContextOptions = {}): Promise<Visitor> {
  const viewport = { width: 1360, height: 860 };
  const context = await (await sharedBrowser()).newContext({ viewport, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  await page.goto(server.address);
  return { page, errors, close: () => context.close() };
}

/** Types a token and goes in. */
export async function signIn(page: Page, token: string, stay = false): Promise<void> {
  await page.fill('#sign-in-token', token);
  if (stay) await page.check('#sign-in-stay');
  await page.click('#sign-in-enter');
  await page.waitForSelector('#line[data-state="open"]');
}

/** Somebody who is signed in and looks at the lots. */
export async function member(server: Server, token: string): Promise<Visitor> {
  const entered = await visitor(server);
  await signIn(entered.page, token);
  await entered.page.waitForSelector('lot-register');
  return entered;
}

/** Whether a text stands in the register. */
export const listed = ({ page }: Visitor, code: string): Promise<boolean> =>
  page.locator('lot-register [data-row-id]', { hasText: code }).first().isVisible();

/** What the line to the server is said to be. */
export const line = ({ page }: Visitor): Promise<string | null> =>
  page.locator('#line').getAttribute('data-state');

/** Loads a lot through the ledger of the page, as its elements do; the id makes it happen once. */
export const load = ({ page }: Visitor, code: string, id: string): Promise<string> =>
  page.evaluate(
    async ([lot, commandId]) => {
      const provider = document.querySelector('lot-ledger');
      const ledger = await (provider as NonNullable<typeof provider>).ready;
      const input = {
        warehouse: 'SHOP',
        template: 'LOA',
        date: new Date().toISOString().slice(0, 10),
        note: lot,
        lines: [{ item: 'MILK', quantity: '1', lots: [{ code: lot, quantity: '1' }] }],
      };
      try {
        await ledger.postings.post(input, { commandId });
        return 'posted';
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    },
    [code, id] as const,
  );
