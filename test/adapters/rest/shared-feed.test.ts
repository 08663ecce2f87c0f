/** One feed for all tabs of a browser: one connection, no gap and no double, whoever comes, goes or falls asleep. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ledger } from '../../../src/core/index.ts';
import { FakeLocks } from './locks.ts';
import { page, type Scripted, scripted } from './scripted.ts';

let server: Scripted;
let tabs: Ledger[];

beforeEach(async () => {
  vi.stubGlobal('navigator', { locks: new FakeLocks() });
  server = await scripted();
  // another one for each test: channels of one process hear each other
  server.feed = `house ${Math.random()}`;
  tabs = [];
});
afterEach(async () => {
  for (const tab of tabs) await tab.close();
  vi.unstubAllGlobals();
});

const soon = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 20_000, interval: 5 });
const commit = (code: string): Promise<unknown> => server.ledger.warehouses.create({ code });
const streamsBegun = (): number =>
  server.asked.filter(({ headers }) => headers.get('accept') === 'text/event-stream').length;

async function tab(
  options: Parameters<Scripted['open']>[0] = {},
): Promise<{ ledger: Ledger; seqs: number[] }> {
  const ledger = await server.open(options);
  tabs.push(ledger);
  const seqs: number[] = [];
  ledger.subscribe(({ seq }) => seqs.push(seq));
  return { ledger, seqs };
}

describe('tabs of one sign-in', () => {
  it('share one connection, and the next takes over when the one that had it goes', async () => {
    const one = await tab();
    const two = await tab();
    const three = await tab();
    await soon(() => server.streams.size).toBe(1);
    await commit('A');
    await soon(() => [one.seqs, two.seqs, three.seqs]).toEqual([[1], [1], [1]]);
    expect(streamsBegun()).toBe(1);
    await one.ledger.close();
    await commit('B');
    await soon(() => [two.seqs, three.seqs]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(server.streams.size).toBe(1);
    await two.ledger.close();
    await commit('C');
    await soon(() => three.seqs).toEqual([1, 2, 3]);
    expect(streamsBegun()).toBe(3);
    expect(one.seqs).toEqual([1]);
  });

  it('that come later hear what they have not seen', async () => {
    const one = await tab();
    const ledger = await server.open();
    tabs.push(ledger);
    await commit('A');
    await commit('B');
    await soon(() => one.seqs).toEqual([1, 2]);
    const seqs: number[] = [];
    ledger.subscribe(({ seq }) => seqs.push(seq));
    await soon(() => seqs).toEqual([1, 2]);
    expect(streamsBegun()).toBe(1);
  });

  it('take over from one that fell asleep, and it hears on when it wakes', async () => {
    const one = await tab({ heartbeat: 60 });
    await soon(() => server.streams.size).toBe(1);
    // asleep: its timers stand still and its stream says nothing
    const [asleep] = [...server.streams];
    const post = BroadcastChannel.prototype.postMessage;
    const two = await tab({ heartbeat: 60 });
    const silent = vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementation(() => {});
    await soon(() => streamsBegun()).toBeGreaterThan(1);
    silent.mockRestore();
    expect(BroadcastChannel.prototype.postMessage).toBe(post);
    asleep?.end();
    await commit('A');
    await soon(() => [one.seqs, two.seqs]).toEqual([[1], [1]]);
    await commit('B');
    await soon(() => [one.seqs, two.seqs]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('know from the one that listens that the line is down', async () => {
    const one = await tab();
    const two = await tab();
    await soon(() => server.streams.size).toBe(1);
    server.between = () => Promise.reject(new TypeError('no way'));
    for (const stream of server.streams) stream.fail();
    await soon(() => [one.ledger.status().state, two.ledger.status().state]).toEqual(['offline', 'offline']);
    server.between = (_, go) => go();
    await commit('A');
    await soon(() => [one.seqs, two.seqs]).toEqual([[1], [1]]);
    expect(two.ledger.status()).toEqual({ state: 'open', seq: 1 });
  });

  it('leave the connection to another when their own sign-in is over', async () => {
    let out = false;
    const headers = { who: 'one' };
    server.between = (asked, go) => (out && asked.headers.get('who') === 'one' ? page(401) : go());
    const one = await tab({ headers });
    const two = await tab();
    await soon(() => server.streams.size).toBe(1);
    out = true;
    for (const stream of server.streams) stream.fail();
    await commit('A');
    await soon(() => two.seqs).toEqual([1]);
    out = false;
    await one.ledger.lots.list({});
    await soon(() => one.seqs).toEqual([1]);
  });
});

describe('tabs that share nothing', () => {
  it('are those of another sign-in, of another name, and those that do not want to', async () => {
    await tab();
    await soon(() => server.streams.size).toBe(1);
    await tab({ shared: false });
    await tab({ name: 'second' });
    const { feed } = server;
    server.feed = `${feed} ugo`;
    const ugo = await tab();
    await soon(() => server.streams.size).toBe(4);
    server.feed = undefined;
    await tab();
    await soon(() => server.streams.size).toBe(5);
    server.feed = `${feed} ugo`;
    await ugo.ledger.close();
    await soon(() => server.streams.size).toBe(4);
  });

  it('part when the server takes one for somebody else', async () => {
    const one = await tab();
    const two = await tab();
    await soon(() => server.streams.size).toBe(1);
    server.feed = `house ${Math.random()}`;
    const asked: string[] = [];
    server.between = (each, go) => {
      if (each.path === '/changes') asked.push(each.path);
      return go();
    };
    for (const stream of server.streams) stream.fail();
    await commit('A');
    await soon(() => [one.seqs, two.seqs]).toEqual([[1], [1]]);
    await soon(() => server.streams.size).toBe(1);
  });

  it('are those of a browser that refuses locks', async () => {
    vi.stubGlobal('navigator', {
      locks: { request: () => Promise.reject(new DOMException('no origin', 'SecurityError')) },
    });
    const one = await tab();
    await commit('A');
    await soon(() => one.seqs).toEqual([1]);
  });
});
