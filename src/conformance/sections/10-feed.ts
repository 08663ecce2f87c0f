/** Section 10: the journal as a feed: every entry once, in order, whole groups, and hints that more is there. */
import {
  chainLink,
  GENESIS,
  type Head,
  type JournalGroup,
  type Store,
  textsDigest,
} from '../../core/adapter-kit.ts';
import { equal, eventually, ok } from '../assert.ts';
import { type Cases, committed, headOf, type Kit } from '../kit.ts';
import { batch, note } from '../tables.ts';

const firsts = (groups: readonly JournalGroup[]): number[] => groups.map((group) => group.firstSeq);

/** Reads on from a position until the end, so many groups at a time. */
async function follow(store: Store, after: number, limit: number): Promise<string[]> {
  const texts: string[] = [];
  for (let at = after; ; ) {
    const groups = await store.tail(at, limit);
    if (groups.length === 0) return texts;
    for (const group of groups) {
      texts.push(...group.texts.slice(Math.max(0, at - group.firstSeq + 1)));
      at = group.firstSeq + group.texts.length - 1;
    }
  }
}

const cases: Cases = {
  async 'answers the groups after a number, whole, oldest first'(it) {
    const store = await it.open();
    for (const entries of [1, 3, 2]) await committed(store, batch([], { entries }));
    equal(firsts(await store.tail(0, 10)), [1, 2, 5], 'from the start');
    equal(firsts(await store.tail(1, 10)), [2, 5], 'after the first group');
    equal(firsts(await store.tail(2, 10)), [2, 5], 'in the middle of a group: the group again');
    equal(firsts(await store.tail(4, 10)), [5], 'at the end of a group');
    equal(firsts(await store.tail(6, 10)), [], 'at the end');
    equal(firsts(await store.tail(99, 10)), [], 'beyond the end');
    equal(firsts(await store.tail(0, 2)), [1, 2], 'a limit');
    equal(firsts(await store.tail(0, 0)), [], 'a limit of none');
    equal((await store.tail(2, 1))[0]?.texts.length, 3, 'a whole group');
  },

  async 'each group proves itself: digest and link'(it) {
    const store = await it.open();
    for (let i = 1; i < 8; i++) await committed(store, batch([note('n', String(i))], { entries: i % 4 }));
    let link = GENESIS;
    let seq = 0;
    for (const group of await store.tail(0, 100)) {
      equal(group.firstSeq, seq + 1, 'no gap');
      equal(group.digest, textsDigest(group.texts), 'the digest');
      link = chainLink(link, group.digest);
      equal(group.link, link, 'the link');
      seq += group.texts.length;
    }
    equal(await headOf(store), { seq, link }, 'the head');
  },

  async 'a reader who follows while others write misses nothing and hears nothing twice'(it, kit) {
    const writer = await it.open();
    const other = await it.open();
    const reader = await it.open();
    const heard: string[] = [];
    let writing = true;
    const reading = (async () => {
      let at = 0;
      while (writing || at < (await headOf(writer)).seq) {
        await reader.refresh?.();
        for (const group of await reader.tail(at, 3)) {
          equal(group.firstSeq, at + 1, 'the next group');
          heard.push(...group.texts);
          at += group.texts.length;
        }
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    })();
    for (let i = 0; i < kit.rounds; i += 2) {
      const write = (store: Store, n: number) =>
        committed(store, batch([note(`n${n}`, 'x')], { entries: [`{"n":${n}}`, `{"n":"${n}b"}`] }));
      await Promise.all([write(writer, i), write(other, i + 1)]);
    }
    writing = false;
    await writer.refresh?.();
    await reading;
    const whole = await follow(writer, 0, 7);
    equal(heard, whole, 'what was heard');
    equal(new Set(heard).size, 2 * 2 * Math.ceil(kit.rounds / 2), 'every entry once');
    equal(await follow(writer, 5, 2), whole.slice(5), 'from the middle');
  },

  async 'hints at commits of its own handle, after they can be read, until it is told to stop'(it, kit) {
    const store = await it.open();
    const heads: Head[] = [];
    let late = false;
    const stop = store.watch((head) => {
      heads.push(head);
      if (store.sync !== undefined && store.sync.head.seq < head.seq) late = true;
    });
    const { head } = await committed(store, batch([note('a', 'x')]));
    await eventually(() => heads.some((one) => one.seq >= head.seq), kit.patience, 'a hint');
    equal(late, false, 'what is hinted at can be read');
    stop();
    const heard = heads.length;
    await committed(store, batch([note('b', 'x')]));
    await new Promise((resolve) => setTimeout(resolve, 30));
    equal(heads.length, heard, 'after stopping');
  },

  async 'hints at commits of other handles, where others may write'(it, kit) {
    const store = await it.open();
    if (store.capabilities.writers === 'one') return;
    const other = await it.open();
    let seen = 0;
    store.watch((head) => {
      seen = Math.max(seen, head.seq);
    });
    const { head } = await committed(other, batch([note('a', 'x')]));
    await eventually(() => seen >= head.seq, kit.patience, 'a hint from the other handle');
    await store.refresh?.();
    equal(await headOf(store), head, 'the head seen');
  },

  async 'a listener that fails or commits again disturbs nobody'(it, kit) {
    const store = await it.open();
    let heard = 0;
    let again: Promise<unknown> | undefined;
    store.watch(() => {
      again ??= store.commit(batch([note('again', 'x')]));
    });
    store.watch(() => {
      heard++;
    });
    await committed(store, batch([note('a', 'x')]));
    await eventually(() => heard > 0 && again !== undefined, kit.patience, 'both listeners');
    await again;
    ok((await headOf(store)).seq === 2, 'the second commit');
  },
};

export const feed = (kit: Kit): void => kit.cases(10, 'feed without gaps', cases);
