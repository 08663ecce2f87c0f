/** Hooks that choose what a posting takes: the order of lots, and what a product is made of. */
import { describe, expect, test } from 'vitest';
import type { Hooks, RankedCandidate, RankRequest } from '../../../src/core/index.ts';
import { dairy, pharma, refused, type World } from '../../rules/world.ts';

const line = (item: string, code: string, quantity: string, row: object = {}) => ({
  item,
  quantity,
  lots: [{ code, quantity, ...row }],
});

/** Three lots of milk by expiry L1, L2, L3, ten of each, and a ledger that asks these hooks. */
async function threeLots(hooks: Hooks): Promise<World> {
  const world = await dairy();
  for (const [code, expiryDate] of [
    ['L1', '2026-12-01'],
    ['L2', '2026-12-02'],
    ['L3', '2026-12-03'],
  ] as const) {
    await world.post('LOA', line('MILK', code, '10', { expiryDate }));
  }
  return { ...world, ledger: await world.again({ hooks }) };
}

const unload = { warehouse: 'SHOP', template: 'UNL', date: '2026-11-22' };
const auto = (quantity: string) => ({
  ...unload,
  lines: [{ item: 'MILK', quantity, lots: 'auto' as const }],
});

describe('rankCandidates', () => {
  test('R102 orders what is taken automatically; what it does not name follows by strategy', async () => {
    const seen: [readonly RankedCandidate[], RankRequest][] = [];
    const { ledger } = await threeLots({
      rankCandidates: (candidates, request) => {
        seen.push([candidates, request]);
        return candidates.filter(({ code }) => code === 'L3').map(({ lot }) => lot);
      },
    });
    const asked = { item: 'MILK', warehouse: 'SHOP', quantity: '24' };
    const allocated = await ledger.lots.allocate(asked);
    const expected = [
      ['L3', '10'],
      ['L1', '10'],
      ['L2', '4'],
    ];
    expect(allocated.taken.map(({ code, quantity }) => [code, quantity])).toEqual(expected);
    const [candidates, request] = seen[0] ?? [];
    expect(candidates?.map(({ code, free, blocked }) => [code, free, blocked])).toEqual([
      ['L1', '10', null],
      ['L2', '10', null],
      ['L3', '10', null],
    ]);
    expect(request).toEqual({
      ...{ item: 'MILK', variant: null, warehouse: 'SHOP', quantity: '24' },
      ...{ intent: 'sale', needDate: '2026-11-22' },
    });
    const preview = await ledger.postings.preview(auto('24'));
    const posted = await ledger.postings.post(auto('24'));
    for (const posting of [preview, posted]) {
      expect(posting.lines[0]?.lots.map(({ code, quantity }) => [code, quantity])).toEqual(expected);
    }
  });

  test('it only orders: a lot that may not be used is passed over all the same', async () => {
    const { ledger } = await threeLots({
      rankCandidates: (lots) => [...lots].reverse().map(({ lot }) => lot),
    });
    const last = await ledger.lots.get({ item: 'MILK', code: 'L3' });
    await ledger.lots.update(last.id, { sellable: false }, { reason: 'Kept' });
    const posted = await ledger.postings.post(auto('5'));
    expect(posted.lines[0]?.lots.map(({ code }) => code)).toEqual(['L2']);
  });

  test('a reservation of lots follows it too', async () => {
    const { ledger } = await threeLots({
      rankCandidates: (lots) => lots.filter(({ code }) => code === 'L2').map(({ lot }) => lot),
    });
    const document = { type: 'salesOrder', number: 'SO-1' } as const;
    const lines = [{ item: 'MILK', warehouse: 'SHOP', quantity: '12', lots: 'auto' as const }];
    const kept = await ledger.reservations.commit({ document, lines });
    expect(kept.map(({ lot, quantity }) => [lot, quantity])).toEqual([
      ['L2', '10'],
      ['L1', '2'],
    ]);
  });

  test('pieces follow the order of their lots', async () => {
    const world = await pharma();
    for (const code of ['V-1', 'V-2']) {
      await world.post('LOA', { ...line('VACCINE', code, '2'), serials: 'auto' });
    }
    const ledger = await world.again({
      hooks: { rankCandidates: (lots) => lots.filter(({ code }) => code === 'V-2').map(({ lot }) => lot) },
    });
    const lines = [{ item: 'VACCINE', quantity: '3', lots: 'auto' as const, serials: 'auto' as const }];
    const posted = await ledger.postings.post({ ...unload, lines });
    expect(posted.lines[0]?.lots.map(({ code, quantity }) => [code, quantity]).sort()).toEqual([
      ['V-1', '1'],
      ['V-2', '2'],
    ]);
  });

  test('an answer that is no list of ids fails the posting', async () => {
    const world = await threeLots({ rankCandidates: () => [7] as never });
    await refused(world, () => world.ledger.postings.post(auto('5')), {
      code: 'hook.failed',
      kind: 'unavailable',
      details: { hook: 'rankCandidates' },
    });
  });
});

