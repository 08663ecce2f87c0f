/** What hosts read of the past: lots, serials and stock at the end of a day, or as the journal knew them. */
import type { AsOf, ItemStock, ListQuery, Lot, LotStock, Serial } from './views.ts';

/** A question about another day, or about what was known. */
export interface PastQuery {
  /**
   * The end of this business date; today unless said. Stock counts by the dates of its movements, however late
   * they were recorded; what people changed, status, expiry, closing, counts from the day they did.
   */
  readonly asOf?: string;
  /** Only what the first so many entries of the journal say; everything unless said. */
  readonly seq?: number;
}

/** What lay at a place; `reserved` is null where the day is past, since promises are kept as they are now. */
export interface LotStockAt extends Omit<LotStock, 'reserved'> {
  readonly reserved: string | null;
}

/** A lot as it was. `available` leaves reservations out where `reserved` is null. */
export interface LotAt extends Omit<Lot, 'reserved' | 'stock'> {
  readonly reserved: string | null;
  readonly stock: readonly LotStockAt[];
  readonly asOf: AsOf;
}

/** What lay of a lot, place by place, and altogether. */
export type LotStockOn = Pick<
  LotAt,
  'id' | 'item' | 'code' | 'onHand' | 'closedQuantity' | 'reserved' | 'available' | 'stock' | 'asOf'
>;

/** A serial as it was: where, who had it, and the piece it was installed in. */
export interface SerialAt extends Omit<Serial, 'reserved'> {
  readonly reserved: boolean | null;
  readonly installedIn: { readonly id: string; readonly item: string; readonly code: string } | null;
  readonly asOf: AsOf;
}

/** What lay of an item at one place. */
export interface ItemStockAt extends Omit<ItemStock, 'reserved'> {
  readonly reserved: string | null;
}

/**
 * A list of another day: filters `item`, `variant` and `state`, sorts `code`, `item` and `createdAt`; nothing
 * else can be said of the past, and is refused.
 */
export type PastListQuery = Pick<ListQuery, 'filter' | 'sort' | 'limit' | 'cursor' | 'skip'> &
  PastQuery &
  ({ readonly asOf: string } | { readonly seq: number });
