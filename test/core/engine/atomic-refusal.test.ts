/** An atomic group of which one command is refused only for what another of the group would have done. */
import { expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { openLedger } from '../../../src/core/index.ts';

test('nothing of it is written, and whoever sends it again later is told the same', async () => {
  const ledger = await openLedger(memory());
  const make = (id: string) => ({ name: 'grades.create@1', id, args: { code: 'A' } });
  const receipts = await ledger.port.execute([make('one'), make('two')], { atomic: true });
  expect(receipts).toMatchObject([
    { outcome: 'refused', id: 'one', problem: { code: 'command.notApplied', details: { because: 'two' } } },
    { outcome: 'refused', id: 'two', problem: { code: 'grade.duplicate' } },
  ]);
  expect((await ledger.grades.list()).items).toEqual([]);
  expect(ledger.status().seq).toBe(0);
  // the request comes a second time, late: by now it would fit
  const again = await ledger.port.execute([make('one'), make('two')], { atomic: true });
  expect(again).toMatchObject([
    { outcome: 'refused', problem: { code: 'command.notApplied' } },
    { outcome: 'refused', problem: { code: 'grade.duplicate' }, replayed: true },
  ]);
  expect(await ledger.port.execute([make('two')])).toMatchObject([{ outcome: 'refused', replayed: true }]);
  expect(await ledger.port.execute([make('three')])).toMatchObject([{ outcome: 'accepted', id: 'three' }]);
  expect(await ledger.verify()).toMatchObject({ ok: true });
});
