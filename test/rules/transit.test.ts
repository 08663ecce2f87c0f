/** What has left and not arrived (R129): on hand, not available, arriving in parts, or never. */
import { expect, test } from 'vitest';
import { otherOf, placesOf, to, withTransfers } from './pairing.ts';
import { wrong } from './taking.ts';
import { dairy, electronics, type Line, refused, type World } from './world.ts';

const milk = (quantity: string, more: object = {}): Line => ({
  item: 'MILK',
  quantity,
  lots: [{ code: 'L1', quantity }],
  ...more,
});

/** Twenty of L1 in MAIN, twelve of them on the truck. */
async function underWay(): Promise<World> {
  const world = await withTransfers(await dairy());
  await world.post('MAIN/LOA', milk('20', { location: 'A-01' }));
  await world.post('MAIN/GO', milk('12', { location: 'A-01' }));
  return world;
}

test('R129 on the way it is on hand and not available, and the lot is not exhausted', async () => {
  const world = await underWay();
  const { ledger } = world;
  expect(await ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    onHand: '20',
    available: '8',
    stock: [
      { warehouse: 'MAIN', onHand: '8', available: '8' },
      { warehouse: 'TRUCK', location: null, loaded: '12', onHand: '12', available: '0' },
    ],
  });
  await world.post('MAIN/UNL', milk('8', { location: 'A-01' }));
  expect(await ledger.lots.get({ item: 'MILK', code: 'L1' })).toMatchObject({
    exhausted: false,
    available: '0',
  });
});

test('R129 it arrives in parts; what is short stays until it is counted out or scrapped', async () => {
  const world = await underWay();
  const { ledger } = world;
  const first = await world.post('TRUCK/OFF', milk('5'));
  expect(await otherOf(world, first)).toMatchObject({ warehouse: 'SHOP', template: 'HERE' });
  await world.post('TRUCK/OFF', milk('4'));
  expect((await placesOf(world, 'MILK', 'L1')).filter((place) => !place.startsWith('MAIN'))).toHaveLength(2);
  const out = { warehouse: 'TRUCK', type: 'unload', tracksLots: true } as const;
  await ledger.templates.create({ ...out, code: 'LOST', intent: 'count' });
  await ledger.templates.create({ ...out, code: 'BROKE', intent: 'scrap' });
  await ledger.templates.create({ ...out, code: 'ELSE', intent: 'other' });
  const { stock } = await ledger.lots.get({ item: 'MILK', code: 'L1' });
  const left = Number(stock.find(({ warehouse }) => warehouse === 'TRUCK')?.onHand);
  expect(left).toBe(3);
  for (const template of ['LOST', 'BROKE', 'ELSE']) await world.post(`TRUCK/${template}`, milk('1'));
  await refused(world, () => world.post('TRUCK/OFF', milk('1')), {
    code: 'lot.insufficient',
    details: { available: '0', warehouse: 'TRUCK' },
  });
});

test('R129 nothing else is done with it before it arrives', async () => {
  const world = await underWay();
  const { ledger } = world;
  for (const intent of ['sale', 'production', 'supplierReturn', 'inspection', null] as const) {
    const code = `X${intent ?? ''}`;
    await ledger.templates.create({ warehouse: 'TRUCK', code, type: 'unload', tracksLots: true, intent });
    await refused(world, () => world.post(`TRUCK/${code}`, milk('1')), {
      code: 'stock.inTransit',
      path: 'template',
      details: { warehouse: 'TRUCK', intent: intent ?? 'sale' },
    });
  }
});

test('R129 what left by mistake is taken back, as far as it has not arrived', async () => {
  const world = await withTransfers(await dairy());
  const { ledger } = world;
  await world.post('MAIN/LOA', milk('20', { location: 'B-01' }));
  const gone = await world.post('MAIN/GO', milk('12', { location: 'B-01' }));
  const arrived = await world.post('TRUCK/OFF', milk('2'));
  await refused(world, () => ledger.postings.reverse(gone.id, wrong('2026-11-22')), {
    code: 'lot.insufficient',
    details: { available: '10', warehouse: 'TRUCK' },
  });
  await ledger.postings.reverse(arrived.id, wrong('2026-11-22'));
  await ledger.postings.reverse(gone.id, wrong('2026-11-22'));
  expect(await placesOf(world, 'MILK', 'L1')).toEqual(['MAIN/B-01 20']);
});

test('R129 pieces on the way are nobody’s to choose but the transfer’s', async () => {
  const world = await withTransfers(await electronics());
  const { ledger } = world;
  const two = { item: 'PHONE', quantity: '2', serials: [{ code: 'P1' }, { code: 'P2' }] };
  await world.post('MAIN/LOA', { ...two, location: 'A-01' });
  await world.post('MAIN/GO', two);
  expect(await ledger.serials.get({ item: 'PHONE', code: 'P1' })).toMatchObject({
    warehouse: 'TRUCK',
    onHand: '1',
    available: '0',
    holder: null,
  });
  await refused(
    world,
    () => world.post('UNL', { item: 'PHONE', quantity: '1', serials: [{ code: 'P1' }] }),
    'serial.notHere',
  );
  await world.post('TRUCK/OFF', { item: 'PHONE', quantity: '1', serials: 'auto' });
  expect((await ledger.serials.get({ item: 'PHONE', code: 'P1' })).warehouse).toBe('SHOP');
  await refused(
    world,
    () => world.post('BAK', { item: 'PHONE', quantity: '1', serials: [{ code: 'P2' }] }, to('A-01')),
    {
      code: 'serial.notHere',
      details: { place: { warehouse: 'TRUCK' } },
    },
  );
});
