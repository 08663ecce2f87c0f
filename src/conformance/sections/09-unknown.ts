/**
 * Section 9: the answer to a commit gets lost. The store says that it does not know, and repeating the same
 * expectations settles it: never lost, never doubled, memory equal to what is stored.
 */
import type { CommitOutcome, Store } from '../../core/adapter-kit.ts';
import { isLedgerError } from '../../core/adapter-kit.ts';
import { equal, ok, refused } from '../assert.ts';
import { committed, get, headOf, type Kit } from '../kit.ts';
import { batch, expecting, NOTES, note } from '../tables.ts';

type Answer = 'done' | 'conflict' | 'unknown' | 'unavailable';

/** What came of a commit; an error other than `unavailable` is a failure. */
async function answerOf(commit: Promise<CommitOutcome>): Promise<Answer> {
  try {
    const outcome = await commit;
    if (outcome.done) return 'done';
    return 'conflict' in outcome ? 'conflict' : 'unknown';
  } catch (error) {
    ok(
      isLedgerError(error) && error.kind === 'unavailable',
      `unavailable was expected, got ${String(error)}`,
    );
    return error.code === 'store.unknown' ? 'unknown' : 'unavailable';
  }
}

/** The same intention again, as an engine does after reading the receipt. */
async function settle(store: Store): Promise<void> {
  const once = batch([note('receipt', 'x')], { expects: [expecting('receipt', 0, NOTES)] });
  await store.refresh?.();
  const [receipt] = await get(store, NOTES, ['receipt']);
  const answer = await answerOf(store.commit(once));
  equal(answer, receipt === undefined ? 'done' : 'conflict', 'the second attempt');
  equal((await headOf(store)).seq, 2, 'written exactly once');
  equal((await store.tail(0, 99)).length, 2, 'two groups in the journal');
}

export function unknown(kit: Kit): void {
  const noLine = kit.missing('loseAnswer');

  kit.section(9, 'unknown outcomes', () => {
    for (const when of ['before', 'after'] as const) {
      kit.itUnless(noLine, `the line dies ${when} the store has written`, async (it) => {
        const store = await it.open();
        await committed(store, batch([note('n', 'x')]));
        await kit.harness.loseAnswer?.(store, when);
        const lost = batch([note('receipt', 'x')], { expects: [expecting('receipt', 0, NOTES)] });
        const answer = await answerOf(store.commit(lost));
        const written = (await value(store)) !== undefined;
        // a store may find out by itself; what it says must then be true
        if (answer === 'done') equal(written, true, 'it said done');
        if (answer === 'unavailable' || answer === 'conflict') equal(written, false, `it said ${answer}`);
        equal(written, when === 'after', 'whether it was written');
        await settle(store);
      });
    }

    kit.itUnless(
      kit.missing('dropConnection'),
      'a dropped connection loses and doubles nothing',
      async (it) => {
        const store = await it.open();
        await committed(store, batch([note('n', 'x')]));
        await kit.harness.dropConnection?.(store);
        const once = batch([note('receipt', 'x')], { expects: [expecting('receipt', 0, NOTES)] });
        const answer = await answerOf(store.commit(once));
        equal((await value(store)) !== undefined, answer === 'done', `it said ${answer}`);
        await settle(store);
      },
    );

    kit.it('a closed handle says so, and closing twice is no fault', async (it) => {
      const store = await it.open();
      await committed(store, batch([note('n', 'x')]));
      await store.close();
      await store.close();
      await refused(store.commit(batch([note('m', 'x')])), ['store.closed']);
      await refused(
        store.read(async () => 1),
        ['store.closed'],
      );
      await refused(store.tail(0, 1), ['store.closed']);
    });
  });
}

async function value(store: Store): Promise<unknown> {
  await store.refresh?.();
  return (await get(store, NOTES, ['receipt']))[0];
}
