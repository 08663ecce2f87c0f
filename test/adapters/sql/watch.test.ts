/** Hearing of other writers: by the bell, and by looking, since a bell is never the only way to know. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SqlDriver } from '../../../src/adapters/stores/sql/driver.ts';
import { Watchers } from '../../../src/adapters/stores/sql/watch.ts';

/** Milliseconds between two looks. */
const INTERVAL = 100;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Watchers over a head and a bell that are moved by hand. */
function watched({ channel = 'a channel', hears = true }: { channel?: string | null; hears?: boolean } = {}) {
  let listener: ((payload: string) => void) | undefined;
  const driver: SqlDriver = {
    name: 'a bell',
    transaction: () => Promise.reject(new Error('not here')),
    listen: async (_, hear) => {
      if (!hears) throw new Error('nobody may listen');
      listener = hear;
      return async () => {
        listener = undefined;
      };
    },
    close: async () => undefined,
  };
  const state = { seq: 1, failures: 0, asked: 0, heard: [] as number[] };
  const ask = async () => {
    state.asked += 1;
    if (state.failures-- > 0) throw new Error('the database is starting up');
    return { seq: state.seq, link: 'link' };
  };
  const watchers = new Watchers(driver, channel ?? undefined, ask, INTERVAL);
  const stop = watchers.add(({ seq }) => state.heard.push(seq));
  const ring = (payload: string) => listener?.(payload);
  return { state, stop, ring, hasListener: () => listener !== undefined };
}

const pass = (intervals: number) => vi.advanceTimersByTimeAsync(intervals * INTERVAL);

it('asks for the head again until it is told, where the database is not back yet', async () => {
  const { state, ring, stop } = watched();
  await pass(0.5);
  expect(state.heard).toEqual([1]);
  Object.assign(state, { seq: 2, failures: 3 });
  // the line was down, and nobody will ring again
  ring('');
  await pass(3.5);
  expect(state.heard).toEqual([1, 2]);
  stop();
});

it('looks seldom at the head while the bell rings', async () => {
  const { state, ring, stop } = watched();
  await pass(1.5);
  state.asked = 0;
  for (let seq = 2; seq <= 4; seq++) {
    state.seq = seq;
    ring(`${seq} link`);
    await pass(10);
  }
  // once for each time it rang, and once in ten intervals
  expect(state).toMatchObject({ heard: [1, 2, 3, 4], asked: 3 + 3 });
  stop();
});

it('hears of others behind a pooler where the bell never rings: late at first, then as soon as it looks', async () => {
  const { state, ring, stop } = watched();
  await pass(1.5);
  state.seq = 2;
  await pass(10);
  expect(state.heard).toEqual([1, 2]);
  for (const seq of [3, 4]) {
    state.seq = seq;
    await pass(1);
    expect(state.heard.at(-1)).toBe(seq);
  }
  // it rings after all
  state.seq = 5;
  ring('5 link');
  await pass(1);
  state.asked = 0;
  await pass(10);
  expect(state.asked).toBe(1);
  stop();
});

it('takes what is rung for a hint: whoever else may ring can make it miss nothing', async () => {
  const { state, ring, stop } = watched();
  await pass(0.5);
  for (const forged of ['999999999999 link', 'x y', '-1 link']) ring(forged);
  await pass(0.1);
  expect(state.heard).toEqual([1]);
  state.seq = 2;
  ring('2 link');
  await pass(0.1);
  expect(state.heard).toEqual([1, 2]);
  stop();
});

it.each([
  ['it was told not to listen', { channel: null }],
  ['the database lets nobody listen', { hears: false }],
])('looks once per interval where %s', async (_, how) => {
  const { state, stop, hasListener } = watched(how);
  await pass(1.5);
  expect([state.heard, hasListener()]).toEqual([[1], false]);
  state.seq = 2;
  await pass(1);
  expect(state.heard).toEqual([1, 2]);
  stop();
  state.asked = 0;
  await pass(20);
  expect(state.asked).toBe(0);
});

it('lets go of the bell with the last listener', async () => {
  const { stop, hasListener } = watched();
  await pass(1);
  expect(hasListener()).toBe(true);
  stop();
  await pass(1);
  expect(hasListener()).toBe(false);
});
