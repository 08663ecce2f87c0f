/** One ledger that acts for many: what a server says of whoever asks counts, not what the command says. */
import { expect, test } from 'vitest';
import { memory } from '../../../src/adapters/stores/memory/index.ts';
import { type Command, openLedger, type Principal } from '../../../src/core/index.ts';

const anna: Principal = { actor: 'anna', permissions: [] };
const boss: Principal = { actor: 'boss', permissions: ['lot.reopen', 'status.change'] };

async function withLot() {
  const ledger = await openLedger(memory(), { actor: 'house' });
  await ledger.items.create({ code: 'MILK', unit: { code: 'PCE', decimals: 0 }, lots: {} });
  await ledger.lotStatuses.create({ code: 'OK', available: true });
  const lot = await ledger.lots.create({ item: 'MILK', code: 'L1' });
  return { ledger, lot };
}

const close = (id: string, lot: string, closed: boolean): Command => ({
  name: 'lots.update@1',
  id,
  actor: 'somebody else',
  args: { id: lot, patch: { closed } },
  reason: 'counted',
});

test('the actor of the principal is written, whatever the command says', async () => {
  const { ledger, lot } = await withLot();
  await ledger.port.execute([close('c1', lot.id, true)], { principal: anna });
  const history = await ledger.lots.history(lot.id);
  expect(history.items.find(({ field }) => field === 'closed')?.actor).toBe('anna');
});

test('each principal has permissions of its own, in commands, atomic ones and questions', async () => {
  const { ledger, lot } = await withLot();
  await ledger.port.execute([close('c1', lot.id, true)], { principal: anna });
  const reopen = (id: string, principal: Principal, atomic: boolean) =>
    ledger.port.execute([close(id, lot.id, false)], { principal, atomic });
  for (const atomic of [false, true]) {
    const [refused] = await reopen(`no-${atomic}`, anna, atomic);
    expect(refused).toMatchObject({ outcome: 'refused', problem: { code: 'permission.denied' } });
  }
  const acts = [{ action: 'lot.reopen' }, { action: 'posting.reverse' }];
  expect(await ledger.port.query('ledger.can', acts, { principal: anna })).toEqual([false, false]);
  expect(await ledger.port.query('ledger.can', acts, { principal: boss })).toEqual([true, false]);
  expect(await ledger.port.query('ledger.can', acts)).toEqual([true, true]);
  const [done] = await reopen('yes', boss, true);
  expect(done).toMatchObject({ outcome: 'accepted' });
});

test('a principal without a list may what the ledger was opened with', async () => {
  const ledger = await openLedger(memory(), { actor: 'house', permissions: ['lot.reopen'] });
  const acts = [{ action: 'lot.reopen' }, { action: 'posting.reverse' }];
  expect(await ledger.port.query('ledger.can', acts, { principal: { actor: 'anna' } })).toEqual([
    true,
    false,
  ]);
});
