/** The window over a million rows and more: the first and the last are reached, small steps are exact. */
import { describe, expect, it } from 'vitest';
import { VirtualWindow } from '../../src/components/controllers/register/virtual-window.ts';

const shape = (rows: number) => ({ rows, rowHeight: 33, viewport: 600 });

function windowOf(rows: number): VirtualWindow {
  const view = new VirtualWindow();
  view.resize(shape(rows));
  return view;
}

/** Fractions of one, from a seed that is printed where it fails. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const seed = Date.now() % 1_000_000;

describe.each([0, 1, 10, 1000, 242_424, 1_000_000, 10_000_000])('a window over %i rows', (rows) => {
  const bottom = (view: VirtualWindow): number => Math.max(0, view.spacer - 600);

  it('has a spacer that browsers draw, and shows the first rows at once', () => {
    const view = windowOf(rows);
    expect(view.spacer).toBe(Math.min(rows * 33, 8_000_000));
    expect(view.range).toEqual({ first: 0, last: Math.min(rows, 31), top: 0 });
  });

  it('reaches the last row exactly at the end, and the first at the beginning', () => {
    const view = windowOf(rows);
    expect(view.scrolled(bottom(view))).toBeUndefined();
    const { first, last, top } = view.range;
    expect(last).toBe(rows);
    // the last row ends where the spacer ends
    expect(top + (last - first) * 33).toBeCloseTo(view.spacer, 6);
    expect(view.visible.last).toBe(Math.max(0, rows - 1));
    view.scrolled(0);
    expect(view.range).toMatchObject({ first: 0, top: 0 });
  });

  it('draws at most sixty rows, and all that are visible, wherever it is scrolled to', () => {
    const view = windowOf(rows);
    const random = randoms(seed);
    for (let i = 0; i < 500; i++) {
      view.scrolled(random() * bottom(view));
      const { first, last } = view.range;
      expect(last - first, `seed ${seed}`).toBeLessThanOrEqual(60);
      expect(first).toBeLessThanOrEqual(view.visible.first);
      expect(last).toBeGreaterThan(rows === 0 ? -1 : view.visible.last);
    }
  });

  it('never goes back while the thumb goes on', () => {
    const view = windowOf(rows);
    let before = -1;
    for (let i = 0; i <= 1000; i++) {
      view.scrolled(Math.round((bottom(view) * i) / 1000));
      const at = view.range.first;
      expect(at).toBeGreaterThanOrEqual(before);
      before = at;
    }
  });
});

describe.each([1_000_000, 10_000_000])('small steps among %i rows', (rows) => {
  /** The place among the rows, to a fraction of one. */
  const place = (view: VirtualWindow, top: number): number => {
    const range = view.range;
    return range.first + (top - range.top) / 33;
  };

  it('move the rows pixel by pixel, with no drift, wherever they are', () => {
    const random = randoms(seed);
    const view = windowOf(rows);
    let top = Math.round(random() * (view.spacer - 600));
    view.scrolled(top);
    const start = place(view, top);
    let moved = 0;
    for (let i = 0; i < 3000; i++) {
      const step = Math.round((random() - 0.5) * 300);
      top += step;
      moved += step;
      const set = view.scrolled(top);
      // the browser sets it, and tells
      if (set !== undefined) {
        top = set;
        view.scrolled(top);
      }
      if (i % 50 === 0) {
        const rest = view.settle();
        if (rest !== undefined) {
          top = rest;
          view.scrolled(top);
        }
      }
    }
    expect(place(view, top) - start, `seed ${seed}`).toBeCloseTo(moved / 33, 6);
  });

  it('never ask for a place outside the spacer', () => {
    const random = randoms(seed);
    const view = windowOf(rows);
    for (const start of [0, 900, 20_000, view.spacer - 600, view.spacer - 30_000]) {
      let top = start;
      view.scrolled(top);
      for (let i = 0; i < 2000; i++) {
        top = Math.min(view.spacer - 600, Math.max(0, top + Math.round((random() - 0.5) * 2000)));
        const set = random() < 0.5 ? view.scrolled(top) : view.moveBy(Math.round((random() - 0.5) * 20));
        if (set !== undefined) view.scrolled((top = set));
        const range = view.range;
        expect(range.top, `seed ${seed}`).toBeGreaterThanOrEqual(0);
        expect(range.top + (range.last - range.first) * 33, `seed ${seed}`).toBeLessThanOrEqual(
          view.spacer + 1,
        );
      }
    }
  });

  it('reach both ends', () => {
    const view = windowOf(rows);
    let top = view.spacer - 600 - 400_000;
    view.scrolled(top);
    for (let i = 0; i < 2_000_000 && view.visible.last < rows - 1; i++) {
      top = Math.min(view.spacer - 600, top + 1000);
      const set = view.scrolled(top);
      if (set !== undefined) view.scrolled((top = set));
    }
    expect(view.visible.last).toBe(rows - 1);
    expect(top).toBe(view.spacer - 600);
    const set = view.moveBy(-3);
    expect(set).toBe(view.spacer - 600 - 99);
    expect(view.visible.first).toBe(rows - 22 + 1);
  });

  it('go by keys from row to row, and the thumb follows', () => {
    const view = windowOf(rows);
    view.toRow(rows / 2);
    for (let row = rows / 2; row < rows / 2 + 2000; row++) {
      view.reveal(row);
      const { first, last } = view.visible;
      expect(first <= row && row <= last).toBe(true);
    }
    expect(view.visible.last).toBe(rows / 2 + 1999);
    view.settle();
    expect(view.visible.last).toBe(rows / 2 + 1999);
    for (const row of [0, rows - 1, 17, rows - 18]) {
      view.reveal(row);
      const { first, last } = view.visible;
      expect(first <= row && row <= last).toBe(true);
    }
  });

  it('put the thumb where the rows are once scrolling rests', () => {
    const view = windowOf(rows);
    view.scrolled(4_000_000);
    const { first } = view.range;
    for (let i = 1; i <= 50; i++) view.scrolled(4_000_000 + i * 100);
    const set = view.settle() ?? 0;
    expect(set).toBeLessThan(4_005_000);
    expect(view.scrolled(set)).toBeUndefined();
    expect(view.range.first - first).toBeCloseTo(5000 / 33, -1);
    expect(view.settle()).toBeUndefined();
  });
});

