/** Transfers of pieces, what a transfer leaves as it was (R57, R97, R122, R123), and how it is taken back. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { farStore } from '../core/engine/far-store.ts';
import { at, otherOf, pair, placeOf, placesOf, to, withTransfers } from './pairing.ts';
import { on, wrong } from './taking.ts';
import { dairy, electronics, type Line, pharma, refused, type World } from './world.ts';

test('R77 R26 serials move with their lots, all to one place or each to its own', async () => {
  const world = await withTransfers(await pharma());
  const { ledger } = world;
  await world.post('LOA', {
    item: 'VACCINE',
    quantity: '5',
    lots: [
      { code: 'V1', quantity: '3' },
      { code: 'V2', quantity: '2' },
    ],
    serials: [
      { code: 'S1', lot: 'V1' },
      { code: 'S2', lot: 'V1' },
      { code: 'S3', lot: 'V1' },
      { code: 'S4', lot: 'V2' },
      { code: 'S5', lot: 'V2' },
    ],
  });
  const line: Line = {
    item: 'VACCINE',
    quantity: '4',
    serials: ['S1', 'S2', 'S3', 'S4'].map((code) => ({ code })),
  };
  const said: Line = {
    item: 'VACCINE',
    quantity: '4',
    lots: [
      { code: 'V1', quantity: '2', location: 'A-01' },
      { code: 'V1', quantity: '1' },
      { code: 'V2', quantity: '1' },
    ],
    serials: [{ code: 'S3', location: 'A-01' }, { code: 's1' }, { code: 'S2' }, { code: 'S4', lot: 'V2' }],
  };
  const wrongly = (serials: readonly object[], path: string, lots = said.lots) =>
    refused(
      world,
      () =>
        world.post('BAK', line, {
          counterpart: { location: 'B-01', lines: [{ ...said, lots, serials } as Line] },
        }),
      {
        code: 'counterpart.mismatch',
        path,
      },
    );
  await wrongly(
    [{ code: 'S1' }, { code: 'S2' }, { code: 'S3' }, { code: 'S5' }],
    'counterpart.lines[0].serials[3]',
  );
  await wrongly(
    [{ code: 'S1' }, { code: 'S2' }, { code: 'S3' }, { code: 'S1' }],
    'counterpart.lines[0].serials[3]',
  );
  await wrongly([{ code: 'S1' }, { code: 'S2' }, { code: 'S3' }], 'counterpart.lines[0].serials');
  await wrongly(
    [{ code: 'S1', lot: 'V2' }, { code: 'S2' }, { code: 'S3' }, { code: 'S4' }],
    'counterpart.lines[0].serials[0].lot',
  );
  await wrongly(
    [{ code: 'S1' }, { code: 'S2' }, { code: 'S3' }, { code: 'S4', location: 'A-01' }],
    'counterpart.lines[0].serials[3].location',
  );
  const moved = await world.post('BAK', line, { counterpart: { location: 'B-01', lines: [said] } });
  const places = await Promise.all(
    ['S1', 'S2', 'S3', 'S4', 'S5'].map((code) => placeOf(world, 'VACCINE', code)),
  );
  expect(places).toEqual(['MAIN/A-01', 'MAIN/B-01', 'MAIN/A-01', 'MAIN/B-01', 'SHOP']);
  expect(await placesOf(world, 'VACCINE', 'V1')).toEqual(['MAIN/A-01 2', 'MAIN/B-01 1']);
  // back by a reversal of either side, both at once
  const arrived = await otherOf(world, moved);
  const back = await ledger.postings.reverse(arrived.id, wrong('2026-11-22'));
  expect(back).toMatchObject({
    type: 'unload',
    warehouse: 'MAIN',
    reverses: arrived.id,
    operation: 'transfer',
  });
  expect(await otherOf(world, back)).toMatchObject({ type: 'load', warehouse: 'SHOP', reverses: moved.id });
  expect(await placeOf(world, 'VACCINE', 'S1')).toBe('SHOP');
  expect(await placesOf(world, 'VACCINE', 'V1')).toEqual(['SHOP 3']);
  await refused(
    world,
    () => ledger.postings.reverse(moved.id, wrong('2026-11-22')),
    'posting.alreadyReversed',
  );
  expect((await ledger.verify()).ok).toBe(true);
});

test('R77 R103 chosen serials arrive; serials that name their places take their lots along', async () => {
  const world = await withTransfers(await pharma());
  const serials = ['S1', 'S2', 'S3'].map((code) => ({ code, lot: 'V1' }));
  await world.post('LOA', { item: 'VACCINE', quantity: '3', serials });
  await world.post(
    'BAK',
    { item: 'VACCINE', quantity: '2', lots: 'auto', serials: 'auto' },
    {
      counterpart: {
        lines: [
          {
            item: 'VACCINE',
            quantity: '2',
            location: 'A-01',
            serials: [{ code: 'S1' }, { code: 'S2', location: 'B-01' }],
          },
        ],
      },
    },
  );
  expect(await placeOf(world, 'VACCINE', 'S2')).toBe('MAIN/B-01');
  expect(await placesOf(world, 'VACCINE', 'V1')).toEqual(['MAIN/A-01 1', 'MAIN/B-01 1', 'SHOP 1']);
});

test('R75 R77 a serial moves from where it is; asked for from the other side too', async () => {
  const world = await withTransfers(await electronics());
  await world.post('MAIN/LOA', {
    item: 'PHONE',
    quantity: '2',
    location: 'A-01',
    serials: [{ code: 'P1' }, { code: 'P2' }],
  });
  await world.post('ARR', { item: 'PHONE', quantity: '1', serials: [{ code: 'P1' }] });
  expect(await placeOf(world, 'PHONE', 'P1')).toBe('SHOP');
  await refused(world, () => world.post('ARR', { item: 'PHONE', quantity: '1', serials: [{ code: 'P1' }] }), {
    code: 'serial.notHere',
    path: 'lines[0].serials[0]',
    details: { place: { warehouse: 'SHOP' } },
  });
  await world.post('ARR', { item: 'PHONE', quantity: '1', serials: 'auto' });
  expect(await placeOf(world, 'PHONE', 'P2')).toBe('SHOP');
});

test('R73 R77 a serial cannot be moved away before a day on which it left from there', async () => {
  const world = await withTransfers(await electronics({ today: '2026-11-22' }));
  const p1 = { item: 'PHONE', quantity: '1', serials: [{ code: 'P1' }] };
  await world.post('MAIN/LOA', { ...p1, location: 'A-01' }, on('2026-11-01'));
  await world.post('MAIN/PUT', p1, { ...on('2026-11-10'), ...to('B-01') });
  await world.post('MAIN/PUT', p1, { ...on('2026-11-15'), ...to('A-01') });
  // there now, and there on the 5th; but on the 10th it left from A-01 and not from B-01
  await refused(world, () => world.post('MAIN/PUT', p1, { ...on('2026-11-05'), ...to('B-01') }), {
    code: 'serial.notHere',
    details: { date: '2026-11-10' },
  });
  await world.post('MAIN/PUT', p1, { ...on('2026-11-15'), ...to('B-01') });
  expect(await placeOf(world, 'PHONE', 'P1')).toBe('MAIN/B-01');
});

test('R57 R97 R122 R123 the same lot arrives: no top-up, first load carried, loaded there', async () => {
  const world = await withTransfers(await dairy());
  const { ledger } = world;
  await world.post(
    'MAIN/LOA',
    {
      item: 'CHEESE',
      quantity: '5',
      location: 'A-01',
      lots: [{ code: 'A', quantity: '5', expiryDate: '2027-03-01' }],
    },
    on('2026-11-01'),
  );
  await world.post(
    'LOA',
    { item: 'CHEESE', quantity: '5', lots: [{ code: 'B', quantity: '5', expiryDate: '2027-03-01' }] },
    on('2026-11-10'),
  );
  await world.post(
    'LOA',
    { item: 'CHEESE', quantity: '1.5', lots: [{ code: 'C', quantity: '1.5', expiryDate: '2027-03-01' }] },
    on('2026-11-11'),
  );
  for (const quantity of ['1.25', '0.75']) {
    await world.post(
      'MAIN/MOV',
      { item: 'CHEESE', quantity, location: 'A-01', lots: [{ code: 'A', quantity }] },
      on('2026-11-15'),
    );
  }
  const lot = await ledger.lots.get({ item: 'CHEESE', code: 'A' });
  expect(lot).toMatchObject({ initialQuantity: '5', onHand: '5' });
  expect(lot.stock.map(({ warehouse, loaded, onHand }) => ({ warehouse, loaded, onHand }))).toEqual([
    { warehouse: 'MAIN', loaded: '5', onHand: '3' },
    { warehouse: 'SHOP', loaded: '2', onHand: '2' },
  ]);
  // first in, first out goes by the first load of all, not by the arrival
  const sold = await world.post('UNL', { item: 'CHEESE', quantity: '3', lots: 'auto' });
  expect(sold.lines[0]?.lots.map((row) => [row.code, row.quantity])).toEqual([
    ['A', '2'],
    ['B', '1'],
  ]);
});

test('R57 a load that is a counterpart adds to a lot that moved; asked for by itself it may not', async () => {
  const world = await dairy();
  const { ledger } = world;
  const common = { warehouse: 'SHOP', intent: 'other', tracksLots: true } as const;
  await ledger.templates.create({ ...common, code: 'REP', type: 'load' });
  await ledger.templates.create({
    ...common,
    code: 'UNP',
    type: 'unload',
    counterpart: { warehouse: 'SHOP', template: 'REP' },
  });
  const milk = (code: string, quantity: string) => ({ item: 'MILK', quantity, lots: [{ code, quantity }] });
  await world.post('LOA', [milk('L1', '5'), milk('L2', '5')]);
  await refused(world, () => world.post('REP', milk('L2', '2')), 'lot.alreadyExists');
  const moved = await world.post('UNP', milk('L1', '2'), { counterpart: { lines: [milk('L2', '2')] } });
  expect(moved).toMatchObject({ operation: null, main: true });
  expect(await otherOf(world, moved)).toMatchObject({ template: 'REP', operation: null, main: false });
  expect(await ledger.lots.get({ item: 'MILK', code: 'L2' })).toMatchObject({
    onHand: '7',
    initialQuantity: '5',
  });
  // by itself it is an ordinary unload; half a counterpart is none
  expect(await world.post('UNP', milk('L1', '1'))).toMatchObject({ counterpart: null });
  await refused(world, () => world.post('UNP', milk('L1', '1'), { counterpart: { location: null } }), {
    code: 'field.required',
    path: 'counterpart.lines',
  });
});

test('R79 a transfer is taken back by whole lines, each with its pair', async () => {
  const world = await withTransfers(await dairy());
  const { ledger } = world;
  await world.post('MAIN/LOA', [at('MILK', 'A-01', [['L1', '10']]), at('MILK', 'B-01', [['L2', '10']])]);
  const moved = await world.post('MAIN/MOV', [
    at('MILK', 'A-01', [['L1', '4']]),
    at('MILK', 'B-01', [['L2', '5']]),
  ]);
  const arrived = await otherOf(world, moved);
  const second = arrived.lines[1]?.id ?? '';
  const back = await ledger.postings.reverse(arrived.id, { ...wrong('2026-11-22'), lines: [second] });
  expect(back.lines.map((line) => line.reverses)).toEqual([second]);
  expect((await otherOf(world, back)).lines.map((line) => line.reverses)).toEqual([moved.lines[1]?.id]);
  expect(await placesOf(world, 'MILK', 'L1')).toEqual(['MAIN/A-01 6', 'SHOP 4']);
  expect(await placesOf(world, 'MILK', 'L2')).toEqual(['MAIN/B-01 10']);
  await world.post('UNL', { item: 'MILK', quantity: '1', lots: [{ code: 'L1', quantity: '1' }] });
  await refused(world, () => ledger.postings.reverse(moved.id, wrong('2026-11-22')), {
    code: 'lot.insufficient',
    details: { available: '3', warehouse: 'SHOP' },
  });
});

test('R37 R77 an expired lot is transferred only by a template that takes it, or by force', async () => {
  const world = await withTransfers(await dairy({ today: '2026-11-22', permissions: ['expired.force'] }));
  const { ledger } = world;
  await world.post('MAIN/LOA', at('MILK', 'A-01', [['L1', '10']]), on('2026-10-01'));
  const line = at('MILK', 'A-01', [['L1', '4']]);
  await refused(world, () => world.post('MAIN/MOV', line), {
    code: 'lot.expired',
    path: 'lines[0].lots[0].code',
  });
  const post = { warehouse: 'MAIN', template: 'MOV', date: '2026-11-22', lines: [line] };
  const forced = await ledger.postings.post(post, { force: { reason: 'to be destroyed there' } });
  expect(forced).toMatchObject({ warnings: [{ code: 'lot.expired' }] });
  const template = await ledger.templates.get({ warehouse: 'MAIN', code: 'MOV' });
  await ledger.templates.update(template.id, { allowUnavailable: true });
  await world.post('MAIN/MOV', line);
  expect(await placesOf(world, 'MILK', 'L1')).toEqual(['MAIN/A-01 2', 'SHOP 8']);
});

async function untracked(): Promise<World> {
  return withTransfers(await dairy({ settings: { lotsRequired: false } }));
}

test('R54 R77 stock without lots moves as such', async () => {
  const world = await untracked();
  const { ledger } = world;
  await ledger.templates.create({ warehouse: 'MAIN', code: 'RAW', type: 'load', intent: 'purchase' });
  await world.post('MAIN/RAW', { item: 'MILK', quantity: '9', location: 'B-01' });
  const moved = await world.post('MAIN/MOV', { item: 'MILK', quantity: '6', location: 'B-01' });
  expect((await otherOf(world, moved)).lines[0]).toMatchObject({ quantity: '6', lots: [] });
  await refused(world, () => world.post('BAK', { item: 'MILK', quantity: '7' }, to('A-01')), {
    code: 'stock.insufficient',
    path: 'lines[0]',
    details: { available: '6', warehouse: 'SHOP' },
  });
  await world.post('BAK', { item: 'MILK', quantity: '6' }, to('A-01'));
});

test('R19 a preview of a transfer shows the side that was asked for, and writes nothing', async () => {
  const world = await withTransfers(await dairy());
  await world.post('MAIN/LOA', at('MILK', 'A-01', [['L1', '3']]));
  const lines = [{ item: 'MILK', quantity: '2', lots: 'auto' as const }];
  const shown = await world.ledger.postings.preview({
    warehouse: 'SHOP',
    template: 'ARR',
    date: '2026-11-22',
    lines,
  });
  expect(shown).toMatchObject({ type: 'load', warehouse: 'SHOP', main: true, operation: 'transfer' });
  expect(await placesOf(world, 'MILK', 'L1')).toEqual(['MAIN/A-01 3']);
});

test('R77 R83 over a far store both sides of many lines take as few round trips as those of one', async () => {
  const store = farStore(memory());
  const world = await withTransfers(await dairy({ store }));
  const { ledger } = world;
  await pair(world, 'production', ['SHOP/USE', 'SHOP/MAKE']);
  const exploding = {
    type: 'load',
    intent: 'production',
    explodeComponents: true,
    tracksLots: true,
  } as const;
  const counterpart = { warehouse: 'SHOP', template: 'USE' };
  await ledger.templates.create({
    warehouse: 'SHOP',
    code: 'EXP',
    ...exploding,
    allowAlternatives: true,
    counterpart,
  });
  const names = Array.from({ length: 12 }, (_, i) => `I${i}`);
  for (const code of names) {
    await ledger.items.create({ code, unit: { code: 'PCE', decimals: 0 }, lots: { withdrawal: 'fifo' } });
  }
  const trips = async (act: () => Promise<unknown>): Promise<number> => {
    const before = store.reads.count;
    await act();
    return store.reads.count - before;
  };
  await world.post(
    'MAIN/LOA',
    names.map((item) => at(item, 'A-01', [['L1', '9']])),
  );
  const all = names.map((item): Line => ({ item, quantity: '3', lots: 'auto' }));
  const one = await trips(() => world.post('MAIN/MOV', all.slice(0, 1)));
  const many = await trips(() => world.post('MAIN/MOV', all.slice(1)));
  expect(many).toBeLessThanOrEqual(one + 2);
  const made = (components: readonly string[]) =>
    world.post('EXP', {
      item: 'SALT',
      quantity: '1',
      components: components.map((item) => ({ item, quantity: '2', alternatives: ['I0'] })),
    });
  const [few, more] = [await trips(() => made(names.slice(1, 2))), await trips(() => made(names.slice(2)))];
  expect(more).toBeLessThanOrEqual(few + 2);
  expect((await ledger.verify()).ok).toBe(true);
});
