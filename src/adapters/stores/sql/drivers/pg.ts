/** The driver for a `pg.Pool` of the host: PostgreSQL, or a database that speaks like it. */
import {
  OutcomeUnknown,
  type SqlDriver,
  type SqlTransaction,
  type SqlValue,
  sqlStateOf,
  type TransactionOptions,
} from '../driver.ts';
import {
  asError,
  characteristics,
  commitFailure,
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
import { connectLike, PgBell } from './pg-bell.ts';
import type { PgPool, PgPoolClient, PgResult, PgStatement, PgTypes } from './pg-client.ts';
import { readerOfType, StatementNames, toWire } from './values.ts';

export type { ServerDriverOptions } from './line.ts';
export type { PgPool } from './pg-client.ts';

const NAME = 'pg';
const types: PgTypes = { getTypeParser: readerOfType };
const names = new StatementNames();

/** Statements whose plan has become stale, or that a pooler between has lost: only a new connection helps. */
const STALE = new Set(['0A000', '26000']);

/** Connections of the pool that may be dead without having been noticed, so often is another one tried. */
const BEGIN_ATTEMPTS = 3;

/** A connection during one transaction. */
class Line implements SqlTransaction {
  readonly #client: PgPoolClient;
  readonly #prepare: boolean;
  readonly #statements: Statements;

  constructor(client: PgPoolClient, { prepare, answerWithin }: Manner) {
    this.#client = client;
    this.#prepare = prepare;
    this.#statements = new Statements(NAME, answerWithin, client.pipeline !== true);
    client.on('error', this.#onError);
  }

  async query<R extends object>(text: string, parameters: readonly SqlValue[] = []): Promise<readonly R[]> {
    const name = this.#prepare ? names.of(text) : undefined;
    const statement = { text, values: parameters.map(toWire), types };
    const { rows } = await this.#run(name === undefined ? statement : { ...statement, name });
    return rows as R[];
  }

  async script(text: string): Promise<void> {
    await this.#run({ text: quietly(text) });
  }

  async begin(text: string): Promise<void> {
    await this.#run({ text });
  }

  /** What `fn` answers; where it throws, or a statement has failed without its minding, all is rolled back. */
  async work<T>(fn: (transaction: SqlTransaction) => Promise<T>): Promise<T> {
    try {
      const answer = await fn(this);
      const { failed } = this.#statements;
      if (failed !== undefined) throw failed.error;
      return answer;
    } catch (error) {
      if (this.#statements.broken === undefined) await this.#run({ text: 'rollback' }).catch(() => undefined);
      throw error;
    }
  }

  /** @throws OutcomeUnknown where something was to be written and no answer came */
  async commit(mode: TransactionOptions['mode']): Promise<void> {
    let result: PgResult;
    try {
      result = await this.#statements.send(() => this.#client.query({ text: 'commit' }));
    } catch (error) {
      const failure = commitFailure(error);
      if (!(failure instanceof OutcomeUnknown)) throw failure;
      this.#statements.broken ??= failure;
      throw mode === 'write' ? failure : unavailable(NAME, error);
    }
    if (result.command === 'ROLLBACK') throw unavailable(NAME, new Error('the transaction was rolled back'));
  }

  /** Gives the connection back, or throws it away where it is broken. */
  end(): void {
    this.#client.removeListener('error', this.#onError);
    this.#client.release(this.#statements.broken);
  }

  readonly #onError = (error: Error): void => {
    this.#statements.broken ??= error;
  };

  async #run(statement: PgStatement): Promise<PgResult> {
    try {
      return await this.#statements.run(() => this.#client.query(statement));
    } catch (error) {
      if (STALE.has(sqlStateOf(error) ?? '')) this.#statements.broken ??= asError(error);
      throw error;
    }
  }
}

class PgDriver implements SqlDriver {
  readonly name = NAME;
  readonly #pool: PgPool;
  readonly #manner: Manner;
  readonly listen?: NonNullable<SqlDriver['listen']>;

  constructor(pool: PgPool, manner: Manner) {
    this.#pool = pool;
    this.#manner = manner;
    const connect = connectLike(pool);
    if (connect !== undefined) {
      const bell = new PgBell(connect, manner.connectWithin);
      this.listen = (channel, listener) => bell.listen(channel, listener);
    }
    // a connection that dies while nobody uses it, or on its way to whoever asked: the pool replaces it, and an
    // error that nobody hears would end the program
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
  }

  async transaction<T>(
    options: TransactionOptions,
    fn: (transaction: SqlTransaction) => Promise<T>,
  ): Promise<T> {
    const line = await this.#begin(options);
    try {
      const answer = await line.work(fn);
      await line.commit(options.mode);
      return answer;
    } finally {
      line.end();
    }
  }

  /** The pool is the host's, and the line of the bell ends with its last listener. */
  async close(): Promise<void> {}

  async #begin(options: TransactionOptions): Promise<Line> {
    const begin = `begin ${characteristics(options, this.#manner.isolation)}`;
    const bound = silence(options, this.#manner);
    const text = bound === undefined ? begin : `${begin}; ${bound}`;
    for (let attempt = 1; ; attempt++) {
      const line = new Line(await this.#connect(), this.#manner);
      try {
        await line.begin(text);
        return line;
      } catch (error) {
        line.end();
        if (attempt >= BEGIN_ATTEMPTS) throw unavailable(NAME, error);
      }
    }
  }

  async #connect(): Promise<PgPoolClient> {
    const { connectWithin } = this.#manner;
    let late = false;
    const connecting = this.#pool.connect().then((client) => {
      if (late) client.release();
      return client;
    });
    try {
      return await within(connecting, connectWithin, () => {
        late = true;
        return lateAnswer(NAME, connectWithin);
      });
    } catch (error) {
      throw unavailable(NAME, error);
    }
  }
}

/**
 * Keeps a ledger in the database of a `pg.Pool`. The pool stays the host's: its size bounds how many
 * transactions run at once, and the host ends it after the ledger. One connection more is opened beside the
 * pool to hear of other writers, while a ledger is watched.
 * @param pool of the package `pg`, 8.11 or newer
 * @example
 * const pool = new pg.Pool({ connectionString: 'postgres://app@db/lots' });
 * const ledger = await openLedger(sql(pg(pool), { tenant: 'acme' }), { actor: 'maria' });
 */
export const pg = (pool: PgPool, options: ServerDriverOptions = {}): SqlDriver =>
  new PgDriver(pool, mannerOf(options));
