/** Corners of recalls: another name for what is held, a supplier's lot that turns out late, what nobody moved. */
import { expect, test } from 'vitest';
import { plant } from './plant.ts';
import { named, reserve, standing } from './reserving.ts';
import { electronics, pharma, refused } from './world.ts';

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

test('R52 nothing is recovered twice in the figures, whatever was told', async () => {
  const world = await plant();
  const { ledger } = world;
  const lot = await world.receive('CURD', 'A1', '10');
  await world.ship('A1', '4', 'C1');
  await world.ship('A1', '4', 'C2');
  const { id } = await ledger.recalls.open({ reason: 'Glass', lots: [lot] });
  const party = { kind: 'customer', code: 'C1' } as const;
  const { figures } = await ledger.recalls.recover(id, { lot, quantity: '400', how: 'held', party });
  expect(figures.recovered).toBe(50);
});

test('R52 a code by hand that goes on for ever does not stop the next case', async () => {
  const world = await plant();
  const lots = [await world.receive('CURD', 'A1', '10')];
  const open = async (code?: string) =>
    (await world.ledger.recalls.open({ reason: 'Glass', lots, ...(code ? { code } : {}) })).code;
  await open(`RC-2026-${'9'.repeat(30)}`);
  expect([await open('RC-2026-041'), await open(), await open()]).toEqual([
    'RC-2026-041',
    'RC-2026-042',
    'RC-2026-043',
  ]);
});

test('R52 a lot whose pieces are all under recall is not reserved by its name', async () => {
  const world = await pharma();
  const { ledger } = world;
  const serials = ['V1', 'V2', 'V3'].map((code) => ({ code }));
  const lots = [{ code: 'L1', quantity: '3' }];
  await world.post('LOA', { item: 'VACCINE', quantity: '3', lots, serials });
  const recall = (...codes: string[]) =>
    ledger.recalls.open({ reason: 'Glass', serials: codes.map((code) => ({ item: 'VACCINE', code })) });
  const keep = (quantity: string) => reserve(world, 'SO-1', named('L1', quantity, { item: 'VACCINE' }));
  const none = { code: 'lot.insufficient', path: 'lines[0].lots[0].code' } as const;
  await recall('V1', 'V3');
  await refused(world, () => keep('2'), none);
  await recall('V2');
  await refused(world, () => keep('1'), none);
});

test('R85 R112 a missing piece that was built in is not counted back into stock', async () => {
  const world = await electronics();
  const { ledger } = world;
  const counting = {
    warehouse: 'SHOP',
    intent: 'count',
    counting: true,
    tracksLots: true,
    tracksSerials: true,
  } as const;
  await ledger.templates.create({ ...counting, code: 'CN+', type: 'load' });
  const counterpart = { warehouse: 'SHOP', template: 'CN+' };
  await ledger.templates.create({ ...counting, code: 'CNT', type: 'unload', counterpart });
  await world.post('LOA', { item: 'RADIO', quantity: '2', serials: [{ from: 'R1', to: 'R2' }] });
  const count = async (line: object) => {
    const lines = [{ item: 'RADIO', ...line }];
    const { serials } = await ledger.counts.post({ warehouse: 'SHOP', template: 'CNT', date: day, lines });
    return serials.map(({ outcome }) => outcome);
  };
  const radio = (code: string) => ({ item: 'RADIO', code });
  expect(await count({ missing: ['R1'] })).toEqual(['missing']);
  await ledger.serials.install(radio('R1'), radio('R2'), { date: day });
  expect(await count({ serials: ['R1'] })).toEqual(['wrongPlace']);
  expect((await ledger.serials.get(radio('R1'))).warehouse).toBeNull();
  await ledger.serials.uninstall(radio('R1'), { date: day });
  expect(await count({ serials: ['R1'] })).toEqual(['restored']);
});

test('R129 what is on its way is not promised to a customer', async () => {
  const world = await plant();
  const { ledger } = world;
  await ledger.warehouses.create({ code: 'ROAD', kind: 'transit' });
  const arriving = {
    warehouse: 'ROAD',
    code: 'ARR',
    type: 'load',
    intent: 'transfer',
    tracksLots: true,
  } as const;
  await ledger.templates.create(arriving);
  await world.post('ROAD/ARR', { item: 'CURD', quantity: '5', lots: [{ code: 'A1', quantity: '5' }] });
  await world.receive('CURD', 'A2', '5');
  const lines = [
    { lots: [{ code: 'A1', quantity: '2' }], quantity: '2' },
    { lots: 'auto' as const, quantity: '2' },
    { quantity: '2' },
  ];
  const onRoad = { code: 'stock.inTransit', path: 'lines[0].warehouse' } as const;
  for (const line of lines)
    await refused(world, () => reserve(world, 'SO-1', { item: 'CURD', warehouse: 'ROAD', ...line }), onRoad);
  const [here] = await reserve(world, 'SO-1', { item: 'CURD', quantity: '2' });
  const move = () => ledger.reservations.move(here?.id ?? '', { warehouse: 'ROAD' });
  await refused(world, move, { code: 'stock.inTransit', path: 'warehouse' });
  await reserve(world, 'TO-1', { item: 'CURD', warehouse: 'ROAD', ...lines[0] }, { intent: 'transfer' });
});
