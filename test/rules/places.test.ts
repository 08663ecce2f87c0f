/** Locations with policies: quarantine (R78), part of a lot held back (R130), one lot at a time (R136). */
import { describe, expect, test } from 'vitest';
import { dairy, electronics, pharma, refused, type World } from './world.ts';

const row = (item: string, code: string, quantity: string, location?: string) => ({
  item,
  quantity,
  lots: [{ code, quantity }],
  ...(location ? { location } : {}),
});

/** MAIN with a quarantine cage, a place that gives nothing for sale, and transfers inside the warehouse. */
async function withPlaces(world: World): Promise<World> {
  const { ledger } = world;
  await ledger.warehouses.update('MAIN', {
    locations: [
      { code: 'A-01' },
      { code: 'B-01' },
      { code: 'CAGE', quarantine: true },
      { code: 'RETURNS', intents: { sale: 'deny', production: 'warn' } },
      { code: 'PALLET', singleLot: true },
      { code: 'PALLET-2', singleLot: true },
      { code: 'OFFICE', available: false },
    ],
  });
  const both = { tracksLots: true, tracksSerials: true, warehouse: 'MAIN' };
  await ledger.templates.create({ ...both, code: 'IN', type: 'load', intent: 'transfer' });
  await ledger.templates.create({
    ...both,
    code: 'MOVE',
    type: 'unload',
    intent: 'transfer',
    counterpart: { warehouse: 'MAIN', template: 'IN' },
  });
  return world;
}

const move = (world: World, line: ReturnType<typeof row>, location: string) =>
  world.post('MAIN/MOVE', line, { counterpart: { location } });

const placesOf = async (world: World, item: string, code: string) => {
  const { stock } = await world.ledger.lots.get({ item, code });
  return Object.fromEntries(stock.map((each) => [each.location, [each.onHand, each.available]]));
};

