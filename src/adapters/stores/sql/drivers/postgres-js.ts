/** The driver for the host's own `postgres(…)`, the client of the package `postgres` (postgres.js). */
import { isLedgerError } from '../../../../core/adapter-kit.ts';
import {
  OutcomeUnknown,
  type SqlDriver,
  type SqlTransaction,
  type SqlValue,
  type TransactionOptions,
} from '../driver.ts';
import {
  asError,
  characteristics,
  commitFailure,
  isLineFailure,
  lateAnswer,
  type Manner,
  mannerOf,
  quietly,
  type ServerDriverOptions,
  Statements,
  silence,
  unavailable,
  within,
} from './line.ts';
import { readerOfType, StatementNames, toWire, type WireValue } from './values.ts';

export type { ServerDriverOptions } from './line.ts';

const NAME = 'postgres.js';

/** What a statement answers when it is asked for its bytes. */
export interface PostgresJsRows extends ReadonlyArray<readonly (Uint8Array | null)[]> {
  readonly columns: readonly { readonly name: string; readonly type: number }[];
}

/** A statement on its way. */
export interface PostgresJsQuery extends PromiseLike<unknown> {
  raw(): PromiseLike<unknown>;
}

/** The statements of one transaction. */
export interface PostgresJsTransaction {
  unsafe(text: string, parameters?: WireValue[], options?: { prepare?: boolean }): PostgresJsQuery;
}

/** A client made by `postgres(…)`: the part of it that the driver uses. */
export interface PostgresJs {
  begin(options: string, fn: (transaction: PostgresJsTransaction) => Promise<unknown>): PromiseLike<unknown>;
  listen(
    channel: string,
    listener: (payload: string) => void,
    onListening?: () => void,
  ): PromiseLike<{ unlisten(): Promise<void> }>;
}

const utf8 = new TextDecoder();

/** Statements asked for more than once are prepared; the client gives them names of its own. */
const names = new StatementNames();

/** Rows by the names of their columns, read in our own way whatever the host's client was told. */
function rowsOf<R extends object>(answer: PostgresJsRows): R[] {
  const columns = (answer.columns ?? []).map(({ name, type }) => ({ name, read: readerOfType(type) }));
  return Array.from(answer, (values) => {
    const row = columns.map(({ name, read }, i) => {
      const bytes = values[i] ?? null;
      return [name, bytes === null ? null : read(utf8.decode(bytes))];
    });
    return Object.fromEntries(row) as R;
  });
}

/** A connection during one transaction. The client sends several statements together and keeps their order. */
class Line implements SqlTransaction {
  readonly #sql: PostgresJsTransaction;
  readonly #prepare: boolean;
  readonly statements: Statements;

  constructor(sql: PostgresJsTransaction, { prepare, answerWithin }: Manner) {
    this.#sql = sql;
    this.#prepare = prepare;
    this.statements = new Statements(NAME, answerWithin, false);
  }

  async query<R extends object>(text: string, parameters: readonly SqlValue[] = []): Promise<readonly R[]> {
    const prepare = this.#prepare && names.of(text) !== undefined;
    const answer = await this.statements.run(() =>
      this.#sql.unsafe(text, parameters.map(toWire), { prepare }).raw(),
    );
    return rowsOf<R>(answer as PostgresJsRows);
  }

  async script(text: string): Promise<void> {
    await this.statements.run(() => this.#sql.unsafe(quietly(text)));
  }
}

/** How long a connection that failed may take to be seen closing, in milliseconds. */
const CLOSING_MS = 1_000;

/** One attempt at a transaction. */
class Attempt<T> {
  readonly #options: TransactionOptions;
  readonly #manner: Manner;
  readonly #fn: (transaction: SqlTransaction) => Promise<T>;
  #line: Line | undefined;
  #answer: { readonly value: T } | undefined;
  #thrown: { readonly error: unknown } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reject: (error: unknown) => void = () => {};
  /** The client has settled the transaction: where it did so because the line died, nothing may be sent. */
  #ended = false;
  /** Nobody waits for a connection any more. */
  #late = false;

  constructor(options: TransactionOptions, manner: Manner, fn: (transaction: SqlTransaction) => Promise<T>) {
    this.#options = options;
    this.#manner = manner;
    this.#fn = fn;
  }

  /** Whether a connection could not be used: then, and only then, another attempt does no harm. */
  get unused(): boolean {
    return this.#line === undefined && !this.#late;
  }

  /** @param patience milliseconds within which the transaction has to begin */
  run(sql: PostgresJs, patience: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#reject = reject;
      this.#timer = setTimeout(() => {
        this.#late = true;
        reject(lateAnswer(NAME, this.#manner.connectWithin));
      }, patience);
      const how = characteristics(this.#options, this.#manner.isolation);
      sql
        .begin(how, (transaction) => this.#work(transaction))
        .then(
          () => this.#end(() => resolve((this.#answer as { value: T }).value)),
          (error: unknown) => this.#end(() => reject(this.#meaning(error))),
        );
    });
  }

