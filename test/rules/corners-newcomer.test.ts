/** Corners a newcomer meets: what is documented of settings, codes, lists and replays. */
import { describe, expect, it } from 'vitest';
import { dairy, type Post } from './world.ts';

const _piece = { code: 'PCE', decimals: 0 };
const day = '2026-11-22';

describe('newcomer', () => {
  it('settings, counters, forecast, preview, codes, history as documented', async () => {
    const { ledger, post } = await dairy();
    await post('LOA', { item: 'MILK', quantity: '5', lots: 'auto' });
    expect(await ledger.codeTypes.preview('YM', { item: 'MILK', count: 2, posting: { date: day } })).toEqual([
      '202611002',
      '202611003',
    ]);
    expect((await ledger.codeTypes.counters('YM'))[0]).toMatchObject({
      root: { insertYear: '2026', insertMonth: '11' },
      last: { number: 1 },
      left: '998',
    });
    expect((await ledger.codeTypes.forecast('YM')).length).toBe(1);
    const lot = await ledger.lots.get({ item: 'milk', code: '202611001' });
    const seen = await ledger.lots.update(
      lot.id,
      { notes: 'n', supplierLot: 'S' },
      { version: lot.version, reason: 'r', source: 'api' },
    );
    expect(seen.version).toBe(lot.version + 1);
    await expect(ledger.lots.update(lot.id, { notes: 'x' }, { version: lot.version })).rejects.toMatchObject({
      code: 'concurrency.stale',
    });
    await ledger.lots.update(lot.id, { notes: null });
    const page = await ledger.lots.history(lot.id);
    expect(page.items.map((h) => `${h.field} ${h.from} ${h.to}`).sort()).toEqual([
      'notes n null',
      'notes null n',
      'supplierLot null S',
    ]);
    expect(page.items.at(-1)).toMatchObject({ reason: 'r', source: 'api', actor: 'maria' });
    expect((await ledger.settings.get()).codeScope).toBe('item');
    expect(await ledger.can([{ action: 'lot.reopen' }, { action: 'expired.force' }])).toEqual([true, false]);
    const allocation = await ledger.lots.allocate({
      item: 'MILK',
      warehouse: 'SHOP',
      quantity: '9',
      needDate: '2026-12-01',
      minShelfLifeDays: 30,
    });
    expect(Object.keys(allocation).sort()).toEqual(['shortage', 'skipped', 'taken']);
    expect(allocation.skipped[0]).toMatchObject({ lot: lot.id, reason: 'shelfLife' });
  });
  it('a list query with a typo is refused with its name', async () => {
    const { ledger } = await dairy();
    const out = await ledger.lots.list({ filters: {} } as never).then(
      () => 'ok',
      (e) => `${e.code} ${e.path}`,
    );
    expect(out).toBe('field.unknown filters');
  });
  it('R88 the same command id with force or another reason', async () => {
    const { ledger } = await dairy();
    const input: Post = {
      commandId: 'same',
      warehouse: 'SHOP',
      template: 'LOA',
      date: day,
      lines: [{ item: 'SALT', quantity: '1' }],
    };
    const a = await ledger.postings.post(input, { reason: 'one' });
    const b = await ledger.postings.post(
      { ...input, lines: [{ quantity: '1.0', item: 'SALT' }] },
      { reason: 'two' },
    );
    expect(b.id).toBe(a.id);
  });
  it('R80 a replay after the reversal answers what was posted', async () => {
    const { ledger } = await dairy();
    const input: Post = {
      commandId: 'r',
      key: 'K',
      warehouse: 'SHOP',
      template: 'LOA',
      date: day,
      lines: [{ item: 'SALT', quantity: '1' }],
    };
    const a = await ledger.postings.post(input);
    await ledger.postings.reverse(a.id, { date: day, reason: 'x' });
    expect((await ledger.postings.post(input)).id).toBe(a.id);
  });
});
