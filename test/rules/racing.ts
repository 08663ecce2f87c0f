/** Several ledgers over one store, and what became of their commands. */
import { isLedgerError, type Ledger } from '../../src/core/index.ts';
import type { Post, World } from './world.ts';

export const unload = (quantity: string, more: Partial<Post> = {}): Post => ({
  warehouse: 'SHOP',
  template: 'UNL',
  date: '2026-11-22',
  lines: [{ item: 'MILK', quantity, lots: [{ code: 'L1', quantity }] }],
  ...more,
});

/** Codes of the refusals, `ok` for what went through. */
export const outcomes = async (posts: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(posts)).map((each) => {
    if (each.status === 'fulfilled') return 'ok';
    if (isLedgerError(each.reason)) return each.reason.code;
    throw each.reason;
  });

export async function ledgers(world: World, count: number): Promise<Ledger[]> {
  const all = [world.ledger];
  while (all.length < count) all.push(await world.again());
  return all;
}
