/** Productions (R126), what they are made of (R83), and how they are taken back. */
import { expect, test } from 'vitest';
import { otherOf, pair, placeOf } from './pairing.ts';
import { on, wrong } from './taking.ts';
import {
  dairy,
  everything,
  type Item,
  type Line,
  pharma,
  refused,
  type World,
  type WorldOptions,
} from './world.ts';

const milk = (code: string, quantity: string): Line => ({
  item: 'MILK',
  quantity,
  lots: [{ code, quantity }],
});
const kilos = (code: string, quantity: string, more: object = {}): Line => ({
  item: 'CHEESE',
  quantity,
  lots: [{ code, quantity, expiryDate: '2027-02-01', ...more }],
});

/** SHOP/USE ↔ SHOP/MAKE, both ways a source; EXP of SHOP explodes, ALT and MIX take alternatives. */
async function workshop(options: WorldOptions = {}): Promise<World> {
  const world = await dairy(options);
  const { ledger } = world;
  await pair(world, 'production', ['SHOP/USE', 'SHOP/MAKE'], { mutual: true });
  const load = {
    warehouse: 'SHOP',
    type: 'load',
    intent: 'production',
    tracksLots: true,
    tracksSerials: true,
  } as const;
  const exploding = { ...load, counterpart: { warehouse: 'SHOP', template: 'USE' }, explodeComponents: true };
  await ledger.templates.create({ ...exploding, code: 'EXP' });
  await ledger.templates.create({ ...exploding, code: 'ALT', allowAlternatives: true });
  await ledger.templates.create({
    ...exploding,
    code: 'MIX',
    allowAlternatives: true,
    mixAlternatives: true,
  });
  return world;
}

const lotsOf = (posting: {
  readonly lines: readonly {
    readonly lots: readonly { readonly code: string; readonly quantity: string }[];
  }[];
}) => posting.lines.flatMap((line) => line.lots.map((row) => `${row.code} ${row.quantity}`));
const linesOf = (posting: {
  readonly lines: readonly { readonly item: string; readonly quantity: string }[];
}) => posting.lines.map(({ item, quantity }) => `${item} ${quantity}`);

test('R126 what goes in and what comes out are one command, and name each other', async () => {
  const world = await workshop();
  const { ledger } = world;
  await world.post(
    'LOA',
    [milk('M1', '10'), milk('M2', '10'), { item: 'SALT', quantity: '5' }],
    on('2026-11-01'),
  );
  const used = await world.post(
    'USE',
    [milk('M1', '7'), milk('M2', '2'), { item: 'SALT', quantity: '0.125' }],
    {
      counterpart: {
        lines: [
          kilos('C1', '1.5'),
          {
            item: 'CHEESE',
            quantity: '0.25',
            lots: [{ code: 'auto', quantity: '0.25', expiryDate: '2027-01-15' }],
          },
        ],
      },
    },
  );
  const made = await otherOf(world, used);
  expect(used).toMatchObject({ type: 'unload', operation: 'production', main: true, counterpart: made.id });
  expect(made).toMatchObject({ type: 'load', operation: 'production', main: false, counterpart: used.id });
  expect(lotsOf(made)).toEqual(['C1 1.5', '202611001 0.25']);
  expect(await ledger.lots.get({ item: 'CHEESE', code: 'C1' })).toMatchObject({
    onHand: '1.5',
    initialQuantity: '1.5',
    startDate: '2026-11-22',
    expiryDate: '2027-02-01',
  });
  expect((await ledger.lots.get({ item: 'MILK', code: 'M1' })).onHand).toBe('3');
  expect((await ledger.verify()).ok).toBe(true);
});

test('R126 the load may be the one that is asked for; its components are then the counterpart', async () => {
  const world = await workshop();
  await world.post('LOA', [milk('M1', '10'), { item: 'SALT', quantity: '5' }]);
  const made = await world.post('MAKE', kilos('C1', '2'), {
    counterpart: {
      lines: [
        { item: 'MILK', quantity: '9', lots: 'auto' },
        { item: 'SALT', quantity: '0.2' },
      ],
    },
  });
  expect(made).toMatchObject({ type: 'load', main: true });
  expect(linesOf(await otherOf(world, made))).toEqual(['MILK 9', 'SALT 0.2']);
  await refused(
    world,
    () =>
      world.post('MAKE', kilos('C2', '2'), {
        counterpart: { lines: [{ item: 'MILK', quantity: '2', lots: 'auto' }] },
      }),
    { code: 'lot.insufficient', path: 'counterpart.lines[0].lots' },
  );
  for (const counterpart of [null, {}, { lines: [] }]) {
    await refused(world, () => world.post('MAKE', kilos('C2', '2'), { counterpart }), {
      code: 'field.required',
      path: 'counterpart.lines',
    });
  }
});

