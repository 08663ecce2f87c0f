/** Lists: filters, sorts, searches, pages and cursors, and what they refuse. */
import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../../src/core/index.ts';
import { load, refusal, refused, sell, trial } from '../commands/trial.ts';

/** Five lots of Gouda on one shelf, and an item Edam with variants. */
async function shelves(): Promise<Ledger> {
  const ledger = await trial();
  await ledger.items.create({
    code: 'EDAM',
    description: 'Edam ball',
    unit: { code: 'PCE', decimals: 0 },
    lots: {},
    variants: [{ code: 'RED' }, { code: 'BLACK' }],
  });
  const dates = ['2026-03-20', '2026-06-30', '2026-04-10', '2026-03-17', '2026-05-01'];
  for (const [i, expiryDate] of dates.entries()) {
    await load(ledger, 'GOUDA', `G${i * 5}`, `${i + 1}.5`, { expiryDate, supplierLot: `V/${i}%` });
  }
  return ledger;
}

const codes = async (ledger: Ledger, query: object): Promise<string[]> =>
  (await ledger.lots.list(query)).items.map((lot) => lot.code);

describe('the register of lots', () => {
  test('sorts naturally by what is on offer, both ways, nulls last', async () => {
    const ledger = await shelves();
    await ledger.lots.create({ item: 'GOUDA', code: 'NONE', startDate: null });
    expect(await codes(ledger, {})).toEqual(['G0', 'G5', 'G10', 'G15', 'G20', 'NONE']);
    expect(await codes(ledger, { sort: ['-code'] })).toEqual(['NONE', 'G20', 'G15', 'G10', 'G5', 'G0']);
    expect(await codes(ledger, { sort: ['expiryDate'] })).toEqual(['G15', 'G0', 'G10', 'G20', 'G5', 'NONE']);
    expect(await codes(ledger, { sort: ['-expiryDate'] })).toEqual(['G5', 'G20', 'G10', 'G0', 'G15', 'NONE']);
    expect(await codes(ledger, { sort: ['-onHand'], limit: 2 })).toEqual(['G20', 'G15']);
    for (const sort of ['available', 'colour', '-', '--code']) {
      expect(await refused(ledger.lots.list({ sort: [sort] }))).toBe('query.unsupported at sort[0]');
    }
  });

  test('sorts by up to three, each upwards or downwards, and refuses what is no sort with its path', async () => {
    const ledger = await shelves();
    await ledger.lotStatuses.create({ code: 'HOLD' });
    for (const code of ['G10', 'G0']) {
      const { id } = await ledger.lots.get(code);
      await ledger.lots.update(id, { status: 'HOLD' });
    }
    expect(await codes(ledger, { sort: ['status', '-code'] })).toEqual(['G10', 'G0', 'G20', 'G15', 'G5']);
    expect(await codes(ledger, { sort: ['-status', 'expiryDate'] })).toEqual([
      'G0',
      'G10',
      'G15',
      'G20',
      'G5',
    ]);
    expect(await codes(ledger, { sort: ['item', 'status', '-onHand'], limit: 3 })).toEqual([
      'G10',
      'G0',
      'G20',
    ]);
    const why = (...sort: string[]) => refused(ledger.lots.list({ sort }));
    expect(await why('code', 'colour')).toBe('query.unsupported at sort[1]');
    expect(await why('code', 'item', '-code')).toBe('field.repeated at sort[2]');
    expect(await why('code', 'item', 'status', 'onHand')).toBe('query.unsupported at sort[3]');
    expect(await why('code', 'attributes.fat')).toBe('query.unsupported at sort[1]');
    expect(await why('attributes.fat', 'code')).toBe('query.unsupported at sort[0]');
    const sorted = await ledger.lots.list({ sort: ['status', '-code'], limit: 2 });
    const cursor = String(sorted.next);
    for (const sort of [['status'], ['status', 'code'], ['-status', '-code'], ['status', '-code', 'item']])
      expect(await refused(ledger.lots.list({ sort, cursor }))).toBe('cursor.invalid at cursor');
  });

  test('filters by value, list, wildcards, range and absence', async () => {
    const ledger = await shelves();
    const filtered = (filter: object) => codes(ledger, { filter });
    expect(await filtered({ code: 'g10' })).toEqual(['G10']);
    expect(await filtered({ code: { in: ['G5', 'G0', 'X'] } })).toEqual(['G0', 'G5']);
    expect(await filtered({ code: { like: 'g_' } })).toEqual(['G0', 'G5']);
    expect(await filtered({ code: { like: '%0' } })).toEqual(['G0', 'G10', 'G20']);
    expect(await filtered({ code: { from: 'G6', to: 'G15' } })).toEqual(['G10', 'G15']);
    expect(await filtered({ supplierLot: { like: 'v/3\\%' } })).toEqual(['G15']);
    expect(await filtered({ expiryDate: { from: '2026-04-10', to: '2026-05-01' } })).toEqual(['G10', 'G20']);
    expect(await filtered({ expiryDate: null })).toEqual([]);
    expect(await filtered({ supplier: { isNull: true }, onHand: { from: '3.5' } })).toEqual([
      'G10',
      'G15',
      'G20',
    ]);
    expect(await filtered({ onHand: '2.5' })).toEqual(['G5']);
    expect(await filtered({ item: 'gouda', status: null, closed: false, sellable: true })).toHaveLength(5);
    expect(await filtered({ createdAt: { from: '2026-03-18', to: '2026-03-18' } })).toHaveLength(5);
    expect(await filtered({ createdAt: { to: '2026-03-17' } })).toEqual([]);
    expect(await filtered({ code: { in: ['G5'], like: undefined }, item: undefined })).toEqual(['G5']);
  });

  test('refuses filters and comparisons it does not offer, with their path', async () => {
    const ledger = await shelves();
    const why = (filter: object) => refused(ledger.lots.list({ filter } as never));
    expect(await why({ colour: 'red' })).toBe('query.unsupported at filter.colour');
    expect(await why({ available: '5' })).toBe('query.unsupported at filter.available');
    expect(await why({ code: { near: 'G' } })).toBe('query.unsupported at filter.code.near');
    expect(await why({ closed: { like: '%' } })).toBe('query.unsupported at filter.closed');
    expect(await why({ description: { from: 'x' } })).toBe('query.unsupported at filter.description');
    expect(await why({ toString: 'x' })).toBe('query.unsupported at filter.toString');
    expect(await why({ closed: 'yes' })).toBe('field.type at filter.closed');
    expect(await why({ closed: { in: [true, 'yes'] } })).toBe('field.type at filter.closed.in[1]');
    expect(await why({ expiryDate: { from: '2026-02-31' } })).toBe('date.invalid at filter.expiryDate.from');
    expect(await why({ onHand: { from: '-1' } })).toBe('quantity.format at filter.onHand.from');
    expect(await why({ location: 'S1' })).toBe('query.unsupported at filter.location');
    expect(await why({ expiresWithin: -1 })).toBe('field.range at filter.expiresWithin');
    expect(await refused(ledger.lots.list({ limit: 501 }))).toBe('field.range at limit');
    expect(await refused(ledger.lots.list({ limit: 0 }))).toBe('field.range at limit');
    expect(await refused(ledger.lots.list({ order: 'code' } as never))).toBe('field.unknown at order');
  });

  test('R28 finds what is expired, what is not, and what will be', async () => {
    const ledger = await shelves();
    expect(await codes(ledger, { filter: { expired: true } })).toEqual(['G15']);
    expect(await codes(ledger, { filter: { expired: false } })).toEqual(['G0', 'G5', 'G10', 'G20']);
    expect(await codes(ledger, { filter: { expiresWithin: 2 } })).toEqual(['G0']);
    expect(await codes(ledger, { filter: { expiresWithin: 1 } })).toEqual([]);
    expect(await codes(ledger, { filter: { expiresWithin: 23, expired: false } })).toEqual(['G0', 'G10']);
  });

  test('finds lots by the place where they lie now', async () => {
    const ledger = await shelves();
    const at = (filter: object) => codes(ledger, { filter });
    expect(await at({ warehouse: 'cave' })).toEqual(['G0', 'G5', 'G10', 'G15', 'G20']);
    await sell(ledger, 'GOUDA', 'G5', '2.5');
    expect(await at({ warehouse: 'CAVE', location: 's1' })).toEqual(['G0', 'G10', 'G15', 'G20']);
    expect(await at({ warehouse: 'CAVE', location: 'S2' })).toEqual([]);
    expect(await at({ warehouse: 'SHOP' })).toEqual([]);
    expect((await ledger.lots.list({ filter: { warehouse: 'CAVE' }, limit: 3, total: true })).total).toBe(4);
  });

  test('searches code, texts, item description and party, folded', async () => {
    const ledger = await shelves();
    const lot = await ledger.lots.create({
      item: 'EDAM',
      variant: 'BLACK',
      code: 'E9',
      supplier: 'de-2',
      reference: 'Ätna',
    });
    await ledger.parties.create({ kind: 'supplier', code: 'DE-2', name: 'De Kaasboer' });
    const found = (search: string) => codes(ledger, { search });
    expect(await found('g1')).toEqual(['G10', 'G15']);
    expect(await found('ätna')).toEqual([lot.code]);
    expect(await found('edam ball')).toEqual(['E9']);
    expect(await found('YOUNG gouda')).toHaveLength(5);
    expect(await found('kaasboer')).toEqual(['E9']);
    expect(await found('v/2')).toEqual(['G10']);
    expect(await found('  ')).toHaveLength(6);
    expect(await found('100%')).toEqual([]);
    expect(
      await codes(ledger, { search: 'gouda', filter: { code: { like: '%5' } }, sort: ['-code'] }),
    ).toEqual(['G15', 'G5']);
  });
});

