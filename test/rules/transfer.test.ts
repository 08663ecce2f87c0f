/** Transfers with both sides in one command (R77), and what they leave as it was (R57, R97, R122, R123). */
import { expect, test } from 'vitest';
import { at, otherOf, placesOf, to, withTransfers } from './pairing.ts';
import { on, wrong } from './taking.ts';
import { dairy, type Line, refused } from './world.ts';

test('R77 the same lots, dates and quantities arrive; only the place differs', async () => {
  const world = await withTransfers(await dairy({ today: '2026-11-22' }));
  await world.post('MAIN/LOA', at('MILK', 'A-01', [['L1', '40']]), on('2026-11-01'));
  await world.post('MAIN/LOA', at('MILK', 'B-01', [['L2', '20']]), on('2026-11-03'));
  const lines: Line[] = [
    {
      item: 'MILK',
      quantity: '25',
      lots: [
        { code: 'l1', quantity: '15', location: 'a-01' },
        { code: 'L2', quantity: '10', location: 'B-01' },
      ],
    },
  ];
  const moved = await world.post('MAIN/MOV', lines, { note: 'to the shop' });
  const arrived = await otherOf(world, moved);
  expect(moved).toMatchObject({ type: 'unload', operation: 'transfer', main: true });
  expect(arrived).toMatchObject({
    type: 'load',
    warehouse: 'SHOP',
    template: 'ARR',
    operation: 'transfer',
    main: false,
    counterpart: moved.id,
    date: moved.date,
    note: 'to the shop',
  });
  const rows = (posting: typeof moved) =>
    posting.lines.flatMap((line) => line.lots.map(({ location: _, ...row }) => row));
  expect(rows(arrived)).toEqual(rows(moved));
  expect(arrived.lines[0]?.lots.map((row) => row.location)).toEqual([null, null]);
  expect(await placesOf(world, 'MILK', 'L1')).toEqual(['MAIN/A-01 25', 'SHOP 15']);
  expect(await placesOf(world, 'MILK', 'L2')).toEqual(['MAIN/B-01 10', 'SHOP 10']);
  const { expiryDate } = await world.ledger.lots.get({ item: 'MILK', code: 'L1' });
  expect(arrived.lines[0]?.lots[0]?.expiryDate).toBe(expiryDate);
});

test('R77 chosen lots arrive as they were chosen, and from several places at the one that was said', async () => {
  const world = await withTransfers(await dairy());
  await world.post('MAIN/LOA', at('MILK', 'A-01', [['OLD', '3']]), on('2026-11-01'));
  await world.post('MAIN/LOA', at('MILK', 'B-01', [['NEW', '9']]), on('2026-11-02'));
  await world.post('MAIN/MOV', { item: 'MILK', quantity: '5', lots: 'auto' });
  expect(await placesOf(world, 'MILK', 'OLD')).toEqual(['SHOP 3']);
  expect(await placesOf(world, 'MILK', 'NEW')).toEqual(['MAIN/B-01 7', 'SHOP 2']);
  const back = await world.post('BAK', { item: 'MILK', quantity: '4', lots: 'auto' }, to('a-01'));
  expect((await otherOf(world, back)).lines[0]?.lots.map((row) => [row.code, row.location])).toEqual([
    ['OLD', 'A-01'],
    ['NEW', 'A-01'],
  ]);
  expect(await placesOf(world, 'MILK', 'NEW')).toEqual(['MAIN/A-01 1', 'MAIN/B-01 7', 'SHOP 1']);
});

test('R77 a warehouse with locations has to be told one, or its template has a default', async () => {
  const world = await withTransfers(await dairy());
  await world.post('LOA', { item: 'SALT', quantity: '1.125' });
  const line = { item: 'SALT', quantity: '0.5' };
  await refused(world, () => world.post('BAK', line), {
    code: 'location.required',
    path: 'counterpart.location',
  });
  await refused(world, () => world.post('BAK', line, to('Z-99')), {
    code: 'location.notFound',
    path: 'counterpart.location',
  });
  const template = await world.ledger.templates.get({ warehouse: 'MAIN', code: 'BCK' });
  await world.ledger.templates.update(template.id, { defaultLocation: 'B-01' });
  const moved = await world.post('BAK', line);
  expect((await otherOf(world, moved)).lines[0]).toMatchObject({ location: 'B-01', quantity: '0.5' });
});

