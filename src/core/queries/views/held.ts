/**
 * What reservations leave of stock, place by place (R138): available at a place is the smaller of what is
 * free there and what is free in the warehouse, where more may be promised without saying at which place.
 */
import { codeKey } from '../../ports/keys.ts';
import type { View } from '../../ports/view.ts';
import { Claims, type Held } from '../../reading/reservations.ts';

/** Steps at one place that count as available, reservations aside. */
export interface PlaceSteps {
  readonly warehouse: string;
  readonly location: string | null;
  readonly available: number;
}

export interface LeftAt {
  /** Reserved at this very place; in a warehouse without locations, in it. */
  readonly reserved: number;
  readonly available: number;
}

/** What is left at each place, in their order, and in all warehouses together. */
export interface LeftOver {
  readonly places: readonly LeftAt[];
  readonly available: number;
}

const nothingHeld = (places: readonly PlaceSteps[]): LeftOver => ({
  places: places.map(({ available }) => ({ reserved: 0, available })),
  available: places.reduce((sum, place) => sum + place.available, 0),
});

/**
 * What reservations leave of a lot, or of an item's stock without lots.
 * @param isHeld false where nothing is reserved: then nothing is read
 */
export function leftOver(view: View, held: Held, places: readonly PlaceSteps[], isHeld: boolean): LeftOver {
  if (!isHeld) return nothingHeld(places);
  const claims = new Claims(view);
  const free = places.map((place) => {
    const at = place.location === null ? 0 : claims.at(held, place.warehouse, place.location);
    return { ...place, at, free: Math.max(0, place.available - at) };
  });
  const warehouses = new Map<string, { anywhere: number; free: number }>();
  for (const place of free) {
    const key = codeKey(place.warehouse);
    const anywhere = warehouses.get(key)?.anywhere ?? claims.at(held, place.warehouse, null);
    warehouses.set(key, { anywhere, free: (warehouses.get(key)?.free ?? 0) + place.free });
  }
  const left = [...warehouses.values()].map((each) => Math.max(0, each.free - each.anywhere));
  const byWarehouse = new Map([...warehouses.keys()].map((key, i) => [key, left[i] ?? 0]));
  return {
    places: free.map((place) => {
      const key = codeKey(place.warehouse);
      return {
        reserved: place.location === null ? (warehouses.get(key)?.anywhere ?? 0) : place.at,
        available: Math.min(place.free, byWarehouse.get(key) ?? 0),
      };
    }),
    available: left.reduce((sum, each) => sum + each, 0),
  };
}
