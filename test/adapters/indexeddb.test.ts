/**
 * What of the IndexedDB store can be told without a browser: the text of chunks, where records stand, and
 * that it loads where there is no IndexedDB.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chunkText, readChunk } from '../../src/adapters/stores/indexeddb/chunk-text.ts';
import { indexedDb } from '../../src/adapters/stores/indexeddb/index.ts';
import { CHUNK, changesText, readChanges } from '../../src/adapters/stores/indexeddb/layout.ts';
import { Slots } from '../../src/adapters/stores/indexeddb/slots.ts';
import { isLedgerError, type StoredRecord } from '../../src/core/adapter-kit.ts';

const value = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, '', 'a', 'Ümlaut', '\u001f', '😀', [], {}),
  fc.integer(),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.parse(JSON.stringify(json))),
);
const names = ['id', 'version', 'code', 'lines', 'note', '__proto__', 'constructor', '1', 'a b'];

/** Records of a few shapes, some deleted. */
const chunk = fc
  .array(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), { minLength: 1, maxLength: 4 })
  .chain((shapes) =>
    fc.array(
      fc.option(
        fc
          .integer({ min: 0, max: shapes.length - 1 })
          .chain((i) => fc.tuple(...(shapes[i] ?? []).map((name) => fc.tuple(fc.constant(name), value))))
          .map((entries) => Object.fromEntries(entries) as unknown as StoredRecord),
        { nil: undefined, freq: 9 },
      ),
      { maxLength: 80 },
    ),
  );

it('reads from the text of a chunk exactly the records it was made of', () => {
  fc.assert(
    fc.property(chunk, (records) => {
      const read = readChunk(chunkText(records));
      expect(read.length).toBe(records.length);
      for (const [i, record] of records.entries()) {
        // as text, so that the order of the fields and a field named __proto__ count as well
        expect(JSON.stringify(read[i])).toBe(JSON.stringify(record));
      }
    }),
  );
});

it('writes alike records in less than half the text', () => {
  const records = Array.from({ length: 400 }, (_, n) => ({
    id: `posting-${n}`,
    version: n,
    warehouse: 'MAIN',
    location: null,
    lot: null,
    project: n % 2 ? undefined : null,
    date: `2026-11-${10 + (n % 9)}`,
    quantity: n % 30,
  }));
  expect(chunkText(records).length).toBeLessThan(JSON.stringify(records).length / 2);
  expect(JSON.stringify(readChunk(chunkText(records)))).toBe(JSON.stringify(records));
});

it('keeps the order of a commit within each collection', () => {
  const put = (collection: string, id: string) => ({ collection, record: { id, version: 1 } });
  const changes = {
    puts: [put('b', '1'), put('a', '2'), put('b', '3'), put('__proto__', '4')],
    deletes: [
      { collection: 'a', id: '5' },
      { collection: 'c', id: '6' },
    ],
  };
  expect(readChanges(changesText(changes))).toEqual({
    puts: [put('b', '1'), put('b', '3'), put('a', '2'), put('__proto__', '4')],
    deletes: changes.deletes,
  });
});

/** Follows commits from the start, or from the chunks another tab wrote in the middle: both must agree. */
it('gives every tab the same place for a record, whenever it joined', () => {
  const commit = fc.array(fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(commit, { maxLength: 40 }), fc.nat(40), (commits, joins) => {
      const [first, second] = [new Slots(), new Slots()];
      const follow = (slots: Slots, at: number) => {
        for (const [id, put] of commits[at] ?? []) {
          if (put) slots.put(`r${id}`, at + 1);
          else slots.remove(`r${id}`, at + 1);
        }
      };
      for (let at = 0; at < commits.length; at++) {
        if (at === joins) {
          const written = new Map(first.touched().map((n) => [n, `k${n}`] as const));
          const list = first.list(written);
          second.prepare(list);
          for (let n = 0; n < list.keys.length; n++) second.place(n, first.ids(n));
          second.settle(list, at);
          first.settle(list, at);
          expect(first.touched()).toEqual([]);
        }
        follow(first, at);
        if (at >= joins) follow(second, at);
      }
      if (joins >= commits.length) return;
      expect(second.touched().toSorted()).toEqual(first.touched().toSorted());
      const count = Math.ceil(first.list(new Map()).next / CHUNK);
      for (let n = 0; n < count; n++) expect(second.ids(n)).toEqual(first.ids(n));
      expect(second.list(new Map())).toEqual(first.list(new Map()));
    }),
  );
});

it('loads in plain Node, and says store.unavailable when opened there', async () => {
  const error = await indexedDb('nowhere')
    .open([], 1)
    .catch((thrown: unknown) => thrown);
  expect(isLedgerError(error) && error.code).toBe('store.unavailable');
});
