/** The program as it is published: `dist/cli/main.js`, with the portal's pages and the sample beside it. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test, vi } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { emptyIn } from './ledgers.ts';
import { newFolder } from './program.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = join(root, 'dist', 'cli', 'main.js');

beforeAll(async () => {
  expect(await build()).toBe(true);
});

test('begins as a program does, and knows its version', async () => {
  expect(readFileSync(main, 'utf8').split('\n', 1)).toEqual(['#!/usr/bin/env node']);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect((await promisify(execFile)(process.execPath, [main, '--version'])).stdout).toBe(`${version}\n`);
});

test('serves the pages of the portal, told where the API is, over a ledger with sample data', async () => {
  const cwd = newFolder();
  await emptyIn(join(cwd, 'lotledger-data'));
  const args = [main, 'serve', '--port', '0', '--sample', '--token', 'maria=maria-secret'];
  const server = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let said = '';
    for await (const chunk of server.stdout.setEncoding('utf8')) {
      said += chunk;
      if (said.includes('\n')) break;
    }
    const [, address = ''] = /Open (\S+) in a browser/.exec(said) ?? [];
    const page = await fetch(address);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const html = await page.text();
    expect(html).toContain('<meta name="lotledger-api" content="api" />');
    const [, script = ''] = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(html) ?? [];
    const asset = await fetch(address + script);
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);
    const lots = await fetch(`${address}api/lots?limit=200`, {
      headers: { authorization: 'Bearer maria-secret' },
    });
    const { items } = (await lots.json()) as { items: unknown[] };
    expect(items.length).toBeGreaterThan(100);
    server.kill('SIGTERM');
    expect((await once(server, 'exit'))[0]).toBe(0);
  } finally {
    server.kill('SIGKILL');
  }
});
