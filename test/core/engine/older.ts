/** A ledger of version 0.1, as its fixture keeps it: journal, records and answers. */
import { readFileSync } from 'node:fs';
import { MemoryData, MemoryStore } from '../../../src/adapters/stores/memory/store.ts';
import type { JournalGroup, StoredRecord } from '../../../src/core/adapter-kit.ts';
import type { StoreAdapter } from '../../../src/core/index.ts';
import { tables } from '../../../src/core/tables.ts';

export interface Older {
  readonly head: { readonly seq: number; readonly head: string };
  readonly groups: readonly JournalGroup[];
  readonly records: Readonly<Record<string, readonly StoredRecord[]>>;
  readonly answers: {
    readonly lots: readonly { readonly id: string; readonly code: string }[];
    readonly serials: readonly { readonly id: string; readonly code: string }[];
    readonly postings: readonly { readonly id: string }[];
    readonly settings: object;
  };
}

/** The fixture, read anew: stores keep and change what they are given. */
export const older = (): Older =>
  JSON.parse(readFileSync(new URL('../../fixtures/journal-1.json', import.meta.url), 'utf8')) as Older;

/** A store in memory that holds it, as if the older program had just been closed. */
export function olderStore(): StoreAdapter & { readonly data: MemoryData } {
  const { groups, records } = older();
  const data = new MemoryData(Object.values(tables), 1);
  for (const group of groups) data.journal.append(group);
  for (const [collection, all] of Object.entries(records)) data.records.load(collection, all);
  const last = groups.at(-1) as JournalGroup;
  data.records.head = { seq: last.firstSeq + last.texts.length - 1, link: last.link };
  return {
    kind: 'store',
    name: 'older',
    data,
    async open(_tables, schema) {
      data.schema = Math.max(data.schema, schema);
      return new MemoryStore(data, schema);
    },
  };
}