describe('R78 what may not be used moves into quarantine, and nowhere else', () => {
  test('an unavailable status', async () => {
    const world = await withPlaces(await pharma());
    await world.post('MAIN/LOA', row('DRUG', 'Q7', '12', 'A-01'));
    await refused(world, () => move(world, row('DRUG', 'Q7', '5', 'A-01'), 'B-01'), {
      code: 'lot.unavailable',
      path: 'lines[0].lots[0].code',
      details: { reasons: ['status'] },
    });
    await move(world, row('DRUG', 'Q7', '5', 'A-01'), 'CAGE');
    expect(await placesOf(world, 'DRUG', 'Q7')).toEqual({ 'A-01': ['7', '0'], CAGE: ['5', '0'] });
    // from quarantine it leaves only when its status lets it
    await refused(world, () => move(world, row('DRUG', 'Q7', '5', 'CAGE'), 'B-01'), 'lot.unavailable');
    await world.ledger.lots.update((await world.ledger.lots.get({ item: 'DRUG', code: 'Q7' })).id, {
      status: 'RELEASED',
    });
    expect(await placesOf(world, 'DRUG', 'Q7')).toEqual({ 'A-01': ['7', '7'], CAGE: ['5', '0'] });
    await move(world, row('DRUG', 'Q7', '5', 'CAGE'), 'B-01');
  });

  test('an expired lot, a blocked one, one not for sale at all; not a closed one', async () => {
    const world = await withPlaces(await dairy({ settings: { sellableBlocks: 'all' } }));
    const { ledger } = world;
    await ledger.items.update('MILK', { lots: { blockDays: 4 } });
    for (const [code, expiryDate, sellable] of [
      ['OLD', '2026-11-23', true],
      ['SOON', '2026-11-28', true],
      ['KEPT', '2027-11-01', false],
    ] as const) {
      const lots = [{ code, quantity: '6', expiryDate, sellable }];
      await world.post('MAIN/LOA', { item: 'MILK', quantity: '6', lots, location: 'A-01' });
    }
    world.clock.day('2026-11-25');
    for (const [code, why] of [
      ['OLD', 'lot.expired'],
      ['SOON', 'lot.unavailable'],
      ['KEPT', 'lot.notSellable'],
    ] as const) {
      await refused(world, () => move(world, row('MILK', code, '2', 'A-01'), 'B-01'), why);
      expect((await move(world, row('MILK', code, '2', 'A-01'), 'CAGE')).warnings).toEqual([]);
    }
    const { id } = await ledger.lots.get({ item: 'MILK', code: 'OLD' });
    await ledger.lots.update(id, { closed: true });
    await refused(world, () => move(world, row('MILK', 'OLD', '2', 'A-01'), 'CAGE'), 'lot.closed');
  });

  test('a recalled lot, which no template gives out', async () => {
    const world = await withPlaces(await dairy());
    const { ledger } = world;
    const any = { code: 'FREE', type: 'unload', intent: 'production', allowUnavailable: true } as const;
    await ledger.templates.create({ ...any, warehouse: 'MAIN', tracksLots: true });
    await world.post('MAIN/LOA', row('MILK', 'RC', '8', 'A-01'));
    await ledger.recalls.open({ reason: 'glass', lots: [{ item: 'MILK', code: 'RC' }] });
    for (const template of ['MAIN/FREE', 'MAIN/UNL']) {
      await refused(world, () => world.post(template, row('MILK', 'RC', '1', 'A-01')), 'lot.recalled');
    }
    await refused(world, () => move(world, row('MILK', 'RC', '8', 'A-01'), 'B-01'), {
      code: 'lot.recalled',
      details: { reasons: ['recalled'] },
    });
    await move(world, row('MILK', 'RC', '8', 'A-01'), 'CAGE');
    expect(await placesOf(world, 'MILK', 'RC')).toMatchObject({ CAGE: ['8', '0'] });
    await world.post('MAIN/SCR', row('MILK', 'RC', '8', 'CAGE'));
  });

  test('serials in it, with their lot', async () => {
    const world = await withPlaces(await pharma());
    const { ledger } = world;
    const line = {
      item: 'VACCINE',
      quantity: '1',
      lots: [{ code: 'V1', quantity: '1' }],
      serials: [{ code: 'X1' }],
    };
    await world.post('MAIN/LOA', { ...line, location: 'A-01' });
    const lot = await ledger.lots.get({ item: 'VACCINE', code: 'V1' });
    await ledger.lots.update(lot.id, { status: 'QUARANTINE' });
    const out = { item: 'VACCINE', quantity: '1', serials: [{ code: 'X1' }], location: 'A-01' };
    await refused(
      world,
      () => world.post('MAIN/MOVE', out, { counterpart: { location: 'B-01' } }),
      'lot.unavailable',
    );
    await world.post('MAIN/MOVE', out, { counterpart: { location: 'CAGE' } });
    const serial = await ledger.serials.get({ item: 'VACCINE', code: 'X1' });
    expect(serial).toMatchObject({ location: 'CAGE', available: '0', onHand: '1' });
  });
});