test('R126 a lot cannot be made of itself, named or chosen', async () => {
  const world = await workshop();
  await world.post('LOA', [milk('M1', '10'), milk('M2', '4')]);
  const sameLot = { code: 'production.sameLot', details: { code: 'M1' } } as const;
  await refused(
    world,
    () => world.post('USE', milk('M1', '3'), { counterpart: { lines: [milk('m1 ', '1')] } }),
    {
      ...sameLot,
      path: 'counterpart.lines[0].lots[0].code',
    },
  );
  await refused(
    world,
    () =>
      world.post('MAKE', milk('M1', '1'), {
        counterpart: { lines: [{ item: 'MILK', quantity: '2', lots: 'auto' }] },
      }),
    { ...sameLot, path: 'lines[0].lots[0].code' },
  );
  // another lot of the same item is rework, and fine
  await world.post('USE', milk('M1', '3'), { counterpart: { lines: [milk('M3', '3')] } });
});

test('R126 pieces are made of lots and pieces, and components keep their rules', async () => {
  const world = await pharma();
  await pair(world, 'production', ['SHOP/USE', 'SHOP/MAKE'], { into: { generatesSerials: true } });
  await world.ledger.items.create({ code: 'KIT', unit: { code: 'PCE', decimals: 0 }, serials: {} });
  await world.post('LOA', [
    { item: 'PHONE', quantity: '2', serials: [{ code: 'P1' }, { code: 'P2' }] },
    { item: 'DRUG', quantity: '5', lots: [{ code: 'D1', quantity: '5' }] },
  ]);
  const kit = { counterpart: { lines: [{ item: 'KIT', quantity: '1', serials: [{ code: 'K1' }] }] } };
  const drug: Line = { item: 'DRUG', quantity: '1', lots: [{ code: 'D1', quantity: '1' }] };
  await refused(world, () => world.post('USE', drug, kit), {
    code: 'lot.unavailable',
    path: 'lines[0].lots[0].code',
  });
  await world.post('USE', { item: 'PHONE', quantity: '1', serials: [{ code: 'P1' }] }, kit);
  expect(await placeOf(world, 'KIT', 'K1')).toBe('SHOP');
  expect(await placeOf(world, 'PHONE', 'P1')).toBe('nowhere');
});

test('R126 R73 dated back, the components have to be there from that day on', async () => {
  const world = await workshop({ today: '2026-11-22' });
  await world.post('LOA', milk('M1', '10'), on('2026-11-01'));
  await world.post('UNL', milk('M1', '6'), on('2026-11-10'));
  const make = (quantity: string) => () =>
    world.post('MAKE', kilos('C1', '1', { startDate: '2026-11-05' }), {
      ...on('2026-11-05'),
      counterpart: { lines: [milk('M1', quantity)] },
    });
  await refused(world, make('5'), {
    code: 'lot.insufficient',
    path: 'counterpart.lines[0].lots[0].quantity',
    details: { date: '2026-11-10', shortage: '1' },
  });
  await make('4')();
});

