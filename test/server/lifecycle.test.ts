/** Alive, ready, at its end: what the server tells of itself, in answers, problems and the log. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, LedgerError, openLedger } from '../../src/core/index.ts';
import { named, problemOf, statusOf } from '../../src/server/refusals.ts';
import { dairy, site } from './setup.ts';

const failing = async (error: () => unknown): Promise<Ledger> => {
  const real = await openLedger(memory());
  return real.through((port) => ({
    ...port,
    query: () => Promise.reject(error()),
    execute: () => Promise.reject(error()),
    head: () => Promise.reject(error()),
  }));
};

test('a server is alive, and ready as long as its ledger answers', async () => {
  const good = await site();
  expect(await good.ask('/health', { token: null })).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await good.ask('/ready', { token: null })).toMatchObject({ status: 200, body: { status: 'ready' } });
  await good.ledger.close();
  expect(await good.ask('/ready')).toMatchObject({ status: 503, body: { code: 'store.unavailable' } });
  expect(await good.ask('/health')).toMatchObject({ status: 200 });
  const ledgerFor = () => openLedger(memory());
  for (const [ready, status] of [
    [undefined, 200],
    [() => true, 200],
    [() => false, 503],
    [() => Promise.reject(new Error('x')), 503],
  ] as const) {
    const many = await site({ ledgerFor, ...(ready ? { ready } : {}) });
    expect((await many.ask('/ready')).status).toBe(status);
  }
});

test('a fault is told by an id and nothing else, and noted under it', async () => {
  const ledger = await failing(() => new TypeError('password of maria is 1234'));
  const { ask, lines, faults } = await site({ ledger });
  const answer = await ask('/lots/L-17');
  expect(answer).toMatchObject({ status: 500, body: { code: 'request.failed', retry: 'same-id' } });
  const id = answer.headers.get('x-request-id');
  expect(answer.body.details).toEqual({ request: id });
  expect(lines).toMatchObject([
    { type: 'fault', requestId: id, route: '/lots/{id}', name: 'TypeError' },
    { type: 'request', requestId: id, status: 500 },
  ]);
  expect(JSON.stringify([answer.body, lines])).not.toMatch(/1234|L-17|maria/);
  expect(faults).toMatchObject([{ message: 'password of maria is 1234' }]);
});

test('a store that fails is told with when to try again', async () => {
  for (const [code, status, after] of [
    ['store.busy', 503, '1'],
    ['store.rebuilding', 503, '5'],
    ['store.quota', 507, null],
    ['store.corrupt', 500, null],
    ['store.newer', 501, null],
  ] as const) {
    const { ask } = await site({ ledger: await failing(() => new LedgerError(code)) });
    const answer = await ask('/grades', { body: { code: 'A' } });
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([
      status,
      code,
      after,
    ]);
  }
});

test('a problem has the shape of RFC 9457 and everything an error carries', async () => {
  const { ask, ledger } = await site();
  await dairy(ledger);
  const answer = await ask('/postings', {
    body: {
      warehouse: 'MAIN',
      template: 'LOA',
      date: '2026-11-21',
      lines: [{ item: 'MILK', quantity: '-1' }],
    },
    headers: { 'idempotency-key': 'k1' },
  });
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body).toEqual({
    type: '/errors/quantity.negative',
    title: 'Invalid input',
    status: 400,
    detail: 'A quantity is never negative.',
    kind: 'invalid',
    code: 'quantity.negative',
    retry: 'new-id',
    path: 'lines[0].quantity',
    details: {},
    commandId: 'k1',
  });
  const elsewhere = await site({ errorPages: 'https://docs.example/errors/' });
  expect((await elsewhere.ask('/none')).body.type).toBe('https://docs.example/errors/request.unknown');
});

test('a kind has its status, and one argument that is not offered is the sender’s', () => {
  const status = (code: ConstructorParameters<typeof LedgerError>[0], path?: string) =>
    statusOf(new LedgerError(code, path === undefined ? {} : { path }));
  expect(status('query.unsupported')).toBe(501);
  expect(status('query.unsupported', 'sort[0]')).toBe(400);
  expect(status('concurrency.stale')).toBe(409);
  expect(status('command.mismatch')).toBe(422);
  expect(status('limit.size')).toBe(413);
  const context = { requestId: 'r', pages: '/e/', challenge: 'Bearer' };
  const faults: unknown[] = [];
  const { status: found, headers } = problemOf(
    named(new LedgerError('session.required'), 'r', () => 0),
    context,
  );
  expect([found, headers['www-authenticate']]).toEqual([401, 'Bearer']);
  expect(
    problemOf(
      named('thrown text', 'r', (fault) => faults.push(fault)),
      context,
    ).status,
  ).toBe(500);
  expect(faults).toEqual(['thrown text']);
});

test('a line of the log has the template of the path and nothing of what was said', async () => {
  const { ask, lines, ledger } = await site();
  await dairy(ledger);
  await ask('/items/MILK/lots/SECRET?variant=SECRET', { token: 'maria@north' });
  await ask('/lots', { body: { item: 'MILK', code: 'SECRET' }, headers: { 'idempotency-key': 'SECRET' } });
  await ask('/SECRET');
  expect(lines).toEqual([
    {
      type: 'request',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      requestId: expect.any(String),
      method: 'GET',
      route: '/items/{item}/lots/{code}',
      status: 404,
      ms: expect.any(Number),
      bytes: expect.any(Number),
      tenant: 'north',
    },
    expect.objectContaining({ method: 'POST', route: '/lots', status: 201 }),
    expect.objectContaining({ route: null, status: 404 }),
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/SECRET|maria|MILK/);
});

test('the description is for everybody, or not there at all', async () => {
  const described = await site();
  const page = await described.ask('/docs', { token: null });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toContain("style-src 'self'");
  expect((await described.ask('/openapi.json', { token: null })).body.openapi).toMatch(/^3\.1/);
  const type = (await described.ask('/none')).body.type;
  expect(await described.ask(type, { token: null })).toMatchObject({ status: 200 });
  expect((await described.ask('/errors/none')).status).toBe(404);
  const silent = await site({ docs: false });
  for (const path of ['/docs', '/openapi.json', '/docs.css', '/errors/lot.expired'])
    expect([path, (await silent.ask(path)).status]).toEqual([path, 404]);
});

test('a log that fails stops nothing', async () => {
  const throwing = () => {
    throw new Error('full');
  };
  const { ask } = await site({
    log: throwing,
    onFault: throwing,
    ledger: await failing(() => new Error('x')),
  });
  expect((await ask('/lots')).status).toBe(500);
});

test('the end waits for what is under way', async () => {
  const real = await openLedger(memory());
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const ledger = real.through((port) => ({
    ...port,
    async execute(commands, options) {
      await held;
      return port.execute(commands, options);
    },
  }));
  const { ask, handler } = await site({ ledger });
  const posting = ask('/grades', { body: { code: 'A' } });
  await new Promise((resolve) => setTimeout(resolve, 10));
  let closed = false;
  const closing = handler.close().then(() => {
    closed = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(closed).toBe(false);
  expect((await ask('/grades')).status).toBe(503);
  go();
  expect((await posting).status).toBe(201);
  await closing;
  expect(closed).toBe(true);
});
