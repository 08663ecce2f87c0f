/** The port's own paths: commands and questions by name, in the name of whoever is signed in. */
import { expect, test, vi } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Command, openLedger } from '../../src/core/index.ts';
import { createHandler, type ServerAct, type ServerOptions } from '../../src/server/index.ts';
import { WIRE_VERSION } from '../../src/wire/index.ts';
import { dairy, milk, site } from './setup.ts';

const grade = (code: string, more: object = {}): Command => ({
  name: 'grades.create@1',
  id: `make-${code}`,
  args: { code },
  ...more,
});

test('capabilities tell the ledger, its state, and as whom one is known', async () => {
  const { ask, ledger } = await site();
  const { status, body } = await ask('/capabilities');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    wire: WIRE_VERSION,
    actor: 'maria',
    verify: false,
    status: { state: 'open' },
  });
  expect(body.capabilities).toEqual(JSON.parse(JSON.stringify(ledger.capabilities)));
});

test('commands are answered with a receipt each, refusals among them', async () => {
  const { ask } = await site();
  const { status, body } = await ask('/commands', {
    body: { commands: [grade('A'), grade('a', { id: 'other' }), { name: 'none@1', id: 'n', args: {} }] },
  });
  expect(status).toBe(200);
  expect(body.receipts).toMatchObject([
    { outcome: 'accepted', id: 'make-A', result: { id: 'a' } },
    { outcome: 'refused', id: 'other', problem: { code: 'grade.duplicate' } },
    { outcome: 'refused', id: 'n', problem: { code: 'command.unknown' } },
  ]);
  const again = await ask('/commands', { body: { commands: [grade('A')] } });
  expect(again.body.receipts).toMatchObject([{ outcome: 'accepted', replayed: true }]);
});

test('commands of an atomic call stand or fall together', async () => {
  const { ask, ledger } = await site();
  const { body } = await ask('/commands', {
    body: { commands: [grade('A'), grade('A', { id: 'again' })], atomic: true },
  });
  expect(body.receipts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['refused', 'refused']);
  expect((await ledger.grades.list()).items).toEqual([]);
});

test('whatever a command says of its actor counts for nothing', async () => {
  const { ask, ledger } = await site();
  await ask('/commands', { body: { commands: [grade('A', { actor: 'root' })] }, token: 'carla' });
  await ask('/grades', { body: { code: 'B' }, token: 'carla' });
  for (const code of ['A', 'B']) {
    const { items } = await ledger.grades.history(code);
    expect(new Set(items.map(({ actor }) => actor))).toEqual(new Set(['carla']));
  }
  const sent = await ask('/grades', { body: { code: 'C', actor: 'root' }, token: 'carla' });
  expect(sent).toMatchObject({ status: 400, body: { code: 'field.unknown', path: 'actor' } });
});

test('permissions are those the server knows', async () => {
  const { ask, ledger } = await site({
    authenticate: ({ headers }) =>
      headers.get('authorization')?.includes('clerk')
        ? { actor: 'clerk', permissions: [] }
        : { actor: 'boss', permissions: ['posting.reverse'] },
  });
  await dairy(ledger);
  const posted = await ask('/postings', { body: milk() });
  const path = `/postings/${posted.body.id}/reverse`;
  const body = { date: '2026-11-22', reason: 'Wrong', permissions: ['posting.reverse'] };
  expect(await ask(path, { body, token: 'clerk' })).toMatchObject({ status: 400 });
  const { permissions: _permissions, ...honest } = body;
  const denied = await ask(path, { body: honest, token: 'clerk' });
  expect(denied).toMatchObject({ status: 403, body: { code: 'permission.denied' } });
  const can = { body: [{ action: 'posting.reverse' }] };
  expect((await ask('/can', { ...can, token: 'clerk' })).body).toEqual([false]);
  expect((await ask('/can', { ...can, token: 'boss' })).body).toEqual([true]);
  expect(await ask(path, { body: honest, token: 'boss' })).toMatchObject({ status: 201 });
});

test('questions are asked by their names', async () => {
  const { ask, ledger } = await site();
  await dairy(ledger);
  const { body } = await ask('/queries/items.get', { body: { id: 'MILK' } });
  expect(body.result).toMatchObject({ code: 'MILK' });
  const listed = await ask('/queries/lots.list', { method: 'POST' });
  expect(listed.body.result.items).toEqual([]);
  expect(await ask('/queries/lots.steal', { body: {} })).toMatchObject({
    status: 501,
    body: { code: 'query.unsupported' },
  });
  expect(await ask('/queries/items.get', { body: { id: 7 } })).toMatchObject({ status: 400 });
});