describe('pages', () => {
  test('follow each other without a gap or a double, and tell total and where they stand', async () => {
    const ledger = await shelves();
    for (const sort of [
      'code',
      '-code',
      'item',
      'expiryDate',
      '-onHand',
      'supplier',
      '-status',
      'updatedAt',
    ]) {
      const all = await codes(ledger, { sort: [sort] });
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await ledger.lots.list({
          sort: [sort],
          limit: 2,
          total: true,
          ...(cursor ? { cursor } : {}),
        });
        expect(page.total).toBe(5);
        expect(page.asOf).toEqual({ seq: ledger.status().seq, date: '2026-03-18' });
        paged.push(...page.items.map((lot) => lot.code));
        cursor = page.next;
      } while (cursor);
      expect(paged).toEqual(all);
    }
    expect(await ledger.lots.list({ limit: 5 })).not.toHaveProperty('next');
    expect(await ledger.lots.list({ limit: 5 })).not.toHaveProperty('total');
  });

  test('start in the middle and are counted up to a number; both are bounded', async () => {
    const ledger = await shelves();
    const page = await ledger.lots.list({ sort: ['-code'], skip: 3, limit: 1, total: 4 });
    expect(page).toMatchObject({ items: [{ code: 'G5' }], total: 4, capped: true });
    expect((await ledger.lots.list({ sort: ['-code'], cursor: String(page.next) })).items).toMatchObject([
      { code: 'G0' },
    ]);
    expect(await ledger.lots.list({ skip: 5, total: 5 })).toMatchObject({ items: [], total: 5 });
    expect(await ledger.lots.list({ skip: 5, total: 5 })).not.toHaveProperty('capped');
    expect(await ledger.lots.list({ skip: 9 })).not.toHaveProperty('next');
    const why = (query: object) => refused(ledger.lots.list(query));
    expect(await why({ skip: 1, cursor: String(page.next) })).toBe('query.unsupported at skip');
    for (const skip of [-1, 1.5, 1e12]) expect(await why({ skip })).toBe('field.range at skip');
    for (const total of [0, -1, 0.5, 1e12]) expect(await why({ total })).toBe('field.range at total');
    expect(await why({ skip: '1' })).toBe('field.type at skip');
    expect(await why({ total: 'all' })).toMatch(/^field\.\w+ at total$/);
  });

  test('a cursor belongs to its question', async () => {
    const ledger = await shelves();
    const { next } = await ledger.lots.list({ limit: 2 });
    const cursor = String(next);
    expect((await ledger.lots.list({ limit: 1, cursor })).items[0]?.code).toBe('G10');
    const others = [{ sort: ['-code'] }, { search: 'g' }, { filter: { item: 'GOUDA' } }, { sort: ['item'] }];
    for (const other of others) {
      expect(await refused(ledger.lots.list({ ...other, cursor }))).toBe('cursor.invalid at cursor');
    }
    expect(await refused(ledger.serials.list({ cursor }))).toBe('cursor.invalid at cursor');
    for (const wrong of ['x', 'äöü', '%%%', btoa('[1,2]'), btoa('{}'), `${cursor}A`]) {
      expect(await refused(ledger.lots.list({ cursor: wrong }))).toMatch(/^cursor\.invalid/);
    }
  });
});

