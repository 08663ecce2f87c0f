/**
 * A host that has filled a provider: fields, actions and tabs of its own on lots, its own items and parties,
 * its routes, its roles, and a session that can end. `?tag=lot-view&item=MILK&code=M-2611-A&can=reason|no`.
 */
import '../../../src/components/define/lot-form.ts';
import '../../../src/components/define/lot-ledger.ts';
import '../../../src/components/define/lot-view.ts';
import '../../../src/components/define/posting-form.ts';
import type { LotElement } from '../../../src/components/base.ts';
import type { LotLedger } from '../../../src/components/elements/lot-ledger.ts';
import type { Extension } from '../../../src/components/extensions/types.ts';
import type { Can } from '../../../src/components/provider/types.ts';
import type { Ledger, Lot, Posting } from '../../../src/core/index.ts';
import { formsLedger } from './forms-data.ts';

interface Cold {
  readonly celsius: string;
  readonly door: string;
}

const ask = new URLSearchParams(location.search);
const root = document.documentElement;
root.dataset.theme = ask.get('theme') ?? 'light';
for (const name of ['dir', 'lang']) if (ask.has(name)) root.setAttribute(name, ask.get(name) ?? '');

const events: { name: string; detail: unknown }[] = [];
const ran: string[] = [];
const searched: string[] = [];
const cold = new Map<string, Cold>();
let loads = 0;
let prevented = '';
let signedIn = true;
let ledger: Ledger;

const many = [1, 2, 3, 4].map((n) => ({
  id: `act-${n}`,
  label: `Act ${n}`,
  scope: 'record' as const,
  run: () => void ran.push(`act-${n}`),
}));

const coldChain: Extension<Lot, Cold> = {
  id: 'cold-chain',
  on: 'lot',
  load: async (lots) => {
    loads++;
    return new Map(lots.map(({ id }) => [id, cold.get(id) ?? { celsius: '4.5', door: '' }]));
  },
  fields: [
    {
      key: 'celsius',
      label: 'Temperature',
      type: 'number',
      before: 'expiryDate',
      value: (_lot, data) => data?.celsius,
      check: (value) => (Number(value) > 8 ? 'Too warm for this lot.' : undefined),
    },
    {
      key: 'attributes.door',
      label: 'Door',
      type: 'text',
      required: true,
      choices: [
        { value: 'N', label: 'North' },
        { value: 'S', label: 'South' },
      ],
    },
    { key: 'attributes.sealed', label: 'Sealed', type: 'flag' },
    { key: 'probe', label: 'Probe', type: 'code', readonly: true, value: (lot) => `P-${lot.code}` },
  ],
  actions: [
    {
      id: 'print',
      label: 'Print shelf label',
      icon: 'print',
      scope: ['row', 'record'],
      run: ({ records }) => void ran.push(`print ${records[0]?.code}`),
    },
    {
      id: 'recount',
      label: 'Recount…',
      scope: 'record',
      when: () => 'A count is open.',
      run: () => void ran.push('recount'),
    },
    { id: 'hidden', label: 'Hidden', scope: 'record', when: () => false, run: () => {} },
    {
      id: 'papers',
      label: 'Papers',
      scope: 'record',
      permission: 'papers.see',
      run: () => void ran.push('papers'),
    },
    ...many,
  ],
  tabs: [
    { id: 'cold', label: 'Cold chain', after: 'view', count: () => 3 },
    { id: 'papers', label: 'Papers', render: (lot) => `Papers of ${lot.code}` },
    { id: 'never', label: 'Never', when: () => false },
  ],
};

const haulage: Extension<Posting> = {
  id: 'haulage',
  on: 'posting',
  fields: [
    {
      key: 'carrier',
      label: 'Carrier',
      type: 'text',
      required: true,
      before: 'note',
      choices: [
        { value: 'DHL', label: 'DHL Freight' },
        { value: 'OWN', label: 'Own van' },
      ],
    },
    {
      key: 'pallets',
      label: 'Pallets',
      type: 'number',
      before: 'note',
      check: (value, { date }) =>
        Number(value) > 33 ? `No lorry takes ${value} pallets on ${date}.` : undefined,
    },
    { key: 'insured', label: 'Insured', type: 'flag' },
    {
      key: 'note',
      label: 'Remark',
      type: 'text',
      check: (text) => (text.length < 3 ? 'Say more.' : undefined),
    },
    { key: 'weight', label: 'Weight', type: 'number', readonly: true, value: () => '12' },
  ],
  actions: [
    {
      id: 'labels',
      label: 'Print labels',
      icon: 'print',
      scope: 'record',
      run: ({ records, say }) => {
        ran.push(`labels ${records[0]?.lines.length}`);
        say('Labels are on their way.');
      },
    },
    { id: 'recount', label: 'Recount', scope: 'record', when: () => 'A count is open.', run: () => {} },
    { id: 'elsewhere', label: 'Elsewhere', scope: 'row', run: () => {} },
  ],
};

