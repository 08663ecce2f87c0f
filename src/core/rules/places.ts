/**
 * What a location's policy says of the stock that lies there (R78, R130): whether it counts as available, and
 * what it may be taken for. Stock at a place without a policy is judged by its lot alone.
 */
import type { Intent, LocationInput } from '../model/inputs.ts';
import type { WarehouseRecord } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';

const known = new WeakMap<object, ReadonlyMap<string, LocationInput>>();

/** The locations of a warehouse by key; kept as long as its record, since there may be ten thousand. */
function locationsOf(warehouse: Pick<WarehouseRecord, 'locations'>): ReadonlyMap<string, LocationInput> {
  let found = known.get(warehouse);
  if (!found) {
    found = new Map((warehouse.locations ?? []).map((each) => [codeKey(each.code), each]));
    known.set(warehouse, found);
  }
  return found;
}

/** The location of a code, or undefined: for stock in a warehouse as a whole too. */
export const placeOf = (
  warehouse: Pick<WarehouseRecord, 'locations'>,
  location: string | null,
): LocationInput | undefined =>
  location === null ? undefined : locationsOf(warehouse).get(codeKey(location));

/** What of a location decides. */
export type PlacePolicy = Pick<LocationInput, 'quarantine' | 'available' | 'intents'>;

/** Whether what lies there counts as available: not in quarantine nor where sales are denied, unless said. */
export const isPlaceAvailable = (place: PlacePolicy | null | undefined): boolean =>
  !place || (place.available ?? !(place.quarantine || place.intents?.sale === 'deny'));

/** Whether a location is kept from use as a whole, not only for what it names. */
const isHeld = ({ available, quarantine }: PlacePolicy): boolean => !(available ?? !quarantine);

/**
 * How a place treats an intent: its own word first. What is held there as a whole leaves by transfer, or by
 * a template that takes unavailable stock; what the place denies by name no template may take.
 */
export function placeVerdict(
  place: PlacePolicy,
  intent: Intent,
  allowUnavailable: boolean,
): 'allow' | 'warn' | 'deny' {
  const own = place.intents?.[intent];
  if (own) return own;
  return isHeld(place) && intent !== 'transfer' && !allowUnavailable ? 'deny' : 'allow';
}
