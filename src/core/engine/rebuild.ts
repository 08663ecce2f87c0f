/**
 * Records folded by an older version of a projection are folded anew from the journal when a ledger is
 * opened. The whole journal is folded in memory, slice by slice; what differs is then written, slice by slice,
 * under a mark that keeps every writer away. Killed half-way, it leaves the mark, and whoever opens the store
 * next begins anew; the journal itself is only read.
 */
import { nanoid } from 'nanoid';
import type { CollectionName, FoldedRecord } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import type { Head, Put, RecordRef, Snapshot, Store, StoredRecord } from '../ports/store.ts';
import { sideCollections, tables } from '../tables.ts';
import { tellOne } from './feed.ts';
import { FOLDED, ownVersions, standing } from './folded.ts';
import { equalRecords, Found, Refold } from './refold.ts';

/**
 * How far a rebuild is: entries read, then records written.
 * @example { phase: 'reading', done: 25_600, total: 100_000 }
 */
export interface RebuildProgress {
  readonly phase: 'reading' | 'writing';
  readonly done: number;
  readonly total: number;
}

type Hear = (progress: RebuildProgress) => void;

/** Records compared, and written, at once. */
const SLICE = 1_000;
/** Milliseconds after which somebody else's rebuild that does not move is taken for dead. */
const PATIENCE = 1_000;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Somebody else took the rebuild over, or wrote meanwhile: it begins anew. */
class Overtaken extends Error {}

interface Differences {
  readonly puts: Put[];
  readonly deletes: RecordRef[];
}

async function* slices<T>(all: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < all.length; from += SLICE) {
    yield all.slice(from, from + SLICE);
    // a page goes on living meanwhile
    await pause(0);
  }
}

/** Ids of stored records that no entry makes any more. */
async function strays(
  store: Store,
  snapshot: Snapshot,
  collection: string,
  refold: Refold,
): Promise<string[]> {
  const isStray = ({ id }: StoredRecord): boolean => refold.records.get(collection, id) === undefined;
  if (store.sync) return [...store.sync.all(collection)].filter(isStray).map(({ id }) => id);
  const indexes = Object.entries(tables[collection as CollectionName].indexes ?? {});
  const whole = indexes.find(([, spec]) => !spec.where);
  if (!whole)
    throw new LedgerError('command.unsupported', {
      details: { what: `rebuilding ${collection} in this store` },
    });
  return (await snapshot.range(collection, whole[0], {})).filter(isStray).map(({ id }) => id);
}

/** What has to be written so that the store holds what the journal makes. */
async function differences(store: Store, refold: Refold): Promise<Differences> {
  const found: Differences = { puts: [], deletes: [] };
  for (const { name: collection } of Object.values(tables)) {
    if (sideCollections.includes(collection as CollectionName)) continue;
    let known = 0;
    for await (const slice of slices([...refold.records.all(collection)])) {
      const ids = slice.map(({ id }) => id);
      const stored = await store.read((snapshot) => snapshot.get(collection, ids));
      slice.forEach((record, i) => {
        if (stored[i] !== undefined) known++;
        if (!equalRecords(record, stored[i])) found.puts.push({ collection, record });
      });
    }
    await store.read(async (snapshot) => {
      if ((await snapshot.count(collection)) === known) return;
      for (const id of await strays(store, snapshot, collection, refold))
        found.deletes.push({ collection, id });
    });
  }
  return found;
}

class Rebuild {
  readonly #store: Store;
  readonly #hear: Hear;
  readonly #me = nanoid();
  #mark: FoldedRecord | undefined;

  constructor(store: Store, hear: Hear) {
    this.#store = store;
    // a progress bar's own fault must not leave the records half-written
    this.#hear = (progress) => tellOne(hear, progress);
  }

  async run(): Promise<'current' | 'newer'> {
    let seen: number | undefined;
    for (;;) {
      await this.#store.refresh?.();
      const { record, head } = await this.#look();
      const found = standing(record, head.seq);
      if (found === 'unfinished') throw new LedgerError('store.unfinished');
      if (found !== 'older') return found;
      if (record?.rebuild && record.rebuild.by !== this.#me && record.version !== seen) {
        seen = record.version;
        await pause(PATIENCE);
        continue;
      }
      try {
        await this.#attempt(record, head);
        return 'current';
      } catch (thrown) {
        if (!(thrown instanceof Overtaken)) throw thrown;
      }
    }
  }

