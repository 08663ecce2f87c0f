/**
 * What the SQL store needs of a database: transactions, and where there is one, a bell. One small port, so
 * that PGlite, `pg`, `postgres.js` or a host's own client serve alike.
 */

/** What a statement takes as `$1`, `$2` …; a list becomes an array of texts, of numbers or of booleans. */
export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];

/** Statements of one transaction, one after the other. */
export interface SqlTransaction {
  /**
   * Runs one statement with parameters and answers its rows. `bigint` columns come as numbers or decimal
   * texts, whichever the client gives; columns have names of lower-case letters. JSON is given as a text
   * that says so, `$1::text::json`, because clients turn a parameter of type `json` into JSON themselves.
   * After a statement that failed the transaction writes nothing any more, whatever `fn` does.
   * @throws an error with the SQLSTATE in `code`, as all PostgreSQL clients do
   */
  query<R extends object = Record<string, unknown>>(
    text: string,
    parameters?: readonly SqlValue[],
  ): Promise<readonly R[]>;
  /** Runs several statements without parameters, as a migration has them. */
  script(text: string): Promise<void>;
}

/** How a transaction is opened. */
export interface TransactionOptions {
  /**
   * `read`: one consistent view, nothing is written. `write`: each statement sees what is committed when it
   * begins; the store locks what it has to.
   */
  readonly mode: 'read' | 'write';
}

/**
 * A database. `transaction` commits when `fn` is fulfilled and rolls back when it throws.
 *
 * @example
 * const driver = postgresJs(postgres('postgres:///lots'));
 * const ledger = await openLedger(sql(driver, { tenant: 'acme' }), { actor: 'maria' });
 */
export interface SqlDriver {
  /** Shown in errors and titles: `pglite`, `pg`, `postgres.js`. */
  readonly name: string;
  /**
   * What a commit outlives: `none` where everything is gone when the program ends, `relaxed` where the computer
   * may lose the last of it when it loses its power; `strict` where nothing is said.
   */
  readonly durability?: 'none' | 'relaxed' | 'strict';
  /**
   * @throws OutcomeUnknown when the line died after COMMIT was sent; anything else means that nothing was
   * written
   */
  transaction<T>(options: TransactionOptions, fn: (transaction: SqlTransaction) => Promise<T>): Promise<T>;
  /**
   * Hears `NOTIFY` of a channel; absent where the database has none, the store then asks from time to time. An
   * empty payload tells that the line was down for a while: something may have been missed.
   */
  listen?(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  /** Ends what the driver itself opened; a client the host made stays the host's. */
  close(): Promise<void>;
}

/** COMMIT was sent, and no answer came: it may be written, it may not. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('the line died after COMMIT was sent', { cause });
    this.name = 'OutcomeUnknown';
  }
}

/** The SQLSTATE of an error, or undefined where it has none. */
export const sqlStateOf = (error: unknown): string | undefined => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};
