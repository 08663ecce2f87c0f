/** Section 13: no room, and an older program in the way: typed errors, nothing half done, no waiting for good. */
import { equal, ok, refused, within } from '../assert.ts';
import { committed, get, headOf, type Kit } from '../kit.ts';
import { batch, expecting, KIT_SCHEMA, kitTables, NOTES, note, thing } from '../tables.ts';
import { contents } from './11-reopening.ts';

export function limits(kit: Kit): void {
  kit.section(13, 'quota and blocked upgrades', () => {
    kit.itUnless(
      kit.missing('fillQuota'),
      'without room a commit is refused whole, and works again later',
      async (it) => {
        const store = await it.open();
        await committed(store, batch([thing('a'), note('n', 'old')]));
        const before = await contents(store);
        const free = await kit.harness.fillQuota?.(store);
        ok(free, 'the harness fills the store');
        for (let attempt = 0; attempt < 3; attempt++) {
          const large = batch([thing('a', { rank: 2 }), note('n', 'new')], { expects: [expecting('a', 1)] });
          await refused(within(store.commit(large), kit.patience, 'a commit without room'), ['store.quota']);
          equal(await contents(store), before, 'memory after the refusal');
        }
        if (kit.harness.reopen !== undefined) equal(await contents(await it.reopen()), before, 'disk');
        await free();
        await committed(store, batch([note('n', 'new')], { expects: [expecting('a', 1)] }));
        equal((await get(store, NOTES, ['n']))[0]?.version, 2, 'the record afterwards');
      },
    );

    kit.itUnless(
      kit.missing('blockUpgrade'),
      'an upgrade that is held up ends in an error, not in waiting',
      async (it) => {
        const release = await kit.harness.blockUpgrade?.(it.place);
        ok(release, 'the harness holds the store');
        const opening = it.open(kitTables, KIT_SCHEMA);
        await refused(within(opening, kit.patience, 'opening'), ['store.blocked']);
        await release();
        const store = await within(it.open(kitTables, KIT_SCHEMA), kit.patience, 'opening afterwards');
        equal((await headOf(store)).seq, 0, 'the head');
        await committed(store, batch([note('n', 'x')]));
      },
    );
  });
}
