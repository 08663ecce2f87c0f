/** The scripts' own parts: one holder of a lock at a time, pages served and nothing else, a clean end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { withLock } from '../../scripts/lib/lock.mjs';
import { serveFolder } from '../../scripts/lib/serve.mjs';
import { root } from './sources.ts';

// building the portal's pages takes its time on a busy machine
vi.setConfig({ testTimeout: 180_000 });

const folders: string[] = [];
const children: ChildProcess[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'lot ledger '));
  folders.push(made);
  return made;
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

test('two at once take turns', async () => {
  const lock = join(folder(), 'deep', 'a.lock');
  const seen: string[] = [];
  const turn = (name: string): Promise<void> =>
    withLock(lock, async () => {
      seen.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(`${name} out`);
    });
  await Promise.all(['a', 'b', 'c'].map(turn));
  for (let i = 0; i < seen.length; i += 2) expect(seen[i + 1]).toBe(seen[i]?.replace(' in', ' out'));
  expect(seen).toHaveLength(6);
});

test.each([
  ['of a process that has ended', '2147483646 here'],
  ['that nobody has touched for long', '1 elsewhere'],
])('a lock %s is taken over', async (_, holder) => {
  const lock = join(folder(), 'a.lock');
  writeFileSync(lock, holder);
  const past = new Date(Date.now() - 60_000);
  utimesSync(lock, past, past);
  expect(await withLock(lock, async () => 'done')).toBe('done');
});

test('a lock is released when the work fails', async () => {
  const lock = join(folder(), 'a.lock');
  const failing = withLock(lock, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await withLock(lock, async () => 'next')).toBe('next');
});

/** Asks for a path as it stands: `fetch` would tidy `..` away before sending it. */
async function ask(
  port: number,
  path: string,
  method = 'GET',
): Promise<{ status: number; policy: string; body: string }> {
  const sent = request({ host: '127.0.0.1', port, path, method }).end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, policy: response.headers['content-security-policy'] ?? '', body };
}

test('a folder is served with a strict policy, and nothing outside it', async () => {
  const outside = folder();
  const inside = join(outside, 'pages');
  mkdirSync(join(inside, 'sub'), { recursive: true });
  writeFileSync(join(inside, 'index.html'), 'home');
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  const { port, close } = await serveFolder(inside, { port: 0 });
  try {
    expect(await ask(port, '/')).toMatchObject({ status: 200, body: 'home' });
    expect((await ask(port, '/?page=lots')).policy).toContain("require-trusted-types-for 'script'");
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/sub',
      '/none',
      '/%',
      '/a%00b',
    ]) {
      expect((await ask(port, path)).status, path).toBe(404);
    }
    expect((await ask(port, '/', 'POST')).status).toBe(405);
  } finally {
    await close();
  }
});

test('a taken port leads to the next one, unless it was asked for by name', async () => {
  const pages = folder();
  const first = await serveFolder(pages, { port: 0 });
  try {
    const next = await serveFolder(pages, { port: first.port });
    expect(next.port).toBeGreaterThan(first.port);
    await next.close();
    await expect(serveFolder(pages, { port: first.port, strict: true })).rejects.toThrow('EADDRINUSE');
  } finally {
    await first.close();
  }
});

test.each(['SIGTERM', 'SIGINT'] as const)('npm start serves the portal and ends on %s', async (signal) => {
  const env = { ...process.env, PORT: '0' };
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let printed = '';
  child.stdout.setEncoding('utf8');
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (printed.includes('http://localhost:')) break;
  }
  const port = Number(/http:\/\/localhost:(\d+)\//.exec(printed)?.[1]);
  expect((await ask(port, '/')).body).toContain('<script type="module"');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});
