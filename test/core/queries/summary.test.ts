/** Summaries: nested groups with their number and exact sums per unit, totals beside, pages, refusals. */
import { describe, expect, test } from 'vitest';
import type { Ledger, SummaryGroup } from '../../../src/core/index.ts';
import { load, refusal, refused, trial } from '../commands/trial.ts';

/** Items in kilograms of two kinds and in pieces; a lot each of more than a number counts exactly. */
async function store(): Promise<Ledger> {
  const ledger = await trial();
  await ledger.items.create({ code: 'RICOTTA', unit: { code: 'kg', decimals: 1 }, lots: {} });
  await ledger.items.create({
    code: 'EGGS',
    description: 'Fresh eggs',
    unit: { code: 'PCE', decimals: 0 },
    lots: {},
  });
  await load(ledger, 'GOUDA', 'G1', '0.125', { expiryDate: '2026-04-10' });
  await load(ledger, 'GOUDA', 'G2', '10.5', { expiryDate: '2026-04-20' });
  await load(ledger, 'RICOTTA', 'R1', '2.4', { expiryDate: '2026-05-02' });
  for (let n = 10; n < 20; n++)
    await load(ledger, 'EGGS', `E${n}`, '999999999999999', { expiryDate: `2026-06-${n}` });
  const { id } = await ledger.lots.get('G2');
  await ledger.lots.update(id, { status: 'QA' });
  return ledger;
}

const told = (groups: readonly SummaryGroup[] = []): unknown[] =>
  groups.map(({ value, label, count, groups: inner }) => [
    value,
    label,
    count,
    ...(inner ? [told(inner)] : []),
  ]);

describe('summaries', () => {
  test('add up exactly, per unit, and never over units; of a closed lot nothing counts', async () => {
    const ledger = await store();
    const { count, sums, groups } = await ledger.lots.summary({ sums: ['onHand', 'closedQuantity'] });
    expect([count, groups]).toEqual([13, []]);
    expect(sums.onHand).toEqual([
      { unit: 'KG', decimals: 3, quantity: '13.025' },
      // beyond 2^53, to the last piece
      { unit: 'PCE', decimals: 0, quantity: '9999999999999990' },
    ]);
    expect(sums.closedQuantity).toEqual([
      { unit: 'KG', decimals: 3, quantity: '0' },
      { unit: 'PCE', decimals: 0, quantity: '0' },
    ]);
    const { id } = await ledger.lots.get('G2');
    await ledger.lots.update(id, { closed: true });
    const closed = await ledger.lots.summary({
      filter: { item: 'GOUDA' },
      sums: ['onHand', 'closedQuantity'],
    });
    expect(closed.sums).toEqual({
      onHand: [{ unit: 'KG', decimals: 3, quantity: '0.125' }],
      closedQuantity: [{ unit: 'KG', decimals: 3, quantity: '10.5' }],
    });
  });

  test('nest groups up to three deep, null groups among them, each in the order of its values', async () => {
    const ledger = await store();
    const { groups, count } = await ledger.lots.summary({
      filter: { item: { in: ['GOUDA', 'RICOTTA'] } },
      groupBy: ['expiryMonth', 'item', 'status'],
      sums: ['onHand'],
    });
    expect(count).toBe(3);
    expect(told(groups)).toEqual([
      [
        '2026-04',
        null,
        2,
        [
          [
            'GOUDA',
            'Young Gouda, wheel',
            2,
            [
              ['QA', 'Quarantine', 1],
              [null, null, 1],
            ],
          ],
        ],
      ],
      ['2026-05', null, 1, [['RICOTTA', null, 1, [[null, null, 1]]]]],
    ]);
    expect(groups[0]?.groups?.[0]?.groups?.[1]).toEqual({
      field: 'status',
      value: null,
      label: null,
      count: 1,
      sums: { onHand: [{ unit: 'KG', decimals: 3, quantity: '0.125' }] },
    });
    const searched = await ledger.lots.summary({ search: 'fresh', groupBy: ['status'] });
    expect(told(searched.groups)).toEqual([[null, null, 10]]);
  });

  test('come page by page, by groups of the first level; totals are always of all', async () => {
    const ledger = await store();
    const query = { groupBy: ['expiryDate', 'item'], limit: 5, sums: ['onHand'] };
    const days: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await ledger.lots.summary({ ...query, ...(cursor ? { cursor } : {}) });
      expect(page.count).toBe(13);
      expect(page.groups.length).toBeLessThanOrEqual(5);
      days.push(...page.groups.map(({ value }) => value));
      cursor = page.next;
    } while (cursor);
    const june = Array.from({ length: 10 }, (_, i) => `2026-06-${10 + i}`);
    expect(days).toEqual(['2026-04-10', '2026-04-20', '2026-05-02', ...june]);
    const { next } = await ledger.lots.summary(query);
    for (const other of [{ groupBy: ['item'] }, { sums: [] }, { search: 'x' }, { filter: { item: 'EGGS' } }])
      expect(await refused(ledger.lots.summary({ ...query, ...other, cursor: String(next) }))).toBe(
        'cursor.invalid at cursor',
      );
  });

  test('end a page early where very many groups stand inside', async () => {
    const ledger = await trial();
    await ledger.items.create({ code: 'EGGS', unit: { code: 'PCE', decimals: 0 }, lots: {} });
    const many = Array.from({ length: 5_000 }, (_, n) =>
      ledger.lots.create({ item: 'EGGS', code: `E${n}`, supplierLot: `V${n}` }),
    );
    await Promise.all([...many, ledger.lots.create({ item: 'GOUDA', code: 'G1' })]);
    const query = { groupBy: ['item', 'supplierLot'] };
    const first = await ledger.lots.summary(query);
    expect(first.groups.map(({ value, groups }) => [value, groups?.length])).toEqual([['EGGS', 5_000]]);
    const rest = await ledger.lots.summary({ ...query, cursor: String(first.next) });
    expect(told(rest.groups)).toEqual([['GOUDA', 'Young Gouda, wheel', 1, [[null, null, 1]]]]);
    expect([rest.count, rest.next]).toEqual([5_001, undefined]);
  });

  test('of postings and pieces', async () => {
    const ledger = await store();
    const { groups } = await ledger.postings.summary({ groupBy: ['month', 'warehouse', 'type'] });
    expect(told(groups)).toEqual([['2026-03', null, 13, [['CAVE', null, 13, [['load', null, 13]]]]]]);
    for (const code of ['T1', 'T2'])
      await ledger.postings.post({
        warehouse: 'SHOP',
        template: 'IN',
        date: '2026-03-18',
        lines: [{ item: 'DRILL', quantity: 1, serials: [{ code }] }],
      });
    await ledger.serials.create({ item: 'DRILL', code: 'T3' });
    const pieces = await ledger.serials.summary({ groupBy: ['warehouse', 'location'], sums: ['onHand'] });
    expect(told(pieces.groups)).toEqual([
      ['SHOP', null, 2, [[null, null, 2]]],
      [null, null, 1, [[null, null, 1]]],
    ]);
    expect(pieces.sums.onHand).toEqual([{ unit: 'PCE', decimals: 0, quantity: '2' }]);
  });

  test('refuse what is not on offer, with its path', async () => {
    const ledger = await store();
    const why = (query: object) => refused(ledger.lots.summary(query));
    expect(await why({ groupBy: ['item', 'warehouse'] })).toBe('query.unsupported at groupBy[1]');
    expect(await why({ groupBy: ['available'] })).toBe('query.unsupported at groupBy[0]');
    expect(await why({ groupBy: ['attributes.fat'] })).toBe('query.unsupported at groupBy[0]');
    expect(await why({ groupBy: ['item', 'item'] })).toBe('field.repeated at groupBy[1]');
    expect(await why({ groupBy: ['item', 'status', 'state', 'closed'] })).toBe(
      'query.unsupported at groupBy[3]',
    );
    expect(await why({ sums: ['available'] })).toBe('query.unsupported at sums[0]');
    expect(await why({ sums: ['onHand', 'onHand'] })).toBe('field.repeated at sums[1]');
    expect(await why({ limit: 0 })).toBe('field.range at limit');
    expect(await why({ asOf: '2026-03-01' })).toBe('query.unsupported at asOf');
    expect(await refused(ledger.serials.summary({ groupBy: ['location', 'warehouse'] }))).toBe(
      'query.unsupported at groupBy[0]',
    );
    expect(await refused(ledger.postings.summary({ sums: ['onHand'] }))).toBe('query.unsupported at sums[0]');
    expect((await refusal(ledger.lots.summary({ groupBy: ['x'] }))).details.offered).toContain('expiryMonth');
  });
});

