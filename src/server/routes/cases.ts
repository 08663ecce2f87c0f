/** Recalls, mass changes, alerts, and what the actor may do. */
import { type JobInput, LedgerError } from '../../core/index.ts';
import { flag, id, inPath, listRoutes, number, paged, readBack, readMade, text } from './parts.ts';
import type { Route } from './route.ts';

const recall = (verb: string, command: string, summary: string): Route => ({
  id: `recalls.${verb}`,
  method: 'POST',
  path: `/recalls/{id}/${verb}`,
  tag: 'recalls',
  summary,
  act: { kind: 'command', name: `recalls.${command}@1`, answer: readBack('recalls.get') },
  args: { path: [id], body: 'arguments' },
  answers: 'Recall',
});

const recallId = inPath('id', 'Id of the recall, or its code.');

const recalls: Route[] = [
  ...listRoutes('recalls', 'RecallSummary'),
  {
    id: 'recalls.open',
    method: 'POST',
    path: '/recalls',
    tag: 'recalls',
    summary:
      'Opens a case on lots and serials, by their ids: they are blocked and their reservations released.',
    act: { kind: 'command', name: 'recalls.open@1', reasonToo: true, answer: readMade('recalls.get') },
    args: { body: 'arguments' },
    status: 201,
    location: '/recalls/{id}',
    answers: 'Recall',
  },
  {
    id: 'recalls.get',
    method: 'GET',
    path: '/recalls/{id}',
    tag: 'recalls',
    summary: 'Reads one of them, with all it comes to.',
    act: { kind: 'query', name: 'recalls.get' },
    args: { path: [recallId] },
    answers: 'Recall',
  },
  recall('notify', 'notify', 'Notes a party that was told.'),
  recall('recover', 'recover', 'Notes goods that are back, held or destroyed.'),
  recall('close', 'close', 'Ends it; the whole report goes into the journal with its hash.'),
  recall('free', 'free', 'Lets lots or serials be used again; needs a reason.'),
  {
    id: 'recalls.parties',
    method: 'GET',
    path: '/recalls/{id}/parties',
    tag: 'recalls',
    summary: 'Who got what of it, page by page.',
    act: { kind: 'query', name: 'recalls.parties' },
    args: { path: [recallId], query: paged },
    answers: 'Page<RecallParty>',
  },
  {
    id: 'recalls.evidence',
    method: 'GET',
    path: '/recalls/{id}/evidence',
    tag: 'recalls',
    summary: 'What it was closed with.',
    act: { kind: 'query', name: 'recalls.evidence' },
    args: { path: [recallId] },
    answers: 'RecallEvidence',
  },
];

type Args = Readonly<Record<string, unknown>>;

/** Members of `JobInput`. */
const ofJob = ['command', 'filter', 'search', 'ids', 'except', 'patch', 'descendants'];

/** Refuses what is misspelled: an `except` that is not heeded would change more than was meant. */
function only(args: Args, names: readonly string[]): Args {
  const name = Object.keys(args).find((each) => !names.includes(each));
  if (name === undefined) return args;
  throw new LedgerError('field.unknown', { path: name, details: { name } });
}

const jobId = (args: Args): string => only(args, ['id']).id as string;

const started = ['jobs.start@1'];
const lists = ['lots.list', 'serials.list'];

