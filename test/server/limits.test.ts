/** What one request may be: how large, how deep, how slow, how often, in which form, and from where. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../src/core/index.ts';
import { checkJson } from '../../src/server/body.ts';
import type { ServerOptions } from '../../src/server/index.ts';
import { Rates } from '../../src/server/rates.ts';
import { answerOf, site } from './setup.ts';

/** A body that gives so many bytes a piece, and tells how many were taken. */
function drops(
  piece: Uint8Array,
  count: number,
): { body: ReadableStream<Uint8Array>; taken: () => number; cancelled: () => boolean } {
  let taken = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken === count) return controller.close();
        taken++;
        controller.enqueue(piece);
      },
      cancel() {
        cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken: () => taken, cancelled: () => cancelled };
}

const streamed = (body: ReadableStream<Uint8Array>): Request =>
  new Request('http://ledger.example/commands', {
    method: 'POST',
    headers: { authorization: 'Bearer maria', 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit);

test('a body larger than allowed is refused as soon as that is known, and the rest is not read', async () => {
  const { ask, handler } = await site({ limits: { bodyBytes: 1000 } });
  const long = await ask('/commands', { body: { commands: [], x: 'x'.repeat(1000) } });
  expect(long).toMatchObject({ status: 413, body: { code: 'limit.size', details: { max: 1000 } } });
  const told = await ask('/commands', { body: {}, headers: { 'content-length': '5000' } });
  expect(told.status).toBe(413);
  const { body, taken, cancelled } = drops(new TextEncoder().encode(' '.repeat(100)), 1_000_000);
  const answer = await answerOf(await handler(streamed(body)));
  expect(answer).toMatchObject({ status: 413, body: { code: 'limit.size' } });
  expect(taken()).toBe(11);
  expect(cancelled()).toBe(true);
});

test('a body that takes too long is refused with 408', async () => {
  const { handler } = await site({ limits: { bodySeconds: 0.05 } });
  const never = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
  });
  const answer = await answerOf(await handler(streamed(never)));
  expect(answer).toMatchObject({ status: 408, body: { code: 'request.slow', retry: 'same-id' } });
});

test('depth and fullness are counted before anything is read', async () => {
  const { ask } = await site();
  const deep = `{"commands":${'['.repeat(200_000)}`;
  expect(await ask('/commands', { body: deep })).toMatchObject({
    status: 413,
    body: { code: 'limit.depth' },
  });
  const nested = `${'{"a":'.repeat(41)}1${'}'.repeat(41)}`;
  expect(await ask('/lots', { body: nested })).toMatchObject({ status: 413, body: { code: 'limit.depth' } });
  const full = `[${'0,'.repeat(250_000)}0]`;
  expect(await ask('/can', { body: full })).toMatchObject({ status: 413, body: { code: 'limit.size' } });
  const quoted = JSON.stringify({ text: `${'['.repeat(100)}\\"{,:` });
  expect(() => checkJson(quoted, { depth: 1, values: 2 })).not.toThrow();
});