test('filters that registers ask for: zero stock, recalled, blocked, reserved, months', async () => {
  const ledger = await trial();
  await ledger.lotStatuses.create({ code: 'STOP', intents: { sale: 'deny' } });
  await ledger.lotStatuses.create({ code: 'LOOK', intents: { sale: 'warn', production: 'deny' } });
  const made = { status: { OK: 'OK', QA: 'QA', STOP: 'STOP', LOOK: 'LOOK' }, held: { NOSALE: false } };
  for (const [code, status] of Object.entries(made.status))
    await ledger.lots.create({ item: 'GOUDA', code, status });
  await ledger.lots.create({ item: 'GOUDA', code: 'NOSALE', sellable: false });
  await ledger.lots.create({ item: 'GOUDA', code: 'PLAIN', expiryDate: '2026-07-01' });
  await load(ledger, 'GOUDA', 'FULL', '2');
  const found = async (filter: object): Promise<string> =>
    (await ledger.lots.list({ filter } as never)).items.map(({ code }) => code).join(' ');
  expect(await found({ blocked: true })).toBe('NOSALE QA STOP');
  expect(await found({ blocked: false })).toBe('FULL LOOK OK PLAIN');
  expect(await found({ inStock: true })).toBe('FULL');
  expect(await found({ onHand: 0, blocked: false })).toBe('LOOK OK PLAIN');
  expect(await found({ onHand: { from: '0.000001' } })).toBe('FULL');
  expect(await found({ onHand: { from: '2', to: '999999999999999999' } })).toBe('FULL');
  expect(await found({ expiryMonth: '2026-07' })).toBe('PLAIN');
  expect(await found({ expiryMonth: { from: '2026-06', to: '2026-08' }, item: { like: 'g%' } })).toBe(
    'PLAIN',
  );
  expect(await found({ status: { like: 's%' } })).toBe('STOP');
  expect(await found({ exhausted: true })).toBe('');
  const why = (filter: object) => refused(ledger.lots.list({ filter } as never));
  expect(await why({ blocked: 'yes' })).toBe('field.type at filter.blocked');
  expect(await why({ blocked: { in: [true] } })).toBe('query.unsupported at filter.blocked');
  expect(await why({ expiryMonth: '2026-13' })).toBe('field.type at filter.expiryMonth');
  expect(await why({ onHand: '0.0000001' })).toBe('quantity.precision at filter.onHand');
});
