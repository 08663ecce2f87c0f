/**
 * Proof that the ledger is what its journal says: re-reads every group, checks the chain, folds every
 * projection anew and compares it with what is stored. Names the first difference; never throws for one.
 */

import type { Entry } from '../model/facts.ts';
import type { CollectionName } from '../model/records.ts';
import { chainLink, GENESIS, textsDigest } from '../ports/chain.ts';
import { LedgerError } from '../ports/errors.ts';
import type { Head, JournalGroup, Snapshot, Store, StoredRecord } from '../ports/store.ts';
import { fold } from '../projections/index.ts';
import { RecordSet } from '../queries/record-set.ts';
import { sideCollections, tables } from '../tables.ts';
import { readEntry } from '../upcasts/index.ts';
import { Overlay } from './overlay.ts';

/** Where the first difference is. */
export interface Difference {
  readonly kind: 'chain' | 'entry' | 'record' | 'head' | 'anchor';
  readonly seq?: number;
  readonly collection?: string;
  readonly key?: string;
}

/**
 * The answer of `verify`: how many entries were read and the head they lead to, or the first difference.
 * @example { ok: false, at: { kind: 'record', collection: 'balances', key: '…' } }
 */
export type Verification =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | { readonly ok: false; readonly at: Difference };

/** A head somebody kept outside the store: the journal must have had this link at this sequence. */
export interface Anchor {
  readonly seq: number;
  readonly head: string;
}

/** The head as people write it down. */
export const headText = (link: string): string => `sha256:${link}`;

const GROUPS_AT_ONCE = 256;
const STANDSTILL_TRIES = 10;

class Found extends Error {
  readonly at: Difference;
  constructor(at: Difference) {
    super(at.kind);
    this.at = at;
  }
}

function checkGroup(group: JournalGroup, before: Head): Head {
  const seq = before.seq + 1;
  if (group.firstSeq !== seq) throw new Found({ kind: 'chain', seq });
  if (textsDigest(group.texts) !== group.digest) throw new Found({ kind: 'entry', seq });
  const link = chainLink(before.link, group.digest);
  if (link !== group.link) throw new Found({ kind: 'chain', seq });
  return { seq: before.seq + group.texts.length, link };
}

function foldGroup(group: JournalGroup, records: RecordSet, head: Head): void {
  const overlay = new Overlay(records);
  group.texts.forEach((text, i) => {
    const seq = group.firstSeq + i;
    let entry: Entry;
    try {
      entry = readEntry(text);
      overlay.seq = seq;
      fold(entry, overlay);
    } catch {
      throw new Found({ kind: 'entry', seq });
    }
  });
  const { puts, deletes } = overlay.changes();
  records.apply({ puts, deletes }, group.firstSeq, head);
}

/** Whether two stored values are equal, whatever the order of their members; undefined members do not count. */
export function equalRecords(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(x).filter((key) => x[key] !== undefined);
  if (keys.length !== Object.keys(y).filter((key) => y[key] !== undefined).length) return false;
  return keys.every((key) => equalRecords(x[key], y[key]));
}

async function compareCollection(collection: string, records: RecordSet, snapshot: Snapshot): Promise<void> {
  const folded = [...records.all(collection)];
  for (let from = 0; from < folded.length; from += 1000) {
    const slice = folded.slice(from, from + 1000);
    const stored = await snapshot.get(
      collection,
      slice.map((record) => record.id),
    );
    slice.forEach((record, i) => {
      if (!equalRecords(record, stored[i])) throw new Found({ kind: 'record', collection, key: record.id });
    });
  }
  if ((await snapshot.count(collection)) !== folded.length) {
    const key = await strayKey(collection, records, snapshot);
    throw new Found({ kind: 'record', collection, ...(key === undefined ? {} : { key }) });
  }
}

/** A stored record that no entry made, where an index lets us look. */
async function strayKey(
  collection: string,
  records: RecordSet,
  snapshot: Snapshot,
): Promise<string | undefined> {
  const index = Object.entries(tables[collection as CollectionName].indexes ?? {}).find(
    ([, spec]) => !spec.where,
  );
  if (!index) return undefined;
  const stored: readonly StoredRecord[] = await snapshot.range(collection, index[0], {});
  return stored.find((record) => records.get(collection, record.id) === undefined)?.id;
}

async function check(store: Store, anchor: Anchor | undefined): Promise<Verification> {
  const records = new RecordSet(Object.values(tables), { seq: 0, link: GENESIS });
  let head: Head = { seq: 0, link: GENESIS };
  let anchored = anchor === undefined || anchor.seq === 0;
  const end = await store.read(async (snapshot) => snapshot.head);
  while (head.seq < end.seq) {
    const groups = await store.tail(head.seq, GROUPS_AT_ONCE);
    if (groups.length === 0) throw new Found({ kind: 'chain', seq: head.seq + 1 });
    for (const group of groups) {
      if (head.seq >= end.seq) break;
      head = checkGroup(group, head);
      foldGroup(group, records, head);
      if (anchor && head.seq === anchor.seq) anchored = headText(head.link) === anchor.head;
    }
  }
  if (head.seq !== end.seq || head.link !== end.link) throw new Found({ kind: 'head', seq: end.seq });
  if (!anchored) throw new Found({ kind: 'anchor', seq: anchor?.seq ?? 0 });
  await store.read(async (snapshot) => {
    for (const { name } of Object.values(tables)) {
      if (!sideCollections.includes(name as CollectionName)) await compareCollection(name, records, snapshot);
    }
  });
  return { ok: true, entries: head.seq, head: headText(head.link) };
}

/**
 * Verifies a store. Where other writers may commit meanwhile, a difference counts only when the head
 * stood still while it was looked for.
 */
export async function verify(store: Store, anchor?: Anchor): Promise<Verification> {
  const headNow = (): Promise<Head> => store.read(async (snapshot) => snapshot.head);
  for (let tries = 1; ; tries++) {
    await store.refresh?.();
    const before = await headNow();
    try {
      return await check(store, anchor);
    } catch (thrown) {
      if (!(thrown instanceof Found)) throw thrown;
      const after = await headNow();
      if (after.link === before.link) return { ok: false, at: thrown.at };
      if (tries === STANDSTILL_TRIES) throw new LedgerError('store.busy');
    }
  }
}
