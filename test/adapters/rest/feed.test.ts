/** The feed over REST: every change once and in order, whatever becomes of the line; one connection per port. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventReader } from '../../../src/adapters/ledgers/rest/event-stream.ts';
import type { ChangeEvent, Ledger } from '../../../src/core/index.ts';
import { HandStream, json, page, type Scripted, scripted } from './scripted.ts';

let server: Scripted;
let ledger: Ledger;

beforeEach(async () => {
  server = await scripted();
  ledger = await server.open();
});
afterEach(() => ledger.close());

const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 20_000, interval: 5 });
const commit = (code: string): Promise<unknown> => server.ledger.warehouses.create({ code });
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

function heard(from: Ledger = ledger): { seqs: number[]; stop: () => void } {
  const seqs: number[] = [];
  return { seqs, stop: from.subscribe(({ seq }) => seqs.push(seq)) };
}

describe('the events of a stream', () => {
  const all =
    ': hello\n\nid: 7\r\ndata: a\r\ndata:b\r\n\r\nevent: reset\rid:9\rdata\r\rretry: 250\nid: 10\n\n\ufeffdata: late\n\n';
  const whole = [
    { event: 'message', data: '', id: undefined },
    { event: 'message', data: 'a\nb', id: '7' },
    { event: 'reset', data: '', id: '9' },
    { event: 'message', data: '', id: '10' },
  ];

  it('are the same wherever the text is cut', () => {
    for (let cut = 0; cut <= all.length; cut++) {
      const reader = new EventReader();
      const read = [...reader.read(all.slice(0, cut)), ...reader.read(all.slice(cut))];
      expect(read.slice(0, 4)).toEqual(whole);
      expect(reader.retry).toBe(250);
    }
  });

  it('may begin with a byte order mark, and may not be endless', () => {
    expect(new EventReader().read('\ufeffdata: a\n\n')).toEqual([
      { event: 'message', data: 'a', id: undefined },
    ]);
    expect(() => new EventReader().read('x'.repeat(5_000_000))).toThrow(RangeError);
  });
});

describe('who listens', () => {
  it('hears every change once, of this one and of others, over one connection that ends with the last', async () => {
    const [a, b] = [heard(), heard()];
    await commit('A');
    await ledger.warehouses.create({ code: 'B' });
    await soon(() => [a.seqs, b.seqs]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(server.streams.size).toBe(1);
    a.stop();
    expect(server.streams.size).toBe(1);
    b.stop();
    await soon(() => server.streams.size).toBe(0);
    await commit('C');
    const c = heard();
    await commit('D');
    await soon(() => c.seqs).toEqual([3, 4]);
    expect(a.seqs).toEqual([1, 2]);
    await ledger.close();
    await soon(() => server.streams.size).toBe(0);
  });

  it('of whom one fails is no harm to the others', async () => {
    const before = globalThis.reportError;
    const reported: unknown[] = [];
    globalThis.reportError = (error) => reported.push(error);
    ledger.subscribe(() => {
      throw new Error('mine');
    });
    const { seqs } = heard();
    await commit('A');
    await soon(() => seqs).toEqual([1]);
    globalThis.reportError = before;
    expect(reported).toHaveLength(1);
  });

  it('hears nothing twice and misses nothing when streams break at any place', async () => {
    const { seqs } = heard();
    let n = 0;
    server.between = async (asked, go) => {
      if (asked.path !== '/changes') return go();
      if (n++ % 3 === 1) return page(503);
      const answer = await go();
      setTimeout(() => {
        for (const stream of server.streams) stream.fail();
      }, 15);
      return answer;
    };
    for (const i of upTo(12)) {
      await commit(`W${i}`);
      await new Promise((go) => setTimeout(go, 10));
    }
    await soon(() => seqs).toEqual(upTo(12));
    expect(n).toBeGreaterThan(2);
  });

  it('goes on from what was seen, also by what it may not see', async () => {
    const asked: (string | null)[] = [];
    server.between = (one, go) => {
      if (one.path !== '/changes') return go();
      asked.push(one.query.get('after'));
      expect(one.headers.get('last-event-id')).toBe(one.query.get('after'));
      const stream = new HandStream(one.signal);
      stream.event({ seq: 3, touched: [] });
      stream.event({ seq: 3, touched: [] });
      stream.write('id: 8\n\n');
      setTimeout(() => stream.end(), 5);
      return stream.response;
    };
    const { seqs } = heard();
    await soon(() => asked.length).toBeGreaterThan(1);
    expect(asked.slice(0, 2)).toEqual(['0', '8']);
    expect(seqs).toEqual([3]);
    expect(ledger.status().seq).toBe(8);
  });

  it('leaves a line that keeps silent', async () => {
    await ledger.close();
    ledger = await server.open({ heartbeat: 40 });
    let streams = 0;
    server.between = (asked, go) => {
      if (asked.path !== '/changes' || streams++ > 0) return go();
      const stream = new HandStream(asked.signal);
      stream.write(': hello\n\n');
      return stream.response;
    };
    const { seqs } = heard();
    await commit('A');
    await soon(() => seqs).toEqual([1]);
    expect(streams).toBeGreaterThan(1);
  });

  it.each([
    ['holds streams back', (signal: AbortSignal) => new HandStream(signal).response],
    ['never lets them begin', () => new Promise<Response>(() => {})],
    ['has none', () => json({ changes: [], seq: 0 })],
  ])('polls where somebody in between %s', async (_, stream) => {
    await ledger.close();
    ledger = await server.open({ heartbeat: 30 });
    server.between = (asked, go) =>
      asked.headers.get('accept') === 'text/event-stream' ? stream(asked.signal) : go();
    const { seqs } = heard();
    await commit('A');
    await soon(() => seqs).toEqual([1]);
    await commit('B');
    await soon(() => seqs).toEqual([1, 2]);
    expect(server.asked.some(({ query }) => query.get('wait') === '25')).toBe(true);
  });

  it('polls when told to', async () => {
    await ledger.close();
    ledger = await server.open({ feed: 'poll' });
    const { seqs } = heard();
    await commit('A');
    await soon(() => seqs).toEqual([1]);
    expect(server.streams.size).toBe(0);
  });

  it('hears that anything may have changed when the journal is another one', async () => {
    const events: ChangeEvent[] = [];
    let asked = 0;
    server.between = (one, go) => {
      if (one.path !== '/changes' || asked++ > 0) return go();
      const stream = new HandStream(one.signal);
      stream.event({ seq: 90, touched: [] });
      stream.write('event: reset\nid: 0\ndata: {"seq":0}\n\n');
      setTimeout(() => stream.end(), 5);
      return stream.response;
    };
    ledger.subscribe((event) => events.push(event));
    await soon(() => events.length).toBe(2);
    await commit('A');
    await soon(() => events.map(({ seq }) => seq)).toEqual([90, 0, 1]);
    expect(events[1]).toEqual({ seq: 0, touched: [{ resource: '*', id: '*' }] });
  });

  it('loses nothing of what comes in one piece with the word that the journal is another one', async () => {
    const { seqs } = heard();
    let asked = 0;
    server.between = (one, go) => {
      if (one.path !== '/changes' || asked++ > 0) return go();
      const stream = new HandStream(one.signal);
      const event = (seq: number) => `id: ${seq}\ndata: ${JSON.stringify({ seq, touched: [] })}\n\n`;
      stream.write(`${event(9)}event: reset\nid: 3\ndata: {"seq":3}\n\n${event(4)}`);
      stream.write(event(5));
      return stream.response;
    };
    await soon(() => seqs).toEqual([9, 3, 4, 5]);
  });

  it('hears again after a sign-in, as soon as a call was answered', async () => {
    let signedIn = false;
    server.between = (_, go) => (signedIn ? go() : page(401));
    const { seqs } = heard();
    await soon(() => server.count('/capabilities')).toBeGreaterThan(1);
    await commit('A');
    signedIn = true;
    await ledger.lots.list({});
    await soon(() => seqs).toEqual([1]);
  });

  it('says that it is offline while nobody answers, and that it is back', async () => {
    const { seqs } = heard();
    const states: string[] = [];
    const stop = ledger.port.watch?.(() => states.push(ledger.status().state));
    await soon(() => server.streams.size).toBe(1);
    server.between = () => Promise.reject(new TypeError('no way'));
    for (const stream of server.streams) stream.fail();
    await soon(() => ledger.status()).toEqual({ state: 'offline', reason: 'store.unavailable', seq: 0 });
    await commit('A');
    server.between = (_, go) => go();
    await soon(() => seqs).toEqual([1]);
    expect(ledger.status()).toEqual({ state: 'open', seq: 1 });
    expect(states).toEqual(['offline', 'open']);
    stop?.();
  });
});

describe('who reads the changes', () => {
  async function take(
    count: number,
    options: { after?: number; signal?: AbortSignal } = {},
  ): Promise<number[]> {
    const seqs: number[] = [];
    for await (const { seq } of ledger.changes(options)) {
      seqs.push(seq);
      if (seqs.length === count) break;
    }
    return seqs;
  }

  it('gets those of before and those that come, and ends with the signal', async () => {
    for (const i of upTo(1_100)) await commit(`W${i}`);
    await ledger.lots.list({});
    const stop = new AbortController();
    const read = take(1_200, { after: 5, signal: stop.signal });
    const other = take(3, { after: 1_099 });
    await commit('X');
    await commit('Y');
    expect(await other).toEqual([1_100, 1_101, 1_102]);
    await soon(() => server.asked.filter(({ query }) => query.get('wait') === '0').length).toBeGreaterThan(2);
    await new Promise((go) => setTimeout(go, 200));
    stop.abort();
    expect(await read).toEqual(upTo(1_102).slice(5));
    await soon(() => server.streams.size).toBe(0);
  });

  it('is told that nobody is signed in', async () => {
    server.between = () => page(401);
    await expect(take(1)).rejects.toMatchObject({ code: 'session.required' });
  });

  it('ends when the ledger is closed', async () => {
    const read = take(1);
    await soon(() => server.streams.size).toBe(1);
    await ledger.close();
    expect(await read).toEqual([]);
    await soon(() => server.streams.size).toBe(0);
  });
});
