/** Lists in the query string: filters by name, sorts, pages, values and summaries. */
import { beforeAll, expect, test } from 'vitest';
import { dairy, milk, type Site, site } from './setup.ts';

let at: Site;

const codes = async (query: string): Promise<string[]> => {
  const { status, body } = await at.ask(`/lots?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return body.items.map(({ code }: { code: string }) => code);
};

beforeAll(async () => {
  at = await site();
  await dairy(at.ledger);
  const extra = {
    A: { expiryDate: '2026-12-10', supplier: 'S1', packageCount: 3, attributes: {} },
    B: { expiryDate: '2026-12-20', supplier: 'S2, Ltd', sellable: false },
    C: { expiryDate: '2027-01-05', supplier: 'S1' },
    D: { expiryDate: null, supplier: null },
  };
  for (const [code, said] of Object.entries(extra))
    await at.ledger.lots.create({ item: 'MILK', code, ...said } as Parameters<
      typeof at.ledger.lots.create
    >[0]);
  await at.ask('/postings', { body: milk('10', 'A') });
});

test('filters stand by their names, with comparisons behind a dot', async () => {
  expect(await codes('item=MILK&expiryDate.to=2026-12-31&sort=-expiryDate,code')).toEqual(['B', 'A']);
  expect(await codes('supplier=S1&sort=code')).toEqual(['A', 'C']);
  expect(await codes('supplier=S1&supplier=S2%2C+Ltd&sort=code')).toEqual(['A', 'B', 'C']);
  expect(await codes('supplier.in=S2%2C+Ltd&sort=code')).toEqual(['B']);
  expect(await codes('supplier.isNull=true')).toEqual(['D']);
  expect(await codes('code.like=%25a%25')).toEqual(['A']);
  expect(await codes('expiryDate.from=2026-12-11&expiryDate.to=2026-12-31')).toEqual(['B']);
});

test('filters take flags and numbers as what they are', async () => {
  expect(await codes('sellable=false')).toEqual(['B']);
  expect(await codes('expired=false&expiresWithin=20')).toEqual(['A']);
  expect(await codes('inStock=true')).toEqual(['A']);
});

test('what does not fit is written as JSON, beside filters by name', async () => {
  const filter = encodeURIComponent(JSON.stringify({ expiryDate: { from: '2026-12-01' } }));
  expect(await codes(`filter=${filter}&supplier=S1&sort=code`)).toEqual(['A', 'C']);
  const { status, body } = await at.ask(`/lots?filter=${filter}&expiryDate=2026-12-10`);
  expect([status, body.code, body.path]).toEqual([400, 'field.repeated', 'filter.expiryDate']);
});

test('a page is limited, counted, skipped into and gone on with', async () => {
  const first = await at.ask('/lots?sort=code&limit=2&total=true');
  expect(first.body).toMatchObject({ items: [{ code: 'A' }, { code: 'B' }], total: 4 });
  expect(first.body.asOf.date).toBe('2026-11-22');
  const second = await at.ask(`/lots?sort=code&limit=2&cursor=${first.body.next}`);
  expect(second.body.items).toMatchObject([{ code: 'C' }, { code: 'D' }]);
  expect(await codes('sort=code&skip=3')).toEqual(['D']);
  expect((await at.ask('/lots?total=2')).body).toMatchObject({ total: 2, capped: true });
  expect(await codes('search=milk&sort=code')).toEqual(['A', 'B', 'C', 'D']);
  expect((await at.ask('/lots?asOf=2026-11-20')).status).toBe(200);
});

test('values and summaries have addresses of their own', async () => {
  const values = await at.ask('/values/lots/supplier?item=MILK&limit=2');
  expect(values.body.items).toMatchObject([
    { value: 'S1', count: 2 },
    { value: 'S2, Ltd', count: 1 },
  ]);
  const rest = await at.ask(`/values/lots/supplier?item=MILK&limit=2&cursor=${values.body.next}`);
  expect(rest.body.items).toMatchObject([{ value: null, count: 1 }]);
  const summary = await at.ask('/summary/lots?groupBy=item,supplier&sums=onHand&supplier.isNull=false');
  expect(summary.body).toMatchObject({ count: 3, sums: { onHand: [{ unit: 'PCE', quantity: '10' }] } });
  expect(summary.body.groups[0].groups).toHaveLength(2);
});

test.each([
  ['colour=red', 400, 'field.unknown', 'colour'],
  ['expiryDate.below=2026-12-31', 400, 'field.unknown', 'expiryDate.below'],
  ['expiryDate=tomorrow', 400, 'date.invalid', 'filter.expiryDate'],
  ['sellable=maybe', 400, 'field.type', 'sellable'],
  ['expiresWithin=soon', 400, 'field.type', 'expiresWithin'],
  ['limit=ten', 400, 'field.type', 'limit'],
  ['limit=0', 400, 'field.range', 'limit'],
  ['limit=501', 400, 'field.range', 'limit'],
  ['limit=1&limit=2', 400, 'field.repeated', 'limit'],
  ['total=some', 400, 'field.type', 'total'],
  ['filter={', 400, 'field.type', 'filter'],
  ['filter=[]', 400, 'field.type', 'filter'],
  ['filter={"colour":1}', 400, 'query.unsupported', 'filter.colour'],
  ['filter={"__proto__":{"x":1}}', 400, 'field.unknown', 'filter.__proto__'],
  ['sort=colour', 400, 'query.unsupported', undefined],
  ['__proto__=1', 400, 'field.unknown', '__proto__'],
  ['__proto__.in=1', 400, 'field.unknown', '__proto__.in'],
  ['constructor=1', 400, 'field.unknown', 'constructor'],
  ['supplier=S1&supplier.in=S2', 400, 'field.repeated', 'filter.supplier'],
  ['supplier.like=a&supplier.like=b', 400, 'field.repeated', 'supplier.like'],
])('%s is refused', async (query, status, code, path) => {
  const answer = await at.ask(`/lots?${query}`);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  if (path !== undefined) expect(answer.body.path).toBe(path);
});
