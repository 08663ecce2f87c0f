/**
 * One change of everything that is ticked, as a job of the ledger: how far it is, what became of each record,
 * and the same again for those that were refused. Stopping keeps what is done.
 */
import { type Ledger, type Problem, problemOf } from '../../core.ts';
import type { SelectionTarget } from '../../extensions/types.ts';
import { Requests } from '../requests.ts';

type Jobs = Ledger['jobs'];
type JobInput = Parameters<Jobs['start']>[0];
export type BulkCounts = Awaited<ReturnType<Jobs['get']>>['counts'];
/** What became of one record. */
export type BulkResult = Awaited<ReturnType<Jobs['results']>>['items'][number];

/** What to do with all that is meant. */
export interface BulkChange {
  readonly command: JobInput['command'];
  readonly target: SelectionTarget;
  readonly patch: JobInput['patch'];
  readonly reason?: string;
}

export type BulkPhase =
  | 'idle'
  /** The records are being counted and frozen; nothing has changed yet. */
  | 'starting'
  | 'running'
  /** Every record has an answer. */
  | 'done'
  /** Stopped by the user: it can be gone on with. */
  | 'stopped'
  /** The ledger did not answer: it can be gone on with. */
  | 'failed';

export interface BulkHost {
  readonly jobs: () => Jobs;
  readonly changed: () => void;
  readonly failed?: (error: unknown) => void;
  readonly requests?: Requests;
}

const RESULTS = 100;

/** What is meant as a job takes it. */
const asInput = (target: SelectionTarget): Pick<JobInput, 'ids' | 'filter' | 'search' | 'except'> =>
  'ids' in target ? { ids: target.ids } : target;

/**
 * @example
 * const run = new BulkRun({ jobs: () => ledger.jobs, changed: draw });
 * await run.start({ command: 'lots.update', target: selection.target(), patch: { status: 'HOLD' }, reason: 'Complaint 17' });
 * run.counts; // { total: 40, done: 39, refused: 1, pending: 0 }
 */
export class BulkRun {
  phase: BulkPhase = 'idle';
  /** How many; undefined until the records are frozen. */
  counts: BulkCounts | undefined;
  problem: Problem | null = null;
  /** Of those that were refused, as far as they were read. */
  refused: readonly BulkResult[] = [];
  readonly #host: BulkHost;
  readonly #requests: Requests;
  #job: string | undefined;
  #stop = new AbortController();
  #next: string | undefined;

  constructor(host: BulkHost) {
    this.#host = host;
    this.#requests = host.requests ?? new Requests();
  }

  /** Id of the job, once there is one. */
  get job(): string | undefined {
    return this.#job;
  }

  get busy(): boolean {
    return this.phase === 'starting' || this.phase === 'running';
  }

  /** From 0 to 1; undefined where not known. */
  get progress(): number | undefined {
    const { counts } = this;
    if (counts === undefined) return undefined;
    return counts.total === 0 ? 1 : (counts.total - counts.pending) / counts.total;
  }

  /** More of the refused can be read. */
  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Freezes the records and changes them one after the other. */
  async start({ command, target, patch, reason }: BulkChange): Promise<void> {
    const options = reason === undefined ? {} : { reason };
    await this.#begin(() => this.#host.jobs().start({ command, patch, ...asInput(target) }, options));
  }

  /** The same for those that were refused, as a job of its own. */
  async retryFailed(): Promise<void> {
    const job = this.#job;
    if (job !== undefined && !this.busy) await this.#begin(() => this.#host.jobs().retry(job));
  }

  /** Goes on after it was stopped or the ledger did not answer. */
  async resume(): Promise<void> {
    if (this.#job !== undefined && !this.busy) await this.#attempt(() => this.#run());
  }

  /** Stops after the records that are being changed; what is done stays done. */
  cancel(): void {
    this.#stop.abort();
  }

  /** Reads on among the refused. */
  async more(): Promise<void> {
    const cursor = this.#next;
    if (cursor !== undefined) await this.#attempt(() => this.#readRefused(cursor), true);
  }

  async #begin(start: () => Promise<{ readonly id: string; readonly counts: BulkCounts }>): Promise<void> {
    if (this.busy) return;
    this.#enter('starting');
    this.counts = undefined;
    this.refused = [];
    this.#next = undefined;
    this.#stop = new AbortController();
    await this.#attempt(async () => {
      const { id, counts } = await start();
      this.#job = id;
      this.counts = counts;
      await this.#run();
    });
  }

  async #run(): Promise<void> {
    const id = this.#job;
    if (id === undefined) return;
    if (this.#stop.signal.aborted && this.phase !== 'starting') this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#enter('running');
    const { counts } = await this.#host.jobs().run(id, {
      signal,
      onProgress: (now) => {
        this.counts = now;
        this.#host.changed();
      },
    });
    this.counts = counts;
    await this.#readRefused();
    this.#enter(counts.pending > 0 ? 'stopped' : 'done');
  }

  async #readRefused(cursor?: string): Promise<void> {
    const id = this.#job;
    if (id === undefined) return;
    const page = await this.#host
      .jobs()
      .results(id, { outcome: 'refused', limit: RESULTS, ...(cursor === undefined ? {} : { cursor }) });
    this.refused = cursor === undefined ? page.items : [...this.refused, ...page.items];
    this.#next = page.next;
    this.#host.changed();
  }

  /** Does it; a failure is told, and of the run itself it is its end for now. */
  async #attempt(act: () => Promise<void>, aside = false): Promise<void> {
    try {
      await this.#requests.run(aside ? 'bulk:more' : 'bulk', act);
    } catch (error) {
      this.problem = problemOf(error);
      this.#host.failed?.(error);
      if (aside) this.#host.changed();
      else this.#enter('failed');
    }
  }

  #enter(phase: BulkPhase): void {
    this.phase = phase;
    if (phase !== 'failed') this.problem = null;
    this.#host.changed();
  }
}
