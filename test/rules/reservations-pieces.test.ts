/** Reservations and single pieces: what is chosen, and what a piece leaves behind where it goes (R138). */
import { expect, test } from 'vitest';
import { pair, to } from './pairing.ts';
import { reserve } from './reserving.ts';
import { electronics, refused } from './world.ts';

const radios = (...codes: string[]) => ({
  item: 'RADIO',
  quantity: String(codes.length),
  serials: codes.map((code) => ({ code })),
});

test('R138 scrap that chooses by itself leaves reserved pieces alone; told to, it breaks them', async () => {
  const world = await electronics();
  await world.post('LOA', radios('R1', 'R2', 'R3'));
  await reserve(world, 'SO-1', { item: 'RADIO', serials: ['R1'] });
  const two = await world.post('SCR', { item: 'RADIO', quantity: '2', serials: 'auto' });
  expect(two.lines[0]?.serials.map((row) => row.code)).toEqual(['R2', 'R3']);
  expect(two.warnings).toEqual([]);
  await refused(
    world,
    () => world.post('SCR', { item: 'RADIO', quantity: '1', serials: 'auto' }),
    'stock.insufficient',
  );
  const named = await world.post('SCR', radios('R1'));
  expect(named.warnings.map((each) => each.code)).toEqual(['reservation.broken']);
});

test('R138 a piece that is transferred away is missed by what was promised where it was', async () => {
  const world = await electronics();
  await pair(world, 'transfer', ['MAIN/GO', 'SHOP/COME']);
  await pair(world, 'transfer', ['MAIN/PUT', 'MAIN/GET']);
  const four = ['A-01', 'A-01', 'A-01', 'B-01'].map((location, i) => ({ code: `R${i + 1}`, location }));
  await world.post('MAIN/LOA', { item: 'RADIO', quantity: '4', serials: four });
  await reserve(world, 'SO-1', { item: 'RADIO', quantity: '2', warehouse: 'MAIN', location: 'A-01' });
  const go = (...codes: string[]) => ({ ...radios(...codes), location: 'A-01' });
  // to another warehouse, or only to another place
  await refused(world, () => world.post('MAIN/GO', go('R1', 'R2')), 'stock.reserved');
  await refused(world, () => world.post('MAIN/PUT', go('R1', 'R2'), to('B-01')), 'stock.reserved');
  await world.post('MAIN/PUT', go('R1'), to('B-01'));
  await refused(world, () => world.post('MAIN/GO', go('R2')), 'stock.reserved');
  await world.post('MAIN/GO', { ...radios('R4'), location: 'B-01' });
  expect((await world.ledger.verify()).ok).toBe(true);
});
