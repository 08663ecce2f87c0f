/** What happens to reservations after they were made, how they are found, and who may not have them twice. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import type { FilterValue } from '../../src/core/index.ts';
import { ledgers, outcomes } from './racing.ts';
import { by, named, order, reserve, standing } from './reserving.ts';
import { slow } from './stores.ts';
import { row } from './taking.ts';
import { dairy, electronics, lotOf, refused, type World } from './world.ts';

async function shop(): Promise<World> {
  const world = await dairy();
  await lotOf(world, 'MILK', 'L1', '12');
  return world;
}

test('R71 a reservation is altered within what is free, and not below what was fulfilled', async () => {
  const world = await shop();
  const { reservations } = world.ledger;
  const [kept] = await reserve(world, 'SO-1', named('L1', '4'));
  const id = kept?.id ?? '';
  await reserve(world, 'SO-2', named('L1', '5'));
  const alter = (quantity: string) => () => reservations.alter(id, { quantity });
  await refused(world, alter('8'), {
    code: 'lot.insufficient',
    path: 'quantity',
    details: { available: '7' },
  });
  expect(await alter('7')()).toMatchObject({ quantity: '7', open: '7' });
  await world.post('UNL', row('L1', '3'), by('SO-1'));
  await refused(world, alter('2'), {
    code: 'reservation.exceeded',
    path: 'quantity',
    details: { open: '4' },
  });
  expect(await alter('3')()).toMatchObject({ open: '0', state: 'closed' });
  await refused(world, alter('5'), 'reservation.closed');
  await refused(world, () => reservations.alter('nobody', { quantity: '1' }), {
    code: 'reservation.notFound',
    kind: 'missing',
  });
  const stale = () => reservations.alter(id, { note: 'x' }, { version: 1 });
  await refused(world, stale, { code: 'concurrency.stale', kind: 'conflict' });
});

test('R71 who it is for and what is noted change without asking the stock again', async () => {
  const world = await shop();
  const { reservations } = world.ledger;
  const party = { kind: 'customer', code: 'C7', name: 'Corner shop' } as const;
  const [kept] = await reserve(world, 'SO-1', named('L1', '12'), { party, note: 'call first' });
  expect(kept?.party).toEqual(party);
  world.clock.day('2027-02-01');
  expect(await reservations.alter(kept?.id ?? '', { party: null, note: 'ring twice' })).toMatchObject({
    party: null,
    note: 'ring twice',
    open: '12',
  });
});

test('R138 a reservation moves to another place, whole or in part, where there is enough', async () => {
  const world = await dairy();
  const { reservations } = world.ledger;
  const load = (location: string, quantity: string) =>
    world.post('MAIN/TOP', { item: 'MILK', quantity, location, lots: [{ code: 'A1', quantity }] });
  await load('A-01', '6');
  await load('B-01', '2');
  const [kept] = await reserve(world, 'SO-1', {
    warehouse: 'MAIN',
    ...named('A1', '5', { location: 'A-01' }),
  });
  const id = kept?.id ?? '';
  const move = (to: object) => () => reservations.move(id, to);
  await refused(world, move({ location: 'B-01' }), { code: 'lot.insufficient', details: { available: '2' } });
  const made = await move({ location: 'B-01', quantity: '2' })();
  expect(made.map((each) => [each.location, each.open])).toEqual([
    ['A-01', '3'],
    ['B-01', '2'],
  ]);
  expect((await standing(world, 'A1')).places).toEqual(['A-01 6 3 3', 'B-01 2 2 0']);
  expect(await move({ location: null })()).toMatchObject([{ id, location: null, open: '3' }]);
  expect((await standing(world, 'A1')).places).toEqual(['A-01 6 0 3', 'B-01 2 2 0']);
  await refused(world, move({ warehouse: 'SHOP' }), 'lot.insufficient');
  await refused(world, move({ location: 'Z-99' }), { code: 'location.notFound', path: 'location' });
  await refused(world, move({ quantity: '4' }), 'reservation.exceeded');
  expect((await reservations.history(id)).items.map(({ field, to }) => [field, to])).toContainEqual([
    'location',
    null,
  ]);
});

test('R71 a document is released as a whole; what was fulfilled stays so', async () => {
  const world = await shop();
  const { reservations } = world.ledger;
  await reserve(world, 'SO-1', [named('L1', '4'), { quantity: '2' }]);
  await world.post('UNL', row('L1', '1'), by('SO-1'));
  const done = await reservations.release({ document: order('so-1') });
  expect(done.map((each) => [each.fulfilled, each.released, each.state])).toEqual([
    ['1', '3', 'closed'],
    ['0', '2', 'closed'],
  ]);
  expect((await standing(world, 'L1')).available).toBe('11');
  const again = () => reservations.release({ document: order('SO-1') });
  await refused(world, again, { code: 'reservation.notFound', kind: 'missing' });
});

test('R71 reservations are found by document, item, lot, piece, warehouse, party and state', async () => {
  const world = await shop();
  const { reservations } = world.ledger;
  await world.ledger.items.create({ code: 'RADIO', unit: { code: 'PCE', decimals: 0 }, serials: {} });
  await world.post('LOA', { item: 'RADIO', quantity: '1', serials: [{ code: 'R1' }] });
  await reserve(world, 'SO-1', named('L1', '2', { needDate: '2026-12-03' }));
  world.clock.time = '2026-11-22T10:00:00Z';
  await reserve(world, 'SO-2', { quantity: '3', party: { kind: 'customer', code: 'C1' } });
  world.clock.time = '2026-11-22T11:00:00Z';
  const [gone] = await reserve(world, null, { item: 'RADIO', serials: ['R1'] });
  await reservations.release({ id: gone?.id ?? '' });
  const found = async (filter: Readonly<Record<string, FilterValue>>) =>
    (await reservations.list({ filter, sort: ['needDate'] })).items.map(
      (each) => each.document?.number ?? 'hand',
    );
  expect(await found({})).toEqual(['SO-2', 'hand', 'SO-1']);
  expect(await found({ document: 'SO-1' })).toEqual(['SO-1']);
  expect(await found({ item: 'milk', state: 'open' })).toEqual(['SO-2', 'SO-1']);
  expect(await found({ lot: 'l1' })).toEqual(['SO-1']);
  expect(await found({ lot: null, warehouse: 'shop' })).toEqual(['SO-2', 'hand']);
  expect(await found({ serial: 'R1', state: 'closed' })).toEqual(['hand']);
  expect(await found({ party: 'c1' })).toEqual(['SO-2']);
  expect(await found({ needDate: { from: '2026-12-01' } })).toEqual(['SO-1']);
  expect((await reservations.list({ search: 'so-2' })).items).toHaveLength(1);
});

test('R71 lines say what is wrong with them, and nothing of a command is kept then', async () => {
  const world = await shop();
  const first = named('L1', '1');
  const wrong = (line: object, code: Parameters<typeof refused>[2]) =>
    refused(world, () => reserve(world, 'SO-1', [first, line]), code);
  await wrong({ item: 'NOPE' }, { code: 'item.notFound', path: 'lines[1].item' });
  await wrong({ location: 'A-01' }, { code: 'location.notFound', path: 'lines[1].location' });
  await wrong(named('LX', '1'), { code: 'lot.notFound', path: 'lines[1].lots[0].code' });
  await wrong({ quantity: '0' }, { code: 'quantity.zero', path: 'lines[1].quantity' });
  await wrong({ quantity: '1.5' }, 'quantity.precision');
  await wrong({ unit: 'BOX' }, { code: 'item.unitNotFound', path: 'lines[1].unit' });
  await wrong({ serials: 'auto' }, { code: 'item.notSerialManaged', path: 'lines[1].serials' });
  await wrong({ item: 'SALT', lots: 'auto' }, { code: 'item.notLotManaged', path: 'lines[1].lots' });
  await wrong({ minShelfLifeDays: 5 }, { code: 'command.unsupported', kind: 'unsupported' });
  await refused(world, () => reserve(world, 'SO-1', []), { code: 'field.required', kind: 'invalid' });
  expect((await standing(world, 'L1')).reserved).toBe('0');
});

test('R71 pieces are counted and named once', async () => {
  const world = await electronics();
  const box = { item: 'PHONE', unit: 'BOX', quantity: '0.2' };
  const serials = ['P1', 'P2', 'P3'].map((code) => ({ code }));
  await world.post('LOA', { item: 'PHONE', quantity: '3', serials });
  const wrong = (line: object, code: Parameters<typeof refused>[2]) =>
    refused(world, () => reserve(world, 'SO-1', line), code);
  await wrong(
    { ...box, serials: ['P1'] },
    { code: 'serial.countMismatch', details: { expected: 2, given: 1 } },
  );
  await wrong({ ...box, serials: ['P1', 'p1'] }, { code: 'serial.repeated', path: 'lines[0].serials[1]' });
  await wrong({ ...box, serials: ['P1', 'P9'] }, { code: 'serial.notFound', path: 'lines[0].serials[1]' });
  await wrong({ ...box, warehouse: 'MAIN', serials: ['P1', 'P2'] }, 'serial.notHere');
  const made = await reserve(world, 'SO-1', { ...box, serials: 'auto' });
  expect(made.map((each) => each.serial)).toEqual(['P1', 'P2']);
  await reserve(world, 'SO-2', { item: 'PHONE' });
  await wrong({ item: 'PHONE' }, { code: 'stock.insufficient', details: { available: '0', reserved: '1' } });
  await wrong({ item: 'PHONE', serials: ['P3'] }, 'stock.insufficient');
});

test.each([1, 4, 9])('R72 two writers reserve the last unit: one has it (%i turns apart)', async (count) => {
  const world = await dairy({ store: slow(memory(), count) });
  await lotOf(world, 'MILK', 'L1', '1');
  const all = await ledgers(world, 3);
  const commit = (ledger: World['ledger'], i: number) => {
    const line = { item: 'MILK', warehouse: 'SHOP', quantity: '1' };
    const lots = [undefined, 'auto' as const, [{ code: 'L1', quantity: '1' }]][i];
    return ledger.reservations.commit({
      document: order(`SO-${i}`),
      lines: [{ ...line, ...(lots ? { lots } : {}) }],
    });
  };
  const done = await outcomes(all.map(commit));
  expect(done.filter((each) => each === 'ok')).toHaveLength(1);
  for (const each of done) expect(['ok', 'lot.insufficient', 'stock.insufficient']).toContain(each);
  expect((await world.ledger.verify()).ok).toBe(true);
});

test('R72 one writer reserves what another ships: one of them goes without', async () => {
  const world = await dairy({ store: slow(memory(), 3) });
  await lotOf(world, 'MILK', 'L1', '8');
  const [one, two, three] = await ledgers(world, 3);
  const line = { item: 'MILK', warehouse: 'SHOP', quantity: '5' };
  const post = { warehouse: 'SHOP', template: 'UNL', date: '2026-11-22', lines: [row('L1', '5')] };
  const done = await outcomes([
    one?.reservations.commit({ document: order('A'), lines: [line] }) as Promise<unknown>,
    two?.postings.post(post) as Promise<unknown>,
    three?.reservations.commit({
      document: order('B'),
      lines: [{ ...line, ...named('L1', '5') }],
    }) as Promise<unknown>,
  ]);
  expect(done.filter((each) => each === 'ok')).toHaveLength(1);
  const { onHand } = await standing(world, 'L1');
  const { items } = await world.ledger.reservations.list({ filter: { state: 'open' } });
  const held = items.reduce((sum, each) => sum + Number(each.open), 0);
  expect(held).toBeLessThanOrEqual(Number(onHand));
});
