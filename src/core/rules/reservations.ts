/** Reservations as values: what is left of one, and how those of a document are found. */
import type { ReservationRecord } from '../model/cases.ts';
import { codeKey, US } from '../ports/keys.ts';

/** Steps that are still to be taken for a reservation. */
export const openOf = (reservation: Pick<ReservationRecord, 'quantity' | 'fulfilled' | 'released'>): number =>
  reservation.quantity - reservation.fulfilled - reservation.released;

/** Key of a host's document, to find its reservations; null where it has no number to be known by. */
export const documentKeyOf = (
  document: { readonly type: string; readonly number?: string | null | undefined } | null | undefined,
): string | null => (document?.number ? `${document.type}${US}${codeKey(document.number)}` : null);
