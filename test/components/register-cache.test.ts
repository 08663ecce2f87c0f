/** The rows behind a window: read where they are seen, in any order of answers, and given up when passed. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PageCache } from '../../src/components/controllers/register/page-cache.ts';
import { Requests } from '../../src/components/controllers/requests.ts';
import type { Page } from '../../src/components/core.ts';

interface Row {
  readonly id: string;
}

interface Call {
  readonly skip: number;
  readonly total: boolean;
  readonly signal: AbortSignal;
  readonly answer: () => void;
}

/** A list of numbered rows; answers wait until they are let go, or come at once. */
function source(options: { total?: number; skips?: boolean; counts?: boolean; hold?: boolean } = {}) {
  const state = { total: options.total ?? 1_000_000, hold: options.hold ?? false, name: '', fail: false };
  const calls: Call[] = [];
  const failures: unknown[] = [];
  const cache = new PageCache<Row>(
    {
      requests: new Requests(),
      skips: () => options.skips ?? true,
      read: async (start, limit, total, signal) => {
        const skip = start.skip ?? Number(start.cursor ?? 0);
        const { name } = state;
        const end = Math.min(state.total, skip + limit);
        const page: Page<Row> = {
          items: Array.from({ length: Math.max(0, end - skip) }, (_, i) => ({ id: `${name}${skip + i}` })),
          ...(end < state.total ? { next: String(end) } : {}),
          ...(total && options.counts !== false ? { total: state.total } : {}),
          asOf: { seq: 1, date: '2026-11-22' },
        };
        await new Promise<void>((answer) => {
          calls.push({ skip, total, signal, answer });
          if (!state.hold) answer();
        });
        if (state.fail) throw new Error('no answer');
        return page;
      },
      replaced: () => {},
      arrived: () => {},
      failed: (error) => failures.push(error),
      changed: () => {},
    },
    { size: 100, kept: 5 },
  );
  return { cache, calls, state, failures };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const soon = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('a cache of pages that can start in the middle', () => {
  it('reads only the pages in sight, counts once, and has room for all rows', async () => {
    const { cache, calls } = source();
    cache.show(0, 30);
    await soon();
    expect(cache.count).toBe(1_000_000);
    cache.show(999_970, 1_000_000);
    await soon(100);
    expect(cache.row(999_999)).toEqual({ id: '999999' });
    expect(calls.map(({ skip, total }) => [skip, total])).toEqual([
      [0, true],
      [999_900, false],
    ]);
  });

  it('gives up the pages that are scrolled past, and reads the last place of a drag', async () => {
    const { cache, calls, state } = source();
    cache.show(0, 30);
    await soon(100);
    state.hold = true;
    cache.show(5040, 5060);
    expect(cache.reading).toBe(1);
    for (let row = 10_000; row < 500_000; row += 10_000) cache.show(row + 40, row + 60);
    expect(calls[1]?.signal.aborted).toBe(true);
    await soon(100);
    expect(calls.slice(2).map(({ skip }) => skip)).toEqual([490_000]);
  });

  it('never shows an older answer over a newer one', async () => {
    const { cache, calls, state } = source({ hold: true });
    cache.show(0, 30);
    await soon();
    state.name = 'new';
    void cache.refresh();
    await soon();
    calls[1]?.answer();
    await soon();
    calls[0]?.answer();
    await soon();
    expect(cache.row(0)).toEqual({ id: 'new0' });
  });

  it('keeps few pages, and never lets go of those in sight', async () => {
    const { cache } = source();
    cache.show(0, 30);
    await soon();
    for (let row = 0; row < 5000; row += 100) {
      cache.show(row, row + 60);
      await soon(100);
    }
    expect(cache.row(4930)).toBeDefined();
    expect(cache.row(0)).toBeUndefined();
    expect(cache.between(0, 5000).length).toBeLessThanOrEqual(500);
  });

  it('keeps the rows while they are read again', async () => {
    const { cache, state, calls } = source();
    cache.show(540, 560);
    await soon();
    state.hold = true;
    state.name = 'again';
    const reading = cache.refresh();
    await soon();
    expect(cache.row(550)).toEqual({ id: '550' });
    calls.at(-1)?.answer();
    await reading;
    expect(cache.row(550)).toEqual({ id: 'again550' });
  });

  it('ends where the list has come to end, and asks no more', async () => {
    const { cache, state, calls } = source({ total: 1000 });
    cache.show(970, 1000);
    await soon();
    state.total = 950;
    await cache.refresh();
    expect(cache.count).toBe(950);
    state.total = 40;
    await cache.refresh();
    expect(cache.count).toBe(40);
    const before = calls.length;
    for (let i = 0; i < 20; i++) {
      cache.show(Math.max(0, cache.count - 30), cache.count);
      await soon(100);
    }
    expect(calls.length - before).toBe(1);
    expect(cache.row(39)).toEqual({ id: '39' });
  });

  it('ends also where the list does not count, by the page that is short', async () => {
    const { cache, state, calls } = source({ total: 250, counts: false });
    cache.show(0, 30);
    await soon();
    expect(cache.count).toBe(200);
    cache.show(170, 200);
    await soon(100);
    cache.show(220, 260);
    await soon(100);
    expect(cache.count).toBe(250);
    state.total = 120;
    await cache.refresh();
    cache.show(cache.count - 30, cache.count);
    await soon(100);
    expect(cache.count).toBe(120);
    const before = calls.length;
    cache.show(90, 120);
    await soon(100);
    expect(calls.length).toBe(before);
  });

  it('tells a failure once, and reads again only when it is asked to', async () => {
    const { cache, state, calls, failures } = source();
    cache.show(0, 30);
    await soon();
    state.fail = true;
    cache.show(540, 560);
    await soon(100);
    cache.show(541, 561);
    await soon(100);
    expect(failures).toHaveLength(1);
    expect(calls).toHaveLength(2);
    state.fail = false;
    await cache.refresh();
    expect(cache.row(550)).toBeDefined();
  });

  it('keeps the old rows until those of another question are there, from their first', async () => {
    const { cache, state } = source();
    cache.show(5040, 5060);
    await soon();
    state.name = 'other';
    state.total = 7;
    cache.restart(0);
    cache.show(5040, 5060);
    expect(cache.row(5000)).toEqual({ id: '5000' });
    await cache.refresh();
    expect(cache.row(5000)).toBeUndefined();
    expect(cache.row(0)).toEqual({ id: 'other0' });
    expect(cache.count).toBe(7);
  });

  it('reads what is not in sight where it is needed', async () => {
    const { cache } = source();
    cache.show(0, 30);
    await soon();
    const ids: string[] = [];
    await cache.need(250, 460, ({ id }) => ids.push(id));
    expect(ids).toHaveLength(210);
    expect([ids[0], ids.at(-1)]).toEqual(['250', '459']);
  });
});

describe('a cache of pages that cannot', () => {
  it('grows page by page, and goes back to pages it has seen', async () => {
    const { cache, calls } = source({ skips: false, total: 1000 });
    cache.show(0, 30);
    await soon();
    expect(cache.count).toBe(200);
    for (let i = 0; i < 12; i++) {
      cache.show(cache.count - 30, cache.count);
      await soon(100);
    }
    expect(cache.count).toBe(1000);
    expect(calls.map(({ skip }) => skip)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
    expect(cache.row(20)).toBeUndefined();
    cache.show(0, 30);
    await soon(100);
    expect(cache.row(20)).toEqual({ id: '20' });
  });

  it('reads on from where a page now ends', async () => {
    const { cache, state } = source({ skips: false, total: 1000, counts: false });
    cache.show(0, 30);
    await soon();
    cache.show(100, 190);
    await soon(100);
    state.name = 'b';
    await cache.refresh();
    await soon(100);
    expect(cache.row(150)).toEqual({ id: 'b150' });
  });
});
