/**
 * Section 8: the program dies at any point of a commit: the next program finds the whole commit or nothing
 * of it, and never less than was acknowledged.
 */
import type { CommitOutcome, Store } from '../../core/adapter-kit.ts';
import { equal, ok, within } from '../assert.ts';
import { committed, get, headOf, idsOf, type Kit, range } from '../kit.ts';
import { batch, expecting, NOTES, note, THINGS, thing } from '../tables.ts';

/** The store after a commit that died: all of it, or nothing. Answers which. */
export async function wholeOrNothing(store: Store, before: number): Promise<boolean> {
  const head = await headOf(store);
  ok(head.seq === before || head.seq === before + 2, `the head is ${head.seq}, not ${before} or two more`);
  const written = head.seq > before;
  const [moved, made, gone] = await get(store, THINGS, ['moved', 'made', 'gone']);
  equal((moved as { group?: string } | undefined)?.group, written ? 'new' : 'old', 'the changed record');
  equal([made !== undefined, gone === undefined], [written, written], 'the new and the deleted record');
  const expected = written ? ['moved'] : [];
  equal(idsOf(await range(store, THINGS, 'group', { prefix: ['new'] })), expected, 'the index');
  equal(
    (await get(store, NOTES, ['n']))[0],
    { id: 'n', version: written ? before + 2 : 1, text: written ? '2' : '1' },
    'the note',
  );
  const groups = await store.tail(0, 100);
  const last = groups.at(-1);
  equal(last === undefined ? 0 : last.firstSeq + last.texts.length - 1, head.seq, 'the end of the journal');
  equal(last?.link, head.link, 'the last link');
  return written;
}

/** Puts the store into the state the commit begins from. */
export async function prepared(store: Store): Promise<number> {
  await committed(store, batch([thing('moved', { group: 'old' }), thing('gone'), note('n', '1')]));
  await committed(store, batch([thing('other', { group: 'old' })]));
  return (await headOf(store)).seq;
}

/** The commit that will die: it changes, makes and deletes in two collections, with two entries. */
export const dying = () =>
  batch([thing('moved', { group: 'new' }, 1), thing('made', {}, 1), note('n', '2', 1)], {
    deletes: [{ collection: THINGS, id: 'gone' }],
    expects: [expecting('moved', 1)],
    entries: 2,
  });

export function crashes(kit: Kit): void {
  const reason = kit.missing('reopen', 'crash');
  const points = kit.harness.crash?.commitPoints ?? ['(any point)'];

  kit.section(8, 'crash points', () => {
    for (const point of points) {
      kit.itUnless(reason, `dies at: ${point}`, async (it) => {
        const store = await it.open();
        const before = await prepared(store);
        const fault = await kit.harness.crash?.arm(store, point);
        ok(fault, 'the harness arms a crash');
        let outcome: CommitOutcome | undefined;
        const answered = store.commit(dying()).then(
          (value) => void (outcome = value),
          () => undefined,
        );
        await within(fault.struck, kit.patience, `the crash at ${point}`);
        await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 20))]);
        const acknowledged = outcome?.done === true;

        const next = await it.reopen();
        const written = await wholeOrNothing(next, before);
        ok(written || !acknowledged, 'an acknowledged commit was lost');
        if (!written) await committed(next, dying());
        equal(await wholeOrNothing(next, before), true, 'after doing it again');
        await committed(next, batch([thing('afterwards')]));
      });
    }
  });
}
