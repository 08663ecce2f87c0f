/**
 * What became of each command id. Aureus has no idempotency keys, so a ledger over it remembers for itself: the
 * same id is answered the same, and what is known of an earlier try is there for the next one.
 */
import { LedgerError, type Receipt } from '../../../core/index.ts';

/** What is known of the tries under one id. */
export interface Attempt {
  /** A request went out and nobody knows what became of it. */
  doubt: boolean;
  /** What it made, as far as Aureus has said so. */
  made?: string;
}

interface Known {
  readonly print: string;
  readonly attempt: Attempt;
  answer: Promise<Receipt> | undefined;
}

const MOST = 2000;

/** What an error of this kind leaves open: nothing was decided, and the id may be used again. */
const undecided: ReadonlySet<string> = new Set(['unavailable', 'unauthenticated', 'forbidden', 'quota']);

export class Attempts {
  readonly #known = new Map<string, Known>();

  /**
   * Answers a command once.
   * @param print what it says, to tell another command under the same id
   * @throws LedgerError where nothing was decided
   */
  async once(id: string, print: string, decide: (attempt: Attempt) => Promise<Receipt>): Promise<Receipt> {
    const known = this.#known.get(id) ?? this.#remember(id, print);
    if (known.print !== print) {
      return { outcome: 'refused', id, problem: new LedgerError('command.mismatch').toJSON() };
    }
    if (known.answer !== undefined) return { ...(await known.answer), replayed: true };
    known.answer = this.#decided(id, known.attempt, decide);
    try {
      return await known.answer;
    } catch (error) {
      known.answer = undefined;
      throw error;
    }
  }

  async #decided(
    id: string,
    attempt: Attempt,
    decide: (attempt: Attempt) => Promise<Receipt>,
  ): Promise<Receipt> {
    try {
      return await decide(attempt);
    } catch (error) {
      if (!(error instanceof LedgerError) || undecided.has(error.kind)) throw error;
      return { outcome: 'refused', id, problem: error.toJSON() };
    }
  }

  #remember(id: string, print: string): Known {
    const known: Known = { print, attempt: { doubt: false }, answer: undefined };
    this.#known.set(id, known);
    if (this.#known.size > MOST) {
      const [oldest] = this.#known.keys();
      this.#known.delete(oldest as string);
    }
    return known;
  }
}

/** Runs what concerns the same thing one after the other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(run, run);
    const settled = mine.catch(() => {});
    this.#last.set(key, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}
