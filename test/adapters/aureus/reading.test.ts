/** Lots, serials, items and warehouses of AureusERP as the ledger reads them. */
import { expect, test } from 'vitest';
import { fakeAureus, ledgerOf, refused, stocked } from './kit.ts';
import { at } from './shop.ts';

const codes = ({ items }: { items: readonly { code: string }[] }): string[] => items.map(({ code }) => code);

test('a lot with what lies of it, exact, place by place', async () => {
  const fake = await fakeAureus();
  const { first, flour } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const lot = await ledger.lots.get(first);
  expect(lot).toMatchObject({
    id: first,
    item: flour,
    itemDescription: 'Flour 00 [FL-00]',
    code: 'FL-2026-001',
    reference: 'Silo 4',
    supplierLot: null,
    status: null,
    expiryDate: '2027-03-31',
    unit: { code: 'kg', decimals: 2 },
    onHand: '89.8',
    reserved: '5',
    available: '84.8',
    referenced: true,
    exhausted: false,
    attributes: { company: 'Molino Verdi' },
  });
  expect(lot.stock).toEqual([
    { warehouse: 'WH', location: 'WH/Stock', loaded: null, onHand: '59.6', reserved: '0', available: '59.6' },
    {
      warehouse: 'WH',
      location: 'WH/Stock/Shelf A',
      loaded: null,
      onHand: '30.2',
      reserved: '5',
      available: '25.2',
    },
  ]);
});

test('what lies outside the house or in scrap is not on hand', async () => {
  const fake = await fakeAureus();
  const { second } = stocked(fake);
  fake.shop.put(Number(second), at.customers, 50);
  fake.shop.put(Number(second), at.scrap, 4);
  const lot = await (await ledgerOf(fake)).lots.get(second);
  expect([lot.onHand, lot.stock, lot.referenced]).toEqual(['0', [], true]);
});

test('the place a lot says it was put last is an attribute, not its stock', async () => {
  const fake = await fakeAureus();
  const { grain } = stocked(fake);
  fake.shop.put(Number(grain), at.shelf, 3);
  const ledger = await ledgerOf(fake);
  const lot = await ledger.lots.get(grain);
  expect(lot.attributes.lastLocation).toBe('WH/Stock/Shelf A');
  expect(lot.stock.map(({ location }) => location)).toEqual(['NORTH/Stock', 'WH/Stock/Shelf A']);
  const there = await ledger.lots.list({ filter: { lastLocation: { in: [at.shelf] } } });
  expect(codes(there)).toContain('SALT-1');
});

test('lots and serials are apart, whatever the API calls them', async () => {
  const fake = await fakeAureus();
  const { first, piece, scale } = stocked(fake);
  const ledger = await ledgerOf(fake);
  expect(codes(await ledger.lots.list())).toEqual(['FL-2026-001', 'FL-2026-002', 'SALT-1']);
  const serials = await ledger.serials.list({ total: true });
  expect([codes(serials), serials.total]).toEqual([['SN-0001'], 1]);
  expect(await ledger.serials.get(piece)).toMatchObject({
    item: scale,
    onHand: '1',
    available: '1',
    warehouse: 'WH',
    location: 'WH/Stock',
    holder: null,
  });
  expect(await refused(ledger.lots.get(piece))).toEqual(['lot.notFound', undefined]);
  expect(await refused(ledger.serials.get(first))).toEqual(['serial.notFound', undefined]);
});

test('without serials in the house every lot is asked for, without naming products', async () => {
  const fake = await fakeAureus();
  fake.shop.lot({ product: fake.shop.product({ name: 'Oil' }), name: 'O-1' });
  const ledger = await ledgerOf(fake);
  expect(codes(await ledger.lots.list())).toEqual(['O-1']);
  expect(fake.asked('lots')[0]?.search.get('filter[product_id]')).toBe(null);
  expect((await ledger.serials.list({ total: true })).total).toBe(0);
});

