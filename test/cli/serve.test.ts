/** `lotledger serve`: who gets in, what it says, how it stops, and that one folder has one server. */
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { rest } from '../../src/adapters/ledgers/rest/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import { emptyIn } from './ledgers.ts';
import { buildProgram, newFolder, type Running, type RunOptions, run, start } from './program.ts';

beforeAll(() => buildProgram(), 120_000);

interface Serving extends Running {
  readonly address: string;
  /** Asks the API as somebody. */
  ask(path: string, token?: string, init?: RequestInit): Promise<Response>;
  /** Tells it to stop and waits. */
  stop(): ReturnType<typeof run>;
}

async function serving(args: readonly string[], options: RunOptions = {}): Promise<Serving> {
  const running = start(['serve', '--port', '0', ...args], options);
  const [, address = ''] = await running.says(/(http:\/\/\S+?\/)(?=\s|api)/);
  return {
    ...running,
    address,
    ask: (path, token, init = {}) =>
      fetch(`${address}api/${path}`, {
        ...init,
        headers: { ...init.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      }),
    stop() {
      running.child.kill('SIGTERM');
      return running.ended;
    },
  };
}

/** A folder with an empty database in it. */
async function prepared(): Promise<string> {
  const cwd = newFolder();
  await emptyIn(join(cwd, 'lotledger-data'));
  return cwd;
}

/** Asks until the answer has a status; the clock of a slow machine gives back a try now and then. */
async function statusesUntil(status: number, ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask();
    if (answer.status === status) return answer;
  }
}

const through = (serving: Serving, token: string): Promise<Ledger> =>
  openLedger(rest(`${serving.address}api`, { headers: { authorization: `Bearer ${token}` }, feed: 'poll' }));