  #end(settle: () => void): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    settle();
  }

  /** What the client runs between BEGIN and COMMIT; it rolls back when this throws. */
  async #work(sql: PostgresJsTransaction): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#late) throw new Error('nobody waits for this transaction any more');
    const line = new Line(sql, this.#manner);
    this.#line = line;
    try {
      // sent together with the first statement; where it fails, the transaction has failed
      const bound = silence(this.#options, this.#manner);
      if (bound !== undefined) line.statements.run(() => sql.unsafe(bound)).catch(() => undefined);
      const value = await this.#fn(line);
      const { failed } = line.statements;
      if (failed !== undefined) throw failed.error;
      this.#answer = { value };
    } catch (error) {
      this.#thrown = { error };
      await this.#fail(line, error);
      throw error;
    }
    this.#timer = setTimeout(() => {
      this.#reject(this.#meaning(lateAnswer(NAME, this.#manner.answerWithin)));
    }, this.#manner.answerWithin);
  }

  /**
   * Waits until it is known whether the connection still lives. The client would send ROLLBACK over one that
   * is closed, or by then serves another transaction: where it is gone, this never answers, and the client
   * has long settled without us.
   */
  async #fail({ statements }: Line, error: unknown): Promise<void> {
    if (statements.broken === undefined) return;
    this.#reject(error);
    if (!statements.late) await new Promise((resolve) => setTimeout(resolve, CLOSING_MS));
    if (this.#ended) await new Promise(() => {});
  }

  /** What it means that the client gave the transaction up. */
  #meaning(error: unknown): unknown {
    if (this.#thrown !== undefined) return this.#thrown.error;
    if (this.#answer === undefined) {
      // the line died before the first statement, or between two
      if (this.#line !== undefined) this.#line.statements.broken ??= asError(error);
      return isLineFailure(error) ? unavailable(NAME, error) : error;
    }
    const failure = commitFailure(error);
    const harmless = failure instanceof OutcomeUnknown && this.#options.mode === 'read';
    return harmless ? unavailable(NAME, error) : failure;
  }
}

/** Connections that may be dead without having been noticed, so often is another one tried. */
const ATTEMPTS = 3;

class PostgresJsDriver implements SqlDriver {
  readonly name = NAME;
  readonly #sql: PostgresJs;
  readonly #manner: Manner;

  constructor(sql: PostgresJs, manner: Manner) {
    this.#sql = sql;
    this.#manner = manner;
  }

  async transaction<T>(
    options: TransactionOptions,
    fn: (transaction: SqlTransaction) => Promise<T>,
  ): Promise<T> {
    const until = Date.now() + this.#manner.connectWithin;
    for (let left = ATTEMPTS; ; ) {
      const attempt = new Attempt(options, this.#manner, fn);
      try {
        return await attempt.run(this.#sql, until - Date.now());
      } catch (error) {
        if (--left === 0 || !attempt.unused || !isLedgerError(error)) throw error;
      }
    }
  }

  async listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>> {
    let before = false;
    // after the line was down the client forgets whom its `unlisten` speaks of
    let stopped = false;
    const hear = (payload: string) => {
      if (!stopped) listener(payload);
    };
    try {
      const { unlisten } = await within(
        this.#sql.listen(channel, hear, () => {
          // the client connects again by itself; what was said meanwhile is lost
          if (before) hear('');
          before = true;
        }),
        this.#manner.connectWithin,
        () => lateAnswer(NAME, this.#manner.connectWithin),
      );
      return async () => {
        stopped = true;
        await within(unlisten(), this.#manner.connectWithin, () => undefined).catch(() => undefined);
      };
    } catch (error) {
      throw unavailable(NAME, error);
    }
  }

  /** The client is the host's, and so is the connection on which it listens. */
  async close(): Promise<void> {}
}

/**
 * Keeps a ledger in the database of a postgres.js client. The client stays the host's: its `max` bounds how
 * many transactions run at once, and the host ends it after the ledger. It listens on a connection of its
 * own, besides these. Tell it `fetch_types: false`: nothing here needs the types, and where a line dies while
 * the client asks for them, it leaves a rejection that nobody can handle.
 * @param sql of the package `postgres`, 3.4 or newer
 * @example
 * const client = postgres('postgres://app@db/lots', { fetch_types: false });
 * const ledger = await openLedger(sql(postgresJs(client), { tenant: 'acme' }), { actor: 'maria' });
 */
export const postgresJs = (sql: PostgresJs, options: ServerDriverOptions = {}): SqlDriver =>
  new PostgresJsDriver(sql, mannerOf(options));
