/** What hosts read of jobs: mass changes of lots and serials, and what each change came to (R137). */
import type { LedgerProblem } from '../ports/errors.ts';

/** What a job may do to many lots or serials. */
export type JobCommand = 'lots.update' | 'lots.transition' | 'serials.update' | 'serials.transition';

/** How many changes of a job are done, refused, and still to come. */
export interface JobCounts {
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  readonly pending: number;
}

export interface Job {
  readonly id: string;
  /** Of the entry that froze it. */
  readonly seq: number;
  readonly command: JobCommand;
  /** What each lot or serial is changed to; of a transition its code, under `transition`. */
  readonly patch: Readonly<Record<string, unknown>>;
  /** How many lots or serials it is for. */
  readonly size: number;
  readonly reason: string | null;
  readonly actor: string;
  readonly startedAt: string;
}

/** A job and how far it is. */
export interface JobState extends Job {
  readonly counts: JobCounts;
}

export type JobOutcome = 'done' | 'refused' | 'pending';

/** An open reservation that can no longer be kept as things are now. */
export interface FailingReservation {
  readonly id: string;
  readonly document: { readonly type: string; readonly number: string } | null;
  /** What is open of it, in the item's base unit. */
  readonly quantity: string;
  readonly needDate: string;
  /** Error codes, the most important first: `lot.unavailable`, `lot.expired` … */
  readonly reasons: readonly string[];
}

/** What became of one lot or serial of a job. */
export interface JobResult {
  /** Its number in the job, from 0. */
  readonly n: number;
  /** Id, item and code of the lot or serial; item and code are null where it is gone. */
  readonly id: string;
  readonly item: string | null;
  readonly code: string | null;
  readonly outcome: JobOutcome;
  /** Of the entry that changed it. */
  readonly seq: number | null;
  /** Why it was refused. */
  readonly problem: LedgerProblem | null;
  /** Reservations of what was changed that fail now. */
  readonly failing: readonly FailingReservation[];
}