describe('R130 part of a lot is held back by its place', () => {
  test('20 of 100 in a cage: on hand, not available, not suggested, not for sale', async () => {
    const world = await withPlaces(await dairy());
    const { ledger } = world;
    await world.post('MAIN/LOA', row('MILK', 'L1', '100', 'A-01'));
    await move(world, row('MILK', 'L1', '20', 'A-01'), 'CAGE');
    const lot = await ledger.lots.get({ item: 'MILK', code: 'L1' });
    expect(lot).toMatchObject({ onHand: '100', available: '80', status: null });
    expect(await placesOf(world, 'MILK', 'L1')).toEqual({ 'A-01': ['80', '80'], CAGE: ['20', '0'] });
    expect(
      (await ledger.items.stock('MILK')).map(({ location, available }) => [location, available]),
    ).toEqual([
      ['A-01', '80'],
      ['CAGE', '0'],
    ]);
    const asked = await ledger.lots.allocate({ item: 'MILK', warehouse: 'MAIN', quantity: '90' });
    expect(asked).toMatchObject({ shortage: '10', skipped: [{ location: 'CAGE', reason: 'place' }] });
    await refused(world, () => world.post('MAIN/UNL', row('MILK', 'L1', '1', 'CAGE')), {
      code: 'location.denied',
      path: 'lines[0].lots[0].code',
      details: { location: 'CAGE', intent: 'sale', reasons: ['place'] },
    });
    await refused(
      world,
      () => world.post('MAIN/UNL', { item: 'MILK', quantity: '90', lots: 'auto' }),
      'lot.insufficient',
    );
    // it is scrapped from there, or moved back
    await world.post('MAIN/SCR', row('MILK', 'L1', '3', 'CAGE'));
    await move(world, row('MILK', 'L1', '17', 'CAGE'), 'A-01');
    expect((await ledger.lots.get(lot.id)).available).toBe('97');
  });

  test('a place denies or warns of what it names, and a held place yields to a template for the unavailable', async () => {
    const world = await withPlaces(await dairy());
    await world.ledger.templates.create({
      warehouse: 'MAIN',
      code: 'REWORK',
      type: 'unload',
      intent: 'production',
      allowUnavailable: true,
      tracksLots: true,
    });
    for (const place of ['RETURNS', 'OFFICE']) {
      await world.post('MAIN/LOA', row('MILK', `IN ${place}`, '9', place));
    }
    await refused(
      world,
      () => world.post('MAIN/UNL', row('MILK', 'IN RETURNS', '1', 'RETURNS')),
      'location.denied',
    );
    const made = await world.post('MAIN/PRD', row('MILK', 'IN RETURNS', '1', 'RETURNS'));
    expect(made.warnings).toMatchObject([{ code: 'location.warning', details: { location: 'RETURNS' } }]);
    await refused(
      world,
      () => world.post('MAIN/PRD', row('MILK', 'IN OFFICE', '1', 'OFFICE')),
      'location.denied',
    );
    await world.post('MAIN/REWORK', row('MILK', 'IN OFFICE', '1', 'OFFICE'));
    expect(await placesOf(world, 'MILK', 'IN RETURNS')).toEqual({ RETURNS: ['8', '0'] });
    expect(await placesOf(world, 'MILK', 'IN OFFICE')).toEqual({ OFFICE: ['8', '0'] });
  });

  test('a serial without lot is held by its place as well', async () => {
    const world = await withPlaces(await electronics());
    await world.post('MAIN/LOA', {
      item: 'RADIO',
      quantity: '1',
      serials: [{ code: 'R1' }],
      location: 'CAGE',
    });
    const out = { item: 'RADIO', quantity: '1', location: 'CAGE' };
    await refused(
      world,
      () => world.post('MAIN/UNL', { ...out, serials: [{ code: 'R1' }] }),
      'location.denied',
    );
    await refused(world, () => world.post('MAIN/UNL', { ...out, serials: 'auto' }), 'stock.insufficient');
    expect((await world.ledger.serials.get({ item: 'RADIO', code: 'R1' })).available).toBe('0');
  });

  test('all reasons in their order, the place after the block window', async () => {
    const world = await withPlaces(await pharma());
    await world.ledger.items.update('DRUG', { lots: { blockDays: 10, inspection: { required: true } } });
    const lots = [{ code: 'D1', quantity: '4', expiryDate: '2026-11-30', sellable: false }];
    await world.post('MAIN/LOA', { item: 'DRUG', quantity: '4', lots, location: 'CAGE' });
    await refused(world, () => world.post('MAIN/UNL', row('DRUG', 'D1', '1', 'CAGE')), {
      code: 'lot.unavailable',
      details: { reasons: ['status', 'inspection', 'sellable', 'blockWindow', 'place'] },
    });
  });

  test('a warehouse answers the policies of its places', async () => {
    const world = await withPlaces(await dairy());
    const { locations } = await world.ledger.warehouses.get('MAIN');
    expect(
      locations.map(({ code, available, quarantine, singleLot }) => [code, available, quarantine, singleLot]),
    ).toEqual([
      ['A-01', true, false, false],
      ['B-01', true, false, false],
      ['CAGE', false, true, false],
      ['RETURNS', false, false, false],
      ['PALLET', true, false, true],
      ['PALLET-2', true, false, true],
      ['OFFICE', false, false, false],
    ]);
  });
});

