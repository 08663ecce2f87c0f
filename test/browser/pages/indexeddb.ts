/**
 * Drives the IndexedDB store below the ledger: stores opened under a key of the test's choosing, commits,
 * readings, and the accidents that befall a database. Everything is JSON, for the test on the other side.
 */
import { databaseName, type IndexedDbStore, indexedDb } from 'lotledger/adapters/indexeddb';
import {
  type CommitBatch,
  chainLink,
  GENESIS,
  isLedgerError,
  type JournalGroup,
  PENDING_SEQ,
  type StoredRecord,
  type Table,
  textsDigest,
} from '../../../src/core/adapter-kit.ts';
import { closeHandles, failNext, holdOpen, loseDatabase, loseNextAnswer, stallNext } from './accidents.ts';

interface Thing extends StoredRecord {
  readonly n: number;
  readonly code: string | null;
}

interface OpenOptions {
  readonly hints?: boolean;
  readonly timeout?: number;
  readonly schema?: number;
}

const part = (name: 'n' | 'code') => ({ name, of: (thing: Thing) => thing[name] });

const tables: Table[] = [
  { name: 'things', unique: { code: [part('code')] }, indexes: { n: { parts: [part('n')] } } },
  { name: 'others' },
];

const stores = new Map<string, IndexedDbStore>();

function store(key: string): IndexedDbStore {
  const found = stores.get(key);
  if (!found) throw new Error(`no store ${key}`);
  return found;
}

/** The answer, or the code of the error. */
async function told<T>(work: () => Promise<T>): Promise<T | { error: string }> {
  try {
    return await work();
  } catch (error) {
    if (isLedgerError(error)) return { error: error.code };
    throw error;
  }
}

function batchOf(
  things: readonly Partial<Thing>[],
  expects: CommitBatch['expects'],
  text: string,
): CommitBatch {
  return {
    expects,
    puts: things.map((thing) => ({
      collection: 'things',
      record: { n: 0, code: null, id: '', ...thing, version: PENDING_SEQ } as Thing,
    })),
    deletes: [],
    entries: [text],
    digest: textsDigest([text]),
  };
}

const thing = (key: string, id: string) => store(key).sync.get('things', id) as Thing | undefined;

