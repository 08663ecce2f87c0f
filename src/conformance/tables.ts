/**
 * A small set of tables of the kit's own, with every feature a table can declare: two unique indexes, one
 * with a part that may be null; partial indexes; nulls in any part; booleans, numbers and texts; sequence
 * fields; a search; a value that no index holds.
 */
import {
  type CommitBatch,
  type IndexPart,
  PENDING_SEQ,
  type Put,
  type RecordRef,
  type Scalar,
  type StoredRecord,
  type Table,
  textsDigest,
} from '../core/adapter-kit.ts';

export interface Thing extends StoredRecord {
  readonly code: string;
  readonly serial: string | null;
  readonly group: string | null;
  readonly rank: number | null;
  readonly open: boolean | null;
  readonly madeSeq: number | null;
  /** In no index; what groups are summed by. */
  readonly amount: number | null;
}

const part = (name: string, of: (record: Thing) => Scalar): IndexPart => ({ name, of });
const code = part('code', (r) => r.code);
const serial = part('serial', (r) => r.serial);
const group = part('group', (r) => r.group);
const rank = part('rank', (r) => r.rank);
const open = part('open', (r) => r.open);
const madeSeq = part('madeSeq', (r) => r.madeSeq);

export const THINGS = 'things';
export const NOTES = 'notes';

/** The schema number the kit opens its own tables with. */
export const KIT_SCHEMA = 3;

export const kitTables: readonly Table[] = [
  {
    name: THINGS,
    seqFields: ['madeSeq'],
    unique: { code: [code], serial: [group, serial] },
    indexes: {
      code: { parts: [code] },
      group: { parts: [group, rank] },
      rank: { parts: [rank] },
      openRank: { parts: [open, rank, group] },
      ranked: { parts: [group, rank], where: (r: Thing) => r.rank !== null },
      madeSeq: { parts: [madeSeq] },
    },
    search: [code, serial, group],
    fields: [part('twice', (r) => (r.amount === null ? null : 2 * r.amount))],
  },
  { name: NOTES },
];

/** A thing with defaults, written by the n-th entry of its commit. */
export function thing(id: string, fields: Partial<Omit<Thing, 'id' | 'version'>> = {}, n = 0): Put {
  const record: Thing = {
    id,
    version: PENDING_SEQ + n,
    code: `code-${id}`,
    serial: null,
    group: null,
    rank: null,
    open: true,
    madeSeq: null,
    amount: null,
    ...fields,
  };
  return { collection: THINGS, record };
}

/** A record without indexes. */
export function note(id: string, text: string, n = 0): Put {
  const record = { id, version: PENDING_SEQ + n, text };
  return { collection: NOTES, record };
}

let made = 0;

/** A batch of the parts given; `entries` as texts, or as a number of made-up ones (default one). */
export function batch(
  puts: readonly Put[],
  more: {
    readonly expects?: CommitBatch['expects'];
    readonly deletes?: readonly RecordRef[];
    readonly entries?: readonly string[] | number;
  } = {},
): CommitBatch {
  const { entries = 1 } = more;
  const texts =
    typeof entries === 'number'
      ? Array.from({ length: entries }, () => JSON.stringify({ entry: ++made }))
      : [...entries];
  return {
    expects: more.expects ?? [],
    puts,
    deletes: more.deletes ?? [],
    entries: texts,
    digest: texts.length === 0 ? '' : textsDigest(texts),
  };
}

/** The expectation that a thing has this version. */
export const expecting = (id: string, version: number, collection = THINGS) => ({ collection, id, version });
