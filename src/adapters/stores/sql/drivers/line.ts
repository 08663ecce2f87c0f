/**
 * What the drivers for clients of a real database share: how a transaction begins, how long they wait, and
 * what an error means when a line dies: before COMMIT was sent nothing is written, after it nobody knows.
 */
import { isLedgerError, LedgerError } from '../../../../core/adapter-kit.ts';
import { OutcomeUnknown, sqlStateOf, type TransactionOptions } from '../driver.ts';

/** How a driver for `pg` or `postgres.js` goes about its work; all of it may be left out. */
export interface ServerDriverOptions {
  /**
   * Isolation of every transaction, for engines that offer only one (CockroachDB). When left out, reads are
   * `repeatable read` and writes `read committed`: the store locks the head row and needs no more.
   */
  readonly isolation?: 'serializable';
  /** Milliseconds within which a connection has to be had, from the pool or new; default 10 000. */
  readonly connectWithin?: number;
  /**
   * Milliseconds within which a statement has to be answered; default 60 000. As long may a program be silent in
   * a transaction that writes before the database ends it: what it has locked holds up all other writers.
   */
  readonly answerWithin?: number;
  /** Whether statements are kept prepared; `false` behind a pooler that cannot. Default true. */
  readonly prepare?: boolean;
}

/** The options with their defaults. */
export type Manner = Required<Omit<ServerDriverOptions, 'isolation'>> &
  Pick<ServerDriverOptions, 'isolation'>;

export const mannerOf = ({
  isolation,
  connectWithin = 10_000,
  answerWithin = 60_000,
  prepare = true,
}: ServerDriverOptions): Manner => ({
  connectWithin,
  answerWithin,
  prepare,
  ...(isolation === undefined ? {} : { isolation }),
});

/** What follows BEGIN; letters and spaces only, as postgres.js takes no more. */
export function characteristics({ mode }: TransactionOptions, isolation?: 'serializable'): string {
  const usual = mode === 'read' ? 'repeatable read' : 'read committed';
  return `isolation level ${isolation ?? usual} ${mode === 'read' ? 'read only' : 'read write'}`;
}

/** Bounds how long a program may be silent in a transaction that writes; nothing to say for one that reads. */
export const silence = ({ mode }: TransactionOptions, { answerWithin }: Manner): string | undefined =>
  mode === 'write' ? `set local idle_in_transaction_session_timeout = ${answerWithin}` : undefined;

/** A script that does not tell whoever watches the log what was there already. */
export const quietly = (script: string): string => `set local client_min_messages to warning;\n${script}`;

/** SQLSTATEs that speak of the line and of the server as a whole, not of a statement. */
const OF_THE_LINE = /^(08...|57P0[1-5]|25P0[34]|53300|28...|3D000)$/;

/** Whether an error means that the connection is of no more use, or never was. */
export function isLineFailure(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state === undefined || OF_THE_LINE.test(state)) return true;
  return ['FATAL', 'PANIC'].includes(String((error as { severity?: unknown }).severity));
}

/** Nothing was written, because there is no line to the database. */
export function unavailable(driver: string, cause: unknown): LedgerError {
  if (isLedgerError(cause)) return cause;
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  const said = typeof code === 'string' ? code : String(message ?? cause);
  return new LedgerError('store.unavailable', { details: { driver, cause: said }, cause });
}

/** Nothing came in time. */
export const lateAnswer = (driver: string, waited: number): LedgerError =>
  new LedgerError('store.unavailable', { details: { driver, waited } });

/** SQLSTATEs of an answer to COMMIT that leave it open whether it was carried out. */
const LEAVES_OPEN = /^(08...|40003|57P..|58...|XX...)$/;

/** What a failed COMMIT means: refused, then nothing was written; or the answer never came. */
export function commitFailure(error: unknown): unknown {
  const state = sqlStateOf(error);
  return state !== undefined && !LEAVES_OPEN.test(state) ? error : new OutcomeUnknown(error);
}

/** Waits for `promise` no longer than `ms`, then rejects with what `late` makes. What comes later is dropped. */
export function within<T>(promise: PromiseLike<T>, ms: number, late: () => unknown): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/**
 * The statements of one transaction. After one that failed the database carries nothing more out; over a line
 * that died nothing more is sent.
 */
export class Statements {
  readonly #driver: string;
  readonly #answerWithin: number;
  /** Set where the client cannot take a statement before the one before is answered. */
  #last: Promise<unknown> | undefined;
  /** The first statement that failed. */
  failed: { readonly error: unknown } | undefined;
  /** Why the connection is of no more use to anybody. */
  broken: Error | undefined;
  /** The connection may well live: it only has not answered in time. */
  late = false;

  /** @param inTurn whether statements wait for each other, although several may be asked for at once */
  constructor(driver: string, answerWithin: number, inTurn: boolean) {
    this.#driver = driver;
    this.#answerWithin = answerWithin;
    if (inTurn) this.#last = Promise.resolve();
  }

  /** @throws LedgerError store.unavailable when the line died; else what the database said */
  run<T>(send: () => PromiseLike<T>): Promise<T> {
    if (this.#last === undefined) return this.#judged(send);
    const mine = this.#last.then(() => this.#judged(send));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #judged<T>(send: () => PromiseLike<T>): Promise<T> {
    if (this.broken !== undefined) throw unavailable(this.#driver, this.broken);
    try {
      return await this.send(send);
    } catch (error) {
      this.failed ??= { error };
      if (!isLineFailure(error)) throw error;
      this.broken ??= asError(error);
      throw unavailable(this.#driver, error);
    }
  }

  /** Sends at once, without judging what comes back. */
  send<T>(send: () => PromiseLike<T>): Promise<T> {
    return within(send(), this.#answerWithin, () => {
      this.late = true;
      return lateAnswer(this.#driver, this.#answerWithin);
    });
  }
}

export const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
