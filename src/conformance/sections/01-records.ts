/** Section 1: records are kept as given, found by id and by every index, and counted. */
import { type Put, type StoredRecord, textsDigest } from '../../core/adapter-kit.ts';
import { equal, ok } from '../assert.ts';
import { type Cases, committed, get, headOf, idsOf, type Kit, range } from '../kit.ts';
import { batch, expecting, KIT_SCHEMA, kitTables, NOTES, note, THINGS, thing } from '../tables.ts';

const odd = {
  text: 'line\nbreak "quoted" \\ \u2028 \u0000 é e\u0301 ß 漢字 😀',
  empty: '',
  zero: 0,
  fraction: 0.1,
  large: Number.MAX_SAFE_INTEGER,
  negative: -12.5,
  yes: true,
  nothing: null,
  list: [1, 'two', null, [3]],
  nested: { a: { b: { c: ['deep'] } }, 'odd name': 1 },
};

const cases: Cases = {
  async 'begins empty, at sequence 0'(it) {
    const store = await it.open();
    const head = await headOf(store);
    equal(head, { seq: 0, link: '0'.repeat(64) }, 'the head of an empty store');
    equal(await get(store, THINGS, ['a', 'b']), [undefined, undefined], 'records of an empty store');
    equal(await store.tail(0, 10), [], 'the journal of an empty store');
    equal(await store.read((snapshot) => snapshot.count(THINGS)), 0, 'the count of an empty collection');
  },

  async 'gives a record back as it was put, every kind of value'(it) {
    const store = await it.open();
    const { record } = note('odd', '');
    await committed(store, batch([{ collection: NOTES, record: { ...record, ...odd } as StoredRecord }]));
    equal(await get(store, NOTES, ['odd']), [{ id: 'odd', version: 1, ...odd }], 'the record');
  },

  async 'answers ids in the order asked, undefined where there is none, twice where asked twice'(it) {
    const store = await it.open();
    await committed(store, batch([note('a', '1'), note('b', '2')]));
    const found = await get(store, NOTES, ['b', 'x', 'a', 'b', '__proto__', 'constructor']);
    equal(idsOf(found), ['b', '(none)', 'a', 'b', '(none)', '(none)'], 'the ids found');
  },

  async 'keeps ids apart that differ only a little'(it) {
    const store = await it.open();
    const ids = ['a', 'A', ' a', 'a ', 'e\u0301', 'é', '1', '01', 'a\u001fb', '__proto__', '😀', '\uffff'];
    await committed(store, batch(ids.map((id, i) => note(id, String(i)))));
    const found = (await get(store, NOTES, ids)) as (StoredRecord & { text: string })[];
    equal(
      found.map((record) => record?.text),
      ids.map((_, i) => String(i)),
      'the records by their ids',
    );
  },

  async 'gives sequence numbers and resolves versions and declared fields'(it) {
    const store = await it.open();
    const first = await committed(store, batch([thing('a', { madeSeq: 2 ** 52 })], { entries: 2 }));
    equal([first.firstSeq, first.head.seq], [1, 2], 'the first commit');
    const puts = [thing('b', { madeSeq: 2 ** 52 + 2, rank: 2 ** 40 }, 2), thing('c', { madeSeq: 1 }, 1)];
    const second = await committed(store, batch(puts, { entries: 3 }));
    equal([second.firstSeq, second.head.seq], [3, 5], 'the second commit');
    const [a, b, c] = (await get(store, THINGS, ['a', 'b', 'c'])) as (StoredRecord & {
      madeSeq: number;
      rank: number;
    })[];
    equal([a?.version, a?.madeSeq], [1, 1], 'the first record');
    equal([b?.version, b?.madeSeq, b?.rank], [5, 5, 2 ** 40], 'the second record');
    equal([c?.version, c?.madeSeq], [4, 1], 'a number that was real already stays');
    equal(idsOf(await range(store, THINGS, 'madeSeq', {})), ['a', 'c', 'b'], 'the order of resolved fields');
  },

  async 'a version that is real already stays, and can be expected: records are built anew under it'(it) {
    const store = await it.open();
    await committed(store, batch([], { entries: 4 }));
    const at = (version: number, text: string): Put => ({
      ...note('made', text),
      record: { id: 'made', version, text } as StoredRecord,
    });
    await committed(store, batch([at(2, 'first')], { entries: 0 }));
    equal((await get(store, NOTES, ['made']))[0]?.version, 2, 'a version behind the head');
    const expects = [expecting('made', 2, NOTES)];
    await committed(store, batch([at(9, 'second')], { entries: 0, expects }));
    equal((await get(store, NOTES, ['made']))[0]?.version, 9, 'a version beyond the head');
    const stale = await store.commit(batch([at(10, 'third')], { entries: 0, expects }));
    equal(stale.done, false, 'a commit that expected the version before');
  },

  async 'commits without entries leave the journal and number records after it'(it) {
    const store = await it.open();
    await committed(store, batch([], { entries: 4 }));
    const before = await headOf(store);
    const outcome = await committed(store, batch([note('side', 'x')], { entries: 0 }));
    equal(outcome.head, before, 'the head after a commit without entries');
    equal(await headOf(store), before, 'the stored head');
    equal((await get(store, NOTES, ['side']))[0]?.version, 5, 'the version: head and one');
    equal((await store.tail(0, 9)).length, 1, 'the number of journal groups');
  },

  async 'puts replace whole records and deletes remove them'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a', { group: 'g', rank: 1 }), thing('b'), note('n', 'x')]));
    await committed(store, batch([thing('a', { rank: 2 })], { deletes: [{ collection: THINGS, id: 'b' }] }));
    const [a, b] = (await get(store, THINGS, ['a', 'b'])) as ({ group: string | null } | undefined)[];
    equal([a?.group, b], [null, undefined], 'the replaced and the removed record');
    equal(idsOf(await range(store, THINGS, 'group', {})), ['a'], 'the index');
    equal(await store.read((snapshot) => snapshot.count(THINGS)), 1, 'the count');
    await committed(store, batch([], { deletes: [{ collection: THINGS, id: 'never there' }] }));
    equal((await get(store, NOTES, ['n']))[0]?.version, 1, 'a record nobody touched');
  },

  async 'links the chain over the exact texts'(it) {
    const store = await it.open();
    const texts = ['{"a":"é \\u0000 😀"}', '{"b":"\u2028"}'];
    const outcome = await committed(store, batch([], { entries: texts }));
    const [group] = await store.tail(0, 10);
    equal(group?.texts, texts, 'the texts');
    equal(group?.digest, textsDigest(texts), 'the digest');
    equal(group?.link, outcome.head.link, 'the link');
    ok(/^[0-9a-f]{64}$/.test(outcome.head.link), 'the link is 64 hexadecimal digits');
  },

  async 'follows a record through every change of its keys'(it) {
    const store = await it.open();
    const states: [string | null, number | null][] = [
      ['g', 5],
      ['g', null],
      [null, 1],
      ['h', 1],
      ['g', 5],
    ];
    await committed(store, batch([thing('fix', { group: 'g', rank: 3 })]));
    for (const [group, rank] of states) {
      await committed(store, batch([thing('moves', { group, rank })]));
      const inGroup = await range(store, THINGS, 'group', { prefix: [group] });
      const expected = group === 'g' ? (rank === 5 || rank === null ? ['fix', 'moves'] : []) : ['moves'];
      equal(idsOf(inGroup), expected, `group ${group} after rank ${rank}`);
      const ranked = idsOf(await range(store, THINGS, 'ranked', {}));
      equal(ranked.includes('moves'), rank !== null, `the partial index after rank ${rank}`);
    }
  },

  async 'holds many records in one commit'(it) {
    const store = await it.open(kitTables, KIT_SCHEMA);
    const puts: Put[] = [];
    for (let i = 0; i < 3000; i++) puts.push(thing(`t${i}`, { rank: (i * 7919) % 3000 }, i));
    await committed(store, batch(puts, { entries: 3000 }));
    const ranks = ((await range(store, THINGS, 'rank', {})) as (StoredRecord & { rank: number })[]).map(
      (record) => record.rank,
    );
    equal(
      ranks,
      Array.from({ length: 3000 }, (_, i) => i),
      'the ranks in order',
    );
  },
};

export const records = (kit: Kit): void => kit.cases(1, 'records and indexes', cases);
