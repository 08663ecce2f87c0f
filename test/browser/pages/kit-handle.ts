/**
 * One program with a store of its own, in a frame, so that it can die at a named point: the frame is removed
 * there and then, with its connections, its unfinished transactions and everything it would have done next.
 */
import { indexedDb } from 'lotledger/adapters/indexeddb';
import type { Store, Table } from '../../../src/core/adapter-kit.ts';

/** What the page above finds in the frame. */
export interface Program {
  open(place: string, tables: readonly Table[], schema: number): Promise<Store>;
  /** Dies at this point of the next read-write transactions; `die` removes the frame. */
  arm(point: string, die: () => void): void;
}

let armed: string | undefined;
let die = () => {};
let transactions = 0;
let writes = 0;

function reached(point: string): void {
  if (armed !== point) return;
  armed = undefined;
  die();
  throw new Error('the program has died');
}

const transaction = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (
  this: IDBDatabase,
  ...args: Parameters<IDBDatabase['transaction']>
): IDBTransaction {
  if (args[1] !== 'readwrite') return transaction.apply(this, args);
  const number = ++transactions;
  writes = 0;
  reached(`before transaction ${number}`);
  const tx = transaction.apply(this, args);
  tx.addEventListener('complete', () => reached(`when transaction ${number} is complete`));
  return tx;
};

for (const method of ['put', 'add', 'delete'] as const) {
  const write = IDBObjectStore.prototype[method] as (...args: unknown[]) => IDBRequest;
  Object.defineProperty(IDBObjectStore.prototype, method, {
    value(this: IDBObjectStore, ...args: unknown[]) {
      const request = write.apply(this, args);
      const number = transactions;
      if (writes === 0) {
        request.addEventListener('success', () => reached(`at the first answer of transaction ${number}`));
      }
      reached(`after write ${++writes} of transaction ${number}`);
      return request;
    },
  });
}

const commit = IDBTransaction.prototype.commit;
IDBTransaction.prototype.commit = function (this: IDBTransaction): void {
  commit.call(this);
  reached(`after transaction ${transactions} was sent off`);
};

const program: Program = {
  open: (place, tables, schema) => indexedDb(place).open(tables, schema),
  arm(point, how) {
    armed = point;
    die = how;
    transactions = 0;
  },
};

Object.assign(window, { program });
