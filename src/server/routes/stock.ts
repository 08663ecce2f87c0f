/** Lots and serials: the registers, edits by hand, where they came from and went to, lots made of lots. */
import type { Posting } from '../../core/index.ts';
import {
  asOf,
  createRoute,
  flag,
  historyRoute,
  id,
  idOrCode,
  inPath,
  listRoutes,
  number,
  paged,
  readBack,
  recordRoutes,
  summaryRoute,
  text,
  textOrNull,
} from './parts.ts';
import type { Ask, Made, Parameter, Route } from './route.ts';

type Register = 'lots' | 'serials';

const traceQuery: readonly Parameter[] = [
  text('direction', 'forward, backward or both; forward unless said.'),
  text('asOf', 'At the end of this day.'),
  number('depth', 'Levels at most; all unless said.'),
  text('components', 'none, tracked or all; tracked unless said.'),
  flag('untraced', 'Also movements whose templates keep them out of traces.'),
  flag('reversed', 'Also what was taken back, marked.'),
  number('limit', 'Nodes on a page; 50 unless said.'),
  text('cursor', '`next` of a page, or `more` or `moreParties` of a node.'),
];

const lineageQuery: readonly Parameter[] = [
  text('direction', 'forward or backward; forward unless said.'),
  text('asOf', 'At the end of this day.'),
  text('components', 'tracked or all; tracked unless said.'),
  flag('untraced', 'Also movements whose templates keep them out of traces.'),
];

const byCode = (tag: Register, view: string): Route[] =>
  recordRoutes({
    tag,
    view,
    path: `/items/{item}/${tag}/{code}`,
    named: [inPath('item', 'Code of the item.'), inPath('code', 'Its code.')],
    besides: [textOrNull('variant', 'The variant it is of; empty: none.')],
    by: 'ByCode',
    finds: `${tag}.get`,
  });

const register = (tag: Register, view: 'Lot' | 'Serial'): Route[] => [
  ...listRoutes(tag, view, asOf),
  summaryRoute(tag),
  createRoute(tag, view),
  ...recordRoutes({ tag, view, path: `/${tag}/{id}`, named: [idOrCode] }),
  ...byCode(tag, view),
  historyRoute(tag),
  ...trail(tag, view),
  ...steps(tag, view),
  {
    id: `${tag}.allocate`,
    method: 'POST',
    path: `/${tag}/allocate`,
    tag,
    summary: 'What an automatic unload would take, and why it would pass the others over.',
    act: { kind: 'query', name: `${tag}.allocate` },
    args: { body: 'whole' },
    answers: tag === 'lots' ? 'Allocation' : 'SerialAllocation',
  },
];

/** What happened to it, and what came of it. */
const trail = (tag: Register, view: string): Route[] => [
  {
    id: `${tag}.at`,
    method: 'GET',
    path: `/${tag}/{id}/at`,
    tag,
    summary: 'As it was at the end of a day, or as the journal knew it.',
    act: { kind: 'query', name: `${tag}.at` },
    args: { path: [idOrCode], query: asOf },
    answers: `${view}At`,
  },
  {
    id: `${tag}.movements`,
    method: 'GET',
    path: `/${tag}/{id}/movements`,
    tag,
    summary: 'Its movements, the newest first.',
    act: { kind: 'query', name: `${tag}.movements` },
    args: { path: [id], query: [text('direction', 'load or unload; both unless said.'), ...paged] },
    answers: 'Page<Movement>',
  },
  {
    id: `${tag}.trace`,
    method: 'GET',
    path: `/${tag}/{id}/trace`,
    tag,
    summary: 'Where it came from and went to: nodes, edges, parties.',
    act: { kind: 'query', name: `${tag}.trace` },
    args: { path: [id], query: traceQuery },
    answers: 'Trace',
  },
  {
    id: `${tag}.lineage`,
    method: 'GET',
    path: `/${tag}/{id}/lineage`,
    tag,
    summary: 'The ids of everything reached, in one go.',
    act: { kind: 'query', name: `${tag}.lineage` },
    args: { path: [id], query: lineageQuery },
    answers: 'Lineage',
  },
];