test('more products than an address can name: the item is to be named', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const ledger = await ledgerOf(fake, { productsAtMost: 1 });
  expect(await refused(ledger.lots.list())).toEqual(['query.unsupported', 'filter.item']);
  expect(await refused(ledger.items.list({ search: 'flour' }))).toEqual(['query.unsupported', 'search']);
  expect(codes(await ledger.lots.list({ filter: { item: flour } }))).toHaveLength(2);
  expect(codes(await ledger.items.list())).toHaveLength(3);
});

test('filters: what occurs in a code, exactly a code, an item, a reference, a company', async () => {
  const fake = await fakeAureus();
  const { flour, salt } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const found = async (filter: object) => codes(await ledger.lots.list({ filter: filter as never }));
  expect(await found({ code: { like: '%2026%' } })).toEqual(['FL-2026-001', 'FL-2026-002']);
  expect(await found({ code: 'fl-2026-002' })).toEqual(['FL-2026-002']);
  expect(await found({ code: { in: ['SALT-1', 'FL-2026-001', 'none'] } })).toEqual(['FL-2026-001', 'SALT-1']);
  expect(await found({ item: salt })).toEqual(['SALT-1']);
  expect(await found({ item: { in: [flour, 'x', '999'] } })).toHaveLength(2);
  expect(await found({ item: 'FLOUR' })).toEqual([]);
  expect(await found({ item: { like: '%flour%' } })).toHaveLength(2);
  expect(await found({ item: { like: '%scale%' } })).toEqual([]);
  expect(await found({ reference: { like: '%silo%' } })).toEqual(['FL-2026-001']);
  expect(await found({ reference: 'Silo 4', code: { like: '%002%' } })).toEqual([]);
  expect(await found({ company: 1 })).toHaveLength(3);
  expect(await found({ company: '7' })).toEqual([]);
});

test('a pattern means what it says: no wildcard, no “or”, no truth value slips in', async () => {
  const fake = await fakeAureus();
  const { shop } = fake;
  const oil = shop.product({ name: 'Oil' });
  for (const name of ['A_1', 'AB1', '100%', 'a,b', 'true', 'c\\d']) shop.lot({ product: oil, name });
  const ledger = await ledgerOf(fake);
  const like = async (text: string) => codes(await ledger.lots.list({ filter: { code: { like: text } } }));
  expect(await like('%A\\_1%')).toEqual(['A_1']);
  expect(await like('%\\%%')).toEqual(['100%']);
  expect(await like('%')).toHaveLength(6);
  for (const text of ['A%', '%A_1%', '%a,b%', '%true%', 'A', '%a%b%']) {
    expect(await refused(like(text))).toEqual(['query.unsupported', 'filter.code']);
  }
  const exact = async (code: string) => codes(await ledger.lots.list({ filter: { code } }));
  expect(await exact('A,B')).toEqual(['a,b']);
  expect(await exact('TRUE')).toEqual(['true']);
  expect(await exact('c\\d')).toEqual(['c\\d']);
});

test('sorts of the API, ties in the order of ids, and no other', async () => {
  const fake = await fakeAureus();
  stocked(fake);
  const ledger = await ledgerOf(fake);
  expect(codes(await ledger.lots.list({ sort: ['-code'] }))).toEqual([
    'SALT-1',
    'FL-2026-002',
    'FL-2026-001',
  ]);
  await ledger.lots.list({ sort: ['createdAt', '-reference'] });
  expect(fake.asked('lots').at(-1)?.search.get('sort')).toBe('created_at,-reference,id');
  expect(await refused(ledger.lots.list({ sort: ['expiryDate'] }))).toEqual(['query.unsupported', 'sort[0]']);
  expect(await refused(ledger.lots.list({ search: 'x' }))).toEqual(['query.unsupported', 'search']);
  expect(await refused(ledger.lots.list({ filter: { onHand: '1' } }))).toEqual([
    'query.unsupported',
    'filter.onHand',
  ]);
  expect(await refused(ledger.lots.list({ filter: { code: { from: 'A' } } }))).toEqual([
    'query.unsupported',
    'filter.code.from',
  ]);
  expect(await refused(ledger.lots.list({ asOf: '2026-01-01' }))).toEqual(['query.unsupported', 'asOf']);
});

