/** Lines of unloads and reversals, as the tests of section 6 say them. */
import type { Post } from './world.ts';

export const row = (code: string, quantity: string, item = 'MILK') => ({
  item,
  quantity,
  lots: [{ code, quantity }],
});
export const phones = (...codes: string[]) => ({
  item: 'PHONE',
  quantity: String(codes.length),
  serials: codes.map((code) => ({ code })),
});
export const on = (date: string): Partial<Post> => ({ date });
export const wrong = (date: string) => ({ date, reason: 'entered by mistake' });
