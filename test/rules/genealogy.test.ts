/** A genealogy that splits, merges and is used up: what is reached each way, and what a reversal takes back. */
import { expect, test } from 'vitest';
import { type Plant, plant } from './plant.ts';
import { shop, transforming } from './transforming.ts';
import { pharma, refused } from './world.ts';

/** A(100) into A1 40 and A2 60; A1 and B(10) into M 50; M into FG 45; FG 30 to C1, A2 60 to C2. */
async function family(): Promise<Plant & { readonly sold: string }> {
  const world = await plant();
  await transforming(world);
  const { lots } = world.ledger;
  const a = await world.receive('MILK', 'A', '100', {}, { supplierLot: 'TANK-1' });
  const b = await world.receive('MILK', 'B', '10');
  const into = [
    { code: 'A1', quantity: '40' },
    { code: 'A2', quantity: '60' },
  ];
  await lots.split({ ...shop, lot: a, into });
  await lots.merge({ ...shop, from: [{ lot: await world.id('A1') }, { lot: b }], into: { code: 'M' } });
  await world.make({ M: '50' }, { FG: ['CURD', '45'] });
  const sold = await world.ship('FG', '30', 'C1');
  await world.ship('A2', '60', 'C2');
  return { ...world, sold: sold.id };
}

const reached = async (world: Plant, code: string, direction: 'forward' | 'backward'): Promise<string[]> => {
  const trace = await world.ledger.lots.trace(await world.id(code), { direction });
  return trace.nodes.slice(1).map((node) => node.code ?? '');
};

test('R89 R94 R104 split, merged and used up: forward and backward are each other’s inverse', async () => {
  const world = await family();
  expect((await reached(world, 'A', 'forward')).sort()).toEqual(['A1', 'A2', 'FG', 'M']);
  expect((await reached(world, 'FG', 'backward')).sort()).toEqual(['A', 'A1', 'B', 'M']);
  const codes = ['A', 'B', 'A1', 'A2', 'M', 'FG'];
  const forward = await Promise.all(codes.map((code) => reached(world, code, 'forward')));
  const backward = await Promise.all(codes.map((code) => reached(world, code, 'backward')));
  for (const [i, from] of codes.entries()) {
    for (const [j, to] of codes.entries()) {
      expect([from, to, forward[i]?.includes(to)]).toEqual([from, to, backward[j]?.includes(from)]);
    }
  }
  const trace = await world.ledger.lots.trace(await world.id('A'));
  expect(
    trace.parties.map(({ party, code, quantity }) => `${party?.code} ${quantity} ${code}`).sort(),
  ).toEqual(['C1 30 FG', 'C2 60 A2']);
  expect(trace.nodes.find((node) => node.code === 'FG')?.onHand).toBe('15');
  expect(trace.edges.map(({ kind }) => kind).sort()).toEqual(['consume', 'merge', 'split', 'split']);
});

test('R80 R107 a recall of it: the reversed delivery drops out and is listed as taken back', async () => {
  const world = await family();
  await world.ledger.postings.reverse(world.sold, { date: '2026-11-22', reason: 'Wrong customer' });
  const recall = await world.ledger.recalls.open({ reason: 'Listeria', lots: [{ item: 'MILK', code: 'A' }] });
  expect(recall.scope.map((row) => row.code).sort()).toEqual(['A', 'A1', 'A2', 'FG', 'M']);
  expect(recall.scope.find((row) => row.code === 'FG')).toMatchObject({
    onHand: '45',
    blocked: true,
    origin: false,
  });
  expect(recall.parties.map((each) => [each.party.code, each.dropped, each.direct, each.indirect])).toEqual([
    ['C1', true, false, false],
    ['C2', false, false, true],
  ]);
  expect(recall.parties[0]?.deliveries).toMatchObject([{ code: 'FG', sent: '0', reversed: '30' }]);
});

test('R111 balances of a family: what is split away of one came into another, and all close', async () => {
  const world = await family();
  const balance = async (code: string) => world.ledger.lots.balance(await world.id(code));
  expect(await balance('A')).toMatchObject({ received: '100', toLots: '100', onHand: '0', difference: '0' });
  expect(await balance('A2')).toMatchObject({ fromLots: '60', shipped: '60', in: '60', difference: '0' });
  expect(await balance('M')).toMatchObject({ fromLots: '50', consumed: '50', difference: '0' });
  expect(await balance('FG')).toMatchObject({ produced: '45', shipped: '30', onHand: '15', percent: 100 });
});