test('R79 a production is taken back whole, both sides at once, from either', async () => {
  const world = await workshop();
  const { ledger } = world;
  await world.post('LOA', [milk('M1', '10'), { item: 'SALT', quantity: '1' }]);
  const used = await world.post('USE', [milk('M1', '7'), { item: 'SALT', quantity: '0.5' }], {
    counterpart: { lines: [kilos('C1', '1.5'), kilos('C2', '0.5')] },
  });
  const made = await otherOf(world, used);
  for (const { id, lines } of [used, made]) {
    await refused(
      world,
      () => ledger.postings.reverse(id, { ...wrong('2026-11-22'), lines: [lines[0]?.id ?? ''] }),
      {
        code: 'posting.reverseWhole',
        path: 'lines',
      },
    );
  }
  const sold = await world.post('UNL', {
    item: 'CHEESE',
    quantity: '0.25',
    lots: [{ code: 'C2', quantity: '0.25' }],
  });
  await refused(world, () => ledger.postings.reverse(used.id, wrong('2026-11-22')), {
    code: 'lot.insufficient',
    path: 'counterpart.lines[1]',
    details: { code: 'C2' },
  });
  await ledger.postings.reverse(sold.id, wrong('2026-11-22'));
  const back = await ledger.postings.reverse(made.id, {
    ...wrong('2026-11-22'),
    lines: made.lines.map((line) => line.id),
  });
  expect(back).toMatchObject({ type: 'unload', operation: 'production', main: true });
  expect(await otherOf(world, back)).toMatchObject({ type: 'load', reverses: used.id, main: false });
  expect((await ledger.lots.get({ item: 'MILK', code: 'M1' })).onHand).toBe('10');
  expect(await ledger.lots.get({ item: 'CHEESE', code: 'C1' })).toMatchObject({
    onHand: '0',
    initialQuantity: null,
  });
  expect((await ledger.verify()).ok).toBe(true);
});

const piece = { code: 'PCE', decimals: 0 };

/** PIE of 0.2 kg FLOUR (or RYE, or OATS), 0.0125 kg YEAST and one BOX; flours in lots, the rest not. */
async function bakery(): Promise<World> {
  const world = await workshop();
  const { ledger } = world;
  const flour = {
    unit: { code: 'KG', decimals: 3 },
    lots: { codeType: 'YM', withdrawal: 'fefo' },
  } satisfies Partial<Item>;
  await ledger.items.create({ code: 'FLOUR', ...flour });
  await ledger.items.create({ code: 'RYE', ...flour });
  await ledger.items.create({ code: 'OATS', unit: { code: 'KG', decimals: 2 } });
  await ledger.items.create({ code: 'YEAST', unit: { code: 'KG', decimals: 3 } });
  await ledger.items.create({ code: 'BOX', unit: piece });
  await ledger.items.create({
    code: 'PIE',
    unit: piece,
    alternativeUnits: [{ code: 'TRAY', num: 12, den: 1 }],
    lots: { codeType: 'YM', withdrawal: 'fifo', shelfLifeDays: 5 },
    components: [
      { item: 'FLOUR', quantity: '0.2', alternatives: ['RYE', 'OATS'] },
      { item: 'YEAST', quantity: '0.0125' },
      { item: 'BOX', quantity: '1' },
    ],
  });
  await world.post('LOA', [
    { item: 'YEAST', quantity: '1' },
    { item: 'BOX', quantity: '100' },
  ]);
  return world;
}

const flour = (item: string, code: string, quantity: string): Line => ({
  item,
  quantity,
  lots: [{ code, quantity, expiryDate: code < 'F2' ? '2027-01-01' : '2027-02-01' }],
});
const pies = (quantity: string, more: object = {}): Line => ({
  item: 'PIE',
  quantity,
  lots: 'auto',
  ...more,
});

test('R83 components of the item are taken out by their own withdrawal, in exact quantities', async () => {
  const world = await bakery();
  await world.post('LOA', [flour('FLOUR', 'F2', '3'), flour('FLOUR', 'F1', '0.5')]);
  const made = await world.post('EXP', pies('7'));
  const used = await otherOf(world, made);
  // 7 × 0.0125 = 0.0875, rounded once to grams
  expect(linesOf(used)).toEqual(['FLOUR 1.4', 'YEAST 0.088', 'BOX 7']);
  expect(lotsOf(used)).toEqual(['F1 0.5', 'F2 0.9']);
  expect(used).toMatchObject({ template: 'USE', type: 'unload', operation: 'production', main: false });
  expect(made.lines[0]?.lots[0]).toMatchObject({
    code: '202611001',
    quantity: '7',
    expiryDate: '2026-11-27',
  });
  const trays = await world.post('EXP', pies('0.5', { unit: 'TRAY' }));
  expect(linesOf(await otherOf(world, trays))).toEqual(['FLOUR 1.2', 'YEAST 0.075', 'BOX 6']);
});

