/** Corners of recalls: another name for what is held, a supplier's lot that turns out late, what nobody moved. */
import { expect, test } from 'vitest';
import { plant } from './plant.ts';
import { named, reserve, standing } from './reserving.ts';
import { electronics, refused } from './world.ts';

const day = '2026-11-22';

test('R52 R132 a correction does not give what a recall holds another name', async () => {
  const world = await plant();
  const { ledger } = world;
  await world.receive('CURD', 'A1', '10');
  await world.receive('BLEND', 'G1', '1');
  const run = await world.make({ A1: '10' }, { F1: ['BLEND', '8'] });
  const made = await ledger.postings.get(run.counterpart ?? '');
  const bought = (await ledger.postings.list({ filter: { party: 'FARM' }, sort: ['seq'] })).items[0];
  await ledger.recalls.open({ reason: 'Glass', lots: [await world.id('A1')] });
  const rename = (posting: typeof made | undefined, code: string, quantity: string) =>
    ledger.postings.correct(posting?.id ?? '', {
      line: posting?.lines[0]?.id ?? '',
      lots: [{ code, quantity }],
      reason: 'Misread',
    });
  const held = { code: 'lot.recalled', path: 'lots' } as const;
  await refused(world, () => rename(made, 'G1', '8'), { ...held, details: { code: 'F1' } });
  await ledger.lots.create({ item: 'CURD', code: 'A2' });
  await refused(world, () => rename(bought, 'A2', '10'), { ...held, details: { code: 'A1' } });
  await world.ship('G1', '1', 'C1');
  expect((await ledger.verify()).ok).toBe(true);
});

test('R52 a lot whose supplier lot is told late joins the case, with what was made of it', async () => {
  const world = await plant();
  const { ledger } = world;
  const old = await world.receive('CURD', 'A1', '10', { party: { kind: 'supplier', code: 'FARM' } });
  await world.make({ A1: '4' }, { F1: ['BLEND', '4'] });
  await world.receive('CURD', 'A2', '5', { party: { kind: 'supplier', code: 'OTHER' } });
  const [kept] = await reserve(world, 'SO-3', named('F1', '2', { item: 'BLEND' }));
  const recall = await ledger.recalls.open({
    reason: 'Glass',
    supplierLot: { supplier: 'FARM', supplierLot: 'T-5' },
  });
  expect(recall.scope).toEqual([]);
  await ledger.lots.update(await world.id('A2'), { supplierLot: 'T-5' });
  expect((await ledger.recalls.get(recall.id)).scope).toEqual([]);
  await ledger.lots.update(old, { supplierLot: 't-5' }, { reason: 'Label read again' });
  const { scope } = await ledger.recalls.get(recall.id);
  expect(scope.map(({ code, late, blocked }) => [code, late, blocked]).sort()).toEqual([
    ['A1', true, true],
    ['F1', true, true],
  ]);
  expect((await ledger.reservations.get(kept?.id ?? '')).open).toBe('0');
  await refused(world, () => world.ship('F1', '1', 'C1'), 'lot.recalled');
  await ledger.lots.update(await world.id('A2'), { supplier: 'FARM' });
  await refused(world, () => world.ship('A2', '1', 'C1'), 'lot.recalled');
  expect((await ledger.verify()).ok).toBe(true);
});

test('R52 R87 what a case covers is not deleted, though it never moved', async () => {
  const world = await electronics();
  const { ledger } = world;
  await ledger.items.create({ code: 'MILK', unit: { code: 'PCE', decimals: 0 }, lots: {} });
  const lot = await ledger.lots.create({ item: 'MILK', code: 'L1' });
  const piece = await ledger.serials.create({ item: 'RADIO', code: 'S1' });
  const recall = await ledger.recalls.open({ reason: 'Glass', lots: [lot.id], serials: [piece.id] });
  await refused(world, () => ledger.lots.remove(lot.id), 'lot.referenced');
  await refused(world, () => ledger.serials.remove(piece.id), 'serial.referenced');
  expect((await ledger.recalls.get(recall.id)).scope).toHaveLength(2);
  await ledger.recalls.close(recall.id, { free: 'all' });
  await ledger.lots.remove(lot.id);
});

test('R87 R112 a piece that is in another, or holds one, is not deleted, though neither moved', async () => {
  const world = await electronics();
  const { ledger } = world;
  const [radio, phone] = await Promise.all([
    ledger.serials.create({ item: 'RADIO', code: 'R1' }),
    ledger.serials.create({ item: 'PHONE', code: 'P1' }),
  ]);
  await ledger.serials.install(radio.id, phone.id, { date: day });
  await refused(world, () => ledger.serials.remove(phone.id), 'serial.referenced');
  await refused(world, () => ledger.serials.remove(radio.id), 'serial.referenced');
  expect((await ledger.serials.asBuilt(phone.id)).children.map(({ code }) => code)).toEqual(['R1']);
});

test('R71 R138 what a document holds it gets, also while somebody else is promised more than is left', async () => {
  const world = await plant();
  const { ledger } = world;
  await world.receive('CURD', 'A1', '4');
  await world.receive('CURD', 'A2', '3');
  await world.receive('CURD', 'A3', '2');
  await reserve(world, 'SO-1', named('A1', '4', { item: 'CURD' }));
  await reserve(world, 'SO-2', { item: 'CURD', quantity: '5' });
  await ledger.lots.update(await world.id('A3'), { closed: true });
  const take = (code: string, quantity: string, number: string) =>
    world.post(
      'UNL',
      { item: 'CURD', quantity, lots: [{ code, quantity }] },
      { document: { type: 'salesOrder', number } },
    );
  await refused(world, () => take('A2', '1', 'SO-9'), 'stock.reserved');
  await refused(world, () => take('A2', '1', 'SO-1'), 'stock.reserved');
  await take('A1', '4', 'SO-1');
  await take('A2', '2', 'SO-2');
  await refused(world, () => take('A2', '1', 'SO-9'), 'stock.reserved');
  await take('A2', '1', 'SO-2');
  expect(await standing(world, 'A2', 'CURD')).toMatchObject({ onHand: '0' });
});
