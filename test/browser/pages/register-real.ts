/**
 * A register over a real ledger in memory, filled with the portal's sample, behind a wire that can be cut:
 * `?tag=lot-register&scroll=window&page=25`. Nothing of it is made up but the server's moods.
 */
import { openLedger } from 'lotledger';
import { memory } from 'lotledger/adapters/memory';
import '../../../src/components/define/index.ts';
import { fillSample } from '../../../demo/sample/index.ts';
import type { LotLedger } from '../../../src/components/elements/lot-ledger.ts';
import type { LotRegister } from '../../../src/components/elements/lot-register.ts';
import { registerAdapter } from '../../../src/components/provider/adapters.ts';
import { type FakeRemote, fakeRemote } from '../../../src/testing/index.ts';

const TODAY = '2026-11-22';
const ask = new URLSearchParams(location.search);
const root = document.documentElement;
root.dataset.theme = ask.get('theme') ?? 'light';
if (ask.get('dir')) root.dir = ask.get('dir') ?? 'ltr';
if (ask.has('narrow')) root.dataset.narrow = '';

const store = memory();
const filled = fillSample(store, { today: TODAY });
const server = filled.then(() =>
  openLedger(store, { actor: 'server', now: () => new Date(`${TODAY}T12:00:00`) }),
);
let remote: FakeRemote | undefined;
registerAdapter('server', async () => {
  remote = fakeRemote(await server);
  return remote;
});

const provider = document.createElement('lot-ledger') as LotLedger;
provider.setAttribute('adapter', 'server');
const register = document.createElement(ask.get('tag') ?? 'lot-register') as LotRegister;
for (const name of ['locale', 'density', 'scroll']) {
  const value = ask.get(name);
  if (value !== null) register.setAttribute(name, value);
}
if (ask.get('page')) register.setAttribute('rows', ask.get('page') ?? '25');
register.style.blockSize = 'calc(100vh - 32px)';
provider.append(register);
document.querySelector('main')?.append(provider);

type Filter = Parameters<Awaited<typeof server>['lots']['list']>[0]['filter'];

Object.assign(window, {
  register,
  tests: {
    ready: async () => {
      await register.ready;
      await register.settled;
    },
    state: async (state: object) => {
      register.state = state;
      await register.settled;
    },
    /** How many lots match, as the ledger itself counts. */
    total: async (filter: Filter) =>
      (await (await server).lots.list({ filter, limit: 1, total: true })).total,
    codes: async (filter: Filter) =>
      (await (await server).lots.list({ filter, limit: 500, sort: ['code'] })).items.map(({ code }) => code),
    summary: async (filter: Filter, by: string) =>
      (await server).lots.summary({ filter, groupBy: [by], sums: ['onHand'] }),
    /** A step that only lots of these statuses may take; its code. */
    step: async (code: string, from: readonly (string | null)[], to: string) => {
      const { transitions } = await server;
      const found = (await transitions.list({ filter: { code } })).items[0];
      if (found) await transitions.update(found.id, { from: [...from] });
      else await transitions.create({ code, description: code, kind: 'lot', from: [...from], to });
    },
    statusOf: async (codes: readonly string[]) => {
      const found = await (await server).lots.list({ filter: { code: { in: [...codes] } }, limit: 500 });
      return found.items.map(({ status }) => status);
    },
    /** Somebody else throws one of a lot away. */
    scrap: async (id: string) => {
      const { lots, postings } = await server;
      const { code, item, stock } = await lots.get(id);
      const at = stock.find(({ onHand }) => onHand !== '0');
      if (at === undefined) throw new Error(`nothing of ${code} is there`);
      const line = { item, quantity: '1', location: at.location, lots: [{ code, quantity: '1' }] };
      await postings.post({ template: 'SCR', date: TODAY, warehouse: at.warehouse, lines: [line] });
    },
    offline: (on: boolean) => {
      if (remote) remote.control.offline = on;
    },
    signedOut: (on: boolean) => {
      if (remote) remote.control.unauthenticated = on;
    },
    resume: () => provider.resume(),
    refresh: () => void register.refresh(),
  },
});