describe('explode', () => {
  const made = (quantity: string, more: object = {}) => ({
    ...{ warehouse: 'SHOP', template: 'MAKE', date: '2026-11-22', ...more },
    lines: [{ item: 'PASTE', quantity, lots: [{ code: 'P-1', quantity }] }],
  });

  /** PASTE is made of salt by its own list, and of whatever these hooks say. */
  async function workshop(hooks: Hooks): Promise<World> {
    const world = await threeLots({});
    const { ledger } = world;
    const counterpart = { warehouse: 'SHOP', template: 'USE' };
    const common = { warehouse: 'SHOP', intent: 'production', tracksLots: true } as const;
    await ledger.templates.create({ ...common, code: 'USE', type: 'unload' });
    await ledger.templates.create({
      ...common,
      code: 'MAKE',
      type: 'load',
      explodeComponents: true,
      counterpart,
    });
    await ledger.items.create({
      code: 'PASTE',
      unit: { code: 'KG', decimals: 1 },
      lots: {},
      components: [{ item: 'SALT', quantity: '0.5' }],
    });
    await world.post('LOA', { item: 'SALT', quantity: '100' });
    return { ...world, ledger: await world.again({ hooks }) };
  }

  test('R83 gives the components of a line that names none; the item’s own list stands where it has none', async () => {
    const asked: object[] = [];
    const world = await workshop({
      explode: async (each) => {
        asked.push(each);
        return each.quantity === '2' ? [{ item: 'MILK', quantity: '3' }] : null;
      },
    });
    const { ledger } = world;
    await ledger.postings.post(made('2'));
    expect(asked).toEqual([{ item: 'PASTE', variant: null, quantity: '2', unit: null, warehouse: 'SHOP' }]);
    const milk = await ledger.lots.get({ item: 'MILK', code: 'L1' });
    expect(milk.onHand).toBe('7');
    const own = {
      ...made('4'),
      lines: [{ item: 'PASTE', quantity: '4', lots: [{ code: 'P-2', quantity: '4' }] }],
    };
    await ledger.postings.post(own);
    expect((await ledger.items.stock('SALT'))[0]?.onHand).toBe('98');
    const typed = [{ item: 'SALT', quantity: '1' }];
    const line = { item: 'PASTE', quantity: '2', lots: [{ code: 'P-3', quantity: '2' }], components: typed };
    await ledger.postings.post({ ...made('2'), lines: [line] });
    expect(asked).toHaveLength(2);
    expect((await ledger.verify()).ok).toBe(true);
  });

  test('R88 the recipe of the first answer stands at every retry, and a preview shows it', async () => {
    let milk = 3;
    const world = await workshop({ explode: () => [{ item: 'MILK', quantity: String(milk++) }] });
    const { ledger } = world;
    await ledger.postings.preview(made('2'));
    const first = await ledger.postings.post(made('2'), { commandId: 'one' });
    expect((await ledger.postings.post(made('2'), { commandId: 'one' })).id).toBe(first.id);
    expect((await ledger.lots.get({ item: 'MILK', code: 'L1' })).onHand).toBe('6');
  });

  test('items only the recipe knows are resolved too', async () => {
    const world = await workshop({
      explode: () => [{ item: 'WATER', quantity: '1' }],
      resolveItem: (code) => ({ code, unit: { code: 'L', decimals: 0 } }),
    });
    await refused(world, () => world.ledger.postings.preview(made('2')), 'stock.insufficient');
    await expect(world.ledger.postings.post(made('2'))).rejects.toMatchObject({ code: 'stock.insufficient' });
    expect((await world.ledger.items.get('WATER')).unit.code).toBe('L');
  });

  test.each([
    ['no list', { item: 'MILK', quantity: '3' }],
    ['a function', [{ item: 'MILK', quantity: () => 3 }]],
    ['a component without a quantity', [{ item: 'MILK' }]],
  ])('an answer that is %s fails the posting', async (_, answer) => {
    const world = await workshop({ explode: () => answer as never });
    await refused(world, () => world.ledger.postings.post(made('2')), {
      code: 'hook.failed',
      kind: 'unavailable',
      details: { hook: 'explode' },
    });
  });
});
