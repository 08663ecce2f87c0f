/** Tracing and recalling over a store that is far away: everything is fetched a level at a time. */
import { expect, test } from 'vitest';
import { memory } from '../../src/adapters/stores/memory/index.ts';
import { farStore } from '../core/engine/far-store.ts';
import { type Plant, plant } from './plant.ts';
import { outcomes } from './racing.ts';
import { slow } from './stores.ts';

async function chain(world: Plant): Promise<Plant> {
  await world.receive('MILK', 'R1', '100');
  await world.make({ R1: '50' }, { F1: ['CURD', '20'], F2: ['CURD', '20'] });
  await world.make({ F1: '10', F2: '5' }, { G1: ['BLEND', '12'] });
  await world.ship('G1', '2', 'C1');
  return world;
}

test('R104 R110 a trace and a recall over a far store answer as over a near one', async () => {
  const [near, far] = [await chain(await plant()), await chain(await plant({ store: farStore(memory()) }))];
  const told = async (world: Plant): Promise<unknown> => {
    const { ledger } = world;
    const trace = await ledger.lots.trace(await world.id('R1'), { direction: 'both', limit: 3 });
    const recall = await ledger.recalls.open({ reason: 'Glass', lots: [await world.id('R1')] });
    const closed = await ledger.recalls.close(recall.id, { free: 'all' });
    return {
      nodes: trace.nodes.map(({ code, depth, repeated, onHand }) => [code, depth, repeated, onHand]),
      edges: trace.edges.map(({ kind, fromQuantity, toQuantity }) => [kind, fromQuantity, toQuantity]),
      next: trace.next !== undefined,
      scope: closed.scope.map(({ code, onHand, freed }) => [code, onHand, freed]),
      parties: closed.parties.map(({ party }) => party.code),
      figures: closed.figures,
    };
  };
  expect(await told(far)).toEqual(await told(near));
  expect((await far.ledger.verify()).ok).toBe(true);
});

test.each([1, 2, 5, 9])(
  'R52 a receipt that meets the opening joins the case, or is in it (%i turns)',
  async (n) => {
    const world = await plant({ store: slow(memory(), n) });
    const other = await world.again();
    const receive = (code: string) =>
      other.postings.post({
        warehouse: 'SHOP',
        template: 'LOA',
        date: '2026-11-22',
        party: { kind: 'supplier', code: 'FARM' },
        lines: [{ item: 'MILK', quantity: '5', lots: [{ code, quantity: '5', supplierLot: 'T-1' }] }],
      });
    const opening = world.ledger.recalls.open({ reason: 'Glass', supplierLot: { supplierLot: 't-1' } });
    expect(await outcomes([receive('R1'), opening, receive('R2')])).toEqual(['ok', 'ok', 'ok']);
    const recall = await world.ledger.recalls.get((await opening).id);
    expect(recall.scope.map((row) => [row.code, row.blocked]).sort()).toEqual([
      ['R1', true],
      ['R2', true],
    ]);
  },
);
