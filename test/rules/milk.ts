/** Dairy with lot settings of its own, and lines of MILK. */
import { dairy, type Item, type World, type WorldOptions } from './world.ts';

export type Lots = NonNullable<Item['lots']>;

/** Dairy with MILK's lot settings changed. */
export async function milk(lots: Partial<Lots>, options: WorldOptions = {}): Promise<World> {
  const world = await dairy(options);
  const item = await world.ledger.items.get('MILK');
  await world.ledger.items.update(item.id, { lots });
  return world;
}

export const row = (code: string, quantity = '1') => ({ item: 'MILK', quantity, lots: [{ code, quantity }] });