test('the head and its proof, for those who may', async () => {
  const { ask, ledger } = await site({ authorize: ({ actor }) => actor === 'auditor' });
  await ledger.grades.create({ code: 'A' });
  expect(await ask('/head')).toMatchObject({ status: 403, body: { details: { action: 'ledger.head' } } });
  const head = await ask('/head', { token: 'auditor' });
  expect(head.body).toEqual(await ledger.head());
  const proof = await ask('/verify', { body: { anchor: head.body }, token: 'auditor' });
  expect(proof).toMatchObject({ status: 200, body: { ok: true } });
  const other = await ask('/verify', { body: { anchor: { ...head.body, seq: 'x' } }, token: 'auditor' });
  expect(other).toMatchObject({ status: 400, body: { path: 'anchor' } });
  expect(await ask('/verify', { method: 'POST' })).toMatchObject({ status: 403 });
  const ordinary = await site();
  expect(await ordinary.ask('/verify', { method: 'POST' })).toMatchObject({ status: 403 });
  expect(await ordinary.ask('/head')).toMatchObject({ status: 200 });
});

test('authorize is asked for every command and question, and what it refuses is not done', async () => {
  const acts: ServerAct[] = [];
  const { ask, ledger } = await site({
    authorize: (_caller, act) => {
      acts.push(act);
      return act.kind === 'query' ? act.name !== 'lots.get' : !JSON.stringify(act).includes('SECRET');
    },
  });
  await dairy(ledger);
  const body = { commands: [grade('A'), grade('SECRET'), grade('B')] };
  const receipts = (await ask('/commands', { body })).body.receipts;
  expect(receipts).toMatchObject([
    { outcome: 'accepted', id: 'make-A' },
    { outcome: 'refused', id: 'make-SECRET', problem: { code: 'permission.denied' } },
    { outcome: 'accepted', id: 'make-B' },
  ]);
  expect(acts).toContainEqual({ kind: 'command', name: 'grades.create@1', args: { code: 'SECRET' } });
  const atomic = (await ask('/commands', { body: { commands: [grade('C'), grade('SECRET')], atomic: true } }))
    .body;
  expect(atomic.receipts).toMatchObject([
    { outcome: 'refused', problem: { code: 'command.notApplied', details: { because: 'make-SECRET' } } },
    { outcome: 'refused', problem: { code: 'permission.denied' } },
  ]);
  expect((await ledger.grades.list()).items.map(({ code }) => code)).toEqual(['A', 'B']);
  expect(await ask('/queries/lots.get', { body: { id: 'x' } })).toMatchObject({ status: 403 });
  expect(await ask('/lots/x')).toMatchObject({ status: 403, body: { details: { action: 'lots.get' } } });
  // what was made may not be read: only what the command itself answers is told
  const made = await ask('/lots', { body: { item: 'MILK', code: 'L1' } });
  expect(made).toMatchObject({ status: 201, body: { id: expect.any(String) } });
  expect(Object.keys(made.body)).toEqual(['id']);
});

test('the same key has one effect, and another body under it is refused', async () => {
  const { ask, ledger } = await site();
  await dairy(ledger);
  const headers = { 'idempotency-key': '"8e03978e-40d5"' };
  const first = await ask('/postings', { body: milk('10'), headers });
  expect(first.status).toBe(201);
  expect(first.headers.get('idempotency-key')).toBe('8e03978e-40d5');
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  const again = await ask('/postings', { body: milk('10'), headers });
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const other = await ask('/postings', { body: milk('11'), headers });
  expect(other).toMatchObject({
    status: 422,
    body: { code: 'command.mismatch', commandId: '8e03978e-40d5' },
  });
  const both = await ask('/postings', { body: { ...milk('10'), commandId: 'another' }, headers });
  expect(both).toMatchObject({ status: 422, body: { code: 'command.mismatch', path: 'commandId' } });
  const equal = await ask('/postings', { body: { ...milk('10'), commandId: '8e03978e-40d5' }, headers });
  expect(equal).toMatchObject({ status: 201, body: { id: first.body.id } });
  const refused = { body: { item: 'NONE', code: 'X' }, headers: { 'idempotency-key': 'refused-1' } };
  const [one, two] = [await ask('/lots', refused), await ask('/lots', refused)];
  expect([one.body, one.headers.get('idempotency-replayed')]).toEqual([two.body, null]);
  expect(two.headers.get('idempotency-replayed')).toBe('true');
  const none = await ask('/lots', { body: { item: 'MILK', code: 'X' } });
  expect(none.headers.get('idempotency-key')).toMatch(/^[\w-]{10,}$/);
  const long = await ask('/lots', { body: { item: 'MILK' }, headers: { 'idempotency-key': 'x'.repeat(65) } });
  expect(long).toMatchObject({ status: 400, body: { code: 'field.tooLong', path: 'commandId' } });
});

