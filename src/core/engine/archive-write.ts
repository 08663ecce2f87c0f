/** Writes a store's ledger as lines: names first, as they stood at the head that the journal is written up to. */
import { chainLink, GENESIS, textsDigest } from '../ports/chain.ts';
import { LedgerError } from '../ports/errors.ts';
import type { Head, Snapshot, Store, StoredRecord } from '../ports/store.ts';
import { keyOf } from '../queries/index-keys.ts';
import { tables } from '../tables.ts';
import { BESIDE, besideLine, endLine, groupLine, openingLine } from './archive.ts';
import { FOLDED, standing } from './folded.ts';
import { checkGroup, Found } from './refold.ts';

/** Records in one line, and groups read from the journal at once. */
const SLICE = 256;
const ORDER = 'byCode';

async function texts(snapshot: Snapshot): Promise<string[]> {
  const parts = tables[BESIDE].indexes?.[ORDER]?.parts ?? [];
  const found: string[] = [];
  let last: StoredRecord | undefined;
  do {
    const after = last === undefined ? {} : { after: [...keyOf(parts, last), last.id] };
    const records = await snapshot.range(BESIDE, ORDER, { limit: SLICE, ...after });
    found.push(...records.map((record) => JSON.stringify(record)));
    last = records.length < SLICE ? undefined : records.at(-1);
  } while (last !== undefined);
  return found;
}

/**
 * Names, and the head they belong to, in one view. They are held in memory together: as many as there are
 * customers and suppliers.
 */
function look(store: Store): Promise<{ head: Head; beside: string[] }> {
  return store.read(async (snapshot) => {
    const [folded] = await snapshot.get('folded', [FOLDED]);
    const found = standing(folded as Parameters<typeof standing>[0], snapshot.head.seq);
    if (found === 'unfinished') throw new LedgerError('store.unfinished');
    // a newer program may keep more beside the journal than this one knows
    if (found === 'newer') throw new LedgerError('store.newer');
    return { head: snapshot.head, beside: await texts(snapshot) };
  });
}

/** Answers the last link. */
function* besideLines(all: readonly string[]): Generator<string, string> {
  let link = GENESIS;
  for (let from = 0; from < all.length; from += SLICE) {
    const slice = all.slice(from, from + SLICE);
    const digest = textsDigest(slice);
    link = chainLink(link, digest);
    yield besideLine({ texts: slice, digest, link });
  }
  return link;
}

async function* groupLines(store: Store, end: Head): AsyncGenerator<string> {
  let head: Head = { seq: 0, link: GENESIS };
  while (head.seq < end.seq) {
    const groups = await store.tail(head.seq, SLICE);
    if (groups.length === 0) throw new Found({ kind: 'chain', seq: head.seq + 1 });
    for (const group of groups) {
      if (head.seq >= end.seq) break;
      head = checkGroup(group, head);
      yield groupLine(group);
    }
  }
  if (head.link !== end.link) throw new Found({ kind: 'head', seq: end.seq });
}

/**
 * The lines of a store's ledger, up to the head it has when the first is asked for.
 * @throws LedgerError store.corrupt where the journal is not what its chain says; store.unfinished, store.newer
 */
export async function* archiveOf(store: Store): AsyncGenerator<string> {
  await store.refresh?.();
  const { head, beside } = await look(store);
  yield openingLine();
  const last = yield* besideLines(beside);
  try {
    yield* groupLines(store, head);
  } catch (thrown) {
    if (thrown instanceof Found) throw new LedgerError('store.corrupt', { details: { at: thrown.at } });
    throw thrown;
  }
  yield endLine(head, last);
}
