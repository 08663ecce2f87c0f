/** Who changed what, when, from what to what, why and by which channel: of everything people change. */
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/core/index.ts';
import { caught, dairy, lotOf, pharma } from './world.ts';

describe('the history of what people change', () => {
  it('R121 tells of a lot each guarded field with actor, time, old, new, reason and channel', async () => {
    const world = await pharma();
    const { ledger, clock } = world;
    const lot = await lotOf(world, 'DRUG', 'D1', '5', { expiryDate: '2027-01-31', supplierLot: 'S-1' });
    clock.time = '2026-11-23T07:15:00Z';
    const how = { reason: 'Analysis 17', actor: 'ugo', source: 'scan' } as const;
    const patch = {
      status: 'RELEASED',
      expiryDate: '2027-02-28',
      code: 'D1-B',
      closed: true,
      supplierLot: 'S-2',
      sellable: false,
    };
    await ledger.lots.update(lot.id, patch, how);
    const { items } = await ledger.lots.history(lot.id);
    const told = items.map(({ field, from, to }) => [field, from, to]);
    expect(new Map(told.map(([field, ...rest]) => [field, rest]))).toEqual(
      new Map([
        ['status', ['QUARANTINE', 'RELEASED']],
        ['expiryDate', ['2027-01-31', '2027-02-28']],
        ['code', ['D1', 'D1-B']],
        ['closed', [false, true]],
        ['supplierLot', ['S-1', 'S-2']],
        ['sellable', [true, false]],
      ]),
    );
    for (const entry of items) {
      expect(entry).toMatchObject({
        actor: 'ugo',
        at: '2026-11-23T07:15:00.000Z',
        reason: 'Analysis 17',
        source: 'scan',
        seq: ledger.status().seq,
      });
    }
    const some = await ledger.lots.history(lot.id, { field: ['closed', 'code'], limit: 1 });
    const rest = await ledger.lots.history(lot.id, { field: ['closed', 'code'], cursor: some.next ?? '' });
    expect([...some.items, ...rest.items].map((each) => each.field).sort()).toEqual(['closed', 'code']);
    const other = { field: 'code', cursor: some.next ?? '' };
    expect((await caught(() => ledger.lots.history(lot.id, other))).code).toBe('cursor.invalid');
  });

  it('R121 tells of master data what was made, edited field by field, and removed', async () => {
    const world = await dairy();
    const { ledger } = world;
    const reason = { reason: 'New recipe', actor: 'ugo' };
    await ledger.items.update(
      'milk',
      { description: 'Whole milk', lots: { shelfLifeDays: 21, warnDays: 2 } },
      reason,
    );
    const { items } = await ledger.items.history('MILK');
    const told = items.map(({ field, from, to, actor }) => [field, from, to, actor]);
    expect(told.at(-1)).toEqual(['created', null, 'MILK', 'maria']);
    expect(new Set(told.slice(0, -1).map((each) => JSON.stringify(each)))).toEqual(
      new Set([
        JSON.stringify(['description', null, 'Whole milk', 'ugo']),
        JSON.stringify(['lots.shelfLifeDays', 30, 21, 'ugo']),
        JSON.stringify(['lots.warnDays', null, 2, 'ugo']),
      ]),
    );
    const shelf = await ledger.items.history('MILK', { field: 'lots.shelfLifeDays' });
    expect(shelf.items).toMatchObject([{ from: 30, to: 21, reason: 'New recipe' }]);
    await ledger.grades.create({ code: 'G1', description: 'First' });
    await ledger.grades.remove('g1', { reason: 'Never used' });
    const gone = (await ledger.grades.history('G1')).items;
    expect(gone.map(({ field, from, to }) => [field, from, to])).toEqual([
      ['removed', 'G1', null],
      ['created', null, 'G1'],
    ]);
    expect(gone[0]?.reason).toBe('Never used');
    expect((await ledger.grades.history('never')).items).toEqual([]);
  });

  it('R121 tells of templates, statuses and warehouses too, under any spelling of their codes', async () => {
    const world = await pharma();
    const { ledger } = world;
    await ledger.templates.update({ warehouse: 'MAIN', code: 'LOA' }, { allowTopUp: true });
    const template = await ledger.templates.history(
      { warehouse: 'main', code: 'loa' },
      { field: 'allowTopUp' },
    );
    expect(template.items).toMatchObject([{ from: null, to: true }]);
    await ledger.lotStatuses.update('QUARANTINE', { intents: { scrap: 'warn' }, planning: false });
    const fields = (await ledger.lotStatuses.history(' quarantine ')).items.map(({ field }) => field);
    expect(new Set(fields)).toEqual(new Set(['planning', 'intents.scrap', 'created']));
    await ledger.warehouses.update('SHOP', { description: 'Front' });
    await ledger.warehouses.update('SHOP', { description: null });
    const shop = await ledger.warehouses.history('SHOP', { field: 'description' });
    expect(shop.items.map(({ from, to }) => [from, to])).toEqual([
      ['Front', null],
      [null, 'Front'],
    ]);
    expect((await ledger.verify()).ok).toBe(true);
  });

  it('R121 tells of the settings what was set, from their defaults on', async () => {
    const { ledger } = await dairy();
    await ledger.settings.update({ sellableBlocks: 'all', allowFutureDates: true }, { reason: 'Audit' });
    await ledger.settings.update({ sellableBlocks: null });
    const { items } = await ledger.settings.history();
    const told = items.map(({ field, from, to, reason }) => `${field}: ${from} to ${to}, ${reason}`);
    expect(told[0]).toBe('sellableBlocks: all to sale, null');
    expect(new Set(told.slice(1))).toEqual(
      new Set(['sellableBlocks: sale to all, Audit', 'allowFutureDates: false to true, Audit']),
    );
  });

  it('R121 tells what a posting changed on a lot, and stays what it was when the ledger is opened again', async () => {
    const world = await dairy();
    const { ledger } = world;
    const made = await ledger.lots.create({ item: 'MILK', code: 'L', startDate: null, expiryDate: null });
    const row = { code: 'L', quantity: '2', supplierLot: 'S-9' };
    const party = { kind: 'supplier', code: 'FARM' } as const;
    await world.post('LOA', { item: 'MILK', quantity: '2', lots: [row] }, { party });
    const told = (await ledger.lots.history(made.id)).items;
    expect(new Set(told.map(({ field }) => field))).toEqual(
      new Set(['supplierLot', 'startDate', 'expiryDate', 'supplier']),
    );
    const again = await openLedger(world.store, { actor: 'ugo' });
    expect((await again.lots.history(made.id)).items).toEqual(told);
    expect((await again.verify()).ok).toBe(true);
  });
});
