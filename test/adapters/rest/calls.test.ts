/** Commands and questions over REST: what is sent again and what is not, what errors say, how calls travel. */
import { beforeEach, describe, expect, it } from 'vitest';
import { rest } from '../../../src/adapters/ledgers/rest/index.ts';
import {
  type Command,
  isLedgerError,
  type Ledger,
  type LedgerError,
  openLedger,
} from '../../../src/core/index.ts';
import { json, page, problem, type Scripted, scripted } from './scripted.ts';

let server: Scripted;
let ledger: Ledger;

beforeEach(async () => {
  server = await scripted();
  ledger = await server.open();
});

const warehouse = (code: string, id = code): Command => ({ name: 'warehouses.create@1', id, args: { code } });

async function failure(act: Promise<unknown>): Promise<LedgerError> {
  try {
    await act;
  } catch (error) {
    if (isLedgerError(error)) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

/** Another answer than the server's, after it did what it was asked. */
const instead = async (go: () => Promise<Response>, answer: () => Response | Promise<Response>) => {
  await go();
  return answer();
};

const codes = async (): Promise<string[]> =>
  (await server.ledger.warehouses.list({})).items.map(({ code }) => code);

describe('commands', () => {
  it('of one turn travel together, in their order', async () => {
    const made = await Promise.all(['C', 'A', 'B'].map((code) => ledger.warehouses.create({ code })));
    expect(made.map(({ code }) => code)).toEqual(['C', 'A', 'B']);
    expect(server.count('/commands')).toBe(1);
    expect(
      (await server.ledger.port.query('journal.list', { limit: 10 }).catch(() => undefined)) ?? true,
    ).toBeTruthy();
  });

  it('that come while a call is under way wait for it and keep their order', async () => {
    let release = (): void => {};
    const held = new Promise<void>((go) => {
      release = go;
    });
    server.between = async (asked, go) => {
      if (asked.path === '/commands') await held;
      return go();
    };
    const first = ledger.port.execute([warehouse('A')]);
    await new Promise((go) => setTimeout(go, 10));
    const later = [ledger.port.execute([warehouse('B')]), ledger.port.execute([warehouse('C')])];
    await new Promise((go) => setTimeout(go, 10));
    expect(server.count('/commands')).toBe(1);
    release();
    const [[a], [b], [c]] = [await first, ...(await Promise.all(later))] as [[never], [never], [never]];
    expect([a, b, c].map((receipt: { seq: number }) => receipt.seq)).toEqual([1, 2, 3]);
    expect(server.count('/commands')).toBe(2);
  });

  it('go in calls of at most 256, and a larger group that stands or falls together is refused', async () => {
    const many = Array.from({ length: 600 }, (_, i) => warehouse(`W${i}`));
    const receipts = await ledger.port.execute(many);
    expect(receipts.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
    expect(server.count('/commands')).toBe(3);
    const error = await failure(ledger.port.execute(many, { atomic: true }));
    expect(error).toMatchObject({ kind: 'limit', details: { max: 256 } });
    await ledger.port.execute(
      Array.from({ length: 256 }, (_, i) => warehouse(`X${i}`)),
      { atomic: true },
    );
    expect(server.asked.at(-1)?.body).toContain('"atomic":true');
  });

  it('are cut in halves where the server takes less at a time', async () => {
    server.between = (asked, go) =>
      (asked.body?.length ?? 0) > 2_000
        ? problem(413, { code: 'limit.size', kind: 'limit', retry: 'new-id', details: { max: 2000 } })
        : go();
    const receipts = await ledger.port.execute(Array.from({ length: 100 }, (_, i) => warehouse(`W${i}`)));
    expect(receipts.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(receipts).toHaveLength(100);
  });

  it('are answered each where one of several is too large for the server: the others are written', async () => {
    server.between = (asked, go) =>
      (asked.body?.length ?? 0) > 2_000
        ? problem(413, { code: 'limit.size', kind: 'limit', retry: 'new-id', details: { max: 2000 } })
        : go();
    const large = { ...warehouse('LARGE'), args: { code: 'LARGE', description: 'x'.repeat(2_000) } };
    const many = [...Array.from({ length: 19 }, (_, i) => warehouse(`W${i}`)), large];
    const receipts = await ledger.port.execute(many);
    expect(receipts.map(({ outcome }) => outcome)).toEqual([...Array(19).fill('accepted'), 'refused']);
    expect(receipts.at(-1)).toMatchObject({ id: 'LARGE', problem: { code: 'limit.size' } });
    expect(await codes()).toHaveLength(19);
  });

  it.each([
    ['it may not', 403, { code: 'permission.denied', kind: 'forbidden', retry: 'new-id' }],
    ['it is too large', 413, { code: 'limit.size', kind: 'limit', retry: 'new-id' }],
  ])('stay open when an answer got lost, though the next one says that %s', async (_, status, said) => {
    let tries = 0;
    server.between = (asked, go) => {
      if (asked.path !== '/commands') return go();
      return tries++ === 0 ? instead(go, () => page(502)) : problem(status, { ...said, details: {} });
    };
    const error = await failure(ledger.port.execute([warehouse('A')]));
    expect(error).toMatchObject({ code: 'store.unknown', retry: 'same-id' });
    expect(await codes()).toEqual(['A']);
  });

  it('are sent alone when a call with several was refused as a whole', async () => {
    server.between = (asked, go) =>
      asked.body?.includes('"BAD"')
        ? problem(400, { code: 'field.type', kind: 'invalid', retry: 'new-id', details: {} })
        : go();
    const results = await Promise.allSettled(
      ['A', 'BAD', 'B'].map((code) => ledger.warehouses.create({ code })),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it.each([
    ['the line breaks before', async () => Promise.reject(new TypeError('failed to fetch'))],
    [
      'the answer gets lost',
      async (go: () => Promise<Response>) => instead(go, () => Promise.reject(new TypeError('reset'))),
    ],
    [
      'a proxy answers 502 after it was done',
      async (go: () => Promise<Response>) => instead(go, () => page(502)),
    ],
    [
      'the answer is cut short',
      async (go: () => Promise<Response>) => new Response((await (await go()).text()).slice(0, 9)),
    ],
    ['a page comes with status 200', async (go: () => Promise<Response>) => instead(go, () => page(200))],
    [
      'the server is busy',
      async () => problem(503, { code: 'store.busy', kind: 'unavailable', retry: 'same-id', details: {} }),
    ],
    [
      'its ledger is being closed',
      async () => problem(503, { code: 'store.closed', kind: 'unavailable', retry: 'never', details: {} }),
    ],
    [
      'it asks to wait',
      async () =>
        problem(
          429,
          { code: 'limit.rate', kind: 'limit', retry: 'same-id', details: {} },
          { 'retry-after': '0' },
        ),
    ],
    [
      'the receipts are those of others',
      async (go: () => Promise<Response>) => instead(go, () => json({ receipts: [] })),
    ],
  ])('count once when %s', async (_, fail) => {
    let times = 2;
    server.between = (asked, go) => (asked.path === '/commands' && times-- > 0 ? fail(go) : go());
    await ledger.warehouses.create({ code: 'MAIN' });
    const bodies = server.asked.filter(({ path }) => path === '/commands').map(({ body }) => body);
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(await codes()).toEqual(['MAIN']);
    expect(ledger.status()).toEqual({ state: 'open', seq: 1 });
  });

  it('end in store.unknown when they may have been done, in store.unavailable when not', async () => {
    ledger = await server.open({ retryFor: 0 });
    server.between = () => page(502);
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({
      code: 'store.unknown',
      retry: 'same-id',
    });
    server.between = () =>
      problem(503, { code: 'store.busy', kind: 'unavailable', retry: 'same-id', details: {} });
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({
      code: 'store.busy',
      retry: 'same-id',
    });
    server.between = () =>
      Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({
      code: 'store.unavailable',
      retry: 'same-id',
    });
    expect(ledger.status()).toMatchObject({ state: 'offline', reason: 'store.unavailable' });
    server.between = (_, go) => go();
    await ledger.warehouses.create({ code: 'A' });
    expect(ledger.status()).toMatchObject({ state: 'open' });
  });

  it('do not wait longer than the server may be waited for', async () => {
    server.between = () =>
      problem(
        429,
        { code: 'limit.rate', kind: 'limit', retry: 'same-id', details: {} },
        { 'retry-after': '3600' },
      );
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({ code: 'limit.rate' });
    expect(server.count('/commands')).toBe(1);
  });

  it('that JSON would change are refused before they are sent, by the path the engine names', async () => {
    const refused = async (args: unknown) => {
      const [receipt] = await ledger.port.execute([{ name: 'warehouses.create@1', id: 'x', args }]);
      return receipt?.outcome === 'refused' ? [receipt.problem.code, receipt.problem.path] : receipt;
    };
    expect(await refused({ code: Number.NaN })).toEqual(['field.type', 'code']);
    expect(await refused({ code: 'A', locations: [{ code: 1n }] })).toEqual([
      'field.type',
      'locations[0].code',
    ]);
    expect(await refused({ code: new Date() })).toEqual(['field.type', 'code']);
    let deep: unknown = {};
    for (let i = 0; i < 5_000; i++) deep = { deep };
    expect(await refused(deep)).toEqual(['limit.depth', expect.stringMatching(/^deep(\.deep)+$/)]);
    expect(server.count('/commands')).toBe(0);
    await refused({ code: 'A', note: -0 });
    expect(server.asked.at(-1)?.body).toContain('"args":{"code":"A","note":-0}');
  });
});

describe('errors', () => {
  it('are those the server says', async () => {
    await ledger.warehouses.create({ code: 'A' });
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({
      code: 'warehouse.duplicate',
      kind: 'rejected',
    });
  });

  it('of a newer server keep their kind and their text under a code that is known', async () => {
    server.between = (asked, go) => {
      if (asked.path === '/commands') {
        const said = {
          kind: 'rejected',
          code: 'lot.frozenByNewRule',
          retry: 'new-id',
          details: { code: 'L1' },
        };
        return json({ receipts: [{ outcome: 'refused', id: 'x', problem: said }] });
      }
      if (asked.path.startsWith('/queries')) {
        return problem(422, {
          kind: 'conflict',
          code: 'brand.new',
          retry: 'new-id',
          details: {},
          detail: 'Brand new.',
        });
      }
      return go();
    };
    const [receipt] = await ledger.port.execute([warehouse('A', 'x')]);
    expect(receipt).toMatchObject({
      outcome: 'refused',
      problem: {
        kind: 'rejected',
        code: 'hook.refused',
        details: { code: 'L1', theirs: 'lot.frozenByNewRule' },
      },
    });
    expect(await failure(ledger.lots.list({}))).toMatchObject({
      kind: 'conflict',
      code: 'hook.refused',
      details: { text: 'Brand new.', theirs: 'brand.new' },
    });
  });

  it.each([
    [401, 'session.required'],
    [419, 'session.required'],
    [403, 'permission.denied'],
  ])('with status %i and a page are %s, and are not sent again', async (status, code) => {
    server.between = () => page(status);
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({ code });
    expect(await failure(ledger.lots.list({}))).toMatchObject({ code });
    expect(server.count('/commands')).toBe(1);
  });
});

describe('questions', () => {
  it('are asked again for a while, and fail at once while the server is known to be away', async () => {
    let times = 1;
    server.between = (_, go) => (times-- > 0 ? page(502) : go());
    expect((await ledger.lots.list({})).items).toEqual([]);
    server.between = () => page(502);
    const fails = await server.open({}).catch((error: LedgerError) => error);
    expect(fails).toMatchObject({ code: 'store.unavailable' });
    ledger = await (async () => {
      server.between = (_, go) => go();
      return server.open({ retryFor: 0 });
    })();
    server.between = () => page(502);
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({ code: 'store.unknown' });
    const before = server.asked.length;
    expect(await failure(ledger.lots.list({}))).toMatchObject({ code: 'store.unavailable' });
    expect(server.asked.length).toBe(before + 1);
  });

  it('end with the signal, with its reason', async () => {
    server.between = () => new Promise(() => {});
    const stop = new AbortController();
    const asked = ledger.lots.list({}, { signal: stop.signal });
    stop.abort(new Error('nobody waits'));
    await expect(asked).rejects.toThrow('nobody waits');
    expect(ledger.status().state).toBe('open');
    await expect(ledger.lots.list({}, { signal: stop.signal })).rejects.toThrow('nobody waits');
  });

  it('go so many at a time; one that nobody waits for any more leaves its place', async () => {
    let under = 0;
    let most = 0;
    const releases: (() => void)[] = [];
    server.between = async (_, go) => {
      most = Math.max(most, ++under);
      await new Promise<void>((release) => releases.push(release));
      under--;
      return go();
    };
    const stop = new AbortController();
    const asked = Array.from({ length: 100 }, () => ledger.lots.list({}));
    const left = ledger.lots.list({}, { signal: stop.signal });
    stop.abort(new Error('nobody waits'));
    await expect(left).rejects.toThrow('nobody waits');
    const before = server.asked.length;
    await expect
      .poll(async () => {
        for (const release of releases.splice(0)) release();
        return server.asked.length;
      })
      .toBe(before + 68);
    for (const release of releases.splice(0)) release();
    server.between = (_, go) => go();
    await Promise.all(asked);
    expect(most).toBe(32);
  });

  it('take an answer that never comes for none', async () => {
    ledger = await server.open({ timeout: 20 });
    let times = 1;
    server.between = (_, go) => (times-- > 0 ? new Promise(() => {}) : go());
    expect((await ledger.lots.list({})).items).toEqual([]);
  });
});

describe('headers', () => {
  it('are asked for anew with each request, and credentials go as said', async () => {
    let n = 0;
    ledger = await server.open({
      credentials: 'include',
      headers: async () => ({ authorization: `Bearer ${++n}` }),
    });
    await ledger.lots.list({});
    expect(server.asked.slice(-2).map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer 1',
      'Bearer 2',
    ]);
    expect(server.asked.at(-1)?.init.credentials).toBe('include');
    expect(server.asked.at(-1)?.headers.get('content-type')).toBe('application/json');
  });

  it('that cannot be said fail the call without sending it', async () => {
    let good = true;
    ledger = await server.open({ headers: () => (good ? {} : Promise.reject(new Error('no token'))) });
    good = false;
    const before = server.asked.length;
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({
      code: 'store.unavailable',
    });
    expect(server.asked.length).toBe(before);
  });
});

describe('opening', () => {
  const opening = (between: Scripted['between']): Promise<LedgerError> => {
    server.between = between;
    return failure(server.open());
  };

  it('says what is wrong', async () => {
    expect(await opening(() => page(404))).toMatchObject({
      code: 'server.unknown',
      details: { url: 'http://ledger.test/api/' },
    });
    expect(await opening(() => page(200))).toMatchObject({ code: 'server.unknown' });
    expect(await opening(() => json({ hello: 'world' }))).toMatchObject({ code: 'server.unknown' });
    expect(await opening(() => page(401))).toMatchObject({ code: 'session.required' });
    expect(await opening(() => Promise.reject(new TypeError('no way')))).toMatchObject({
      code: 'store.unavailable',
    });
    expect(
      await opening(async (_, go) => json({ ...((await (await go()).json()) as object), wire: 2 })),
    ).toMatchObject({
      code: 'version.mismatch',
      details: { theirs: 2, ours: 1 },
    });
  });

  it('takes a portal that sends to its sign-in page for one that wants a sign-in', async () => {
    const redirected = page(200);
    Object.defineProperty(redirected, 'redirected', { value: true });
    expect(await opening(() => redirected)).toMatchObject({ code: 'session.required' });
  });

  it('gives the capabilities, the standing and the proofs of the server', async () => {
    await server.ledger.warehouses.create({ code: 'A' });
    ledger = await server.open();
    expect(ledger.capabilities).toEqual(server.ledger.capabilities);
    expect(ledger.status()).toEqual({ state: 'open', seq: 1 });
    expect(await ledger.head()).toEqual(await server.ledger.head());
    expect(await ledger.verify({ anchor: await ledger.head() })).toMatchObject({ ok: true });
  });

  it('offers no proofs where the server does not', async () => {
    server.between = async (_, go) => json({ ...((await (await go()).json()) as object), verify: false });
    ledger = await server.open();
    expect(await failure(ledger.verify())).toMatchObject({ code: 'command.unsupported' });
  });

  it('is read-only as the server says, at once and later', async () => {
    server.between = async (_, go) =>
      json({
        ...((await (await go()).json()) as object),
        status: { state: 'readonly', reason: 'store.newer', seq: 7 },
      });
    const readonly = await server.open();
    expect(readonly.status()).toEqual({ state: 'readonly', reason: 'store.newer', seq: 7 });
    server.between = () =>
      problem(500, { kind: 'corrupt', code: 'store.corrupt', retry: 'never', details: {} });
    expect(await failure(ledger.warehouses.create({ code: 'A' }))).toMatchObject({ code: 'store.corrupt' });
    expect(ledger.status()).toEqual({ state: 'readonly', reason: 'store.corrupt', seq: 0 });
  });

  it('refuses what only the other side can be told', async () => {
    expect(await failure(openLedger(rest('http://x'), { permissions: [] }))).toMatchObject({
      code: 'command.unsupported',
    });
  });
});

describe('closing', () => {
  it('ends questions, lets a command be answered, and refuses what comes after', async () => {
    let answer = (): void => {};
    server.between = (asked, go) =>
      asked.path === '/commands'
        ? new Promise((done) => {
            answer = () => done(go());
          })
        : new Promise(() => {});
    const question = failure(ledger.lots.list({}));
    const command = ledger.warehouses.create({ code: 'A' });
    await expect.poll(() => server.count('/commands')).toBe(1);
    const closed = ledger.close();
    expect(await question).toMatchObject({ code: 'store.closed' });
    server.between = (_, go) => go();
    answer();
    await closed;
    expect(ledger.status()).toMatchObject({ state: 'closed' });
    // the record is read after the command, which is too late
    expect(await failure(command)).toMatchObject({ code: 'store.closed' });
    expect(await codes()).toEqual(['A']);
    expect(await failure(ledger.lots.list({}))).toMatchObject({ code: 'store.closed' });
    expect(await failure(ledger.port.execute([warehouse('B')]))).toMatchObject({ code: 'store.closed' });
  });
});
