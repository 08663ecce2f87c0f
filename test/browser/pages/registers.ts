/**
 * One register over a ledger that is made up, as the address says: `?tag=lot-register&rows=50&theme=dark
 * &locale=it&dir=rtl&density=compact&state=error&wait=500`.
 */
import '../../../src/components/define/index.ts';
import type { LotRegister } from '../../../src/components/elements/lot-register.ts';
import { startedJobs } from './fake-jobs.ts';
import { fakeLedger } from './fake-ledger.ts';

const ask = new URLSearchParams(location.search);
const root = document.documentElement;
root.dataset.theme = ask.get('theme') ?? 'light';
if (ask.get('dir')) root.dir = ask.get('dir') ?? 'ltr';
if (ask.get('lang')) root.lang = ask.get('lang') ?? 'en';
if (ask.has('narrow')) root.dataset.narrow = '';

const fake = fakeLedger({
  rows: Number(ask.get('rows') ?? 50),
  state: ask.get('state') ?? '',
  wait: Number(ask.get('wait') ?? 0),
  plain: ask.has('plain'),
});
const register = document.createElement(ask.get('tag') ?? 'lot-register') as LotRegister;
for (const name of [
  'locale',
  'density',
  'readonly',
  'scroll',
  'selection',
  'url-sync',
  'hide-toolbar',
  'hide-filters',
]) {
  const value = ask.get(name);
  if (value !== null) register.setAttribute(name, value);
}
if (ask.get('page')) register.setAttribute('rows', ask.get('page') ?? '25');
register.ledger = fake.ledger;
const events: { name: string; detail: unknown }[] = [];
for (const name of [
  'lot-open',
  'lot-create',
  'lot-error',
  'lot-state-change',
  'lot-selection-change',
  'lot-export',
  'lot-print',
] as const) {
  register.addEventListener(name, (event) => events.push({ name, detail: event.detail }));
}
document.querySelector('main')?.append(register);

Object.assign(window, { fake, register, events });
Object.assign(window, {
  tests: {
    ready: async () => {
      await register.ready;
      await register.settled;
      return true;
    },
    events: () => events,
    jobs: () => startedJobs,
    asked: () => fake.asked,
    touch: () => fake.touch(),
    set: (options: object) => fake.set(options),
    refresh: () => register.refresh(),
    listeners: () => fake.listeners(),
    remove: () => register.remove(),
    /** Moves it in and out of the page so many times. */
    churn: (times: number) => {
      const main = document.querySelector('main');
      for (let i = 0; i < times; i++) {
        register.remove();
        main?.append(register);
      }
    },
  },
});
