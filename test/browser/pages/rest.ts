/** A page over a server: a provider with `adapter="rest"` and a register, as a host writes them. */
import '../../../src/components/define/index.ts';
import type { LotLedger } from '../../../src/components/elements/lot-ledger.ts';
import type { LotRegister } from '../../../src/components/elements/lot-register.ts';

const provider = (): LotLedger => document.querySelector('lot-ledger') as LotLedger;
const register = (): LotRegister => document.querySelector('lot-register') as LotRegister;

const events: { name: string; detail: unknown }[] = [];
const names = ['lot-auth-required', 'lot-error', 'lot-ready', 'lot-status-change'];

const outcomes: string[] = [];

Object.assign(window, {
  tests: {
    /** Puts the elements on the page. */
    show(url: string, token?: string, more: Record<string, string> = {}) {
      const ledger = document.createElement('lot-ledger');
      const attributes = { adapter: 'rest', url, 'time-zone': 'Europe/Rome', ...more };
      for (const [name, value] of Object.entries(attributes)) ledger.setAttribute(name, value);
      for (const name of names) {
        ledger.addEventListener(name, (event) =>
          events.push({ name, detail: (event as CustomEvent).detail }),
        );
      }
      if (token !== undefined) ledger.headers = { authorization: token };
      const lots = document.createElement('lot-register');
      lots.setAttribute('rows', '10');
      ledger.append(lots);
      document.body.append(ledger);
    },
    signIn(token: string) {
      provider().headers = { authorization: token };
    },
    async ready() {
      await provider().ready;
      await register().settled;
    },
    text: () => register().shadowRoot?.querySelector('tbody')?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    /** Starts loading a lot; how it ends is told by `outcomes`. */
    load(code: string) {
      void (async () => {
        const ledger = await provider().ready;
        const date = new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 10);
        const lines = [{ item: 'MILK', quantity: '1', lots: [{ code, quantity: '1' }] }];
        const posting = await ledger.postings.post({ warehouse: 'MAIN', template: 'LOA', date, lines });
        outcomes.push(`${code} by ${posting.actor}`);
      })().catch((error: { code: string }) => outcomes.push(`${code}: ${error.code}`));
    },
    outcomes: () => outcomes,
    events: () => events,
    status: async () => (await provider().ready).status(),
  },
});
