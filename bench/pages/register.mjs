/**
 * The page in which grids are measured. `window.bench.register` shows one grid over so many rows and
 * answers what it took: first rows, scrolling, the last row, sorting, filtering, grouping, and the heap.
 */
const grids = {
  lotledger: () => import('../grids/lotledger.mjs'),
  tabulator: () => import('../grids/tabulator.mjs'),
  'ag-grid': () => import('../grids/ag-grid.mjs'),
};

const PATIENCE = 30_000;
const STEPS = 150;
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function heap() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.memory?.usedJSHeapSize ?? 0;
}

/** Milliseconds until something can be seen; undefined when it never is. */
async function until(seen) {
  const begun = performance.now();
  while (!seen()) {
    if (performance.now() - begun > PATIENCE) return undefined;
    await frame();
  }
  return performance.now() - begun;
}

/** Frames in a second while the grid is scrolled by so many pixels in each, and the most rows in the page. */
async function scrolled(grid, step) {
  const scroller = grid.scroller();
  let most = 0;
  const begun = performance.now();
  for (let i = 0; i < STEPS; i++) {
    scroller.scrollTop += step;
    await frame();
    most = Math.max(most, grid.rows());
  }
  return { fps: (STEPS * 1e3) / (performance.now() - begun), most };
}

async function timed(act, seen) {
  if (act === undefined) return undefined;
  const begun = performance.now();
  await act();
  const waited = await until(seen);
  return waited === undefined ? undefined : performance.now() - begun;
}

const lot = (n) => `LOT-${String(n).padStart(8, '0')}`;

/** Answers for lots named by their number; real lots have names of their own. */
const names = ({ real, count }) => ({
  first: real ? 'LOT-' : lot(0),
  last: real ? undefined : lot(count - 1),
});

async function toTheEnd(grid, seen) {
  const scroller = grid.scroller();
  return timed(() => {
    scroller.scrollTop = scroller.scrollHeight;
  }, seen);
}

window.bench = {
  async register(contender, count, options = {}) {
    const { prepare, open } = await grids[contender]();
    const { first, last } = names({ ...options, count });
    const subject = prepare === undefined ? count : await prepare(count, options);
    const before = await heap();
    const host = document.createElement('div');
    document.body.append(host);
    const begun = performance.now();
    const grid = await open(host, subject, options);
    const shown = await until(() => grid.shows(first));
    const firstRows = shown === undefined ? undefined : performance.now() - begun;
    const slow = await scrolled(grid, 40);
    const fast = await scrolled(grid, 2_000);
    const end = await toTheEnd(grid, () => (last === undefined ? grid.ended(count) : grid.shows(last)));
    grid.scroller().scrollTop = 0;
    await until(() => grid.shows(first));
    const held = (await heap()) - before;
    const sort = last === undefined ? undefined : await timed(grid.sort, () => grid.shows(last));
    const filter = await timed(grid.filter, () => !last || !grid.shows(last));
    await grid.unfilter?.();
    const group = await timed(grid.group, () => grid.grouped());
    await grid.close();
    return {
      firstRows,
      fps: slow.fps,
      far: fast.fps,
      rows: Math.max(slow.most, fast.most),
      end,
      held,
      sort,
      filter,
      group,
    };
  },
};