describe('lotledger serve', () => {
  test('makes a token at its first start, keeps it to itself, and knows it after the next', async () => {
    const cwd = await prepared();
    const first = await serving([], { cwd });
    const [, token = ''] = await first.says(/^ {2}(\S+)$/m);
    const file = join(cwd, 'lotledger-data', 'tokens.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await (await first.ask('capabilities', token)).json()).toMatchObject({ actor: 'admin' });
    const nobody = await first.ask('capabilities');
    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({ code: 'session.required' });
    for (const wrong of ['x', `${token}x`, token.slice(1), 'admin'])
      expect((await first.ask('capabilities', wrong)).status).toBe(401);
    expect((await first.ask('health')).status).toBe(200);
    expect((await first.ask('ready')).status).toBe(200);
    const { code, err } = await first.stop();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(existsSync(join(cwd, 'lotledger-data', 'lock'))).toBe(false);

    const second = await serving([], { cwd });
    expect(second.said().out).not.toContain(token);
    expect(second.said().out).toContain(file);
    expect((await second.ask('capabilities', token)).status).toBe(200);
    expect((await second.stop()).code).toBe(0);
  });

  test('takes tokens from the command line, a file and the environment, with names, permissions, tenants', async () => {
    const cwd = await prepared();
    const file = join(cwd, 'tokens.json');
    const tokens = [
      { name: 'anna', token: 'anna-secret', permissions: ['posting.reverse', 'transition.RELEASE'] },
      { name: 'other', token: 'other-secret', tenant: 'acme' },
    ];
    writeFileSync(file, JSON.stringify({ tokens }), { mode: 0o600 });
    const env = { LOTLEDGER_TOKENS: 'berta=berta-secret, carla=carla-secret' };
    const server = await serving(['--token', 'maria=maria-secret', '--tokens', 'tokens.json'], { cwd, env });
    const actor = async (token: string) =>
      ((await (await server.ask('capabilities', token)).json()) as { actor?: string }).actor;
    for (const name of ['maria', 'anna', 'berta', 'carla', 'other'])
      expect(await actor(`${name}-secret`)).toBe(name);

    const maria = await through(server, 'maria-secret');
    await maria.grades.create({ code: 'A' });
    expect((await maria.verify()).ok).toBe(true);
    const anna = await through(server, 'anna-secret');
    const acts = ['transition.RELEASE', 'transition.SCRAP'].map((action) => ({ action }));
    expect(await anna.can(acts)).toEqual([true, false]);
    expect((await anna.grades.list()).items.map(({ code }) => code)).toEqual(['A']);
    await expect(anna.verify()).rejects.toMatchObject({
      code: expect.stringMatching(/permission|unsupported/),
    });
    // another tenant's ledger is another ledger
    const other = await through(server, 'other-secret');
    expect((await other.grades.list()).items).toEqual([]);
    await Promise.all([maria, anna, other].map((ledger) => ledger.close()));
    expect(existsSync(join(cwd, 'lotledger-data', 'tokens.json'))).toBe(false);
    expect((await server.stop()).code).toBe(0);
  });

  test.each([
    ['{"tokens":[{"name":"a","token":"has space"}]}', 'without spaces'],
    ['{"tokens":[{"token":"long-enough"}]}', 'a token needs a name'],
    ['{"tokens":[{"name":"a","token":"long-enough","permissions":"all"}]}', 'must be a list'],
    ['{"tokens":[{"name":"a","token":"long-enough","permissions":["posting.revers"]}]}', 'posting.revers'],
    ['{"tokens":[{"name":"a","token":"long-enough","permissions":["transition."]}]}', 'transition.'],
    ['{"tokens":[{"name":"a","token":"same-same"},{"name":"b","token":"same-same"}]}', 'stands twice'],
    ['{"tokens":[]}', 'There is no token'],
    ['{"tokens":[null]}', 'a token is an object'],
    ['[', 'is not JSON'],
    ['{}', 'has no list of tokens'],
  ])('refuses a file of tokens that says %s', async (text, sentence) => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 't.json'), text, { mode: 0o600 });
    const { code, err } = await run(['serve', '--tokens', 't.json'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/long-enough|same-same|has space/);
  });

  test.skipIf(process.platform === 'win32')('refuses a file of tokens that others may read', async () => {
    const cwd = newFolder();
    const file = join(cwd, 't.json');
    writeFileSync(file, '{"tokens":[{"name":"a","token":"long-enough"}]}');
    chmodSync(file, 0o644);
    const { code, err } = await run(['serve', '--tokens', 't.json'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('chmod 600 t.json');
  });

  test('says what is wrong with a port that is taken, and lets go of the folder', async () => {
    const cwd = await prepared();
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    const { code, err } = await run(['serve', '--port', String(port)], { cwd });
    blocker.close();
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port} is taken on 127.0.0.1`);
    expect(existsSync(join(cwd, 'lotledger-data', 'lock'))).toBe(false);
  });

  test('keeps its folder to itself while it runs, also from verify, and no longer than it lives', async () => {
    const cwd = await prepared();
    const first = await serving(['--token', 'maria=maria-secret'], { cwd });
    for (const command of ['serve', 'verify', 'export']) {
      const { code, err } = await run([command], { cwd });
      expect(code).toBe(1);
      expect(err).toContain(`Process ${first.child.pid} works on `);
    }
    const maria = await through(first, 'maria-secret');
    await maria.grades.create({ code: 'A' });
    first.child.kill('SIGKILL');
    await first.ended;
    await maria.close();
    expect(existsSync(join(cwd, 'lotledger-data', 'lock'))).toBe(true);
    const again = await serving(['--token', 'maria=maria-secret'], { cwd });
    const back = await through(again, 'maria-secret');
    expect((await back.grades.list()).items.map(({ code }) => code)).toEqual(['A']);
    await back.close();
    expect((await again.stop()).code).toBe(0);
  });

  test('finishes what is under way when it is told to stop: what was acknowledged is there', async () => {
    const cwd = await prepared();
    const server = await serving(['--token', 'maria=maria-secret'], { cwd });
    const codes = Array.from({ length: 200 }, (_, n) => `G${n}`);
    const acknowledged: string[] = [];
    const sending = codes.map(async (code) => {
      const command = { name: 'grades.create@1', id: `id-${code}`, args: { code } };
      const answer = await server.ask('commands', 'maria-secret', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ commands: [command] }),
      });
      const { receipts } = (await answer.json()) as { receipts?: { outcome: string }[] };
      if (receipts?.[0]?.outcome === 'accepted') acknowledged.push(code);
    });
    // a feed that waits does not keep it
    const feed = server.ask('changes?wait=60&after=1000000', 'maria-secret').catch(() => undefined);
    await Promise.race(sending);
    server.child.kill('SIGTERM');
    await Promise.allSettled(sending);
    await feed;
    expect((await server.ended).code).toBe(0);
    expect(acknowledged.length).toBeGreaterThan(0);
    const again = await serving(['--token', 'maria=maria-secret'], { cwd });
    const maria = await through(again, 'maria-secret');
    const there = (await maria.grades.list({ limit: 500 })).items.map(({ code }) => code);
    expect(acknowledged.filter((code) => !there.includes(code))).toEqual([]);
    await maria.close();
    await again.stop();
  });

  test('listens to a second signal at once', async () => {
    const cwd = await prepared();
    const server = await serving(['--token', 'maria=maria-secret'], { cwd });
    server.child.kill('SIGINT');
    server.child.kill('SIGINT');
    const { code } = await server.ended;
    // the first may have been enough
    expect([0, 130]).toContain(code);
  });

  test('slows down whoever guesses tokens, by the address its proxy names', async () => {
    const cwd = await prepared();
    const server = await serving(['--token', 'maria=maria-secret', '--address-header', 'X-Real-IP'], { cwd });
    const from = (address: string, token: string) =>
      server.ask('capabilities', token, { headers: { 'x-real-ip': address } });
    for (let i = 0; i < 120; i++) expect((await from('192.0.2.1', `guess-${i}`)).status).toBe(401);
    const held = await statusesUntil(429, () => from('192.0.2.1', 'guess'));
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
    const problem = (await held.json()) as { type: string; code: string };
    expect(problem).toMatchObject({ code: 'limit.rate', type: '/api/errors/limit.rate' });
    // where a problem says it is explained it is
    const page = await fetch(new URL(problem.type, server.address));
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('<code>limit.rate</code>'),
    ]);
    expect((await from('192.0.2.2', 'maria-secret')).status).toBe(200);
    await server.stop();
  });

  test('logs a line of JSON for each request when asked to, never a token; elsewhere than below /api is nothing', async () => {
    const cwd = await prepared();
    const server = await serving(['--token', 'maria=maria-secret', '--log'], { cwd });
    for (const path of [
      'nothing',
      '../../etc/passwd',
      '%2e%2e/package.json',
      'assets/..%2f..%2fcli/main.js',
    ]) {
      const answer = await fetch(server.address + path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await answer.text()).toBe('There is nothing here. The API is below /api.\n');
    }
    await server.ask('capabilities', 'maria-secret');
    await server.ask('lots?search=hidden-words', 'maria-secret');
    await server.ask('capabilities', 'wrong-secret');
    const { err } = await server.stop();
    const lines = err
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; route?: string; status?: number });
    expect(lines.map(({ route, status }) => `${status} ${route}`)).toEqual([
      '200 /capabilities',
      '200 /lots',
      '401 /capabilities',
    ]);
    expect(err).not.toMatch(/secret|hidden-words/);
  });
});