test.each([
  ['{', 400, 'field.type'],
  ['null', 400, 'field.type'],
  ['"x"', 400, 'field.type'],
  ['[]', 400, 'field.type'],
  ['{"a":1}trailing', 400, 'field.type'],
  ['\u0000', 400, 'field.type'],
])('a body of %j is refused', async (body, status, code) => {
  const { ask } = await site();
  const answer = await ask('/lots', { body });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('a body is JSON in UTF-8, and answers are JSON', async () => {
  const { ask, handler } = await site();
  const body = { code: 'A' };
  for (const type of [
    'text/plain',
    '',
    'application/json; charset=latin1',
    'multipart/form-data',
    'application/xml',
  ]) {
    const answer = await ask('/grades', { body, headers: { 'content-type': type } });
    expect([type, answer.status, answer.body.code]).toEqual([type, 415, 'request.media']);
  }
  const zipped = await ask('/grades', { body, headers: { 'content-encoding': 'gzip' } });
  expect(zipped.status).toBe(415);
  const utf16 = new Request('http://ledger.example/grades', {
    method: 'POST',
    headers: { authorization: 'Bearer maria', 'content-type': 'application/json' },
    body: new Uint8Array([0xff, 0xfe, 0x7b, 0x00]),
  });
  expect(await answerOf(await handler(utf16))).toMatchObject({
    status: 400,
    body: { code: 'field.characters' },
  });
  const good = await ask('/grades', { body, headers: { 'content-type': 'application/json; charset=UTF-8' } });
  expect(good.status).toBe(201);
  for (const accept of ['text/html', 'application/json;q=0', 'text/event-stream', 'image/*;q=1']) {
    const answer = await ask('/grades', { headers: { accept } });
    expect([accept, answer.status, answer.body.code]).toEqual([accept, 406, 'request.media']);
  }
  for (const accept of ['*/*', 'text/html, application/json;q=0.1', 'application/*', 'APPLICATION/JSON'])
    expect((await ask('/grades', { headers: { accept } })).status).toBe(200);
});

test('names of prototypes change nothing', async () => {
  const { ask, ledger } = await site();
  await ask('/grades', { body: '{"code":"A","__proto__":{"polluted":true}}' });
  await ask('/grades', { body: '{"code":"B","constructor":{"prototype":{"polluted":true}}}' });
  await ask('/grades/A', {
    method: 'PATCH',
    body: '{"__proto__":{"description":"x"}}',
    headers: { 'if-match': '*' },
  });
  await ask('/queries/grades.list', { body: '{"__proto__":{"filter":{}},"filter":{"__proto__":{"a":1}}}' });
  await ask('/commands', {
    body: '{"commands":[{"name":"grades.create@1","id":"x","args":{"__proto__":{"code":"C"}}}]}',
  });
  await ask('/queries/__proto__', { body: {} });
  await ask('/values/lots/__proto__');
  expect(({} as { polluted?: true }).polluted).toBeUndefined();
  expect((await ledger.grades.list()).items.filter(({ code }) => code === 'C')).toEqual([]);
});

test('what is not there is 404, and what an address does not take is 405', async () => {
  const { ask } = await site();
  for (const path of [
    '/',
    '/lot',
    '/lots/',
    '/lots/a/b/c/d',
    '/queries',
    '/errors',
    '//lots',
    '/lots//history',
  ])
    expect([path, (await ask(path)).body.code]).toEqual([path, 'request.unknown']);
  const wrong = await ask('/lots', { method: 'DELETE' });
  expect(wrong).toMatchObject({
    status: 405,
    body: { code: 'request.method', details: { method: 'DELETE' } },
  });
  expect(wrong.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
  expect((await ask('/commands')).headers.get('allow')).toBe('POST, OPTIONS');
  const options = await ask('/lots', { method: 'OPTIONS', token: null });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST, HEAD, OPTIONS']);
  expect(await ask('/lots/%E0%A4%A', {})).toMatchObject({ status: 400, body: { code: 'field.characters' } });
});

test('texts no database can look for are refused in questions', async () => {
  const { ask } = await site();
  const refused = { status: 400, body: { code: 'field.characters' } };
  expect(await ask('/lots/%00')).toMatchObject({ ...refused, body: { path: 'id' } });
  expect(await ask('/lots?search=%00')).toMatchObject(refused);
  expect(await ask('/lots?item=a%00b')).toMatchObject({ ...refused, body: { path: 'filter.item' } });
  const body = '{"filter":{"item":{"in":["\\ud800"]}}}';
  expect(await ask('/queries/lots.list', { body })).toMatchObject({
    ...refused,
    body: { path: 'filter.item.in[0]' },
  });
});

test('a server that is mounted somewhere answers there', async () => {
  const { ask } = await site({ base: '/api/ledger' });
  expect((await ask('/api/ledger/grades')).status).toBe(200);
  expect((await ask('/grades')).status).toBe(404);
  expect((await ask('/api/ledgergrades')).status).toBe(404);
  const made = await ask('/api/ledger/grades', { body: { code: 'A' } });
  expect(made.headers.get('location')).toBe('/api/ledger/grades/a');
  expect((await ask('/api/ledger/none')).body.type).toBe('/api/ledger/errors/request.unknown');
});

test('HEAD is GET without the answer', async () => {
  const { ask } = await site();
  const get = await ask('/settings');
  const head = await ask('/settings', { method: 'HEAD' });
  expect([head.status, head.body]).toEqual([200, '']);
  expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
  expect(
    (await ask('/changes?after=0', { method: 'HEAD', headers: { accept: 'text/event-stream, */*' } })).status,
  ).toBe(200);
});

test('a page is no larger than the server gives', async () => {
  const { ask } = await site({ limits: { pageSize: 100 } });
  const answer = await ask('/lots?limit=101');
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'field.range', path: 'limit', details: { max: 100 } },
  });
  expect((await ask('/queries/lots.list', { body: { limit: 101 } })).status).toBe(400);
});

test('who asks too often waits', async () => {
  let now = 0;
  const { ask } = await site({ limits: { requestsPerMinute: 2 }, now: () => now });
  expect((await ask('/grades')).status).toBe(200);
  expect((await ask('/grades')).status).toBe(200);
  const third = await ask('/grades');
  expect(third).toMatchObject({ status: 429, body: { code: 'limit.rate', details: { seconds: 30 } } });
  expect(third.headers.get('retry-after')).toBe('30');
  expect((await ask('/grades', { token: 'carla' })).status).toBe(200);
  now += 30_000;
  expect((await ask('/grades')).status).toBe(200);
  expect((await ask('/grades')).status).toBe(429);
});

test('buckets of callers are bounded in number', () => {
  let now = 0;
  const rates = new Rates(1, () => now);
  expect(rates.take('first')).toBeUndefined();
  expect(rates.take('first')).toBe(60);
  for (let i = 0; i < 10_000; i++) rates.take(`caller ${i}`);
  expect(rates.take('first')).toBeUndefined();
  expect(rates.take('caller 9999')).toBe(60);
  now = -1_000_000;
  expect(rates.take('caller 9999')).toBe(60);
});

