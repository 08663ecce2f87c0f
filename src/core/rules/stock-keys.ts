/** Ids of balances, days and guards: where stock lies, and which writers meet there. */
import type { IsoDate } from '../model/records.ts';
import { bucketKey, codeKey, US } from '../ports/keys.ts';

/** Where a quantity lies. `owner` and `package` have their room in the key and are empty today. */
export interface Place {
  readonly warehouse: string;
  readonly location: string | null;
}

/** Who holds a balance: a lot by its id, or an item's stock without lots. */
export const holderKey = (lot: string | null, item: string, variant: string | null): string =>
  lot ?? `i:${bucketKey(item, variant)}`;

/** Id of a balance: its holder and its place. */
export const balanceId = (holder: string, place: Place): string =>
  `${holder}${US}${codeKey(place.warehouse)}${US}${place.location === null ? '' : codeKey(place.location)}`;

/** Id of a balance's change on one day. */
export const dayId = (balance: string, date: IsoDate): string => balance + US + date;

/**
 * Id of what open reservations hold of a lot, or of an item, at exactly one level: at a place, or without
 * saying where in a warehouse (`location` null).
 */
export const commitmentId = (holder: string, place: Place): string => balanceId(holder, place);

/** Id of what open reservations hold of a lot, or of an item without naming a lot, in a whole warehouse. */
export const commitmentTotal = (holder: string, warehouse: string): string =>
  `t:${holder}${US}${codeKey(warehouse)}`;

/** Guard that every movement of an item bumps: read a range of its stock, expect this. */
export const stockGuard = (item: string): string => `stock:${codeKey(item)}`;
