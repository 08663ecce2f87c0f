/** The feed of changes: polls that wait, streams that go on where they ended, and nothing for whom it is not. */
import { afterEach, expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { type Ledger, openLedger } from '../../src/core/index.ts';
import type { ServerOptions } from '../../src/server/index.ts';
import { type Asking, requestTo, type Site, site } from './setup.ts';

/** A stream as it is read: whole events, one after the other. */
class Listening {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = '';

  constructor(response: Response) {
    this.#reader = (response.body as ReadableStream<Uint8Array>).getReader();
  }

  /** The next event; undefined at the end. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const event = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return event;
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += new TextDecoder().decode(value);
    }
  }

  stop(): Promise<void> {
    return this.#reader.cancel();
  }
}

const open: Site[] = [];

async function served(options: Partial<ServerOptions> = {}): Promise<Site> {
  const made = await site(options);
  open.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ handler }) => handler.close()));
});

const accept = { accept: 'text/event-stream' };

async function listen({ handler }: Site, query = '', asking: Asking = {}): Promise<Listening> {
  const headers = { ...accept, ...asking.headers };
  const response = await handler(requestTo(`/changes${query}`, { ...asking, headers }));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const listening = new Listening(response);
  expect(await listening.next()).toBe('retry: 2000');
  return listening;
}

const grades = async (ledger: Ledger, ...codes: string[]): Promise<void> => {
  for (const code of codes) await ledger.grades.create({ code });
};

const seqOf = (event: string | undefined): number => Number(/^id: (\d+)$/m.exec(event ?? '')?.[1]);

test('a poll answers what is there, page by page, and where it came to', async () => {
  const { ask, ledger } = await served();
  await grades(ledger, 'A', 'B', 'C');
  const first = await ask('/changes?after=0&limit=2');
  expect(first.body).toEqual({
    changes: [
      { seq: 1, touched: [{ resource: 'grades', id: 'a' }] },
      { seq: 2, touched: [{ resource: 'grades', id: 'b' }] },
    ],
    seq: 2,
  });
  expect((await ask('/changes?after=2')).body).toMatchObject({ changes: [{ seq: 3 }], seq: 3 });
  expect((await ask('/changes?after=3')).body).toEqual({ changes: [], seq: 3 });
  expect((await ask('/changes')).body).toEqual({ changes: [], seq: 3 });
});

test('a poll that waits is answered as soon as there is something, or with nothing in the end', async () => {
  const { ask, ledger } = await served();
  const waiting = ask('/changes?after=0&wait=60');
  await grades(ledger, 'A');
  expect((await waiting).body).toMatchObject({ changes: [{ seq: 1 }], seq: 1 });
  expect((await ask('/changes?after=1&wait=1')).body).toEqual({ changes: [], seq: 1 });
});

test('a poll is told when it asks for more than the journal has', async () => {
  const { ask, ledger } = await served();
  await grades(ledger, 'A');
  expect((await ask('/changes?after=7&wait=60')).body).toEqual({ changes: [], seq: 1, reset: true });
});

test.each(['after=-1', 'after=x', 'after=1.5', 'wait=61', 'limit=0', 'limit=1001', 'since=1'])(
  'a poll of %s is refused',
  async (query) => {
    const { ask } = await served();
    expect(await ask(`/changes?${query}`)).toMatchObject({ status: 400, body: { kind: 'invalid' } });
  },
);

test('a stream tells each change with its number, and goes on from the last one heard', async () => {
  const at = await served();
  await grades(at.ledger, 'A', 'B');
  const stream = await listen(at, '?after=0');
  expect(await stream.next()).toBe('id: 1\ndata: {"seq":1,"touched":[{"resource":"grades","id":"a"}]}');
  expect(seqOf(await stream.next())).toBe(2);
  const next = stream.next();
  await grades(at.ledger, 'C');
  expect(seqOf(await next)).toBe(3);
  await stream.stop();
  const again = await listen(at, '?after=0', { headers: { 'last-event-id': '2' } });
  expect(seqOf(await again.next())).toBe(3);
  const wrong = await at.ask('/changes?stream', { headers: { 'last-event-id': 'x' } });
  expect(wrong).toMatchObject({ status: 400, body: { path: 'last-event-id' } });
});

test('a stream begins now where nothing else is said, and needs no header to be one', async () => {
  const at = await served();
  await grades(at.ledger, 'A');
  const stream = await listen(at, '?stream', { headers: { accept: '*/*' } });
  const next = stream.next();
  await grades(at.ledger, 'B');
  expect(seqOf(await next)).toBe(2);
});

