/** Postings in memory, beside SQLite, TinyBase and plain maps; one process for each round of each. */
import { isInstalled } from '../lib/contenders.mjs';
import { inNode, inTurns, median } from '../lib/measure.mjs';
import { absent, bytes, perSecond, time } from '../lib/report.mjs';

const WHAT = 'posting one lot line in memory, 256 in flight';
const names = {
  lotledger: { who: 'Lotledger' },
  sqlite: { who: 'better-sqlite3, no rules', needs: 'better-sqlite3', least: 1 },
  tinybase: { who: 'TinyBase, no rules', needs: 'tinybase', least: 1.5 },
  maps: { who: 'plain maps, no rules' },
};

/** Postings per second of processor time, and by the clock. */
const rates = ({ count }, { wall, cpu }) => ({ cpu: count / cpu, wall: count / wall });

function summary(rounds) {
  const of = (read) => median(rounds.map(read));
  return {
    cpu: of((round) => rates(round, round.many).cpu),
    wall: of((round) => rates(round, round.many).wall),
    one: of((round) => rates(round.one, round.one).cpu),
    bytes: of((round) => round.bytes / round.count),
    page: rounds[0].page && of((round) => round.page.cpu * 1e3),
    catchUp: rounds[0].page && of((round) => (round.page.cpu * 1e6) / round.count),
  };
}

function rowOf(name, own, ours) {
  const { who, least } = names[name];
  const row = {
    what: WHAT,
    who,
    figure: `${perSecond(own.cpu)} (clock ${perSecond(own.wall)})`,
    memory: `${bytes(own.bytes)} each`,
  };
  if (own === ours) return row;
  const times = ours.cpu / own.cpu;
  return least === undefined
    ? { ...row, times }
    : { ...row, times, goal: `≥ ${least} ×`, met: times >= least };
}

/** @param {{ quick: boolean }} options */
export async function measurePosting({ quick }) {
  const [count, rounds] = quick ? [400, 1] : [40_000, 5];
  const present = Object.keys(names).filter((name) => !names[name].needs || isInstalled(names[name].needs));
  const answers = await inTurns(present, rounds, (name) => inNode('node/posting.mjs', [name, count]));
  const all = Object.fromEntries([...answers].map(([name, each]) => [name, summary(each)]));
  const ours = all.lotledger;
  const rows = Object.keys(names).map((name) =>
    all[name] ? rowOf(name, all[name], ours) : absent(WHAT, names[name].who),
  );
  const one = 'the same, one caller';
  rows.push({ what: one, who: 'Lotledger', figure: perSecond(ours.one) });
  for (const name of ['sqlite', 'tinybase']) {
    if (!all[name]) continue;
    rows.push({
      what: one,
      who: names[name].who,
      figure: perSecond(all[name].one),
      times: ours.one / all[name].one,
    });
  }
  rows.push({
    what: `first page of the register after ${count.toLocaleString('en')} postings: index catch-up`,
    who: 'Lotledger',
    figure: `${time(ours.page)}, ${time(ours.catchUp / 1e3)} a posting`,
  });
  return { rows, details: [] };
}
