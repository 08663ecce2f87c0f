/**
 * The SQL store on PGlite, held against the kit every store passes. Every place is a tenant of one instance; a
 * new program is a new driver over it.
 */
import { describe, it } from 'vitest';
import { sql } from '../../../src/adapters/stores/sql/index.ts';
import { conformance, type Harness, type Runner } from '../../../src/conformance/index.ts';
import type { Store } from '../../../src/core/adapter-kit.ts';
import { commitPoints, Mistreated, sharedDatabase } from './pglite-kit.ts';

const runner: Runner = {
  describe,
  it,
  skip: (name, reason) => it.skip(`${name} (${reason})`),
};

const database = sharedDatabase();
const drivers = new WeakMap<Store, Mistreated>();
const driverOf = (store: Store): Mistreated => drivers.get(store) as Mistreated;

const open: Harness['open'] = async (place, tables, schema) => {
  const driver = new Mistreated(await database());
  const store = await sql(driver, { tenant: place }).open(tables, schema);
  drivers.set(store, driver);
  return store;
};

const harness: Harness = {
  name: 'sql on PGlite',
  open,
  reopen: open,
  loseAnswer: (store, when) => void driverOf(store).arm(`lost ${when}`),
  dropConnection: (store) => void driverOf(store).arm('dropped'),
  fillQuota(store) {
    driverOf(store).isFull = true;
    return () => {
      driverOf(store).isFull = false;
    };
  },
  crash: { commitPoints, arm: (store, point) => driverOf(store).arm(`dies ${point}`) },
  patience: 20_000,
};

conformance(runner, harness, { rounds: 12 });