test('R80 R106 a production that is taken back ends its links, one that follows makes new ones', async () => {
  const world = await plant({ today: '2026-11-20' });
  await world.receive('MILK', 'R1', '100');
  const first = await world.make({ R1: '10' }, { F1: ['CURD', '5'] });
  await world.ledger.postings.reverse(first.id, { date: '2026-11-20', reason: 'Wrong vat' });
  expect(await reached(world, 'R1', 'forward')).toEqual([]);
  await world.make({ R1: '10' }, { F2: ['CURD', '5'] });
  expect(await reached(world, 'R1', 'forward')).toEqual(['F2']);
  expect((await world.ledger.verify()).ok).toBe(true);
});

test('R126 every input goes into every output, with the quantities of both on the links', async () => {
  const world = await plant();
  await world.receive('MILK', 'R1', '100');
  await world.receive('MILK', 'R2', '100');
  await world.make({ R1: '30', R2: '7' }, { F1: ['CURD', '5'], F2: ['BLEND', '4'] });
  const trace = await world.ledger.lots.trace(await world.id('R2'));
  expect(trace.edges.map(({ fromQuantity, toQuantity }) => `${fromQuantity} ${toQuantity}`)).toEqual([
    '7 5',
    '7 4',
  ]);
  expect((await reached(world, 'F2', 'backward')).sort()).toEqual(['R1', 'R2']);
  const lineage = await world.ledger.lots.lineage(await world.id('R1'));
  expect(lineage.nodes.map(({ kind, depth }) => `${kind} ${depth}`)).toEqual(['lot 1', 'lot 1']);
});

test('R95 R106 pieces keep being themselves when their lot is split: the link is of the lots', async () => {
  const world = await transforming(await pharma());
  const { ledger } = world;
  const serials = ['V1', 'V2', 'V3'].map((code) => ({ code }));
  await world.post('LOA', { item: 'VACCINE', quantity: '3', lots: [{ code: 'L1', quantity: '3' }], serials });
  const { id } = await ledger.lots.get({ item: 'VACCINE', code: 'L1' });
  await ledger.lots.split({ ...shop, lot: id, serials: ['V2'], into: [{ code: 'L2' }] });
  const piece = await ledger.serials.get({ item: 'VACCINE', code: 'V2' });
  const back = await ledger.serials.trace(piece.id, { direction: 'backward' });
  expect(back.nodes.map((node) => `${node.kind} ${node.code}`)).toEqual(['serial V2', 'lot L2', 'lot L1']);
  const forward = await ledger.lots.trace(id);
  expect(forward.nodes.map((node) => `${node.kind} ${node.code}`)).toEqual(['lot L1', 'lot L2']);
});

test('R126 two long lists would make too many links: refused, nothing written', async () => {
  const world = await plant();
  const count = 320;
  const rows = (item: string, letter: string) =>
    Array.from({ length: count }, (_, n) => ({
      item,
      quantity: '1',
      lots: [{ code: `${letter}${n}`, quantity: '1' }],
    }));
  await world.post('LOA', rows('MILK', 'R'));
  const make = (lines: ReturnType<typeof rows>) =>
    world.post('MAK', rows('MILK', 'R'), { counterpart: { lines } });
  await refused(world, () => make(rows('CURD', 'F')), { code: 'limit.lines', kind: 'limit', path: 'lines' });
  await make(rows('CURD', 'F').slice(0, 2));
  expect(await reached(world, 'R7', 'forward')).toEqual(['F0', 'F1']);
});

test('R80 R132 a corrected production is linked with the right lot, and no longer with the wrong one', async () => {
  const world = await plant();
  const { ledger } = world;
  await world.receive('MILK', 'R1', '100');
  await world.receive('MILK', 'R2', '100');
  const made = await world.make({ R1: '30' }, { F1: ['CURD', '5'] });
  const [consumed] = made.lines;
  const reason = 'the label was read wrong';
  const lots = [{ code: 'R2', quantity: '30' }];
  await ledger.postings.correct(made.id, { line: consumed?.id ?? '', lots, reason });
  expect(await reached(world, 'R1', 'forward')).toEqual([]);
  expect(await reached(world, 'F1', 'backward')).toEqual(['R2']);
  const wrong = await ledger.lots.trace(await world.id('R1'), { reversed: true });
  expect(wrong.edges).toMatchObject([{ reversed: true, to: await world.id('F1') }]);
  expect((await ledger.verify()).ok).toBe(true);
});
