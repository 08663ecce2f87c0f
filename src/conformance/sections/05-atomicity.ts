/** Section 5: a commit is all or nothing, and a reader sees one moment. */
import type { CommitOutcome } from '../../core/adapter-kit.ts';
import { equal, ok } from '../assert.ts';
import { type Cases, committed, conflicting, find, get, headOf, idsOf, type Kit, range } from '../kit.ts';
import { batch, expecting, NOTES, note, THINGS, thing } from '../tables.ts';

const cases: Cases = {
  async 'a refused commit leaves no trace: records, indexes, unique keys, journal, head'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a', { code: 'K', group: 'g', rank: 1 }), note('n', 'old')]));
    const head = await headOf(store);
    const refusedBatch = batch(
      [
        thing('b', { code: 'NEW', group: 'g' }),
        thing('a', { code: 'MOVED', group: 'h' }),
        note('n', 'new'),
        thing('z', { code: 'Z' }),
      ],
      { expects: [expecting('a', 1), expecting('z', 99)], entries: 2 },
    );
    equal(await conflicting(store, refusedBatch), ['z'], 'the conflict');
    equal(await headOf(store), head, 'the head');
    equal((await store.tail(0, 99)).length, 1, 'the journal');
    equal((await get(store, NOTES, ['n']))[0], { id: 'n', version: 1, text: 'old' }, 'a plain record');
    equal(idsOf(await get(store, THINGS, ['a', 'b', 'z'])), ['a', '(none)', '(none)'], 'records');
    equal(idsOf(await range(store, THINGS, 'group', {})), ['a'], 'the index');
    equal((await find(store, THINGS, { order: 'code', limit: 9, total: true })).total, 1, 'the total');
    await committed(store, batch([thing('c', { code: 'NEW' }), thing('d', { code: 'MOVED' })]));
    equal(await conflicting(store, batch([thing('e', { code: 'K' })])), ['a'], 'the kept unique key');
  },

  async 'a refused commit can be decided again with the same records'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a')], { entries: 3 }));
    const puts = [thing('b', { madeSeq: 2 ** 52 + 1 }, 1)];
    await conflicting(store, batch(puts, { expects: [expecting('a', 77)], entries: 2 }));
    await committed(store, batch([note('n', 'between')], { entries: 4 }));
    await committed(store, batch(puts, { expects: [expecting('a', 1)], entries: 2 }));
    const [b] = (await get(store, THINGS, ['b'])) as ({ version: number; madeSeq: number } | undefined)[];
    equal([b?.version, b?.madeSeq], [9, 9], 'the numbers of the second attempt');
  },

  async 'a refused delete deletes nothing'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a'), note('n', 'x')]));
    const deletes = [
      { collection: NOTES, id: 'n' },
      { collection: THINGS, id: 'a' },
    ];
    await conflicting(store, batch([], { deletes, expects: [expecting('a', 5)] }));
    equal(idsOf(await get(store, THINGS, ['a'])), ['a'], 'the record');
    equal(idsOf(await get(store, NOTES, ['n'])), ['n'], 'the other');
  },

  async 'a commit to an unknown collection is refused whole'(it) {
    const store = await it.open();
    const odd = { collection: 'nowhere', record: { id: 'x', version: 2 ** 52 } };
    const outcome = await store.commit(batch([note('n', 'x'), odd])).catch(() => undefined);
    ok(outcome === undefined || !outcome.done, 'the commit is not done');
    equal(await get(store, NOTES, ['n']), [undefined], 'nothing was written');
    equal((await headOf(store)).seq, 0, 'the head');
  },

  async 'a reader sees one moment, whatever is committed meanwhile'(it) {
    const store = await it.open();
    await committed(
      store,
      batch([thing('a', { group: 'old' }), thing('b', { group: 'old' }), note('n', '1')]),
    );
    let written: Promise<CommitOutcome> | undefined;
    await store.read(async (snapshot) => {
      equal(snapshot.head.seq, 1, 'the head at first');
      equal((await snapshot.range(THINGS, 'group', { prefix: ['old'] })).length, 2, 'at first');
      const later = batch([thing('a', { group: 'new' }), thing('c', { group: 'old' }), note('n', '2')], {
        deletes: [{ collection: THINGS, id: 'b' }],
      });
      // a store may let the writer wait for the reader, so the reader must not wait for the writer
      const writing = store.commit(later);
      await Promise.race([writing, new Promise((resolve) => setTimeout(resolve, 20))]);
      equal(snapshot.head.seq, 1, 'the head later');
      const [a, b, c] = (await snapshot.get(THINGS, ['a', 'b', 'c'])) as ({ group: string } | undefined)[];
      equal([a?.group, b?.group, c], ['old', 'old', undefined], 'the records later');
      equal(idsOf(await snapshot.range(THINGS, 'group', { prefix: ['old'] })), ['a', 'b'], 'the range later');
      equal(await snapshot.count(THINGS), 2, 'the count later');
      equal(await snapshot.get(NOTES, ['n']), [{ id: 'n', version: 1, text: '1' }], 'the other collection');
      equal((await snapshot.lookup(THINGS, 'code', ['code-c']))?.id, undefined, 'a key taken later');
      const page = await snapshot.find(THINGS, { order: 'code', limit: 9, total: true });
      equal([idsOf(page.records), page.total], [['a', 'b'], 2], 'the page later');
      written = writing;
    });
    ok((await written)?.done, 'the writer got through');
    equal(idsOf(await range(store, THINGS, 'group', { prefix: ['old'] })), ['c'], 'after reading');
  },

  async 'what is kept besides the records agrees with them, where there is such'(it) {
    const store = await it.open();
    for (let i = 0; i < 12; i++) {
      const fields = { rank: i, group: i % 3 === 0 ? null : 'g'.repeat(i * 60) };
      const deletes = i % 5 === 4 ? [{ collection: THINGS, id: `t${(i + 1) % 4}` }] : [];
      await committed(store, batch([thing(`t${i % 4}`, fields), note('n', String(i))], { deletes }));
      equal(await store.check?.(), undefined, `what differs after commit ${i}`);
    }
  },

  async 'what a reader throws comes out, and the store goes on'(it) {
    const store = await it.open();
    const failure = new Error('mine');
    const thrown = await store
      .read(async () => {
        throw failure;
      })
      .catch((error: unknown) => error);
    ok(thrown === failure, 'the very error');
    await committed(store, batch([note('n', 'x')]));
  },
};

export const atomicity = (kit: Kit): void => kit.cases(5, 'atomicity', cases);
