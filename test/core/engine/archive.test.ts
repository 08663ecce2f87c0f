/** A ledger out as lines and in again: the same head and answers, or a store that says it is not one. */
import { describe, expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { FOLDED, ownVersions } from '../../../src/core/engine/folded.ts';
import {
  checkExport,
  exportLedger,
  importLedger,
  openLedger,
  type StoreAdapter,
} from '../../../src/core/index.ts';
import { SCHEMA_VERSION, tables } from '../../../src/core/tables.ts';
import { twisted } from '../../rules/stores.ts';
import { caught } from '../../rules/world.ts';
import { answersOf, filled, linesOf, options, seenIn } from './archived.ts';
import { farStore } from './far-store.ts';
import { older, olderStore } from './older.ts';

const journalOf = async (adapter: StoreAdapter) =>
  (await adapter.open(Object.values(tables), SCHEMA_VERSION)).tail(0, 100_000);

const recordsOf = async (adapter: StoreAdapter) => {
  const store = await adapter.open(Object.values(tables), SCHEMA_VERSION);
  return Object.keys(tables)
    .filter((name) => name !== 'folded' && name !== 'refusals')
    .map((name) => [name, new Map([...(store.sync?.all(name) ?? [])].map((each) => [each.id, { ...each }]))]);
};

describe('a round trip', () => {
  test('gives the same journal, group by group, the same records, head and answers', async () => {
    const { store, ledger } = await filled();
    const before = await answersOf(ledger);
    const target = memory();
    const head = await importLedger(target, exportLedger(store));
    expect(head).toEqual(await ledger.head());
    expect(await journalOf(target)).toEqual(await journalOf(store));
    expect(await recordsOf(target)).toEqual(await recordsOf(store));
    expect(await seenIn(target)).toEqual({ ok: true, answers: before });
    expect(await linesOf(target)).toEqual(await linesOf(store));
  });

  test('goes over stores that are read from afar', async () => {
    const { store, ledger } = await filled();
    const target = memory();
    await importLedger(farStore(target), exportLedger(farStore(store)));
    expect(await seenIn(target)).toEqual({ ok: true, answers: await answersOf(ledger) });
  });

  test('keeps what an older version wrote, byte for byte', async () => {
    const store = olderStore();
    const target = memory();
    await importLedger(target, exportLedger(store));
    expect(await journalOf(target)).toEqual(older().groups);
    expect((await seenIn(target)).ok).toBe(true);
  });

  test('works on: the next posting, and the same id again', async () => {
    const { store, ledger, clock } = await filled();
    const [command] = (await ledger.grades.list()).items;
    const target = memory();
    await importLedger(target, exportLedger(store));
    const moved = await openLedger(target, { ...options, now: clock.now });
    const again = { name: 'grades.create@1', id: 'once', args: { code: 'Z' } };
    const [first] = await moved.port.execute([again]);
    expect(first).toMatchObject({ outcome: 'accepted', seq: (await ledger.head()).seq + 1 });
    expect(await moved.port.execute([again])).toMatchObject([{ outcome: 'accepted', replayed: true }]);
    expect(await moved.grades.get(command?.code ?? '')).toEqual(command);
    expect((await moved.verify()).ok).toBe(true);
  });

  test('of an empty ledger is an empty ledger', async () => {
    const target = memory();
    expect(await importLedger(target, exportLedger(memory()))).toMatchObject({ seq: 0 });
    const ledger = await openLedger(target, options);
    await ledger.grades.create({ code: 'A' });
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('takes more parties than one line holds', async () => {
    const store = memory();
    const ledger = await openLedger(store, options);
    const codes = Array.from({ length: 600 }, (_, n) => `C${n}`);
    await Promise.all(codes.map((code) => ledger.parties.create({ kind: 'customer', code, name: code })));
    const lines = await linesOf(store);
    expect(lines.filter((line) => line.startsWith('{"beside"')).length).toBe(3);
    const target = memory();
    await importLedger(target, lines);
    expect((await seenIn(target)).answers).toEqual(await answersOf(ledger));
  });
});

describe('an export', () => {
  test('ends at the head it began with, whatever is written meanwhile, names included', async () => {
    const { store, ledger } = await filled();
    const { seq, head } = await ledger.head();
    const lines: string[] = [];
    for await (const line of exportLedger(store)) {
      if (lines.push(line) === 1)
        await ledger.parties.create({ kind: 'customer', code: 'LATE', name: 'Late' });
    }
    expect(await checkExport(lines)).toEqual({ seq, head });
    expect(lines.join('\n')).not.toContain('LATE');
  });

  test('holds the head as its last line, and is read without writing by checkExport', async () => {
    const { store, ledger } = await filled();
    const lines = await linesOf(store);
    const { seq, head } = await ledger.head();
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ end: seq, head });
    expect(await checkExport(lines)).toEqual({ seq, head });
  });

  test('of a journal that is not what its chain says fails, and leaves no last line', async () => {
    const { store } = await filled();
    const bent = twisted(store, {
      tail: (groups) => groups.map((group) => ({ ...group, texts: group.texts.map((text) => `${text} `) })),
    });
    const lines: string[] = [];
    const error = await caught(async () => {
      for await (const line of exportLedger(bent)) lines.push(line);
    });
    expect(error).toMatchObject({ code: 'store.corrupt', details: { at: { kind: 'entry', seq: 1 } } });
    expect(lines.some((line) => line.startsWith('{"end"'))).toBe(false);
  });

  test('leaves an open store open', async () => {
    const { store } = await filled();
    const open = await store.open(Object.values(tables), SCHEMA_VERSION);
    for await (const _ of exportLedger(open)) break;
    expect((await open.tail(0, 1)).length).toBe(1);
  });
});

/** A store that dies at its n-th commit, before or after writing it. */
const dying = (adapter: StoreAdapter, at: number, written: boolean): StoreAdapter => {
  let count = 0;
  return twisted(adapter, {
    commit: async (_, go) => {
      if (++count < at) return go();
      if (written) await go();
      throw new Error('killed');
    },
  });
};

describe('an import that is broken off', () => {
  test('at any commit leaves what no ledger opens and nobody exports, and goes on where it was', async () => {
    const { store, ledger } = await filled();
    const lines = await linesOf(store);
    const answers = await answersOf(ledger);
    // the mark, names, groups, the end; what the folding writes is the rebuild's
    for (let at = 1; at <= lines.length; at++) {
      for (const written of [false, true]) {
        const target = memory();
        await expect(importLedger(dying(target, at, written), lines)).rejects.toThrow('killed');
        const folded = (await target.open([], SCHEMA_VERSION)).sync?.get('folded', FOLDED);
        if (folded !== undefined && at < lines.length) {
          const opened = await caught(() => openLedger(target, options));
          expect(opened, `commit ${at}`).toMatchObject({ code: 'store.unfinished' });
          expect(await caught(() => linesOf(target))).toMatchObject({ code: 'store.unfinished' });
        }
        if (at === lines.length && written) {
          // the last line was written: whoever opens it folds the records
          expect(await seenIn(target)).toEqual({ ok: true, answers });
          continue;
        }
        await importLedger(target, lines);
        expect(await seenIn(target)).toEqual({ ok: true, answers });
      }
    }
  });

  test('goes on with its own lines only', async () => {
    const { store } = await filled();
    const other = await filled();
    await other.ledger.grades.create({ code: 'OTHER' });
    const [lines, others] = [await linesOf(store), await linesOf(other.store)];
    const target = memory();
    await caught(() => importLedger(target, lines.slice(0, -1)));
    expect(await caught(() => importLedger(target, others))).toMatchObject({ code: 'store.notEmpty' });
    const short = memory();
    const shorter = await openLedger(short, options);
    await shorter.close();
    expect(await caught(() => importLedger(target, exportLedger(short)))).toMatchObject({
      code: 'store.notEmpty',
    });
    expect(await caught(() => openLedger(target, options))).toMatchObject({ code: 'store.unfinished' });
  });

  test('keeps a ledger away that was opened before, until it is done', async () => {
    const { store } = await filled();
    const target = memory();
    const waiting = await openLedger(target, options);
    const lines = await linesOf(store);
    await caught(() => importLedger(target, lines.slice(0, -1)));
    const refused = await caught(() => waiting.grades.create({ code: 'X' }));
    expect(refused).toMatchObject({ code: 'store.unfinished' });
    await importLedger(target, lines);
    expect((await waiting.grades.create({ code: 'X' })).code).toBe('X');
    expect((await waiting.verify()).ok).toBe(true);
  });

  test('by a line that died is looked up: written once', async () => {
    const { store, ledger } = await filled();
    for (const written of [false, true]) {
      const target = memory();
      let count = 0;
      const torn = twisted(target, {
        commit: async (_, go) => {
          if (++count % 3 !== 0) return go();
          if (written) await go();
          return { done: false, unknown: true };
        },
      });
      await importLedger(torn, exportLedger(store));
      expect(await seenIn(target)).toEqual({ ok: true, answers: await answersOf(ledger) });
    }
    const dead = twisted(memory(), { commit: async () => ({ done: false, unknown: true }) });
    const error = await caught(() => importLedger(dead, exportLedger(store)));
    expect(error).toMatchObject({ code: 'store.unknown' });
  });
});

describe('an import', () => {
  test('goes into an empty ledger only; nothing is written into another', async () => {
    const { store } = await filled();
    const target = memory();
    const there = await openLedger(target, options);
    await there.grades.create({ code: 'MINE' });
    const before = await there.head();
    const error = await caught(() => importLedger(target, exportLedger(store)));
    expect(error).toMatchObject({ code: 'store.notEmpty' });
    expect(await there.head()).toEqual(before);
    expect((await there.parties.list()).items).toEqual([]);
    await there.grades.create({ code: 'STILL' });
  });

  test('gives way to another one that begins', async () => {
    const { store, ledger } = await filled();
    const lines = await linesOf(store);
    const target = memory();
    async function* slowly() {
      yield* lines.slice(0, 5);
      await importLedger(target, lines);
      yield* lines.slice(5);
    }
    expect(await caught(() => importLedger(target, slowly()))).toMatchObject({ code: 'store.notEmpty' });
    expect(await seenIn(target)).toEqual({ ok: true, answers: await answersOf(ledger) });
  });

  test('finishes what was imported but not folded', async () => {
    const { store } = await filled();
    const target = memory();
    await importLedger(target, exportLedger(store));
    const folded = (await target.open([], SCHEMA_VERSION)).sync?.get('folded', FOLDED);
    expect(folded).toMatchObject({ versions: ownVersions, rebuild: null });
  });
});
