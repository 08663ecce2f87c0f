/** What the tests of section 7 share: templates that make lots from lots, and short ways to look at lots. */
import { expect } from 'vitest';
import type { Lot } from '../../src/core/index.ts';
import type { World } from './world.ts';

/** In MAIN and SHOP: LFL takes lots out and LFI brings in what they became; ONE has the flag missing. */
export async function transforming(world: World): Promise<World> {
  const { ledger } = world;
  for (const warehouse of ['MAIN', 'SHOP']) {
    const common = { warehouse, intent: 'other', tracksLots: true, tracksSerials: true } as const;
    await ledger.templates.create({ ...common, code: 'LFI', type: 'load' });
    const counterpart = { warehouse, template: 'LFI' };
    await ledger.templates.create({
      ...common,
      code: 'LFL',
      type: 'unload',
      createsLotFromLot: true,
      counterpart,
    });
    await ledger.templates.create({ ...common, code: 'ONE', type: 'unload', counterpart });
    await ledger.templates.create({
      ...common,
      code: 'LFA',
      type: 'unload',
      createsLotFromLot: true,
      allowUnavailable: true,
      counterpart,
    });
  }
  return world;
}

/** Where and when, unless a test says otherwise. */
export const shop = { warehouse: 'SHOP', template: 'LFL', date: '2026-11-22' } as const;
export const main = { ...shop, warehouse: 'MAIN' } as const;

/** One lot by item and code. */
export const lot = (world: World, item: string, code: string): Promise<Lot> =>
  world.ledger.lots.get({ item, code });

/** Fails unless the journal, folded anew, is what is stored. */
export async function sound({ ledger }: World): Promise<void> {
  expect(await ledger.verify()).toMatchObject({ ok: true });
}
