/** Postings, counts and reservations: documents that move stock, and what is promised before it moves. */
import { getRoute, historyRoute, id, listRoutes, readBack, readMade, summaryRoute } from './parts.ts';
import type { Ask, Made, Route } from './route.ts';

/** The posting a command made. */
const posted = (ask: Ask, { result }: Made): Promise<unknown> =>
  ask('postings.get', { id: (result as { readonly posting: { readonly id: string } }).posting.id });

const postings: Route[] = [
  ...listRoutes('postings', 'Posting'),
  summaryRoute('postings'),
  {
    id: 'postings.post',
    method: 'POST',
    path: '/postings',
    tag: 'postings',
    summary: 'Posts a load or an unload with its lots and serials.',
    act: { kind: 'command', name: 'posting.post@1', answer: posted },
    args: { body: 'arguments' },
    status: 201,
    location: '/postings/{id}',
    answers: 'Posting',
  },
  {
    id: 'postings.preview',
    method: 'POST',
    path: '/postings/preview',
    tag: 'postings',
    summary: 'The posting as it would be; nothing is written and no code is consumed.',
    act: { kind: 'query', name: 'postings.preview' },
    args: { body: { argument: 'posting', beside: ['reason', 'force'] } },
    answers: 'Posting',
  },
  {
    id: 'postings.get',
    method: 'GET',
    path: '/postings/{id}',
    tag: 'postings',
    summary: 'Reads one of them.',
    act: { kind: 'query', name: 'postings.get' },
    args: { path: [id] },
    answers: 'Posting',
  },
  {
    id: 'postings.reverse',
    method: 'POST',
    path: '/postings/{id}/reverse',
    tag: 'postings',
    summary: 'Takes it back, whole or by lines, by opposite movements; answers the reversal.',
    act: { kind: 'command', name: 'posting.reverse@1', reasonToo: true, answer: posted },
    args: { path: [id], body: 'arguments' },
    status: 201,
    location: '/postings/{id}',
    answers: 'Posting',
  },
  {
    id: 'postings.correct',
    method: 'POST',
    path: '/postings/{id}/correct',
    tag: 'postings',
    summary: 'Swaps the lots or serials of one line; answers the posting made instead.',
    act: { kind: 'command', name: 'posting.correct@1', reasonToo: true, answer: posted },
    args: { path: [id], body: 'arguments' },
    status: 201,
    location: '/postings/{id}',
    answers: 'Posting',
  },
  {
    id: 'postings.link',
    method: 'POST',
    path: '/postings/{id}/link',
    tag: 'postings',
    summary: 'Links a document of the host that was derived from it.',
    act: { kind: 'command', name: 'posting.link@1', answer: readBack('postings.get') },
    args: { path: [id], body: 'arguments' },
    answers: 'Posting',
  },
];

/** A count with differences answers with its posting, one without with itself. */
type Counted = { readonly posting: { readonly count: string } } | { readonly id: string };

function counted(ask: Ask, { result }: Made): Promise<unknown> {
  const made = result as Counted;
  return ask('counts.get', { id: 'posting' in made ? made.posting.count : made.id });
}

const counts: Route[] = [
  ...listRoutes('counts', 'Count'),
  {
    id: 'counts.post',
    method: 'POST',
    path: '/counts',
    tag: 'counts',
    summary: 'Compares what was found with the books, and posts the differences.',
    act: { kind: 'command', name: 'count.post@1', answer: counted },
    args: { body: 'arguments' },
    status: 201,
    location: '/counts/{id}',
    answers: 'Count',
  },
  {
    id: 'counts.preview',
    method: 'POST',
    path: '/counts/preview',
    tag: 'counts',
    summary: 'What the count would come to; nothing is written.',
    act: { kind: 'query', name: 'counts.preview' },
    args: { body: { argument: 'count', beside: [] } },
    answers: 'Count',
  },
  {
    id: 'counts.get',
    method: 'GET',
    path: '/counts/{id}',
    tag: 'counts',
    summary: 'Reads one of them.',
    act: { kind: 'query', name: 'counts.get' },
    args: { path: [id] },
    answers: 'Count',
  },
];