/** Everything a store shows, in one order. */
function contents(of: IndexedDbStore): string {
  const all = ['things', 'others'].map((name) =>
    [...of.sync.all(name)].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  return JSON.stringify([of.sync.head, all]);
}

/** Walks the journal: numbers without a gap, digests and links right, the head at the end. */
async function chain(of: IndexedDbStore): Promise<{ ok: boolean; entries: string[] }> {
  const entries: string[] = [];
  let link = GENESIS;
  for (;;) {
    const groups: JournalGroup[] = await of.tail(entries.length, 100);
    if (groups.length === 0) break;
    for (const group of groups) {
      if (group.firstSeq !== entries.length + 1 || textsDigest(group.texts) !== group.digest) {
        return { ok: false, entries };
      }
      link = chainLink(link, group.digest);
      if (link !== group.link) return { ok: false, entries };
      entries.push(...group.texts);
    }
  }
  const { head } = of.sync;
  return { ok: head.seq === entries.length && head.link === link, entries };
}

/** Takes one unit of a thing, as long as one is there: what two tabs race for. */
async function take(from: IndexedDbStore, id: string): Promise<'won' | 'lost'> {
  for (;;) {
    const now = from.sync.get('things', id) as Thing | undefined;
    if (!now || now.n < 1) return 'lost';
    const expects = [{ collection: 'things', id, version: now.version }];
    const outcome = await from.commit(batchOf([{ ...now, n: now.n - 1 }], expects, `take ${id}`));
    if (outcome.done) return 'won';
  }
}

const tests = {
  open: (key: string, name: string, { schema = 1, ...options }: OpenOptions = {}) =>
    told(async () => {
      const opened = await indexedDb(name, options).open(tables, schema);
      stores.set(key, opened);
      return opened.sync.head.seq;
    }),
  close: (key: string) => store(key).close(),
  commit: (key: string, things: Partial<Thing>[], expects: CommitBatch['expects'] = [], text = 'entry') =>
    told(() => store(key).commit(batchOf(things, expects, text))),
  remove: (key: string, id: string) =>
    told(() =>
      store(key).commit({
        expects: [],
        puts: [],
        deletes: [{ collection: 'things', id }],
        entries: [],
        digest: '',
      }),
    ),
  get: (key: string, id: string) => thing(key, id) ?? null,
  count: (key: string) => store(key).sync.count('things'),
  head: (key: string) => store(key).sync.head,
  refresh: (key: string) => told(() => store(key).refresh()),
  read: (key: string, id: string) =>
    told(() => store(key).read(async (snapshot) => (await snapshot.get('things', [id]))[0] ?? null)),
  checkpoint: (key: string) => told(() => store(key).checkpoint()),
  tail: (key: string, after: number, limit: number) => told(() => store(key).tail(after, limit)),
  chain: (key: string) => told(() => chain(store(key))),

  /** Resolves when the store tells its watchers of a head at or past `seq`. */
  heard: (key: string, seq: number) =>
    new Promise<number>((resolve) => {
      const { head } = store(key).sync;
      if (head.seq >= seq) resolve(head.seq);
      const stop = store(key).watch((now) => {
        if (now.seq < seq) return;
        stop();
        resolve(now.seq);
      });
    }),

  /** Whether a store shows exactly what a newly opened one reads from the disk. */
  async equalsDisk(key: string, name: string): Promise<boolean> {
    await store(key).refresh();
    const other = await indexedDb(name, { hints: false }).open(tables, 1);
    const equal = contents(other) === contents(store(key));
    await other.close();
    return equal;
  },

  take: (key: string, id: string) => take(store(key), id),

  /** Takes one unit of each of many things, as fast as it can; answers which it won. */
  async takeAll(key: string, ids: readonly string[]): Promise<boolean[]> {
    const won: boolean[] = [];
    for (const id of ids) won.push((await take(store(key), id)) === 'won');
    return won;
  },

  /** Commits one thing after the other, telling each number when it is acknowledged. */
  async importThings(key: string, from: number, count: number, checkpointEvery: number): Promise<void> {
    const tell = (window as unknown as { acknowledge(n: number): Promise<void> }).acknowledge;
    for (let n = from; n < from + count; n++) {
      const outcome = await store(key).commit(
        batchOf([{ id: `t${n}`, n, code: `c${n}` }], [], `import ${n}`),
      );
      if (!outcome.done) throw new Error(`not written: ${n}`);
      void tell(n);
      if (checkpointEvery > 0 && n % checkpointEvery === 0) void store(key).checkpoint();
    }
  },

  /** Commits many things in groups, quickly; answers how long it took. */
  async fill(key: string, count: number, group: number, padding = ''): Promise<void> {
    const base = store(key).sync.count('things');
    for (let n = 0; n < count; n += group) {
      const things = Array.from({ length: Math.min(group, count - n) }, (_, i) => ({
        id: `f${base + n + i}`,
        n: n + i,
        code: `f${base + n + i}${padding}`,
      }));
      const outcome = await store(key).commit(batchOf(things, [], `fill ${n}`));
      if (!outcome.done) throw new Error('not filled');
    }
  },

  closeHandles,
  failNext,
  loseDatabase,
  loseNextAnswer,
  stallNext,

  /** Deletes the database; answers when it is gone. */
  destroy: (name: string) =>
    new Promise<string>((resolve) => {
      const request = indexedDB.deleteDatabase(databaseName(name));
      request.onsuccess = () => resolve('gone');
      request.onerror = () => resolve('failed');
      request.onblocked = () => resolve('blocked');
    }),

  /** Opens the database raw at a version, with more object stores, and keeps it open. */
  async holdOpen(name: string, version: number, objectStores: string[]): Promise<void> {
    await holdOpen(databaseName(name), version, objectStores);
  },

  /** What lies in the database, counted. */
  rows: (name: string) =>
    new Promise<Record<string, number>>((resolve, reject) => {
      const request = indexedDB.open(databaseName(name));
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        const found: Record<string, number> = {};
        const tx = database.transaction([...database.objectStoreNames], 'readonly');
        for (const each of database.objectStoreNames) {
          const counting = tx.objectStore(each).count();
          counting.onsuccess = () => {
            found[each] = counting.result;
          };
        }
        tx.oncomplete = () => {
          database.close();
          resolve(found);
        };
      };
    }),

  /** Deletes rows raw: a damaged disk. */
  damage: (name: string, objectStore: string, key: IDBValidKey) =>
    new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(databaseName(name));
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        const tx = database.transaction(objectStore, 'readwrite');
        tx.objectStore(objectStore).delete(key);
        tx.oncomplete = () => {
          database.close();
          resolve();
        };
      };
    }),
};

export type StoreTests = typeof tests;

Object.assign(window, { tests });
