/** Section 2: unique indexes are the store's to keep, and guards stop phantoms. */
import { equal } from '../assert.ts';
import { type Cases, committed, conflicting, get, type Kit } from '../kit.ts';
import { batch, expecting, NOTES, note, THINGS, thing } from '../tables.ts';

const cases: Cases = {
  async 'finds the holder of a unique key'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a', { code: 'K', group: 'g', serial: 's' })]));
    const holders = await store.read(async (snapshot) => [
      await snapshot.lookup(THINGS, 'code', ['K']),
      await snapshot.lookup(THINGS, 'code', ['k']),
      await snapshot.lookup(THINGS, 'serial', ['g', 's']),
      await snapshot.lookup(THINGS, 'serial', ['g', null]),
      await snapshot.lookup(THINGS, 'serial', ['gs', '']),
    ]);
    equal(
      holders.map((one) => one?.id),
      ['a', undefined, 'a', undefined, undefined],
      'the holders',
    );
  },

  async 'refuses a second holder and names the first'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a', { code: 'K' })]));
    equal(await conflicting(store, batch([thing('b', { code: 'K' }), note('n', 'x')])), ['a'], 'the holder');
    equal(await get(store, THINGS, ['b']), [undefined], 'the refused record');
    equal(await get(store, NOTES, ['n']), [undefined], 'what came with it');
  },

  async 'refuses two holders within one commit'(it) {
    const store = await it.open();
    const ids = await conflicting(store, batch([thing('a', { code: 'K' }), thing('b', { code: 'K' })]));
    equal(
      ids.filter((id) => id !== 'a' && id !== 'b'),
      [],
      'only the two can be named',
    );
    equal(await get(store, THINGS, ['a', 'b']), [undefined, undefined], 'neither was written');
  },

  async 'exempts a record with a null part'(it) {
    const store = await it.open();
    const puts = ['a', 'b', 'c'].map((id) => thing(id, { group: 'g', serial: null }));
    await committed(store, batch([...puts, thing('d', { serial: 's' }), thing('e', { serial: 's' })]));
    await committed(store, batch([thing('a', { group: 'g', serial: 's' })]));
    equal(
      await conflicting(store, batch([thing('b', { group: 'g', serial: 's' })])),
      ['a'],
      'once it is set',
    );
  },

  async 'frees a key by changing it, by deleting its record, and in the same commit'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a', { code: 'K' }), thing('b', { code: 'L' })]));
    await committed(store, batch([thing('a', { code: 'M' }), thing('c', { code: 'K' })]));
    await committed(
      store,
      batch([thing('d', { code: 'K' })], { deletes: [{ collection: THINGS, id: 'c' }] }),
    );
    await committed(store, batch([thing('a', { code: 'L' }), thing('b', { code: 'M' })]));
    const holders = await store.read(async (snapshot) => {
      const found = [];
      for (const code of ['K', 'L', 'M']) found.push(await snapshot.lookup(THINGS, 'code', [code]));
      return found;
    });
    equal(
      holders.map((one) => one?.id),
      ['d', 'a', 'b'],
      'K, L and M after swaps',
    );
  },

  async 'keeps joined keys apart'(it) {
    const store = await it.open();
    await committed(
      store,
      batch([
        thing('a', { group: 'x', serial: 'yz' }),
        thing('b', { group: 'xy', serial: 'z' }),
        thing('c', { group: 'x\u0000y', serial: 'z' }),
        thing('d', { group: 'x', serial: '\u0000yz' }),
        thing('e', { group: '1:x', serial: '2:yz' }),
      ]),
    );
    equal(await conflicting(store, batch([thing('f', { group: 'xy', serial: 'z' })])), ['b'], 'the holder');
  },

  async 'a put of the same record under its own key is no conflict'(it) {
    const store = await it.open();
    await committed(store, batch([thing('a', { code: 'K', rank: 1 })]));
    await committed(store, batch([thing('a', { code: 'K', rank: 2 })], { expects: [expecting('a', 1)] }));
  },

  async 'a guard bumped by every writer of a range stops a phantom'(it) {
    const store = await it.open();
    const guarded = (id: string, version: number) =>
      batch([thing(id, { group: 'g' }), note('guard:g', id)], {
        expects: [expecting('guard:g', version, NOTES)],
      });
    await committed(store, guarded('a', 0));
    equal(await conflicting(store, guarded('b', 0)), ['guard:g'], 'a writer that did not see a');
    await committed(store, guarded('b', 1));
    equal(await conflicting(store, guarded('c', 1)), ['guard:g'], 'a writer that did not see b');
  },
};

export const unique = (kit: Kit): void => kit.cases(2, 'unique keys and guards', cases);
