/**
 * What the kit needs from whoever runs it: a test runner, and a harness that opens the store under test
 * and, where the store has something durable, can do to it what the world does. Every hook is optional;
 * a case whose hook is missing is listed as skipped, with the reason.
 */
import type { Store, Table } from '../core/adapter-kit.ts';

/** The part of a test runner the kit uses: vitest, jest, mocha, node:test or a few lines of your own. */
export interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => void | Promise<void>): void;
  /**
   * Lists a case that does not apply here. Without it the kit registers an empty case whose title carries
   * the reason.
   */
  skip?(name: string, reason: string): void;
}

/** A fault that was armed: it strikes during the next commit (or checkpoint) of the place. */
export interface ArmedFault {
  /** Settles when the fault has struck. The kit then waits for nothing else from the handle. */
  readonly struck: Promise<void>;
}

/** Simulated crashes: the program dies at a named point, as if the process were killed there. */
export interface CrashHooks {
  /** Every point of a commit at which the program can die, from before the first write to after the last. */
  readonly commitPoints: readonly string[];
  /** The same for a checkpoint; empty or absent where there are none. */
  readonly checkpointPoints?: readonly string[];
  /**
   * Arms a crash. From the moment it strikes, the handle given must write nothing more and need not
   * answer; the kit leaves it alone and calls {@link Harness.reopen}.
   */
  arm(store: Store, point: string): ArmedFault | Promise<ArmedFault>;
}

/**
 * How the store under test is opened and mistreated. A *place* is the name of one store: two handles
 * opened at one place are two writers of the same data, as two tabs or two processes would be. The kit
 * makes up a fresh place for every case.
 */
export interface Harness {
  /** Shown in titles. */
  readonly name: string;

  /** Opens a handle at a place, which begins empty. Two calls with one place give two handles on one store. */
  open(place: string, tables: readonly Table[], schema: number): Promise<Store>;

  /** Removes a place after its case; handles are closed by then, except crashed ones. */
  destroy?(place: string): Promise<void>;

  /**
   * Opens a place as a new program would: nothing that was only in memory helps. Absent where nothing
   * outlives the program (sections 8, 11 and 12 are then skipped).
   */
  reopen?(place: string, tables: readonly Table[], schema: number): Promise<Store>;

  /** Crash points (section 8, and 12 for checkpoints). Needs {@link reopen}. */
  readonly crash?: CrashHooks;

  /**
   * Makes the next commit of this handle lose its answer (section 9): the line dies `before` the store
   * could write, or `after` it has written. The store must say `unknown` unless it can find out by itself.
   */
  loseAnswer?(store: Store, when: 'before' | 'after'): void | Promise<void>;

  /**
   * Closes the handle's connection from outside, as browsers do to tabs in the background (section 9). The
   * next commit either works on a new connection or is refused with kind `unavailable`.
   */
  dropConnection?(store: Store): void | Promise<void>;

  /** Runs a checkpoint of this handle and waits for it (section 12). */
  checkpoint?(store: Store): Promise<void>;

  /** Leaves no room: commits of this handle fail for want of space until the answer is called (section 13). */
  fillQuota?(store: Store): (() => void | Promise<void>) | Promise<() => void | Promise<void>>;

  /**
   * Holds an older version of the place open so that opening it has to wait (section 13). Called with a
   * place that was not opened yet; the answer lets go. Opening must end in `store.blocked` within
   * {@link patience}, not hang.
   */
  blockUpgrade?(place: string): Promise<() => void | Promise<void>>;

  /**
   * Makes a newer program write to the place (section 14). Absent: the kit opens a handle with a newer
   * schema and commits through it.
   */
  writeNewerSchema?(place: string, tables: readonly Table[], schema: number): Promise<void>;

  /** Longest wait, in milliseconds, for what must come sooner or later (hints, blocked opens); default 5000. */
  readonly patience?: number;
}

/** How much the kit does, and what it can be told to repeat. */
export interface KitOptions {
  /** Seed of everything random; printed in the titles. Default: a new one each time. */
  readonly seed?: number;
  /** Number of random questions per collection and of races; default 40. */
  readonly rounds?: number;
  /** Only these sections, by number. */
  readonly sections?: readonly number[];
}