describe('a window that changes', () => {
  it('keeps its first row when rows come, when they grow, when it grows', () => {
    const view = windowOf(1_000_000);
    view.toRow(500_000);
    view.resize({ rows: 1_000_010, rowHeight: 33, viewport: 600 });
    expect(view.visible.first).toBe(500_000);
    view.resize({ rows: 1_000_010, rowHeight: 45, viewport: 600 });
    expect(view.visible.first).toBe(500_000);
    view.resize({ rows: 1_000_010, rowHeight: 26, viewport: 900 });
    expect(view.visible.first).toBe(500_000);
  });

  it('steps back when the rows it showed are gone', () => {
    const view = windowOf(1_000_000);
    view.toRow(999_999);
    const set = view.resize(shape(40));
    expect(set).toBe(40 * 33 - 600);
    expect(view.range.last).toBe(40);
    expect(view.resize(shape(3))).toBe(0);
    expect(view.range).toEqual({ first: 0, last: 3, top: 0 });
  });

  it('takes rows of broken heights to the last one', () => {
    const view = new VirtualWindow();
    view.resize({ rows: 1001, rowHeight: 33.15, viewport: 611.5 });
    view.reveal(1000);
    expect(view.visible.last).toBe(1000);
    expect(view.range.last).toBe(1001);
    view.reveal(500);
    expect(view.visible.first).toBe(500);
  });

  it('draws all that is visible, even where that is more than sixty rows', () => {
    const view = new VirtualWindow();
    view.resize({ rows: 1_000_000, rowHeight: 20, viewport: 2000 });
    view.scrolled(5_000_003);
    const { first, last } = view.range;
    expect(last - first).toBeGreaterThanOrEqual(100);
  });
});
