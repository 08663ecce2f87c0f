/** Lists of another day: what they answer, what they refuse. */
import { describe, expect, it } from 'vitest';
import { caught, dairy, electronics, lotOf } from './world.ts';

describe('lists of another day', () => {
  it('R74 answer the lots there were, as they were, page by page', async () => {
    const world = await dairy({ today: '2026-11-02' });
    const { ledger, clock, post } = world;
    for (const code of ['A', 'B', 'C', 'D', 'E']) await lotOf(world, 'MILK', code, '10');
    const take = (code: string, quantity: string) =>
      post('UNL', { item: 'MILK', quantity, lots: [{ code, quantity }] });
    clock.day('2026-11-05');
    await take('B', '10');
    await ledger.lots.update((await ledger.lots.get('C')).id, { closed: true });
    clock.day('2026-11-08');
    await take('D', '4');
    await lotOf(world, 'MILK', 'F', '3');
    await lotOf(world, 'MILK', 'G', '3', {}, { date: '2026-11-04' });
    const list = async (query: object) => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await ledger.lots.list({ limit: 2, ...query, ...(cursor ? { cursor } : {}) } as never);
        found.push(...page.items.map((lot) => `${lot.code}${lot.onHand}`));
        cursor = page.next;
      } while (cursor);
      return found.join(' ');
    };
    expect(await list({ asOf: '2026-11-03' })).toBe('A10 B10 C10 D10 E10');
    expect(await list({ asOf: '2026-11-04' })).toBe('A10 B10 C10 D10 E10 G3');
    expect(await list({ asOf: '2026-11-06', filter: { state: 'open' } })).toBe('A10 D10 E10 G3');
    expect(await list({ asOf: '2026-11-06', filter: { state: 'closed', item: 'milk' } })).toBe('B0 C0');
    expect(await list({ asOf: '2026-11-08', sort: ['-code'] })).toBe('G3 F3 E10 D6 C0 B0 A10');
    // of several sorts and from the middle too
    expect(await list({ asOf: '2026-11-08', sort: ['item', '-code'], limit: 3 })).toBe(
      'G3 F3 E10 D6 C0 B0 A10',
    );
    const middle = { asOf: '2026-11-06', filter: { state: 'open' }, skip: 1 } as const;
    const open = await ledger.lots.list({ ...middle, limit: 2 });
    expect(open.items.map(({ code }) => code)).toEqual(['D', 'E']);
    const { skip: _skip, ...rest } = middle;
    const last = await ledger.lots.list({ ...rest, cursor: open.next ?? '' });
    expect(last.items.map(({ code }) => code)).toEqual(['G']);
    const page = await ledger.lots.list({ asOf: '2026-11-03', limit: 1 });
    expect(page.asOf).toEqual({ seq: ledger.status().seq, date: '2026-11-03' });
    expect(page.items[0]?.stock).toMatchObject([{ reserved: null, onHand: '10' }]);
  });

  it('R74 refuse what cannot be said of another day', async () => {
    const { ledger } = await dairy();
    const asOf = '2026-11-03';
    const asked = [
      [{ asOf, sort: ['expiryDate'] }, 'sort[0]'],
      [{ asOf, filter: { status: 'X' } }, 'filter.status'],
      [{ asOf, filter: { 'attributes.a': 1 } }, 'filter.attributes.a'],
      [{ asOf, search: 'a' }, 'search'],
      [{ asOf, total: true }, 'total'],
      [{ asOf, total: 10 }, 'total'],
      [{ asOf, sort: ['code', 'status'] }, 'sort[1]'],
    ] as const;
    for (const [query, path] of asked) {
      const error = await caught(() => ledger.lots.list(query as never));
      expect([error.code, error.path]).toEqual(['query.unsupported', path]);
    }
    const error = await caught(() => ledger.postings.list({ asOf } as never));
    expect([error.code, error.path]).toEqual(['query.unsupported', 'asOf']);
    const offered = ledger.capabilities.queries['lots.list'];
    expect(offered).toMatchObject({ attributes: true, asOf: { filters: ['item', 'variant', 'state'] } });
  });

  it('R75 answer the pieces there were, with their place and whoever had them', async () => {
    const world = await electronics({ today: '2026-11-02' });
    const { ledger, clock, post } = world;
    const rows = ['R1', 'R2'].map((code) => ({ code }));
    await post('LOA', { item: 'RADIO', quantity: '2', serials: rows });
    clock.day('2026-11-05');
    const party = { kind: 'customer', code: 'C1' } as const;
    await post('UNL', { item: 'RADIO', quantity: '1', serials: [{ code: 'R2' }] }, { party });
    const on = async (asOf: string) =>
      (await ledger.serials.list({ asOf })).items.map((each) => [
        each.code,
        each.warehouse,
        each.holder?.code,
      ]);
    expect(await on('2026-11-04')).toEqual([
      ['R1', 'SHOP', undefined],
      ['R2', 'SHOP', undefined],
    ]);
    expect(await on('2026-11-05')).toEqual([
      ['R1', 'SHOP', undefined],
      ['R2', null, 'C1'],
    ]);
    expect(await on('2026-11-01')).toEqual([]);
  });
});