test('pages of any length out of pages of fifteen, from anywhere, with few requests', async () => {
  const fake = await fakeAureus();
  const { shop } = fake;
  const oil = shop.product({ name: 'Oil' });
  for (let n = 1; n <= 130; n++) {
    const lot = shop.lot({ product: oil, name: `O-${String(n).padStart(3, '0')}` });
    shop.move({ lot, quantity: n, from: at.suppliers, to: at.stock });
  }
  const ledger = await ledgerOf(fake, { keep: 60_000 });
  const first = await ledger.lots.list({ sort: ['code'], limit: 50, total: true });
  expect([first.items.length, first.total, first.items[49]?.onHand]).toEqual([50, 130, '50']);
  expect(fake.asked('lots')).toHaveLength(4);
  expect(fake.asked('quantities')).toHaveLength(7);
  const second = await ledger.lots.list({ sort: ['code'], limit: 50, cursor: first.next as string });
  const third = await ledger.lots.list({ sort: ['code'], limit: 50, cursor: second.next as string });
  expect(new Set([first, second, third].flatMap(codes)).size).toBe(130);
  expect(third.next).toBeUndefined();
  const middle = await ledger.lots.list({ sort: ['code'], limit: 3, skip: 77 });
  expect(codes(middle)).toEqual(['O-078', 'O-079', 'O-080']);
  expect(codes(await ledger.lots.list({ skip: 500 }))).toEqual([]);
  expect((await ledger.lots.list({ total: 100 })).capped).toBe(true);
  fake.routes.size = 40;
  expect(codes(await ledger.lots.list({ sort: ['code'], limit: 3, skip: 77 }))).toEqual(codes(middle));
});

test('a cursor belongs to its question', async () => {
  const fake = await fakeAureus();
  stocked(fake);
  const ledger = await ledgerOf(fake);
  const { next } = await ledger.lots.list({ limit: 1 });
  const cursor = next as string;
  expect(codes(await ledger.lots.list({ limit: 1, cursor }))).toEqual(['FL-2026-002']);
  for (const wrong of [
    { cursor, sort: ['code'] },
    { cursor: 'AAAA' },
    { cursor: '§' },
    { cursor: btoa('[1]') },
  ]) {
    expect(await refused(ledger.lots.list({ limit: 1, ...wrong }))).toEqual(['cursor.invalid', 'cursor']);
  }
  expect(await refused(ledger.lots.list({ cursor, skip: 1 }))).toEqual(['query.unsupported', 'skip']);
  expect(await refused(ledger.lots.list({ limit: 0 }))).toEqual(['field.range', 'limit']);
  expect(await refused(ledger.lots.list({ limit: '5' } as never))).toEqual(['field.type', 'limit']);
  expect(await refused(ledger.lots.list({ colour: 1 } as never))).toEqual(['field.unknown', 'colour']);
});

test('a lot by its code, alone or with its item', async () => {
  const fake = await fakeAureus();
  const { flour, salt, first } = stocked(fake);
  fake.shop.lot({ product: Number(salt), name: 'fl-2026-001' });
  const ledger = await ledgerOf(fake);
  expect((await ledger.lots.get({ item: flour, code: ' fl-2026-001 ' })).id).toBe(first);
  expect(await refused(ledger.port.query('lots.get', { code: 'FL-2026-001' }))).toEqual([
    'lot.ambiguous',
    undefined,
  ]);
  expect(await refused(ledger.lots.get({ item: 'X', code: 'FL-2026-001' }))).toEqual([
    'lot.notFound',
    undefined,
  ]);
  for (const id of ['999999', 'nope', '../products/1', '0']) {
    expect(await refused(ledger.lots.get(id))).toEqual(['lot.notFound', undefined]);
  }
});

