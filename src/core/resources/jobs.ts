/**
 * `ledger.jobs`: mass changes of lots and serials. A job is frozen when it starts and can be run by anybody,
 * again and again: each change has one effect, and what it came to is kept (R137).
 */
import type { ListQuery, Page } from '../model/views.ts';
import type { Job, JobCommand, JobCounts, JobOutcome, JobResult, JobState } from '../model/views-jobs.ts';
import { LedgerError, type LedgerProblem } from '../ports/errors.ts';
import type { LedgerPort, Receipt } from '../ports/ledger.ts';
import type { PendingChange } from '../queries/jobs.ts';
import { ask, type ChangeOptions, send, type Valued, valued } from './resource.ts';

/** What to change, and on which lots or serials: those of a filter, or by their ids. */
export interface JobInput {
  readonly command: JobCommand;
  /** As `lots.list` and `serials.list` take it; `{}` = all of them. What it names must have a value. */
  readonly filter?: ListQuery['filter'];
  readonly search?: string;
  /** Ids of lots or serials, instead of a filter. */
  readonly ids?: readonly string[];
  /** Ids to leave out. */
  readonly except?: readonly string[];
  /** The edit of each; for a transition `{ transition: 'RELEASE' }`. */
  readonly patch: Readonly<Record<string, unknown>>;
  /** What was made of them too, as it stands when the job starts. */
  readonly descendants?: boolean;
}

export interface JobRun extends Pick<ChangeOptions, 'actor' | 'source' | 'force'> {
  /** Stops between two groups of changes; what is done stays done. */
  readonly signal?: AbortSignal;
  /** Hears how far it is, after each group. */
  readonly onProgress?: (counts: JobCounts) => void;
}

export interface JobResultsQuery {
  readonly outcome?: JobOutcome;
  /** Only what has reservations that fail now. */
  readonly failing?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

export interface Jobs extends Valued {
  /**
   * Freezes a mass change; nothing changes until it is run.
   * @throws LedgerError `job.empty`; `field.required` where it is not said which of them, or where a field of the
   * filter is undefined; what is wrong with the patch, under `patch.…`
   * @example
   * const job = await ledger.jobs.start(
   *   { command: 'lots.update', filter: { supplier: 'S1' }, patch: { status: 'HOLD' }, descendants: true },
   *   { reason: 'Complaint 17' },
   * );
   * (await ledger.jobs.run(job.id)).counts;   // { total: 40, done: 39, refused: 1, pending: 0 }
   */
  start(input: JobInput, options?: ChangeOptions): Promise<JobState>;
  /**
   * Sends what has no answer yet, in groups. Anybody may go on with a job that stopped, also at the same time.
   * What the actor may not change stays pending.
   * @throws LedgerError `job.notFound`; `store.*` when the ledger cannot be written to, to be run again later
   */
  run(id: string, run?: JobRun): Promise<JobState>;
  /** @throws LedgerError `job.notFound` */
  get(id: string): Promise<JobState>;
  /** What became of each lot or serial, with the reservations that fail now. */
  results(id: string, query?: JobResultsQuery): Promise<Page<JobResult>>;
  /**
   * A new job over what was refused, with the same change.
   * @throws LedgerError `job.empty` when nothing was refused
   */
  retry(id: string, options?: ChangeOptions): Promise<JobState>;
  /** The newest first. */
  list(query?: ListQuery): Promise<Page<Job>>;
}

const GROUP = 64;
const PAGE = 500;

/** Every page of a list. */
async function* pages<T>(ask_: (cursor: object) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page: Page<T> = await ask_(cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor });
    yield* page.items;
    cursor = page.next;
  } while (cursor);
}

/** A list of ids, or none. @throws LedgerError field.type */
function listed(ids: readonly string[] | undefined, path: string): readonly string[] | undefined {
  if (ids === undefined || Array.isArray(ids)) return ids;
  throw new LedgerError('field.type', { path, details: { expected: 'array' } });
}

/**
 * Refuses what a list takes as not asked: a value that the host does not have must not widen a change to all.
 * @throws LedgerError field.required
 */
