/**
 * Brings an exported ledger into an empty store, commit by commit as it was written, so that every sequence
 * number and link comes out the same. From the first line to the last the store carries a mark that this
 * program and every older one takes for a reason to keep off; killed half-way, the store says so, and the same
 * import may be started again: it goes on where it was. The records are folded at the end, by the rebuild.
 */
import { nanoid } from 'nanoid';
import type { FoldedRecord, PartyRecord } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import type { CommitBatch, Head, JournalGroup, RecordRef, Snapshot, Store } from '../ports/store.ts';
import { sideCollections, tables } from '../tables.ts';
import { BESIDE } from './archive.ts';
import { type Lines, partsOf } from './archive-read.ts';
import { FOLDED, standing, unfinished } from './folded.ts';
import type { RebuildProgress } from './rebuild.ts';
import { rebuild } from './rebuild.ts';

type Mark = Pick<FoldedRecord, 'versions' | 'rebuild'>;
type Changes = Partial<Pick<CommitBatch, 'puts' | 'deletes' | 'entries' | 'digest'>>;

const SLICE = 1_000;
/** A line that dies again and again is given up. */
const TRIES = 5;

/** Whether nothing is there yet; a refusal or two of an empty ledger do not count, they may expire anyway. */
async function isEmpty(snapshot: Snapshot): Promise<boolean> {
  if (snapshot.head.seq > 0) return false;
  const names = Object.keys(tables).filter(
    (name) => name === BESIDE || !sideCollections.includes(name as 'lots'),
  );
  for (const name of names) if ((await snapshot.count(name)) > 0) return false;
  return true;
}

class Import {
  readonly #store: Store;
  readonly #me = nanoid();
  /** What the mark's record has counted to; 0 before there is one. */
  #version = 0;
  /** What an import that was broken off had brought; its entries are compared, not written again. */
  #there = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  async run(lines: Lines): Promise<Head> {
    let head: Head | undefined;
    for await (const part of partsOf(lines)) {
      if (part.kind === 'opening') await this.#begin();
      else if (part.kind === 'beside') await this.#beside(part.records);
      else if (part.kind === 'group') await this.#group(part);
      else head = { seq: part.seq, link: part.link };
    }
    if (head === undefined || head.seq < this.#there) throw new LedgerError('store.notEmpty');
    // folded by nobody yet: whoever opens it next builds the records, if this program does not come to it
    await this.#commit({}, { versions: {}, rebuild: null });
    return head;
  }

  async #begin(): Promise<void> {
    await this.#store.refresh?.();
    await this.#store.read(async (snapshot) => {
      const folded = (await snapshot.get('folded', [FOLDED]))[0] as FoldedRecord | undefined;
      const goesOn = folded !== undefined && standing(folded, snapshot.head.seq) === 'unfinished';
      if (!goesOn && (folded !== undefined || !(await isEmpty(snapshot))))
        throw new LedgerError('store.notEmpty');
      this.#version = folded?.version ?? 0;
      this.#there = snapshot.head.seq;
    });
    await this.#commit({});
    await this.#forgetBeside();
  }

  /** Names of an import that was broken off; the lines bring them anew. */
  async #forgetBeside(): Promise<void> {
    for (;;) {
      const found = await this.#store.read((snapshot) => snapshot.range(BESIDE, 'byCode', { limit: SLICE }));
      if (found.length === 0) return;
      await this.#commit({ deletes: found.map(({ id }): RecordRef => ({ collection: BESIDE, id })) });
    }
  }

  #beside(records: readonly PartyRecord[]): Promise<void> {
    return this.#commit({ puts: records.map((record) => ({ collection: BESIDE, record })) });
  }

  async #group(group: JournalGroup): Promise<void> {
    if (group.firstSeq > this.#there) {
      await this.#commit({ entries: group.texts, digest: group.digest }, undefined, group);
      return;
    }
    const [stored] = await this.#store.tail(group.firstSeq - 1, 1);
    if (stored?.firstSeq !== group.firstSeq || stored.link !== group.link)
      throw new LedgerError('store.notEmpty');
  }

  /** One commit under the mark. */
  async #commit(changes: Changes, mark: Mark = unfinished(this.#me), group?: JournalGroup): Promise<void> {
    const version = this.#version + 1;
    const folded: FoldedRecord = { id: FOLDED, version, ...mark };
    const { puts = [], deletes = [], entries = [], digest = '' } = changes;
    for (let tries = 0; tries < TRIES; tries++) {
      const outcome = await this.#store.commit({
        expects: [{ collection: 'folded', id: FOLDED, version: this.#version }],
        puts: [...puts, { collection: 'folded', record: { ...folded } }],
        deletes,
        entries,
        digest,
      });
      const done = outcome.done || ('unknown' in outcome && (await this.#written(version)));
      if (done) {
        if (outcome.done && group && outcome.head.link !== group.link) throw new LedgerError('store.corrupt');
        this.#version = version;
        return;
      }
      // somebody else writes here: another import took over, or a ledger was begun
      if (!('unknown' in outcome)) throw new LedgerError('store.notEmpty');
    }
    throw new LedgerError('store.unknown');
  }

  /** After the line died: the mark tells whether the commit arrived. */
  async #written(version: number): Promise<boolean> {
    await this.#store.refresh?.();
    const [folded] = await this.#store.read((snapshot) => snapshot.get('folded', [FOLDED]));
    return folded?.version === version;
  }
}

/**
 * Imports lines into an empty store and folds its records.
 * @param hear told how far the folding is
 * @throws LedgerError store.notEmpty, archive.invalid, store.newer; the store then holds nothing that opens
 */
export async function importArchive(
  store: Store,
  lines: Lines,
  hear?: (progress: RebuildProgress) => void,
): Promise<Head> {
  const head = await new Import(store).run(lines);
  await rebuild(store, hear);
  return head;
}
