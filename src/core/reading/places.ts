/** What lies at a place, as far as the place decides: whether it is available there. */
import type { View } from '../ports/view.ts';
import { isPlaceAvailable, placeOf } from '../rules/places.ts';

export { placeOf };

/** Whether stock at a place counts as available there: not on the way (R129), nor where it is held (R130). */
export function isAvailableAt(view: View, warehouseKey: string, location: string | null): boolean {
  const warehouse = view.get('warehouses', warehouseKey);
  if (!warehouse) return true;
  return warehouse.kind !== 'transit' && isPlaceAvailable(placeOf(warehouse, location));
}
