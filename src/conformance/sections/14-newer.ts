/** Section 14: a store written by a newer program: an older one reads on and refuses to write. */
import type { Store } from '../../core/adapter-kit.ts';
import { equal, refused } from '../assert.ts';
import { committed, get, headOf, type Kit } from '../kit.ts';
import { batch, KIT_SCHEMA, kitTables, NOTES, note } from '../tables.ts';

export function newer(kit: Kit): void {
  kit.section(14, 'newer schema', () => {
    /** Makes a newer program write to the place, and answers where the journal stands then. */
    const writeNewer = async (it: { place: string; open: (...args: never[]) => Promise<Store> }) => {
      if (kit.harness.writeNewerSchema !== undefined) {
        return kit.harness.writeNewerSchema(it.place, kitTables, KIT_SCHEMA + 1);
      }
      const open = it.open as (tables: typeof kitTables, schema: number) => Promise<Store>;
      await committed(await open(kitTables, KIT_SCHEMA + 1), batch([note('newer', 'x')]));
    };

    kit.it('a handle that is open already reads on and refuses to write', async (it) => {
      const store = await it.open();
      await committed(store, batch([note('n', 'x')]));
      await writeNewer(it);
      await refused(store.commit(batch([note('n', 'y')])), ['store.newer']);
      await store.refresh?.();
      const seq = (await headOf(store)).seq;
      equal((await get(store, NOTES, ['n']))[0]?.version, 1, 'the record');
      await refused(store.commit(batch([note('n', 'y')])), ['store.newer']);
      equal((await headOf(store)).seq, seq, 'nothing was written');
    });

    kit.it('an older program opens it, reads and refuses to write', async (it) => {
      const first = await it.open();
      await committed(first, batch([note('n', 'x')]));
      await first.close();
      await writeNewer(it);
      const store = await it.open();
      equal((await get(store, NOTES, ['n']))[0]?.version, 1, 'the record');
      const groups = await store.tail(0, 10);
      equal(groups[0]?.firstSeq, 1, 'the journal');
      await refused(store.commit(batch([note('n', 'y')])), ['store.newer']);
    });

    kit.it('an older store opens in a newer program, which writes', async (it) => {
      const first = await it.open();
      await committed(first, batch([note('n', 'x')]));
      await first.close();
      const store = await it.open(kitTables, KIT_SCHEMA + 1);
      equal((await get(store, NOTES, ['n']))[0]?.version, 1, 'the record');
      await committed(store, batch([note('n', 'y')]));
    });
  });
}
