/** Guessing: sign-ins that fail are counted, by address and all together, and do not hold others back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { LedgerError } from '../../src/core/index.ts';
import { nodeListener, type ServerOptions } from '../../src/server/index.ts';
import { type Answered, answerOf, requestTo, site } from './setup.ts';

const authenticate: ServerOptions['authenticate'] = ({ headers }) =>
  headers.get('authorization') === 'Bearer right' ? { actor: 'maria' } : null;

/** A server on which somebody asks from an address, with a token. */
async function guarded(options: Partial<ServerOptions> = {}) {
  let now = 0;
  const { handler } = await site({ authenticate, limits: { failedSignIns: 3 }, now: () => now, ...options });
  return {
    later: (seconds: number) => {
      now += seconds * 1000;
    },
    from: async (address: string | undefined, token: string, headers = {}): Promise<Answered> =>
      answerOf(
        await handler(
          requestTo('/grades', { token, headers }),
          address === undefined ? undefined : { address },
        ),
      ),
  };
}

const statuses = async (times: number, ask: () => Promise<Answered>): Promise<number[]> => {
  const found: number[] = [];
  for (let i = 0; i < times; i++) found.push((await ask()).status);
  return found;
};

test('who guesses waits, also with the right token at last, and nobody elsewhere does', async () => {
  const { from, later } = await guarded();
  expect(await statuses(4, () => from('192.0.2.1', 'wrong'))).toEqual([401, 401, 401, 429]);
  const held = await from('192.0.2.1', 'right');
  expect(held).toMatchObject({ status: 429, body: { code: 'limit.rate', details: { seconds: 20 } } });
  expect(held.headers.get('retry-after')).toBe('20');
  expect((await from('192.0.2.2', 'right')).status).toBe(200);
  later(20);
  expect((await from('192.0.2.1', 'right')).status).toBe(200);
});

test('who signed in lately is not held back by those who guess beside them', async () => {
  const { from } = await guarded();
  expect((await from('192.0.2.1', 'right')).status).toBe(200);
  expect(await statuses(4, () => from('192.0.2.1', 'wrong'))).toEqual([401, 401, 401, 429]);
  expect((await from('192.0.2.1', 'right')).status).toBe(200);
  // and signing in does not count
  expect(await statuses(9, () => from('192.0.2.3', 'right'))).toEqual(Array(9).fill(200));
});

test('credentials that were taken back are guesses like others', async () => {
  let valid = true;
  const { from } = await guarded({ authenticate: () => (valid ? { actor: 'maria' } : undefined) });
  expect((await from('192.0.2.1', 'old')).status).toBe(200);
  valid = false;
  expect(await statuses(4, () => from('192.0.2.1', 'old'))).toEqual([401, 401, 401, 429]);
});

test('all together fail ten times as often, from wherever', async () => {
  const { from } = await guarded();
  expect((await from('198.51.100.1', 'right')).status).toBe(200);
  for (let i = 0; i < 30; i++) expect((await from(`192.0.2.${i}`, 'wrong')).status).toBe(401);
  expect((await from('203.0.113.1', 'wrong')).status).toBe(429);
  expect((await from('198.51.100.1', 'right')).status).toBe(200);
});

test('without an address only the sum is counted', async () => {
  const { from } = await guarded();
  expect(await statuses(31, () => from(undefined, 'wrong'))).toEqual([...Array(30).fill(401), 429]);
});

test('a network of IPv6 is one sender, and IPv4 is the same in both ways of writing it', async () => {
  const { from } = await guarded();
  for (const address of ['2001:db8::1', '2001:0DB8:0:0:ffff::', '2001:db8:0:0:1:2:3:4'])
    expect((await from(address, 'wrong')).status).toBe(401);
  expect((await from('2001:db8::9', 'wrong')).status).toBe(429);
  expect((await from('2001:db8:0:1::1', 'wrong')).status).toBe(401);
  for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:192.0.2.1'])
    expect((await from(address, 'wrong')).status).toBe(401);
  expect((await from('192.0.2.1', 'wrong')).status).toBe(429);
});

test('behind a proxy the host says which header to trust', async () => {
  const { from } = await guarded({ addressOf: ({ headers }) => headers.get('x-real-ip') ?? undefined });
  const behind = (address: string) => from('127.0.0.1', 'wrong', { 'x-real-ip': address });
  expect(await statuses(4, () => behind('192.0.2.1'))).toEqual([401, 401, 401, 429]);
  expect((await behind('192.0.2.2')).status).toBe(401);
});

test('a sign-in that does not work is no guess, one that says nobody is', async () => {
  const broken = await guarded({ authenticate: () => Promise.reject(new Error('no directory')) });
  expect(await statuses(5, () => broken.from('192.0.2.1', 'x'))).toEqual(Array(5).fill(503));
  const saying = await guarded({ authenticate: () => Promise.reject(new LedgerError('session.required')) });
  expect(await statuses(4, () => saying.from('192.0.2.1', 'x'))).toEqual([401, 401, 401, 429]);
});

test('the listener of node tells the other end of the connection', async () => {
  const contexts: unknown[] = [];
  const { handler } = await site({
    authenticate: (_request, context) => {
      contexts.push(context);
      return { actor: 'maria' };
    },
  });
  const server = createServer(nodeListener(handler));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/grades`);
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  expect(contexts).toEqual([{ address: '127.0.0.1' }]);
});
