/** A whole genealogy of very many lots beside a plain search and recursive SQL; first pages of large traces. */
import { inNode } from '../lib/measure.mjs';
import { absent, time } from '../lib/report.mjs';

const LEAST = 5;

/** @param {{ quick: boolean }} options */
export async function measureGenealogy({ quick }) {
  const [count, rounds] = quick ? [2_000, 3] : [100_000, 25];
  const all = await inNode('node/genealogy.mjs', [count, rounds]);
  const many = count.toLocaleString('en');
  const what = `full genealogy of ${many} lots`;
  const sql = 'recursive SQL in better-sqlite3';
  const rows = [
    { what, who: 'Lotledger', figure: `${time(all.ours)} (first time ${time(all.firstMs)})` },
    { what, who: 'plain breadth-first search', figure: time(all.plain), times: all.plain / all.ours },
  ];
  if (all.sql === undefined) rows.push(absent(what, sql));
  else {
    const times = all.sql / all.ours;
    rows.push({ what, who: sql, figure: time(all.sql), times, goal: `≥ ${LEAST} ×`, met: times >= LEAST });
  }
  rows.push(
    {
      what: `first page of a trace in it: 50 lots, stock, parties`,
      who: 'Lotledger',
      figure: time(all.page),
    },
    { what: `first page of a lot with ${many} movements`, who: 'Lotledger', figure: time(all.busy) },
  );
  return { rows, details: [] };
}
