/** Reservations as the tests of sections 6, 8 and 11 say them. */
import type { Ledger } from '../../src/core/index.ts';
import type { Post, World } from './world.ts';

type Draft = Parameters<Ledger['reservations']['commit']>[0];
export type ReservationLine = Draft['lines'][number];

/** A sales order of the host, by its number. */
export const order = (number: string) => ({ type: 'salesOrder', number }) as const;

/** Posts for a sales order: what it has reserved is its own. */
export const by = (number: string): Partial<Post> => ({ document: order(number) });

/** Reserves lines for a sales order, in warehouse SHOP unless they say another. */
export async function reserve(
  world: World,
  number: string | null,
  lines: Partial<ReservationLine> | readonly Partial<ReservationLine>[],
  more: Partial<Draft> = {},
) {
  const all = (Array.isArray(lines) ? lines : [lines]) as readonly Partial<ReservationLine>[];
  return world.ledger.reservations.commit({
    document: number === null ? null : order(number),
    ...more,
    lines: all.map((line) => ({ item: 'MILK', warehouse: 'SHOP', quantity: '1', ...line })),
  });
}

/** A line that names one lot. */
export const named = (code: string, quantity: string, more: Partial<ReservationLine> = {}) => ({
  quantity,
  lots: [{ code, quantity }],
  ...more,
});

/** Reserved and available of a lot, in all and place by place. */
export async function standing(world: World, code: string, item = 'MILK') {
  const { onHand, reserved, available, stock } = await world.ledger.lots.get({ item, code });
  return {
    onHand,
    reserved,
    available,
    places: stock.map((row) => `${row.location ?? '-'} ${row.onHand} ${row.reserved} ${row.available}`),
  };
}
