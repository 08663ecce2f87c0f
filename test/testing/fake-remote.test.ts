/** The fake remote: a ledger over a wire that is slow, fails, forbids, forgets answers, and never shares an object. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import {
  type ChangeEvent,
  isLedgerError,
  type Ledger,
  type LedgerPort,
  type Lot,
  openLedger,
  type Page,
} from '../../src/core/index.ts';
import { type FakeRemote, type FakeRemoteOptions, fakeRemote } from '../../src/testing/index.ts';

/** A ledger with items A to C in lots, and a client of it over the fake wire. */
async function server(options: FakeRemoteOptions = {}): Promise<{
  ledger: Ledger;
  remote: FakeRemote;
  port: LedgerPort;
}> {
  const ledger = await openLedger(memory(), { actor: 'maria', now: () => new Date('2026-11-22T09:00:00Z') });
  for (const code of ['A', 'B', 'C']) {
    await ledger.items.create({
      code,
      description: `Item ${code}`,
      unit: { code: 'PCE', decimals: 0 },
      lots: { codeType: null, withdrawal: 'fefo' },
    } as never);
  }
  const remote = fakeRemote(ledger, options);
  return { ledger, remote, port: await remote.open() };
}

const create = (code: string, id = `make-${code}`) => ({
  name: 'lots.create@1',
  id,
  args: { item: 'A', code },
});

const lots = async (port: LedgerPort, args: object = {}): Promise<Page<Lot>> =>
  (await port.query('lots.list', args)) as Page<Lot>;

/** The code and kind something is refused with. */
const refused = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing',
    (error) => (isLedgerError(error) ? `${error.kind} ${error.code} ${error.retry}` : String(error)),
  );

test('answers what the ledger answers, and shares no object with it', async () => {
  const { ledger, port } = await server();
  const [receipt] = await port.execute([create('L1')]);
  expect(receipt?.outcome).toBe('accepted');
  const page = await lots(port);
  expect(page.items).toEqual((await ledger.lots.list()).items);
  (page.items as Lot[]).pop();
  expect((await lots(port)).items).toHaveLength(1);
  expect(port.capabilities).toEqual(JSON.parse(JSON.stringify(ledger.capabilities)));
  expect(port.status()).toEqual(ledger.status());
});

test('errors arrive as errors of the ledger, with their path and details', async () => {
  const { port } = await server();
  const error = await port.query('lots.list', { sort: ['weight'] }).catch((thrown: unknown) => thrown);
  expect(isLedgerError(error) && error.toJSON()).toMatchObject({
    code: 'query.unsupported',
    path: 'sort[0]',
  });
  const [receipt] = await port.execute([{ ...create('L1'), args: { item: 'Z', code: 'L1' } }]);
  expect(receipt).toMatchObject({ outcome: 'refused', problem: { code: 'item.notFound' } });
});

test.each([
  ['a date', { from: new Date(0) }, /lots\.list\.filter\.startDate\.from is a Date/],
  ['a function', () => true, /lots\.list\.filter\.startDate is a function/],
  ['no number', Number.NaN, /is NaN/],
  ['a map', new Map(), /is a Map/],
])('%s does not go over the wire, and it says where it stood', async (_, startDate, said) => {
  const { port } = await server();
  await expect(port.query('lots.list', { filter: { startDate } })).rejects.toThrow(said);
});

test('a lost answer: it was done, and the same id does it once', async () => {
  const { ledger, remote, port } = await server({ fail: ['after'] });
  expect(await refused(port.execute([create('L1')]))).toBe('unavailable store.unavailable same-id');
  expect((await ledger.lots.list()).items).toHaveLength(1);
  const [again] = await port.execute([create('L1')]);
  expect(again).toMatchObject({ outcome: 'accepted', replayed: true });
  expect((await ledger.lots.list()).items).toHaveLength(1);
  expect(remote.control.calls.map(({ state, ids }) => `${state} ${ids}`)).toEqual([
    'failed make-L1',
    'answered make-L1',
  ]);
});

test('a question that never arrived did nothing', async () => {
  const { ledger, remote, port } = await server();
  remote.control.fail = (call) => (call.kind === 'execute' ? 'before' : undefined);
  expect(await refused(port.execute([create('L1')]))).toBe('unavailable store.unavailable same-id');
  expect((await ledger.lots.list()).items).toHaveLength(0);
  remote.control.fail = { code: 'store.busy' };
  expect(await refused(lots(port))).toBe('unavailable store.busy same-id');
});