test('a question that takes too long is given up, and a command then is unknown', async () => {
  const real = await openLedger(memory());
  const asked: AbortSignal[] = [];
  const ledger = real.through((port) => ({
    ...port,
    query(_name, _args, options) {
      if (options?.signal) asked.push(options.signal);
      return new Promise(() => undefined);
    },
    execute: () => new Promise(() => undefined),
  }));
  const { ask } = await site({ ledger, limits: { questionSeconds: 0.05, commandSeconds: 0.05 } });
  const late = await ask('/lots');
  expect(late).toMatchObject({ status: 503, body: { code: 'limit.time', retry: 'same-id' } });
  expect(late.headers.get('retry-after')).toBe('1');
  expect(asked[0]?.aborted).toBe(true);
  const unknown = await ask('/grades', { body: { code: 'A' }, headers: { 'idempotency-key': 'k' } });
  expect(unknown).toMatchObject({
    status: 503,
    body: { code: 'store.unknown', commandId: 'k', retry: 'same-id' },
  });
  expect(unknown.headers.get('idempotency-key')).toBe('k');
});

const PORTAL = 'https://portal.example';

test('other origins are shut out unless they are named', async () => {
  const closed = await site();
  const answer = await closed.ask('/grades', { headers: { origin: PORTAL } });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  const asking = { 'access-control-request-method': 'PATCH', origin: PORTAL };
  const refused = await closed.ask('/lots/x', { method: 'OPTIONS', token: null, headers: asking });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([204, null]);

  const { ask } = await site({ origins: [PORTAL] });
  const open = await ask('/grades', { headers: { origin: PORTAL } });
  expect(open.headers.get('access-control-allow-origin')).toBe(PORTAL);
  expect(open.headers.get('access-control-allow-credentials')).toBe('true');
  expect(open.headers.get('access-control-expose-headers')).toMatch(/etag.*idempotency-replayed/);
  expect(open.headers.get('vary')).toBe('Origin');
  const other = await ask('/grades', { headers: { origin: 'https://portal.example.evil' } });
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
  expect(other.headers.get('vary')).toBe('Origin');
  const preflight = await ask('/lots/x', { method: 'OPTIONS', token: null, headers: asking });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/if-match.*idempotency-key/);
  const wrong = await ask('/lots', { token: null, headers: { origin: PORTAL } });
  expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([401, PORTAL]);
});

test('a page of another site changes nothing with the session of a user', async () => {
  const { ask, ledger } = await site({ origins: [PORTAL] });
  const send = (site: string, origin?: string) =>
    ask('/grades', {
      body: { code: `G${site.length}` },
      headers: { 'sec-fetch-site': site, ...(origin === undefined ? {} : { origin }) },
    });
  expect(await send('cross-site', 'https://evil.example')).toMatchObject({ status: 403 });
  expect(await send('same-site', 'https://other.portal.example')).toMatchObject({ status: 403 });
  expect((await ledger.grades.list()).items).toEqual([]);
  expect(await send('same-origin')).toMatchObject({ status: 201 });
  expect(await send('none')).toMatchObject({ status: 201 });
  expect(await send('cross-site', PORTAL)).toMatchObject({ status: 201 });
});

test('where a browser does not say from which site, the origin has to be the host that was asked', async () => {
  const session: ServerOptions['authenticate'] = () => ({ actor: 'maria' });
  const { ask } = await site({ origins: [PORTAL], authenticate: session });
  const from = async (origin: string, more: Record<string, string> = {}) =>
    (await ask('/head', { method: 'GET', token: null, headers: { origin, ...more } })).status === 200 &&
    (await ask('/can', { body: [], token: null, headers: { origin, ...more } })).status;
  expect(await from('http://evil.example')).toBe(403);
  expect(await from('null')).toBe(403);
  expect(await from('http://ledger.example:8080')).toBe(403);
  expect(await from('http://ledger.example')).toBe(200);
  // a proxy hands the host on, and the server goes by another name
  expect(await from('http://stock.local', { host: 'stock.local' })).toBe(200);
  expect(await from(PORTAL)).toBe(200);
  // a token is nothing that a browser adds by itself
  expect(await from('http://elsewhere.example', { authorization: 'Bearer maria' })).toBe(200);
  expect(await from('http://evil.example', { authorization: 'Basic bWFyaWE6' })).toBe(403);
});

test('a question in an address is no deeper than one in a body', async () => {
  const { ask } = await site();
  const deep = '['.repeat(5_000) + ']'.repeat(5_000);
  expect(await ask(`/lots?filter=${deep}`)).toMatchObject({ status: 413, body: { code: 'limit.depth' } });
});

test('a limit of many years is no limit of a moment', async () => {
  const { ask } = await site({ limits: { questionSeconds: 1e9, commandSeconds: 1e9 } });
  expect((await ask('/grades', { body: { code: 'A' } })).status).toBe(201);
  expect((await ask('/grades')).status).toBe(200);
});

test('every answer is protected against guessing, framing and caching', async () => {
  const { ask } = await site();
  for (const path of ['/grades', '/none', '/health', '/changes?after=0']) {
    const { headers } = await ask(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{21}$/);
  }
});
