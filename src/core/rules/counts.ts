/**
 * Counting against the books of a day (R84, R85): where a piece was at the end of it, and what it means that
 * it was found somewhere, or not.
 */
import type { CountedSerial } from '../model/cases.ts';
import type { IsoDate, MovementRecord } from '../model/records.ts';
import { codeKey } from '../ports/keys.ts';

/** A place as movements name it. */
export interface BookPlace {
  readonly warehouse: string;
  readonly location: string | null;
}

/** What the books know of one piece at the end of a day. */
export interface BookedPiece {
  /** Null: out of the house, missing, or not there yet. */
  readonly place: BookPlace | null;
  /** It was counted away and not found since. */
  readonly missing: boolean;
}

export const samePlace = (a: BookPlace, b: BookPlace): boolean =>
  codeKey(a.warehouse) === codeKey(b.warehouse) && codeKey(a.location ?? '') === codeKey(b.location ?? '');

type Step = Pick<MovementRecord, 'date' | 'seq' | 'warehouse' | 'location' | 'quantity' | 'intent'>;

/**
 * Where a piece was at the end of a day, from its movements: what it was loaded to and not unloaded from.
 * @param movements all of them, in any order
 */
export function pieceOn(movements: readonly Step[], date: IsoDate): BookedPiece {
  const until = movements.filter((step) => step.date <= date);
  const places: { place: BookPlace; count: number }[] = [];
  for (const { warehouse, location, quantity } of until) {
    const known = places.find(({ place }) => samePlace(place, { warehouse, location }));
    if (known) known.count += Math.sign(quantity);
    else places.push({ place: { warehouse, location }, count: Math.sign(quantity) });
  }
  const here = places.find(({ count }) => count > 0)?.place ?? null;
  if (here !== null) return { place: here, missing: false };
  const [last] = until.sort((a, b) => (a.date === b.date ? b.seq - a.seq : a.date < b.date ? 1 : -1));
  return { place: null, missing: last !== undefined && last.intent === 'count' && last.quantity < 0 };
}

/** What it means that a piece was found at a place; `undefined` for one the books do not know. */
export function foundAt(piece: BookedPiece | undefined, here: BookPlace): CountedSerial['outcome'] {
  if (!piece) return 'unknown';
  if (piece.place) return samePlace(piece.place, here) ? 'found' : 'wrongPlace';
  return piece.missing ? 'restored' : 'wrongPlace';
}
