/**
 * How the conformance kit mistreats a store on PostgreSQL: lines that die around COMMIT, connections that are
 * dropped, and a program that is killed before every statement of a commit.
 */
import { describe, it } from 'vitest';
import type {
  SqlDriver,
  SqlTransaction,
  TransactionOptions,
} from '../../../src/adapters/stores/sql/driver.ts';
import { sql } from '../../../src/adapters/stores/sql/index.ts';
import { conformance, type Harness, type KitOptions, type Runner } from '../../../src/conformance/index.ts';
import type { Store } from '../../../src/core/adapter-kit.ts';
import { asSuperuser, type Place, pgClient } from '../../postgres/index.ts';
import type { FaultyLine } from '../../postgres/proxy.ts';

const runner: Runner = {
  describe,
  it,
  skip: (name, reason) => it.skip(`${name} (${reason})`),
};

/** Statements of a commit: confined to the tenant, the head locked, what it stands on, what it writes. */
const STATEMENTS = 4;
const BEFORE_COMMIT = 'before COMMIT';
const AFTER_COMMIT = 'after COMMIT';

/** A database that says it has no room, as one does whose disk is full. */
const FULL = `create function lotledger.no_room() returns trigger language plpgsql as
    $$ begin raise exception 'no space left on device' using errcode = 'disk_full'; end $$;
  create trigger no_room before insert on lotledger.lotledger_journal
    for each row execute function lotledger.no_room();`;

const never = () => new Promise<never>(() => {});

/** A driver whose program can be killed: from then on it answers nobody, and its connections are gone. */
class Mortal implements SqlDriver {
  readonly name: string;
  readonly listen?: NonNullable<SqlDriver['listen']>;
  readonly #driver: SqlDriver;
  readonly #kill: () => void;
  #armed: { readonly point: string; readonly strike: () => void } | undefined;

  constructor(driver: SqlDriver, kill: () => void) {
    this.name = driver.name;
    this.#driver = driver;
    this.#kill = kill;
    if (driver.listen !== undefined) this.listen = driver.listen.bind(driver);
  }

  arm(point: string): { readonly struck: Promise<void> } {
    const struck = new Promise<void>((strike) => {
      this.#armed = { point, strike };
    });
    return { struck };
  }

  async transaction<T>(
    options: TransactionOptions,
    fn: (transaction: SqlTransaction) => Promise<T>,
  ): Promise<T> {
    if (options.mode === 'read' || this.#armed === undefined) return this.#driver.transaction(options, fn);
    let asked = 0;
    const answer = await this.#driver.transaction(options, async (transaction) => {
      const work = await fn({
        script: (text) => transaction.script(text),
        query: async (text, parameters) => {
          asked += 1;
          await this.#die(`before statement ${asked}`);
          return transaction.query(text, parameters);
        },
      });
      await this.#die(BEFORE_COMMIT);
      return work;
    });
    await this.#die(AFTER_COMMIT);
    return answer;
  }

  close(): Promise<void> {
    return this.#driver.close();
  }

  async #die(point: string): Promise<void> {
    if (this.#armed?.point !== point) return;
    this.#kill();
    this.#armed.strike();
    await never();
  }
}

/**
 * Registers the kit for a driver.
 * @param line what the driver's connections run through
 */
export function kitOn(
  name: string,
  open: () => Promise<{ readonly driver: SqlDriver; readonly line: FaultyLine; readonly place: Place }>,
  options: KitOptions = {},
): void {
  let opening: ReturnType<typeof open> | undefined;
  const shared = () => {
    opening ??= open();
    return opening;
  };
  const drivers = new Map<Store, Mortal>();
  const blocked = new Set<string>();
  const openAt: Harness['open'] = async (place, tables, schema) => {
    const { driver, line } = await shared();
    const mortal = new Mortal(driver, () => line.cut());
    const manner = { tenant: place, ...(blocked.delete(place) ? { openWithin: 500 } : {}) };
    const store = await sql(mortal, manner).open(tables, schema);
    drivers.set(store, mortal);
    return store;
  };
  conformance(
    runner,
    {
      name,
      open: openAt,
      reopen: openAt,
      async loseAnswer(_, when) {
        (await shared()).line.arm(when === 'before' ? 'cut before' : 'cut after');
      },
      async dropConnection() {
        (await shared()).line.cut();
      },
      crash: {
        commitPoints: [
          ...Array.from({ length: STATEMENTS }, (_, i) => `before statement ${i + 1}`),
          BEFORE_COMMIT,
          AFTER_COMMIT,
        ],
        arm(store, point) {
          const driver = drivers.get(store);
          if (driver === undefined) throw new Error('not a store of this kit');
          return driver.arm(point);
        },
      },
      async fillQuota() {
        const { place } = await shared();
        await asSuperuser(FULL, place);
        return async () => {
          await asSuperuser('drop function lotledger.no_room cascade', place);
        };
      },
      async blockUpgrade(tenant) {
        const { driver, place } = await shared();
        // the tables have to be there before anybody can hold a row of them
        await (await sql(driver, { tenant: 'another' }).open([], 1)).close();
        const rival = await pgClient(place);
        await rival.query(
          `begin; insert into lotledger.lotledger_head values ('${tenant}', 0, '', 1, '{}', '{}')`,
        );
        blocked.add(tenant);
        return async () => {
          await rival.query('rollback');
          await rival.end();
        };
      },
      patience: 20_000,
    },
    options,
  );
}