test('movements, newest first: a line within the house is two of them', async () => {
  const fake = await fakeAureus();
  const { first } = stocked(fake);
  fake.shop.move({ lot: Number(first), quantity: 99, from: at.stock, to: at.customers, state: 'assigned' });
  const ledger = await ledgerOf(fake);
  const { items } = await ledger.lots.movements(first);
  expect(
    items.map((m) => [m.date, m.direction, m.quantity, m.intent, m.location, m.document?.number ?? null]),
  ).toEqual([
    ['2026-11-04', 'unload', '-0.3', 'scrap', 'WH/Stock', null],
    ['2026-11-03', 'unload', '-10', 'sale', 'WH/Stock/Shelf A', 'WH/OUT/00001'],
    ['2026-11-02', 'load', '40.2', 'transfer', 'WH/Stock/Shelf A', 'WH/INT/00001'],
    ['2026-11-02', 'unload', '-40.2', 'transfer', 'WH/Stock', 'WH/INT/00001'],
    ['2026-11-01', 'load', '100.1', 'purchase', 'WH/Stock', 'WH/IN/00001'],
  ]);
  expect(items[1]?.party).toEqual({ kind: 'customer', code: '12', name: null });
  expect(items[1]?.document?.type).toBe('salesDeliveryNote');
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger.lots.movements(first, { limit: 1, ...(cursor ? { cursor } : {}) });
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(paged).toEqual(items.map(({ id }) => id));
  const loads = await ledger.lots.movements(first, { direction: 'load' });
  expect(loads.items.map(({ quantity }) => quantity)).toEqual(['40.2', '100.1']);
});

test('items are the tracked products, searched for in what people call them', async () => {
  const fake = await fakeAureus();
  const { flour, scale } = stocked(fake);
  const ledger = await ledgerOf(fake);
  const names = async (query: object) =>
    (await ledger.items.list(query)).items.map(({ description }) => description);
  expect(await names({ sort: ['description'] })).toEqual(['Flour 00 [FL-00]', 'Scale 30 kg', 'Sea salt']);
  expect(await names({ search: 'fl-00' })).toEqual(['Flour 00 [FL-00]']);
  expect(await names({ filter: { code: { in: [scale, flour] } } })).toEqual([
    'Flour 00 [FL-00]',
    'Scale 30 kg',
  ]);
  expect(await ledger.items.get(scale)).toMatchObject({
    lots: null,
    serials: {},
    unit: { code: 'pce', decimals: 0 },
  });
  expect(await refused(ledger.items.get('FLOUR'))).toEqual(['item.notFound', undefined]);
});

test('lots of a deleted product are still there', async () => {
  const fake = await fakeAureus();
  const { flour } = stocked(fake);
  const row = fake.shop.products.find(({ id }) => String(id) === flour);
  if (row) row.deleted_at = '2026-11-01T00:00:00.000000Z';
  const ledger = await ledgerOf(fake);
  expect(codes(await ledger.lots.list({ filter: { code: { like: '%FL%' } } }))).toHaveLength(2);
});

test('warehouses with the locations that are in the house', async () => {
  const fake = await fakeAureus();
  const ledger = await ledgerOf(fake);
  const { items } = await ledger.warehouses.list({ sort: ['-code'] });
  expect(items.map(({ code, description, locations }) => [code, description, locations.length])).toEqual([
    ['WH', 'Main house', 2],
    ['NORTH', 'North house', 1],
  ]);
  expect((await ledger.warehouses.get('north')).locations[0]?.code).toBe('NORTH/Stock');
});

test('a day is one of the zone that Aureus is set to', async () => {
  const fake = await fakeAureus();
  const oil = fake.shop.product({ name: 'Oil' });
  const id = String(fake.shop.lot({ product: oil, name: 'O', expiration: '2026-12-31T23:30:00.000000Z' }));
  const expiry = async (timeZone: string) =>
    (await (await ledgerOf(fake, { timeZone })).lots.get(id)).expiryDate;
  expect([await expiry('UTC'), await expiry('Europe/Rome')]).toEqual(['2026-12-31', '2027-01-01']);
});

test('what the ledger lists is what the capabilities say', async () => {
  const fake = await fakeAureus();
  const ledger = await ledgerOf(fake);
  const { queries } = ledger.capabilities;
  for (const name of [
    'lots.history',
    'lots.trace',
    'postings.list',
    'settings.get',
    'lotStatuses.list',
    '__proto__',
  ]) {
    expect(Object.hasOwn(queries, name)).toBe(false);
    expect(await refused(ledger.port.query(name, {}))).toEqual(['query.unsupported', undefined]);
  }
  expect(fake.seen).toEqual([]);
});
