/** Section 11: a new program finds what the last one was told was done. */
import { SCHEMA_VERSION, type Store, type StoredRecord, tables } from '../../core/adapter-kit.ts';
import { equal } from '../assert.ts';
import { type Cases, committed, conflicting, find, get, headOf, type Kit } from '../kit.ts';
import { Random } from '../random.ts';
import { answer } from '../reference.ts';
import { sample } from '../samples.ts';
import { batch, expecting, kitTables, NOTES, note, THINGS, thing } from '../tables.ts';

/** Everything a store holds, as plain data. */
export async function contents(store: Store): Promise<unknown> {
  await store.refresh?.();
  const things = await find(store, THINGS, { order: 'code', limit: 1e6, total: true });
  const notes = await get(store, NOTES, ['n', 'm', 'guard']);
  return { head: await headOf(store), things, notes, journal: await store.tail(0, 1e6) };
}

const cases: Cases = {
  async 'finds records, indexes, unique keys, journal and head as they were'(it) {
    const store = await it.open();
    for (let i = 0; i < 30; i++) {
      const puts = [thing(`t${i % 11}`, { rank: i, group: i % 3 === 0 ? null : 'g' }), note('n', String(i))];
      const deletes = i % 7 === 6 ? [{ collection: THINGS, id: `t${(i + 3) % 11}` }] : [];
      await committed(store, batch(puts, { deletes, entries: i % 3 }));
    }
    const before = await contents(store);
    await store.close();
    const next = await it.reopen();
    equal(await contents(next), before, 'everything');
    const { records } = await find(next, THINGS, { order: 'code', limit: 1 });
    const holder = records[0] as StoredRecord & { code: string };
    equal(await conflicting(next, batch([thing('x', { code: holder.code })])), [holder.id], 'the key');
    await conflicting(next, batch([], { expects: [expecting(holder.id, 0)] }));
    await committed(next, batch([thing('x')], { expects: [expecting(holder.id, holder.version)] }));
  },

  async 'finds what was acknowledged even when nobody closed the handle'(it) {
    const store = await it.open();
    for (let i = 0; i < 5; i++) await committed(store, batch([note('n', String(i)), thing(`t${i}`)]));
    const before = await contents(store);
    equal(await contents(await it.reopen()), before, 'everything');
  },

  async 'opens an empty store again'(it) {
    await (await it.open()).close();
    equal((await headOf(await it.reopen())).seq, 0, 'the head');
  },

  async 'goes on over several programs'(it) {
    await (await it.open()).close();
    for (let round = 1; round <= 4; round++) {
      const store = await it.reopen();
      equal((await headOf(store)).seq, round - 1, `the head in round ${round}`);
      const { firstSeq } = await committed(store, batch([note('n', String(round))]));
      equal(firstSeq, round, `the number of round ${round}`);
      await store.close();
    }
  },

  async 'answers questions after reopening as before'(it, kit) {
    const random = new Random(kit.seed);
    const all = Object.values(tables);
    const store = await it.open(all, SCHEMA_VERSION);
    const rows = Array.from({ length: 80 }, (_, i) => sample('lots', random, `lot${i}`));
    const copies = rows.map((row) => ({ ...row, version: 1 }));
    await committed(store, batch(rows.map((record) => ({ collection: 'lots', record }))));
    await store.close();
    const next = await it.reopen(all, SCHEMA_VERSION);
    for (const order of Object.keys(tables.lots.indexes ?? {})) {
      const question = { order, reverse: random.oneIn(2), limit: 30, total: true };
      equal(await find(next, 'lots', question), answer(tables.lots, copies, question), order);
    }
  },

  async 'opens with a collection that is new'(it) {
    const store = await it.open([kitTables[1] as (typeof kitTables)[number]]);
    await committed(store, batch([note('n', 'x')]));
    await store.close();
    const next = await it.reopen();
    await committed(next, batch([thing('a')]));
    equal((await get(next, NOTES, ['n']))[0]?.version, 1, 'the old record');
  },
};

export const reopening = (kit: Kit): void =>
  kit.cases(11, `reopening (seed ${kit.seed})`, cases, kit.missing('reopen'));