test('R77 asked for from where it arrives, a transfer takes the same lots from the other side', async () => {
  const world = await withTransfers(await dairy());
  await world.post(
    'MAIN/LOA',
    at('MILK', 'A-01', [
      ['L1', '8'],
      ['L2', '8'],
    ]),
  );
  const got = await world.post(
    'ARR',
    {
      item: 'MILK',
      quantity: '9',
      lots: [
        { code: 'L1', quantity: '6' },
        { code: 'L2', quantity: '3' },
      ],
    },
    to('A-01'),
  );
  const left = await otherOf(world, got);
  expect(got).toMatchObject({ type: 'load', warehouse: 'SHOP', main: true, operation: 'transfer' });
  expect(left).toMatchObject({ type: 'unload', warehouse: 'MAIN', template: 'MOV', main: false });
  expect(left.lines[0]?.lots.map((row) => [row.code, row.quantity, row.location])).toEqual([
    ['L1', '6', 'A-01'],
    ['L2', '3', 'A-01'],
  ]);
  await refused(
    world,
    () =>
      world.post('ARR', { item: 'MILK', quantity: '6', lots: [{ code: 'L2', quantity: '6' }] }, to('A-01')),
    {
      code: 'lot.insufficient',
      path: 'lines[0].lots[0].quantity',
      details: { available: '5', warehouse: 'MAIN' },
    },
  );
  // nothing is generated on the way in: what arrives is what there is
  const auto = await world.post('ARR', { item: 'MILK', quantity: '3', lots: 'auto' });
  expect(auto.lines[0]?.lots.map((row) => [row.code, row.quantity])).toEqual([
    ['L1', '2'],
    ['L2', '1'],
  ]);
});

test('R77 given lines may spread a lot over places, in their own units', async () => {
  const world = await withTransfers(await dairy());
  const { ledger } = world;
  await world.post('LOA', {
    item: 'CHEESE',
    quantity: '10',
    lots: [{ code: 'C1', quantity: '10', expiryDate: '2027-01-31' }],
  });
  await world.post('LOA', { item: 'SALT', quantity: '60' });
  const moved = await world.post(
    'BAK',
    [
      { item: 'CHEESE', quantity: '2.5', lots: [{ code: 'C1', quantity: '2.5' }] },
      { item: 'SALT', quantity: '2', unit: 'BAG' },
    ],
    {
      counterpart: {
        location: 'B-01',
        lines: [
          {
            item: 'CHEESE',
            quantity: '2.5',
            lots: [
              { code: 'C1', quantity: '1.125', location: 'A-01', expiryDate: '2027-01-31' },
              { code: 'c1', quantity: '1.375' },
            ],
          },
          { item: 'SALT', quantity: '50.000', location: 'A-01' },
        ],
      },
    },
  );
  expect(await placesOf(world, 'CHEESE', 'C1')).toEqual(['MAIN/A-01 1.125', 'MAIN/B-01 1.375', 'SHOP 7.5']);
  const arrived = await otherOf(world, moved);
  expect(arrived.lines[1]).toMatchObject({ quantity: '50', location: 'A-01', entered: null });
  expect(moved.lines[1]).toMatchObject({ quantity: '50', entered: { quantity: '2', unit: 'BAG' } });
  expect((await ledger.verify()).ok).toBe(true);
});