  #look(): Promise<{ record: FoldedRecord | undefined; head: Head }> {
    return this.#store.read(async (snapshot) => {
      const [record] = await snapshot.get('folded', [FOLDED]);
      return { record: record as FoldedRecord | undefined, head: snapshot.head };
    });
  }

  async #attempt(record: FoldedRecord | undefined, head: Head): Promise<void> {
    const refold = await this.#folded(head);
    const found = await differences(this.#store, refold);
    this.#mark = record;
    const rebuild = { versions: ownVersions, by: this.#me };
    await this.#commit({ puts: [], deletes: [] }, { versions: record?.versions ?? {}, rebuild }, head);
    await this.#store.refresh?.();
    // written between the look and the mark, by a program that did not know better; nobody can any more
    if ((await this.#look()).head.seq !== head.seq) throw new Overtaken();
    await this.#write(found, head);
    await this.#commit({ puts: [], deletes: [] }, { versions: ownVersions, rebuild: null }, head);
  }

  async #folded(head: Head): Promise<Refold> {
    const refold = new Refold();
    const slice = async ({ seq }: Head): Promise<void> => {
      this.#hear({ phase: 'reading', done: seq, total: head.seq });
      await pause(0);
    };
    try {
      await refold.upTo(this.#store, head.seq, { slice });
    } catch (thrown) {
      if (thrown instanceof Found) throw new LedgerError('store.corrupt', { details: { at: thrown.at } });
      throw thrown;
    }
    if (refold.head.link !== head.link)
      throw new LedgerError('store.corrupt', { details: { at: { kind: 'head', seq: head.seq } } });
    return refold;
  }

  async #write({ puts, deletes }: Differences, head: Head): Promise<void> {
    const total = puts.length + deletes.length;
    let done = 0;
    const tell = (count: number): void => {
      done += count;
      this.#hear({ phase: 'writing', done, total });
    };
    for await (const slice of slices(deletes)) {
      await this.#commit({ puts: [], deletes: slice }, this.#going, head);
      tell(slice.length);
    }
    for await (const slice of slices(puts)) {
      await this.#put(slice, head);
      tell(slice.length);
    }
  }

  get #going(): Pick<FoldedRecord, 'versions' | 'rebuild'> {
    const { versions, rebuild } = this.#mark as FoldedRecord;
    return { versions, rebuild };
  }

  /** Writes records; whoever holds a unique key one of them must have differs too: it goes, and is written in its turn. */
  async #put(puts: readonly Put[], head: Head): Promise<void> {
    const holders = await this.#commit({ puts, deletes: [] }, this.#going, head);
    if (holders.length === 0) return;
    const once = new Map(holders.map((ref) => [`${ref.collection} ${ref.id}`, ref]));
    await this.#commit({ puts: [], deletes: [...once.values()] }, this.#going, head);
    await this.#put(puts, head);
  }

  /**
   * One commit under the mark.
   * @returns holders of unique keys that stand in the way; nothing was written then
   */
  async #commit(
    { puts, deletes }: { puts: readonly Put[]; deletes: readonly RecordRef[] },
    next: Pick<FoldedRecord, 'versions' | 'rebuild'>,
    head: Head,
  ): Promise<readonly RecordRef[]> {
    const version = this.#mark?.version ?? 0;
    // no entry is written, so the record counts its versions itself
    const mark: FoldedRecord = { id: FOLDED, version: Math.max(version, head.seq) + 1, ...next };
    const outcome = await this.#store.commit({
      expects: [{ collection: 'folded', id: FOLDED, version }],
      puts: [...puts, { collection: 'folded', record: { ...mark } }],
      deletes,
      entries: [],
      digest: '',
    });
    if (outcome.done) {
      this.#mark = mark;
      return [];
    }
    if ('unknown' in outcome) throw new Overtaken();
    const holders = outcome.conflict.filter(({ collection }) => collection !== 'folded');
    if (holders.length < outcome.conflict.length || holders.length === 0) throw new Overtaken();
    return holders;
  }
}

/**
 * Builds the records anew where an older program folded them.
 * @param hear told after each slice
 * @returns `newer` where a newer program folded them: this one may only read
 * @throws LedgerError store.corrupt when the journal is not what its chain says; nothing was written;
 * store.unfinished where an import was not brought to its end
 */
export const rebuild = (store: Store, hear: Hear = () => undefined): Promise<'current' | 'newer'> =>
  new Rebuild(store, hear).run();
