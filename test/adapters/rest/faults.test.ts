/**
 * Clients over a bad line, against the real server: whatever is dropped, lost, doubled, late, cut short or
 * answered by a gateway in between, every command that was acknowledged is in the journal once, and everybody
 * who listens hears every change once.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rest } from '../../../src/adapters/ledgers/rest/index.ts';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import {
  type Command,
  isLedgerError,
  type Ledger,
  openLedger,
  type Receipt,
  type StoreAdapter,
} from '../../../src/core/index.ts';
import { createHandler, nodeListener } from '../../../src/server/index.ts';
import { Chance } from '../../judge/chance.ts';
import { type FaultyProxy, faults, faultyProxy } from '../../remote/proxy.ts';

const seed = Number(process.env.LOTLEDGER_SEED ?? Date.now() % 1_000_000);
const soak = process.env.LOTLEDGER_SOAK === '1';
const CLIENTS = 5;
const ROUNDS = soak ? 400 : 12;
const LOTS = ['L1', 'L2', 'L3'];
// with a few rounds chance may leave one out
const SEEN = soak ? faults.length : faults.length - 2;
const today = new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 10);

let store: StoreAdapter;
let ledger: Ledger;
let server: Server;
let proxy: FaultyProxy;
let chance: Chance;

beforeEach(async () => {
  console.log(`seed ${seed}`);
  chance = new Chance(seed);
  store = memory();
  ledger = await openLedger(store, { actor: 'house' });
  await ledger.items.create({ code: 'MILK', unit: { code: 'PCE', decimals: 0 }, lots: {} });
  await ledger.warehouses.create({ code: 'MAIN' });
  const tracks = { tracksLots: true, allowTopUp: true };
  await ledger.templates.create({ warehouse: 'MAIN', code: 'IN', type: 'load', ...tracks });
  await ledger.templates.create({ warehouse: 'MAIN', code: 'OUT', type: 'unload', ...tracks });
  const handler = createHandler({
    ledger,
    authenticate: { everybody: 'house' },
    limits: { requestsPerMinute: Number.POSITIVE_INFINITY },
    secret: 'a secret of the tests',
    log: () => undefined,
  });
  server = createServer(nodeListener(handler));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  proxy = await faultyProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, chance);
});

afterEach(async () => {
  await proxy.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await ledger.close();
});

/** A line that loads or unloads some of a lot. */
function posting(id: string): Command {
  const [template, code] = [chance.pick(['IN', 'IN', 'OUT']), chance.pick(LOTS)];
  const quantity = String(chance.between(1, 9));
  const lines = [{ item: 'MILK', quantity, lots: [{ code, quantity }] }];
  return { name: 'posting.post@1', id, args: { warehouse: 'MAIN', template, date: today, lines } };
}

/** Sends until there is an answer, as somebody does who has to know. */
async function settled(client: Ledger, commands: readonly Command[], atomic: boolean): Promise<Receipt[]> {
  for (;;) {
    try {
      return await client.port.execute(commands, { atomic });
    } catch (error) {
      if (!isLedgerError(error) || error.retry !== 'same-id') throw error;
    }
  }
}

/** What the journal holds: the id of each entry's command. */
async function journal(): Promise<string[]> {
  const open = await store.open([], 1);
  const groups = await open.tail(0, 1_000_000);
  return groups.flatMap(({ texts }) => texts.map((text) => (JSON.parse(text) as { id: string }).id));
}

it('F1: nothing is lost and nothing counts twice on a bad line', async () => {
  const receipts = new Map<string, Receipt>();
  const heard: number[][] = [];
  const begun = ledger.status().seq;
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, n) => {
      // some give up sooner than others
      const timeout = 200 + 100 * n;
      const client = await openLedger(
        rest(proxy.url, { timeout, retryFor: n === 0 ? 0 : 2_000, heartbeat: 2_000 }),
      );
      const seqs: number[] = [];
      heard.push(seqs);
      client.subscribe(({ seq }) => seqs.push(seq));
      return client;
    }),
  );
  proxy.rate = 3;
  await Promise.all(
    clients.map(async (client, n) => {
      for (let round = 0; round < ROUNDS; round++) {
        const atomic = chance.oneIn(4);
        const commands = Array.from({ length: chance.between(1, 3) }, (_, i) =>
          posting(`${n}.${round}.${i}`),
        );
        const sending = atomic
          ? [settled(client, commands, true)]
          : commands.map((command) => settled(client, [command], false));
        for (const receipt of (await Promise.all(sending)).flat()) receipts.set(receipt.id, receipt);
        if (chance.oneIn(5)) await client.lots.list({}).catch(() => undefined);
      }
    }),
  );
  proxy.rate = 0;

  const accepted = [...receipts.values()].filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id);
  const written = (await journal()).slice(begun);
  expect([...written].sort()).toEqual([...accepted].sort());
  expect(await ledger.verify()).toMatchObject({ ok: true });
  const all = Array.from({ length: written.length }, (_, i) => begun + i + 1);
  await expect.poll(() => heard, { timeout: 60_000 }).toEqual(clients.map(() => all));
  for (const client of clients) await client.close();
  const counts = JSON.stringify(Object.fromEntries(proxy.counts));
  console.log(`${receipts.size} commands, ${accepted.length} accepted, faults ${counts}`);
  expect(proxy.counts.size).toBeGreaterThanOrEqual(SEEN);
}, 300_000);
