/**
 * The connection to one database. It is opened within a time limit, given up when another tab needs to
 * upgrade or delete the database, and opened again after it was lost: browsers close connections of
 * background tabs without a word.
 */
import { openDB } from 'idb';
import { LedgerError } from '../../../core/adapter-kit.ts';
import { failure, isLost, nameOf, within } from './failures.ts';
import { type Database, databaseName, LAYOUT, type LedgerDatabase, objectStores } from './layout.ts';

/** Chromium says so when it found the files of a database corrupt and has deleted them. */
function whatWasLost(event: IDBVersionChangeEvent): string | undefined {
  const { dataLoss, dataLossMessage } = event as { dataLoss?: string; dataLossMessage?: string };
  return dataLoss === 'total' ? (dataLossMessage ?? '') : undefined;
}

export class Connection {
  readonly name: string;
  /** Milliseconds after which an open that does not answer has failed. */
  readonly limit: number;
  /** The database has a layout that this program does not know: it may be read, never written. */
  newer = false;
  #database: Promise<Database> | undefined;
  #opened: Database | undefined;
  #closed = false;

  constructor(name: string, limit: number) {
    this.name = databaseName(name);
    this.limit = limit;
  }

  /** The open database. Opens it where it is not. */
  database(): Promise<Database> {
    if (this.#closed) return Promise.reject(new LedgerError('store.closed'));
    if (!this.#database) {
      const opening = this.#open();
      this.#database = opening;
      opening.catch(() => this.#forget(opening));
    }
    return this.#database;
  }

  /**
   * Reads with `work`; where the connection turns out to be lost, once more over a new one.
   * @param patience milliseconds that reading may take; as long as it likes when left out
   * @throws LedgerError store.unavailable, store.blocked, store.newer
   */
  async reading<T>(work: (database: Database) => Promise<T>, patience?: number): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = work(await this.database());
        if (patience === undefined) return await answer;
        return await within(answer, patience, () => {
          throw new LedgerError('store.unavailable', { details: { database: this.name, waited: patience } });
        });
      } catch (error) {
        if (this.#closed) throw new LedgerError('store.closed');
        if (attempt > 1 || !isLost(error)) throw failure(error);
        this.drop();
      }
    }
  }

  /** Gives the handle up; the next use opens a new one. */
  drop(): void {
    const old = this.#database;
    this.#database = undefined;
    old?.then((database) => database.close()).catch(() => {});
  }

  close(): void {
    this.#closed = true;
    this.drop();
  }

  /** Lets go of one handle, which need not be the present one. */
  #leave(opened: Database | undefined): void {
    opened?.close();
    if (this.#opened === opened) this.#database = undefined;
  }

  #forget(opened: Promise<Database>): void {
    if (this.#database === opened) this.#database = undefined;
  }

  async #open(): Promise<Database> {
    try {
      return await this.#openAt(LAYOUT);
    } catch (error) {
      if (nameOf(error) !== 'VersionError') throw failure(error);
    }
    const database = await this.#openAt(undefined);
    this.newer = true;
    if (objectStores.every((name) => database.objectStoreNames.contains(name))) return database;
    database.close();
    throw new LedgerError('store.newer');
  }

  #openAt(version: number | undefined): Promise<Database> {
    let blocked = false;
    let late = false;
    let opened: Database | undefined;
    let lost: string | undefined;
    const opening = openDB<LedgerDatabase>(this.name, version, {
      upgrade(database, _old, _new, tx, event) {
        lost = whatWasLost(event);
        if (lost !== undefined) {
          // not made again in silence: the host shall hear of it once
          tx.done.catch(() => {});
          tx.abort();
          return;
        }
        for (const name of objectStores) {
          if (!database.objectStoreNames.contains(name)) database.createObjectStore(name);
        }
      },
      blocked: () => {
        blocked = true;
      },
      // another tab upgrades or deletes: it must not wait for this one
      blocking: () => this.#leave(opened),
      terminated: () => this.#leave(opened),
    });
    const made = opening.catch((error: unknown) => {
      if (lost === undefined) throw error;
      throw new LedgerError('store.corrupt', { details: { what: 'database', lost }, cause: error });
    });
    const used = made.then((database) => {
      opened = database;
      // nobody waits for it any more, and left open it would block the next upgrade
      if (late) database.close();
      else this.#opened = database;
      return database;
    });
    return within(used, this.limit, () => {
      late = true;
      throw new LedgerError(blocked ? 'store.blocked' : 'store.unavailable', {
        details: { database: this.name, waited: this.limit },
      });
    });
  }
}
