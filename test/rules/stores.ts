/** Stores that misbehave, around a good one: slow, tampered with, losing the line, always busy. */
import type {
  CommitBatch,
  CommitOutcome,
  JournalGroup,
  Snapshot,
  Store,
  StoreAdapter,
  StoredRecord,
} from '../../src/core/adapter-kit.ts';

export interface Twist {
  /** What the journal shows instead. */
  tail?(groups: JournalGroup[]): JournalGroup[];
  /** What a record shows instead. */
  record?(collection: string, record: StoredRecord | undefined): StoredRecord | undefined;
  /** What the head shows instead. */
  head?(head: Snapshot['head']): Snapshot['head'];
  /** Stands between the ledger and the commit. */
  commit?(batch: CommitBatch, go: () => Promise<CommitOutcome>): Promise<CommitOutcome>;
  /** Stands before every read. */
  read?(): void;
}

function twistedSnapshot(snapshot: Snapshot, twist: Twist): Snapshot {
  return {
    head: twist.head?.(snapshot.head) ?? snapshot.head,
    get: async (collection, ids) => {
      const records = await snapshot.get(collection, ids);
      return records.map((record) => (twist.record ? twist.record(collection, record) : record));
    },
    lookup: (...args) => snapshot.lookup(...args),
    range: (...args) => snapshot.range(...args),
    find: (...args) => snapshot.find(...args),
    aggregate: (...args) => snapshot.aggregate(...args),
    count: (collection) => snapshot.count(collection),
  };
}

/** A store behind another adapter whose behaviour may be changed while it is open. */
export function twisted(adapter: StoreAdapter, twist: Twist): StoreAdapter {
  return {
    kind: 'store',
    name: 'twisted',
    async open(tables, schema): Promise<Store> {
      const store = await adapter.open(tables, schema);
      return {
        capabilities: store.capabilities,
        ...(store.sync ? { sync: store.sync } : {}),
        read: (fn) =>
          store.read((snapshot) => {
            twist.read?.();
            return fn(twistedSnapshot(snapshot, twist));
          }),
        commit: (batch) => {
          const go = (): Promise<CommitOutcome> => store.commit(batch);
          return twist.commit ? twist.commit(batch, go) : go();
        },
        tail: async (after, limit) => {
          const groups = await store.tail(after, limit);
          return twist.tail ? twist.tail(groups) : groups;
        },
        watch: (listener) => store.watch(listener),
        close: () => store.close(),
      };
    },
  };
}

/** Lets others go first, so that writers overlap. */
export const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await Promise.resolve();
};

/** A store whose commits take their time: decisions of several ledgers overlap. */
export const slow = (adapter: StoreAdapter, count = 7): StoreAdapter =>
  twisted(adapter, {
    commit: async (_batch, go) => {
      await turns(count);
      return go();
    },
  });