const roles: Record<string, Can> = {
  reason: {
    'lot.edit': 'Quality managers can.',
    'lot.create': 'Quality managers can.',
    'posting.post': 'The warehouse can.',
    'papers.see': false,
  },
  no: { 'lot.edit': false, 'lot.create': false, 'posting.post': false },
  field: ({ field }) =>
    field === 'documentDate'
      ? false
      : field === 'date'
        ? 'The office dates postings.'
        : field === 'notes'
          ? false
          : field === 'reference'
            ? 'Kept by purchasing.'
            : true,
};

const element = document.createElement(ask.get('tag') ?? 'lot-view') as LotElement;
for (const name of ['item', 'code', 'lot-id', 'tab', 'warehouse', 'template', 'readonly'])
  if (ask.has(name)) element.setAttribute(name, ask.get(name) ?? '');
const requests = ['lot-save', 'lot-create', 'lot-post', 'lot-open'];
for (const name of [...requests, 'lot-saved', 'lot-created', 'lot-posted', 'lot-error']) {
  element.addEventListener(name, (event) => {
    events.push({ name, detail: structuredClone((event as CustomEvent).detail) });
    if (name === prevented) event.preventDefault();
  });
}

/** The ledger of a server whose session can end. */
const overSession = (real: Ledger): Ledger =>
  real.through((port) => {
    const only = <T>(call: () => Promise<T>): Promise<T> =>
      signedIn
        ? call()
        : Promise.reject(
            Object.assign(new Error('nobody'), {
              kind: 'unauthenticated',
              code: 'session.required',
              details: {},
            }),
          );
    return {
      ...port,
      execute: (commands, options) => only(() => port.execute(commands, options)),
      query: (name, args, options) => only(() => port.query(name, args, options)),
    };
  });

const started = (async () => {
  ledger = await formsLedger();
  const provider = document.createElement('lot-ledger') as LotLedger;
  provider.ledger = overSession(ledger);
  provider.extensions = [coldChain, haulage];
  provider.links = {
    item: '/items/{code}',
    posting: '#posting/{code}',
    party: ({ code }) => `/parties/${code}`,
  };
  provider.lookups = {
    items: {
      search: async (text) => {
        searched.push(`items ${text}`);
        return [{ code: 'MILK', description: 'Whole milk, as the portal calls it' }];
      },
    },
    parties: {
      search: async (text) => {
        searched.push(`parties ${text}`);
        return [{ code: 'PORTAL-1', description: 'A party of the portal' }];
      },
    },
  };
  const can = roles[ask.get('can') ?? ''];
  if (can !== undefined) provider.can = can;
  const body = document.createElement('p');
  body.slot = 'tab-cold';
  body.textContent = 'Log of the cold chain';
  element.append(body);
  provider.append(element);
  document.querySelector('main')?.append(provider);
  await element.ready;
  await element.settled;
})();

Object.assign(window, {
  element,
  tests: {
    ready: () => started.then(() => true),
    settled: () => element.settled.then(() => true),
    events: () => events,
    ran: () => ran,
    searched: () => searched,
    loads: () => loads,
    prevent: (name: string) => {
      prevented = name;
    },
    postings: async () => (await ledger.postings.list({ sort: ['-seq'], limit: 5 })).items,
    /** The session ends, or somebody has signed in; `resume` tells the provider. */
    session: (on: boolean) => {
      signedIn = on;
    },
    lot: (item: string, code: string) => ledger.lots.get({ item, code }),
    /** The host has taken a temperature. */
    measure: async (item: string, code: string, celsius: string) => {
      const { id } = await ledger.lots.get({ item, code });
      cold.set(id, { celsius, door: '' });
      await element.refresh();
    },
  },
});
