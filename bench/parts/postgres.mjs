/** A million lots in PostgreSQL, beside plain tables and hand-written SQL in the same database. */
import { findPostgres } from '../../scripts/lib/postgres.mjs';
import { inNode } from '../lib/measure.mjs';
import { absent, bytes, perSecond, time } from '../lib/report.mjs';

const MOST = 3;
const OF_ONE = 4;
const OF_EIGHT = 1.3;
const plain = 'plain tables and SQL';

const numbers = (count) => count.toLocaleString('en');
const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function postingRows({ posting }, title) {
  const what = `posting one lot line ${title}, 256 in flight`;
  const beside = (who, rate, least) => ({
    what,
    who,
    figure: perSecond(rate),
    times: posting.many / rate,
    goal: `≥ ${least} ×`,
    met: posting.many >= least * rate,
  });
  return [
    { what, who: 'Lotledger, one process', figure: perSecond(posting.many) },
    beside('a function on the server for each, no rules, one client', posting.oneClient, OF_ONE),
    beside('a function on the server for each, no rules, eight clients', posting.eightClients, OF_EIGHT),
    {
      what: 'posting one lot line in PostgreSQL, one caller',
      who: 'Lotledger',
      figure: perSecond(posting.one),
    },
    {
      what: 'posting one lot line in PostgreSQL, one caller',
      who: 'a function on the server, no rules',
      figure: perSecond(posting.oneClient),
      times: posting.one / posting.oneClient,
    },
  ];
}

const places = { first: 'first page', deep: 'page of 50 from anywhere' };
const kinds = {
  records: ['theirs', 'the lots alone'],
  register: ['theirRegister', 'with stock by place, as the register shows them'],
};

function pageRows({ pages }, title) {
  return Object.entries(places).flatMap(([place, named]) =>
    Object.entries(kinds).flatMap(([ours, [theirs, shown]]) => {
      const what = `${named} ${title}, every order, ${shown}`;
      const own = pages.map((page) => page[place][ours]);
      const other = pages.map((page) => page[place][theirs]);
      const figure = (all) => `${time(middle(all))} (slowest order ${time(Math.max(...all))})`;
      const worst = Math.max(...own.map((ms, i) => ms / other[i]));
      return [
        { what, who: 'Lotledger', figure: figure(own) },
        {
          what,
          who: `${plain}, by key`,
          figure: figure(other),
          times: middle(other) / middle(own),
          goal: `≤ ${MOST} × theirs in every order`,
          met: worst <= MOST,
        },
      ];
    }),
  );
}

const askedRows = (all, title) =>
  all.flatMap(({ what, ours, theirs }) => [
    { what: `${what}; ${title}`, who: 'Lotledger', figure: time(ours) },
    { what: `${what}; ${title}`, who: plain, figure: time(theirs), times: theirs / ours },
  ]);

function treeRows({ tree }) {
  const row = (what, { ours, theirs }) => [
    { what, who: 'Lotledger in PostgreSQL', figure: time(ours) },
    { what, who: 'recursive SQL in PostgreSQL', figure: time(theirs), times: theirs / ours },
  ];
  const many = numbers(tree.count);
  return [
    ...row(`full genealogy of ${many} lots, forward, in PostgreSQL`, tree.forward),
    ...row(`genealogy of one lot among ${many}, backward, in PostgreSQL`, tree.backward),
    {
      what: `first page of a trace among ${many} lots: 50 lots, stock, parties`,
      who: 'Lotledger in PostgreSQL',
      figure: time(tree.page.ours),
    },
  ];
}

/** Rows and the table of orders. */
export function reportOf(figures, pages) {
  const title = `of ${numbers(figures.lots)} lots and ${numbers(figures.movements)} movements in PostgreSQL`;
  const { held, opening, server } = figures;
  const rows = [
    ...postingRows(figures, `into ${numbers(figures.lots)} lots in PostgreSQL`),
    ...pageRows(figures, title),
    ...askedRows([...figures.questions, ...figures.searches], `${numbers(figures.lots)} lots in PostgreSQL`),
    ...treeRows(figures),
    {
      what: `opening a ledger ${title}`,
      who: 'Lotledger',
      figure: time(opening.open),
      open: time(opening.page),
      disk: bytes(held.bytes),
    },
    {
      what: `page of 50 over HTTP, ${title}`,
      who: 'Lotledger',
      figure: `${time(server.page)} (without HTTP ${time(server.local)})`,
    },
    { what: `posting over HTTP, one caller, ${title}`, who: 'Lotledger', figure: time(server.post) },
  ];
  const cells = figures.pages.map(({ sort, first, deep }) => [
    `\`${sort}\``,
    ...[first, deep].flatMap((at) =>
      ['records', 'theirs', 'register', 'theirRegister'].map((name) => time(at[name])),
    ),
  ]);
  const detail = {
    title: 'Pages by order in PostgreSQL',
    text: `Medians of ${Math.ceil(pages / 2)} first pages and of ${pages} pages from random places, by the clock.`,
    titles: [
      'order',
      'first: lots',
      'SQL',
      'with stock',
      'SQL',
      'anywhere: lots',
      'SQL',
      'with stock',
      'SQL',
    ],
    cells,
  };
  return { rows, details: [detail], versions: { PostgreSQL: figures.postgres } };
}

/** @param {{ quick: boolean, args?: readonly string[] }} options `args`: `--lots=`, `--movements=` for less */
export async function measurePostgres({ quick, args = [] }) {
  if ((await findPostgres()) === undefined) {
    return { rows: [absent('a million lots in PostgreSQL', 'PostgreSQL')], details: [] };
  }
  const [size, rounds, pages] = quick ? [['--lots=2000', '--tree=500'], 2, 10] : [args, 5, 100];
  const figures = await inNode('node/postgres.mjs', [...size, `--rounds=${rounds}`, `--pages=${pages}`]);
  return reportOf(figures, pages);
}