test('R77 given lines that differ are refused with the path of the difference', async () => {
  const world = await withTransfers(await dairy());
  await world.ledger.items.create({
    code: 'SHIRT',
    unit: { code: 'PCE', decimals: 0 },
    variants: [{ code: 'RED' }, { code: 'BLUE' }],
  });
  await world.post('LOA', [
    {
      item: 'MILK',
      quantity: '9',
      lots: [
        { code: 'L1', quantity: '5' },
        { code: 'L2', quantity: '4' },
      ],
    },
    { item: 'SHIRT', variant: 'RED', quantity: '3' },
    { item: 'SHIRT', variant: 'BLUE', quantity: '3' },
  ]);
  const milk: Line = {
    item: 'MILK',
    quantity: '5',
    lots: [
      { code: 'L1', quantity: '3' },
      { code: 'L2', quantity: '2' },
    ],
  };
  const shirt: Line = { item: 'SHIRT', variant: 'red', quantity: '2' };
  const differ = (path: string, lines: readonly Line[], details: object = {}) =>
    refused(
      world,
      () => world.post('BAK', [milk, shirt], { counterpart: { location: 'A-01', lines: lines as Line[] } }),
      {
        code: 'counterpart.mismatch',
        path,
        details,
      },
    );
  await differ('counterpart.lines', [milk], { expected: 2, given: 1 });
  await differ('counterpart.lines[0].item', [shirt, milk], { expected: 'MILK', given: 'SHIRT' });
  await differ('counterpart.lines[1].variant', [milk, { ...shirt, variant: 'BLUE' }]);
  await differ('counterpart.lines[1].quantity', [milk, { ...shirt, quantity: '3' }], {
    expected: '2',
    given: '3',
  });
  const rows = (...lots: object[]): Line[] => [{ ...milk, lots } as Line, shirt];
  await differ(
    'counterpart.lines[0].lots[1].code',
    rows({ code: 'L1', quantity: '3' }, { code: 'L9', quantity: '2' }),
  );
  await differ(
    'counterpart.lines[0].lots[0].quantity',
    rows({ code: 'L1', quantity: '4' }, { code: 'L2', quantity: '1' }),
    {
      expected: '3',
      given: '4',
    },
  );
  await differ(
    'counterpart.lines[0].lots[1].expiryDate',
    rows({ code: 'L1', quantity: '3' }, { code: 'L2', quantity: '2', expiryDate: '2027-05-05' }),
  );
  await differ('counterpart.lines[1].lots', [milk, { ...shirt, lots: [{ code: 'X', quantity: '2' }] }]);
  await world.post('BAK', [milk, shirt], { counterpart: { location: 'A-01', lines: [milk, shirt] } });
});

test('R77 inside one warehouse a transfer goes from location to location', async () => {
  const world = await withTransfers(await dairy());
  await world.post('MAIN/LOA', at('MILK', 'A-01', [['L1', '12']]));
  const moved = await world.post('MAIN/PUT', at('MILK', 'A-01', [['L1', '7']]), to('B-01'));
  const arrived = await otherOf(world, moved);
  expect([moved.number, arrived.number]).toEqual([2, 3]);
  expect(await placesOf(world, 'MILK', 'L1')).toEqual(['MAIN/A-01 5', 'MAIN/B-01 7']);
  // the same place: nothing changes, and there was enough
  await world.post('MAIN/PUT', at('MILK', 'A-01', [['L1', '5']]), to('A-01'));
  await refused(world, () => world.post('MAIN/PUT', at('MILK', 'A-01', [['L1', '6']]), to('B-01')), {
    code: 'lot.insufficient',
    details: { available: '5', location: 'A-01' },
  });
  expect(await placesOf(world, 'MILK', 'L1')).toEqual(['MAIN/A-01 5', 'MAIN/B-01 7']);
});

test('R73 R77 dated back, both sides count on their net effect, day by day', async () => {
  const world = await withTransfers(await dairy({ today: '2026-11-22' }));
  await world.post('MAIN/LOA', at('MILK', 'A-01', [['L1', '10']]), on('2026-11-01'));
  await world.post('MAIN/UNL', at('MILK', 'A-01', [['L1', '6']]), on('2026-11-10'));
  const back = at('MILK', 'A-01', [['L1', '5']]);
  await refused(world, () => world.post('MAIN/PUT', back, { ...on('2026-11-05'), ...to('B-01') }), {
    code: 'lot.insufficient',
    details: { date: '2026-11-10', shortage: '1', location: 'A-01' },
  });
  // from moves nothing on any day
  await world.post('MAIN/PUT', at('MILK', 'A-01', [['L1', '9']]), { ...on('2026-11-05'), ...to('A-01') });
  const moved = await world.post('MAIN/PUT', at('MILK', 'A-01', [['L1', '4']]), {
    ...on('2026-11-05'),
    ...to('B-01'),
  });
  await world.post('MAIN/UNL', at('MILK', 'B-01', [['L1', '1']]), on('2026-11-07'));
  await refused(world, () => world.ledger.postings.reverse(moved.id, wrong('2026-11-06')), {
    code: 'lot.insufficient',
    details: { date: '2026-11-07', location: 'B-01' },
  });
  expect(await placesOf(world, 'MILK', 'L1')).toEqual(['MAIN/B-01 3']);
});
