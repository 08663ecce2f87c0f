/** Block rules: future receipts taken into quarantine (R51), and their place among the reasons (R43). */
import { describe, expect, test } from 'vitest';
import { dairy, lotOf, pharma, refused, type World } from './world.ts';

/** Dairy with a status HOLD that gives nothing, and a rule. */
async function guarded(rule: object): Promise<World> {
  const world = await dairy();
  await world.ledger.lotStatuses.create({ code: 'HOLD', available: false });
  await world.ledger.blockRules.create({ code: 'WAIT', status: 'hold', ...rule });
  return world;
}

const statusOf = async ({ ledger }: World, code: string, item = 'MILK') => {
  const { status, blockRule } = await ledger.lots.get({ item, code });
  return [status, blockRule];
};

describe('R51 a block rule', () => {
  test('takes a receipt of its pattern into quarantine, not into available stock', async () => {
    const world = await guarded({ item: 'milk', codePattern: 'zx-%_7' });
    const lot = await lotOf(world, 'MILK', 'Zx-2026-07', '60');
    expect(lot).toMatchObject({ status: 'HOLD', blockRule: 'WAIT', onHand: '60', available: '0' });
    for (const code of ['ZX-7', 'ZY-2026-07', 'ZX-2026-78']) await lotOf(world, 'MILK', code, '1');
    expect(await statusOf(world, 'ZX-7')).toEqual([null, null]);
    expect(await statusOf(world, 'ZY-2026-07')).toEqual([null, null]);
    await lotOf(world, 'CHEESE', 'ZX-07', '1', { expiryDate: '2027-01-01' });
    expect(await statusOf(world, 'ZX-07', 'CHEESE')).toEqual([null, null]);
    expect((await world.ledger.verify()).ok).toBe(true);
  });

  test('asks for supplier, supplier’s lot and day of the posting, all that it names', async () => {
    const world = await guarded({
      supplier: 's9',
      supplierLot: 'b-77',
      from: '2026-11-10',
      to: '2026-11-20',
    });
    const load = (code: string, party: string, supplierLot: string, date: string) =>
      lotOf(world, 'MILK', code, '1', { supplierLot }, { party: { kind: 'supplier', code: party }, date });
    await load('IN', 'S9', 'B-77', '2026-11-20');
    await load('OTHER', 'S8', 'B-77', '2026-11-20');
    await load('LOT', 'S9', 'B-78', '2026-11-20');
    await load('EARLY', 'S9', 'B-77', '2026-11-09');
    await load('LATE', 'S9', 'B-77', '2026-11-21');
    const held = await world.ledger.lots.list({ filter: { blockRule: 'wait' } });
    expect(held.items.map((lot) => lot.code)).toEqual(['IN']);
  });

  test('replaces the initial status; of several the stricter status counts, then the first by code', async () => {
    const world = await pharma();
    const { ledger } = world;
    await ledger.lotStatuses.create({ code: 'LOOK', intents: { sale: 'warn' } });
    await ledger.blockRules.create({ code: 'R-10', item: 'DRUG', status: 'LOOK' });
    await lotOf(world, 'DRUG', 'D1', '1');
    expect(await statusOf(world, 'D1', 'DRUG')).toEqual(['LOOK', 'R-10']);
    await ledger.blockRules.create({ code: 'R-9', status: 'LOOK' });
    await lotOf(world, 'DRUG', 'D2', '1');
    expect(await statusOf(world, 'D2', 'DRUG')).toEqual(['LOOK', 'R-9']);
    await ledger.blockRules.create({ code: 'Z', status: 'QUARANTINE' });
    await lotOf(world, 'DRUG', 'D3', '1');
    expect(await statusOf(world, 'D3', 'DRUG')).toEqual(['QUARANTINE', 'Z']);
  });

  test('concerns new lots alone: those in stock stay, a released one is not held again', async () => {
    const world = await dairy();
    const { ledger } = world;
    await lotOf(world, 'MILK', 'OLD', '5');
    await ledger.lotStatuses.create({ code: 'HOLD', available: false });
    await ledger.blockRules.create({ code: 'ALL', status: 'HOLD' });
    const lot = await lotOf(world, 'MILK', 'NEW', '5');
    await world.post('TOP', { item: 'MILK', quantity: '5', lots: [{ code: 'OLD', quantity: '5' }] });
    expect(await statusOf(world, 'OLD')).toEqual([null, null]);
    await ledger.lots.update(lot.id, { status: null });
    await world.post('TOP', { item: 'MILK', quantity: '5', lots: [{ code: 'NEW', quantity: '5' }] });
    expect(await ledger.lots.get(lot.id)).toMatchObject({ status: null, available: '10', blockRule: 'ALL' });
  });

  test('a lot made by hand gets it at once, or at its first load where the rule is younger', async () => {
    const world = await guarded({ codePattern: 'H%' });
    const { ledger } = world;
    expect(await ledger.lots.create({ item: 'MILK', code: 'H1' })).toMatchObject({ status: 'HOLD' });
    await ledger.lots.create({ item: 'MILK', code: 'K1' });
    await ledger.blockRules.update('WAIT', { codePattern: 'K%' });
    const lot = await lotOf(world, 'MILK', 'K1', '8');
    expect(lot).toMatchObject({ status: 'HOLD', blockRule: 'WAIT', available: '0' });
    const { items } = await ledger.lots.history(lot.id);
    expect(items).toContainEqual(expect.objectContaining({ field: 'status', from: null, to: 'HOLD' }));
  });

  test('codes that are made fit as well as typed ones; an inactive rule fits nothing', async () => {
    const world = await guarded({ codePattern: '202611%' });
    const auto = { item: 'MILK', quantity: '3', lots: 'auto' } as const;
    const first = await world.post('LOA', auto);
    expect(await statusOf(world, first.lines[0]?.lots[0]?.code ?? '')).toEqual(['HOLD', 'WAIT']);
    await world.ledger.blockRules.update('WAIT', { active: false });
    const second = await world.post('LOA', auto);
    expect(await statusOf(world, second.lines[0]?.lots[0]?.code ?? '')).toEqual([null, null]);
  });

  test('R43 R52 a receipt joins the open recall of its supplier’s lot as well, which is named first', async () => {
    const world = await guarded({ item: 'MILK' });
    const { ledger } = world;
    const recall = await ledger.recalls.open({
      reason: 'salmonella',
      supplierLot: { supplierLot: 'sl-9', supplier: 'S1', item: 'MILK' },
    });
    const from = (code: string) => ({ party: { kind: 'supplier', code } }) as const;
    await lotOf(world, 'MILK', 'IN', '4', { supplierLot: 'SL-9' }, from('s1'));
    await lotOf(world, 'MILK', 'OUT', '4', { supplierLot: 'SL-9' }, from('S2'));
    // made by hand without its supplier, known at its first load
    await ledger.lots.create({ item: 'MILK', code: 'HAND', supplierLot: 'SL-9' });
    await lotOf(world, 'MILK', 'HAND', '4', {}, from('S1'));
    const sell = (code: string) =>
      world.post('UNL', { item: 'MILK', quantity: '1', lots: [{ code, quantity: '1' }] });
    for (const code of ['IN', 'HAND']) {
      await refused(world, () => sell(code), {
        code: 'lot.recalled',
        details: { reasons: ['recalled', 'blockRule', 'status'] },
      });
    }
    await refused(world, () => sell('OUT'), {
      code: 'lot.unavailable',
      details: { reasons: ['blockRule', 'status'] },
    });
    expect((await ledger.recalls.get(recall.id)).scope).toHaveLength(2);
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('R43 is named before the expiry, as long as its status stands', async () => {
    const world = await guarded({});
    const { ledger } = world;
    const { id } = await lotOf(world, 'MILK', 'L1', '5', { expiryDate: '2026-11-25' });
    world.clock.day('2026-11-26');
    const sale = { item: 'MILK', quantity: '1', lots: [{ code: 'L1', quantity: '1' }] };
    await refused(world, () => world.post('UNL', sale), {
      code: 'lot.unavailable',
      details: { blockRule: 'WAIT', status: 'HOLD', reasons: ['blockRule', 'expired', 'status'] },
    });
    await ledger.lotStatuses.create({ code: 'BAD', available: false });
    await ledger.lots.update(id, { status: 'BAD' });
    await refused(world, () => world.post('UNL', sale), {
      code: 'lot.expired',
      details: { reasons: ['expired', 'status'] },
    });
  });

  test('a rule made between decision and commit is seen', async () => {
    const world = await guarded({ codePattern: 'NEVER' });
    const other = await world.again();
    await Promise.all([world.ledger.blockRules.update('WAIT', { codePattern: 'L%' }), other.lots.list()]);
    const post = { warehouse: 'SHOP', template: 'LOA', date: '2026-11-22' };
    const line = { item: 'MILK', quantity: '1', lots: [{ code: 'L1', quantity: '1' }] };
    await other.postings.post({ ...post, lines: [line] });
    expect(await statusOf(world, 'L1')).toEqual(['HOLD', 'WAIT']);
  });

  test('a status it names stays, and so does a rule that took a lot in', async () => {
    const world = await guarded({});
    const { ledger } = world;
    await refused(world, () => ledger.lotStatuses.remove('HOLD'), 'lotStatus.inUse');
    await ledger.blockRules.create({ code: 'SPARE', status: 'HOLD', active: false });
    await lotOf(world, 'MILK', 'L1', '1');
    await refused(world, () => ledger.blockRules.remove('WAIT'), 'blockRule.inUse');
    await ledger.blockRules.remove('SPARE');
    expect((await ledger.blockRules.list()).items.map((rule) => rule.code)).toEqual(['WAIT']);
  });

  test('a rule is refused for what does not exist, twice, or with its days the wrong way round', async () => {
    const world = await guarded({});
    const { ledger } = world;
    const { create } = ledger.blockRules;
    await refused(world, () => create({ code: 'X', status: 'NONE' }), {
      code: 'lotStatus.notFound',
      path: 'status',
    });
    await refused(world, () => create({ code: 'X', status: 'HOLD', item: 'NONE' }), {
      code: 'item.notFound',
      path: 'item',
    });
    await refused(world, () => create({ code: 'wait', status: 'HOLD' }), {
      code: 'blockRule.duplicate',
      path: 'code',
    });
    const days = { from: '2026-11-02', to: '2026-11-01' };
    await refused(world, () => create({ code: 'X', status: 'HOLD', ...days }), {
      code: 'field.range',
      path: 'to',
    });
    await refused(world, () => ledger.blockRules.get('NONE'), {
      code: 'blockRule.notFound',
      kind: 'missing',
    });
  });
});