test.each<[string, unknown, number, string, string | undefined]>([
  ['no object', [], 400, 'field.type', undefined],
  ['no body', undefined, 400, 'field.type', undefined],
  ['no commands', {}, 400, 'field.type', 'commands'],
  ['an empty list', { commands: [] }, 400, 'field.required', 'commands'],
  ['no command', { commands: [null] }, 400, 'field.type', 'commands[0]'],
  ['no id', { commands: [{ name: 'grades.create@1' }] }, 400, 'field.required', 'commands[0].id'],
  ['no name', { commands: [{ id: 'x' }] }, 400, 'field.required', 'commands[0].name'],
  [
    'a force of null inside',
    { commands: [{ ...grade('A'), force: {} }] },
    400,
    'field.required',
    'commands[0].force.reason',
  ],
  [
    'a force that is a text',
    { commands: [{ ...grade('A'), force: 'x' }] },
    400,
    'field.type',
    'commands[0].force',
  ],
  [
    'another source',
    { commands: [{ ...grade('A'), source: 'root' }] },
    400,
    'field.type',
    'commands[0].source',
  ],
  [
    'a reason that is none',
    { commands: [{ ...grade('A'), reason: 7 }] },
    400,
    'field.type',
    'commands[0].reason',
  ],
  ['an atomic that is none', { commands: [grade('A')], atomic: 'yes' }, 400, 'field.type', 'atomic'],
  ['what nobody knows', { commands: [grade('A')], now: true }, 400, 'field.unknown', 'now'],
  [
    'too many',
    { commands: Array.from({ length: 257 }, (_, i) => grade(`G${i}`)) },
    413,
    'limit.lines',
    'commands',
  ],
])('commands with %s are refused', async (_, body, status, code, path) => {
  const { ask } = await site();
  const answer = await ask('/commands', { method: 'POST', body });
  expect([answer.status, answer.body.code, answer.body.path]).toEqual([status, code, path]);
});

test('nobody is anybody: 401 without a sign-in, and no server without a way to sign in', async () => {
  const { ask } = await site({ challenge: 'Bearer realm="lots"' });
  const answer = await ask('/lots', { token: null });
  expect(answer).toMatchObject({ status: 401, body: { code: 'session.required', kind: 'unauthenticated' } });
  expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="lots"');
  const ledger = await openLedger(memory());
  const make = (options: object) => () =>
    createHandler({ log: () => 0, ...options } as unknown as ServerOptions);
  expect(make({ ledger })).toThrow(/authenticate/);
  expect(make({ ledger, authenticate: { everybody: ' ' } })).toThrow(/authenticate/);
  expect(make({ authenticate: () => null })).toThrow(/ledger/);
  expect(make({ ledger, ledgerFor: () => ledger, authenticate: () => null })).toThrow(/ledger/);
  expect(make({ ledger, authenticate: () => null, secret: 'short' })).toThrow(/16/);
  expect(make({ ledger, authenticate: () => null, origins: ['*'] })).toThrow(/origin/);
  expect(make({ ledger, authenticate: () => null, base: 'api' })).toThrow(/mounted/);
  expect(make({ ledger, authenticate: () => null, limits: { pages: 3 } })).toThrow(/limit/);
  expect(make({ ledger, authenticate: () => null, limits: { bodyBytes: Number.NaN } })).toThrow(/limit/);
  const open = await site({ authenticate: { everybody: 'kiosk' } });
  expect((await open.ask('/capabilities', { token: null })).body.actor).toBe('kiosk');
});

test('a sign-in or a permission that does not work lets nobody through', async () => {
  const broken = (): never => {
    throw new Error('directory of maria is down');
  };
  const signIn = await site({ authenticate: broken });
  const refused = await signIn.ask('/lots');
  expect(refused).toMatchObject({
    status: 503,
    body: { code: 'hook.failed', details: { hook: 'authenticate' } },
  });
  expect(JSON.stringify([refused.body, signIn.lines])).not.toContain('maria is down');
  expect(signIn.faults).toMatchObject([{ message: 'directory of maria is down' }]);
  const nameless = await site({ authenticate: () => ({ actor: '' }) });
  expect(await nameless.ask('/lots')).toMatchObject({ status: 503, body: { code: 'hook.failed' } });
  const permission = await site({ authorize: broken });
  expect(await permission.ask('/lots')).toMatchObject({ status: 503, body: { code: 'hook.failed' } });
  const yes = await site({ authorize: (() => 'yes') as unknown as () => boolean });
  expect(await yes.ask('/lots')).toMatchObject({ status: 403 });
});

test('each caller has the ledger of their tenant', async () => {
  const ledgers = { north: await openLedger(memory()), south: await openLedger(memory()) };
  const ledgerFor = vi.fn(({ tenant }: { tenant?: string }) => ledgers[tenant as keyof typeof ledgers]);
  const { ask } = await site({ ledgerFor } as Partial<ServerOptions>);
  await ask('/grades', { body: { code: 'A' }, token: 'maria@north' });
  expect((await ask('/grades', { token: 'maria@north' })).body.items).toHaveLength(1);
  expect((await ask('/grades', { token: 'maria@south' })).body.items).toHaveLength(0);
  expect(await ask('/grades/A', { token: 'maria@south' })).toMatchObject({ status: 404 });
  expect(ledgerFor).toHaveBeenCalledWith({ actor: 'maria', tenant: 'north' }, undefined);
});