test('custom attributes go with everything: several sorts, the middle, counting up to a number', async () => {
  const ledger = await shelves();
  for (const [code, fat] of Object.entries({ G0: 30, G5: 40, G10: 31, G15: null })) {
    const { id } = await ledger.lots.get(code);
    await ledger.lots.update(id, { attributes: { fat } });
  }
  expect(await codes(ledger, { sort: ['attributes.fat'] })).toEqual(['G0', 'G10', 'G5', 'G15', 'G20']);
  expect(await codes(ledger, { sort: ['-attributes.FAT'], skip: 2, limit: 2 })).toEqual(['G0', 'G15']);
  const leaner = { 'attributes.fat': { to: 35 } };
  expect(await codes(ledger, { filter: leaner, sort: ['item', '-expiryDate'] })).toEqual(['G10', 'G0']);
  const none = { 'attributes.fat': { in: [30, 31, null] } };
  const sort = ['item', '-code'];
  expect(await codes(ledger, { filter: none, sort })).toEqual(['G20', 'G15', 'G10', 'G0']);
  const page = await ledger.lots.list({ filter: none, sort, skip: 1, limit: 1, total: 3 });
  expect(page).toMatchObject({ items: [{ code: 'G15' }], total: 3, capped: true });
  expect(await codes(ledger, { filter: none, sort, cursor: page.next })).toEqual(['G10', 'G0']);
  expect(await ledger.lots.list({ filter: none, total: 4 })).not.toHaveProperty('capped');
  expect(await ledger.lots.list({ sort: ['attributes.fat'], limit: 1, total: 2 })).toMatchObject({
    total: 2,
    capped: true,
  });
  const { count, groups } = await ledger.lots.summary({ filter: none, groupBy: ['state'], sums: ['onHand'] });
  expect([count, groups[0]?.count]).toEqual([4, 4]);
});

