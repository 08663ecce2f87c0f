/** Lines of loads, as the tests of section 5 say them. */
import type { World } from './world.ts';

export const row = (item: string, code: string, quantity: string, more: object = {}) => ({
  item,
  quantity,
  lots: [{ code, quantity, ...more }],
});
export const codes = (...all: string[]) => all.map((code) => ({ code }));
export const phones = (...all: string[]) => ({
  item: 'PHONE',
  quantity: String(all.length),
  serials: codes(...all),
});

export async function bare(world: World): Promise<void> {
  await world.ledger.templates.create({ warehouse: 'SHOP', code: 'BAR', type: 'load', intent: 'other' });
  await world.ledger.templates.create({ warehouse: 'SHOP', code: 'OUT', type: 'unload', intent: 'scrap' });
}