describe('R136 a location that holds one lot refuses a second one', () => {
  test('by load and by transfer; more of the same lot is fine, and an empty place takes another', async () => {
    const world = await withPlaces(await dairy());
    await world.post('MAIN/TOP', row('MILK', 'P1', '10', 'PALLET'));
    await world.post('MAIN/TOP', row('MILK', 'P1', '5', 'PALLET'));
    await refused(world, () => world.post('MAIN/LOA', row('MILK', 'P2', '10', 'PALLET')), {
      code: 'location.singleLot',
      details: { warehouse: 'MAIN', location: 'PALLET', code: 'P2', present: 'P1' },
    });
    await world.post('MAIN/LOA', row('MILK', 'P2', '10', 'A-01'));
    await refused(world, () => move(world, row('MILK', 'P2', '1', 'A-01'), 'PALLET'), 'location.singleLot');
    // a lot of another item is a second lot too
    const lots = [{ code: 'C1', quantity: '1', expiryDate: '2027-06-01' }];
    const cheese = { item: 'CHEESE', quantity: '1', location: 'PALLET', lots };
    await refused(world, () => world.post('MAIN/LOA', cheese), 'location.singleLot');
    await world.post('MAIN/UNL', row('MILK', 'P1', '15', 'PALLET'));
    await move(world, row('MILK', 'P2', '10', 'A-01'), 'PALLET');
    expect((await world.ledger.verify()).ok).toBe(true);
  });

  test('two lots in one command are two; taking one away and bringing another is one command', async () => {
    const world = await withPlaces(await dairy());
    const two = {
      item: 'MILK',
      quantity: '2',
      location: 'PALLET',
      lots: [
        { code: 'P1', quantity: '1' },
        { code: 'P2', quantity: '1' },
      ],
    };
    await refused(world, () => world.post('MAIN/LOA', two), 'location.singleLot');
    await world.post('MAIN/LOA', row('MILK', 'P1', '1', 'PALLET'));
    await world.post('MAIN/LOA', row('MILK', 'P2', '1', 'PALLET-2'));
    // each to where the other one is
    const lines = [row('MILK', 'P1', '1', 'PALLET'), row('MILK', 'P2', '1', 'PALLET-2')];
    const opposite = [row('MILK', 'P1', '1', 'PALLET-2'), row('MILK', 'P2', '1', 'PALLET')];
    await world.post('MAIN/MOVE', lines, { counterpart: { lines: opposite } });
    expect(await placesOf(world, 'MILK', 'P1')).toMatchObject({ 'PALLET-2': ['1', '1'] });
  });

  test('a reversal brings nothing to a place that is taken by now', async () => {
    const world = await withPlaces(await dairy());
    await world.post('MAIN/LOA', row('MILK', 'P1', '1', 'PALLET'));
    const sold = await world.post('MAIN/UNL', row('MILK', 'P1', '1', 'PALLET'));
    await world.post('MAIN/LOA', row('MILK', 'P2', '1', 'PALLET'));
    const back = { date: '2026-11-22', reason: 'not sold' };
    await refused(world, () => world.ledger.postings.reverse(sold.id, back), 'location.singleLot');
  });

  test('two writers that bring a lot each at once: one wins', async () => {
    const world = await withPlaces(await dairy());
    const other = await world.again();
    const load = (ledger: World['ledger'], code: string) =>
      ledger.postings.post({
        warehouse: 'MAIN',
        template: 'LOA',
        date: '2026-11-22',
        lines: [row('MILK', code, '1', 'PALLET')],
      });
    const came = await Promise.allSettled([load(world.ledger, 'P1'), load(other, 'P2')]);
    expect(came.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

test('R130 stock in no lot is held back by its place too, and promises nothing from there', async () => {
  const world = await withPlaces(await dairy());
  const { ledger } = world;
  await world.post('MAIN/LOA', { item: 'SALT', quantity: '6', location: 'CAGE' });
  await world.post('MAIN/LOA', { item: 'SALT', quantity: '4', location: 'A-01' });
  const sale = (location: string) => world.post('MAIN/UNL', { item: 'SALT', quantity: '1', location });
  await refused(world, () => sale('CAGE'), { code: 'location.denied', path: 'lines[0].location' });
  expect((await sale('A-01')).type).toBe('unload');
  const promise = (quantity: string) =>
    ledger.reservations.commit({ lines: [{ item: 'SALT', warehouse: 'MAIN', quantity }] });
  await refused(world, () => promise('4'), { code: 'stock.insufficient' });
  expect(await promise('3')).toMatchObject([{ open: '3' }]);
});