const jobs: Route[] = [
  ...listRoutes('jobs', 'Job'),
  {
    id: 'jobs.start',
    method: 'POST',
    path: '/jobs',
    tag: 'jobs',
    summary:
      'Freezes a mass change of the lots or serials of a filter, or by ids; nothing changes until it is run.',
    act: {
      kind: 'resource',
      commands: started,
      queries: ['jobs.get', ...lists],
      run: (ledger, args, how) => ledger.jobs.start(only(args, ofJob) as unknown as JobInput, how),
    },
    args: { body: 'arguments' },
    status: 201,
    location: '/jobs/{id}',
    answers: 'JobState',
  },
  {
    id: 'jobs.get',
    method: 'GET',
    path: '/jobs/{id}',
    tag: 'jobs',
    summary: 'Reads one of them, with how far it is.',
    act: { kind: 'query', name: 'jobs.get' },
    args: { path: [id] },
    answers: 'JobState',
  },
  {
    id: 'jobs.run',
    method: 'POST',
    path: '/jobs/{id}/run',
    tag: 'jobs',
    summary: 'Sends what has no answer yet, as far as the time of a request goes; sent again, it goes on.',
    act: {
      kind: 'resource',
      commands: ['lots.update@1', 'lots.transition@1', 'serials.update@1', 'serials.transition@1'],
      queries: ['jobs.get', 'jobs.pending'],
      run: (ledger, args, { source, force, signal }) =>
        ledger.jobs.run(jobId(args), {
          ...(source === undefined ? {} : { source }),
          ...(force === undefined ? {} : { force }),
          ...(signal === undefined ? {} : { signal }),
        }),
    },
    args: { path: [id], body: 'arguments' },
    answers: 'JobState',
  },
  {
    id: 'jobs.retry',
    method: 'POST',
    path: '/jobs/{id}/retry',
    tag: 'jobs',
    summary: 'A new job over what was refused, with the same change.',
    act: {
      kind: 'resource',
      commands: started,
      queries: ['jobs.get', 'jobs.results'],
      run: (ledger, args, how) => ledger.jobs.retry(jobId(args), how),
    },
    args: { path: [id], body: 'arguments' },
    status: 201,
    location: '/jobs/{id}',
    answers: 'JobState',
  },
  {
    id: 'jobs.results',
    method: 'GET',
    path: '/jobs/{id}/results',
    tag: 'jobs',
    summary: 'What became of each lot or serial.',
    act: { kind: 'query', name: 'jobs.results' },
    args: {
      path: [id],
      query: [
        text('outcome', 'done, refused or pending; all unless said.'),
        flag('failing', 'Only what has reservations that fail now.'),
        ...paged,
      ],
    },
    answers: 'Page<JobResult>',
  },
  {
    id: 'jobs.pending',
    method: 'GET',
    path: '/jobs/{id}/pending',
    tag: 'jobs',
    summary: 'Its changes that have no answer yet, as commands ready to be sent.',
    act: { kind: 'query', name: 'jobs.pending' },
    args: {
      path: [id],
      query: [number('from', 'From this number on.'), number('limit', 'At most so many; 64 unless said.')],
    },
    answers: 'PendingChange[]',
  },
];

const alertPath = [
  inPath('lot', 'Id of the lot.'),
  inPath('date', 'expiryDate, retestDate, bestBefore or removalDate.'),
  { ...number('days', 'Days before that date.'), required: true },
];

const alerts: Route[] = [
  {
    id: 'alerts.list',
    method: 'GET',
    path: '/alerts',
    tag: 'alerts',
    summary: 'Dates of lots in stock that come near or have passed, the most urgent first.',
    act: { kind: 'query', name: 'alerts.list' },
    args: {
      query: [
        text('asOf', 'The day that is asked for; today unless said.'),
        text('item', 'Only this item.'),
        text('warehouse', 'Only lots with stock there.'),
        flag('includeAcknowledged', 'Also those somebody has seen.'),
        ...paged,
      ],
    },
    answers: 'AlertPage',
  },
  {
    id: 'alerts.get',
    method: 'GET',
    path: '/alerts/{lot}/{date}/{days}',
    tag: 'alerts',
    summary: 'One alert a lot raises today.',
    act: { kind: 'query', name: 'alerts.get' },
    args: { path: alertPath },
    answers: 'Alert',
  },
  {
    id: 'alerts.acknowledge',
    method: 'POST',
    path: '/alerts/{lot}/{date}/{days}/acknowledge',
    tag: 'alerts',
    summary: 'Notes that it was seen.',
    act: {
      kind: 'command',
      name: 'alerts.acknowledge@1',
      answer: (ask, { args: { lot, date, days } }) => ask('alerts.get', { lot, date, days }),
    },
    args: { path: alertPath, body: 'arguments' },
    answers: 'Alert',
  },
];

export const caseRoutes: readonly Route[] = [
  ...recalls,
  ...jobs,
  ...alerts,
  {
    id: 'can',
    method: 'POST',
    path: '/can',
    tag: 'ledger',
    summary: 'Whether the actor may do these acts, in their order.',
    act: { kind: 'query', name: 'ledger.can' },
    args: { body: 'whole' },
    answers: 'boolean[]',
  },
];
