/** Section 7: two handles on one store: whoever comes second is told, and nobody else waits or loses. */
import { type CommitOutcome, chainLink, GENESIS, type Store } from '../../core/adapter-kit.ts';
import { equal, ok } from '../assert.ts';
import { type Cases, committed, get, type Kit } from '../kit.ts';
import { Random } from '../random.ts';
import { batch, expecting, NOTES, note, THINGS, thing } from '../tables.ts';

const conflictIds = (outcome: CommitOutcome): string[] =>
  !outcome.done && 'conflict' in outcome ? outcome.conflict.map((ref) => ref.id) : [];

/** Reads a number kept in a note. */
async function value(store: Store, id: string): Promise<{ version: number; count: number }> {
  await store.refresh?.();
  const [record] = (await get(store, NOTES, [id])) as ({ version: number; text: string } | undefined)[];
  return { version: record?.version ?? 0, count: Number(record?.text ?? 0) };
}

const cases: Cases = {
  async 'two write what both expected unchanged: one wins, the other hears which record'(it, kit) {
    const [a, b] = [await it.open(), await it.open()];
    let version = 0;
    for (let round = 0; round < kit.rounds; round++) {
      const write = (store: Store, who: string) =>
        store.commit(batch([note('last unit', who)], { expects: [expecting('last unit', version, NOTES)] }));
      const pair = round % 2 === 0 ? [write(a, 'a'), write(b, 'b')] : [write(b, 'b'), write(a, 'a')];
      const outcomes = await Promise.all(pair);
      const won = outcomes.filter((outcome) => outcome.done);
      equal(won.length, 1, `winners of round ${round}`);
      const lost = outcomes.find((outcome) => !outcome.done) as CommitOutcome;
      equal(conflictIds(lost), ['last unit'], `what the loser of round ${round} hears`);
      version = (won[0] as CommitOutcome & { done: true }).firstSeq;
      equal((await value(a, 'last unit')).version, version, 'the first handle sees the winner');
      equal((await value(b, 'last unit')).version, version, 'the second handle sees the winner');
    }
  },

  async 'two take one unique key: one wins'(it, kit) {
    const [a, b] = [await it.open(), await it.open()];
    for (let round = 0; round < Math.ceil(kit.rounds / 3); round++) {
      const take = (store: Store, who: string) =>
        store.commit(batch([thing(`${who}${round}`, { code: `K${round}` })]));
      const outcomes = await Promise.all([take(a, 'a'), take(b, 'b')]);
      equal(outcomes.filter((outcome) => outcome.done).length, 1, `winners of round ${round}`);
    }
    equal(await a.read((snapshot) => snapshot.count(THINGS)), Math.ceil(kit.rounds / 3), 'holders');
  },

  async 'writers of different records all get through, with numbers of their own'(it, kit) {
    const [a, b] = [await it.open(), await it.open()];
    const random = new Random(kit.seed);
    const writes = Array.from({ length: kit.rounds }, (_, i) => ({
      store: random.oneIn(2) ? a : b,
      id: `n${i}`,
      entries: 1 + random.below(3),
    }));
    const outcomes = await Promise.all(
      writes.map(({ store, id, entries }) =>
        store.commit(batch([note(id, id)], { entries, expects: [expecting(id, 0, NOTES)] })),
      ),
    );
    const taken = outcomes.flatMap((outcome, i) => {
      ok(outcome.done, `write ${i} got through: ${JSON.stringify(outcome)}`);
      return Array.from({ length: writes[i]?.entries ?? 0 }, (_, n) => outcome.firstSeq + n);
    });
    equal(
      taken.sort((x, y) => x - y),
      taken.map((_, i) => i + 1),
      'the numbers, without gap or double',
    );
  },

  async 'counting up from both sides loses no step'(it, kit) {
    const stores = [await it.open(), await it.open()];
    const steps = Math.ceil(kit.rounds / 3);
    const count = async (store: Store) => {
      for (let done = 0; done < steps; ) {
        const { version, count: now } = await value(store, 'counter');
        const outcome = await store.commit(
          batch([note('counter', String(now + 1))], { expects: [expecting('counter', version, NOTES)] }),
        );
        if (outcome.done) done++;
      }
    };
    await Promise.all(stores.map(count));
    equal((await value(stores[0] as Store, 'counter')).count, 2 * steps, 'the count');
  },

  async 'the chain of both writers is one chain'(it) {
    const [a, b] = [await it.open(), await it.open()];
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? a : b).commit(batch([note(`n${i}`, 'x')]))),
    );
    await committed(a, batch([]));
    await b.refresh?.();
    for (const store of [a, b]) {
      let link = GENESIS;
      let seq = 1;
      for (const group of await store.tail(0, 1000)) {
        equal(group.firstSeq, seq, 'the next number');
        link = chainLink(link, group.digest);
        equal(group.link, link, `the link of group ${group.firstSeq}`);
        seq += group.texts.length;
      }
      equal(seq - 1, 21, 'all groups');
    }
  },
};

export const races = (kit: Kit): void => kit.cases(7, `races (seed ${kit.seed})`, cases);
