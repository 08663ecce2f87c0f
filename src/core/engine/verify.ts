/**
 * Proof that the ledger is what its journal says: re-reads every group, checks the chain, folds every
 * projection anew and compares it with what is stored, and has the store compare what it keeps besides. Names the
 * first difference; never throws for one.
 */

import type { CollectionName } from '../model/records.ts';
import { LedgerError } from '../ports/errors.ts';
import type { Head, Snapshot, Store, StoredRecord } from '../ports/store.ts';
import type { RecordSet } from '../queries/record-set.ts';
import { sideCollections, tables } from '../tables.ts';
import { type Difference, equalRecords, Found, Refold } from './refold.ts';

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

const STANDSTILL_TRIES = 10;

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
  const refold = new Refold();
  let anchored = anchor === undefined || anchor.seq === 0;
  const end = await store.read(async (snapshot) => snapshot.head);
  await refold.upTo(store, end.seq, {
    group: (head) => {
      if (anchor && head.seq === anchor.seq) anchored = headText(head.link) === anchor.head;
    },
  });
  const { records, head } = refold;
  if (head.seq !== end.seq || head.link !== end.link) throw new Found({ kind: 'head', seq: end.seq });
  if (!anchored) throw new Found({ kind: 'anchor', seq: anchor?.seq ?? 0 });
  await store.read(async (snapshot) => {
    for (const { name } of Object.values(tables)) {
      if (!sideCollections.includes(name as CollectionName)) await compareCollection(name, records, snapshot);
    }
  });
  const unsound = await store.check?.();
  if (unsound !== undefined) throw new Found({ kind: 'index', ...unsound });
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