test('a stream of a journal that is another one says so, and goes on where that one stands', async () => {
  const at = await served();
  await grades(at.ledger, 'A');
  const stream = await listen(at, '', { headers: { 'last-event-id': '99' } });
  expect(await stream.next()).toBe('id: 1\nevent: reset\ndata: {"seq":1}');
  const next = stream.next();
  await grades(at.ledger, 'B');
  expect(seqOf(await next)).toBe(2);
});

test('a poll looks at so many changes and no more, and says how far it came', async () => {
  const real = await openLedger(memory());
  const ledger = real.through((port) => ({
    ...port,
    head: async () => ({ seq: 6_000, head: '' }),
    async *changes(options = {}) {
      for (let seq = (options.after ?? 0) + 1; seq <= 6_000; seq++) yield { seq, touched: [] };
    },
  }));
  const { ask } = await site({ ledger, authorize: (_caller, act) => act.kind !== 'change' });
  expect((await ask('/changes?after=0&limit=1')).body).toEqual({ changes: [], seq: 4_000 });
  expect((await ask('/changes?after=4000&limit=1')).body).toEqual({ changes: [], seq: 6_000 });
});

test('of what one may not see only the number is told', async () => {
  const at = await served({
    authorize: (_caller, act) => act.kind !== 'change' || act.event.touched[0]?.id !== 'secret',
  });
  await grades(at.ledger, 'SECRET', 'B');
  expect((await at.ask('/changes?after=0')).body).toMatchObject({ changes: [{ seq: 2 }], seq: 2 });
  const stream = await listen(at, '?after=0');
  expect(await stream.next()).toBe('id: 1');
  expect(seqOf(await stream.next())).toBe(2);
});

test('a stream that has nothing to say gives signs of life', async () => {
  const at = await served({ limits: { heartbeatSeconds: 0.01 } });
  const stream = await listen(at);
  for (let i = 0; i < 3; i++) expect(await stream.next()).toBe(': ');
  const next = (async () => {
    for (;;) {
      const event = await stream.next();
      if (event !== ': ') return event;
    }
  })();
  await grades(at.ledger, 'A');
  expect(seqOf(await next)).toBe(1);
});

test('a stream ends in time, so that whoever is signed out does not hear on', async () => {
  const at = await served({ limits: { streamSeconds: 0.05 } });
  const stream = await listen(at);
  expect(await stream.next()).toBe(': ');
  expect(await stream.next()).toBeUndefined();
});

test('a stream reads on only as its reader does, and lets go when the reader goes', async () => {
  const ledger = await openLedger(memory());
  await grades(ledger, ...Array.from({ length: 50 }, (_, i) => `G${i}`));
  let taken = 0;
  let ended = 0;
  const counted = ledger.through((port) => ({
    ...port,
    async *changes(options) {
      try {
        for await (const event of port.changes(options)) {
          taken++;
          yield event;
        }
      } finally {
        ended++;
      }
    },
  }));
  const at = await served({ ledger: counted });
  const stream = await listen(at, '?after=0');
  for (let i = 1; i <= 3; i++) expect(seqOf(await stream.next())).toBe(i);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(taken).toBeLessThanOrEqual(6);
  await stream.stop();
  await expect.poll(() => ended).toBe(1);
});

test('one caller has a bounded number of feeds open', async () => {
  const at = await served({ limits: { streams: 2 } });
  const first = await listen(at);
  await listen(at);
  const third = await at.ask('/changes', { headers: accept });
  expect(third).toMatchObject({ status: 429, body: { code: 'limit.rate', retry: 'same-id' } });
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await at.ask('/changes?wait=1&after=0')).toMatchObject({ status: 429 });
  expect(await at.ask('/changes?after=0')).toMatchObject({ status: 200 });
  await listen(at, '', { token: 'carla' });
  await first.stop();
  await listen(at);
});

test('when the server stops, streams and polls end, and nothing new is taken', async () => {
  const at = await served();
  const stream = await listen(at);
  const poll = at.ask('/changes?wait=60&after=0');
  const end = stream.next();
  await new Promise((resolve) => setTimeout(resolve, 10));
  await at.handler.close();
  expect(await end).toBeUndefined();
  expect((await poll).body).toEqual({ changes: [], seq: 0 });
  const late = await at.ask('/lots');
  expect(late).toMatchObject({ status: 503, body: { code: 'store.unavailable', retry: 'same-id' } });
  expect(late.headers.get('retry-after')).toBe('2');
});

test('a poll ends when whoever asked goes', async () => {
  const at = await served();
  const gone = new AbortController();
  const poll = at.ask('/changes?wait=60&after=0', { signal: gone.signal });
  gone.abort();
  expect((await poll).body).toEqual({ changes: [], seq: 0 });
});