test('R83 lines share what there is, and too little is said of the component', async () => {
  const world = await bakery();
  await world.post('LOA', [flour('FLOUR', 'F1', '1'), flour('RYE', 'R1', '5')]);
  await refused(world, () => world.post('EXP', [pies('3'), pies('3')]), {
    code: 'lot.insufficient',
    path: 'lines[1].components[0].lots',
    details: { item: 'FLOUR', available: '0.4', shortage: '0.2' },
  });
  await refused(
    world,
    () => world.post('EXP', pies('101', { components: [{ item: 'BOX', quantity: '101' }] })),
    {
      code: 'stock.insufficient',
      path: 'lines[0].components[0]',
      details: { item: 'BOX', available: '100' },
    },
  );
  const made = await world.post('EXP', [pies('3'), pies('2')]);
  expect(linesOf(await otherOf(world, made))).toEqual([
    'FLOUR 0.6',
    'YEAST 0.038',
    'BOX 3',
    'FLOUR 0.4',
    'YEAST 0.025',
    'BOX 2',
  ]);
});

test('R83 an alternative takes the place of the whole component, in its order, where the template allows', async () => {
  const world = await bakery();
  await world.post('LOA', [
    flour('FLOUR', 'F1', '0.9'),
    flour('RYE', 'R1', '0.7'),
    { item: 'OATS', quantity: '2' },
  ]);
  const before = await everything(world.ledger);
  await refused(world, () => world.post('EXP', pies('5')), {
    code: 'lot.insufficient',
    details: { item: 'FLOUR' },
  });
  expect(await everything(world.ledger)).toEqual(before);
  // neither flour nor rye has the kilo, oats do
  const made = await world.post('ALT', pies('5'));
  expect(linesOf(await otherOf(world, made))).toEqual(['OATS 1', 'YEAST 0.063', 'BOX 5']);
  const rye = await world.post('ALT', [pies('4'), pies('3')]);
  expect(linesOf(await otherOf(world, rye))).toEqual([
    'FLOUR 0.8',
    'YEAST 0.05',
    'BOX 4',
    'RYE 0.6',
    'YEAST 0.038',
    'BOX 3',
  ]);
  await refused(world, () => world.post('ALT', pies('6')), {
    code: 'lot.insufficient',
    path: 'lines[0].components[0]',
    details: { item: 'FLOUR', available: '0.1', shortage: '1.1', alternatives: ['RYE', 'OATS'] },
  });
});

test('R83 only a template that mixes takes a part of each', async () => {
  const world = await bakery();
  await world.post('LOA', [
    flour('FLOUR', 'F1', '0.905'),
    flour('RYE', 'R1', '0.301'),
    { item: 'OATS', quantity: '0.05' },
  ]);
  await refused(world, () => world.post('ALT', pies('6')), 'lot.insufficient');
  const made = await world.post('MIX', pies('6'));
  expect(linesOf(await otherOf(world, made))).toEqual(['FLOUR 0.905', 'RYE 0.295', 'YEAST 0.075', 'BOX 6']);
  await refused(world, () => world.post('MIX', pies('1')), {
    code: 'lot.insufficient',
    path: 'lines[0].components[0]',
    details: { item: 'FLOUR', available: '0.056', shortage: '0.144' },
  });
});

test('R83 what the host says of a line goes before the item, rows and alternatives included', async () => {
  const world = await bakery();
  const { ledger } = world;
  await ledger.items.create({
    code: 'PEAR',
    unit: piece,
    variants: [{ code: 'ABATE' }],
    lots: { withdrawal: 'manual' },
  });
  const pear = { item: 'PEAR', variant: 'ABATE', quantity: '3' };
  await world.post('LOA', [
    flour('FLOUR', 'F1', '1'),
    flour('FLOUR', 'F2', '1'),
    { ...pear, lots: [{ code: 'P1', quantity: '3' }] },
  ]);
  const components = (more: object = {}) => [
    { item: 'FLOUR', quantity: '0.4', lots: [{ code: 'F2', quantity: '0.4' }] },
    { ...pear, quantity: '2', ...more },
  ];
  // a manual item is not chosen for
  await refused(world, () => world.post('EXP', pies('1', { components: components() })), {
    code: 'lot.required',
    path: 'lines[0].components[1].lots',
  });
  await refused(world, () => world.post('EXP', pies('1', { components: components({ variant: null }) })), {
    code: 'item.variantRequired',
    path: 'lines[0].components[1].variant',
  });
  await refused(
    world,
    () => world.post('EXP', pies('1', { components: [{ item: 'FLOUR', quantity: '0.4001' }] })),
    {
      code: 'quantity.precision',
      path: 'lines[0].components[0].quantity',
    },
  );
  await refused(
    world,
    () => world.post('EXP', pies('1', { components: [{ item: 'NONE', quantity: '1' }] })),
    {
      code: 'item.notFound',
      path: 'lines[0].components[0].item',
    },
  );
  const made = await world.post(
    'EXP',
    pies('1', { components: components({ lots: [{ code: 'P1', quantity: '2' }] }) }),
  );
  expect(lotsOf(await otherOf(world, made))).toEqual(['F2 0.4', 'P1 2']);
});

