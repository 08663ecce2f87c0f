/** Opening a ledger that is full, and asking it over HTTP on loopback. */
import { createServer } from 'node:http';
import { createHandler, nodeListener } from '../../.cache/bench/lotledger/server/index.js';
import { day } from '../workload.mjs';
import { itemOf, warehouseOf } from './block.mjs';
import { LIMIT } from './peers.mjs';
import { inTurnsTimed } from './timed.mjs';

/** Milliseconds to open a ledger, and to open one and show its first page. */
export async function measureOpening({ driver, open, rounds, say }) {
  say('opening');
  const opened = async (work) => {
    const ledger = await open(driver);
    await work(ledger);
    await ledger.close();
  };
  return inTurnsTimed(rounds, {
    open: () => opened(() => undefined),
    page: () => opened((ledger) => ledger.lots.list({ limit: LIMIT })),
  });
}

/** Milliseconds of single requests by one client, one after the other. */
export async function measureServer({ ledger, blocks, pages, say }) {
  say('over HTTP');
  const handler = createHandler({
    ledger,
    authenticate: { everybody: 'bench' },
    secret: 'only for this measurement',
    limits: { requestsPerMinute: Number.POSITIVE_INFINITY },
  });
  const server = createServer(nodeListener(handler));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  let made = (Date.now() % 1e7) * 10;
  const asked = async (path, options) => {
    const response = await fetch(base + path, options);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const post = async () => {
    const n = made++;
    const body = JSON.stringify({
      warehouse: warehouseOf(n % blocks, 0),
      template: 'LOA',
      date: day(400),
      lines: [
        {
          item: itemOf(n % blocks, 0),
          quantity: '1',
          lots: [{ code: `REST-${String(n).padStart(8, '0')}`, quantity: '1', expiryDate: day(2_900) }],
        },
      ],
    });
    const headers = { 'content-type': 'application/json', 'idempotency-key': `rest-${n}` };
    await asked('/postings', { method: 'POST', headers, body });
  };
  const measured = await inTurnsTimed(
    pages,
    {
      page: async () => void (await asked(`/lots?sort=code&limit=${LIMIT}`)),
      local: async () => void (await ledger.lots.list({ sort: ['code'], limit: LIMIT })),
      post: async () => void (await post()),
    },
    { turn: 10 },
  );
  await handler.close();
  await new Promise((resolve) => server.close(resolve));
  return measured;
}