function checkAsked({ filter, search }: Pick<JobInput, 'filter' | 'search'>): void {
  if (filter === undefined && (search ?? '').toString().trim() === '')
    throw new LedgerError('field.required', { path: 'filter' });
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (value === undefined) throw new LedgerError('field.required', { path: `filter.${name}` });
  }
}

async function targetsOf(port: LedgerPort, input: JobInput): Promise<string[]> {
  const { command, filter, search } = input;
  const ids = listed(input.ids, 'ids');
  const except = listed(input.except, 'except') ?? [];
  const out = new Set(except);
  if (ids) return ids.filter((id) => !out.has(id));
  checkAsked(input);
  const register = String(command).startsWith('serials.') ? 'serials' : 'lots';
  // a filter that is null is not all of them: the list refuses it
  const asked = { ...(filter === undefined ? {} : { filter }), ...(search === undefined ? {} : { search }) };
  const found: string[] = [];
  const list = (page: object): Promise<Page<{ readonly id: string }>> =>
    ask(port, `${register}.list`, { ...asked, ...page });
  for await (const { id } of pages(list)) if (!out.has(id)) found.push(id);
  return found;
}

/** Problems of the ledger itself: the job stops, and is gone on with when they are over. */
const stops = ({ kind }: LedgerProblem): boolean => ['unavailable', 'quota', 'corrupt'].includes(kind);

function tally(counts: JobCounts, receipts: readonly Receipt[]): JobCounts {
  let { done, refused } = counts;
  for (const receipt of receipts) {
    if (receipt.outcome === 'accepted') done++;
    else if (stops(receipt.problem)) throw LedgerError.from(receipt.problem);
    // a refusal that leaves no receipt, for want of a permission, may end otherwise another time
    else if (receipt.problem.kind !== 'forbidden') refused++;
  }
  return { ...counts, done, refused, pending: counts.total - done - refused };
}

async function runJob(port: LedgerPort, id: string, run: JobRun): Promise<JobState> {
  const { signal, onProgress, ...how } = run;
  const job = await ask<JobState>(port, 'jobs.get', { id });
  const reason = job.reason === null ? {} : { reason: job.reason };
  let { counts } = job;
  let from = 0;
  while (!signal?.aborted) {
    const changes = await ask<PendingChange[]>(port, 'jobs.pending', { id, from, limit: GROUP });
    const last = changes.at(-1);
    if (!last) break;
    const commands = changes.map(({ n: _n, ...change }) => ({ ...change, ...reason, ...how }));
    counts = tally(counts, await port.execute(commands));
    from = last.n + 1;
    onProgress?.(counts);
  }
  return ask(port, 'jobs.get', { id });
}

export function jobs(port: LedgerPort): Jobs {
  const get = (id: string): Promise<JobState> => ask(port, 'jobs.get', { id });
  const begin = async (args: object, options: ChangeOptions): Promise<JobState> => {
    const { id } = await send<{ readonly id: string }>(port, 'jobs.start@1', args, options);
    return get(id);
  };
  return {
    async start(said, options = {}) {
      const input = said ?? {};
      const { command, patch, descendants } = input;
      const targets = await targetsOf(port, input);
      return begin({ command, targets, patch, ...(descendants ? { descendants } : {}) }, options);
    },
    run: (id, run = {}) => runJob(port, id, run),
    get,
    results: (id, query = {}) => ask(port, 'jobs.results', { id, ...query }),
    async retry(id, options = {}) {
      const { command, patch, reason } = await get(id);
      const targets: string[] = [];
      const refused = (page: object): Promise<Page<JobResult>> =>
        ask(port, 'jobs.results', { id, outcome: 'refused', ...page });
      for await (const result of pages(refused)) targets.push(result.id);
      return begin({ command, targets, patch }, { ...(reason === null ? {} : { reason }), ...options });
    },
    list: (query = {}) => ask(port, 'jobs.list', query),
    ...valued(port, 'jobs'),
  };
}