test('failures are drawn from the seed: the same run twice', async () => {
  const run = async (seed: number): Promise<string[]> => {
    const { remote, port } = await server({
      seed,
      fail: (_, { next }) => (next() < 0.4 ? 'before' : undefined),
      latency: (_, { between }) => between(0, 2),
    });
    for (let i = 0; i < 30; i++) await refused(lots(port));
    return remote.control.calls.map(({ state }) => state);
  };
  const [once, twice, other] = [await run(3), await run(3), await run(4)];
  expect(once).toEqual(twice);
  expect(once).not.toEqual(other);
  expect(new Set(once)).toEqual(new Set(['answered', 'failed']));
});

test('slow answers are overtaken by fast ones', async () => {
  const { port } = await server({ latency: ({ number }) => (number === 1 ? 40 : 1) });
  const order: number[] = [];
  await Promise.all([1, 2].map((number) => lots(port).then(() => order.push(number))));
  expect(order).toEqual([2, 1]);
});

test('calls wait while they are held, and go on in their order', async () => {
  const { remote, port } = await server();
  remote.control.held = true;
  const done: string[] = [];
  const both = ['L1', 'L2'].map((code) => port.execute([create(code)]).then(() => done.push(code)));
  await lots((await server()).port);
  expect(done).toEqual([]);
  expect(remote.control.calls.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  remote.control.held = false;
  await Promise.all(both);
  expect(done).toEqual(['L1', 'L2']);
});

test('a question is given up by its signal, and the client closes for good', async () => {
  const { ledger, remote, port } = await server({ latency: 10_000 });
  const stop = new AbortController();
  const asked = port.query('lots.list', {}, { signal: stop.signal });
  stop.abort();
  await expect(asked).rejects.toThrow(/abort/i);
  expect(remote.control.calls.at(-1)?.state).toBe('aborted');
  const waiting = refused(lots(port));
  await port.close();
  expect(await waiting).toBe('unavailable store.closed never');
  expect(port.status().state).toBe('closed');
  expect(await refused(lots(port))).toBe('unavailable store.closed never');
  expect(ledger.status().state).toBe('open');
});

test('offline is a status, every call fails, and the feed catches up afterwards', async () => {
  const { ledger, remote, port } = await server();
  const heard: number[] = [];
  port.subscribe(({ seq }) => heard.push(seq));
  remote.control.offline = true;
  expect(port.status()).toMatchObject({ state: 'offline', reason: 'store.unavailable' });
  expect(await refused(lots(port))).toBe('unavailable store.unavailable same-id');
  expect(await refused(remote.open())).toBe('unavailable store.unavailable same-id');
  const { seq } = ledger.status();
  await ledger.lots.create({ item: 'A', code: 'L1' });
  expect(heard).toEqual([]);
  remote.control.offline = false;
  await expect.poll(() => heard).toEqual([seq + 1]);
  expect(port.status()).toEqual({ state: 'open', seq: seq + 1 });
});

test('what is forbidden is refused by command, question, resource and permission', async () => {
  const { remote, port } = await server();
  remote.control.forbid = ['lots.create'];
  const [receipt] = await port.execute([create('L1')]);
  expect(receipt).toMatchObject({
    outcome: 'refused',
    problem: { kind: 'forbidden', code: 'permission.denied', details: { action: 'lots.create' } },
  });
  remote.control.forbid = ['lots.*'];
  expect(await refused(lots(port))).toBe('forbidden permission.denied new-id');
  remote.control.forbid = ['posting.reverse', 'status.change'];
  const acts = ['posting.reverse', 'posting.correct'].map((action) => ({ action }));
  expect(await port.query('ledger.can', acts)).toEqual([false, true]);
  await port.execute([create('L1')]);
  const [lot] = (await lots(port)).items;
  const patch = (fields: object, id: string) => ({
    name: 'lots.update@1',
    id,
    args: { id: lot?.id, patch: fields },
  });
  const answers = await port.execute([patch({ status: null }, 'p1'), patch({ description: 'x' }, 'p2')]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted']);
  const whole = await port.execute([create('L2'), patch({ status: null }, 'p3')], { atomic: true });
  expect(whole.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  expect((await lots(port)).items).toHaveLength(1);
});

test('somebody has to sign in first, and calls are sent again under the same ids', async () => {
  let token = '';
  const { remote, port } = await server({
    headers: async () => ({ authorization: `Bearer ${token}` }),
    accepts: ({ authorization }) => authorization === 'Bearer secret',
  });
  expect(await refused(port.execute([create('L1')]))).toBe('unauthenticated session.required same-id');
  token = 'secret';
  expect((await port.execute([create('L1')]))[0]).toMatchObject({ outcome: 'accepted' });
  remote.control.unauthenticated = true;
  expect(await refused(lots(port))).toBe('unauthenticated session.required same-id');
});

test('a smaller server says what it lacks and refuses it', async () => {
  const { port } = await server({
    capabilities: {
      without: ['total', 'search'],
      sorts: ['code', 'item'],
      filters: ['item', 'state'],
      queries: { 'serials.list': false, 'items.list': { sorts: ['code'] } },
      commands: { 'posting.reverse@1': 'The books of this server are append only.' },
    },
  });
  expect(port.capabilities.queries['lots.list']).toMatchObject({
    ...{ sorts: ['code', 'item'], filters: ['item', 'state'], total: false, search: false },
  });
  expect(port.capabilities.queries['serials.list']).toBeUndefined();
  expect(port.capabilities.queries['items.list']).toMatchObject({ sorts: ['code'] });
  const beyond = [
    { total: true },
    { search: 'x' },
    { sort: ['expiryDate'] },
    { sort: ['code', 'item', 'code', 'item'] },
    { filter: { status: 'X' } },
  ];
  for (const args of beyond) {
    expect(await refused(lots(port, args)), JSON.stringify(args)).toBe('unsupported query.unsupported never');
  }
  expect(await refused(port.query('serials.list', {}))).toBe('unsupported query.unsupported never');
  expect(await refused(port.execute([{ name: 'posting.reverse@1', id: 'r', args: {} }]))).toMatch(
    /command\.unsupported/,
  );
  expect((await lots(port, { sort: ['-code'], filter: { item: 'A' } })).items).toEqual([]);
});

test('the feed is held, doubled, late and in another order, and loses nothing', async () => {
  const { ledger, remote, port } = await server();
  const heard: ChangeEvent[] = [];
  const stop = port.subscribe((event) => heard.push(event));
  const seqs = (): number[] => heard.map(({ seq }) => seq);
  const { seq } = ledger.status();
  remote.control.feed.paused = true;
  await ledger.lots.create({ item: 'A', code: 'L1' });
  await lots(port);
  expect(seqs()).toEqual([]);
  remote.control.feed.paused = false;
  await expect.poll(seqs).toEqual([seq + 1]);
  remote.control.feed.duplicate = true;
  await ledger.lots.create({ item: 'A', code: 'L2' });
  await expect.poll(seqs).toEqual([seq + 1, seq + 2, seq + 2]);
  Object.assign(remote.control.feed, {
    duplicate: false,
    late: (event: ChangeEvent) => (event.seq === seq + 3 ? 30 : 0),
  });
  await ledger.lots.create({ item: 'A', code: 'L3' });
  await ledger.lots.create({ item: 'A', code: 'L4' });
  await expect.poll(() => seqs().slice(3)).toEqual([seq + 4, seq + 3]);
  expect(remote.control.listeners).toBe(1);
  stop();
  stop();
  expect(remote.control.listeners).toBe(0);
  await ledger.lots.create({ item: 'A', code: 'L5' });
  await lots(port);
  expect(heard).toHaveLength(5);
});

test('changes are read from a number on, until somebody stops', async () => {
  const { ledger, port } = await server();
  const { seq } = ledger.status();
  await ledger.lots.create({ item: 'A', code: 'L1' });
  const stop = new AbortController();
  const found: number[] = [];
  const reading = (async () => {
    for await (const event of port.changes({ after: seq - 1, signal: stop.signal })) {
      found.push(event.seq);
      if (found.length === 3) stop.abort();
    }
  })();
  await expect.poll(() => found).toEqual([seq, seq + 1]);
  await ledger.lots.create({ item: 'A', code: 'L2' });
  await reading;
  expect(found).toEqual([seq, seq + 1, seq + 2]);
});
