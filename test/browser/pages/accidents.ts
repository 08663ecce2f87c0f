/**
 * Accidents of a browser's database that cannot be caused from outside: connections closed without a word,
 * transactions that fail with an unknown error, answers that are lost after the work was done, and answers
 * that never come. Imported before any database is opened.
 */

const handles = new Set<IDBDatabase>();
const open = IDBFactory.prototype.open;

function opens(this: IDBFactory, ...args: [string, number?]): IDBOpenDBRequest {
  const request = open.apply(this, args);
  request.addEventListener('success', () => handles.add(request.result));
  return request;
}

IDBFactory.prototype.open = opens;

/** What happens to the next read-write transactions. */
const planned: ((tx: IDBTransaction) => void)[] = [];
const transaction = IDBDatabase.prototype.transaction;

IDBDatabase.prototype.transaction = function (
  this: IDBDatabase,
  ...args: Parameters<IDBDatabase['transaction']>
): IDBTransaction {
  const plan = args[1] === 'readwrite' ? planned.shift() : undefined;
  const tx = transaction.apply(this, args);
  plan?.(tx);
  return tx;
};

/** Closes every connection of this page, as a browser does to background tabs. */
export function closeHandles(): void {
  for (const handle of handles) handle.close();
  handles.clear();
}

/** The next `times` read-write transactions end with an exception of this name, nothing written. */
export function failNext(name: string, times: number): void {
  for (let i = 0; i < times; i++) {
    planned.push((tx) => {
      tx.abort();
      throw new DOMException('planned', name);
    });
  }
}

/** No room from now on: every read-write transaction fails for want of it, until the answer is called. */
export function fillUp(): () => void {
  let full = true;
  const refuse = (tx: IDBTransaction) => {
    if (!full) return;
    planned.unshift(refuse);
    // only `abort` tells of it, as browsers have it
    Object.defineProperty(tx, 'error', { value: new DOMException('planned', 'QuotaExceededError') });
    queueMicrotask(() => tx.abort());
  };
  planned.push(refuse);
  return () => {
    full = false;
  };
}

/** Opens a database raw at a version and holds it, deaf to requests to let go; the answer lets go. */
export function holdOpen(
  database: string,
  version: number,
  objectStores: readonly string[] = [],
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, version);
    request.onupgradeneeded = () => {
      for (const each of objectStores) request.result.createObjectStore(each);
    };
    request.onsuccess = () => resolve(() => request.result.close());
    request.onerror = () => reject(request.error);
  });
}

/** The next read-write transaction is written, but ends as if it had been taken back. */
export function loseNextAnswer(): void {
  planned.push((tx) => {
    const listen = tx.addEventListener.bind(tx);
    tx.addEventListener = ((type: string, listener: EventListener) => {
      if (type !== 'complete') return listen(type, listener);
      listen('complete', () => tx.dispatchEvent(new Event('abort')));
    }) as typeof tx.addEventListener;
  });
}

/** The next read-write transaction never says how it ended. */
export function stallNext(): void {
  planned.push((tx) => {
    tx.addEventListener = (() => {}) as typeof tx.addEventListener;
  });
}

/** The next database that is made is said to be made because its files were corrupt and were deleted. */
export function loseDatabase(): void {
  const lost = (name: string, value: string) =>
    Object.defineProperty(IDBVersionChangeEvent.prototype, name, { value, configurable: true });
  lost('dataLoss', 'total');
  lost('dataLossMessage', 'planned');
  IDBFactory.prototype.open = function (this: IDBFactory, ...args: [string, number?]): IDBOpenDBRequest {
    IDBFactory.prototype.open = opens;
    const request = opens.apply(this, args);
    request.addEventListener('error', () => lost('dataLoss', 'none'));
    return request;
  };
}