/** What is done to it besides an edit. */
const steps = (tag: Register, view: string): Route[] => [
  {
    id: `${tag}.printed`,
    method: 'POST',
    path: `/${tag}/{id}/printed`,
    tag,
    summary: 'A label with its code was printed: the code is fixed from now on.',
    act: { kind: 'command', name: `${tag}.printed@1`, answer: readBack(`${tag}.get`) },
    args: { path: [id], body: 'arguments' },
    etag: true,
    answers: view,
  },
  {
    id: `${tag}.transition`,
    method: 'POST',
    path: `/${tag}/{id}/transition`,
    tag,
    summary: 'Takes a step of the workflow; it always has a reason.',
    act: { kind: 'command', name: `${tag}.transition@1`, answer: readBack(`${tag}.get`) },
    args: { path: [id], body: 'arguments' },
    version: 'optional',
    etag: true,
    answers: view,
  },
];

/** The posting that took lots out, with the lots that were made. */
async function transformed(ask: Ask, { result }: Made): Promise<unknown> {
  const { posting: made } = result as { readonly posting: { readonly id: string } };
  const posting = (await ask('postings.get', { id: made.id })) as Posting;
  const load = (await ask('postings.get', { id: posting.counterpart })) as Posting;
  return { ...posting, made: load.lines.flatMap((line) => line.lots) };
}

const transforms = (['split', 'merge', 'convert'] as const).flatMap((what): Route[] => [
  {
    id: `lots.${what}`,
    method: 'POST',
    path: `/lots/${what}`,
    tag: 'lots',
    summary: {
      split: 'Makes a part of a lot lots of their own.',
      merge: 'Mixes lots of one item into one.',
      convert: 'Makes a lot of one item a lot of another item or variant.',
    }[what],
    act: { kind: 'command', name: `lots.${what}@1`, answer: transformed },
    args: { body: 'arguments' },
    status: 201,
    location: '/postings/{id}',
    answers: 'Transformed',
  },
  {
    id: `lots.preview${what.charAt(0).toUpperCase()}${what.slice(1)}`,
    method: 'POST',
    path: `/lots/${what}/preview`,
    tag: 'lots',
    summary: 'The same as it would be; nothing is written and no code is consumed.',
    act: { kind: 'query', name: 'lots.preview' },
    args: { fixed: { what }, body: { argument: 'args', beside: ['reason', 'force'] } },
    answers: 'Transformed',
  },
]);

/** The last stay of a piece in another. */
async function lastStay(ask: Ask, { args }: Made): Promise<unknown> {
  return ((await ask('serials.installs', { id: args.id })) as readonly unknown[]).at(-1);
}

const assembly: Route[] = [
  {
    id: 'serials.install',
    method: 'POST',
    path: '/serials/{id}/install',
    tag: 'serials',
    summary: 'Installs a piece in another.',
    act: { kind: 'command', name: 'serials.install@1', answer: lastStay },
    args: { path: [id], body: 'arguments' },
    answers: 'Install',
  },
  {
    id: 'serials.uninstall',
    method: 'POST',
    path: '/serials/{id}/uninstall',
    tag: 'serials',
    summary: 'Takes a piece out of the one it is in.',
    act: { kind: 'command', name: 'serials.uninstall@1', answer: lastStay },
    args: { path: [id], body: 'arguments' },
    answers: 'Install',
  },
  {
    id: 'serials.asBuilt',
    method: 'GET',
    path: '/serials/{id}/asBuilt',
    tag: 'serials',
    summary: 'The piece with everything in it, today or as of a day.',
    act: { kind: 'query', name: 'serials.asBuilt' },
    args: { path: [id], query: [text('asOf', 'At the end of this day.')] },
    answers: 'AsBuilt',
  },
  {
    id: 'serials.installs',
    method: 'GET',
    path: '/serials/{id}/installs',
    tag: 'serials',
    summary: 'Every piece it was ever installed in, the oldest first.',
    act: { kind: 'query', name: 'serials.installs' },
    args: { path: [id] },
    answers: 'Install[]',
  },
];

export const stockRoutes: readonly Route[] = [
  ...register('lots', 'Lot'),
  {
    id: 'lots.balance',
    method: 'GET',
    path: '/lots/{id}/balance',
    tag: 'lots',
    summary: 'What came in of it equals what is there and what left.',
    act: { kind: 'query', name: 'lots.balance' },
    args: { path: [id] },
    answers: 'LotBalance',
  },
  ...transforms,
  ...register('serials', 'Serial'),
  ...assembly,
];