test('R83 named rows are taken before chosen ones, and given lines go before everything', async () => {
  const world = await bakery();
  await world.post('LOA', [flour('FLOUR', 'F1', '1'), flour('FLOUR', 'F2', '1')]);
  const named = [{ item: 'FLOUR', quantity: '1', lots: [{ code: 'F1', quantity: '1' }] }];
  const made = await world.post('EXP', [pies('2'), pies('1', { components: named })]);
  expect(lotsOf(await otherOf(world, made))).toEqual(['F2 0.4', 'F1 1']);
  const given = await world.post('EXP', pies('1'), {
    counterpart: { lines: [{ item: 'FLOUR', quantity: '0.25', lots: 'auto' }] },
  });
  expect(linesOf(await otherOf(world, given))).toEqual(['FLOUR 0.25']);
});

test('R83 an item that is made of nothing cannot be exploded', async () => {
  const world = await bakery();
  await refused(world, () => world.post('EXP', milk('M1', '1')), {
    code: 'item.noComponents',
    path: 'lines[0].item',
    details: { item: 'MILK' },
  });
  await refused(world, () => world.post('EXP', pies('1', { components: [] })), 'item.noComponents');
});

test('R83 R103 components in pieces are whole, and chosen as an unload chooses them', async () => {
  const world = await pharma();
  const { ledger } = world;
  await pair(world, 'production', ['MAIN/USE', 'SHOP/MAKE'], { out: { defaultLocation: 'A-01' } });
  await ledger.templates.create({
    warehouse: 'SHOP',
    code: 'EXP',
    type: 'load',
    intent: 'production',
    tracksLots: true,
    tracksSerials: true,
    explodeComponents: true,
    allowAlternatives: true,
    counterpart: { warehouse: 'MAIN', template: 'USE' },
  });
  await ledger.items.create({
    code: 'SET',
    unit: { code: 'SET', decimals: 1 },
    components: [{ item: 'VACCINE', quantity: '2', alternatives: ['PHONE'] }],
  });
  const vaccines = ['V1', 'V2', 'V3'].map((code) => ({ code, lot: 'L1' }));
  await world.post('MAIN/LOA', [
    { item: 'VACCINE', quantity: '3', location: 'A-01', serials: vaccines },
    { item: 'PHONE', quantity: '5', location: 'A-01', serials: [{ from: 'P1', to: 'P5' }] },
    { item: 'PHONE', quantity: '1', location: 'B-01', serials: [{ code: 'P0' }] },
  ]);
  await refused(world, () => world.post('EXP', { item: 'SET', quantity: '0.3' }), {
    code: 'serial.fractional',
    path: 'lines[0].components[0].quantity',
  });
  const first = await world.post('EXP', { item: 'SET', quantity: '1.5' });
  expect((await otherOf(world, first)).lines[0]?.serials.map((row) => row.code)).toEqual(['V1', 'V2', 'V3']);
  const second = await world.post('EXP', { item: 'SET', quantity: '2' });
  expect((await otherOf(world, second)).lines[0]?.serials.map((row) => row.code)).toEqual([
    'P1',
    'P2',
    'P3',
    'P4',
  ]);
  // the one at B-01 is not where the template takes from
  await refused(world, () => world.post('EXP', { item: 'SET', quantity: '1' }), {
    code: 'lot.insufficient',
    details: { item: 'VACCINE', available: '0', shortage: '2' },
  });
  const there = await world.post(
    'EXP',
    { item: 'SET', quantity: '0.5' },
    { counterpart: { location: 'B-01' } },
  );
  expect((await otherOf(world, there)).lines[0]?.serials.map((row) => row.code)).toEqual(['P0']);
});
