/** An atomic group of which one command is refused only for what another of the group would have done. */
import { expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../../src/core/index.ts';

test('nothing of it is written, and nothing of what was refused stays under its id', async () => {
  const ledger = await openLedger(memory());
  const make = (id: string) => ({ name: 'grades.create@1', id, args: { code: 'A' } });
  const receipts = await ledger.port.execute([make('one'), make('two')], { atomic: true });
  expect(receipts).toMatchObject([
    { outcome: 'refused', id: 'one', problem: { code: 'command.notApplied', details: { because: 'two' } } },
    { outcome: 'refused', id: 'two', problem: { code: 'grade.duplicate' } },
  ]);
  expect((await ledger.grades.list()).items).toEqual([]);
  expect(ledger.status().seq).toBe(0);
  const alone = await ledger.port.execute([make('two')]);
  expect(alone).toMatchObject([{ outcome: 'accepted', id: 'two' }]);
  expect(await ledger.verify()).toMatchObject({ ok: true });
});
