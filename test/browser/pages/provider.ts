/**
 * A page as a host writes it: a provider with a real ledger in memory, a register inside it, another one
 * elsewhere that points at a provider which cannot open. The register is registered before its provider.
 */
import '../../../src/components/define/lot-register.ts';
import '../../../src/components/define/posting-register.ts';
import type { LotLedger } from '../../../src/components/elements/lot-ledger.ts';
import type { LotRegister } from '../../../src/components/elements/lot-register.ts';
import { dairyMasters } from './small-dairy.ts';

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.violatedDirective} ${event.sample} ${event.sourceFile}`);
});
const failures: unknown[] = [];
document.addEventListener('lot-error', (event) => failures.push((event as CustomEvent).detail));

/** The provider comes a moment later than those who need it. */
const later = new Promise((done) => setTimeout(done, 50)).then(
  () => import('../../../src/components/define/index.ts'),
);

const provider = document.querySelector('lot-ledger') as LotLedger;
const register = document.querySelector('lot-register') as LotRegister;
const text = (): string =>
  register.shadowRoot?.querySelector('tbody')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** Master data, once there is a ledger for it. */
async function setUp(): Promise<void> {
  await later;
  await dairyMasters(await provider.ready);
}

Object.assign(window, {
  tests: {
    async load(quantity: string) {
      const ledger = await provider.ready;
      const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome', dateStyle: 'short' }).format(
        new Date(),
      );
      const lines = [{ item: 'RICOTTA', quantity, location: 'A-01', lots: 'auto' as const }];
      const posting = await ledger.postings.post({ warehouse: 'MAIN', template: 'LOA', date, lines });
      return posting.actor;
    },
    async ready() {
      await setUp();
      await register.ready;
      await register.settled;
    },
    settle: () => register.settled,
    text,
    density: () => register.shadowRoot?.querySelector('.lot')?.className,
    failures: () => failures,
    away: () => document.querySelector('#away')?.shadowRoot?.textContent?.replace(/\s+/g, ' ').trim(),
    violations: () => violations,
  },
});