test('every list asks what it offers', async () => {
  const ledger = await shelves();
  const sample: Record<string, unknown> = {
    state: 'open',
    expired: true,
    expiresWithin: 3,
    warehouse: 'CAVE',
    code: 'X',
  };
  for (const [name, offer] of Object.entries(ledger.capabilities.queries)) {
    if (offer === true) continue;
    const [resource] = name.split('.') as ['lots'];
    for (const sort of offer.sorts) {
      await ledger[resource].list({ sort: [sort] });
      await ledger[resource].list({ sort: [`-${sort}`], search: 'x', total: true });
    }
    for (const filter of offer.filters) {
      if (filter === 'location') continue;
      // a refusal is only ever about the value's type, not about the filter
      await ledger[resource]
        .list({ filter: { [filter]: (sample[filter] ?? { isNull: false }) as never } })
        .catch((error: { code: string; details: { what?: string } }) => {
          expect(error.code).toBe('query.unsupported');
          expect(error.details.what).toBe(`isNull of ${filter}`);
        });
    }
  }
});

test('postings are listed newest first, by document, party, place and day', async () => {
  const ledger = await trial();
  for (const [i, date] of ['2026-03-16', '2026-03-18', '2026-03-17'].entries()) {
    await ledger.postings.post({
      warehouse: i === 2 ? 'SHOP' : 'CAVE',
      template: 'IN',
      date,
      document: { type: 'purchaseDeliveryNote', number: `DN-${i}` },
      party: { kind: 'supplier', code: `S${i}`, name: `Farm ${i}` },
      note: 'fresh',
      lines: [{ item: 'NAILS', quantity: 1, ...(i === 2 ? {} : { location: 'S1' }) }],
    });
  }
  const dates = async (query: object) => (await ledger.postings.list(query)).items.map((each) => each.date);
  expect(await dates({})).toEqual(['2026-03-18', '2026-03-17', '2026-03-16']);
  expect(await dates({ sort: ['date'], filter: { date: { from: '2026-03-17' } } })).toEqual([
    '2026-03-17',
    '2026-03-18',
  ]);
  expect(await dates({ filter: { warehouse: 'shop', template: 'in', type: 'load' } })).toEqual([
    '2026-03-17',
  ]);
  expect(await dates({ search: 'farm 0' })).toEqual(['2026-03-16']);
  expect(await dates({ search: 'dn-1' })).toEqual(['2026-03-18']);
  expect(await dates({ search: '2026/03/17-001' })).toEqual(['2026-03-17']);
  expect(await dates({ filter: { document: { like: 'dn-%' }, party: { in: ['s0', 'S2'] } } })).toHaveLength(
    2,
  );
  const [newest] = (await ledger.postings.list()).items;
  expect(newest).toMatchObject({
    numberText: '2026/03/18-001',
    party: { code: 'S1', name: 'Farm 1' },
    actor: 'paola',
  });
  expect(await ledger.postings.get(String(newest?.id))).toEqual(newest);
  const gone = await refusal(ledger.postings.get('none'));
  expect(gone).toMatchObject({ code: 'posting.notFound', kind: 'missing' });
});

test('master data is listed, filtered and found by code and description', async () => {
  const ledger = await trial();
  const items = async (query: object) => (await ledger.items.list(query)).items.map((item) => item.code);
  expect(await items({})).toEqual(['DRILL', 'GOUDA', 'NAILS']);
  expect(await items({ sort: ['-code'], limit: 1 })).toEqual(['NAILS']);
  expect(await items({ search: 'WHEEL' })).toEqual(['GOUDA']);
  expect(await items({ filter: { description: { like: 'young%' } } })).toEqual(['GOUDA']);
  expect(await items({ filter: { code: 'drill' } })).toEqual(['DRILL']);
  const templates = await ledger.templates.list({ filter: { warehouse: 'cave', type: 'load' } });
  expect(templates.items.map((each) => [each.warehouse, each.code])).toEqual([['CAVE', 'IN']]);
  expect(
    (await ledger.codeTypes.list({ filter: { kind: 'serial' } })).items.map((each) => each.code),
  ).toEqual(['SN']);
});
