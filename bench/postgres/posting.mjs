/**
 * Postings of one lot line into the full ledger: every second brings a new lot in, the others take a piece out of
 * any lot there is. Ours with all rules, many in flight or one at a time; theirs one call of a function each.
 */
import { median } from '../lib/measure.mjs';
import { day, withCallers } from '../workload.mjs';
import { isEmptied, lotCode, placeOf } from './block.mjs';

const IN_FLIGHT = 256;
const DATE = day(400);
const EXPIRY = day(2_900);

/** Numbers that no run over the same database had before. */
let made = (Date.now() % 1e7) * 10;

function postingOf({ blocks, shape }) {
  const n = made++;
  const block = Math.floor(Math.random() * blocks);
  let lot = Math.floor(Math.random() * shape.lots);
  if (isEmptied(lot)) lot++;
  const { warehouse, item } = placeOf(block, lot);
  const load = n % 2 === 0;
  const code = load ? `NEW-${String(n).padStart(8, '0')}` : lotCode(block, lot, shape.lots);
  return { id: `post-${n}`, load, warehouse, item, code };
}

const inputOf = ({ load, warehouse, item, code }) => ({
  warehouse,
  template: load ? 'LOA' : 'UNL',
  date: DATE,
  lines: [
    {
      item,
      quantity: '1',
      lots: [load ? { code, quantity: '1', expiryDate: EXPIRY } : { code, quantity: '1' }],
    },
  ],
});

const CALL = {
  name: 'peer_post',
  text: 'select peer.post($1, $2, $3, $4, $5, $6, $7, $8)',
};

/** @returns rates per second, by the clock */
export async function measurePostings(world) {
  const { ledger, pool, rounds, say } = world;
  const ours = (one) => ledger.postings.post(inputOf(one), { commandId: one.id });
  const theirs = ({ id, load, warehouse, item, code }) =>
    pool.query({ ...CALL, values: [id, load, warehouse, item, code, DATE, EXPIRY, 1] });
  const contenders = {
    many: { count: 4_096, callers: IN_FLIGHT, ask: ours },
    one: { count: 200, callers: 1, ask: ours },
    oneClient: { count: 1_000, callers: 1, ask: theirs },
    eightClients: { count: 4_000, callers: 8, ask: theirs },
  };
  const rates = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, { count, callers, ask }] of Object.entries(contenders)) {
      const postings = Array.from({ length: round < 0 ? count / 4 : count }, () => postingOf(world));
      const begun = performance.now();
      await withCallers(postings, callers, ask);
      const rate = postings.length / ((performance.now() - begun) / 1e3);
      if (round >= 0) rates[name].push(rate);
      say(`posting, ${name}: ${Math.round(rate)}/s`);
    }
  }
  return Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, median(all)]));
}
