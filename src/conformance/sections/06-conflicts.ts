/** Section 6: expected versions are held against what is there, and the conflict names what differs. */
import { equal } from '../assert.ts';
import { type Cases, committed, conflicting, get, headOf, type Kit } from '../kit.ts';
import { batch, expecting, NOTES, note, THINGS, thing } from '../tables.ts';

const cases: Cases = {
  async 'an expected absence: version 0'(it) {
    const store = await it.open();
    const first = () => batch([note('n', 'x')], { expects: [expecting('n', 0, NOTES)] });
    await committed(store, first());
    equal(await conflicting(store, first()), ['n'], 'it is there now');
  },

  async 'an expected version, newer and older'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a')]));
    await committed(store, batch([thing('a', { rank: 1 })], { expects: [expecting('a', 1)] }));
    for (const version of [0, 1, 3]) {
      const late = batch([thing('a', { rank: 9 })], { expects: [expecting('a', version)] });
      equal(await conflicting(store, late), ['a'], `version ${version} against 2`);
    }
    await committed(store, batch([thing('a')], { expects: [expecting('a', 2)] }));
  },

  async 'names every record that differs, and only those'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a'), thing('b'), thing('c', { code: 'K' }), note('n', 'x')]));
    const late = batch([thing('d', { code: 'K' })], {
      expects: [expecting('a', 1), expecting('b', 0), expecting('gone', 4), expecting('n', 1, NOTES)],
    });
    const named = await conflicting(store, late);
    equal(
      named.filter((id) => !['b', 'c', 'gone'].includes(id)),
      [],
      'nothing that is as expected is named',
    );
    equal(named.includes('b') && named.includes('gone'), true, 'what differs is named');
  },

  async 'expectations hold for records the commit does not write'(it) {
    const store = await it.open();
    await committed(store, batch([thing('read')]));
    await committed(store, batch([thing('read', { rank: 2 })]));
    const late = batch([thing('written')], { expects: [expecting('read', 1)] });
    equal(await conflicting(store, late), ['read'], 'the record read');
  },

  async 'a version is never used again, not even after a delete'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a')]));
    await committed(store, batch([], { deletes: [{ collection: THINGS, id: 'a' }] }));
    equal(await conflicting(store, batch([], { expects: [expecting('a', 1)] })), ['a'], 'it is gone');
    await committed(store, batch([thing('a')], { expects: [expecting('a', 0)] }));
    equal((await get(store, THINGS, ['a']))[0]?.version, 3, 'the new version');
    equal(await conflicting(store, batch([], { expects: [expecting('a', 1)] })), ['a'], 'another record');
  },

  async 'a conflict uses up no number'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a')]));
    for (let i = 0; i < 5; i++) await conflicting(store, batch([], { expects: [expecting('a', 0)] }));
    equal((await committed(store, batch([thing('b')]))).firstSeq, 2, 'the next number');
    equal((await headOf(store)).seq, 2, 'the head');
  },

  async 'commits without entries are held to expectations too'(it) {
    const store = await it.open();
    const side = () => batch([note('n', 'x')], { expects: [expecting('n', 0, NOTES)], entries: 0 });
    await committed(store, side());
    equal(await conflicting(store, side()), ['n'], 'the second');
  },
};

export const conflicts = (kit: Kit): void => kit.cases(6, 'conflicts', cases);
