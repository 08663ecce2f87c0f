/**
 * PGlite for tests: one instance for a whole file, because it takes seconds to start, and a driver over it to
 * which can be done what happens to a program and its line.
 */
import type { PGlite } from '@electric-sql/pglite';
import { afterAll } from 'vitest';
import {
  OutcomeUnknown,
  pglite,
  type SqlDriver,
  type SqlTransaction,
  type TransactionOptions,
} from '../../../src/adapters/stores/sql/index.ts';
import { emptyPGlite } from './pglite-template.ts';

/** One PGlite in memory, ended after the file. */
export function sharedDatabase(): () => Promise<PGlite> {
  let opening: Promise<PGlite> | undefined;
  afterAll(async () => (await opening)?.close());
  return () => (opening ??= emptyPGlite());
}

/** What happens to the next transaction that writes. */
export type Mishap = 'lost before' | 'lost after' | 'dropped' | `dies ${string}`;

const failed = (code: string, message: string): Error => Object.assign(new Error(message), { code });

/** A driver with mishaps. One that died answers nobody any more. */
export class Mistreated implements SqlDriver {
  readonly name = 'pglite';
  readonly listen: NonNullable<SqlDriver['listen']>;
  /** The disk has no room. */
  isFull = false;
  /** Every statement there was, with what was asked of it. */
  readonly heard: { readonly text: string; readonly parameters: readonly unknown[] }[] = [];
  readonly #driver: SqlDriver;
  #mishap: { readonly what: Mishap; readonly strike: () => void } | undefined;

  constructor(database: PGlite) {
    const driver = pglite({ database });
    this.#driver = driver;
    this.listen = (channel, listener) => (driver.listen as typeof this.listen)(channel, listener);
  }

  /** Arms a mishap; the answer settles when it has happened. */
  arm(what: Mishap): { readonly struck: Promise<void> } {
    const struck = new Promise<void>((strike) => {
      this.#mishap = { what, strike };
    });
    return { struck };
  }

  async transaction<T>(
    options: TransactionOptions,
    fn: (transaction: SqlTransaction) => Promise<T>,
  ): Promise<T> {
    if (options.mode === 'read') return this.#driver.transaction(options, (inner) => fn(this.#heard(inner)));
    if (this.#strikes('dropped')) throw failed('08006', 'the line was cut');
    let dead = false;
    const die = (point: string): void => {
      if (!this.#strikes(`dies ${point}`)) return;
      dead = true;
      // what was begun is undone, as the database does when a program is gone
      throw new Error('dead');
    };
    try {
      const answer = await this.#driver.transaction(options, async (inner) => {
        const done = await fn(this.#heard(inner, die));
        die('before COMMIT');
        if (this.#strikes('lost before')) throw new OutcomeUnknown(failed('08006', 'cut'));
        return done;
      });
      die('after COMMIT');
      if (this.#strikes('lost after')) throw new OutcomeUnknown(failed('08006', 'cut'));
      return answer;
    } catch (error) {
      if (dead) await new Promise<never>(() => {});
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#driver.close();
  }

  #strikes(what: Mishap): boolean {
    const mishap = this.#mishap;
    if (mishap?.what !== what) return false;
    this.#mishap = undefined;
    mishap.strike();
    return true;
  }

  #heard(inner: SqlTransaction, die: (point: string) => void = () => {}): SqlTransaction {
    let asked = 0;
    return {
      script: (text) => inner.script(text),
      query: async (text, parameters = []) => {
        this.heard.push({ text, parameters });
        asked++;
        die(`before statement ${asked}`);
        if (this.isFull && text.includes('insert into')) throw failed('53100', 'no space left on device');
        return inner.query(text, parameters);
      },
    };
  }
}

/** Points of a commit at which a program can die: its four statements, and COMMIT. */
export const commitPoints: readonly string[] = [
  ...[1, 2, 3, 4].map((n) => `before statement ${n}`),
  'before COMMIT',
  'after COMMIT',
];
