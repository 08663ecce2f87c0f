/** Postings as a careless or hostile host sends them. */
import type { Post, World } from './world.ts';

export const line = (more: object = {}) => ({ item: 'SALT', quantity: '1', ...more });
export const invalid = (code: string, path: string) => ({ code, path, kind: 'invalid' }) as never;

export async function post(world: World, input: unknown): Promise<unknown> {
  return world.ledger.postings.post(input as Post);
}

export const good = (more: object = {}) => ({
  warehouse: 'SHOP',
  template: 'LOA',
  date: '2026-11-22',
  lines: [line()],
  ...more,
});
