/** The register over very many rows in Chromium, beside the grids that people know, in turns in one run. */
import { inBrowser } from '../lib/browser.mjs';
import { isInstalled } from '../lib/contenders.mjs';
import { inTurns, median } from '../lib/measure.mjs';
import { absent, bytes, time } from '../lib/report.mjs';

const contenders = {
  lotledger: { who: 'lot-register, asking for pages', grid: 'lotledger' },
  tabulator: { who: 'Tabulator, holding the rows', grid: 'tabulator', needs: 'tabulator-tables' },
  held: { who: 'AG Grid Community, holding the rows', grid: 'ag-grid', needs: 'ag-grid-community' },
  infinite: {
    who: 'AG Grid Community, asking for blocks',
    grid: 'ag-grid',
    needs: 'ag-grid-community',
    options: { infinite: true },
  },
};

/** What is measured: how it is written, and the goal where there is one. */
const figures = {
  firstRows: { what: 'first rows', text: time, goal: ['≤ 100 ms', (value) => value <= 100] },
  fps: { what: 'scrolling by rows', text: fps, better: 'more', goal: ['≥ 58 fps', (value) => value >= 58] },
  far: { what: 'scrolling by screens', text: fps, better: 'more' },
  end: { what: 'to the last row', text: time },
  sort: { what: 'sorted the other way', text: time },
  filter: { what: 'filtered', text: time },
  group: { what: 'grouped', text: time },
  held: { what: 'heap of the grid', text: bytes, goal: ['≤ 60 MB', (value) => value <= 60e6] },
  rows: { what: 'row elements at most', text: String, goal: ['≤ 60', (value) => value <= 60] },
};

function fps(value) {
  return `${Math.round(value)} fps`;
}

/** The median of what was seen; undefined where a contender cannot, or did not get there in time. */
function middle(rounds, key) {
  const seen = rounds.map((round) => round[key]).filter((value) => value !== undefined && value !== null);
  return seen.length === rounds.length ? median(seen) : undefined;
}

function rowsOf(over, answers) {
  return Object.entries(figures).flatMap(([key, { what, text, better, goal }]) => {
    const own = middle(answers.get('lotledger'), key);
    return [...answers].map(([name, rounds]) => {
      const row = { what: `register over ${over}: ${what}`, who: contenders[name].who };
      const value = middle(rounds, key);
      if (value === undefined && answers.size === 1) return undefined;
      if (value === undefined) return { ...row, figure: key === 'end' ? 'not reached' : 'does not' };
      const figure = { ...row, figure: text(value) };
      if (name === 'lotledger') return goal ? { ...figure, goal: goal[0], met: goal[1](value) } : figure;
      if (own === undefined) return figure;
      return { ...figure, times: better === 'more' ? own / value : value / Math.max(own, 0.001) };
    });
  });
}

/** @param {{ quick: boolean, where: { executable: string, url: string } }} options */
export async function measureRegister({ quick, where }) {
  const page = { ...where, url: `${where.url}register.html` };
  const present = Object.keys(contenders).filter((name) => {
    const { needs } = contenders[name];
    return needs === undefined || isInstalled(needs);
  });
  const count = quick ? 10_000 : 1_000_000;
  const real = quick ? 2_000 : 300_000;
  const once = (name, size, options) =>
    inBrowser(page, ({ call }) =>
      call('register', contenders[name].grid, size, { ...contenders[name].options, ...options }),
    );
  const rounds = quick ? 1 : 3;
  const paged = await inTurns(present, rounds, (name) => once(name, count));
  const lots = await inTurns(['lotledger'], rounds, (name) => once(name, real, { real: true }));
  const missing = Object.keys(contenders).filter((name) => !present.includes(name));
  return {
    rows: [
      ...rowsOf(`${count.toLocaleString('en')} rows`, paged),
      ...missing.map((name) => absent('register', contenders[name].who)),
      ...rowsOf(`${real.toLocaleString('en')} lots in memory`, lots).filter((row) => row !== undefined),
    ],
    details: [],
  };
}
