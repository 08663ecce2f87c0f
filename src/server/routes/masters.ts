/** Master data, parties and settings. */
import {
  asOf,
  createRoute,
  historyRoute,
  id,
  idOrCode,
  inPath,
  listRoutes,
  recordRoutes,
  text,
  textOrNull,
} from './parts.ts';
import type { Made, Route } from './route.ts';

/** A word of master data whose id is the key of its code. */
const master = (tag: string, view: string): Route[] => [
  ...listRoutes(tag, view),
  createRoute(tag, view),
  ...recordRoutes({ tag, view, path: `/${tag}/{id}`, named: [idOrCode] }),
  historyRoute(tag),
];

const code = inPath('id', 'Code of the code type.', 'code');

const codeTypes: Route[] = [
  ...master('codeTypes', 'CodeType'),
  {
    id: 'codeTypes.preview',
    method: 'POST',
    path: '/codeTypes/{id}/preview',
    tag: 'codeTypes',
    summary: 'The codes that would come next; nothing is consumed.',
    act: { kind: 'query', name: 'codeTypes.preview' },
    args: { path: [code], body: 'arguments' },
    answers: 'string[]',
  },
  {
    id: 'codeTypes.counters',
    method: 'GET',
    path: '/codeTypes/{id}/counters',
    tag: 'codeTypes',
    summary: 'Where each counter of the type stands.',
    act: { kind: 'query', name: 'codeTypes.counters' },
    args: { path: [code] },
    answers: 'Counter[]',
  },
  {
    id: 'codeTypes.forecast',
    method: 'GET',
    path: '/codeTypes/{id}/forecast',
    tag: 'codeTypes',
    summary: 'When each counter will be full at the pace it had so far.',
    act: { kind: 'query', name: 'codeTypes.forecast' },
    args: { path: [code] },
    answers: 'Forecast[]',
  },
];

const item = inPath('id', 'Code of the item.', 'item');

const items: Route[] = [
  ...master('items', 'Item'),
  {
    id: 'items.stock',
    method: 'GET',
    path: '/items/{id}/stock',
    tag: 'items',
    summary: 'What lies of it: one row per place, variant and lot; now, or at a moment.',
    act: { kind: 'query', name: 'items.stock' },
    args: {
      path: [item],
      query: [textOrNull('variant', 'Only this variant; empty: what has none.'), ...asOf],
    },
    answers: 'ItemStock[]|ItemStockAt[]',
  },
  {
    id: 'items.openLots',
    method: 'POST',
    path: '/items/{id}/openLots',
    tag: 'items',
    summary: 'Puts what lies of it without a lot into lots, place by place.',
    act: {
      kind: 'command',
      name: 'items.openLots@1',
      answer: (ask, { args }) => ask('items.get', { id: args.item }),
    },
    args: { path: [item], body: 'arguments' },
    etag: true,
    answers: 'Item',
  },
];

const warehouses: Route[] = [
  ...master('warehouses', 'Warehouse'),
  {
    id: 'counts.sheet',
    method: 'GET',
    path: '/warehouses/{id}/countSheet',
    tag: 'counts',
    summary: 'What the books have, to be printed and filled in.',
    act: { kind: 'query', name: 'counts.sheet' },
    args: {
      path: [inPath('id', 'Code of the warehouse.', 'warehouse')],
      query: [
        text('item', 'Only this item.'),
        text('location', 'Only this location.'),
        text('date', 'The end of this day; today unless said.'),
      ],
    },
    answers: 'CountSheet',
  },
];

const templates: Route[] = [
  ...listRoutes('templates', 'Template'),
  createRoute('templates', 'Template'),
  ...recordRoutes({ tag: 'templates', view: 'Template', path: '/templates/{id}', named: [id] }),
  ...recordRoutes({
    tag: 'templates',
    view: 'Template',
    path: '/warehouses/{warehouse}/templates/{code}',
    named: [inPath('warehouse', 'Code of its warehouse.'), inPath('code', 'Its code.')],
    by: 'ByCode',
    finds: 'templates.get',
  }),
  historyRoute('templates'),
];

/** The kind and the code a party was made with. */
const partyMade = ({ args }: Made): object => {
  const { kind, code } = args.party as { readonly kind: string; readonly code: string };
  return { kind, code };
};

const parties: Route[] = [
  ...listRoutes('parties', 'Party'),
  {
    ...createRoute('parties', 'Party'),
    act: {
      kind: 'command',
      name: 'parties.create@1',
      answer: (ask, made) => ask('parties.get', partyMade(made)),
    },
    args: { body: { argument: 'party' } },
  },
  ...recordRoutes({
    tag: 'parties',
    view: 'Party',
    path: '/parties/{id}',
    named: [id],
    edit: 'party',
  }),
  ...recordRoutes({
    tag: 'parties',
    view: 'Party',
    path: '/parties/{kind}/{code}',
    named: [inPath('kind', 'customer, supplier or other.'), inPath('code', 'Its code.')],
    by: 'ByCode',
    edit: 'party',
    finds: 'parties.get',
  }),
];

const settings: Route[] = [
  {
    id: 'settings.get',
    method: 'GET',
    path: '/settings',
    tag: 'settings',
    summary: 'Settings of the whole ledger.',
    act: { kind: 'query', name: 'settings.get' },
    etag: true,
    answers: 'Settings',
  },
  {
    id: 'settings.update',
    method: 'PATCH',
    path: '/settings',
    tag: 'settings',
    summary: 'Changes settings; null sets one back to its default.',
    act: { kind: 'command', name: 'settings.update@1', answer: (ask) => ask('settings.get', {}) },
    args: { body: { argument: 'patch' } },
    version: 'required',
    etag: true,
    answers: 'Settings',
  },
  historyRoute('settings', '/settings/history'),
];

export const masterRoutes: readonly Route[] = [
  ...codeTypes,
  ...master('letterTables', 'LetterTable'),
  ...items,
  ...warehouses,
  ...templates,
  ...master('lotStatuses', 'LotStatus'),
  ...master('lotTypes', 'LotType'),
  ...master('grades', 'Grade'),
  ...master('blockRules', 'BlockRule'),
  ...master('transitions', 'Transition'),
  ...parties,
  ...settings,
];