/** The reservations a command made or changed. */
function reserved(ask: Ask, { result, args }: Made): Promise<unknown[]> {
  const { reservations } = result as { readonly reservations?: readonly string[] };
  const ids = reservations ?? (args.id === undefined ? [] : [args.id]);
  return Promise.all(ids.map((each) => ask('reservations.get', { id: each })));
}

const reservation = (verb: 'move' | 'release' | 'substitute', summary: string): Route => ({
  id: `reservations.${verb}`,
  method: 'POST',
  path: `/reservations/{id}/${verb}`,
  tag: 'reservations',
  summary,
  act: { kind: 'command', name: `reservations.${verb}@1`, answer: reserved },
  args: { path: [id], body: 'arguments' },
  version: 'optional',
  answers: 'Reservation[]',
});

const reservations: Route[] = [
  ...listRoutes('reservations', 'Reservation'),
  {
    id: 'reservations.commit',
    method: 'POST',
    path: '/reservations',
    tag: 'reservations',
    summary: 'Reserves what a document will need, all lines or none.',
    act: { kind: 'command', name: 'reservations.commit@1', answer: reserved },
    args: { body: 'arguments' },
    status: 201,
    answers: 'Reservation[]',
  },
  getRoute('reservations', 'Reservation'),
  {
    id: 'reservations.alter',
    method: 'PATCH',
    path: '/reservations/{id}',
    tag: 'reservations',
    summary: 'Changes how much, for when, for whom.',
    act: { kind: 'command', name: 'reservations.alter@1', answer: readBack('reservations.get') },
    args: { path: [id], body: 'arguments' },
    version: 'required',
    etag: true,
    answers: 'Reservation',
  },
  historyRoute('reservations'),
  reservation('move', 'Holds it at another place, or in another warehouse.'),
  reservation('release', 'Gives it free, whole or in part.'),
  reservation('substitute', 'Has another lot of the item, or another piece, keep it.'),
  {
    id: 'reservations.releaseDocument',
    method: 'POST',
    path: '/reservations/release',
    tag: 'reservations',
    summary: 'Gives free all that is open of a document.',
    act: { kind: 'command', name: 'reservations.release@1', answer: reserved },
    args: { body: 'arguments' },
    answers: 'Reservation[]',
  },
];

const inspections: Route[] = [
  ...listRoutes('inspections', 'Inspection'),
  {
    id: 'inspections.open',
    method: 'POST',
    path: '/inspections',
    tag: 'inspections',
    summary: 'Opens an inspection of a lot.',
    act: { kind: 'command', name: 'inspections.open@1', answer: readMade('inspections.get') },
    args: { body: 'arguments' },
    etag: true,
    status: 201,
    location: '/inspections/{id}',
    answers: 'Inspection',
  },
  getRoute('inspections', 'Inspection'),
  {
    id: 'inspections.record',
    method: 'PATCH',
    path: '/inspections/{id}',
    tag: 'inspections',
    summary: 'Notes a result while it goes on.',
    act: { kind: 'command', name: 'inspections.record@1', answer: readBack('inspections.get') },
    args: { path: [id], body: 'arguments' },
    version: 'required',
    etag: true,
    answers: 'Inspection',
  },
  {
    id: 'inspections.finish',
    method: 'POST',
    path: '/inspections/{id}/finish',
    tag: 'inspections',
    summary: 'Ends it with its result.',
    act: { kind: 'command', name: 'inspections.finish@1', answer: readBack('inspections.get') },
    args: { path: [id], body: 'arguments' },
    version: 'optional',
    etag: true,
    answers: 'Inspection',
  },
];

export const postingRoutes: readonly Route[] = [...postings, ...counts, ...reservations, ...inspections];
