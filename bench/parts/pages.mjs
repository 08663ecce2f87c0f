/** Pages of the register over a million lots, in every offered order, beside SQLite by key. */
import { isInstalled } from '../lib/contenders.mjs';
import { inNode, median } from '../lib/measure.mjs';
import { absent, bytes, time } from '../lib/report.mjs';

const MOST = 3;
const kinds = {
  records: 'the lots alone',
  register: 'with stock by place, as the register shows them',
};

function rowsOf(kind, all, count) {
  const what = `page of 50 of ${count.toLocaleString('en')} lots, every order, ${kinds[kind]}`;
  const us = all.rows.map((row) => row[`ours.${kind}`]);
  const figure = (times) => `${time(median(times) / 1e3)} (slowest order ${time(Math.max(...times) / 1e3)})`;
  const { bytesPerLot, indexBytesPerLot } = all;
  const mine = {
    what,
    who: 'Lotledger',
    figure: figure(us),
    memory: `${bytes(bytesPerLot)} + ${bytes(indexBytesPerLot)} of indexes, each`,
  };
  if (!all.sqlite) return [mine, absent(what, 'better-sqlite3, by key')];
  const theirs = all.rows.map((row) => row[`sqlite.${kind}`]);
  const worst = Math.max(...us.map((own, i) => own / theirs[i]));
  return [
    mine,
    {
      what,
      who: 'better-sqlite3, by key',
      figure: figure(theirs),
      times: median(theirs) / median(us),
      goal: `≤ ${MOST} × theirs in every order`,
      met: worst <= MOST,
      memory: `${bytes(all.sqlite.bytesPerLot)} each`,
    },
  ];
}

/** What else a register asks, in milliseconds; what has to be made first is said beside. */
function askedRows({ what, first, ours, sqlite }, count) {
  const title = `${what}; of ${count.toLocaleString('en')} lots`;
  const begun = first > 1 ? ` (the first time ${time(first)})` : '';
  const mine = { what: title, who: 'Lotledger', figure: `${time(ours)}${begun}` };
  if (sqlite === undefined) return [mine, absent(title, 'better-sqlite3')];
  const goal = `≤ ${MOST} × theirs`;
  const theirs = { what: title, who: 'better-sqlite3', figure: time(sqlite), times: sqlite / ours };
  return [mine, { ...theirs, goal, met: ours <= MOST * sqlite }];
}

/** @param {{ quick: boolean }} options */
export async function measurePages({ quick }) {
  const [count, pages] = quick ? [2_000, 10] : [1_000_000, 200];
  const all = await inNode('node/pages.mjs', [count, pages], ['--expose-gc', '--max-old-space-size=12000']);
  const builds = all.rows
    .filter(({ buildSeconds }) => buildSeconds > 0.01)
    .map((row) => row.buildSeconds * 1e3);
  const rows = Object.keys(kinds).flatMap((kind) => rowsOf(kind, all, count));
  rows.push({
    what: 'building one index of these lots, when first asked for',
    who: 'Lotledger',
    figure: builds.length > 0 ? `${time(median(builds))} (slowest ${time(Math.max(...builds))})` : '< 10 ms',
  });
  if (all.sqlite) {
    rows.push({
      what: 'building one index of these lots, when first asked for',
      who: 'better-sqlite3',
      figure: time((all.sqlite.indexSeconds * 1e3) / all.rows.length),
    });
  }
  rows.push(...all.asked.flatMap((row) => askedRows(row, count)));
  const cell = (value) => (value === undefined ? '' : time(value / 1e3));
  const detail = {
    title: 'Pages by order',
    text: `Medians of ${pages} pages from random places. \`-\` descends; an order whose key may be absent has an index of its own for each direction.`,
    titles: ['order', 'index', 'lots', 'SQLite', 'with stock', 'SQLite'],
    cells: all.rows.map((row) => [
      `\`${row.sort}\``,
      row.buildSeconds > 0.01 ? time(row.buildSeconds * 1e3) : 'shared',
      cell(row['ours.records']),
      cell(row['sqlite.records']),
      cell(row['ours.register']),
      cell(row['sqlite.register']),
    ]),
  };
  return { rows, details: isInstalled('better-sqlite3') ? [detail] : [] };
}
