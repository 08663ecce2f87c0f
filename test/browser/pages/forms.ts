/**
 * One form or view over a real ledger in memory, as the address says: `?tag=lot-form&theme=dark&lang=it&dir=rtl
 * &density=compact&narrow&item=MILK&code=M-2611-A&tab=edit&readonly`.
 */
import '../../../src/components/define/lot-ledger.ts';
import '../../../src/components/define/lot-form.ts';
import '../../../src/components/define/lot-view.ts';
import '../../../src/components/define/posting-form.ts';
import type { LotElement } from '../../../src/components/base.ts';
import type { Ledger } from '../../../src/core/index.ts';
import { formsLedger } from './forms-data.ts';

const ask = new URLSearchParams(location.search);
const root = document.documentElement;
root.dataset.theme = ask.get('theme') ?? 'light';
for (const name of ['dir', 'lang']) if (ask.has(name)) root.setAttribute(name, ask.get(name) ?? '');
if (ask.has('narrow')) root.dataset.narrow = '';

const events: { name: string; detail: unknown }[] = [];
let prevented = '';
let slow = 0;
let held: Promise<void> | undefined;
let release: () => void = () => {};
let failing: unknown;
let ledger: Ledger;
let form = document.createElement(ask.get('tag') ?? 'lot-form') as LotElement;
for (const name of [
  'locale',
  'density',
  'readonly',
  'item',
  'variant',
  'code',
  'lot-id',
  'tab',
  'warehouse',
  'template',
])
  if (ask.has(name)) form.setAttribute(name, ask.get(name) ?? '');
const names = [
  'create',
  'created',
  'save',
  'saved',
  'post',
  'posted',
  'cancel',
  'delete',
  'deleted',
  'open',
  'error',
];
function listen(element: LotElement): void {
  for (const name of [...names, 'dirty-change', 'tab-change'].map((each) => `lot-${each}`)) {
    element.addEventListener(name, (event) => {
      events.push({ name, detail: structuredClone((event as CustomEvent).detail) });
      if (name === prevented) event.preventDefault();
    });
  }
}
listen(form);

/** The ledger with writes that wait or fail as the test says. */
function troubled(real: Ledger): Ledger {
  // over an empty object: what a ledger gives is frozen, and a proxy of it could not say anything else
  const wrap = <T extends object>(resource: T, verbs: readonly string[]): T =>
    new Proxy({} as T, {
      get(_, verb) {
        const own: unknown = Reflect.get(resource, verb);
        if (typeof own !== 'function' || !verbs.includes(String(verb))) return own;
        return async (...args: unknown[]) => {
          if (verb === 'get') await held;
          else if (slow > 0) await new Promise((done) => setTimeout(done, slow));
          const answer = own.apply(resource, args);
          if (failing === undefined || verb === 'get') return answer;
          const error = failing;
          failing = undefined;
          // the line dies after the ledger has written
          await answer.catch(() => {});
          throw error;
        };
      },
    });
  return {
    ...real,
    items: wrap(real.items, ['get']),
    lots: wrap(real.lots, ['create', 'update', 'remove']),
    postings: wrap(real.postings, ['post']),
  };
}

const started = (async () => {
  ledger = await formsLedger();
  form.ledger = troubled(ledger);
  document.querySelector('main')?.append(form);
  await form.ready;
  await form.settled;
})();

Object.assign(window, {
  form,
  events,
  tests: {
    ready: async () => {
      await started;
      await form.settled;
      return true;
    },
    events: () => events,
    /** Another element over the same ledger. */
    show: async (tag: string, attributes: Record<string, string>) => {
      const next = document.createElement(tag) as LotElement;
      for (const [name, value] of Object.entries(attributes)) next.setAttribute(name, value);
      next.ledger = form.ledger;
      listen(next);
      form.replaceWith(next);
      form = next;
      await form.ready;
      return true;
    },
    settled: () => form.settled.then(() => true),
    prevent: (name: string) => {
      prevented = name;
    },
    /** Items are not read until they are let go. */
    holdItems: () => {
      held = new Promise((done) => {
        release = done;
      });
    },
    releaseItems: () => release(),
    slow: (ms: number) => {
      slow = ms;
    },
    /** The next write is done, and yet its answer is lost. */
    loseAnswer: () => {
      failing = {
        kind: 'unavailable',
        code: 'store.unknown',
        retry: 'same-id',
        details: {},
        message: 'lost',
      };
    },
    reset: () => (form as LotElement & { reset(): void }).reset(),
    lots: async (query: object) => (await ledger.lots.list(query)).items,
    lot: (item: string, code: string) => ledger.lots.get({ item, code }),
    postings: async () => (await ledger.postings.list({ sort: ['-seq'], limit: 5 })).items,
    /** Somebody else changes a lot. */
    change: async (item: string, code: string, patch: object) => {
      const lot = await ledger.lots.get({ item, code });
      await ledger.lots.update(lot.id, patch, {
        reason: 'Seen in the cold room',
        source: 'api',
        actor: 'a.conti',
      });
    },
    post: (input: object) => ledger.postings.post(input as never),
    reserve: (draft: object) => ledger.reservations.commit(draft as never),
    recall: (draft: object) => ledger.recalls.open(draft as never),
    settings: (patch: object) => ledger.settings.update(patch as never),
    posting: (id: string) => ledger.postings.get(id),
  },
});
