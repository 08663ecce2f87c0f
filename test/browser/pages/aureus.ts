/**
 * An element over AureusERP as a host's page has it: `?url=http://…&tag=lot-view&lot-id=105`. What is not named
 * here is an attribute of the element.
 */
import { openLedger } from 'lotledger';
import { aureus } from 'lotledger/adapters/aureus';
import '../../../src/components/define/index.ts';
import type { LotElement } from '../../../src/components/base.ts';

const ask = new URLSearchParams(location.search);
let token = ask.get('token') ?? 'good';
const ledger = await openLedger(aureus(ask.get('url') ?? '', { token: () => token, interval: 200 }));

const element = document.createElement(ask.get('tag') ?? 'lot-register') as LotElement & HTMLElement;
for (const [name, value] of ask)
  if (!['url', 'tag', 'token'].includes(name)) element.setAttribute(name, value);
const events: { name: string; detail: unknown }[] = [];
for (const name of [
  'lot-created',
  'lot-saved',
  'lot-deleted',
  'lot-error',
  'lot-auth-required',
  'lot-open',
]) {
  element.addEventListener(name, (event) => events.push({ name, detail: (event as CustomEvent).detail }));
}
element.ledger = ledger;
document.querySelector('main')?.append(element);

Object.assign(window, {
  tests: {
    ready: async () => {
      await element.ready;
      await element.settled;
    },
    settled: () => element.settled,
    events: () => events,
    token: (next: string) => {
      token = next;
    },
    refresh: () => element.refresh(),
  },
});
