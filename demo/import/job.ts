/**
 * One import from the choice of its file to its verdicts. It belongs to the portal, not to its page: it
 * runs on while the reader looks at the registers, and is there when they come back.
 */
import type { Ledger } from 'lotledger';
import { type CsvFile, type FileProblem, type Row, readCsv } from './csv.ts';
import type { Columns, Field, Plan } from './plan.mjs';
import { guessColumns, fields as known, planImport } from './plan.mjs';
import type { ImportResult, Outcome, Progress, Verdict } from './run.mjs';
import { runImport } from './run.mjs';

export type Stage = 'empty' | 'reading' | 'ready' | 'running' | 'stopping' | 'ended';
/** What became of a row; `missed` was not reached. */
export type RowOutcome = Outcome | 'missed';

/** The fields of an import; those that are required need a column. */
export const fields: readonly { readonly field: Field; readonly required: boolean }[] = known;

/** One line of the list of verdicts. */
export interface RowVerdict {
  /** Counted from 1, without the header. */
  readonly row: number;
  readonly outcome: RowOutcome;
  readonly data: Row;
  readonly verdict?: Verdict;
}

export class ImportJob {
  stage: Stage = 'empty';
  problem: FileProblem | undefined;
  file: CsvFile | undefined;
  columns: Columns = {};
  progress: Progress | undefined;
  result: ImportResult | undefined;
  /** What ended the run before its time. */
  failure: unknown;
  /** Milliseconds the run took so far. */
  spent = 0;
  changed: () => void = () => {};
  progressed: () => void = () => {};
  #plan: Plan | undefined;
  #stop: AbortController | undefined;
  #reading = 0;

  /** Reads a file; a running import keeps its own. */
  async choose(file: File): Promise<void> {
    if (this.busy) return;
    const reading = ++this.#reading;
    this.#forget();
    this.stage = 'reading';
    this.changed();
    const read = await readCsv(file);
    if (reading !== this.#reading) return;
    if (typeof read === 'string') {
      this.problem = read;
      this.stage = 'empty';
    } else {
      this.file = read;
      this.columns = guessColumns(read.columns);
      this.stage = 'ready';
    }
    this.changed();
  }

  #forget(): void {
    this.problem = undefined;
    this.file = undefined;
    this.result = undefined;
    this.failure = undefined;
    this.progress = undefined;
    this.#plan = undefined;
  }

  get busy(): boolean {
    return this.stage === 'running' || this.stage === 'stopping';
  }

  /** Gives a field another column, or none. */
  map(field: Field, column: string | undefined): void {
    const { [field]: _, ...others } = this.columns;
    this.columns = column === undefined ? others : { ...others, [field]: column };
    this.#plan = undefined;
    this.stage = 'ready';
    this.progress = undefined;
    this.result = undefined;
    this.failure = undefined;
    this.changed();
  }

  /** Required fields without a column. */
  get unmapped(): Field[] {
    return fields.filter(({ field, required }) => required && !this.columns[field]).map(({ field }) => field);
  }

  /** What would be done; undefined while a column is missing. */
  get plan(): Plan | undefined {
    if (this.file === undefined || this.unmapped.length > 0) return undefined;
    this.#plan ??= planImport(this.file.rows, this.columns);
    return this.#plan;
  }

  /** Deliveries per second since the run began. */
  get rate(): number {
    return this.spent === 0 ? 0 : ((this.progress?.done ?? 0) / this.spent) * 1000;
  }

  /** Runs the plan; what was posted stays, whatever happens. */
  async run(ledger: Ledger): Promise<void> {
    const { plan } = this;
    if (plan === undefined || this.busy) return;
    const stop = new AbortController();
    const began = performance.now();
    this.#stop = stop;
    this.result = undefined;
    this.failure = undefined;
    this.progress = { done: 0, total: plan.deliveries.length, posted: 0, known: 0, failed: 0 };
    this.spent = 0;
    this.stage = 'running';
    this.changed();
    try {
      this.result = await runImport(ledger, plan, {
        signal: stop.signal,
        onProgress: (progress) => {
          this.progress = progress;
          this.spent = performance.now() - began;
          this.progressed();
        },
      });
    } catch (error) {
      this.failure = error;
    }
    this.spent = performance.now() - began;
    this.stage = 'ended';
    this.changed();
  }

  /** Stops after the deliveries that are on their way. */
  stop(): void {
    if (this.stage !== 'running') return;
    this.stage = 'stopping';
    this.#stop?.abort();
    this.changed();
  }

  /** Every row of the file with what became of it. */
  get verdicts(): RowVerdict[] {
    const { file, result } = this;
    if (file === undefined || result === undefined) return [];
    const byRow = new Map(result.verdicts.map((verdict) => [verdict.row, verdict]));
    return file.rows.map((data, i) => {
      const verdict = byRow.get(i + 1);
      if (verdict === undefined) return { row: i + 1, outcome: 'missed', data };
      return { row: i + 1, outcome: verdict.outcome, data, verdict };
    });
  }
}
